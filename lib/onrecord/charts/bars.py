"""Bars: one a row, three nested ones a group, parts of a whole, two sides of a middle."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.ticker import PercentFormatter

from onrecord.charts.frame import (
    ACCENTS,
    GREY,
    GREYS,
    HATCHES,
    INK,
    PALE,
    PART_COLOURS,
    STANCES,
    STYLE,
    bar_colour,
    chart_axes,
    draw_intervals,
    name_rows,
    percent_axis,
    row_cm,
    write_at,
    write_beside,
)
from onrecord.charts.rows import (
    INTERVALS,
    MOST_ROWS,
    figures_beside,
    label_column,
    most_important,
    n_column,
    only_one_row_a_group,
    or_missing,
    shortened,
    unit_and_n,
    value_column,
    words_of,
    wrapped,
)
from onrecord.measures.units import DEFINITIONS


def plot_shares(
    rates: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw one bar a row of `rates`, the largest share on top, with its interval and its n."""
    value = value_column(rates)
    label = label_column(rates)
    only_one_row_a_group(rates, label)
    shown, note = most_important(rates.dropna(subset=[value]), value)
    body_cm = 1.2 + row_cm(shown[label], width_cm) * len(shown)
    ax = chart_axes(title, subtitle or unit_and_n(rates) + note, width_cm, body_cm)
    ax.set_label("bar chart")
    with plt.style.context(STYLE):
        y = np.arange(len(shown))[::-1]
        colour = bar_colour(rates)
        ax.barh(y, shown[value], height=0.62, color=colour)
        draw_intervals(ax, shown, y)
        write_beside(ax, y, [figures_beside(row, value) for row in shown.to_dict("records")])
        name_rows(ax, y, shown[label], width_cm)
        percent_axis(ax.xaxis, shown, value)
        ax.set_xlim(0, min(1, 1.04 * np.nanmax([*shown["high"].fillna(0), *shown[value], 0.05])))
        ax.grid(visible=False, axis="y")
    return ax


