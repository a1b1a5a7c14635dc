"""Table files: a table is saved with what its columns mean and what it rests on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from onrecord.export.alt_text import with_labels
from onrecord.export.cells import keep_text, latex_text, markdown_text, sheet_cell, shown, write_csv
from onrecord.export.provenance import describe_columns, provenance
from onrecord.text.characters import clean

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

MOST_ROWS = 1_048_575  # of a sheet, below its header
MOST_COLUMNS = 16_384


def save_table(
    table: pd.DataFrame,
    path: str | Path,
    *,
    source: str,
    title: str | None = None,
    analysis: Analysis | None = None,
) -> list[Path]:
    """Write `table` as CSV, XLSX, Markdown and LaTeX; return the paths.

    `path` is the name without an ending; missing folders are made. `source` says where the texts come
    from, `title` stands above the table, `analysis` is what it was counted in. The workbook has four
    sheets: table; columns (meaning, unit and range of each); provenance (source, versions, hash and
    size of the corpus, lists, seed, date); notes (each cell that could not stay as it was, and why).

    A spreadsheet must not run what an article says, so text that begins with =, +, -, @, a tab or a
    line end is text in the workbook, and has an apostrophe before it in the CSV (UTF-8 with a mark,
    which spreadsheets need). Texts over 32,767 characters are cut in the workbook only.

    An empty table gives files with a header. Raises ValueError without a source, or for a table too
    wide for a sheet.
    """
    if not isinstance(source, str) or not source.strip():
        raise ValueError(
            'save_table needs a source line: source="Own count of 48 articles, January to June 2026".'
        )
    if not isinstance(table, pd.DataFrame) or table.shape[1] > MOST_COLUMNS:
        raise ValueError(
            f"save_table needs a DataFrame of at most {MOST_COLUMNS:,} columns; choose some: table[[…]]."
        )
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    title = path.name.replace("-", " ") if title is None else title
    table = _flat(with_labels(table))
    paths = [path.with_name(f"{path.name}.{ending}") for ending in ("csv", "xlsx", "md", "tex")]
    write_csv(table, paths[0])
    facts = [("title", title), ("source", source), *provenance(analysis).itertuples(index=False, name=None)]
    write_workbook(table, paths[1], pd.DataFrame(facts, columns=["item", "value"]))
    for target, text in ((paths[2], _markdown), (paths[3], _latex)):
        target.write_text(text(table, title, source), encoding="utf-8", newline="\n")
    return paths


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    names = [" · ".join(map(str, name)) if isinstance(name, tuple) else str(name) for name in table.columns]
    return table.set_axis(names, axis=1)


def write_workbook(table: pd.DataFrame, path: Path, facts: pd.DataFrame) -> None:
    """Write `table` as a workbook with the sheets table, columns, provenance (`facts`) and notes."""
    book = Workbook(write_only=True)
    notes: list[tuple[str, str]] = []
    if len(table) > MOST_ROWS:
        notes.append(
            ("table", f"a sheet holds {MOST_ROWS:,} of the {len(table):,} rows; the CSV has them all")
        )
    sheets = {"table": table.head(MOST_ROWS), "columns": describe_columns(table), "provenance": facts}
    for name, frame in sheets.items():
        _write_sheet(book, name, frame, notes)
    none = [("table", "every cell stands as it was")]
    _write_sheet(book, "notes", pd.DataFrame(notes or none, columns=["cell", "note"]), [])
    book.save(path)


def _write_sheet(book: Workbook, name: str, frame: pd.DataFrame, notes: list[tuple[str, str]]) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(frame.columns, 1):
        longest = max([len(str(column)), *frame.iloc[:50, number - 1].map(lambda value: len(shown(value)))])
        sheet.column_dimensions[get_column_letter(number)].width = min(60, longest + 3)
    is_share = any(column.startswith("share_") for column in frame.columns)
    formats = [
        "0.0%" if column.startswith("share_") or (is_share and column in ("low", "high")) else None
        for column in frame.columns
    ]
    sheet.append(_cells(sheet, frame.columns, 1, [None] * len(formats), notes, font=Font(bold=True)))
    for number, row in enumerate(zip(*(frame.iloc[:, at] for at in range(frame.shape[1])), strict=True), 2):
        sheet.append(_cells(sheet, row, number, formats, notes))


def _cells(sheet, row, number: int, formats: list, notes: list, font: Font | None = None) -> list:
    cells = []
    for place, (value, look) in enumerate(zip(row, formats, strict=True), 1):
        held, done = sheet_cell(value)
        where = f"{sheet.title}!{get_column_letter(place)}{number}"
        notes.extend((where, note) for note in done)
        cell = WriteOnlyCell(sheet, value=held)
        keep_text(cell)
        if isinstance(held, str):
            cell.alignment = Alignment(vertical="top", wrap_text=len(held) > 60)
        elif look and held is not None:
            cell.number_format = look
        if font:
            cell.font = font
        cells.append(cell)
    return cells


def _markdown(table: pd.DataFrame, title: str, source: str) -> str:
    names = [markdown_text(name) for name in table.columns]
    rule = [" ---: " if pd.api.types.is_numeric_dtype(kind) else " --- " for kind in table.dtypes]
    rows = [f"| {' | '.join(names)} |", f"|{'|'.join(rule)}|"] if names else []
    columns = [[markdown_text(shown(value)) for value in column] for _, column in table.items()]
    rows += [f"| {' | '.join(row)} |" for row in zip(*columns, strict=True)]
    return f"**{markdown_text(title)}**\n\n" + "\n".join(rows) + f"\n\nSource: {markdown_text(source)}\n"


def _latex(table: pd.DataFrame, title: str, source: str) -> str:
    kinds = "".join("r" if pd.api.types.is_numeric_dtype(kind) else "l" for kind in table.dtypes)
    columns = [[latex_text(shown(value)) for value in column] for _, column in table.items()]
    rows = [" & ".join(row) + r" \\" for row in zip(*columns, strict=True)]
    lines = [
        r"% needs \usepackage{booktabs,longtable}; LuaLaTeX or XeLaTeX for names in any script",
        rf"\begin{{longtable}}{{{kinds or 'l'}}}",
        rf"\caption{{{latex_text(title)}}}\\",
        r"\toprule",
        " & ".join(latex_text(name.replace("_", " ")) for name in table.columns) + r" \\",
        r"\midrule",
        r"\endhead",
        *rows,
        r"\bottomrule",
        r"\end{longtable}",
        rf"\noindent Source: {latex_text(clean(source))}",
    ]
    return "\n".join(lines) + "\n"
