"""From tables to counts per article.

The rows that a measure counts, their weight, and the groups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from onrecord.choices import did_you_mean, require_choice
from onrecord.measures.acts import counted
from onrecord.measures.countable import ArticleCounts
from onrecord.measures.intervals import ratio_intervals, wilson_interval
from onrecord.tables import require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

PEOPLE = ["person", "group"]
DEFINITIONS = {
    "strict": ["anonymous"],
    "standard": ["anonymous", "unnamed", "collective"],
    "broad": ["anonymous", "unnamed", "collective", "spokesperson", "identifiable"],
}
"""The three nested definitions of an unnamed source (a person or group), by the codebook."""

NOT_A_SOURCE = ["narrator", "none"]
"""Forms that are not counted as sources: the author, and attributions without a source."""

UNITS = ("sources", "unnamed_sources", "attributions", "words")
PERIODS = ("week", "month", "quarter", "year")


def units_of(analysis: Analysis, of: str) -> pd.DataFrame:
    """Rows that `of` counts, with the column weight and the columns of their source.

    One row per source or attribution. weight is 1, or for words the number of words quoted. The form
    of a source is source_form; the narrator and sources of the form none are left out.
    """
    analysis = counted(analysis)
    if not hasattr(analysis, "sources"):
        raise ValueError(
            f"analysis must be an analysis, not {type(analysis).__name__}. "
            "Make one with analysis = onrecord.analyse(documents)."
        )
    require_choice("of", of, UNITS)
    sources = analysis.sources.rename(columns={"form": "source_form"})
    sources = sources[~sources["source_form"].isin(NOT_A_SOURCE)]
    if of == "sources":
        return sources.assign(weight=1.0)
    if of == "unnamed_sources":
        return sources[is_unnamed(sources)].assign(weight=1.0)
    about = sources.drop(columns=["n_attributions", "n_statements", "n_words_quoted"], errors="ignore")
    units = analysis.attributions.merge(about, on=["doc_id", "source_id"], how="left", validate="m:1")
    weight = units["n_words_quoted"].fillna(0).astype(float) if of == "words" else 1.0
    return units.assign(weight=weight)


def is_unnamed(units: pd.DataFrame) -> pd.Series:
    """Whether each of `units` has a source that is unnamed by the standard definition."""
    return units["naming"].isin(DEFINITIONS["standard"]) & units["source_form"].isin(PEOPLE)


def groups_of(documents: pd.DataFrame, by: str) -> pd.Series:
    """Group of each article, indexed by doc_id.

    A column of documents, or a period of published.

    Weeks are named by their Monday (2026-01-05), months 2026-01, quarters 2026Q1, years 2026.
    """
    if by in PERIODS:
        require(documents, ["published"], table="documents")
        day = pd.to_datetime(documents["published"], utc=True).dt.tz_localize(None)
        if by == "quarter":
            values = day.dt.to_period("Q").astype("string")
        elif by in ("month", "year"):
            values = day.dt.strftime("%Y-%m" if by == "month" else "%Y").astype("string")
        else:
            monday = day - pd.to_timedelta(day.dt.day_of_week, unit="D")
            values = monday.dt.strftime("%Y-%m-%d").astype("string")
    else:
        columns = list(map(str, documents.columns))
        if by not in documents.columns:
            raise ValueError(
                f"by must be {', '.join(PERIODS)} or a column of documents ({', '.join(columns)}), "
                f"not {by!r}.{did_you_mean(by, [*PERIODS, *columns])}"
            )
        values = documents[by]
    return pd.Series(values.array, index=documents["doc_id"].to_numpy(), name=by)


def with_types(table: pd.DataFrame) -> pd.DataFrame:
    """`table`; an empty one with the types of a filled one.

    So an empty table can be sorted and drawn.
    """
    if len(table):
        return table
    numeric = ("n_", "share_", "low", "high", "p_", "difference", "expected_")
    return table.astype({name: float if name.startswith(numeric) else "string" for name in table.columns})


def table_of_shares(
    documents: pd.DataFrame, counts: ArticleCounts, *, by: str | None, label: str, of: str
) -> pd.DataFrame:
    """Shares of the base that each column of `counts` has.

    One row per group and column of `counts`.

    Columns: `by` (if given), `label` (the name of the column), n_hits, n_<of>, share_of_<of>, low, high,
    n_articles. Shares of articles have Wilson's interval, all others are resampled by article.
    """
    groups = pd.Series("all", counts.base.index) if by is None else groups_of(documents, by)
    hits, base = counts.hits.to_numpy(dtype=float), counts.base.to_numpy(dtype=float)
    rows = []
    for group, members in groups.groupby(groups.to_numpy(), dropna=False, sort=True).indices.items():
        sums, n, n_articles = hits[members].sum(axis=0), int(base[members].sum()), (base[members] > 0).sum()
        if of == "articles":
            low, high = np.array([wilson_interval(int(s), n) for s in sums]).reshape(-1, 2).T
        else:
            low, high = ratio_intervals(hits[members], base[members])
        for value, s, a, b in zip(counts.hits.columns, sums, low, high, strict=True):
            rows.append((group, value, int(s), n, s / n if n else np.nan, a, b, int(n_articles)))
    names = [by or "group", label, "n_hits", f"n_{of}", f"share_of_{of}", "low", "high", "n_articles"]
    table = with_types(pd.DataFrame(rows, columns=names))
    table = table.loc[:, ~table.columns.duplicated()]  # of articles, the denominator is n_articles itself
    # A group that is NA alone would have no type to be joined by.
    return table.astype({by: groups.dtype}) if by else table.drop(columns="group")
