"""How fast the resampling is, and how often the intervals hold the truth: run by `make benchmark`."""

from __future__ import annotations

import time

import numpy as np
import pytest

from onrecord.measures.intervals import ratio_interval, resample_sums


def clustered_corpus(rng: np.random.Generator, n_articles: int, share: float, alike: float) -> tuple:
    """Return hits and attributions of each article; `alike` is their correlation within an article."""
    n = rng.negative_binomial(2, 0.2, n_articles)  # 8 attributions an article on average, very uneven
    spread = (1 - alike) / alike
    hits = rng.binomial(n, rng.beta(share * spread, (1 - share) * spread, n_articles))
    return hits.astype(float), n.astype(float)


@pytest.mark.parametrize("n_articles", [12, 24, 48, 200])
@pytest.mark.parametrize("share", [0.1, 0.3])
def test_intervals_hold_the_truth(n_articles, share):
    rng = np.random.default_rng(1)
    corpora = [clustered_corpus(rng, n_articles, share, alike=0.25) for _ in range(1000)]
    intervals = np.array([ratio_interval(*corpus) for corpus in corpora])
    low, high = intervals[~np.isnan(intervals).any(axis=1)].T
    covered = np.mean((low <= share) & (share <= high))
    width = np.mean(high - low)
    print(f"\n{n_articles:4} articles, share {share:.0%}: covered {covered:.1%}, width {width:.2f}")
    assert 0.92 <= covered <= 0.98


def test_resampling_is_fast():
    sums = np.random.default_rng(1).integers(0, 20, (50_000, 6))
    start = time.perf_counter()
    resample_sums(sums)
    seconds = time.perf_counter() - start
    print(f"\n2,000 resamples of 50,000 articles: {seconds:.1f} s")
    assert seconds < 15
