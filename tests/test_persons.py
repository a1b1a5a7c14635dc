"""Persons of an article: full names, last names, titles, genders and roles."""

from __future__ import annotations

import time

from onrecord.sources.persons import find_persons
from onrecord.wordlists import load_lists

LISTS = load_lists()


def found(text):
    return {person.name: person for person in find_persons(text, LISTS).persons}


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


def test_time_is_linear_in_hostile_text():
    for unit in ("Ann ", "Ann Lee ", "A.", "Mr. Lee, a ", "van ", "Ann’s "):
        short, long = (_seconds(unit * n) for n in (5_000, 40_000))
        assert long < 40 * max(short, 0.005), unit


def _seconds(text):
    start = time.process_time()
    find_persons(text, LISTS)
    return time.process_time() - start
