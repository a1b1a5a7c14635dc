"""Web pages: every quotation of the article once, and nothing of the page around it."""

# ruff: noqa: E501 - a case per line

from __future__ import annotations

import pytest

from onrecord.readers.headlines import without_site
from onrecord.readers.page_tree import read_tree
from onrecord.readers.pdf_lines import Line, joined_paragraphs
from onrecord.readers.reading import RawArticle
from onrecord.readers.web import article_of, without_repeats

BODY = [
    "“The bridge is safe,” said Henrik Sol, the engineer who built it, on the quay where the ferries wait.",
    "Nobody on the quay believed him, and the ferries went on waiting until the evening tide came in.",
    "“I have looked at every bolt, and I would walk over it with my own children tomorrow,” he told them.",
    "The ministry has asked for a second opinion, which is expected before the end of the month, it said.",
]


def _article(page: str) -> RawArticle:
    return article_of(read_tree(page).tree)


def page(body: str, head: str = "") -> str:
    nav = "".join(f"<li><a href='/{i}'>Section {i}</a></li>" for i in range(12))
    return (
        f"<html lang='en'><head><title>Is the bridge safe?</title>{head}</head><body><ul>{nav}</ul>"
        f"<main><article><h1>Is the bridge safe?</h1>{body}</article></main></body></html>"
    )


def html(paragraphs: list[str]) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def test_paragraphs_that_open_with_a_mark_are_kept():
    article = _article(page(html(BODY)))
    assert article.text == "\n\n".join(BODY)
    assert article.headline == "Is the bridge safe?"


def test_pull_quotes_are_not_counted_twice():
    pulled = "“I have looked at every bolt, and I would walk over it with my own children tomorrow.”"
    pull = f"<blockquote><p>{pulled}</p></blockquote>"
    assert _article(page(html(BODY[:2]) + pull + html(BODY[2:]))).text == "\n\n".join(BODY)
    assert without_repeats([*BODY, BODY[0]]) == BODY
    assert without_repeats(["“Yes.”", "“No.”", "“Yes.”"]) == ["“Yes.”", "“No.”", "“Yes.”"]


def test_a_pull_quote_that_stands_nowhere_else_is_kept():
    quote = "<blockquote class='pull-quote'><p>“Nobody asked us at all,” said a ferryman.</p></blockquote>"
    assert "Nobody asked us" in _article(page(html(BODY[:2]) + quote + html(BODY[2:]))).text
    again = "<div class='pullquote'><p>I have looked at every bolt</p><p>Henrik Sol</p></div>"
    assert _article(page(html(BODY[:2]) + again + html(BODY[2:]))).text == "\n\n".join(BODY)


def test_sign_up_boxes_and_galleries_go():
    box = "<div class='newsletter-signup'><p>Sign up for our newsletter and never miss a story.</p></div>"
    gallery = "<div class='gallery'><h2>The bridge in pictures</h2><p>Show all 50</p></div>"
    assert _article(page(html(BODY[:2]) + box + gallery + html(BODY[2:]))).text == "\n\n".join(BODY)


def test_an_article_in_two_halves_is_read_whole():
    other = [paragraph.replace("bridge", "tunnel") for paragraph in BODY]
    body = "<div class='ad'></div>".join(
        f"<div class='article-body'>{html(half)}</div>" for half in (BODY, other)
    )
    text = _article(page(body)).text
    assert all(paragraph in text for paragraph in BODY + other[1:])


def test_an_initial_set_large():
    body = "<div><span class='cap'>T</span><p>he bridge is closed, said the ministry, until May.</p></div>"
    assert "The bridge is closed" in _article(page(body + html(BODY))).text


def test_a_text_that_only_the_metadata_holds():
    text = " ".join(BODY * 3).replace("“", "\\u201c").replace("”", "\\u201d")
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{text}"}}</script>'
    article = _article(page("<p>Loading the article, please wait for a moment.</p>", head))
    assert article.text == " ".join(BODY * 3)


def test_metadata_that_is_broken_or_of_several_articles_is_left():
    for body in ('{"articleBody": ', '[{"articleBody": "One."}, {"articleBody": "Two."}]'):
        head = f'<script type="application/ld+json">{body}</script>'
        assert _article(page(html(BODY), head)).text == "\n\n".join(BODY)


def test_a_page_without_an_article():
    assert _article("<html><body></body></html>").text is None
    assert _article("").text is None


def test_bylines():
    author = "<meta name='author' content='{}'>"
    assert _article(page(html(BODY), author.format("Mara Venn"))).byline == "Mara Venn"
    assert _article(page(html(BODY), author.format("View all posts by Mara Venn"))).byline == "Mara Venn"


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


