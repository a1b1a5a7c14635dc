"""Findings: what may be said of a table of measures, and in which words.

The titles of charts, the findings of the notebooks and the summary of the report come from these rules.
A group with too few articles or units is neither named nor compared. A group is named as the highest or
lowest only where its difference from every other group is beyond chance. Otherwise the range is given.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from onrecord.charts.words import shortened, words_of
from onrecord.measures.intervals import (
    TOO_FEW,
    difference_interval,
    interval_around,
    resample_sums,
    wilson_interval,
)
from onrecord.measures.layout import kind_of, layout_of
from onrecord.measures.multiple_comparisons import adjust_p_values

NOT_STATED: Final = "outlet not given"
THE_CORPUS: Final = "the corpus"  # the name of the one group where no article has an outlet
LEAST_ARTICLES: Final = TOO_FEW  # of a group that is named or compared
LEAST_UNITS: Final = 20  # sources, statements, words …: of fewer a share is not written in per cent
LEAST_WHOLE: Final = 10  # the same, where the units are articles or their scores
LEVEL: Final = 0.05  # of the p-value after Holm's correction
_NAME_ROOM = 40  # characters of a name in a title
_WHOLE = ("articles", "scores")
_APART = ("outlets", "months", "quarters")  # groups that have no article in common


class Finding(NamedTuple):
    """One finding: the sentence, its n, and the interval of its figure.

    column is the column of the figure. is_answered is False where the table cannot answer the question.
    The sentence then says why.
    """

    title: str
    n: str = ""
    low: float | None = None
    high: float | None = None
    is_answered: bool = True
    column: str = "share_"

    @property
    def interval(self) -> str:
        """The interval in words, such as "18% to 30%". It is empty where there is none."""
        if self.low is None or self.high is None or pd.isna(self.low) or pd.isna(self.high):
            return ""
        low, high = (figure_in_words(float(end), self.column) for end in (self.low, self.high))
        return f"{low} to {high}"


@dataclass(frozen=True)
class Comparison:
    """Sentences for a figure of several groups.

    most is used where one group is beyond chance above all others (below them with `lowest`), none where
    several can be compared and none stands out, one where a single group has enough units. They contain
    {group}, {figure} and {range}. `where` selects the rows of the table. `groups` names the groups.
    """

    most: str
    none: str
    one: str
    where: Mapping[str, Hashable] = field(default_factory=dict)
    lowest: bool = False
    groups: str = "outlets"

    def say(self, table: pd.DataFrame, **facts: str) -> Finding:
        """The finding that `table`, one row per group after `where`, supports."""
        part = rows_where(table, self.where)
        layout = layout_of(part)
        unit = words_of(layout.unit)
        value = layout.value
        if value is None or part[value].isna().all():
            return unanswered(f"{unit} that the chart could count")
        part = named(part[part[value].notna()])
        n = _total(part, layout.n, unit, has_articles=self.groups in _APART)
        rows = enough(part)
        if rows.empty:
            return Finding(_too_few(part, unit, self.groups), n)
        few = _how_many_compared(part, len(rows), self.groups)
        first = standout(rows, lowest=self.lowest) if len(rows) > 1 else 0
        if first is None:
            words = self.none.format(range=range_of(rows[value], str(value)), **facts)
            same = " each" if is_one_figure(rows[value], str(value)) else ""
            return Finding(words + same + few + _ends_differ(rows), n)
        row = rows.iloc[first]
        words = self.most if len(rows) > 1 else self.one
        name = shortened(row[layout.labels[0]], _NAME_ROOM) if layout.labels else ""
        title = words.format(group=name, figure=figure_in_words(row[value], str(value)), **facts)
        title = title[0].upper() + title[1:] if words.startswith("{figure}") or name == THE_CORPUS else title
        return Finding(title + few, n, float(row["low"]), float(row["high"]), column=str(value))


def rows_where(table: pd.DataFrame, where: Mapping[str, Hashable]) -> pd.DataFrame:
    """Rows of `table` with these values, without the columns of the condition."""
    for column, value in where.items():
        table = table[(table[column] == value).fillna(False).astype(bool)].drop(columns=column)
    return table


def one_row(table: pd.DataFrame, column: str, value: Hashable) -> dict[str, Any]:
    """The first row of `table` with this value, by the names of its columns."""
    found = table[table[column] == value].head(1)
    return {str(name): found[name].iloc[0] for name in found.columns}


def enough(part: pd.DataFrame) -> pd.DataFrame:
    """Rows of `part` that may be named and compared.

    They have a value, an interval, a known group and enough articles and units.
    """
    layout = layout_of(part)
    is_enough = part[str(layout.value)].notna() & part["low"].notna() & part["high"].notna()
    if layout.n:
        is_enough &= part[layout.n] >= least_of(words_of(layout.unit))
    if "n_articles" in part.columns:
        is_enough &= part["n_articles"] >= LEAST_ARTICLES
    if layout.labels:
        group = part[layout.labels[0]]
        is_enough &= group.notna() & group.ne(NOT_STATED).fillna(False)
    return part[is_enough.fillna(False).astype(bool)]


def least_of(unit: str) -> int:
    """The n from which a share of `unit` is named."""
    return LEAST_WHOLE if unit in _WHOLE else LEAST_UNITS


def standout(rows: pd.DataFrame, *, lowest: bool = False) -> int | None:
    """Position of the row whose figure is beyond chance above all others, or None.

    Below all others with `lowest`. All pairs of `rows` are compared, with Holm's correction.
    """
    value, a, b, adjusted = _compared(rows)
    best = int(value.argmin() if lowest else value.argmax())
    is_of_best = (a == best) | (b == best)
    return best if bool((adjusted[is_of_best] < LEVEL).all()) else None


def _compared(rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Figures, positions of all pairs of rows, and adjusted p of their differences."""
    value = rows[str(layout_of(rows).value)].to_numpy(dtype=float)
    low, high = (rows[name].to_numpy(dtype=float) for name in ("low", "high"))
    a, b = np.triu_indices(len(rows), 1)
    *_, p = difference_interval((value[a], low[a], high[a]), (value[b], low[b], high[b]))
    return value, a, b, adjust_p_values(p)


