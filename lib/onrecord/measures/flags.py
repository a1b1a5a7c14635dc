"""Article flags.

What is true of an article as a whole, such as a single source or an anonymous lead.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from onrecord.measures.acts import counted
from onrecord.measures.countable import Countable
from onrecord.measures.units import PEOPLE, is_unnamed, units_of

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
    analysis: Analysis | Countable,
    acts: Iterable[str] | str | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Documents with the article flags of the codebook added. One row per article.

    The documents of an AnalysedCorpus are without text, byline and standfirst.

    Columns added, all boolean: has_no_source; is_single_source; is_anonymous_only (every attribution to
    a person or group has an unnamed source by the standard definition; False where there is none);
    is_anonymous_lead (the first attribution has one); is_anonymous_first_quotation (the first direct or
    mixed attribution has one); has_marker and has_reason (for at least one source).
    Statements of probability .5 and above count; `acts` and `min_probability` are those of select_acts.

    Source: docs/codebook.md.

    >>> flags = onrecord.add_flags(analysis)
    >>> flags.loc[flags["is_single_source"], ["outlet", "headline"]].values.tolist()
    [['Clear Signal', 'Rain delays the boat race']]
    """
    analysis = counted(analysis, acts, min_probability)
    flags = analysis.article_flags() if isinstance(analysis, Countable) else flags_of(analysis)
    return analysis.documents.assign(**{name: flags[name].array for name in FLAGS})


def flags_of(analysis: Analysis) -> pd.DataFrame:
    """The article flags of `add_flags`, indexed by doc_id. One row per article."""
    sources = units_of(analysis, "sources")
    attributions = units_of(analysis, "attributions")
    attributions = attributions.sort_values(["doc_id", "attribution_id"], kind="stable")
    attributions["is_unnamed"] = is_unnamed(attributions)
    first = attributions.drop_duplicates("doc_id").set_index("doc_id")["is_unnamed"]
    quotations = attributions[attributions["form"].isin(["direct", "mixed"])]
    first_quotation = quotations.drop_duplicates("doc_id").set_index("doc_id")["is_unnamed"]
    people = attributions[attributions["source_form"].isin(PEOPLE)]
    flags = {
        "is_anonymous_only": people.groupby("doc_id")["is_unnamed"].all(),
        "is_anonymous_lead": first,
        "is_anonymous_first_quotation": first_quotation,
        "has_marker": sources["marker"].notna().groupby(sources["doc_id"]).any(),
        "has_reason": sources["reason"].notna().groupby(sources["doc_id"]).any(),
    }
    ids = analysis.documents["doc_id"]
    n_sources = ids.map(sources.groupby("doc_id").size()).fillna(0)
    columns = {"has_no_source": n_sources == 0, "is_single_source": n_sources == 1}
    columns |= {name: ids.map(flag).astype("boolean").fillna(False) for name, flag in flags.items()}
    return pd.DataFrame({name: columns[name].astype("boolean") for name in FLAGS}).set_index(ids.to_numpy())
