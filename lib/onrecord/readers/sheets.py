"""Tables of articles, a row each: CSV and TSV here; XLSX, JSON, JSON Lines and Parquet beside them."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from onrecord.readers.columns import map_columns, plain_name
from onrecord.readers.reading import MAX_BYTES, RawArticle, Reading, Unreadable

csv.field_size_limit(MAX_BYTES)
# Each mark that is never closed costs a reading of all that follows. A table with more of them has no
# cells over several lines: what is left of it is read line by line.
_MOST_OPEN = 50
_STATED_DELIMITER = re.compile(r'"?sep=([,;|\t])"?', re.IGNORECASE)  # a first line for Excel


def read_csv(text: str, columns: Mapping[str, str] | None = None) -> Reading:
    """Return one article a row. The delimiter (comma, semicolon, tab, bar) is the header's own.

    A row with more or fewer cells than the header is skipped and counted; where a mark that is never
    closed would swallow the rest, reading goes on at the next line that has the header's cells.
    """
    lines = io.StringIO(text, newline="").readlines()
    start = next((i for i, line in enumerate(lines) if line.strip()), 0)
    first = lines[start] if lines else ""
    stated = _STATED_DELIMITER.fullmatch(first.rstrip("\r\n"))
    start += bool(stated)
    delimiter = stated[1] if stated else delimiter_of(first)
    header = next(csv.reader(lines[start : start + 50], delimiter=delimiter), [])
    broken: list[str] = []
    rows = _rows(lines, start, header, delimiter, broken)
    next(rows, None)
    reading = read_rows(header, rows, columns)
    if not broken:
        return reading
    shown = "; ".join([*broken[:3], *["…"] * (len(broken) > 3)])
    what = f"{len(broken)} broken row{'s' * (len(broken) > 1)} ({shown}): mend the file and read it again"
    reason = "; ".join(filter(None, [reading.reason, what]))
    return reading._replace(
        n_expected=reading.n_expected + len(broken), n_skipped=reading.n_skipped + len(broken), reason=reason
    )


def delimiter_of(header: str) -> str:
    """Return the delimiter of a header line: whichever of , ; tab | stands most often outside marks."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max(",;\t|", key=bare.count)


def is_table(header: str, columns: Mapping[str, str] | None = None) -> bool:
    """Return whether a line is the header of a table with a column of texts."""
    names = next(csv.reader([header], delimiter=delimiter_of(header)))
    return len(names) > 1 and len(header) < 500 and {"text"} < set(map_columns(names, columns))


def _rows(
    lines: list[str], start: int, header: list[str], delimiter: str, broken: list[str]
) -> Iterator[list[str]]:
    width, n_open = len(header), 0
    while start < len(lines):
        line, again = start, None
        for row, after in _parsed(lines, start, delimiter, alone=n_open >= _MOST_OPEN):
            first, line = line, after
            # A cell over many lines up to the end, and an odd number of marks: one was never closed.
            if line >= len(lines) and line - first > 1 and "".join(lines[first:]).count('"') % 2:
                broken.append(f"line {first + 1} opens a quotation mark that is never closed")
                n_open += 1
                again = next(
                    (i for i in range(first + 1, len(lines)) if _is_whole(lines[i], width, delimiter)), None
                )
            elif len(row) == width:
                yield row
            elif any(cell.strip() for cell in row):
                place = f"line {first + 1} has" if line - first == 1 else f"lines {first + 1} to {line} have"
                broken.append(f"{place} {len(row)} cells for {width} columns")
        if again is None:
            return
        start = again


def _parsed(lines: list[str], start: int, delimiter: str, *, alone: bool) -> Iterator[tuple[list[str], int]]:
    """Yield each row and the number of the line after it; `alone` reads each line as one row."""
    if alone:
        for number in range(start, len(lines)):
            for row in csv.reader([lines[number]], delimiter=delimiter):
                yield row, number + 1
        return
    reader = csv.reader(islice(lines, start, None), delimiter=delimiter)
    for row in reader:
        yield row, start + reader.line_num


def _is_whole(line: str, width: int, delimiter: str) -> bool:
    return line.count(delimiter) >= width - 1 and len(next(csv.reader([line], delimiter=delimiter))) == width


def read_rows(
    header: list[object], rows: Iterable[Iterable[object]], columns: Mapping[str, str] | None = None
) -> Reading:
    """Return one article a row of any table. Raises Unreadable where no column holds the text."""
    mapped = map_columns(header, columns)
    names = ", ".join(str(name).strip() for name in header) or "none"
    shown = textwrap.shorten(names, 500, placeholder=" …")
    if "text" not in mapped:
        wanted = (columns or {}).get("text")
        missing = f"no column {wanted!r}" if wanted else "no column that holds the text"
        raise Unreadable(f"{missing}; the columns are {shown}. Say which it is: columns={{'text': '…'}}")
    if {"start", "end"} <= set(map(plain_name, header)):
        raise Unreadable(
            "rows of passages, not of articles (columns start and end): give the articles' table"
        )
    warnings = [
        f"no column {theirs!r}: its {ours} stays empty"
        for ours, theirs in (columns or {}).items()
        if ("own_id" if ours == "doc_id" else ours) not in mapped
    ]
    warnings += [
        f"{list(header).count(theirs)} columns are named {str(theirs).strip()!r}: the first is read"
        for theirs in mapped.values()
        if list(header).count(theirs) > 1
    ]
    places = {ours: list(header).index(theirs) for ours, theirs in mapped.items()}
    articles = []
    for row in rows:
        cells = list(row)
        if any(not is_missing(cell) for cell in cells):
            articles.append(RawArticle(**{ours: as_text(cells[i], ours) for ours, i in places.items()}))
    if not articles:
        warnings.append("no article below the header")
    return Reading(articles, len(articles), warnings=tuple(warnings), date_source=f"the column of {names}")


