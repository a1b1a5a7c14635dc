"""Texts that end anywhere: a headline or a cut article ends with a verb, a comma or a preposition."""

from __future__ import annotations

import re

import pandas as pd
import pytest

import onrecord

CUT = [
    "Orla Fenn branded",
    "The mayor, Orla Fenn, termed",
    "The forecaster, who had warned",
    "The forecaster, who had warned him",
    "Ruben Vask, mocked by locals",
    "Ruben Vask, hailed by fans",
    "The clerk wrote, by",
    "Because he had told the Gazette,",
]
SENTENCES = [
    "The forecaster, who had warned the crew that the harbour would freeze, was mocked by locals as mad.",
    "Officials, citing two guards, said the pier, which the owner branded a trap, would close on Monday.",
    "“The lock leaks,” said Ilse Varn, who in May called the plan “a joke”, adding that nobody asked her.",
    "Asked why, Fenn told reporters in Suva, by letter, that she had been quoted as saying it was safe.",
    "The mill, Fenn said, will close; the clerk was told by the mayor, Ada Quill, that a union had agreed.",
    "It is understood that the aide, speaking on condition of anonymity because he feared for it, denied it.",
]


def spans_of(texts: list[str]) -> pd.DataFrame:
    documents = pd.DataFrame({"doc_id": [str(number) for number in range(len(texts))], "text": texts})
    analysis = onrecord.analyse(documents)
    assert len(analysis.documents) == len(texts)
    return analysis.spans


@pytest.mark.parametrize("text", CUT)
def test_a_text_that_ends_behind_a_verb_is_read(text):
    assert (spans_of([text])["start"] >= 0).all()


def test_a_text_may_be_cut_behind_or_before_every_token():
    texts = [""]
    for sentence in SENTENCES:
        for token in re.finditer(r"\w+|[^\w\s]", sentence):
            before, behind = sentence[: token.end()], sentence[token.start() :]
            texts += [before, f"{before},", behind, f"{before}\n\n{behind}"]
    spans = spans_of(texts)
    assert len(spans) > 200 and (spans["start"] < spans["end"]).all()
