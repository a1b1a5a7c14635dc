"""A small encoder for the tone toward a target, in numpy.

A transformer of few layers over the pieces of wordpieces.py, read at the target (see
models/tone_encoder.md). All arithmetic is 32-bit; the file has eight bits per weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import numpy as np

from onrecord.tone.wordpieces import Vocabulary, target_pieces

_PIECES = 2_000  # in one batch, with padding: small enough for a processor's cache
# Scores are rounded, so that the order of additions in a batch does not appear in a result.
_DECIMALS = 3


class Layer(NamedTuple):
    """Weights of one layer. A matrix has its bias as last row."""

    query: np.ndarray
    key: np.ndarray
    value: np.ndarray
    mixed: np.ndarray  # of the heads' output
    norm: np.ndarray  # 2 rows: weight, bias
    wide: np.ndarray
    narrow: np.ndarray
    last_norm: np.ndarray


class Encoder(NamedTuple):
    """Weights of the encoder, and its vocabulary."""

    vocabulary: Vocabulary
    pieces: np.ndarray  # pieces x dimensions
    positions: np.ndarray
    target: np.ndarray  # added at the target
    norm: np.ndarray
    layers: tuple[Layer, ...]
    head: np.ndarray  # dimensions (and bias) x tones
    n_heads: int


@cache
def load_encoder(path: str | Path | None = None) -> Encoder:
    """The encoder at `path`, or the shipped one."""
    shipped = resources.files("onrecord").joinpath("models/tone_encoder.npz")
    with (
        (shipped if path is None else Path(path)).open("rb") as file,
        np.load(file, allow_pickle=False) as stored,
    ):
        part = {name: stored[name] for name in stored.files}
    lines = {name: _lines(part[name]) for name in ("pieces", "common", "same")}
    vocabulary = Vocabulary(
        rows={piece: row for row, piece in enumerate(lines["pieces"])},
        common=frozenset(lines["common"]),
        same=dict(line.split("\t") for line in lines["same"]),
    )
    n_layers = int(part["n_layers"])
    return Encoder(
        vocabulary=vocabulary,
        pieces=_matrix(part, "embedding"),
        positions=_matrix(part, "positions"),
        target=part["target"].astype(np.float32),
        norm=part["norm"].astype(np.float32),
        layers=tuple(
            Layer(*(_matrix(part, f"layer{i}_{name}") for name in Layer._fields)) for i in range(n_layers)
        ),
        head=part["head"].astype(np.float32),
        n_heads=int(part["n_heads"]),
    )


def encoder_scores(targets: Iterable[tuple[str, int, int]], encoder: Encoder | None = None) -> np.ndarray:
    """Log-probabilities of the three tones. One row per (text, start, end)."""
    encoder = load_encoder() if encoder is None else encoder
    pieces = [target_pieces(*target, encoder.vocabulary) for target in targets]
    # Equal sentences are read once: in news many targets have the same words around them.
    unique = {(tuple(rows), at): None for rows, at in pieces}
    order = sorted(unique, key=lambda item: len(item[0]))
    scores: dict[tuple[tuple[int, ...], int], np.ndarray] = {}
    for batch in _batches(order):
        scores.update(zip(batch, _read(batch, encoder), strict=True))
    found = np.array([scores[tuple(rows), at] for rows, at in pieces], dtype=np.float64).reshape(-1, 3)
    found = found.round(_DECIMALS)
    return found - np.log(np.exp(found).sum(axis=1, keepdims=True))


def _batches(order: list[tuple[tuple[int, ...], int]]) -> Iterator[list[tuple[tuple[int, ...], int]]]:
    """Items in batches of similar length; `order` is sorted by length."""
    first = 0
    for number, (rows, _) in enumerate(order):
        if number > first and (number + 1 - first) * len(rows) > _PIECES:
            yield order[first:number]
            first = number
    if order:
        yield order[first:]


def _read(batch: list[tuple[tuple[int, ...], int]], encoder: Encoder) -> np.ndarray:
    """Scores of a batch of pieces with their targets."""
    longest = max(len(rows) for rows, _ in batch)
    ids = np.zeros((len(batch), longest), dtype=np.intp)
    hidden = np.full((len(batch), 1, 1, longest), np.float32(-1e9))
    for number, (rows, _) in enumerate(batch):
        ids[number, : len(rows)] = rows
        hidden[number, 0, 0, : len(rows)] = 0
    every, at = np.arange(len(batch)), np.array([at for _, at in batch])
    x = encoder.pieces[ids] + encoder.positions[:longest]
    x[every, at] += encoder.target
    x = _normal(x, encoder.norm)
    for layer in encoder.layers[:-1]:
        x = _layer(x, x, hidden, layer, encoder.n_heads)
    # Of the last layer only the target is used.
    x = _layer(x[every, at][:, None], x, hidden, encoder.layers[-1], encoder.n_heads)
    return _times(x[:, 0], encoder.head)


def _layer(x: np.ndarray, others: np.ndarray, hidden: np.ndarray, layer: Layer, n_heads: int) -> np.ndarray:
    def heads(values: np.ndarray) -> np.ndarray:
        n, length, width = values.shape
        return values.reshape(n, length, n_heads, width // n_heads).transpose(0, 2, 1, 3)

    query, key, value = (
        heads(_times(source, weights))
        for source, weights in ((x, layer.query), (others, layer.key), (others, layer.value))
    )
    weights = query @ key.transpose(0, 1, 3, 2)
    weights *= np.float32(1 / np.sqrt(query.shape[-1]))
    weights += hidden
    weights -= weights.max(axis=-1, keepdims=True)
    np.exp(weights, out=weights)
    weights /= weights.sum(axis=-1, keepdims=True)
    mixed = (weights @ value).transpose(0, 2, 1, 3).reshape(x.shape)
    x = _normal(x + _times(mixed, layer.mixed), layer.norm)
    wide = _gelu(_times(x, layer.wide))
    return _normal(x + _times(wide, layer.narrow), layer.last_norm)


def _times(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """x times a matrix whose last row is the bias."""
    # One large product is faster than one per sentence.
    flat = x.reshape(-1, x.shape[-1]) @ weights[:-1]
    flat += weights[-1]
    return flat.reshape(*x.shape[:-1], -1)


def _normal(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    x = x - x.mean(axis=-1, keepdims=True)
    variance = np.einsum("...i,...i->...", x, x)[..., None] / np.float32(x.shape[-1])
    x /= np.sqrt(variance + np.float32(1e-12))
    x *= weights[0]
    x += weights[1]
    return x


def _gelu(x: np.ndarray) -> np.ndarray:
    """Gaussian error linear unit, in its form with tanh."""
    inner = x * x
    inner *= np.float32(0.044715)
    inner += np.float32(1)
    inner *= x
    inner *= np.float32(0.7978845608)
    np.tanh(inner, out=inner)
    inner += np.float32(1)
    inner *= x
    inner *= np.float32(0.5)
    return inner


def _matrix(part: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Weights in 32 bits; those of eight bits have a step per row or per column."""
    stored = part[name]
    if stored.dtype != np.int8:
        return np.ascontiguousarray(stored, dtype=np.float32)
    weights = stored.astype(np.float32) * part[f"{name}_step"].astype(np.float32)
    bias = part.get(f"{name}_bias")
    return weights if bias is None else np.vstack([weights, bias.astype(np.float32)])


def _lines(stored: np.ndarray) -> list[str]:
    return stored.tobytes().decode("utf-8").split("\n")
