"""Title, affiliation and justification of sources, from any mention in an article."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis import Analysis, analyse
from onrecord.export.statements import sourced_statements
from onrecord.tables import added_columns

WORDS = ["title", "affiliation", "justification"]

NOT_DESCRIBED = [
    # what follows or precedes a name, and says nothing of the person
    "Ida Moss, the sheriff had pledged, would win. “I will win,” Moss said.",
    "Ida Moss, the sheriff argued, would win. “I will win,” Moss said.",
    "Nobody says that Ida Moss is a bad writer. “Thanks,” Moss said.",
    "A year earlier, Ida Moss said no.",
    "Ida Moss, Holme, said no.",
    "Ida Moss and her aides said no. Moss left.",
    "Ida Moss, which is rare, said no.",
]

NAMED = [
    # (text, title, affiliation, justification)
    ("“No,” said Ida Moss, 43, a dentist from Holme.", "dentist", None, "a dentist from Holme"),
    (
        "Alder Foods finance chief Ida Moss said no.",
        "finance chief",
        "Alder Foods",
        "Alder Foods finance chief",
    ),
    ("The dock’s manager, Ida Moss, said no.", "manager", None, "dock’s manager"),
    ("Sen. Ida Moss (D-Calif.) said no.", "Sen.", "D-Calif.", "Sen."),
    ("Rep. Ida Moss, R-Ohio, said no.", "Rep.", "R-Ohio", "Rep."),
    (
        "Dr Ida Moss, a vet at the Tarn Trust who has treated seals for 20 years, said no.",
        "vet",
        "Tarn Trust",
        "a vet at the Tarn Trust who has treated seals for 20 years",
    ),
    (
        "Ida Moss, who was in the ferry when it sank, said no.",
        None,
        None,
        "who was in the ferry when it sank",
    ),
    ("Ida Moss, who heads the Tarn Trust, said no.", None, "Tarn Trust", "who heads the Tarn Trust"),
    (
        "Ida Moss, who was sworn in as a judge in May, said no.",
        "judge",
        None,
        "who was sworn in as a judge in May",
    ),
    (
        "Ida Moss is the head of the Harbour Board. The pier is safe, Moss said.",
        "head",
        "Harbour Board",
        "the head of the Harbour Board",
    ),
    (
        "Ida Moss lost her house in the flood. “We have nothing,” Moss said.",
        None,
        None,
        "lost her house in the flood",
    ),
    (
        "Ida Moss, who is deaf and blind, moved to Holme from Tarn in 2019. “I like it,” Moss said.",
        None,
        None,
        "who is deaf and blind",
    ),
    (
        "Moss has fished off Holme since 1990. “It is cold,” said Ida Moss, chair of the Tarn Trust.",
        "chair",
        "Tarn Trust",
        "has fished off Holme since 1990",
    ),
    (
        # the article's own words on an office-holder who did not go through it: the office remains
        "Moss opened the bridge on Monday. “It is done,” said Ida Moss, mayor of Holme.",
        "mayor",
        "Holme",
        "mayor of Holme",
    ),
    (
        "On Monday, Ida Moss carried 40 chairs home. “They are mine,” Moss said.",
        None,
        None,
        "On Monday, Ida Moss carried 40 chairs home",
    ),
    (
        "The Tarn Trust, a charity that feeds seals, is poor. Its head, Ida Moss of the Tarn Trust, said no.",
        "head",
        None,
        "a charity that feeds seals",
    ),
    (
        "The Tarn Trust, which was closed in May, is poor. “No,” said Ida Moss, a vet at the Tarn Trust.",
        "vet",
        "Tarn Trust",
        "a vet at the Tarn Trust",
    ),
    ("Moss denied that the ship was old. “It is new,” Ida Moss said.", None, None, None),
    ("A former stoker, Ida Moss said the ship was old.", "former stoker", None, "former stoker"),
    ("Ida Moss of the Tarn Trust said no.", None, "Tarn Trust", "the Tarn Trust"),
    (
        "Ida Moss, a parent at the school and an organiser with the Tarn Trust, said no.",
        "organiser",
        "Tarn Trust",
        "a parent at the school and an organiser with the Tarn Trust",
    ),
    ("Mayor Ida Moss, who declined to give her age, said no.", "Mayor", None, "Mayor"),
    (
        "Ida Moss, mayor: We will rebuild the bridge.\n\nReporter: When?\n\nIda Moss: In May.",
        "mayor",
        None,
        "mayor",
    ),
    ("Ida Moss, a day after the vote, said no.", None, None, None),
    ("Ida Moss, Bo Krone and the mayor left early. “It was late,” Moss said.", None, None, None),
    ("The mayor met Ida Moss on Monday. Moss said the talk went well.", None, None, None),
    ("According to the mayor, Ida Moss will resign. “I will not,” Moss said.", None, None, None),
    ("Ida Moss, who spoke on condition of anonymity, said no.", None, None, None),
    ("Mr Moss said no. Ida Moss left.", None, None, None),
]


def profile(text: str, name: str) -> list[str | None]:
    """Title, affiliation and justification of the source called `name`, each checked by its offsets."""
    sources = analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]})).sources
    row = sources[(sources["name"] == name) | (sources["description"] == name)].iloc[0]
    for column in WORDS:
        if pd.isna(row[column]):
            assert pd.isna(row[f"{column}_start"]) and pd.isna(row[f"{column}_end"])
        else:
            assert text[row[f"{column}_start"] : row[f"{column}_end"]] == row[column]
    return [None if pd.isna(value) else value for value in row[WORDS]]


@pytest.mark.parametrize(("text", "title", "affiliation", "justification"), NAMED)
def test_a_named_person_is_described_by_any_mention(text, title, affiliation, justification):
    found = profile(text, "Ida Moss")
    assert found[0] == title
    if affiliation or justification is None:
        assert found[1] == affiliation
    if justification != "the Tarn Trust":
        assert found[2] == justification


@pytest.mark.parametrize(
    ("text", "mention", "expected"),
    [
        (
            "A senior official briefed on the talks said no.",
            "A senior official briefed on the talks",
            ["senior official", None, "briefed on the talks"],
        ),
        ("A nurse who was in the room said no.", "A nurse", ["nurse", None, "who was in the room"]),
        (
            "An Alder Foods spokeswoman said no.",
            "An Alder Foods spokeswoman",
            ["spokeswoman", "Alder Foods", "Alder Foods spokeswoman"],
        ),
        ("Residents said no.", "Residents", [None, None, None]),
        (
            "The Tarn Trust, a charity that feeds seals, said no.",
            "Tarn Trust",
            [None, None, "a charity that feeds seals"],
        ),
        (
            "A report by the Tarn Trust said the pier is rotten.",
            "A report by the Tarn Trust",
            [None, None, "A report by the Tarn Trust"],
        ),
        ("A report said the pier is rotten.", "A report", [None, None, None]),
        (
            "Tenants, many of whom are old, said the lift was broken.",
            "Tenants",
            [None, None, "many of whom are old"],
        ),
    ],
)
def test_unnamed_sources_and_organisations_are_described_too(text, mention, expected):
    assert profile(text, mention) == expected


@pytest.mark.parametrize("text", NOT_DESCRIBED)
def test_other_words_around_a_name_are_left_out(text):
    assert profile(text, "Ida Moss") == [None, None, None]


def test_the_present_title_with_an_organisation_is_preferred():
    text = (
        "Mr Moss sighed. Ida Moss, a former stoker at Norrland Rail, was late. "
        "“No,” said Moss, chair of the Harbour Board."
    )
    assert profile(text, "Ida Moss")[:2] == ["chair", "Harbour Board"]


def test_words_of_others_describe_nobody():
    text = "“Our mayor, Ida Moss, is a fool,” said Bo Krone. Ida Moss said no."
    assert profile(text, "Ida Moss") == [None, None, None]


def test_statements_have_title_and_justification():
    text = "“The reef is dying,” said Ida Moss, a vet at the Tarn Trust."
    statements = sourced_statements(analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]})))
    assert statements[["title", "justification"]].values.tolist() == [
        ["vet, Tarn Trust", "a vet at the Tarn Trust"]
    ]


def test_an_analysis_of_an_earlier_version_is_loaded_without_the_new_columns(tmp_path):
    analysis = analyse(pd.DataFrame({"doc_id": ["a"], "text": ["Mayor Ida Moss said no."]}))
    analysis.save(tmp_path)
    new = added_columns("sources", [])
    assert {"title", "justification", "affiliation_start"} <= set(new)
    analysis.sources.drop(columns=new).to_parquet(tmp_path / "sources.parquet", index=False)
    loaded = Analysis.load(tmp_path).sources
    assert list(loaded.columns) == list(analysis.sources.columns)
    assert loaded[new].isna().all().all()
    assert loaded["description"].tolist() == analysis.sources["description"].tolist()
    assert added_columns("sources", analysis.sources.columns) == added_columns("spans", []) == []


@given(st.text(alphabet="Ida Moss,.()“”’-\nmayor of the Tarn Trust who is 43", max_size=120))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_words_at_their_offsets(words):
    text = f"Ida Moss{words} said no. Ida Moss, a vet, said yes."
    sources = analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]})).sources
    for column in WORDS:
        table = sources[[column, f"{column}_start", f"{column}_end"]].dropna()
        for value, start, end in table.itertuples(index=False):
            assert text[start:end] == value != ""


def test_a_statement_does_not_repeat_a_short_title_as_its_justification():
    text = "Mayor Ida Moss said no. “Yes,” said Bo Krone, a vet who has treated seals for 20 years."
    analysis = analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    statements = sourced_statements(analysis).set_index("name")["justification"]
    assert pd.isna(statements["Ida Moss"])
    assert statements["Bo Krone"] == "a vet who has treated seals for 20 years"


@pytest.mark.parametrize(
    ("text", "title", "affiliation", "justification"),
    [
        (
            "Acting U.S. Attorney for the District of Halden Ida Moss said no.",
            "Acting U.S. Attorney",
            "District of Halden",
            "Acting U.S. Attorney for the District of Halden",
        ),
        (
            "Party for Harbours founder Ida Moss said no.",
            "founder",
            "Party for Harbours",
            "Party for Harbours founder",
        ),
        ("June 11, 2019 6:30 AM President Ida Moss said no.", "President", None, "President"),
        ("Since the moment President Ida Moss came, Moss said, it rained.", "President", None, "President"),
        ("Tánaiste Ida Moss said no.", "Tánaiste", None, "Tánaiste"),
        ("AB 1777 author Ida Moss said no.", "AB 1777 author", None, "AB 1777 author"),
        (
            "“No,” Ida Moss, Jan’s mother, said. Moss, a clerk at the time, left.",
            "clerk",
            None,
            "Jan’s mother",
        ),
        ("Ida Moss, who had already left the island by ferry, said no.", None, None, None),
    ],
)
def test_kinds_of_titles_and_justifications(text, title, affiliation, justification):
    assert profile(text, "Ida Moss") == [title, affiliation, justification]


def test_a_group_has_the_fields_of_its_one_named_member():
    text = "The talks ended, according to Ida Moss and officials from Holme. Moss, the mayor of Tarn, left."
    assert profile(text, "Ida Moss and officials from Holme")[:2] == ["mayor", "Tarn"]


def test_relatives_of_somebody_have_a_say_as_such():
    assert profile("Krone’s mother said no. Jan Krone left.", "Krone’s mother")[2] == "Krone’s mother"


def test_current_and_former_members_have_a_whole_title():
    text = "The pier is shut, said two current and former employees."
    assert profile(text, "two current and former employees")[0] == "current and former employees"
