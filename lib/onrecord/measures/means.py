"""Means and spreads of scores, with the interval over articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from onrecord.measures.intervals import ratio_interval
from onrecord.measures.units import article_counts, groups_of
from onrecord.tables import require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis


def mean_tone(
    frame: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    column: str = "polarity",
    by: str | list[str] | None = None,
) -> pd.DataFrame:
    """Return one row a group: the mean tone of the rows of `frame` (sentences, attributions, articles).

    Needs doc_id and `column` (NA where no word is known: such rows are left out and counted). `by`
    is a column of `frame`, a column of documents, "week", "month" or "quarter", or a list of these.
    A mean over texts of one article is resampled by article, like a share.

    Columns: those of `by`, mean_<column>, low, high (95 %, NA below five articles), n_texts,
    n_unknown, n_articles.
    """
    require(frame, ["doc_id", column], table="frame")
    names = [by] if isinstance(by, str) else list(by or [])
    value = frame[column].astype("Float64")
    known = value.notna()
    counted = {"hits": value.fillna(0).astype(float), "base": known.astype(float), "n_unknown": ~known}
    keys = {
        name: frame[name] if name in frame.columns else frame["doc_id"].map(groups_of(documents, name))
        for name in names
    }
    sums = pd.DataFrame({"doc_id": frame["doc_id"], **keys, **counted})
    sums = sums.groupby([*names, "doc_id"], dropna=False, as_index=False).sum()
    parts = sums.groupby(names, dropna=False, sort=True) if names else [((), sums)] * min(1, len(sums))
    found = []
    for group, part in parts:
        n_texts = int(part["base"].sum())
        mean = part["hits"].sum() / n_texts if n_texts else np.nan
        low, high = ratio_interval(part["hits"].to_numpy(), part["base"].to_numpy(), is_share=False)
        n_unknown, n_articles = int(part["n_unknown"].sum()), int((part["base"] > 0).sum())
        found.append((*group, mean, low, high, n_texts, n_unknown, n_articles))
    columns = [*names, f"mean_{column}", "low", "high", "n_texts", "n_unknown", "n_articles"]
    return pd.DataFrame(found, columns=columns)


def mean_level(analysis: Analysis, *, by: str | None = None) -> pd.DataFrame:
    """Return one row a group: the mean level of description of its unnamed sources (standard definition).

    0 is "sources", 1 a class ("officials"), 2 with affiliation or rank, 3 with the basis of knowledge.
    Columns: `by` (if given), mean_description_level (0 to 3), low, high (95 %, resampled by article; NA
    below five articles), n_texts (unnamed sources with a level), n_unknown, n_articles.
    """
    levels = {level: {"description_level": [level]} for level in range(4)}
    counts, base = article_counts(analysis, "unnamed_sources", levels)
    known = counts.sum(axis=1)
    sums = (counts * list(levels)).sum(axis=1)
    groups = pd.Series("all", base.index) if by is None else groups_of(analysis.documents, by)
    rows = []
    for group, part in groups.groupby(groups.to_numpy(), dropna=False, sort=True):
        own, n = sums[part.index], known[part.index]
        low, high = ratio_interval(own.to_numpy(), n.to_numpy(), is_share=False)
        mean = own.sum() / n.sum() if n.sum() else np.nan
        n_unknown = int(base[part.index].sum() - n.sum())
        rows.append((group, mean, low, high, int(n.sum()), n_unknown, int((n > 0).sum())))
    columns = ["mean_description_level", "low", "high", "n_texts", "n_unknown", "n_articles"]
    table = pd.DataFrame(rows, columns=[by or "group", *columns])
    return table.astype({by: groups.dtype}) if by else table.drop(columns="group")


def count_bins(frame: pd.DataFrame, *, column: str = "polarity", by: str, width: float = 0.2) -> pd.DataFrame:
    """Return one row a group and step of `column`: how many rows of `frame` fall in it.

    Steps of `width` run from -1 to 1, half open, the last one closed; rows without a value are left
    out. Columns: `by`, start, end, n_texts, share_of_texts (of the group's rows with a value).
    """
    require(frame, [by, column], table="frame")
    known = frame[frame[column].notna()]
    edges = np.linspace(-1, 1, round(2 / width) + 1)
    found = []
    for group, part in known.groupby(by, sort=True):
        n_texts, _ = np.histogram(part[column].to_numpy(dtype=float), edges)
        found.append(pd.DataFrame({by: group, "start": edges[:-1], "end": edges[1:], "n_texts": n_texts}))
    if not found:
        return pd.DataFrame(columns=[by, "start", "end", "n_texts", "share_of_texts"])
    table = pd.concat(found, ignore_index=True)
    return table.assign(share_of_texts=table["n_texts"] / table.groupby(by)["n_texts"].transform("sum"))
