"""Shares of sources, attributions, words and articles, each with its denominator, n and interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from onrecord.measures.units import (
    DEFINITIONS,
    PEOPLE,
    article_sums,
    groups_of,
    table_of_shares,
    units_of,
)
from onrecord.tables import require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

UNSPECIFIC_REASONS = ["none", "boilerplate"]


def share_unnamed(
    analysis: Analysis, *, of: str = "sources", by: str | None = None, people_only: bool = False
) -> pd.DataFrame:
    """Return one row a group and definition: the share of its sources that stay unnamed.

    `of` is the denominator: sources, attributions, words (quoted), or articles (with at least one
    unnamed source). Each is a finding of its own. All attributions count, also those without a
    known speaker; with people_only the denominator keeps sources that are persons or groups. The
    narrator, and sources of form none, are no sources.

    Columns: `by` (if given), definition (strict, standard, broad: always all three), n_hits, the
    denominator n_<of>, share_of_<of> (0 to 1, NA without a denominator), low and high (95 %, NA
    below five articles), n_articles (that hold the denominator).
    """
    if of not in ("sources", "attributions", "words", "articles"):
        raise ValueError(f"of={of!r}: take one of sources, attributions, words, articles.")
    units = units_of(analysis, "sources" if of == "articles" else of)
    is_person = units["source_form"].isin(PEOPLE)
    hits = pd.DataFrame(
        {name: units["naming"].isin(values) & is_person for name, values in DEFINITIONS.items()}
    )
    if people_only:
        units, hits = units[is_person], hits[is_person]
    sums = article_sums(analysis, units, hits)
    if of == "articles":
        hits = sums[list(DEFINITIONS)] > 0
        base = sums["base"] > 0 if people_only else pd.Series(True, sums.index)
        sums = hits.assign(base=base).astype(float)
    return table_of_shares(analysis, sums, by=by, label="definition", of=of)


def share_each(
    analysis: Analysis, column: str, *, of: str = "attributions", by: str | None = None
) -> pd.DataFrame:
    """Return one row a group and value of `column`: the share of attributions that have that value.

    `of` is attributions, words (quoted), sources, or unnamed_sources (by the standard definition).
    `column` is a column of attributions or of sources; the form of a source is source_form.
    Attributions where the column is NA are no part of the denominator: the share of neutral
    reporting words is one of attributions with a cue.

    Columns: `by` (if given), `column`, n_hits, n_<of>, share_of_<of>, low, high (95 %, NA below five
    articles), n_articles, n_unknown (attributions left out because the column is NA).
    """
    units = units_of(analysis, of)
    require(units, [column], table=of)
    known = units[units[column].notna()]
    hits = pd.get_dummies(known[column])
    if column == "description_level":
        hits = hits.reindex(columns=range(4), fill_value=False)
    shares = table_of_shares(analysis, article_sums(analysis, known, hits), by=by, label=column, of=of)
    unknown = article_sums(analysis, units, pd.DataFrame({"n_unknown": units[column].isna()}))["n_unknown"]
    if by is None:
        return shares.assign(n_unknown=int(unknown.sum()))
    counts = unknown.groupby(groups_of(analysis.documents, by), dropna=False).sum().astype("Int64")
    return shares.merge(counts.rename("n_unknown"), left_on=by, right_index=True, how="left", validate="m:1")


def share_reasons(analysis: Analysis, *, by: str | None = None) -> pd.DataFrame:
    """Return one row a group and kind of reason: the share of unnamed sources for which it is given.

    reason is "given" (any reason) or "specific" (neither boilerplate such as "not authorised to
    speak" nor "the sensitivity of the matter"). Denominator: sources unnamed by the standard
    definition. Columns as in share_unnamed, with reason in place of definition.
    """
    units = units_of(analysis, "unnamed_sources")
    given = units["reason"].notna()
    hits = pd.DataFrame(
        {"given": given, "specific": given & ~units["reason_class"].fillna("other").isin(UNSPECIFIC_REASONS)}
    )
    return table_of_shares(
        analysis, article_sums(analysis, units, hits), by=by, label="reason", of="unnamed_sources"
    )
