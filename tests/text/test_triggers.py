"""The places of triggers: those that a search of the whole text finds."""

from __future__ import annotations

import pytest

from onrecord.text.tokens import read_article
from onrecord.text.triggers import Triggers

TEXT = "Fenn spoke anonymously to the board. ANONYMITY was all she asked for, with the e-mail in hand."


def searched(text: str, trigger: str) -> list[tuple[str, int]]:
    found, at = [], text.find(trigger)
    while at >= 0:
        found.append((trigger, at))
        at = text.find(trigger, at + 1)
    return found


@pytest.mark.parametrize("trigger", ["anonym", " to the ", "e-mail", "mail", "oa", " with the ", "board."])
def test_each_place_of_a_trigger_is_found(trigger):
    found = sorted(Triggers([trigger]).find(read_article(TEXT)))
    assert found == searched(TEXT, trigger) != []


def test_a_trigger_in_any_case():
    found = sorted(Triggers(["anonym", "asked for"]).find(read_article(TEXT), any_case=True))
    assert [(trigger, TEXT[at : at + len(trigger)]) for trigger, at in found] == [
        ("anonym", "anonym"),
        ("anonym", "ANONYM"),
        ("asked for", "asked for"),
    ]
    assert not list(Triggers(["ANONYM"]).find(read_article("anonym")))


def test_a_trigger_before_the_first_word():
    assert not list(Triggers([" the board"]).find(read_article("the board met")))


def test_the_words_that_are_remembered_are_bounded(monkeypatch):
    monkeypatch.setattr(Triggers, "LIMIT", 3)
    triggers = Triggers(["oar"])
    assert [at for _, at in triggers.find(read_article("an oar, a board, ten hoards of roaring boars"))]
    assert len(triggers) <= 4 + 1
