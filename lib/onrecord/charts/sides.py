"""Bars on either side of a middle: stance, and the words of two groups."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from onrecord.charts.frame import (
    GREY,
    INK,
    PALE,
    PART_COLOURS,
    STANCES,
    STYLE,
    chart_axes,
    name_rows,
    row_cm,
    write_at,
    write_beside,
)
from onrecord.charts.rows import (
    INTERVALS,
    most_important,
    n_column,
    or_missing,
    shortened,
    unit_and_n,
    value_column,
    words_of,
    wrapped,
)


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
