"""The coding form: one letter per answer, saved at once, continued where it stopped."""

from __future__ import annotations

import ipywidgets as widgets
import pandas as pd
import pytest

import onrecord
from onrecord.evaluation.coding_sheet import NAMINGS
from onrecord.notebook.coding_form import NAMING_OF_KEY

SHEET = pd.DataFrame(
    {
        "item_id": ["h1-0", "h1-40", "h2-7"],
        "passage": ["“Yes,” said an aide.", "<script>alert(1)</script> it said.", "He said\u202eon it."],
        "text": ["“Yes,”", "it", "on it"],
        "speaker": ["an aide", pd.NA, "He"],
        "form": ["direct", "indirect", "indirect"],
        "naming": ["unnamed", pd.NA, "named"],
    }
)


def parts(form: widgets.VBox) -> tuple:
    shown, wording, speaker, key, buttons, said = form.children
    return shown, wording, speaker, key, buttons.children, said


def test_each_letter_is_saved_before_the_next_item(tmp_path):
    path = tmp_path / "ann.csv"
    shown, wording, speaker, key, _buttons, _said = parts(onrecord.show_coding(SHEET, path, coder="ann"))
    assert "Item 1 of 3" in shown.value and "unnamed" not in shown.value
    key.value = "2"
    assert wording.value == "mixed" and not path.exists()
    speaker.value = "an old aide"
    key.value = "a"
    row = onrecord.read_codings(path).iloc[0]
    assert list(row[["item_id", "is_right", "form", "naming", "speaker"]]) == [
        *("h1-0", True, "mixed", "anonymous", "an old aide")
    ]
    assert "Item 2 of 3" in shown.value and key.value == "" and speaker.value == ""


def test_the_form_goes_on_where_the_coder_stopped(tmp_path):
    path = tmp_path / "codings.csv"
    *_, key, _buttons, _said = parts(onrecord.show_coding(SHEET, path, coder="ann"))
    key.value = "x"
    assert "Item 2" in parts(onrecord.show_coding(SHEET, path, coder="ann"))[0].value
    assert "Item 1" in parts(onrecord.show_coding(SHEET, path, coder="ben"))[0].value
    assert not onrecord.read_codings(path)["is_right"].iloc[0]
    key.value = "b"
    key.value = "n"
    codings = onrecord.read_codings(path)
    assert codings["naming"].tolist() == ["named"] and codings["is_right"].all()


def test_buttons_do_what_the_keys_do_and_the_end_is_said(tmp_path):
    path = tmp_path / "codings.csv"
    form = onrecord.show_coding(SHEET, path, coder="ann", is_machine_shown=True)
    shown, _wording, _speaker, key, buttons, said = parts(form)
    assert "direct, unnamed" in shown.value
    for _ in range(3):
        buttons[0].click()
    assert "All 3 items are coded" in shown.value
    key.value = "r"
    assert len(onrecord.read_codings(path)) == 3
    key.value = "q"
    assert "not a key" in said.value


def test_a_hostile_passage_stands_as_text(tmp_path):
    shown, *_, key, _buttons, _said = parts(onrecord.show_coding(SHEET, tmp_path / "c.csv", coder="ann"))
    key.value = "u"
    assert "<script" not in shown.value and "&lt;script" in shown.value
    key.value = "u"
    assert "\u202e" not in shown.value


def test_every_naming_has_a_key_and_a_coder_a_name(tmp_path):
    assert set(NAMING_OF_KEY.values()) == set(NAMINGS)
    with pytest.raises(ValueError, match="coder is empty"):
        onrecord.show_coding(SHEET, tmp_path / "c.csv", coder=" ")


def test_a_sheet_of_texts_is_coded_by_tone(tmp_path):
    sheet = onrecord.coding_sheet(pd.DataFrame({"text": ["It rained.", "<b>Good.</b>"]}), 2)
    shown, key, buttons, status = onrecord.show_coding(sheet, tmp_path / "c.csv", coder="ann").children
    assert "Item 1 of 2" in shown.value and "<b>" not in shown.value.replace("<br>", "")
    key.value = "a"
    assert "not a key" in status.value
    key.value = "n"
    buttons.children[2].click()
    found = onrecord.read_codings(tmp_path / "c.csv")
    assert found["tone"].tolist() == ["negative", "positive"] and "All 2 items" in shown.value
