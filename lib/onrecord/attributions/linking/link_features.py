"""Features of the linker: which cue and which source belong to a content run.

Candidates become rows of plain numbers, computed for a whole batch at once. Small forests of trees, trained
on PolNeAR train, score them.
"""

from __future__ import annotations

import numpy as np

from onrecord.attributions.linking.candidates import PRONOUN, Batch, Runs
from onrecord.attributions.linking.context import Context, home_of, mean_between, peaks, value_at
from onrecord.attributions.tagging.word_types import CAPITAL, COMB, COMMA, END, MARK

CUE_WINDOW = (3, 1)  # sentences before and after the content run
SOURCE_WINDOW = (4, 1)
LIKELY = 2  # up to this level a candidate counts in a neighbouring sentence
NEAREST = 40  # candidates on either side of a content run
FAR = 60  # tokens; a longer distance counts as this


def content_features(batch: Batch, context: Context) -> np.ndarray:
    """Features of the content runs. One row per content run.

    Its probability, its length, how much of it is quoted, its position in the sentence, the words around.
    """
    a, b, level = batch.contents
    rows = batch.tokens.rows
    tokens = batch.tokens
    s_first, s_stop = (context.sentence_first[a], context.sentence_stop[b - 1]) if len(a) else (a, b)
    before, after = a - 1, b
    home = home_of(batch, a)
    columns = [
        level,
        peaks(batch.content, batch.contents),
        mean_between(context.content_sum, a, b),
        value_at(batch.content, a, home),
        value_at(batch.content, b - 1, home),
        np.minimum(b - a, 100),
        mean_between(context.quoted_sum, a, b),
        value_at(tokens.quoted, a, home),
        value_at(tokens.quoted, b - 1, home),
        np.minimum(a - s_first, 20),
        np.minimum(s_stop - b, 20),
        value_at(context.cls, a, home),
        value_at(context.cls, before, home),
        value_at(context.cls, after, home),
        value_at(rows[:, COMB], before, home),
        value_at(rows[:, COMB], a, home),
        value_at(rows[:, COMB], after, home),
        value_at(rows[:, CAPITAL], a, home),
        value_at(rows[:, MARK], before, home),
        value_at(rows[:, COMMA], before, home),
        value_at(rows[:, COMMA], after, home),
        value_at(rows[:, END], b - 1, home),
        *(mean_between(context.side_sum, a, b)[:, :3].T if len(a) else np.zeros((3, 0))),
        context.content_sum[s_stop]
        - context.content_sum[s_first]
        - (context.content_sum[b] - context.content_sum[a]),
        context.cue_sum[s_stop] - context.cue_sum[s_first],
        context.source_sum[s_stop] - context.source_sum[s_first],
        value_at(tokens.quoted_span_kind, a, home),
        _sentence_quoted(context, s_first, s_stop),
    ]
    return np.stack([np.asarray(c, np.float32) for c in columns], axis=1)


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
    if not len(a) or not len(candidates.first):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    of_candidate = sentence[candidates.first]
    s0, s1 = sentence[a], sentence[b - 1]
    low = np.searchsorted(of_candidate, s0 - window[0], "left")
    high = np.searchsorted(of_candidate, s1 + window[1], "right")
    # Of a sentence without an end only the nearest count, so that the cost stays linear.
    low = np.maximum(low, np.searchsorted(candidates.first, a) - NEAREST)
    high = np.minimum(high, np.searchsorted(candidates.first, b) + NEAREST)
    counts = np.maximum(high - low, 0)
    i = np.repeat(np.arange(len(a)), counts)
    j = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(low, counts)
    offset = of_candidate[j]
    level = candidates.level[j]
    at_home = (offset >= s0[i]) & (offset <= s1[i])
    next_door = (offset >= s0[i] - 1) & (offset <= s1[i] + 1) & ((level <= LIKELY) | (level == PRONOUN))
    keep = at_home | next_door | (level <= near_level)
    # No attribution crosses boilerplate.
    boilerplate = np.cumsum(batch.tokens.is_boilerplate)
    keep &= boilerplate[candidates.first[j]] == boilerplate[a[i]]
    return i[keep], j[keep]


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
    columns = [
        level,
        np.log(peak / (1 - peak)),
        np.minimum(b - a, 20),
        value_at(tokens.quoted, a, home),
        value_at(context.cls, a, home),
        value_at(context.cls, b - 1, home),
        value_at(context.cls, a - 1, home),
        value_at(context.cls, b, home),
        value_at(rows[:, CAPITAL], a, home),
        peaks(comb, runs),
        value_at(comb, a - 1, home),
        value_at(comb, b, home),
        np.maximum(value_at(comb, b + 1, home), value_at(comb, b + 2, home)),
        np.minimum(a - s_first, 20),
        np.minimum(s_stop - b, 20),
        mean_between(context.content_sum, a, b),
        *mean_between(context.side_sum, a, b)[:, 3:].T,
        value_at(batch.cue, a - 1, home),
        value_at(batch.cue, b, home),
    ]
    return np.stack([np.asarray(c, np.float32) for c in columns], axis=1)


def cue_features(
    batch: Batch, context: Context, content_rows: np.ndarray, i: np.ndarray, j: np.ndarray
) -> np.ndarray:
    """Features of pairs of content run i and cue candidate j. One row per pair."""
    first, stop = batch.cues.first[j], batch.cues.stop[j]
    relation = np.stack(
        [np.asarray(c, np.float32) for c in _relation(batch, context, i, first, stop)], axis=1
    )
    runs = _run_features(batch, context, batch.cues, batch.cue)[j]
    return np.concatenate([relation, runs, content_rows[i]], axis=1)


def source_features(
    batch: Batch,
    context: Context,
    content_rows: np.ndarray,
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
        _lead(batch, j),
    ]
    relation = np.stack([np.asarray(c, np.float32) for c in columns], axis=1)
    runs = _run_features(batch, context, batch.sources, batch.source)[j]
    return np.concatenate([relation, runs, content_rows[i]], axis=1)


def _lead(batch: Batch, j: np.ndarray) -> np.ndarray:
    """Candidate's best marginal less the best one of its sentence."""
    peak = peaks(batch.source, batch.sources)
    sentence = batch.tokens.sentence[batch.sources.first]
    best = np.zeros(int(sentence.max()) + 1 if len(sentence) else 1)
    np.maximum.at(best, sentence, peak)
    return (peak - best[sentence])[j]


def chosen_features(
    batch: Batch, context: Context, runs: Runs, probability: np.ndarray, chosen: np.ndarray
) -> np.ndarray:
    """Features of each content run's chosen candidate. One row per content run.

    Its position relative to the run, and its own features. Zeros where none is chosen.
    """
    at = np.flatnonzero(chosen >= 0)
    first, stop = runs.first[chosen[at]], runs.stop[chosen[at]]
    relation = np.stack(
        [np.asarray(c, np.float32) for c in _relation(batch, context, at, first, stop)], axis=1
    )
    features = np.concatenate(
        [relation, _run_features(batch, context, runs, probability)[chosen[at]]], axis=1
    )
    out = np.zeros((len(chosen), features.shape[1]), np.float32)
    out[at] = features
    return out
