"""Stance of reporting words.

Who "says", who "claims", who "admits", by source and outlet.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from onrecord.measures.acts import counted
from onrecord.measures.countable import ArticleCounts, Countable
from onrecord.measures.in_memory import countable
from onrecord.measures.intervals import TOO_FEW
from onrecord.measures.units import groups_of, table_of_shares, with_types

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

STANCES = ("neutral", "endorsing", "distancing", "other")


def share_stance(
    analysis: Analysis | Countable,
    *,
    source: str = "name",
    by: str | None = None,
    min_attributions: int = TOO_FEW,
    acts: Iterable[str] | str | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Share of the reporting words of each source that have a stance.

    One row per source and stance.

    `source` is a column of sources: name (named sources), naming, source_form, rank, affiliation. Only
    attributions with a listed cue count. Sources with fewer than `min_attributions` of them in the group
    are left out.
    Statements of probability .5 and above count; `acts` and `min_probability` are those of select_acts.

    Columns: `by` (if given), `source`, cue_stance (neutral, endorsing, distancing, other), n_hits,
    n_attributions, share_of_attributions (0 to 1), low, high (95%, resampled by article; NA below five
    articles), n_articles.

    Raises ValueError for a column that sources do not have.

    Source: lexicons/cue_stance.csv ("onrecord 1"), or the user's list in its stead. Name it beside a
    result, as published lists differ.

    >>> stances = onrecord.share_stance(analysis, source="naming")
    >>> sorted(stances["cue_stance"].unique())
    ['distancing', 'endorsing', 'neutral', 'other']
    """
    analysis = counted(analysis, acts, min_probability)
    units = countable(analysis).count_values("attributions", [source, "cue_stance"])
    units = units[units["cue_stance"].notna()]
    keys = [source]
    if by is not None:
        units = units.assign(**{by: units["doc_id"].map(groups_of(analysis.documents, by))})
        keys = [by, source]
    n = units["n_units"].astype(float)
    units = units.assign(base=n, **{stance: n.where(units["cue_stance"] == stance, 0) for stance in STANCES})
    found = []
    for key, part in units.groupby(keys, sort=True, dropna=False):
        if part["n_units"].sum() < min_attributions:
            continue
        sums = part.groupby("doc_id")[[*STANCES, "base"]].sum()
        counts = ArticleCounts(sums[list(STANCES)], sums["base"])
        table = table_of_shares(analysis.documents, counts, by=None, label="cue_stance", of="attributions")
        for position, (name, value) in enumerate(zip(keys, key, strict=True)):
            table.insert(position, name, [value] * len(table))
        found.append(table)
    if found:
        return pd.concat(found, ignore_index=True)
    columns = ["cue_stance", "n_hits", "n_attributions", "share_of_attributions", "low", "high", "n_articles"]
    return with_types(pd.DataFrame(columns=[*keys, *columns]))


def count_cues(
    analysis: Analysis | Countable,
    *,
    by: str | None = None,
    acts: Iterable[str] | str | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Reporting phrases, the most frequent first. One row per phrase (and group).

    Statements of probability .5 and above count; `acts` and `min_probability` are those of select_acts.

    Columns: `by` (if given), cue (in lower case), cue_stance (NA where the list does not contain it),
    n_attributions, n_articles, share_of_attributions (0 to 1, of the group's attributions with a cue).

    >>> onrecord.count_cues(analysis)["cue"].head(1).tolist()
    ['said']
    """
    analysis = counted(analysis, acts, min_probability)
    reported = countable(analysis).count_values("attributions", ["cue", "cue_stance"])
    phrases = reported["cue"].str.lower().str.replace(r"\s+", " ", regex=True)
    reported = reported.assign(cue=phrases)
    keys = ["cue", "cue_stance"]
    if by is not None:
        reported = reported.assign(**{by: reported["doc_id"].map(groups_of(analysis.documents, by))})
        keys = [by, *keys]
    sums = {"n_attributions": ("n_units", "sum"), "n_articles": ("doc_id", "nunique")}
    table = reported.groupby(keys, dropna=False, as_index=False).agg(**sums)
    n = table["n_attributions"]
    total = n.sum() if by is None else n.groupby(table[by], dropna=False).transform("sum")
    table["share_of_attributions"] = (n / total).astype("Float64")
    return table.sort_values(["n_attributions", "cue"], ascending=[False, True], ignore_index=True)
