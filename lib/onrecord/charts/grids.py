"""Grids.

Counts and shares as a table of shaded cells, attributions as strokes along each article.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from onrecord.charts.frame import (
    ACCENT,
    ACCENTS,
    FAINT,
    GREY,
    LABEL_PT,
    PALE,
    PART_COLOURS,
    by_width,
    chart,
    no_frame,
    row_cm,
    row_name,
    row_positions,
)
from onrecord.charts.selection import MOST_ROWS, most_important, unit_and_n
from onrecord.charts.words import or_missing, shortened, words_of, wrapped
from onrecord.measures.layout import PERIODS, kind_of, n_column, value_column
from onrecord.text.characters import clean

# Sizes, chosen by eye on the gallery at 8 and 16 cm.
_MOST_COLUMNS = (10, 7)  # of a table of counts: page, column
_MOST_SHARES = (10, 6)  # columns of a grid of shares
_HEAD_CM = 1.6  # height of column names that are written across
_LONGEST_UPRIGHT = 22  # characters of a column name that is written upright
_MOST_STRIPS = 24  # articles of a barcode
_SHORT, _LONG = 0.18, 0.36  # half the length of a stroke: named, unnamed source


def plot_grid(
    table: pd.DataFrame,
    *,
    title: str,
    subtitle: str | None = None,
    is_unnamed: bool = False,
    width_cm: float = 16,
) -> Axes:
    """Shaded cells with a figure in each: a table of counts, or shares of two labels.

    `table` is a table of counts with rows and columns as in its index and columns (pandas.crosstab), or
    a table of shares whose first two columns are labels: the first down, the second across. A share
    without a denominator stays empty; the n of a row is written below its name. With is_unnamed counts
    are shaded in the colour of unnamed sources. What there is no room for is left out; the subtitle says
    so.

    >>> naming = onrecord.share_each(analysis, "naming", of="sources", by="outlet")
    >>> ax = onrecord.plot_grid(naming, title="Most sources are named")
    >>> ax.get_label()
    'grid of shares'
    """
    if any(kind_of(str(name)) for name in table.columns):
        return _plot_shares(table, title, subtitle, width_cm)
    table, undated = _dated(table)
    n_rows, table = len(table), table.head(MOST_ROWS)
    subtitle = subtitle or f"Counts; n = {int(table.to_numpy(dtype=float).sum()):,}"
    table, note = _largest_columns(table, by_width(width_cm, *_MOST_COLUMNS))
    subtitle += undated + note + (f"; the first {MOST_ROWS} of {n_rows:,} rows" if n_rows > MOST_ROWS else "")
    names = [row_name(words_of(or_missing(name)), width_cm) for name in table.index]
    columns, head_cm = _column_names(table.columns, width_cm)
    body_cm = head_cm + row_cm(names, width_cm) * len(table)
    with chart("table of counts", title, subtitle, width_cm, body_cm) as ax:
        values = table.to_numpy(dtype=float)
        colours = ["#ffffff", ACCENTS["broad"], ACCENT] if is_unnamed else ["#ffffff", PALE, GREY]
        _shade(ax, values, [f"{count:,.0f}" for count in values.ravel()], colours)
        _name_columns(ax, columns, head_cm)
        ax.set_yticks(range(len(table)), names)
    return ax


def _dated(table: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """`table` without rows and columns of an unknown period.

    A note says what they contain.
    """
    undated = 0.0
    if table.index.name in PERIODS:
        undated += np.nansum(table[table.index.isna()].to_numpy(dtype=float))
        table = table[table.index.notna()]
    if table.columns.name in PERIODS:
        undated += np.nansum(table.loc[:, table.columns.isna()].to_numpy(dtype=float))
        table = table.loc[:, table.columns.notna()]
    return table, f"; {undated:,.0f} without a date" if undated else ""


def _plot_shares(shares: pd.DataFrame, title: str, subtitle: str | None, width_cm: float) -> Axes:
    value, n_name = value_column(shares), n_column(shares)
    row, column = shares.columns[:2]
    shares = shares.assign(**{row: shares[row].map(or_missing), column: shares[column].map(or_missing)})
    wide = shares.pivot(index=row, columns=column, values=value).astype(float)
    counts = shares.groupby(row)[n_name].max()
    order, note = most_important(counts.rename("n").to_frame(), "n")
    across = [name for name in PART_COLOURS if name in wide.columns]
    across += [name for name in dict.fromkeys(shares[column]) if name not in across]
    wide = wide.reindex(index=order.index, columns=across)
    wide, cut = _largest_columns(wide, by_width(width_cm, *_MOST_SHARES))
    subtitle = subtitle or unit_and_n(shares, intervals=False) + note + cut
    names = [f"{name}\nn = {n:,}" for name, n in order["n"].items()]
    columns, head_cm = _column_names(wide.columns, width_cm)
    body_cm = head_cm + max(0.9, row_cm(names, width_cm)) * len(wide)
    with chart("grid of shares", title, subtitle, width_cm, body_cm) as ax:
        values = wide.to_numpy(dtype=float)
        _shade(ax, values, [f"{share:.0%}" for share in values.ravel()], ["#ffffff", PALE, GREY])
        _name_columns(ax, columns, head_cm)
        ax.set_yticks(range(len(wide)), [row_name(name, width_cm) for name in names])
    return ax


def plot_barcode(
    positions: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Strips of strokes, one strip per article, one stroke per attribution.

    Strokes of unnamed sources are long and orange.

    `positions` is the table of find_positions: doc_id, position (0 to 1) and is_unnamed; a column
    headline or outlet names the strips. Of more than 24 articles those with most attributions are
    drawn; the subtitle says so.

    >>> ax = onrecord.plot_barcode(onrecord.find_positions(analysis), title="Unnamed sources come late")
    >>> len(ax.get_yticklabels())
    11
    """
    label = next((name for name in ("headline", "outlet") if name in positions.columns), "doc_id")
    counts = positions.groupby("doc_id", sort=False).agg(name=(label, "first"), n=("position", "size"))
    is_cut = len(counts) > _MOST_STRIPS
    note = f"; the {_MOST_STRIPS} with most of {len(counts):,} articles" if is_cut else ""
    counts = counts.nlargest(_MOST_STRIPS, "n").sort_values("n", ascending=False, kind="stable")
    n_unnamed = int(positions["is_unnamed"].fillna(False).sum())
    subtitle = subtitle or (
        f"Position of attributions, from first to last word; n = {len(positions):,}; "
        f"long orange strokes: {n_unnamed:,} of unnamed sources{note}"
    )
    with chart("barcode of articles", title, subtitle, width_cm, 1.0 + 0.55 * len(counts)) as ax:
        y = dict(zip(counts.index, row_positions(len(counts)), strict=True))
        shown = positions[positions["doc_id"].isin(counts.index)]
        at = shown["doc_id"].map(y).to_numpy(dtype=float)
        is_unnamed = shown["is_unnamed"].fillna(False).to_numpy(bool)
        x = shown["position"].to_numpy(dtype=float)
        ax.barh(list(y.values()), 1, 0.5, color=FAINT)
        looks = ((~is_unnamed, _SHORT, GREY, 1.0), (is_unnamed, _LONG, ACCENT, 1.8))
        for part, half, colour, width in looks:
            ax.vlines(x[part], at[part] - half, at[part] + half, color=colour, linewidth=width)
        names = [shortened(or_missing(name), by_width(width_cm, 34, 16)) for name in counts["name"]]
        ax.set_yticks(list(y.values()), names, fontsize=7.5)
        ax.set_xticks([0, 0.5, 1], ["start", "middle", "end"])
        ax.set(xlim=(0, 1), ylim=(-0.6, max(len(counts), 1) - 0.4))
        no_frame(ax)
    return ax


