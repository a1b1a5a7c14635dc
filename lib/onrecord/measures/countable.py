"""What measures need of an analysis, in memory or on disk.

Analysis and AnalysedCorpus provide it.

A measure counts through the protocol, so that a corpus on disk has only to count: no measure asks where
its rows are. The default, for an Analysis, is measures/in_memory.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, runtime_checkable

import pandas as pd

Condition = Mapping[str, "list | None"]
TURNS = ("first", "last")  # which attribution of an article counts, where only one does


class ArticleCounts(NamedTuple):
    """Counts of each article, indexed by doc_id.

    One column per condition, and the units in all.
    """

    hits: pd.DataFrame
    base: pd.Series


@runtime_checkable
class Countable(Protocol):
    """An analysis whose sources and attributions can be counted article by article."""

    @property
    def documents(self) -> pd.DataFrame:
        """One row per article, with the columns that group articles.

        The text may be missing.
        """
        ...

    def article_counts(
        self, of: str, hits: Mapping[Any, Condition], *, where: Condition | None = None
    ) -> ArticleCounts:
        """Units of each article that fulfil each condition, and the units in all.

        `of` is sources, attributions, words (quoted) or unnamed_sources. A condition maps columns of
        these to the values allowed, or to None for "is given"; all of its columns must fit. `where`
        restricts the units themselves.
        """
        ...

    def values_of(self, of: str, column: str) -> list:
        """Values of `column` among the units `of`, sorted, without NA."""
        ...

    def speaker_counts(self) -> pd.DataFrame:
        """Attributions to each named source.

        One row per source: at least doc_id, name, n_attributions, n_words_quoted.
        """
        ...

    def count_values(self, of: str, columns: Sequence[str]) -> pd.DataFrame:
        """Units of each article with each combination of the values of `columns`.

        One row per article and combination: doc_id, `columns`, n_units. `of` is as in article_counts, or
        disclosures or scare_quotes. Units without a value of the first column are left out.
        """
        ...

    def rows_of(
        self, table: str, *, where: Condition | None = None, doc_ids: Iterable[str] | None = None
    ) -> pd.DataFrame:
        """Rows of sources or attributions that fulfil `where`.

        One row per source or attribution, of all articles or of `doc_ids`.
        """
        ...

    def article_flags(self) -> pd.DataFrame:
        """The article flags of `add_flags`, boolean, indexed by doc_id.

        One row per article.
        """
        ...

    def select_acts(self, acts: tuple[str, ...], min_probability: float) -> Countable:
        """The same articles with the attributions of `acts` from `min_probability` on."""
        ...

    def narrow(self, *, turn: str | None = None, choosable: bool = False) -> Countable:
        """The same articles with fewer attributions and sources.

        With `turn` only the first or last attribution of each article remains, with its source. With
        `choosable` the people whom the headline or the first paragraph names are left out.
        """
        ...
