"""Persons of an article: full names, last names, titles, genders and roles."""

from __future__ import annotations

import pytest

from onrecord.sources.persons import find_persons
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists
from timing import processor_seconds

LISTS = load_lists()


def found(text):
    return {person.name: person for person in find_persons(read_article(text), LISTS).persons}


def test_last_name_and_title_are_mentions_of_the_full_name():
    text = "Rosa Tench leads the dockers. Ms Tench spoke on Monday. TENCH: No."
    person = found(text)["Rosa Tench"]
    assert [text[a:b] for a, b in person.mentions] == ["Rosa Tench", "Tench", "TENCH"]
    assert person.gender == "f"


def test_particles_initials_and_suffixes_belong_to_the_name():
    names = found("Sen. Bob P. Carey Jr. met Ludwig van der Holt, a pianist, and Ann O’Dell.")
    assert set(names) == {"Bob P. Carey Jr.", "Ludwig van der Holt", "Ann O’Dell"}


def test_departments_places_and_outlets_are_no_persons():
    text = "The Justice Department, New York, Fox News and a Harbour Party met Security Minister Aldo Finch."
    assert set(found(text)) == {"Aldo Finch"}


def test_roles_stand_in_title_apposition_and_before_the_name():
    names = found(
        "Defence Secretary Ann Lee and spokesman Bob Day met Tom Hill, a former mayor of Skarra, there."
    )
    assert "secretary" in names["Ann Lee"].roles
    assert "spokesman" in names["Bob Day"].roles
    assert {"mayor", "former"} & names["Tom Hill"].roles


def test_capitals_of_a_headline_are_parted():
    names = found("Dana Lind Slams Tom Verrick Over Budget\nDana Lind spoke on Monday. Tom Verrick did not.")
    assert set(names) == {"Dana Lind", "Tom Verrick"}


