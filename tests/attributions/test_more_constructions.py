"""Further constructions: dialogue, viewpoints, inner speakers, labels of transcripts, what is not said."""

# ruff: noqa: E501 - one row per sentence reads better than a wrapped one

from __future__ import annotations

import pandas as pd
import pytest

from onrecord import analyse, load_lists


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


def named(text: str) -> list[tuple[str, str | None, str | None]]:
    """Return (words, name of the source, relay outlet) of each attribution."""
    found = analysed(text)
    sources = found.sources.set_index("source_id")
    rows = []
    for row in found.attributions.itertuples():
        source = None if pd.isna(row.source_id) else sources.loc[row.source_id]
        cell = [None if source is None or pd.isna(source[c]) else source[c] for c in ("name", "relay_outlet")]
        rows.append((row.text, *cell))
    return rows


SPEAKERS = [
    # viewpoints
    ("By Oda Fenn’s reckoning, the tunnel will flood in a week.", "the tunnel will flood in a week", "Oda Fenn"),
    ("The tunnel, in Oda Fenn’s words, is “a sieve”.", "“a sieve”", "Oda Fenn"),
    ("The tunnel, in the words of its builder, Ruben Vask, was “a gift”.", "“a gift”", "its builder"),
    ("To Ruben Vask, the tunnel was “a gift to the town”.", "“a gift to the town”", "Ruben Vask"),
    # nouns at the beginning of a sentence
    ("Complaints from tenants that the lift was stuck were ignored.", "the lift was stuck", "tenants"),
    # agents with an apposition
    ("The crew was told by the pilot, Mira Falk, that the buoy was lost.", "the buoy was lost", "the pilot"),
    ("The works, dubbed “a money pit” by shopkeepers, were stopped.", "“a money pit”", "shopkeepers"),
    # relative clauses
    ("The harbour league, which in a letter called the toll “theft”, has sued.", "“theft”", "The harbour league, which"),
    ("Bo Lind (who told us the beam was rotten) has moved away.", "the beam was rotten", "Bo Lind (who"),
    # somebody else's words within a sentence
    ("Oda Fenn rebuked Ruben Vask for calling the flood “a puddle”.", "“a puddle”", "Ruben Vask"),
    ("Local papers say a carter claims the bell was stolen.", "the bell was stolen", "a carter"),
    # tags
    ("The tunnel, Mira Falk said, was older than the town.", "The tunnel … was older than the town", "Mira Falk"),
    ("The toll will rise, argues Bo Lind in a letter to members.", "The toll will rise", "Bo Lind"),
    ("The toll will rise, a memo seen by the Lantern shows.", "The toll will rise", "a memo seen by the Lantern"),
    ("“Heave!” the bosun bellowed as the mast went over.", "“Heave!”", "the bosun"),
    ("“The mast is gone,” said Bo Lind.“We cut it.”It sank at once.", "“The mast is gone,” … “We cut it.”", "Bo Lind"),
    # clauses
    ("The guild said the bread was stale, and that the flour was grey.", "the bread was stale, and that the flour was grey", "The guild"),
    ("Asked about the mast, Bo Lind admitted to the court that he had cut it.", "he had cut it", "Bo Lind"),
    # datelines and marks that are never closed
    ("Lower Sarn, Iceland — The toll will rise, Bo Lind said on Friday.", "The toll will rise", "Bo Lind"),
    ('"We cut the mast, skipper Bo Lind told reporters. "It had to go," he added.', '"We cut the mast,', "skipper Bo Lind"),
    # a sign and its words
    ("The notice on the gate reads:¶> No carts. No geese.¶Nobody heeds it.", "No carts. No geese.", "The notice on the gate"),
    ("“I never saw a mast.”¶— Mira Falk, pilot¶“I cut it.”¶— Bo Lind, skipper", "“I cut it.”", "Bo Lind"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "speaker"), SPEAKERS)
def test_who_says_what(text, words, speaker):
    assert (words, speaker) in read(text)


def test_the_speakers_of_a_dialogue_alternate():
    text = "“Is the bridge far?” Mira Falk asked.¶“An hour,” said the carter.¶“That far?”¶“With a cart.”"
    assert read(text) == [
        ("“Is the bridge far?”", "Mira Falk"),
        ("“An hour,”", "the carter"),
        ("“That far?”", "Mira Falk"),
        ("“With a cart.”", "the carter"),
    ]


