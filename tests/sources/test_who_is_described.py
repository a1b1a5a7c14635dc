"""Who the source is: organisations by noun and trade, relatives, party members, sectors beside a name."""

from __future__ import annotations

import pandas as pd
import pytest

import onrecord
from onrecord.sources.organisation_nouns import find_names


def sources(text: str) -> pd.DataFrame:
    documents = pd.DataFrame([{"doc_id": "a", "outlet": "The Daily Lantern", "text": text}])
    return onrecord.analyse(documents).sources


ORGANISATIONS = [
    (
        "The Ministry of Salt has dug wells. Rain came late. The ministry said three were dry.",
        "Ministry of Salt",
    ),
    ("Brekkon United have lost four in a row. The club said the coach would stay.", "Brekkon United"),
    ("Chipmaker Quorvane will build a plant. The Danish group said it would open in May.", "Quorvane"),
    ("The pool is shut. The union, Kabin Torve, said talks had failed.", "Kabin Torve"),
    ("Vantor Paddock has withdrawn a seed. The company said it had been stored wet.", "Vantor Paddock"),
]


@pytest.mark.parametrize(("text", "name"), ORGANISATIONS)
def test_a_noun_takes_up_the_organisation_that_was_named(text: str, name: str) -> None:
    found = sources(text)
    assert found["name"].tolist()[-1] == name
    assert found["naming"].tolist()[-1] == "institution"


PERSONS = [
    ("Her sister Vesna has put up posters. “We want her home,” her sister said.", "Vesna"),
    ("Rep. Ada Quillon (D-Calif.) spoke. “It is late,” the California Democrat said.", "Ada Quillon"),
    ("The dean, Mr. Oskar Brill, said no.", "Oskar Brill"),
]


@pytest.mark.parametrize(("text", "name"), PERSONS)
def test_a_description_takes_up_the_person_that_was_named(text: str, name: str) -> None:
    assert sources(text)["name"].tolist()[-1] == name


def test_a_couple_is_the_two_who_were_named() -> None:
    found = sources("Ana Prado and her husband, Rodrigo Prado, were there. “We jumped,” the couple said.")
    assert found["naming"].tolist() == ["named"]
    assert found["form"].tolist() == ["group"]


def test_a_memo_that_an_outlet_has_seen_is_not_identified_by_it() -> None:
    found = sources("A leaked memo seen by The Daily Lantern says the mine expected strikes.")
    assert found["naming"].tolist() == ["unidentified_document"]


SECTORS = [
    ("Ada Quillon, who lost her house in the flood, said nobody came.", "citizens"),
    ("Ada Quillon, who sells tomatoes, said fares were high.", "business"),
    ("Ada Quillon of the Red Crescent said tents were wet.", "civil society"),
    ("Ada Quillon, of Torvehurst, said the air was bad.", "citizens"),
    (
        "Ada Quillon beat Ida Brell in the tournament and the playoff. “It was good,” Quillon said.",
        "sport and culture",
    ),
    ("The bank, Kilvane Trust, said it had been told by text.", "business"),
]


@pytest.mark.parametrize(("text", "sector"), SECTORS)
def test_the_sector_is_read_beside_the_name(text: str, sector: str) -> None:
    assert sources(text)["sector"].tolist()[-1] == sector


def test_names_of_organisations_are_found_by_their_noun() -> None:
    assert find_names("The Ministry of Salt and the Tarn Ministry met.", "ministry") == [
        (4, "Ministry of Salt"),
        (29, "Tarn Ministry"),
    ]


def test_bearers_of_one_name_stay_apart() -> None:
    rows = pd.DataFrame(
        {
            "doc_id": ["a", "b", "c", "d", "e"],
            "form": "person",
            "naming": "named",
            "name": ["Ada W. Quillon", "Ada H.V. Quillon", "António Brell", "Antonio Brell", "Brell"],
            "gender": ["woman", "woman", "man", "man", "woman"],
            "sector": "unknown",
        }
    )
    names = onrecord.add_names(rows)["name"].tolist()
    assert names[0] != names[1]
    assert names[2] == names[3]
    assert names[4] == "Brell"  # a woman is not António Brell


def test_initials_of_two_letters_need_the_same_sector() -> None:
    rows = pd.DataFrame(
        {"form": "institution", "naming": "institution", "name": ["EC", "Electoral College", "SEC"]}
    )
    rows.loc[3] = ["institution", "institution", "Securities & Exchange Commission"]
    assert onrecord.add_names(rows)["name"].tolist()[:3] == [
        "EC",
        "Electoral College",
        "Securities & Exchange Commission",
    ]
