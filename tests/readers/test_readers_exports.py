"""Exports of databases in the shapes that the sample's formats do not take."""

# ruff: noqa: E501 - a case per line

from __future__ import annotations

import pytest

from onrecord.readers import factiva, nexis, proquest, read_corpus
from onrecord.readers.formats import read_bytes
from onrecord.readers.lines import word_count
from onrecord.readers.report import looks_like_several

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


CODED = (
    "SE\tNews\nHD\tThe lock leaks\nBY\tMara Venn\nWC\t14 words\nPD\t15 January 2026\nET\t10:15\nSN\tThe Ellin Courier\n"
    f"SC\tELLC\nLA\tEnglish\nLP\n“It leaks,” he said.\nTD\n{LONG}\nIN the end nobody came.\nNS\tgcat : Politics\nPUB\tCourier\n"
)


@pytest.mark.parametrize("between", ["\t", " ", "   ", "\n"])
def test_factiva_as_plain_text(between):
    text = "\n".join(f"{CODED}AN\t{number(i)}\n" for i in (1, 2)).replace("\t", between)
    file_format, reading = read_bytes(text.encode(), "txt")
    assert file_format == "factiva-txt" and len(reading.articles) == 2
    for article in reading.articles:
        assert (article.headline, article.byline, article.outlet) == (
            "The lock leaks",
            "Mara Venn",
            "The Ellin Courier",
        )
        assert article.text == f"“It leaks,” he said.\n\n{LONG}\n\nIN the end nobody came."


def test_factiva_whose_article_has_no_number():
    reading = read_bytes(f"{CODED}\n{CODED}AN\t{number(2)}\n".encode(), "txt")[1]
    assert [article.headline for article in reading.articles] == ["The lock leaks"] * 2
    assert [article.own_id is None for article in reading.articles] == [True, False]


@pytest.mark.parametrize(
    ("byline", "found"),
    [("Mara Venn", True), ("MARA VENN", True), ("Mara Venn and Otto Brandel", True), ("Mara Venn in Ellin", True),
     ("Mara Venn, Political Editor", True), ("What the lock costs the town", False)],
)  # fmt: skip
def test_factiva_bylines_without_by(byline, found):
    lines = ["The lock leaks", byline, "120 words", "15 January 2026", "The Ellin Courier", "ELLC", "English",
             "(c) 2026 Courier", LONG, number(1)]  # fmt: skip
    article = factiva.read_factiva(lines).articles[0]
    assert article.byline == (byline if found else None)
    assert article.headline == ("The lock leaks" if found else f"The lock leaks {byline}")


UNNUMBERED = "\n\n".join([
    "The Ellin Courier", "January 15, 2026 Thursday\nFIRST EDITION", "The lock leaks", "BYLINE: Mara Venn",
    "SECTION: NEWS; Pg. 7A", "LENGTH: 14 words", LONG, "He left.", "LOAD-DATE: January 16, 2026", "LANGUAGE: ENGLISH",
    "PUBLICATION-TYPE: NEWSPAPER", "Copyright 2026 The Ellin Courier", "",
])  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("BYLINE: Mara Venn\n\n", ""),
        lambda text: text.replace("LOAD-DATE: January 16, 2026\n\n", ""),
        lambda text: text.replace(
            "Copyright 2026 The Ellin Courier\n", "Copyright 2026 Courier\nAll Rights Reserved\n"
        ),
        lambda text: text.replace("LENGTH: 14", "LENGTH: " + "9" * 30),
        lambda text: "Copyright 2026 Courier\nAll Rights Reserved\n\n" + text,
    ],
)
def test_lexisnexis_without_numbers(change):
    file_format, reading = read_bytes(change(UNNUMBERED * 3).encode(), "txt")
    assert file_format == "lexisnexis-txt" and len(reading.articles) == 3
    for article in reading.articles:
        assert (article.headline, article.outlet) == ("The lock leaks", "The Ellin Courier")
        assert article.text == f"{LONG}\n\nHe left." and article.published == "January 15, 2026"


def test_a_text_that_only_names_such_fields_is_not_an_export():
    text = f"The lock leaks\n\nLENGTH: 14 words is what the clerk wrote.\n\n{LONG}"
    assert read_bytes(text.encode(), "txt")[0] == "txt"


PROQUEST = [
    "The lock leaks", "Author: Venn, Mara", "Full text: " + LONG, "Location: the east quay, where the ferries wait, is the worst.",
    "Subject: to approval, the masons begin in May.", "{middle}", "Subject: Locks", "Location: Ellin", "Title: The lock leaks",
    "Publication title: The Ellin Courier; Ellin", "Publication date: Jan 15, 2026", "ProQuest document ID: 12",
    "Copyright: Copyright Courier 2026. All rights reserved by the owner.", "Database: Newspapers",
]  # fmt: skip


@pytest.mark.parametrize("middle", ["He left.", ""])
def test_proquest_paragraphs_that_begin_like_a_label(middle):
    lines = [line.format(middle=middle) for line in PROQUEST]
    article = proquest.read_proquest(lines).articles[0]
    assert article.text == "\n\n".join(filter(None, [LONG, *lines[3:5], middle]))
    assert (article.outlet, article.own_id, article.headline) == ("The Ellin Courier", "12", "The lock leaks")


@pytest.mark.parametrize("stated", ["99999999999999999999999", "-5", "5"])
def test_a_number_that_an_export_states_is_only_compared(stated, tmp_path):
    files = {
        "a.txt": f"Document 1 of {stated}\n\n" + "\n".join(line.format(middle="") for line in PROQUEST),
        "b.txt": "\n".join([f"Documents ({stated})", "The lock leaks", "The Ellin Courier", "January 15, 2026", "Body", LONG,
                            "End of Document"]),
        "c.xml": XML.replace('count="3"', f'count="{stated}"'),
        "d.html": f'<html><head><META NAME="x" DOCUMENTS="{stated}"></head><body><!-- Hide XML section from browser\n'
        "<DOC NUMBER=1>\n<DOCFULL> -->" + "".join(f"<p>{line}</p>" for line in OLD) + "</body></html>",
    }  # fmt: skip
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    report = read_corpus(tmp_path).report.set_index("path")
    said = "the file states 5 articles" if stated == "5" else "which cannot be: the number is not used"
    assert report["reason"].isna().all()
    for name in files:
        assert said in report.loc[name, "warnings"], name
        assert report.loc[name, "n_found"] in (1, 2)


@pytest.mark.parametrize(
    "line",
    [
        "1 of 9 DOCUMENTS",
        "LENGTH: 90 words",
        "End of Document",
        number(1),
        "Full text: x",
        "TY  - NEWS",
        "90 words",
    ],
)
def test_an_export_that_was_not_split_is_a_warning(line, tmp_path):
    text = f"{LONG}\n\n{line}\n\n{LONG}\n\n{line}\n\n{LONG}"
    assert looks_like_several(text) and not looks_like_several(f"{LONG}\n{line}\n{LONG}")
    (tmp_path / "a.csv").write_text(f'headline,text\nA,"{text}"\n')
    assert "looks like" in read_corpus(tmp_path).report["warnings"][0].replace("look like", "looks like")
