"""Two coders: what each said, where they differ, one answer an item."""

from __future__ import annotations

import pandas as pd
import pytest

import onrecord
from onrecord.evaluation.coding_sheet import CODINGS
from onrecord.tables import as_table

SHEET = pd.DataFrame(
    {
        "item_id": ["h-0", "h-9", "h-20"],
        "doc_id": ["a", "a", "a"],
        "passage": ["A said it.", "B said it.", "C fell."],
        "text": ["it", "it", "fell"],
        "form": ["direct", "indirect", "indirect"],
        "naming": ["unnamed", "named", "named"],
        "speaker": ["A", "B", pd.NA],
    }
)


def codings(*rows: tuple) -> pd.DataFrame:
    """Return codings: item_id, coder, is_right, form, naming, speaker."""
    return as_table([(*row, pd.NaT) for row in rows], CODINGS)


BOTH = codings(
    ("h-0", "ann", True, None, "anonymous", None),
    ("h-0", "ben", True, "direct", "unnamed", None),
    ("h-9", "ann", True, None, None, None),
    ("h-9", "ben", True, "indirect", "named", "B"),
    ("h-20", "ann", False, None, None, None),
)


def test_what_a_coder_left_is_what_the_machine_read():
    said = onrecord.complete_codings(SHEET, BOTH)
    assert said[["form", "naming"]].to_numpy().tolist() == [
        ["direct", "anonymous"],
        ["direct", "unnamed"],
        ["indirect", "named"],
        ["indirect", "named"],
        ["no attribution", "no attribution"],
    ]
    assert onrecord.agreement(said, value="form").alpha == 1
    table = onrecord.count_confusions(said, coders=("ann", "ben"), value="naming")
    assert table.loc["anonymous", "unnamed"] == 1 and table.loc["named", "named"] == 1


def test_disagreements_stand_beside_each_other():
    found = onrecord.find_disagreements(SHEET, BOTH)
    assert found.to_dict("records") == [
        {
            **{"item_id": "h-0", "doc_id": "a", "passage": "A said it.", "text": "it"},
            **{"ann": "anonymous", "ben": "unnamed"},
        }
    ]
    assert onrecord.find_disagreements(SHEET, BOTH, value="form").empty
    is_one = codings(("h-20", "ann", False, None, None, None), ("h-20", "ben", True, None, None, None))
    assert onrecord.find_disagreements(SHEET, is_one)["ann"].tolist() == ["no attribution"]
    with pytest.raises(ValueError, match=r"value='tone': take one of form, naming, speaker"):
        onrecord.find_disagreements(SHEET, BOTH, value="tone")


def test_one_answer_an_item_once_they_are_settled():
    with pytest.raises(ValueError, match=r"1 items are coded in different ways, h-0 for one"):
        onrecord.settle_codings(SHEET, BOTH)
    settled = codings(("h-0", "settled", True, None, "spokesperson", None))
    one = onrecord.settle_codings(SHEET, pd.concat([BOTH, settled]))
    assert one[["item_id", "coder", "naming"]].to_numpy().tolist()[:2] == [
        ["h-0", "settled", "spokesperson"],
        ["h-9", "all", "named"],
    ]
    assert one["is_right"].tolist() == [True, True, False] and one["naming"].isna().tolist()[2]
    none = onrecord.settle_codings(SHEET, BOTH.head(0))
    assert none.empty and list(none) == list(CODINGS)
