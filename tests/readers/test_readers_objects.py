"""JSON of services and programs, and RIS: found wherever it is, and explained where it is not."""

# ruff: noqa: E501 - a case per line

from __future__ import annotations

import json

import pandas as pd
import pytest

from onrecord.readers import read_corpus
from onrecord.readers.dates import read_stamp
from onrecord.readers.formats import read_bytes
from onrecord.readers.objects import read_json, read_json_lines
from onrecord.readers.reading import Unreadable
from onrecord.readers.ris import is_ris, read_ris

TEXT = "“The weir leaks,” said Runa Aalt.\n\nThe board of Ostermark meets on Monday to hear what the masons found."
URL = "https://www.weirpost.example/1"
DAY = "2026-02-03T10:00:00Z"

SHAPES = {
    "Guardian": {"response": {"results": [{"id": "a", "webTitle": "Weir", "webPublicationDate": DAY, "webUrl": URL,
                                           "fields": {"bodyText": TEXT, "byline": "Runa Aalt"}}]}},
    "Guardian, one article in blocks": {"response": {"content": {"id": "a", "webTitle": "Weir",
                                        "webPublicationDate": DAY, "webUrl": URL,
                                        "blocks": {"body": [{"bodyTextSummary": TEXT}]}}}},
    "WordPress": [{"id": 7, "date": DAY, "link": URL, "author": 3, "title": {"rendered": "Weir"},
                   "content": {"rendered": TEXT, "protected": False}}],
    "Event Registry": {"articles": {"results": [{"uri": "8", "title": "Weir", "body": TEXT, "dateTime": DAY,
                                                 "url": URL, "source": {"uri": "x", "title": "Weir Post"}}]}},
    "Elasticsearch": {"took": 1, "hits": {"total": {"value": 1}, "hits": [
        {"_id": "1", "_source": {"title": "Weir", "text": TEXT, "publication_date": DAY, "url": URL}}]}},
    "JSON:API": {"data": [{"id": "1", "type": "article", "attributes": {"title": "Weir", "body": TEXT,
                                                                        "published_at": DAY, "url": URL}}]},
    "webhose": {"posts": [{"uuid": "1", "title": "Weir", "text": TEXT, "published": DAY, "url": URL,
                           "thread": {"site": "weirpost.example", "title": "Weir thread"}}]},
    "news-please": {"title": "Weir", "maintext": TEXT, "date_publish": "2026-02-03 10:00:00", "url": URL,
                    "date_download": "2026-03-01 10:00:00", "source_domain": "weirpost.example"},
    "newspaper": {"source_url": "https://www.weirpost.example", "url": URL, "title": "Weir", "text": TEXT,
                  "publish_date": DAY, "authors": ["Runa Aalt"], "summary": ""},
    "Media Cloud": {"stories": [{"stories_id": 1, "title": "Weir", "publish_date": DAY, "url": URL,
                                 "media_name": "weirpost.example", "story_text": TEXT}]},
    "trafilatura": {"title": "Weir", "text": TEXT, "raw_text": TEXT, "date": "2026-02-03", "source": URL,
                    "source-hostname": "Weir Post", "hostname": "weirpost.example", "id": None},
    "linked data": {"@graph": [{"@type": "NewsArticle", "headline": "Weir", "articleBody": TEXT, "url": URL,
                                "datePublished": DAY, "publisher": {"name": "Weir Post"}}]},
}  # fmt: skip


@pytest.mark.parametrize("content", SHAPES.values(), ids=SHAPES)
def test_what_services_and_programs_write(content, tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(content))
    article = read_corpus(tmp_path).documents.iloc[0]
    assert (article["headline"], article["text"], article["url"]) == ("Weir", TEXT, URL)
    assert str(article["published"].date()) == "2026-02-03"
    assert article["outlet"] in ("weirpost.example", "Weir Post")


def test_the_new_york_times_gives_lead_paragraphs_only():
    content = {"response": {"docs": [{"headline": {"main": "Weir", "print_headline": "A Weir"}, "pub_date": DAY,
                                      "byline": {"original": "By Runa Aalt"}, "source": "The New York Times",
                                      "lead_paragraph": TEXT, "web_url": URL}]}}  # fmt: skip
    reading = read_json(json.dumps(content))
    article = reading.articles[0]
    assert (article.headline, article.text, article.byline) == ("Weir", TEXT, "By Runa Aalt")
    assert "lead paragraphs only" in reading.warnings[0]


FRAME = pd.DataFrame({"headline": ["A", "B"], "published": ["2026-02-03"] * 2, "text": [TEXT, TEXT * 2]})


@pytest.mark.parametrize("orient", ["records", "columns", "index", "split", "table"])
def test_every_orient_of_pandas(orient):
    reading = read_json(FRAME.to_json(orient=orient))
    assert [(a.headline, a.published, a.text) for a in reading.articles] == [
        ("A", "2026-02-03", TEXT), ("B", "2026-02-03", TEXT * 2),
    ]  # fmt: skip


