"""Two coders: their values, their disagreements, one answer per item."""

from __future__ import annotations

import pandas as pd
import pytest

import onrecord
from onrecord.evaluation.adjudication import adjudicate_codings, complete_codings
from onrecord.evaluation.coding_columns import CODINGS
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
    return as_table([(*row, pd.NaT, None) for row in rows], CODINGS)


BOTH = codings(
    ("h-0", "ann", True, None, "anonymous", None),
    ("h-0", "ben", True, "direct", "unnamed", None),
    ("h-9", "ann", True, None, None, None),
    ("h-9", "ben", True, "indirect", "named", "B"),
    ("h-20", "ann", False, None, None, None),
)


def test_what_a_coder_left_is_what_the_machine_read():
    said = complete_codings(SHEET, BOTH)
    assert said[["form", "naming"]].to_numpy().tolist() == [
        ["direct", "anonymous"],
        ["direct", "unnamed"],
        ["indirect", "named"],
        ["indirect", "named"],
        ["no attribution", "no attribution"],
    ]
    assert onrecord.agreement(said, value="form").alpha == 1
    assert onrecord.agreement(BOTH, value="naming", sheet=SHEET) == onrecord.agreement(said, value="naming")
    assert onrecord.count_confusions(BOTH, coders=("ann", "ben"), value="naming", sheet=SHEET).equals(
        onrecord.count_confusions(said, coders=("ann", "ben"), value="naming")
    )
    table = onrecord.count_confusions(said, coders=("ann", "ben"), value="naming")
    assert table.loc["anonymous", "unnamed"] == 1 and table.loc["named", "named"] == 1


def test_disagreements_are_side_by_side():
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
    with pytest.raises(ValueError, match=r"value must be one of form, naming, speaker or tone, not 'relay'"):
        onrecord.find_disagreements(SHEET, BOTH, value="relay")


def test_one_answer_per_item_after_adjudication():
    with pytest.raises(ValueError, match=r"coders disagree on 1 items, for example h-0"):
        adjudicate_codings(SHEET, BOTH)
    final = codings(("h-0", "adjudicated", True, None, "spokesperson", None))
    one = adjudicate_codings(SHEET, pd.concat([BOTH, final]))
    assert one[["item_id", "coder", "naming"]].to_numpy().tolist()[:2] == [
        ["h-0", "adjudicated", "spokesperson"],
        ["h-9", "all", "named"],
    ]
    assert one["is_right"].tolist() == [True, True, False] and one["naming"].isna().tolist()[2]
    none = adjudicate_codings(SHEET, BOTH.head(0))
    assert none.empty and list(none) == list(CODINGS)
