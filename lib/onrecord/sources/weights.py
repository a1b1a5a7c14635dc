"""The shipped weights of the models of reference."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple


class References(NamedTuple):
    """Weights by feature, in the order of the FEATURES of the module that uses them."""

    antecedents: tuple[float, ...]
    redescriptions: tuple[float, ...]
    nouns: Mapping[str, float]  # noun for a role -> log odds that it accompanies a name


@cache
def load_references() -> References:
    """Return the shipped weights (see models/references.md)."""
    path = resources.files("onrecord").joinpath("models/references.json")
    stored = json.loads(path.read_text(encoding="utf-8"))
    return References(
        tuple(map(float, stored["antecedents"].values())),
        tuple(map(float, stored["redescriptions"].values())),
        stored["nouns"],
    )
