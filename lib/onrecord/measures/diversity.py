"""Diversity of voices: how varied and how unevenly heard the named sources of each group are."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from onrecord.measures.intervals import N_RESAMPLES, SEED, TOO_FEW, interval_around, resample_weights
from onrecord.measures.multiple_comparisons import corrected
from onrecord.measures.speakers import (
    CONCENTRATION,
    DIVERSITY,
    expected_voices,
    shannon,
    voices_by_group,
    voices_of,
)
from onrecord.measures.units import with_types

if TYPE_CHECKING:
    from onrecord.analysis import Analysis


def diversity_of_voices(analysis: Analysis, *, by: str | None = None) -> pd.DataFrame:
    """Return one row a group: how varied its named voices are, each index with a 95 % interval.

    Columns: `by` (if given), n_articles (with a named voice), n_attributions (to named voices),
    n_voices, then shannon (nats), evenness (0 to 1), simpson (0 to 1) and share_most_quoted (of
    attributions to named voices), each with _low and _high: resampled by article, NA below five
    articles. Entropy grows with the number of attributions: compare groups of unequal size by
    `rarefaction_of_voices`, and test a difference by `compare_voices`.

    Source: Shannon 1948; Pielou 1966; Simpson 1949.
    """
    return _index_table(analysis, DIVERSITY, by)


def concentration_of_voices(analysis: Analysis, *, by: str | None = None) -> pd.DataFrame:
    """Return one row a group: how unevenly the word is given among its named voices.

    Columns as in diversity_of_voices, with gini (0 to 1), share_most_quoted and share_top_five (of
    attributions to named voices). The points of the curve behind it: `lorenz_of_voices`.
    """
    return _index_table(analysis, CONCENTRATION, by)


def _index_table(analysis: Analysis, indices: tuple[Callable, ...], by: str | None) -> pd.DataFrame:
    rows = []
    for group, voices in voices_by_group(analysis, by):
        totals = np.asarray(voices.counts.sum(axis=0), dtype=float).reshape(1, -1)
        n_articles, n_voices = voices.counts.shape
        row = [group, n_articles, int(totals.sum()), n_voices]
        weight = np.asarray(voices.counts.sum(axis=1), dtype=float).ravel()
        resampled = [np.empty(0)] * len(indices)
        if n_articles >= TOO_FEW and n_voices:
            parts = [
                [index(sums) for index in indices]
                for sums in (_sums(weights, voices.counts) for weights in resample_weights(n_articles))
            ]
            resampled = [np.concatenate(part) for part in zip(*parts, strict=True)]
        for index, drawn in zip(indices, resampled, strict=True):
            value = float(index(totals)[0]) if n_voices else np.nan
            is_share = index is not shannon
            known = drawn[np.isfinite(drawn)]
            low, high = interval_around(np.array(value), known, weight, is_share=is_share)
            row += [value, float(low), float(high)]
        rows.append(row)
    columns = [by or "group", "n_articles", "n_attributions", "n_voices"]
    for index in indices:
        columns += [index.__name__, f"{index.__name__}_low", f"{index.__name__}_high"]
    table = pd.DataFrame(rows, columns=columns)
    return table if by else table.drop(columns="group")


def _sums(weights: np.ndarray, counts: csr_array) -> np.ndarray:
    return (weights @ counts).astype(float)


def lorenz_of_voices(analysis: Analysis, *, by: str | None = None) -> pd.DataFrame:
    """Return one row a group and voice, the least quoted first: the points of the Lorenz curve.

    Columns: `by` (if given), share_of_voices and share_of_attributions, both cumulative, 0 to 1; the
    first row of each group is (0, 0).
    """
    found = []
    for group, voices in voices_by_group(analysis, by):
        totals = np.sort(np.asarray(voices.counts.sum(axis=0)).ravel())
        if len(totals):
            heard = np.concatenate([[0], np.cumsum(totals) / totals.sum()])
            part = {"share_of_voices": np.linspace(0, 1, len(heard)), "share_of_attributions": heard}
            found.append(pd.DataFrame({by or "group": [group] * len(heard), **part}))
    columns = [by or "group", "share_of_voices", "share_of_attributions"]
    table = pd.concat(found, ignore_index=True) if found else with_types(pd.DataFrame(columns=columns))
    return table if by else table.drop(columns="group")


def rarefaction_of_voices(
    analysis: Analysis, *, by: str | None = None, n_points: int = 20, n_resamples: int = 400
) -> pd.DataFrame:
    """Return one row a group and number of attributions: how many voices so many attributions would have.

    Columns: `by` (if given), n_attributions (from 1 to all of the group's, `n_points` steps),
    expected_voices (drawn without replacement), low, high (95 %, resampled by article; NA below five
    articles). Groups of unequal size are compared where their curves have the same n_attributions.

    Source: Hurlbert 1971.
    """
    found = []
    for group, voices in voices_by_group(analysis, by):
        totals = np.asarray(voices.counts.sum(axis=0), dtype=float).reshape(1, -1)
        if not totals.size:
            continue
        n_articles = voices.counts.shape[0]
        steps = np.unique(np.linspace(1, totals.sum(), n_points).round())
        expected = expected_voices(totals, steps)[0]
        low = high = np.full(len(steps), np.nan)
        if n_articles >= TOO_FEW:
            drawn = np.concatenate(
                [_sums(w, voices.counts) for w in resample_weights(n_articles, n_resamples)]
            )
            # Of a resample smaller than the step, its own number of attributions is the most there is.
            resampled = expected_voices(drawn, np.minimum(steps, drawn.sum(axis=1, keepdims=True)))
            low, high = interval_around(expected, resampled, np.asarray(voices.counts.sum(axis=1)).ravel())
        part = {"n_attributions": steps.astype(int), "expected_voices": expected}
        part |= {"low": np.maximum(low, 0), "high": high}
        found.append(pd.DataFrame({by or "group": [group] * len(steps), **part}))
    columns = [by or "group", "n_attributions", "expected_voices", "low", "high"]
    table = pd.concat(found, ignore_index=True) if found else with_types(pd.DataFrame(columns=columns))
    return table if by else table.drop(columns="group")


class Permutation(NamedTuple):
    """A permutation test: the difference found, its two-sided p, and the differences that chance gave."""

    difference: float
    p_value: float
    null: pd.DataFrame  # one row an exchange of articles: difference


def compare_voices(
    analysis: Analysis, *, by: str = "outlet", index: str = "shannon", correction: str = "holm"
) -> pd.DataFrame:
    """Return one row a pair of groups: does the diversity of their voices differ more than by chance?

    `index` is shannon, evenness, simpson, share_most_quoted, share_top_five or gini. The test is that of
    permute_voices. Columns: group_a, group_b, difference (a less b), p_value, p_adjusted (`correction`:
    "holm" or "benjamini-hochberg"), n_articles_a, n_articles_b. p is NA where a group has fewer than
    five articles with a named voice.
    """
    groups = [(group, voices) for group, voices in voices_by_group(analysis, by) if not pd.isna(group)]
    rows = []
    for (a, in_a), (b, in_b) in combinations(groups, 2):
        found = _permuted(analysis, in_a.doc_ids, in_b.doc_ids, index)
        rows.append((a, b, found.difference, found.p_value, len(in_a.doc_ids), len(in_b.doc_ids)))
    columns = ["group_a", "group_b", "difference", "p_value", "n_articles_a", "n_articles_b"]
    table = pd.DataFrame(rows, columns=columns)
    table.insert(4, "p_adjusted", corrected(table["p_value"].to_numpy(dtype=float), correction))
    return table


def permute_voices(
    analysis: Analysis, a: str, b: str, *, by: str = "outlet", index: str = "shannon"
) -> Permutation:
    """Return the difference in the diversity of voices between groups `a` and `b`, held against chance.

    Whole articles are exchanged between the two groups at random, 2,000 times, so that the test holds for
    groups of unequal size and for attributions that come by the article. `index` as in compare_voices.
    """
    groups = dict(voices_by_group(analysis, by))
    for name in (a, b):
        if name not in groups:
            raise ValueError(f"no {by} {name!r}; take two of {', '.join(map(str, groups))}.")
    return _permuted(analysis, groups[a].doc_ids, groups[b].doc_ids, index)


def _permuted(analysis: Analysis, in_a: np.ndarray, in_b: np.ndarray, index: str) -> Permutation:
    known = {function.__name__: function for function in (*DIVERSITY, *CONCENTRATION)}
    if index not in known:
        raise ValueError(f"index={index!r}: take one of {', '.join(known)}.")
    measured = known[index]
    whole = voices_of(analysis)
    pooled = whole.counts[np.searchsorted(whole.doc_ids, np.concatenate([in_a, in_b]))]
    pooled = pooled[:, np.unique(pooled.indices)]
    totals = np.asarray(pooled.sum(axis=0), dtype=float).reshape(1, -1)

    def differences(first: np.ndarray) -> np.ndarray:
        one = _sums(first, pooled)
        return measured(one) - measured(totals - one)

    observed = np.zeros((1, len(in_a) + len(in_b)), np.float32)
    observed[0, : len(in_a)] = 1
    difference = float(differences(observed)[0]) if totals.size else np.nan
    if min(len(in_a), len(in_b)) < TOO_FEW:
        return Permutation(difference, np.nan, pd.DataFrame({"difference": pd.Series(dtype=float)}))
    rng = np.random.default_rng(SEED)
    orders = (rng.permuted(np.repeat(observed, 100, axis=0), axis=1) for _ in range(N_RESAMPLES // 100))
    drawn = np.concatenate([differences(order) for order in orders])
    # The order found is one of the possible ones (Phipson & Smyth 2010).
    extreme = np.sum(np.abs(drawn) >= abs(difference) - 1e-12) + 1
    return Permutation(difference, float(extreme / (len(drawn) + 1)), pd.DataFrame({"difference": drawn}))
