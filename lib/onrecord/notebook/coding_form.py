"""The form in which a coder works through a sheet: a letter an answer, each saved at once."""

from __future__ import annotations

from html import escape
from pathlib import Path

import ipywidgets as widgets
import pandas as pd

from onrecord.evaluation.coding_sheet import FORMS, check_coder, read_codings, save_coding
from onrecord.tables import require
from onrecord.text.characters import spelled

NAMING_OF_KEY = {
    **{"n": "named", "i": "institution", "a": "anonymous", "d": "identifiable", "s": "spokesperson"},
    **{"u": "unnamed", "c": "collective", "t": "narrator", "o": "unidentified_document", "l": "unclear"},
}
FORM_OF_KEY = dict(zip("123", FORMS, strict=True))
RIGHT, NOT_ONE, BACK = "r", "x", "b"


def show_coding(
    sheet: pd.DataFrame, path: str | Path, *, coder: str, is_machine_shown: bool = False
) -> widgets.VBox:
    """Return the form in which `coder` works through `sheet`; each answer goes to the CSV `path` at once.

    One letter in the field Key is an answer, saved with the speaker that stands beside it, and brings the
    next item: the letters stand below the field, each with a button that does the same. 1, 2 and 3 set the
    form and stay on the item; b goes back. The form opens on the first item that `coder` has not coded in
    `path`, so that a restart or a new run goes on where the work stopped. The machine's reading is hidden,
    since who sees it follows it; `is_machine_shown` shows it, and only then r (right as it is) is there.

    Raises ValueError for a sheet without coding_sheet's columns, and without a coder.
    """
    require(sheet, ["item_id", "passage", "text", "speaker", "form", "naming"], table="sheet")
    check_coder(coder)
    answers = {NOT_ONE: "no attribution", **NAMING_OF_KEY, BACK: "back"}
    if is_machine_shown:
        answers = {RIGHT: "right", **answers}
    codings = read_codings(path)
    coded = set(codings.loc[codings["coder"] == coder, "item_id"])
    items = sheet.to_dict("records")
    place = next((i for i, item in enumerate(items) if item["item_id"] not in coded), len(items))
    seen = {"place": place}
    item_shown, said = widgets.HTML(), widgets.HTML()
    form = widgets.ToggleButtons(
        options=[("as it stands", None), *((f, f) for f in FORMS)], description="Form"
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
        if seen["place"] >= len(items):
            item_shown.value = (
                f"<p>All {len(items)} items are coded. The answers stand in {escape(str(path))}.</p>"
            )
            return
        item = items[seen["place"]]
        lines = [("Passage", item["passage"]), ("Content", item["text"]), ("Speaker", item["speaker"])]
        if is_machine_shown:
            lines.append(("Read as", f"{item['form']}, {item['naming']}"))
        item_shown.value = f"<p>Item {seen['place'] + 1} of {len(items)}</p><dl>" + "".join(
            f"<dt>{name}</dt><dd dir='auto'>{escape(spelled(str(value))) if pd.notna(value) else 'none'}</dd>"
            for name, value in lines
        )
        item_shown.value += "</dl>"

    def answer(letter: str) -> None:
        if letter in FORM_OF_KEY:
            form.value = FORM_OF_KEY[letter]
            return
        if letter not in answers:
            said.value = f"<p>{escape(letter)} is no key of this form.</p>"
            return
        if letter == BACK:
            seen["place"] = max(seen["place"] - 1, 0)
        elif seen["place"] < len(items):
            item_id = items[seen["place"]]["item_id"]
            given = {
                "form": form.value,
                "naming": NAMING_OF_KEY.get(letter),
                "speaker": speaker.value or None,
            }
            save_coding(path, item_id, coder=coder, is_right=letter != NOT_ONE, **given)
            said.value = f"<p role='status'>Saved: {escape(answers[letter])}.</p>"
            seen["place"] += 1
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
    return widgets.VBox([item_shown, form, speaker, key, row, said])
