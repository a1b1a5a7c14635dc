"""The linear model of tone toward a target.

Faster than the encoder and less often right (see models/target_tone.md). It runs in plain numpy.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import numpy as np

from onrecord.tone.target_features import dense_features, sparse_features, surroundings
from onrecord.wordlists import Lists

LABELS = ("negative", "neutral", "positive")


class Model(NamedTuple):
    """Weights: a linear model over hashed features, word vectors, small networks."""

    linear: np.ndarray  # buckets x 3
    bias: np.ndarray
    dense: np.ndarray  # of the linear model, over the mean vectors: dimensions x 3
    vectors: np.ndarray  # words x dimensions
    rows: dict[str, int]  # word -> row of vectors
    inputs: np.ndarray  # buckets that the networks read beside the mean vectors, sorted
    networks: list[tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]]
    share: float  # of the networks in the result


@cache
def load_model(path: str | Path | None = None) -> Model:
    """The model at `path`, or the shipped one."""
    shipped = resources.files("onrecord").joinpath("models/target_tone.npz")
    with (
        (shipped if path is None else Path(path)).open("rb") as file,
        np.load(file, allow_pickle=False) as stored,
    ):
        part = {name: stored[name] for name in stored.files}
    words = part["words"].tobytes().decode("utf-8").split("\n")
    return Model(
        linear=part["linear"].astype(np.float32) * part["linear_step"],
        bias=part["bias"],
        dense=part["dense"].astype(np.float32),
        vectors=part["vectors"].astype(np.float32) * part["vectors_step"][:, None].astype(np.float32),
        rows={word: row for row, word in enumerate(words) if row >= int(part["n_function_words"])},
        inputs=part["inputs"],
        networks=[
            tuple(part[f"network{i}_{name}"].astype(np.float32) for name in ("w1", "b1", "w2", "b2"))
            for i in range(int(part["n_networks"]))
        ],
        share=float(part["share"]),
    )


def target_probabilities(
    targets: Iterable[tuple[str, int, int]], model: Model | None = None, lists: Lists | None = None
) -> np.ndarray:
    """Probabilities of negative, neutral and positive. One row per (text, start, end)."""
    model = load_model() if model is None else model
    linear, dense, inputs = [], [], []
    for text, start, end in targets:
        near = surroundings(text, start, end)
        buckets, values = (np.array(part) for part in sparse_features(text, start, end, near, lists))
        linear.append(values @ model.linear[buckets])
        dense.append(dense_features(near, model.rows, model.vectors))
        inputs.append(values_at(buckets, values, model.inputs))
    if not linear:
        return np.zeros((0, len(LABELS)))
    dense_of = np.array(dense)
    scores = _log_softmax(np.array(linear) + dense_of @ model.dense + model.bias)
    if model.networks:
        x = np.hstack([dense_of, np.array(inputs, dtype=np.float32)])
        means = np.mean(
            [np.exp(_log_softmax(np.maximum(x @ a + b, 0) @ c + d)) for a, b, c, d in model.networks], axis=0
        )
        scores = _log_softmax((1 - model.share) * scores + model.share * np.log(means))
    return np.exp(scores)


def values_at(buckets: np.ndarray, values: np.ndarray, read: np.ndarray) -> np.ndarray:
    """Values of the buckets `read`, which is sorted, in its order."""
    found = np.zeros(len(read), dtype=np.float32)
    if len(read):
        positions = np.minimum(np.searchsorted(read, buckets), len(read) - 1)
        hit = read[positions] == buckets
        np.add.at(found, positions[hit], values[hit])
    return found


def _log_softmax(scores: np.ndarray) -> np.ndarray:
    scores = scores - scores.max(axis=1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
