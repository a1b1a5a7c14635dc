"""Values of a file that are out of every range: the rest of the file is read."""

import json

import pandas as pd
import pytest

from onrecord.readers.corpus import read_corpus
from onrecord.readers.dates import read_dates

TEXT = "The lock leaks, Orla Varn said in the hall on Monday."
# Days before 21 September 1677 cannot be stored in a table; years far away are written for "none".
TOO_EARLY_OR_LATE = ["1677-09-21", "1600-01-01", "1 January 1650", "0001-01-01", "9999-12-31T23:59:59-23:59"]


@pytest.mark.parametrize("date", TOO_EARLY_OR_LATE)
@pytest.mark.parametrize("kind", ["csv", "json", "ris", "txt", "eml"])
def test_a_day_that_no_table_can_store_is_left_out_and_said(tmp_path, kind, date):
    contents = {
        "csv": f'text,published\n"{TEXT}",{date}\n"It closed, {TEXT}",2026-01-31\n',
        "json": json.dumps([{"text": TEXT, "published": date}, {"text": f"It closed. {TEXT}"}]),
        "ris": f"TY  - NEWS\nTI  - Lock shut\nDA  - {date}\nAB  - {TEXT}\nER  - \n",
        "txt": f"headline: Lock shut\ndate: {date}\n\n{TEXT}",
        "eml": f"From: a@halm.example\nSubject: Lock shut\nDate: {date}\nMIME-Version: 1.0\n\n{TEXT}\n",
    }
    (tmp_path / f"one.{kind}").write_text(contents[kind])
    read = read_corpus(tmp_path)
    assert TEXT in read.documents["text"][0] and pd.isna(read.documents["published"][0])
    assert "date" in read.report["warnings"][0]
    if kind == "csv":
        assert read.documents["published"][1] == pd.Timestamp("2026-01-31", tz="UTC")


def test_the_first_and_last_day_that_are_read():
    found = read_dates(["1678-01-01", "2200-12-31", "1677-12-31", "2201-01-01"], ["a"] * 4).values
    assert [one.year if one else None for one in found] == [1678, 2200, None, None]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (rf"\uc99999999 \u8212?{TEXT}", f"—{TEXT}"),  # would leave out the next 99,999,999 characters
        (rf"\uc2\u8212 --{TEXT}", f"—{TEXT}"),
        (rf"\uc0\u8212 {TEXT}", f"—{TEXT}"),
        (rf"\u-99999999999?{TEXT}", f"\ufffd{TEXT}"),
        (rf"\u1114112?{TEXT}", f"\ufffd{TEXT}"),
        (rf"\u-3913?{TEXT}", f"\uf0b7{TEXT}"),
        (rf"\sl99999999999999999 {TEXT}", TEXT),
    ],
)
def test_numbers_of_rtf_out_of_range(tmp_path, written, text):
    (tmp_path / "one.rtf").write_bytes(("{\\rtf1\\ansi " + written + "}").encode())
    assert read_corpus(tmp_path).documents["text"].tolist() == [text]
