"""Features of the linker: which cue and which source belong to a content run.

Also which content runs are one attribution. Candidates become rows of plain numbers, computed for a
whole batch at once. Small forests of trees, trained on PolNeAR train, score them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from onrecord.attributions.linking.candidates import PRONOUN, Batch, Runs
from onrecord.attributions.tagging.token_features import CAPITAL, CLASS, COMB, COMMA, END, MARK, THAT

CUE_WINDOW = (3, 1)  # sentences before and after the content run
SOURCE_WINDOW = (4, 1)
LIKELY = 2  # up to this level a candidate counts in a neighbouring sentence
NEAREST = 40  # candidates on either side of a content run
FAR = 60  # tokens; a longer distance counts as this


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
        return np.concatenate([np.zeros((1, *values.shape[1:])), np.cumsum(values, axis=0, dtype=np.float64)])

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
        sums(batch.tokens.quoted.astype(float)),
        starts,
        (rows[:, CLASS] % np.uint64(61)).astype(np.int64),
    )


def _mean(total: np.ndarray, first: np.ndarray, stop: np.ndarray) -> np.ndarray:
    length = np.maximum(stop - first, 1)
    return (total[stop] - total[first]) / (length if total.ndim == 1 else length[:, None])


def _peak(values: np.ndarray, runs: Runs) -> np.ndarray:
    """Largest value within each run."""
    if not len(runs.first):
        return np.zeros(0)
    padded = np.append(values, 0.0)
    index = np.stack([runs.first, runs.stop], axis=1).ravel()
    return np.maximum.reduceat(padded, index)[::2]


def _at(column: np.ndarray, index: np.ndarray, home: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """column[index], and 0 outside `home`, the article's (first, one past the last)."""
    if not len(column):
        return np.zeros(len(index))
    inside = (index >= home[0]) & (index < home[1])
    return np.where(inside, column[np.clip(index, 0, len(column) - 1)].astype(np.float64), 0.0)


def articles_of(batch: Batch, tokens: np.ndarray) -> np.ndarray:
    """Number of the article that contains each of `tokens`."""
    return np.searchsorted(batch.tokens.starts, tokens, "right") - 1


