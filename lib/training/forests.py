"""Train forests of oblivious trees with CatBoost and write them as plain arrays."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import numpy as np
from catboost import CatBoost, Pool

from onrecord.attributions.linking.forest import Forest

SETTINGS = {
    "loss_function": "Logloss",
    "iterations": 150,
    "depth": 6,
    "learning_rate": 0.15,
    "l2_leaf_reg": 5,
    "border_count": 64,
    "bootstrap_type": "No",
    "random_seed": 1,
    "thread_count": 1,  # the same trees on every machine
    "verbose": False,
    "allow_writing_files": False,
}


def fit(rows: np.ndarray, right: np.ndarray, **settings) -> Forest:
    """Forest that gives the probability of a row being right.

    A softmax over the candidates of each content run was tried in place of a yes or no for each candidate:
    six times slower.
    """
    model = CatBoost({**SETTINGS, **settings})
    model.fit(Pool(rows, right.astype(int)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        data = json.loads(path.read_text(encoding="utf-8"))
    depth = max(len(tree["splits"]) for tree in data["oblivious_trees"])
    n = len(data["oblivious_trees"])
    columns, borders = np.zeros((n, depth), np.int16), np.full((n, depth), np.inf, np.float32)
    leaves = np.zeros((n, 2**depth), np.float32)
    for k, tree in enumerate(data["oblivious_trees"]):
        for level, split in enumerate(tree["splits"]):
            columns[k, level] = split["float_feature_index"]
            borders[k, level] = split["border"]
        leaves[k, : len(tree["leaf_values"])] = tree["leaf_values"]
    scale, bias = data["scale_and_bias"]
    forest = Forest(columns, borders, leaves * scale, float(np.ravel(bias)[0]))
    # The arrays must say what the library says, to rounding.
    sample = np.asarray(rows[:2000], np.float32)
    assert np.allclose(forest.scores(sample), model.predict(sample), atol=1e-3), (
        "the arrays differ from the model"
    )
    return forest


def as_arrays(forest: Forest, name: str) -> dict[str, np.ndarray]:
    """Forest as named arrays for an .npz file."""
    return {
        f"{name}_columns": forest.columns.astype(np.int16),
        f"{name}_borders": forest.borders.astype(np.float32),
        f"{name}_leaves": forest.leaves.astype(np.float16),
        f"{name}_bias": np.float64(forest.bias),
    }
