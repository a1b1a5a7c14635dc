"""Former holders of an office, "according to him", figures, and through whom the words came."""

from __future__ import annotations

import pandas as pd
import pytest

import onrecord


def analysed(text: str, outlet: str | None = "Weir Post") -> onrecord.Analysis:
    return onrecord.analyse(pd.DataFrame({"doc_id": ["a"], "text": [text], "outlet": [outlet]}))


def sources_of(text: str, words: str) -> pd.Series:
    """Return the source of the one attribution whose content has `words`."""
    analysis = analysed(text)
    said = analysis.attributions[analysis.attributions["text"].str.contains(words, regex=False)]
    assert len(said) == 1, analysis.attributions["text"].tolist()
    return analysis.sources.set_index("source_id").loc[said["source_id"].iloc[0]]


@pytest.mark.parametrize(
    ("text", "naming"),
    [
        (
            "Housing Minister Olaf Reed cut the grant.\n\n"
            "The former housing minister, who now chairs a bank, told Tarn Radio the cut was a blunder.",
            "identifiable",
        ),
        (
            "Transport Secretary Petra Voll opened the lock on Monday.\n\n"
            "The former transport secretary said the lock was a blunder.",
            "identifiable",
        ),
        (
            "The former mayor, Petra Voll, watched the lock.\n\n"
            "The former mayor said the lock was a blunder.",
            "named",
        ),
    ],
)
def test_the_holder_of_an_office_is_not_the_former_one(text, naming):
    assert sources_of(text, "blunder")["naming"] == naming


def test_according_to_him_is_the_one_who_has_just_spoken():
    text = (
        "Harbour master Olaf Reed opened the gate in March. Few people thanked Reed.\n\n"
        "“The hinge was rusty,” a welder told the Halm Herald. According to him, the gate was “never "
        "greased”."
    )
    assert sources_of(text, "never greased")["description"] == "a welder"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Figures from the Tarn Institute showed that thefts had risen.", "document"),
        ("Figures published by the Tarn Institute said that thefts had risen.", "document"),
        ("Senior figures in the guild said that thefts had risen.", "group"),
    ],
)
def test_figures_are_numbers_or_people(text, form):
    assert sources_of(text, "thefts")["form"] == form


def test_the_newspaper_is_the_one_named_last():
    text = (
        "The Halm Herald has seen the plan. Three engineers told the newspaper that the lock would leak. "
        "A fourth engineer told this newspaper that it was safe."
    )
    found = sources_of(text, "would leak")
    assert (found["relay"], found["relay_outlet"]) == ("other outlet", "Halm Herald")
    assert sources_of(text, "it was safe")["relay"] == "direct"


def test_an_official_of_an_office_has_its_sector():
    assert (
        sources_of("An aide in the mayor's office said the pump was old.", "pump")["sector"] == "government"
    )


@pytest.mark.parametrize(
    ("text", "is_own"),
    [
        ("The guild did not respond to questions from the Halm Herald.", False),
        ("The guild did not answer an email from the Weir Post.", True),
        ("The guild did not respond to questions.", True),
    ],
)
def test_who_had_asked(text, is_own):
    assert analysed(f"It rained. {text}").disclosures["is_own_request"].tolist() == [is_own]