def _ends_differ(rows: pd.DataFrame) -> str:
    """The highest and the lowest group, where their difference is beyond chance."""
    value, a, b, adjusted = _compared(rows)
    ends = {int(value.argmax()), int(value.argmin())}
    is_ends = np.isin(a, list(ends)) & np.isin(b, list(ends))
    if len(ends) < 2 or not bool((adjusted[is_ends] < LEVEL).all()):
        return ""
    label = layout_of(rows).labels[0]
    high, low = (shortened(rows[label].iloc[at], _NAME_ROOM) for at in (value.argmax(), value.argmin()))
    return f". The highest and the lowest, {high} and {low}, differ beyond chance"


def leader(counts: pd.DataFrame) -> Hashable | None:
    """The column of `counts` with a sum beyond chance above all others, or None.

    One row per article and one column per name. Articles are resampled.
    """
    counts = counts.astype(float)
    sums = counts.sum()
    if len(sums) < 2 or len(counts) < LEAST_ARTICLES:
        return None
    best = sums.idxmax()
    gaps = (counts[[best]].to_numpy() - counts.drop(columns=[best]).to_numpy()).astype(float)
    low, _ = interval_around(gaps.sum(axis=0), resample_sums(gaps), np.ones(len(counts)))
    return best if bool((low > 0).all()) else None


def figure_in_words(value: float, column: str) -> str:
    """A figure of `column` as a sentence writes it: 25%, under 1%, +0.10, 3.1."""
    kind = kind_of(column)
    if kind == "share":
        if 0 < value < 0.005:
            return "under 1%"
        return "over 99%" if 0.995 < value < 1 else f"{value:.0%}"
    if kind == "rate":
        return f"{value:.1f}"
    return f"{value:+.2f}".replace("-", "−") if round(value, 2) else "0"


def range_of(values: pd.Series, column: str) -> str:
    """The range of several figures: "23% to 29%", or "25%" where all are the same."""
    low, high = (figure_in_words(float(end), column) for end in (values.min(), values.max()))
    return low if low == high else f"{low} to {high}"


def is_one_figure(values: pd.Series, column: str) -> bool:
    """Whether several figures are the same in words."""
    return " to " not in range_of(values, column)


def range_of_counts(values: pd.Series, unit: str) -> str:
    """The range of several counts: "3 to 7 sources", "5 sources", "1 source"."""
    low, high = int(values.min()), int(values.max())
    return counted(high, unit) if low == high else f"{low:,} to {counted(high, unit)}"


