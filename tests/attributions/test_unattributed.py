"""Marks that quote nobody: scare quotes, titles of works, and quotations without a speaker."""

from __future__ import annotations

import pytest

from onrecord.attributions.rules.unattributed import split_unattributed
from onrecord.records import Attribution
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists


def split(text: str, *contents: str):
    """Return (kind, words) of what is marked, and the quotations without a speaker; `contents` have one."""
    spans = [(text.index(words), text.index(words) + len(words)) for words in contents]
    known = [Attribution([span], None, None, "direct", True, 1.0) for span in spans]
    marked, spoken = split_unattributed(read_article(text), known, load_lists())
    return [(kind, text[a:b]) for kind, a, b in marked], [text[slice(*s.content[0])] for s in spoken]


@pytest.mark.parametrize("marks", ["“”", '""', "«»", "„“"])
def test_a_few_marked_words_without_a_speaker_are_scare_quotes(marks):
    text = f"The {marks[0]}reform{marks[1]} cost {marks[0]}North Halm{marks[1]} its lock."
    assert split(text) == (
        [("scare", f"{marks[0]}reform{marks[1]}"), ("scare", f"{marks[0]}North Halm{marks[1]}")],
        [],
    )


def test_single_marks_in_an_article_of_double_ones():
    text = "Mayor’s ‘reform’ stalls\n“We wait,” Varn said, and the millers’ fund is empty."
    assert split(text, "“We wait,”") == ([("scare", "‘reform’")], [])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Her book “Shut Water” sold well.", "“Shut Water”"),
        ("a memo titled “notes on a lock” was leaked", "“notes on a lock”"),
        ("They sang “The Long Way to Halm” at the gate.", "“The Long Way to Halm”"),
        ("Her novel, ‘Shut Water’, sold well.", "‘Shut Water’"),
    ],
)
def test_titles(text, title):
    assert split(text) == ([("title", title)], [])


@pytest.mark.parametrize(
    "text",
    [
        "Then a voice. “We shall not leave this lock before the water does.”",
        "A name in it is no title: “We told Ilse Varn to go home at once.”",
    ],
)
def test_a_longer_quotation_somebody_must_have_said(text):
    marked, (spoken,) = split(text)
    assert marked == [] and text.endswith(spoken)


def test_an_unclosed_quotation_keeps_its_row():
    text = "Then a voice. “We wait.\nThe river rose."
    marked, spoken = split_unattributed(read_article(text), [], load_lists())
    assert marked == []
    assert [(text[slice(*a.content[0])], a.is_closed, a.form, a.source, a.cue) for a in spoken] == [
        ("“We wait.", False, "direct", None, None)
    ]


def test_attributed_spans_are_left_alone():
    text = "The “reform” failed, “and we knew,” Varn said. “We”"
    assert split(text, "“and we knew,”") == ([("scare", "“reform”"), ("scare", "“We”")], [])
    # Content that touches a part of the span is enough.
    assert split(text, "and we knew", "reform") == ([("scare", "“We”")], [])


def test_boilerplate_is_passed_over():
    text = "The lock is shut.\nRead more: Mayor calls lock 'a disgrace', and \"worse\""
    assert split(text) == ([], [])


@pytest.mark.parametrize("text", ["", "“”", "“ ”", "“…”", '""""""', "«»«»", "‘’"])
def test_marks_around_nothing(text):
    assert split(text) == ([], [])


def test_quoted_words():
    text = "He said it “was not his lock” and that the U.S. knew."
    article = read_article(text)
    assert article.n_quoted_words([(8, len(text))]) == 4
    assert article.n_quoted_words([(0, 8)]) == 0
    assert article.n_quoted_words([]) == 0
