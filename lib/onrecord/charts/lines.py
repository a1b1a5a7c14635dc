"""Lines: along time, and from one place to another."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from onrecord.charts.frame import (
    GREY,
    INK,
    PALE,
    STYLE,
    bar_colour,
    chart_axes,
    chart_figure,
    percent_axis,
    write_at,
    write_ends,
)
from onrecord.charts.rows import (
    INTERVALS,
    first_groups,
    most_important,
    n_column,
    only_one_row_a_group,
    or_missing,
    short_date,
    shortened,
    show,
    two_values,
    unit_and_n,
    value_column,
    words_of,
    wrapped,
)


def plot_over_time(
    rates: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw the shares of `rates` (grouped by week or month) as a line, with intervals and n below."""
    value = value_column(rates)
    time = rates.columns[0]
    only_one_row_a_group(rates, time)
    shown = rates[rates[time].notna() & rates[value].notna()]
    ax = chart_axes(title, subtitle or unit_and_n(rates), width_cm, 6.5)
    ax.set_label("line chart")
    with plt.style.context(STYLE):
        x = np.arange(len(shown))
        colour = bar_colour(rates)
        known = shown["low"].notna().to_numpy()
        low, high = (shown[name].to_numpy(dtype=float)[known] for name in ("low", "high"))
        ax.vlines(x[known], low, high, color=INK, linewidth=0.9)
        ax.plot(x, shown[value], "o-", color=colour, markersize=5)
        every = max(1, -(-len(shown) * 13 // int(10 * width_cm)))
        for at, share, high in list(zip(x, shown[value], shown["high"], strict=True))[::every]:
            top = (at, share if pd.isna(high) else high)
            write_at(ax, f"{share:.0%}", top, (0, 4), ha="center")
        n = n_column(rates)
        names = [f"{short_date(at)}\nn {count:,}" for at, count in zip(shown[time], shown[n], strict=True)]
        ax.set_xticks(x[::every], names[::every], fontsize=8 if width_cm >= 12 else 7)
        ax.set_ylim(0, min(1, 1.15 * np.nanmax([*shown["high"].fillna(0), *shown[value], 0.05])))
        ax.tick_params(pad=5)
        ax.set_xlim(-0.4 - len(shown) / 60, max(len(shown) - 0.4, 0.4))
        percent_axis(ax.yaxis, shown, value)
        ax.grid(visible=False, axis="x")
    return ax


def plot_panels(
    table: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw one panel a value of the first column, along the second, all on one scale.

    `table` is one of shares or means with two groups, as mean_tone gives it for by=["outlet", "month"].
    Dots are joined by a line where the second column runs on (numbers, weeks, months, quarters). Rows
    without a value of the second column are counted in the subtitle and not drawn.
    Returns the Axes of the first panel.
    """
    value, n = value_column(table), n_column(table)
    group, along = table.columns[:2]
    names, note = first_groups(table[group], 12)
    runs = along in ("week", "month", "quarter")
    places = table[along].dropna().drop_duplicates().tolist()
    places = sorted(places) if runs else places
    n_left = int(table.loc[table[along].isna(), n].sum())
    note += f"; {n_left:,} without a {along}" if n_left else ""
    every = max(1, -(-len(places) // 7)) if runs else 1
    style = "o-" if runs or pd.api.types.is_numeric_dtype(table[along]) else "o"
    n_columns = min(2 if width_cm >= 12 else 1, max(len(names), 1))
    n_rows = max(-(-len(names) // n_columns), 1)
    figure = chart_figure(title, (subtitle or unit_and_n(table)) + note, width_cm, 0.4 + 4.4 * n_rows)
    with plt.style.context(STYLE):
        panels = figure.subplots(n_rows, n_columns, sharey=True, squeeze=False).ravel()
        for ax, name in zip(panels, names, strict=False):
            part = table[(table[group] == name) & table[value].notna() & table[along].notna()]
            x = np.array([places.index(place) for place in part[along]], dtype=float)
            known = part["low"].notna().to_numpy()
            low, high = (part[end].to_numpy(dtype=float)[known] for end in ("low", "high"))
            ax.axhline(0, color=GREY, linewidth=0.8)
            ax.vlines(x[known], low, high, color=INK, linewidth=0.9)
            ax.plot(x, part[value], style, color=INK, markersize=5)
            ax.set_title(shortened(or_missing(name), 36), loc="left", fontsize=8.5, fontweight="normal")
            counts = dict(zip(part[along], part[n], strict=True))
            ticks = [short_date(str(place)) if runs else wrapped(place, 12) for place in places]
            ticks = [f"{tick}\nn {counts.get(place, 0):,}" for tick, place in zip(ticks, places, strict=True)]
            ax.set_xticks(range(len(places))[::every], ticks[::every], fontsize=7)
            ax.set_xlim(-0.5, len(places) - 0.5)
            ax.yaxis.set_major_locator(MaxNLocator(4))
            if value.startswith("share_"):
                percent_axis(ax.yaxis, table, value)
            else:
                ax.yaxis.set_major_formatter(FuncFormatter(lambda y, _: show(y, value)))
            ax.grid(visible=False, axis="x")
        for ax in panels[len(names) :]:
            ax.set_visible(False)
    panels[0].set_label("charts side by side, on one scale")
    return panels[0]


def plot_slopes(
    table: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw one line a group from its value in the first to that in the second place, both named at the ends.

    `table` is one of shares or means whose second column has two values: two periods, two definitions.
    """
    value = value_column(table)
    group, place = table.columns[:2]
    first, second = two_values(table, place)
    wide = (
        table.pivot(index=group, columns=place, values=value).reindex(columns=[first, second]).astype(float)
    )
    change = (wide[second] - wide[first]).abs()
    most = 8 if width_cm >= 12 else 6
    wide, note = most_important(wide.assign(change=change).dropna(), "change", most)
    subtitle = subtitle or unit_and_n(table).removesuffix("; " + INTERVALS) + note
    body_cm = max(5.5, 1.1 * len(wide))
    ax = chart_axes(title, subtitle, width_cm, body_cm)
    ax.set_label("slope chart")
    with plt.style.context(STYLE):
        for number, (start, end) in enumerate(zip(wide[first], wide[second], strict=True)):
            look = {"color": INK if number == 0 else GREY, "linewidth": 2 if number == 0 else 1.3}
            ax.plot([0, 1], [start, end], "o-", markersize=5, **look)
        ax.set_xlim(-0.03, 1.03)
        ax.margins(y=0.08)
        ax.set_xticks([0, 1], [shortened(words_of(name), 16) for name in (first, second)])
        ax.set_yticks([])
        ax.spines[:].set_visible(False)
        ax.grid(visible=False)
        room = 22 if width_cm >= 12 else 11
        ends = list(zip([1] * len(wide), wide[second], strict=True))
        texts = [f"{show(end, value)} {shortened(name, room)}" for name, end in wide[second].items()]
        write_ends(ax, ends, texts)
        starts = list(zip([0] * len(wide), wide[first], strict=True))
        write_ends(ax, starts, [show(start, value) for start in wide[first]], at_left=True)
    return ax


def plot_timeline(
    counts: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw one row of columns a group along time, as high as n_articles; all rows have one scale.

    `counts` has a group, then week, month or quarter, and n_articles, as count_unnamed gives it.
    """
    group, time = counts.columns[:2]
    known = counts.dropna(subset=[time])
    total = known.groupby(group, dropna=False)["n_articles"].sum().rename("n_articles").to_frame()
    total, note = most_important(total, "n_articles")
    times = sorted(known[time].unique())
    n_undated = int(counts.loc[counts[time].isna(), "n_articles"].sum())
    note += f"; {n_undated:,} without a date" if n_undated else ""
    subtitle = subtitle or f"Articles a {time}; n = {int(counts['n_articles'].sum()):,} articles{note}"
    ax = chart_axes(title, subtitle, width_cm, 1.2 + 1.1 * len(total))
    ax.set_label("timeline")
    with plt.style.context(STYLE):
        top = max(known["n_articles"].max(), 1) if len(known) else 1
        y = np.arange(len(total))[::-1]
        place = {at: number for number, at in enumerate(times)}
        for at, name in zip(y, total.index, strict=True):
            is_group = known[group].isna() if pd.isna(name) else known[group] == name
            part = known[is_group.to_numpy(dtype=bool)]
            x = part[time].map(place).to_numpy(dtype=float)
            height = 0.6 * part["n_articles"].to_numpy(dtype=float) / top
            ax.bar(x, height, 0.8, at, color=GREY)
            ax.axhline(at, color=PALE, linewidth=0.6)
            if len(times) * 0.55 <= width_cm * 0.5:
                for left, high, count in zip(x, height, part["n_articles"], strict=True):
                    write_at(ax, f"{count:,}", (left, at + high), (0, 1), ha="center")
        names = [
            f"{shortened(or_missing(name), 24 if width_cm >= 12 else 14)}\nn = {n:,}"
            for name, n in total["n_articles"].items()
        ]
        ax.set_yticks(y + 0.3, names)
        every = max(1, -(-len(times) * 14 // int(10 * width_cm)))
        ticks = range(0, len(times), every)
        ax.set_xticks(ticks, [short_date(str(times[at])) for at in ticks], fontsize=7)
        ax.set(xlim=(-0.6, max(len(times), 1) - 0.4), ylim=(-0.05, max(len(total), 1)))
        ax.spines["left"].set_visible(False)
        ax.grid(visible=False)
    return ax
