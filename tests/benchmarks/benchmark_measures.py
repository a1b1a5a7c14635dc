"""How fast the resampling is, and how often the intervals hold the truth: run by `make benchmark`."""

from __future__ import annotations

import time
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import onrecord
from onrecord.measures.intervals import difference_interval, ratio_interval, resample_sums


def clustered_corpus(rng: np.random.Generator, n_articles: int, share: float, alike: float) -> tuple:
    """Return hits and attributions of each article; `alike` is their correlation within an article."""
    n = rng.negative_binomial(2, 0.2, n_articles)  # 8 attributions an article on average, very uneven
    spread = (1 - alike) / alike
    hits = rng.binomial(n, rng.beta(share * spread, (1 - share) * spread, n_articles))
    return hits.astype(float), n.astype(float)


N_CORPORA = 2000  # so many give the coverage to half a point


@pytest.mark.parametrize("n_articles", [12, 24, 48, 200])
@pytest.mark.parametrize("share", [0.1, 0.3])
def test_intervals_hold_the_truth(n_articles, share):
    rng = np.random.default_rng(1)
    corpora = [clustered_corpus(rng, n_articles, share, alike=0.25) for _ in range(N_CORPORA)]
    intervals = np.array([ratio_interval(*corpus) for corpus in corpora])
    low, high = intervals[~np.isnan(intervals).any(axis=1)].T
    covered = np.mean((low <= share) & (share <= high))
    width = np.mean(high - low)
    print(f"\n{n_articles:4} articles, share {share:.0%}: covered {covered:.1%}, width {width:.2f}")
    assert 0.93 <= covered <= 0.97


@pytest.mark.parametrize("n_articles", [12, 24, 48, 200])
@pytest.mark.parametrize("shares", [(0.3, 0.3), (0.1, 0.3)])
def test_intervals_of_differences_hold_the_truth(n_articles, shares):
    rng = np.random.default_rng(2)
    covered = found = 0
    for _ in range(N_CORPORA):
        parts = []
        for share in shares:
            hits, base = clustered_corpus(rng, n_articles, share, alike=0.25)
            parts.append((hits.sum() / base.sum(), *ratio_interval(hits, base)))
        low, high, p = difference_interval(*parts)
        covered += low <= shares[0] - shares[1] <= high
        found += p < 0.05
    print(
        f"\n{n_articles:4} articles each, shares {shares[0]:.0%} and {shares[1]:.0%}: "
        f"covered {covered / N_CORPORA:.1%}, p below .05 in {found / N_CORPORA:.1%}"
    )
    assert 0.93 <= covered / N_CORPORA <= 0.975


def test_resampling_is_fast():
    sums = np.random.default_rng(1).integers(0, 20, (50_000, 6))
    start = time.perf_counter()
    resample_sums(sums)
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    np.random.default_rng(1).integers(50_000, size=(200, 50_000))
    reference = 10 * (time.perf_counter() - start)
    print(
        f"\n2,000 resamples of 50,000 articles: {seconds:.1f} s, {seconds / reference:.1f} times what numpy "
        "takes to draw the numbers"
    )


def test_measures_of_400_outlets():
    """Print how long each measure takes for 50,000 articles of 400 outlets."""
    analysis = large_analysis(50_000, 400)
    for name, measure in {
        "share_unnamed": lambda: onrecord.share_unnamed(analysis, by="outlet"),
        "share_each form": lambda: onrecord.share_each(analysis, "form", by="outlet"),
        "share_reasons": lambda: onrecord.share_reasons(analysis, by="outlet"),
        "share_flags": lambda: onrecord.share_flags(analysis, by="outlet"),
        "compare_shares": lambda: onrecord.compare_shares(onrecord.share_unnamed(analysis, by="outlet")),
        "diversity_of_speakers": lambda: onrecord.diversity_of_speakers(analysis, by="outlet"),
        "count_co_quoted": lambda: onrecord.count_co_quoted(analysis),
    }.items():
        start = time.perf_counter()
        table = measure()
        print(f"{name:20} {time.perf_counter() - start:5.1f} s, {len(table):,} rows")
        assert len(table)


def large_analysis(n_articles: int, n_outlets: int) -> SimpleNamespace:
    """Return the tables of a drawn corpus: five sources an article, three attributions each."""
    rng = np.random.default_rng(4)
    articles = np.repeat(np.arange(n_articles), 5)
    naming = rng.choice(["named", "anonymous", "unnamed", "collective", "institution"], len(articles))
    sources = pd.DataFrame({"doc_id": articles.astype(str), "source_id": np.tile(range(5), n_articles)})
    sources = sources.assign(
        form="person",
        naming=naming,
        name=pd.Series(np.char.add("v", rng.zipf(1.5, len(articles)).clip(0, 5000).astype(str))).where(
            naming == "named"
        ),
        marker=pd.Series("asked not to be named", range(len(articles))).where(naming == "anonymous"),
        reason=None,
        reason_class="none",
        n_attributions=3,
        n_words_quoted=10,
    )
    said = sources.loc[np.repeat(sources.index, 3), ["doc_id", "source_id"]].reset_index(drop=True)
    said = said.assign(attribution_id=said.groupby("doc_id").cumcount(), n_words_quoted=3)
    said["form"] = rng.choice(["direct", "mixed", "indirect"], len(said))
    outlets = np.char.add("outlet ", rng.integers(n_outlets, size=n_articles).astype(str))
    documents = pd.DataFrame({"doc_id": np.arange(n_articles).astype(str), "outlet": outlets})
    return SimpleNamespace(documents=documents, sources=sources, attributions=said)
