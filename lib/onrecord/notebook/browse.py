"""Browsing: attributions chosen with widgets and read in context."""

from __future__ import annotations

import base64
import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets
import pandas as pd

from onrecord.export.cells import write_csv
from onrecord.notebook.article import naming_group, show_article
from onrecord.notebook.filters import add_context_columns, choose_attributions, in_context
from onrecord.notebook.links import headline_of, origin_html
from onrecord.notebook.panel import Panel
from onrecord.text.characters import spelled

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

PAGE = 10
_WIDTH = 80  # characters of context
_BEFORE = "Filters and a list of attributions appear here when you choose Run, Run All Cells."
_STYLE = Path(__file__).with_name("browse.css").read_text(encoding="utf-8")


def browse(analysis: Analysis, *, n_shown: int = PAGE) -> widgets.VBox:
    """Widgets that choose attributions and display them in context.

    `n_shown` attributions are on a page.

    The widgets choose outlet, form, naming (several with Ctrl or Shift), first and last day, words of the
    source and words of the content. The attributions that meet all conditions are counted and displayed as
    in context, with outlet, day and headline of their article and a link to it; they are those
    that filter_attributions returns for the same conditions. The button Open before each displays its
    article right below it. Download makes a CSV file of all that are chosen. Only the current page is
    drawn, so that the size of the corpus does not matter.

    >>> widgets = onrecord.browse(analysis)
    """
    attributions = add_context_columns(analysis)
    lists = {
        column: _list_of(attributions[column], column.capitalize(), width)
        for column, width in (("outlet", "15rem"), ("form", "11rem"), ("naming", "15rem"))
    }
    days = [widgets.DatePicker(description=name, layout=_wide("14rem")) for name in ("From", "To")]
    source, words = (
        widgets.Text(description=name, placeholder=hint, layout=_wide("19rem"))
        for name, hint in (("Source", "official"), ("Words", "bridge"))
    )
    again = widgets.Button(description="Clear all", layout=_wide("7rem"))
    download = widgets.Button(description="Download", icon="download", layout=_wide("8rem"))
    file = widgets.HTML()
    back = widgets.Button(description="Previous page", icon="arrow-left")
    onward = widgets.Button(description="Next page", icon="arrow-right")
    count = widgets.HTML()
    buttons = [
        widgets.Button(description="Open", layout=widgets.Layout(flex="0 0 5.5rem")) for _ in range(n_shown)
    ]
    lines = [widgets.HTML(layout=widgets.Layout(flex="1 1 auto", width="auto")) for _ in range(n_shown)]
    rows = [widgets.HBox(pair) for pair in zip(buttons, lines, strict=True)]
    article = widgets.HTML().add_class("onrecord-opened")
    close = widgets.Button(description="Close article", layout=_wide("9rem"))
    body = widgets.VBox(rows)
    seen: dict[str, Any] = {"chosen": attributions, "page": 0}

    def choose(_change: object = None) -> None:
        if seen.get("is_clearing"):
            return
        try:
            seen["chosen"] = choose_attributions(
                attributions,
                where={column: box.value for column, box in lists.items()},
                period=(days[0].value, days[1].value),
                source=source.value,
                words=words.value,
            )
        except ValueError as error:
            count.value = f"<b>{escape(str(error))}</b>"
            return
        turn_to(0)

    def turn_to(page: int) -> None:
        chosen = seen["chosen"]
        last = max(0, (len(chosen) - 1) // n_shown)
        seen["page"] = page = min(max(page, 0), last)
        seen["shown"] = in_context(analysis, chosen.iloc[page * n_shown : (page + 1) * n_shown], width=_WIDTH)
        html = [line_of(row) for row in seen["shown"].itertuples(index=False)]
        for number, (row, line) in enumerate(zip(rows, lines, strict=True)):
            row.layout.display = "" if number < len(html) else "none"
            line.value = html[number] if number < len(html) else ""
        for button, about in zip(buttons, seen["shown"].to_dict("records"), strict=False):
            button.tooltip = f"Show the article “{headline_of(about)}”"
        body.children, article.value, file.value = rows, "", ""
        back.disabled, onward.disabled = page == 0, page == last
        n_articles = chosen["doc_id"].nunique()
        count.value = (
            f"<b>{len(chosen):,}</b> of {len(attributions):,} attributions · articles: {n_articles:,}"
            f" · page {page + 1:,} of {last + 1:,}"
        )

    def open_article(number: int) -> None:
        article.value = show_article(analysis, seen["shown"]["doc_id"].iloc[number])._repr_html_()
        # Right below its line, so that it is in view where the button was clicked.
        body.children = [*rows[: number + 1], close, article, *rows[number + 1 :]]

    def shut(_button: object) -> None:
        body.children, article.value = rows, ""

    def save(_button: object) -> None:
        file.value = link_to_file(seen["chosen"], "attributions.csv")

    def clear(_button: object) -> None:
        # One search for all widgets, not one for each that is reset.
        seen["is_clearing"] = True
        for box in lists.values():
            box.value = ()
        days[0].value = days[1].value = None
        source.value = words.value = ""
        seen["is_clearing"] = False
        choose()

    for widget in (*lists.values(), *days, source, words):
        widget.observe(choose, "value")
    for number, button in enumerate(buttons):
        button.on_click(lambda _button, number=number: open_article(number))
    again.on_click(clear)
    close.on_click(shut)
    download.on_click(save)
    back.on_click(lambda _button: turn_to(seen["page"] - 1))
    onward.on_click(lambda _button: turn_to(seen["page"] + 1))
    turn_to(0)
    panel = [
        widgets.HTML(f"<style>{_STYLE}</style>"),
        widgets.HBox(list(lists.values()), layout=widgets.Layout(flex_flow="row wrap")),
        widgets.HBox([*days, source, words, again], layout=widgets.Layout(flex_flow="row wrap")),
        widgets.HBox([back, onward, count, download, file], layout=widgets.Layout(flex_flow="row wrap")),
        body,
    ]
    return Panel(panel, words=_BEFORE).add_class("onrecord-browse")


def line_of(row: Any) -> str:
    """The HTML of a row of in_context, without markup of the article."""
    about = row._asdict()
    group = naming_group(about.get("naming"))
    facts = [about.get(name) for name in ("description", "naming", "form")]
    note = escape(" · ".join(spelled(part) for part in facts if not pd.isna(part)))
    origin = origin_html(about)
    cells = {"left": row.left, "passage": row.passage, "right": row.right}
    html = "".join(f'<span class="{name}">{escape(spelled(words))}</span>' for name, words in cells.items())
    style = "about unnamed" if group in ("strict", "standard") else "about"
    return (
        f'<div class="kwic tex2jax_ignore">{html}<span class="{style}">{note}</span>'
        f'<span class="about">{origin}</span></div>'
    )


def link_to_file(table: pd.DataFrame, name: str) -> str:
    """Return a link with which the browser saves `table` as CSV.

    The file is in the link itself.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        write_csv(table, path)
        content = base64.b64encode(path.read_bytes()).decode()
    size = f"{len(content) * 3 / 4e6:.1f} MB" if len(content) > 1e5 else f"{len(content) * 3 // 4e3:.0f} KB"
    return (
        f'<a download="{escape(name)}" href="data:text/csv;base64,{content}">Save {len(table):,} rows as '
        f"{escape(name)} ({size})</a>"
    )


def _list_of(values: pd.Series, name: str, width: str) -> widgets.SelectMultiple:
    """A list widget of the values of a column with their frequencies."""
    counts = values.value_counts().sort_index()
    options = [(f"{spelled(value)} ({n:,})", value) for value, n in counts.items()]
    return widgets.SelectMultiple(options=options, description=name, rows=5, layout=_wide(width))


def _wide(width: str) -> widgets.Layout:
    return widgets.Layout(width=width)
