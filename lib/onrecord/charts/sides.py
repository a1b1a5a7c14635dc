"""Bars on either side of a middle: stance, and the words of two groups."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from onrecord.charts.areas import note_area, note_rows
from onrecord.charts.frame import (
    GREY,
    INK,
    PALE,
    PART_COLOURS,
    by_width,
    chart,
    name_rows,
    no_frame,
    row_cm,
    row_positions,
    write_at,
    write_beside,
)
from onrecord.charts.selection import most_important, unit_and_n, with_group
from onrecord.charts.words import or_missing, shortened, words_of, wrapped
from onrecord.measures.layout import n_column, value_column

_STANCES = ["distancing", "neutral", "endorsing"]
_TONES = ["negative", "neutral", "positive"]
_LEAST_MIDDLE_CM = 1.6  # a narrower middle has no room for its figure
_MOST_WORDS = (12, 8)  # of each side: page, column
_LIMIT = 1.96  # |z| beyond which a word is rarely typical by chance


def draw_sides(shares: pd.DataFrame, title: str, subtitle: str | None, width_cm: float) -> Axes:
    """Bars around a neutral middle, one per group; see plot_parts."""
    value, n_name = value_column(shares), n_column(shares)
    if shares.columns[1] == "n_hits":  # not grouped
        shares = with_group(shares, shares.columns[0])
    group, part = shares.columns[:2]
    sides = _TONES if (shares[part] == "negative").any() else _STANCES
    shares = shares.assign(**{group: shares[group].map(or_missing)}).dropna(subset=[value])
    wide = shares.pivot(index=group, columns=part, values=value)
    wide = wide.reindex(columns=sides).fillna(0).astype(float)
    n = shares.drop_duplicates(group).set_index(group)[n_name]
    wide, note = most_important(wide.assign(n_articles=n), sides[0])
    other = sorted({words_of(name) for name in shares[part]} - set(sides))
    note += f"; not drawn: {', '.join(other)}" if other else ""
    names = [f"{name}\nn = {n[name]:,}" for name in wide.index]
    body_cm = 1.0 + row_cm(names, width_cm) * len(wide)
    subtitle = subtitle or unit_and_n(shares, intervals=False) + note
    with chart("diverging bar chart", title, subtitle, width_cm, body_cm) as ax:
        y = row_positions(len(wide))
        left, middle, right = (wide[side].to_numpy() for side in sides)
        looks = (
            (-middle / 2 - left, left, PART_COLOURS["distancing"], ""),
            (-middle / 2, middle, PART_COLOURS["neutral"], ""),
            (middle / 2, right, PART_COLOURS["endorsing"], "////"),
        )
        for start, width, colour, hatch in looks:
            ax.barh(y, width, 0.62, left=start, color=colour, edgecolor="white", hatch=hatch)
        for side, (start, width, *_) in zip(sides, looks, strict=True):
            for key, at, low, share in zip(wide.index, y, start, width, strict=True):
                note_area(ax, {group: key, part: side}, (low, low + share), (at - 0.31, at + 0.31))
        for at, low, share, high in zip(y, left, middle, right, strict=True):
            write_at(ax, f"{low:.0%}", (-share / 2 - low, at), (-3, 0), va="center", ha="right")
            write_at(ax, f"{high:.0%}", (share / 2 + high, at), (3, 0), va="center")
            if share * width_cm > _LEAST_MIDDLE_CM:
                write_at(ax, f"{share:.0%}", (0, at), (0, 0), va="center", ha="center")
        name_rows(ax, y, names, width_cm)
        widest = max([0.1, *(middle / 2 + left), *(middle / 2 + right)])
        reach = widest * (2.2 if not by_width(width_cm, 1, 0) else 1.3)  # room for the figures outside
        ax.set_xlim(-reach, reach)
        ax.set_ylim(-0.6, max(len(wide), 1) - 0.4)
        ax.set_xticks([-0.66 * reach, 0, 0.66 * reach], [f"← {sides[0]}", sides[1], f"{sides[2]} →"])
        ax.xaxis.tick_top()
        no_frame(ax)
    return ax


def plot_keyness(
    keyness: pd.DataFrame,
    *,
    sides: tuple[str, str],
    title: str,
    subtitle: str | None = None,
    width_cm: float = 16,
) -> Axes:
    """Bars of z for the words most typical of either side, away from a middle.

    `keyness` is the table of compare_words: word, z (above 0: typical of the first of `sides`),
    n_articles_a and n_articles_b. The twelve strongest words of each side are drawn, eight in a
    newspaper column.

    >>> keyness = onrecord.compare_words(documents, documents, a="Clear Signal")
    >>> sides = ("Clear Signal", "the other outlet")
    >>> ax = onrecord.plot_keyness(keyness, sides=sides, title="Each outlet has its own words")
    >>> ax.get_label()
    'diverging bar chart'
    """
    most = by_width(width_cm, *_MOST_WORDS)
    ranked = keyness.dropna(subset=["z"]).sort_values("z", ascending=False, kind="stable")
    shown = pd.concat([ranked[ranked["z"] > 0].head(most), ranked[ranked["z"] < 0].tail(most)])
    subtitle = subtitle or (
        f"z of the log-odds of {len(keyness):,} words; beside each: articles with it, "
        f"{sides[0]} / {sides[1]}; dotted: |z| = {_LIMIT}"
    )
    with chart("diverging bar chart", title, subtitle, width_cm, 1.4 + 0.5 * len(shown)) as ax:
        y, z = row_positions(len(shown)), shown["z"].to_numpy(dtype=float)
        note_rows(ax, shown, y, 0.5)
        ax.barh(y, z, 0.66, color=[PART_COLOURS["distancing"] if side > 0 else PALE for side in z])
        ax.axvline(0, color=INK, linewidth=0.8)
        for limit in (-_LIMIT, _LIMIT):
            ax.axvline(limit, color=GREY, linewidth=0.8, linestyle=":")
        room = by_width(width_cm, 18, 12)
        for at, word, side in zip(y, shown["word"], z, strict=True):
            offset, align = ((-4, 0), "right") if side > 0 else ((4, 0), "left")
            write_at(ax, shortened(word, room), (0, at), offset, va="center", ha=align)
        counts = zip(shown["n_articles_a"], shown["n_articles_b"], strict=True)
        write_beside(ax, y, [f"{a:,} / {b:,}" for a, b in counts])
        reach = 1.05 * max([3, *abs(z)])
        ax.set_xlim(-reach, reach)
        ax.set_ylim(-0.6, max(len(shown), 1) - 0.4)
        room = by_width(width_cm, 26, 15)
        ax.set_xticks(
            [-reach / 2, reach / 2], [wrapped(f"← {sides[1]}", room), wrapped(f"{sides[0]} →", room)]
        )
        ax.xaxis.tick_top()
        ax.set_yticks([])
        no_frame(ax)
    return ax