LEDE = (
    "The weir must be closed before the frost, an official said on Monday, asking not to be named by anybody."
)


@pytest.mark.parametrize(
    "lede",
    [
        f"<p>{LEDE}</p>", f"<h2>{LEDE}</h2>", f"<p><strong>{LEDE}</strong></p>", f"<div class='lede'><p>{LEDE}</p></div>",
        f"<p class='standfirst'>{LEDE}</p>", f"<p class='standfirst'>{LEDE}</p><p>{LEDE}</p>",
        f"<header><p class='intro'>{LEDE}</p></header>", f"<header><div class='intro'>{LEDE}</div></header>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("description", [LEDE, LEDE[:60] + "…", "A weir is old."])
def test_the_first_paragraph_is_kept_once(lede, description):
    article = _article(page(lede + html(BODY), f"<meta name='description' content='{description}'>"))
    assert article.text == "\n\n".join([LEDE, *BODY])


def test_a_deck_below_the_headline_is_not_body():
    deck = "Why nobody on the quay believes the engineers"
    for element in (f"<h2 class='deck'>{deck}</h2>", f"<p class='subtitle'>{deck}</p>"):
        article = _article(page(element + html(BODY), f"<meta name='description' content='{deck}'>"))
        assert article.text == "\n\n".join(BODY) and article.standfirst == deck


SITE = "<meta property='og:site_name' content='The Weir Post'>"


@pytest.mark.parametrize(
    "title",
    [
        "Is the weir safe? - The Weir Post", "Is the weir safe? | Weir Post Politics", "Weir Post | Is the weir safe?",
        "Is the weir safe? -- WeirPost.com", "Is the weir safe? « Weir Post", "The Weir Post: Is the weir safe?",
        "Is the weir safe? | World news | The Weir Post", "Is the weir safe? - The Weir Post - Local", "Is the weir safe?",
    ],
)  # fmt: skip
def test_the_name_of_the_site_is_not_in_the_headline(title):
    document = page(html(BODY), SITE).replace("<h1>Is the bridge safe?</h1>", "")
    document = document.replace("<title>Is the bridge safe?", f"<title>{title}")
    assert _article(document).headline == "Is the weir safe?"


@pytest.mark.parametrize(
    "title", ["Weir or ferry - which first?", "The weir must go: how it was lost", "Post – no more"]
)
def test_what_is_the_headlines_own_stays(title):
    assert without_site(title, ["The Weir Post", "weirpost"]) == title


def test_the_printed_headline_wins():
    head = SITE + "<meta property='og:title' content='You will not believe this bridge'>"
    assert _article(page(html(BODY), head)).headline == "Is the bridge safe?"
    logo = page(html(BODY), head).replace("<article>", "<article><h1>The Weir Post</h1>")
    assert _article(logo).headline == "Is the bridge safe?"


def test_the_outlet_is_what_the_page_calls_itself():
    account = "<meta name='twitter:site' content='@weirtweets'><meta property='og:url' content='https://weirpost.example/1'>"
    assert _article(page(html(BODY), account)).outlet is None
    assert _article(page(html(BODY), account + SITE)).outlet == "The Weir Post"
    data = '<script type="application/ld+json">{"publisher": {"name": "The Weir Post"}}</script>'
    assert _article(page(html(BODY), data)).outlet == "The Weir Post"


def test_link_boxes_and_captions_go_and_block_quotations_stay():
    box = "<p>Read more: <a href='/a'>Harbour talks fail in the night</a></p>"
    alone = "<p><a href='/b'>Dock strike enters its second week</a></p>"
    figure = (
        "<figure><img src='a.jpg'><figcaption>The bridge in May. Photo: Weir Archive</figcaption></figure>"
    )
    links = "<ul class='x'><li><a href='/c'>Who pays for the pier</a></li><li><a href='/d'>A week in Halm</a></li></ul>"
    assert _article(page(html(BODY[:2]) + box + alone + figure + links + html(BODY[2:]))).text == "\n\n".join(
        BODY
    )
    letter = "In a letter he wrote to the board:"
    quote = "The bridge will not stand another winter, and the board has known it since the spring."
    inner = html([*BODY[:2], letter]) + f"<blockquote><p>{quote}</p></blockquote>" + html(BODY[2:])
    assert f"{letter}\n\n{quote}\n\n" in _article(page(inner)).text
    linked = "<p>The <a href='/a'>ministry said</a> that the bridge is safe, and nobody else did.</p>"
    assert "ministry said that the bridge" in _article(page(html(BODY) + linked)).text
