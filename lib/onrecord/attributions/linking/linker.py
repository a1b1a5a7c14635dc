"""Linker: forests that choose a cue and a source for each content run.

They also join content runs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from onrecord.attributions.linking.candidates import Batch, Runs
from onrecord.attributions.linking.choices import best_of, margin, second_look
from onrecord.attributions.linking.context import Context, articles_of, as_rows, beside, make_context, picked
from onrecord.attributions.linking.forest import Forest, forest_from
from onrecord.attributions.linking.link_features import (
    CUE_WINDOW,
    SOURCE_WINDOW,
    Rows,
    chosen_features,
    cue_features,
    make_rows,
    pairs,
    source_features,
)
from onrecord.attributions.linking.neighbours import neighbour_features

PAIRS = 32_768  # pairs whose features are in memory together

FORESTS = ("cue", "source", "source_again", "cue_right", "source_right", "keep", "join")


class Linker(NamedTuple):
    """Forests by what they decide, and the thresholds of their decisions."""

    cue: Forest  # which cue candidate, softmax within a content run
    source: Forest  # which source candidate, given the cue
    source_again: Forest  # the same, given the scores of the neighbouring content runs
    cue_right: Forest  # whether the best cue is one at all
    source_right: Forest  # whether the best source is one at all
    keep: Forest  # whether the content run is attributed content
    join: Forest  # whether two neighbouring content runs are one attribution
    thresholds: dict[str, float]


class Links(NamedTuple):
    """Links of a batch: one row per content run. Cue and source are numbers, -1: none.

    Where a run is not kept, it has none.
    """

    cue: np.ndarray
    cue_probability: np.ndarray
    source: np.ndarray
    source_probability: np.ndarray
    keep_probability: np.ndarray
    kept: np.ndarray
    group: np.ndarray  # content runs of one attribution share a number; -1 where not kept


def verdict_features(
    batch: Batch,
    context: Context,
    rows: Rows,
    cue: np.ndarray,
    cue_scores: tuple[np.ndarray, np.ndarray],
    source: np.ndarray,
    source_scores: tuple[np.ndarray, np.ndarray],
) -> np.ndarray:
    """Features that decide whether a content run is kept. One row per content run.

    Its own features, and those of its best cue and source. `cue_scores` and `source_scores` are (best score,
    lead over the second).
    """
    return beside(
        as_rows([*cue_scores, *source_scores]),
        rows.content,
        chosen_features(batch, context, batch.cues, rows.cue, cue),
        chosen_features(batch, context, batch.sources, rows.source, source),
    )


def link(batch: Batch, continued: np.ndarray, linker: Linker) -> Links:
    """Links of each content run.

    `continued` gives for each quoted span whether it reopens the quotation of the one before.
    """
    n = len(batch.contents.first)
    context = make_context(batch)
    rows = make_rows(batch, context)
    i, j = pairs(batch, batch.cues, CUE_WINDOW, 1)
    score = _scores(linker.cue, len(i), lambda part: cue_features(batch, context, rows, i[part], j[part]))
    cue, cue_score = best_of(i, j, score, n)
    cue_margin = margin(i, score, cue_score)
    source, source_score, source_margin = _choose_sources(batch, context, rows, cue, cue_score, linker)
    verdict = verdict_features(
        batch, context, rows, cue, (cue_score, cue_margin), source, (source_score, source_margin)
    )
    keep = linker.keep.probabilities(verdict)
    kept = keep >= linker.thresholds["keep"]
    cue_probability = _where_chosen(linker.cue_right, verdict, kept & (cue >= 0))
    source_probability = _where_chosen(linker.source_right, verdict, kept & (source >= 0))
    # Only kept content runs are joined: what was dropped is between nothing.
    at = np.flatnonzero(kept)
    group = np.full(n, -1)
    if len(at):
        small, neighbours = join_features(
            batch, context, at, (rows.content, cue, cue_score, source, source_score), continued
        )
        joined = (linker.join.probabilities(neighbours) >= linker.thresholds["join"]) & _may_join(small)
        group[at] = np.concatenate([[0], np.cumsum(~joined)])
    return Links(
        np.where(cue_probability >= linker.thresholds["cue"], cue, -1),
        cue_probability,
        np.where(source_probability >= linker.thresholds["source"], source, -1),
        source_probability,
        keep,
        kept,
        group,
    )


def _where_chosen(forest: Forest, verdict: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Probability of each content run, of `chosen` ones only; 0 for the others."""
    found = np.zeros(len(chosen))
    found[chosen] = forest.probabilities(picked(verdict, np.flatnonzero(chosen)))
    return found


def _choose_sources(
    batch: Batch, context: Context, rows: Rows, cue: np.ndarray, cue_score: np.ndarray, linker: Linker
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Best source candidate of each content run, its score and its lead."""
    i, j = pairs(batch, batch.sources, SOURCE_WINDOW, 1)

    @lru_cache(maxsize=1)  # those of an ordinary batch are one block, which is asked for twice
    def features(begin: int) -> np.ndarray:
        part = slice(begin, begin + PAIRS)
        return source_features(batch, context, rows, i[part], j[part], cue, cue_score)

    score = _scores(linker.source, len(i), lambda part: features(part.start))
    again = second_look(i, j, score, articles_of(batch, batch.contents.first))
    score = _scores(
        linker.source_again,
        len(i),
        lambda part: beside(features(part.start), again[part]),
    )
    source, source_score = best_of(i, j, score, len(batch.contents.first))
    return source, source_score, margin(i, score, source_score)


def _scores(forest: Forest, n_pairs: int, features: Callable[[slice], np.ndarray]) -> np.ndarray:
    """Score of each pair.

    `features` makes the rows of some pairs. In blocks, the memory for one very long article is bounded.
    """
    parts = [slice(begin, begin + PAIRS) for begin in range(0, n_pairs, PAIRS)]
    return np.concatenate([np.zeros(0), *(forest.scores(features(part)) for part in parts)])


def join_features(
    batch: Batch, context: Context, kept: np.ndarray, columns: tuple[np.ndarray, ...], continued: np.ndarray
) -> tuple[Batch, np.ndarray]:
    """Batch with the `kept` content runs only, and features of neighbours among them.

    One row per pair of neighbours. `columns`: of all content runs the features, cue, its score, source, its
    score.
    """
    small = batch._replace(contents=Runs(*(column[kept] for column in batch.contents)))
    number = batch.tokens.quoted_span[small.contents.first]
    reopened = (number >= 0) & continued[np.maximum(number, 0)]
    content_rows, cue, cue_score, source, source_score = (column[kept] for column in columns)
    return small, neighbour_features(
        small, context, content_rows, cue, cue_score, source, source_score, reopened
    )


def _may_join(batch: Batch) -> np.ndarray:
    """Whether neighbouring runs are in one article without boilerplate between them."""
    first, stop, _ = batch.contents
    boilerplate = np.concatenate([[0], np.cumsum(batch.tokens.is_boilerplate)])
    near = batch.tokens.sentence[first[1:]] - batch.tokens.sentence[stop[:-1] - 1] <= 6
    return near & (boilerplate[first[1:]] == boilerplate[stop[:-1]])


@cache
def load_linker() -> Linker:
    """Shipped linker, loaded at first use."""
    with resources.files("onrecord").joinpath("models/linker.npz").open("rb") as file:
        data = np.load(file, allow_pickle=False)
        thresholds = dict(zip(("cue", "source", "keep", "join"), data["thresholds"].tolist(), strict=True))
        return Linker(**{name: forest_from(data, name) for name in FORESTS}, thresholds=thresholds)
