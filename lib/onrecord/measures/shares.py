"""Shares of sources, attributions, words and articles, with n and intervals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from onrecord.choices import require_choice
from onrecord.measures.acts import counted
from onrecord.measures.countable import TURNS, ArticleCounts, Condition, Countable
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
UNKNOWN = "unknown"  # a value of sector and gender
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
    where: Mapping[str, str | list] | None = None,
    known_only: bool = False,
    turn: str | None = None,
    choosable: bool = False,
    acts: Iterable[str] | str | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Share of attributions that each value of `column` has.

    One row per group and value.

    `of` is attributions, statements (the same, under the name of what is counted by default), words
    (quoted), sources, or unnamed_sources (by the standard definition). `column` is a column of attributions
    or of sources, such as sector or gender; the form of a source is source_form. Units where the column is
    NA are left out of the denominator: the share of neutral reporting words is one of attributions with a
    cue.

    `where` restricts the units by other columns: `where={"sector": "science and expertise"}` counts
    experts alone. With known_only, units of the value "unknown" are left out of the denominator, too; the
    share of women is then one among those whose gender is known. `turn`, "first" or "last", counts only
    the first or last attribution of each article, or its source. With choosable, people whom the headline
    or the first paragraph names are left out: the outlet could not choose them.
    Statements of probability .5 and above count; `acts` and `min_probability` are those of select_acts.

    Columns: `by` (if given), `column`, n_hits, n_<of>, share_of_<of> (0 to 1), low, high (95%,
    resampled by article; NA below five articles), n_articles, n_unknown (units left out because the column
    is NA; with known_only those of the value "unknown"), and with known_only unknown_share (of these among
    all that have a value, 0 to 1).

    Raises ValueError for another `of` or `turn`, or a column that neither table has.

    Source of choosable: the BBC's 50:50 project, which counts the people whom an editor can choose.

    >>> forms = onrecord.share_each(analysis, "form")
    >>> dict(zip(forms["form"], forms["n_hits"]))
    {'direct': 14, 'indirect': 12}
    >>> genders = onrecord.share_each(analysis, "gender", of="sources", known_only=True)
    >>> genders["gender"].tolist()
    ['man', 'woman']
    """
    unit = "attributions" if of == "statements" else of
    source = countable(counted(analysis, acts, min_probability))
    if turn is not None:
        require_choice("turn", turn, TURNS)
    if turn or choosable:
        source = source.narrow(turn=turn, choosable=choosable)
    counts, n_unknown = each_counts(source, column, of=unit, where=where, known_only=known_only)
    shares = table_of_shares(source.documents, counts, by=by, label=column, of=of)
    if by is None:
        shares = shares.assign(n_unknown=int(n_unknown.sum()))
    else:
        groups = groups_of(source.documents, by)
        left_out = n_unknown.groupby(groups, dropna=False).sum().astype("Int64").rename("n_unknown")
        shares = shares.merge(left_out, left_on=by, right_index=True, how="left", validate="m:1")
    if known_only:
        unknown, n = shares["n_unknown"].to_numpy(float), shares[f"n_{of}"].to_numpy(float)
        share = np.divide(unknown, unknown + n, out=np.full(len(n), np.nan), where=unknown + n > 0)
        shares = shares.assign(unknown_share=share)
    return shares


def each_counts(
    analysis: Analysis | Countable,
    column: str,
    *,
    of: str,
    where: Mapping[str, str | list] | None = None,
    known_only: bool = False,
) -> tuple[ArticleCounts, pd.Series]:
    """Units `of` each article with each value of `column`, and those without a value."""
    source = countable(analysis)
    is_level = column == "description_level"  # all levels, so that a table always has the same rows
    values = DESCRIPTION_LEVELS if is_level else source.values_of(of, column)
    hits = {value: {column: [value]} for value in values}
    limits = {name: [value] if isinstance(value, str) else value for name, value in (where or {}).items()}
    counts = source.article_counts(of, {**hits, _KNOWN: {column: None}}, where=limits or None)
    known = counts.hits[_KNOWN]
    if not known_only:
        return ArticleCounts(counts.hits[list(hits)], known), counts.base - known
    unknown = counts.hits[UNKNOWN] if UNKNOWN in hits else pd.Series(0.0, known.index)
    told = [value for value in hits if value != UNKNOWN]
    return ArticleCounts(counts.hits[told], known - unknown), unknown


def share_identified(
    analysis: Analysis | Countable,
    *,
    by: str | None = None,
    acts: Iterable[str] | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Share of articles with at least one, two, three and four identified sources.

    One row per group and number.

    A source is identified where the article gives its name and a title or an affiliation.
    Statements of probability .5 and above count; `acts` and `min_probability` are those of select_acts.

    Columns: `by` (if given), at_least (1 to 4 identified sources), n_hits, n_articles, share_of_articles
    (0 to 1), low, high (95%, Wilson's).

    Source: the index of sources fully identified of the Project for Excellence in Journalism.

    >>> onrecord.share_identified(analysis)[["at_least", "n_articles"]].values.tolist()
    [[1, 12], [2, 12], [3, 12], [4, 12]]
    """
    source = countable(counted(analysis, acts, min_probability))
    people: Condition = {"naming": ["named"], "source_form": PEOPLE}
    hits: dict[str, Condition] = {
        "title": {**people, "title": None},
        "affiliation": {**people, "affiliation": None},
        "both": {**people, "title": None, "affiliation": None},
    }
    found = source.article_counts("sources", hits).hits
    n = found["title"] + found["affiliation"] - found["both"]
    flags = pd.DataFrame({number: (n >= number).astype(float) for number in range(1, 5)}, index=n.index)
    counts = ArticleCounts(flags, pd.Series(1.0, n.index))
    return table_of_shares(source.documents, counts, by=by, label="at_least", of="articles")


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
