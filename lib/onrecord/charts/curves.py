"""Curves: how unevenly speakers are quoted, and how many are expected."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, MultipleLocator

from onrecord.charts.frame import INK, PALE, by_width, chart, whole_percent_axis
from onrecord.charts.labels import write_ends
from onrecord.charts.selection import with_group
from onrecord.charts.words import or_missing, shortened, wrapped
from onrecord.measures.layout import layout_of

_DASHES: list = ["-", (0, (5, 1.5)), (0, (1, 1)), (0, (5, 1.5, 1, 1.5))]
_MOST_CURVES = (6, 4)  # rarefaction curves that stay apart: page, column
_MOST_LORENZ = 4  # Lorenz curves share both ends, so fewer stay apart


def plot_curves(
    curves: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Lorenz or rarefaction curves, one per group.

    `curves` is a curve of diversity_of_speakers. A Lorenz curve shows which
    share of attributions the least quoted share of speakers has; the straight line is equal quotation.
    A rarefaction curve shows how many speakers are expected in so many attributions, with the 95%
    interval as a band; compare groups up to the end of the shortest curve. Of many groups those with most
    attributions (Lorenz: speakers) are drawn; the subtitle says so.

    Raises ValueError for another table.

    >>> curves = onrecord.diversity_of_speakers(analysis, by="outlet", curve="lorenz")
    >>> ax = onrecord.plot_curves(curves, title="Few speakers have most attributions")
    >>> ax.get_xlabel()
    'share of speakers, least quoted first'
    """
    kind = layout_of(curves).kind
    if kind == "lorenz":
        return _plot_lorenz(curves, title, subtitle, width_cm)
    if kind == "rarefaction":
        return _plot_rarefaction(curves, title, subtitle, width_cm)
    raise ValueError(
        'curves must be a table of diversity_of_speakers with curve="lorenz" or curve="rarefaction"; it has '
        "the columns "
        f"{', '.join(map(str, curves.columns))}."
    )


def _plot_lorenz(curves: pd.DataFrame, title: str, subtitle: str | None, width_cm: float) -> Axes:
    groups, note = _groups(curves, "share_of_speakers", _MOST_LORENZ, "speakers")
    subtitle = subtitle or "Share of attributions of the least quoted speakers; figures: of the top tenth"
    with chart("Lorenz curves", title, subtitle + note, width_cm, 7.5) as ax:
        ax.plot([0, 1], [0, 1], color=PALE, linewidth=1)
        lines, labels = [], []
        for (name, part), dashes in zip(groups, _DASHES, strict=False):
            x = part["share_of_speakers"].to_numpy(dtype=float)
            y = part["share_of_attributions"].to_numpy(dtype=float)
            top_tenth = 1 - np.interp(0.9, x, y)
            labels.append(f"{shortened(name, by_width(width_cm, 24, 16))} {top_tenth:.0%}")
            lines += ax.plot(x, y, color=INK, linestyle=dashes, linewidth=1.5)
        if groups:
            # matplotlib leaves out labels that begin with "_", so the words are written afterwards.
            legend = ax.legend(lines, ["x"] * len(lines), loc="upper left", handlelength=2.6, borderpad=0)
            for text, label in zip(legend.get_texts(), labels, strict=True):
                text.set_text(label)
        ax.set(xlim=(0, 1), ylim=(0, 1), xlabel="share of speakers, least quoted first")
        ax.set_ylabel("share of attributions")
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_locator(MultipleLocator(0.25 if by_width(width_cm, 1, 0) else 0.5))
            whole_percent_axis(axis)
        ax.tick_params(pad=6)
    return ax


def _plot_rarefaction(curves: pd.DataFrame, title: str, subtitle: str | None, width_cm: float) -> Axes:
    groups, note = _groups(curves, "n_attributions", by_width(width_cm, *_MOST_CURVES), "attributions")
    subtitle = subtitle or "Speakers expected in a sample of so many attributions; bands: 95% intervals"
    with chart("rarefaction curves", title, subtitle + note, width_cm, 7) as ax:
        ends = []
        for (_, part), dashes in zip(groups, _DASHES * 2, strict=False):
            columns = ("n_attributions", "expected_speakers", "low", "high")
            x, y, low, high = (part[column].to_numpy(dtype=float) for column in columns)
            ax.fill_between(x, low, high, color=PALE, alpha=0.35, linewidth=0)
            ax.plot(x, y, color=INK, linestyle=dashes, linewidth=1.5)
            ends.append((x[-1], y[-1]))
        ax.set_xlim(left=0)
        ax.set_ylim(bottom=0)
        ax.set_xlabel("attributions")
        ax.set_ylabel("expected speakers")
        ax.xaxis.set_major_locator(MaxNLocator(by_width(width_cm, 5, 3), integer=True))
        room = by_width(width_cm, 20, 12)
        texts = [
            f"{wrapped(name, room)}\n{y:.0f} of {x:,.0f}"
            for (name, _), (x, y) in zip(groups, ends, strict=True)
        ]
        write_ends(ax, ends, texts)
    return ax


def _groups(
    curves: pd.DataFrame, along: str, most: int, what: str
) -> tuple[list[tuple[object, pd.DataFrame]], str]:
    """(name, rows) of the longest curves, and a note where others are left out.

    A rarefaction curve is as long as its attributions, a Lorenz curve has a point per speaker.
    """
    curves = with_group(curves, along)
    groups = [(or_missing(name), part) for name, part in curves.groupby(curves.columns[0], dropna=False)]
    is_counted = along.startswith("n_")
    shown = sorted(groups, key=lambda group: -(group[1][along].max() if is_counted else len(group[1])))[:most]
    return shown, f"; the {most} with most {what} of {len(groups):,}" if len(groups) > most else ""