def plot_nested_shares(
    rates: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw the strict, standard and broad share of each group together, sorted by the standard one.

    Needs the table of share_unnamed: published rates differ mostly by definition, so none stands alone.
    """
    value = value_column(rates)
    label = rates.columns[0]
    if label == "definition":
        rates = rates.assign(corpus="All articles")
        label = "corpus"
    order = rates[rates["definition"] == "standard"].dropna(subset=[value])
    order, note = most_important(order, value, most=MOST_ROWS // 2)
    ax = chart_axes(title, subtitle or unit_and_n(rates) + note, width_cm, 1.2 + 1.75 * len(order))
    ax.set_label("bar chart")
    with plt.style.context(STYLE):
        centres = np.arange(len(order))[::-1].astype(float)
        for step, definition in zip((0.27, 0, -0.27), DEFINITIONS, strict=True):
            part = rates[rates["definition"] == definition]
            part = order[[label]].merge(part, on=label, how="left", validate="1:1")
            y = centres + step
            ax.barh(y, part[value], height=0.24, color=ACCENTS[definition])
            draw_intervals(ax, part, y)
            write_beside(ax, y, [f"{share:.0%} {definition}" for share in part[value]])
        n = n_column(rates)
        names = [f"{name}\nn = {count:,}" for name, count in zip(order[label], order[n], strict=True)]
        name_rows(ax, centres, names, width_cm)
        percent_axis(ax.xaxis, rates, value)
        ax.set_xlim(0, min(1, 1.04 * np.nanmax([*rates["high"].fillna(0), *rates[value].fillna(0), 0.05])))
        ax.set_ylim(-0.6, len(order) - 0.4)
        ax.grid(visible=False, axis="y")
    return ax


def plot_counts(
    counts: pd.DataFrame, *, title: str, subtitle: str, column: str = "n_attributions", width_cm: float = 16
) -> Axes:
    """Draw one bar a row of `counts`, as long as `column`; the first text column names the rows."""
    label = label_column(counts)
    shown, note = most_important(counts, column)
    ax = chart_axes(title, subtitle + note, width_cm, 0.6 + row_cm(shown[label], width_cm) * len(shown))
    ax.set_label("bar chart")
    with plt.style.context(STYLE):
        y = np.arange(len(shown))[::-1]
        ax.barh(y, shown[column], height=0.62, color=GREY)
        for at, count in zip(y, shown[column], strict=True):
            write_at(ax, f"{count:,}", (count, at), (3, 0), va="center")
        name_rows(ax, y, shown[label], width_cm)
        ax.set_xlim(0, 1.1 * max([*shown[column], 1]))
        ax.xaxis.set_visible(False)
        ax.spines["bottom"].set_visible(False)
        ax.grid(visible=False)
    return ax


def plot_parts(
    shares: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw one bar of 100 % a group, cut into the values of the second column of share_each."""
    value = value_column(shares)
    if shares.columns[1] == "n_hits":  # not grouped
        shares = shares.assign(corpus="All articles")[["corpus", *shares.columns]]
    group, part = shares.columns[:2]
    shares = shares.assign(**{group: shares[group].map(or_missing)})
    wide = shares.pivot(index=group, columns=part, values=value).fillna(0).astype(float)
    known = [name for name in PART_COLOURS if name in wide.columns]
    wide = wide[known + [name for name in wide.columns if name not in known]]
    n = shares.drop_duplicates(group).set_index(group)[n_column(shares)]
    note = f"; the {MOST_ROWS} with most {words_of(n.name.removeprefix('n_'))} of {len(wide):,}"
    note = note if len(wide) > MOST_ROWS else ""
    wide = wide.loc[n.nlargest(MOST_ROWS).index]
    wide = wide.sort_values(list(wide.columns[:1]))
    names = [f"{name}\nn = {n[name]:,}" for name in wide.index]
    legend_columns = 2 if width_cm < 12 else 4
    body_cm = 0.8 + 0.5 * -(-wide.shape[1] // legend_columns) + row_cm(names, width_cm) * len(wide)
    subtitle = subtitle or unit_and_n(shares).removesuffix("; " + INTERVALS) + note
    ax = chart_axes(title, subtitle, width_cm, body_cm)
    ax.set_label("stacked bar chart")
    with plt.style.context(STYLE):
        y, left = np.arange(len(wide)), np.zeros(len(wide))
        room = 24 if width_cm >= 12 else 13
        for number, name in enumerate(wide.columns):
            colour = PART_COLOURS.get(name, GREYS[number % len(GREYS)])
            look = {"color": colour, "edgecolor": "white", "hatch": HATCHES[number % len(HATCHES)]}
            bars = ax.barh(y, wide[name], 0.66, left=left, label=shortened(words_of(name), room), **look)
            wide_enough = [f"{share:.0%}" if share * width_cm > 1.4 else "" for share in wide[name]]
            ink = "white" if sum(to_rgb(colour)) < 1.5 else INK
            for text in ax.bar_label(bars, wide_enough, label_type="center", fontsize=8, color=ink):
                text.set_bbox(
                    {"facecolor": colour, "edgecolor": "none", "pad": 1} if text.get_text() else None
                )
            left += wide[name].to_numpy()
        name_rows(ax, y, names, width_cm)
        spacing = {"handlelength": 1.2, "columnspacing": 1.2, "borderpad": 0}
        if len(wide):
            ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=legend_columns, **spacing)
        ax.set_xlim(0, 1)
        ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        ax.grid(visible=False)
    return ax


def plot_diverging(
    shares: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw one bar a group around a middle: distancing left, neutral in the middle, endorsing right.

    `shares` is share_each of cue_stance (or of target_tone: negative, neutral, positive) by a group.
    Other values have no side: they are left out of the bars and named in the subtitle.
    """
    value = value_column(shares)
    if shares.columns[1] == "n_hits":
        shares = shares.assign(corpus="All articles")[["corpus", *shares.columns]]
    group, part = shares.columns[:2]
    sides = ["negative", "neutral", "positive"] if (shares[part] == "negative").any() else STANCES
    shares = shares.assign(**{group: shares[group].map(or_missing)}).dropna(subset=[value])
    wide = (
        shares.pivot(index=group, columns=part, values=value).reindex(columns=sides).fillna(0).astype(float)
    )
    n = shares.drop_duplicates(group).set_index(group)[n_column(shares)]
    wide, note = most_important(wide.assign(n_articles=n), sides[0])
    other = sorted({words_of(name) for name in shares[part]} - set(sides))
    note += f"; not drawn: {', '.join(other)}" if other else ""
    names = [f"{name}\nn = {n[name]:,}" for name in wide.index]
    body_cm = 1.0 + row_cm(names, width_cm) * len(wide)
    subtitle = subtitle or unit_and_n(shares).removesuffix("; " + INTERVALS) + note
    ax = chart_axes(title, subtitle, width_cm, body_cm)
    ax.set_label("diverging bar chart")
    with plt.style.context(STYLE):
        y = np.arange(len(wide))[::-1]
        left, middle, right = (wide[side].to_numpy() for side in sides)
        looks = (
            (-middle / 2 - left, left, PART_COLOURS["distancing"], ""),
            (-middle / 2, middle, PART_COLOURS["neutral"], ""),
            (middle / 2, right, PART_COLOURS["endorsing"], "////"),
        )
        for start, width, colour, hatch in looks:
            ax.barh(y, width, 0.62, left=start, color=colour, edgecolor="white", hatch=hatch)
        for at, low, share, high in zip(y, left, middle, right, strict=True):
            write_at(ax, f"{low:.0%}", (-share / 2 - low, at), (-3, 0), va="center", ha="right")
            write_at(ax, f"{high:.0%}", (share / 2 + high, at), (3, 0), va="center")
            if share * width_cm > 1.6:
                write_at(ax, f"{share:.0%}", (0, at), (0, 0), va="center", ha="center")
        name_rows(ax, y, names, width_cm)
        reach = max([0.1, *(middle / 2 + left), *(middle / 2 + right)]) * (
            1 + (1.2 if width_cm < 12 else 0.3)
        )
        ax.set_xlim(-reach, reach)
        ax.set_ylim(-0.6, max(len(wide), 1) - 0.4)
        ax.set_xticks([-0.66 * reach, 0, 0.66 * reach], [f"← {sides[0]}", sides[1], f"{sides[2]} →"])
        ax.xaxis.tick_top()
        ax.spines[:].set_visible(False)
        ax.grid(visible=False)
    return ax


def plot_keyness(
    keyness: pd.DataFrame,
    *,
    sides: tuple[str, str],
    title: str,
    subtitle: str | None = None,
    width_cm: float = 16,
) -> Axes:
    """Draw the words most typical of either side as bars of z away from a middle.

    `keyness` has word, z (above 0: typical of the first of `sides`), n_articles_a and n_articles_b. The
    twelve strongest words of each side are drawn, six in a column of a newspaper.
    """
    most = 12 if width_cm >= 12 else 8
    ranked = keyness.dropna(subset=["z"]).sort_values("z", ascending=False, kind="stable")
    shown = pd.concat([ranked[ranked["z"] > 0].head(most), ranked[ranked["z"] < 0].tail(most)])
    subtitle = subtitle or (
        f"z of the log-odds of {len(keyness):,} words; beside each: articles with it, "
        f"{sides[0]} / {sides[1]}; dotted: |z| = 1.96"
    )
    ax = chart_axes(title, subtitle, width_cm, 1.4 + 0.5 * len(shown))
    ax.set_label("diverging bar chart")
    with plt.style.context(STYLE):
        y, z = np.arange(len(shown))[::-1], shown["z"].to_numpy(dtype=float)
        colours = [PART_COLOURS["distancing"] if side > 0 else PALE for side in z]
        ax.barh(y, z, 0.66, color=colours)
        ax.axvline(0, color=INK, linewidth=0.8)
        for limit in (-1.96, 1.96):
            ax.axvline(limit, color=GREY, linewidth=0.8, linestyle=":")
        for at, word, side in zip(y, shown["word"], z, strict=True):
            where = {"va": "center", "ha": "right" if side > 0 else "left"}
            write_at(
                ax,
                shortened(word, 18 if width_cm >= 12 else 12),
                (0, at),
                (-4 if side > 0 else 4, 0),
                **where,
            )
        counts = zip(shown["n_articles_a"], shown["n_articles_b"], strict=True)
        write_beside(ax, y, [f"{a:,} / {b:,}" for a, b in counts])
        reach = 1.05 * max([3, *abs(z)])
        ax.set_xlim(-reach, reach)
        ax.set_ylim(-0.6, max(len(shown), 1) - 0.4)
        room = 26 if width_cm >= 12 else 15
        ax.set_xticks(
            [-reach / 2, reach / 2], [wrapped(f"← {sides[1]}", room), wrapped(f"{sides[0]} →", room)]
        )
        ax.xaxis.tick_top()
        ax.set_yticks([])
        ax.spines[:].set_visible(False)
        ax.grid(visible=False)
    return ax