def is_missing(cell: object) -> bool:
    """Return whether a cell holds nothing: None, NaN or blanks."""
    return cell is None or cell != cell or (isinstance(cell, str) and not cell.strip())


def as_text(cell: object, column: str) -> str | None:
    """Return a cell as the text that stands in it; a text is not stripped, all else is."""
    if is_missing(cell):
        return None
    if isinstance(cell, str):
        if column == "byline" and cell.startswith("[") and cell.endswith("]"):
            try:
                cell = ast.literal_eval(cell)
            except (ValueError, SyntaxError):
                return cell.strip()
        else:
            return cell if column == "text" else cell.strip()
    if isinstance(cell, Mapping):  # {"source": {"id": …, "name": …}}
        return as_text(next((cell[key] for key in ("name", "title", "text") if key in cell), None), column)
    if hasattr(cell, "isoformat"):
        return cell.isoformat()
    if hasattr(cell, "__iter__"):
        parts = [part for part in (as_text(item, column) for item in cell) if part]
        return ("\n\n" if column == "text" else ", ").join(parts) or None
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def read_xlsx(data: bytes, columns: Mapping[str, str] | None = None) -> Reading:
    """Return one article a row of the workbook's sheets; sheets without a text column are named."""
    import openpyxl
    from openpyxl.utils.escape import unescape  # "_x000D_", as Excel stores a line end

    workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    readings, refused = [], []
    for sheet in workbook.worksheets:
        sheet.reset_dimensions()  # some programs state a false size, which would cut the table
        cells = ([unescape(cell) if isinstance(cell, str) else cell for cell in row] for row in sheet.values)
        rows = (row for row in cells if not all(map(is_missing, row)))
        header = [cell if cell is not None else "" for cell in next(rows, ())]
        try:
            whole = ([*row, *[None] * (len(header) - len(row))] for row in rows)
            readings.append(read_rows(header, whole, columns))
        except Unreadable as error:
            refused.append(f"sheet {sheet.title!r}: {error}")
    if not readings:
        raise Unreadable("; ".join(refused) or "a workbook without sheets")
    return Reading(
        [article for reading in readings for article in reading.articles],
        sum(reading.n_expected for reading in readings),
        reason="; ".join(refused) or None,
        warnings=tuple(warning for reading in readings for warning in reading.warnings),
        date_source=readings[0].date_source,
    )


def read_parquet(data: bytes, columns: Mapping[str, str] | None = None) -> Reading:
    """Return one article a row of a Parquet file."""
    import pyarrow.parquet

    file = pyarrow.parquet.ParquetFile(io.BytesIO(data))
    batches = file.iter_batches(1000)
    rows = (row for batch in batches for row in zip(*(c.to_pylist() for c in batch.columns), strict=True))
    return read_rows(file.schema_arrow.names, rows, columns)


def read_json(text: str, columns: Mapping[str, str] | None = None) -> Reading:
    """Return one article an object: a list of them, one alone, or a list within it ("articles": […])."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} ({error.msg})"
        raise Unreadable(f"damaged JSON at {place}: save it again, or mend it there") from None
    except (RecursionError, ValueError) as error:  # lists in lists without end, a number without end
        told = textwrap.shorten(str(error), 100)
        raise Unreadable(f"JSON that cannot be held ({told}): save it as CSV") from None
    if isinstance(found, dict) and "text" not in map_columns(found, columns):
        lists = [
            value
            for value in found.values()
            if isinstance(value, list) and value and isinstance(value[0], dict)
        ]
        found = lists[0] if lists else [found]
    records = [found] if isinstance(found, dict) else found
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise Unreadable('JSON that is no list of articles: it should read [{"text": …}, …]')
    return _read_records(records, columns)


def read_json_lines(text: str, columns: Mapping[str, str] | None = None) -> Reading:
    """Return one article a line; a line that is no JSON object is skipped and counted."""
    records, broken = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                record = json.loads(line)
            except (RecursionError, ValueError):
                record = None
            if isinstance(record, dict):
                records.append(record)
            else:
                broken.append(number)
    if not records:
        raise Unreadable('JSON Lines without one whole object: each line should read {"text": …}')
    reading = _read_records(records, columns)
    reason = (
        f"{len(broken)} broken lines (the first: line {broken[0]}): mend the file and read it again"
        if broken
        else None
    )
    return reading._replace(n_expected=reading.n_expected + len(broken), n_skipped=len(broken), reason=reason)


def _read_records(records: list[dict], columns: Mapping[str, str] | None) -> Reading:
    header = list(dict.fromkeys(key for record in records for key in record))
    return read_rows(header, ([record.get(key) for key in header] for record in records), columns)
