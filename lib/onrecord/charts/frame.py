"""The frame that all charts share: size, title, subtitle and source line, colours, names of rows.

Text is measured and wrapped here, so that a chart of 8 cm is as readable as one of 16 cm.
"""

from __future__ import annotations

from importlib import resources

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter
from scipy.optimize import isotonic_regression

from onrecord.charts.rows import or_missing, signed, wrapped
from onrecord.text.characters import clean

STYLE = str(resources.files("onrecord").joinpath("onrecord.mplstyle"))

ACCENT = "#d55e00"  # unnamed sources (Okabe and Ito's vermilion, safe for the colour-blind)
ACCENTS = {"strict": "#8f3300", "standard": ACCENT, "broad": "#f3b98e"}
STANCES = ["distancing", "neutral", "endorsing"]
INK, SOFT, GREY, PALE = "#222b31", "#52606a", "#7d8991", "#c3cacf"
GREYS = ["#2f3b43", "#64717a", "#98a3aa", "#c3cacf", "#e3e7ea"]
# Values of a column in the order in which they are drawn, those of unnamed sources in the accent.
PART_COLOURS = {
    "named": "#2f3b43",
    "institution": "#64717a",
    "identifiable": "#98a3aa",
    "spokesperson": "#c3cacf",
    "collective": ACCENTS["broad"],
    "unnamed": ACCENTS["standard"],
    "anonymous": ACCENTS["strict"],
    "unidentified_document": "#e3e7ea",
    "unclear": "#f2f4f5",
    "direct": "#2f3b43",
    "mixed": "#64717a",
    "indirect": "#c3cacf",
    "negative": "#2f3b43",
    "neutral": "#e3e7ea",
    "positive": "#98a3aa",
    "endorsing": "#98a3aa",
    "distancing": "#2f3b43",
    "other": "#c3cacf",
}
HATCHES = ["", "////", "", "....", "\\\\\\\\", "", "xxxx"]

MARGIN_PT = 6
CM = 1 / 2.54


def chart_axes(title: str, subtitle: str, width_cm: float, body_cm: float) -> Axes:
    """Return the Axes of a new figure of that width, its title and subtitle wrapped and in place."""
    figure = chart_figure(title, subtitle, width_cm, body_cm)
    with plt.style.context(STYLE):
        return figure.add_subplot()


def chart_figure(title: str, subtitle: str, width_cm: float, body_cm: float) -> Figure:
    """Return a new figure of that width with its title and subtitle, and room below them."""
    # In a notebook the first use of pyplot turns the display of figures on. Were it inside the context
    # below, leaving that would turn it off again, and only the first chart would be shown.
    plt.draw_if_interactive()
    with plt.style.context(STYLE):
        width = width_cm * CM
        room = 72 * width - 2 * MARGIN_PT
        big, small = plt.rcParams["axes.titlesize"], plt.rcParams["font.size"]
        lines = fit(clean(title), room, big, "bold")
        below = fit(clean(subtitle), room, small)
        n_title, n_below = lines.count("\n") + 1, below.count("\n") + 1
        head = (1.3 * big * n_title + 1.3 * small * n_below + 2.5 * MARGIN_PT) / 72
        height = head + body_cm * CM
        figure = plt.figure(figsize=(width, height), layout="constrained")
        figure.get_layout_engine().set(
            rect=(0, 0, 1, 1 - head / height), w_pad=MARGIN_PT / 72, h_pad=MARGIN_PT / 144
        )
        left, top = MARGIN_PT / (72 * width), 1 - MARGIN_PT / (72 * height)
        drop = 1.3 * big * n_title / (72 * height)
        for text, at, gid, style in (
            (lines, top, "title", {"fontsize": big, "fontweight": "bold"}),
            (below, top - drop, "subtitle", {"fontsize": small, "color": SOFT}),
        ):
            figure.text(left, at, text, va="top", gid=gid, linespacing=1.2, **style)
        return figure


def fit(text: str, room: float, size: float, weight: str = "normal") -> str:
    """Return `text` with line breaks where a line would be wider than `room` points."""
    font = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_to_path.get_text_width_height_descent(longer, font, False)[0] > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def draw_intervals(ax: Axes, rows: pd.DataFrame, y: np.ndarray) -> None:
    known = rows["low"].notna().to_numpy()
    low, high = (rows[name].to_numpy(dtype=float)[known] for name in ("low", "high"))
    ax.hlines(np.asarray(y)[known], low, high, color=INK, linewidth=1)


def write_beside(ax: Axes, y: np.ndarray, texts: list[str]) -> None:
    """Write each of `texts` in a column right of the plot, so that no bar runs into it."""
    place = {"xycoords": ("axes fraction", "data"), "textcoords": "offset points"}
    for at, text in zip(y, texts, strict=True):
        ax.annotate(text, (1, at), xytext=(6, 0), va="center", fontsize=8, **place)


def write_at(ax: Axes, text: str, at: tuple, offset: tuple[int, int], **where: str) -> None:
    """Write `text` near the data point `at`, `offset` points away from it."""
    ax.annotate(text, at, xytext=offset, textcoords="offset points", fontsize=8, **where)


def bar_colour(rates: pd.DataFrame) -> str:
    """Return the accent where the table is one of unnamed sources, grey otherwise."""
    if "definition" in rates.columns and rates["definition"].nunique() == 1:
        return ACCENTS[rates["definition"].iloc[0]]
    return GREY


def name_rows(ax: Axes, y: np.ndarray, names: list | pd.Series, width_cm: float) -> None:
    ax.set_yticks(y, [row_name(name, width_cm) for name in names])


