"""Files of codings that a spreadsheet, an editor or a stranger changed: read right, or refused by cell."""

import pandas as pd
import pytest
from openpyxl import load_workbook

import onrecord
from onrecord.evaluation.codings import read_codings, save_coding

TEXT = "“The lock leaks,” Orla Varn said. An official denied it."


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "ann.csv"
    save_coding(path, "a", coder="ann", is_right=False)
    save_coding(path, "b", coder="ann", naming="named", speaker="Orla Varn")
    return path


def read(path):
    return read_codings(path)[["item_id", "is_right", "naming", "speaker"]].to_numpy(na_value=None).tolist()


RIGHT = [["a", False, None, None], ["b", True, "named", "Orla Varn"]]


def test_what_a_spreadsheet_writes_is_read_as_it_was_meant(path):
    text = path.read_text()
    changed = text.replace("False", "FALSE").replace("True", "TRUE").replace("\n", "\r\n")
    path.write_bytes("\ufeff".encode() + changed.encode())
    assert read(path) == RIGHT
    save_coding(path, "c", coder="ann", naming="unclear")
    assert read(path)[2] == ["c", True, "unclear", None]


def test_an_answer_behind_a_line_without_an_end_is_a_row_of_its_own(path):
    path.write_text(path.read_text().rstrip("\n"))
    save_coding(path, "c", coder="ann", is_right=False)
    assert read(path) == [*RIGHT, ["c", False, None, None]]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("False", "no", r"row 2: is_right must be True or False, not 'no'"),
        ("False", "", r"row 2: is_right must be True or False, not ''"),
        ("named", "=1+1", r"row 3: naming must be empty or one of .*, not '=1\+1'"),
        ("named", "Named", r"row 3: naming must be empty or one of"),
        ("a,ann", ",ann", r"row 2: item_id must be an item of the sheet"),
        ("b,ann", "b,ann,1,2,3,4,5,6,7", r"is not a file of codings"),
        ("item_id", "item", r"is not a file of codings .*item_id"),
        (",", ";", r"is not a file of codings"),
        (",20", ",00", r"row 2: coded_at must be a date and time, or empty, not '00"),
        ("+00:00", "\x1b[2J", r"row 2: coded_at must be a date and time, or empty, not '.*⟨U\+001B⟩"),
    ],
)
def test_a_wrong_cell_is_named(path, old, new, words):
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(ValueError, match=f"ann.csv.*{words}"):
        read_codings(path)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"\0" * 50, b'"', "item_id\n".encode("utf-16")])
def test_a_file_that_is_no_table_is_named_and_nothing_is_added_to_it(path, content):
    path.write_bytes(content)
    if content:
        with pytest.raises(ValueError, match=r"ann.csv is not a file of codings"):
            save_coding(path, "c", coder="ann")
        assert path.read_bytes() == content
    with pytest.raises(ValueError, match=r"ann.csv is not a file of codings"):
        read_codings(path)


def test_columns_in_another_order_keep_their_values(path):
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame[frame.columns[::-1]].to_csv(path, index=False)
    save_coding(path, "c", coder="ann", speaker="Tomas Ule")
    assert read(path) == [*RIGHT, ["c", True, None, "Tomas Ule"]]


@pytest.fixture
def workbook(tmp_path):
    sheet = onrecord.coding_sheet(onrecord.analyse(pd.DataFrame({"doc_id": ["a"], "text": [TEXT]})), 2)
    return onrecord.save_coding_sheet(sheet, tmp_path / "ann.xlsx", coder="ann")


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ("F2", "=A1", r"cell F2: “form” must be a value, not '=A1'"),
        ("H2", '=HYPERLINK("http://x.example")', r"cell H2: “other speaker” must be a value"),
        ("A2", None, r"cell A2: “item_id” must be a value"),
        ("F2", "spoken", r"cell F2: “form” must be one of"),
        ("E1", "x", r"row 1: column “is this an attribution” not found"),
    ],
)
def test_a_wrong_cell_of_a_workbook_is_named(workbook, cell, value, words):
    book = load_workbook(workbook)
    book["to code"]["E2"] = "yes"
    book["to code"][cell] = value
    book.save(workbook)
    with pytest.raises(ValueError, match=words):
        read_codings(workbook)


def test_a_workbook_without_its_coder_is_named(workbook):
    book = load_workbook(workbook)
    book["how"]["B1"] = None
    book.save(workbook)
    with pytest.raises(ValueError, match=r"ann.xlsx, sheet “how”, cell B1: the name of the coder is missing"):
        read_codings(workbook)
