"""Shares of sources, attributions, words and articles, each with its denominator, n and interval."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from onrecord.measures.acts import counted
from onrecord.measures.units import (
    DEFINITIONS,
    PEOPLE,
    ArticleCounts,
    article_counts,
    groups_of,
    table_of_shares,
    values_of,
)

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

REASON_CLASSES = [
    "none",
    "boilerplate",
    "reprisal or job",
    "safety",
    "legal or ongoing",
    "diplomatic or negotiation",
    "commercial",
    "privacy",
    "other",
]
UNSPECIFIC_REASONS = ["none", "boilerplate"]
_KNOWN = object()  # a key that no value of a column can be


def share_unnamed(
    analysis: Analysis,
    *,
    of: str = "sources",
    by: str | None = None,
    people_only: bool = False,
    acts: Iterable[str] | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Return one row a group and definition: the share of its sources that stay unnamed.

    `of` is the denominator: sources, attributions, words (quoted), or articles (with at least one
    unnamed source). Each is a finding of its own. All attributions count, also those without a
    known speaker; with people_only the denominator keeps sources that are persons or groups. The
    narrator, and sources of form none, are no sources.
    Statements of probability .5 and above count; `acts` and `min_probability` as in select_acts.

    Columns: `by` (if given), definition (strict, standard, broad: always all three), n_hits, the
    denominator n_<of>, share_of_<of> (0 to 1, NA without a denominator), low and high (95 %, NA
    below five articles), n_articles (that hold the denominator).
    """
    if of not in ("sources", "attributions", "words", "articles"):
        raise ValueError(f"of={of!r}: take one of sources, attributions, words, articles.")
    analysis = counted(analysis, acts, min_probability)
    return table_of_shares(
        analysis, unnamed_counts(analysis, of=of, people_only=people_only), by=by, label="definition", of=of
    )


def unnamed_counts(analysis: Analysis, *, of: str, people_only: bool = False) -> ArticleCounts:
    """Return of each article the units `of` that each definition of an unnamed source covers."""
    hits = {name: {"naming": values, "source_form": PEOPLE} for name, values in DEFINITIONS.items()}
    where = {"source_form": PEOPLE} if people_only else None
    counts = article_counts(analysis, "sources" if of == "articles" else of, hits, where=where)
    if of != "articles":
        return counts
    base = counts.base > 0 if people_only else pd.Series(True, counts.base.index)
    return ArticleCounts((counts.hits > 0).astype(float), base.astype(float))


def share_each(
    analysis: Analysis,
    column: str,
    *,
    of: str = "attributions",
    by: str | None = None,
    acts: Iterable[str] | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Return one row a group and value of `column`: the share of attributions that have that value.

    `of` is attributions, words (quoted), sources, or unnamed_sources (by the standard definition).
    `column` is a column of attributions or of sources; the form of a source is source_form.
    Attributions where the column is NA are no part of the denominator: the share of neutral
    reporting words is one of attributions with a cue.
    Statements of probability .5 and above count; `acts` and `min_probability` as in select_acts.

    Columns: `by` (if given), `column`, n_hits, n_<of>, share_of_<of>, low, high (95 %, NA below five
    articles), n_articles, n_unknown (attributions left out because the column is NA).
    """
    analysis = counted(analysis, acts, min_probability)
    counts, n_unknown = each_counts(analysis, column, of=of)
    shares = table_of_shares(analysis, counts, by=by, label=column, of=of)
    if by is None:
        return shares.assign(n_unknown=int(n_unknown.sum()))
    groups = groups_of(analysis.documents, by)
    unknown = n_unknown.groupby(groups, dropna=False).sum().astype("Int64").rename("n_unknown")
    return shares.merge(unknown, left_on=by, right_index=True, how="left", validate="m:1")


def each_counts(analysis: Analysis, column: str, *, of: str) -> tuple[ArticleCounts, pd.Series]:
    """Return of each article the units `of` with each value of `column`, and those without a value."""
    values = range(4) if column == "description_level" else values_of(analysis, of, column)
    hits = {value: {column: [value]} for value in values}
    counts = article_counts(analysis, of, {**hits, _KNOWN: {column: None}})
    known = counts.hits[_KNOWN]
    return ArticleCounts(counts.hits[list(hits)], known), counts.base - known


def share_reasons(
    analysis: Analysis,
    *,
    by: str | None = None,
    acts: Iterable[str] | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Return one row a group and kind of reason: the share of unnamed sources for which it is given.

    reason is "given" (any reason) or "specific" (neither boilerplate such as "not authorised to
    speak" nor "the sensitivity of the matter"). Denominator: sources unnamed by the standard
    definition. Columns as in share_unnamed, with reason in place of definition.
    Statements of probability .5 and above count; `acts` and `min_probability` as in select_acts.
    """
    analysis = counted(analysis, acts, min_probability)
    return table_of_shares(analysis, reason_counts(analysis), by=by, label="reason", of="unnamed_sources")


def reason_counts(analysis: Analysis) -> ArticleCounts:
    """Return of each article the unnamed sources with a reason, and with a specific one."""
    specific = [name for name in REASON_CLASSES if name not in UNSPECIFIC_REASONS]
    hits = {"given": {"reason": None}, "specific": {"reason": None, "reason_class": specific}}
    return article_counts(analysis, "unnamed_sources", hits)
