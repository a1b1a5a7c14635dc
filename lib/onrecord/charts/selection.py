"""Rows of a table that a chart draws, and the words of its subtitle.

The subtitle gives the unit, n and the rows left out.
"""

from __future__ import annotations

import pandas as pd

from onrecord.charts.words import words_of
from onrecord.measures.layout import layout_of, total_n, value_column

INTERVALS = "lines: 95% intervals"
MOST_ROWS = 30  # more rows do not fit on a page


def label_column(table: pd.DataFrame) -> str:
    """The column that names the rows.

    The first, unless it has one value and the next has several.
    """
    first, *others = layout_of(table).labels or (str(table.columns[0]),)
    return others[0] if others and table[first].nunique() == 1 < len(table) else first


def require_one_row_per_group(table: pd.DataFrame, label: str) -> None:
    if table[label].duplicated().any():
        group = table.loc[table[label].duplicated(), label].iloc[0]
        raise ValueError(
            f"{label} must have one row per value to be drawn, but {group!r} has several rows. Choose one, "
            "as in rates[rates['definition'] == 'standard'], or draw all with plot_parts or plot_panels."
        )


def most_important(rows: pd.DataFrame, column: str, most: int = MOST_ROWS) -> tuple[pd.DataFrame, str]:
    """Rows sorted by `column`, at most `most`, and a note on those left out."""
    note = ""
    if len(rows) > most:
        weight = "n_articles" if "n_articles" in rows.columns else column
        what = "with most articles" if weight == "n_articles" else "largest"
        note = f"; the {most} {what} of {len(rows):,}"
        rows = rows.nlargest(most, weight)
    return rows.sort_values(column, ascending=False, kind="stable"), note


def first_groups(column: pd.Series, most: int) -> tuple[list, str]:
    """The first groups in their order of appearance, and a note where there are more."""
    names = column.drop_duplicates().tolist()
    return names[:most], f"; the first {most} of {len(names):,}" if len(names) > most else ""


def with_group(table: pd.DataFrame, first: str) -> pd.DataFrame:
    """`table` with a column in front that names the corpus.

    Only where `first` is its first column.
    """
    if table.columns[0] != first:
        return table
    return table.assign(corpus="All articles")[["corpus", *table.columns]]


def unit_and_n(table: pd.DataFrame, *, intervals: bool = True) -> str:
    """Unit and n of a table of measures in words, and what the thin lines are."""
    value, unit = value_column(table), layout_of(table).unit
    prefix, _, rest = value.partition("_")
    what = {"share": f"Share of {unit}", "mean": f"Mean {words_of(rest)}"}.get(
        prefix, words_of(rest).capitalize()
    )
    if "definition" in table.columns and table["definition"].nunique() == 1:
        what += f", {table['definition'].iloc[0]} definition"
    return f"{what}; n = {total_n(table):,} {unit}" + (f"; {INTERVALS}" if intervals else "")
