"""People described by nouns that are on no list, sets before "of whom", and names of organisations."""

from __future__ import annotations

import pytest

from coded import code
from onrecord.mentions.nouns import has_person_ending, may_be_person
from onrecord.records import Attribution
from onrecord.sources.persons import find_persons
from onrecord.sources.resolve import sources_of
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists

LISTS = load_lists()


def said(text, mention, cue="said"):
    """Return the source of `mention`, whose attribution has the cue `cue`."""
    article = read_article(text)
    start = text.index(mention)
    at = text.index(cue, start + len(mention))
    attribution = Attribution(
        [(at, len(text))], (at, at + len(cue)), (start, start + len(mention)), "indirect", True, 1.0
    )
    return sources_of(article, [attribution], None)[0][0]


@pytest.mark.parametrize(
    ("mention", "form", "naming"),
    [
        ("A farrier", "person", "unnamed"),
        ("A sommelier", "person", "unnamed"),
        ("One busker", "person", "unnamed"),
        ("A second maltster", "person", "unnamed"),
        ("Three farmhands", "group", "unnamed"),
        ("A plaque", "none", "unclear"),
        ("A sensation", "none", "unclear"),
        ("A storm", "none", "unclear"),
        ("A tribunal", "institution", "unnamed"),
        ("A survey", "document", "unidentified_document"),
    ],
)
def test_an_unknown_noun_that_speaks_is_a_person(mention, form, naming):
    source = said(f"{mention} said the ferry was late.", mention)
    assert (source.form, source.naming) == (form, naming)


def test_a_noun_that_shows_something_is_nobody():
    assert said("A dromond showed that the ferry was late.", "A dromond", "showed").form == "none"
    assert said("A dromond said that the ferry was late.", "A dromond").form == "person"


def test_a_word_behind_that_makes_no_person():
    assert said("It was a dusk that said nothing.", "a dusk that").form == "none"


@pytest.mark.parametrize(
    ("text", "mention", "description"),
    [
        ("A farrier, who left early, said no.", "who", "A farrier"),
        ("The nurse helped a sommelier, who left early.", "who", "a sommelier"),
        ("One busker whose drum had burst said no.", "whose", "One busker"),
        ("A stoker at a brewery, who left early, said no.", "who", "A stoker"),
        ("Three bakers, all of whom work nights, said no.", "all of whom", "Three bakers"),
        ("Two ushers, neither of whom was named, said no.", "neither of whom", "Two ushers"),
        ("A tanner, whose name we agreed to withhold, said no.", "we", "A tanner"),
    ],
)
def test_who_takes_up_the_noun_phrase_before_it(text, mention, description):
    source = code(text, mention)[0].source
    assert source.description == description
    assert source.form == ("group" if description.split()[0] in ("Three", "Two") else "person")


def test_who_behind_an_organisation_or_a_thing_is_no_new_person():
    assert code("A tribunal, who knows why, said no.", "who")[0].source.form != "person"


@pytest.mark.parametrize("role", ["farrier", "sommelier", "charcutier", "lacemaker"])
def test_the_noun_of_an_apposition_is_a_role(role):
    text = f"Rosa Tench, a {role} from Ulm, lost her dog. The {role} said no."
    source = said(text, f"The {role}")
    assert (source.naming, source.name) == ("named", "Rosa Tench")


@pytest.mark.parametrize(
    ("mention", "form"),
    [
        ("Tench & Sons", "institution"),
        ("Bakers Together", "institution"),
        ("Sisters of Ulm", "institution"),
        ("Residents of Ulm", "group"),
        ("Bakers in Ulm", "group"),
        ("Bakers", "group"),
    ],
)
def test_an_organisation_may_be_named_for_its_people(mention, form):
    assert said(f"{mention} said the rent was high.", mention).form == form


def test_a_capital_within_a_sentence_makes_a_name():
    assert said("On Monday, Tenants of Ulm said the rent was high.", "Tenants of Ulm").form == "institution"
    assert said("On Monday, tenants of Ulm said the rent was high.", "tenants of Ulm").form == "group"


@pytest.mark.parametrize(
    ("text", "name", "mentions"),
    [
        ("PC Rosa Tench slept. PC Tench left.", "Rosa Tench", 2),
        ("Lance Corporal Rosa Tench slept.", "Rosa Tench", 1),
        ("Rosa Tench SAN slept. Tench left.", "Rosa Tench", 2),
        ("Rosa Tench Tuesday said no.", "Rosa Tench", 1),
        ("Mr Abel Owu-Lind slept. Mr OWU-LIND left.", "Abel Owu-Lind", 2),
        ("Mr Rhodri ap Tench slept. He is late, ap Tench said.", "Rhodri ap Tench", 2),
        ("Mr Karel van der Lind slept. Van der Lind left.", "Karel van der Lind", 2),
        ("Ms Rosa Elvira Quist Tench slept. Quist left.", "Rosa Elvira Quist Tench", 2),
    ],
)
def test_ranks_letters_capitals_and_particles_are_no_hindrance(text, name, mentions):
    persons = find_persons(read_article(text), LISTS).persons
    assert [(person.name, len(person.mentions)) for person in persons] == [(name, mentions)]


def test_a_noun_for_an_organisation_opens_no_persons_name():
    for text in ("Banco del Tench said no.", "Maison Tench said no."):
        assert find_persons(read_article(text), LISTS).persons == []


def test_endings():
    assert has_person_ending("silversmith", LISTS) and has_person_ending("goatherd", LISTS)
    assert not has_person_ending("number", LISTS)
    assert may_be_person("farrier", LISTS)
    assert not may_be_person("regulation", LISTS) and not may_be_person("plaques", LISTS)
