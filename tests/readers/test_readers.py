"""Readers: what is in the file is in the table, and what cannot be read is a row of the report."""

from __future__ import annotations

import warnings
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.readers import read_corpus, read_documents
from onrecord.readers.delimited import read_csv
from onrecord.readers.encoding import decode
from onrecord.readers.plain import read_plain
from onrecord.readers.repair import wrong_characters
from onrecord.readers.report import is_cut
from onrecord.tables import DOCUMENTS, REPORT

HEAD = "outlet: The Ellin Courier\npublished: 2026-01-15\nbyline: Mara Venn\nheadline: “Shut it,” he said\n\n"
TEXT = "“The bridge is safe,” said Henrik Sol.\n\nCritics disagreed."


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def row(corpus, name: str) -> pd.Series:
    return corpus.report.set_index("path").loc[name]


def test_a_head_is_read_and_the_rest_is_the_text(tmp_path):
    write(tmp_path, "courier/01-15-bridge.txt", HEAD + TEXT + "\n")
    documents = read_documents(tmp_path)
    assert list(documents.columns) == list(DOCUMENTS)
    article = documents.iloc[0]
    assert article["doc_id"] == "courier/01-15-bridge"
    assert article["path"] == "courier/01-15-bridge.txt"
    assert article["outlet"] == "The Ellin Courier"
    assert article["headline"] == "“Shut it,” he said"
    assert article["published"] == pd.Timestamp("2026-01-15", tz="UTC")
    assert article["text"] == TEXT
    assert article["n_words"] == 9


@pytest.mark.parametrize(
    "text",
    [
        "No head here.\r\n\r\nMixed\nline ends.\r",
        "From the terrace of the hotel, nothing moved.",
        "Speaker: “I said so.”\n\nA dialogue is no head.",
        "outlet: The Courier\nA line that is none ends the matter.\n\nText.",
        "\n\nLeading lines stay.\n\n",
    ],
)
def test_a_text_without_head_is_kept_exactly(text, tmp_path):
    assert read_plain(text).articles[0].text == text
    assert read_documents(write(tmp_path, "a.txt", text))["text"][0] == text


def test_front_matter_of_markdown():
    article = read_plain(
        '---\ntitle: "A bridge"\nauthor: Mara Venn\ntags: [a, b]\n---\n\nText “here”.\n'
    ).articles[0]
    assert (article.headline, article.byline, article.text) == ("A bridge", "Mara Venn", "Text “here”.")


def test_a_first_line_taken_for_the_headline_is_reported_and_stays():
    reading = read_plain("Minister quits over bridge\nThe minister resigned on Monday, the government said.")
    assert reading.articles[0].headline == "Minister quits over bridge"
    assert reading.articles[0].text.startswith("Minister quits")
    assert "first line" in reading.warnings[0]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_in_utf8_comes_back_unchanged(text):
    data = text.encode()
    if (
        text.startswith("\ufeff")
        or "\x00" in text
        or any(ord(c) < 32 and c not in "\t\n\r\x0b\x0c\x1b" for c in text)
    ):
        return
    assert decode(data) == (text, ())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_other_encodings(encoding):
    text = "“The café is open,” she said – it’s £5.\n" * 3
    decoded, notes = decode(text.encode(encoding))
    assert decoded == text
    assert bool(notes) == (encoding in ("cp1252", "utf-16-le", "utf-16-be"))


def test_damaged_utf8_and_mojibake_are_flagged():
    text, notes = decode("“One” “two” “three” “four”".encode()[:-1])
    assert text.endswith("\ufffd") and "damaged" in notes[0]
    assert wrong_characters("“fine”, naïve café") == []
    assert wrong_characters("He said â€œno") == ["â€œ"]


RUSSIAN = "Шлюз течёт, сказала Ильзе Варн, и никто не пришёл посмотреть на него до самого вечера. " * 5


