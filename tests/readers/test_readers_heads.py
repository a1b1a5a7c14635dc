"""What documents without fields begin with: headline, byline, date and outlet, in Word and in print."""

# ruff: noqa: E501 - a case per line

from __future__ import annotations

import io

import docx
import pytest

import make_formats
from onrecord.readers.formats import read_bytes
from onrecord.readers.heads import read_head_lines
from onrecord.readers.pdf_article import Printed, article_of, printed_page
from onrecord.readers.pdf_lines import Line

BODY = [
    "“The weir leaks,” said Runa Aalt, who built it and has looked after it for the whole of forty years.",
    "The board of Ostermark meets on Monday to hear what the masons have found below the gate, it said.",
]
TEXT = "\n\n".join(BODY)


def word(*lines: str, style: str | None = None) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    for number, line in enumerate([*lines, *BODY]):
        document.add_paragraph(line, style=style if number == 0 else None)
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("lines", "style", "outlet"),
    [
        (["The weir leaks", "By Runa Aalt", "3 February 2026"], "Title", None),
        (["The weir leaks", "By Runa Aalt", "3 February 2026"], "Heading 1", None),
        (["The weir leaks", "By Runa Aalt", "Tuesday, February 3, 2026"], None, None),
        (
            ["The weir leaks", "Runa Aalt", "The Weir Post", "Published: 2026-02-03 10:15"],
            None,
            "The Weir Post",
        ),
        (["The Weir Post", "3 February 2026", "The weir leaks", "Runa Aalt"], None, "The Weir Post"),
        (["The weir leaks", "The Weir Post | 3 February 2026 | By Runa Aalt"], "Title", "The Weir Post"),
        (["The weir leaks", "By Runa Aalt, Harbour Correspondent", "Feb 3, 2026, 10:15 am"], None, None),
    ],
)
def test_the_head_of_a_word_document(lines, style, outlet):
    reading = read_bytes(word(*lines, style=style), "docx")[1]
    article = reading.articles[0]
    assert article.text == TEXT
    assert (article.headline, article.byline, article.outlet) == ("The weir leaks", "Runa Aalt", outlet)
    assert any(
        date in article.published
        for date in ("2026-02-03", "3 February 2026", "February 3, 2026", "Feb 3, 2026")
    )
    assert "the lines above the text are read as headline, byline, date and outlet" in reading.warnings


@pytest.mark.parametrize(
    "lines",
    [
        ["The weir leaks"],
        ["The weir leaks", "Ostermark, 3 February 2026"],
        ["By the river nobody spoke."],
        [],
    ],
)
def test_lines_that_are_not_clear_stay_in_the_text(lines):
    article = read_bytes(word(*lines), "docx")[1].articles[0]
    assert article.text == "\n\n".join([*lines, *BODY])
    assert article.byline is None and article.outlet is None


def test_head_lines():
    head = read_head_lines(
        ["", "By Runa Aalt", "", "3 February 2026 10:15", "The weir leaks, said the board."]
    )
    assert (head.byline, head.published, head.n_lines) == ("Runa Aalt", "3 February 2026 10:15", 4)
    assert read_head_lines(["The Weir Post", "Some text."]).n_lines == 0
    assert read_head_lines([]).n_lines == 0


def lines_of(*rows: tuple[str, float]) -> list[Line]:
    return [Line(text, 60, 780 - 15 * i, 60 + 5 * len(text), size, 0) for i, (text, size) in enumerate(rows)]


PRINTED = [
    ("The Weir Post", 24.0), ("Home", 9.0), ("News", 9.0), ("Sport", 9.0), ("The weir leaks again this year", 20.0),
    ("By Runa Aalt", 9.0), ("3 February 2026", 9.0), ("Share", 9.0), *[(line, 10.0) for line in BODY for _ in range(3)],
]  # fmt: skip


def test_a_printed_page_loses_its_menus_and_keeps_its_headline():
    article, notes = article_of(
        lines_of(*PRINTED), Printed("The weir leaks again - The Weir Post", "https://w.example/1")
    )
    assert (article.headline, article.outlet) == ("The weir leaks again this year", "The Weir Post")
    assert (article.byline, article.published, article.url) == (
        "Runa Aalt",
        "3 February 2026",
        "https://w.example/1",
    )
    assert article.text.startswith("“The weir leaks,” said") and "Home" not in article.text
    assert "3 lines of menus above the headline left out" in notes
    assert not any("remain" in note for note in notes)


def test_menus_that_remain_are_a_warning():
    below = ["More stories", "The town hall is cold", "Who pays for the pier"]
    links = [Line(text, 60, 400 - 40 * i, 200, 10, 0) for i, text in enumerate(below)]
    _, notes = article_of([*lines_of(*PRINTED), *links], Printed())
    assert any("look like menus or links remain" in note for note in notes)


def test_what_a_browser_prints_at_the_edge():
    page = [Line("3/2/26, 10:15 AM", 20, 800, 100, 8, 0), Line("The weir leaks - The Weir Post", 200, 800, 400, 8, 0),
            Line("https://weirpost.example/1 1/2", 20, 20, 200, 8, 0)]  # fmt: skip
    assert printed_page([page]) == Printed("The weir leaks - The Weir Post", "https://weirpost.example/1")
    assert printed_page([]) == Printed() and article_of([], Printed())[0].text is None


def test_a_pdf_of_an_article_alone_has_no_warning_of_menus():
    stream = "".join(
        make_formats.text_at(60, 700 - 15 * i, 10, line) for i, line in enumerate(BODY * 3)
    ).encode()
    assert not any("menus" in note for note in read_bytes(make_formats.pdf_file([stream]), "pdf")[1].warnings)
