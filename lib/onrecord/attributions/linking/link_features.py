"""Features of the linker: which cue and which source belong to a content run.

Candidates become rows of plain numbers, computed for a whole batch at once. Small forests of trees, trained
on PolNeAR train, score them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from onrecord.attributions.linking.candidates import PRONOUN, Batch, Runs
from onrecord.attributions.linking.context import (
    Context,
    as_rows,
    beside,
    home_of,
    mean_between,
    peaks,
    picked,
    place_of,
    value_at,
)
from onrecord.attributions.tagging.word_types import CAPITAL, COMB, COMMA, END, MARK

CUE_WINDOW = (3, 1)  # sentences before and after the content run
SOURCE_WINDOW = (4, 1)
LIKELY = 2  # up to this level a candidate counts in a neighbouring sentence
NEAREST = 40  # candidates on either side of a content run
FAR = 60  # tokens; a longer distance counts as this
RUNS = 4_096  # content runs whose pairs are looked up together: many more are looked at than kept


class Rows(NamedTuple):
    """Features of content runs and candidates, made once per batch."""

    content: np.ndarray
    cue: np.ndarray
    source: np.ndarray
    lead: np.ndarray  # of the source candidates


def make_rows(batch: Batch, context: Context) -> Rows:
    return Rows(
        content_features(batch, context),
        _run_features(batch, context, batch.cues, batch.cue),
        _run_features(batch, context, batch.sources, batch.source),
        _leads(batch),
    )


def content_features(batch: Batch, context: Context) -> np.ndarray:
    """Features of the content runs. One row per content run.

    Its probability, its length, how much of it is quoted, its position in the sentence, the words around.
    """
    a, b, level = batch.contents
    rows = batch.tokens.rows
    tokens = batch.tokens
    s_first, s_stop = (context.sentence_first[a], context.sentence_stop[b - 1]) if len(a) else (a, b)
    home = home_of(batch, a)
    before, after = place_of(a - 1, home), place_of(b, home)
    columns = [
        level,
        peaks(batch.content, batch.contents),
        mean_between(context.content_sum, a, b),
        batch.content[a],
        batch.content[b - 1],
        np.minimum(b - a, 100),
        mean_between(context.quoted_sum, a, b),
        tokens.quoted[a],
        tokens.quoted[b - 1],
        np.minimum(a - s_first, 20),
        np.minimum(s_stop - b, 20),
        context.cls[a],
        value_at(context.cls, before),
        value_at(context.cls, after),
        value_at(rows[:, COMB], before),
        rows[a, COMB],
        value_at(rows[:, COMB], after),
        rows[a, CAPITAL],
        value_at(rows[:, MARK], before),
        value_at(rows[:, COMMA], before),
        value_at(rows[:, COMMA], after),
        rows[b - 1, END],
        *(mean_between(context.side_sum, a, b)[:, :3].T if len(a) else np.zeros((3, 0))),
        context.content_sum[s_stop]
        - context.content_sum[s_first]
        - (context.content_sum[b] - context.content_sum[a]),
        context.cue_sum[s_stop] - context.cue_sum[s_first],
        context.source_sum[s_stop] - context.source_sum[s_first],
        tokens.quoted_span_kind[a],
        _sentence_quoted(context, s_first, s_stop),
    ]
    return as_rows(columns)


def _sentence_quoted(context: Context, first: np.ndarray, stop: np.ndarray) -> np.ndarray:
    return context.quoted_sum[stop] - context.quoted_sum[first]


def pairs(
    batch: Batch, candidates: Runs, window: tuple[int, int], near_level: int
) -> tuple[np.ndarray, np.ndarray]:
    """Index pairs (content run, candidate) in the window of sentences around a run.

    In the run's own sentences every candidate counts. In the sentences next to it likely ones and pronouns
    count, beyond those only sure ones, up to `near_level`.
    """
    sentence = batch.tokens.sentence
    a, b, _ = batch.contents
    none = np.zeros(0, np.int64)
    if not len(candidates.first):
        return none, none
    of_candidate = sentence[candidates.first]
    boilerplate = np.cumsum(batch.tokens.is_boilerplate)
    at_candidate = boilerplate[candidates.first]
    found = [(none, none)]
    for begin in range(0, len(a), RUNS):
        first, stop = a[begin : begin + RUNS], b[begin : begin + RUNS]
        s0, s1 = sentence[first], sentence[stop - 1]
        low = np.searchsorted(of_candidate, s0 - window[0], "left")
        high = np.searchsorted(of_candidate, s1 + window[1], "right")
        # Of a sentence without an end only the nearest count, so that the cost stays linear.
        low = np.maximum(low, np.searchsorted(candidates.first, first) - NEAREST)
        high = np.minimum(high, np.searchsorted(candidates.first, stop) + NEAREST)
        counts = np.maximum(high - low, 0)
        i = np.repeat(np.arange(len(first)), counts)
        j = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(low, counts)
        offset = of_candidate[j]
        level = candidates.level[j]
        at_home = (offset >= s0[i]) & (offset <= s1[i])
        likely = (level <= LIKELY) | (level == PRONOUN)
        next_door = (offset >= s0[i] - 1) & (offset <= s1[i] + 1) & likely
        keep = at_home | next_door | (level <= near_level)
        keep &= at_candidate[j] == boilerplate[first[i]]  # no attribution crosses boilerplate
        found.append((i[keep] + begin, j[keep]))
    i, j = (np.concatenate(column) for column in zip(*found, strict=True))
    return i, j


def _relation(
    batch: Batch, context: Context, i: np.ndarray, first: np.ndarray, stop: np.ndarray
) -> list[np.ndarray]:
    """Position of each candidate relative to content run `i`.

    Side, distance, sentences, paragraphs, what is between.
    """
    a, b = batch.contents.first[i], batch.contents.stop[i]
    sentence, paragraph = batch.tokens.sentence, batch.tokens.paragraph
    before, behind = stop <= a, first >= b
    side = np.where(before, -1, np.where(behind, 1, 0))
    lo = np.where(before, stop, np.where(behind, b, first))
    hi = np.where(before, a, np.where(behind, first, first))
    hi = np.maximum(hi, lo)
    offset = np.where(
        before,
        np.minimum(sentence[first] - sentence[a], 0),
        np.where(behind, np.maximum(sentence[first] - sentence[b - 1], 0), 0),
    )
    columns = [side, np.minimum(hi - lo, FAR), offset, np.clip(paragraph[first] - paragraph[a], -5, 3)]
    columns += [
        np.minimum(context.starts[name][hi] - context.starts[name][lo], 6)
        for name in ("content", "cue", "source")
    ]
    columns += [np.minimum(context.quoted_sum[hi] - context.quoted_sum[lo], 30)]
    return columns


def _run_features(batch: Batch, context: Context, runs: Runs, probability: np.ndarray) -> np.ndarray:
    """Features of candidates. One row per candidate.

    Its level, its best marginal, its length, its words, its neighbours.
    """
    a, b, level = runs
    rows, tokens = batch.tokens.rows, batch.tokens
    s_first, s_stop = (context.sentence_first[a], context.sentence_stop[a]) if len(a) else (a, b)
    peak = np.clip(peaks(probability, runs), 1e-4, 1 - 1e-4)
    comb = rows[:, COMB].astype(np.float64)
    home = home_of(batch, a)
    before, after, second, third = (place_of(token, home) for token in (a - 1, b, b + 1, b + 2))
    columns = [
        level,
        np.log(peak / (1 - peak)),
        np.minimum(b - a, 20),
        tokens.quoted[a],
        context.cls[a],
        context.cls[b - 1],
        value_at(context.cls, before),
        value_at(context.cls, after),
        rows[a, CAPITAL],
        peaks(comb, runs),
        value_at(comb, before),
        value_at(comb, after),
        np.maximum(value_at(comb, second), value_at(comb, third)),
        np.minimum(a - s_first, 20),
        np.minimum(s_stop - b, 20),
        mean_between(context.content_sum, a, b),
        *mean_between(context.side_sum, a, b)[:, 3:].T,
        value_at(batch.cue, before),
        value_at(batch.cue, after),
    ]
    return as_rows(columns)


def cue_features(
    batch: Batch,
    context: Context,
    rows: Rows,
    i: np.ndarray,
    j: np.ndarray,
) -> np.ndarray:
    """Features of pairs of content run i and cue candidate j. One row per pair."""
    first, stop = batch.cues.first[j], batch.cues.stop[j]
    relation = as_rows(_relation(batch, context, i, first, stop))
    return beside(relation, picked(rows.cue, j), picked(rows.content, i))


def source_features(
    batch: Batch,
    context: Context,
    rows: Rows,
    i: np.ndarray,
    j: np.ndarray,
    cue: np.ndarray,
    cue_score: np.ndarray,
) -> np.ndarray:
    """Features of pairs of content run i and source candidate j. One row per pair.

    `cue` is the cue chosen for each content run, -1 for none.
    """
    first, stop = batch.sources.first[j], batch.sources.stop[j]
    columns = _relation(batch, context, i, first, stop)
    chosen = cue[i]
    has = chosen >= 0
    if len(batch.cues.first):
        c_first, c_stop = batch.cues.first[chosen], batch.cues.stop[chosen]
    else:
        c_first = c_stop = np.zeros(len(i), np.int64)
    sentence = batch.tokens.sentence
    gap = np.where(stop <= c_first, c_first - stop, np.where(first >= c_stop, first - c_stop, 0))
    before = stop <= c_first
    columns += [
        np.where(has, np.minimum(gap, FAR), -1),
        np.where(has, np.where(before, -1, np.where(first >= c_stop, 1, 0)), 5),
        np.where(has, np.clip(sentence[first] - sentence[c_first], -5, 5), 9),
        np.where(has, cue_score[i], -1.0),
        np.where(has, np.minimum(batch.contents.first[i] - c_first, FAR), FAR),
    ]
    lo = np.where(before, stop, c_stop)
    hi = np.maximum(np.where(before, c_first, first), lo)
    columns += [
        np.where(has, np.minimum(context.starts["source"][hi] - context.starts["source"][lo], 6), 9),
        np.where(has, np.minimum(context.content_sum[hi] - context.content_sum[lo], FAR), -1),
        # Its rank among the candidates of its sentence, by marginal.
        rows.lead[j],
    ]
    return beside(as_rows(columns), picked(rows.source, j), picked(rows.content, i))


def _leads(batch: Batch) -> np.ndarray:
    """Each source candidate's best marginal less the best one of its sentence."""
    peak = peaks(batch.source, batch.sources)
    sentence = batch.tokens.sentence[batch.sources.first]
    best = np.zeros(int(sentence.max()) + 1 if len(sentence) else 1)
    np.maximum.at(best, sentence, peak)
    return peak - best[sentence]


def chosen_features(
    batch: Batch, context: Context, runs: Runs, run_rows: np.ndarray, chosen: np.ndarray
) -> np.ndarray:
    """Features of each content run's chosen candidate. One row per content run.

    Its position relative to the run, and its own features, of `run_rows`. Zeros where none is chosen.
    """
    at = np.flatnonzero(chosen >= 0)
    first, stop = runs.first[chosen[at]], runs.stop[chosen[at]]
    relation = as_rows(_relation(batch, context, at, first, stop))
    features = beside(relation, picked(run_rows, chosen[at])).T
    out = np.zeros((len(features), len(chosen)), np.float32)
    out[:, at] = features
    return out.T
