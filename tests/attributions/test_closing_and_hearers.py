"""Closing tags with any reporting verb, clauses addressed to a hearer, clauses behind a verb and a time."""

import pytest

from onrecord.attributions.rules.closing import with_closing_tags
from onrecord.attributions.rules.hearers import with_hearers
from onrecord.attributions.rules.reported_clauses import with_reported_clauses
from onrecord.records import Attribution
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists

LISTS = load_lists()


def _found(step, text, attributions=()):
    return [
        (text[slice(*one.content[0])], text[slice(*one.source)], text[slice(*one.cue)])
        for one in step(read_article(text), list(attributions), LISTS)
    ]


@pytest.mark.parametrize(
    ("content", "source", "cue", "rest"),
    [
        ("The kiln was never lit", "she", "insisted", ""),
        ("The kiln was never lit", "Hollin Pottery", "admitted", " on Friday"),
        ("Glazes will cost more", "potters", "predict", ""),
        ("Four kilns were lost", "police", "estimate", ""),
        ("Who had sold the clay", "he", "wondered", ""),
        ("The clay is spoilt", "a retired potter from Dunmoor", "told", " the Dunmoor Echo last week"),
        ("The clay is spoilt, and nobody will buy it", "two potters", "claimed", ""),
    ],
)
def test_a_closing_tag_may_have_any_reporting_verb(content, source, cue, rest):
    text = f"{content}, {source} {cue}{rest}."
    assert _found(with_closing_tags, text) == [(content, source, cue)]


def test_a_closing_tag_takes_in_the_part_of_its_sentence_that_was_known():
    text = "The clay is spoilt, and nobody will buy it, the potters claimed."
    start, cue = text.index("nobody"), text.index("claimed")
    known = Attribution([(start, cue - 13)], (cue, cue + 7), (cue - 12, cue - 1), "indirect", True, 0.5)
    expected = [("The clay is spoilt, and nobody will buy it", "the potters", "claimed")]
    assert _found(with_closing_tags, text, [known]) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The gates opened at nine, the visitors sang.",
        "After the kiln had cooled, the potter agreed.",
        "On Friday, the potter warned.",
        "The kiln may crack, the potter might claim.",
        "The clay was wet, the wheel was dry, and the potter rested.",
        "“The kiln is cold,” the potter admitted.",
    ],
)
def test_an_ordinary_end_of_a_sentence_is_no_closing_tag(text):
    assert _found(with_closing_tags, text) == []


def test_an_inverted_tag_may_have_a_plural_verb():
    text = "The glaze will hold for years, predict potters."
    assert _found(with_closing_tags, text) == [("The glaze will hold for years", "potters", "predict")]


@pytest.mark.parametrize(
    ("source", "verb_and_hearer", "content"),
    [
        ("Lisbet Arroway", "told reporters in Dunmoor", "the kiln had cracked"),
        ("Hollin Pottery", "told the Dunmoor Echo", "the kiln had cracked"),
        ("A former glazer", "told Reuters", "prices had doubled"),
        ("She", "reminded buyers", "they had been warned"),
        ("Lisbet Arroway", "warned her staff, who had not been paid, that", "the oven was hot"),
        ("A nurse", "assured Pim Oduro’s parents that", "the burn would heal"),
        ("Kofi Brandt", "informed the union, the council and the bank that", "the works were closed"),
        ("The works", "promised Ana", "there would be clay"),
    ],
)
def test_the_hearer_is_neither_source_nor_content(source, verb_and_hearer, content):
    text = f"{source} {verb_and_hearer} {content}."
    cue = verb_and_hearer.split(" ")[0]
    assert _found(with_hearers, text) == [(content, source, cue)]


@pytest.mark.parametrize(
    "text",
    [
        "The guide told the children a story about a fox that had lost its tail.",
        "The works promised the council a kiln that was never built.",
        "Lisbet Arroway told her staff to rest.",
        "The fire reminded potters of the flood that drowned the works.",
        "If the works told its buyers the clay was bad, they would leave.",
        "Nobody told the glazers the oven was hot.",
        "The glazers were told that the oven was hot.",
    ],
)
def test_what_is_not_told_as_a_clause_is_left_alone(text):
    assert _found(with_hearers, text) == []


def test_a_clause_may_follow_a_reporting_verb_and_a_time():
    text = "Hollin Pottery said on Friday the kilns would be lit again."
    assert _found(with_reported_clauses, text) == [("the kilns would be lit again", "Hollin Pottery", "said")]
    assert _found(with_reported_clauses, "The potter said on Friday a short prayer.") == []
