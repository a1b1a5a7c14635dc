"""A sheet to code in a spreadsheet: written with lists to choose from, read back cell by cell."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from onrecord.evaluation.coding_sheet import CODINGS, FORMS, NAMINGS, check_coder
from onrecord.export.cells import keep_text, sheet_cell
from onrecord.tables import as_table, require
from onrecord.text.characters import spelled

TO_CODE, HOW = "to code", "how"
SHOWN = ("item_id", "passage", "text", "speaker")
CHOICES = {"is this an attribution": ("yes", "no"), "form": FORMS, "naming": NAMINGS}
FREE = "other speaker"
COLUMNS = (*SHOWN, *CHOICES, FREE)
WIDTHS = (20, 70, 50, 22, 14, 12, 22, 24)
_HELP = (
    "One row is one attribution: what is said (text), in its sentences (passage), and who says it (speaker).",
    "Choose from the lists of the columns to the right of the speaker; type nothing else there.",
    "is this an attribution: no, where nobody says, thinks or writes this here; the rest stays empty then.",
    "form: direct (all words within quotation marks), mixed (some), indirect (none).",
    "naming: how the source is named; docs/codebook.md has the ordered test, first that fits counts.",
    "other speaker: only where somebody else speaks than the row says.",
    "A row without any choice counts as not coded yet.",
)


def save_coding_workbook(sheet: pd.DataFrame, path: str | Path, *, coder: str) -> Path:
    """Write the sheet for `coder` to fill in a spreadsheet, as one XLSX file; return its path.

    One row an item of coding_sheet, without the machine's form and naming; what is to choose from stands as
    a list in each cell, and all other cells are locked (without a password). Text of an article is text,
    never a formula. A workbook of the same items that is there already stays as it is, with its answers.
    Raises FileExistsError for one of other items, and ValueError without a coder.
    """
    require(sheet, SHOWN, table="sheet")
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise ValueError(f"{path}: name a file that ends in .xlsx.")
    if path.exists():
        rows = load_workbook(path, read_only=True)[TO_CODE].iter_rows(min_row=2, max_col=1, values_only=True)
        if [row[0] for row in rows] == sheet["item_id"].tolist():
            return path
        raise FileExistsError(f"{path} is there already, with other items: give another name.")
    check_coder(coder)
    book = Workbook()
    page = book.active
    page.title = TO_CODE
    page.append(COLUMNS)
    for row in sheet[list(SHOWN)].itertuples(index=False, name=None):
        page.append([None] * len(COLUMNS))
        for place, value in enumerate(row, 1):
            cell = page.cell(page.max_row, place)
            # A coder reads what stands there: a character that turns the line round is spelled out.
            cell.value, _ = sheet_cell(value if pd.isna(value) else spelled(value))
            keep_text(cell)
    _lay_out(page, len(sheet) + 1)
    about = book.create_sheet(HOW)
    for line in (("coder", coder), *(("", line) for line in _HELP)):
        about.append(line)
        keep_text(about.cell(about.max_row, 2))
    about.column_dimensions["B"].width = 110
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def _lay_out(page, last: int) -> None:
    """Freeze the head, wrap the text, and open the cells to be filled, each with its list."""
    page.freeze_panes = "A2"
    page.protection.sheet = True
    for place, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True), 1):
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = width
        page.cell(1, place).font = Font(bold=True)
        for number in range(2, last + 1):
            cell = page.cell(number, place)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.protection = Protection(locked=name in SHOWN)
        if name in CHOICES and last > 1:
            chosen = DataValidation("list", formula1=f'"{",".join(CHOICES[name])}"', allow_blank=True)
            chosen.error = f"Choose one of: {', '.join(CHOICES[name])}."
            chosen.showErrorMessage = True
            page.add_data_validation(chosen)
            chosen.add(f"{letter}2:{letter}{last}")


def read_coding_workbook(path: str | Path) -> pd.DataFrame:
    """Return one row an item that was coded in a workbook of save_coding_workbook.

    The columns of read_codings; coded_at is NA. A row without any choice is not coded, and left out.
    Raises ValueError that names the cell where it holds what is no choice, or a choice that contradicts
    another; FileNotFoundError without the file.
    """
    path = Path(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except FileNotFoundError:
        raise FileNotFoundError(f"{path}: there is no such file.") from None
    except Exception as error:  # whatever openpyxl meets in a file that is no workbook
        raise ValueError(f"{path} is no workbook that can be opened ({error}); save it as .xlsx.") from error
    if not {TO_CODE, HOW} <= set(book.sheetnames):
        raise ValueError(f"{path} has no sheets “to code” and “how”: is it one of save_coding_workbook?")
    coder = str(next(book[HOW].iter_rows(max_row=1, values_only=True))[1])
    lines = book[TO_CODE].iter_rows(values_only=True)
    head = [str(name) for name in next(lines, ())]
    missing = [name for name in COLUMNS if name not in head]
    if missing:
        raise ValueError(f"{path}, row 1: the column “{missing[0]}” is gone; put it back as it was.")
    found = []
    for number, line in enumerate(lines, 2):
        row = {name: value for name, value in zip(head, line, strict=False) if name in COLUMNS}
        given = {name: str(row[name]).strip() for name in (*CHOICES, FREE) if row.get(name) not in (None, "")}
        if not given:
            continue
        for name, choices in CHOICES.items():
            value = given.get(name, "").lower() or None
            if value is not None and value not in choices:
                raise ValueError(
                    f"{path}, cell {_cell(head, name, number)}: {given[name]!r} is no choice of “{name}”; "
                    f"choose one of {', '.join(choices)}."
                )
            given[name] = value
        is_right = given["is this an attribution"] != "no"
        more = next((name for name in ("form", "naming", FREE) if given.get(name)), None)
        if not is_right and more:
            raise ValueError(
                f"{path}, cell {_cell(head, more, number)}: what is no attribution has no {more}; empty it, "
                "or choose yes."
            )
        answers = (given["form"], given["naming"], given.get(FREE))
        found.append((str(row["item_id"]), coder, is_right, *answers, pd.NaT))
    twice = [item for item, n in pd.Series([row[0] for row in found]).value_counts().items() if n > 1]
    if twice:
        raise ValueError(f"{path}: {twice[0]} stands there in several rows; keep one.")
    return as_table(found, CODINGS)


def _cell(head: list[str], name: str, number: int) -> str:
    return f"{get_column_letter(head.index(name) + 1)}{number}"