def _home(batch: Batch, tokens: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    number = articles_of(batch, tokens)
    return batch.tokens.starts[number], batch.tokens.starts[number + 1]


def content_features(batch: Batch, context: Context) -> np.ndarray:
    """Features of the content runs. One row per content run.

    Its probability, its length, how much of it is quoted, its position in the sentence, the words around.
    """
    a, b, level = batch.contents
    rows = batch.tokens.rows
    tokens = batch.tokens
    s_first, s_stop = (context.sentence_first[a], context.sentence_stop[b - 1]) if len(a) else (a, b)
    before, after = a - 1, b
    home = _home(batch, a)
    columns = [
        level,
        _peak(batch.content, batch.contents),
        _mean(context.content_sum, a, b),
        _at(batch.content, a, home),
        _at(batch.content, b - 1, home),
        np.minimum(b - a, 100),
        _mean(context.quoted_sum, a, b),
        _at(tokens.quoted, a, home),
        _at(tokens.quoted, b - 1, home),
        np.minimum(a - s_first, 20),
        np.minimum(s_stop - b, 20),
        _at(context.cls, a, home),
        _at(context.cls, before, home),
        _at(context.cls, after, home),
        _at(rows[:, COMB], before, home),
        _at(rows[:, COMB], a, home),
        _at(rows[:, COMB], after, home),
        _at(rows[:, CAPITAL], a, home),
        _at(rows[:, MARK], before, home),
        _at(rows[:, COMMA], before, home),
        _at(rows[:, COMMA], after, home),
        _at(rows[:, END], b - 1, home),
        *(_mean(context.side_sum, a, b)[:, :3].T if len(a) else np.zeros((3, 0))),
        context.content_sum[s_stop]
        - context.content_sum[s_first]
        - (context.content_sum[b] - context.content_sum[a]),
        context.cue_sum[s_stop] - context.cue_sum[s_first],
        context.source_sum[s_stop] - context.source_sum[s_first],
        _at(tokens.quoted_span_kind, a, home),
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
    peak = np.clip(_peak(probability, runs), 1e-4, 1 - 1e-4)
    comb = rows[:, COMB].astype(np.float64)
    home = _home(batch, a)
    columns = [
        level,
        np.log(peak / (1 - peak)),
        np.minimum(b - a, 20),
        _at(tokens.quoted, a, home),
        _at(context.cls, a, home),
        _at(context.cls, b - 1, home),
        _at(context.cls, a - 1, home),
        _at(context.cls, b, home),
        _at(rows[:, CAPITAL], a, home),
        _peak(comb, runs),
        _at(comb, a - 1, home),
        _at(comb, b, home),
        np.maximum(_at(comb, b + 1, home), _at(comb, b + 2, home)),
        np.minimum(a - s_first, 20),
        np.minimum(s_stop - b, 20),
        _mean(context.content_sum, a, b),
        *_mean(context.side_sum, a, b)[:, 3:].T,
        _at(batch.cue, a - 1, home),
        _at(batch.cue, b, home),
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
    peak = _peak(batch.source, batch.sources)
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


def second_look(i: np.ndarray, j: np.ndarray, score: np.ndarray, article: np.ndarray) -> np.ndarray:
    """Scores of the same source candidate for the neighbouring runs. One row per pair.

    For the content run before and the one after: the candidate's score, the best score there, and its
    distance to this candidate. Then whether this candidate leads for its own run. `article` is the number
    of each run's article: runs of another article do not count.
    """
    n_runs = len(article)
    best, best_score = best_of(i, j, score, n_runs)
    key = i * (int(j.max()) + 2 if len(j) else 2) + j
    order = np.argsort(key, kind="stable")
    sorted_key, sorted_score = key[order], score[order]
    columns = []
    for step in (-1, 1):
        wanted = key + step * (int(j.max()) + 2 if len(j) else 2)
        at = np.clip(np.searchsorted(sorted_key, wanted), 0, max(len(key) - 1, 0))
        there = sorted_key[at] == wanted if len(key) else np.zeros(0, bool)
        columns.append(np.where(there, sorted_score[at] if len(key) else 0.0, -20.0))
        neighbour = i + step
        valid = (neighbour >= 0) & (neighbour < n_runs)
        neighbour = np.clip(neighbour, 0, max(n_runs - 1, 0))
        valid &= article[neighbour] == article[i]
        columns.append(np.where(valid, best_score[neighbour], -20.0))
        columns.append(np.where(valid & (best[neighbour] >= 0), np.clip(best[neighbour] - j, -10, 10), -15))
    columns.append(score)
    columns.append(score - best_score[i])
    return np.stack([np.asarray(c, np.float32) for c in columns], axis=1)


def best_of(i: np.ndarray, j: np.ndarray, score: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Best candidate of each of n content runs and its score.

    -1 and -20 where there is none; of equals the last. `i` must not decrease: pairs come run by run.
    """
    best, best_score = np.full(n, -1), np.full(n, -20.0)
    if len(i):
        begins = np.flatnonzero(np.diff(i, prepend=-1))
        best_score[i[begins]] = np.maximum.reduceat(score, begins)
        at = np.flatnonzero(score == best_score[i])
        best[i[at]] = j[at]
    return best, best_score


def margin(i: np.ndarray, score: np.ndarray, best_score: np.ndarray) -> np.ndarray:
    """Lead of each content run's best candidate over the next lower score.

    20 where there is no other.
    """
    second = np.full(len(best_score), -20.0)
    if len(i):
        begins = np.flatnonzero(np.diff(i, prepend=-1))
        lower = np.where(score < best_score[i], score, -20.0)
        second[i[begins]] = np.maximum.reduceat(lower, begins)
    return np.minimum(best_score - second, 20.0)


def neighbour_features(
    batch: Batch,
    context: Context,
    content_rows: np.ndarray,
    cue: np.ndarray,
    cue_score: np.ndarray,
    source: np.ndarray,
    source_score: np.ndarray,
    is_continued: np.ndarray,
) -> np.ndarray:
    """Features of neighbouring content runs (k, k + 1). One row per pair.

    The question is whether the two are one attribution.
    """
    a, b, _ = batch.contents
    k = np.arange(max(len(a) - 1, 0))
    sentence, paragraph, rows = batch.tokens.sentence, batch.tokens.paragraph, batch.tokens.rows

    def same(chosen: np.ndarray) -> np.ndarray:
        return np.where((chosen[k] < 0) | (chosen[k + 1] < 0), -1, chosen[k] == chosen[k + 1])

    gap_first, gap_stop = b[k], np.maximum(a[k + 1], b[k])
    words = np.cumsum(np.concatenate([[0], (rows[:, END] + rows[:, MARK] + rows[:, COMMA] == 0)]))
    cue_first = batch.cues.first if len(batch.cues.first) else np.zeros(1, np.int64)
    source_first = batch.sources.first if len(batch.sources.first) else np.zeros(1, np.int64)

    def within(chosen: np.ndarray, first: np.ndarray, at: np.ndarray) -> np.ndarray:
        position = first[chosen[at]]
        return (chosen[at] >= 0) & (position >= gap_first) & (position < gap_stop)

    columns = [
        same(cue),
        same(source),
        np.minimum(gap_stop - gap_first, FAR),
        np.minimum(words[gap_stop] - words[gap_first], FAR),
        np.clip(sentence[a[k + 1]] - sentence[b[k] - 1], 0, 6),
        np.clip(paragraph[a[k + 1]] - paragraph[b[k] - 1], 0, 4),
        is_continued[k + 1],
        within(cue, cue_first, k),
        within(source, source_first, k),
        within(cue, cue_first, k + 1),
        within(source, source_first, k + 1),
        cue_score[k],
        cue_score[k + 1],
        source_score[k],
        source_score[k + 1],
        context.cue_sum[gap_stop] - context.cue_sum[gap_first],
        context.source_sum[gap_stop] - context.source_sum[gap_first],
        _at(rows[:, THAT], a[k + 1], _home(batch, a[k + 1])),
        *(np.where(cue[at] >= 0, sentence[cue_first[cue[at]]] - sentence[a[at]], 9) for at in (k, k + 1)),
        *(
            np.where(source[at] >= 0, sentence[source_first[source[at]]] - sentence[a[at]], 9)
            for at in (k, k + 1)
        ),
    ]
    relation = np.stack([np.asarray(np.clip(c, -20, 100), np.float32) for c in columns], axis=1)
    return np.concatenate([relation, content_rows[k], content_rows[k + 1]], axis=1)
