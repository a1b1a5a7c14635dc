"""The places of triggers: those that a search of the whole text finds."""

from __future__ import annotations

import gc

import pytest

from onrecord.text.tokens import read_article
from onrecord.text.triggers import Triggers, _Words

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


@pytest.mark.parametrize("trigger", ["2031", "24.5", "24.5%", "%", " 7", "..."])
def test_a_trigger_without_letters(trigger):
    text = "In 2031, she paid 24.5%, not 7% ... for it."
    assert sorted(Triggers([trigger]).find(read_article(text))) == searched(text, trigger) != []


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


def test_rules_that_ask_about_one_article_in_turn():
    article = read_article(TEXT)
    board = Triggers(["board"])
    assert [at for _, at in board.find(article)] == [TEXT.index("board")]
    mail = Triggers(["mail"])  # a rule that comes later asks about the same article
    assert [at for _, at in mail.find(article)] == [TEXT.index("mail")]
    assert [at for _, at in board.find(read_article("a board"))] == [2]


def test_the_words_that_are_remembered_are_bounded(monkeypatch):
    monkeypatch.setattr(_Words, "LIMIT", 3)
    words = _Words()
    oar = Triggers(["oar"])
    words.add(oar)
    found = words.parts_in(read_article("an oar, a board, ten hoards of roaring boars"), oar)
    assert [word for word, _, _ in found] == [
        "oar",
        "board",
        "hoards",
        "roaring",
        "boars",
    ]
    assert len(words) <= 3 + 1


def test_triggers_that_nobody_has_any_more_are_not_looked_for():
    words = _Words()
    oar, board = Triggers(["oar"]), Triggers(["board"])
    words.add(oar)
    words.add(board)
    assert {rule for rule, _ in words["boards"]} == {oar, board}
    del board
    words.clear()
    gc.collect()
    assert [rule for rule, _ in words["boards"]] == [oar]