def test_an_encoding_that_a_page_declares():
    page = f'<html><head><meta charset="{{}}"></head><body><p>{RUSSIAN}</p></body></html>'
    for encoding in ("iso-8859-5", "koi8-r"):
        text = page.format(encoding)
        assert decode(text.encode(encoding), declares=True) == (text, ())
    text = page.format("no-such")
    assert decode(text.encode("cp1251"), declares=True)[0] == text


def test_an_encoding_that_only_its_letters_tell():
    decoded, notes = decode(RUSSIAN.encode("cp1251"))
    assert decoded == RUSSIAN and notes[0].startswith("encoding guessed: ")


CSV = (
    "Title, publication, Date, content\n"
    '"A, b",Courier,04-27-2019," One “quoted”\nline"\nC,Courier,04-05-2019,Two\n'
)


def test_csv_with_blanks_around_names(tmp_path):
    write(tmp_path, "articles.csv", CSV)
    documents = read_documents(tmp_path / "articles.csv")
    assert documents["doc_id"].tolist() == ["articles#1", "articles#2"]
    assert documents["headline"].tolist() == ["A, b", "C"]
    assert documents["text"].tolist() == [" One “quoted”\nline", "Two"]
    # 04-27 shows that this file writes the month first, so 04-05 is April too.
    assert documents["published"].dt.month.tolist() == [4, 4]


def test_an_explicit_mapping_wins(tmp_path):
    write(tmp_path, "a.csv", "id,content,raw\nx,short,The whole text\ny,short,Another\n")
    documents = read_documents(tmp_path, columns={"text": "raw", "headline": "content"})
    assert documents["text"].tolist() == ["The whole text", "Another"]
    assert documents["headline"].tolist() == ["short", "short"]
    assert documents["doc_id"].tolist() == ["x", "y"]
    with pytest.raises(ValueError, match="no column 'Body'"):
        read_documents(tmp_path, columns={"Body": "raw"})


def test_ids_are_unique_over_the_corpus(tmp_path):
    write(tmp_path, "a.txt", "One.")
    write(tmp_path, "a.md", "Two.")
    write(tmp_path, "b.csv", "id,text\n1,One\n1,Two\n")
    write(tmp_path, "c.csv", "id,text\n1,One\n2,Two\n")
    write(tmp_path, "d.csv", "id,text\n1,One\n3,Two\n")
    corpus = read_corpus(tmp_path)
    assert corpus.documents["doc_id"].tolist() == ["a", "a.txt", "b#1", "b#2", "1", "2", "d#1", "d#3"]
    assert "repeated" in row(corpus, "b.csv")["warnings"]
    assert "another file" in row(corpus, "d.csv")["warnings"]


def test_one_file_given_twice_gets_ids_of_its_own(tmp_path):
    path = write(tmp_path, "a.txt", "One.")
    corpus = read_corpus([path, path, path])
    assert corpus.documents["doc_id"].tolist() == ["a", "a.txt", "a.txt~2"]
    assert "the id a.txt is taken" in corpus.report["warnings"].iloc[2]


def test_a_broken_row_is_skipped_and_counted():
    reading = read_csv(
        'id,text\n1,"a quoted\nnewline"\n2,too,many\n3,fine\n'
        '4,"never closed\n5,read again\n6,"and ""this"""\n'
    )
    assert [article.text for article in reading.articles] == [
        "a quoted\nnewline",
        "fine",
        "read again",
        'and "this"',
    ]
    assert (reading.n_expected, reading.n_skipped) == (6, 2)
    assert "line 4 has 3 cells for 2 columns" in reading.reason


