"""Charts: plot_ functions draw a table of measures and return its Axes.

The title states the finding, the subtitle the unit and n. Intervals are drawn as thin lines. The
orange tones have one meaning throughout, unnamed sources; all else is grey, and every value stands
in figures beside its mark, so that no chart rests on colour alone.

Each function takes a table as measures.py returns it: the first column names the groups, the column
that begins with share_ or mean_ is drawn. `title` is the finding; `subtitle` is made from the table
unless given; `width_cm` is 16 for a page or a screen, 8 for a newspaper column.
"""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from onrecord.charts.frame import (
    ACCENT,
    ACCENTS,
    GREY,
    GREYS,
    HATCHES,
    INK,
    INTERVALS,
    MOST_ROWS,
    PALE,
    PART_COLOURS,
    STYLE,
    bar_colour,
    chart_axes,
    chart_figure,
    draw_intervals,
    figures_beside,
    label_column,
    most_important,
    n_column,
    name_rows,
    only_one_row_a_group,
    or_missing,
    percent_axis,
    row_cm,
    short_date,
    signed,
    unit_and_n,
    value_column,
    words_of,
    wrapped,
    write_at,
    write_beside,
)
from onrecord.measures.units import DEFINITIONS
from onrecord.text.legible import clean

# -- bars and dots, one row a group ----------------------------------------------------------------


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


def plot_means(means: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16) -> Axes:
    """Draw one dot a row of `means` (as mean_tone returns it) with its interval, beside the zero line."""
    value = value_column(means)
    label = means.columns[0]
    shown, note = most_important(means.dropna(subset=[value]), value)
    body_cm = 1.2 + row_cm(shown[label], width_cm) * len(shown)
    ax = chart_axes(title, subtitle or unit_and_n(means) + note, width_cm, body_cm)
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


def plot_counts(
    counts: pd.DataFrame, *, title: str, subtitle: str, column: str = "n_attributions", width_cm: float = 16
) -> Axes:
    """Draw one bar a row of `counts`, as long as `column`; the first text column names the rows."""
    label = label_column(counts)
    shown, note = most_important(counts, column)
    ax = chart_axes(title, subtitle + note, width_cm, 0.6 + row_cm(shown[label], width_cm) * len(shown))
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


# -- parts of a whole, change, spread --------------------------------------------------------------


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
    wide = wide.sort_values(wide.columns[0]).iloc[-MOST_ROWS:]
    n = shares.drop_duplicates(group).set_index(group)[n_column(shares)]
    names = [f"{name}\nn = {n[name]:,}" for name in wide.index]
    legend_columns = 2 if width_cm < 12 else 4
    body_cm = 0.8 + 0.5 * -(-wide.shape[1] // legend_columns) + row_cm(names, width_cm) * len(wide)
    ax = chart_axes(title, subtitle or unit_and_n(shares).removesuffix("; " + INTERVALS), width_cm, body_cm)
    with plt.style.context(STYLE):
        y, left = np.arange(len(wide)), np.zeros(len(wide))
        for number, name in enumerate(wide.columns):
            colour = PART_COLOURS.get(name, GREYS[number % len(GREYS)])
            look = {"color": colour, "edgecolor": "white", "hatch": HATCHES[number % len(HATCHES)]}
            bars = ax.barh(y, wide[name], 0.66, left=left, label=words_of(clean(name)), **look)
            wide_enough = [f"{share:.0%}" if share * width_cm > 1.4 else "" for share in wide[name]]
            ink = "white" if sum(to_rgb(colour)) < 1.5 else INK
            for text in ax.bar_label(bars, wide_enough, label_type="center", fontsize=8, color=ink):
                text.set_bbox(
                    {"facecolor": colour, "edgecolor": "none", "pad": 1} if text.get_text() else None
                )
            left += wide[name].to_numpy()
        name_rows(ax, y, names, width_cm)
        spacing = {"handlelength": 1.2, "columnspacing": 1.2, "borderpad": 0}
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=legend_columns, **spacing)
        ax.set_xlim(0, 1)
        ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        ax.grid(visible=False)
    return ax


