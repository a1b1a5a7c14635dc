"""Shares of sources, attributions, words and articles, with n and intervals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from onrecord.choices import require_choice
from onrecord.measures.acts import counted
from onrecord.measures.countable import ArticleCounts, Condition, Countable
from onrecord.measures.in_memory import countable
from onrecord.measures.units import DEFINITIONS, PEOPLE, groups_of, table_of_shares

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
DESCRIPTION_LEVELS = range(4)
_KNOWN = object()  # a key that no value of a column can be


def share_unnamed(
    analysis: Analysis | Countable,
    *,
    of: str = "sources",
    by: str | None = None,
    people_only: bool = False,
    acts: Iterable[str] | str | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Share of sources left unnamed. One row per group and definition.

    `of` is the denominator: sources, attributions, words (quoted), or articles (with at least one
    unnamed source). Each is a finding of its own. All attributions count, also those without a known
    source; with people_only the denominator is restricted to sources that are persons or groups. The
    narrator and sources of the form none are not counted.
    Statements of probability .5 and above count; `acts` and `min_probability` are those of select_acts.

    Columns: `by` (if given), definition (strict, standard, broad: always all three), n_hits, the
    denominator n_<of>, share_of_<of> (0 to 1, NA without a denominator), low and high (95%, resampled by
    article, of articles Wilson's; NA below five articles), n_articles (with the denominator).

    Raises ValueError for another `of`, or a `by` that documents do not have.

    Source: the definitions of docs/codebook.md.

    >>> shares = onrecord.share_unnamed(analysis, by="outlet")
    >>> shares.loc[shares["definition"] == "standard", ["outlet", "n_hits", "n_sources"]].values.tolist()
    [['Clear Signal', 4, 11], ['Orvane Press Service', 2, 14]]
    """
    require_choice("of", of, ("sources", "attributions", "words", "articles"))
    analysis = counted(analysis, acts, min_probability)
    counts = unnamed_counts(analysis, of=of, people_only=people_only)
    return table_of_shares(analysis.documents, counts, by=by, label="definition", of=of)


def unnamed_counts(analysis: Analysis | Countable, *, of: str, people_only: bool = False) -> ArticleCounts:
    """Units `of` each article whose source is unnamed, by each definition."""
    hits: dict[str, Condition] = {
        name: {"naming": values, "source_form": PEOPLE} for name, values in DEFINITIONS.items()
    }
    where: Condition | None = {"source_form": PEOPLE} if people_only else None
    counts = countable(analysis).article_counts("sources" if of == "articles" else of, hits, where=where)
    if of != "articles":
        return counts
    base = counts.base > 0 if people_only else pd.Series(True, counts.base.index)
    return ArticleCounts((counts.hits > 0).astype(float), base.astype(float))


def share_each(
    analysis: Analysis | Countable,
    column: str,
    *,
    of: str = "attributions",
    by: str | None = None,
    acts: Iterable[str] | str | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Share of attributions that each value of `column` has.

    One row per group and value.

    `of` is attributions, words (quoted), sources, or unnamed_sources (by the standard definition).
    `column` is a column of attributions or of sources; the form of a source is source_form. Units
    where the column is NA are left out of the denominator: the share of neutral reporting words is one
    of attributions with a cue.
    Statements of probability .5 and above count; `acts` and `min_probability` are those of select_acts.

    Columns: `by` (if given), `column`, n_hits, n_<of>, share_of_<of> (0 to 1), low, high (95%,
    resampled by article; NA below five articles), n_articles, n_unknown (units left out).

    Raises ValueError for another `of`, or a column that neither table has.

    >>> forms = onrecord.share_each(analysis, "form")
    >>> dict(zip(forms["form"], forms["n_hits"]))
    {'direct': 14, 'indirect': 12}
    """
    analysis = counted(analysis, acts, min_probability)
    counts, n_unknown = each_counts(analysis, column, of=of)
    shares = table_of_shares(analysis.documents, counts, by=by, label=column, of=of)
    if by is None:
        return shares.assign(n_unknown=int(n_unknown.sum()))
    groups = groups_of(analysis.documents, by)
    unknown = n_unknown.groupby(groups, dropna=False).sum().astype("Int64").rename("n_unknown")
    return shares.merge(unknown, left_on=by, right_index=True, how="left", validate="m:1")


def each_counts(analysis: Analysis | Countable, column: str, *, of: str) -> tuple[ArticleCounts, pd.Series]:
    """Units `of` each article with each value of `column`, and those without a value."""
    source = countable(analysis)
    is_level = column == "description_level"  # all levels, so that a table always has the same rows
    values = DESCRIPTION_LEVELS if is_level else source.values_of(of, column)
    hits = {value: {column: [value]} for value in values}
    counts = source.article_counts(of, {**hits, _KNOWN: {column: None}})
    known = counts.hits[_KNOWN]
    return ArticleCounts(counts.hits[list(hits)], known), counts.base - known


def share_reasons(
    analysis: Analysis | Countable,
    *,
    by: str | None = None,
    acts: Iterable[str] | str | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Share of unnamed sources whose anonymity is explained.

    One row per group and kind of reason.

    reason is "given" (any reason) or "specific" (neither boilerplate such as "not authorised to speak"
    nor "the sensitivity of the matter"). Denominator: sources unnamed by the standard definition.
    Statements of probability .5 and above count; `acts` and `min_probability` are those of select_acts.

    Columns: `by` (if given), reason, n_hits, n_unnamed_sources, share_of_unnamed_sources (0 to 1), low,
    high (95%, resampled by article; NA below five articles), n_articles.

    >>> onrecord.share_reasons(analysis)[["reason", "n_hits", "n_unnamed_sources"]].values.tolist()
    [['given', 2, 6], ['specific', 1, 6]]
    """
    analysis = counted(analysis, acts, min_probability)
    counts = reason_counts(analysis)
    return table_of_shares(analysis.documents, counts, by=by, label="reason", of="unnamed_sources")


def reason_counts(analysis: Analysis | Countable) -> ArticleCounts:
    """Unnamed sources of each article with a reason, and with a specific one."""
    specific = [name for name in REASON_CLASSES if name not in UNSPECIFIC_REASONS]
    hits: dict[str, Condition] = {
        "given": {"reason": None},
        "specific": {"reason": None, "reason_class": specific},
    }
    return countable(analysis).article_counts("unnamed_sources", hits)


def share_flags(
    analysis: Analysis | Countable,
    *,
    by: str | None = None,
    acts: Iterable[str] | str | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Share of articles with each article flag. One row per group and flag.

    Statements of probability .5 and above count; `acts` and `min_probability` are those of select_acts.

    Columns: `by` (if given), flag (as in add_flags), n_hits, n_articles, share_of_articles (0 to 1),
    low, high (95%, Wilson's).

    >>> flags = onrecord.share_flags(analysis).set_index("flag")
    >>> flags.loc["has_no_source", ["n_hits", "n_articles"]].tolist()
    [1, 12]
    """
    analysis = counted(analysis, acts, min_probability)
    counts = flag_counts(analysis)
    return table_of_shares(analysis.documents, counts, by=by, label="flag", of="articles")


def flag_counts(analysis: Analysis | Countable) -> ArticleCounts:
    """Flags of each article as 1 or 0; the base is 1."""
    flags = countable(analysis).article_flags().astype(float)
    return ArticleCounts(flags, pd.Series(1.0, flags.index))
