"""Curves: how unequally voices are heard, and how many are to be expected."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, MultipleLocator, PercentFormatter

from onrecord.charts.frame import (
    INK,
    PALE,
    STYLE,
    chart_axes,
    write_ends,
)
from onrecord.charts.rows import (
    or_missing,
    shortened,
    wrapped,
)


def plot_lorenz(
    curves: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw how unequally voices are heard: the share of attributions of the least quoted share of voices.

    `curves` has a group (or none), share_of_speakers and share_of_attributions. The straight line is a
    press that quotes everyone equally often; the deeper a curve hangs, the fewer hold the floor.
    """
    groups, note = curve_groups(curves, "share_of_speakers", most=4)
    ax = chart_axes(
        title,
        (subtitle or "Share of attributions of the least quoted voices; figures: of the most quoted tenth")
        + note,
        width_cm,
        7.5,
    )
    ax.set_label("Lorenz curves")
    with plt.style.context(STYLE):
        ax.plot([0, 1], [0, 1], color=PALE, linewidth=1)
        for (name, part), dashes in zip(groups, DASHES, strict=False):
            x = part["share_of_speakers"].to_numpy(dtype=float)
            y = part["share_of_attributions"].to_numpy(dtype=float)
            top = 1 - np.interp(0.9, x, y)
            label = f"{shortened(name, 24 if width_cm >= 12 else 16)} {top:.0%}"
            ax.plot(x, y, color=INK, linestyle=dashes, linewidth=1.5, label=label)
        if groups:
            ax.legend(loc="upper left", handlelength=2.6, borderpad=0)
        ax.set(xlim=(0, 1), ylim=(0, 1), xlabel="share of voices, least quoted first")
        ax.set_ylabel("share of attributions")
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_locator(MultipleLocator(0.25 if width_cm >= 12 else 0.5))
            axis.set_major_formatter(PercentFormatter(1, decimals=0))
        ax.tick_params(pad=6)
    return ax


def plot_rarefaction(
    curves: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw how many voices are to be expected in so many attributions, a band of 95 % around each curve.

    `curves` has a group (or none), n_attributions, expected_speakers, low and high. Groups of different
    size are compared where all curves still run.
    """
    groups, note = curve_groups(curves, "n_attributions", most=6 if width_cm >= 12 else 4)
    ax = chart_axes(
        title,
        (subtitle or "Voices expected in a sample of so many attributions; bands: 95% intervals") + note,
        width_cm,
        7,
    )
    ax.set_label("rarefaction curves")
    with plt.style.context(STYLE):
        ends = []
        for (_, part), dashes in zip(groups, DASHES * 2, strict=False):
            columns = ("n_attributions", "expected_speakers", "low", "high")
            x, y, low, high = (part[column].to_numpy(dtype=float) for column in columns)
            ax.fill_between(x, low, high, color=PALE, alpha=0.35, linewidth=0)
            ax.plot(x, y, color=INK, linestyle=dashes, linewidth=1.5)
            ends.append((x[-1], y[-1]))
        ax.set_xlim(left=0)
        ax.set_ylim(bottom=0)
        ax.set_xlabel("attributions")
        ax.set_ylabel("expected voices")
        ax.xaxis.set_major_locator(MaxNLocator(5 if width_cm >= 12 else 3, integer=True))
        room = 20 if width_cm >= 12 else 12
        write_ends(
            ax,
            ends,
            [
                f"{wrapped(name, room)}\n{y:.0f} of {x:,.0f}"
                for (name, _), (x, y) in zip(groups, ends, strict=True)
            ],
        )
    return ax


def curve_groups(
    curves: pd.DataFrame, along: str, most: int
) -> tuple[list[tuple[object, pd.DataFrame]], str]:
    """Return (name, rows) of the longest curves, and a note where others are left out."""
    if curves.columns[0] == along:
        curves = curves.assign(corpus="All articles")[["corpus", *curves.columns]]
    groups = [(or_missing(name), part) for name, part in curves.groupby(curves.columns[0], dropna=False)]
    shown = sorted(groups, key=lambda group: -len(group[1]))[:most]
    return shown, f"; the {most} longest of {len(groups):,} curves" if len(groups) > most else ""


DASHES = ["-", (0, (5, 1.5)), (0, (1, 1)), (0, (5, 1.5, 1, 1.5))]
