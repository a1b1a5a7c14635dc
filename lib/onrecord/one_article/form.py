"""A field to paste an article into, and its page below."""

from __future__ import annotations

import base64
from collections.abc import Callable
from html import escape
from typing import Protocol

import ipywidgets as widgets

from onrecord.notebook.panel import Panel
from onrecord.text.characters import spelled

_BEFORE = "A field for the text of an article appears here when you choose Run, Run All Cells."
_WAIT = "<p role='status'>Reading …</p>"


class Page(Protocol):
    """What a form displays: a fragment of HTML and the whole page."""

    @property
    def html(self) -> str: ...

    @property
    def page(self) -> str: ...


def paste_form(page_of: Callable[[str, str], Page]) -> widgets.VBox:
    """Fields for a text and its outlet, and a button that draws the page.

    `page_of` makes the page of a text and the name of its outlet. The text stays on the machine that runs the
    notebook.
    """
    wide = widgets.Layout(width="100%", max_width="58rem")
    style = {"description_width": "5rem"}
    text = widgets.Textarea(
        description="Article",
        placeholder="Paste the whole text here, or type the path of a file.",
        rows=8,
        layout=wide,
        style=style,
    )
    outlet = widgets.Text(
        description="Outlet",
        placeholder="where it was published: words spoken to this outlet are not relayed",
        layout=wide,
        style=style,
    )
    button = widgets.Button(description="Read the article", button_style="primary")
    shown = widgets.HTML()

    def read(_: object = None) -> None:
        shown.value = _WAIT
        try:
            page = page_of(text.value, outlet.value)
        except Exception as error:  # a form has no place for a traceback
            why = escape(spelled(error))
            shown.value = (
                f"<p role='status'>The text could not be read: {why}. Save it as a plain text file, and "
                "give the path of that file.</p>"
            )
            return
        data = base64.b64encode(page.page.encode()).decode()
        address = f"data:text/html;base64,{data}"
        link = (
            f"<p role='status'><a download='one-article.html' href='{address}'>Download this page</a> to "
            "print it or to pass it on.</p>"
        )
        shown.value = f"{link}{page.html}"

    button.on_click(read)
    return Panel([text, outlet, button, shown], words=_BEFORE)
