"""Questions: what a chart of the workbench shows, and which rows of the table a bar stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from onrecord.notebook.findings import NOT_STATED
from onrecord.workbench.state import View

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Drawn:
    """What is drawn: the table, the options of the function that draws it, and facts of its finding.

    saved: the table of the download, where it is another one.
    """

    table: pd.DataFrame
    options: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    saved: pd.DataFrame | None = None


@dataclass(frozen=True)
class Question:
    """A chart that can be chosen.

    name: of the chart in `claims`, from which its title comes. words: how the list calls it. measure:
    computes what is drawn. plot: draws it. where: which rows of the table below belong to a row that was
    drawn. needs: the column of documents that the question needs, "" where none.
    """

    name: str
    words: str
    measure: Callable[[View], Drawn]
    plot: Callable[..., Axes]
    where: Callable[[pd.DataFrame, Row], pd.Series] | None = None
    needs: str = ""


def has(frame: pd.DataFrame, row: Row, *columns: str) -> pd.Series:
    """Whether each row of `frame` has the values of `row` in these columns; NA equals NA."""
    fits = pd.Series(True, index=frame.index)
    for column in columns:
        if column not in row:
            continue
        value = row[column]
        is_same = frame[column].isna() if pd.isna(value) else frame[column].eq(value)
        if value == "not given" or value == NOT_STATED:
            is_same = frame[column].isna() | frame[column].isin(["not given", NOT_STATED])
        fits &= is_same.fillna(False).astype(bool)
    return fits
