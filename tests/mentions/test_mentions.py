"""Mentions parsed: head, number, determiner and what follows, each against the hand-made parse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.mentions.parsing import parse_mention
from onrecord.wordlists import load_lists

LISTS = load_lists()


@pytest.mark.parametrize(
    ("mention", "kind", "head", "number"),
    [
        ("a senior Likud source", "person", "source", None),
        ("two officials briefed on the talks", "people", "officials", 2),
        ("half a dozen sources familiar with the talks", "people", "sources", 6),
        ("four of those sources", "people", "sources", 4),
        ("one of the associates", "person", "associates", 1),
        ("a majority of voters", "people", "voters", None),
        ("46 percent", "group", "percent", None),
        ("nearly eight of 10 voters", "group", "voters", 10),
        ("state and local leaders", "people", "leaders", None),
        ("a Department of Homeland Security official", "person", "official", None),
        ("the president’s allies", "people", "allies", None),
        ("a coalition of leaders", "group", "leaders", None),
        ("the Harbour Authority", "institution", "authority", None),
        ("more than 10 women", "people", "women", 10),
        ("those close to her", "people", "those", None),
        ("no one", "group", "nobody", None),
        ("they", "pronoun", "they", None),
        ("the 68-year-old Brackholm native", "person", "native", None),
        ("Media reports", "document", "reports", None),
        ("the BBC", "name", "bbc", None),
    ],
)
def test_head_and_number(mention, kind, head, number):
    parse = parse_mention(mention, LISTS)
    assert (parse.kind, parse.head, parse.number) == (kind, head, number)


def test_complement_and_owner():
    parse = parse_mention("a person close to Ms Frome", LISTS)
    assert (parse.determiner, parse.complement) == ("a", "close to Ms Frome")
    parse = parse_mention("Frome’s campaign manager", LISTS)
    assert (parse.determiner, parse.owner, parse.head) == ("owner", "Frome", "manager")


@given(st.text(max_size=80))
def test_any_text_is_parsed(text):
    parse = parse_mention(text, LISTS)
    assert parse.core in text or parse.is_share or parse.is_one_of or parse.kind == "people"
