"""Dots on one scale: means, differences, pairs, and articles one by one."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from onrecord.charts.frame import (
    GREY,
    INK,
    STYLE,
    chart_axes,
    draw_intervals,
    name_rows,
    row_cm,
    value_axis,
    write_around,
    write_beside,
)
from onrecord.charts.rows import (
    INTERVALS,
    difference_in_figures,
    most_important,
    n_column,
    or_missing,
    shortened,
    show,
    signed,
    two_values,
    unit_and_n,
    value_column,
    words_of,
)
from onrecord.measures.intervals import ratio_interval
from onrecord.tables import require
from onrecord.text.characters import clean


def plot_means(means: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16) -> Axes:
    """Draw one dot a row of `means` (as mean_tone returns it) with its interval, beside the zero line."""
    value = value_column(means)
    label = means.columns[0]
    shown, note = most_important(means.dropna(subset=[value]), value)
    body_cm = 1.2 + row_cm(shown[label], width_cm) * len(shown)
    ax = chart_axes(title, subtitle or unit_and_n(means) + note, width_cm, body_cm)
    ax.set_label("dot chart")
    with plt.style.context(STYLE):
        y = np.arange(len(shown))[::-1]
        ax.axvline(0, color=GREY, linewidth=0.8)
        draw_intervals(ax, shown, y)
        ax.plot(shown[value], y, "o", color=INK, markersize=6)
        figures = zip(shown[value], shown["n_texts"], strict=True)
        write_beside(ax, y, [f"{signed(mean)}  (n = {n:,})" for mean, n in figures])
        name_rows(ax, y, shown[label], width_cm)
        ax.set_ylim(-0.6, len(shown) - 0.4)
        ax.xaxis.set_major_locator(MaxNLocator(4 if width_cm >= 12 else 2))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: signed(x)))
        ax.grid(visible=False, axis="y")
    return ax


def plot_points(
    frame: pd.DataFrame, x: str, y: str, *, title: str, subtitle: str, width_cm: float = 16
) -> Axes:
    """Draw one dot a row of `frame` at (x, y), named by its first column where there is room for the name.

    Of more than 15 rows none is named.
    """
    require(frame, [x, y], table="frame")
    ax = chart_axes(title, subtitle, width_cm, 8)
    ax.set_label("scatter plot")
    with plt.style.context(STYLE):
        shown = frame.dropna(subset=[x, y])
        is_few = len(shown) <= 15
        ax.plot(shown[x], shown[y], "o", color=INK, alpha=1 if is_few else 0.6, markersize=5)
        ax.set_xlabel(words_of(x))
        ax.set_ylabel(words_of(y))
        ax.margins(0.08)
        for axis, column in ((ax.xaxis, x), (ax.yaxis, y)):
            axis.set_major_locator(MaxNLocator(5 if width_cm >= 12 else 3))
            if column.startswith("share_"):
                axis.set_major_formatter(PercentFormatter(1, decimals=0))
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
    """Draw one dot a pair of groups: how far the first lies above the second, with its interval.

    `differences` has group_a, group_b, difference, low, high, p_adjusted, n_articles_a and n_articles_b.
    An interval that keeps clear of the line at zero has a filled dot. With is_share the differences
    are percentage points.
    """
    shown, note = most_important(differences.dropna(subset=["difference"]), "difference")
    labels = [f"{clean(a)} − {clean(b)}" for a, b in zip(shown["group_a"], shown["group_b"], strict=True)]
    if shown.columns[0] != "group_a":
        labels = [f"{label}: {pair}" for label, pair in zip(shown.iloc[:, 0], labels, strict=True)]
    what = "Difference in percentage points" if is_share else "Difference of means"
    subtitle = subtitle or f"{what}; p corrected for many comparisons; {INTERVALS}{note}"
    ax = chart_axes(title, subtitle, width_cm, 1.2 + max(1.0, row_cm(labels, width_cm)) * len(shown))
    ax.set_label("dot chart of differences")
    with plt.style.context(STYLE):
        y = np.arange(len(shown))[::-1]
        ax.axvline(0, color=GREY, linewidth=0.8)
        draw_intervals(ax, shown, y)
        is_clear = ((shown["low"] > 0) | (shown["high"] < 0)).fillna(False).to_numpy(dtype=bool)
        for clear, fill in ((True, INK), (False, "white")):
            part = is_clear == clear
            look = {"markersize": 6, "markerfacecolor": fill, "markeredgecolor": INK}
            ax.plot(shown["difference"].to_numpy(dtype=float)[part], y[part], "o", **look)
        rows = shown.to_dict("records")
        write_beside(ax, y, [difference_in_figures(row, is_share=is_share) for row in rows])
        name_rows(ax, y, labels, width_cm)
        ax.set_ylim(-0.6, max(len(shown), 1) - 0.4)
        ax.xaxis.set_major_locator(MaxNLocator(4 if width_cm >= 12 else 2))
        factor = 100 if is_share else 1
        ax.xaxis.set_major_formatter(
            FuncFormatter(lambda x, _: f"{factor * x:+.4g}".replace("-", "−") if x else "0")
        )
        ax.grid(visible=False, axis="y")
    return ax


def plot_pairs(table: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16) -> Axes:
    """Draw two dots a group on one line: two definitions, two periods, by hand and by machine.

    `table` is one of shares or means whose second column has two values, such as the strict and the
    broad definition; the first of them is drawn hollow. The widest gap stands on top.
    """
    value = value_column(table)
    group, pair = table.columns[:2]
    first, second = two_values(table, pair)
    wide = table.pivot(index=group, columns=pair, values=value).reindex(columns=[first, second]).astype(float)
    gap = (wide[second] - wide[first]).abs()
    wide, note = most_important(wide.assign(gap=gap).dropna(), "gap")
    counts = table.groupby(group)[n_column(table)].max()
    names = [f"{name}\nn = {counts[name]:,}" for name in wide.index]
    subtitle = subtitle or f"{unit_and_n(table).removesuffix('; ' + INTERVALS)}{note}"
    subtitle += f"; hollow: {words_of(first)}, filled: {words_of(second)}"
    ax = chart_axes(title, subtitle, width_cm, 1.2 + row_cm(names, width_cm) * len(wide))
    ax.set_label("dot chart of pairs")
    with plt.style.context(STYLE):
        y = np.arange(len(wide))[::-1]
        ax.hlines(y, wide[first], wide[second], color=GREY, linewidth=1.6)
        look = {"markersize": 7, "markeredgecolor": INK, "zorder": 3}
        ax.plot(wide[first], y, "o", markerfacecolor="white", **look)
        ax.plot(wide[second], y, "o", markerfacecolor=INK, **look)
        write_beside(
            ax,
            y,
            [f"{show(a, value)} → {show(b, value)}" for a, b in zip(wide[first], wide[second], strict=True)],
        )
        name_rows(ax, y, names, width_cm)
        value_axis(ax.xaxis, table, value, 4 if width_cm >= 12 else 2)
        ax.set_ylim(-0.6, max(len(wide), 1) - 0.4)
        ax.grid(visible=False, axis="y")
    return ax


def plot_strip(
    frame: pd.DataFrame,
    column: str,
    *,
    by: str,
    title: str,
    subtitle: str | None = None,
    width_cm: float = 16,
) -> Axes:
    """Draw one pale dot a row of `frame` (an article) at `column`, and the mean of each group.

    The dots of a group are set apart up and down only so that they can be told from each other.
    """
    known = frame.dropna(subset=[column])
    means = known.groupby(by, sort=True, dropna=False)[column].agg(["mean", "size"]).astype({"mean": float})
    means, note = most_important(means.rename(columns={"size": "n_articles"}), "mean")
    subtitle = subtitle or (
        f"{words_of(column).capitalize()}, one dot an article; n = {len(known):,} articles; "
        f"diamond and line: mean and 95% interval{note}"
    )
    names = [
        f"{or_missing(name)}\nn = {n:,}" for name, n in zip(means.index, means["n_articles"], strict=True)
    ]
    ax = chart_axes(title, subtitle, width_cm, 1.0 + max(1.25, row_cm(names, width_cm)) * len(means))
    ax.set_label("strip chart")
    with plt.style.context(STYLE):
        y = np.arange(len(means))[::-1]
        for at, (group, mean) in zip(y, means["mean"].items(), strict=True):
            is_group = known[by].isna() if pd.isna(group) else known[by] == group
            values = np.sort(known.loc[is_group.to_numpy(dtype=bool), column].to_numpy(dtype=float))
            up = 0.22 * (np.arange(len(values)) * 0.618 % 1 - 0.5) * 2
            ax.plot(values, at + up, "o", color=GREY, alpha=0.55, markersize=3.5, markeredgewidth=0)
            low, high = ratio_interval(values, np.ones(len(values)), is_share=False)
            ax.hlines(at, low, high, color=INK, linewidth=1.6)
            ax.plot(mean, at, "D", color=INK, markersize=5.5, markeredgecolor="white")
        write_beside(ax, y, [show(mean, column) for mean in means["mean"]])
        name_rows(ax, y, names, width_cm)
        value_axis(ax.xaxis, known, column, 4 if width_cm >= 12 else 2)
        ax.set_ylim(-0.6, max(len(means), 1) - 0.4)
        ax.grid(visible=False, axis="y")
    return ax
