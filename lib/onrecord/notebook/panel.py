"""Widgets that are a sentence where they cannot be drawn.

A notebook that has not been run cannot draw them.
"""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets as widgets


class Panel(widgets.VBox):
    """A column of widgets with a sentence, `words`, as its text form.

    Of more than 110 characters a notebook would show the beginning only.
    """

    def __init__(self, children: Sequence[widgets.Widget], *, words: str) -> None:
        self._words = words
        super().__init__(children)

    def __repr__(self) -> str:
        return self._words
