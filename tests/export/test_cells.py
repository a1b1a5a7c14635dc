"""Cells: no text becomes a formula or another cell, whatever it begins with and however it is separated."""

import csv

import pandas as pd
import pytest

from onrecord.export.cells import csv_text, is_formula, write_csv

FORMULAS = [
    *("=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\u3000=1"),
    *("\u200b=1", "\ufeff=1", "＝1", "＋1", "－1", "＠a"),
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
    write_csv(pd.DataFrame({"n": range(8), "text": hostile}), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=delimiter))
    assert not [cell for row in rows for cell in row if is_formula(cell)]


def test_a_text_without_separators_is_read_back_as_it_is(tmp_path):
    texts = ["He said “no”; she left.", "One\nTwo - three", 'a "b", c', "", "x\ty"]
    write_csv(pd.DataFrame({"text": texts}), tmp_path / "a.csv")
    assert pd.read_csv(tmp_path / "a.csv", keep_default_na=False)["text"].tolist() == texts
