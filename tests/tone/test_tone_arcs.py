"""Tone by voice, source, part, headline and month, on tables small enough to score by hand."""

from types import SimpleNamespace

import pandas as pd
import pytest

from onrecord import voices
from onrecord.measures.means import mean_tone
from onrecord.tables import ATTRIBUTIONS, DOCUMENTS, SENTENCES, SOURCES, SPANS, as_table
from onrecord.tone import arcs

# good .7, terrible -1, great .8 (each alone in its voice)
TEXT = (
    "The terrible plan failed, he said. “It is good,” Lee said. Officials said it was “great news” for all."
    "\n\nThe end."
)
CONTENTS = [
    ("The terrible plan failed", "indirect", 0),
    ("“It is good,”", "direct", 1),
    ("it was “great news” for all", "mixed", None),
]


def span(text: str, piece: str) -> tuple[int, int]:
    start = text.index(piece)
    return start, start + len(piece)


def analysis() -> SimpleNamespace:
    documents = as_table(
        {
            "doc_id": ["a", "b"],
            "outlet": ["Post", pd.NA],
            "headline": ["Terrible end", pd.NA],
            "text": [TEXT, pd.NA],
        },
        DOCUMENTS,
    )
    spans, attributions = [], []
    for number, (piece, form, source) in enumerate(CONTENTS):
        spans.append(("a", number, "content", *span(TEXT, piece), piece))
        attributions.append(
            ("a", number, form, "statement", piece, "said", "neutral", "x", source, True, 1.0, 2)
        )
    spans.append(("a", 1, "cue", *span(TEXT, "said"), "said"))
    sources = {
        "doc_id": ["a", "a"],
        "source_id": [0, 1],
        "description": ["he", "Lee"],
        "name": [pd.NA, "Lee"],
        "naming": ["unclear", "named"],
    }
    pieces = [
        "The terrible plan failed, he said.",
        "“It is good,” Lee said.",
        "Officials said it was “great news” for all.",
        "The end.",
    ]
    sentences = [("a", i, 0 if i < 3 else 1, *span(TEXT, piece), piece) for i, piece in enumerate(pieces)]
    return SimpleNamespace(
        documents=documents,
        sentences=as_table(sentences, SENTENCES),
        spans=as_table(spans, SPANS),
        attributions=as_table(attributions, ATTRIBUTIONS),
        sources=as_table(sources, SOURCES),
    )


def test_voices_cover_the_text():
    spans = voices.voice_spans(TEXT, [(*span(TEXT, piece), form, source) for piece, form, source in CONTENTS])
    assert "".join(TEXT[start:end] for *_, start, end in spans) == TEXT
    assert [TEXT[a:b] for voice, _, a, b in spans if voice == 1] == ["“It is good,”", "“great news”"]
    assert [TEXT[a:b] for voice, _, a, b in spans if voice == 2] == [
        "The terrible plan failed",
        "it was ",
        " for all",
    ]
    assert voices.voice_spans("", []) == []


def test_tone_by_voice():
    found = arcs.tone_within(analysis()).set_index("voice")
    assert found.loc["direct", "polarity"] == pytest.approx((0.7 + 0.8) / 2)
    assert found.loc["indirect", "polarity"] == pytest.approx((-1 - 0.5) / 2)  # terrible, failed
    assert found["polarity"].isna().to_dict() == {"narrator": True, "direct": False, "indirect": False}
    assert found["n_words"].to_dict() == {"narrator": 8, "direct": 5, "indirect": 8}
    assert found["outlet"].tolist() == ["Post"] * 3


def test_tone_by_source_is_that_of_its_words():
    found = arcs.tone_within(analysis(), by="source")
    assert found["description"].tolist() == ["he", "Lee"]
    assert found["polarity"].tolist() == [pytest.approx(-0.75), pytest.approx(0.7)]


def test_tone_along():
    found = arcs.tone_within(analysis(), by="part", n_parts=2)
    assert found["part"].tolist() == [1, 2]
    assert found["polarity"].tolist() == [pytest.approx((-1 - 0.5 + 0.7) / 3), pytest.approx(0.8)]
    assert found["n_scored"].tolist() == [3, 1]


def test_headline_against_body():
    found = arcs.tone_within(analysis(), by="headline")
    assert len(found) == 1
    assert found["headline_polarity"].tolist() == [-1.0]
    assert found["difference"].tolist() == [pytest.approx(-1 - (-1 - 0.5 + 0.7 + 0.8) / 4)]


def test_with_and_without_topic_words():
    documents = as_table({"doc_id": ["a"], "outlet": ["Post"]}, DOCUMENTS)
    frame = pd.DataFrame({"doc_id": ["a", "a"], "text": ["A good war.", "A dead man."]})
    found = arcs.compare_topic_words(frame, documents)
    assert found["scored_by"].tolist() == ["all words", "no topic words"]
    assert found["mean_polarity"].tolist() == pytest.approx([(0.7 - 0.2) / 2, 0.7])
    assert found["n_texts"].tolist() == [2, 1]


def test_tone_over_time_has_one_row_per_outlet_and_month():
    documents = as_table(
        {
            "doc_id": [f"d{i}" for i in range(8)],
            "outlet": ["Post"] * 6 + ["Herald"] * 2,
            "published": pd.to_datetime(["2024-01-05"] * 5 + ["2024-02-01"] + ["2024-01-09"] * 2, utc=True),
        },
        DOCUMENTS,
    )
    frame = documents[["doc_id"]].assign(polarity=[0.1, 0.2, 0.3, 0.4, 0.5, -1.0, 0.5, pd.NA])
    found = mean_tone(frame, documents, by=["outlet", "month"])
    assert found[["outlet", "month"]].to_numpy().tolist() == [
        ["Herald", "2024-01"],
        ["Post", "2024-01"],
        ["Post", "2024-02"],
    ]
    assert found["mean_polarity"].tolist() == pytest.approx([0.5, 0.3, -1.0])
    assert found["low"].isna().tolist() == [True, False, True]


def test_an_empty_analysis_has_empty_tables():
    empty = SimpleNamespace(
        **{
            name: as_table([], schema)
            for name, schema in zip(
                ["documents", "sentences", "spans", "attributions", "sources"],
                [DOCUMENTS, SENTENCES, SPANS, ATTRIBUTIONS, SOURCES],
                strict=True,
            )
        }
    )
    assert arcs.tone_within(empty).columns.tolist() == [
        "doc_id",
        "outlet",
        "voice",
        "n_words",
        "polarity",
        "subjectivity",
        "n_scored",
    ]
    assert arcs.tone_within(empty, by="part").empty
    assert arcs.tone_within(empty, by="source").empty
    assert arcs.tone_within(empty, by="headline").empty
