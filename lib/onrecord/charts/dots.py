"""Dots.

Means and differences on one scale, and any two columns against each other.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from onrecord.charts.areas import note_rows
from onrecord.charts.frame import (
    GREY,
    INK,
    by_width,
    chart,
    draw_intervals,
    finish_rows,
    row_cm,
    row_positions,
    signed_axis,
    whole_percent_axis,
    write_beside,
)
from onrecord.charts.frame import (
    is_share as is_share_column,
)
from onrecord.charts.labels import write_around
from onrecord.charts.selection import INTERVALS, most_important, unit_and_n
from onrecord.charts.words import difference_in_figures, figure_of, or_missing, shortened, words_of
from onrecord.measures.layout import kind_of, n_column, value_column
from onrecord.tables import require
from onrecord.text.characters import clean

_MOST_NAMED = 15  # dots; of more none is named
_DOTS = "filled dots: 0 is outside the interval, hollow dots: inside"


def plot_means(means: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16) -> Axes:
    """Dots of means or rates, one per row, the highest on top, each with its interval.

    `means` is a table as mean_tone, rate_wordings or rate_scare_quotes returns it, with one row per group.
    Of more than 30 rows those with most articles are drawn;
    the subtitle says so.

    >>> tone = onrecord.add_tone(analysis.sentences)
    >>> means = onrecord.mean_tone(tone, analysis.documents, by="outlet")
    >>> ax = onrecord.plot_means(means, title="The outlets sound alike")
    >>> len(ax.get_yticklabels())
    2
    """
    value, label, n_name = value_column(means), means.columns[0], n_column(means)
    shown, note = most_important(means.dropna(subset=[value]), value)
    body_cm = 1.2 + row_cm(shown[label], width_cm) * len(shown)
    with chart("dot chart", title, subtitle or unit_and_n(means) + note, width_cm, body_cm) as ax:
        y = row_positions(len(shown))
        ax.axvline(0, color=GREY, linewidth=0.8)
        draw_intervals(ax, shown, y)
        ax.plot(shown[value], y, "o", color=INK, markersize=6)
        note_rows(ax, shown, y, 0.47)
        figures = zip(shown[value], shown[n_name], strict=True)
        write_beside(ax, y, [f"{figure_of(mean, value)}  (n = {n:,})" for mean, n in figures])
        finish_rows(ax, y, shown[label], width_cm)
        if kind_of(value) == "rate":
            ax.set_xlim(left=0)
            ax.xaxis.set_major_locator(MaxNLocator(by_width(width_cm, 4, 2)))
        else:
            signed_axis(ax.xaxis, by_width(width_cm, 4, 2))
    return ax


def plot_points(
    frame: pd.DataFrame, x: str, y: str, *, title: str, subtitle: str, width_cm: float = 16
) -> Axes:
    """Dots at (x, y), one per row, named by the first column where there is room.

    Rows without a value of either column are left out. Of more than 15 rows none is named.

    >>> frame = pd.DataFrame({"outlet": ["Post", "Star"], "headline": [0.1, 0.3], "body": [0.2, 0.1]})
    >>> ax = onrecord.plot_points(frame, "headline", "body", title="Darker headlines", subtitle="Polarity")
    >>> [text.get_text() for text in ax.texts]
    ['Post', 'Star']
    """
    require(frame, [x, y], table="frame")
    with chart("scatter plot", title, subtitle, width_cm, 8) as ax:
        shown = frame.dropna(subset=[x, y])
        is_few = len(shown) <= _MOST_NAMED
        ax.plot(shown[x], shown[y], "o", color=INK, alpha=1 if is_few else 0.6, markersize=5)
        ax.set_xlabel(words_of(x))
        ax.set_ylabel(words_of(y))
        ax.margins(0.08)
        for axis, column in ((ax.xaxis, x), (ax.yaxis, y)):
            axis.set_major_locator(MaxNLocator(by_width(width_cm, 5, 3)))
            if is_share_column(column):
                whole_percent_axis(axis)
        if is_few:
            names = [shortened(or_missing(name), 24) for name in shown.iloc[:, 0]]
            write_around(ax, shown[[x, y]].to_numpy(dtype=float), names, np.full(len(names), 2.5))
    return ax


def plot_differences(
    differences: pd.DataFrame,
    *,
    title: str,
    subtitle: str | None = None,
    is_share: bool = True,
    width_cm: float = 16,
) -> Axes:
    """Dots of differences, one per row, each with its interval and adjusted p.

    `differences` is a table as compare_shares returns it: group_a, group_b, difference, low, high,
    p_adjusted. A dot is filled where the interval leaves out zero. With is_share the differences are
    percentage points. Of more than 30 rows the most important are drawn; the subtitle says so.

    >>> differences = onrecord.compare_shares(onrecord.share_unnamed(analysis, by="outlet"))
    >>> ax = onrecord.plot_differences(differences, title="No difference is beyond chance")
    >>> len(ax.get_yticklabels())
    3
    """
    shown, note = most_important(differences.dropna(subset=["difference"]), "difference")
    labels = [f"{clean(a)} − {clean(b)}" for a, b in zip(shown["group_a"], shown["group_b"], strict=True)]
    if shown.columns[0] != "group_a":
        labels = [f"{label}: {pair}" for label, pair in zip(shown.iloc[:, 0], labels, strict=True)]
    what = "Difference in percentage points" if is_share else "Difference of means"
    subtitle = subtitle or f"{what}; p adjusted for many comparisons; {INTERVALS}; {_DOTS}{note}"
    body_cm = 1.2 + max(1.0, row_cm(labels, width_cm)) * len(shown)
    with chart("dot chart of differences", title, subtitle, width_cm, body_cm) as ax:
        y = row_positions(len(shown))
        ax.axvline(0, color=GREY, linewidth=0.8)
        draw_intervals(ax, shown, y)
        is_clear = ((shown["low"] > 0) | (shown["high"] < 0)).fillna(False).to_numpy(dtype=bool)
        for clear, fill in ((True, INK), (False, "white")):
            part = is_clear == clear
            look: dict[str, Any] = {"markersize": 6, "markerfacecolor": fill, "markeredgecolor": INK}
            ax.plot(shown["difference"].to_numpy(dtype=float)[part], y[part], "o", **look)
        rows = shown.to_dict("records")
        write_beside(ax, y, [difference_in_figures(row, is_share=is_share) for row in rows])
        finish_rows(ax, y, labels, width_cm)
        ax.xaxis.set_major_locator(MaxNLocator(by_width(width_cm, 4, 2)))
        factor = 100 if is_share else 1
        ax.xaxis.set_major_formatter(
            FuncFormatter(lambda x, _: f"{factor * x:+.4g}".replace("-", "−") if x else "0")
        )
    return ax
