"""Krippendorff's own worked examples, sheets of texts, and scores as codings."""

import numpy as np
import pandas as pd
import pytest

from onrecord.evaluation.agreement import agreement, count_confusions
from onrecord.evaluation.coding_sheet import coding_sheet
from onrecord.evaluation.codings import codings_of


def codings(**coders: str) -> pd.DataFrame:
    """Codings, one row per coding; "." is a unit that the coder has not coded."""
    rows = [
        (item, coder, int(value) if value.isdigit() else value)
        for coder, values in coders.items()
        for item, value in enumerate(values.split())
        if value != "."
    ]
    return pd.DataFrame(rows, columns=["item_id", "coder", "tone"])


# Krippendorff 2011, sections A, B and C.
FOUR_CODERS = codings(
    A="1 2 3 3 2 1 4 1 2 . . .",
    B="1 2 3 3 2 2 4 1 2 5 . 3",
    C=". 3 3 3 2 3 4 2 2 5 1 .",
    D="1 2 3 3 2 4 4 1 2 5 1 .",
)


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_four_coders_with_missing_codings(level, alpha):
    assert agreement(FOUR_CODERS, level=level).alpha == pytest.approx(alpha, abs=0.0006)


def test_two_coders_two_values():
    found = agreement(codings(A="0 1 0 0 0 0 0 0 1 0", B="1 1 1 0 0 1 0 0 0 0"))
    assert found.alpha == pytest.approx(0.095, abs=0.0006)
    assert found.low < found.alpha < found.high
    assert (found.n_units, found.n_codings) == (10, 20)


def test_two_coders_five_values():
    found = agreement(codings(A="a a b b d c c c e d d a", B="b a b b b c c c e d d d"))
    assert found.alpha == pytest.approx(0.692, abs=0.0006)


def test_units_coded_once_count_for_nothing():
    twelfth = FOUR_CODERS[FOUR_CODERS["item_id"] == 11]
    assert len(twelfth) == 1
    assert agreement(FOUR_CODERS.drop(twelfth.index)).alpha == agreement(FOUR_CODERS).alpha
    assert (agreement(FOUR_CODERS).n_units, agreement(FOUR_CODERS).n_codings) == (11, 40)


def test_agreement_without_variation_or_units_is_unknown():
    assert np.isnan(agreement(codings(A="1 1 1", B="1 1 1")).alpha)
    assert np.isnan(agreement(codings(A="1 2 3")).alpha)
    assert np.isnan(agreement(pd.DataFrame({"item_id": [], "coder": [], "tone": []})).alpha)


def test_full_agreement_is_one():
    found = agreement(codings(A="1 2 1 2", B="1 2 1 2"))
    assert found.alpha == 1.0


def test_mistakes_are_named():
    with pytest.raises(ValueError, match="more than one coding of item"):
        agreement(pd.concat([FOUR_CODERS, FOUR_CODERS]))
    with pytest.raises(ValueError, match="level must be one of nominal, ordinal or interval, not 'ratio'"):
        agreement(FOUR_CODERS, level="ratio")
    with pytest.raises(ValueError, match="'coder'"):
        agreement(FOUR_CODERS.rename(columns={"coder": "who"}))


def test_confusions_by_hand():
    two = codings(A="negative neutral neutral positive .", B="negative neutral positive positive neutral")
    table = count_confusions(two, coders=("A", "B"))
    assert table.index.tolist() == table.columns.tolist() == ["negative", "neutral", "positive"]
    assert table.to_numpy().tolist() == [[1, 0, 0], [0, 1, 1], [0, 0, 1]]


def test_the_sample_hides_scores_and_comes_back_the_same():
    frame = pd.DataFrame(
        {
            "doc_id": [f"a{i}" for i in range(40)],
            "outlet": ["Post"] * 30 + ["Herald"] * 10,
            "text": [f"Sentence {i}." for i in range(39)] + [" "],
            "polarity": 0.5,
        }
    )
    drawn = coding_sheet(frame, 12, by="outlet")
    assert drawn.columns.tolist() == ["item_id", "doc_id", "text", "stratum", "weight", "tone"]
    assert drawn.groupby("stratum")["weight"].sum().to_dict() == {"Herald": 9, "Post": 30}
    assert drawn["item_id"].is_unique and drawn["item_id"].str.endswith("-0").all()
    assert drawn["tone"].isna().all()
    outlets = drawn["doc_id"].map(frame.set_index("doc_id")["outlet"])
    assert outlets.value_counts().to_dict() == {"Post": 6, "Herald": 6}
    pd.testing.assert_frame_equal(drawn, coding_sheet(frame, 12, by="outlet"))
    assert len(coding_sheet(frame, 100)) == 39


def test_equal_texts_at_equal_offsets_are_different_items():
    frame = pd.DataFrame({"doc_id": ["a", "b", "c"], "start": [0, 0, 5], "text": ["It rained."] * 3})
    item_ids = coding_sheet(frame, 3)["item_id"]
    assert item_ids.is_unique and item_ids.str.split("-").str[0].nunique() == 1


def test_scores_become_codings():
    frame = pd.DataFrame({"item_id": [1, 2, 3, 4]}).assign(
        polarity=pd.array([-0.3, 0.05, 0.4, pd.NA], dtype="Float64"),
        target_tone=pd.array(["negative", pd.NA, "positive", "neutral"], dtype="string"),
    )
    lexicon = codings_of(frame, coder="TextBlob", column="polarity", margin=0.1)
    assert lexicon["tone"].tolist() == ["negative", "neutral", "positive", "neutral"]
    model = codings_of(frame, coder="model", column="target_tone")
    assert model["tone"].tolist() == ["negative", pd.NA, "positive", "neutral"]
    assert agreement(pd.concat([lexicon, model])).n_units == 3
