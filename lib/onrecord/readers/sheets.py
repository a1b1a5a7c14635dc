"""Excel workbooks and Parquet files: one article per row."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from onrecord.readers.cells import is_missing
from onrecord.readers.columns import map_columns
from onrecord.readers.delimited import TITLE_ROWS
from onrecord.readers.reading import Element, Reading, Unreadable, characters_allowed
from onrecord.readers.rows import read_rows
from onrecord.readers.sheet_cells import hidden_notes, read_cells

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^<>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
# A formula whose value the program that wrote the file did not store.
_BARE_FORMULA = re.compile(
    rb"<(?:\w+:)?f\b[^<>]*(?:/>|>[^<>]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_LITERALS = re.compile(r'="((?:[^"]|"")*)"(?:&"((?:[^"]|"")*)")*$')
_LINK = re.compile(r'=HYPERLINK\("([^"]*)"(?:[,;]\s*"([^"]*)")?\)$', re.IGNORECASE)
_ROWS_AT_ONCE = 100  # of a Parquet file: one long text may fill each of them
_MOST_MERGED = 1_000_000  # cells; a file with more is made to take long


class Sheet(NamedTuple):
    """The cells of one sheet and what is to be said about them."""

    rows: list[list[object]]
    notes: list[str]


def read_xlsx(data: bytes, columns: Mapping[str, str] | None = None) -> Reading:
    """Articles of a workbook's sheets, one per row.

    Sheets without a text column are named in the reason.

    Rows above the header are left out, merged cells are filled, and a formula without a stored value
    is empty. The warnings say each of it.
    """
    import openpyxl

    most = characters_allowed(data)
    workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    markup = _sheet_markup(data)
    formulas = None
    readings, refused = [], []
    for number, sheet in enumerate(workbook.worksheets):
        xml = markup.get(getattr(sheet, "_worksheet_path", "").lstrip("/"), b"")
        n_bare = len(_BARE_FORMULA.findall(xml))
        if n_bare and formulas is None:
            formulas = openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets
        read = _sheet(sheet, xml, formulas[number] if n_bare and formulas else None)
        header_at = _header_row(read.rows, columns)
        notes = list(read.notes)
        if header_at:
            n = sum(not all(map(is_missing, row)) for row in read.rows[:header_at])
            notes.append(f"{n} row{'s' * (n != 1)} above the header left out")
        rows = (row for row in read.rows[header_at:] if not all(map(is_missing, row)))
        header = [cell if cell is not None else "" for cell in next(rows, ())]
        while header and header[-1] == "":
            header.pop()
        try:
            filled = ([*row, *[None] * (len(header) - len(row))] for row in rows)
            reading = read_rows(header, filled, columns, most_characters=most)
            readings.append(reading._replace(warnings=(*notes, *reading.warnings)))
        except Unreadable as error:
            refused.append(f"sheet {sheet.title!r}: {error}")
    if not readings:
        raise Unreadable("; ".join(refused) or "a workbook without sheets: save it again")
    return Reading(
        [article for reading in readings for article in reading.articles],
        sum(reading.n_expected for reading in readings),
        reason="; ".join(refused) or None,
        warnings=tuple(warning for reading in readings for warning in reading.warnings),
        date_source=readings[0].date_source,
    )


def _sheet_markup(data: bytes) -> dict[str, bytes]:
    """The XML of each sheet by its path."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                xml = archive.read(name)
                found[name] = xml
    return found


def _sheet(sheet: Element, xml: bytes, formulas: Element) -> Sheet:
    rows, notes = read_cells(sheet)
    notes += hidden_notes(sheet, xml)
    if formulas is not None:
        n_read = n_empty = 0
        for row, written in zip(rows, read_cells(formulas)[0], strict=False):
            for i, cell in enumerate(written[: len(row)]):
                if row[i] is None and isinstance(cell, str) and cell.startswith("="):
                    row[i] = _literal(cell)
                    n_read += row[i] is not None
                    n_empty += row[i] is None
        if n_empty:
            notes.append(
                f"{n_empty} cells contain a formula whose value was not stored, and are empty here: open the "
                "file in Excel, save it, and read it again"
            )
        if n_read:
            notes.append(f"{n_read} formulas without a stored value are read as the text that they write")
    n_filled = _fill_merged(rows, xml)
    if n_filled:
        notes.append(f"{n_filled} cells filled from the merged cells that they belong to")
    return Sheet(rows, notes)


def _literal(formula: str) -> str | None:
    """What a formula writes where it is a text alone.

    ="A"&"B", =HYPERLINK("address","A"); else None.
    """
    if link := _LINK.match(formula):
        return link[2] or link[1]
    if _LITERALS.match(formula):
        return "".join(part.replace('""', '"') for part in re.findall(r'"((?:[^"]|"")*)"', formula))
    return None


def _fill_merged(rows: list[list[object]], xml: bytes) -> int:
    """Fill the cells of merged ones with the value of the first.

    Returns how many were filled.
    """
    n_filled = n_seen = 0
    for first, top, last, bottom in _merged(xml):
        if top >= len(rows) or first >= len(rows[top]):
            continue
        value = rows[top][first]
        if is_missing(value) or bottom == top:  # cells merged across a row are a title's
            continue
        n_seen += (min(bottom, len(rows) - 1) - top + 1) * (last - first + 1)
        if n_seen > _MOST_MERGED:
            break
        for row in rows[top : min(bottom, len(rows) - 1) + 1]:
            for column in range(first, min(last, len(row) - 1) + 1):
                if is_missing(row[column]):
                    row[column] = value
                    n_filled += 1
    return n_filled


def _merged(xml: bytes) -> Iterator[tuple[int, int, int, int]]:
    for first, top, last, bottom in _MERGED.findall(xml):
        yield _column_number(first), int(top) - 1, _column_number(last), int(bottom) - 1


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number - 1


def _header_row(rows: list[list[object]], columns: Mapping[str, str] | None) -> int:
    """The row of the header.

    The first of a few that names a column of texts and another, else the first.
    """
    filled = [i for i, row in enumerate(rows[: TITLE_ROWS * 2]) if not all(map(is_missing, row))][:TITLE_ROWS]
    for at in filled:
        names = [cell for cell in rows[at] if isinstance(cell, str) and len(cell) < 100]
        if {"text"} < set(map_columns(names, columns)):
            return at
        if at == filled[0] and "text" in map_columns(names, columns) and len(rows[at]) == 1:
            return at
    return filled[0] if filled else 0


def read_parquet(data: bytes, columns: Mapping[str, str] | None = None) -> Reading:
    """Articles of a Parquet file, one per row."""
    import pyarrow.parquet

    file = pyarrow.parquet.ParquetFile(io.BytesIO(data))
    batches = file.iter_batches(_ROWS_AT_ONCE)
    rows = (row for batch in batches for row in zip(*(c.to_pylist() for c in batch.columns), strict=True))
    return read_rows(file.schema_arrow.names, rows, columns, most_characters=characters_allowed(data))