def _shade(ax: Axes, values: np.ndarray, texts: list[str], colours: list[str]) -> None:
    """Draw `values` as cells from white to the last of `colours`.

    Each known cell has its text.
    """
    shades = LinearSegmentedColormap.from_list("shades", colours)
    if values.size:
        ax.imshow(values, cmap=shades, vmin=0, vmax=max(np.nanmax(values, initial=0), 1e-9), aspect="auto")
    for (row, column), text in zip(np.ndindex(values.shape), texts, strict=True):
        if not np.isnan(values[row, column]):
            ax.text(column, row, text, ha="center", va="center", fontsize=LABEL_PT)
    ax.xaxis.tick_top()
    no_frame(ax)


def _largest_columns(table: pd.DataFrame, most: int) -> tuple[pd.DataFrame, str]:
    """The `most` columns of the largest sums, in their order.

    A note says where there are more.
    """
    if table.shape[1] <= most:
        return table, ""
    largest = np.sort(np.argsort(-table.sum().to_numpy(dtype=float), kind="stable")[:most])
    return table.iloc[:, largest], f"; the {most} largest of {table.shape[1]:,} columns"


def _column_names(names: pd.Index, width_cm: float) -> tuple[list[str], float]:
    """Names of columns and their height.

    They are upright where a word is wider than its column.
    """
    room = min(16, int(3.2 * width_cm / max(len(names), 1)))
    texts = [words_of(or_missing(name)) for name in names]
    if any(len(word) > room for text in texts for word in clean(text).split()):
        texts = [shortened(text, _LONGEST_UPRIGHT) for text in texts]
        return texts, 0.4 + 0.18 * max(map(len, texts))
    return [wrapped(text, room) for text in texts], _HEAD_CM


def _name_columns(ax: Axes, texts: list[str], head_cm: float) -> None:
    ax.set_xticks(range(len(texts)), texts, rotation=90 if head_cm != _HEAD_CM else 0)
