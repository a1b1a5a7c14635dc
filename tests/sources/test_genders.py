"""The gender of a source: pronouns and nouns, titles, first names, and what stays unknown."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import onrecord
from onrecord.sources.genders import gender_of_name
from onrecord.wordlists import load_lists

LISTS = load_lists()


def gender(text: str, description: str, **options: object) -> str:
    """Gender of the source whose description contains `description`."""
    analysis = onrecord.analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]}), **options)
    found = analysis.sources[analysis.sources["description"].str.contains(description, regex=False)]
    assert len(found) == 1, analysis.sources["description"].tolist()
    value = found["gender"].iloc[0]
    return "NA" if pd.isna(value) else str(value)


@pytest.mark.parametrize(
    ("text", "who", "expected"),
    [
        ("Dana Holt said the quay was shut. She would not say why.", "Holt", "woman"),
        ("Dana Holt said his boat was lost.", "Holt", "man"),
        ("A clerk said the file was gone. She did not want her name used.", "clerk", "woman"),
        ("A spokeswoman for the port said no.", "spokeswoman", "woman"),
        ("A woman on the pier said no.", "woman", "woman"),
        ("A mother-of-two from Tarn said no.", "mother", "woman"),
        ("Her uncle said no.", "uncle", "man"),
    ],
)
def test_pronouns_and_nouns(text: str, who: str, expected: str) -> None:
    assert gender(text, who) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr Dana Holt said no. Mr Holt left.", "man"),
        ("Ms Holt, Dana Holt, said no. Ms Holt left.", "woman"),
        ("Dame Dana Holt said no.", "woman"),
    ],
)
def test_titles(text: str, expected: str) -> None:
    assert gender(text, "Holt") == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ngozi Vellora", "f"),
        ("Chukwuemeka Vellora", "m"),
        ("Akosua Vellora", "f"),
        ("Wanjiku Vellora", "f"),
        ("Thabo Vellora", "m"),
        ("Fatoumata Vellora", "f"),
        ("Abdelfattah Vellora", "m"),
        ("Loujain Vellora", "f"),
        ("Mevlüt Vellora", "m"),
        ("Elif Vellora", "f"),
        ("Anjali Vellora", "f"),
        ("Arvind Vellora", "m"),
        ("Noriko Vellora", "f"),
        ("Takeshi Vellora", "m"),
        ("Moon Jae-in", "m"),
        ("Oleksandr Vellora", "m"),
        ("Svitlana Vellora", "f"),
        ("Þórdís Vellora", "f"),
        ("Aoife Vellora", "f"),
        ("Begoña Vellora", "f"),
        ("J. Edgar Vellora", "m"),
        ("Anne-Sophie Vellora", "f"),
        # names of both genders, names of no list, a last name alone
        ("Dana Vellora", ""),
        ("Kiran Vellora", ""),
        ("Andrea Vellora", ""),
        ("Xqwert Vellora", ""),
        ("J. K. Vellora", ""),
        ("Ngozi", ""),
    ],
)
def test_first_names_of_many_languages(name: str, expected: str) -> None:
    assert gender_of_name(name, LISTS) == expected


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Dana Holt said the quay was shut.", "Holt"),
        ("A senior official said the quay was shut.", "official"),
        ("Officials said the quay was shut.", "Officials"),
        # the pronoun may mean the other person
        ("Dana Holt said Ann Sand was late. She left.", "Holt"),
    ],
)
def test_unknown_is_never_guessed(text: str, who: str) -> None:
    assert gender(text, who) == "unknown"


def test_pronouns_overrule_a_first_name_only_together() -> None:
    once = "Peter Holt said she would come."
    assert gender(once, "Holt") == "man"
    often = (
        "Peter Holt said her boat was lost. Peter Holt said she was glad. Peter Holt said she would stay. "
        "Peter Holt said her crew was safe."
    )
    assert gender(often, "Holt") in ("woman", "unknown")


@pytest.mark.parametrize(
    ("text", "who", "expected"),
    [
        ("Two women said they had seen it.", "women", "woman"),
        ("Three fishermen said they had seen it.", "fishermen", "unknown"),
        ("A couple from Tarn said they had seen it.", "couple", "several"),
        ("Men and women of the village said they had seen it.", "women", "several"),
    ],
)
def test_groups(text: str, who: str, expected: str) -> None:
    assert gender(text, who) == expected


def test_organisations_and_documents_have_no_gender() -> None:
    assert gender("The ministry said no.", "ministry") == "NA"


def test_a_user_adds_first_names(tmp_path: Path) -> None:
    assert gender("Xqwert Holt said no.", "Holt") == "unknown"
    (tmp_path / "name_genders.csv").write_text("name,gender\nXqwert,f\n")
    assert gender("Xqwert Holt said no.", "Holt", lists=load_lists(tmp_path)) == "woman"
