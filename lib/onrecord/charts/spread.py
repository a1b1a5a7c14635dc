"""Distributions: of values by group, and of what chance alone would give."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from onrecord.charts.frame import (
    GREY,
    INK,
    PALE,
    by_width,
    chart,
    name_rows,
    row_positions,
    signed_axis,
    write_at,
)
from onrecord.charts.selection import MOST_ROWS, first_groups
from onrecord.charts.words import signed, words_of

_N_EDGES = 42  # of the histogram of shufflings: fine enough to see the tails
_ROUNDING = 1e-12  # values this much nearer to zero count as equally far


def plot_bins(
    bins: pd.DataFrame,
    *,
    title: str,
    subtitle: str | None = None,
    observed: float | None = None,
    width_cm: float = 16,
) -> Axes:
    """Histograms on one scale, one row of columns per group.

    `bins` is the table of count_bins, with a subtitle. Of more than 15 groups the first are drawn; the
    subtitle says so.

    With `observed`, the histogram of what chance alone would give: `bins` is then the table of
    compare_speakers with exchanges_of, whose first column is drawn, with a line at the observed value.
    Values at least as far from zero as the observed one are dark. Their share is the p-value,
    (hits + 1) / (n + 1).

    Source: Phipson & Smyth 2010 for p.

    >>> tone = onrecord.add_tone(analysis.sentences)
    >>> tone["outlet"] = tone["doc_id"].map(documents.set_index("doc_id")["outlet"])
    >>> bins = onrecord.count_bins(tone, by="outlet")
    >>> ax = onrecord.plot_bins(bins, title="Most sentences are near the middle", subtitle="Polarity")
    >>> len(ax.get_yticklabels())
    2
    >>> null = onrecord.compare_speakers(analysis, exchanges_of=("Clear Signal", "Orvane Press Service"))
    >>> ax = onrecord.plot_bins(null, observed=-0.2, title="Chance alone gives as much")
    >>> ax.get_label()
    'histogram of shufflings'
    """
    if observed is not None:
        if not pd.api.types.is_numeric_dtype(bins.iloc[:, 0]):
            raise ValueError(
                f"the first column of bins, {str(bins.columns[0])!r}, must contain numbers where observed is "
                "given. compare_speakers(…, exchanges_of=…) makes such a table."
            )
        return _plot_permutation(bins, observed, title, subtitle, width_cm)
    group = bins.columns[0]
    names, note = first_groups(bins[group], MOST_ROWS // 2)
    subtitle = (subtitle or _about(bins)) + note
    with chart("histograms", title, subtitle, width_cm, 1.4 + 1.5 * len(names)) as ax:
        top = max(bins["share_of_texts"].max(), 1e-9)
        y = row_positions(len(names))
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


def _about(bins: pd.DataFrame) -> str:
    n = bins["n_texts"].sum()
    return f"Share of the texts of each {words_of(bins.columns[0])} by value; n = {n:,} texts"


def _plot_permutation(
    null: pd.DataFrame, observed: float, title: str, subtitle: str | None, width_cm: float
) -> Axes:
    column = null.columns[0]
    values = null[column].dropna().to_numpy(dtype=float)
    is_far = abs(values) >= abs(observed) - _ROUNDING
    p = (np.sum(is_far) + 1) / (len(values) + 1)
    subtitle = subtitle or (
        f"{words_of(column).capitalize()} in {len(values):,} shufflings of the articles between the groups; "
        f"dark: as far from 0 as the observed one; p = {p:.2g}"
    )
    with chart("histogram of shufflings", title, subtitle, width_cm, 5.5) as ax:
        reach = max([abs(observed), *abs(values), 1e-9]) * 1.08
        edges = np.linspace(-reach, reach, _N_EDGES)
        counts, _ = np.histogram(values, edges)
        far, _ = np.histogram(values[is_far], edges)
        look: dict[str, Any] = {
            "width": np.diff(edges),
            "align": "edge",
            "edgecolor": "white",
            "linewidth": 0.4,
        }
        ax.bar(edges[:-1], counts - far, color=PALE, **look)
        ax.bar(edges[:-1], far, bottom=counts - far, color=INK, **look)
        ax.axvline(observed, color=INK, linewidth=1.4)
        top = 1.25 * max(counts.max(initial=0), 1)
        ax.set(xlim=(-reach, reach), ylim=(0, top))
        offset, align = ((-4, 0), "right") if observed > 0 else ((4, 0), "left")
        write_at(ax, f"observed {signed(observed)}", (observed, 0.93 * top), offset, ha=align)
        signed_axis(ax.xaxis, by_width(width_cm, 5, 3))
        ax.yaxis.set_visible(False)
        ax.spines["left"].set_visible(False)
        ax.grid(visible=False)
    return ax
