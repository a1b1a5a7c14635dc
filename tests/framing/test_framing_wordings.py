"""Agentless passives, hedges, and the stance of reporting words."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.framing.wordings import wording_spans
from onrecord.text.sentences import split_sentences
from small import empty_analysis, small_analysis


def found(text: str) -> list[tuple[str, str]]:
    return [(kind, text[start:end]) for kind, start, end in wording_spans(text)]


@pytest.mark.parametrize(
    ("text", "passive"),
    [
        ("Two protesters were killed on Monday.", "were killed"),
        ("He has been badly beaten.", "been badly beaten"),
        ("The bill wasn’t passed.", "wasn’t passed"),
        ("They got arrested near the port.", "got arrested"),
        ("They’re held at the port.", "’re held"),
        ("The road was shut by Monday.", "was shut"),
        ("The road is being rebuilt by 2030.", "is being rebuilt"),
    ],
)
def test_agentless_passives(text, passive):
    assert found(text) == [("agentless passive", passive)]


@pytest.mark.parametrize(
    "text",
    [
        "Two protesters were killed by police.",
        "The road was shut on Monday, against all advice, by the county.",
        "She was tired and worried.",
        "He was born in Ellin.",
        "The shop is located near the port.",
        "Lunt’s printed speech was long.",
        "He had killed nobody.",
        "He’s made a deal.",
        "The river is wide.",
    ],
)
def test_what_is_no_agentless_passive(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("The minister reportedly left.", "reportedly"),
        ("It is understood that talks go on.", "It is understood"),
        ("Ministers are said to be nervous.", "are said"),
        ("The fire may have been laid.", "may have been"),
        ("The so-called reform came late.", "so-called"),
    ],
)
def test_hedges_are_no_passives_as_well(text, hedge):
    assert [row for row in found(text) if row[0] == "hedge"] == [("hedge", hedge)]
    assert ("agentless passive", hedge) not in found(text)


@given(st.text(max_size=200))
def test_any_text_gives_spans_within_it(text):
    for _, start, end in wording_spans(text):
        assert 0 <= start < end <= len(text)


def test_offsets_of_sentences_count_in_the_article():
    documents = pd.DataFrame(
        {"doc_id": ["a"], "text": ["Rain fell. Two men were held. They reportedly ran."]}
    )
    rows = onrecord.find_wordings(split_sentences(documents))
    assert [documents["text"][0][r.start : r.end] for r in rows.itertuples()] == ["were held", "reportedly"]


def test_rates_by_hand():
    documents = pd.DataFrame(
        {"doc_id": ["a", "b"], "outlet": ["A", "B"], "text": ["Two men were held. " * 5, "Rain fell " * 10]}
    )
    table = onrecord.rate_wordings(documents, documents, by="outlet").set_index(["outlet", "kind"])
    row = table.loc[("A", "agentless passive")]
    assert (row["n_hits"], row["n_words"], row["rate_per_1000_words"]) == (5, 20, 250)
    assert table.loc[("B", "hedge"), "rate_per_1000_words"] == 0
    assert table["low"].isna().all()


def test_stance_by_naming_by_hand():
    analysis = small_analysis()
    analysis.attributions["cue_stance"] = pd.array(
        ["neutral", "distancing", "neutral", "neutral", "neutral", pd.NA], dtype="string"
    )
    table = onrecord.share_stance(analysis, source="naming", min_attributions=1).set_index(
        ["naming", "cue_stance"]
    )
    assert table.loc[("named", "neutral"), ["n_hits", "n_attributions", "n_articles"]].tolist() == [2, 2, 2]
    assert table.loc[("unnamed", "distancing"), "share_of_attributions"] == 1
    assert "spokesperson" not in table.index.get_level_values(0)  # its cue is not in the list
    by_outlet = onrecord.share_stance(analysis, by="outlet", min_attributions=2)
    assert by_outlet[["outlet", "name"]].drop_duplicates().to_numpy().tolist() == [["Herald", "Ann Reed"]]
    assert onrecord.share_stance(empty_analysis(), by="outlet").empty


def test_cues_by_hand():
    table = onrecord.count_cues(small_analysis(), by="outlet")
    assert table[["outlet", "cue", "n_attributions", "n_articles"]].to_numpy().tolist() == [
        ["Herald", "said", 4, 2],
        ["Post", "said", 2, 1],
    ]
    assert table["share_of_attributions"].tolist() == [1, 1]


def test_words_of_ones_own_are_counted_with_their_dispersion():
    documents = pd.DataFrame(
        {
            "doc_id": ["a", "b", "c"],
            "outlet": ["Post", "Post", "Star"],
            "text": ["The strike, the strikers: a strike.", "Nine words of rain on the quay and mud.", None],
        }
    )
    rates = onrecord.rate_wordings(documents, documents, by="outlet", words=["strike", "strik*"])
    assert rates[["outlet", "kind", "n_hits", "n_articles", "n_articles_with"]].values.tolist() == [
        ["Post", "strike", 2, 2, 1],
        ["Post", "strik*", 3, 2, 1],
        ["Star", "strike", 0, 0, 0],
        ["Star", "strik*", 0, 0, 0],
    ]
    # 2 of 15 words; all in an article of 6 of the 15 words: DP = (|1 - 6/15| + |0 - 9/15|) / 2.
    first = rates.iloc[0]
    assert first["rate_per_1000_words"] == pytest.approx(1000 * 2 / 15)
    assert first["dispersion"] == pytest.approx(9 / 15) and pd.isna(rates["dispersion"].iloc[2])
    with pytest.raises(ValueError, match="contains no word"):
        onrecord.rate_wordings(documents, documents, words=["*"])
