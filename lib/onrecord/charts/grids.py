"""Fields: counts and shares in a table, squares of a hundred, stripes of an article."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from onrecord.charts.frame import (
    ACCENT,
    ACCENTS,
    GREY,
    GREYS,
    HATCHES,
    PALE,
    PART_COLOURS,
    STYLE,
    chart_axes,
    row_cm,
    row_name,
)
from onrecord.charts.rows import (
    INTERVALS,
    MOST_ROWS,
    most_important,
    n_column,
    or_missing,
    shortened,
    unit_and_n,
    value_column,
    words_of,
    wrapped,
)
from onrecord.text.characters import clean


def plot_grid(
    table: pd.DataFrame, *, title: str, subtitle: str, is_unnamed: bool = False, width_cm: float = 16
) -> Axes:
    """Draw a table of counts (rows and columns as in its index and columns) as shaded, numbered cells.

    With is_unnamed the cells count unnamed sources, and are shaded in their colour.
    """
    n_rows, table = len(table), table.head(MOST_ROWS)
    table, note = largest_columns(table, 10 if width_cm >= 12 else 7)
    subtitle += note + (f"; the first {MOST_ROWS} of {n_rows:,} rows" if n_rows > MOST_ROWS else "")
    names = [row_name(words_of(or_missing(name)), width_cm) for name in table.index]
    columns, head_cm = column_names(table.columns, width_cm)
    ax = chart_axes(title, subtitle, width_cm, head_cm + row_cm(names, width_cm) * len(table))
    ax.set_label("table of counts")
    with plt.style.context(STYLE):
        values = table.to_numpy(dtype=float)
        colours = ["#ffffff", ACCENTS["broad"], ACCENT] if is_unnamed else ["#ffffff", PALE, GREY]
        shade(ax, values, [f"{count:,.0f}" for count in values.ravel()], colours)
        name_columns(ax, columns, head_cm)
        ax.set_yticks(range(len(table)), names)
    return ax


def plot_shares_grid(
    shares: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw a table of shares as shaded cells, first column down, second across; each says its share.

    `shares` is a table of shares with two label columns: outlet and definition, outlet and variant. A
    cell without a denominator stays empty; below each row's name stands its n.
    """
    value = value_column(shares)
    row, column = shares.columns[:2]
    shares = shares.assign(**{row: shares[row].map(or_missing), column: shares[column].map(or_missing)})
    wide = shares.pivot(index=row, columns=column, values=value).astype(float)
    counts = shares.groupby(row)[n_column(shares)].max()
    order, note = most_important(counts.rename("n").to_frame(), "n")
    across = [name for name in PART_COLOURS if name in wide.columns]
    across += [name for name in dict.fromkeys(shares[column]) if name not in across]
    wide = wide.reindex(index=order.index, columns=across)
    wide, cut = largest_columns(wide, 10 if width_cm >= 12 else 6)
    note += cut
    subtitle = subtitle or unit_and_n(shares).removesuffix("; " + INTERVALS) + note
    names = [f"{name}\nn = {n:,}" for name, n in order["n"].items()]
    columns, head_cm = column_names(wide.columns, width_cm)
    body_cm = head_cm + max(0.9, row_cm(names, width_cm)) * len(wide)
    ax = chart_axes(title, subtitle, width_cm, body_cm)
    ax.set_label("grid of shares")
    with plt.style.context(STYLE):
        values = wide.to_numpy(dtype=float)
        shade(ax, values, [f"{share:.0%}" for share in values.ravel()], ["#ffffff", PALE, GREY])
        name_columns(ax, columns, head_cm)
        ax.set_yticks(range(len(wide)), [row_name(name, width_cm) for name in names])
    return ax


