"""Characters and cells that a program spoilt: repaired where that is certain, counted, and to be had unrepaired."""

# ruff: noqa: E501 - a case per line

from __future__ import annotations

import csv
import io

import pytest

from onrecord.readers import read_corpus
from onrecord.readers.encoding import decode, sense
from onrecord.readers.markup import has_markup, plain_text
from onrecord.readers.reading import RawArticle
from onrecord.readers.repair import repair_articles

TEXT = "“The weir leaks,” said Runa Aalt – “it’s a café now.”\n\nThe board of Ostermöhr meets on Monday."
HEADER = ["outlet", "headline", "text"]


def table(*texts: str, **options) -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file, **options)
    writer.writerow(HEADER)
    writer.writerows([["The Weir Post", "The weir leaks", text] for text in texts])
    return file.getvalue()


def read(tmp_path, content: str | bytes, name: str = "a.csv", **options):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = read_corpus(path, **options)
    return result.documents["text"].tolist(), str(result.report["warnings"][0])


def seen_as(text: str, encoding: str) -> str:
    """`text` in UTF-8, as a program shows it that takes it for `encoding`."""
    return "".join(
        bytes([byte]).decode(encoding, "ignore") or bytes([byte]).decode("latin-1") for byte in text.encode()
    )


@pytest.mark.parametrize(("encoding", "name"), [("mac_roman", "Mac Roman"), ("cp1252", "Windows-1252")])
def test_a_file_in_a_western_encoding(encoding, name, tmp_path):
    texts, warnings = read(tmp_path, table(TEXT).encode(encoding))
    assert texts == [TEXT] and f"encoding guessed: {name}" in warnings


@pytest.mark.parametrize("encoding", ["mac_roman", "cp1252"])
def test_two_encodings_in_one_file(encoding, tmp_path):
    first, second = table(TEXT), table(TEXT).split("\n", 1)[1]
    for content in (first.encode() + second.encode(encoding), first.encode(encoding) + second.encode()):
        texts, warnings = read(tmp_path, content)
        assert texts == [TEXT, TEXT] and "mixed encodings" in warnings


def test_a_torn_character_stays_damaged():
    text, notes = decode("“One” “two” “three”".encode()[:-1])
    assert text.endswith("three\ufffd") and notes == ("1 damaged byte in UTF-8 text, shown as \ufffd",)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac_roman"])
def test_utf8_that_was_read_as_another_encoding(encoding, tmp_path):
    texts, warnings = read(tmp_path, table(seen_as(TEXT, encoding)))
    assert texts == [TEXT] and "article with characters decoded wrongly before" in warnings
    texts, warnings = read(tmp_path, table(seen_as(TEXT, encoding)), repair=False)
    assert texts == [seen_as(TEXT, encoding)] and "repaired" not in warnings


def test_the_closing_mark_whose_byte_was_lost(tmp_path):
    texts, _ = read(tmp_path, table(TEXT.encode().decode("cp1252", "replace")))
    assert texts == [TEXT]


def test_one_article_of_two_is_repaired_and_counted(tmp_path):
    texts, warnings = read(tmp_path, table(TEXT, seen_as(TEXT, "cp1252")))
    assert texts == [TEXT, TEXT] and "1 of 2 articles with characters decoded wrongly" in warnings


@pytest.mark.parametrize(("wrong", "right"), [("cp1252", "mac_roman"), ("mac_roman", "cp1252")])
def test_mac_roman_and_windows_that_changed_places(wrong, right):
    spoilt = TEXT.encode(right).decode(wrong)
    repaired = repair_articles([RawArticle(spoilt)], markup=False)
    assert repaired.articles[0].text == TEXT and len(repaired.notes) == 1


def test_control_characters_that_are_quotation_marks():
    repaired = repair_articles(
        [RawArticle("\x93The weir leaks,\x94 said Runa Aalt. It\x92s old.")], markup=False
    )
    assert repaired.articles[0].text == "“The weir leaks,” said Runa Aalt. It’s old."
    assert "control characters" in repaired.notes[0] or "decoded wrongly" in repaired.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "« L’écluse fuit », a déclaré Zoé à l’hôtel. Ça ne tient pas. Âge, Ênfin, Ôtez !",
        "A MAÇÃ É BOA, disse João. NÃO É “MAÇÔ.",
        "Größe und Öl: „Ähnlich“, sagte Jörg.",
        "Ò grand! Perché no? Così è, disse; città e virtù.",
        "“Plain,” she said – it’s £5 … and 20° at Ålesund.",
        "Москва: «Всё хорошо», сказал он.",
    ],
)
def test_accents_that_are_right_stay(text):
    repaired = repair_articles([RawArticle(text)], markup=True)
    assert repaired.articles[0].text == text and repaired.notes == []


