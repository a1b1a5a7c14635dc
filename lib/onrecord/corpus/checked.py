"""The check of a table of articles before its analysis."""

from __future__ import annotations

import warnings

import pandas as pd
from pandas.api.types import pandas_dtype

from onrecord.tables import COUNT, DOCUMENTS, as_column, as_table, require
from onrecord.text.characters import count_words


def checked_documents(documents: pd.DataFrame) -> pd.DataFrame:
    """`documents` with all columns of DOCUMENTS.

    Raises ValueError as `analyse` does.
    """
    require(documents, ["doc_id", "text"], table="documents")
    ids = as_column(documents["doc_id"])  # 1 and "1" are one id in the tables
    if ids.isna().any():
        raise ValueError(f"documents: {int(ids.isna().sum())} rows have no doc_id; give each article its own")
    if ids.duplicated().any():
        raise ValueError(
            f"documents: doc_id {ids[ids.duplicated()].iloc[0]!r} occurs more than once; make the ids "
            "differ, or remove the repeated rows with documents.drop_duplicates('doc_id')"
        )
    surrogates: list[tuple[str, str, int]] = []
    # A column of Arrow's has nothing but strings without lone surrogates and NA.
    is_checked = getattr(documents["text"].dtype, "storage", "") == "pyarrow"
    for doc_id, text in [] if is_checked else zip(ids, documents["text"], strict=True):
        if not isinstance(text, str) and not (pd.api.types.is_scalar(text) and pd.isna(text)):
            raise ValueError(
                f"documents: the text of {doc_id!r} is {type(text).__name__}, not a string; convert it first"
            )
        if isinstance(text, str) and (at := _lone_surrogate(text)) is not None:
            surrogates.append((doc_id, text[at], at))
    if surrogates:
        doc_id, surrogate, at = surrogates[0]
        warnings.warn(
            f"documents: {len(surrogates)} texts contain a lone surrogate, which cannot be stored. It was "
            f"replaced by U+FFFD; offsets do not change. The first: {surrogate!a} at {at} of {doc_id!r}",
            stacklevel=3,
        )
    if "published" in documents.columns:
        _check_dates(ids, documents["published"])
    given = {name: documents[name] for name in DOCUMENTS if name in documents.columns}
    columns = {k: v.array if v.dtype == pandas_dtype(DOCUMENTS[k]) else list(v) for k, v in given.items()}
    frame = as_table(columns, DOCUMENTS)
    if "n_words" not in given:
        n_words = [pd.NA if pd.isna(text) else count_words(text) for text in frame["text"]]
        frame["n_words"] = as_column(n_words, COUNT)
    extra = [column for column in documents.columns if column not in DOCUMENTS]
    return pd.concat([frame, documents[extra].reset_index(drop=True)], axis=1) if extra else frame


def _check_dates(ids: pd.Series, published: pd.Series) -> None:
    dates = pd.to_datetime(published, utc=True, errors="coerce", format="mixed")
    wrong = (~dates.dt.year.between(1678, 2261).fillna(False) & published.notna()).to_numpy()
    if wrong.any():
        raise ValueError(
            f"documents: published of {ids[wrong].iloc[0]!r} is {published[wrong].iloc[0]!r}, which is "
            "not a date of the years 1678 to 2261; write it as 2026-01-31, or leave it empty: "
            "documents['published'] = pd.to_datetime(documents['published'], errors='coerce')"
        )


def _lone_surrogate(text: str) -> int | None:
    """The offset of the first lone surrogate of `text`, or None."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return error.start
    return None
