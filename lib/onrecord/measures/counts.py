"""Counts: who speaks how often, and which sources are unnamed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from onrecord.measures.acts import counted
from onrecord.measures.units import DEFINITIONS, PEOPLE, groups_of

if TYPE_CHECKING:
    from onrecord.analysis import Analysis


def count_speakers(
    analysis: Analysis,
    *,
    by: str | None = None,
    acts: Iterable[str] | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Return one row a named speaker (and group), the most widely quoted first.

    The same canonical name in several articles is one speaker. Columns: `by` (if given), name,
    n_articles, n_attributions, n_words_quoted, share_of_attributions (of all attributions to named
    sources of the group).
    Statements of probability .5 and above count; `acts` and `min_probability` as in select_acts.
    """
    analysis = counted(analysis, acts, min_probability)
    named = analysis.sources[analysis.sources["name"].notna()]
    keys = ["name"] if by is None else [by, "name"]
    if by is not None:
        named = named.assign(**{by: named["doc_id"].map(groups_of(analysis.documents, by))})
    table = named.groupby(keys, dropna=False, as_index=False).agg(
        n_articles=("doc_id", "nunique"),
        n_attributions=("n_attributions", "sum"),
        n_words_quoted=("n_words_quoted", "sum"),
    )
    total = (
        table["n_attributions"].sum()
        if by is None
        else table.groupby(by, dropna=False)["n_attributions"].transform("sum")
    )
    table["share_of_attributions"] = (table["n_attributions"] / total).astype("Float64")
    order = ["n_articles", "n_attributions", "name"]
    return table.sort_values(order, ascending=[False, False, True], kind="stable", ignore_index=True)


def find_unnamed(
    analysis: Analysis,
    *,
    definition: str = "standard",
    acts: Iterable[str] | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Return one row an unnamed source: the rows of analysis.sources that the definition covers.

    Statements of probability .5 and above count; `acts` and `min_probability` as in select_acts.
    """
    if definition not in DEFINITIONS:
        raise ValueError(f"definition={definition!r}: take one of {', '.join(DEFINITIONS)}.")
    sources = counted(analysis, acts, min_probability).sources
    return sources[sources["naming"].isin(DEFINITIONS[definition]) & sources["form"].isin(PEOPLE)]


def count_unnamed(
    analysis: Analysis,
    *,
    by: str | list[str],
    definition: str = "standard",
    acts: Iterable[str] | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Return one row a combination of the groups `by`: how many unnamed sources its articles have.

    Columns: those of `by`, n_unnamed, n_articles. Combinations without an article have no row.
    Statements of probability .5 and above count; `acts` and `min_probability` as in select_acts.
    """
    analysis = counted(analysis, acts, min_probability)
    by = [by] if isinstance(by, str) else by
    groups = pd.concat([groups_of(analysis.documents, name) for name in by], axis=1)
    counts = find_unnamed(analysis, definition=definition).groupby("doc_id").size()
    counts = counts.reindex(groups.index, fill_value=0)
    table = groups.assign(n_unnamed=counts, n_articles=1)
    return table.groupby(by, as_index=False, dropna=False)[["n_unnamed", "n_articles"]].sum()
