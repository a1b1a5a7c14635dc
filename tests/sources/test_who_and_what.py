"""Who is a person, an organisation or nobody: each kind in sentences of our own."""

from __future__ import annotations

import pandas as pd
import pytest

from onrecord import add_names, analyse
from onrecord.mentions.parsing import parse_mention
from onrecord.sources.organisation_evidence import speaks_as_it
from onrecord.wordlists import load_lists


def last_source(text: str) -> pd.Series:
    """Source of the last attribution of a text."""
    analysis = analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    last = analysis.attributions.sort_values("attribution_id")["source_id"].dropna().iloc[-1]
    return analysis.sources.set_index("source_id").loc[last]


PERSONS = [
    ("Olav Tench Jr. told the panel that he had never met the envoy.", "Olav Tench"),
    ("Olav Tench denied it. A note went to Tench Jr., his son. “I love it,” Tench Jr. said.", "Tench Jr."),
    (
        "Olav Tench Jr. met the envoy in June. Tench Jr. wrote to him. Ida Tench, his sister, was there. "
        "President Olav Tench was not. “I have no business there,” Tench said.",
        "Olav Tench",
    ),
    ("He spoke of claims by Tampa Democrat Lucia Moen , who said he had pushed her.", "Lucia Moen"),
    ("Holme Mayor Libby Quist over the weekend said she would take in the ferry.", "Libby Quist"),
    ("The plan is dead. Quand, a retired roofer who has read it, said it would not pass.", "Quand"),
    (
        "Rep. Jon Quist met reporters on Sunday. “It is our duty,” the Florida Democrat told them.",
        "Jon Quist",
    ),
    ("Celia Holm is the new face of a perfume. The Danish megastar said she was thrilled.", "Celia Holm"),
]


@pytest.mark.parametrize(("text", "name"), PERSONS)
def test_a_person_is_named_whole(text: str, name: str) -> None:
    found = last_source(text)
    assert (found["form"], found["naming"], found["name"]) == ("person", "named", name)


ORGANISATIONS = [
    (
        "According to the Centers for Water Control and Prevention, the river is clean.",
        "Centers for Water Control and Prevention",
    ),
    ("The Dune Project on Smuggling said that the sheds were empty.", "Dune Project on Smuggling"),
    ("The Anna B. Caseley Foundation said most children were poor.", "Anna B. Caseley Foundation"),
    (
        "Shares of LMR fell. Lumenrod Resorts (NASDAQ:LMR) met on Monday. “We are sorry,” the company said.",
        "Lumenrod Resorts",
    ),
    ("The Tarn Ports Board (TPB) met on Monday. “We are sorry,” TPB said.", "Tarn Ports Board"),
    ("Zalenka said in a statement on Monday that it would close two shops.", "Zalenka"),
    ("The Rathmoran Inn said it was sorry for the noise.", "Rathmoran Inn"),
    (
        "Lawyers of American Scrutiny sued the Department of Ports. On Tuesday the group said it was ready.",
        "American Scrutiny",
    ),
]


@pytest.mark.parametrize(("text", "name"), ORGANISATIONS)
def test_an_organisation_is_named_whole(text: str, name: str) -> None:
    found = last_source(text)
    assert (found["naming"], found["name"]) == ("institution", name)


NOBODY = [
    ("Some Ambarians say the vote was rigged.", "group", "collective"),
    ("“Clean air matters,” the first-term Democrat said.", "person", "unnamed"),
    ("Ada and I smiled at each other. “Thank you!” he replied from the door.", "none", "unclear"),
    ("The feds said they had a case.", "group", "collective"),
]


@pytest.mark.parametrize(("text", "form", "naming"), NOBODY)
def test_who_has_no_name_is_no_organisation(text: str, form: str, naming: str) -> None:
    found = last_source(text)
    assert (found["form"], found["naming"]) == (form, naming)


@pytest.mark.parametrize(
    ("mention", "kind"),
    [
        ("the Tarn Democrat", "name"),  # a newspaper
        ("the Texas Democrat", "person"),
        ("a lifelong Catholic", "person"),
        ("many Lurians", "people"),
        ("the Lurians", "people"),
        ("the Titans", "name"),
        ("the CTO", "person"),
        ("MEPs", "people"),
        ("the Centers on Monday", "institution"),
    ],
)
def test_nouns_for_people_differ_from_names(mention: str, kind: str) -> None:
    assert parse_mention(mention, load_lists()).kind == kind


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("Lumenrod said it would sell the mill.", True),
        ("Lumenrod said on Monday that it expects a loss.", True),
        ("Lumenrod said its losses grew.", True),
        ("Lumenrod said it would be wrong.", False),
        ("Lumenrod said it was raining.", False),
        ("Lumenrod said it will take years.", False),
        ("Lumenrod said he would sell the mill.", False),
    ],
)
def test_a_firm_speaks_of_itself_as_it(text: str, is_it: bool) -> None:
    assert speaks_as_it(text, len("Lumenrod")) == is_it


