"""CSV and TSV: delimiter, header, quoting and broken rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from onrecord.readers.columns import map_columns
from onrecord.readers.reading import MAX_BYTES, Reading
from onrecord.readers.rows import read_rows

# Each quotation mark that is never closed costs a reading of the rest. A table with more of
# them has no cells over several lines: the rest of it is read line by line.
_MOST_OPEN = 50
TITLE_ROWS = 20  # lines above the header in which a search states its words and its day
_STATED_DELIMITER = re.compile(r'"?sep=([,;|\t])"?', re.IGNORECASE)  # a first line for Excel
_ESCAPED = re.compile(r'\\"(?!\s*(?:[",;|\t\r\n]|$))')  # \" within a cell
# Two quotation marks are one of the text: \"" is a backslash that the text itself contains, and one.
_ESCAPED_AND_DOUBLED = re.compile(r'\\""(?!\s*(?:[,;|\t\r\n]|$))')


@contextmanager
def _whole_cells() -> Iterator[None]:
    """Cells of any size: the csv module has one limit for the whole program."""
    before = csv.field_size_limit(MAX_BYTES)
    try:
        yield
    finally:
        csv.field_size_limit(before)


@_whole_cells()
def read_csv(text: str, columns: Mapping[str, str] | None = None) -> Reading:
    """Articles of a CSV or TSV, one per row.

    The delimiter (comma, semicolon, tab, bar) is the header's.

    A row with more or fewer cells than the header is skipped and counted. Where a quotation mark that
    is never closed would swallow the rest, reading goes on at the next line that has the header's
    cells. Lines above the header are left out, and the warnings say so.
    """
    lines = io.StringIO(text, newline="").readlines()
    start = next((i for i, line in enumerate(lines) if line.strip()), 0)
    first = lines[start] if lines else ""
    stated = _STATED_DELIMITER.fullmatch(first.rstrip("\r\n"))
    start += bool(stated)
    notes: list[str] = []
    header_at = _header_line(lines, start, columns)
    if header_at != start:
        n = sum(bool(line.strip(",;|\t \r\n")) for line in lines[start:header_at])
        notes.append(
            f"{n} line{'s' * (n != 1)} above the header left out "
            f"({lines[start].strip(',;| ')[:60].strip()!r})"
        )
        start = header_at
    delimiter = stated[1] if stated else delimiter_of(lines[start] if start < len(lines) else "")
    dialect: dict[str, Any] = {"delimiter": delimiter}
    if _is_backslashed(text):
        dialect |= {"escapechar": "\\", "doublequote": '""' in text}
        notes.append('quotation marks written as \\" are read as quotation marks')
    header = next(csv.reader(lines[start : start + 50], **dialect), [])
    broken: list[str] = []
    rows = _rows(lines, start, header, dialect, broken)
    next(rows, None)
    reading = read_rows(header, rows, columns)
    reading = reading._replace(warnings=(*notes, *reading.warnings))
    if not broken:
        return reading
    shown = "; ".join([*broken[:3], *["…"] * (len(broken) > 3)])
    what = f"{len(broken)} broken row{'s' * (len(broken) > 1)} ({shown}): mend the file and read it again"
    reason = "; ".join(filter(None, [reading.reason, what]))
    return reading._replace(
        n_expected=reading.n_expected + len(broken), n_skipped=reading.n_skipped + len(broken), reason=reason
    )


def delimiter_of(header: str) -> str:
    """The delimiter of a header line: whichever of , .

    Tab | is most frequent outside quotation marks.
    """
    bare = re.sub(r'"[^"]*"', "", header)
    return max(",;\t|", key=bare.count)


@_whole_cells()
def is_table(header: str, columns: Mapping[str, str] | None = None) -> bool:
    """Whether a line is the header of a table with a column of texts."""
    names = next(csv.reader([header], delimiter=delimiter_of(header)), [])
    return len(names) > 1 and len(header) < 500 and {"text"} < set(map_columns(names, columns))


def _header_line(lines: list[str], start: int, columns: Mapping[str, str] | None) -> int:
    """The line of the header.

    The first of a few that names a column of texts and another, else `start`.
    """
    for at in range(start, min(start + TITLE_ROWS, len(lines))):
        line = lines[at]
        if line.count('"') % 2 == 0 and is_table(line.rstrip("\r\n"), columns):
            return at
        if at == start and map_columns(next(csv.reader([line]), []), columns).get("text") is not None:
            return at  # a table of one column
    return start


def _is_backslashed(text: str) -> bool:
    """Whether quotation marks within cells are written with a backslash.

    So MySQL and Spark write them.
    """
    if '\\"' not in text:
        return False
    return len(_ESCAPED.findall(text)) > len(_ESCAPED_AND_DOUBLED.findall(text))


def _rows(
    lines: list[str], start: int, header: list[str], dialect: Mapping, broken: list[str]
) -> Iterator[list[str]]:
    width, n_open = len(header), 0
    while start < len(lines):
        line, again = start, None
        for row, after in _parsed(lines, start, dialect, alone=n_open >= _MOST_OPEN):
            first, line = line, after
            # A cell up to the end of the file, and an odd number of quotation marks: one was never closed.
            if line >= len(lines) and line - first > 1 and _is_open("".join(lines[first:]), dialect):
                broken.append(f"line {first + 1} opens a quotation mark that is never closed")
                n_open += 1
                again = next(
                    (i for i in range(first + 1, len(lines)) if _is_whole(lines[i], width, dialect)), None
                )
            elif len(row) == width:
                yield row
            elif any(cell.strip() for cell in row):
                place = f"line {first + 1} has" if line - first == 1 else f"lines {first + 1} to {line} have"
                broken.append(f"{place} {len(row)} cells for {width} columns")
        if again is None:
            return
        start = again


def _is_open(rest: str, dialect: Mapping) -> bool:
    n = rest.count('"')
    if "escapechar" in dialect:
        n -= rest.count('\\"')
    return n % 2 == 1


def _parsed(
    lines: list[str], start: int, dialect: Mapping, *, alone: bool
) -> Iterator[tuple[list[str], int]]:
    """Yield each row and the number of the line after it.

    `alone` reads each line as one row.
    """
    if alone:
        for number in range(start, len(lines)):
            for row in csv.reader([lines[number]], **dialect):
                yield row, number + 1
        return
    reader = csv.reader(islice(lines, start, None), **dialect)
    for row in reader:
        yield row, start + reader.line_num


def _is_whole(line: str, width: int, dialect: Mapping) -> bool:
    return line.count(dialect["delimiter"]) >= width - 1 and len(next(csv.reader([line], **dialect))) == width
