"""Choice among scored candidates: the best one of each content run."""

from __future__ import annotations

import numpy as np

from onrecord.attributions.linking.context import as_rows


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
    return as_rows(columns)


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
