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
from matplotlib.ticker import MaxNLocator, PercentFormatter

from onrecord.text.legible import clean

STYLE = str(resources.files("onrecord").joinpath("onrecord.mplstyle"))

ACCENT = "#d55e00"  # unnamed sources (Okabe and Ito's vermilion, safe for the colour-blind)
ACCENTS = {"strict": "#8f3300", "standard": ACCENT, "broad": "#f3b98e"}
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

INTERVALS = "lines: 95% intervals"
MOST_ROWS = 30
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


def figures_beside(row: dict, value: str) -> str:
    """Return what stands beside a bar: share, interval and n."""
    n = next(name for name in row if name.startswith("n_") and name != "n_hits")
    is_known = not pd.isna(row["low"])
    interval = f"{100 * row['low']:.0f}–{100 * row['high']:.0f}" if is_known else "too few articles"
    return f"{row[value]:.0%} ({interval})\nn = {row[n]:,}"


def name_rows(ax: Axes, y: np.ndarray, names: list | pd.Series, width_cm: float) -> None:
    ax.set_yticks(y, [row_name(name, width_cm) for name in names])


def row_name(name: object, width_cm: float) -> str:
    room = 30 if width_cm >= 12 else 14
    return "\n".join(wrapped(line, room) for line in str(or_missing(name)).split("\n"))


def percent_axis(axis: Axis, rows: pd.DataFrame, value: str) -> None:
    axis.set_major_locator(MaxNLocator(4))
    axis.set_major_formatter(PercentFormatter(1, decimals=0 if rows[value].max() > 0.03 else 1))


def most_important(rows: pd.DataFrame, column: str, most: int = MOST_ROWS) -> tuple[pd.DataFrame, str]:
    """Return the rows sorted by `column`, at most `most` of them, and a note of the cut."""
    note = ""
    if len(rows) > most:
        weight = "n_articles" if "n_articles" in rows.columns else column
        what = "with most articles" if weight == "n_articles" else "largest"
        note = f"; the {most} {what} of {len(rows):,}"
        rows = rows.nlargest(most, weight)
    return rows.sort_values(column, ascending=False, kind="stable"), note


def bar_colour(rates: pd.DataFrame) -> str:
    """Return the accent where the table is one of unnamed sources, grey otherwise."""
    if "definition" in rates.columns and rates["definition"].nunique() == 1:
        return ACCENTS[rates["definition"].iloc[0]]
    return GREY


def unit_and_n(table: pd.DataFrame) -> str:
    """Return the unit and n of a table of shares or means, and what the thin lines are."""
    value, n = value_column(table), n_column(table)
    unit = words_of(n.removeprefix("n_"))
    labels = [name for name in table.columns[: table.columns.get_loc(value)] if not name.startswith("n_")]
    # Means have texts of their own in each row. The shares of one group have one denominator in
    # common; without groups that is the whole table.
    is_mean = value.startswith("mean_")
    is_each = len(labels) == 1 and "n_unknown" in table.columns
    is_whole = labels in (["definition"], ["reason"], ["flag"], ["target_tone"]) or is_each
    if is_mean:
        total = table[n].sum()
    else:
        total = table[n].iloc[0] if is_whole and len(table) else table.drop_duplicates(labels[:1])[n].sum()
    what = f"Mean {words_of(value.removeprefix('mean_'))}" if is_mean else f"Share of {unit}"
    if "definition" in table.columns and table["definition"].nunique() == 1:
        what += f", {table['definition'].iloc[0]} definition"
    return f"{what}; n = {int(total):,} {unit}; {INTERVALS}"


def value_column(table: pd.DataFrame) -> str:
    found = [name for name in table.columns if str(name).startswith(("share_", "mean_"))]
    if len(found) != 1:
        raise ValueError(
            "The table to draw needs exactly one column share_… or mean_…; "
            f"it has {', '.join(map(str, table.columns))}."
        )
    return found[0]


def n_column(table: pd.DataFrame) -> str:
    return next(name for name in table.columns if str(name).startswith("n_") and name != "n_hits")


def label_column(table: pd.DataFrame) -> str:
    """Return the column that names the rows: the first, unless it has one value and the next has several."""
    first, second = table.columns[:2]
    names_nothing = str(second).startswith(("n_", "share_", "mean_"))
    return second if table[first].nunique() == 1 < len(table) and not names_nothing else first


def only_one_row_a_group(table: pd.DataFrame, label: str) -> None:
    if table[label].duplicated().any():
        twice = table.loc[table[label].duplicated(), label].iloc[0]
        raise ValueError(
            f"{label} {twice!r} has several rows. Choose one, as in rates[rates['definition'] == "
            "'standard'], or draw them together with plot_nested_shares or plot_parts."
        )


def row_cm(names: list | pd.Series, width_cm: float) -> float:
    """Return the height of a row that holds the longest of its names."""
    lines = max((row_name(name, width_cm).count("\n") + 1 for name in names), default=1)
    return max(0.75, 0.38 * lines + 0.1)


def signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−") if round(value, 2) else "0"


def short_date(value: str) -> str:
    """Return "Jan 26" for the month 2026-01, "5 Jan" for the week 2026-01-05; a quarter as it is."""
    if "Q" in value:
        return value
    day = pd.Timestamp(value)
    return f"{day:%b %y}" if len(value) == 7 else f"{day.day} {day:%b}"


def or_missing(value: object) -> object:
    return "not given" if pd.isna(value) else value


def words_of(column: str) -> str:
    return str(column).replace("_", " ")


def wrapped(value: object, room: int) -> str:
    text = clean(or_missing(value))
    text = text if len(text) <= 3 * room else text[: 3 * room - 1] + "…"
    lines = [""]
    for word in text.split():
        pieces = [word[i : i + room] for i in range(0, len(word), room)]
        for piece in pieces:
            if lines[-1] and len(lines[-1]) + 1 + len(piece) > room:
                lines.append(piece)
            else:
                lines[-1] = f"{lines[-1]} {piece}".strip()
    return "\n".join(lines)


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
