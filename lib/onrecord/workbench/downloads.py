"""Downloads: a file is made when its button is clicked, and the browser saves it."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Callable
from html import escape
from pathlib import Path

import ipywidgets as widgets

from onrecord.text.characters import spelled

# A link that is clicked as soon as it is drawn. Where the page forbids that, the link remains.
_CLICKED = '<style onload="this.previousElementSibling.click()"></style>'
_TYPES = {
    "html": "text/html",
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Downloads(widgets.HBox):
    """Buttons that make a file and save it in the browser.

    `what` is the thing that is saved, in words. `write` gets an ending and the path without an ending, and
    writes at least the file of that ending. `name` returns the name of the file without an ending.
    """

    def __init__(
        self,
        what: str,
        endings: tuple[str, ...],
        name: Callable[[], str],
        write: Callable[[Path], object],
    ) -> None:
        self._name, self._write = name, write
        self._link = widgets.HTML()
        buttons = [
            widgets.Button(description=ending.upper(), tooltip=f"Save {what} as {ending.upper()}")
            for ending in endings
        ]
        for ending, button in zip(endings, buttons, strict=True):
            button.on_click(lambda _button, ending=ending: self._save(ending))
        label = widgets.HTML(f"<span class='onrecord-label'>Save {escape(what)}</span>")
        super().__init__([label, *buttons, self._link])
        self.add_class("onrecord-downloads")

    def clear(self) -> None:
        """Remove the link to an earlier file."""
        self._link.value = ""

    def _save(self, ending: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, self._name())
            try:
                self._write(path)
                content = path.with_name(f"{path.name}.{ending}").read_bytes()
            except (OSError, ValueError) as error:
                self._link.value = f"<span role='alert'>{escape(str(error))}</span>"
                return
        self._link.value = link_of(f"{path.name}.{ending}", content) + _CLICKED


def link_of(name: str, content: bytes) -> str:
    """A link with which the browser saves `content`; the file is in the link itself."""
    kind = _TYPES[name.rpartition(".")[2]]
    size = f"{len(content) / 1e6:.1f} MB" if len(content) > 1e5 else f"{max(len(content) // 1000, 1)} KB"
    name = spelled(name)
    return (
        f"<a download='{escape(name)}' href='data:{kind};base64,{base64.b64encode(content).decode()}'>"
        f"{escape(name)} ({size})</a>"
    )
