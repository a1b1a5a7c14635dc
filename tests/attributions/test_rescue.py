"""Rescue: plain attributions to unnamed sources that were missed, and nothing else."""

from __future__ import annotations

import pytest

from onrecord.attributions.rules.rescue import add_rescued
from onrecord.records import Attribution
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists

LISTS = load_lists()


def rescued(text, known=()):
    found = add_rescued(read_article(text), list(known), LISTS)[len(known) :]
    return [(text[slice(*a.source)], text[slice(*a.cue)], text[slice(*a.content[0])]) for a in found]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "Two officials briefed on the talks said the text was nearly ready.",
            "Two officials briefed on the talks",
            "said",
            "the text was nearly ready.",
        ),
        (
            "The harbour will stay closed until May, a port worker said.",
            "a port worker",
            "said",
            "The harbour will stay closed until May",
        ),
        (
            "The harbour will stay closed until May, said one union negotiator.",
            "one union negotiator",
            "said",
            "The harbour will stay closed until May",
        ),
        (
            "According to a person familiar with the plan, the sale is off.",
            "a person familiar with the plan",
            "According to",
            "the sale is off.",
        ),
        (
            "A nurse, who asked not to be named, told the Courier that the ward was full.",
            "A nurse",
            "told",
            "the Courier that the ward was full.",
        ),
    ],
)
def test_plain_shapes_are_found(text, source, cue, content):
    assert rescued(text) == [(source, cue, content)]


@pytest.mark.parametrize(
    "text",
    [
        "Rosa Tench said the ships could wait.",
        "The ministry said the figures were final.",
        "“An official said the dam would hold,” Rosa Tench wrote.",
        "Voters will finally have their say on the bridge.",
        "Nothing was said about the price of the bridge.",
    ],
)
def test_names_institutions_and_quotations_are_left_alone(text):
    assert rescued(text) == []


def test_what_is_known_is_left_alone():
    text = "Two officials said the text was nearly ready."
    known = Attribution([(19, 44)], (14, 18), (0, 13), "indirect", True, 1.0)
    assert rescued(text, [known]) == []


def test_a_rescued_content_leaves_out_what_another_said():
    text = "The lock “Grey Gull” has lost two of its gates since the storm of early May, a port worker said."
    start = text.index("“Grey")
    known = Attribution([(start, start + len("“Grey Gull”"))], None, None, "direct", False, 1.0)
    _, found = add_rescued(read_article(text), [known], LISTS)
    assert [text[slice(*part)] for part in found.content] == [
        "has lost two of its gates since the storm of early May"
    ]
    assert found.form == "indirect"