def test_a_long_quotation_goes_on_with_what_its_speaker_said():
    long = "And it will be shut until the spring, because nobody in the whole of Sarn has ordered a new beam."
    text = f"“The bridge is shut,” said Mira Falk.¶“For how long?” asked Bo Lind.¶“{long}”"
    assert (f"“{long}”", "Mira Falk") not in read(text)


TRANSCRIPTS = [
    (
        "DR. PELL-ROSSI: The fever came by boat.¶MR. LIND: Whose boat?¶DR. PELL-ROSSI: Yours, sir.¶MR. LIND: Mine is sunk.",
        [("The fever came by boat.", "Pell-Rossi"), ("Whose boat?", "Lind"), ("Yours, sir.", "Pell-Rossi"), ("Mine is sunk.", "Lind")],
    ),
    (
        "TAM FALK, HOST: Good evening.¶BO LIND (I), MAYOR OF SARN: The toll is fair.¶FALK: Is it?¶LIND: It is.",
        [("The toll is fair.", "Bo Lind"), ("It is.", "Bo Lind")],
    ),
    (
        "We met the luthier Oda Fenn.¶Ash or elm?¶OF: Elm. I like the smell.¶Day or night?¶OF: Night. I sleep badly.",
        [("Elm. I like the smell.", "Oda Fenn"), ("Night. I sleep badly.", "Oda Fenn")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), TRANSCRIPTS)
def test_labels_of_transcripts_name_persons(text, said):
    assert [row[:2] for row in named(text)] == said


def test_headings_in_capitals_are_not_speakers():
    text = (
        "SAILING IN: The pilots met in Sarn this week and went home by boat.¶The inn was full.¶The cook was ill."
        "¶TOLL TALKS: The board sits on Friday and will hear the guild."
    )
    assert not {"SAILING IN", "TOLL TALKS"} & {speaker for _, speaker in read(text)}


RELAYS = [
    ("Citing two pilots, the Sarn Herald said the buoy was lost.", "Sarn Herald"),
    ("“The buoy is lost,” Mira Falk was quoted as saying by the Sarn Herald.", "Sarn Herald"),
    ("In an interview with the Morning Wire, Mira Falk said the buoy was lost.", "Morning Wire"),
    ("Mira Falk, speaking on Channel Six, called the loss “a scandal”.", "Channel Six"),
]


@pytest.mark.parametrize(("text", "outlet"), RELAYS)
def test_the_outlet_between_is_the_relay(text, outlet):
    assert [relay and relay.removeprefix("the ") for *_, relay in named(text)] == [outlet]


@pytest.mark.parametrize(
    "text",
    [
        "Some would argue that the mill is ugly.",
        "If the guild says no, the mill will be sold.",
        "This story has been corrected. An earlier version said the mill was sold.",
        "The views expressed are the author’s own and do not reflect those of the paper.",
    ],
)
def test_what_nobody_said_is_left_out(text):
    assert read(text) == []


def test_a_nickname_is_not_among_the_words_said():
    words = " ".join(words for words, _ in read("Rosa Pell, nicknamed “the Anchor”, said she would sail."))
    assert "Anchor" not in words


def test_the_hearer_does_not_lend_a_role():
    (row,) = named("“Sit down,” the usher told Mr Pell.")
    assert row[1] is None


def test_a_no_break_space_is_a_blank():
    plain = "The mill will close, Oda Fenn said on Monday. “It leaks,” said Bo Lind."
    spaced = (
        plain.replace("Oda Fenn", "Oda\u00a0Fenn")
        .replace("It leaks", "It\u202fleaks")
        .replace("Bo L", "Bo\u2009L")
    )
    assert [row[1] for row in named(spaced)] == ["Oda Fenn", "Bo Lind"]
    assert read(spaced)[1][0] == "“It\u202fleaks,”"


def test_a_verb_of_the_user_s_is_read(tmp_path):
    verbs = "verb,forms,kinds\nyodel,yodels;yodelled;yodelled;yodelling,say;clause;rescue;letter\n"
    (tmp_path / "reporting_verbs.csv").write_text(verbs, encoding="utf-8")
    text = "Oda Fenn yodelled:\n\nI shall not leave the mill.\n\nThe mill is old."
    table = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    words = [list(analyse(table, lists=lists).attributions["text"]) for lists in (None, load_lists(tmp_path))]
    assert words == [[], ["I shall not leave the mill."]]