def row_name(name: object, width_cm: float) -> str:
    room = 30 if width_cm >= 12 else 14
    return "\n".join(wrapped(line, room) for line in str(or_missing(name)).split("\n"))


def percent_axis(axis: Axis, rows: pd.DataFrame, value: str) -> None:
    axis.set_major_locator(MaxNLocator(4))
    axis.set_major_formatter(PercentFormatter(1, decimals=0 if rows[value].max() > 0.03 else 1))


def value_axis(axis: Axis, rows: pd.DataFrame, value: str, n_ticks: int) -> None:
    """Write the ticks of `axis` as per cent where `value` is a share, with a sign otherwise."""
    if value.startswith("share_"):
        percent_axis(axis, rows, value)
    else:
        axis.set_major_formatter(FuncFormatter(lambda x, _: signed(x)))
    axis.set_major_locator(MaxNLocator(n_ticks))


def row_cm(names: list | pd.Series, width_cm: float) -> float:
    """Return the height of a row that holds the longest of its names."""
    lines = max((row_name(name, width_cm).count("\n") + 1 for name in names), default=1)
    return max(0.75, 0.38 * lines + 0.1)


def draw_source(figure: Figure, source: str) -> float:
    """Draw the source line below the figure, in place of an earlier one; return its height in inches."""
    for text in [text for text in figure.texts if text.get_gid() == "source"]:
        text.remove()
    width, height = figure.get_size_inches()
    size = 7
    lines = fit(f"Source: {clean(source)}", 72 * width - 2 * MARGIN_PT, size)
    text = figure.text(MARGIN_PT / (72 * width), -MARGIN_PT / (72 * height), lines, va="top", gid="source")
    text.set(fontsize=size, color=SOFT)
    return (1.25 * size * (lines.count("\n") + 1) + 2 * MARGIN_PT) / 72


def write_ends(ax: Axes, ends: list[tuple[float, float]], texts: list[str], *, at_left: bool = False) -> None:
    """Write each of `texts` beside the end of its line, moved apart where they would meet."""
    if not texts:
        return
    ax.figure.draw_without_rendering()  # so that the height of the plot is known
    box = ax.get_window_extent()
    low, high = ax.get_ylim()
    line = 11 * ax.figure.dpi / 72 * (high - low) / box.height
    heights = np.array([line * (text.count("\n") + 1) for text in texts])
    at = spread_out(np.array([end[1] for end in ends], dtype=float), heights, low, high)
    for end, place, text in zip(ends, at, texts, strict=True):
        ax.annotate(
            text,
            end,
            xycoords="data",
            xytext=(-0.04 if at_left else 1.04, (place - low) / (high - low)),
            textcoords="axes fraction",
            va="center",
            ha="right" if at_left else "left",
            fontsize=8,
            arrowprops={"arrowstyle": "-", "color": PALE, "linewidth": 0.7, "shrinkA": 1, "shrinkB": 3},
        )


def spread_out(at: np.ndarray, heights: np.ndarray, low: float, high: float) -> np.ndarray:
    """Return the centres nearest to `at` where boxes of these heights, from low to high, do not meet."""
    order = np.argsort(at, kind="stable")
    tall = heights[order]
    below = np.concatenate([[0], np.cumsum((tall[1:] + tall[:-1]) / 2)])
    free = isotonic_regression(at[order] - below).x
    free = np.clip(free, low + tall[0] / 2, max(high - tall[-1] / 2 - below[-1], low + tall[0] / 2))
    placed = np.empty_like(at)
    placed[order] = free + below
    return placed


def write_around(ax: Axes, points: np.ndarray, texts: list[str], radii: np.ndarray) -> int:
    """Write each of `texts` beside its point where it meets no other text and no point; return how many fit.

    Earlier texts choose first; points beyond the last text only take room. `radii` are those of the
    points, in points of type.
    """
    ax.figure.draw_without_rendering()
    scale = ax.figure.dpi / 72
    page = ax.get_window_extent()
    centres = ax.transData.transform(points)
    discs = np.column_stack([centres - radii[:, None] * scale, centres + radii[:, None] * scale])
    taken = np.empty((0, 4))
    for number, (text, centre, radius) in enumerate(zip(texts, centres, radii, strict=False)):
        width, height = (scale * side for side in text_size(text, 8))
        gap = (radius + 2) * scale
        others = np.vstack([np.delete(discs, number, axis=0), taken])
        for across, up in _AROUND:
            x = centre[0] + across * (gap + width / 2)
            y = centre[1] + up * (gap + height / 2)
            box = np.array([x - width / 2, y - height / 2, x + width / 2, y + height / 2])
            within = box[0] >= page.x0 and box[1] >= page.y0 and box[2] <= page.x1 and box[3] <= page.y1
            meets = (others[:, :2] < box[2:]).all(axis=1) & (others[:, 2:] > box[:2]).all(axis=1)
            if within and not meets.any():
                taken = np.vstack([taken, box])
                place = ax.transData.inverted().transform((x, y))
                label = ax.text(*place, text, ha="center", va="center", fontsize=8, linespacing=1.1)
                label.set_in_layout(False)
                break
    return len(taken)


_AROUND = [(1, 0), (-1, 0), (0, 1), (0, -1), (0.8, 0.8), (-0.8, 0.8), (0.8, -0.8), (-0.8, -0.8)]


def text_size(text: str, size: float) -> tuple[float, float]:
    """Return the width and height of `text` in points."""
    font = FontProperties(family="DejaVu Sans", size=size)
    lines = text.split("\n")
    width = max(text_to_path.get_text_width_height_descent(line, font, False)[0] for line in lines)
    return width, 1.25 * size * len(lines)
