"""Dates: every usual form, and the order of day and month decided per source."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from onrecord.readers.dates import date_of_url, find_date, parse_date, read_dates


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05",
        "20260305",
        "2026/03/05",
        "2026.3.5",
        "5 March 2026",
        "5 Mar 2026",
        "5th of March, 2026",
        "Thursday, 5 March 2026",
        "Thu, 5 Mar 2026",
        "March 5, 2026",
        "Mar. 5, 2026",
        "March 5th 2026",
        "Thursday, March 5, 2026",
        "5. März 2026",
        "5 mars 2026",
        "5 de marzo de 2026",
        "05-Mar-2026",
    ],
)
def test_one_day_in_many_forms(text):
    assert parse_date(text) == datetime(2026, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("2026-03-05T14:30:00Z", 14, 30),
        ("2026-03-05 14:30", 14, 30),
        ("2026-03-05T14:30:00+02:00", 12, 30),
        ("2026-03-05T14:30:00.000+0200", 12, 30),
        ("March 5, 2026 2:30 PM EST", 19, 30),
        ("March 5, 2026, 2:30 p.m.", 14, 30),
        ("5 March 2026 at 14:30 GMT", 14, 30),
        ("Thu, 05 Mar 2026 14:30:00 +0100", 13, 30),
    ],
)
def test_times_are_told_in_utc(text, hour, minute):
    assert parse_date(text) == datetime(2026, 3, 5, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["Monday", "3 days ago", "yesterday", "March 2026", "2026", "n/a", "31 February 2026", "1 of 100"]
)
def test_what_names_no_day_is_no_date(text):
    assert parse_date(text) is None


def dates(written, sources=None, urls=()):
    found = read_dates(written, sources or ["A"] * len(written), urls)
    return [value and (value.month, value.day) for value in found.values], found.notes


def test_the_order_is_decided_per_source():
    values, notes = dates(["04/05/2026", "25/12/2026", "04/05/2026", "12/25/2026"], ["A", "A", "B", "B"])
    assert values == [(5, 4), (12, 25), (4, 5), (12, 25)]
    assert "day-month-year (1 of 2" in notes["A"] and "month-day-year" in notes["B"]


def test_an_order_that_cannot_be_told_is_not_guessed():
    values, notes = dates(["04/05/2026", "03/03/2026"])
    assert values == [None, (3, 3)]
    assert "1 dates left out; write them as 2026-01-31" in notes["A"]


def test_both_orders_in_one_source():
    values, notes = dates(["25/12/2026", "12/25/2026", "04/05/2026"])
    assert values == [(12, 25), (12, 25), None]
    assert "both orders" in notes["A"]


def test_urls_determine_the_order():
    values, notes = dates(["04/05/2026"], urls=["https://x.example/2026/05/04/bridge"])
    assert values == [(5, 4)] and "by the dates in the urls" in notes["A"]


def test_two_digit_years_and_times():
    values, _ = dates(["25.12.26", "04.05.26 10:15"])
    assert values == [(12, 25), (5, 4)]


def test_dates_within_text_and_urls():
    assert find_date("City Final, December 31, 2018 Monday") == "December 31, 2018"
    assert find_date("no date") is None
    assert date_of_url("https://x.example/2019/apr/28/poll") == datetime(2019, 4, 28, tzinfo=UTC)
    assert date_of_url("https://x.example/2019/99/99/") is None


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30", "20260230", "2026/02/30", "30 February 2026", "3 days ago", "Monday", "13",
        "0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00", "2026-03-05T10:00:00+99:00",
        "5 March 2026 10:00 +99:00",
    ],
)  # fmt: skip
def test_what_is_no_date(text):
    assert parse_date(text) is None


def test_days_that_programs_write_for_none_stop_nothing():
    dates = read_dates(["0001-01-01T00:00:00+05:00", "2026-03-05"], ["a", "a"], [None, None])
    assert dates.values[0] is None and dates.values[1] == datetime(2026, 3, 5, tzinfo=UTC)
