"""Bars: one per row, three nested ones per group, parts of a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from onrecord.charts.areas import note_area, note_rows
from onrecord.charts.frame import (
    ACCENTS,
    GREY,
    GREYS,
    HATCHES,
    INK,
    LABEL_PT,
    PART_COLOURS,
    bar_colour,
    by_width,
    chart,
    draw_intervals,
    name_rows,
    percent_axis,
    row_cm,
    row_positions,
    share_limit,
    whole_percent_axis,
    write_at,
    write_beside,
)
from onrecord.charts.selection import (
    MOST_ROWS,
    label_column,
    most_important,
    require_one_row_per_group,
    unit_and_n,
    with_group,
)
from onrecord.charts.sides import draw_sides
from onrecord.charts.words import named_values, or_missing, share_in_figures, shortened, words_of
from onrecord.measures.layout import n_column, value_column
from onrecord.measures.units import DEFINITIONS
from onrecord.tables import require

# Sizes, chosen by eye on the gallery at 8 and 16 cm.
_BAR = 0.62  # height of a bar, of its row
_ROW = 0.94  # height of the area of a bar that is clicked
_NESTED_CM = 1.75  # height of a group of three bars
_NESTED_STEPS = (0.27, 0, -0.27)  # the strict bar above the standard one, the broad one below
_LEAST_PART_CM = 1.4  # a narrower part has no room for its figure
_DARK = 1.5  # sum of red, green and blue below which white figures are read better


def plot_shares(
    shares: pd.DataFrame,
    *,
    title: str,
    subtitle: str | None = None,
    reference: Mapping[str, float] | None = None,
    width_cm: float = 16,
) -> Axes:
    """Bars of shares, one per row, the largest on top, each with its interval and n.

    `shares` is a table of shares with one row per group. The table of share_unnamed with all three
    definitions is drawn as three bars per group, sorted by the standard definition: published rates
    differ mostly by definition, so each is shown with the other two. `reference` has published shares (0
    to 1) by a short label, drawn as dashed lines across the bars.

    Of more than 30 rows (15 groups of three bars) those with most articles are drawn; the subtitle says
    so. Raises ValueError for a table without just one share, or with several rows per group.

    >>> shares = onrecord.share_unnamed(analysis, by="outlet")
    >>> ax = onrecord.plot_shares(shares, title="Clear Signal leaves most sources unnamed")
    >>> len(ax.patches)
    6
    """
    if "definition" in shares.columns and shares["definition"].nunique() > 1:
        return _plot_nested(shares, title, subtitle, width_cm)
    value, label, n = value_column(shares), label_column(shares), n_column(shares)
    require_one_row_per_group(shares, label)
    shown, note = most_important(shares.dropna(subset=[value]), value)
    body_cm = 1.2 + row_cm(shown[label], width_cm) * len(shown)
    with chart("bar chart", title, subtitle or unit_and_n(shares) + note, width_cm, body_cm) as ax:
        y = row_positions(len(shown))
        ax.barh(y, shown[value], height=_BAR, color=bar_colour(shares))
        note_rows(ax, shown, y, _ROW / 2)
        draw_intervals(ax, shown, y)
        write_beside(ax, y, [share_in_figures(row, value, n) for row in shown.to_dict("records")])
        name_rows(ax, y, named_values(shown[label]), width_cm)
        percent_axis(ax.xaxis, shown, value)
        ax.set_xlim(
            0, max([share_limit(shown, value, 1.04), *(1.1 * at for at in (reference or {}).values())])
        )
        ax.grid(visible=False, axis="y")
        draw_references(ax, reference or {})
    return ax


def draw_references(ax: Axes, reference: Mapping[str, float]) -> None:
    """Dashed lines at published shares, each with its label above the bars."""
    for number, (label, share) in enumerate(reference.items()):
        ax.axvline(share, color=INK, linestyle="--", linewidth=0.8, zorder=1)
        ax.annotate(
            f"{label} {share:.0%}",
            (share, 1),
            xycoords=("data", "axes fraction"),
            xytext=(2, 2 + 8 * number),
            textcoords="offset points",
            fontsize=7,
            color=INK,
            annotation_clip=False,
        )


def _plot_nested(shares: pd.DataFrame, title: str, subtitle: str | None, width_cm: float) -> Axes:
    value, n = value_column(shares), n_column(shares)
    shares = with_group(shares, "definition")
    label = shares.columns[0]
    order = shares[shares["definition"] == "standard"].dropna(subset=[value])
    order, note = most_important(order, value, most=MOST_ROWS // 2)
    body_cm = 1.2 + _NESTED_CM * len(order)
    with chart("bar chart", title, subtitle or unit_and_n(shares) + note, width_cm, body_cm) as ax:
        centres = row_positions(len(order)).astype(float)
        for step, definition in zip(_NESTED_STEPS, DEFINITIONS, strict=True):
            part = shares[shares["definition"] == definition]
            part = order[[label]].merge(part, on=label, how="left", validate="1:1")
            y = centres + step
            ax.barh(y, part[value], height=0.24, color=ACCENTS[definition])
            note_rows(ax, part.assign(definition=definition), y, 0.13)
            draw_intervals(ax, part, y)
            write_beside(ax, y, [f"{share:.0%} {definition}" for share in part[value]])
        names = [f"{name}\nn = {count:,}" for name, count in zip(order[label], order[n], strict=True)]
        name_rows(ax, centres, names, width_cm)
        percent_axis(ax.xaxis, shares, value)
        ax.set_xlim(0, share_limit(shares, value, 1.04))
        ax.set_ylim(-0.6, len(order) - 0.4)
        ax.grid(visible=False, axis="y")
    return ax


def plot_counts(
    counts: pd.DataFrame, *, title: str, subtitle: str, column: str = "n_attributions", width_cm: float = 16
) -> Axes:
    """Bars of counts, one per row, as long as `column`, the largest on top.

    The first text column of `counts` names the rows. Of more than 30 rows the most important are drawn;
    the subtitle says so.

    >>> speakers = onrecord.count_speakers(analysis)
    >>> title = "Tomas Verrick is quoted most often"
    >>> ax = onrecord.plot_counts(speakers, title=title, subtitle="Attributions")
    >>> ax.get_yticklabels()[0].get_text()
    'Tomas Verrick'
    """
    require(counts, [column], table="counts")
    label = label_column(counts)
    shown, note = most_important(counts, column)
    body_cm = 0.6 + row_cm(shown[label], width_cm) * len(shown)
    with chart("bar chart", title, subtitle + note, width_cm, body_cm) as ax:
        y = row_positions(len(shown))
        ax.barh(y, shown[column], height=_BAR, color=GREY)
        note_rows(ax, shown, y, _ROW / 2)
        for at, count in zip(y, shown[column], strict=True):
            write_at(ax, f"{count:,}", (count, at), (3, 0), va="center")
        name_rows(ax, y, shown[label], width_cm)
        ax.set_xlim(0, 1.1 * max([*shown[column], 1]))
        ax.xaxis.set_visible(False)
        ax.spines["bottom"].set_visible(False)
        ax.grid(visible=False)
    return ax


def plot_parts(
    shares: pd.DataFrame,
    *,
    title: str,
    subtitle: str | None = None,
    is_diverging: bool = False,
    width_cm: float = 16,
) -> Axes:
    """Bars of 100%, one per group, divided into the values of a column.

    `shares` is a table as share_each returns it. Of more than 30 groups those with the largest n are
    drawn; the subtitle says so.

    With is_diverging the bars are around a neutral middle: distancing left and endorsing right (shares
    of cue_stance, also those of share_stance), or negative left and positive right (of target_tone).
    Other values have no side: they are not drawn, and named in the subtitle.

    >>> forms = onrecord.share_each(analysis, "form", by="outlet")
    >>> ax = onrecord.plot_parts(forms, title="Half of what was said is quoted")
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['direct', 'indirect']
    >>> stances = onrecord.share_each(analysis, "cue_stance", by="outlet")
    >>> ax = onrecord.plot_parts(stances, title="Reporting words rarely take sides", is_diverging=True)
    >>> ax.get_label()
    'diverging bar chart'
    """
    if is_diverging:
        return draw_sides(shares, title, subtitle, width_cm)
    value, n_name = value_column(shares), n_column(shares)
    if shares.columns[1] == "n_hits":  # not grouped
        shares = with_group(shares, shares.columns[0])
    group, part = shares.columns[:2]
    shares = shares.assign(**{group: shares[group].map(or_missing)})
    wide = shares.pivot(index=group, columns=part, values=value).fillna(0).astype(float)
    known = [name for name in PART_COLOURS if name in wide.columns]
    wide = wide[known + [name for name in wide.columns if name not in known]]
    n = shares.drop_duplicates(group).set_index(group)[n_name]
    unit = words_of(n_name.removeprefix("n_"))
    note = f"; the {MOST_ROWS} with most {unit} of {len(wide):,}" if len(wide) > MOST_ROWS else ""
    wide = wide.loc[n.nlargest(MOST_ROWS).index]
    wide = wide.sort_values(list(wide.columns[:1]))
    names = [f"{name}\nn = {n[name]:,}" for name in wide.index]
    legend_columns = by_width(width_cm, 4, 2)
    body_cm = 0.8 + 0.5 * -(-wide.shape[1] // legend_columns) + row_cm(names, width_cm) * len(wide)
    subtitle = subtitle or unit_and_n(shares, intervals=False) + note
    with chart("stacked bar chart", title, subtitle, width_cm, body_cm) as ax:
        y, left = np.arange(len(wide)), np.zeros(len(wide))
        room = by_width(width_cm, 24, 13)
        for number, name in enumerate(wide.columns):
            colour = PART_COLOURS.get(name, GREYS[number % len(GREYS)])
            look: dict[str, Any] = {
                "color": colour,
                "edgecolor": "white",
                "hatch": HATCHES[number % len(HATCHES)],
            }
            bars = ax.barh(y, wide[name], 0.66, left=left, label=shortened(words_of(name), room), **look)
            figures = [f"{share:.0%}" if share * width_cm > _LEAST_PART_CM else "" for share in wide[name]]
            ink = "white" if sum(to_rgb(colour)) < _DARK else INK
            for text in ax.bar_label(bars, figures, label_type="center", fontsize=LABEL_PT, color=ink):
                text.set_bbox(
                    {"facecolor": colour, "edgecolor": "none", "pad": 1} if text.get_text() else None
                )
            for at, (key, share, start) in enumerate(zip(wide.index, wide[name], left, strict=True)):
                note_area(ax, {group: key, part: name}, (start, start + share), (at - 0.33, at + 0.33))
            left += wide[name].to_numpy()
        name_rows(ax, y, names, width_cm)
        spacing = {"handlelength": 1.2, "columnspacing": 1.2, "borderpad": 0}
        if len(wide):
            ax.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=legend_columns, **spacing)
        ax.set_xlim(0, 1)
        whole_percent_axis(ax.xaxis)
        ax.grid(visible=False)
    return ax
