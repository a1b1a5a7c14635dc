"""The layout of a table of measures.

Which column is the figure, its n, its labels and its interval.

Charts, alt text, saved tables and notebooks read a table through `layout_of`. The names of columns are
read here and nowhere else.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

PERIODS = ("week", "month", "quarter", "year")
FIGURES = {"share_": "share", "mean_": "mean", "rate_": "rate"}
# The columns that only one kind of table has; the first that fits decides.
_SIGNATURES = {
    "difference": {"group_a", "group_b", "difference"},
    "keyness": {"word", "z", "n_articles_a", "n_articles_b"},
    "pairs": {"name_a", "name_b", "n_articles"},
    "lorenz": {"share_of_speakers", "share_of_attributions"},
    "rarefaction": {"n_attributions", "expected_speakers"},
    "positions": {"doc_id", "position", "is_unnamed"},
}
_VALUES = {
    "difference": "difference",
    "keyness": "z",
    "pairs": "n_articles",
    "lorenz": "share_of_attributions",
    "rarefaction": "expected_speakers",
    "positions": "position",
}
# Labels with one denominator in common: the whole table, or the whole group.
_COMMON_DENOMINATOR = ("definition", "reason", "flag", "target_tone", "kind")


class MeasureLayout(NamedTuple):
    """Which column of a table of measures is which.

    kind: share, mean, rate, difference, keyness, pairs, lorenz, rarefaction, positions, or counts for
    any other table. value: the column with the figure; None for counts. n: the column with the
    denominator of a share, or the number of units of a mean or rate; None where there is none. labels:
    the columns that name a row, groups first. interval: the columns of the 95% interval, or None.
    """

    kind: str
    value: str | None
    n: str | None
    labels: tuple[str, ...]
    interval: tuple[str, str] | None

    @property
    def is_share(self) -> bool:
        return self.kind == "share"

    @property
    def unit(self) -> str:
        """The counted unit in words: n_unnamed_sources → unnamed sources."""
        if self.n == "n_texts":  # a mean of sentences and one of articles have the same columns
            return "scores"
        return (self.n or "n_rows").removeprefix("n_").replace("_", " ")

    @property
    def percent_columns(self) -> tuple[str, ...]:
        """The columns that are written as per cent: the share, and its interval."""
        return (self.value, *(self.interval or ())) if self.is_share and self.value else ()


def layout_of(table: pd.DataFrame) -> MeasureLayout:
    """Layout of `table`, read from the names of its columns.

    A share names its denominator: share_of_sources goes with n_sources. A mean has n_texts, a rate the
    first column n_… after its hits. Labels are the columns before the first number.
    """
    names = [str(name) for name in table.columns]
    interval = ("low", "high") if {"low", "high"} <= set(names) else None
    for kind, needed in _SIGNATURES.items():
        if needed <= set(names):
            figure = _VALUES[kind]
            labels = ("name_a", "name_b") if kind == "pairs" else _labels(table, names, figure)
            return MeasureLayout(kind, figure, None, labels, interval)
    figures = [name for name in names if kind_of(name)]
    value = figures[0] if len(figures) == 1 else None
    value_kind = kind_of(value) if value else None
    # A list of counts may have a share beside each count. It has no interval, and no denominator.
    is_list = value_kind == "share" and interval is None and "n_hits" not in names
    if value is None or value_kind is None or is_list:
        return MeasureLayout("counts", None, None, _labels(table, names, None), interval)
    return MeasureLayout(value_kind, value, _n_of(names, value), _labels(table, names, value), interval)


def kind_of(column: str) -> str | None:
    """Kind of figure in `column`, by its name: share, mean, rate or None."""
    return next((kind for prefix, kind in FIGURES.items() if column.startswith(prefix)), None)


def _n_of(names: list[str], value: str) -> str | None:
    own = "n_" + value.removeprefix("share_of_")
    if own in names:
        return own
    return next((name for name in names if name.startswith("n_") and name != "n_hits"), None)


def _labels(table: pd.DataFrame, names: list[str], value: str | None) -> tuple[str, ...]:
    found = []
    for position, name in enumerate(names):
        if name == value or name.startswith("n_") or name in ("low", "high"):
            break
        column = table.iloc[:, position]
        if value is None and name not in PERIODS and _is_number(column):
            break
        found.append(name)
    return tuple(found)


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def value_column(table: pd.DataFrame) -> str:
    """The column of the one share, mean or rate of `table`.

    ValueError where there is none, or several.
    """
    figures = [str(name) for name in table.columns if kind_of(str(name))]
    if len(figures) == 1:
        return figures[0]
    raise ValueError(
        f"the table to draw must have one column share_…, mean_… or rate_…, not {len(figures)}. "
        f"It has {', '.join(map(str, table.columns))}. Leave columns out with table.drop(columns=…)."
    )


def n_column(table: pd.DataFrame) -> str:
    """The column with the n of each row of `table`; ValueError where there is none."""
    names = [str(name) for name in table.columns]
    found = _n_of(names, value_column(table))
    if found is None:
        raise ValueError(
            f"the table to draw must have a column n_…, such as n_sources. It has {', '.join(names)}."
        )
    return found


def total_n(table: pd.DataFrame) -> int:
    """The n of a whole table of shares, means or rates, each unit counted once.

    The rows of one group share a denominator, which counts once; each text of a mean and each period
    has its own.
    """
    n, kind, labels = table[n_column(table)], kind_of(value_column(table)), layout_of(table).labels
    if kind == "rate" and len(labels) > 1:
        return int(n[~table.duplicated(labels[-1])].sum())
    if kind != "share" or (len(labels) > 1 and labels[1] in PERIODS):
        return int(n.sum())
    if len(labels) == 1 and len(table) and (labels[0] in _COMMON_DENOMINATOR or _are_parts(table, n)):
        return int(n.iloc[0])
    return int(n[~table.duplicated(labels[0])].sum() if labels else n.sum())


def _are_parts(table: pd.DataFrame, n: pd.Series) -> bool:
    """Whether the rows are parts of one whole, as of share_each without `by`."""
    if "n_unknown" not in table.columns or table.columns[0] == "outlet" or n.nunique() != 1:
        return False
    return int(table["n_hits"].sum()) <= int(n.iloc[0])