@pytest.mark.parametrize(
    ("text", "is_person"),
    [
        # What the article says around a name decides, not whether a list has its first name.
        ("“We waited all night,” said Ulm Tench.", True),
        ("Ulm Tench, 44, left his car by the river.", True),
        ("Ulm Tench, a baker, left. Then Tench slept.", True),
        ("Ulm Tench said he would stay.", True),
        # A title or a role before it makes a person, too.
        ("Senator Ulm Tench left.", True),
        ("A spokesman, Ulm Tench, left.", True),
        ("Ulm Tench left. Mr. Tench slept.", True),
        # A place, an organisation or an outlet of the word lists is not a person, whatever it does.
        ("Costa Rica said no.", False),
        ("Fox News said it was sorry.", False),
        # So is not the noun of an organisation or of a people at the end, unless the context is strong.
        ("Ulm Institute said no.", False),
        ("Ulm Bank said it would close.", False),
        ("Ulm Mayor said no.", False),
        # Capitals of three letters are initials of an organisation; two may be a person's.
        ("Rosa TEN said no.", False),
        ("Rosa TE said she would stay.", True),
        ("Tench Jr. said no.", True),
    ],
)
def test_context_makes_a_person(text, is_person):
    assert bool(found(text)) == is_person


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dr. Tench left.", ["Tench"]),
        ("Spokesman Tench left.", ["Tench"]),
        ("Tench left.", []),
        ("Dr. Board left.", []),
        ("Dr. Mayor left.", []),
        ("Dr. TENCH left.", []),
        ("Dr. French left.", []),
        ("Mr. Paris left.", []),
        ("Rosa Tench left. Dr. Tench slept.", ["Rosa Tench"]),
        ("Dr. Tench left. Rosa Tench slept.", ["Rosa Tench"]),
    ],
)
def test_a_title_makes_a_person_of_a_last_name(text, names):
    assert list(found(text)) == names


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        # Beginnings of a first name are one person, from three letters on.
        ("Rosalind Tench left. Rosa Tench slept.", [["Rosalind Tench", "Rosa Tench"]]),
        ("Rosa Tench left. Rosalind Tench slept.", [["Rosa Tench", "Rosalind Tench"]]),
        # A short first name and its full one are one person, a beginning of two letters is not.
        ("Al Tench left. Albert Tench slept.", [["Al Tench", "Albert Tench"]]),
        ("Bill Tench left. William Tench slept.", [["Bill Tench", "William Tench"]]),
        ("Ro Tench left. Rosa Tench slept.", [["Ro Tench"], ["Rosa Tench"]]),
        ("Ann Tench left. Rosa Tench slept.", [["Ann Tench"], ["Rosa Tench"]]),
        ("Rosa Tench left. Rosa Lind slept.", [["Rosa Tench"], ["Rosa Lind"]]),
        # A suffix parts father and son.
        ("Bob Tench Jr. left. Bob Tench Sr. slept.", [["Bob Tench Jr."], ["Bob Tench Sr."]]),
        ("Bob Tench left. Robert Tench Jr. slept.", [["Robert Tench Jr."], ["Bob Tench"]]),
        # A middle initial does not part.
        ("Rosa K. Tench left. Rosa Tench slept.", [["Rosa K. Tench", "Rosa Tench"]]),
        # A last name alone: who is named most often in full, of two the first.
        (
            "Rosa Tench left. Lionel Tench slept. Tench ate.",
            [["Rosa Tench", "Tench"], ["Lionel Tench"]],
        ),
        (
            "Rosa Tench left. Lionel Tench slept. Lionel Tench sang. Tench ate.",
            [["Rosa Tench"], ["Lionel Tench", "Lionel Tench", "Tench"]],
        ),
        # A title tells them apart, by gender or as one was introduced.
        (
            "Rosa Tench left. Lionel Tench slept. Lionel Tench sang. Ms. Tench ate.",
            [["Rosa Tench", "Tench"], ["Lionel Tench", "Lionel Tench"]],
        ),
        (
            "Rosa Tench left. Lionel Tench slept. Mr. Tench ate.",
            [["Rosa Tench"], ["Lionel Tench", "Tench"]],
        ),
        (
            "Senator Ulm Tench left. Judge Ver Tench slept. Judge Ver Tench sang. Senator Tench ate.",
            [["Ulm Tench", "Tench"], ["Ver Tench", "Ver Tench"]],
        ),
        # A first name alone is the one who had it first, and no surname of another.
        ("Rosa Tench left. Rosa Lind slept. Then Rosa ate.", [["Rosa Tench", "Rosa"], ["Rosa Lind"]]),
        ("Rosa Lind left. Lind Tench said no. Then Lind ate.", [["Rosa Lind", "Lind"], ["Lind Tench"]]),
    ],
)
def test_which_names_are_one_person(text, mentions):
    persons = find_persons(read_article(text), LISTS).persons
    assert [[text[a:b] for a, b in person.mentions] for person in persons] == mentions


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # The fullest form is the name; a headline's further words are not part of it.
        ("Rosa Tench left. Rosa K. Tench slept.", ["Rosa K. Tench"]),
        ("Rosa K. Tench left. Rosa Tench slept.", ["Rosa K. Tench"]),
        ("Rosa Tench left. Then Rosa Tench Harbour slept.", ["Rosa Tench"]),
        ("Costa Rica said no.", []),
        ("Fox News said no.", []),
    ],
)
def test_the_name_as_it_is_shown(text, names):
    assert list(found(text)) == names


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Mr. Tench left.", "m"),
        ("Lady Tench left.", "f"),
        ("Dr. Tench left.", ""),
        ("Dr. Craig left.", ""),  # a first name, but here his or her last
        ("A businesswoman, Ulm Tench, left.", "f"),
        ("A spokesman, Ulm Tench, left.", "m"),
        ("Ulm K. Tench, an actress, left.", "f"),
        ("Ulm K. Tench, a waiter, left.", "m"),
        ("Ulm K. Tench, a judge, left.", ""),
        # The first name goes before a word around it, an earlier word before a later one.
        ("Rosa Tench, a spokesman, left.", "f"),
        ("Ulm K. Tench, a waiter, left. Ulm K. Tench, the actress, slept.", "m"),
    ],
)
def test_gender_is_told_by_first_name_title_or_role(text, gender):
    (person,) = find_persons(read_article(text), LISTS).persons
    assert person.gender == gender


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Sen. Ulm Tench left.", {"senator"}),
        ("Harbour Minister Rosa Tench left.", {"harbour", "minister"}),
        ("A French minister, Rosa Tench, left.", {"minister"}),
        ("It hit the Harbour minister Rosa Tench.", {"harbour", "minister"}),
        ("Rosa Tench, the harbour master and a former judge, left.", {"judge"}),
        ("Rosa Tench (Orvane), 44, who was the judge, left.", {"judge"}),
        ("Rosa Tench, who met the judge, left.", set()),
        ("Rosa Tench. The judge left.", set()),
        ("The judge left. Rosa Tench slept.", set()),
        ("It was the judge whom Rosa Tench met.", set()),
        ("The judge sentenced Rosa Tench on Monday.", set()),
        ("Rosa Tench, a friend of the judge, left.", {"friend"}),
        ("Rosa Tench was judge of the harbour court for years.", {"judge"}),
        ("The judge (an old one), Rosa Tench, left.", set()),
        # A last name alone is not described by the words around it.
        ("Rosa Tench left. It hurt the judge Tench.", {"judge"}),
    ],
)
def test_roles_are_the_words_right_around_a_name(text, roles):
    (person,) = find_persons(read_article(text), LISTS).persons
    assert person.roles == roles


def test_time_is_linear_in_hostile_text():
    for unit in ("Ann ", "Ann Lee ", "A.", "Mr. Lee, a ", "van ", "Ann’s "):
        short, long = (_seconds(unit * n) for n in (5_000, 40_000))
        assert long < 40 * max(short, 0.005), unit


def _seconds(text):
    article = read_article(text)
    return processor_seconds(lambda: find_persons(article, LISTS), times=2)
