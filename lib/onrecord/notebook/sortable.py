"""Tables to sort, filter and search in a notebook, without a network."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from itables import options, to_html_datatable
from itables.javascript import generate_init_offline_itables_html

from onrecord.notebook.show import Shown
from onrecord.text.characters import spelled

_CSS = Path(__file__).with_name("sortable.css").read_text(encoding="utf-8")
# The library writes names of columns into its page as they are, after they were escaped once.
_HARMLESS = str.maketrans({"<": "‹", ">": "›", '"': "”", "&": "＆"})


def show_sortable(frame: pd.DataFrame, *, caption: str | None = None, n_shown: int = 10) -> Shown:
    """Return `frame` to sort by a click on a column's name, to filter by column and to search.

    All rows are there, `n_shown` on a page. Cells are text only; control and direction characters
    stand as their codes, and <, >, " and & in a column's name as ‹, ›, ” and ＆. The index is shown
    where it has a name. What draws the table is carried in the output, some 1 MB, so that nothing is
    asked of a network; where no script may run, as in a notebook that is not trusted, the first rows
    stand there as a plain table.

    Raises ValueError where two columns have the same name.
    """
    frame = frame.reset_index() if any(name is not None for name in frame.index.names) else frame
    names = [spelled(name).translate(_HARMLESS) for name in frame.columns]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"two columns are named {twice!r}; rename one: frame.set_axis([…], axis=1)")
    cells = pd.DataFrame({name: _cells(frame.iloc[:, i]) for i, name in enumerate(names)})
    html = to_html_datatable(
        cells,
        caption=spelled(caption) if caption else None,
        connected=False,
        allow_html=False,
        showIndex=False,
        # itables leaves rows out of large tables; here none may be missing.
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
    )
    return Shown(generate_init_offline_itables_html(options.dt_bundle) + html, frame.to_string(index=False))


def _cells(values: pd.Series) -> pd.Series:
    """Return `values` with numbers as they are, and all else as text that shows what it holds."""
    values = values.reset_index(drop=True)
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return values
    return pd.Series(["" if pd.isna(value) else spelled(value) for value in values], dtype="string")
