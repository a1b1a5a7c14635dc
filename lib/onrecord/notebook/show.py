"""Displays of passages and tables, in which words of an article are never markup."""

from __future__ import annotations

from html import escape

import pandas as pd

from onrecord.notebook.shown import Shown
from onrecord.tables import require
from onrecord.text.characters import clean

NOTHING = "These articles contain nothing of this kind."


def show_passages(found: pd.DataFrame) -> Shown:
    """Display of passages with their source and outlet.

    One paragraph per row of `found`. Needs passage, description, naming and outlet (see find_passages).
    Where `found` has a column marker (see find_passages), the words of the marker are bold.

    >>> passages = onrecord.find_passages(analysis, analysis.attributions.head(2))
    >>> shown = onrecord.show_passages(passages)
    """
    columns = ["passage", "description", "naming", "outlet"]
    require(found, columns, table="found")
    markers = found["marker"] if "marker" in found.columns else [None] * len(found)
    if found.empty:
        return Shown(f"<p>{NOTHING}</p>", NOTHING)
    blocks, lines = [], []
    for marker, (passage, *about) in zip(markers, found[columns].itertuples(index=False), strict=True):
        words = clean(passage)
        note = " · ".join(clean(part) for part in about if not pd.isna(part))
        html = escape(words)
        if not pd.isna(marker):
            bold = escape(clean(marker))
            html = html.replace(bold, f"<b>{bold}</b>", 1)
        blocks.append(f"<blockquote><p>{html}</p><p><small>{escape(note)}</small></p></blockquote>")
        lines.append(f"{words}\n  ({note})")
    return Shown("".join(blocks), "\n\n".join(lines))


def show_table(
    frame: pd.DataFrame,
    *,
    digits: int = 2,
    is_sortable: bool = False,
    n_shown: int = 10,
    caption: str | None = None,
    ends: int | None = None,
) -> Shown:
    """Display of a table. One line per row of `frame`.

    Shares are in per cent (also low and high, where the table has a share), other fractions have `digits`
    decimals, and text has its full width. The index is displayed where it has a name. With `ends` only that
    number of first and of last rows is displayed. An empty table is a sentence.

    With `is_sortable`, a click on the name of a column sorts, the fields below it filter, and a field
    searches all columns. All rows are included, `n_shown` per page, with numbers as they are and with
    `caption`. Control and direction characters are displayed as their codes, and <, >, " and & in the name
    of a column as ‹, ›, ” and ＆. The output contains the program that draws it (about 1 MB), so that nothing
    is requested from a network. Where scripts are not allowed, as in a notebook that is not trusted, the
    first rows are displayed as a plain table. Raises ValueError where two columns have the same name.

    >>> onrecord.show_table(pd.DataFrame({"outlet": ["Post"], "share_of_sources": [0.25]}))
    outlet share_of_sources
      Post              25%
    """
    is_named = any(name is not None for name in frame.index.names)
    frame = frame.reset_index() if is_named else frame
    if frame.empty:
        return Shown(f"<p>{NOTHING}</p>", NOTHING)
    if ends is not None and len(frame) > 2 * ends:
        frame = pd.concat([frame.head(ends), frame.tail(ends)])
    if is_sortable:
        from onrecord.notebook.sortable import sortable_table

        return sortable_table(frame, caption=caption, n_shown=n_shown)
    is_share = any(str(name).startswith("share_") for name in frame.columns)
    text = {name: _column(frame[name], digits, is_share=is_share) for name in frame.columns}
    numbers = {name for name in frame.columns if pd.api.types.is_numeric_dtype(frame[name])}
    align = {name: "right" if name in numbers else "left" for name in frame.columns}
    head = "".join(f'<th style="text-align:{align[name]}">{escape(clean(name))}</th>' for name in text)
    rows = [
        "".join(
            f'<td style="text-align:{align[name]}">{escape(cells[row])}</td>' for name, cells in text.items()
        )
        for row in range(len(frame))
    ]
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    title = f"<caption>{escape(clean(caption))}</caption>" if caption else ""
    html = f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return Shown(html, pd.DataFrame(text).to_string(index=False))


def _column(values: pd.Series, digits: int, *, is_share: bool) -> list[str]:
    name = str(values.name)
    in_percent = name.startswith("share_") or (is_share and name in ("low", "high"))
    if in_percent:
        return ["" if pd.isna(value) else f"{value:.0%}" for value in values]
    if pd.api.types.is_float_dtype(values):
        # Adding 0 turns a rounded -0.0 into 0.0.
        return ["" if pd.isna(value) else f"{round(value, digits) + 0:.{digits}f}" for value in values]
    return ["" if pd.isna(value) else clean(value) for value in values]
