"""Finding attributions by what is known of them, and reading them between the words around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from onrecord.tables import require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

CHOICES = ("outlet", "form", "naming", "cue_stance", "source_form", "relay")
_KEYS = ["doc_id", "attribution_id"]


def add_context_columns(analysis: Analysis) -> pd.DataFrame:
    """Return analysis.attributions with what their articles and sources say of them.

    Columns added: outlet, published, description, naming, name, source_form, relay (NA where no
    source was found), and start, end: the offsets from the first to the last word of the content.
    """
    about = ["doc_id", "source_id", "description", "naming", "name", "form", "relay"]
    sources = analysis.sources[about].rename(columns={"form": "source_form"})
    content = analysis.spans[analysis.spans["role"] == "content"]
    reach = content.groupby(_KEYS, as_index=False).agg(start=("start", "min"), end=("end", "max"))
    outlets = analysis.documents[["doc_id", "outlet", "published"]]
    said = analysis.attributions.merge(sources, on=["doc_id", "source_id"], how="left", validate="m:1")
    said = said.merge(reach, on=_KEYS, how="left", validate="1:1")
    return said.merge(outlets, on="doc_id", how="left", validate="m:1")


def filter_attributions(
    analysis: Analysis,
    *,
    where: Mapping[str, str | Sequence[str]] | None = None,
    period: tuple[object, object] = (None, None),
    source: str = "",
    words: str = "",
) -> pd.DataFrame:
    """Return one row an attribution that fits all that is asked, in the order of the articles.

    `where` maps outlet, form, naming, cue_stance, source_form or relay to the values wanted; none
    given, all fit. `period` is the first and last day of publication (None: open; an article without
    a date fits no period). `source` is part of the source's name or description or of the words that
    name it here; `words` part of the content. Capitals do not matter, and no sign is special.

    Columns: those of add_context_columns. Nothing that fits gives an empty table. Raises ValueError
    for a column that cannot be asked for, or for a day that is none.
    """
    return choose_attributions(
        add_context_columns(analysis), where=where, period=period, source=source, words=words
    )


def choose_attributions(
    said: pd.DataFrame,
    *,
    where: Mapping[str, str | Sequence[str]] | None = None,
    period: tuple[object, object] = (None, None),
    source: str = "",
    words: str = "",
) -> pd.DataFrame:
    """Return the rows of `said`, a table of add_context_columns, that filter_attributions would."""
    fits = pd.Series(True, index=said.index)
    for column, values in (where or {}).items():
        if column not in CHOICES:
            raise ValueError(f"attributions cannot be chosen by {column!r}; choose by {', '.join(CHOICES)}.")
        values = [values] if isinstance(values, str) else list(values)
        if values:
            fits &= said[column].isin(values)
    first, last = (_day(day) for day in period)
    if first is not None:
        fits &= said["published"] >= first
    if last is not None:
        fits &= said["published"] < last + pd.Timedelta(days=1)
    if source.strip():
        named = [_holds(said[column], source) for column in ("description", "name", "speaker")]
        fits &= named[0] | named[1] | named[2]
    if words.strip():
        fits &= _holds(said["text"], words)
    return said[fits.fillna(False).astype(bool)].reset_index(drop=True)


def keyword_in_context(analysis: Analysis, chosen: pd.DataFrame, *, width: int = 80) -> pd.DataFrame:
    """Return one row an attribution of `chosen`: its content between the words left and right of it.

    `chosen` holds some rows of analysis.attributions or filter_attributions (keys doc_id and
    attribution_id), whose order is kept. `width` is how many characters of context are taken; what
    they cut through, a word or a sentence, is cut. A content of several stretches is shown from the
    first to the last, with what lies between.

    Columns: doc_id, attribution_id, outlet, description, naming, form, left, passage, right, start,
    end (offsets of the passage). Raises ValueError for a width below 0 or a key that is not there.
    """
    require(chosen, _KEYS, table="chosen")
    if width < 0:
        raise ValueError(f"width is {width}; it counts characters of context, so it must be 0 or more.")
    wanted = chosen[_KEYS].reset_index(drop=True)
    ids = set(wanted["doc_id"])
    # Only the articles of the page are joined, however large the corpus is.
    part = _Part(analysis, ids)
    found = wanted.merge(add_context_columns(part), on=_KEYS, how="left", validate="1:1")
    if found["start"].isna().any():
        doc_id, number = found.loc[found["start"].isna(), _KEYS].iloc[0]
        raise ValueError(f"article {doc_id!r} has no attribution {number} with a content.")
    texts = part.documents.set_index("doc_id")["text"].to_dict()
    places = list(zip(found["doc_id"], found["start"], found["end"], strict=True))
    sides = {
        "left": [texts[doc][max(0, start - width) : start] for doc, start, _ in places],
        "passage": [texts[doc][start:end] for doc, start, end in places],
        "right": [texts[doc][end : end + width] for doc, _, end in places],
    }
    found = found.assign(**{name: pd.array(side, dtype="string") for name, side in sides.items()})
    return found[
        [*_KEYS, "outlet", "description", "naming", "form", "left", "passage", "right", "start", "end"]
    ]


class _Part:
    """The tables of some articles of an analysis."""

    def __init__(self, analysis: Analysis, doc_ids: set[str]):
        for name in ("documents", "attributions", "spans", "sources"):
            table = getattr(analysis, name)
            setattr(self, name, table[table["doc_id"].isin(doc_ids)])


def _holds(values: pd.Series, part: str) -> pd.Series:
    return values.str.contains(part.strip(), case=False, regex=False).fillna(False).astype(bool)


def _day(day: object) -> pd.Timestamp | None:
    if day is None or day == "":
        return None
    try:
        stamp = pd.Timestamp(day)
    except ValueError as error:
        raise ValueError(f"{day!r} is no day; write it as 2026-01-31") from error
    return stamp.tz_localize("UTC") if stamp.tzinfo is None else stamp.tz_convert("UTC")
