"""Showing: passages and tables as a notebook displays them, every word of an article as text only."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd

from onrecord.tables import require
from onrecord.text.characters import clean


@dataclass(frozen=True)
class Shown:
    """What a notebook displays: `html`, and `plain` where there is no notebook."""

    html: str
    plain: str

    def _repr_html_(self) -> str:
        # No mathematics in news: $5 and $6 are money.
        return f'<div class="tex2jax_ignore">{self.html}</div>'

    def __repr__(self) -> str:
        return self.plain


def show_passages(found: pd.DataFrame) -> Shown:
    """Return the passages of `found` (see find_passages) to read, with source and outlet.

    Where `found` has a column marker (see find_source_passages), its words are set in bold.
    """
    columns = ["passage", "description", "naming", "outlet"]
    require(found, columns, table="found")
    markers = found["marker"] if "marker" in found.columns else [None] * len(found)
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


def show_table(frame: pd.DataFrame, *, digits: int = 2) -> Shown:
    """Return `frame` to read: shares in per cent, other fractions with `digits`, text in full width.

    low and high are shown as shares where the table has a share. The index is shown where it has a name.
    """
    named = any(name is not None for name in frame.index.names)
    frame = frame.reset_index() if named else frame
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
    html = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
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
