"""The annotated article: every word of the text, marked where something was read, as text only."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from hostile import CLERK, CONTENT, HEADLINE, SOURCE, hostile_analysis
from onrecord.analysis import TABLES, Analysis, analyse
from onrecord.notebook.article import Highlight, naming_group, save_article, show_article, split_highlights
from onrecord.tables import ALLOWED, SCARE_QUOTES, as_table
from onrecord.text.characters import spelled
from small import small_analysis


def tree(analysis, doc_id):
    return html.fromstring(show_article(analysis, doc_id)._repr_html_())


def paragraphs(page) -> list[str]:
    """Return the words of each paragraph, without the numbers."""
    for number in page.xpath("//p//a[contains(@class, 'number')]"):
        number.text = ""
    return [p.text_content() for p in page.xpath("//div[@class='line']/p")]


def test_the_text_stands_whole_and_marked():
    page = tree(small_analysis(), "b1")
    marks = [
        (span.get("class"), span.text_content()) for span in page.xpath("//div[@class='line']//span[@title]")
    ]
    assert marks == [
        ("content direct strict begins ends", "“We knew,”"),
        ("cue strict begins ends", "said"),
        ("source strict begins ends", "an aide"),
        ("source broad begins ends", "A spokeswoman"),
        ("cue broad begins ends", "said"),
        ("content indirect broad begins ends", "no"),
    ]
    assert paragraphs(page) == ["“We knew,” said an aide who asked not to be named. A spokeswoman said no."]


def test_each_number_leads_to_its_row_and_back():
    page = tree(small_analysis(), "a1")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)) == 4
    links = page.xpath("//a[contains(@class, 'number')]/@href")
    assert sorted(links) == sorted(f"#{name}" for name in ids)
    label = page.xpath("//p//a/@aria-label")[1]
    assert label == "Attribution 1: indirect · a senior official · unnamed"


def test_marker_reason_and_scare_quotes_are_marked():
    text = "An aide, who asked not to be named for fear, spoke of a “reform”. For fear. "
    text += "“It is” so, the aide said."
    small = small_analysis()
    tables = {name: getattr(small, name).iloc[:0] for name in TABLES}
    marker = text.index("asked")
    source = small.sources.iloc[[4]].assign(doc_id="x", marker="asked not to be named", reason="for fear")
    source = source.assign(marker_start=marker, marker_end=marker + len("asked not to be named"))
    scare = pd.DataFrame({"doc_id": ["x"], "kind": ["scare"], "start": [text.index("“")]})
    scare = scare.assign(end=text.index("”") + 1, text="“reform”")
    documents = small.documents.iloc[[0]].assign(doc_id="x", text=text)
    analysis = Analysis(**tables | {"documents": documents, "sources": source, "scare_quotes": scare})
    page = tree(analysis, "x")
    found = {span.get("class").split()[0]: span.text_content() for span in page.xpath("//p//span[@title]")}
    assert found == {"marker": "asked not to be named", "reason": "for fear", "scare": "“reform”"}
    assert "No attribution was found." in page.text_content()


def test_the_table_says_who_a_source_is():
    text = "Rosa Tench, mayor of Holme, said no."
    analysis = analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    with_sector = replace(analysis, sources=analysis.sources.assign(sector="government"))
    cells = [cell.text_content() for cell in tree(with_sector, "a").xpath("//tbody/tr/td")]
    assert cells[:2] == ["Rosa Tench", "mayor, Holme government has a say as: “mayor of Holme”"]
    without = replace(analysis, sources=analysis.sources.drop(columns="sector"))
    cells = [cell.text_content() for cell in tree(without, "a").xpath("//tbody/tr/td")]
    assert cells[1] == "mayor, Holme has a say as: “mayor of Holme”"


def test_an_article_without_text_says_so():
    small = small_analysis()
    small.documents.loc[3, "text"] = pd.NA
    assert "This article has no text." in tree(small, "b2").text_content()


def test_what_is_missing_or_does_not_fit_is_an_error():
    small = small_analysis()
    with pytest.raises(ValueError, match="article 'zz' not found"):
        show_article(small, "zz")
    small.documents.loc[0, "text"] = "Another text."
    with pytest.raises(ValueError, match="analyse the documents again"):
        show_article(small, "a1")


def test_naming_groups_are_those_of_the_three_rates():
    assert [
        naming_group(n) for n in ("named", "spokesperson", "collective", "anonymous", "unclear", pd.NA)
    ] == [
        "known",
        "broad",
        "standard",
        "strict",
        "other",
        "other",
    ]


def test_pieces_of_overlapping_and_nested_highlights():
    highlights = [
        Highlight(0, 5, *"abc"),
        Highlight(3, 8, *"abc"),
        Highlight(4, 5, *"abc"),
        Highlight(6, 6, *"abc"),
    ]
    assert list(split_highlights(10, highlights)) == [
        (0, 3, [0]),
        (3, 4, [0, 1]),
        (4, 5, [0, 1, 2]),
        (5, 8, [1]),
        (8, 10, []),
    ]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted), max_size=8))
def test_pieces_cover_the_text_and_know_what_stands_there(places):
    highlights = [Highlight(start, end, "content", "", "") for start, end in places]
    pieces = list(split_highlights(30, highlights))
    assert "".join("x" * (end - start) for start, end, _ in pieces) == "x" * 30
    for start, end, active in pieces:
        for at in range(start, end):
            assert active == [i for i, s in enumerate(highlights) if s.start <= at < s.end] or sorted(
                active
            ) == [i for i, s in enumerate(highlights) if s.start <= at < s.end]


@given(st.text())
def test_any_text_is_shown_whole(text):
    small = small_analysis()
    empty = {name: getattr(small, name).iloc[:0] for name in TABLES}
    text = text.encode("utf-8", "replace").decode()
    document = small.documents.iloc[[0]].assign(text=pd.array([text], dtype="string"))
    page = show_article(Analysis(**empty | {"documents": document}), "a1").html
    lines = [spelled(line) for line in re.split(r"[\r\n]+", text) if line.strip()]
    shown = re.findall(r'<div class="line"><p>(.*?)</p>', page, re.S)
    assert [html.fromstring(f"<p>{line}</p>").text_content() if line else "" for line in shown] == lines


def test_a_hostile_article_is_text_only(tmp_path):
    analysis = hostile_analysis()
    saved = save_article(analysis, "<x>", tmp_path / "new" / "article.html").read_text(encoding="utf-8")
    for page in (html.fromstring(saved), tree(analysis, "<x>")):
        assert not page.xpath("//script | //img | //svg | //iframe | //@onerror | //@onload | //@onmouseover")
        assert {element.get("href")[0] for element in page.xpath("//*[@href]")} == {"#"}
        assert len(page.xpath("//style")) == 1
        words = page.text_content()
        assert HEADLINE in words and CONTENT in words and spelled(SOURCE) in words
        assert CLERK in words
        assert "\u202e" not in words and "⟨U+202E⟩" in words


def test_the_page_stands_alone_and_in_order(tmp_path):
    saved = save_article(small_analysis(), "a1", tmp_path / "a.html").read_text(encoding="utf-8")
    page = html.document_fromstring(saved)
    assert page.get("lang") == "en" and page.findtext(".//title") == "a1"
    assert [h.tag for h in page.xpath("//h1 | //h2 | //h3")] == ["h1", "h2"]
    assert len(page.xpath("//main")) == len(page.xpath("//footer")) == 1
    assert not page.xpath("//@src | //link | //@style")
    policy = page.xpath("//meta[@http-equiv]/@content")[0]
    style = page.findtext(".//style").encode()
    assert base64.b64encode(hashlib.sha256(style).digest()).decode() in policy
    assert "default-src 'none'" in policy


def test_the_tables_are_not_changed(tmp_path):
    small = small_analysis()
    before = replace(Analysis(**vars(small)), documents=small.documents.copy())
    show_article(small, "a1")
    pd.testing.assert_frame_equal(before.documents, small.documents)


@pytest.mark.parametrize("kind", ALLOWED["scare_quotes", "kind"])
def test_each_kind_of_marked_words_is_shown(kind):
    text = "Otto “The Ferret” Brandel left the hall."
    analysis = analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    row = ("a", kind, 5, 17, "“The Ferret”")
    marked = replace(analysis, scare_quotes=as_table([row], SCARE_QUOTES))
    assert f'class="{kind} begins ends"' in show_article(marked, "a").html
