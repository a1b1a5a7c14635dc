"""Saved tables: what is written, what a spreadsheet cannot hold, and what is said of it."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

import onrecord
from onrecord import tables
from onrecord.export.cells import sheet_cell
from onrecord.export.provenance import describe_columns
from small import empty_analysis, small_analysis

SOURCE = "Four articles made up for this test"
LONG = "word " * 8_000  # 40,000 characters


@pytest.fixture
def awkward():
    return pd.DataFrame(
        {
            "outlet": pd.Series(
                ['=HYPERLINK("x")', "+1", "-2", "@SUM(A1)", "\tcmd", "\rcmd", "Post\x00\x0b", LONG, None],
                dtype="string",
            ),
            "n_hits": pd.Series(range(9), dtype="Int64"),
            "share_of_sources": pd.Series([0.25] * 8 + [None], dtype="Float64"),
        }
    )


def saved(table, folder, **how):
    paths = onrecord.save_table(table, folder / "table", source=SOURCE, **how)
    return paths, load_workbook(paths[1])


def cells(sheet) -> list[tuple]:
    return list(sheet.iter_rows(values_only=True))


def test_the_workbook_holds_the_table_its_codebook_and_its_provenance(tmp_path):
    analysis = small_analysis()
    rates = onrecord.share_unnamed(analysis, by="outlet")
    paths, book = saved(rates, tmp_path / "new", title="Unnamed sources", analysis=analysis)
    assert [path.suffix for path in paths] == [".csv", ".xlsx"]
    assert book.sheetnames == ["table", "columns", "provenance", "notes"]
    header, *rows = cells(book["table"])
    assert list(header) == list(rates.columns)
    assert rows[0][:4] == ("Herald", "strict", 0, 4)
    assert rows[0][5] is None  # an interval that is not known
    assert [row[0] for row in cells(book["columns"])[1:]] == list(rates.columns)
    facts = dict(cells(book["provenance"])[1:])
    assert facts["source"] == SOURCE
    assert facts["number of articles"] == "4"
    assert facts["published"] == "2026-01-05 to 2026-02-03"
    assert facts["onrecord"] == onrecord.__version__
    assert facts["rules"] == analysis.rules
    assert len(facts["SHA-256 of the corpus"]) == 64
    assert cells(book["notes"])[1:] == [("table", "no cell was changed")]


def test_formula_like_text_stays_text_and_is_noted(awkward, tmp_path):
    paths, book = saved(awkward, tmp_path)
    sheet = book["table"]
    for row in range(2, 7):
        assert sheet.cell(row, 1).data_type == "s"
        assert sheet.cell(row, 1).quotePrefix
    assert sheet["A2"].value == '=HYPERLINK("x")'
    notes = cells(book["notes"])[1:]
    assert [where for where, note in notes if "formula" in note] == [f"table!A{row}" for row in range(2, 8)]
    lines = paths[0].read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK" in lines and '\n"\'+1",' in lines


def test_long_texts_are_cut_in_the_workbook_only_and_noted(awkward, tmp_path):
    paths, book = saved(awkward, tmp_path)
    assert book["table"]["A9"].value == LONG[:32_767]
    assert ("table!A9", "cut: the first 32,767 of 40,000 characters; the CSV has them all") in cells(
        book["notes"]
    )
    assert LONG in paths[0].read_text(encoding="utf-8-sig")


def test_characters_beyond_the_first_plane_count_twice():
    text, notes = sheet_cell("a" + "\U0001f5de" * 20_000)
    assert len(text) == 1 + 16_383
    assert notes == ["cut: the first 16,384 of 20,001 characters; the CSV has them all"]


def test_control_characters_are_replaced_and_noted(awkward, tmp_path):
    _, book = saved(awkward, tmp_path)
    assert book["table"]["A8"].value == "Post\ufffd\ufffd"
    assert ("table!A8", "2 characters that a spreadsheet cannot store replaced by \ufffd") in cells(
        book["notes"]
    )


@given(st.lists(st.text(), max_size=5))
def test_any_text_can_be_saved_and_comes_back(tmp_path_factory, texts):
    table = pd.DataFrame({"text": pd.Series(texts, dtype=object)})
    encodable = table.map(lambda text: text.encode("utf-8", "replace").decode())
    _, book = saved(encodable, tmp_path_factory.mktemp("any"))
    found = [row[0] for row in book["table"].iter_rows(min_row=2, values_only=True)]
    assert found == [sheet_cell(text)[0] or None for text in encodable["text"]]


def test_times_lose_their_zone_and_infinite_numbers_become_text():
    assert sheet_cell(pd.Timestamp("2026-01-05 12:00", tz="Europe/Berlin")) == (
        pd.Timestamp("2026-01-05 11:00"),
        ["time written without its zone, in UTC"],
    )
    assert sheet_cell(float("inf")) == ("inf", ["infinite number written as text"])
    assert sheet_cell(pd.NA) == sheet_cell(pd.NaT) == sheet_cell(float("nan")) == (None, [])


def test_an_empty_table_and_one_with_repeated_columns_are_written(tmp_path):
    _, book = saved(onrecord.share_unnamed(empty_analysis()), tmp_path, analysis=empty_analysis())
    assert len(cells(book["table"])) == 1
    assert ("published", "no dates") in cells(book["provenance"])
    twice = pd.DataFrame([[1, 2]], columns=["n", "n"])
    assert cells(saved(twice, tmp_path)[1]["table"])[1] == (1, 2)


@pytest.mark.parametrize("source", ["", "  ", None])
def test_a_table_without_source_is_refused(tmp_path, source):
    with pytest.raises(ValueError, match="source must say"):
        onrecord.save_table(pd.DataFrame({"n": [1]}), tmp_path / "x", source=source)
    assert list(tmp_path.iterdir()) == []


def test_the_hash_of_the_corpus_follows_its_texts_and_not_their_order():
    def corpus_hash(analysis):
        return onrecord.provenance(analysis).set_index("item")["value"]["SHA-256 of the corpus"]

    analysis = small_analysis()
    first = corpus_hash(analysis)
    analysis.documents = analysis.documents[::-1]
    assert corpus_hash(analysis) == first
    analysis.documents = analysis.documents.assign(text="other")
    assert corpus_hash(analysis) != first


def test_every_column_of_every_table_and_measure_is_described():
    analysis = small_analysis()
    frames = [
        pd.DataFrame(columns=list(schema))
        for name, schema in vars(tables).items()
        if name.isupper() and isinstance(schema, dict)
    ]
    frames += [
        onrecord.share_unnamed(analysis, of=of, by="outlet") for of in ("sources", "words", "articles")
    ]
    frames += [onrecord.add_flags(analysis), onrecord.share_flags(analysis), onrecord.share_reasons(analysis)]
    frames += [onrecord.count_speakers(analysis), onrecord.share_each(analysis, "naming", by="month")]
    frames += [onrecord.add_tone(analysis.sentences), onrecord.find_positions(analysis)]
    assert len(frames) > 10
    for frame in frames:
        described = describe_columns(frame)
        assert list(described["column"]) == list(frame.columns)
        assert not described["meaning"].isna().any(), described[described["meaning"].isna()][
            "column"
        ].tolist()


def test_families_of_columns_and_columns_of_ones_own():
    found = describe_columns(pd.DataFrame(columns=["share_of_sources", "n_texts", "mine"]))
    assert found["meaning"].tolist()[:2] == ["share of sources that the row counts", "number of texts"]
    assert found["meaning"].isna().tolist() == [False, False, True]


def test_places_run_from_the_start_of_an_article_to_its_end():
    places = onrecord.find_positions(small_analysis())
    assert places["position"].iloc[0] == 0
    assert places["position"].between(0, 1).all()
    assert places["is_unnamed"].tolist() == [False, True, False, True, True, False]
