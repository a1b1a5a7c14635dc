"""Targets from the corpus: who is mentioned most, under one name, with spellings that mean one."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from onrecord.tables import DOCUMENTS, as_table
from onrecord.tone.find_targets import SEPARATOR, find_targets
from onrecord.tone.targets import target_tone

TEXTS = [
    "Mayor Mara Lind opened the bridge. Lind thanked the Harbour Union. Mr Tom Berg watched.",
    "The Harbour Union accused Mara Lind of delay. Ms Lind denied it, The Ellin Post wrote.",
    "Mara Lind met the Harbour Union in Port Hale. In Port Hale she spoke to Karla Berg.",
    "Tom Berg left the council. Berg was tired. Karla Berg stayed, and Berg smiled.",
]


def analysis(texts: list[str]) -> SimpleNamespace:
    n = len(texts)
    columns = {"doc_id": [f"a{i}" for i in range(n)], "outlet": ["The Ellin Post"] * n, "text": texts}
    return SimpleNamespace(documents=as_table(columns, DOCUMENTS))


def test_persons_and_organisations_under_one_name():
    found = find_targets(analysis(TEXTS), 10).set_index("name")
    assert found.index[:2].tolist() == ["Mara Lind", "Harbour Union"]
    assert found.loc["Mara Lind", ["form", "n_mentions", "n_articles"]].tolist() == ["person", 5, 3]
    assert set(found.loc["Mara Lind", "spellings"].split(SEPARATOR)) >= {"Mara Lind", "Lind"}
    assert found.loc["Harbour Union", "form"] == "organisation"


def test_a_spelling_that_may_mean_two_is_nobodys():
    found = find_targets(analysis(TEXTS), 10).set_index("name")
    assert {"Tom Berg", "Karla Berg"} <= set(found.index)
    for name in ("Tom Berg", "Karla Berg"):
        assert "Berg" not in found.loc[name, "spellings"].split(SEPARATOR)


def test_outlets_and_places_are_left_out_and_one_article_is_not_enough():
    names = set(find_targets(analysis(TEXTS), 10)["name"])
    assert not names & {"Ellin Post", "The Ellin Post", "Port Hale"}
    assert find_targets(analysis(TEXTS[:1])).empty


def test_outlets_of_a_web_address_and_names_of_a_repeated_line_are_left_out():
    line = "(Ellin News / Fenwick - 0{n} April) {text} Sign for Grey Bell Alerts with Hartmoor's mail."
    texts = [line.format(n=n, text=TEXTS[n % 4]) for n in range(1, 8)]
    given = analysis(texts)
    given.documents["outlet"] = "ellin.com"
    names = set(find_targets(given, 20)["name"])
    assert {"Mara Lind", "Harbour Union"} <= names
    assert not any(
        word in name for name in names for word in ("Ellin News", "Fenwick", "Grey Bell", "Hartmoor")
    )


def test_the_table_says_how_many_are_asked_for_and_needs_one():
    assert len(find_targets(analysis(TEXTS), 1)) == 1
    with pytest.raises(ValueError, match="n must be at least 1, not 0"):
        find_targets(analysis(TEXTS), 0)
    assert find_targets(analysis([])).columns.tolist() == [
        "name", "form", "spellings", "n_mentions", "n_articles",
    ]  # fmt: skip


def test_target_tone_refuses_a_table_without_spellings():
    with pytest.raises(ValueError, match="spellings"):
        target_tone(analysis(TEXTS), pd.DataFrame({"name": ["Lind"]}))
