"""A loaded analysis whose rows do not fit its texts or each other is refused by name."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import onrecord
from onrecord.analysis import TABLES
from onrecord.consistency import require_consistent
from onrecord.evaluation.codings import save_coding
from onrecord.evaluation.corrections import apply_codings
from onrecord.scale.files import checksum, read_json, write_json

DOCUMENTS = pd.DataFrame(
    {
        "doc_id": ["a", "b"],
        "outlet": ["Post", "Herald"],
        "text": [
            "“The lock leaks,” said Ilse Varn, a harbour clerk.\n\nA senior official, who asked not to be "
            "named because the talks go on, said the “safe” lock is shut. Otto Brandel did not respond to "
            "requests for comment.",
            "The mayor, Ada Quill, said the pool is safe. A spokesman for the ministry declined to comment.",
        ],
    }
)
OFFSETS = [
    *((name, "start", "end", "text") for name in ("spans", "sentences", "scare_quotes", "disclosures")),
    *(("sources", f"{one}_start", f"{one}_end", one) for one in ("marker", "title", "justification")),
]
LIES = {"negative": (-5, 3), "beyond the text": (3, 10**7), "very large": (2**62, 2**62), "reversed": (9, 2)}


@pytest.fixture(scope="module")
def analysis():
    return onrecord.analyse(DOCUMENTS)


@pytest.fixture
def saved(analysis, tmp_path):
    analysis.save(tmp_path)
    return tmp_path


def change(folder: Path, name: str, column: str, value: object, row: int = 0) -> None:
    path = folder / f"{name}.parquet"
    frame = pd.read_parquet(path)
    cells = frame[column].astype(object)
    cells.iloc[row] = value
    is_mixed = isinstance(value, str) and not pd.api.types.is_string_dtype(frame[column])
    frame[column] = cells.astype(str) if is_mixed else cells
    frame.to_parquet(path, index=False)


def load_error(folder: Path) -> str:
    with pytest.raises(ValueError) as error:
        onrecord.Analysis.load(folder)
    return str(error.value)


@pytest.mark.parametrize(("name", "start", "end", "words"), OFFSETS, ids=lambda one: str(one))
@pytest.mark.parametrize("lie", LIES)
def test_offsets_that_do_not_give_the_words_are_refused(saved, name, start, end, words, lie):
    frame = pd.read_parquet(saved / f"{name}.parquet")
    row = int(frame[start].notna().to_numpy().argmax())
    for column, value in zip((start, end), LIES[lie], strict=True):
        change(saved, name, column, value, row)
    said = load_error(saved)
    assert f"{name}: the row with doc_id '{frame['doc_id'][row]}'" in said
    assert (
        f"has {start} {LIES[lie][0]} and {end} {LIES[lie][1]}" in said
        and "Analyse the articles again" in said
    )


@pytest.mark.parametrize(
    ("name", "column", "value", "words"),
    [
        ("spans", "text", "other words", "start 0 and end 17, where the text has '“The lock leaks,”'"),
        ("spans", "start", None, "has no start or no end"),
        ("spans", "start", "x", "start is 'x', which is not of the type Int64"),
        ("spans", "end", 1.5, "end is '1.5', which is not of the type Int64"),
        ("spans", "doc_id", "zzz", "is of an article that documents does not have"),
        ("spans", "doc_id", None, "is of an article that documents does not have"),
        ("spans", "attribution_id", 99, "has a value of attribution_id that attributions does not have"),
        ("spans", "attribution_id", None, "has a value of attribution_id that attributions does not have"),
        ("attributions", "attribution_id", 1, "has an id that is missing or occurs twice"),
        ("attributions", "source_id", 99, "has a value of source_id that sources does not have"),
        ("attributions", "probability", float("inf"), "has probability inf, which is not possible"),
        ("attributions", "n_words_quoted", -9, "has n_words_quoted -9, which is not possible"),
        ("sources", "source_id", None, "has an id that is missing or occurs twice"),
        ("sources", "is_plural", "maybe", "is_plural is 'maybe', which is not of the type boolean"),
        ("disclosures", "source_id", 99, "has a value of source_id that sources does not have"),
        ("documents", "doc_id", "b", "doc_id of documents 'b' occurs twice"),
        ("documents", "doc_id", None, "doc_id of documents is missing"),
        ("documents", "text", "Another text.", "where the text has 'Another text.'"),
        ("documents", "text", None, "where the text has ''"),
        ("documents", "published", "soon", "published is 'soon', which is not of the type datetime64"),
    ],
)
def test_a_row_that_does_not_fit_is_named(saved, name, column, value, words):
    change(saved, name, column, value)
    assert words in load_error(saved)


def test_tables_of_another_analysis_are_refused(saved, tmp_path_factory):
    """The file is whole and was written by Analysis.save, but of other texts."""
    other = tmp_path_factory.mktemp("other")
    texts = DOCUMENTS.assign(text=["Ada Quill said the harbour is open.", "It rained, the ministry said."])
    onrecord.analyse(texts).save(other)
    (saved / "spans.parquet").write_bytes((other / "spans.parquet").read_bytes())
    assert "spans: the row with doc_id 'a'" in load_error(saved)


def test_what_was_corrected_by_hand_fits_and_is_loaded(analysis, tmp_path):
    sheet = onrecord.coding_sheet(analysis, 10)
    codings = tmp_path / "codings.csv"
    for number, item_id in enumerate(sheet["item_id"]):
        save_coding(codings, item_id, coder="A", is_right=bool(number % 2), naming=None, speaker="X")
    corrected, _ = apply_codings(analysis, onrecord.read_codings(codings))
    corrected.save(tmp_path / "saved")
    loaded = onrecord.Analysis.load(tmp_path / "saved")
    assert len(loaded.attributions) == len(corrected.attributions) < len(analysis.attributions)


def test_a_selection_of_a_corpus_with_offsets_of_other_texts_is_refused(tmp_path):
    """The part has its right size and checksum."""
    onrecord.analyse_corpus(DOCUMENTS, tmp_path, workers=1).close()
    (part,) = (tmp_path / "spans").glob("*.parquet")
    table = pq.read_table(part).to_pandas()
    table["end"] = table["end"] + 10**6
    table.to_parquet(part, index=False)
    record = read_json(tmp_path / "corpus.json")
    record["files"][part.relative_to(tmp_path).as_posix()] = checksum(part)
    write_json(tmp_path / "corpus.json", record)
    opened = onrecord.open_corpus(tmp_path)
    assert opened.check().empty
    with pytest.raises(ValueError, match=r"spans: the row with doc_id 'a'.* end 1000017"):
        opened.select("true")


def test_what_analyse_returns_fits(analysis):
    require_consistent({name: getattr(analysis, name) for name in TABLES}, of="analysis")
