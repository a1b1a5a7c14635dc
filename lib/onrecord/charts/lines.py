"""Lines and columns along time, and panels side by side."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from onrecord.charts.areas import note_rows
from onrecord.charts.frame import (
    GREY,
    INK,
    PALE,
    STYLE,
    bar_colour,
    by_width,
    chart,
    chart_figure,
    draw_intervals,
    is_share,
    percent_axis,
    row_positions,
    share_limit,
    write_at,
)
from onrecord.charts.selection import first_groups, most_important, require_one_row_per_group, unit_and_n
from onrecord.charts.words import figure_of, or_missing, short_date, shortened, wrapped
from onrecord.measures.layout import PERIODS, n_column, value_column

# Sizes, chosen by eye on the gallery at 8 and 16 cm.
_MOST_PANELS = 12
_PANEL_CM = 4.4
_MOST_TICKS = 7  # of a panel
_MOST_ACROSS = 4  # names side by side below a panel; more are upright
_UPRIGHT_CM, _LONGEST_UPRIGHT = 1.4, 18  # room for upright names, and their characters
_TICK_MM, _LABEL_MM = 13, 14  # room of a tick with its n; of a tick of a timeline
_ROW_CM = 1.1  # of a timeline
_COLUMN_CM = 0.55  # width of a column of a timeline that has room for its figure


def plot_over_time(
    shares: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Line of shares along time, with intervals, and the n of each period below.

    `shares` has one row per week, month, quarter or year: choose one definition of share_unnamed.
    Periods without a denominator are left out. Raises ValueError for several rows per period.

    >>> months = onrecord.share_unnamed(analysis, by="month").query("definition == 'standard'")
    >>> ax = onrecord.plot_over_time(months, title="No trend")
    >>> ax.get_label()
    'line chart'
    """
    value, n = value_column(shares), n_column(shares)
    time = shares.columns[0]
    require_one_row_per_group(shares, time)
    shown = shares[shares[time].notna() & shares[value].notna()]
    with chart("line chart", title, subtitle or unit_and_n(shares), width_cm, 6.5) as ax:
        x = np.arange(len(shown))
        draw_intervals(ax, shown, x, upright=True)
        ax.plot(x, shown[value], "o-", color=bar_colour(shares), markersize=5)
        note_rows(ax, shown, x, 0.5, is_upright=True)
        every = max(1, -(-len(shown) * _TICK_MM // int(10 * width_cm)))
        for at, share, high in list(zip(x, shown[value], shown["high"], strict=True))[::every]:
            top = (at, share if pd.isna(high) else high)
            write_at(ax, f"{share:.0%}", top, (0, 4), ha="center")
        names = [f"{short_date(at)}\nn {count:,}" for at, count in zip(shown[time], shown[n], strict=True)]
        ax.set_xticks(x[::every], names[::every], fontsize=by_width(width_cm, 8, 7))
        ax.set_ylim(0, share_limit(shown, value, 1.15))
        ax.tick_params(pad=5)
        ax.set_xlim(-0.4 - len(shown) / 60, max(len(shown) - 0.4, 0.4))
        percent_axis(ax.yaxis, shown, value)
        ax.grid(visible=False, axis="x")
    return ax


def plot_panels(
    table: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Panels on one scale, one per value of the first column, along the second.

    `table` is one of shares, means or rates with two labels, as mean_tone returns it for
    by=["outlet", "month"]. Dots are joined by a line where the second column is a sequence (numbers,
    weeks, months, quarters, years). Rows without a value of the second column are not drawn; the
    subtitle counts them. Of more than 12 panels the first are drawn; the subtitle says so.
    Returns the Axes of the first panel.

    >>> tone = onrecord.add_tone(analysis.sentences)
    >>> means = onrecord.mean_tone(tone, analysis.documents, by=["outlet", "month"])
    >>> ax = onrecord.plot_panels(means, title="Neither outlet changes its tone")
    >>> len(ax.figure.axes)
    2
    """
    value, n = value_column(table), n_column(table)
    group, along = table.columns[:2]
    names, note = first_groups(table[group], _MOST_PANELS)
    is_time = along in PERIODS
    steps = table[along].dropna().drop_duplicates().tolist()
    steps = sorted(steps) if is_time else steps
    n_left = int(table.loc[table[along].isna(), n].sum())
    note += f"; {n_left:,} without a {along}" if n_left else ""
    n_columns = min(by_width(width_cm, 2, 1), max(len(names), 1))
    n_rows = max(-(-len(names) // n_columns), 1)
    subtitle = (subtitle or unit_and_n(table)) + note
    panel_cm = _PANEL_CM + (_UPRIGHT_CM if _is_upright(steps, along) else 0)
    figure = chart_figure(title, subtitle, width_cm, 0.4 + panel_cm * n_rows)
    with plt.style.context(STYLE):
        panels = figure.subplots(n_rows, n_columns, sharey=True, squeeze=False).ravel()
        for ax, name in zip(panels, names, strict=False):
            is_group = table[group].isna() if pd.isna(name) else (table[group] == name).fillna(False)
            part = table[is_group & table[value].notna() & table[along].notna()]
            _draw_panel(ax, part, value, n, along, steps, is_time)
            ax.set_title(shortened(or_missing(name), 36), loc="left", fontsize=8.5, fontweight="normal")
            if is_share(value):
                percent_axis(ax.yaxis, table, value)
        for ax in panels[len(names) :]:
            ax.set_visible(False)
    panels[0].set_label("charts side by side, on one scale")
    return panels[0]


def _is_upright(steps: list, along: str) -> bool:
    """Whether the names below a panel are upright, as they would overlap otherwise."""
    is_named = along not in PERIODS and any(isinstance(step, str) for step in steps)
    return is_named and len(steps) > _MOST_ACROSS


def _draw_panel(
    ax: Axes, part: pd.DataFrame, value: str, n: str, along: str, steps: list, is_time: bool
) -> None:
    x = np.array([steps.index(step) for step in part[along]], dtype=float)
    is_sequence = is_time or pd.api.types.is_numeric_dtype(part[along])
    ax.axhline(0, color=GREY, linewidth=0.8)
    draw_intervals(ax, part, x, upright=True)
    ax.plot(x, part[value], "o-" if is_sequence else "o", color=INK, markersize=5)
    counts = dict(zip(part[along], part[n], strict=True))
    every = max(1, -(-len(steps) // _MOST_TICKS)) if is_time else 1
    is_upright = _is_upright(steps, along)
    names = [shortened(step, _LONGEST_UPRIGHT) if is_upright else wrapped(step, 12) for step in steps]
    ticks = [short_date(str(step)) for step in steps] if is_time else names
    ticks = [f"{tick}\nn {counts.get(step, 0):,}" for tick, step in zip(ticks, steps, strict=True)]
    rotation = 90 if is_upright else 0
    ax.set_xticks(range(len(steps))[::every], ticks[::every], fontsize=7, rotation=rotation)
    ax.set_xlim(-0.5, len(steps) - 0.5)
    ax.yaxis.set_major_locator(MaxNLocator(4))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda y, _: figure_of(y, value)))
    ax.grid(visible=False, axis="x")


def plot_timeline(
    counts: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Columns of n_articles along time, one row per group, all on one scale.

    `counts` has a group, then week, month, quarter or year, and n_articles, as count_unnamed returns it
    for by=["outlet", "month"]. Articles without a date are not drawn; the subtitle counts them. Of more
    than 30 groups those with most articles are drawn; the subtitle says so.

    >>> counts = onrecord.count_unnamed(analysis, by=["outlet", "month"])
    >>> ax = onrecord.plot_timeline(counts, title="Twelve articles over two months")
    >>> ax.get_label()
    'timeline'
    """
    group, time = counts.columns[:2]
    known = counts.dropna(subset=[time])
    total = known.groupby(group, dropna=False)["n_articles"].sum().rename("n_articles").to_frame()
    total, note = most_important(total, "n_articles")
    times = sorted(known[time].unique())
    n_undated = int(counts.loc[counts[time].isna(), "n_articles"].sum())
    note += f"; {n_undated:,} without a date" if n_undated else ""
    subtitle = subtitle or f"Articles per {time}; n = {int(counts['n_articles'].sum()):,} articles{note}"
    with chart("timeline", title, subtitle, width_cm, 1.2 + _ROW_CM * len(total)) as ax:
        top = max(known["n_articles"].max(), 1) if len(known) else 1
        y = row_positions(len(total))
        order = {at: number for number, at in enumerate(times)}
        for at, name in zip(y, total.index, strict=True):
            is_group = known[group].isna() if pd.isna(name) else known[group] == name
            part = known[is_group.to_numpy(dtype=bool)]
            x = part[time].map(order).to_numpy(dtype=float)
            height = 0.6 * part["n_articles"].to_numpy(dtype=float) / top
            ax.bar(x, height, 0.8, at, color=GREY)
            ax.axhline(at, color=PALE, linewidth=0.6)
            if len(times) * _COLUMN_CM <= width_cm * 0.5:
                for left, high, count in zip(x, height, part["n_articles"], strict=True):
                    write_at(ax, f"{count:,}", (left, at + high), (0, 1), ha="center")
        room = by_width(width_cm, 24, 14)
        names = [f"{shortened(or_missing(name), room)}\nn = {n:,}" for name, n in total["n_articles"].items()]
        ax.set_yticks(y + 0.3, names)
        every = max(1, -(-len(times) * _LABEL_MM // int(10 * width_cm)))
        ticks = range(0, len(times), every)
        ax.set_xticks(ticks, [short_date(str(times[at])) for at in ticks], fontsize=7)
        ax.set(xlim=(-0.6, max(len(times), 1) - 0.4), ylim=(-0.05, max(len(total), 1)))
        ax.spines["left"].set_visible(False)
        ax.grid(visible=False)
    return ax
