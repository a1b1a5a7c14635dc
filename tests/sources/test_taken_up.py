"""Nouns, names and markers that take up whom an article introduced, in sentences of our own."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from onrecord import analyse
from onrecord.mentions.name_runs import read_runs
from onrecord.sources.cast import Cast
from onrecord.sources.names import canonical_names
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists


def last_source(text: str) -> pd.Series:
    """Source of the last attribution of a text."""
    analysis = analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    last = analysis.attributions.sort_values("attribution_id")["source_id"].dropna().iloc[-1]
    return analysis.sources.set_index("source_id").loc[last]


PERSONS = [
    ("Bela Moen, who grows quinces, lost her crop. “It was the frost,” the grower said.", "Bela Moen"),
    ("Violinist Orla Fenn fell ill in Holme. “My hand hurts,” the musician said.", "Orla Fenn"),
    ("Jan Tench was jailed for selling a bridge. “I owned it,” the defendant said.", "Jan Tench"),
    (
        "Mayor Ida Krone and deputy mayor Bo Quist met on Monday. “We will build it,” the mayor said.",
        "Ida Krone",
    ),
    (
        "Mayor Ida Krone and deputy mayor Rosa Quist met. “We will not,” the deputy mayor said.",
        "Rosa Quist",
    ),
    (
        "A retired tiler has crossed Holme on stilts. Tom Verrick set out at dawn.\n\n"
        "“My feet hurt,” the tiler said.",
        "Tom Verrick",
    ),
    ("Rosa “Dodo” Tench drives a bus. “I never hurry,” Dodo said.", "Rosa Tench"),
    ("Frank Justice came second. Justice said he had been pushed.", "Frank Justice"),
    ("Orla Mason came to Holme on Monday. Mason said she would stay.", "Orla Mason"),
    ("The orchard was cut down, according to a post by Orla Fenn on Instagram. Fenn left.", "Orla Fenn"),
]


@pytest.mark.parametrize(("text", "name"), PERSONS)
def test_a_description_takes_up_the_person_whom_it_fits(text: str, name: str) -> None:
    found = last_source(text)
    assert (found["name"], found["naming"]) == (name, "named")


UNNAMED = [
    "Mayor Ida Krone opened the hall. A glazier watched. “It is thin glass,” the glazier said.",
    "Judge Bo Quist sent Jan Tench to prison. “He owes me a cow,” the dealer said.",
    "The lawyer representing Orla Fenn said that the court was wrong.",
    "“It was loud,” one of the two porters said. Another said it was not.",
]


@pytest.mark.parametrize("text", UNNAMED)
def test_a_description_that_fits_nobody_stays_unnamed(text: str) -> None:
    found = last_source(text)
    assert (found["form"], found["naming"]) == ("person", "unnamed")


ORGANISATIONS = [
    ("The union Kabin Torve said talks had failed.", "Kabin Torve"),
    ("Her label, Nacre, said the tour was off.", "Nacre"),
    ("Dutch chip maker Lumenrod said sales had fallen.", "Lumenrod"),
    ("Moray’s, the auction house, is in Holme. Moray’s said the vase was whole.", "Moray’s"),
    ("Percy Lodge will shut its 30 hotels. The chain has lost money. Percy Lodge said so.", "Percy Lodge"),
    ("Tarn County gives out free boots. “They are sound,” Tarn said in a letter.", "Tarn County"),
]


@pytest.mark.parametrize(("text", "name"), ORGANISATIONS)
def test_an_organisation_has_the_name_beside_its_noun(text: str, name: str) -> None:
    found = last_source(text)
    assert (found["name"], found["naming"]) == (name, "institution")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The vet has resigned, the New York Post reported. She is ill, according to the Post.",
            "New York Post",
        ),
        ("The ferry sank, the Holme Times said. Nobody drowned, the Times reported.", "Holme Times"),
        (
            "The ferry sank, the Holme Times said. It was old, the Financial Times said. "
            "Nobody drowned, the Times reported.",
            "Financial Times",
        ),
        ("The bakery shut, the Post said. Nobody came, the Post said.", "The Washington Post"),
    ],
)
def test_a_short_name_is_that_of_the_outlet_that_the_article_names(text: str, name: str) -> None:
    assert last_source(text)["name"] == name


def test_he_is_who_spoke_last_after_a_long_quotation() -> None:
    quoted = "\n".join(f"“The tide rose in hour {n} and it did not fall. We saw it all." for n in range(1, 6))
    text = f"Tom Verrick said:\n{quoted}”\nHe said the pier would be built anew."
    assert last_source(text)["name"] == "Tom Verrick"


def test_two_trades_are_two_organisations() -> None:
    text = (
        "Shares in Brandel Mutual fell after the Ports Office opened an inquiry. The lender said it would "
        "help. The regulator said it was late."
    )
    assert last_source(text)["name"] == "Ports Office"


def test_a_plural_at_the_start_of_a_sentence_is_people_and_not_a_name() -> None:
    assert last_source("Anglers said the river was purple. The anglers left.")["naming"] == "collective"
    assert pd.isna(last_source("Sanctions say little about it.")["name"])


def test_a_family_is_a_named_group() -> None:
    found = last_source("Bo and Ida Moen left Holme. Ida Moen wept. The Moens said they would not return.")
    assert (found["form"], found["naming"]) == ("group", "named")


def test_an_initial_used_throughout_is_another_person() -> None:
    text = (
        "Jeremy Tollund, 17, left the school. J. Tollund, his father, wrote to it.\n\n"
        "“It is sad,” J. Tollund said."
    )
    assert last_source(text)["name"] == "J. Tollund"


def test_a_marker_reaches_across_the_sentences_of_a_quotation() -> None:
    text = (
        "“I wrote it down,” the deckhand said. “I wrote it down in May. I wrote it down in June.\n\n"
        "“You know what came back? A pen.”\n\nHe spoke on condition that his name was not used."
    )
    analysis = analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    assert "anonymous" in set(analysis.sources["naming"])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Marine Corps Gen. Thomas Tench left.", ["Thomas Tench"]),
        ("Anna Benen Peter Krone left.", ["Anna Benen", "Peter Krone"]),
        ("María del Carmen Luque Prados left.", ["María del Carmen Luque Prados"]),
        ("Minister Said Jalin said so.", ["Said Jalin"]),
    ],
)
def test_a_run_of_capitals_is_parted_into_whole_names(text: str, names: list[str]) -> None:
    _, runs = read_runs(text, load_lists(), [])
    assert [" ".join(run.words) for run in runs] == names


def test_a_name_of_the_list_reaches_all_forms_of_a_person(tmp_path: Path) -> None:
    (tmp_path / "persons.csv").write_text("name,aliases\nThomas Verrick Holm,Tom Verrick\n", encoding="utf-8")
    lists = load_lists(tmp_path)
    counts = {"Tom Verrick": 2, "Thomas J. Verrick": 1, "Ida Verrick": 1}
    named = canonical_names(counts, lists)
    assert named["Tom Verrick"] == named["Thomas J. Verrick"] == "Thomas Verrick Holm"
    assert named["Ida Verrick"] == "Ida Verrick"


def test_an_article_is_searched_once_for_each_pattern() -> None:
    cast = Cast(read_article("The mill at Holme is shut."), load_lists())
    assert cast.occurs("Holme") and not cast.occurs("Tarn")
    assert cast.occurs("Holme")
