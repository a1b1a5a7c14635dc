"""What the measures need of an analysis, in memory (Analysis) or on disk (an analysed corpus).

A measure calls `countable(analysis)` and counts through the protocol, so that a corpus on disk has only
to count: no measure asks where its rows are.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import pandas as pd

from onrecord.measures.flags import FLAGS, add_flags
from onrecord.measures.units import ArticleCounts, Condition, units_of
from onrecord.tables import require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis


@runtime_checkable
class Countable(Protocol):
    """An analysis whose sources and attributions can be counted article by article."""

    @property
    def documents(self) -> pd.DataFrame:
        """One row per article, with the columns that group articles; the text may be left out."""
        ...

    def article_counts(
        self, of: str, hits: Mapping[Hashable, Condition], *, where: Condition | None = None
    ) -> ArticleCounts:
        """Units of each article that fulfil each condition of `hits`, and the units in all.

        `of` is sources, attributions, words (quoted) or unnamed_sources. A condition maps columns of
        these to the values allowed, or to None for "is given"; all of its columns must fit. `where`
        restricts the units themselves.
        """
        ...

    def values_of(self, of: str, column: str) -> list:
        """Values of `column` among the units `of`, sorted, without NA."""
        ...

    def speaker_counts(self) -> pd.DataFrame:
        """Attributions to each source. One row per source: doc_id, name (NA if unnamed), n_attributions."""
        ...

    def article_flags(self) -> pd.DataFrame:
        """The article flags of `add_flags`, boolean, indexed by doc_id. One row per article."""
        ...


@dataclass(frozen=True)
class CountedInMemory:
    """The default: an Analysis, counted in its tables."""

    analysis: Analysis

    @property
    def documents(self) -> pd.DataFrame:
        return self.analysis.documents

    def article_counts(
        self, of: str, hits: Mapping[Hashable, Condition], *, where: Condition | None = None
    ) -> ArticleCounts:
        units = units_of(self.analysis, of)
        for condition in [*hits.values(), where or {}]:
            require(units, condition, table=of)
        if where:
            units = units[_fulfils(units, where)]
        weight = units["weight"].to_numpy(dtype=float)
        columns = [_fulfils(units, condition).to_numpy() * weight for condition in hits.values()]
        sums = (
            pd.DataFrame({0: weight, **dict(enumerate(columns, 1))}).groupby(units["doc_id"].to_numpy()).sum()
        )
        sums = sums.reindex(self.documents["doc_id"].to_numpy(), fill_value=0.0)
        return ArticleCounts(sums.iloc[:, 1:].set_axis(list(hits), axis=1), sums[0])

    def values_of(self, of: str, column: str) -> list:
        units = units_of(self.analysis, of)
        require(units, [column], table=of)
        return sorted(units[column].dropna().unique())

    def speaker_counts(self) -> pd.DataFrame:
        return self.analysis.sources[["doc_id", "name", "n_attributions"]]

    def article_flags(self) -> pd.DataFrame:
        return add_flags(self.analysis).set_index("doc_id")[FLAGS]


def countable(analysis: Analysis | Countable) -> Countable:
    """`analysis` itself where it can count, else its tables counted in memory."""
    return analysis if isinstance(analysis, Countable) else CountedInMemory(analysis)


def _fulfils(units: pd.DataFrame, condition: Condition) -> pd.Series:
    fits = pd.Series(True, units.index)
    for column, values in condition.items():
        fits &= units[column].notna() if values is None else units[column].isin(values)
    return fits
