"""Progress bars: lines in a terminal, displays in a notebook.

In a notebook a bar is gone when the work is done. JupyterLab prints what a program writes to stderr on
red, as an error, and a notebook keeps it.
"""

from __future__ import annotations

import io
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

from tqdm import tqdm

_LISTENERS: list[Callable[[str], None]] = []


def progress(*arguments: Any, **options: Any) -> tqdm:
    """Return a progress bar; the arguments are those of tqdm."""
    is_html = bool(_LISTENERS) or _in_notebook()
    return _NotebookBar(*arguments, **options) if is_html else tqdm(*arguments, **options)


@contextmanager
def progress_to(listener: Callable[[str], None]) -> Iterator[None]:
    """Pass the bars of the block as HTML to `listener`, in place of displaying them."""
    _LISTENERS.append(listener)
    try:
        yield
    finally:
        _LISTENERS.remove(listener)


def _in_notebook() -> bool:
    if "IPython" not in sys.modules:  # it takes a while to load, and a notebook has loaded it
        return False
    from IPython.core.getipython import get_ipython

    return getattr(get_ipython(), "kernel", None) is not None


class _NotebookBar(tqdm):
    """A bar that is displayed as HTML."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._display_id = ""
        super().__init__(*arguments, **options | {"file": io.StringIO(), "leave": False})

    def display(self, msg: str | None = None, pos: int | None = None) -> bool:
        """Draw the bar; with msg="", as tqdm calls it at the end, clear it."""
        if _LISTENERS:
            _LISTENERS[-1]("" if msg == "" else self._html())
            return True
        from IPython.display import display

        is_new = not self._display_id
        self._display_id = self._display_id or uuid.uuid4().hex
        html = "" if msg == "" else self._html()
        data = {"text/html": html, "text/plain": ""}
        if html or not is_new:
            display(data, raw=True, display_id=self._display_id, update=not is_new)
        return True

    def _html(self) -> str:
        known = self.format_dict
        words = " ".join(f"{known['prefix'] or ''} {known['n']:,}".split())
        of = f" of {known['total']:,}" if known["total"] else ""
        unit = known["unit"].strip() if known["unit"] != "it" else ""
        size = f'max="{known["total"]}" value="{known["n"]}"' if known["total"] else ""
        seconds = tqdm.format_interval(known["elapsed"])
        return f"<p>{escape(words)}{of} {escape(unit)} · {seconds} <progress {size}></progress></p>"