def test_sense_of_characters():
    assert sense("“It leaks,” she said – café, Ålesund") == 1
    assert sense("ÒIt leaks,Ó she said Ð cafŽ") < 0
    assert sense("plain") == 0


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("&quot;It leaks,&quot; he said &amp; left.", '"It leaks," he said & left.'),
        ("&#147;It leaks,&#148; he said.<br/><br />She&#8217;s gone.", "“It leaks,” he said.\n\nShe’s gone."),
        ("&amp;ldquo;It leaks,&amp;rdquo; he said.", "“It leaks,” he said."),
        ("<p>One\nline.</p>\n<p>Two <b>words</b>.</p>", "One line.\n\nTwo words."),
        (
            "<div><p>One.</p><script>var a = '<p>x</p>';</script><!-- <p>y</p> --><p>Two.</p></div>",
            "One.\n\nTwo.",
        ),
        ("&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;", "One.\n\nTwo."),
        ("He wrote <q>it leaks</q>.\n\nShe <i>left</i>.", "He wrote “it leaks”.\n\nShe left."),
        ("<blockquote>It leaks.</blockquote>He left.", "It leaks.\n\nHe left."),
        ("caf&eacute;&nbsp;noir", "café noir"),
    ],
)
def test_markup_in_a_cell(cell, text):
    assert has_markup(cell) and plain_text(cell) == text


@pytest.mark.parametrize(
    "cell", ["AT&T & co", "x < y and y > z", "He <unknown> left; &c.", "a<b, if p>q", "R&D; so"]
)
def test_what_is_not_markup(cell, tmp_path):
    assert not has_markup(cell)
    assert read(tmp_path, table(cell), repair=True)[0] == [cell]


def test_markup_is_said_and_can_be_kept(tmp_path):
    texts, warnings = read(tmp_path, table("<p>It leaks.</p>"))
    assert texts == ["It leaks."] and "article with HTML tags or entities, which were decoded" in warnings
    assert read(tmp_path, table("<p>It leaks.</p>"), repair=False)[0] == ["<p>It leaks.</p>"]


def test_a_text_file_is_never_taken_for_markup(tmp_path):
    assert read(tmp_path, "The tag <p> opens a paragraph &amp; closes none.", "a.txt")[0] == [
        "The tag <p> opens a paragraph &amp; closes none."
    ]


def test_markup_made_to_take_long():
    plain_text("<p>" + " " * 300_000 + "\n" * 3000 + "x")
    for piece in ("<script>", "<!--", "<a ", "&lt;p&gt;", "<p>\n", "&amp;"):
        plain_text(piece * 50_000)


def test_quotation_marks_with_a_backslash(tmp_path):
    rows = 'outlet,headline,text\n"Weir Post","A","\\"It leaks,\\" he said, \\"again.\\""\n"Weir Post","B","Plain, here"\n'
    texts, warnings = read(tmp_path, rows)
    assert (
        texts == ['"It leaks," he said, "again."', "Plain, here"] and "quotation marks written as" in warnings
    )
    texts, warnings = read(tmp_path, table('\\"It leaks,\\" he said.'))
    assert texts == ['"It leaks," he said.'] and "backslashes" in warnings
    assert read(tmp_path, table("It leaks.\\n\\nHe left.\\nShe stayed."))[0] == [
        "It leaks.\n\nHe left.\nShe stayed."
    ]
    assert read(tmp_path, table("It is in C:\\new\\notes, he said."))[0] == [
        "It is in C:\\new\\notes, he said."
    ]


def test_a_few_nul_characters_are_left_out_and_said(tmp_path):
    texts, warnings = read(
        tmp_path, b"The weir leaks, said Runa Aalt of the board.\x00 Nobody came.", "a.txt"
    )
    assert texts == ["The weir leaks, said Runa Aalt of the board. Nobody came."]
    assert "1 NUL character left out" in warnings


def test_rows_that_repeat_a_row_of_their_file_are_said(tmp_path):
    _, warnings = read(tmp_path, table(TEXT, TEXT, "Another."))
    assert "1 of 3 articles with the text of another one in this file" in warnings
