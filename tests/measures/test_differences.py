"""Differences between groups: Newcombe's worked examples, correction for many, and edge cases."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
import pytest

import onrecord
from onrecord.measures.intervals import difference_interval, wilson_interval
from onrecord.measures.multiple_comparisons import adjust_p_values
from small import small_analysis


def shares(groups: dict[str, tuple[int, int]]) -> pd.DataFrame:
    """Return shares of articles: group -> (articles with, articles)."""
    rows = [
        ("strict", name, hits, n, hits / n, *wilson_interval(hits, n)) for name, (hits, n) in groups.items()
    ]
    names = ["definition", "outlet", "n_hits", "n_articles", "share_of_articles", "low", "high"]
    return pd.DataFrame(rows, columns=names)[["outlet", "definition", *names[2:]]]


# Newcombe 1998, Interval estimation for the difference between independent proportions, table II,
# method 10 (without continuity correction).
@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_newcombes_examples(a, b, low, high):
    row = onrecord.compare_shares(shares({"A": a, "B": b})).iloc[0]
    assert (row["low"], row["high"]) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))
    assert row["difference"] == pytest.approx(a[0] / a[1] - b[0] / b[1])


@pytest.mark.parametrize("hits", range(0, 41, 5))
def test_p_is_below_5_per_cent_just_where_the_interval_leaves_out_0(hits):
    row = onrecord.compare_shares(shares({"A": (hits, 40), "B": (20, 40)})).iloc[0]
    assert (row["p_value"] < 0.05) == (row["low"] > 0 or row["high"] < 0)


def test_swapping_the_groups_turns_the_sign():
    low, high, p = map(float, difference_interval((0.3, 0.2, 0.45), (0.1, 0.05, 0.2)))
    turned = map(float, difference_interval((0.1, 0.05, 0.2), (0.3, 0.2, 0.45)))
    assert tuple(turned) == pytest.approx((-high, -low, p))


def test_holm_and_benjamini_hochberg_by_hand():
    p = np.array([0.01, 0.04, np.nan, 0.03, 0.005])
    # Holm: .005 x 4, .01 x 3, .03 x 2, then .04 x 1 raised to the value before.
    assert adjust_p_values(p).tolist() == pytest.approx([0.03, 0.06, np.nan, 0.06, 0.02], nan_ok=True)
    # Benjamini-Hochberg: p x 4 / rank, the least of those after.
    assert adjust_p_values(p, "benjamini-hochberg").tolist() == pytest.approx(
        [0.02, 0.04, np.nan, 0.04, 0.02], nan_ok=True
    )
    assert adjust_p_values(np.array([np.nan])).tolist() == pytest.approx([np.nan], nan_ok=True)


@pytest.mark.parametrize(
    ("measured", "label"),
    [
        (onrecord.share_unnamed, "definition"),
        (onrecord.share_reasons, "reason"),
        (onrecord.share_flags, "flag"),
        (partial(onrecord.share_each, column="form"), "form"),
        (partial(onrecord.share_each, column="cue_stance"), "cue_stance"),
    ],
)
def test_every_share_can_be_compared(measured, label):
    table = onrecord.compare_shares(measured(small_analysis(), by="outlet"))
    assert table.columns.tolist() == [
        *[label, "group_a", "group_b", "difference", "low", "high", "p_value", "p_adjusted"],
        *["n_articles_a", "n_articles_b"],
    ]
    assert set(table["group_a"]) == {"Herald"} and set(table["group_b"]) == {"Post"}
    if label != "flag":  # two articles each are too few to resample
        assert table["low"].isna().all() and table["p_value"].isna().all()


def test_one_group_has_nothing_to_compare():
    one = small_analysis()
    one.documents["outlet"] = "Herald"
    assert onrecord.compare_shares(onrecord.share_unnamed(one, by="outlet")).empty
    one.documents["outlet"] = pd.NA
    assert onrecord.compare_shares(onrecord.share_unnamed(one, by="outlet")).columns[0] == "definition"


def test_a_table_without_groups_is_refused():
    with pytest.raises(ValueError, match="shares must be a table of shares by group"):
        onrecord.compare_shares(onrecord.share_unnamed(small_analysis()))
