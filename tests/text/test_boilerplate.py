"""Boilerplate: marked, never taken out; nothing of the story is marked."""

from __future__ import annotations

import csv
from importlib import resources

import pandas as pd
import pytest

import onrecord
from onrecord.text.boilerplate import (
    boilerplate_paragraphs,
    dateline_span,
    find_boilerplate,
    repeated_paragraphs,
)
from onrecord.text.quotation_marks import paragraph_spans
from onrecord.text.tokens import read_article

LEXICON = resources.files("onrecord").joinpath("lexicons/boilerplate.csv")
ENTRIES = list(csv.DictReader(LEXICON.read_text(encoding="utf-8").splitlines()))


def is_boilerplate(text: str) -> bool:
    return any(boilerplate_paragraphs(text, paragraph_spans(text)))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["example"])
def test_every_entry_finds_its_example(entry):
    found = find_boilerplate(pd.DataFrame({"doc_id": ["a"], "text": [entry["example"]]}))
    assert found["text"].tolist() == [entry["example"]]


@pytest.mark.parametrize(
    "text",
    [
        "Read more: Minister slams US 'hypocrisy'; reminds ally of war",
        "READ ALSO: The bridge",
        "Share on Facebook Share on Twitter",
        "5 min read",
    ],
)
def test_boilerplate(text):
    assert is_boilerplate(text)


@pytest.mark.parametrize(
    "text",
    [
        "Read more closely, the report says the opposite, officials said.",
        "“Sign up or leave,” the coach told them.",
        "Follow the money, said Sol.",
        "Reporting by the ministry found that the bridge was unsafe.",
        "Published figures show that 2,000 people left, the office said.",
        "Related charges were dropped, a spokesman said.",
        "By Tuesday the road was open again, police said.",
        "Image copyright Harbour Photos The lock lost nine of its gates in a year, a survey says.",
        "Correspondents said: nothing moved.",
        "He died three days ago, they said.",
        "Photographs of the scene, said the inspector, were missing.",
        "Live fire was heard, witnesses said.",
    ],
)
def test_no_boilerplate(text):
    assert not is_boilerplate(text)


def test_paragraphs_of_many_articles():
    line = "The Gazette is read in forty towns and paid for by its readers."
    quotation = "“This line is quoted in every one of the articles,” he said."
    articles = [
        f"Story {i} is about something else.\n\n{line}\n\n{quotation}\n\nTHE HOST OF THE SHOW:"
        for i in range(6)
    ]
    frame = pd.DataFrame({"doc_id": [str(i) for i in range(6)], "text": articles})
    assert repeated_paragraphs(frame) == {line}
    assert repeated_paragraphs(frame.head(4)) == frozenset()
    assert repeated_paragraphs(frame.assign(duplicate_of=[pd.NA, *["0"] * 5])) == frozenset()
    found = find_boilerplate(frame)
    assert found["kind"].eq("repeated").all() and len(found) == 6
    for _, row in found.iterrows():
        assert articles[int(row["doc_id"])][row["start"] : row["end"]] == row["text"]


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("ELLIN (OPS) - The bridge closed.", "ELLIN (OPS) -"),
        ("KHAN YOUNIS, GAZA — The assault", "KHAN YOUNIS, GAZA —"),
        ("PORT ELLIN, Jan. 5 — Ships wait.", "PORT ELLIN, Jan. 5 —"),
        ("Ellin (OPS) — The bridge closed.", "Ellin (OPS) —"),
        ("MEXICO: a country", None),
        ("The bridge — closed.", None),
        ("US-based firms left.", None),
    ],
)
def test_datelines(text, dateline):
    span = dateline_span(text, paragraph_spans(text))
    assert (span and text[slice(*span)]) == dateline


def test_no_documents():
    assert find_boilerplate(pd.DataFrame({"doc_id": [], "text": []})).empty


INLINE = resources.files("onrecord").joinpath("lexicons/boilerplate_inline.csv")
PIECES = list(csv.DictReader(INLINE.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("entry", PIECES, ids=lambda entry: entry["found"])
def test_every_entry_finds_its_piece_and_leaves_the_rest(entry):
    text = entry["example"]
    found = find_boilerplate(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    assert found["text"].tolist() == [entry["found"]] and found["kind"].tolist() == [entry["kind"]]
    article = read_article(text)
    marked = [
        text[start:end]
        for (start, end), flag in zip(article.paragraphs, article.is_boilerplate, strict=True)
        if flag
    ]
    assert marked == [entry["found"]]
    rest = "".join(
        text[s:e] for (s, e), flag in zip(article.paragraphs, article.is_boilerplate, strict=True) if not flag
    )
    assert rest.replace(" ", "") == text.replace(entry["found"], "").replace(" ", "")


@pytest.mark.parametrize(
    "text",
    [
        "READ MOREThe mayor knew of the leak",
        "MOREWho pays for the pier",
        "RELATED: Mayor knew of the leak",
        "[Read more: The mayor knew of the leak]",
        "Enlarge this image The lock of Halm at noon. Mara Venn for the Courier hide caption",
        "Image caption The lock of Halm at noon",
        "Our reporting costs money. Please donate today so that it goes on.",
        "The Tide newsletter - sign up for the news of the harbour",
    ],
)
def test_boxes_that_differ_from_article_to_article(text):
    assert is_boilerplate(text)


@pytest.mark.parametrize(
    "text",
    [
        "Image copyright Halm Archive Image caption The lock The lock leaks, a clerk said on Monday.",
        "Donate today, the mayor said, and the lock will be mended.",
        "“Your support helps us,” the clerk wrote to the owners.",
        "MORE THAN FORTY ferries wait at the lock, the board said.",
        "Related parties paid the fee, the court found.",
        "He sent the newsletter to members who subscribe, officials said.",
        "Get out, the coach told them in your inbox of a room, she said.",
        "The members of the board contribute every week, according to the clerk.",
        "SENATOR RUNA AALT OF THE NORTH:",
        "NATO AND THE EU met in Halm on Monday, officials said.",
        "He asked them to read more",
    ],
)
def test_sentences_of_a_story_are_never_boilerplate(text):
    assert not is_boilerplate(text)


def test_a_piece_in_brackets_ends_no_quotation():
    text = "“The lock leaks,” said Sol. (RELATED: Mayor knew of the leak) “It has for years,” he added."
    found = onrecord.analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]})).attributions
    assert not any("Mayor" in content for content in found["text"])
    assert {"“The lock leaks,”", "“It has for years,”"} <= {content for content in found["text"]} or len(
        found
    ) == 2


def test_boilerplate_takes_no_time_in_hostile_texts():
    for piece in (
        "read more ",
        "newsletter ",
        "(related: ",
        "Advertisement ",
        "support our journalism ",
        "image copyright a ",
    ):
        read_article(piece * 20_000)
        read_article((piece * 30 + "\n") * 500)
