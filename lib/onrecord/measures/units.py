"""From tables to sums per article: the rows a measure counts, their weight, and the groups of articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from onrecord.measures.intervals import ratio_interval, wilson_interval
from onrecord.tables import require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

PEOPLE = ["person", "group"]
DEFINITIONS = {
    "strict": ["anonymous"],
    "standard": ["anonymous", "unnamed", "collective"],
    "broad": ["anonymous", "unnamed", "collective", "spokesperson", "identifiable"],
}
"""The three nested definitions of an unnamed source, of persons and groups, by the codebook."""


def units_of(analysis: Analysis, of: str) -> pd.DataFrame:
    """Return the rows that `of` counts, with their weight and the columns of their source."""
    sources = analysis.sources.rename(columns={"form": "source_form"})
    sources = sources[~sources["source_form"].isin(["narrator", "none"])]
    if of == "sources":
        return sources.assign(weight=1.0)
    if of == "unnamed_sources":
        return sources[is_unnamed(sources)].assign(weight=1.0)
    if of not in ("attributions", "words"):
        raise ValueError(f"of={of!r}: take one of attributions, words, sources, unnamed_sources.")
    about = sources.drop(columns=["n_attributions", "n_words_quoted"])
    said = analysis.attributions.merge(about, on=["doc_id", "source_id"], how="left", validate="m:1")
    weight = said["n_words_quoted"].fillna(0).astype(float) if of == "words" else 1.0
    return said.assign(weight=weight)


def is_unnamed(units: pd.DataFrame) -> pd.Series:
    return units["naming"].isin(DEFINITIONS["standard"]) & units["source_form"].isin(PEOPLE)


def article_sums(analysis: Analysis, units: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """Return one row an article: the weight of each column of `hits`, and of all units as base."""
    weight = units["weight"].to_numpy(dtype=float)
    sums = hits.astype(float).mul(weight, axis=0).assign(base=weight)
    sums = sums.groupby(units["doc_id"].to_numpy()).sum()
    return sums.reindex(analysis.documents["doc_id"].to_numpy(), fill_value=0.0)


def groups_of(documents: pd.DataFrame, by: str) -> pd.Series:
    """Return the group of each article, indexed by doc_id."""
    if by in ("week", "month", "quarter"):
        require(documents, ["published"], table="documents")
        day = pd.to_datetime(documents["published"], utc=True).dt.tz_localize(None)
        if by == "quarter":
            values = day.dt.to_period("Q").astype("string")
        elif by == "month":
            values = day.dt.strftime("%Y-%m").astype("string")
        else:
            monday = day - pd.to_timedelta(day.dt.day_of_week, unit="D")
            values = monday.dt.strftime("%Y-%m-%d").astype("string")
    else:
        require(documents, [by], table="documents")
        values = documents[by]
    return pd.Series(values.array, index=documents["doc_id"].to_numpy(), name=by)


def table_of_shares(
    analysis: Analysis, sums: pd.DataFrame, *, by: str | None, label: str, of: str
) -> pd.DataFrame:
    """Return one row a group and column of `sums`: its share of the base, with n and interval."""
    values = [name for name in sums.columns if name != "base"]
    groups = pd.Series("all", sums.index) if by is None else groups_of(analysis.documents, by)
    found = []
    for group, part in sums.groupby(groups.to_numpy(), dropna=False, sort=True):
        base = part["base"].to_numpy()
        n, n_articles = int(base.sum()), int((base > 0).sum())
        for value in values:
            hits = part[value].to_numpy()
            n_hits = int(hits.sum())
            low, high = wilson_interval(n_hits, n) if of == "articles" else ratio_interval(hits, base)
            found.append((group, value, n_hits, n, n_hits / n if n else np.nan, low, high, n_articles))
    names = [by or "group", label, "n_hits", f"n_{of}", f"share_of_{of}", "low", "high", "n_articles"]
    table = pd.DataFrame(found, columns=names)
    table = table.loc[:, ~table.columns.duplicated()]  # of articles, the denominator is n_articles itself
    return table if by else table.drop(columns="group")
