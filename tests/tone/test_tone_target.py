"""Tone toward a target: plain cases, names that must not matter and tables."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.tables import ATTRIBUTIONS, DOCUMENTS, SENTENCES, SOURCES, SPANS, as_table
from onrecord.tone.linear_model import LABELS, load_model, target_probabilities
from onrecord.tone.target_features import stem, surroundings, word_features
from onrecord.tone.targets import add_target_tone, share_target_tone, target_tone


def targets(*texts: str) -> pd.DataFrame:
    """One row per text; the target is between square brackets."""
    rows = [(text.replace("[", "").replace("]", ""), text.index("["), text.index("]") - 1) for text in texts]
    return pd.DataFrame(rows, columns=["text", "start", "end"])


PLAIN = [
    ("Critics accused [Lind] of corruption and lies.", "negative"),
    ("The court convicted [Lind] of fraud after a disastrous trial.", "negative"),
    ("Colleagues praised [Lind] as a brilliant and honest leader.", "positive"),
    ("[Lind] won the award and was applauded for her courage.", "positive"),
    ("[Lind] will meet the committee on Tuesday.", "neutral"),
    ("The meeting with [Lind] is scheduled for March.", "neutral"),
]


@pytest.mark.parametrize(("text", "tone"), PLAIN)
def test_plain_cases(text, tone):
    scored = add_target_tone(targets(text))
    assert scored["target_tone"].tolist() == [tone]
    assert 1 / 3 < scored["target_tone_probability"].iloc[0] <= 1


def test_targets_of_one_sentence_may_differ():
    scored = add_target_tone(
        targets("Voters love [Lind] and hate Berg.", "Voters love Lind and hate [Berg].")
    )
    shares = target_probabilities(list(scored[["text", "start", "end"]].itertuples(index=False, name=None)))
    assert shares[0, 2] > shares[1, 2]
    assert shares[0, 0] < shares[1, 0]


@pytest.mark.parametrize("name", ["Berg", "Okonkwo", "Sato", "Xx"])
def test_the_name_plays_no_part(name):
    for text, _ in PLAIN:
        one = add_target_tone(targets(text))
        other = add_target_tone(targets(text.replace("Lind", name)))
        assert one["target_tone_probability"].tolist() == other["target_tone_probability"].tolist()


def test_unusable_rows_stay_with_na():
    frame = pd.DataFrame(
        {
            "text": ["Lind won.", None, "Lind won.", "Lind won.", ""],
            "start": [0, 0, 4, 3, 0],
            "end": [4, 4, 99, 3, 0],
        },
        index=[5, 5, 1, 2, 3],
    )
    scored = add_target_tone(frame)
    assert scored.index.tolist() == [5, 5, 1, 2, 3]
    assert scored["target_tone"].isna().tolist() == [False, True, True, True, True]
    assert scored["target_tone_probability"].isna().tolist() == [False, True, True, True, True]
    assert add_target_tone(frame.iloc[:0]).columns.tolist() == [
        "text",
        "start",
        "end",
        "target_tone",
        "target_tone_probability",
    ]
    with pytest.raises(ValueError, match="'end'"):
        add_target_tone(frame[["text", "start"]])


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.text(min_size=1, max_size=10), st.text(max_size=80))
def test_any_text_has_a_tone(before, target, after):
    shares = target_probabilities([(before + target + after, len(before), len(before) + len(target))])
    assert shares.sum() == pytest.approx(1)
    assert np.isfinite(shares).all()


def test_long_texts_are_read_around_the_target():
    long = "word " * 200_000
    text = long + "Critics accused Lind of lies." + long
    start = text.index("Lind")
    assert (
        add_target_tone(pd.DataFrame({"text": [text], "start": [start], "end": [start + 4]}))["target_tone"]
        .notna()
        .all()
    )


def test_features_around_the_target():
    near = surroundings("Mr Berg was criticized by Lind’s 12 aides.", 26, 30)
    assert near.left == ["mr", "Xx", "was", "criticized", "by"]
    assert near.right == ["'", "s", "0", "aides", "."]
    found = word_features(near)
    assert "L2" + stem("criticized") in found["distance"]
    assert "criticized by TT '" in found["touching"]
    assert stem("criticises") == stem("criticised")


def test_the_model_loads_without_pickle_and_fits_its_size():
    model = load_model()
    assert model.linear.shape[1] == len(LABELS)
    assert np.isfinite(model.vectors).all()


def analysis() -> SimpleNamespace:
    text = "Lind won praise. “Berg is a corrupt liar,” Mara Lind said. He met Berg."
    pieces = ["Lind won praise.", "“Berg is a corrupt liar,” Mara Lind said.", "He met Berg."]
    quote = "“Berg is a corrupt liar,”"
    at = text.index(quote)
    return SimpleNamespace(
        documents=as_table({"doc_id": ["a"], "outlet": ["Post"], "text": [text]}, DOCUMENTS),
        sentences=as_table(
            [("a", i, 0, text.index(p), text.index(p) + len(p), p) for i, p in enumerate(pieces)], SENTENCES
        ),
        spans=as_table([("a", 0, "content", at, at + len(quote), quote)], SPANS),
        attributions=as_table(
            [("a", 0, "direct", "statement", quote, "said", "neutral", "Mara Lind", 0, True, 1.0, 5)],
            ATTRIBUTIONS,
        ),
        sources=as_table(
            {"doc_id": ["a"], "source_id": [0], "description": ["Mara Lind"], "name": ["Mara Lind"]}, SOURCES
        ),
    )


def test_mentions_with_who_speaks():
    found = target_tone(analysis(), {"Mara Lind": ["Mara Lind", "Lind"], "Berg": ["Berg"]})
    assert found[["name", "sentence_id", "voice"]].to_numpy().tolist() == [
        ["Mara Lind", 0, "narrator"],
        ["Berg", 1, "direct"],
        ["Mara Lind", 1, "narrator"],
        ["Berg", 2, "narrator"],
    ]
    text = analysis().documents["text"].iloc[0]
    assert [text[a:b] for a, b in zip(found["start"], found["end"], strict=True)] == [
        "Lind",
        "Berg",
        "Mara Lind",
        "Berg",
    ]
    assert found["speaker"].tolist() == [pd.NA, "Mara Lind", pd.NA, pd.NA]
    assert found["outlet"].tolist() == ["Post"] * 4
    assert found["target_tone"].iloc[1] == "negative"


def test_mentions_of_nobody():
    found = target_tone(analysis(), ["Okonkwo"])
    assert found.empty
    assert "target_tone" in found
    assert share_target_tone(found).empty
    with pytest.raises(ValueError, match="must be a list"):
        target_tone(analysis(), "Berg")


def test_shares_of_mentions():
    mentions = pd.DataFrame(
        {
            "doc_id": ["a", "a", "b", "b", "c"],
            "name": ["Lind", "Lind", "Lind", "Lind", "Berg"],
            "target_tone": ["negative", "negative", "neutral", "positive", "neutral"],
        }
    )
    found = share_target_tone(mentions)
    assert found["target_tone"].tolist() == [*LABELS, *LABELS]
    assert found["n_hits"].tolist() == [0, 1, 0, 2, 1, 1]
    assert found["n_mentions"].tolist() == [1, 1, 1, 4, 4, 4]
    assert found["low"].isna().all()  # too few articles
    assert found["share_of_mentions"].tolist() == [0, 1, 0, 0.5, 0.25, 0.25]
    assert found["n_articles"].tolist() == [1, 1, 1, 2, 2, 2]
