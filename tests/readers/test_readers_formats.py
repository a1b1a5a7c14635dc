"""Every format: the text that was put into a file is the text that comes out of it."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest

import make_formats
from onrecord.readers import read_corpus, read_documents
from onrecord.readers.formats import read_bytes

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "articles"


def same(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.fixture(scope="module")
def sample() -> pd.DataFrame:
    return read_documents(SAMPLE)


@pytest.fixture(scope="module")
def mixed(sample, tmp_path_factory):
    folder = tmp_path_factory.mktemp("mixed")
    return make_formats.write_all(folder, sample), read_corpus(folder), len(list(folder.iterdir()))


def test_a_mixed_folder_gives_back_every_text(mixed):
    held, corpus, n_files = mixed
    assert n_files == 30
    documents = corpus.documents.assign(file=corpus.documents["path"].str.split("/").str[0])
    assert corpus.report["reason"].isna().all()
    assert (corpus.report["n_found"] == corpus.report["n_expected"]).all()
    for file, rows in held.groupby("file"):
        found = documents[documents["file"] == file]
        assert set(map(same, found["text"])) == set(map(same, rows["text"])), file
    assert len(documents) == len(held) and documents["doc_id"].is_unique


def test_heads_are_read_in_every_format(mixed):
    held, corpus, _ = mixed
    documents = corpus.documents.assign(same_text=corpus.documents["text"].map(same))
    held = held.assign(same_text=held["text"].map(same)).drop_duplicates("same_text").set_index("same_text")
    for _, document in documents.iterrows():
        if document["path"] == "no-head.txt":
            continue
        article = held.loc[document["same_text"]]
        assert same(document["headline"]) == same(article["headline"]), document["path"]
        if document["file_format"] not in ("docx", "pdf"):
            assert document["published"].date() == article["published"].date(), document["path"]
            assert document["outlet"] == article["outlet"], document["path"]


def test_formats_are_told_by_content(mixed, sample):
    _, corpus, _ = mixed
    formats = corpus.report.set_index("path")["file_format"]
    assert formats["nexis.rtf"] == "nexis-rtf" and formats["factiva.html"] == "factiva-html"
    assert formats["three.zip/b.docx"] == "docx"
    article = sample.iloc[0]
    for name, content in {"docx": make_formats.word(article), "pdf": make_formats.pdf(article)}.items():
        assert read_bytes(content, "txt")[0] == name
    assert read_bytes(make_formats.page(article), "txt")[0] == "html"


def test_every_copy_in_the_mixed_folder_is_a_duplicate(mixed, sample):
    held, corpus, _ = mixed
    assert corpus.documents["duplicate_of"].isna().sum() == held["text"].nunique()


def test_an_export_that_states_more_than_it_holds(sample, tmp_path):
    content = make_formats.lexisnexis_txt(sample.head(3)).replace(b"Items: 1-3", b"Items: 1-100")
    (tmp_path / "export.txt").write_bytes(content)
    report = read_corpus(tmp_path).report.iloc[0]
    assert (report["n_expected"], report["n_found"]) == (100, 3)
    assert "states 100 articles, 3 were found" in report["warnings"]


def test_a_notice_in_place_of_the_text(sample, tmp_path):
    lines = make_formats.nexis_uni(sample.head(2))
    start = lines.index("Body") + 2
    lines[start : lines.index("End of Document")] = [
        "The text of this article has been removed for copyright reasons.",
        "",
    ]
    (tmp_path / "export.rtf").write_bytes(make_formats.rtf(lines))
    corpus = read_corpus(tmp_path)
    assert corpus.documents["text"].isna().tolist() == [True, False]
    assert corpus.documents["headline"].notna().all()
    assert "notice in place" in corpus.report["warnings"][0]


def test_a_scanned_page_is_reported(sample):
    stream = make_formats.text_at(60, 700, 12, "Only the first page holds text, says the clerk.").encode()
    reading = read_bytes(make_formats.pdf_file([stream, b"", b""]), "pdf")[1]
    assert "no text on page 2, 3 of 3" in reading.warnings[0]
    assert reading.articles[0].text == "Only the first page holds text, says the clerk."


def test_a_password_within_an_archive(tmp_path):
    content = bytearray(make_formats.zipped({"a.txt": b"One."}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1  # the flag of an encrypted member
    with zipfile.ZipFile(BytesIO(bytes(content))) as archive:
        assert archive.infolist()[0].flag_bits & 1
    (tmp_path / "locked.zip").write_bytes(content)
    assert "password" in read_corpus(tmp_path).report["reason"][0]
