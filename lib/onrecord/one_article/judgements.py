"""Parts of the page: places in the text, rows of judgements, sections, rules."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import pandas as pd

Key = tuple[str, int]  # kind and number of a place


class Place(NamedTuple):
    """Span of the text that a judgement rests on. `group` is its colour."""

    key: Key
    start: int
    end: int
    group: str
    label: str


class Cell(NamedTuple):
    """Cell of a table: words, and further words in a second line."""

    words: str
    below: str = ""


class Row(NamedTuple):
    """One judgement: cells, keys of its places in the text, names of its rules."""

    cells: tuple[Cell, ...]
    places: tuple[Key, ...]
    rules: tuple[str, ...]


class Section(NamedTuple):
    """One question with its answer: a sentence, and one row per judgement."""

    key: str
    question: str
    answer: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Rule(NamedTuple):
    """One rule of the codebook in words."""

    key: str
    title: str
    words: str


@cache
def rules_in_words() -> dict[str, Rule]:
    """The rules that a page can refer to, by their name."""
    text = resources.files("onrecord").joinpath("one_article/rules_in_words.csv").read_text(encoding="utf-8")
    return {
        row["rule"]: Rule(row["rule"], row["title"], row["words"])
        for row in csv.DictReader(text.splitlines())
    }


def known(value: Any) -> str:
    """`value` as text, "" where it is NA."""
    return "" if pd.isna(value) else str(value)


def quoted(value: Any) -> str:
    """`value` in quotation marks, "" where it is NA."""
    words = known(value)
    return f"“{words}”" if words else ""


def counted(n: int, one: str, several: str | None = None) -> str:
    """A number with its noun: "1 source", "2 sources"."""
    return f"{n:,} {one if n == 1 else several or one + 's'}"


def listed(parts: list[str]) -> str:
    """Parts as an enumeration: "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""
