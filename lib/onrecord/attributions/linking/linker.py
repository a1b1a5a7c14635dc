"""The linker: forests that choose a cue and a source for each stretch of content and join stretches."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from onrecord.attributions.linking.candidates import Batch, Runs
from onrecord.attributions.linking.forest import Forest, forest_from
from onrecord.attributions.linking.link_features import (
    CUE_WINDOW,
    SOURCE_WINDOW,
    Context,
    articles_of,
    best_of,
    chosen_features,
    cue_features,
    make_context,
    margin,
    neighbour_features,
    pairs,
    second_look,
    source_features,
    stretch_features,
)

FORESTS = ("cue", "source", "source_again", "cue_right", "source_right", "keep", "join")


class Linker(NamedTuple):
    """Forests by what they decide, and the thresholds of their decisions."""

    cue: Forest  # which cue candidate, softmax within a stretch
    source: Forest  # which source candidate, given the cue
    source_again: Forest  # the same, given the scores of the neighbouring stretches
    cue_right: Forest  # whether the best cue is one at all
    source_right: Forest  # whether the best source is one at all
    keep: Forest  # whether the stretch is attributed content
    join: Forest  # whether two neighbouring stretches are one attribution
    thresholds: dict[str, float]


class Links(NamedTuple):
    """One row a stretch of the batch; cue and source are candidate numbers, -1 for none."""

    cue: np.ndarray
    cue_probability: np.ndarray
    source: np.ndarray
    source_probability: np.ndarray
    keep_probability: np.ndarray
    kept: np.ndarray
    group: np.ndarray  # stretches of one attribution share a number; -1 where not kept


def verdict_features(batch, context, stretch, cue, cue_scores, source, source_scores) -> np.ndarray:
    """Return a row a stretch: its own features, and of its best cue and source how sure and which they are.

    `cue_scores` and `source_scores` are (best score, lead over the second).
    """
    scores = np.stack([np.asarray(c, np.float32) for c in (*cue_scores, *source_scores)], axis=1)
    return np.concatenate(
        [
            scores,
            stretch,
            chosen_features(batch, context, batch.cues, batch.cue, cue),
            chosen_features(batch, context, batch.sources, batch.source, source),
        ],
        axis=1,
    )


def link(batch: Batch, continued: np.ndarray, linker: Linker) -> Links:
    """Return the links of each stretch. `continued` says of each quotation stretch whether it reopens one."""
    n = len(batch.contents.first)
    context = make_context(batch)
    stretch = stretch_features(batch, context)
    i, j = pairs(batch, batch.cues, CUE_WINDOW, 1)
    score = linker.cue.scores(cue_features(batch, context, stretch, i, j))
    cue, cue_score = best_of(i, j, score, n)
    cue_margin = margin(i, score, cue_score)
    i, j = pairs(batch, batch.sources, SOURCE_WINDOW, 1)
    rows = source_features(batch, context, stretch, i, j, cue, cue_score)
    score = linker.source.scores(rows)
    rows = np.concatenate([rows, second_look(i, j, score, articles_of(batch, batch.contents.first))], axis=1)
    score = linker.source_again.scores(rows)
    source, source_score = best_of(i, j, score, n)
    source_margin = margin(i, score, source_score)
    rows = verdict_features(
        batch, context, stretch, cue, (cue_score, cue_margin), source, (source_score, source_margin)
    )
    keep = linker.keep.probabilities(rows)
    kept = keep >= linker.thresholds["keep"]
    cue_probability = np.where(cue >= 0, linker.cue_right.probabilities(rows), 0.0)
    source_probability = np.where(source >= 0, linker.source_right.probabilities(rows), 0.0)
    # Joining looks at kept stretches only: what was dropped stands between nothing.
    at = np.flatnonzero(kept)
    group = np.full(n, -1)
    if len(at):
        small, rows = join_features(
            batch, context, at, (stretch, cue, cue_score, source, source_score), continued
        )
        joined = (linker.join.probabilities(rows) >= linker.thresholds["join"]) & _may_join(small)
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


def join_features(
    batch: Batch, context: Context, kept: np.ndarray, columns: tuple[np.ndarray, ...], continued: np.ndarray
) -> tuple[Batch, np.ndarray]:
    """Return the batch with the `kept` stretches only, and a row a pair of neighbours among them.

    `columns`: of all stretches the features, cue, its score, source, its score.
    """
    small = batch._replace(contents=Runs(*(column[kept] for column in batch.contents)))
    number = batch.tokens.stretch[small.contents.first]
    reopened = (number >= 0) & continued[np.maximum(number, 0)]
    return small, neighbour_features(small, context, *(column[kept] for column in columns), reopened)


def _may_join(batch: Batch) -> np.ndarray:
    """Return for neighbouring stretches whether no furniture and no article border stands between."""
    first, stop, _ = batch.contents
    furniture = np.concatenate([[0], np.cumsum(batch.tokens.is_boilerplate)])
    near = batch.tokens.sentence[first[1:]] - batch.tokens.sentence[stop[:-1] - 1] <= 6
    return near & (furniture[first[1:]] == furniture[stop[:-1]])


@cache
def load_linker() -> Linker:
    """Return the shipped linker, loaded at first use."""
    with resources.files("onrecord").joinpath("models/linker.npz").open("rb") as file:
        data = np.load(file, allow_pickle=False)
        thresholds = dict(zip(("cue", "source", "keep", "join"), data["thresholds"].tolist(), strict=True))
        return Linker(*(forest_from(data, name) for name in FORESTS), thresholds)
