"""Forests of oblivious trees, read from arrays and scored for many rows at once.

An oblivious tree asks the same question at every node of a level, so a row's leaf is a binary
number and a whole batch goes through a tree in a few array steps.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

_BLOCK = 16_384  # rows that stay in the processor's cache


class Forest(NamedTuple):
    """Trees by level: the columns compared, the borders, and the values of the leaves."""

    columns: np.ndarray  # trees × depth
    borders: np.ndarray  # trees × depth; +inf where a tree is shallower
    leaves: np.ndarray  # trees × 2 ** depth
    bias: float

    def scores(self, rows: np.ndarray) -> np.ndarray:
        """Score of each row (rows × columns, float32)."""
        total = np.full(len(rows), self.bias)
        for first in range(0, len(rows), _BLOCK):
            by_column = list(np.ascontiguousarray(rows[first : first + _BLOCK].T))
            part = total[first : first + _BLOCK]
            # The answers of a tree's levels, read as a binary number, are the leaf. In bytes and in
            # place: nearly all the linker's time is spent here.
            answer, leaf = np.empty(len(part), bool), np.empty(len(part), np.uint8)
            bit, value = answer.view(np.uint8), np.empty(len(part))
            trees = zip(self.columns.tolist(), self.borders, self.leaves, strict=True)
            for columns, borders, leaves in trees:
                np.greater(by_column[columns[-1]], borders[-1], out=answer)
                leaf[:] = bit
                for column, border in zip(columns[-2::-1], borders[-2::-1], strict=True):
                    np.greater(by_column[column], border, out=answer)
                    np.add(leaf, leaf, out=leaf)
                    np.bitwise_or(leaf, bit, out=leaf)
                part += leaves.take(leaf, out=value, mode="clip")
        return total

    def probabilities(self, rows: np.ndarray) -> np.ndarray:
        """Scores as probabilities."""
        return 1 / (1 + np.exp(-self.scores(rows)))


def forest_from(data: np.lib.npyio.NpzFile, name: str) -> Forest:
    """Forest stored under `name` in an .npz file."""
    return Forest(
        data[f"{name}_columns"].astype(np.int64),
        data[f"{name}_borders"],
        data[f"{name}_leaves"].astype(np.float64),
        float(data[f"{name}_bias"]),
    )
