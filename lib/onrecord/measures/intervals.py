"""Intervals: how far a figure would vary among articles like these.

Attributions of one article resemble each other, so an interval that treats them as independent is
too narrow. Whatever counts inside articles is therefore resampled by article: an article comes with
all its attributions or not at all. What counts articles themselves has Wilson's interval.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

SEED = 20230807
N_RESAMPLES = 2000
TOO_FEW = 5  # articles: below, a group is too small to say how far its figure would vary

_Z = NormalDist().inv_cdf(0.975)


def wilson_interval(n_hits: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of the share n_hits / n of n independent articles; NA for n = 0.

    Source: Wilson 1927; worked examples in Newcombe 1998, method 3.
    """
    if n == 0:
        return np.nan, np.nan
    share, z2 = n_hits / n, _Z**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z * np.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def resample_sums(sums: np.ndarray, n_resamples: int = N_RESAMPLES, seed: int = SEED) -> np.ndarray:
    """Return the column totals of `n_resamples` resamples of the articles (resamples x columns).

    `sums` has one row an article and one column a count; each resample draws as many articles as
    there are, with replacement. The order of the articles makes no difference to the result.
    """
    sums = np.asarray(sums, dtype=float)
    n = len(sums)
    sums = sums[np.lexsort(sums.T)]
    rng = np.random.default_rng(seed)
    chunk = max(1, 2**20 // n)
    totals = []
    for first in range(0, n_resamples, chunk):
        rows = min(chunk, n_resamples - first)
        drawn = rng.integers(n, size=(rows, n)) + np.arange(rows)[:, None] * n
        times = np.bincount(drawn.ravel(), minlength=rows * n).reshape(rows, n)
        totals.append(times @ sums)
    return np.concatenate(totals)


def ratio_interval(hits: np.ndarray, base: np.ndarray, *, is_share: bool = True) -> tuple[float, float]:
    """Return the 95 % interval of sum(hits) / sum(base), where each row is one article.

    The standard error is that of the resampled ratios; Student's t with one degree of freedom less
    than articles widens it for small corpora, and a share is taken on the logit scale, so that the
    interval keeps within 0 and 1. (In simulation with clustered attributions the plain percentile
    interval of 12 articles covers the truth 83 to 90 % of the time, this one 93 to 95 %.) A share
    of exactly 0 or 1 does not vary under resampling: it gets Wilson's interval over articles, the
    widest that clustering allows. Below five articles with a base the interval is NA.
    """
    used = base > 0
    hits, base = hits[used], base[used]
    n = len(base)
    if n < TOO_FEW:
        return np.nan, np.nan
    ratio = hits.sum() / base.sum()
    if is_share and ratio in (0.0, 1.0):
        return wilson_interval(round(ratio) * n, n)
    totals = resample_sums(np.column_stack([hits, base]))
    half = _student(n - 1) * np.std(totals[:, 0] / totals[:, 1]) * np.sqrt(n / (n - 1))
    if not is_share:
        return ratio - half, ratio + half
    logit, half = np.log(ratio / (1 - ratio)), half / (ratio * (1 - ratio))
    low, high = 1 / (1 + np.exp(-np.array([logit - half, logit + half])))
    return float(low), float(high)


def _student(df: int) -> float:
    """Return the .975 quantile of Student's t by its expansion around the normal (within .3 % from df 4)."""
    z = _Z
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + sum(term / df**power for power, term in enumerate(terms, 1))
