"""Constructions of news English that the rules read: who speaks, what is said. One row per sentence."""

# ruff: noqa: E501 - one row per sentence reads better than a wrapped one

from __future__ import annotations

import pandas as pd
import pytest

from onrecord import analyse


def read(text: str) -> list[tuple[str, str | None, str]]:
    """Return (words, speaker as written, form) of each attribution, in text order."""
    table = analyse(pd.DataFrame({"doc_id": ["a"], "text": [text.replace("¶", "\n\n")]})).attributions
    return [
        (row.text, None if pd.isna(row.speaker) else row.speaker.strip(" ,"), row.form)
        for row in table.itertuples()
    ]


SPEAKERS = [
    # passives
    ("Lasse Brun was branded “a crook” by the treasurer.", "“a crook”", "the treasurer"),
    ("The bridge has been described as “a death trap” by engineers at the port.", "“a death trap”", "engineers at the port"),
    ("Ruben Vask, hailed by fans as “the king of the river”, has died.", "“the king of the river”", "fans"),
    ("She has been criticised for “hiding the bill”, and has left town.", "“hiding the bill”", None),
    # words passed on
    ("The Harbour Post quoted Ruben Vask as saying that the tunnel was dry.", "the tunnel was dry", "Ruben Vask"),
    ("“The tunnel is dry,” the Harbour Post quoted an engineer as saying.", "“The tunnel is dry,”", "an engineer"),
    ("Oda Fenn was quoted by the agency as saying there was no flour.", "there was no flour", "Oda Fenn"),
    ("The Sarn Times reported that the quay had sunk, citing a harbour official.", "that the quay had sunk", "a harbour official"),
    # phrases and nouns
    ("In the words of Oda Fenn, the quay was “a ruin”.", "the quay was “a ruin”", "Oda Fenn"),
    ("As per the harbour office, no ship may land after dark.", "no ship may land after dark", "the harbour office"),
    ("The tunnel has leaked since May, per Rosa Pell, who built it.", "The tunnel has leaked since May", "Rosa Pell"),
    ("According to the harbour wire, a castle steward said the duke was well.", "the duke was well", "a castle steward"),
    ("The vote came after a warning by officials that the dam could burst.", "the dam could burst", "officials"),
    ("Despite claims by the owner that the mill was safe, it was closed.", "the mill was safe", "the owner"),
    # relative clauses
    ("The Sarn Union, which in March said the pump was broken, has gone on strike.", "the pump was broken", "The Sarn Union, which"),
    ("Oda Fenn, who at a meeting on Friday stated the quay was dry, was sacked.", "the quay was dry", "Oda Fenn, who"),
    # tags at the end
    ("The bakery will open in July, says the owner.", "The bakery will open in July", "the owner"),
    ("The quay was wet, Ashby Mills admitted.", "The quay was wet", "Ashby Mills"),
    # addressees
    ("Oda Fenn, a former nurse, told the Valley Echo that the roof had moved.", "that the roof had moved", "Oda Fenn, a former nurse"),
    ("Rosa Pell told the court that a foreman had told her the beam was rotten.", "the beam was rotten", "a foreman"),
    # borders
    ("Bo Lind said his boat, which was built in Lunt, could be sunk.", "his boat, which was built in Lunt, could be sunk", "Bo Lind"),
    ("“It will take months,” said Mira Falk wearily.", "“It will take months,”", "Mira Falk"),
    # headlines
    ("Mill to close in June, says union¶The mill is old.", "Mill to close in June", "union"),
    ("Dam could burst within days: engineers¶The dam is old.", "Dam could burst within days", "engineers"),
    # datelines
    ("NEW SARN (OPS) — The dam will hold, Engineer Rosa Pell said on Tuesday.", "The dam will hold", "Engineer Rosa Pell"),
    ("SARN: Three boats sank when a quay broke, police said on Friday.", "Three boats sank when a quay broke", "police"),
    # marks
    ("“The mill is closed, said Oda Fenn.¶The board meets soon.", "“The mill is closed,", "Oda Fenn"),
    ("「The tunnel is wet,」 Ruben Vask said.", "「The tunnel is wet,」", "Ruben Vask"),
    ("´´The tunnel is wet,´´ Ruben Vask said.", "´´The tunnel is wet,´´", "Ruben Vask"),
    ("The sluice jammed in March.A carter from the quarry said the bell had failed.", "the bell had failed", "A carter from the quarry"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "speaker"), SPEAKERS)
