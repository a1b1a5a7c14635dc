"""Train a linear-chain CRF by FTRL-proximal.

Weights are sparse, epochs few, and the gradient is summed per document. numba makes it fast; the
shipped model does not need it.
"""

from __future__ import annotations

import numba
import numpy as np

from onrecord.attributions.tagging.labels import ALLOWED, N

_PREVIOUS = [np.flatnonzero(ALLOWED[:, j]) for j in range(N)]
_N_PREVIOUS = np.array([len(p) for p in _PREVIOUS])
_PREVIOUS = np.array([np.pad(p, (0, N - len(p))) for p in _PREVIOUS])


@numba.njit(cache=True, fastmath=False)
def _forward_backward(scores, transitions, previous, n_previous, marginals, pair_sums):
    """Fill `marginals` and add the expected transitions to `pair_sums`; returns log Z."""
    n, labels = scores.shape
    alpha = np.zeros((n, labels))
    scale = np.zeros(n)
    emission = np.empty((n, labels))
    for t in range(n):
        top = scores[t].max()
        scale[t] = top
        for j in range(labels):
            emission[t, j] = np.exp(scores[t, j] - top)
    for j in range(labels):
        alpha[0, j] = emission[0, j]
    log_z = 0.0
    for t in range(n):
        if t:
            for j in range(labels):
                total = 0.0
                for p in range(n_previous[j]):
                    i = previous[j, p]
                    total += alpha[t - 1, i] * transitions[i, j]
                alpha[t, j] = total * emission[t, j]
        z = alpha[t].sum()
        log_z += np.log(z) + scale[t]
        scale[t] = z
        for j in range(labels):
            alpha[t, j] /= z
    beta = np.ones(labels)
    for j in range(labels):
        marginals[n - 1, j] = alpha[n - 1, j]
    for t in range(n - 2, -1, -1):
        weighted = beta * emission[t + 1] / scale[t + 1]
        new = np.zeros(labels)
        for j in range(labels):
            for p in range(n_previous[j]):
                i = previous[j, p]
                value = transitions[i, j] * weighted[j]
                new[i] += value
                pair_sums[i, j] += alpha[t, i] * value
        beta = new
        for j in range(labels):
            marginals[t, j] = alpha[t, j] * beta[j]
    return log_z


@numba.njit(cache=True)
def _weights(z, n, rows, out, alpha, beta, l1):
    for r in range(len(rows)):
        for j in range(z.shape[1]):
            value = z[rows[r], j]
            if abs(value) <= l1:
                out[r, j] = 0.0
            else:
                sign = 1.0 if value > 0 else -1.0
                out[r, j] = -(value - sign * l1) / ((beta + np.sqrt(n[rows[r], j])) / alpha)


@numba.njit(cache=True)
def _update(z, n, rows, weights, gradient, alpha):
    for r in range(len(rows)):
        for j in range(z.shape[1]):
            g = gradient[r, j]
            if g != 0.0:
                old = n[rows[r], j]
                sigma = (np.sqrt(old + g * g) - np.sqrt(old)) / alpha
                z[rows[r], j] += g - sigma * weights[r, j]
                n[rows[r], j] = old + g * g


@numba.njit(cache=True)
def _epoch(
    order, starts, features, gold, importance, z, n, tz, tn, previous, n_previous, alpha, beta, l1, slot
):
    loss = 0.0
    labels = z.shape[1]
    every = np.arange(labels)
    for d in order:
        first, last = starts[d], starts[d + 1]
        length = last - first
        if length == 0:
            continue
        # Distinct features of the document.
        count = 0
        rows = np.empty(length * features.shape[1], np.int64)
        for t in range(first, last):
            for k in range(features.shape[1]):
                f = features[t, k]
                if f >= 0 and slot[f] < 0:
                    slot[f] = count
                    rows[count] = f
                    count += 1
        rows = rows[:count]
        weights = np.empty((count, labels))
        _weights(z, n, rows, weights, alpha, beta, l1)
        transitions = np.empty((labels, labels))
        _weights(tz, tn, every, transitions, alpha, beta, 0.0)
        scores = np.zeros((length, labels))
        for t in range(length):
            for k in range(features.shape[1]):
                f = features[first + t, k]
                if f >= 0:
                    s = slot[f]
                    for j in range(labels):
                        scores[t, j] += weights[s, j]
        marginals = np.empty((length, labels))
        pairs = np.zeros((labels, labels))
        log_z = _forward_backward(scores, np.exp(transitions), previous, n_previous, marginals, pairs)
        truth = 0.0
        for t in range(length):
            y = gold[first + t]
            truth += scores[t, y]
            marginals[t, y] -= 1.0
            if t:
                pairs[gold[first + t - 1], y] -= 1.0
                truth += transitions[gold[first + t - 1], y]
        loss += importance[d] * (log_z - truth)
        gradient = np.zeros((count, labels))
        for t in range(length):
            for k in range(features.shape[1]):
                f = features[first + t, k]
                if f >= 0:
                    s = slot[f]
                    for j in range(labels):
                        gradient[s, j] += marginals[t, j]
        gradient *= importance[d]
        pairs *= importance[d]
        _update(z, n, rows, weights, gradient, alpha)
        _update(tz, tn, every, transitions, pairs, alpha)
        for r in range(count):
            slot[rows[r]] = -1
    return loss


def train(
    features: np.ndarray,
    gold: np.ndarray,
    starts: np.ndarray,
    importance: np.ndarray,
    *,
    n_features: int,
    epochs: int = 5,
    l1: float = 4.0,
    alpha: float = 0.05,
    beta: float = 0.1,
    seed: int = 1,
    report=lambda epoch, loss: None,
) -> tuple[np.ndarray, np.ndarray]:
    """Weights (feature × label) and transitions (label × label) of the CRF.

    `features` contains one row of feature numbers per token (-1: none); `starts` is where documents begin,
    and the end; `importance` the weight of each document.
    """
    z, n = np.zeros((n_features, N)), np.zeros((n_features, N))
    tz, tn = np.zeros((N, N)), np.zeros((N, N))
    slot = np.full(n_features, -1, np.int64)
    random = np.random.default_rng(seed)
    for epoch in range(epochs):
        order = random.permutation(len(starts) - 1)
        loss = _epoch(
            order,
            starts,
            features,
            gold,
            importance,
            z,
            n,
            tz,
            tn,
            _PREVIOUS,
            _N_PREVIOUS,
            alpha,
            beta,
            l1,
            slot,
        )
        report(epoch, loss)
    weights, transitions = np.empty_like(z), np.empty_like(tz)
    _weights(z, n, np.arange(n_features), weights, alpha, beta, l1)
    _weights(tz, tn, np.arange(N), transitions, alpha, beta, 0.0)
    return weights, np.where(ALLOWED, transitions, -np.inf)


def marginals(scores: np.ndarray, transitions: np.ndarray) -> np.ndarray:
    """Label marginals of one sequence."""
    out = np.empty_like(scores)
    with np.errstate(over="ignore"):
        _forward_backward(scores, np.exp(transitions), _PREVIOUS, _N_PREVIOUS, out, np.zeros((N, N)))
    return out
