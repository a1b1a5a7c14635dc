"""Filters of the articles: outlets, period, minimum length, with counts."""

from __future__ import annotations

from html import escape

import ipywidgets as widgets

from onrecord.text.characters import spelled
from onrecord.workbench.state import Choice, Workbench


class Filtering(widgets.VBox):
    """Outlets, first and last day, and minimum length of the articles that count."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._outlets = widgets.SelectMultiple(description="Outlets", rows=5)
        self._days = [widgets.DatePicker(description=name) for name in ("From", "To")]
        self._words = widgets.BoundedIntText(
            description="Min. words", value=0, min=0, max=1_000_000, continuous_update=False
        )
        self._again = widgets.Button(description="Clear filters", tooltip="Count all articles")
        self._again.on_click(lambda _button: self._workbench.choose(Choice()))
        self._count = widgets.HTML()
        self._is_filling = False
        for field in (self._outlets, *self._days, self._words):
            field.observe(self._take, "value")
        grid = widgets.HBox([self._outlets, *self._days, self._words, self._again])
        grid.add_class("onrecord-choice")
        super().__init__([widgets.HTML("<h2>2 Which of them count</h2>"), grid, self._count])
        self.add_class("onrecord-card")
        workbench.on_change(self.show)

    def show(self) -> None:
        """Show the filters and the number of articles that count."""
        opened, choice = self._workbench.opened, self._workbench.choice
        if opened is None:
            return
        self._is_filling = True
        counts = opened.kept["outlet"].value_counts()
        options = [(f"{spelled(name)} ({n:,})", str(name)) for name, n in counts.items()]
        if [value for _, value in options] != [value for _, value in self._outlets.options]:
            self._outlets.options = options
        known = {value for _, value in options}
        self._outlets.value = tuple(one for one in choice.outlets or () if one in known)
        self._days[0].value, self._days[1].value = choice.first_day, choice.last_day
        self._words.value = choice.minimum_words
        self._is_filling = False
        view = self._workbench.view
        n = len(view.articles.documents) if view else 0
        words = f"<b>{n:,}</b> of {len(opened.kept):,} articles count"
        if view:
            words += f", of {view.articles.documents['outlet'].nunique():,} outlets"
            if view.n_corrected:
                words += f"; corrected by hand: {view.n_corrected:,}"
        note = "" if n else " Change the filters: no article meets all of them."
        self._count.value = f"<p role='status'>{words}.{escape(note)}</p>"

    def _take(self, _change: object) -> None:
        if self._is_filling:
            return
        first, last = (field.value for field in self._days)
        self._workbench.choose(
            Choice(tuple(self._outlets.value) or None, first, last, int(self._words.value))
        )
