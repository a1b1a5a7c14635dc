"""Diversity of speakers.

How varied and how unevenly quoted the named sources of each group are.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from onrecord.choices import require_choice
from onrecord.measures.intervals import N_RESAMPLES, SEED, TOO_FEW, interval_around, resample_weights
from onrecord.measures.multiple_comparisons import adjust_p_values
from onrecord.measures.speakers import INDICES, Speakers, expected_speakers, speakers_by_group, speakers_of
from onrecord.measures.units import with_types

if TYPE_CHECKING:
    from onrecord.analysis import Analysis
    from onrecord.measures.countable import Countable

_UNBOUNDED = ("shannon",)  # all other indices are shares: their interval keeps within 0 and 1
_EXCHANGES_AT_ONCE = 40  # exchanges of articles in memory together
_ROUNDING = 1e-12  # differences this much smaller count as equal


def diversity_of_speakers(
    analysis: Analysis | Countable,
    *,
    by: str | None = None,
    curve: str | None = None,
    n_points: int = 20,
    n_resamples: int = 400,
) -> pd.DataFrame:
    """Diversity and concentration of named sources, or a curve of them.

    One row per group; of a curve one row per group and point.

    Columns: `by` (if given), n_articles (with a named source), n_attributions (to named sources),
    n_speakers; then of diversity shannon (nats, 0 and more), evenness (0 to 1) and simpson (0 to 1), of
    concentration gini (0 to 1), share_most_quoted and share_top_five (0 to 1, of attributions to named
    sources), each with _low and _high (95%): resampled by article, NA below five articles. An index is NA
    without a named source. Entropy grows with the number of attributions: compare groups of unequal size
    by curve="rarefaction", and test a difference by compare_speakers.

    curve="lorenz", the curve behind gini: `by` (if given), share_of_speakers and share_of_attributions,
    both cumulative, 0 to 1, the least quoted speaker first; the first row of each group is (0, 0).

    curve="rarefaction", the speakers expected in a sample of attributions: `by` (if given),
    n_attributions (from 1 to all of the group's, in `n_points` steps), expected_speakers (drawn without
    replacement), low, high (95%, resampled by article `n_resamples` times; NA below five articles).
    Groups of unequal size are compared where their curves have the same n_attributions.

    A curve has no row of a group without a named source. Draw it with plot_curves.

    Raises ValueError for another `curve`.

    Source: Shannon 1948; Pielou 1966; Simpson 1949; Gini 1912; Lorenz 1905; Hurlbert 1971.

    >>> diversity = onrecord.diversity_of_speakers(analysis, by="outlet")
    >>> diversity[["outlet", "n_attributions", "n_speakers"]].values.tolist()
    [['Clear Signal', 8, 5], ['Orvane Press Service', 10, 7]]
    >>> curve = onrecord.diversity_of_speakers(analysis, curve="rarefaction")
    >>> curve["expected_speakers"].iloc[[0, -1]].round(1).tolist()
    [1.0, 9.0]
    """
    require_choice("curve", curve, (None, "lorenz", "rarefaction"))
    if curve == "lorenz":
        return _lorenz(analysis, by)
    if curve == "rarefaction":
        return _rarefaction(analysis, by, n_points, n_resamples)
    rows = []
    for group, speakers in speakers_by_group(analysis, by):
        totals = np.asarray(speakers.counts.sum(axis=0), dtype=float).reshape(1, -1)
        n_articles, n_speakers = speakers.counts.shape
        row = [group, n_articles, int(totals.sum()), n_speakers]
        weight = np.asarray(speakers.counts.sum(axis=1), dtype=float).ravel()
        resampled = [np.empty(0)] * len(INDICES)
        if n_articles >= TOO_FEW and n_speakers:
            parts = [
                [index(sums) for index in INDICES.values()]
                for sums in (_sums(weights, speakers.counts) for weights in resample_weights(n_articles))
            ]
            resampled = [np.concatenate(part) for part in zip(*parts, strict=True)]
        for (name, index), drawn in zip(INDICES.items(), resampled, strict=True):
            value = float(index(totals)[0]) if n_speakers else np.nan
            known = drawn[np.isfinite(drawn)]
            low, high = interval_around(np.array(value), known, weight, is_share=name not in _UNBOUNDED)
            row += [value, float(low), float(high)]
        rows.append(row)
    columns = [by or "group", "n_articles", "n_attributions", "n_speakers"]
    columns += [f"{name}{end}" for name in INDICES for end in ("", "_low", "_high")]
    table = pd.DataFrame(rows, columns=columns)
    return table if by else table.drop(columns="group")


def _sums(weights: np.ndarray, counts: csr_array) -> np.ndarray:
    return (weights @ counts).astype(float)


def _lorenz(analysis: Analysis | Countable, by: str | None) -> pd.DataFrame:
    curves = []
    for group, speakers in speakers_by_group(analysis, by):
        totals = np.sort(np.asarray(speakers.counts.sum(axis=0)).ravel())
        if len(totals):
            heights = np.concatenate([[0], np.cumsum(totals) / totals.sum()])
            part = {"share_of_speakers": np.linspace(0, 1, len(heights)), "share_of_attributions": heights}
            curves.append(pd.DataFrame({by or "group": [group] * len(heights), **part}))
    columns = [by or "group", "share_of_speakers", "share_of_attributions"]
    table = pd.concat(curves, ignore_index=True) if curves else with_types(pd.DataFrame(columns=columns))
    return table if by else table.drop(columns="group")


def _rarefaction(
    analysis: Analysis | Countable, by: str | None, n_points: int, n_resamples: int
) -> pd.DataFrame:
    curves = []
    for group, speakers in speakers_by_group(analysis, by):
        totals = np.asarray(speakers.counts.sum(axis=0), dtype=float).reshape(1, -1)
        if not totals.size:
            continue
        n_articles = speakers.counts.shape[0]
        steps = np.unique(np.linspace(1, totals.sum(), n_points).round())
        expected = expected_speakers(totals, steps)[0]
        low = high = np.full(len(steps), np.nan)
        if n_articles >= TOO_FEW:
            weights = resample_weights(n_articles, n_resamples)
            drawn = np.concatenate([_sums(part, speakers.counts) for part in weights])
            # A resample smaller than the step has all of its own attributions drawn.
            resampled = expected_speakers(drawn, np.minimum(steps, drawn.sum(axis=1, keepdims=True)))
            low, high = interval_around(expected, resampled, np.asarray(speakers.counts.sum(axis=1)).ravel())
        part = {"n_attributions": steps.astype(int), "expected_speakers": expected}
        part |= {"low": np.maximum(low, 0), "high": high}
        curves.append(pd.DataFrame({by or "group": [group] * len(steps), **part}))
    columns = [by or "group", "n_attributions", "expected_speakers", "low", "high"]
    table = pd.concat(curves, ignore_index=True) if curves else with_types(pd.DataFrame(columns=columns))
    return table if by else table.drop(columns="group")


def compare_speakers(
    analysis: Analysis | Countable,
    *,
    by: str = "outlet",
    index: str = "shannon",
    correction: str = "holm",
    exchanges_of: tuple[str, str] | None = None,
) -> pd.DataFrame:
    """Differences in the diversity of speakers between groups, tested by permutation.

    One row per pair of groups; with `exchanges_of` one row per exchange of articles.

    `index` is shannon, evenness, simpson, gini, share_most_quoted or share_top_five. Whole articles are
    exchanged between two groups at random, 2,000 times, so that the test is valid for groups of unequal
    size and for attributions that are clustered in articles. `correction` is "holm" or
    "benjamini-hochberg".

    Columns: group_a, group_b, difference (a less b), p_value, p_adjusted, n_articles_a, n_articles_b
    (with a named source). p is NA where a group has fewer than five articles with a named source.

    `exchanges_of`, a pair of groups, gives the differences under chance instead. Its one column is
    difference; the table is empty where a group has fewer than five articles with a named source. Draw it
    with plot_bins, with the observed difference.

    Raises ValueError for an unknown index, and for a group that does not occur.

    Source: Phipson & Smyth 2010 for p.

    >>> onrecord.compare_speakers(analysis)[["group_a", "group_b"]].values.tolist()
    [['Clear Signal', 'Orvane Press Service']]
    >>> len(onrecord.compare_speakers(analysis, exchanges_of=("Clear Signal", "Orvane Press Service")))
    2000
    """
    if exchanges_of is not None:
        return _exchanges(analysis, exchanges_of, by, index)
    require_choice("index", index, INDICES)
    corpus = speakers_of(analysis)
    found = speakers_by_group(analysis, by, corpus)
    groups = [(group, speakers) for group, speakers in found if group is not pd.NA]
    rows = []
    for (a, in_a), (b, in_b) in combinations(groups, 2):
        difference, null = _permuted(corpus, in_a.doc_ids, in_b.doc_ids, index)
        p = _p_value(difference, null)
        rows.append((a, b, difference, p, len(in_a.doc_ids), len(in_b.doc_ids)))
    columns = ["group_a", "group_b", "difference", "p_value", "n_articles_a", "n_articles_b"]
    table = pd.DataFrame(rows, columns=columns)
    table.insert(4, "p_adjusted", adjust_p_values(table["p_value"].to_numpy(dtype=float), correction))
    return table


def _exchanges(analysis: Analysis | Countable, pair: tuple[str, str], by: str, index: str) -> pd.DataFrame:
    a, b = pair
    corpus = speakers_of(analysis)
    groups = dict(speakers_by_group(analysis, by, corpus))
    for name in (a, b):
        require_choice(by, name, groups)
    require_choice("index", index, INDICES)
    _, null = _permuted(corpus, groups[a].doc_ids, groups[b].doc_ids, index)
    return pd.DataFrame({"difference": null})


def _permuted(corpus: Speakers, in_a: np.ndarray, in_b: np.ndarray, index: str) -> tuple[float, np.ndarray]:
    """The observed difference, and those under chance.

    There are none where a group is too small.
    """
    measured = INDICES[index]
    pooled = corpus.counts[np.searchsorted(corpus.doc_ids, np.concatenate([in_a, in_b]))]
    pooled = pooled[:, np.unique(pooled.indices)]
    totals = np.asarray(pooled.sum(axis=0), dtype=float).reshape(1, -1)

    of_speaker = pooled.T

    def differences(is_first: np.ndarray) -> np.ndarray:
        sums = np.ascontiguousarray((of_speaker @ is_first.astype(np.float32)).T, dtype=float)
        return measured(sums) - measured(totals - sums)

    observed = np.arange(len(in_a) + len(in_b))[:, None] < len(in_a)
    difference = float(differences(observed)[0]) if totals.size else np.nan
    if min(len(in_a), len(in_b)) < TOO_FEW:
        return difference, np.empty(0)
    rng = np.random.default_rng(SEED)
    batches = range(N_RESAMPLES // _EXCHANGES_AT_ONCE)
    exchanges = (_chosen(rng, len(in_a), len(observed), _EXCHANGES_AT_ONCE) for _ in batches)
    return difference, np.concatenate([differences(is_first) for is_first in exchanges])


def _chosen(rng: np.random.Generator, k: int, n: int, times: int) -> np.ndarray:
    """Which k of n articles are chosen at random.

    One row per article, one column per choice.

    Each article is drawn with the same chance, about k / n. Then articles are added or taken away at random
    until k are chosen. So each set of k is equally probable, as after a shuffle, which takes much longer.
    """
    numbers = rng.integers(0, 2**64, size=n * times // 8 + 1, dtype=np.uint64)  # eight draws each
    chosen = numbers.view(np.uint8)[: n * times].reshape(n, times) < min(round(k / n * 256), 255)
    for column, surplus in enumerate((np.add.reduce(chosen, axis=0, dtype=np.int64) - k).tolist()):
        while surplus:
            others = rng.choice(n, min(n, 4 * abs(surplus)), replace=False)
            others = others[chosen[others, column] == (surplus > 0)][: abs(surplus)]
            chosen[others, column] = surplus < 0
            surplus += len(others) if surplus < 0 else -len(others)
    return chosen


def _p_value(difference: float, null: np.ndarray) -> float:
    """Two-sided p of `difference`; the observed order is one of the possible ones.

    NA without `null`.
    """
    extreme = np.sum(np.abs(null) >= abs(difference) - _ROUNDING) + 1
    return float(extreme / (len(null) + 1)) if len(null) else np.nan