def test_values_of_pandas_have_no_names():
    reading = read_json(FRAME.to_json(orient="values"))
    assert [article.text for article in reading.articles] == [TEXT, TEXT * 2]
    assert "columns={'text': '3', 'headline': '1'}" in reading.warnings[0]
    named = read_json(FRAME.to_json(orient="values"), {"text": "3", "headline": "1"})
    assert [article.headline for article in named.articles] == ["A", "B"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (1770112800, "seconds since 1970"), (1770112800000, "milliseconds since 1970"),
        ("1770112800000000000", "nanoseconds since 1970"), (46056, "days of Excel"), (46056.5, "days of Excel"),
    ],
)  # fmt: skip
def test_dates_as_numbers_are_read_and_said(written, said, tmp_path):
    (tmp_path / "a.json").write_text(json.dumps([{"text": TEXT, "date": written}] * 2))
    result = read_corpus(tmp_path)
    assert set(result.documents["published"].dt.strftime("%Y-%m-%d")) == {"2026-02-03"}
    assert f"2 dates are numbers, read as {said}" in result.report["warnings"][0]


def test_numbers_that_are_not_dates():
    for text in ("123", "12345", "-1770112800", "9" * 19, "20260203", "1.5"):
        assert read_stamp(text) is None


def test_objects_one_after_the_other():
    pieces = "\n".join(json.dumps({"text": TEXT, "title": name}, indent=1) for name in "AB")
    assert [article.headline for article in read_json(pieces).articles] == ["A", "B"]
    dump = "\n".join(json.dumps({"_id": name, "_source": {"text": TEXT, "title": name}}) for name in "AB")
    assert [(a.own_id, a.headline) for a in read_json_lines(dump).articles] == [("A", "A"), ("B", "B")]


def test_comments_within_an_article_are_not_articles():
    content = {"title": "Weir", "text": TEXT, "comments": [{"text": "So what"}, {"text": "Oh"}]}
    assert [article.text for article in read_json(json.dumps(content)).articles] == [TEXT]


def test_json_that_is_not_understood_names_the_longest_texts():
    content = {"result": {"pieces": [{"kopf": "Weir", "inhalt": {"voll": TEXT}}]}}
    with pytest.raises(Unreadable) as refused:
        read_json(json.dumps(content))
    said = str(refused.value)
    assert "result.pieces[].inhalt.voll" in said and "columns={'text': 'inhalt.voll'}" in said
    article = read_json(json.dumps(content), {"text": "inhalt.voll", "headline": "kopf"}).articles[0]
    assert (article.text, article.headline) == (TEXT, "Weir")


@pytest.mark.parametrize(
    ("stated", "expected", "said"),
    [
        (1, 1, None),
        (40, 40, "the file states 40 articles, 1 were found"),
        (-3, 1, "the file states -3 articles, which cannot be"),
        (10**40, 1, "articles, which cannot be"),
        (1.5, 1, "the file states 1.5 articles, which cannot be"),
        ("1,000", 1000, "the file states 1000 articles"),
        (True, 1, None),
    ],
)
def test_a_stated_number_is_compared_never_trusted(stated, expected, said, tmp_path):
    (tmp_path / "a.json").write_text(json.dumps({"totalResults": stated, "articles": [{"text": TEXT}]}))
    report = read_corpus(tmp_path).report.iloc[0]
    assert (report["n_expected"], report["n_found"]) == (expected, 1)
    assert (said in report["warnings"]) if said else ("states" not in report["warnings"])


RIS = [
    "TY  - NEWS", "TI  - Weir", "AU  - Aalt, Runa", "AU  - Brandt, Ole", "T2  - Weir Post", "DA  - 2026/02/03/",
    "AB  - A weir.", "N2  - “The weir leaks,” said Runa Aalt.", "IN - the end nobody came.", "UR  - " + URL, "ER  - ",
]  # fmt: skip


def test_ris():
    assert is_ris(RIS) and not is_ris(RIS[1:]) and not is_ris(RIS[:-1]) and is_ris(RIS[:-1], is_named=True)
    reading = read_ris([*RIS, "", *RIS[:-1]])
    first, second = reading.articles
    assert first.text == "“The weir leaks,” said Runa Aalt.\n\nIN - the end nobody came."
    assert (first.headline, first.outlet, first.published, first.url) == (
        "Weir",
        "Weir Post",
        "2026-02-03",
        URL,
    )
    assert (first.byline, first.standfirst) == ("Runa Aalt, Ole Brandt", "A weir.")
    assert second.text == first.text and "1 records without an end" in reading.warnings[0]


def test_ris_of_an_abstract_alone_and_of_a_year():
    lines = ["TY  - NEWS", "T1  - Weir", "AB  - The weir leaks, it says.", "PY  - 2026///", "ER  -"]
    reading = read_ris(lines)
    assert reading.articles[0].text == "The weir leaks, it says." and reading.articles[0].published == "2026"
    assert "abstract (AB) only" in reading.warnings[0]


def test_ris_is_known_by_its_content_and_by_its_name(tmp_path):
    content = "\r\n".join(RIS).encode()
    assert read_bytes(content, "txt")[0] == read_bytes(content, "ris")[0] == "ris"
    with pytest.raises(Unreadable, match="begins with TY"):
        read_bytes(b"The weir leaks.", "ris")
