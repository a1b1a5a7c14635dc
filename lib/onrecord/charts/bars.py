"""Bars: one a row, three nested ones a group, parts of a whole."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.ticker import PercentFormatter

from onrecord.charts.frame import (
    ACCENTS,
    GREY,
    GREYS,
    HATCHES,
    INK,
    PART_COLOURS,
    STYLE,
    bar_colour,
    chart_axes,
    draw_intervals,
    name_rows,
    percent_axis,
    row_cm,
    write_at,
    write_beside,
)
from onrecord.charts.rows import (
    INTERVALS,
    MOST_ROWS,
    figures_beside,
    label_column,
    most_important,
    n_column,
    only_one_row_a_group,
    or_missing,
    shortened,
    unit_and_n,
    value_column,
    words_of,
)
from onrecord.measures.units import DEFINITIONS


def plot_shares(
    rates: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw one bar a row of `rates`, the largest share on top, with its interval and its n."""
    value = value_column(rates)
    label = label_column(rates)
    only_one_row_a_group(rates, label)
    shown, note = most_important(rates.dropna(subset=[value]), value)
    body_cm = 1.2 + row_cm(shown[label], width_cm) * len(shown)
    ax = chart_axes(title, subtitle or unit_and_n(rates) + note, width_cm, body_cm)
    ax.set_label("bar chart")
    with plt.style.context(STYLE):
        y = np.arange(len(shown))[::-1]
        colour = bar_colour(rates)
        ax.barh(y, shown[value], height=0.62, color=colour)
        draw_intervals(ax, shown, y)
        write_beside(ax, y, [figures_beside(row, value) for row in shown.to_dict("records")])
        name_rows(ax, y, shown[label], width_cm)
        percent_axis(ax.xaxis, shown, value)
        ax.set_xlim(0, min(1, 1.04 * np.nanmax([*shown["high"].fillna(0), *shown[value], 0.05])))
        ax.grid(visible=False, axis="y")
    return ax


def plot_nested_shares(
    rates: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw the strict, standard and broad share of each group together, sorted by the standard one.

    Needs the table of share_unnamed: published rates differ mostly by definition, so none stands alone.
    """
    value = value_column(rates)
    label = rates.columns[0]
    if label == "definition":
        rates = rates.assign(corpus="All articles")
        label = "corpus"
    order = rates[rates["definition"] == "standard"].dropna(subset=[value])
    order, note = most_important(order, value, most=MOST_ROWS // 2)
    ax = chart_axes(title, subtitle or unit_and_n(rates) + note, width_cm, 1.2 + 1.75 * len(order))
    ax.set_label("bar chart")
    with plt.style.context(STYLE):
        centres = np.arange(len(order))[::-1].astype(float)
        for step, definition in zip((0.27, 0, -0.27), DEFINITIONS, strict=True):
            part = rates[rates["definition"] == definition]
            part = order[[label]].merge(part, on=label, how="left", validate="1:1")
            y = centres + step
            ax.barh(y, part[value], height=0.24, color=ACCENTS[definition])
            draw_intervals(ax, part, y)
            write_beside(ax, y, [f"{share:.0%} {definition}" for share in part[value]])
        n = n_column(rates)
        names = [f"{name}\nn = {count:,}" for name, count in zip(order[label], order[n], strict=True)]
        name_rows(ax, centres, names, width_cm)
        percent_axis(ax.xaxis, rates, value)
        ax.set_xlim(0, min(1, 1.04 * np.nanmax([*rates["high"].fillna(0), *rates[value].fillna(0), 0.05])))
        ax.set_ylim(-0.6, len(order) - 0.4)
        ax.grid(visible=False, axis="y")
    return ax


def plot_counts(
    counts: pd.DataFrame, *, title: str, subtitle: str, column: str = "n_attributions", width_cm: float = 16
) -> Axes:
    """Draw one bar a row of `counts`, as long as `column`; the first text column names the rows."""
    label = label_column(counts)
    shown, note = most_important(counts, column)
    ax = chart_axes(title, subtitle + note, width_cm, 0.6 + row_cm(shown[label], width_cm) * len(shown))
    ax.set_label("bar chart")
    with plt.style.context(STYLE):
        y = np.arange(len(shown))[::-1]
        ax.barh(y, shown[column], height=0.62, color=GREY)
        for at, count in zip(y, shown[column], strict=True):
            write_at(ax, f"{count:,}", (count, at), (3, 0), va="center")
        name_rows(ax, y, shown[label], width_cm)
        ax.set_xlim(0, 1.1 * max([*shown[column], 1]))
        ax.xaxis.set_visible(False)
        ax.spines["bottom"].set_visible(False)
        ax.grid(visible=False)
    return ax


def plot_parts(
    shares: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw one bar of 100 % a group, cut into the values of the second column of share_each."""
    value = value_column(shares)
    if shares.columns[1] == "n_hits":  # not grouped
        shares = shares.assign(corpus="All articles")[["corpus", *shares.columns]]
    group, part = shares.columns[:2]
    shares = shares.assign(**{group: shares[group].map(or_missing)})
    wide = shares.pivot(index=group, columns=part, values=value).fillna(0).astype(float)
    known = [name for name in PART_COLOURS if name in wide.columns]
    wide = wide[known + [name for name in wide.columns if name not in known]]
    n = shares.drop_duplicates(group).set_index(group)[n_column(shares)]
    note = f"; the {MOST_ROWS} with most {words_of(n.name.removeprefix('n_'))} of {len(wide):,}"
    note = note if len(wide) > MOST_ROWS else ""
    wide = wide.loc[n.nlargest(MOST_ROWS).index]
    wide = wide.sort_values(list(wide.columns[:1]))
    names = [f"{name}\nn = {n[name]:,}" for name in wide.index]
    legend_columns = 2 if width_cm < 12 else 4
    body_cm = 0.8 + 0.5 * -(-wide.shape[1] // legend_columns) + row_cm(names, width_cm) * len(wide)
    subtitle = subtitle or unit_and_n(shares).removesuffix("; " + INTERVALS) + note
    ax = chart_axes(title, subtitle, width_cm, body_cm)
    ax.set_label("stacked bar chart")
    with plt.style.context(STYLE):
        y, left = np.arange(len(wide)), np.zeros(len(wide))
        room = 24 if width_cm >= 12 else 13
        for number, name in enumerate(wide.columns):
            colour = PART_COLOURS.get(name, GREYS[number % len(GREYS)])
            look = {"color": colour, "edgecolor": "white", "hatch": HATCHES[number % len(HATCHES)]}
            bars = ax.barh(y, wide[name], 0.66, left=left, label=shortened(words_of(name), room), **look)
            wide_enough = [f"{share:.0%}" if share * width_cm > 1.4 else "" for share in wide[name]]
            ink = "white" if sum(to_rgb(colour)) < 1.5 else INK
            for text in ax.bar_label(bars, wide_enough, label_type="center", fontsize=8, color=ink):
                text.set_bbox(
                    {"facecolor": colour, "edgecolor": "none", "pad": 1} if text.get_text() else None
                )
            left += wide[name].to_numpy()
        name_rows(ax, y, names, width_cm)
        spacing = {"handlelength": 1.2, "columnspacing": 1.2, "borderpad": 0}
        if len(wide):
            ax.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=legend_columns, **spacing)
        ax.set_xlim(0, 1)
        ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        ax.grid(visible=False)
    return ax