def counted(n: int, unit: str) -> str:
    """A number with its noun: "1 source", "2,658 sources". `unit` is the plural."""
    return f"{n:,} {unit if n != 1 else singular(unit)}"


def singular(unit: str) -> str:
    """The singular of a noun phrase whose last word is a plural: "named sources"."""
    head, _, last = unit.rpartition(" ")
    one = last.removesuffix("ies") + "y" if last.endswith("ies") else last.removesuffix("s")
    return f"{head} {one}".strip()


def part_of(n_hits: int, n: int, unit: str, verbs: tuple[str, str] = ("is", "are")) -> str:
    """The subject and verb of a sentence on a part of `n` units, which is not 0.

    "49% of the sources are", below 20 units "3 of 5 sources are"; "none" and "all" in words.
    """
    is_, are = verbs
    if n_hits == 0:
        return f"None of the {n:,} {unit} {is_}" if n > 1 else f"The one {singular(unit)} {_not(is_)}"
    if n_hits == n:
        return f"All {n:,} {unit} {are}" if n > 1 else f"The one {singular(unit)} {is_}"
    if n < least_of(unit):
        return f"{n_hits:,} of {n:,} {unit} {is_ if n_hits == 1 else are}"
    figure = figure_in_words(n_hits / n, "share_")
    return f"{figure[0].upper()}{figure[1:]} of the {unit} {are}"


def _not(verb: str) -> str:
    known = {"is": "is not", "has": "does not have", "says": "does not say", "opens": "does not open"}
    return known[verb]


def share_finding(
    n_hits: int, n: int, unit: str, rest: str, verbs: tuple[str, str] = ("is", "are")
) -> Finding:
    """Finding on a part of `n` units; articles have Wilson's interval."""
    if not n:
        return unanswered(unit)
    low, high = wilson_interval(n_hits, n) if unit == "articles" else (None, None)
    return Finding(f"{part_of(n_hits, n, unit, verbs)} {rest}", counted(n, unit), low, high)


def unanswered(unit: str, need: str = "") -> Finding:
    """A finding that says that nothing can be said without `unit`, and what is needed."""
    need = need or "It needs articles that have some."
    return Finding(f"Not answered: these articles contain no {unit}. {need}", is_answered=False)


def needs(words: str) -> Finding:
    """A finding that says why a question is not answered, and what is needed."""
    return Finding(f"Not answered: {words}", is_answered=False)


NAME_DATES: Final = "Name the column that contains dates under [columns] in data/settings.toml."
NAME_OUTLETS: Final = "Name the outlets in your files, or their column under [columns] in data/settings.toml."


def joined(words: list[str]) -> str:
    """Words as a sentence lists them: "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _how_many_compared(part: pd.DataFrame, n_compared: int, groups: str) -> str:
    """How many of the groups drawn can be compared, where it is not all of them."""
    labels = layout_of(part).labels
    if not labels:
        return ""
    names = part[labels[0]].dropna()
    n_drawn = int(names.ne(NOT_STATED).sum())
    return f" ({n_compared:,} of {n_drawn:,} {groups} can be compared)" if n_compared < n_drawn else ""


def _too_few(part: pd.DataFrame, unit: str, groups: str) -> str:
    """Why no group of `part` is named."""
    what = f"to compare {groups}" if len(part) > 1 else f"for a {layout_of(part).kind}"
    if "n_articles" in part.columns and part["n_articles"].max() < LEAST_ARTICLES:
        of_each = " of each" if len(part) > 1 else ""
        return f"Too few articles {what}: {LEAST_ARTICLES}{of_each} are needed"
    return f"Too few {unit} {what}: {least_of(unit)} in {LEAST_ARTICLES} articles are needed"


def named(part: pd.DataFrame) -> pd.DataFrame:
    """`part`, where no article has an outlet under the name of the corpus."""
    labels = layout_of(part).labels
    if not labels or not len(part) or not part[labels[0]].eq(NOT_STATED).fillna(False).all():
        return part
    return part.assign(**{labels[0]: THE_CORPUS})


def _total(part: pd.DataFrame, n: str | None, unit: str, *, has_articles: bool) -> str:
    if n is None:
        return ""
    total = counted(int(part[n].sum()), unit)
    if has_articles and "n_articles" in part.columns and unit != "articles":
        return f"{total} in {counted(int(part['n_articles'].sum()), 'articles')}"
    return total
