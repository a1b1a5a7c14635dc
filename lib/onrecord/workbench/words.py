"""The tab Words: key words of an outlet, and words in their context."""

from __future__ import annotations

import ipywidgets as widgets
import pandas as pd

from onrecord.charts.sides import plot_keyness
from onrecord.framing.keyness import compare_counts
from onrecord.measures.units import groups_of
from onrecord.notebook.filters import keyword_in_context
from onrecord.notebook.findings import NOT_STATED
from onrecord.text.characters import spelled
from onrecord.workbench.chart import Chart, chart_of
from onrecord.workbench.questions import Drawn, Question
from onrecord.workbench.state import View, Workbench
from onrecord.workbench.tab import Tab
from onrecord.workbench.table import Columns

COLUMNS = Columns(
    shown={"left": "Before", "passage": "Word", "right": "After", "outlet": "Outlet"},
    below={"outlet": {"published": "Day", "description": "Whose words"}},
    searched=("left", "passage", "right", "description", "headline"),
    filters={"outlet": "Outlet", "form": "Form", "naming": "Naming"},
    start={},
    wide="",
)
_FIRST = "said"  # where there is no key word
_WIDTH = 70  # characters of context
_LEAST_ARTICLES = 4  # that contain a key word
_ORDERS = (("the article", ""), ("the words before", "left"), ("the words after", "right"))


class Words(Tab):
    """Key words of the chosen outlet, and the concordance of the written word."""

    def __init__(self, workbench: Workbench) -> None:
        self._outlet = widgets.Dropdown(description="Key words of", options=[])
        self._word = widgets.Text(description="Word or phrase", placeholder="strik*", continuous_update=False)
        self._order = widgets.Dropdown(description="Sort by", options=_ORDERS)
        super().__init__(workbench, "Words", (_question_of(None),), COLUMNS, self._occurrences)
        self._chart_head.children = (self._outlet,)
        self._table_head.children = (self._word, self._order)
        self._outlet.observe(self._ask_about, "value")
        for field in (self._word, self._order):
            field.observe(self._look_up, "value")

    def show(self) -> None:
        """Compute what the view needs."""
        view = self._workbench.view
        if view is not None:
            names = [one for one in view.articles.compared_outlets if one != NOT_STATED]
            before = self._outlet.value
            self._is_filling = True
            self._outlet.options = [(spelled(name), name) for name in names]
            self._outlet.value = before if before in names else next(iter(names), None)
            self._questions = (_question_of(self._outlet.value),)
            if not self._word.value:
                areas = chart_of(view, self._questions[0]).areas
                self._word.value = str(areas[0].row["word"]) if areas else _FIRST
            self._is_filling = False
        super().show()

    def _ask_about(self, _change: object) -> None:
        if not self._is_filling:
            self.show()

    def _look_up(self, _change: object) -> None:
        view = self._workbench.view
        if view is not None and not self._is_filling:
            self._refill(view)

    def _filter(self, chart: Chart, question: Question) -> None:
        """Write the chosen key word into the field, which looks it up."""
        if self._chosen is not None:
            self._word.value = str(chart.areas[self._chosen].row["word"])

    def _occurrences(self, view: View) -> pd.DataFrame:
        word, order = self._word.value.strip(), self._order.value or None
        is_word = any(sign.isalnum() for sign in word)
        self._chip("" if is_word else f"Write a word or a phrase. These are the rows of “{_FIRST}”.")
        word = word if is_word else _FIRST
        return view.once(
            f"concordance {order} {word}",
            lambda: _whole_words(keyword_in_context(view.articles.analysis, word, width=_WIDTH, sort=order)),
        )


def _whole_words(found: pd.DataFrame) -> pd.DataFrame:
    """`found` without the part of a word at the outer ends of the context."""
    is_cut = {side: found[side].str.len().ge(_WIDTH).fillna(False) for side in ("left", "right")}
    left = found["left"].mask(is_cut["left"], found["left"].str.replace(r"^\S+\s", "", regex=True))
    right = found["right"].mask(is_cut["right"], found["right"].str.replace(r"\s\S+$", "", regex=True))
    return found.assign(left=left, right=right)


def _question_of(outlet: str | None) -> Question:
    def measure(view: View) -> Drawn:
        compared = view.articles.compared.documents
        if outlet is None or compared["outlet"].nunique() < 2:
            return Drawn(pd.DataFrame({"word": pd.Series(dtype="string")}), facts={"outlet": None})
        groups = groups_of(compared, "outlet")
        table = compare_counts(view.opened.words, groups, a=outlet, min_articles=_LEAST_ARTICLES)
        return Drawn(table, {"sides": (outlet, "the other outlets")}, {"outlet": outlet})

    return Question(
        "06-keyness",
        "Which words are typical of an outlet?",
        measure,
        plot_keyness,
        lambda rows, row: pd.Series(True, index=rows.index),
        about=str(outlet),
    )
