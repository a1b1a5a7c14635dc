"""Exports of databases in the shapes that the sample's formats do not take."""

from __future__ import annotations

import pytest

from onrecord.readers import factiva, nexis
from onrecord.readers.formats import read_bytes
from onrecord.readers.lines import word_count

LONG = "The ferries waited on the quay until the evening tide came in, and nobody came."


def number(n: int) -> str:
    return f"Document ELLC00002026011{n}em1f0000{n}"


def test_factiva_by_its_codes():
    lines = [
        "HD\tThe lock", "\tleaks", "BY\tMara Venn", "WC\t1,012 words", "PD\t15 January 2026", "ET\t10:15",
        "SN\tThe Ellin Courier", "LP", "“It leaks,” he said.", "TD", LONG, "", number(1),
    ]  # fmt: skip
    assert factiva.is_factiva(lines)
    article = factiva.read_factiva(lines).articles[0]
    assert article.headline == "The lock leaks"
    assert article.byline == "Mara Venn" and article.outlet == "The Ellin Courier"
    assert article.published == "15 January 2026 10:15"
    assert article.text.startswith(f"“It leaks,” he said.\n\n{LONG}")
    assert article.n_words_stated == 1012
    assert article.own_id == number(1).removeprefix("Document ")


def test_factiva_by_its_codes_gives_the_number_of_its_own_field():
    article = factiva.coded_article({"LP": [LONG], "AN": ["Document ELLC1"], "HD": ["  "]})
    assert (article.own_id, article.text, article.headline) == ("ELLC1", LONG, None)


def test_factiva_as_displayed_without_a_copyright_line():
    lines = [
        "The lock leaks", "By Mara Venn", "120 words", "15 January 2026", "The Ellin Courier", "ELLC",
        "English", LONG, "Short end.", number(1),
        "A column without a count of its words.", number(2),
    ]  # fmt: skip
    first, second = factiva.read_factiva(lines).articles
    assert (first.headline, first.byline, first.outlet) == (
        "The lock leaks",
        "By Mara Venn",
        "The Ellin Courier",
    )
    assert first.text == f"{LONG}\n\nShort end." and first.published == "15 January 2026"
    assert second.text == "A column without a count of its words." and second.headline is None


def test_factiva_as_displayed_of_a_head_alone():
    article = factiva.read_factiva(["The lock leaks", "120 words", number(1)]).articles[0]
    assert (article.headline, article.text, article.published, article.outlet) == (
        "The lock leaks",
        None,
        None,
        None,
    )


XML = f"""<?xml version="1.0" encoding="iso-8859-1"?>
<response count="3"><articles>
<article><accessionNo>ELLC1</accessionNo><headline><paragraph>The lock
 leaks</paragraph></headline><byline> </byline><byline>Mara Venn</byline>
<sourceName>The Ellin Courier</sourceName>
<publicationDate><date>2026-01-15</date></publicationDate>
<leadParagraph><paragraph>“It
 leaks,” he said.</paragraph></leadParagraph>
<tailParagraphs><paragraph>{LONG}</paragraph></tailParagraphs>
</article>
<article><accessionNo>ELLC2</accessionNo></article>
</articles></response>"""


def test_factiva_xml():
    file_format, reading = read_bytes(XML.encode(), "xml")
    first, second = reading.articles
    assert file_format == "factiva-xml" and reading.n_expected == 3
    assert first.text == f"“It leaks,” he said.\n\n{LONG}"
    assert (first.headline, first.byline, first.published) == ("The lock leaks", "Mara Venn", "2026-01-15")
    assert (first.outlet, first.own_id) == ("The Ellin Courier", "ELLC1")
    assert second.text is None and second.headline is None
    without = read_bytes(XML.replace(' count="3"', "").encode(), "xml")[1]
    assert without.n_expected == 2


def test_nexis_uni_without_a_date_keeps_the_text():
    lines = [
        "The lock leaks",
        "",
        "Section: NEWS",
        "Byline: Mara Venn",
        "Body",
        "",
        LONG,
        "",
        "End of Document",
    ]
    article = nexis.read_nexis_uni(lines).articles[0]
    assert (article.text, article.byline, article.published, article.outlet) == (
        LONG,
        "Mara Venn",
        None,
        None,
    )


