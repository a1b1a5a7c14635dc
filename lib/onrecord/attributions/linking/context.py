"""Sums and borders at each token of a batch, and what features look up with them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from onrecord.attributions.linking.candidates import Batch, Runs
from onrecord.attributions.tagging.word_types import CLASS


class Context(NamedTuple):
    """Sums and borders at each token, made once per batch."""

    sentence_first: np.ndarray
    sentence_stop: np.ndarray
    content_sum: np.ndarray
    cue_sum: np.ndarray
    source_sum: np.ndarray
    side_sum: np.ndarray
    quoted_sum: np.ndarray
    starts: dict[str, np.ndarray]  # how many likely contents, cues, sources began before each token
    cls: np.ndarray  # small number of the word class


def make_context(batch: Batch) -> Context:
    n = len(batch.content)
    sentence = batch.tokens.sentence
    position = np.arange(n)
    new = np.ones(n, bool)
    new[1:] = sentence[1:] != sentence[:-1]
    last = np.ones(n, bool)
    last[:-1] = new[1:]
    first = np.maximum.accumulate(np.where(new, position, 0)) if n else position
    stop = np.minimum.accumulate(np.where(last, position + 1, n + 1)[::-1])[::-1] if n else position

    def sums(values: np.ndarray) -> np.ndarray:
        total = np.zeros((len(values) + 1, *values.shape[1:]))
        np.cumsum(values, axis=0, out=total[1:])
        return total

    starts = {}
    for name, runs, level in (
        ("content", batch.contents, 0),
        ("cue", batch.cues, 1),
        ("source", batch.sources, 1),
    ):
        began = np.zeros(n + 1, np.int64)
        np.add.at(began, runs.first[runs.level <= level] + 1, 1)
        starts[name] = np.cumsum(began)
    rows = batch.tokens.rows
    return Context(
        first,
        stop,
        sums(batch.content),
        sums(batch.cue),
        sums(batch.source),
        sums(batch.sides),
        sums(batch.tokens.quoted),
        starts,
        (rows[:, CLASS] % np.uint64(61)).astype(np.int64),
    )


def mean_between(total: np.ndarray, first: np.ndarray, stop: np.ndarray) -> np.ndarray:
    length = np.maximum(stop - first, 1)
    return (total[stop] - total[first]) / (length if total.ndim == 1 else length[:, None])


def peaks(values: np.ndarray, runs: Runs) -> np.ndarray:
    """Largest value within each run."""
    if not len(runs.first):
        return np.zeros(0)
    padded = np.append(values, 0.0)
    index = np.stack([runs.first, runs.stop], axis=1).ravel()
    return np.maximum.reduceat(padded, index)[::2]


def place_of(tokens: np.ndarray, home: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Tokens to look at, and whether they are within their article.

    `home` is (first token, one past the last) of each article.
    """
    first, stop = home
    return np.minimum(np.maximum(tokens, first), stop - 1), (tokens >= first) & (tokens < stop)


def value_at(column: np.ndarray, place: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Values of the column at the tokens of `place`, and 0 outside their article."""
    tokens, is_inside = place
    return np.where(is_inside, column[tokens], 0.0)


def as_rows(columns: list[np.ndarray]) -> np.ndarray:
    """Rows of features from their columns.

    Each column is in one piece of memory, as the forests read it.
    """
    rows = np.empty((len(columns), len(columns[0])), np.float32)
    for row, column in zip(rows, columns, strict=True):
        row[:] = column
    return rows.T


def beside(*parts: np.ndarray) -> np.ndarray:
    """Features side by side. One row per row of each part."""
    return np.concatenate([part.T for part in parts]).T


def picked(rows: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """Rows of features with these numbers."""
    return rows.T.take(numbers, axis=1).T


def articles_of(batch: Batch, tokens: np.ndarray) -> np.ndarray:
    """Number of the article that contains each of `tokens`."""
    return np.searchsorted(batch.tokens.starts, tokens, "right") - 1


def home_of(batch: Batch, tokens: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    number = articles_of(batch, tokens)
    return batch.tokens.starts[number], batch.tokens.starts[number + 1]
