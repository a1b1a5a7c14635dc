"""The sector of a source: titles, organisations, precedence, and what stays unknown."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import onrecord
from onrecord.sources.sector_phrases import read_phrase
from onrecord.wordlists import load_lists

LISTS = load_lists()


def sector(text: str, description: str, **options: object) -> str:
    """Sector of the source whose description contains `description`."""
    analysis = onrecord.analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]}), **options)
    found = analysis.sources[analysis.sources["description"].str.contains(description, regex=False)]
    assert len(found) == 1, analysis.sources["description"].tolist()
    value = found["sector"].iloc[0]
    return "NA" if pd.isna(value) else str(value)


@pytest.mark.parametrize(
    ("text", "who", "expected"),
    [
        ("Harbour Minister Ada Quill said the quay was safe.", "Quill", "government"),
        ("Ada Quill, the mayor of Tarn, said the quay was safe.", "Quill", "government"),
        ("A spokeswoman for the Fisheries Ministry said the talks had ended.", "spokeswoman", "government"),
        ("Senator Bo Ranke said the bill would fail.", "Ranke", "parliament and parties"),
        (
            "Bo Ranke, a spokesman for the Labour Party, said it would fail.",
            "Ranke",
            "parliament and parties",
        ),
        ("Prosecutor Ida Moss said the inquiry was open.", "Moss", "justice and police"),
        ("Police said two men had been held.", "Police", "justice and police"),
        ("General Omar Fell said the troops would stay.", "Fell", "military and security"),
        ("Gerda Poole, chief executive of Halden Foods, said sales rose.", "Poole", "business"),
        ("A spokesman for Halden Holdings Ltd said sales rose.", "spokesman", "business"),
        ("Rosa Finch, leader of the Dockers' Union, said they would strike.", "Finch", "civil society"),
        ("Bishop Ian Lowe said the church would help.", "Lowe", "civil society"),
        (
            "Amara Vane, professor of hydrology at Tarn University, said it was late.",
            "Vane",
            "science and expertise",
        ),
        ("Nia Bell, editor of the Tarn Gazette, said the paper would close.", "Bell", "media"),
        ("Striker Jory Holt said the match was lost.", "Holt", "sport and culture"),
        ("Residents said they were afraid.", "Residents", "citizens"),
        ("A neighbour said he had heard a bang.", "neighbour", "citizens"),
    ],
)
def test_titles_and_organisations(text: str, who: str, expected: str) -> None:
    assert sector(text, who) == expected


@pytest.mark.parametrize(
    ("text", "who", "expected"),
    [
        # an expert at a firm, and one in an office of state
        ("Piers Lane, an analyst at the broker Rue & Sons, called it odd.", "Lane", "science and expertise"),
        ("Piers Lane, an analyst at the Treasury, called it odd.", "Lane", "government"),
        # a spokesman has the sector of his organisation, whatever it is
        ("A spokesman for the Seamen's Union said no.", "spokesman", "civil society"),
        ("A spokesman for Tarn Hospital said no.", "spokesman", "science and expertise"),
        # the lawyer of a person, and of an organisation
        ("Felix Amar, the mayor's lawyer, said no.", "Amar", "justice and police"),
        ("Felix Amar, a lawyer for the charity Open Hands, said no.", "Amar", "civil society"),
        # a relation counts only where nothing else is said
        ("Transport Minister Henrik Sand, a father of three, said no.", "Sand", "government"),
        ("Henrik Sand, a father of three, said no.", "Sand", "citizens"),
        # a student is not the university
        ("Lea Brook, a student at Tarn University, said the fees were high.", "Brook", "citizens"),
        # the president of a firm that no list knows is not a government's
        ("Ada Quill, president of Osterley Blue, said no.", "Quill", "unknown"),
        ("The head of the Workers' Federation, Ana Ruiz, said no.", "Ruiz", "civil society"),
    ],
)
def test_precedence(text: str, who: str, expected: str) -> None:
    assert sector(text, who) == expected


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Two people familiar with the matter said a deal was near.", "people"),
        ("Critics said it was late.", "Critics"),
        ("Ada Quill said it was late.", "Quill"),
        ("A source close to the talks said it was late.", "source"),
    ],
)
def test_what_no_list_knows_is_unknown(text: str, who: str) -> None:
    assert sector(text, who) == "unknown"


def test_a_document_has_no_sector() -> None:
    assert sector("A report by the water board said the dam was old.", "report") == "NA"


def test_an_organisation_is_known_by_what_the_article_calls_it() -> None:
    assert sector("Nimbrel, the chip designer, said it would move.", "Nimbrel") == "business"
    assert sector("The charity Osterly said it would help. Osterly said more.", "Osterly") == "civil society"


def test_an_outlet_is_media() -> None:
    assert sector("The Tarn Gazette reported that the bridge was shut.", "Gazette") == "media"


def test_a_party_tag_makes_a_member_of_parliament() -> None:
    assert sector("Ida Moss (D-Texas) said the bill would fail.", "Moss") == "parliament and parties"


def test_a_user_adds_titles_and_organisations(tmp_path: Path) -> None:
    text = "The grand factotum Ada Quill said no. A spokesman for Zorblat said yes."
    assert sector(text, "Quill") == "unknown"
    rows = "word,kind,sector\ngrand factotum,role,government\nZorblat,organisation,sport and culture\n"
    (tmp_path / "sectors.csv").write_text(rows)
    lists = load_lists(tmp_path)
    assert sector(text, "Quill", lists=lists) == "government"
    assert sector(text, "spokesman", lists=lists) == "sport and culture"


def test_a_user_cannot_invent_a_sector(tmp_path: Path) -> None:
    (tmp_path / "sectors.csv").write_text("word,kind,sector\nfactotum,role,nobility\n")
    with pytest.raises(ValueError, match="sector must be one of government"):
        load_lists(tmp_path)


@pytest.mark.parametrize(
    ("phrase", "kind", "sector", "organisation"),
    [
        ("a senior White House official", "post", "government", "government"),
        ("the federation's leader", "", "", "civil society"),
        ("secretary of state", "role", "government", ""),
        ("25 officials", "post", "government", ""),
        ("other terrorists", "role", "military and security", ""),
        ("tour firms", "", "", "business"),
        ("one of the people", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_phrases(phrase: str, kind: str, sector: str, organisation: str) -> None:
    reading = read_phrase(phrase, LISTS)
    assert (reading.kind, reading.sector, reading.organisation) == (kind, sector, organisation)


@pytest.mark.parametrize(
    ("text", "who", "expected"),
    [
        # what an organisation is for or about is not what its head is
        ("Ada Quill, head of the Commission for Tarn Prisoners, said no.", "Quill", "government"),
        ("One of the prisoners said no.", "prisoners", "citizens"),
        (
            "Bo Ranke, director of government programs for Halden Holdings Ltd, said no.",
            "Ranke",
            "business",
        ),
        ("Bo Ranke, president of the Tarn Retail Council, said no.", "Ranke", "business"),
        ("Ida Moss, provost of Tarn University, said no.", "Moss", "science and expertise"),
        ("The Justice Secretary, Ida Moss, said no.", "Moss", "government"),
        ("Ida Moss, the deputy speaker of the lower chamber, said no.", "Moss", "parliament and parties"),
        ("Protesters said they would stay.", "Protesters", "citizens"),
        ("“I did it,” Ida Moss said. Moss was charged with murder in the county court.", "Moss", "citizens"),
        ("Prosecutor Ida Moss said no. Moss was arrested in May.", "Moss", "justice and police"),
        (
            "Ida Moss, a former minister and a professor of law at Tarn University, said no.",
            "Moss",
            "science and expertise",
        ),
        ("Orvane’s lawyer said no.", "lawyer", "justice and police"),
        ("“It is late,” Ida Moss said. The curator is Ida Moss.", "Moss", "sport and culture"),
        (
            "A biologist who studies fish and their parasites, Ida Moss said no.",
            "Moss",
            "science and expertise",
        ),
        ("Ida Moss -- a striker for Tarn -- said no.", "Moss", "sport and culture"),
        ("Tarn Waterways Authority (TWA) head Ida Moss said no.", "Moss", "government"),
        ("Prosecutor Ida Moss left. Moss’s office said no.", "office", "justice and police"),
        ("Police agencies said no.", "agencies", "justice and police"),
    ],
)
def test_kinds_that_are_easily_confused(text: str, who: str, expected: str) -> None:
    assert sector(text, who) == expected


def sectors_of(*texts: str) -> pd.DataFrame:
    documents = pd.DataFrame({"doc_id": list("abcdefgh")[: len(texts)], "text": texts})
    return onrecord.analyse(documents).sources[["doc_id", "name", "sector", "is_sector_inferred"]]


PLAIN = "“We are late,” Ida Moss said."


def test_a_sector_is_taken_from_other_articles() -> None:
    found = sectors_of(PLAIN, "Ida Moss, the mayor of Tarn, said no.")
    assert found["sector"].tolist() == ["government", "government"]
    assert found["is_sector_inferred"].tolist() == [True, False]


def test_a_sector_is_not_inferred_where_articles_contradict() -> None:
    found = sectors_of(PLAIN, "Ida Moss, the mayor of Tarn, said no.", "Striker Ida Moss said no.")
    assert found["sector"].tolist() == ["unknown", "government", "sport and culture"]
    assert not found["is_sector_inferred"].any()


def test_inferring_sectors_twice_changes_nothing() -> None:
    documents = pd.DataFrame({"doc_id": ["a", "b"], "text": [PLAIN, "Ida Moss, the mayor of Tarn, said no."]})
    sources = onrecord.analyse(documents).sources
    again = onrecord.add_names(sources, documents)
    pd.testing.assert_frame_equal(again[sources.columns], sources)


@pytest.mark.parametrize(
    ("text", "who", "expected"),
    [
        ("Jo Tarn, the author of AB 1777, said the bill would pass.", "Tarn", "parliament and parties"),
        ("Jo Tarn, a writer for Kitewire, said the bill would pass.", "Tarn", "media"),
        ("Jo Tarn, a chef who lives in Halden, said the bill would pass.", "Tarn", "sport and culture"),
        ("Brig.-Gen. Omar Fell said the border was quiet.", "Fell", "military and security"),
        ("The director general of customs, Omar Fell, said trade rose.", "Fell", "government"),
        (
            "A press secretary for Attorney General Ida Moss said she would appeal.",
            "press",
            "justice and police",
        ),
        ("Norwegian leaders said the talks had failed.", "leaders", "government"),
        ("The Lamp Retailers Federation said sales fell.", "Lamp", "business"),
        ("The Lamp Workers Federation said wages fell.", "Lamp", "civil society"),
        ("The officer was hurt, KTLQ reported.", "KTLQ", "media"),
        ("Wei Oduya, a Kenyan living in Halden, said it was sad.", "Oduya", "citizens"),
        ("The hall shut early, said 70-year-old Wei Oduya.", "Oduya", "citizens"),
        (
            "Wei Oduya, Bo Ranke and Jo Tarn each pleaded guilty. “It was wrong,” Oduya said.",
            "Wei Oduya",
            "citizens",
        ),
        ("The clerk is played by Wei Oduya. “It was a joy,” Oduya said.", "Oduya", "sport and culture"),
        ("The Polizei said two men had been held.", "Polizei", "justice and police"),
    ],
)
def test_kinds_of_titles_and_organisations(text: str, who: str, expected: str) -> None:
    assert sector(text, who) == expected


def test_a_campaign_is_not_the_sector_of_an_office() -> None:
    text = "The Quist campaign has spent much. President Ada Quist said on Monday the vote was fair."
    assert sector(text, "Ada Quist") == "government"


def test_the_subject_of_the_next_clause_is_no_apposition() -> None:
    text = "They sold the hall to Wei Oduya, the Prosecutor's Office said. “I paid,” Oduya said."
    assert sector(text, "Wei Oduya") == "unknown"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ada Quist, a former prosecutor, was late. “I won,” said Ada Quist, the mayor of Tarn.",
            "government",
        ),
        (
            "Former Governor Ada Quist spoke on Monday. Quist's campaign has begun. “I am in,” Quist said.",
            "parliament and parties",
        ),
        ("Retired General Ada Quist said the troops would stay.", "military and security"),
        ("Writing in Kitewire, Ada Quist said the series was late.", "media"),
        (
            "Tarn beat Holme late. The teammates left the stadium, the goalkeeper wept and the fans"
            " sang. “The season is over,” Ada Quist said. A defender was hurt.",
            "sport and culture",
        ),
    ],
)
def test_what_somebody_is_now_counts_before_what_somebody_was(text: str, expected: str) -> None:
    assert sector(text, "Ada Quist") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Quist, head of currency research at Halden Bank, said it fell.", "science and expertise"),
        ("Ada Quist’s column in Kitewire was late. “Yes,” Quist said.", "media"),
    ],
)
def test_who_analyses_and_who_writes(text: str, expected: str) -> None:
    assert sector(text, "Ada Quist") == expected


def test_a_former_manager_of_a_firm_is_of_business() -> None:
    assert sector("Oxlow Energy shut it. A former Oxlow manager said it was late.", "manager") == "business"