def test_a_junior_and_his_father_stay_two_across_articles() -> None:
    rows = {
        "doc_id": ["a", "a", "b", "c"],
        "form": "person",
        "naming": "named",
        "name": ["Olav Tench Jr.", "Olav Tench", "Olav Tench", "Olav Tench Jr."],
    }
    names = add_names(pd.DataFrame(rows))["name"]
    assert names[0] == names[3] == "Olav Tench Jr."
    assert names[1] == names[2] == "Olav Tench"


def test_a_label_before_a_blank_and_a_colon_is_a_speaker() -> None:
    text = (
        "ORLA FENN : Why did you leave?\n\nTOM VERRICK : The mill was cold.\n\n"
        "ORLA FENN : And now?\n\nTOM VERRICK : Now it is warm."
    )
    analysis = analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    assert set(analysis.sources["name"]) == {"Orla Fenn", "Tom Verrick"}
    assert len(analysis.attributions) == 4


def test_the_words_of_a_headline_are_no_organisation() -> None:
    text = "New Survey Harbour Numbers Say Ferries Keep Falling\nThe ferries of Holme are empty."
    analysis = analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    assert not (analysis.sources["naming"] == "institution").any()


@pytest.mark.parametrize(("n_short", "name"), [(10, "Olav Tench"), (3, "Olav Magnus Tench")])
def test_a_second_first_name_that_hardly_any_article_has_is_left_out(n_short: int, name: str) -> None:
    names = ["Olav Magnus Tench"] + ["Olav Tench"] * n_short
    rows = {"doc_id": list(map(str, range(len(names)))), "form": "person", "naming": "named", "name": names}
    assert add_names(pd.DataFrame(rows))["name"][0] == name


@pytest.mark.parametrize(
    ("others", "name"),
    [
        (["Ida Tench", "Bo Tench", "Rosa Tench", "Ada Tench", "Jan Tench"], "Olav Tench"),
        (["Ida Tench"] * 15, "Tench"),
    ],
)
def test_a_last_name_alone_takes_the_full_name_that_outweighs_the_others(others: list, name: str) -> None:
    names = ["Tench"] + ["Olav Tench"] * 40 + others
    ids = [str(i) for i in range(len(names))]
    rows = {"doc_id": ids, "form": "person", "naming": "named", "name": names}
    documents = pd.DataFrame({"doc_id": ids, "published": pd.Timestamp("2026-03-02", tz="UTC")})
    assert add_names(pd.DataFrame(rows), documents)["name"][0] == name


MORE = [
    ("“You had to ask, did you? — Night Owl (@owl) April 14, 2026\nOthers laughed.", "person", "Night Owl"),
    ("“I jumped it,” said Walk in the Mill's jockey Jan Moll.", "person", "Jan Moll"),
    (
        "Ada Fenn, the mayor of Holme, cut the ribbon. Her deputy, Bo Quist, sang. The deputy mayor said it "
        "had cost too much.",
        "person",
        "Bo Quist",
    ),
    (
        "Lanarken (LSE: LNK) lost a third of its value. “We will recover,” the miner said.",
        "institution",
        "Lanarken",
    ),
]


@pytest.mark.parametrize(("text", "form", "name"), MORE)
def test_names_in_posts_charges_and_brackets(text: str, form: str, name: str) -> None:
    analysis = analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    found = analysis.sources.set_index("name")
    assert name in found.index
    assert found.loc[name, "form"] == form


def test_who_is_told_something_by_a_person_is_somebody_else() -> None:
    text = "Orla Fenn told the president that a counsel had been named. The president said it was the end."
    assert last_source(text)["naming"] == "identifiable"


def test_the_president_is_not_the_former_one_who_is_mentioned_in_passing() -> None:
    text = (
        "“I love this party,” Jan Tarrow said. Tarrow said that he blamed former President Ode Obrand. "
        "Tarrow said he would win. “We will win,” he said. The president said that Holme was great."
    )
    assert last_source(text)["name"] == "Jan Tarrow"
    kept = text.replace("former President", "President")
    assert last_source(kept)["name"] == "Ode Obrand"


@pytest.mark.parametrize(
    ("text", "naming"),
    [
        ("“It was a farce,” one Harbour Party wag said.", "unnamed"),
        ("A Harbour Council survey said the pool was old.", "institution"),
    ],
)
def test_people_of_an_organisation_differ_from_its_papers(text: str, naming: str) -> None:
    assert last_source(text)["naming"] == naming


def test_the_first_word_of_a_firm_is_the_firm_across_articles() -> None:
    names = ["Zackel", "Zackel", "Zackel Investment Research", "Zackel.com", "Tarnoogle", "Tarnoogle Cloud"]
    rows = {"doc_id": list("abcdef"), "form": "institution", "naming": "institution", "name": names}
    found = add_names(pd.DataFrame(rows))["name"]
    assert list(found) == ["Zackel"] * 4 + ["Tarnoogle", "Tarnoogle Cloud"]


def test_a_role_with_hyphens_precedes_a_name() -> None:
    assert last_source("Bride-to-be Suki Lomer said the cake had sunk.")["name"] == "Suki Lomer"