OLD = [
    "1 of 2 DOCUMENTS", "The Ellin Courier", "January 15, 2026 Thursday", "Late Edition - Final",
    "The lock leaks", "BYLINE: Mara Venn", "HIGHLIGHT: A gate of 1890.", "LENGTH: 14 words", LONG,
]  # fmt: skip


@pytest.mark.parametrize(
    "end", [[], ["LOAD-DATE: January 16, 2026", "LATER: x"], ["Copyright 2026 The Courier", "x"]]
)
def test_lexisnexis_ends_at_the_tail_or_the_copyright(end):
    article = nexis.read_lexisnexis([OLD + end], None).articles[0]
    assert article.text == LONG
    assert (article.headline, article.outlet, article.standfirst) == (
        "The lock leaks",
        "The Ellin Courier",
        "A gate of 1890.",
    )
    assert article.n_words_stated == 14


def test_lexisnexis_with_the_copyright_above_without_a_date_or_without_fields():
    above = [OLD[0], "Copyright 2026 The Courier", *OLD[1:]]
    undated = [line for line in OLD if "January" not in line]
    bare = ["1 of 2 DOCUMENTS", "This document cannot be shown."]
    first, second, third = nexis.read_lexisnexis([above, undated, bare], 9).articles
    assert first.text == LONG and first.outlet == "The Ellin Courier"
    assert second.text == LONG and second.published is None and second.byline == "Mara Venn"
    assert second.headline == "The Ellin Courier Late Edition - Final The lock leaks"
    assert third.text is None
    assert nexis.read_lexisnexis([bare], 9).n_expected == 9


def test_lexisnexis_in_html():
    mark = "<!-- Hide XML section from browser\n<DOC NUMBER={n}>\n<DOCFULL> -->"
    body = "".join(f"<p>{line}</p>" for line in OLD)
    page = f'<html><head><META NAME="x" DOCUMENTS="5"></head><body>{mark.format(n=1)}{body}</body></html>'
    file_format, reading = read_bytes(page.encode(), "html")
    assert file_format == "lexisnexis-html" and reading.n_expected == 5
    assert reading.articles[0].text == LONG


def test_proquest_in_html():
    rows = [
        "Document 1 of 1", "The lock leaks", "ProQuest document link", f"Full text: {LONG}",
        "Publication title: The Ellin Courier; Ellin", "Publication date: Jan 15, 2026",
        "ProQuest document ID: 12",
    ]  # fmt: skip
    page = f"<html><body>{''.join(f'<p>{row}</p>' for row in rows)}</body></html>"
    file_format, reading = read_bytes(page.encode(), "html")
    assert file_format == "proquest-html"
    article = reading.articles[0]
    assert (article.headline, article.text, article.outlet, article.own_id) == (
        "The lock leaks",
        LONG,
        "The Ellin Courier",
        "12",
    )


@pytest.mark.parametrize(("text", "n"), [("1,234 words", 1234), ("words", None), (None, None)])
def test_counts_of_words(text, n):
    assert word_count(text) == n


MAIL = (
    "From: {sender}\nTo: a@b.example\nSubject: {subject}\nMIME-Version: 1.0\n"
    "Date: Thu, 15 Jan 2026 10:00:00 +0100\n"
)


def test_an_email_of_a_page_alone_with_attachments():
    head = MAIL.format(sender="The Courier <news@halm.example>", subject="The lock leaks")
    page = "".join(f"<p>{LONG} {i}</p>" for i in range(6))
    mail = (
        f'{head}Content-Type: multipart/mixed; boundary="b"\n\n'
        "--b\nContent-Type: text/html; charset=utf-8\n\n"
        f"<html><body><article>{page}</article></body></html>\n--b\nContent-Type: application/pdf\n"
        'Content-Disposition: attachment; filename="lock.pdf"\n\nx\n--b--\n'
    )
    file_format, reading = read_bytes(mail.encode(), "eml")
    article = reading.articles[0]
    assert file_format == "eml" and article.outlet == "The Courier" and article.headline == "The lock leaks"
    assert article.text == "\n\n".join(f"{LONG} {i}" for i in range(6))
    assert article.published == "2026-01-15T10:00:00+01:00"
    assert reading.warnings == ("attachments not read: lock.pdf",)
