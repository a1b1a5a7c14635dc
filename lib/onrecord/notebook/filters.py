"""Filters of attributions, and attributions in context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from onrecord.choices import require_choice
from onrecord.notebook.concordance import occurrences, order_by_context, owners_of
from onrecord.notebook.links import ORIGIN
from onrecord.tables import require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

CHOICES = ("outlet", "form", "naming", "cue_stance", "source_form", "relay")
_KEYS = ["doc_id", "attribution_id"]


def add_context_columns(analysis: Analysis | _Tables) -> pd.DataFrame:
    """Attributions with columns of their articles and sources.

    One row per attribution. Columns added: outlet, published, headline, url, path, description, naming,
    name, source_form, relay (NA where no source was found), and start and end of the content, from its
    first to its last word.
    """
    about = ["doc_id", "source_id", "description", "naming", "name", "form", "relay"]
    sources = analysis.sources[about].rename(columns={"form": "source_form"})
    content = analysis.spans[analysis.spans["role"] == "content"]
    reach = content.groupby(_KEYS, as_index=False).agg(start=("start", "min"), end=("end", "max"))
    outlets = analysis.documents[["doc_id", *ORIGIN]]
    attributions = analysis.attributions.merge(
        sources, on=["doc_id", "source_id"], how="left", validate="m:1"
    )
    attributions = attributions.merge(reach, on=_KEYS, how="left", validate="1:1")
    return attributions.merge(outlets, on="doc_id", how="left", validate="m:1")


def filter_attributions(
    analysis: Analysis,
    *,
    where: Mapping[str, str | Sequence[str]] | None = None,
    period: tuple[object, object] = (None, None),
    source: str = "",
    words: str = "",
    context: int | None = None,
) -> pd.DataFrame:
    """Attributions that meet all conditions, in the order of the articles.

    One row per attribution. `where` maps outlet, form, naming, cue_stance, source_form or relay to one
    value or several. `period` is the first and the last day of publication (None: open); an article
    without a date is not in any period. `source` is part of the name or description of the source, or of
    the words that mention it. `words` is part of the content. Upper and lower case are the same; no
    character has a special meaning. `context` is a number of characters: the table is then that of keywords
    in context.

    Columns: those of analysis.attributions; description, naming, name, source_form and relay of the source
    (NA where none was found); start and end of the content, from its first to its last word; outlet,
    published, headline, url, path. With `context`: doc_id, attribution_id, outlet, published, headline, url,
    path, description, naming, form, left, passage (the content; of several spans from the first to the
    last, with the text between them), right, start, end. left and right may begin or end within a word. The
    table is empty where no attribution meets the conditions. keyword_in_context finds a word in all of the
    text.

    Raises ValueError for another column in `where`, for a day that cannot be read, and for a context below
    0.

    >>> found = onrecord.filter_attributions(analysis, where={"form": "direct"}, words="water")
    >>> set(found["form"]) <= {"direct"}
    True
    >>> found = onrecord.filter_attributions(analysis, words="water", context=40)
    >>> bool((found["left"].str.len() <= 40).all())
    True
    """
    chosen = choose_attributions(
        add_context_columns(analysis), where=where, period=period, source=source, words=words
    )
    return chosen if context is None else in_context(analysis, chosen, width=context)


def choose_attributions(
    attributions: pd.DataFrame,
    *,
    where: Mapping[str, str | Sequence[str]] | None = None,
    period: tuple[object, object] = (None, None),
    source: str = "",
    words: str = "",
) -> pd.DataFrame:
    """The rows of `attributions` that meet all conditions."""
    fits = pd.Series(True, index=attributions.index)
    for column, values in (where or {}).items():
        require_choice("a column in where", column, CHOICES)
        values = [values] if isinstance(values, str) else list(values)
        if values:
            fits &= attributions[column].isin(values)
    first, last = (_day(day) for day in period)
    if first is not None:
        fits &= attributions["published"] >= first
    if last is not None:
        fits &= attributions["published"] < last + pd.Timedelta(days=1)
    if source.strip():
        named = [_contains(attributions[column], source) for column in ("description", "name", "speaker")]
        fits &= named[0] | named[1] | named[2]
    if words.strip():
        fits &= _contains(attributions["text"], words)
    return attributions[fits.fillna(False).astype(bool)].reset_index(drop=True)


def in_context(analysis: Analysis, chosen: pd.DataFrame, *, width: int) -> pd.DataFrame:
    """Attributions with the words to the left and right of their content.

    One row per row of `chosen`, which has the keys doc_id and attribution_id; their order is kept. A
    content of several spans is given from the first to the last, with the text between them.
    """
    require(chosen, _KEYS, table="chosen")
    wanted = chosen[_KEYS].reset_index(drop=True)
    # Only the articles of `chosen` are joined, so that a page of a large corpus is drawn at once.
    part = _articles_of(analysis, set(wanted["doc_id"]))
    found = wanted.merge(add_context_columns(part), on=_KEYS, how="left", validate="1:1")
    if found["start"].isna().any():
        doc_id, number = found.loc[found["start"].isna(), _KEYS].iloc[0]
        raise ValueError(
            f"attribution {number} of article {doc_id!r} not found; choose rows of analysis.attributions."
        )
    return with_context(found, part.documents, width)


def keyword_in_context(
    analysis: Analysis, phrase: str, *, width: int = 80, sort: str | None = None
) -> pd.DataFrame:
    """Concordance: each occurrence of a word or phrase in the text, with its context.

    One row per occurrence in all articles, within attributions or not. Whole words are found, in any case; *
    replaces the letters of one word ("strik*"). `width` is the number of characters of context, which may
    begin or end within a word. `sort` is left (by the words before, the nearest first), right (by the words
    after) or None: the order of the articles. rate_wordings counts the same words, with their dispersion.

    Columns: doc_id, attribution_id, outlet, published, headline, url, path, description, naming, form, left,
    passage, right, start, end (offsets of the passage). attribution_id, description, naming and form are
    those of the attribution whose content contains the word, NA where there is none.

    Raises ValueError for a width below 0, for another `sort`, and for a phrase without a letter or digit.

    >>> found = onrecord.keyword_in_context(analysis, "strike", sort="right")
    >>> found["passage"].str.lower().unique().tolist()
    ['strike']
    """
    if sort is not None:
        require_choice("sort", sort, ("left", "right"))
    found = occurrences(analysis.documents, phrase)
    part = _articles_of(analysis, set(found["doc_id"]))
    found["attribution_id"] = owners_of(found, part.spans[part.spans["role"] == "content"])
    about = add_context_columns(part)[[*_KEYS, "description", "naming", "form"]]
    found = found.merge(about, on=_KEYS, how="left", validate="m:1")
    found = found.merge(part.documents[["doc_id", *ORIGIN]], on="doc_id", how="left", validate="m:1")
    found = with_context(found, part.documents, width)
    if sort is None:
        return found
    return found.iloc[order_by_context(found[sort], is_left=sort == "left")].reset_index(drop=True)


def with_context(found: pd.DataFrame, documents: pd.DataFrame, width: int) -> pd.DataFrame:
    """`found` with the text of the passage and on both sides of it.

    Needs doc_id, start and end.
    """
    if width < 0:
        raise ValueError(f"context must be 0 or more characters, not {width}.")
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    offsets = list(zip(found["doc_id"], found["start"], found["end"], strict=True))
    sides = {
        "left": [texts[doc][max(0, start - width) : start] for doc, start, _ in offsets],
        "passage": [texts[doc][start:end] for doc, start, end in offsets],
        "right": [texts[doc][end : end + width] for doc, _, end in offsets],
    }
    found = found.assign(**{name: pd.array(side, dtype="string") for name, side in sides.items()})
    about = ["description", "naming", "form", "left", "passage", "right", "start", "end"]
    return found[[*_KEYS, *ORIGIN, *about]]


class _Tables(NamedTuple):
    """The tables of some articles of an analysis."""

    documents: pd.DataFrame
    attributions: pd.DataFrame
    spans: pd.DataFrame
    sources: pd.DataFrame


def _articles_of(analysis: Analysis, doc_ids: set[str]) -> _Tables:
    tables = (getattr(analysis, name) for name in _Tables._fields)
    return _Tables(*(table[table["doc_id"].isin(doc_ids)] for table in tables))


def _contains(values: pd.Series, part: str) -> pd.Series:
    return values.str.contains(part.strip(), case=False, regex=False).fillna(False).astype(bool)


def _day(day: Any) -> pd.Timestamp | None:
    if day is None or day == "":
        return None
    try:
        stamp = pd.Timestamp(day)
    except ValueError as error:
        raise ValueError(f"{day!r} cannot be read as a day; write it as 2026-01-31.") from error
    return stamp.tz_localize("UTC") if stamp.tzinfo is None else stamp.tz_convert("UTC")
