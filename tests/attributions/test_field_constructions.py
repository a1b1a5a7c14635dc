"""Constructions of newsrooms: courts, impersonal passives, standpoints, names that look like other words."""

# ruff: noqa: E501 - one row per sentence reads better than a wrapped one

from __future__ import annotations

import pandas as pd
import pytest

from onrecord import analyse


def analysed(text: str):
    return analyse(
        pd.DataFrame({"doc_id": ["a"], "text": [text.replace("¶", "\n\n")], "outlet": ["The Sarn Lantern"]})
    )


def read(text: str) -> list[tuple[str, str | None]]:
    """Return (words, speaker as written) of each attribution."""
    return [
        (row.text, None if pd.isna(row.speaker) else row.speaker.strip(" ,"))
        for row in analysed(text).attributions.itertuples()
    ]


FOUND = [
    # standpoints
    ("As the miller Ove Strand once put it, a weir is a wager.", "a weir is a wager", "the miller Ove Strand"),
    ("The talks are over, as one envoy put it.", "The talks are over", "one envoy"),
    ("As far as Ida Korp is concerned, the barn can be let in May.", "the barn can be let in May", "Ida Korp"),
    ("The guild’s position is that each gate was locked.", "each gate was locked", "The guild"),
    ("“A wet rag,” in the words of one publican.", "“A wet rag,”", "one publican"),
    # impersonal passives
    ("It is believed the sluice gave way.", "the sluice gave way", "It"),
    ("He was later said by colleagues to have been asleep.", "to have been asleep", "colleagues"),
    ("The skipper was told by the lighthouse to turn.", "to turn", "the lighthouse"),
    # courts
    ("The court heard that Rusk had left the yard at nine.", "Rusk had left the yard at nine", None),
    ("The levy was void, a tribunal heard on Monday.", "The levy was void", None),
    # verbs of naming
    ("The reeve, Ilse Vorn, branded the wait “shameful” on Monday.", "“shameful”", "The reeve"),
    ("Hitting back, Ada Moss termed the charge baseless.", "the charge baseless", "Ada Moss"),
    # where the subject is
    ("Not all agree: Bera Nyqvist, an ecologist, cautions that the tank was small.", "the tank was small", "Bera Nyqvist, an ecologist"),
    ("Contacted by the Post, the mayor of Sarn, Gwil Parr, said he had left.", "he had left", "the mayor of Sarn"),
    ("The memo, seen by the Post, says: “You were warned.”", "“You were warned.”", "The memo, seen by the Post"),
    ("Lars Wessel, a convicted poacher, said the Hall plan makes two sorts of tenants.", "the Hall plan makes two sorts of tenants", "Lars Wessel, a convicted poacher"),
    ("The papers say the driver told officers: “I slept.”", "“I slept.”", "the driver"),
    ("The weir, said Orla Fenn, will close in May.", "The weir … will close in May", "Orla Fenn"),
    ("What worries him most, said the vet, Ari Pons, is that the cows are thirsty.", "What worries him most … is that the cows are thirsty", "the vet"),
    ("The forecaster, who had warned of frost and who was mocked for it, has retired.", "frost", "The forecaster, who"),
    # verbs
    ("Farmer Lew Odden reckons the critics have short memories.", "the critics have short memories", "Farmer Lew Odden"),
    ("The bus will stop at noon, the council confirm.", "The bus will stop at noon", "the council"),
    # a passed-on clause with its source
    ("Fines are being weighed, the Echo reported on Friday, citing people close to the board.", "Fines are being weighed", "people close to the board"),
    # first names that are other words elsewhere
    ("Per Lindholt, who runs the ferry, said it would sail.", "it would sail", "Per Lindholt, who runs the ferry"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "speaker"), FOUND, ids=[text[:40] for text, _, _ in FOUND])
def test_words_and_their_speaker(text, words, speaker):
    assert (words, speaker) in [(w.removeprefix("that "), s) for w, s in read(text)]


NOT_FOUND = [
    ("The firm was asked for comment. The union has been approached for a response.", "comment"),
    ("Some will say the wall is too high.", "the wall is too high"),
    ("The club signed a striker from Velm and fouled twice.", "a striker"),
    ("The reeve has refused to be drawn on whether the toll will stay.", "whether the toll will stay"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), NOT_FOUND, ids=[text[:40] for text, _ in NOT_FOUND])
def test_what_is_not_an_attribution(text, words):
    assert all(words not in found for found, _ in read(text))


def test_a_time_is_not_the_source_of_an_impersonal_passive():
    found = analysed("It was announced last month that the choir would join the guild of singers.")
    sources = found.sources.set_index("source_id")
    [row] = found.attributions.itertuples()
    assert row.speaker == "It" and sources.loc[row.source_id, "form"] == "none"


def test_first_names_that_open_a_sentence():
    sources = analysed("Will Pendry said the tower leaned. May Osterby said it did not.").sources
    assert list(sources["name"]) == ["Will Pendry", "May Osterby"]
    assert "Will" not in "".join(analysed("Will Pendry resign? A clerk said no.").sources["name"].fillna(""))


def test_a_heading_in_capitals_is_not_a_speaker():
    text = (
        "PELL: “The dam is full.” — remarks on Monday. ¶ THE FACTS: The dam is half empty. It was measured in May. ¶ "
        "PELL: “Nobody was hurt.” — remarks on Tuesday. ¶ THE FACTS: Two people were hurt."
    )
    assert {speaker for _, speaker in read(text)} == {"PELL"}


def test_the_outlet_that_asks_is_not_a_source():
    text = (
        "The Lantern: You grew up on a barge. What was that like? ¶ Wim Oosten: Damp. My father caulked it. ¶ "
        "The Lantern: Do you miss it? ¶ Wim Oosten: Never."
    )
    assert {speaker for _, speaker in read(text)} == {"Wim Oosten"}


def test_a_cue_that_no_list_has_introduces_a_statement_only_where_it_is_sure():
    found = analysed("The party, which was capable of anything, met on Monday. “We won,” said Ada Moss.")
    assert list(found.attributions[found.attributions["act"] == "statement"]["speaker"]) == ["Ada Moss"]
