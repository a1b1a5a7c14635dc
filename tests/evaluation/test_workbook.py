"""The sheet to code in a spreadsheet: written for a person, read back cell by cell."""

from __future__ import annotations

import pandas as pd
import pytest
from openpyxl import load_workbook

import onrecord
from hostile import CONTENT
from onrecord.evaluation.coding_sheet import FORMS, NAMINGS

SHEET = pd.DataFrame(
    {
        "item_id": ["h1-0", "h1-40", "h2-7"],
        "passage": [f"{CONTENT} said an aide.", '=HYPERLINK("http://evil.example")', "He said\u202eon it."],
        "text": [CONTENT, "=1+1", "on it"],
        "speaker": ["an aide", pd.NA, "He"],
        "form": ["direct", "indirect", "indirect"],
        "naming": ["unnamed", pd.NA, "named"],
    }
)


def filled(tmp_path, **cells: object):
    """Return the path of a workbook in which a coder has filled `cells` (E2="yes", …)."""
    path = onrecord.save_coding_workbook(SHEET, tmp_path / "ann.xlsx", coder="ann")
    book = load_workbook(path)
    for cell, value in cells.items():
        book["to code"][cell] = value
    book.save(path)
    return path


def test_a_coder_sees_text_and_lists_and_not_the_machine(tmp_path):
    page = load_workbook(filled(tmp_path))["to code"]
    rows = list(page.iter_rows(values_only=True))
    assert rows[0][:5] == ("item_id", "passage", "text", "speaker", "is this an attribution")
    assert rows[2][1:3] == ('=HYPERLINK("http://evil.example")', "=1+1")
    assert page["B3"].data_type == "s" and page["C3"].data_type == "s" and page["B3"].quotePrefix
    assert rows[3][1] == "He said⟨U+202E⟩on it." and rows[2][3] is None
    assert all(cell is None for row in rows[1:] for cell in row[4:])
    lists = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert lists == {
        "E2:E4": '"yes,no"',
        "F2:F4": f'"{",".join(FORMS)}"',
        "G2:G4": f'"{",".join(NAMINGS)}"',
    }
    assert page.protection.sheet and page["B2"].protection.locked and not page["G2"].protection.locked


def test_what_was_chosen_is_read_back(tmp_path):
    found = onrecord.read_coding_workbook(
        filled(tmp_path, E2="yes", G2=" Anonymous ", H2="an old aide", E4="no")
    )
    assert found.drop(columns="coded_at").astype(object).where(found.notna(), None).values.tolist() == [
        ["h1-0", "ann", True, None, "anonymous", "an old aide"],
        ["h2-7", "ann", False, None, None, None],
    ]
    assert list(found) == list(onrecord.read_codings(tmp_path / "none.csv"))


def test_a_workbook_without_an_answer_has_no_rows(tmp_path):
    assert onrecord.read_coding_workbook(filled(tmp_path)).empty


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (
            {"G3": "nameless"},
            r"cell G3: 'nameless' is no choice of “naming”; choose one of named",
        ),
        (
            {"E2": "maybe"},
            r"cell E2: 'maybe' is no choice of “is this an attribution”; choose",
        ),
        ({"E2": "no", "G2": "named"}, r"cell G2: what is no attribution has no naming"),
        ({"F1": "shape"}, r"row 1: the column “form” is gone"),
        ({"A3": "h1-0", "E2": "yes", "E3": "yes"}, r"h1-0 stands there in several rows"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path, cells, message):
    path = filled(tmp_path, **cells)
    with pytest.raises(ValueError, match=message):
        onrecord.read_coding_workbook(path)


def test_a_coders_work_is_never_written_over(tmp_path):
    path = filled(tmp_path, E2="yes")
    assert onrecord.save_coding_workbook(SHEET, path, coder="ann") == path
    assert len(onrecord.read_coding_workbook(path)) == 1
    with pytest.raises(FileExistsError, match="with other items"):
        onrecord.save_coding_workbook(SHEET.head(2), path, coder="ann")
    with pytest.raises(ValueError, match="coder is empty"):
        onrecord.save_coding_workbook(SHEET, tmp_path / "new.xlsx", coder=" ")
    with pytest.raises(ValueError, match=r"name a file that ends in \.xlsx"):
        onrecord.save_coding_workbook(SHEET, tmp_path / "new.csv", coder="ann")


def test_a_file_that_is_no_workbook_is_said_so(tmp_path):
    (tmp_path / "a.xlsx").write_text("no")
    with pytest.raises(ValueError, match="is no workbook that can be opened"):
        onrecord.read_coding_workbook(tmp_path / "a.xlsx")
    with pytest.raises(FileNotFoundError, match="there is no such file"):
        onrecord.read_coding_workbook(tmp_path / "b.xlsx")
    pd.DataFrame({"a": [1]}).to_excel(tmp_path / "c.xlsx")
    with pytest.raises(ValueError, match="has no sheets"):
        onrecord.read_coding_workbook(tmp_path / "c.xlsx")
