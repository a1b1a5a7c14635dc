"""What is not said, and who says it where a request of anonymity comes in between."""

from __future__ import annotations

import pandas as pd
import pytest

import onrecord
from onrecord.attributions.rules.not_attributions import without_deeds
from onrecord.records import Attribution
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists


def attributions(text: str) -> pd.DataFrame:
    return onrecord.analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]})).attributions


@pytest.mark.parametrize(
    "text",
    [
        "“The boiler is cracked,” a stoker, who asked not to be named, told the Tarn Post.",
        "“The boiler is cracked,” a stoker at the works, who declined to be identified, told the Tarn Post.",
        '"The boiler is cracked," one of the stokers, who requested anonymity, told the Tarn Post.',
        "“The boiler is cracked,” a stoker, who did not want to be named, said on Friday.",
    ],
)
def test_a_request_of_anonymity_is_not_the_cue(text):
    (row,) = attributions(text).itertuples()
    assert row.cue in ("told", "said") and "boiler" in row.text and "cracked" in row.text
    assert "stoker" in row.speaker and "named" not in row.text and row.form == "direct"


@pytest.mark.parametrize(
    "text",
    [
        "Owners could lose the licence if they fail to tell the council that they have moved.",
        "A rule would also punish anyone who says that the well is poisoned.",
        "The skipper forgot to mention that the net was torn.",
        "Two clerks neglected to report that the safe had been open.",
    ],
)
def test_what_nobody_said_is_no_attribution(text):
    assert attributions(text).empty


@pytest.mark.parametrize(
    "text",
    [
        "Someone who was on the pier said that the boat could sink.",
        "“The mast could fall,” someone said on the quay.",
    ],
)
def test_somebody_who_has_spoken_remains(text):
    assert attributions(text)["cue"].tolist() == ["said"]


def one(text: str, source: str, cue: str, content: str) -> Attribution:
    def span(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    return Attribution([span(content)], span(cue), span(source), "indirect", True, 0.8)


CONCLUSION = "Reed left the hall before the vote, indicating that the pact was over."
FAR = "Reed announced a vote and there was none, indicating that the pact was over."
TAG = "The vote was void, Reed recalled, suggesting that the pact was over."
SAID = "Reed said the vote was void, suggesting that the pact was over."


def test_a_conclusion_of_the_reporter_is_no_attribution():
    lists = load_lists()
    concluded = one(CONCLUSION, "Reed", "indicating", "that the pact was over")
    assert without_deeds(read_article(CONCLUSION), [concluded], lists) == []
    announced = one(FAR, "Reed", "announced", "a vote")
    concluded = one(FAR, "Reed", "indicating", "that the pact was over")
    assert without_deeds(read_article(FAR), [announced, concluded], lists) == [announced]
    recalled = one(TAG, "Reed", "recalled", "The vote was void")
    further = one(TAG, "Reed", "suggesting", "that the pact was over")
    assert without_deeds(read_article(TAG), [recalled, further], lists) == [recalled, further]
    said = one(SAID, "Reed", "said", "the vote was void")
    further = one(SAID, "Reed", "suggesting", "that the pact was over")
    assert without_deeds(read_article(SAID), [said, further], lists) == [said, further]
