"""Occurrences of a word or phrase in all articles, and their order by context."""

from __future__ import annotations

import numpy as np
import pandas as pd

from onrecord.framing.words import phrase_pattern, words_in
from onrecord.tables import COUNT, TEXT, Schema, as_table, require

OCCURRENCES: Schema = {"doc_id": TEXT, "start": COUNT, "end": COUNT}
_COMPARED = 6  # words of context that decide the order
_NESTED = 8  # contents looked at, from the nearest: contents are rarely nested deeper


def occurrences(documents: pd.DataFrame, phrase: str) -> pd.DataFrame:
    """Occurrences of `phrase` in the texts.

    One row per occurrence: doc_id, start, end.
    """
    require(documents, ["doc_id", "text"], table="documents")
    pattern = phrase_pattern(phrase)
    rows = [
        (doc_id, match.start(), match.end())
        for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
        if isinstance(text, str)
        for match in pattern.finditer(text)
    ]
    return as_table(rows, OCCURRENCES)


def owners_of(found: pd.DataFrame, content: pd.DataFrame) -> pd.Series:
    """The attribution_id of the content that contains each occurrence.

    NA where none does.
    """
    starts = content.sort_values(["doc_id", "start"], kind="stable")
    by_article = {
        doc_id: (part["start"].to_numpy(int), part["end"].to_numpy(int), part["attribution_id"].to_numpy())
        for doc_id, part in starts.groupby("doc_id", sort=False)
    }
    owners = []
    for doc_id, start, end in zip(found["doc_id"], found["start"], found["end"], strict=True):
        first, last, numbers = by_article.get(doc_id, (np.empty(0, int), np.empty(0, int), np.empty(0)))
        # The innermost content: the last that begins before the occurrence and ends after it.
        at = int(np.searchsorted(first, start, "right")) - 1
        near = range(at, max(at - _NESTED, -1), -1)
        owners.append(next((numbers[i] for i in near if last[i] >= end), pd.NA))
    return pd.Series(owners, found.index, dtype="Int64")


def order_by_context(side: pd.Series, *, is_left: bool) -> list[int]:
    """Positions of the rows in the order of their context, the nearest word first."""
    words = [words_in(text) for text in side]
    near = [part[: -_COMPARED - 1 : -1] if is_left else part[:_COMPARED] for part in words]
    return sorted(range(len(near)), key=near.__getitem__)
