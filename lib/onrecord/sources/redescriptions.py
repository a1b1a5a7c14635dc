"""Descriptions that give a named person a new word: "the billionaire", "the 43-year-old"."""

from __future__ import annotations

from onrecord.mentions.parsing import Parse
from onrecord.sources.cast import Cast
from onrecord.sources.persons import gender_of_role


def redescribed(cast: Cast, parse: Parse, start: int) -> int | None:
    """Return the named person whom a description without an antecedent means, or None."""
    return None
