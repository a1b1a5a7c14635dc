"""Tables of articles: the content of a cell is what is read, whatever wrote the file."""

from __future__ import annotations

import csv
import datetime
import io
import json
import zipfile

import openpyxl
import pytest

from onrecord.readers import read_corpus, stream_corpus
from onrecord.readers.cells import as_text
from onrecord.readers.delimited import read_csv
from onrecord.readers.formats import read_bytes
from onrecord.readers.objects import read_json, read_json_lines
from onrecord.readers.reading import Unreadable


def workbook(**sheets: list[list]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file.getvalue()


def test_a_workbook_of_several_sheets():
    articles = [
        [None, None, None, None],
        ["id", "headline", "date", "text"],
        [1.0, "  A  ", datetime.datetime(2026, 1, 15, 10), " One_x000D_\nline "],
        [None, None, None, None],
        [2, "B", "2026-01-16", "Two"],
    ]
    file_format, reading = read_bytes(workbook(News=articles, Notes=[["who", "what"], ["I", "x"]]), "xlsx")
    assert file_format == "xlsx"
    first, second = reading.articles
    assert (first.own_id, first.headline, first.published) == ("1", "A", "2026-01-15T10:00:00")
    assert first.text == " One\r\nline "  # as it is in the cell: not stripped
    assert (second.own_id, second.text) == ("2", "Two")
    assert "sheet 'Notes': no column contains the text" in reading.reason


def test_rows_shorter_than_the_header_in_a_sheet_of_false_size():
    content = workbook(News=[["text", "byline"], ["One"], ["Two", "Venn"]])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    assert b'ref="A1:B3"' in files[name]
    files[name] = files[name].replace(b'ref="A1:B3"', b'ref="A1"')
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for one, data in files.items():
            archive.writestr(one, data)
    articles = read_bytes(file.getvalue(), "xlsx")[1].articles
    assert [(article.text, article.byline) for article in articles] == [("One", None), ("Two", "Venn")]


@pytest.mark.parametrize(
    ("cell", "column", "text"),
    [
        ("['Mara Venn', 'Otto Brandel']", "byline", "Mara Venn, Otto Brandel"),
        ("[sic]", "byline", "[sic]"),
        ("[Mara Venn", "byline", "[Mara Venn"),
        (["Mara Venn", None, " "], "byline", "Mara Venn"),
        ([], "byline", None),
        (["One.", "Two."], "text", "One.\n\nTwo."),
        ({"id": None, "name": "The Courier"}, "outlet", "The Courier"),
        ({"id": 3}, "outlet", None),
        (datetime.date(2026, 1, 15), "published", "2026-01-15"),
        (float("nan"), "text", None),
        (3.0, "own_id", "3"),
        (3.5, "own_id", "3.5"),
        (True, "headline", "True"),
        (" A ", "headline", "A"),
    ],
    ids=repr,
)
def test_cells(cell, column, text):
    assert as_text(cell, column) == text


@pytest.mark.parametrize(
    "held",
    [
        [{"text": "One"}],
        {"text": "One"},
        {"status": "ok", "tags": [], "articles": [{"text": "One", "source": {"name": "Courier"}}]},
    ],
    ids=repr,
)
def test_shapes_of_json(held):
    assert [article.text for article in read_json(json.dumps(held)).articles] == ["One"]


def test_json_is_known_by_its_content():
    lines = b'{"text": "One"}\n{"text": "Two"}\n'
    for suffix in ("txt", "json", ""):
        file_format, reading = read_bytes(lines, suffix)
        assert (file_format, len(reading.articles)) == ("jsonl", 2)
    assert read_bytes(b'[\n {"text": "One"}\n]', "txt")[0] == "json"


def test_broken_lines_of_json_are_counted():
    reading = read_json_lines('{"text": "One"}\n\n[1]\n{"text": \n{"text": "Two", "title": "B"}\n')
    assert [(article.text, article.headline) for article in reading.articles] == [("One", None), ("Two", "B")]
    assert (reading.n_expected, reading.n_skipped) == (4, 2)
    assert reading.reason.startswith("2 broken lines (the first: line 3)")


def test_a_mapped_column_that_is_not_there():
    reading = read_csv("body,raw\nOne,x\n", {"headline": "Kopf", "doc_id": "raw"})
    assert reading.warnings == ("no column 'Kopf': its headline stays empty",)
    assert reading.articles[0].own_id == "x"
    with pytest.raises(Unreadable, match="no column 'Kopf'; the columns are body, raw"):
        read_csv("body,raw\nOne,x\n", {"text": "Kopf"})


def test_many_broken_rows_are_counted_and_the_first_named():
    reading = read_csv("id,text\n" + "1,2,3\n" * 5 + "6,fine\n\n,\n")
    assert [article.text for article in reading.articles] == ["fine"]
    assert (reading.n_expected, reading.n_skipped) == (6, 5)
    assert reading.reason.startswith("5 broken rows (line 2 has") and "; …)" in reading.reason


def test_long_cells_are_read_and_the_limit_of_the_program_stays():
    before = csv.field_size_limit()
    text = "It rained in Halm. " * 10_000
    assert read_csv(f"headline,text\nRain,{text}\n").articles[0].text == text
    assert csv.field_size_limit() == before


def test_a_table_called_a_text():
    assert read_bytes(b"headline;text\nA;One\n", "txt")[0] == "csv"
    with pytest.raises(Unreadable, match="the columns are none"):
        read_csv("")


def test_streamed_files_are_read_as_at_once(tmp_path):
    (tmp_path / "a.csv").write_text("id,text,date\n1,One,2026-01-15\n2,Two,someday\n")
    (tmp_path / "b.csv").write_text("id,text\n1,Three\n")
    (tmp_path / "c.txt").write_text("Four.")
    (tmp_path / "d.txt").write_bytes(b"")
    whole = read_corpus(tmp_path)
    parts = list(stream_corpus(tmp_path, batch_bytes=1))
    assert [len(part.report) for part in parts] == [1, 1, 1, 1]
    assert [i for part in parts for i in part.documents["doc_id"]] == whole.documents["doc_id"].tolist()
    assert [w for part in parts for w in part.report["reason"].fillna("")] == whole.report["reason"].fillna(
        ""
    ).tolist()
    assert "1 dates that cannot be read, such as 'someday'" in whole.report["warnings"][0]


def test_dates_of_several_sources_are_told_apart(tmp_path):
    (tmp_path / "a.csv").write_text("text,date\nOne,04/27/2026\n")
    (tmp_path / "b.csv").write_text("body,date\nTwo,27/04/2026\n")
    report = read_corpus(tmp_path).report["warnings"]
    assert "month-day-year" in report[0] and "the column of text, date: " in report[0]
    assert "day-month-year" in report[1]
