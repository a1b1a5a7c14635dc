"""From tables to sums per article: the rows a measure counts, their weight, and the groups of articles."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from onrecord.measures.acts import counted
from onrecord.measures.intervals import ratio_intervals, wilson_interval
from onrecord.tables import require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

Condition = Mapping[str, "list | None"]


class ArticleCounts(NamedTuple):
    """Counts of each article, indexed by doc_id: one column a condition, and the units there are."""

    hits: pd.DataFrame
    base: pd.Series


PEOPLE = ["person", "group"]
DEFINITIONS = {
    "strict": ["anonymous"],
    "standard": ["anonymous", "unnamed", "collective"],
    "broad": ["anonymous", "unnamed", "collective", "spokesperson", "identifiable"],
}
"""The three nested definitions of an unnamed source, of persons and groups, by the codebook."""


def units_of(analysis: Analysis, of: str) -> pd.DataFrame:
    """Return the rows that `of` counts, with their weight and the columns of their source."""
    analysis = counted(analysis)
    if not hasattr(analysis, "sources"):
        raise ValueError(
            f"this needs an analysis, not {type(analysis).__name__}: analysis = onrecord.analyse(documents)"
        )
    sources = analysis.sources.rename(columns={"form": "source_form"})
    sources = sources[~sources["source_form"].isin(["narrator", "none"])]
    if of == "sources":
        return sources.assign(weight=1.0)
    if of == "unnamed_sources":
        return sources[is_unnamed(sources)].assign(weight=1.0)
    if of not in ("attributions", "words"):
        raise ValueError(f"of={of!r}: take one of attributions, words, sources, unnamed_sources.")
    about = sources.drop(columns=["n_attributions", "n_statements", "n_words_quoted"], errors="ignore")
    said = analysis.attributions.merge(about, on=["doc_id", "source_id"], how="left", validate="m:1")
    weight = said["n_words_quoted"].fillna(0).astype(float) if of == "words" else 1.0
    return said.assign(weight=weight)


def is_unnamed(units: pd.DataFrame) -> pd.Series:
    return units["naming"].isin(DEFINITIONS["standard"]) & units["source_form"].isin(PEOPLE)


def article_counts(
    analysis: Analysis,
    of: str,
    hits: Mapping[Hashable, Condition],
    *,
    where: Condition | None = None,
) -> ArticleCounts:
    """Return how many units of each article fulfil each condition of `hits`, and how many there are.

    `of` is sources, attributions, words (quoted) or unnamed_sources. A condition maps columns of these
    to the values allowed, or to None for "is given"; all of its columns must fit. `where` restricts the
    units themselves. Every measure that counts inside articles goes through here, so that a corpus
    that is larger than memory (see AnalysedCorpus) only has to count this.
    """
    analysis = counted(analysis)
    if hasattr(analysis, "article_counts"):
        return analysis.article_counts(of, hits, where=where)
    units = units_of(analysis, of)
    for condition in [*hits.values(), where or {}]:
        require(units, condition, table=of)
    if where:
        units = units[_fulfils(units, where)]
    doc_ids = units["doc_id"].to_numpy()
    weight = units["weight"].to_numpy(dtype=float)
    columns = {name: _fulfils(units, condition).to_numpy() * weight for name, condition in hits.items()}
    sums = pd.DataFrame({0: weight, **{i: column for i, column in enumerate(columns.values(), 1)}})
    sums = sums.groupby(doc_ids).sum().reindex(analysis.documents["doc_id"].to_numpy(), fill_value=0.0)
    return ArticleCounts(sums.iloc[:, 1:].set_axis(list(columns), axis=1), sums[0])


def _fulfils(units: pd.DataFrame, condition: Condition) -> pd.Series:
    fits = pd.Series(True, units.index)
    for column, values in condition.items():
        fits &= units[column].notna() if values is None else units[column].isin(values)
    return fits


def values_of(analysis: Analysis, of: str, column: str) -> list:
    """Return the values that `column` takes among the units `of`, sorted, without NA."""
    analysis = counted(analysis)
    if hasattr(analysis, "values_of"):
        return analysis.values_of(of, column)
    units = units_of(analysis, of)
    require(units, [column], table=of)
    return sorted(units[column].dropna().unique())


def groups_of(documents: pd.DataFrame, by: str) -> pd.Series:
    """Return the group of each article, indexed by doc_id."""
    if by in ("week", "month", "quarter", "year"):
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
        if by not in documents.columns:
            raise ValueError(
                f"articles cannot be grouped by {by!r}: take week, month, quarter, year, or a column of "
                f"documents: {', '.join(map(str, documents.columns))}."
            )
        values = documents[by]
    return pd.Series(values.array, index=documents["doc_id"].to_numpy(), name=by)


def with_types(table: pd.DataFrame) -> pd.DataFrame:
    """Return `table`; an empty one gets the types of a filled one, so that it can be sorted and drawn."""
    if len(table):
        return table
    named = ("n_", "share_", "low", "high", "p_", "difference", "expected_")
    return table.astype({name: float if name.startswith(named) else "string" for name in table.columns})


def table_of_shares(
    analysis: Analysis, counts: ArticleCounts, *, by: str | None, label: str, of: str
) -> pd.DataFrame:
    """Return one row a group and column of `counts`: its share of the base, with n and interval."""
    groups = pd.Series("all", counts.base.index) if by is None else groups_of(analysis.documents, by)
    hits, base = counts.hits.to_numpy(dtype=float), counts.base.to_numpy(dtype=float)
    found = []
    for group, rows in groups.groupby(groups.to_numpy(), dropna=False, sort=True).indices.items():
        sums, n, n_articles = hits[rows].sum(axis=0), int(base[rows].sum()), int((base[rows] > 0).sum())
        if of == "articles":
            low, high = np.array([wilson_interval(int(s), n) for s in sums]).reshape(-1, 2).T
        else:
            low, high = ratio_intervals(hits[rows], base[rows])
        for value, s, a, b in zip(counts.hits.columns, sums, low, high, strict=True):
            found.append((group, value, int(s), n, s / n if n else np.nan, a, b, n_articles))
    names = [by or "group", label, "n_hits", f"n_{of}", f"share_of_{of}", "low", "high", "n_articles"]
    table = with_types(pd.DataFrame(found, columns=names))
    table = table.loc[:, ~table.columns.duplicated()]  # of articles, the denominator is n_articles itself
    # A group that is NA alone would have no type to be joined by.
    return table.astype({by: groups.dtype}) if by else table.drop(columns="group")
