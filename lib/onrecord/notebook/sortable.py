"""Sortable tables: sorted, filtered and searched in a notebook, without a network."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pandas as pd
from itables import options, to_html_datatable
from itables.javascript import generate_init_offline_itables_html

from onrecord.notebook.headings import headings_of, written
from onrecord.notebook.shown import Shown
from onrecord.text.characters import spelled

_CSS = Path(__file__).with_name("sortable.css").read_text(encoding="utf-8")
# itables escapes the names of columns once and unescapes them in the page, so markup would come through.
_HARMLESS = str.maketrans({"<": "‹", ">": "›", '"': "”", "&": "＆"})


def sortable_table(frame: pd.DataFrame, *, caption: str | None, n_shown: int) -> Shown:
    """Sortable display of `frame`; see show_table."""
    written = [spelled(name).translate(_HARMLESS) for name in frame.columns]
    names = [spelled(name).translate(_HARMLESS) for name in headings_of(frame.columns)]
    if len(set(written)) < len(written):
        names = written
    if len(set(names)) < len(names):
        repeated = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"two columns are named {repeated!r}; rename one with frame.set_axis([…], axis=1).")
    cells = pd.DataFrame({name: _cells(frame.iloc[:, i]) for i, name in enumerate(names)})
    html = to_html_datatable(
        cells,
        caption=escape(spelled(caption)) if caption else None,  # written into the page as it is
        connected=False,
        allow_html=False,
        showIndex=False,
        # By default itables leaves out rows of large tables.
        maxBytes=0,
        maxRows=0,
        maxColumns=0,
        column_filters="footer",
        classes="display compact",
        style="table-layout:auto;width:100%;margin:0;caption-side:top",
        css=_CSS,
        display_logo_when_loading=False,
        text_in_header_can_be_selected=False,
        lengthMenu=sorted({n_shown, 10, 25, 100}),
        pageLength=n_shown,
        # A workbook, because text in it never runs as a formula.
        buttons=[
            {"extend": "excelHtml5", "text": "Download", "title": None, "filename": "table", "footer": False}
        ],
        layout={"top1Start": "buttons"},
    )
    return Shown(generate_init_offline_itables_html(options.dt_bundle) + html, frame.to_string(index=False))


def _cells(values: pd.Series) -> pd.Series:
    """Numbers as they are, other values as text with visible controls."""
    values = values.reset_index(drop=True)
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return values
    # A line end would be displayed as its code.
    words = ["" if pd.isna(value) else " ".join(spelled(written(value)).split("\n")) for value in values]
    return pd.Series(words, dtype="string")
