"""Candidates for contents, cues and sources: token runs by the tagger's marginals.

Everything is array work over a whole batch of articles. A candidate is a half-open range of tokens.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple
from zlib import crc32

import numpy as np

from onrecord.attributions.tagging.batch_tokens import Tokens
from onrecord.attributions.tagging.labels import CONTENT, CUE, SOURCE, B, N, S
from onrecord.attributions.tagging.word_types import CAPITAL, CLASS

CONTENT_LEVELS = (0.5, 0.15)
CUE_LEVELS = (0.5, 0.2, 0.05)
SOURCE_LEVELS = (0.5, 0.3, 0.1, 0.03, 0.01)
CAPITAL_RUN, PRONOUN = len(SOURCE_LEVELS), len(SOURCE_LEVELS) + 1
_BEGIN = np.concatenate([B[:3], S[:3]])
# Labels whose marginals are added up for each array of Likelihoods: one column per sum.
_SUMMED = np.stack(
    [
        np.isin(np.arange(N), labels).astype(float)
        for labels in (CONTENT, CUE, SOURCE, *np.arange(1, 25).reshape(6, 4), _BEGIN)
    ],
    axis=1,
)
_PRONOUN_CLASSES = [crc32(name.encode()) for name in ("P", "who")]


class Runs(NamedTuple):
    """Candidate runs in text order: first token, one past the last, and their level."""

    first: np.ndarray
    stop: np.ndarray
    level: np.ndarray


class Likelihoods(NamedTuple):
    """What candidates are found by: sums of label marginals at each token."""

    content: np.ndarray
    cue: np.ndarray
    source: np.ndarray
    sides: np.ndarray  # content-R, -L, -N, source-R, -L, -N
    begin: np.ndarray  # whether a content run probably begins


def likelihoods(blocks: Iterable[np.ndarray]) -> Likelihoods:
    """Sums of the label marginals, which come in blocks of tokens.

    They take a quarter of the memory.
    """
    sums = np.concatenate([block @ _SUMMED for block in chain([np.zeros((0, N))], blocks)])
    content, cue, source = sums.T[:3]
    return Likelihoods(content, cue, source, sums[:, 3:9].copy(), sums[:, 9] > 0.5)


class Batch(NamedTuple):
    """A batch of tagged articles with its candidates."""

    tokens: Tokens
    content: np.ndarray  # marginal of content at each token, and so on
    cue: np.ndarray
    source: np.ndarray
    sides: np.ndarray  # marginals of content-R, -L, -N, source-R, -L, -N at each token
    contents: Runs
    cues: Runs
    sources: Runs
    unit: np.ndarray  # number of the sentence of each token; a quotation over several sentences is one unit


def _runs(on: np.ndarray, border: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Runs of `on`, cut before each token where `border` is set."""
    if not len(on):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    begins = on.copy()
    begins[1:] &= ~on[:-1] | border[1:]
    ends = on.copy()
    ends[:-1] &= ~on[1:] | border[1:]
    return np.flatnonzero(begins), np.flatnonzero(ends) + 1


def _by_level(probability: np.ndarray, levels: tuple[float, ...], border: np.ndarray) -> Runs:
    """Runs at each level that touch no run of a higher level."""
    covered = np.zeros(len(probability), bool)
    parts = []
    for number, level in enumerate(levels):
        first, stop = _runs(probability >= level, border)
        total = np.concatenate([[0], np.cumsum(covered)])
        free = total[stop] == total[first]
        first, stop = first[free], stop[free]
        _cover(covered, first, stop)
        parts.append((first, stop, np.full(len(first), number)))
    return _sorted(parts)


def _cover(covered: np.ndarray, first: np.ndarray, stop: np.ndarray) -> None:
    steps = np.zeros(len(covered) + 1, np.int64)
    np.add.at(steps, first, 1)
    np.add.at(steps, stop, -1)
    covered |= np.cumsum(steps[:-1]) > 0


def _sorted(parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]]) -> Runs:
    first, stop, level = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((stop, first))
    return Runs(first[order], stop[order], level[order])


def find_candidates(tokens: Tokens, likely: Likelihoods) -> Batch:
    """Content runs of the batch, and its candidates for cues and sources."""
    n = len(tokens.rows)
    story = ~tokens.is_boilerplate
    content, cue, source = (column * story for column in likely[:3])
    begin = likely.begin

    border = np.ones(n, bool)
    border[1:] = tokens.sentence[1:] != tokens.sentence[:-1]
    inside = np.zeros(n, bool)  # goes on within the same quotation marks as the token before
    inside[1:] = (tokens.quoted_span[1:] == tokens.quoted_span[:-1]) & tokens.quoted[1:]
    content = _whole_quotations(content, tokens)
    unit_border = border & ~inside
    contents = _by_level(content, CONTENT_LEVELS, unit_border | (begin & ~inside))

    cues = _by_level(cue, CUE_LEVELS, border)
    by_level = _by_level(source, SOURCE_LEVELS, border)
    covered = np.zeros(n, bool)
    _cover(covered, by_level.first, by_level.stop)
    total = np.concatenate([[0], np.cumsum(covered)])
    parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = [(by_level.first, by_level.stop, by_level.level)]
    capital = (tokens.rows[:, CAPITAL] > 0) & ~tokens.quoted & story
    pronoun = np.isin(tokens.rows[:, CLASS], _PRONOUN_CLASSES) & story
    for number, on in ((CAPITAL_RUN, capital & ~pronoun), (PRONOUN, pronoun)):
        first, stop = _runs(on, border)
        free = total[stop] == total[first]
        parts.append((first[free], stop[free], np.full(int(free.sum()), number)))
    return Batch(
        tokens, content, cue, source, likely.sides, contents, cues, _sorted(parts), np.cumsum(unit_border)
    )


def _whole_quotations(content: np.ndarray, tokens: Tokens) -> np.ndarray:
    """`content`, with a quotation counted as content throughout where most of it is.

    The quotation marks determine where it ends.
    """
    at = np.flatnonzero(tokens.quoted)
    if not len(at):
        return content
    number = tokens.quoted_span[at]
    n_spans = int(number.max()) + 1
    size = np.bincount(number, minlength=n_spans)
    mean = np.bincount(number, content[at], minlength=n_spans) / np.maximum(size, 1)
    out = content.copy()
    whole = mean[number] >= 0.5
    out[at[whole]] = np.maximum(content[at[whole]], 0.51)
    return out
