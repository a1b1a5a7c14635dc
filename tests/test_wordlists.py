"""Word lists: the package's, and a user's own folder that extends or replaces them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord.wordlists import COLUMNS, load_lists

LEXICONS = Path(__file__).parents[1] / "lib" / "onrecord" / "lexicons"


def test_every_list_stands_in_the_readme():
    text = (LEXICONS / "README.md").read_text(encoding="utf-8")
    assert {path.name for path in LEXICONS.glob("*.csv")} <= set(re.findall(r"`(\w+\.csv)`", text))


def test_every_pattern_finds_its_example():
    lists = load_lists()
    assert lists.markers.search("asked not to be named")
    import csv

    for name in ("markers", "reasons", "basis"):
        with (LEXICONS / f"{name}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                example = row["example"].replace("(before a noun for people)", "official")
                assert re.search(row["pattern"], example, re.IGNORECASE), row


def test_own_rows_are_added_and_win(tmp_path):
    (tmp_path / "outlets.csv").write_text(
        "name,kind,aliases\nHarbour Post,newspaper,the HP\n", encoding="utf-8"
    )
    (tmp_path / "roles.csv").write_text(
        "noun,plural,uniqueness\nofficial,officials,office\n", encoding="utf-8"
    )
    lists = load_lists(tmp_path)
    assert lists.outlet("HP") == "Harbour Post"
    assert lists.outlet("Reuters") == "Reuters"
    assert lists.singular["official"] == "office"
    assert load_lists().singular["official"] == ""


def test_a_list_can_be_replaced(tmp_path):
    (tmp_path / "outlets.csv").write_text("name,kind,aliases\nHarbour Post,newspaper,\n", encoding="utf-8")
    assert load_lists(tmp_path, replace=["outlets"]).outlet("Reuters") is None


def test_wrong_lists_are_refused(tmp_path):
    with pytest.raises(ValueError, match="no folder"):
        load_lists(tmp_path / "missing")
    with pytest.raises(ValueError, match="needs a folder"):
        load_lists(replace=["outlets"])
    (tmp_path / "cities.csv").write_text("name\nSkarra\n", encoding="utf-8")
    with pytest.raises(ValueError, match="'cities'"):
        load_lists(tmp_path)
    (tmp_path / "cities.csv").unlink()
    (tmp_path / "places.csv").write_text("city\nSkarra\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no column 'name'"):
        load_lists(tmp_path)


def test_own_row_wins_over_an_alias(tmp_path):
    (tmp_path / "outlets.csv").write_text(
        "name,kind,aliases\nThe Times of Skarra,newspaper,the Times\n", encoding="utf-8"
    )
    assert load_lists(tmp_path).outlet("The Times") == "The Times of Skarra"


def test_columns_name_the_key_first():
    assert all(COLUMNS[name] for name in COLUMNS)
