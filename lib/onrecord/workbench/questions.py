"""Questions of the workbench: what a chart shows, and the rows behind a bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from onrecord.charts.words import or_missing
from onrecord.notebook.findings import NOT_STATED
from onrecord.workbench.state import View

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Drawn:
    """What is drawn: a table with the options of its chart.

    facts: further numbers of its finding. saved: the table of the download, where it is another one.
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
    drawn. needs: the column of documents that the question needs, "" where none. about: what it is asked
    about, where one question is asked about several outlets.
    """

    name: str
    words: str
    measure: Callable[[View], Drawn]
    plot: Callable[..., Axes]
    where: Callable[[pd.DataFrame, Row], pd.Series] | None = None
    needs: str = ""
    about: str = ""


def has(frame: pd.DataFrame, row: Row, *columns: str) -> pd.Series:
    """Whether each row of `frame` has the values of `row` in these columns.

    A column that `row` does not have is left out.
    """
    fits = pd.Series(True, index=frame.index)
    missing = (or_missing(None), NOT_STATED)  # how charts write that a value is not known
    for column in columns:
        if column in row:
            value = row[column]
            is_missing = bool(pd.isna(value)) or value in missing
            is_same = (
                frame[column].isna() | frame[column].isin(missing) if is_missing else frame[column].eq(value)
            )
            fits = fits & is_same.fillna(False).astype(bool)
    return fits
