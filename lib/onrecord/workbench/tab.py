"""One tab: a question with its chart, and a table that a bar of the chart filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd

from onrecord.export.tables import save_table
from onrecord.text.characters import clean
from onrecord.workbench.article import ArticleView
from onrecord.workbench.chart import BAR, Chart, chart_html, chart_of, name_of, write_chart
from onrecord.workbench.downloads import Downloads
from onrecord.workbench.picker import Picker
from onrecord.workbench.questions import Question
from onrecord.workbench.state import View, Workbench
from onrecord.workbench.table import Columns, Table

CHART_FILES = ("png", "svg", "pdf", "csv", "xlsx")
TABLE_FILES = ("csv", "xlsx")


class Tab(widgets.VBox):
    """A tab of the page.

    It computes when it is shown, and again when the view has changed.
    """

    def __init__(
        self,
        workbench: Workbench,
        name: str,
        questions: tuple[Question, ...],
        columns: Columns,
        rows: Callable[[View], pd.DataFrame],
    ) -> None:
        self._workbench = workbench
        self._rows = rows
        self._questions = questions
        self._drawn_for: tuple[View, Question] | None = None
        self._chosen: int | None = None
        self._is_filling = False
        self._question = widgets.Dropdown(description="Question", options=[])
        self._question.observe(self._ask, "value")
        self._question.add_class("onrecord-question")
        self._picker = Picker(self._pick)
        self._chips = widgets.HTML()
        self._all = widgets.Button(description="Show all rows", tooltip="Show the rows of all bars")
        self._all.on_click(lambda _button: self._choose(None))
        self._table = Table(columns, self._open)
        self._chart_files = Downloads("chart", CHART_FILES, self._chart_name, self._write_chart)
        self._table_files = Downloads("table", TABLE_FILES, lambda: name.lower(), self._write_table)
        self._article = ArticleView(workbench, self._shut)
        # Fields of a tab that has more to choose than the question.
        self._chart_head, self._table_head = widgets.HBox(), widgets.HBox()
        for head in (self._chart_head, self._table_head):
            head.add_class("onrecord-row")
        chart = widgets.VBox([self._question, self._chart_head, self._picker, self._chart_files])
        chart.add_class("onrecord-card")
        chips = widgets.HBox([self._chips, self._all]).add_class("onrecord-chips")
        self._chip_row = chips
        table = widgets.VBox([self._table_head, chips, self._table, self._table_files])
        table.add_class("onrecord-card")
        self._body = widgets.HBox([chart, table]).add_class("onrecord-columns")
        super().__init__([self._body])
        self.add_class("onrecord-tab")

    @property
    def question(self) -> Question | None:
        """The question that is asked."""
        found: Question | None = self._question.value
        return found

    def show(self) -> None:
        """Compute what the view needs; nothing where it is unchanged."""
        view = self._workbench.view
        if view is None:
            return
        possible = [(one.words, one) for one in self._questions if can_answer(view, one)]
        if [one for _, one in possible] != [value for _, value in self._question.options]:
            before = self.question
            self._is_filling = True
            self._question.options = possible
            self._question.value = before if before in [one for _, one in possible] else possible[0][1]
            self._is_filling = False
        is_new = self._drawn_for is None or self._drawn_for[0] is not view
        if is_new:
            self._refill(view)
            self._chosen = None
        if self.question is not None and (is_new or self._drawn_for != (view, self.question)):
            self._drawn_for = (view, self.question)
            self._choose(None)
            self._chart_files.clear()

    def _ask(self, _change: object) -> None:
        if not self._is_filling:
            self.show()

    def _pick(self, value: str) -> None:
        number = value.removeprefix(BAR)
        if value.startswith(BAR) and number.isdecimal():
            at = int(number)
            self._choose(None if at == self._chosen else at)

    def _choose(self, number: int | None) -> None:
        if self._drawn_for is None:
            return
        view, question = self._drawn_for
        chart = chart_of(view, question)
        self._chosen = number if number is not None and number < len(chart.areas) else None
        self._picker.show(chart_html(chart, question, self._chosen))
        self._filter(chart, question)

    def _refill(self, view: View) -> None:
        self._table.fill(self._rows(view))
        self._table_files.clear()

    def _filter(self, chart: Chart, question: Question) -> None:
        """Show the rows that the chosen bar stands for."""
        if self._chosen is None or question.where is None:
            self._chip("")
            self._table.choose(None)
            return
        row = chart.areas[self._chosen].row
        self._chip(name_of(row))
        self._table.choose(question.where(self._table.rows, row))

    def _chip(self, words: str) -> None:
        self._chip_row.layout.display = "" if words else "none"
        self._chips.value = f"<span class='onrecord-chip'>{escape(clean(words))}</span>" if words else ""

    def _open(self, row: Mapping[str, Any]) -> None:
        number = row.get("attribution_id")
        self._article.show_article(
            str(row["doc_id"]), None if number is None or pd.isna(number) else int(number)
        )
        self.children = [self._article]

    def _shut(self) -> None:
        self.children = [self._body]
        self.show()

    def _chart_name(self) -> str:
        question = self.question
        return question.name.partition("-")[2] if question else "chart"

    def _write_chart(self, path: Path) -> None:
        if self._drawn_for is not None:
            write_chart(*self._drawn_for, path)

    def _write_table(self, path: Path) -> None:
        view = self._workbench.view
        if view is not None:
            articles = view.articles
            save_table(self._table.found, path, source=articles.source, analysis=articles.analysis)


def can_answer(view: View, question: Question) -> bool:
    """Whether the articles have what the question needs."""
    return not question.needs or bool(view.articles.documents[question.needs].notna().any())
