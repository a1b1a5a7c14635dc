"""Widgets that are a sentence where they cannot be drawn, as in a notebook that has not been run."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets as widgets


class Panel(widgets.VBox):
    """A column of widgets; its text form is `words`, a sentence of at most 110 characters."""

    def __init__(self, children: Sequence[widgets.Widget], *, words: str) -> None:
        self._words = words
        super().__init__(children)

    def __repr__(self) -> str:
        return self._words
