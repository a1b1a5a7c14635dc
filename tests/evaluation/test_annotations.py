"""Accuracy against annotations: four attributions counted by hand, and the sample."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from onrecord import (
    analyse,
    coding_sheet,
    codings_of,
    compare_annotations,
    read_documents,
)
from onrecord.evaluation.annotation_offsets import add_offsets
from small import small_analysis

SAMPLE = Path(__file__).parents[2] / "data" / "sample"

# (doc_id, attribution_id, role, text, form, naming, source)
CODED = [
    ("a1", 0, "content", "“The bridge is safe,”", "direct", "named", "Ann Reed"),
    ("a1", 0, "source", "Ann Reed", "direct", "named", "Ann Reed"),
    ("a1", 1, "content", "it is not", "indirect", "anonymous", "a senior official"),
    ("a1", 1, "cue", "said", "indirect", "anonymous", "a senior official"),
    ("a1", 1, "source", "A senior official", "indirect", "anonymous", "a senior official"),
    ("b1", 0, "content", "“We knew,”", "direct", "spokesperson", "a spokeswoman"),  # the wrong speaker
    ("b1", 0, "source", "A spokeswoman", "direct", "spokesperson", "a spokeswoman"),
    ("b1", 1, "content", "not to be named", "indirect", None, None),  # not found
]


@pytest.fixture
def annotations() -> pd.DataFrame:
    columns = ["doc_id", "attribution_id", "role", "text", "form", "naming", "source"]
    return add_offsets(pd.DataFrame(CODED, columns=columns), small_analysis().documents)


def shares(table: pd.DataFrame) -> dict:
    keys = [name for name in table.columns[:2] if not name.startswith("n_")]
    return table.dropna(subset="share_right").set_index(keys)["share_right"].to_dict()


def test_counted_by_hand(annotations):
    table = compare_annotations(small_analysis(), annotations)
    assert shares(table) == {
        "precision": 3 / 4,
        "recall": 3 / 4,
        "f1": 3 / 4,
        "speaker": 2 / 3,
        "naming": 1 / 2,
    }
    assert table["n_hits"].tolist()[:2] == [3, 3] and pd.isna(table["n_hits"][2])
    assert table["n_cases"].tolist() == [4, 4, 8, 3, 2]
    assert table["n_articles"].tolist() == [2, 2, 2, 2, 1]
    assert table["low"].isna().all()  # two articles say nothing about others


def test_by_form_naming_and_outlet(annotations):
    analysis = small_analysis()
    by_form = shares(compare_annotations(analysis, annotations, by="form"))
    assert by_form["indirect", "precision"] == 1 / 2 and by_form["direct", "recall"] == 1
    assert not [key for key in by_form if key[1] == "naming"]
    by_naming = shares(compare_annotations(analysis, annotations, by="naming"))
    assert by_naming["spokesperson", "precision"] == 0  # as found
    assert by_naming["spokesperson", "recall"] == 1  # as annotated
    by_outlet = compare_annotations(analysis, annotations, by="outlet")
    assert list(by_outlet.columns[:2]) == ["outlet", "measure"]
    assert shares(by_outlet)["Herald", "precision"] == 1 and shares(by_outlet)["Post", "precision"] == 1 / 2


def test_sources_coded_and_found(annotations):
    found = compare_annotations(small_analysis(), annotations, per="source")
    assert found[["source", "naming", "found_naming"]].to_numpy().tolist() == [
        ["Ann Reed", "named", "named"],
        ["a senior official", "anonymous", "unnamed"],
    ]


def test_annotations_as_the_answers_of_a_coder(annotations):
    keys = small_analysis().attributions[["doc_id", "attribution_id"]]
    sheet = keys.assign(item_id=keys["doc_id"] + "-" + keys["attribution_id"].astype("string"))
    said = codings_of(sheet, analysis=small_analysis(), annotations=annotations).set_index("item_id")
    assert said.loc["a1-0", ["is_right", "naming", "speaker"]].tolist() == [True, "named", "Ann Reed"]
    assert said.loc["b1-0", "naming"] == "spokesperson"
    assert set(said.index) == {item for item in sheet["item_id"] if item[:2] in ("a1", "b1")}


def test_offsets_are_found_by_the_words(annotations):
    text = small_analysis().documents.set_index("doc_id")["text"]
    for row in annotations.itertuples():
        assert text[row.doc_id][row.start : row.end] == row.text
    assert annotations["start"][3] > annotations["start"][1]  # the nearer of two "said"


def test_a_start_that_is_given_is_kept(annotations):
    moved = annotations.drop(columns="end")
    moved.loc[3, "start"] = 31
    assert add_offsets(moved, small_analysis().documents)["start"].tolist() == moved["start"].tolist()


def test_offsets_that_are_missing_are_found(annotations):
    typed = annotations.drop(columns=["start", "end"])
    expected = compare_annotations(small_analysis(), annotations)
    pd.testing.assert_frame_equal(compare_annotations(small_analysis(), typed), expected)


def test_nothing_annotated(annotations):
    table = compare_annotations(small_analysis(), annotations.iloc[:0])
    assert list(table.columns[:3]) == ["measure", "n_hits", "n_cases"] and table.empty


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("doc_id", "a9", "article 'a9' not found; doc_id must be one of documents.doc_id, for example 'a1'"),
        ("role", "speaker", "row 1: role must be one of content, cue, source, not 'speaker'"),
        ("start", 3, r"row 1: the text of 'a1' from 3 to .* is .*leave out the columns start and end"),
        ("role", "cue", "attribution 0 of 'a1' has no row with the role content"),
    ],
)
def test_errors(annotations, column, value, message):
    annotations.loc[0, column] = value
    with pytest.raises(ValueError, match=message):
        compare_annotations(small_analysis(), annotations)


def test_words_that_do_not_occur(annotations):
    annotations.loc[0, "text"] = "The bridge fell"
    with pytest.raises(ValueError, match="'The bridge fell' does not occur in 'a1'"):
        add_offsets(annotations.drop(columns=["start", "end"]), small_analysis().documents)


def test_on_the_annotated_sample():
    annotations = pd.read_csv(SAMPLE / "annotations.csv")
    documents = read_documents(SAMPLE / "articles")
    analysis = analyse(documents[documents["doc_id"].isin(annotations["doc_id"])])
    table = compare_annotations(analysis, annotations).set_index("measure")
    assert (table["low"] < table["share_right"]).all() and (table["share_right"] < table["high"]).all()
    assert table.loc["naming", "share_right"] >= 0.80
    sheet = coding_sheet(analysis, len(analysis.attributions))
    codings = codings_of(sheet, coder="annotation", analysis=analysis, annotations=annotations)
    assert codings["is_right"].mean() == pytest.approx(table.loc["precision", "share_right"])
    assert set(codings["item_id"]) == set(sheet["item_id"])
    assert codings.loc[~codings["is_right"], ["form", "naming", "speaker"]].isna().all(axis=None)
    found = add_offsets(annotations.drop(columns=["start", "end"]), documents)
    is_content = annotations["role"] == "content"
    same = found["start"] == annotations["start"]
    assert same[is_content].mean() > 0.99 and same.mean() > 0.95
