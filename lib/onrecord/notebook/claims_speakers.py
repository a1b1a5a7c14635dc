"""Sentences of the charts on who gets to speak: sectors and genders.

Each function has the table that is drawn as its first argument.
"""

from __future__ import annotations

import pandas as pd

from onrecord.charts.words import words_of
from onrecord.measures.layout import layout_of
from onrecord.notebook.findings import (
    LEAST_ARTICLES,
    Finding,
    counted,
    figure_in_words,
    least_of,
    share_finding,
    unanswered,
)

_NOT_NAMED = ("unknown",)


def most_heard(table: pd.DataFrame, *, rest: str) -> Finding:
    """The value with the largest share.

    It is named where its interval is above that of every other value. All rows have one denominator.
    `rest` completes the sentence.
    """
    layout = layout_of(table)
    label, value, n = layout.labels[0], str(layout.value), str(layout.n)
    unit = words_of(layout.unit)
    if table.empty or not int(table[n].iloc[0]):
        return unanswered(unit)
    total = int(table[n].iloc[0])
    note = counted(total, unit)
    rows = table[~table[label].isin(_NOT_NAMED)].sort_values(value, ascending=False)
    if total < least_of(unit) or int(table["n_articles"].iloc[0]) < LEAST_ARTICLES or rows.empty:
        few = f"Too few {unit} to compare: {least_of(unit)} in {LEAST_ARTICLES} articles are needed"
        return Finding(few, note)
    first = rows.iloc[0]
    name, figure = str(first[label]), figure_in_words(float(first[value]), value)
    others = rows.iloc[1:]
    if pd.notna(first["low"]) and (others.empty or float(first["low"]) > float(others["high"].max())):
        title = f"{name[0].upper()}{name[1:]} {rest}: {figure}"
        return Finding(title, note, float(first["low"]), float(first["high"]), column=value)
    second = others.iloc[0]
    pair = f"{name} ({figure}) and {second[label]} ({figure_in_words(float(second[value]), value)})"
    return Finding(f"No group is first beyond chance: {pair} are the largest", note)


def women(table: pd.DataFrame, *, of_whom: str) -> Finding:
    """The share of women among those whose gender is known."""
    layout = layout_of(table)
    if table.empty or not int(table[str(layout.n)].iloc[0]):
        return unanswered(f"{of_whom} whose gender is known")
    n = int(table[str(layout.n)].iloc[0])
    found = table[table["gender"] == "woman"]
    n_women = int(found["n_hits"].sum())
    finding = share_finding(n_women, n, f"{of_whom} whose gender is known", "women")
    if found.empty or n < least_of("sources"):
        return finding
    row = found.iloc[0]
    low, high = (None if pd.isna(row[name]) else float(row[name]) for name in ("low", "high"))
    return finding._replace(low=low, high=high, column=str(layout.value))
