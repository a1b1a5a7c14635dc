"""Whether the tables of an analysis fit its texts and each other.

An analysis that was saved, changed and loaded can have offsets of another text, or rows that point to
nothing. Every page and measure relies on them, so they are checked where an analysis comes from a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

import pandas as pd

# The key of each table: it has one row per key.
_KEYS = {
    "sentences": ["doc_id", "sentence_id"],
    "attributions": ["doc_id", "attribution_id"],
    "sources": ["doc_id", "source_id"],
    "disclosures": ["doc_id", "disclosure_id"],
}
_KEY_COLUMNS = frozenset(keys[1] for keys in _KEYS.values())
# Columns that point to a row of another table, or to none where they are NA.
_POINTS_TO = (
    ("spans", "attribution_id", "attributions"),
    ("attributions", "source_id", "sources"),
    ("disclosures", "source_id", "sources"),
)
_COUNTS = frozenset(["n_words", "n_words_quoted", "n_attributions", "n_statements", "n_claimed"])
_ALWAYS = ("spans", "sentences", "scare_quotes", "disclosures")  # each row has a start, an end and their text
# Words of a source, with the columns of their offsets, which are NA where the words are.
_OF_SOURCES = ("marker", "title", "affiliation", "justification")
_REMEDY = "Analyse the articles again: onrecord.analyse(documents)."
_SHOWN = 60  # characters of a text in a message


def require_consistent(tables: Mapping[str, pd.DataFrame], *, of: str) -> None:
    """Raise ValueError that names the first row of `tables` that does not fit.

    Each doc_id occurs once in documents and each row of another table has one of them. The other ids occur
    once in an article, and an id that points to a row of another table leads to one. An offset and its end
    are within the text and give the words of their row. Counts are 0 or more, probabilities from 0 to 1.
    `of` is what a message calls the analysis.
    """
    documents = tables["documents"]
    ids = documents["doc_id"]
    if ids.isna().any() or ids.duplicated().any():
        where = "is missing" if ids.isna().any() else f"{ids[ids.duplicated()].iloc[0]!r} occurs twice"
        raise ValueError(f"{of}: doc_id of documents {where}. {_REMEDY}")
    for name, frame in tables.items():
        if name == "documents":
            continue
        strange = ~frame["doc_id"].isin(ids)
        if strange.any():
            _refuse(of, name, frame[strange].iloc[0], "is of an article that documents does not have")
        if name in _KEYS:
            wrong = frame[_KEYS[name]].isna().any(axis=1) | frame.duplicated(_KEYS[name])
            if wrong.any():
                _refuse(of, name, frame[wrong].iloc[0], "has an id that is missing or occurs twice")
    for name, column, other in _POINTS_TO:
        frame = tables[name]
        known = pd.MultiIndex.from_frame(tables[other][["doc_id", column]].astype(object))
        given = frame[frame[column].notna()] if name != "spans" else frame
        leads = pd.MultiIndex.from_frame(given[["doc_id", column]].astype(object)).isin(known)
        if not leads.all():
            _refuse(of, name, given[~leads].iloc[0], f"has a value of {column} that {other} does not have")
    for name, frame in tables.items():
        for column in frame.columns:
            if column != "probability" and column not in _COUNTS:
                continue
            wrong = frame[column].lt(0) | (frame[column].gt(1) if column == "probability" else False)
            if wrong.any():
                row = frame[wrong.fillna(False)].iloc[0]
                _refuse(of, name, row, f"has {column} {row[column]}, which is not possible")
    texts = dict(zip(ids, documents["text"].astype(object).where(documents["text"].notna(), ""), strict=True))
    for name in _ALWAYS:
        _require_offsets(tables[name], name, "start", "end", "text", texts, of)
    sources = tables["sources"]
    for words in _OF_SOURCES:
        start, end = f"{words}_start", f"{words}_end"
        has = sources[[start, end]].notna().any(axis=1)
        _require_offsets(sources[has], "sources", start, end, words, texts, of)


def _require_offsets(
    frame: pd.DataFrame, name: str, start: str, end: str, words: str, texts: Mapping[str, str], of: str
) -> None:
    """Raise ValueError where a row's offsets do not give its words."""
    if frame[[start, end]].isna().any(axis=None):
        row = frame[frame[[start, end]].isna().any(axis=1)].iloc[0]
        _refuse(of, name, row, f"has no {start} or no {end}")
    columns = (frame[column].tolist() for column in ("doc_id", start, end, words))
    for number, (doc_id, first, last, said) in enumerate(zip(*columns, strict=True)):
        text = texts[doc_id]
        if not (0 <= first <= last <= len(text) and text[first:last] == said):
            there = repr(text[first:last][:_SHOWN]) if 0 <= first < last else "nothing"
            what = f"has {start} {first} and {end} {last}, where the text has {there}, and {words} is "
            _refuse(of, name, frame.iloc[number], what + repr(said)[:_SHOWN])


def _refuse(of: str, name: str, row: pd.Series, what: str) -> NoReturn:
    keys = ["doc_id", *(column for column in row.index if column in _KEY_COLUMNS)]
    ids = ", ".join(f"{column} {str(row[column])[:_SHOWN]!r}" for column in keys)
    raise ValueError(f"{of}: {name}: the row with {ids} {what}. {_REMEDY}")
