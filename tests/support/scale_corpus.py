"""A small invented corpus for the tests of scale, and word lists that make a worker fail or die."""

from __future__ import annotations

import os
from dataclasses import replace

import pandas as pd

from onrecord import Analysis
from onrecord.wordlists import Lists, load_lists

NAMES = ["Ann Reed", "Paul Voss", "Dana Holt", "Rosa Quill", "Max Finch"]
KEYS = ["doc_id", "sentence_id", "attribution_id", "source_id", "role", "start"]


def articles(n: int) -> pd.DataFrame:
    """Return `n` short articles of three outlets; one paragraph occurs in all, each seventh is a copy."""
    rows = []
    for i in range(n):
        who, other = NAMES[i % 5], NAMES[(i + 1) % 5].split()[1]
        day = i - 1 if i % 7 == 6 else i
        text = (
            f"“The bridge of day {day} is safe,” {who} said on Monday.\n\n"
            f"A senior official, who asked not to be named, told reporters that gate {day} had failed. "
            f"{other} denied it.\n\nSign up here for the morning letter of our newsroom\n"
        )
        if i % 7 == 6:
            text = rows[-1][2]
        rows.append((f"d{i:05d}", ["Herald", "Post", "Echo"][i % 3], text))
    documents = pd.DataFrame(rows, columns=["doc_id", "outlet", "text"])
    documents["published"] = pd.Timestamp("2026-01-01", tz="UTC") + pd.to_timedelta(range(n), unit="h")
    # As the stream marks copies of the same text.
    first = documents.groupby("text")["doc_id"].transform("first")
    documents["duplicate_of"] = first.where(first != documents["doc_id"]).astype("string")
    return documents


def assert_same(one: Analysis, other: Analysis) -> None:
    """Assert that two analyses have the same tables, apart from the order of their rows."""
    for name in ("documents", "sentences", "spans", "attributions", "sources", "scare_quotes", "disclosures"):
        tables = [getattr(analysis, name) for analysis in (one, other)]
        order = [key for key in KEYS if key in tables[0].columns]
        first, second = (t.sort_values(order, kind="stable", ignore_index=True) for t in tables)
        pd.testing.assert_frame_equal(first, second)


class Deadly:
    """A pattern like another, but a text with FAIL makes it raise, and one with DIE ends the process."""

    def __init__(self, pattern) -> None:
        self.pattern = pattern

    def __getattr__(self, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        found = getattr(self.pattern, name)

        def watched(text, *rest):
            if "DIE" in text:
                os._exit(9)
            if "FAIL" in text:
                raise RuntimeError("this text is not to be read")
            return found(text, *rest)

        return watched if callable(found) else found


def deadly_lists() -> Lists:
    lists = load_lists()
    return replace(lists, markers=Deadly(lists.markers))
