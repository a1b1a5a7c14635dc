"""Labels inside a plot that keep clear of each other.

Beside the ends of lines, around points.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patheffects import withStroke
from matplotlib.textpath import text_to_path
from scipy.optimize import isotonic_regression

from onrecord.charts.frame import LABEL_PT, PALE

_END_LINE_PT = 11  # height of a line beside the end of a curve
_END_OFFSET = 1.04  # of the width of the plot: where texts beside the ends of lines begin
_GAP_PT = 2  # between a point and its text
_ROUNDS = 400  # of moving boxes apart
# Where a text is tried around its point, in this order: across, up.
_AROUND = [(1, 0), (-1, 0), (0, 1), (0, -1), (0.8, 0.8), (-0.8, 0.8), (0.8, -0.8), (-0.8, -0.8)]


def _root(ax: Axes) -> Figure:
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("the axes must belong to a figure to be labelled")
    return figure


def write_ends(ax: Axes, ends: list[tuple[float, float]], texts: list[str]) -> None:
    """Write each of `texts` right of the end of its line, without overlaps."""
    if not texts:
        return
    _root(ax).draw_without_rendering()  # so that the height of the plot is known
    box = ax.get_window_extent()
    low, high = ax.get_ylim()
    line = _END_LINE_PT * ax.figure.dpi / 72 * (high - low) / box.height
    heights = np.array([line * (text.count("\n") + 1) for text in texts])
    at = spread_out(np.array([end[1] for end in ends], dtype=float), heights, low, high)
    for end, height, text in zip(ends, at, texts, strict=True):
        ax.annotate(
            text,
            end,
            xycoords="data",
            xytext=(_END_OFFSET, (height - low) / (high - low)),
            textcoords="axes fraction",
            va="center",
            ha="left",
            fontsize=LABEL_PT,
            arrowprops={"arrowstyle": "-", "color": PALE, "linewidth": 0.7, "shrinkA": 1, "shrinkB": 3},
        )


def spread_out(at: np.ndarray, heights: np.ndarray, low: float, high: float) -> np.ndarray:
    """Centres nearest to `at` where boxes of these heights do not overlap.

    All are between `low` and `high`.
    """
    order = np.argsort(at, kind="stable")
    tall = heights[order]
    below = np.concatenate([[0], np.cumsum((tall[1:] + tall[:-1]) / 2)])
    free = isotonic_regression(at[order] - below).x
    free = np.clip(free, low + tall[0] / 2, max(high - tall[-1] / 2 - below[-1], low + tall[0] / 2))
    centres = np.empty_like(at)
    centres[order] = free + below
    return centres


def write_around(
    ax: Axes,
    points: np.ndarray,
    texts: list[str],
    radii: np.ndarray,
    around: Sequence[tuple[float, float]] = tuple(_AROUND),
) -> int:
    """Write each of `texts` beside its point where it overlaps nothing.

    Return how many fit.

    Earlier texts choose first; points beyond the last text only take room. `radii` are those of the
    points, in points of type. `around` are the directions that are tried, (across, up).
    """
    _root(ax).draw_without_rendering()
    scale = ax.figure.dpi / 72
    page = ax.get_window_extent()
    centres = ax.transData.transform(points)
    discs = np.column_stack([centres - radii[:, None] * scale, centres + radii[:, None] * scale])
    taken = np.empty((0, 4))
    for number, (text, centre, radius) in enumerate(zip(texts, centres, radii, strict=False)):
        width, height = (scale * side for side in text_size(text, LABEL_PT))
        gap = (radius + _GAP_PT) * scale
        others = np.vstack([np.delete(discs, number, axis=0), taken])
        for across, up in around:
            x = centre[0] + across * (gap + width / 2)
            y = centre[1] + up * (gap + height / 2)
            box = np.array([x - width / 2, y - height / 2, x + width / 2, y + height / 2])
            within = box[0] >= page.x0 and box[1] >= page.y0 and box[2] <= page.x1 and box[3] <= page.y1
            overlaps = (others[:, :2] < box[2:]).all(axis=1) & (others[:, 2:] > box[:2]).all(axis=1)
            if within and not overlaps.any():
                taken = np.vstack([taken, box])
                position = ax.transData.inverted().transform((x, y))
                label = ax.text(
                    position[0],
                    position[1],
                    text,
                    ha="center",
                    va="center",
                    fontsize=LABEL_PT,
                    linespacing=1.1,
                )
                label.set_in_layout(False)
                label.set_path_effects([withStroke(linewidth=2, foreground="white")])  # above lines
                break
    return len(taken)


def moved_apart(points: np.ndarray, sizes: np.ndarray, limits: np.ndarray) -> np.ndarray:
    """Points near `points` where boxes around them do not overlap.

    `sizes` are width and height of the boxes. Two boxes that overlap are moved along the side on which they
    overlap least. All stay within `limits` (half the width, half the height). Where there is no room for
    all, some overlap remains.
    """
    found = points.astype(float).copy()
    if len(found) < 2:
        return found
    room = (sizes[:, None, :] + sizes[None, :, :]) / 2
    least = np.maximum(limits - sizes / 2, 0)
    order = np.arange(len(found))
    by_number = np.sign(order[:, None] - order[None, :])[..., None]
    for _ in range(_ROUNDS):
        gap = found[:, None, :] - found[None, :, :]
        # Points in one place are moved to the side of their number.
        side = np.where(gap == 0, by_number, np.sign(gap))
        over = room - np.abs(gap)
        overlaps = (over > 1e-9).all(axis=2)
        np.fill_diagonal(overlaps, False)
        if not overlaps.any():
            break
        axis = (over / room).argmin(axis=2)
        push = np.zeros_like(gap)
        for along in (0, 1):
            part = overlaps & (axis == along)
            push[..., along][part] = (0.5 * over * side)[..., along][part]
        found = np.clip(found + 0.5 * push.sum(axis=1), -least, least)
    return found


def text_size(text: str, size: float) -> tuple[float, float]:
    """Width and height of `text` in points."""
    font = FontProperties(family="DejaVu Sans", size=size)
    lines = text.split("\n")
    width = max(text_to_path.get_text_width_height_descent(line, font, False)[0] for line in lines)
    return width, 1.25 * size * len(lines)
