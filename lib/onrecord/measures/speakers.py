"""Voices: the named sources of a corpus, how varied they are, how unevenly heard, and who is heard with whom.

A voice is one canonical name (see add_names), weighed by its attributions. Unnamed sources are left
out: nobody can tell whether the officials of two articles are the same. Say so beside the figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.special import gammaln, xlogy

from onrecord.measures.acts import counted
from onrecord.measures.units import groups_of

if TYPE_CHECKING:
    from onrecord.analysis import Analysis


class Voices(NamedTuple):
    """How often each article gives each voice the word (articles x voices), their names, the articles."""

    counts: csr_array
    names: np.ndarray
    doc_ids: np.ndarray


def voices_of(analysis: Analysis) -> Voices:
    """Return the counts of all articles that have a named voice, in the order of their ids."""
    analysis = counted(analysis)
    if hasattr(analysis, "voice_counts"):
        sources = analysis.voice_counts()
    else:
        sources = analysis.sources[["doc_id", "name", "n_attributions"]]
    sources = sources[sources["name"].notna()]
    article, doc_ids = pd.factorize(sources["doc_id"], sort=True)
    voice, names = pd.factorize(sources["name"], sort=True)
    weight = sources["n_attributions"].to_numpy(dtype=np.float32)
    counts = csr_array((weight, (article, voice)), shape=(len(doc_ids), len(names)))
    return Voices(counts, names.to_numpy(dtype=object), doc_ids.to_numpy(dtype=object))


def voices_by_group(analysis: Analysis, by: str | None) -> Iterator[tuple[object, Voices]]:
    """Yield each group with the counts of its own articles and voices; a group without any comes empty."""
    whole = voices_of(analysis)
    if by is None:
        yield "all", whole
        return
    groups = groups_of(analysis.documents, by)
    own = groups.reindex(whole.doc_ids)
    for group in sorted(groups.dropna().unique()) + [pd.NA] * bool(groups.isna().any()):
        rows = np.flatnonzero(own.isna() if pd.isna(group) else (own == group).fillna(False))
        counts = whole.counts[rows]
        heard = np.unique(counts.indices)
        yield group, Voices(counts[:, heard], whole.names[heard], whole.doc_ids[rows])


# -- indices: rows of counts of voices to one number a row -----------------------------------------


def shannon(counts: np.ndarray) -> np.ndarray:
    """Return Shannon's entropy in nats: 0 where one voice has all, ln(voices) where all have the same."""
    n = counts.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(n) - xlogy(counts, counts).sum(axis=1) / n


def evenness(counts: np.ndarray) -> np.ndarray:
    """Return Pielou's evenness, entropy / ln(voices), 0 to 1; NA for a single voice."""
    n_voices = (counts > 0).sum(axis=1)
    return shannon(counts) / np.log(np.where(n_voices > 1, n_voices, np.nan))


def simpson(counts: np.ndarray) -> np.ndarray:
    """Return Simpson's index: the chance that two attributions drawn at random have two voices."""
    with np.errstate(invalid="ignore"):
        return 1 - ((counts / counts.sum(axis=1, keepdims=True)) ** 2).sum(axis=1)


def share_most_quoted(counts: np.ndarray) -> np.ndarray:
    """Return the share of all attributions that the most quoted voice has."""
    with np.errstate(invalid="ignore"):
        return counts.max(axis=1) / counts.sum(axis=1)


def share_top_five(counts: np.ndarray) -> np.ndarray:
    """Return the share of all attributions that the five most quoted voices have."""
    with np.errstate(invalid="ignore"):
        return np.partition(counts, -min(5, counts.shape[1]), axis=1)[:, -5:].sum(axis=1) / counts.sum(axis=1)


def gini(counts: np.ndarray) -> np.ndarray:
    """Return Gini's coefficient among the voices heard: 0 where all are heard equally often."""
    ordered = np.sort(counts, axis=1)
    n_voices = (ordered > 0).sum(axis=1)
    # Voices not heard sort to the front and get no rank.
    rank = np.arange(1, counts.shape[1] + 1) - (counts.shape[1] - n_voices)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        weighted = (np.maximum(rank, 0) * ordered).sum(axis=1)
        return 2 * weighted / (n_voices * ordered.sum(axis=1)) - (n_voices + 1) / n_voices


DIVERSITY = (shannon, evenness, simpson, share_most_quoted)
CONCENTRATION = (gini, share_most_quoted, share_top_five)


def expected_voices(counts: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Return how many of the voices of each row of `counts` are expected among `n` of its attributions.

    `n` is one row of steps for all, or one a row. The result has a row a row of `counts`.
    """
    counts = np.asarray(counts, dtype=float)
    total = counts.sum(axis=1)[:, None]
    steps = np.broadcast_to(n, (len(counts), np.shape(n)[-1])).astype(float)
    found = np.zeros(steps.shape)
    for i in range(steps.shape[1]):
        m = steps[:, [i]]
        rest = total - counts
        with np.errstate(invalid="ignore"):
            log_missed = (
                gammaln(rest + 1) - gammaln(rest - m + 1) - gammaln(total + 1) + gammaln(total - m + 1)
            )
        missed = np.where(rest >= m, np.exp(np.where(rest >= m, log_missed, 0)), 0.0)
        found[:, i] = (1 - missed).sum(axis=1)
    return found
