"""Roles, firms, couples, leads, labels, documents, markers and relays, from text to source."""

from __future__ import annotations

import pandas as pd
import pytest

from onrecord import analyse
from onrecord.sources.persons import find_persons
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists


def source(text: str, words: str, outlet: str = "The Orvane Lantern") -> pd.Series:
    """Return the source of the one attribution that contains `words`."""
    analysis = analyse(pd.DataFrame({"doc_id": ["a"], "text": [text], "outlet": [outlet]}))
    joined = analysis.attributions.merge(analysis.sources, on=["doc_id", "source_id"], suffixes=("_said", ""))
    found = joined[joined["text"].str.contains(words, regex=False)]
    assert len(found) == 1, joined["text"].tolist()
    return found.iloc[0]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Ulla Brenk, 16, won silver. “I fell at the turn,” the teenager said.", "I fell", "Ulla Brenk"),
        ("Jon Tarvik was reeve for years. “I knew all,” the former reeve said.", "I knew", "Jon Tarvik"),
        (
            "Pastor defies ban\n\nPastor Ivo Kell opened the doors. He said God had no keys.",
            "no keys",
            "Ivo Kell",
        ),
        ("“It smelt of tar,” said one of the lodgers, Wenzel.", "It smelt", "Wenzel"),
        ("A barista who gave her name only as Ludka said the oven was cold.", "oven was cold", "Ludka"),
        (
            "Judges Ines Wold and Karl Ommen heard it. The former said the law was clear.",
            "law was clear",
            "Ines Wold",
        ),
    ],
)
def test_a_description_is_of_the_named_person(text, words, name):
    found = source(text, words)
    assert (found["name"], found["naming"]) == (name, "named")


@pytest.mark.parametrize(
    ("text", "words", "naming"),
    [
        ("Harbour Secretary Ines Wold resigned. “She was slow,” the president said.", "slow", "identifiable"),
        ("Officer Karl Ommen ran. “He was bitten,” the police chief said.", "bitten", "identifiable"),
        ("It was hot. “They sang flat,” the band leader said.", "sang flat", "unnamed"),
        (
            "A stowaway said: “It was dark.” The stowaway’s mother said: “It was cold.”",
            "It was cold",
            "unnamed",
        ),
    ],
)
def test_a_description_is_not_of_whom_another_role_or_relative_means(text, words, naming):
    found = source(text, words)
    assert (found["naming"], pd.isna(found["name"])) == (naming, True)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Tarvik Timber said the saw was old.", "saw was old", "Tarvik Timber"),
        ("Ommen Inland Traders said the lock was shut.", "lock was shut", "Ommen Inland Traders"),
        ("Wold & Sons has shut a shop. “Rents rose,” the baker said.", "Rents rose", "Wold & Sons"),
        ("Banc Ommen froze accounts. The lender said letters were late.", "letters were late", "Banc Ommen"),
        ("Ommen Rovers sacked its coach. It said results were poor.", "results were poor", "Ommen Rovers"),
    ],
)
def test_a_firm_is_an_institution(text, words, name):
    found = source(text, words)
    assert (found["name"], found["form"]) == (name, "institution")


def test_an_airline_and_its_regulator_are_two():
    text = "Ommen Air fell. The airline said a valve broke, and the regulator said it had been warned."
    assert source(text, "a valve broke")["source_id"] != source(text, "it had been warned")["source_id"]


def test_mr_and_mrs_of_one_last_name_are_two():
    text = "Mr and Mrs Brenk sold the farm. “It was time,” Mrs Brenk said. “I wept,” Mr Brenk said."
    assert source(text, "It was time")["source_id"] != source(text, "I wept")["source_id"]


def test_one_title_alone_opens_no_second_person():
    persons = find_persons(read_article("Olav Brenk left. Mr Brenk slept. Mr Brenk woke."), load_lists())
    assert [person.name for person in persons.persons] == ["Olav Brenk"]


@pytest.mark.parametrize(
    ("text", "words", "form", "naming"),
    [
        ("Emails released by Orvane Watch show that fees rose.", "fees rose", "document", "institution"),
        (
            "Court papers filed by Ommen Mines say the shaft was sealed.",
            "shaft was",
            "document",
            "institution",
        ),
        ("A leaked memo said the dam was cracked.", "dam was", "document", "unidentified_document"),
    ],
)
def test_documents_by_issuer(text, words, form, naming):
    found = source(text, words)
    assert (found["form"], found["naming"]) == (form, naming)


@pytest.mark.parametrize(
    "text",
    [
        "“It was never tested,” said a clerk, who asked that his name not appear in print.",
        "“It was never tested,” said a clerk, who agreed to talk only if he was not identified.",
        "“It was never tested,” said a clerk, who preferred not to give a name.",
        "A clerk, whose name the Ommen Echo is withholding, said it was never tested.",
        "The Ommen Echo has chosen not to publish the name of the clerk. “Never tested,” the clerk said.",
        "Three clerks, all of whom spoke on condition of anonymity, said it was never tested.",
        "According to two clerks, who asked for anonymity, it leaks. Those clerks said it was never tested.",
        "“It was never tested,” said a runaway. His name is being withheld for his safety.",
        "“Ludka”, whose name has been changed, said it was never tested.",
        "A clerk said the tank leaks. A third man said it was never tested. That man declined to be named.",
    ],
)
def test_markers_reach_their_source(text):
    assert source(text, "ever tested")["naming"] == "anonymous"


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("A lawyer told the Ommen Echo that the will was forged.", "Ommen Echo"),
        ("According to Radio Ommen, a guard said the will was forged.", "Radio Ommen"),
        ("The agency Ommen Info quoted a guard as saying the will was forged.", "Ommen Info"),
        ("A nurse read the Ommen Herald. A lawyer told the Herald the will was forged.", "Ommen Herald"),
    ],
)
def test_relays_are_known_by_the_last_word_of_their_name(text, outlet):
    assert source(text, "will was forged")["relay_outlet"] == outlet


def test_a_photo_credit_is_not_a_relay():
    text = "“The will was forged,” a lawyer said on the quay. (AFP pic)"
    assert pd.isna(source(text, "will was forged")["relay_outlet"])


def test_the_verb_of_a_headline_parts_two_names():
    persons = find_persons(read_article("Brenk Mocks Laura Wold\n\nOlav Brenk said no."), load_lists())
    assert sorted(person.name for person in persons.persons) == ["Laura Wold", "Olav Brenk"]


def test_quoted_words_before_a_whole_name_are_not_a_nickname():
    persons = find_persons(read_article("Brenk Mocks ‘Very Slow’ Laura Wold\n\nHe left."), load_lists())
    assert "Laura Wold" in [person.name for person in persons.persons]


def test_a_contraction_is_a_pronoun():
    text = "Ulla Brenk rows. “It leaks,” Brenk said. “He’s slow,” she’d said before."
    assert source(text, "slow")["naming"] in ("named", "unclear")
    assert source("They’re saying that the tank leaks.", "the tank leaks")["form"] != "institution"
