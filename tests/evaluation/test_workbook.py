"""Coding in a spreadsheet: lists of choices, locked cells, answers read back."""

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
    path = onrecord.save_coding_sheet(SHEET, tmp_path / "ann.xlsx", coder="ann")
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
    found = onrecord.read_codings(filled(tmp_path, E2="yes", G2=" Anonymous ", H2="an old aide", E4="no"))
    given = found.drop(columns=["coded_at", "tone"]).astype(object)
    assert given.where(given.notna(), None).values.tolist() == [
        ["h1-0", "ann", True, None, "anonymous", "an old aide"],
        ["h2-7", "ann", False, None, None, None],
    ]
    assert list(found) == list(onrecord.read_codings(tmp_path / "none.csv"))


def test_a_workbook_without_an_answer_has_no_rows(tmp_path):
    assert onrecord.read_codings(filled(tmp_path)).empty


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (
            {"G3": "nameless"},
            r"cell G3: “naming” must be one of named, .*, not 'nameless'",
        ),
        (
            {"E2": "maybe"},
            r"cell E2: “is this an attribution” must be one of yes, no, not 'maybe'",
        ),
        ({"E2": "no", "G2": "named"}, r"cell G2: what is not an attribution cannot have “naming”"),
        ({"F1": "shape"}, r"row 1: column “form” not found"),
        ({"A3": "h1-0", "E2": "yes", "E3": "yes"}, r"item h1-0 occurs in several rows"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path, cells, message):
    path = filled(tmp_path, **cells)
    with pytest.raises(ValueError, match=message):
        onrecord.read_codings(path)


def test_a_coders_work_is_never_written_over(tmp_path):
    path = filled(tmp_path, E2="yes")
    assert onrecord.save_coding_sheet(SHEET, path, coder="ann") == path
    assert len(onrecord.read_codings(path)) == 1
    with pytest.raises(FileExistsError, match="with other items"):
        onrecord.save_coding_sheet(SHEET.head(2), path, coder="ann")
    with pytest.raises(ValueError, match="coder is empty"):
        onrecord.save_coding_sheet(SHEET, tmp_path / "new.xlsx", coder=" ")
    with pytest.raises(ValueError, match=r"path must end in \.xlsx, not 'new.csv'"):
        onrecord.save_coding_sheet(SHEET, tmp_path / "new.csv", coder="ann")


def test_other_files_are_refused(tmp_path):
    (tmp_path / "a.xlsx").write_text("no")
    with pytest.raises(ValueError, match="cannot be opened as a workbook"):
        onrecord.read_codings(tmp_path / "a.xlsx")
    with pytest.raises(FileNotFoundError, match="not found"):
        onrecord.read_codings(tmp_path / "b.xlsx")
    pd.DataFrame({"a": [1]}).to_excel(tmp_path / "c.xlsx")
    with pytest.raises(ValueError, match="does not have the sheets"):
        onrecord.read_codings(tmp_path / "c.xlsx")


def test_a_sheet_of_texts_has_a_list_of_tones(tmp_path):
    sheet = onrecord.coding_sheet(pd.DataFrame({"text": ["It rained.", "=1+1"]}), 2)
    path = onrecord.save_coding_sheet(sheet, tmp_path / "tone.xlsx", coder="ann")
    book = load_workbook(path)
    page = book["to code"]
    assert [cell.value for cell in page[1]] == ["item_id", "text", "tone"]
    assert page["B2"].data_type == page["B3"].data_type == "s"
    page["C2"] = "Positive "
    book.save(path)
    found = onrecord.read_codings(path)
    assert found[["item_id", "coder", "tone"]].values.tolist() == [[sheet["item_id"][0], "ann", "positive"]]
    page["C3"] = "fine"
    book.save(path)
    with pytest.raises(ValueError, match=r"cell C3: “tone” must be one of negative, neutral, positive"):
        onrecord.read_codings(path)


def test_the_article_of_an_item_can_be_found(tmp_path):
    about = {"outlet": "Post", "headline": "=Lock", "url": "https://post.example/a", "path": "a.txt"}
    sheet = SHEET.assign(**about, published=pd.Timestamp("2026-01-05", tz="UTC"))
    page = load_workbook(onrecord.save_coding_sheet(sheet, tmp_path / "ann.xlsx", coder="ann"))["to code"]
    rows = list(page.iter_rows(values_only=True))
    assert rows[0][-4:] == ("outlet", "published", "headline", "url")
    assert rows[1][-4:] == ("Post", "2026-01-05", "=Lock", "https://post.example/a")
    assert page.cell(2, len(rows[0])).protection.locked and page.cell(2, len(rows[0]) - 1).data_type == "s"
