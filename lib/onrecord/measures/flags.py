"""Article flags: what holds of an article as a whole, such as a single source or an anonymous lead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from onrecord.measures.acts import counted
from onrecord.measures.units import PEOPLE, ArticleCounts, is_unnamed, table_of_shares, units_of

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

FLAGS = [
    "has_no_source",
    "is_single_source",
    "is_anonymous_only",
    "is_anonymous_lead",
    "is_anonymous_first_quotation",
    "has_marker",
    "has_reason",
]


def add_flags(
    analysis: Analysis,
    *,
    acts: Iterable[str] | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Return the documents with the article flags of the codebook added (boolean).

    has_no_source; is_single_source; is_anonymous_only: every attribution to a person or group is
    unnamed by the standard definition (False where there is none); is_anonymous_lead: the first
    attribution is; is_anonymous_first_quotation: the first direct or mixed one is; has_marker;
    has_reason.
    Statements of probability .5 and above count; `acts` and `min_probability` as in select_acts.
    """
    analysis = counted(analysis, acts, min_probability)
    sources = units_of(analysis, "sources")
    said = units_of(analysis, "attributions").sort_values(["doc_id", "attribution_id"], kind="stable")
    said["is_unnamed"] = is_unnamed(said)
    first = said.drop_duplicates("doc_id").set_index("doc_id")["is_unnamed"]
    quoted = (
        said[said["form"].isin(["direct", "mixed"])]
        .drop_duplicates("doc_id")
        .set_index("doc_id")["is_unnamed"]
    )
    people = said[said["source_form"].isin(PEOPLE)].groupby("doc_id")["is_unnamed"].all()
    n_sources = sources.groupby("doc_id").size()
    flags = {
        "is_anonymous_only": people,
        "is_anonymous_lead": first,
        "is_anonymous_first_quotation": quoted,
        "has_marker": sources.groupby("doc_id")["marker"].agg(lambda column: column.notna().any()),
        "has_reason": sources.groupby("doc_id")["reason"].agg(lambda column: column.notna().any()),
    }
    ids = analysis.documents["doc_id"]
    counts = ids.map(n_sources).fillna(0)
    columns = {"has_no_source": counts == 0, "is_single_source": counts == 1}
    columns |= {name: ids.map(flag).astype("boolean").fillna(False) for name, flag in flags.items()}
    return analysis.documents.assign(**{name: columns[name].astype("boolean") for name in FLAGS})


def share_flags(
    analysis: Analysis,
    *,
    by: str | None = None,
    acts: Iterable[str] | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Return one row a group and article flag: the share of articles that carry it, with Wilson's interval.

    Columns: `by` (if given), flag (as in add_flags), n_hits, n_articles, share_of_articles, low, high.
    Statements of probability .5 and above count; `acts` and `min_probability` as in select_acts.
    """
    analysis = counted(analysis, acts, min_probability)
    return table_of_shares(analysis, flag_counts(analysis), by=by, label="flag", of="articles")


def flag_counts(analysis: Analysis) -> ArticleCounts:
    """Return of each article which flags it carries, 1 or 0."""
    analysis = counted(analysis)
    flags = analysis.flags() if hasattr(analysis, "flags") else add_flags(analysis).set_index("doc_id")
    flags = flags[FLAGS].astype(float)
    return ArticleCounts(flags, pd.Series(1.0, flags.index))