def test_who_says_what(text, words, speaker):
    assert (words, speaker) in [row[:2] for row in read(text)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "“Get out of the mill!” Oda Fenn screamed.¶“I will not!” Ruben Vask shouted back.",
            [("“Get out of the mill!”", "Oda Fenn"), ("“I will not!”", "Ruben Vask")],
        ),
        (
            "Rosa Pell and Ruben Vask run the mill. Said Pell: “It is loud.” Added Vask: “It is cold.”",
            [("“It is loud.”", "Pell"), ("“It is cold.”", "Vask")],
        ),
        (
            "The judge asked Mr Vask: “Where were you?” He answered: “At home.”",
            [("“Where were you?”", "The judge"), ("“At home.”", "Mr Vask")],
        ),
    ],
)
def test_each_quotation_has_the_speaker_of_its_own_tag(text, said):
    assert [row[:2] for row in read(text)] == said


def test_the_terms_of_a_talk_are_not_what_was_said():
    text = (
        "“I wish the dam were new,” a senior clerk told the Post on condition that his name remained secret."
    )
    assert read(text) == [("“I wish the dam were new,”", "a senior clerk", "direct")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "The Lantern spoke with Rosa Pell, an engineer.¶LANTERN: How long will it last?¶"
            "PELL: Ten years, if nobody touches it.¶LANTERN: And then?¶PELL: Then we build a new one.",
            [("Ten years, if nobody touches it.", "PELL"), ("Then we build a new one.", "PELL")],
        ),
        (
            "[00:12:01] ODA FENN, HEAD OF THE PORT: The quay is shut until May.¶"
            "[00:12:40] ANA THULE, NURSE (through translator): We had ten beds.",
            [("The quay is shut until May.", "ODA FENN"), ("We had ten beds.", "ANA THULE")],
        ),
        (
            "Rosa Pell runs the mill. The Lantern met her by the river.¶**Why did you buy it?**¶"
            "I grew up beside it.¶**Will it pay?**¶We hope so.",
            [("I grew up beside it.", "Rosa Pell"), ("We hope so.", "Rosa Pell")],
        ),
        (
            "In a letter to the council, Oda Fenn wrote:¶I have asked three times. Nobody has answered me.¶"
            "The council meets on Monday.",
            [("I have asked three times. Nobody has answered me.", "Oda Fenn")],
        ),
    ],
)
def test_turns_and_block_quotations_are_direct_speech(text, said):
    assert read(text) == [(words, speaker, "direct") for words, speaker in said]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry imposed a tax on salt.",
        "The bakery has added a second oven and hired two cooks.",
        "Some might argue that the town is poor.",
        "Lasse Brun, known as “the Fox”, was caught.",
        "The lane is locally dubbed “the oven”.",
    ],
)
def test_deeds_names_and_hypotheticals_are_not_attributions(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Mara Hult said the “helpers” were paid by the owner.", "scare", "“helpers”"),
        ("The “amnesty” freed nobody.", "scare", "“amnesty”"),
        ("The word “haar” means fog.", "term", "“haar”"),
        ("The novel “Green Ice” sold well.", "title", "“Green Ice”"),
        ("Ilse, known as “Big Ship”, left the fair.", "nickname", "“Big Ship”"),
    ],
)
def test_the_kind_of_a_quoted_span(text, kind, words):
    analysis = analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    assert analysis.scare_quotes[["kind", "text"]].values.tolist() == [[kind, words]]
    assert set(analysis.attributions["form"]) <= {"indirect"}
