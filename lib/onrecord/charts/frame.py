"""The frame that all charts share.

Size, title, subtitle, source line, colours, names and axes.

Text is measured and wrapped here, so that a chart of 8 cm is as readable as one of 16 cm. A chart is
drawn inside `chart(...)`, which sets the style and leaves matplotlib's own settings as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.textpath import text_to_path
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from onrecord.charts.words import or_missing, signed, wrapped
from onrecord.measures.layout import kind_of
from onrecord.text.characters import clean

STYLE = str(resources.files("onrecord").joinpath("onrecord.mplstyle"))

ACCENT = "#d55e00"  # unnamed sources (Okabe and Ito's vermilion, safe for the colour-blind)
ACCENTS = {"strict": "#8f3300", "standard": ACCENT, "broad": "#f3b98e"}
INK, SOFT, GREY, PALE, FAINT = "#222b31", "#52606a", "#7d8991", "#c3cacf", "#f2f4f5"
GREYS = ["#2f3b43", "#64717a", "#98a3aa", PALE, "#e3e7ea"]
# Values of a column in the order in which they are drawn, those of unnamed sources in the accent.
PART_COLOURS = {
    "named": "#2f3b43",
    "institution": "#64717a",
    "identifiable": "#98a3aa",
    "spokesperson": PALE,
    "collective": ACCENTS["broad"],
    "unnamed": ACCENTS["standard"],
    "anonymous": ACCENTS["strict"],
    "unidentified_document": "#e3e7ea",
    "unclear": FAINT,
    "direct": "#2f3b43",
    "mixed": "#64717a",
    "indirect": PALE,
    "negative": "#2f3b43",
    "neutral": "#e3e7ea",
    "positive": "#98a3aa",
    "endorsing": "#98a3aa",
    "distancing": "#2f3b43",
    "other": PALE,
}
HATCHES = ["", "////", "", "....", "\\\\\\\\", "", "xxxx"]

# Sizes, chosen by eye on the gallery at 8 and 16 cm. tests/charts/test_charts_page.py checks that no text
# overlaps another or leaves the page at either width.
WIDE_CM = 12  # from here a chart has the room of a page, below that of a newspaper column
MARGIN_PT = 6
LABEL_PT = 8  # size of figures and names inside the plot
SOURCE_PT = 7
LINE = 1.3  # height of a line of the title and subtitle, in units of its size
NAME_ROOM = (30, 14)  # characters of a line of a row's name: page, column
ROW_CM, ROW_LINE_CM = 0.75, 0.38  # least height of a row; height of a line of its name
SMALL_SHARE = 0.03  # a largest share below this needs a decimal on its axis
CM = 1 / 2.54


def by_width(width_cm: float, page: int, column: int) -> int:
    """`page` for the width of a page, `column` for that of a newspaper column."""
    return page if width_cm >= WIDE_CM else column


@contextmanager
def chart(kind: str, title: str, subtitle: str, width_cm: float, body_cm: float) -> Iterator[Axes]:
    """Draw inside the style.

    The Axes of a new figure, with the title and subtitle in position.

    `kind` names the chart for its alt text ("bar chart"), `body_cm` is the height below the subtitle.
    """
    figure = chart_figure(title, subtitle, width_cm, body_cm)
    with plt.style.context(STYLE):
        ax = figure.add_subplot()
        ax.set_label(kind)
        yield ax


def chart_figure(title: str, subtitle: str, width_cm: float, body_cm: float) -> Figure:
    """A new figure of that width with its title and subtitle.

    There is room for the plot below them.
    """
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
        head = (LINE * big * n_title + LINE * small * n_below + 2.5 * MARGIN_PT) / 72
        height = head + body_cm * CM
        figure = plt.figure(figsize=(width, height))
        engine = ConstrainedLayoutEngine(
            rect=(0, 0, 1, 1 - head / height), w_pad=MARGIN_PT / 72, h_pad=MARGIN_PT / 144
        )
        figure.set_layout_engine(engine)
        left, top = MARGIN_PT / (72 * width), 1 - MARGIN_PT / (72 * height)
        drop = LINE * big * n_title / (72 * height)
        for text, at, gid, style in (
            (lines, top, "title", {"fontsize": big, "fontweight": "bold"}),
            (below, top - drop, "subtitle", {"fontsize": small, "color": SOFT}),
        ):
            figure.text(left, at, text, va="top", gid=gid, linespacing=1.2, **style)
        return figure


def draw_source(figure: Figure, source: str) -> float:
    """Draw the source line below the figure, replacing an earlier one.

    Return its height in inches.
    """
    for text in [text for text in figure.texts if text.get_gid() == "source"]:
        text.remove()
    width, height = figure.get_size_inches()
    lines = fit(f"Source: {clean(source)}", 72 * width - 2 * MARGIN_PT, SOURCE_PT)
    text = figure.text(MARGIN_PT / (72 * width), -MARGIN_PT / (72 * height), lines, va="top", gid="source")
    text.set(fontsize=SOURCE_PT, color=SOFT)
    return (1.25 * SOURCE_PT * (lines.count("\n") + 1) + 2 * MARGIN_PT) / 72


def fit(text: str, room: float, size: float, weight: str = "normal") -> str:
    """`text` with line breaks where a line would be wider than `room` points."""
    font = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_to_path.get_text_width_height_descent(longer, font, False)[0] > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


# -- rows: one per group, from top to bottom ------------------------------------------------------


def row_positions(n_rows: int) -> np.ndarray:
    """Heights of `n_rows` rows, the first on top."""
    return np.arange(n_rows)[::-1]


def finish_rows(ax: Axes, y: np.ndarray, names: Iterable[object], width_cm: float) -> None:
    """Name the rows at the heights `y`, without a line along them.

    Half a row is left above and below.
    """
    name_rows(ax, y, names, width_cm)
    ax.set_ylim(-0.6, max(len(y), 1) - 0.4)
    ax.grid(visible=False, axis="y")


def name_rows(ax: Axes, y: np.ndarray, names: Iterable[object], width_cm: float) -> None:
    ax.set_yticks(y, [row_name(name, width_cm) for name in names])


def row_name(name: object, width_cm: float) -> str:
    room = by_width(width_cm, *NAME_ROOM)
    return "\n".join(wrapped(line, room) for line in str(or_missing(name)).split("\n"))


def row_cm(names: Iterable[object], width_cm: float) -> float:
    """Height of a row that has room for the longest of its names."""
    lines = max((row_name(name, width_cm).count("\n") + 1 for name in names), default=1)
    return max(ROW_CM, ROW_LINE_CM * lines + 0.1)


def draw_intervals(ax: Axes, rows: pd.DataFrame, at: np.ndarray, *, upright: bool = False) -> None:
    """Draw a line from low to high for each row that has an interval.

    The lines run across or upright.
    """
    known = rows["low"].notna().to_numpy()
    low, high = (rows[name].to_numpy(dtype=float)[known] for name in ("low", "high"))
    draw = ax.vlines if upright else ax.hlines
    draw(np.asarray(at)[known], low, high, color=INK, linewidth=0.9 if upright else 1)


def no_frame(ax: Axes) -> None:
    """Draw neither the frame of the plot nor its grid."""
    ax.spines[:].set_visible(False)
    ax.grid(visible=False)


# -- axes -----------------------------------------------------------------------------------------


def percent_axis(axis: Axis, rows: pd.DataFrame, value: str) -> None:
    axis.set_major_locator(MaxNLocator(4))
    axis.set_major_formatter(PercentFormatter(1, decimals=0 if rows[value].max() > SMALL_SHARE else 1))


def whole_percent_axis(axis: Axis) -> None:
    axis.set_major_formatter(PercentFormatter(1, decimals=0))


def signed_axis(axis: Axis, n_ticks: int) -> None:
    axis.set_major_locator(MaxNLocator(n_ticks))
    axis.set_major_formatter(FuncFormatter(lambda x, _: signed(x)))


def share_limit(rates: pd.DataFrame, value: str, room: float) -> float:
    """End of an axis of shares.

    Beyond the highest interval by the factor `room`, at most 1.
    """
    return min(1, room * np.nanmax([*rates["high"].fillna(0), *rates[value].fillna(0), 0.05]))


def bar_colour(rates: pd.DataFrame) -> str:
    """The accent where the table is one of unnamed sources, grey otherwise."""
    if "definition" in rates.columns and rates["definition"].nunique() == 1:
        return ACCENTS[rates["definition"].iloc[0]]
    return GREY


def is_share(column: str) -> bool:
    return kind_of(column) == "share"


# -- words inside the plot ------------------------------------------------------------------------


def write_beside(ax: Axes, y: np.ndarray, texts: Sequence[str]) -> None:
    """Write each of `texts` in a column right of the plot, clear of the bars."""
    where: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "textcoords": "offset points"}
    for at, text in zip(y, texts, strict=True):
        ax.annotate(text, (1, at), xytext=(6, 0), va="center", fontsize=LABEL_PT, **where)


def write_at(ax: Axes, text: str, at: tuple, offset: tuple[int, int], **where: Any) -> None:
    """Write `text` near the data point `at`, `offset` points away from it."""
    ax.annotate(text, at, xytext=offset, textcoords="offset points", fontsize=LABEL_PT, **where)
