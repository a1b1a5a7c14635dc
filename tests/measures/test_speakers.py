"""Voices: diversity, concentration, rarefaction, permutation and pairs, against hand counts and scipy."""

from __future__ import annotations

from math import comb
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare, entropy

import onrecord
from onrecord.measures.diversity import _chosen
from onrecord.measures.speakers import evenness, expected_speakers, gini, shannon, share_top_five, simpson


def corpus(rows: list[tuple[str, str, str | None, int]]) -> SimpleNamespace:
    """Return an analysis of rows (doc_id, outlet, name, n_attributions)."""
    table = pd.DataFrame(rows, columns=["doc_id", "outlet", "name", "n_attributions"])
    table["name"] = table["name"].astype("string")
    documents = table[["doc_id", "outlet"]].drop_duplicates("doc_id").reset_index(drop=True)
    documents["outlet"] = documents["outlet"].astype("string")
    return SimpleNamespace(documents=documents, sources=table.drop(columns="outlet"))


# Six articles: the Herald gives Ann three words in four, the Post gives three people one each.
ROWS = [
    ("h1", "Herald", "Ann", 2),
    ("h1", "Herald", "Bob", 1),
    ("h2", "Herald", "Ann", 1),
    ("h2", "Herald", None, 7),
    ("p1", "Post", "Ann", 1),
    ("p1", "Post", "Cyd", 1),
    ("p2", "Post", "Bob", 1),
]
counts = st.lists(st.integers(0, 30), min_size=1, max_size=12).filter(any)


def test_indices_as_counted_by_hand():
    table = onrecord.diversity_of_speakers(corpus(ROWS), by="outlet").set_index("outlet")
    herald, post = table.loc["Herald"], table.loc["Post"]
    assert (herald["n_articles"], herald["n_attributions"], herald["n_speakers"]) == (2, 4, 2)
    assert herald["shannon"] == pytest.approx(-0.75 * np.log(0.75) - 0.25 * np.log(0.25))
    assert herald["evenness"] == pytest.approx(0.8112781)  # the entropy of 3 : 1 in bits
    assert herald["simpson"] == pytest.approx(1 - 9 / 16 - 1 / 16)
    assert herald["share_most_quoted"] == 0.75
    assert post["shannon"] == pytest.approx(np.log(3)) and post["evenness"] == pytest.approx(1)
    assert np.isnan(herald["shannon_low"])  # two articles are too few


@given(counts)
def test_entropy_is_that_of_scipy(n):
    assert shannon(np.array([n], float))[0] == pytest.approx(entropy(n), abs=1e-9)


@given(counts)
def test_indices_keep_their_ranges(n):
    row = np.array([n], float)
    n_speakers = (row > 0).sum()
    assert -1e-9 <= simpson(row)[0] <= 1 - 1 / n_speakers + 1e-9
    assert -1e-9 <= gini(row)[0] <= 1 - 1 / n_speakers + 1e-9
    assert 0 < share_top_five(row)[0] <= 1
    assert np.isnan(evenness(row)[0]) if n_speakers == 1 else -1e-9 <= evenness(row)[0] <= 1 + 1e-9


@pytest.mark.parametrize(
    # Gini of 1, 2, 3, 4 is 1/4; of five equal ones 0; of one who has all but a trace, near 1 - 1/n.
    ("heard", "expected"),
    [([1, 2, 3, 4], 0.25), ([3, 3, 3, 3, 3], 0.0), ([0, 0, 1, 2, 3, 4], 0.25), ([1, 1, 1, 97], 0.72)],
)
def test_gini_of_worked_examples(heard, expected):
    assert gini(np.array([heard], float))[0] == pytest.approx(expected)


def test_lorenz_points():
    table = onrecord.diversity_of_speakers(corpus(ROWS), by="outlet", curve="lorenz")
    table = table.query("outlet == 'Herald'")
    assert table["share_of_speakers"].tolist() == [0, 0.5, 1]
    assert table["share_of_attributions"].tolist() == [0, 0.25, 1]
    # Twice the area between the diagonal and the curve is Gini's coefficient.
    area = np.trapezoid(table["share_of_attributions"], table["share_of_speakers"])
    assert 1 - 2 * area == pytest.approx(gini(np.array([[3.0, 1.0]]))[0])


def test_expected_speakers_by_hand_and_by_drawing():
    # Of 3 + 1 attributions two are drawn: both voices with the chance 1/2, so 1.5 voices are expected.
    assert expected_speakers(np.array([[3, 1]]), np.array([1, 2, 4]))[0] == pytest.approx([1, 1.5, 2])
    heard = np.array([9, 5, 3, 1, 1, 1])
    pool = np.repeat(np.arange(len(heard)), heard)
    rng = np.random.default_rng(1)
    drawn = np.mean([len(set(rng.choice(pool, 7, replace=False))) for _ in range(20_000)])
    assert expected_speakers(heard[None], np.array([7]))[0, 0] == pytest.approx(drawn, abs=0.02)


def test_rarefaction_ends_with_all_voices():
    table = onrecord.diversity_of_speakers(corpus(ROWS), by="outlet", curve="rarefaction")
    table = table.groupby("outlet").last()
    assert table["expected_speakers"].tolist() == pytest.approx([2, 3])
    assert table["n_attributions"].tolist() == [4, 3]


def many(n: int, voices: int, outlet: str) -> list[tuple]:
    """Return `n` articles of `outlet` that give the word to one of `voices` in turn, three times."""
    return [(f"{outlet}{i}", outlet, f"{i % voices}", 3) for i in range(n)]


