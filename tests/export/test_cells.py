"""Cells: no text becomes a formula or another cell, whatever it begins with and however it is separated."""

import csv
import time

import pandas as pd
import pytest

from onrecord.export.cells import csv_text, is_formula, write_csv

FORMULAS = [
    *("=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\u3000=1"),
    *("\u200b=1", "\ufeff=1", "＝1", "＋1", "－1", "＠a"),
    *("\x00=1", "\x0c=1", "\u00ad=1", "\u061c=1", "\u180e=1", "\u200e=1", "\u2060=1", "\u202a\u2066=1"),
]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_may_run_is_kept_as_text(text):
    assert is_formula(text) and str(csv_text(text)).startswith("'")


@pytest.mark.parametrize("text", ["Lock = shut", "", "5", "“=1”", "ﬁ=1"])
def test_plain_text_stays(text):
    assert csv_text(text) == text


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_that_runs_begins_within_a_text(tmp_path, delimiter):
    hostile = ["a;=1+1", "b\t=1+1", "c\r=1+1", "d\n=1+1", 'e",=1+1', "f,=1+1", "g; -2+3", "h;-2+cmd|x"]
    hostile += [
        'i;"=1+1"',
        'j\t"=1+1"',
        'k;""=1+1',
        '";"=1+1',
        "l;\u200e=1",
        "m;\x00=1",
        "n\n- cmd|' /C x'!A0",
    ]
    hostile += ["o;;;=1+1", "p\n\n\n=1+1", 'q\n\n"=1+1']
    write_csv(pd.DataFrame({"n": range(len(hostile)), "text": hostile}), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=delimiter))
    assert not [cell for row in rows for cell in row if is_formula(cell)]


def test_the_items_of_a_list_stay():
    assert csv_text("Bring:\n- a lamp\n- a rope; - a map") == "Bring:\n- a lamp\n- a rope; - a map"


@pytest.mark.parametrize("part", ["\n", ";", ";\t", '\n"', "\n- ", ";-"])
def test_a_text_of_separators_takes_no_longer_than_its_length(part):
    start = time.perf_counter()
    csv_text(part * 400_000)  # by the square of its length this would take hours
    assert time.perf_counter() - start < 10


def test_a_text_without_separators_is_read_back_as_it_is(tmp_path):
    texts = ["He said “no”; she left.", "One\nTwo - three", 'a "b", c', "", "x\ty"]
    write_csv(pd.DataFrame({"text": texts}), tmp_path / "a.csv")
    assert pd.read_csv(tmp_path / "a.csv", keep_default_na=False)["text"].tolist() == texts
