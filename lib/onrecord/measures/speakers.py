"""Speakers.

The named sources of a corpus, how varied they are, and how unevenly they are quoted.

A speaker is one canonical name (see add_names), weighed by its attributions. Unnamed sources are left
out: it is not known whether the officials of two articles are the same. Say so beside the figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.special import gammaln, xlogy

from onrecord.measures.countable import Countable
from onrecord.measures.in_memory import countable
from onrecord.measures.units import groups_of

if TYPE_CHECKING:
    from onrecord.analysis import Analysis


class Speakers(NamedTuple):
    """Attributions to each speaker in each article, with names and articles."""

    counts: csr_array
    names: np.ndarray
    doc_ids: np.ndarray


def speakers_of(analysis: Analysis | Countable) -> Speakers:
    """Counts of all articles that have a named source, in the order of their ids."""
    sources = countable(analysis).speaker_counts()
    article, doc_ids = pd.factorize(sources["doc_id"], sort=True)
    speaker, names = pd.factorize(sources["name"], sort=True)
    weight = sources["n_attributions"].to_numpy(dtype=np.float32)
    counts = csr_array((weight, (article, speaker)), shape=(len(doc_ids), len(names)))
    return Speakers(counts, names.to_numpy(dtype=object), doc_ids.to_numpy(dtype=object))


def speakers_by_group(
    analysis: Analysis | Countable, by: str | None, corpus: Speakers | None = None
) -> Iterator[tuple[object, Speakers]]:
    """Yield each group with the counts of its articles and speakers.

    The counts are empty where it has none. `corpus` is what speakers_of returns, if it is known.
    """
    corpus = speakers_of(analysis) if corpus is None else corpus
    if by is None:
        yield "all", corpus
        return
    groups = groups_of(analysis.documents, by)
    group_of_row = groups.reindex(corpus.doc_ids)
    for group in sorted(groups.dropna().unique()) + [pd.NA] * bool(groups.isna().any()):
        is_member = group_of_row.isna() if pd.isna(group) else (group_of_row == group).fillna(False)
        rows = np.flatnonzero(is_member)
        counts = corpus.counts[rows]
        quoted = np.unique(counts.indices)
        yield group, Speakers(counts[:, quoted], corpus.names[quoted], corpus.doc_ids[rows])


# -- indices: rows of counts of speakers to one number per row -------------------------------------


def shannon(counts: np.ndarray) -> np.ndarray:
    """Shannon's entropy in nats.

    0 for one speaker, ln(speakers) where all are quoted equally often.
    """
    n = counts.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(n) - xlogy(counts, counts).sum(axis=1) / n


def evenness(counts: np.ndarray) -> np.ndarray:
    """Pielou's evenness, entropy / ln(speakers), 0 to 1; NA for a single speaker."""
    n_speakers = (counts > 0).sum(axis=1)
    return shannon(counts) / np.log(np.where(n_speakers > 1, n_speakers, np.nan))


def simpson(counts: np.ndarray) -> np.ndarray:
    """Simpson's index.

    The chance that two attributions drawn at random have different speakers.
    """
    with np.errstate(invalid="ignore"):
        return 1 - ((counts / counts.sum(axis=1, keepdims=True)) ** 2).sum(axis=1)


def share_most_quoted(counts: np.ndarray) -> np.ndarray:
    """Share of all attributions that the most quoted speaker has, 0 to 1."""
    with np.errstate(invalid="ignore"):
        return counts.max(axis=1) / counts.sum(axis=1)


def share_top_five(counts: np.ndarray) -> np.ndarray:
    """Share of all attributions that the five most quoted speakers have, 0 to 1."""
    with np.errstate(invalid="ignore"):
        return np.partition(counts, -min(5, counts.shape[1]), axis=1)[:, -5:].sum(axis=1) / counts.sum(axis=1)


def gini(counts: np.ndarray) -> np.ndarray:
    """Gini's coefficient among the speakers quoted.

    0 where all are quoted equally often, below 1.
    """
    ordered = np.sort(counts, axis=1)
    n_speakers = (ordered > 0).sum(axis=1)
    # Speakers without an attribution sort to the front and get no rank.
    rank = np.arange(1, counts.shape[1] + 1) - (counts.shape[1] - n_speakers)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        weighted = (np.maximum(rank, 0) * ordered).sum(axis=1)
        return 2 * weighted / (n_speakers * ordered.sum(axis=1)) - (n_speakers + 1) / n_speakers


Index = Callable[[np.ndarray], np.ndarray]
INDICES: dict[str, Index] = {
    "shannon": shannon,
    "evenness": evenness,
    "simpson": simpson,
    "gini": gini,
    "share_most_quoted": share_most_quoted,
    "share_top_five": share_top_five,
}


def expected_speakers(counts: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Number of different speakers expected among `n` attributions.

    One row per row of `counts`.

    `n` has one row of steps for all rows of `counts`, or one row for each.

    Source: Hurlbert 1971.
    """
    counts = np.asarray(counts, dtype=float)
    total = counts.sum(axis=1)[:, None]
    steps = np.broadcast_to(n, (len(counts), np.shape(n)[-1])).astype(float)
    expected = np.zeros(steps.shape)
    for i in range(steps.shape[1]):
        m = steps[:, [i]]
        rest = total - counts
        with np.errstate(invalid="ignore"):
            log_missed = (
                gammaln(rest + 1) - gammaln(rest - m + 1) - gammaln(total + 1) + gammaln(total - m + 1)
            )
        missed = np.where(rest >= m, np.exp(np.where(rest >= m, log_missed, 0)), 0.0)
        expected[:, i] = (1 - missed).sum(axis=1)
    return expected
