"""An Analysis counted in its tables: the default behind every measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from onrecord.measures.acts import counted, select_acts
from onrecord.measures.countable import ArticleCounts, Condition, Countable
from onrecord.measures.flags import flags_of
from onrecord.measures.narrowed import narrowed
from onrecord.measures.units import units_of
from onrecord.tables import require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis


@dataclass(frozen=True)
class CountedInMemory:
    """The default Countable: an Analysis, counted in its tables."""

    analysis: Analysis

    @property
    def is_selected(self) -> bool:
        """Whether select_acts has chosen the attributions that count."""
        return getattr(self.analysis, "is_selected", False)

    @property
    def documents(self) -> pd.DataFrame:
        return self.analysis.documents

    def article_counts(
        self, of: str, hits: Mapping[Any, Condition], *, where: Condition | None = None
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
        return self.analysis.sources[self.analysis.sources["name"].notna()]

    def count_values(self, of: str, columns: Sequence[str]) -> pd.DataFrame:
        is_table = of in ("disclosures", "scare_quotes")
        units = getattr(self.analysis, of) if is_table else units_of(self.analysis, of)
        require(units, columns, table=of)
        known = units.loc[units[columns[0]].notna(), ["doc_id", *columns]]
        groups = known.groupby(["doc_id", *columns], as_index=False, sort=False, dropna=False)
        return groups.size().rename(columns={"size": "n_units"})

    def rows_of(
        self, table: str, *, where: Condition | None = None, doc_ids: Iterable[str] | None = None
    ) -> pd.DataFrame:
        rows: pd.DataFrame = getattr(self.analysis, table)
        fits = _fulfils(rows, where or {})
        return rows[fits if doc_ids is None else fits & rows["doc_id"].isin(list(doc_ids))]

    def article_flags(self) -> pd.DataFrame:
        return flags_of(self.analysis)

    def select_acts(self, acts: tuple[str, ...], min_probability: float) -> CountedInMemory:
        return CountedInMemory(select_acts(self.analysis, acts=acts, min_probability=min_probability))

    def narrow(self, *, turn: str | None = None, choosable: bool = False) -> CountedInMemory:
        return CountedInMemory(narrowed(self.analysis, turn=turn, choosable=choosable))


def countable(analysis: Analysis | Countable) -> Countable:
    """`analysis` as it can be counted.

    Its statements only, unless select_acts has chosen other acts.
    """
    return all_acts(counted(analysis))


def all_acts(analysis: Analysis | Countable) -> Countable:
    """`analysis` as it can be counted, with the attributions of all acts."""
    return analysis if isinstance(analysis, Countable) else CountedInMemory(analysis)


def _fulfils(units: pd.DataFrame, condition: Condition) -> pd.Series:
    fits = pd.Series(True, units.index)
    for column, values in condition.items():
        fits &= units[column].notna() if values is None else units[column].isin(values)
    return fits