def test_permutation_finds_what_is_there_and_not_what_is_not():
    same = onrecord.compare_speakers(corpus(many(30, 10, "A") + many(30, 10, "B")))
    assert same["difference"].iloc[0] == pytest.approx(0) and same["p_value"].iloc[0] == 1
    other = onrecord.compare_speakers(corpus(many(30, 30, "A") + many(30, 2, "B")))
    assert other["difference"].iloc[0] == pytest.approx(np.log(15)) and other["p_value"].iloc[0] < 0.01
    assert other[["n_articles_a", "n_articles_b"]].to_numpy().tolist() == [[30, 30]]


def test_the_differences_under_chance_are_a_table():
    made = corpus(many(30, 30, "A") + many(30, 2, "B"))
    null = onrecord.compare_speakers(made, exchanges_of=("A", "B"))["difference"]
    assert len(null) == 2000
    row = onrecord.compare_speakers(made).iloc[0]
    beyond = (null.abs() >= np.log(15) - 1e-9).sum()
    assert row["p_value"] == pytest.approx((beyond + 1) / 2001)
    with pytest.raises(ValueError, match="outlet must be one of A or B, not 'C'"):
        onrecord.compare_speakers(corpus(many(6, 3, "A") + many(6, 3, "B")), exchanges_of=("A", "C"))


def test_permutation_is_fair():
    # Where both outlets draw from the same voices, p below .1 should come a tenth of the time.
    rng = np.random.default_rng(3)
    p = []
    for _ in range(150):
        rows = [(f"{i}", "AB"[i % 2], f"{rng.integers(12)}", int(rng.integers(1, 6))) for i in range(24)]
        p.append(onrecord.compare_speakers(corpus(rows))["p_value"].iloc[0])
    assert 0.03 < np.mean(np.array(p) < 0.1) < 0.19


def test_too_few_articles_are_said_to_be_too_few():
    lone = corpus([*many(6, 3, "A"), ("x", "B", "Ann", 1), ("y", "C", None, 1)])
    table = onrecord.compare_speakers(lone).set_index(["group_a", "group_b"])["p_value"]
    assert table.isna().all()
    diversity = onrecord.diversity_of_speakers(lone, by="outlet").set_index("outlet")
    assert diversity["n_speakers"].tolist() == [3, 1, 0]
    assert np.isnan(diversity.loc["C", "shannon"]) and np.isnan(diversity.loc["B", "shannon_low"])
    assert diversity.loc["A", "shannon_low"] < diversity.loc["A", "shannon"]


def test_pairs_as_counted_by_hand():
    rows = [("1", "A", "Ann", 1), ("1", "A", "Bob", 1), ("2", "A", "Ann", 4), ("2", "A", "Bob", 1)]
    rows += [("3", "A", "Ann", 1), ("3", "A", "Cyd", 1)]
    pairs = onrecord.count_co_quoted(corpus(rows))
    assert pairs.to_numpy().tolist() == [["Ann", "Bob", 2, 3, 2, 2 / 3]]
    assert len(onrecord.count_co_quoted(corpus(rows), min_articles=1)) == 2


def test_pairs_of_equal_weight_stand_by_name():
    rows = [("1", "A", name, 1) for name in ("Bob", "Ann", "Cyd")]
    pairs = onrecord.count_co_quoted(corpus(rows), min_articles=1)
    assert sorted(map(tuple, pairs[["name_a", "name_b"]].to_numpy())) == [
        tuple(pair) for pair in pairs[["name_a", "name_b"]].to_numpy()
    ]
    assert len(pairs) == 3


def test_the_most_frequent_pair_stands_first_and_of_equal_ones_the_closest():
    together = {
        "1": ["Zoe", "Yan"],
        "2": ["Zoe", "Yan"],
        "3": ["Ann", "Bob"],
        "4": ["Ann"],
        "5": ["Cyd", "Dan"],
    }
    rows = [(article, "A", name, 1) for article, names in together.items() for name in names]
    pairs = onrecord.count_co_quoted(corpus(rows), min_articles=1)
    assert pairs[["name_a", "n_articles", "jaccard"]].to_numpy().tolist() == [
        ["Yan", 2, 1.0],
        ["Cyd", 1, 1.0],
        ["Ann", 1, 0.5],
    ]


def test_no_named_speaker_at_all():
    nobody = corpus([("1", "A", None, 1)])
    assert onrecord.count_co_quoted(nobody).empty
    assert onrecord.diversity_of_speakers(nobody, by="outlet", curve="lorenz").empty
    assert onrecord.diversity_of_speakers(nobody, curve="rarefaction").empty
    assert onrecord.diversity_of_speakers(nobody)["n_speakers"].tolist() == [0]


def test_unknown_names_are_refused():
    with pytest.raises(ValueError, match="index must be one of shannon"):
        onrecord.compare_speakers(corpus(ROWS), index="entropy")
    with pytest.raises(ValueError, match="correction must be one of holm"):
        onrecord.compare_speakers(corpus(ROWS), correction="none")


@pytest.mark.parametrize(("k", "n"), [(2, 5), (5, 6), (1, 4), (3, 3), (1, 300)])
def test_each_set_of_articles_is_chosen_equally_often(k, n):
    random = np.random.default_rng(4)
    chosen = np.concatenate([_chosen(random, k, n, 400) for _ in range(50)], axis=1)
    assert (chosen.sum(axis=0) == k).all()
    counts = np.unique(chosen, axis=1, return_counts=True)[1]
    assert len(counts) == comb(n, k)
    assert len(counts) == 1 or chisquare(counts).pvalue > 0.001
