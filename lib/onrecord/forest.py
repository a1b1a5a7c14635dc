"""Forests of oblivious trees, read from arrays and scored for many rows at once.

An oblivious tree asks the same question at every node of a level, so a row's leaf is a binary
number and a whole batch goes through a tree in a few array steps.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Forest(NamedTuple):
    """Trees by level: the column asked, the border it must exceed, and the values of the leaves."""

    columns: np.ndarray  # trees × depth
    borders: np.ndarray  # trees × depth; +inf where a tree is shallower
    leaves: np.ndarray  # trees × 2 ** depth
    bias: float

    def scores(self, rows: np.ndarray) -> np.ndarray:
        """Return the score of each row (rows × columns, float32)."""
        total = np.full(len(rows), self.bias)
        if not len(rows):
            return total
        by_column = np.ascontiguousarray(rows.T)
        leaf = np.empty(len(rows), np.int64)
        for columns, borders, leaves in zip(self.columns, self.borders, self.leaves, strict=True):
            leaf[:] = 0
            for level, (column, border) in enumerate(zip(columns, borders, strict=True)):
                leaf += (by_column[column] > border).astype(np.int64) << level
            total += leaves[leaf]
        return total

    def probabilities(self, rows: np.ndarray) -> np.ndarray:
        """Return the scores as probabilities."""
        return 1 / (1 + np.exp(-self.scores(rows)))


def forest_from(data: np.lib.npyio.NpzFile, name: str) -> Forest:
    """Return the forest stored under `name` in an .npz file."""
    return Forest(
        data[f"{name}_columns"].astype(np.int64),
        data[f"{name}_borders"],
        data[f"{name}_leaves"].astype(np.float64),
        float(data[f"{name}_bias"]),
    )
