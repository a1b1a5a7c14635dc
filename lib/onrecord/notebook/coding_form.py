"""Coding form: one letter per answer, each answer saved at once."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

import ipywidgets as widgets
import pandas as pd

from onrecord.evaluation.coding_columns import check_coder
from onrecord.evaluation.coding_sheet import FORMS
from onrecord.evaluation.codings import read_codings, save_coding
from onrecord.notebook.links import origin_html
from onrecord.notebook.panel import Panel
from onrecord.tables import require
from onrecord.text.characters import spelled

NAMING_OF_KEY = {
    **{"n": "named", "i": "institution", "a": "anonymous", "d": "identifiable", "s": "spokesperson"},
    **{"u": "unnamed", "c": "collective", "t": "narrator", "o": "unidentified_document", "l": "unclear"},
}
TONE_OF_KEY = {"n": "negative", "e": "neutral", "p": "positive"}
FORM_OF_KEY = dict(zip("123", FORMS, strict=True))
_BEFORE = "A form for coding appears here when you choose Run, Run All Cells."
RIGHT, NOT_ONE, BACK = "r", "x", "b"


def show_coding(
    sheet: pd.DataFrame, path: str | Path, *, coder: str, is_machine_shown: bool = False
) -> widgets.VBox:
    """Form in which `coder` works through a sheet; each answer is saved at once.

    The answers are appended to the CSV file `path`. A letter in the field Key is an answer and brings the
    next item. The letters are listed below the field, each with a button that does the same. On the sheet
    of an analysis the letter names the naming of the source; 1, 2 and 3 choose the form and stay on the
    item, and a name in the field Speaker is saved with the answer. On a sheet of texts the letter names
    the tone. b goes back.

    The form opens at the first item that `coder` has not coded in `path`, so that work continues after a
    restart. The machine's reading is hidden, because coders follow it when they see it. `is_machine_shown`
    shows it and adds the key r (right as it is).

    Raises ValueError for a sheet without the columns of coding_sheet, and for a blank coder.

    >>> form = onrecord.show_coding(onrecord.coding_sheet(analysis, 5), "codings/ann.csv", coder="ann")
    """
    is_texts = "tone" in sheet
    columns = ["text"] if is_texts else ["passage", "text", "speaker", "form", "naming"]
    require(sheet, ["item_id", *columns], table="sheet")
    check_coder(coder)
    answers = _answers(is_texts=is_texts, is_machine_shown=is_machine_shown)
    codings = read_codings(path)
    coded = set(codings.loc[codings["coder"] == coder, "item_id"])
    items = sheet.to_dict("records")
    current = next((i for i, item in enumerate(items) if item["item_id"] not in coded), len(items))
    state = {"position": current}
    item_shown, status = widgets.HTML(), widgets.HTML()
    form = widgets.ToggleButtons(
        options=[("unchanged", None), *((name, name) for name in FORMS)], description="Form"
    )
    speaker = widgets.Text(description="Speaker", placeholder="only where another one speaks")
    key = widgets.Text(description="Key", placeholder="one letter", layout=widgets.Layout(width="12rem"))
    wide = widgets.Layout(width="auto", min_width="9rem")
    buttons = [
        widgets.Button(description=f"{letter}: {name.replace('_', ' ')}", layout=wide)
        for letter, name in answers.items()
    ]

    def show() -> None:
        form.value, speaker.value = None, ""
        position = state["position"]
        if position >= len(items):
            item_shown.value = (
                f"<p>All {len(items)} items are coded. The answers are in {escape(str(path))}.</p>"
            )
            return
        lines = _lines(items[position], is_texts=is_texts, is_machine_shown=is_machine_shown)
        item_shown.value = f"<p>Item {position + 1} of {len(items)}</p><dl>{lines}</dl>"

    def answer(letter: str) -> None:
        if letter in FORM_OF_KEY and not is_texts:
            form.value = FORM_OF_KEY[letter]
            return
        if letter not in answers:
            status.value = f"<p>{escape(letter)} is not a key of this form.</p>"
            return
        if letter == BACK:
            state["position"] = max(state["position"] - 1, 0)
        elif state["position"] < len(items):
            item_id = items[state["position"]]["item_id"]
            if is_texts:
                save_coding(path, item_id, coder=coder, tone=TONE_OF_KEY[letter])
            else:
                save_coding(
                    path,
                    item_id,
                    coder=coder,
                    is_right=letter != NOT_ONE,
                    form=form.value,
                    naming=NAMING_OF_KEY.get(letter),
                    speaker=speaker.value or None,
                )
            status.value = f"<p role='status'>Saved: {escape(answers[letter])}.</p>"
            state["position"] += 1
        show()

    def pressed(change: dict) -> None:
        if letter := change["new"].strip().lower()[-1:]:
            key.value = ""
            answer(letter)

    key.observe(pressed, names="value")
    for letter, button in zip(answers, buttons, strict=True):
        button.on_click(lambda _button, letter=letter: answer(letter))
    show()
    row = widgets.HBox(buttons, layout=widgets.Layout(flex_flow="row wrap"))
    fields = [] if is_texts else [form, speaker]
    return Panel([item_shown, *fields, key, row, status], words=_BEFORE)


def _answers(*, is_texts: bool, is_machine_shown: bool) -> dict[str, str]:
    """The answer that each letter gives."""
    if is_texts:
        return {**TONE_OF_KEY, BACK: "back"}
    right = {RIGHT: "right"} if is_machine_shown else {}
    return {**right, NOT_ONE: "no attribution", **NAMING_OF_KEY, BACK: "back"}


def _lines(item: Mapping, *, is_texts: bool, is_machine_shown: bool) -> str:
    """What a coder sees of an item as HTML, without markup from the article."""
    lines = [("Text", item["text"])]
    if not is_texts:
        lines = [("Passage", item["passage"]), ("Content", item["text"]), ("Speaker", item["speaker"])]
        if is_machine_shown:
            lines.append(("Read as", f"{item['form']}, {item['naming']}"))
    html = "".join(
        f"<dt>{name}</dt><dd dir='auto'>{escape(spelled(str(value))) if pd.notna(value) else 'none'}</dd>"
        for name, value in lines
    )
    origin = origin_html(item)
    return f"{html}<dt>Article</dt><dd dir='auto'>{origin}</dd>" if origin else html