def plot_over_time(
    rates: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw the shares of `rates` (grouped by week or month) as a line, with intervals and n below."""
    value = value_column(rates)
    time = rates.columns[0]
    only_one_row_a_group(rates, time)
    shown = rates[rates[time].notna() & rates[value].notna()]
    ax = chart_axes(title, subtitle or unit_and_n(rates), width_cm, 6.5)
    with plt.style.context(STYLE):
        x = np.arange(len(shown))
        colour = bar_colour(rates)
        known = shown["low"].notna().to_numpy()
        low, high = (shown[name].to_numpy(dtype=float)[known] for name in ("low", "high"))
        ax.vlines(x[known], low, high, color=INK, linewidth=0.9)
        ax.plot(x, shown[value], "o-", color=colour, markersize=5)
        for at, share, high in zip(x, shown[value], shown["high"], strict=True):
            top = (at, share if pd.isna(high) else high)
            write_at(ax, f"{share:.0%}", top, (0, 4), ha="center")
        n = n_column(rates)
        every = max(1, round(len(shown) / (width_cm / 1.3)))
        names = [f"{short_date(at)}\nn {count:,}" for at, count in zip(shown[time], shown[n], strict=True)]
        ax.set_xticks(x[::every], names[::every], fontsize=8 if width_cm >= 12 else 7)
        ax.set_ylim(0, min(1, 1.15 * np.nanmax([*shown["high"].fillna(0), *shown[value], 0.05])))
        ax.set_xlim(-0.4, max(len(shown) - 0.4, 0.4))
        percent_axis(ax.yaxis, shown, value)
        ax.grid(visible=False, axis="x")
    return ax


def plot_panels(
    table: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw one panel a value of the first column, along the second, all on one scale.

    `table` is one of shares or means with two groups, as mean_tone gives it for by=["outlet", "month"].
    Dots are joined by a line where the second column runs on (numbers, weeks, months, quarters).
    Returns the Axes of the first panel.
    """
    value, n = value_column(table), n_column(table)
    group, along = table.columns[:2]
    names = table[group].drop_duplicates().tolist()[:MOST_ROWS]
    places = table[along].drop_duplicates().tolist()
    runs = along in ("week", "month", "quarter")
    style = "o-" if runs or pd.api.types.is_numeric_dtype(table[along]) else "o"
    n_columns = min(2 if width_cm >= 12 else 1, max(len(names), 1))
    n_rows = max(-(-len(names) // n_columns), 1)
    figure = chart_figure(title, subtitle or unit_and_n(table), width_cm, 0.4 + 4.4 * n_rows)
    with plt.style.context(STYLE):
        panels = figure.subplots(n_rows, n_columns, sharey=True, squeeze=False).ravel()
        for ax, name in zip(panels, names, strict=False):
            part = table[(table[group] == name) & table[value].notna()]
            x = np.array([places.index(place) for place in part[along]], dtype=float)
            known = part["low"].notna().to_numpy()
            low, high = (part[end].to_numpy(dtype=float)[known] for end in ("low", "high"))
            ax.axhline(0, color=GREY, linewidth=0.8)
            ax.vlines(x[known], low, high, color=INK, linewidth=0.9)
            ax.plot(x, part[value], style, color=INK, markersize=5)
            ax.set_title(clean(name), loc="left", fontsize=8.5, fontweight="normal")
            counts = dict(zip(part[along], part[n], strict=True))
            ticks = [short_date(str(place)) if runs else wrapped(place, 12) for place in places]
            ticks = [f"{tick}\nn {counts.get(place, 0):,}" for tick, place in zip(ticks, places, strict=True)]
            ax.set_xticks(range(len(places)), ticks, fontsize=7)
            ax.set_xlim(-0.5, len(places) - 0.5)
            ax.yaxis.set_major_locator(MaxNLocator(4))
            if value.startswith("mean_"):
                ax.yaxis.set_major_formatter(FuncFormatter(lambda y, _: signed(y)))
            else:
                percent_axis(ax.yaxis, table, value)
            ax.grid(visible=False, axis="x")
        for ax in panels[len(names) :]:
            ax.set_visible(False)
    return panels[0]


def plot_bins(bins: pd.DataFrame, *, title: str, subtitle: str, width_cm: float = 16) -> Axes:
    """Draw the spread of each group (as count_bins returns it): one row of columns a group, one scale."""
    group = bins.columns[0]
    names = bins[group].drop_duplicates().tolist()[:MOST_ROWS]
    ax = chart_axes(title, subtitle, width_cm, 1.4 + 1.5 * len(names))
    with plt.style.context(STYLE):
        top = max(bins["share_of_texts"].max(), 1e-9)
        y = np.arange(len(names))[::-1]
        for at, name in zip(y, names, strict=True):
            part = bins[bins[group] == name]
            height = 0.85 * part["share_of_texts"] / top
            width = part["end"] - part["start"]
            ax.bar(part["start"], height, width, at, align="edge", color=GREY, edgecolor="white")
            ax.axhline(at, color=PALE, linewidth=0.6)
        total = bins.groupby(group)["n_texts"].sum()
        name_rows(ax, y + 0.3, [f"{name}\nn = {total[name]:,}" for name in names], width_cm)
        ax.set_ylim(0, len(names))
        ax.set_xlim(bins["start"].min(), bins["end"].max())
        ax.axvline(0, color=INK, linewidth=0.8)
        ax.grid(visible=False, axis="y")
        ax.spines["left"].set_visible(False)
    return ax


def plot_grid(table: pd.DataFrame, *, title: str, subtitle: str, is_unnamed: bool = False) -> Axes:
    """Draw a table of counts (rows and columns as in its index and columns) as shaded, numbered cells.

    With is_unnamed the cells count unnamed sources, and are shaded in their colour.
    """
    ax = chart_axes(title, subtitle, 16, 1.6 + 0.72 * len(table))
    with plt.style.context(STYLE):
        values = table.to_numpy(dtype=float)
        colours = ["#ffffff", ACCENTS["broad"], ACCENT] if is_unnamed else ["#ffffff", PALE, GREY]
        shades = LinearSegmentedColormap.from_list("shades", colours)
        ax.imshow(values, cmap=shades, vmin=0, vmax=max(np.nanmax(values, initial=1), 1), aspect="auto")
        for (row, column), count in np.ndenumerate(values):
            text = "" if np.isnan(count) else f"{count:,.0f}"
            ax.text(column, row, text, ha="center", va="center", fontsize=8)
        ax.set_xticks(range(table.shape[1]), [wrapped(name, 14) for name in table.columns])
        ax.set_yticks(range(len(table)), [wrapped(name, 34) for name in table.index])
        ax.xaxis.tick_top()
        ax.spines[:].set_visible(False)
        ax.grid(visible=False)
    return ax


def plot_points(frame: pd.DataFrame, x: str, y: str, *, title: str, subtitle: str) -> Axes:
    """Draw one dot a row of `frame` at (x, y), named by its first column where there are 15 or fewer."""
    ax = chart_axes(title, subtitle, 16, 8)
    with plt.style.context(STYLE):
        shown = frame.dropna(subset=[x, y])
        ax.plot(shown[x], shown[y], "o", color=INK, alpha=0.6 if len(shown) > 15 else 1, markersize=5)
        if len(shown) <= 15:
            for name, left, height in zip(shown.iloc[:, 0], shown[x], shown[y], strict=True):
                write_at(ax, clean(name), (left, height), (5, 4))
        ax.set_xlabel(words_of(x))
        ax.set_ylabel(words_of(y))
        for axis, column in ((ax.xaxis, x), (ax.yaxis, y)):
            if column.startswith("share_"):
                axis.set_major_formatter(PercentFormatter(1, decimals=0))
    return ax
