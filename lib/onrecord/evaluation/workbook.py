"""Coding in a spreadsheet: a workbook with lists of choices, and its answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from onrecord.evaluation.coding_columns import CODINGS, check_coder
from onrecord.evaluation.coding_sheet import FORMS, NAMINGS, TONES
from onrecord.export.cells import keep_text, sheet_cell
from onrecord.tables import as_table, require
from onrecord.text.characters import spelled

TO_CODE, HOW = "to code", "how"
IS_RIGHT, SPEAKER = "is this an attribution", "other speaker"
WIDTHS = {"item_id": 20, "passage": 70, "text": 50, "speaker": 22, IS_RIGHT: 14, "form": 12, "naming": 22}
WIDTHS |= {SPEAKER: 24, "tone": 14, "outlet": 18, "published": 12, "headline": 40, "url": 40}

# What a coder sees, and what a coder may choose from, on the sheet of an analysis and of a table of texts.
_SHOWN = ("item_id", "passage", "text", "speaker")
_SHOWN_OF_TEXTS = ("item_id", "text")
_ORIGIN = ("outlet", "published", "headline", "url")  # last, so that the article can be found
_CHOICES: dict[str, tuple[str, ...]] = {IS_RIGHT: ("yes", "no"), "form": FORMS, "naming": NAMINGS}
_CHOICES_OF_TEXTS: dict[str, tuple[str, ...]] = {"tone": TONES}
_HELP = (
    "One row is one attribution: what is said (text), in its sentences (passage), and who says it (speaker).",
    "Choose from the lists of the columns to the right of the speaker; type nothing else there.",
    "is this an attribution: no, where nobody says, thinks or writes this; leave the rest of the row empty.",
    "form: direct (all words within quotation marks), mixed (some), indirect (none).",
    "naming: how the source is named; docs/codebook.md has the ordered test, the first that fits applies.",
    "other speaker: only where somebody else speaks than the row says.",
    "A row without any choice counts as not coded yet.",
)
_HELP_OF_TEXTS = (
    "One row is one passage (text).",
    "tone: choose negative, neutral or positive by what the passage says, not by what you think of it.",
    "A row without a choice counts as not coded yet.",
)


def save_coding_sheet(sheet: pd.DataFrame, path: str | Path, *, coder: str) -> Path:
    """Write a coding sheet as an XLSX workbook for `coder`; return its path.

    One row per item of coding_sheet, without the machine's form and naming. Each cell to fill in has a list
    of choices. All other cells are locked, without a password. Text of an article is stored as text, never
    as a formula. An existing workbook of the same items is left as it is, with its answers.

    Raises FileExistsError for an existing workbook of other items, and ValueError for a blank coder and for
    a path that does not end in .xlsx.

    >>> sheet = onrecord.coding_sheet(analysis, 5)
    >>> onrecord.save_coding_sheet(sheet, "to-code.xlsx", coder="ann").name
    'to-code.xlsx'
    """
    is_texts = "tone" in sheet
    shown, choices = (_SHOWN_OF_TEXTS, _CHOICES_OF_TEXTS) if is_texts else (_SHOWN, _CHOICES)
    require(sheet, shown, table="sheet")
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise ValueError(f"path must end in .xlsx, not {path.name!r}; give the workbook such a name.")
    if path.exists():
        rows = load_workbook(path, read_only=True)[TO_CODE].iter_rows(min_row=2, max_col=1, values_only=True)
        if [row[0] for row in rows] == sheet["item_id"].tolist():
            return path
        raise FileExistsError(f"{path} exists already, with other items; choose another name.")
    check_coder(coder)
    answers = tuple(choices) if is_texts else (*choices, SPEAKER)
    origin = tuple(name for name in _ORIGIN if name in sheet.columns)
    columns = (*shown, *answers, *origin)
    book = Workbook()
    page = book.active
    page.title = TO_CODE
    page.append(columns)
    facts = sheet[[*shown, *origin]]
    if "published" in origin:
        facts = facts.assign(published=_days(facts["published"]))
    places = [columns.index(name) + 1 for name in facts.columns]
    for number, row in enumerate(facts.itertuples(index=False, name=None), 2):
        for column, value in zip(places, row, strict=True):
            cell = page.cell(number, column)
            # Characters that reverse the reading direction are shown as their codes.
            cell.value, _ = sheet_cell(value if pd.isna(value) else spelled(value))
            keep_text(cell)
    _format(page, columns, (*shown, *origin), choices, last=len(sheet) + 1)
    about = book.create_sheet(HOW)
    lines = _HELP_OF_TEXTS if is_texts else _HELP
    for line in (("coder", coder), *(("", line) for line in lines)):
        about.append(line)
        keep_text(about.cell(about.max_row, 2))
    about.column_dimensions["B"].width = 110
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def _days(published: pd.Series) -> pd.Series:
    """Return times as days in text, NA where one cannot be read."""
    days = pd.to_datetime(published, utc=True, errors="coerce", format="mixed")
    return days.dt.strftime("%Y-%m-%d")


def _format(
    page: Worksheet,
    columns: tuple[str, ...],
    shown: tuple[str, ...],
    choices: dict[str, tuple[str, ...]],
    *,
    last: int,
) -> None:
    """Freeze the header, wrap the text, and unlock the cells to fill in."""
    page.freeze_panes = "A2"
    page.protection.sheet = True
    for column, name in enumerate(columns, 1):
        letter = get_column_letter(column)
        page.column_dimensions[letter].width = WIDTHS[name]
        page.cell(1, column).font = Font(bold=True)
        for number in range(2, last + 1):
            cell = page.cell(number, column)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.protection = Protection(locked=name in shown)
        if name in choices and last > 1:
            rule = DataValidation("list", formula1=f'"{",".join(choices[name])}"', allow_blank=True)
            rule.error = f"Choose one of: {', '.join(choices[name])}."
            rule.showErrorMessage = True
            page.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{last}")


def read_coding_workbook(path: Path) -> pd.DataFrame:
    """Codings in a workbook of save_coding_sheet. One row per item that was coded.

    The columns of read_codings, which also lists the errors; coded_at is NA.
    """
    try:
        book = load_workbook(path, read_only=True)
    except FileNotFoundError:
        raise FileNotFoundError(f"{path} not found; check the path of the workbook.") from None
    except Exception as error:  # openpyxl raises errors of many types for files that are not workbooks
        raise ValueError(f"{path} cannot be opened as a workbook ({error}); save it as .xlsx.") from error
    if not {TO_CODE, HOW} <= set(book.sheetnames):
        raise ValueError(
            f"{path} does not have the sheets “{TO_CODE}” and “{HOW}”; give a workbook of save_coding_sheet."
        )
    first: Sequence = next(book[HOW].iter_rows(max_row=1, values_only=True), ())
    if len(first) < 2 or not str(first[1] or "").strip():
        raise ValueError(f"{path}, sheet “{HOW}”, cell B1: the name of the coder is missing; write it there.")
    coder = str(first[1])
    lines = book[TO_CODE].iter_rows(values_only=True)
    header = [str(name) for name in next(lines, ())]
    choices = _CHOICES_OF_TEXTS if "tone" in header else _CHOICES
    free = () if "tone" in header else (SPEAKER,)
    missing = [name for name in ("item_id", *choices, *free) if name not in header]
    if missing:
        raise ValueError(f"{path}, row 1: column “{missing[0]}” not found; restore its name.")
    rows = []
    for number, line in enumerate(lines, 2):
        row = dict(zip(header, line, strict=False))
        given = {
            name: str(row[name]).strip() for name in (*choices, *free) if row.get(name) not in (None, "")
        }
        if not given:
            continue
        for name in ("item_id", *given):
            value = row.get(name)
            if value in (None, "") or str(value).startswith("="):
                raise ValueError(
                    f"{path}, cell {_cell(header, name, number)}: “{name}” must be a value, not "
                    f"{str(value or '')!r}; restore it, or paste the value of the formula."
                )
        answer: dict[str, str | None] = {}
        for name, allowed in choices.items():
            answer[name] = given.get(name, "").lower() or None
            if answer[name] is not None and answer[name] not in allowed:
                raise ValueError(
                    f"{path}, cell {_cell(header, name, number)}: “{name}” must be one of "
                    f"{', '.join(allowed)}, not {given[name]!r}."
                )
        is_right = answer.get(IS_RIGHT) != "no"
        extra = next((name for name in ("form", "naming", SPEAKER) if given.get(name)), None)
        if not is_right and extra:
            raise ValueError(
                f"{path}, cell {_cell(header, extra, number)}: what is not an attribution cannot have "
                f"“{extra}”; empty the cell, or choose yes."
            )
        answers = (answer.get("form"), answer.get("naming"), given.get(SPEAKER))
        rows.append((str(row["item_id"]), coder, is_right, *answers, pd.NaT, answer.get("tone")))
    item_ids = pd.Series([row[0] for row in rows], dtype="string")
    if item_ids.duplicated().any():
        item = item_ids[item_ids.duplicated()].iloc[0]
        raise ValueError(f"{path}: item {item} occurs in several rows; keep one of them.")
    return as_table(rows, CODINGS)


def _cell(header: list[str], name: str, number: int) -> str:
    return f"{get_column_letter(header.index(name) + 1)}{number}"
