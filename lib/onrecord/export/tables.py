"""Table files.

A table is saved with the meaning of its columns and its provenance.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from onrecord.export.alt_text import with_labels
from onrecord.export.cells import keep_text, sheet_cell, shown, write_csv
from onrecord.export.provenance import describe_columns, provenance
from onrecord.measures.layout import kind_of, layout_of

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

MOST_ROWS = 1_048_575  # of a sheet, below its header
MOST_COLUMNS = 16_384
_WIDEST, _MEASURED, _WRAPPED = 60, 50, 60  # width of a column, rows measured for it, longest line


def save_table(
    table: pd.DataFrame,
    path: str | Path,
    *,
    source: str,
    title: str | None = None,
    analysis: Analysis | None = None,
) -> list[Path]:
    """Write `table` as CSV and XLSX; return the paths.

    `path` is the name without an ending; missing folders are made. `source` says where the texts come
    from, `title` names the table, `analysis` is what it was counted in. The workbook has four sheets:
    table; columns (meaning, unit and range of each); provenance (source, versions, hash and size of the
    corpus, lists, seed, date); notes (each cell that was changed, and why). Shares are formatted as per
    cent.

    A spreadsheet must not run what an article says. Text that begins with =, +, -, @, a tab or a line
    end is text in the workbook, and has an apostrophe before it in the CSV (UTF-8 with a byte order
    mark, which spreadsheets need). Texts over 32,767 characters are cut in the workbook, not in the CSV.
    An empty table gives files with a header.

    Raises ValueError without a source, or for a table too wide for a sheet.

    >>> paths = onrecord.save_table(documents[["outlet"]], "outlets", source="Twelve invented articles")
    >>> [path.name for path in paths]
    ['outlets.csv', 'outlets.xlsx']
    """
    if not isinstance(source, str) or not source.strip():
        raise ValueError(
            'source must say where the texts come from, as in source="Own count of 48 articles, January to '
            f'June 2026", not {source!r}.'
        )
    if not isinstance(table, pd.DataFrame) or table.shape[1] > MOST_COLUMNS:
        raise ValueError(
            f"table must be a DataFrame of at most {MOST_COLUMNS:,} columns. Choose some of them: table[[…]]."
        )
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    title = path.name.replace("-", " ") if title is None else title
    table = _flat(with_labels(table))
    paths = [path.with_name(f"{path.name}.{ending}") for ending in ("csv", "xlsx")]
    write_csv(table, paths[0])
    facts = [("title", title), ("source", source), *provenance(analysis).itertuples(index=False, name=None)]
    write_workbook(table, paths[1], pd.DataFrame(facts, columns=["item", "value"]))
    return paths


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    names = [" · ".join(map(str, name)) if isinstance(name, tuple) else str(name) for name in table.columns]
    return table.set_axis(names, axis=1)


def write_workbook(table: pd.DataFrame, path: Path, facts: pd.DataFrame) -> None:
    """Write `table` as a workbook: the table, its columns, `facts` and notes."""
    book = Workbook(write_only=True)
    notes: list[tuple[str, str]] = []
    if len(table) > MOST_ROWS:
        notes.append(
            ("table", f"the sheet contains {MOST_ROWS:,} of the {len(table):,} rows; the CSV contains all")
        )
    sheets = {"table": table.head(MOST_ROWS), "columns": describe_columns(table), "provenance": facts}
    for name, frame in sheets.items():
        _write_sheet(book, name, frame, notes)
    none = [("table", "no cell was changed")]
    _write_sheet(book, "notes", pd.DataFrame(notes or none, columns=["cell", "note"]), [])
    book.save(path)


def _write_sheet(book: Workbook, name: str, frame: pd.DataFrame, notes: list[tuple[str, str]]) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(frame.columns, 1):
        longest = max(
            [len(str(column)), *frame.iloc[:_MEASURED, number - 1].map(lambda value: len(shown(value)))]
        )
        sheet.column_dimensions[get_column_letter(number)].width = min(_WIDEST, longest + 3)
    in_percent = {*layout_of(frame).percent_columns, *(n for n in frame.columns if kind_of(n) == "share")}
    formats = ["0.0%" if column in in_percent else None for column in frame.columns]
    sheet.append(_cells(sheet, frame.columns, 1, [None] * len(formats), notes, font=Font(bold=True)))
    for number, row in enumerate(zip(*(frame.iloc[:, at] for at in range(frame.shape[1])), strict=True), 2):
        sheet.append(_cells(sheet, row, number, formats, notes))


def _cells(
    sheet: WriteOnlyWorksheet,
    row: Iterable,
    number: int,
    formats: list[str | None],
    notes: list[tuple[str, str]],
    font: Font | None = None,
) -> list[WriteOnlyCell]:
    cells = []
    for number_of_column, (value, look) in enumerate(zip(row, formats, strict=True), 1):
        stored, changes = sheet_cell(value)
        where = f"{sheet.title}!{get_column_letter(number_of_column)}{number}"
        notes.extend((where, note) for note in changes)
        cell = WriteOnlyCell(sheet, value=stored)
        keep_text(cell)
        if isinstance(stored, str):
            cell.alignment = Alignment(vertical="top", wrap_text=len(stored) > _WRAPPED)
        elif look and stored is not None:
            cell.number_format = look
        if font:
            cell.font = font
        cells.append(cell)
    return cells
