"""Spreads: how values are distributed, and what chance alone would give."""

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
    name_rows,
    percent_axis,
    write_around,
    write_at,
)
from onrecord.charts.rows import (
    INTERVALS,
    MOST_ROWS,
    first_groups,
    label_column,
    n_column,
    only_one_row_a_group,
    or_missing,
    shortened,
    signed,
    unit_and_n,
    value_column,
    words_of,
)


def plot_bins(bins: pd.DataFrame, *, title: str, subtitle: str, width_cm: float = 16) -> Axes:
    """Draw the spread of each group (as count_bins returns it): one row of columns a group, one scale."""
    group = bins.columns[0]
    names, note = first_groups(bins[group], MOST_ROWS // 2)
    ax = chart_axes(title, subtitle + note, width_cm, 1.4 + 1.5 * len(names))
    ax.set_label("histograms")
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
        ax.set_ylim(0, max(len(names), 1))
        if len(bins):
            ax.set_xlim(bins["start"].min(), bins["end"].max())
        ax.axvline(0, color=INK, linewidth=0.8)
        ax.grid(visible=False, axis="y")
        ax.spines["left"].set_visible(False)
    return ax


def plot_permutation(
    null: pd.DataFrame, *, observed: float, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw what chance alone would give, the values of the first column of `null`, and the observed value.

    Values at least as far from zero as the observed one are dark: their share is the p-value, (hits + 1)
    / (n + 1) (Phipson and Smyth 2010).
    """
    column = null.columns[0]
    values = null[column].dropna().to_numpy(dtype=float)
    p = (np.sum(abs(values) >= abs(observed) - 1e-12) + 1) / (len(values) + 1)
    subtitle = subtitle or (
        f"{words_of(column).capitalize()} in {len(values):,} shufflings of the articles between the groups; "
        f"dark: as far from 0 as the observed one; p = {p:.2g}"
    )
    ax = chart_axes(title, subtitle, width_cm, 5.5)
    ax.set_label("histogram of shufflings")
    with plt.style.context(STYLE):
        reach = max([abs(observed), *abs(values), 1e-9]) * 1.08
        edges = np.linspace(-reach, reach, 42)
        counts, _ = np.histogram(values, edges)
        far, _ = np.histogram(values[abs(values) >= abs(observed) - 1e-12], edges)
        look = {"width": np.diff(edges), "align": "edge", "edgecolor": "white", "linewidth": 0.4}
        ax.bar(edges[:-1], counts - far, color=PALE, **look)
        ax.bar(edges[:-1], far, bottom=counts - far, color=INK, **look)
        ax.axvline(observed, color=INK, linewidth=1.4)
        top = 1.25 * max(counts.max(initial=0), 1)
        ax.set(xlim=(-reach, reach), ylim=(0, top))
        side = {"ha": "right"} if observed > 0 else {"ha": "left"}
        write_at(
            ax, f"observed {signed(observed)}", (observed, 0.93 * top), (-4 if observed > 0 else 4, 0), **side
        )
        ax.xaxis.set_major_locator(MaxNLocator(5 if width_cm >= 12 else 3))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: signed(x)))
        ax.yaxis.set_visible(False)
        ax.spines["left"].set_visible(False)
        ax.grid(visible=False)
    return ax


def plot_funnel(
    rates: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw one dot a group, its share against its n, within limits of chance around the overall share.

    For many groups: 400 outlets are read at a glance, and small ones are not taken for extreme. The
    limits hold 95 % and 99.8 % of groups that differ by chance alone (Spiegelhalter 2005), widened by
    the spread of the dots themselves, as attributions of one article resemble each other. Groups
    beyond the outer limits are filled and named.
    """
    value, n, label = value_column(rates), n_column(rates), label_column(rates)
    only_one_row_a_group(rates, label)
    shown = rates[rates[value].notna() & (rates[n] > 0)]
    share, size = shown[value].to_numpy(dtype=float), shown[n].to_numpy(dtype=float)
    middle = (share * size).sum() / size.sum() if len(shown) else 0.0
    error = np.sqrt(max(middle * (1 - middle), 1e-12))
    spread = (
        max(1.0, np.sqrt(np.mean(((share - middle) * np.sqrt(size) / error) ** 2))) if len(shown) > 1 else 1.0
    )
    is_out = abs(share - middle) > 3.09 * spread * error / np.sqrt(np.maximum(size, 1))
    subtitle = subtitle or (
        f"{unit_and_n(rates).removesuffix('; ' + INTERVALS)}; curves: limits of chance (95%, 99.8%); "
        f"beyond them: {int(is_out.sum()):,} of {len(shown):,}"
    )
    ax = chart_axes(title, subtitle, width_cm, 7.5)
    ax.set_label("funnel chart")
    with plt.style.context(STYLE):
        along = np.linspace(1, max([*size, 10]) * 1.08, 300)
        for z, dashes in ((1.96, ":"), (3.09, "-")):
            half = z * spread * error / np.sqrt(along)
            for limit in (middle - half, middle + half):
                ax.plot(along, limit, color=GREY, linewidth=0.9, linestyle=dashes)
        ax.axhline(middle, color=PALE, linewidth=1)
        colour = bar_colour(rates)
        ax.plot(size[~is_out], share[~is_out], "o", color="white", markeredgecolor=GREY, markersize=4)
        ax.plot(size[is_out], share[is_out], "o", color=INK if colour == GREY else colour, markersize=6)
        ax.set(xlim=(0, along[-1]), ylim=(-0.03, min(1.03, 1.1 * max([*share, middle + 0.1]))))
        percent_axis(ax.yaxis, rates, value)
        ax.xaxis.set_major_locator(MaxNLocator(5 if width_cm >= 12 else 3, integer=True))
        ax.tick_params(pad=6)
        ax.set_xlabel(words_of(n.removeprefix("n_")) + " of the group")
        names = shown[label].to_numpy()
        first = np.argsort(-1.0 * is_out * abs(share - middle) * np.sqrt(size), kind="stable")
        named = [at for at in first if is_out[at] or len(shown) <= 12]
        order = named + [at for at in first if at not in set(named)]
        texts = [shortened(or_missing(names[at]), 20) for at in named]
        write_around(ax, np.column_stack([size, share])[order], texts, np.full(len(order), 3.0))
    return ax
