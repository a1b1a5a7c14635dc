"""The cells of a worksheet, row by row, and notes on those that cannot be read."""

from __future__ import annotations

import re

from openpyxl.utils.escape import unescape  # "_x000D_", as Excel stores a line end
from openpyxl.worksheet._reader import WorkSheetParser

from onrecord.readers.reading import Element

MOST_ROWS = 1_048_576  # of a sheet, by the format; one beyond is made to take long
MOST_COLUMNS = 1_000  # of a table of articles; the format allows 16,384
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*\bhidden=\"(?:1|true)\"")


class _Parser(WorkSheetParser):
    """Reads on where a cell cannot be read, and counts it."""

    n_wrong = n_errors = 0

    def parse_cell(self, element: Element) -> dict:
        try:
            cell = super().parse_cell(element)
        except (ValueError, IndexError, OverflowError, TypeError):
            self.n_wrong += 1
            return {"row": self.row_counter, "column": self.col_counter, "value": None}
        if cell["data_type"] == "e":  # #REF!, #N/A, a date outside the calendar
            self.n_errors += 1
            cell["value"] = None
        return cell


def read_cells(sheet: Element) -> tuple[list[list[object]], list[str]]:
    """The values of a sheet's rows, and notes on what is not among them.

    A row contains the cells up to its last. `sheet` is one of a workbook that openpyxl reads only.
    """
    rows: list[list[object]] = []
    n_beyond = n_wide = n_again = 0
    workbook = sheet.parent
    with sheet._get_source() as source:
        parser = _Parser(
            source,
            sheet._shared_strings,
            data_only=workbook.data_only,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,
            timedelta_formats=workbook._timedelta_formats,
        )
        for number, cells in parser.parse():
            if number > MOST_ROWS:
                n_beyond += 1
                continue
            while len(rows) < number - 1:
                rows.append([])
            near = [cell for cell in cells if cell["column"] <= MOST_COLUMNS]
            n_wide += len(cells) - len(near)
            row: list[object] = [None] * max((cell["column"] for cell in near), default=0)
            for cell in near:
                value = cell["value"]
                row[cell["column"] - 1] = unescape(value) if isinstance(value, str) else value
            if len(rows) < number:
                rows.append(row)
            elif all(value is None for value in rows[number - 1]):  # rows within a row end before it
                rows[number - 1] = row
            elif any(value is not None for value in row):
                n_again += 1
    notes = [
        f"{n} {what}"
        for n, what in (
            (
                parser.n_errors,
                "cells contain an error (such as #REF!) in place of a value, and are empty here",
            ),
            (parser.n_wrong, "cells that cannot be read are empty here"),
            (n_wide, f"cells beyond column {MOST_COLUMNS:,} left out"),
            (n_again, "rows with the number of another row left out"),
            (n_beyond, f"rows beyond row {MOST_ROWS:,} left out"),
        )
        if n
    ]
    return rows, notes


def hidden_notes(sheet: Element, xml: bytes) -> list[str]:
    """Notes on a hidden sheet and on hidden rows, which are read as all others."""
    notes = []
    if sheet.sheet_state != "visible":
        notes.append(f"sheet {sheet.title!r} is hidden in the workbook, and is read")
    if n_hidden := len(_HIDDEN_ROW.findall(xml)):
        notes.append(f"{n_hidden} hidden rows are read as well (a filter hides rows)")
    return notes
