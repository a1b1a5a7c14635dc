"""Means and distributions of scores, with intervals resampled by article."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from onrecord.measures.in_memory import countable
from onrecord.measures.intervals import ratio_interval
from onrecord.measures.shares import DESCRIPTION_LEVELS
from onrecord.measures.units import groups_of
from onrecord.tables import require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis
    from onrecord.measures.countable import Condition, Countable


def mean_tone(
    frame: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    column: str = "polarity",
    by: str | list[str] | None = None,
) -> pd.DataFrame:
    """Mean tone of sentences, attributions or articles. One row per group.

    `frame` needs doc_id and `column` (NA where no word is scored: such rows are left out and counted).
    `by` is a column of `frame`, a column of documents, "week", "month", "quarter", "year", or a list of
    these: by=["outlet", "month"] gives the tone over time. A mean over texts of one article is resampled
    by article, like a share.

    Columns: those of `by`, mean_<column> (of polarity -1 to 1; NA without a scored text), low, high (95%,
    NA below five articles), n_texts, n_unknown (rows left out), n_articles.

    >>> frame = pd.DataFrame({"doc_id": ["a", "a", "b"], "polarity": [0.5, 0.1, None]})
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"]})
    >>> onrecord.mean_tone(frame, documents)[["mean_polarity", "n_texts", "n_unknown"]].values.tolist()
    [[0.3, 2.0, 1.0]]
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
    rows = []
    for group, part in parts:
        n_texts = int(part["base"].sum())
        mean = part["hits"].sum() / n_texts if n_texts else np.nan
        low, high = ratio_interval(part["hits"].to_numpy(), part["base"].to_numpy(), is_share=False)
        n_unknown, n_articles = int(part["n_unknown"].sum()), int((part["base"] > 0).sum())
        rows.append((*group, mean, low, high, n_texts, n_unknown, n_articles))
    columns = [*names, f"mean_{column}", "low", "high", "n_texts", "n_unknown", "n_articles"]
    return pd.DataFrame(rows, columns=columns)


def mean_level(analysis: Analysis | Countable, *, by: str | None = None) -> pd.DataFrame:
    """Mean level of description of unnamed sources (standard definition).

    One row per group.

    The level is 0 for "sources", 1 for a class ("officials"), 2 with affiliation or rank, 3 with the
    basis of knowledge.

    Columns: `by` (if given), mean_description_level (0 to 3), low, high (95%, resampled by article; NA
    below five articles), n_texts (unnamed sources with a level), n_unknown, n_articles.

    Source: docs/codebook.md.

    >>> mean_level(analysis)["n_texts"].tolist()
    [6]
    """
    levels: dict[int, Condition] = {level: {"description_level": [level]} for level in DESCRIPTION_LEVELS}
    counts, base = countable(analysis).article_counts("unnamed_sources", levels)
    known = counts.sum(axis=1)
    sums = (counts * list(levels)).sum(axis=1)
    groups = pd.Series("all", base.index) if by is None else groups_of(analysis.documents, by)
    rows = []
    for group, part in groups.groupby(groups.to_numpy(), dropna=False, sort=True):
        total, n = sums[part.index], known[part.index]
        low, high = ratio_interval(total.to_numpy(), n.to_numpy(), is_share=False)
        mean = total.sum() / n.sum() if n.sum() else np.nan
        n_unknown = int(base[part.index].sum() - n.sum())
        rows.append((group, mean, low, high, int(n.sum()), n_unknown, int((n > 0).sum())))
    columns = ["mean_description_level", "low", "high", "n_texts", "n_unknown", "n_articles"]
    table = pd.DataFrame(rows, columns=[by or "group", *columns])
    return table.astype({by: groups.dtype}) if by else table.drop(columns="group")


def count_bins(frame: pd.DataFrame, *, column: str = "polarity", by: str, width: float = 0.2) -> pd.DataFrame:
    """Distribution of `column` over steps from -1 to 1. One row per group and step.

    Steps of `width` are half open, the last one closed; rows of `frame` without a value are left out.

    Columns: `by`, start, end, n_texts, share_of_texts (0 to 1, of the group's rows with a value).

    >>> frame = pd.DataFrame({"outlet": ["Post", "Post"], "polarity": [-0.5, 0.5]})
    >>> onrecord.count_bins(frame, by="outlet", width=1)["n_texts"].tolist()
    [1, 1]
    """
    require(frame, [by, column], table="frame")
    known = frame[frame[column].notna()]
    edges = np.linspace(-1, 1, round(2 / width) + 1)
    parts = []
    for group, part in known.groupby(by, sort=True):
        n_texts, _ = np.histogram(part[column].to_numpy(dtype=float), edges)
        parts.append(pd.DataFrame({by: group, "start": edges[:-1], "end": edges[1:], "n_texts": n_texts}))
    if not parts:
        return pd.DataFrame(columns=[by, "start", "end", "n_texts", "share_of_texts"])
    table = pd.concat(parts, ignore_index=True)
    return table.assign(share_of_texts=table["n_texts"] / table.groupby(by)["n_texts"].transform("sum"))
