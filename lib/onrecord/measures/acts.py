"""Which attributions a measure counts.

Statements, unless it is asked for other acts.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import TYPE_CHECKING, TypeVar, cast

import pandas as pd

from onrecord.attributions.acts import ACTS, STATEMENT
from onrecord.measures.countable import Countable
from onrecord.tables import require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

_Counted = TypeVar("_Counted", bound="Analysis | Countable")

MIN_PROBABILITY = 0.5
STATEMENTS = (STATEMENT,)


def select_acts(
    analysis: _Counted, *, acts: Iterable[str] | str = STATEMENTS, min_probability: float = MIN_PROBABILITY
) -> _Counted:
    """Analysis of the attributions of some acts, and of the sources that have one.

    `acts` are statement, decree, plan, attitude, or "all" of them. An attribution counts from
    `min_probability` (0 to 1) on; one without an act or a probability always does. n_attributions and
    n_words_quoted of the sources are counted anew, and sources without an attribution that counts
    are left out. `analysis` itself keeps everything. Measures count the result as it is.

    Raises ValueError for an unknown act and for a probability outside 0 to 1.

    Source: the acts of docs/codebook.md.

    >>> everything = onrecord.select_acts(analysis, acts="all", min_probability=0)
    >>> len(everything.attributions) == len(analysis.attributions)
    True
    """
    acts = _checked(acts, min_probability)
    if isinstance(analysis, Countable):
        return cast("_Counted", analysis.select_acts(acts, min_probability))
    attributions = analysis.attributions
    require(attributions, ["act", "probability"], table="attributions")
    is_act = attributions["act"].isin(acts) | attributions["act"].isna()
    is_sure = (attributions["probability"] >= min_probability) | attributions["probability"].isna()
    kept = attributions[is_act & is_sure.fillna(True)]
    selected = copy(analysis)
    changed: dict[str, object] = {"is_selected": True}
    if len(kept) < len(attributions):
        changed |= {"attributions": kept, "sources": _counted_anew(analysis.sources, kept)}
    for name, value in changed.items():
        object.__setattr__(selected, name, value)  # Analysis is frozen for its users
    return selected


def counted(
    analysis: _Counted, acts: Iterable[str] | str | None = None, min_probability: float | None = None
) -> _Counted:
    """Analysis as a measure counts it: the chosen acts, or else statements.

    None means statements, and MIN_PROBABILITY.
    """
    if acts is None and min_probability is None and getattr(analysis, "is_selected", False):
        return analysis
    if not (isinstance(analysis, Countable) or hasattr(analysis, "attributions")):
        return analysis  # another kind of thing: the measure says so
    return select_acts(
        analysis,
        acts=STATEMENTS if acts is None else acts,
        min_probability=MIN_PROBABILITY if min_probability is None else min_probability,
    )


def _checked(acts: Iterable[str], min_probability: float) -> tuple[str, ...]:
    names = ACTS if acts == "all" else (acts,) if isinstance(acts, str) else tuple(acts)
    for name in names:
        if name not in ACTS:
            raise ValueError(f"acts must be some of {', '.join(ACTS)}, or 'all', not {name!r}.")
    if not 0 <= min_probability <= 1:
        raise ValueError(f"min_probability must be from 0 to 1, not {min_probability!r}.")
    return names


def _counted_anew(sources: pd.DataFrame, attributions: pd.DataFrame) -> pd.DataFrame:
    """Sources of `attributions`, counted by these alone. One row per source."""
    keys = ["doc_id", "source_id"]
    numbers = attributions.groupby(keys, as_index=False).agg(
        n_attributions=("attribution_id", "size"), n_words_quoted=("n_words_quoted", "sum")
    )
    numbers = numbers.astype({"n_attributions": "Int64", "n_words_quoted": "Int64"})
    kept = sources.drop(columns=["n_attributions", "n_words_quoted"], errors="ignore").reset_index()
    kept = kept.merge(numbers, on=keys, how="inner", validate="1:1").set_index("index")
    kept = kept[[*sources.columns]].sort_index()
    kept.index.name = sources.index.name
    return kept
