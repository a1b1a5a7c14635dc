"""Workbooks and tables as people keep them: titles above, merged cells, formulas, columns of other names."""



from __future__ import annotations

import io

import openpyxl
import pytest

from onrecord.readers import read_corpus, read_documents
from onrecord.readers.delimited import read_csv
from onrecord.readers.formats import read_bytes
from onrecord.readers.reading import Unreadable

HEADER = ["outlet", "date", "headline", "text"]
ROWS = [["Weir Post", "2026-02-03", f"Story {i}", f"“It leaks,” said Runa Aalt, {i}."] for i in range(4)]


def workbook(rows: list[list], *merged: str) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(file)
    return file.getvalue()


def test_titles_above_the_header_of_a_sheet():
    reading = read_bytes(workbook([["Search: weir", None, None, None], [], HEADER, *ROWS], "A1:D1"), "xlsx")[
        1
    ]
    assert [article.headline for article in reading.articles] == ["Story 0", "Story 1", "Story 2", "Story 3"]
    assert reading.warnings == ("1 row above the header left out",)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_titles_above_the_header_of_a_csv(delimiter):
    lines = ["Search: weir", "Exported by Runa Aalt, 3 February 2026", "", delimiter.join(HEADER)]
    lines += [delimiter.join([*row[:3], f'"{row[3]}"']) for row in ROWS]
    reading = read_csv("\n".join(lines))
    assert [article.headline for article in reading.articles] == ["Story 0", "Story 1", "Story 2", "Story 3"]
    assert "2 lines above the header left out ('Search: weir')" in reading.warnings


def test_a_first_line_that_is_the_header_stays_it():
    assert [article.text for article in read_csv("text\noutlet,text\nOne\n").articles] == ["One"]
    assert read_csv("headline,text\nheadline,text\n").articles[0].text == "text"


def test_merged_cells_are_filled_and_said(tmp_path):
    rows = [HEADER, *[list(row) for row in ROWS]]
    rows[2][0] = rows[4][0] = None
    rows[3][0] = "Other Post"
    (tmp_path / "a.xlsx").write_bytes(workbook(rows, "A2:A3", "A4:A5"))
    result = read_corpus(tmp_path)
    assert result.documents["outlet"].tolist() == ["Weir Post", "Weir Post", "Other Post", "Other Post"]
    assert "2 cells filled from the merged cells" in result.report["warnings"][0]


def test_empty_cells_below_an_outlet_are_left_and_said():
    reading = read_csv("outlet,text\nWeir Post,One\n,Two\n")
    assert [article.outlet for article in reading.articles] == ["Weir Post", None]
    assert "the outlet is empty in 1 rows and filled in others" in reading.warnings[0]


def test_formulas_without_a_stored_value():
    rows = [HEADER, ['="Weir"&" Post"', "2026-02-03", '=HYPERLINK("https://x.example","Story")', "One"],
            ["=A2", "2026-02-03", "Two", "Three"]]  # fmt: skip
    reading = read_bytes(workbook(rows), "xlsx")[1]
    first, second = reading.articles
    assert (first.outlet, first.headline, second.outlet) == ("Weir Post", "Story", None)
    assert reading.warnings[0].startswith("1 cells contain a formula whose value was not stored")
    assert reading.warnings[1].startswith("2 formulas without a stored value are read as the text")


TABLE = (
    "Testata,Titolo,Articolo\nWeir Post,Chiusa,"
    + "La chiusa perde ha detto Runa Aalt al consiglio. " * 5
    + "\n"
)


def test_the_column_of_the_longest_texts_is_offered_by_name(tmp_path):
    said = "The column Articolo has the longest texts: columns={'text': 'Articolo'}"
    with pytest.raises(Unreadable) as refused:
        read_csv(TABLE)
    assert said in str(refused.value)
    (tmp_path / "a.csv").write_text(TABLE)
    with pytest.warns(UserWarning, match="The column Articolo has the longest texts"):
        assert read_documents(tmp_path).empty
    documents = read_documents(
        tmp_path, columns={"text": "Articolo", "headline": "Titolo", "outlet": "Testata"}
    )
    assert documents["headline"].tolist() == ["Chiusa"]


def test_no_column_is_offered_where_none_is_plainly_the_text():
    with pytest.raises(Unreadable, match="Say which it is"):
        read_csv("a,b\nshort,short too\n")
    long = "word " * 60
    with pytest.raises(Unreadable) as refused:
        read_csv(f"a,b\n{long},{long}\n")
    assert "longest texts" not in str(refused.value)
