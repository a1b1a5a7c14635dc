"""Containers that were changed inside and packed again: read or refused, and nothing lost in silence."""

from __future__ import annotations

import io
import zipfile

import make_formats
from fuzz_containers import KINDS, articles, run
from onrecord.readers.guarded import read_guarded


def test_changed_containers_are_read_or_refused_and_nothing_is_lost_in_silence():
    table, faults = run(10, seed=4)
    assert faults == []
    assert list(table.index) == list(KINDS)
    assert (table["read"] + table["refused"] == table["inputs"]).all()
    assert (table["read"] > 0).all() and table["refused"].sum() > 0  # the changes reach the readers


def with_part(data: bytes, part: str, old: str, new: str) -> bytes:
    """A container with one part of its XML replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    xml = members[part].decode()
    assert old in xml
    members[part] = xml.replace(old, new).encode()
    return make_formats.zipped(members)


def test_text_outside_paragraphs_of_a_word_document_is_read():
    data = make_formats.word(articles().iloc[0])
    outside = "<w:r><w:t>The gate stays shut.</w:t></w:r>"
    data = with_part(data, "word/document.xml", "<w:sectPr", f"{outside}<w:sectPr")
    _, reading = read_guarded(data, "docx")
    assert reading.articles[0].text.endswith("The gate stays shut.")


def test_rows_within_a_row_do_not_push_it_out():
    whole = make_formats.as_xlsx(articles())
    sheet = "xl/worksheets/sheet1.xml"
    data = with_part(whole, sheet, '</row><row r="3"', '<row><row/></row></row><row r="3"')
    texts = [article.text for article in read_guarded(data, "xlsx")[1].articles]
    assert texts == [article.text for article in read_guarded(whole, "xlsx")[1].articles]


def test_a_second_row_of_one_number_is_counted():
    data = with_part(make_formats.as_xlsx(articles()), "xl/worksheets/sheet1.xml", '<row r="3"', '<row r="2"')
    _, reading = read_guarded(data, "xlsx")
    assert len(reading.articles) == 2
    assert "1 rows with the number of another row left out" in " ".join(reading.warnings)
