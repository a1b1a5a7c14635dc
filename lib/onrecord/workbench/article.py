"""The article view: one article with everything marked, and its corrections."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets as widgets
import pandas as pd

from onrecord.evaluation.coding_sheet import NAMINGS
from onrecord.notebook.article import show_article as article_display
from onrecord.text.characters import spelled
from onrecord.workbench.corrected import Correction, corrections_of, save_correction, undo_correction
from onrecord.workbench.picker import Picker
from onrecord.workbench.state import Opened, Workbench

_ROOM = 90  # characters of an attribution in the list
_IN_VIEW = "<style onload=\"this.parentElement.scrollIntoView({block:'start'})\"></style>"


class ArticleView(widgets.VBox):
    """One article with its attributions, and a form that corrects one of them."""

    def __init__(self, workbench: Workbench, closed: Callable[[], None]) -> None:
        self._workbench, self._doc_id = workbench, ""
        back = widgets.Button(description="← Back to the table", tooltip="Close the article")
        back.on_click(lambda _button: closed())
        self._text = Picker(self._pick).add_class("onrecord-opened")
        self._top = widgets.HTML()
        self._which = widgets.Dropdown(description="Attribution", options=[("", None)])
        self._which.observe(lambda _change: self._fill(), "value")
        self._speaker = widgets.Text(description="Speaker", placeholder="who really says it")
        self._naming = widgets.Dropdown(
            description="Naming",
            options=[("unchanged", ""), *((name.replace("_", " "), name) for name in NAMINGS)],
        )
        save = widgets.Button(description="Save correction", tooltip="Save speaker and naming")
        wrong = widgets.Button(description="Not a quotation", tooltip="Nobody says this")
        self._undo = widgets.Button(description="Undo", tooltip="Return to what the program found")
        save.on_click(lambda _button: self._save(self._typed()))
        wrong.on_click(lambda _button: self._save(Correction(is_right=False)))
        self._undo.on_click(lambda _button: self._remove())
        self._said = widgets.HTML()
        buttons = widgets.HBox([save, wrong, self._undo]).add_class("onrecord-row")
        form = widgets.VBox([self._which, self._speaker, self._naming, buttons])
        form.add_class("onrecord-correct")
        head = widgets.HTML(
            "<h3>Is something wrong?</h3><p class='onrecord-note'>Click a number in the text, or choose it "
            "here. A correction is saved beside your articles and counts in all figures of this page.</p>"
        )
        box = widgets.VBox([head, form, self._said]).add_class("onrecord-card")
        side = widgets.VBox([back, box]).add_class("onrecord-side")
        super().__init__([self._top, side, self._text])
        self.add_class("onrecord-articlebox")

    def show_article(self, doc_id: str, number: int | None = None) -> None:
        """Show an article; `number` is the attribution that can be corrected first."""
        self._doc_id = doc_id
        self._draw(number, scrolls=True)

    def _draw(self, number: int | None, *, scrolls: bool = False) -> None:
        opened, view = self._workbench.opened, self._workbench.view
        if opened is None or view is None:
            return
        said = opened.analysis.attributions
        said = said[said["doc_id"] == self._doc_id]
        corrected = self._corrections(opened)
        options: list[tuple[str, int | None]] = []
        for one, speaker, words in said[["attribution_id", "speaker", "text"]].itertuples(index=False):
            who = "no source found" if pd.isna(speaker) else spelled(speaker)
            label = " ".join(f"{one} · {who}: {spelled(words)}".split())
            label = label if len(label) <= _ROOM else label[: _ROOM - 1] + "…"
            options.append((f"✓ {label}" if int(one) in corrected else label, int(one)))
        known = [value for _, value in options]
        self._which.options = options or [("no attribution was found", None)]
        self._which.value = number if number in known else known[0] if known else None
        self._text.show(article_display(view.articles.analysis, self._doc_id)._repr_html_())
        self._top.value = _IN_VIEW if scrolls else ""
        self._fill()

    def _pick(self, value: str) -> None:
        """Choose the attribution whose number was clicked."""
        number = value.removeprefix("number:")
        if number.isdecimal() and int(number) in [known for _, known in self._which.options]:
            self._which.value = int(number)

    def _fill(self) -> None:
        opened, number = self._workbench.opened, self._which.value
        if opened is None or number is None:
            self._undo.disabled = True
            return
        self._said.value = ""
        found = self._corrections(opened).get(number)
        self._speaker.value = (found.speaker or "") if found else ""
        self._naming.value = (found.naming or "") if found else ""
        self._undo.disabled = found is None
        if found:
            self._say(f"Corrected: {found.words}.")

    def _corrections(self, opened: Opened) -> dict[int, Correction]:
        """Corrections of the article.

        None, and a message, where their file cannot be read.
        """
        try:
            return corrections_of(opened.corrections, opened.analysis, self._doc_id)
        except (OSError, ValueError) as error:
            self._say(str(error), is_alert=True)
            return {}

    def _typed(self) -> Correction:
        return Correction(naming=self._naming.value or None, speaker=self._speaker.value.strip() or None)

    def _save(self, correction: Correction) -> None:
        opened, number = self._workbench.opened, self._which.value
        if opened is None or number is None:
            return
        if correction == Correction():
            self._say("Write the speaker or choose the naming first.", is_alert=True)
            return
        try:
            save_correction(opened.corrections, opened.analysis, self._doc_id, number, correction)
        except (OSError, ValueError) as error:
            self._say(f"Not saved: {error}", is_alert=True)
            return
        self._changed(number, f"Saved: attribution {number}, {correction.words}.")

    def _remove(self) -> None:
        opened, number = self._workbench.opened, self._which.value
        if opened is None or number is None:
            return
        try:
            undo_correction(opened.corrections, opened.analysis, self._doc_id, number)
        except (OSError, ValueError) as error:
            self._say(f"Not undone: {error}", is_alert=True)
            return
        self._changed(number, f"Undone: attribution {number} is again as the program found it.")

    def _changed(self, number: int, words: str) -> None:
        self._workbench.correct()
        self._draw(number)
        self._say(words)

    def _say(self, words: str, *, is_alert: bool = False) -> None:
        role = "alert" if is_alert else "status"
        self._said.value = f"<p role='{role}'>{escape(spelled(words))}</p>" if words else ""
