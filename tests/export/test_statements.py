"""Sourced statements and the table of quotations: rows counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from openpyxl import load_workbook

import onrecord
from onrecord.export.source_types import SOURCE_TYPES

TEXT = """Mayor Ada Quill said the pier is safe. "It will last," Quill said.

"It will not," said an engineer who asked not to be named.

Officials said the wall would stay. Alder Foods officials said the shop would close.

A spokesman for Alder Foods declined to comment. Lawmakers fear that prices will rise."""


@pytest.fixture(scope="module")
def analysis():
    documents = pd.DataFrame(
        {"doc_id": ["a", "b"], "outlet": ["=Courier", "Post"], "text": [TEXT, "It rained."]}
    )
    return onrecord.analyse(documents)


def test_one_row_per_run_of_sentences_and_source(analysis):
    found = onrecord.sourced_statements(analysis)
    assert found[["source_type", "name"]].fillna("").values.tolist() == [
        ["named person", "Ada Quill"],
        ["anonymous source", ""],
        ["unnamed group", "Officials"],
        ["named organization", "Alder Foods"],
    ]
    assert found["text"][0] == 'Mayor Ada Quill said the pier is safe. "It will last," Quill said.'
    assert found["statement_id"].tolist() == [0, 1, 2, 3]
    for start, end, text in found[["start", "end", "text"]].itertuples(index=False):
        assert TEXT[start:end] == text


def test_acts_and_probability_widen_it(analysis):
    wide = onrecord.sourced_statements(analysis, acts="all", min_probability=0)
    assert any("fear" in text for text in wide["text"])
    assert len(onrecord.sourced_statements(analysis, min_probability=1)) <= 4
    assert set(wide["source_type"]) <= set(SOURCE_TYPES)
    with pytest.raises(ValueError, match="acts must be some of"):
        onrecord.sourced_statements(analysis, acts=["thought"])
    with pytest.raises(ValueError, match="min_probability must be from 0 to 1"):
        onrecord.sourced_statements(analysis, min_probability=70)


def test_a_law_is_a_document():
    text = "Under the Clean Harbour Act, boats pay a fee. It rained."
    found = onrecord.sourced_statements(onrecord.analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]})))
    assert found[["source_type", "name"]].values.tolist() == [["document", "Clean Harbour Act"]]


def test_an_empty_corpus_has_typed_tables():
    empty = onrecord.analyse(pd.DataFrame({"doc_id": [], "text": []}))
    assert onrecord.sourced_statements(empty).empty
    assert onrecord.list_quotations(empty).empty


def test_quotations_as_a_workbook_and_as_csv(analysis, tmp_path):
    table = onrecord.list_quotations(analysis)
    paths = onrecord.save_table(table, tmp_path / "new" / "quotations", source="Two texts", analysis=analysis)
    book = load_workbook(paths[1])
    assert book.sheetnames == ["table", "columns", "provenance", "notes"]
    rows = list(book["table"].values)
    assert rows[0][:3] == ("outlet", "published", "headline") and len(rows) == 6
    assert book["table"]["A2"].data_type == "s" and book["table"]["A2"].value == "=Courier"
    table = pd.read_csv(paths[0])
    assert table["outlet"][0] == "'=Courier"  # a spreadsheet does not run it
    assert table["act"].unique().tolist() == ["statement"]


def test_measures_count_statements_by_default(analysis):
    few = onrecord.share_unnamed(analysis, of="attributions").set_index("definition")
    wide = onrecord.share_unnamed(analysis, of="attributions", acts="all", min_probability=0)
    assert few.loc["standard", "n_attributions"] == 5
    assert wide["n_attributions"].tolist() == [6, 6, 6]
    chosen = onrecord.select_acts(analysis, acts=["attitude"], min_probability=0)
    assert chosen.attributions["cue"].tolist() == ["fear"]
    assert onrecord.count_cues(chosen)["cue"].tolist() == ["fear"]
    assert chosen.sources["n_attributions"].tolist() == [1]
    assert len(analysis.attributions) == 6  # the full table keeps everything


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ada Quill opened the shop. “We are glad,” said Ada Quill. The Quills said it would stay.",
            ["named person", "named person"],
        ),
        (
            "Two lawyers of the Orr Law Group went to court. Her lawyers said the case was weak.",
            ["named organization"],
        ),
        ("The case began in May. Her lawyers said the case was weak.", ["unnamed group"]),
        ("The mayor sued. In a lawsuit, Mayor Ada Quill said the wall was bad.", ["document"]),
        ("A survey by Alder Foods found that gulls eat chips.", ["named organization"]),
    ],
)
def test_types_of_sources(text, expected):
    analysis = onrecord.analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    found = onrecord.sourced_statements(analysis, min_probability=0)
    assert found["source_type"].tolist() == expected
