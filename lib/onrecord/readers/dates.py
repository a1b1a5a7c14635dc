"""Dates in any usual form.

Whether 04-05 is April or May is decided per source, never row by row.

A number alone may count seconds, milliseconds, micro- or nanoseconds since 1970, or the days of Excel;
which of them it is follows from its size, and is reported.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:?\d{2}(?::?\d{2}(?:[.,]\d+)?)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?")
_COMPACT = re.compile(r"(19|20)\d{6}(?:T?\d{6}Z?)?")
_CLOCK = (
    r"(?:[,T]?\s*(?:at\s+)?(\d{1,2})[:.](\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?"
    r"\s*([A-Z]{1,4}|[+-]\d{2}:?\d{2})?)?"
)
_NUMERIC = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})" + _CLOCK, re.IGNORECASE)
_DAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\.?\s+)?"
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[a-z]{0,7})\.?"
_DAY_FIRST = re.compile(
    rf"{_DAY}(\d{{1,2}})(?:st|nd|rd|th|\.)?(?:\s+of)?[\s-]+{_MONTH},?[\s-]+(\d{{4}})" + _CLOCK, re.IGNORECASE
)
_MONTH_FIRST = re.compile(
    rf"{_DAY}{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})" + _CLOCK, re.IGNORECASE
)
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: i + 1 for i, name in enumerate(_NAMES)}
_ZONES = {
    "": 0, "Z": 0, "UTC": 0, "GMT": 0, "BST": 1, "CET": 1, "CEST": 2, "EST": -5, "EDT": -4, "ET": -5,
    "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "PT": -8,
}  # fmt: skip
_STAMP = re.compile(r"-?\d{4,19}(?:\.\d+)?")
# What a number counts since 1970 UTC: its digits, how many of them make a second, and its name.
_UNITS = (
    (9, 10, 1, "seconds"),
    (12, 13, 1e3, "milliseconds"),
    (15, 16, 1e6, "microseconds"),
    (18, 19, 1e9, "nanoseconds"),
)
_LONGEST_DATE = 60  # characters
_MOST_MISSED = 100  # dates of one source that no language explains, before others of it are left
_EXCEL_DAYS = (18_264, 73_051)  # 1950 to 2100
_URL_DATE = re.compile(
    r"/((?:19|20)\d{2})[/-]?(\d{1,2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/-]?(\d{1,2})(?=\D)"
)


class Dates(NamedTuple):
    """The dates of a corpus, one per article, and what is to be said of each source."""

    values: list[datetime | None]
    notes: dict[str, str]  # source → how its dates were read


def read_dates(
    written: Sequence[str | None], sources: Sequence[str], urls: Sequence[str | None] = ()
) -> Dates:
    """Each date of `written` in UTC, None where there is none or it cannot be read.

    A date without a time is midnight UTC; a time without a zone is taken for UTC. Dates such as
    04-05-2019 are read in the order that their source shows elsewhere (a number above 12, or a date
    within the article's url). Where a source shows no order, or both, such dates are left out.
    """
    values: list[datetime | None] = [None] * len(written)
    open_rows: dict[str, list[tuple[int, tuple[int, int, int]]]] = defaultdict(list)
    evidence: dict[str, list[int]] = defaultdict(lambda: [0, 0])  # day first, month first
    stamps: dict[str, Counter[str]] = defaultdict(Counter)
    tries: dict[str, list[int]] = defaultdict(lambda: [0, 0])  # of other languages: found, not found
    for i, text in enumerate(written):
        if not text or not (text := text.strip()):
            continue
        numeric = _NUMERIC.fullmatch(text)
        parts = _undecided(numeric) if numeric else None
        if parts is None:
            if (stamp := read_stamp(text)) is not None:
                values[i] = stamp.moment
                stamps[sources[i]][stamp.unit] += 1
            else:
                values[i] = _parse_known(text)
                found, missed = tries[sources[i]]
                # Other languages take about 10 ms a date: a source that shows none is not asked on.
                if values[i] is None and len(text) <= _LONGEST_DATE and missed < _MOST_MISSED + 10 * found:
                    values[i] = _any_language(text)
                    tries[sources[i]][values[i] is None] += 1
            continue
        first, second, year = parts
        if first != second:
            open_rows[sources[i]].append((i, parts))
            if first > 12 or second > 12:
                evidence[sources[i]][first <= 12] += 1
        else:
            values[i] = _moment(year, first, second, _clock_of(text))
    notes = {
        source: "; ".join(f"{n} dates are numbers, read as {unit}" for unit, n in units.items())
        for source, units in stamps.items()
    }
    for source, rows in open_rows.items():
        day_first, month_first = evidence[source]
        how = ""
        if not day_first and not month_first and urls:
            day_first, month_first = _evidence_of_urls(rows, urls)
            how = ", by the dates in the urls"
        undecided = 0
        for i, (first, second, year) in rows:
            clock = _clock_of((written[i] or "").strip())
            if first > 12 or (second <= 12 and day_first and not month_first):
                values[i] = _moment(year, second, first, clock)
            elif second > 12 or (month_first and not day_first):
                values[i] = _moment(year, first, second, clock)
            else:
                undecided += 1
        note = _note(day_first, month_first, len(rows), undecided, how)
        notes[source] = f"{notes[source]}; {note}" if source in notes else note
    return Dates(values, notes)


def _clock_of(text: str) -> tuple[str | None, ...]:
    """The parts of the time of day of a date in numbers."""
    numeric = _NUMERIC.fullmatch(text)
    return numeric.groups()[4:] if numeric else ()


class Stamp(NamedTuple):
    """A date written as a number, and what the number counts."""

    moment: datetime
    unit: str


def read_stamp(text: str) -> Stamp | None:
    """The date that a number alone means, by its size.

    None where `text` is not such a number.
    """
    if not _STAMP.fullmatch(text) or _COMPACT.fullmatch(text):
        return None
    whole = text.lstrip("-").split(".")[0]
    for fewest, most, per_second, name in _UNITS:
        if fewest <= len(whole) <= most and not text.startswith("-"):
            moment = datetime.fromtimestamp(0, UTC) + timedelta(seconds=float(text) / per_second)
            return Stamp(moment.replace(microsecond=0), f"{name} since 1970") if moment.year < 2100 else None
    days = float(text)
    if len(whole) == 5 and _EXCEL_DAYS[0] <= days <= _EXCEL_DAYS[1]:
        moment = datetime(1899, 12, 30, tzinfo=UTC) + timedelta(seconds=round(days * 86_400))
        return Stamp(moment, "days of Excel")
    return None


def _note(day_first: int, month_first: int, n: int, undecided: int, how: str) -> str:
    if day_first and month_first:
        shown = f"{day_first} dates show day-month, {month_first} month-day"
        return f"days and months are written in both orders ({shown}): {undecided} dates left out"
    if not day_first and not month_first:
        return (
            f"whether days or months come first cannot be determined: {undecided} dates left out; "
            "write them as 2026-01-31"
        )
    order = "day-month-year" if day_first else "month-day-year"
    return f"dates read as {order} ({day_first or month_first} of {n} allow no other order{how})"


def _undecided(match: re.Match[str]) -> tuple[int, int, int] | None:
    first, second, year = match[1], match[3], match[4]
    if len(first) > 2 or len(year) == 3 or len(year) < 2 or (len(year) == 2 and match[2] == "-"):
        return None
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 70 else 1900)
    return int(first), int(second), full


def _evidence_of_urls(
    rows: list[tuple[int, tuple[int, int, int]]], urls: Sequence[str | None]
) -> tuple[int, int]:
    day_first = month_first = 0
    for i, (first, second, year) in rows:
        stated = date_of_url(urls[i])
        if stated and stated.year == year:
            day_first += (stated.month, stated.day) == (second, first)
            month_first += (stated.month, stated.day) == (first, second)
    return day_first, month_first


def date_of_url(url: str | None) -> datetime | None:
    """The date in the path of `url` (…/2026/01/31/…), if any."""
    match = _URL_DATE.search((url or "") + "/")
    if not match:
        return None
    month = _MONTHS.get(match[2]) or int(match[2])
    return _moment(int(match[1]), month, int(match[3]), ())


def parse_date(text: str) -> datetime | None:
    """The date that `text` is, in UTC.

    None where it is not one or day and month cannot be determined.
    """
    found = _parse_known(text)
    return _any_language(text.strip()) if found is None and len(text.strip()) <= _LONGEST_DATE else found


def _parse_known(text: str) -> datetime | None:
    """The date that `text` is, in numbers or with an English month."""
    text = text.strip()
    if _ISO.fullmatch(text):
        try:
            moment = datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", "").replace(",", "."))
        except ValueError:
            return None
        return _in_utc(moment)
    if _COMPACT.fullmatch(text):
        try:
            return _in_utc(datetime.fromisoformat(text))
        except ValueError:
            return None
    numeric = _NUMERIC.fullmatch(text)
    if numeric:
        if len(numeric[1]) == 4:
            return _moment(int(numeric[1]), int(numeric[3]), int(numeric[4]), numeric.groups()[4:])
        return None
    match = _MONTH_FIRST.fullmatch(text)
    if match:
        return _moment(int(match[3]), _MONTHS[match[1][:3].lower()], int(match[2]), match.groups()[3:])
    match = _DAY_FIRST.fullmatch(text)
    if match:
        return _moment(int(match[3]), _MONTHS[match[2][:3].lower()], int(match[1]), match.groups()[3:])
    return None


def find_date(text: str) -> str | None:
    """The first date inside `text`, as written.

    It is written with its month's name, or in ISO form.
    """
    found = [
        m
        for m in (p.search(text) for p in (_MONTH_FIRST, _DAY_FIRST, re.compile(r"\b\d{4}-\d{2}-\d{2}\b")))
        if m
    ]
    return min(found, key=lambda match: match.start()).group().strip() if found else None


@lru_cache(maxsize=10_000)
def _any_language(text: str) -> datetime | None:
    import dateparser

    # A date must say its day, month and year: "Monday" and "3 days ago" depend on today.
    settings = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": True,
    }
    try:
        moment = dateparser.parse(text, settings=settings)
    except (ValueError, OverflowError):
        return None
    return _in_utc(moment) if moment else None


def _moment(year: int, month: int, day: int, clock: tuple[str | None, ...]) -> datetime | None:
    hour = minute = second = 0
    zone = ""
    if clock and clock[0]:
        hour, minute, second = int(clock[0]), int(clock[1] or 0), int(clock[2] or 0)
        half = (clock[3] or "").lower()[:1]
        hour = hour % 12 + (12 if half == "p" else 0) if half else hour
        zone = (clock[4] or "").upper()
    try:
        if zone[:1] in ("+", "-"):
            offset = timedelta(hours=int(zone[:3]), minutes=int(zone[0] + zone[-2:]))
        else:
            offset = timedelta(hours=_ZONES.get(zone, 0))
        return _in_utc(datetime(year, month, day, hour, minute, second, tzinfo=timezone(offset)))
    except ValueError:
        return None


def _in_utc(moment: datetime) -> datetime | None:
    # Such as 0001-01-01, which programs write for "none". Tables have no day before September 1677.
    if not 1678 <= moment.year <= 2200:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
