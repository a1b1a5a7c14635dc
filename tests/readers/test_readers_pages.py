"""Web pages: every quotation of the article once, and nothing of the page around it."""

from __future__ import annotations

from onrecord.readers.pdf_lines import Line, joined_paragraphs
from onrecord.readers.web import read_page, without_repeats

BODY = [
    "“The bridge is safe,” said Henrik Sol, the engineer who built it, on the quay where the ferries wait.",
    "Nobody on the quay believed him, and the ferries went on waiting until the evening tide came in.",
    "“I have looked at every bolt, and I would walk over it with my own children tomorrow,” he told them.",
    "The ministry has asked for a second opinion, which is expected before the end of the month, it said.",
]


def page(body: str, head: str = "") -> str:
    nav = "".join(f"<li><a href='/{i}'>Section {i}</a></li>" for i in range(12))
    return (
        f"<html lang='en'><head><title>Is the bridge safe?</title>{head}</head><body><ul>{nav}</ul>"
        f"<main><article><h1>Is the bridge safe?</h1>{body}</article></main></body></html>"
    )


def html(paragraphs: list[str]) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def test_paragraphs_that_open_with_a_mark_are_kept():
    article = read_page(page(html(BODY)))
    assert article.text == "\n\n".join(BODY)
    assert article.headline == "Is the bridge safe?"


def test_pull_quotes_are_not_counted_twice():
    pulled = "“I have looked at every bolt, and I would walk over it with my own children tomorrow.”"
    pull = f"<blockquote><p>{pulled}</p></blockquote>"
    assert read_page(page(html(BODY[:2]) + pull + html(BODY[2:]))).text == "\n\n".join(BODY)
    assert without_repeats([*BODY, BODY[0]]) == BODY
    assert without_repeats(["“Yes.”", "“No.”", "“Yes.”"]) == ["“Yes.”", "“No.”", "“Yes.”"]


def test_a_pull_quote_that_stands_nowhere_else_is_kept():
    quote = "<blockquote class='pull-quote'><p>“Nobody asked us at all,” said a ferryman.</p></blockquote>"
    assert "Nobody asked us" in read_page(page(html(BODY[:2]) + quote + html(BODY[2:]))).text
    again = "<div class='pullquote'><p>I have looked at every bolt</p><p>Henrik Sol</p></div>"
    assert read_page(page(html(BODY[:2]) + again + html(BODY[2:]))).text == "\n\n".join(BODY)


def test_sign_up_boxes_and_galleries_go():
    box = "<div class='newsletter-signup'><p>Sign up for our newsletter and never miss a story.</p></div>"
    gallery = "<div class='gallery'><h2>The bridge in pictures</h2><p>Show all 50</p></div>"
    assert read_page(page(html(BODY[:2]) + box + gallery + html(BODY[2:]))).text == "\n\n".join(BODY)


def test_an_article_in_two_halves_is_read_whole():
    other = [paragraph.replace("bridge", "tunnel") for paragraph in BODY]
    body = "<div class='ad'></div>".join(
        f"<div class='article-body'>{html(half)}</div>" for half in (BODY, other)
    )
    text = read_page(page(body)).text
    assert all(paragraph in text for paragraph in BODY + other[1:])


def test_an_initial_set_large():
    body = "<div><span class='cap'>T</span><p>he bridge is closed, said the ministry, until May.</p></div>"
    assert "The bridge is closed" in read_page(page(body + html(BODY))).text


def test_a_text_that_only_the_metadata_holds():
    text = " ".join(BODY * 3).replace("“", "\\u201c").replace("”", "\\u201d")
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{text}"}}</script>'
    article = read_page(page("<p>Loading the article, please wait for a moment.</p>", head))
    assert article.text == " ".join(BODY * 3)


def test_metadata_that_is_broken_or_of_several_articles_is_left():
    for body in ('{"articleBody": ', '[{"articleBody": "One."}, {"articleBody": "Two."}]'):
        head = f'<script type="application/ld+json">{body}</script>'
        assert read_page(page(html(BODY), head)).text == "\n\n".join(BODY)


def test_a_page_without_an_article():
    assert read_page("<html><body></body></html>").text is None
    assert read_page("").text is None


def test_bylines():
    author = "<meta name='author' content='{}'>"
    assert read_page(page(html(BODY), author.format("Mara Venn"))).byline == "Mara Venn"
    assert read_page(page(html(BODY), author.format("View all posts by Mara Venn"))).byline == "Mara Venn"


def test_words_parted_at_the_end_of_a_printed_line():
    lines = [
        "the well-known engi-",
        "neer of the Anglo-",
        "American lock - he is well-",
        "known - said it leaks -",
        "9 of 10",
    ]
    placed = [Line(text, 60, 700 - 12 * i, 400, 10, 0) for i, text in enumerate(lines)]
    assert joined_paragraphs(placed) == [
        "the well-known engineer of the Anglo-American lock - he is well-known - said it leaks - 9 of 10"
    ]
    assert joined_paragraphs([]) == []