def plot_waffle(
    shares: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw a hundred squares, so many of each value as its share in per cent, the largest value first.

    `shares` is share_each without groups. Squares are given by the largest remainder, so that they are
    a hundred; the exact share stands beside each value.
    """
    value, label = value_column(shares), shares.columns[0]
    shown = shares[shares[value] > 0].sort_values(value, ascending=False, kind="stable")
    most = len(HATCHES) if width_cm >= 12 else 6
    note = f"; the {most} largest of {len(shown):,} values" if len(shown) > most else ""
    shown = shown.head(most)
    subtitle = subtitle or "Of 100: " + unit_and_n(shares).removesuffix("; " + INTERVALS).lower() + note
    ax = chart_axes(title, subtitle, width_cm, 5.2 if width_cm >= 12 else 3.6)
    ax.set_label("hundred squares")
    with plt.style.context(STYLE):
        squares = hundred(shown[value].to_numpy(dtype=float))
        kinds = np.repeat(np.arange(len(shown)), squares)
        places = np.column_stack([np.arange(len(kinds)) // 10, 9 - np.arange(len(kinds)) % 10])
        handles = []
        for number, (name, share) in enumerate(zip(shown[label], shown[value], strict=True)):
            at = places[kinds == number]
            colour = PART_COLOURS.get(name, GREYS[number % len(GREYS)])
            look = {"color": colour, "edgecolor": "white", "hatch": HATCHES[number % len(HATCHES)]}
            text = f"{shortened(words_of(or_missing(name)), 26 if width_cm >= 12 else 14)} {share:.0%}"
            handles.append(ax.bar(at[:, 0], 0.86, 0.86, at[:, 1] - 0.43, label=text, **look))
        if handles:
            ax.legend(handles=handles, loc="center left", bbox_to_anchor=(1, 0.5), handlelength=1.2)
        ax.set(xlim=(-0.5, 9.5), ylim=(-0.5, 9.5), xticks=[], yticks=[], aspect="equal", anchor="W")
        ax.spines[:].set_visible(False)
    return ax


def plot_barcode(
    places: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw one strip an article and a stroke where each attribution stands, unnamed sources long and orange.

    `places` (as find_positions returns it) has doc_id, place (0 the first character of the article, 1 the
    last) and is_unnamed; a column headline or outlet before place names the strips.
    """
    label = next((name for name in ("headline", "outlet") if name in places.columns), "doc_id")
    counts = places.groupby("doc_id", sort=False).agg(name=(label, "first"), n=("position", "size"))
    most = 24
    note = f"; the {most} with most of {len(counts):,} articles" if len(counts) > most else ""
    counts = counts.nlargest(most, "n").sort_values("n", ascending=False, kind="stable")
    n_unnamed = int(places["is_unnamed"].fillna(False).sum())
    subtitle = subtitle or (
        f"Where attributions stand, from first to last word; n = {len(places):,}; "
        f"long orange strokes: {n_unnamed:,} of unnamed sources{note}"
    )
    ax = chart_axes(title, subtitle, width_cm, 1.0 + 0.55 * len(counts))
    ax.set_label("barcode of articles")
    with plt.style.context(STYLE):
        y = dict(zip(counts.index, np.arange(len(counts))[::-1], strict=True))
        shown = places[places["doc_id"].isin(counts.index)]
        at, is_unnamed = (
            shown["doc_id"].map(y).to_numpy(dtype=float),
            shown["is_unnamed"].fillna(False).to_numpy(bool),
        )
        x = shown["position"].to_numpy(dtype=float)
        ax.barh(list(y.values()), 1, 0.5, color="#f2f4f5")
        ax.vlines(x[~is_unnamed], at[~is_unnamed] - 0.18, at[~is_unnamed] + 0.18, color=GREY, linewidth=1)
        ax.vlines(x[is_unnamed], at[is_unnamed] - 0.36, at[is_unnamed] + 0.36, color=ACCENT, linewidth=1.8)
        room = 34 if width_cm >= 12 else 16
        ax.set_yticks(
            list(y.values()), [shortened(or_missing(name), room) for name in counts["name"]], fontsize=7.5
        )
        ax.set_xticks([0, 0.5, 1], ["start", "middle", "end"])
        ax.set(xlim=(0, 1), ylim=(-0.6, max(len(counts), 1) - 0.4))
        ax.spines[:].set_visible(False)
        ax.grid(visible=False)
    return ax


def shade(ax: Axes, values: np.ndarray, texts: list[str], colours: list[str]) -> None:
    """Draw `values` as cells from white to the last of `colours`, each known one with its text."""
    shades = LinearSegmentedColormap.from_list("shades", colours)
    if values.size:
        ax.imshow(values, cmap=shades, vmin=0, vmax=max(np.nanmax(values, initial=0), 1e-9), aspect="auto")
    for (row, column), text in zip(np.ndindex(values.shape), texts, strict=True):
        if not np.isnan(values[row, column]):
            ax.text(column, row, text, ha="center", va="center", fontsize=8)
    ax.xaxis.tick_top()
    ax.spines[:].set_visible(False)
    ax.grid(visible=False)


def hundred(shares: np.ndarray) -> np.ndarray:
    """Return whole numbers near 100 * shares that add up to the rounded sum of these."""
    exact = 100 * shares
    whole = np.floor(exact + 1e-9)
    missing = int(round(exact.sum()) - whole.sum())
    whole[np.argsort(whole - exact, kind="stable")[:missing]] += 1
    return whole.astype(int)


def largest_columns(table: pd.DataFrame, most: int) -> tuple[pd.DataFrame, str]:
    """Return the `most` columns of the largest sums, in their order, and a note where there are more."""
    if table.shape[1] <= most:
        return table, ""
    largest = np.sort(np.argsort(-table.sum().to_numpy(dtype=float), kind="stable")[:most])
    return table.iloc[:, largest], f"; the {most} largest of {table.shape[1]:,} columns"


def column_names(names: pd.Index, width_cm: float) -> tuple[list[str], float]:
    """Return the names of columns and the height they take, upright where a word is wider than its column."""
    room = min(16, int(3.2 * width_cm / max(len(names), 1)))
    texts = [words_of(or_missing(name)) for name in names]
    if any(len(word) > room for text in texts for word in clean(text).split()):
        texts = [shortened(text, 22) for text in texts]
        return texts, 0.4 + 0.18 * max(map(len, texts))
    return [wrapped(text, room) for text in texts], 1.6


def name_columns(ax: Axes, texts: list[str], head_cm: float) -> None:
    ax.set_xticks(range(len(texts)), texts, rotation=90 if head_cm != 1.6 else 0)
