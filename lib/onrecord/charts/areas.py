"""Areas of a chart, each with the row of the table that is drawn there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

_ALL = (None, None)  # from one edge of the figure to the other


class _Area(NamedTuple):
    row: Mapping[str, Any]
    x: tuple[float | None, float | None]
    y: tuple[float | None, float | None]


class Area(NamedTuple):
    """Rectangle of a drawn figure, and the row that is drawn there.

    Its position and size are shares (0 to 1) of the figure, from the left and from the top.
    """

    row: Mapping[str, Any]
    left: float
    top: float
    width: float
    height: float


_AREAS: WeakKeyDictionary[Axes, list[_Area]] = WeakKeyDictionary()


def note_rows(ax: Axes, rows: pd.DataFrame, at: np.ndarray, half: float, *, is_upright: bool = False) -> None:
    """Note that each of `rows` is drawn at its position `at`.

    `half` is half the height of its bar. Its area reaches over the whole width of the figure, with its name
    and figures; over the whole height of the plot with `is_upright`.
    """
    for row, centre in zip(rows.to_dict("records"), at, strict=True):
        ends = (float(centre) - half, float(centre) + half)
        note_area(ax, row, *((ends, _ALL) if is_upright else (_ALL, ends)))


def note_area(
    ax: Axes,
    row: Mapping[Any, Any],
    x: tuple[float | None, float | None],
    y: tuple[float | None, float | None],
) -> None:
    """Note that `row` is drawn within these limits.

    They are in the units of the axes. None means to the edge.
    """
    _AREAS.setdefault(ax, []).append(_Area({str(name): value for name, value in row.items()}, x, y))


def areas_of(ax: Axes) -> list[Area]:
    """The areas of a chart that was drawn, in the order of its rows."""
    figure = ax.get_figure(root=True)
    if figure is None:
        return []
    figure.canvas.draw()  # the layout is known afterwards
    to_figure = ax.transData + figure.transFigure.inverted()
    box = ax.get_position()
    found = []
    for row, x, y in _AREAS.get(ax, []):
        low = to_figure.transform((x[0] or 0.0, y[0] or 0.0))
        high = to_figure.transform((x[1] or 0.0, y[1] or 0.0))
        left, right = sorted((0.0 if x[0] is None else low[0], 1.0 if x[1] is None else high[0]))
        bottom, top = sorted((box.y0 if y[0] is None else low[1], box.y1 if y[1] is None else high[1]))
        left, right, bottom, top = (min(max(float(end), 0.0), 1.0) for end in (left, right, bottom, top))
        if right > left and top > bottom:
            found.append(Area(row, left, 1 - top, right - left, top - bottom))
    return found
