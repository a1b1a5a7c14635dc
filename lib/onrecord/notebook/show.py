"""Displays of passages and tables, in which words of an article are never markup."""

from __future__ import annotations

import hashlib
import os
import re
from html import escape
from typing import Final

import pandas as pd

from onrecord.export.cells import write_csv
from onrecord.notebook.headings import headings_of, written
from onrecord.notebook.links import origin_html, origin_text, page_folder
from onrecord.notebook.settings import REPORT_FOLDER
from onrecord.notebook.shown import Shown
from onrecord.tables import require
from onrecord.text.characters import clean

NOTHING = "These articles contain nothing of this kind."
MOST_ROWS: Final = 200  # of a table that is not sortable
TABLES: Final = "charts/tables"  # below the folder of a report: the tables that have more rows


def show_passages(found: pd.DataFrame) -> Shown:
    """Display of passages with their source and article.

    One paragraph per row of `found`. Needs passage, description, naming and outlet (see find_passages).
    With the columns published, headline, url and path, each passage has the day and the headline of its
    article, with a link to its address or to its file. Where `found` has a column marker (see
    find_passages), the words of the marker are bold.

    >>> passages = onrecord.find_passages(analysis, analysis.attributions.head(2))
    >>> shown = onrecord.show_passages(passages)
    """
    require(found, ["passage", "description", "naming", "outlet"], table="found")
    if found.empty:
        return Shown(f"<p>{NOTHING}</p>", NOTHING)
    blocks, lines = [], []
    for row in found.to_dict("records"):
        words = clean(row["passage"])
        note = " · ".join(clean(row[name]) for name in ("description", "naming") if not pd.isna(row[name]))
        html = escape(words)
        if not pd.isna(row.get("marker")):
            bold = escape(clean(row["marker"]))
            html = html.replace(bold, f"<b>{bold}</b>", 1)
        origin, plain = origin_html(row), origin_text(row)
        below = f"{escape(note)}<br>{origin}" if origin else escape(note)
        blocks.append(f"<blockquote><p>{html}</p><p><small>{below}</small></p></blockquote>")
        lines.append(f"{words}\n  ({' · '.join(part for part in (note, plain) if part)})")
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
    decimals, and text has its full width. The index is displayed where it has a name. The heads of the
    columns are in words; the name of a column appears where the mouse rests on its head. With `ends` only
    that number of first and of last rows is displayed. Of more than 200 rows the first are displayed, and
    the caption says so. An empty table is a sentence.

    With `is_sortable`, a click on the head of a column sorts, the fields below it filter, a field
    searches all columns, and a button downloads what is found as a workbook. All rows are included,
    `n_shown` per page, with numbers as they are and with `caption`. Control and direction characters are
    displayed as their codes, and <, >, " and & in the name of a column as ‹, ›, ” and ＆. The output
    contains the program that draws it (about 1 MB), so that nothing is requested from a network. Where
    scripts are not allowed, as in a notebook that is not trusted, the first rows are displayed as a plain
    table. Raises ValueError where two columns have the same name.

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
    head = frame.head(MOST_ROWS)
    note = "" if len(head) == len(frame) else _rest(frame)
    is_share = any(str(name).startswith("share_") for name in frame.columns)
    text = {name: _column(head[name], digits, is_share=is_share) for name in frame.columns}
    numbers = {name for name in frame.columns if pd.api.types.is_numeric_dtype(frame[name])}
    align = {name: "right" if name in numbers else "left" for name in frame.columns}
    heads = "".join(
        f'<th style="text-align:{align[name]}" title="{escape(clean(name))}">{escape(words)}</th>'
        for name, words in zip(text, headings_of(text), strict=True)
    )
    rows = [
        "".join(
            f'<td style="text-align:{align[name]}">{escape(cells[row])}</td>' for name, cells in text.items()
        )
        for row in range(len(head))
    ]
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    words = " ".join(part for part in (escape(clean(caption)) if caption else "", note) if part)
    title = f"<caption>{words}</caption>" if words else ""
    html = f"<table>{title}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    plain = pd.DataFrame(text).to_string(index=False)
    return Shown(html, f"{plain}\n{re.sub('<[^>]+>', '', note)}" if note else plain)


def _rest(frame: pd.DataFrame) -> str:
    """Say that `frame` has more rows than are displayed.

    In a report all of them are written to a file, which is linked.
    """
    words = f"The first {MOST_ROWS} of {len(frame):,} rows."
    prepared = os.environ.get(REPORT_FOLDER)
    if not prepared:
        return f"{words} show_table(…, is_sortable=True) displays all of them."
    table = frame.to_csv(index=False)
    digest = hashlib.sha256(table.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    address = f"{TABLES}/table-{digest}.csv"
    path = page_folder() / address
    path.parent.mkdir(parents=True, exist_ok=True)
    write_csv(frame, path)
    return f'{words} <a href="{address}">All rows are in {address}.</a>'


def _column(values: pd.Series, digits: int, *, is_share: bool) -> list[str]:
    name = str(values.name)
    in_percent = name.startswith("share_") or (is_share and name in ("low", "high"))
    if in_percent:
        return ["" if pd.isna(value) else f"{value:.0%}" for value in values]
    if pd.api.types.is_float_dtype(values):
        # Adding 0 turns a rounded -0.0 into 0.0.
        return ["" if pd.isna(value) else f"{round(value, digits) + 0:.{digits}f}" for value in values]
    return ["" if pd.isna(value) else clean(written(value)) for value in values]