def test_bad_input_is_reported_and_the_rest_is_read(tmp_path):
    good = write(tmp_path, "good.txt", HEAD + TEXT)
    write(tmp_path, "zero.txt", b"")
    write(tmp_path, "blank.txt", "\n \n")
    write(tmp_path, "binary.txt", bytes(range(256)) * 40)
    write(tmp_path, "picture.html", b"\x89PNG\r\n\x1a\n" + bytes(50))
    write(tmp_path, "no-text.csv", "name,age\nSol,50\n")
    write(tmp_path, "latin.txt", "“Café” – £5".encode("cp1252"))
    write(tmp_path, "README.md", "About these files.")
    write(tmp_path, ".hidden/x.txt", "Not read.")
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    corpus = read_corpus([tmp_path, tmp_path / "empty"])
    assert corpus.documents["doc_id"].tolist() == ["good", "latin"]
    assert list(corpus.report.columns) == list(REPORT)
    reasons = corpus.report.set_index("path")["reason"]
    assert "0 bytes" in reasons["zero.txt"] and "blanks only" in reasons["blank.txt"]
    assert "binary" in reasons["binary.txt"] and "picture" in reasons["picture.html"]
    assert (
        "the columns are name, age" in reasons["no-text.csv"] and "columns={'text'" in reasons["no-text.csv"]
    )
    assert "empty folder" in reasons["empty"] and "README" in reasons["README.md"]
    assert "not followed" in reasons["loop"] and "leads nowhere" in reasons["self"]
    assert "Windows-1252" in row(corpus, "latin.txt")["warnings"]
    assert ".hidden/x.txt" not in reasons
    with pytest.warns(UserWarning, match="files not read"):
        read_documents(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read_documents(good)


def test_a_path_that_does_not_exist(tmp_path):
    with pytest.raises(FileNotFoundError, match="no such file or folder"):
        read_documents(tmp_path / "nowhere")


def test_an_empty_corpus_has_the_columns_and_types(tmp_path):
    corpus = read_corpus(tmp_path)
    assert dict(corpus.documents.dtypes.astype(str)) == dict(DOCUMENTS)
    assert len(corpus.documents) == 0 and len(corpus.report) == 1


def test_a_file_of_3_gb_is_refused_before_it_is_opened(tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(3_000_000_000)
    assert "3.0 GB" in read_corpus(path).report["reason"][0]


def test_permission_denied_is_a_row(tmp_path, monkeypatch):
    def denied(self):
        raise PermissionError(13, "Permission denied")

    write(tmp_path, "secret.txt", "x")
    monkeypatch.setattr(Path, "read_bytes", denied)
    assert "permissions" in read_corpus(tmp_path).report["reason"][0]


def test_an_article_of_5_mb_and_10000_open_marks(tmp_path):
    write(tmp_path, "long.txt", "He said so. " * 420_000)
    write(tmp_path, "marks.txt", "“open " * 10_000)
    documents = read_documents(tmp_path)
    assert documents["text"].str.len().tolist() == [12 * 420_000, 60_000]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("He said it was over. Latest News", False),
        ("He said it was over.", False),
        ("“It was over,” he said, “and nothing will come of it now”", False),
        ("He said that it was over and that nothing would come of", True),
        ("He said that it was… [+1234 chars]", True),
        ("He said that it…", True),
        ("x" * 32_767, True),
    ],
)
def test_texts_that_may_be_cut_off(text, cut):
    assert is_cut(text) == cut


def test_parts_of_a_saved_page_are_no_articles(tmp_path):
    write(tmp_path, "Bridge.html", "<html><body><p>" + TEXT * 5 + "</p></body></html>")
    write(tmp_path, "Bridge_files/ad.html", "<html><body><p>Buy this.</p></body></html>")
    write(tmp_path, "style.css", "p { color: red }")
    corpus = read_corpus(tmp_path)
    assert corpus.documents["doc_id"].tolist() == ["Bridge"]
    assert "parts of a saved page" in row(corpus, "Bridge_files")["reason"]
    assert "not a format of articles (.css)" in row(corpus, "style.css")["reason"]


def test_a_table_of_passages_is_no_table_of_articles(tmp_path):
    write(tmp_path, "annotations.csv", "doc_id,start,end,text\na,0,5,Hello\n")
    assert "rows of passages" in read_corpus(tmp_path).report["reason"][0]
