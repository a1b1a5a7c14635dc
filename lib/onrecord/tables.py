"""Tables: the columns of each table, their order and their types.

One schema per table, so that an empty corpus has the right columns and types. Every table is keyed by
doc_id and its own id; start and end are offsets in Unicode code points of the article's text, half
open. Missing is NA, never "" or 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType, NoneType
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
from pandas.api.extensions import ExtensionArray
from pandas.api.types import pandas_dtype

TEXT: Final = "string"
COUNT: Final = "Int64"
FLAG: Final = "boolean"
SHARE: Final = "Float64"
TIME: Final = "datetime64[ns, UTC]"

Schema = Mapping[str, str]

_SURROGATE = re.compile(r"[\ud800-\udfff]")

_MADE_BY = {
    "polarity": "add_tone",
    "target_tone": "add_target_tone",
    "language": "read_documents",
    "duplicate_of": "read_documents",
    "not_article": "read_documents",
    "passage": "find_passages",
    "voice": "split_voices",
    "item_id": "coding_sheet",
}

DOCUMENTS: Schema = {
    "doc_id": TEXT,
    "outlet": TEXT,
    "outlet_as_written": TEXT,
    "published": TIME,
    "byline": TEXT,
    "headline": TEXT,
    "standfirst": TEXT,
    "text": TEXT,
    "url": TEXT,
    "language": TEXT,
    "path": TEXT,
    "file_format": TEXT,
    "n_words": COUNT,
    "duplicate_of": TEXT,
    "not_article": TEXT,
}

REPORT: Schema = {
    "path": TEXT,
    "file_format": TEXT,
    "n_expected": COUNT,
    "n_found": COUNT,
    "n_skipped": COUNT,
    "reason": TEXT,
    "warnings": TEXT,
}

SENTENCES: Schema = {
    "doc_id": TEXT,
    "sentence_id": COUNT,
    "paragraph": COUNT,
    "start": COUNT,
    "end": COUNT,
    "text": TEXT,
}

SPANS: Schema = {
    "doc_id": TEXT,
    "attribution_id": COUNT,
    "role": TEXT,
    "start": COUNT,
    "end": COUNT,
    "text": TEXT,
}

ATTRIBUTIONS: Schema = {
    "doc_id": TEXT,
    "attribution_id": COUNT,
    "form": TEXT,
    "act": TEXT,
    "text": TEXT,
    "cue": TEXT,
    "cue_stance": TEXT,
    "speaker": TEXT,
    "source_id": COUNT,
    "is_closed": FLAG,
    "probability": SHARE,
    "n_words_quoted": COUNT,
}

SOURCES: Schema = {
    "doc_id": TEXT,
    "source_id": COUNT,
    "description": TEXT,
    "form": TEXT,
    "naming": TEXT,
    "name": TEXT,
    "is_name_inferred": FLAG,
    "marker": TEXT,
    "marker_start": COUNT,
    "marker_end": COUNT,
    "reason": TEXT,
    "reason_class": TEXT,
    "rank": TEXT,
    "title": TEXT,
    "title_start": COUNT,
    "title_end": COUNT,
    "affiliation": TEXT,
    "affiliation_start": COUNT,
    "affiliation_end": COUNT,
    "justification": TEXT,
    "justification_start": COUNT,
    "justification_end": COUNT,
    "sector": TEXT,
    "is_sector_inferred": FLAG,
    "gender": TEXT,
    "basis": TEXT,
    "description_level": COUNT,
    "n_claimed": COUNT,
    "is_plural": FLAG,
    "relay": TEXT,
    "relay_outlet": TEXT,
    "status": TEXT,
    "n_attributions": COUNT,
    "n_statements": COUNT,
    "n_words_quoted": COUNT,
}

SCARE_QUOTES: Schema = {
    "doc_id": TEXT,
    "kind": TEXT,
    "start": COUNT,
    "end": COUNT,
    "text": TEXT,
}

DISCLOSURES: Schema = {
    "doc_id": TEXT,
    "disclosure_id": COUNT,
    "kind": TEXT,
    "who": TEXT,
    "source_id": COUNT,
    "is_own_request": FLAG,
    "start": COUNT,
    "end": COUNT,
    "text": TEXT,
}


# Columns that an analysis saved by an earlier version does not have.
_ADDED_TO_SOURCES = (
    *("title", "title_start", "title_end", "affiliation_start", "affiliation_end"),
    *("justification", "justification_start", "justification_end"),
    *("sector", "is_sector_inferred", "gender"),
)


def added_columns(table: str, known: Iterable[str]) -> list[str]:
    """Columns of a table that a file of an earlier version does not have.

    The file has the columns `known`. The others are filled with NA when such a file is read.
    """
    known = set(known)
    added = _ADDED_TO_SOURCES if table == "sources" else ()
    return [column for column in added if column not in known]


# The values of coded columns (docs/codebook.md), in the order in which a coder sees them. Pages and charts
# use them as names of classes and colours.
ALLOWED: Mapping[tuple[str, str], tuple[str, ...]] = MappingProxyType(
    {
        ("spans", "role"): ("content", "cue", "source"),
        ("attributions", "form"): ("direct", "mixed", "indirect"),
        ("attributions", "act"): ("statement", "decree", "plan", "attitude"),
        ("sources", "form"): ("person", "group", "institution", "document", "media", "narrator", "none"),
        ("sources", "naming"): (
            *("named", "institution", "anonymous", "identifiable", "spokesperson", "unnamed", "collective"),
            *("narrator", "unidentified_document", "unclear"),
        ),
        ("scare_quotes", "kind"): ("scare", "title", "nickname", "term"),
        ("disclosures", "kind"): ("declined", "no_response", "unreachable", "unverified"),
    }
)


def require_allowed(frame: pd.DataFrame, name: str, *, table: str) -> None:
    """Raise ValueError that names the first value that a column cannot have.

    `name` is the table, `table` what a message calls it."""
    for (owner, column), allowed in ALLOWED.items():
        if owner == name and column in frame.columns:
            values = frame[column].dropna()
            wrong = values[~values.isin(allowed)]
            if len(wrong):
                raise ValueError(
                    f"{table}: {column} is {str(wrong.iloc[0])[:60]!r} in {len(wrong)} rows; it must be one "
                    f"of {', '.join(sorted(allowed))}. Load only an analysis that Analysis.save wrote."
                )


def as_table(rows: Iterable[tuple] | Mapping[str, list], schema: Schema) -> pd.DataFrame:
    """Make a table with exactly the columns and types of `schema`.

    `rows` is an iterable of tuples in the schema's order, or a mapping from column names to values.
    A column that is not in the mapping is filled with NA. A lone surrogate is stored as U+FFFD.
    """
    columns: Mapping[str, Sequence]
    if isinstance(rows, Mapping):
        columns = rows
    else:
        rows = list(rows)
        values = zip(*rows, strict=True) if rows else [()] * len(schema)
        columns = dict(zip(schema, values, strict=True))
    length = max((len(values) for values in columns.values()), default=0)
    is_plain = not any(isinstance(values, pd.Series) for values in columns.values())  # without an index
    make = _as_array if is_plain else as_column
    empty = [None] * length
    return pd.DataFrame({name: make(columns.get(name, empty), kind) for name, kind in schema.items()})


_OF_TYPE = MappingProxyType({TEXT: str, COUNT: int, FLAG: bool})  # of values that need no check by pandas


def _as_array(values: Sequence, kind: str) -> ExtensionArray:
    """Array of the type `kind`: that of as_column.

    Text, whole numbers and flags of Python go to it without the checks of pandas, which take longer.
    """
    if isinstance(values, ExtensionArray) and values.dtype == pandas_dtype(kind):
        return values
    types = set(map(type, values))
    if kind in _OF_TYPE and types <= {_OF_TYPE[kind], NoneType}:
        if kind == TEXT:
            try:
                return pd.arrays.ArrowStringArray(pa.array(values, pa.large_string()))
            except UnicodeEncodeError:
                return as_column(values, kind).array
        missing, filled = np.zeros(len(values), bool), values
        if NoneType in types:
            missing = np.array([value is None for value in values], bool)
            filled = [value or 0 for value in values]
        if kind == FLAG:
            return pd.arrays.BooleanArray(np.array(filled, bool), missing)
        return pd.arrays.IntegerArray(np.array(filled, np.int64), missing)
    return as_column(values, kind).array


def as_column(values: Iterable, kind: str = TEXT) -> pd.Series:
    """A column of the type `kind`; a lone surrogate is stored as U+FFFD."""
    try:
        return pd.Series(values, dtype=kind)
    except UnicodeEncodeError:
        return pd.Series([replace_surrogates(v) if isinstance(v, str) else v for v in values], dtype=kind)


def replace_surrogates(text: str) -> str:
    """`text` with each lone surrogate replaced by U+FFFD.

    One code point replaces one, so that offsets do not change.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def require(frame: pd.DataFrame, columns: Iterable[str], *, table: str) -> None:
    """Raise ValueError that names the first missing column and the remedy."""
    if not isinstance(frame, pd.DataFrame):
        raise ValueError(
            f"{table} must be a table (DataFrame), not {type(frame).__name__}. Articles are read "
            "with onrecord.read_documents('data/articles'); all other tables come from "
            "onrecord.analyse(documents)."
        )
    for column in columns:
        if column not in frame.columns:
            known = [str(name) for name in frame.columns]
            raise ValueError(
                f"{table} has no column {column!r}; it has {', '.join(known) or 'none'}. "
                + _remedy(str(column), known)
            )


def _remedy(column: str, known: list[str]) -> str:
    if column in _MADE_BY:
        return f"onrecord.{_MADE_BY[column]} makes a table that has it."
    if close := get_close_matches(column, known, n=1, cutoff=0.8):
        return f"Did you mean {close[0]!r}?"
    return f"If another column holds it, rename that one: frame.rename(columns={{'…': {column!r}}})."
