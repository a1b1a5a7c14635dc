"""Counts: who is quoted how often, and which sources are unnamed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from onrecord.choices import require_choice
from onrecord.measures.acts import counted
from onrecord.measures.countable import Condition, Countable
from onrecord.measures.in_memory import countable
from onrecord.measures.units import DEFINITIONS, PEOPLE, groups_of

if TYPE_CHECKING:
    from onrecord.analysis import Analysis


def count_speakers(
    analysis: Analysis | Countable,
    *,
    by: str | None = None,
    acts: Iterable[str] | str | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Attributions to each named source.

    One row per speaker (and group), the most widely quoted first.

    The same canonical name in several articles is one speaker.
    Statements of probability .5 and above count; `acts` and `min_probability` are those of select_acts.

    Columns: `by` (if given), name, n_articles, n_attributions, n_words_quoted, share_of_attributions
    (0 to 1, of all attributions to named sources of the group).

    >>> onrecord.count_speakers(analysis)[["name", "n_articles"]].head(2).values.tolist()
    [['Tomas Verrick', 4], ['Mara Lind', 4]]
    """
    analysis = counted(analysis, acts, min_probability)
    named = countable(analysis).speaker_counts()
    keys = ["name"] if by is None else [by, "name"]
    if by is not None:
        named = named.assign(**{by: named["doc_id"].map(groups_of(analysis.documents, by))})
    table = named.groupby(keys, dropna=False, as_index=False).agg(
        n_articles=("doc_id", "nunique"),
        n_attributions=("n_attributions", "sum"),
        n_words_quoted=("n_words_quoted", "sum"),
    )
    n = table["n_attributions"]
    total = n.sum() if by is None else table.groupby(by, dropna=False)["n_attributions"].transform("sum")
    table["share_of_attributions"] = (n / total).astype("Float64")
    order = ["n_articles", "n_attributions", "name"]
    return table.sort_values(order, ascending=[False, False, True], kind="stable", ignore_index=True)


def find_unnamed(
    analysis: Analysis | Countable,
    *,
    definition: str = "standard",
    acts: Iterable[str] | str | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Unnamed sources: the rows of analysis.sources that `definition` covers.

    One row per source.

    `definition` is strict, standard or broad, as in share_unnamed. Columns: those of analysis.sources.
    Statements of probability .5 and above count; `acts` and `min_probability` are those of select_acts.

    >>> onrecord.find_unnamed(analysis, definition="strict")["description"].tolist()
    ['a dock worker', 'a former minister']
    """
    require_choice("definition", definition, DEFINITIONS)
    found = countable(counted(analysis, acts, min_probability))
    return found.rows_of("sources", where={"naming": DEFINITIONS[definition], "form": PEOPLE})


def count_unnamed(
    analysis: Analysis | Countable,
    *,
    by: str | list[str],
    definition: str = "standard",
    acts: Iterable[str] | str | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Unnamed sources of each group. One row per combination of the groups `by`.

    Columns: those of `by`, n_unnamed, n_articles. Combinations without an article have no row.
    Statements of probability .5 and above count; `acts` and `min_probability` are those of select_acts.

    >>> onrecord.count_unnamed(analysis, by="outlet").values.tolist()
    [['Clear Signal', 4, 6], ['Orvane Press Service', 2, 6]]
    """
    require_choice("definition", definition, DEFINITIONS)
    analysis = counted(analysis, acts, min_probability)
    by = [by] if isinstance(by, str) else by
    groups = pd.concat([groups_of(analysis.documents, name) for name in by], axis=1)
    is_unnamed: Condition = {"naming": DEFINITIONS[definition], "source_form": PEOPLE}
    counts = countable(analysis).article_counts("sources", {definition: is_unnamed}).hits[definition]
    table = groups.assign(n_unnamed=counts.reindex(groups.index).astype("int64"), n_articles=1)
    return table.groupby(by, as_index=False, dropna=False)[["n_unnamed", "n_articles"]].sum()
