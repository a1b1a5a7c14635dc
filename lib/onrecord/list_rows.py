"""The rows of the word lists, read and checked."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path

Rows = list[dict[str, str]]
Values = Mapping[tuple[str, str], tuple[str, ...]]  # (list, column): what the column may have


def read_rows(lines: list[str], name: str, path: str, columns: tuple[str, ...], values: Values) -> Rows:
    """The checked rows of the list `name`; the first of `columns` is the key."""
    reader = csv.DictReader(lines)
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise ValueError(f"{path} has no column {missing[0]!r}; it needs {', '.join(columns)}.")
    rows = [{key: (value or "").strip() for key, value in row.items() if key} for row in reader]
    for number, row in enumerate(rows, 2):
        _check(row, name, f"{path}, line {number}", columns, values)
    return rows


def _check(row: Mapping[str, str], name: str, where: str, columns: tuple[str, ...], values: Values) -> None:
    for column in columns:
        allowed = values.get((name, column))
        if allowed is not None and row[column] not in allowed:
            raise ValueError(
                f"{where}: {column} must be one of {', '.join(value or 'empty' for value in allowed)}, "
                f"not {row[column]!r}."
            )
    if not row[columns[0]] or not row.get("pattern", "pattern"):
        empty = columns[0] if not row[columns[0]] else "pattern"
        raise ValueError(f"{where}: {empty} is empty; fill it or delete the line.")
    try:
        re.compile(row.get("pattern", ""))
    except re.error as error:
        raise ValueError(
            f"{where}: the pattern {row['pattern']!r} is not a regular expression ({error}). "
            "Put a backslash before each of ( ) [ ] . * + ? that is meant literally."
        ) from None


def lines_of(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not in UTF-8: save it anew as 'CSV UTF-8 (comma delimited)'.") from None
