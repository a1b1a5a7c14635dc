"""Forests of oblivious trees, read from arrays and scored for many rows at once.

An oblivious tree asks the same question at every node of a level, so a row's leaf is a binary
number and a whole batch goes through a tree in a few array steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

_BLOCK = 16_384  # rows that stay in the processor's cache
_TOGETHER = 16  # trees whose leaves are computed together


@dataclass(frozen=True)
class Forest:
    """Trees by level: the columns compared, the borders, and the values of the leaves."""

    columns: np.ndarray  # trees × depth
    borders: np.ndarray  # trees × depth; +inf where a tree is shallower
    leaves: np.ndarray  # trees × 2 ** depth
    bias: float

    @cached_property
    def _groups(self) -> list[tuple[list[list[tuple[int, np.ndarray]]], list[np.ndarray]]]:
        """Groups of trees: the questions of each level, and the leaves of each tree.

        The last level comes first. A border is an array of its own: numpy compares with one faster than
        with a number.
        """
        trees = [
            [(column, np.array(border)) for column, border in zip(columns, borders, strict=True)]
            for columns, borders in zip(self.columns.tolist(), self.borders, strict=True)
        ]
        return [
            (
                [list(level) for level in zip(*trees[first : first + _TOGETHER], strict=True)][::-1],
                list(self.leaves[first : first + _TOGETHER]),
            )
            for first in range(0, len(trees), _TOGETHER)
        ]

    def scores(self, rows: np.ndarray) -> np.ndarray:
        """Score of each row (rows × columns, float32)."""
        total = np.full(len(rows), self.bias)
        for first in range(0, len(rows), _BLOCK):
            by_column = [np.ascontiguousarray(column[first : first + _BLOCK]) for column in rows.T]
            part = total[first : first + _BLOCK]
            n = len(part)
            # The answers of a tree's levels, read as a binary number, are the leaf. In bytes and in
            # place: nearly all the linker's time is spent here.
            answer, leaf = np.empty((_TOGETHER, n), bool), np.empty((_TOGETHER, n), np.uint8)
            bit, index, value = answer.view(np.uint8), np.empty(n, np.intp), np.empty(n)
            answers, leaf_of = list(answer), list(leaf)
            for levels, leaves in self._groups:
                leaf[:] = 0
                for level in levels:
                    for (column, border), out in zip(level, answers, strict=False):
                        np.greater(by_column[column], border, out)
                    np.add(leaf, leaf, leaf)
                    np.bitwise_or(leaf, bit, leaf)
                for values, number in zip(leaves, leaf_of, strict=False):
                    index[:] = number
                    part += values.take(index, out=value, mode="clip")
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
