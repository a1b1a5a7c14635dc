"""Forests of oblivious trees, worked by hand."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np

from onrecord.attributions.linking.forest import Forest, forest_from

# Tree 1 asks column 0 > 1 (worth 1) and column 1 > 5 (worth 2); tree 2 asks column 1 > 0 alone.
FOREST = Forest(
    np.array([[0, 1], [1, 0]]),
    np.array([[1.0, 5.0], [0.0, np.inf]], np.float32),
    np.array([[10.0, 20.0, 30.0, 40.0], [0.5, -0.5, 0.0, 0.0]]),
    100.0,
)
ROWS = np.array([[0, 0], [2, 0], [0, 6], [2, 6], [1, 5]], np.float32)


def test_scores():
    assert FOREST.scores(ROWS).tolist() == [110.5, 120.5, 129.5, 139.5, 109.5]


def test_rows_do_not_depend_on_one_another():
    assert FOREST.scores(ROWS[3:4]).tolist() == [139.5]
    assert FOREST.scores(ROWS[::-1]).tolist() == FOREST.scores(ROWS)[::-1].tolist()


def test_no_rows():
    assert FOREST.scores(np.zeros((0, 2), np.float32)).tolist() == []
    assert FOREST.probabilities(np.zeros((0, 2), np.float32)).tolist() == []


def test_probabilities():
    forest = replace(FOREST, bias=-10.5)
    assert forest.probabilities(ROWS[:1]).tolist() == [0.5]
    assert (np.diff(forest.probabilities(ROWS[:4])) >= 0).all()


def test_from_file():
    file = io.BytesIO()
    np.savez(
        file,
        keep_columns=FOREST.columns.astype(np.int16),
        keep_borders=FOREST.borders,
        keep_leaves=FOREST.leaves.astype(np.float16),
        keep_bias=np.float64(FOREST.bias),
    )
    file.seek(0)
    read = forest_from(np.load(file, allow_pickle=False), "keep")
    assert read.scores(ROWS).tolist() == FOREST.scores(ROWS).tolist()
