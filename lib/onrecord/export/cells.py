"""Cells: one value as a spreadsheet can store it, and what was changed."""

from __future__ import annotations

import csv
import datetime as dt
import math
import re
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl.cell import Cell

MOST_UNITS = 32_767  # UTF-16 code units: the limit of a cell
MOST_DIGITS = 2**53  # a larger whole number loses digits in a spreadsheet
# What a reader may leave out before a formula: blanks, line ends, control and invisible characters.
_BEFORE = r"\s\x00-\x1f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
# What begins a formula in a spreadsheet, full-width signs included.
_FORMULA = re.compile(rf"[{_BEFORE}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]")

# What XML 1.0 cannot contain, lone surrogates included.
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# The same behind what other programs take for the end of a cell, and behind the quotation mark of a new one.
# A dash and a blank begin the item of a list, unless what follows can call something. The pattern matches
# every end of a cell, so that the time is linear, and has a group where a formula follows.
_INNER_FORMULA = re.compile(
    rf'[;\t\r\n][{_BEFORE};"]*(?:(?=[=+@\uff1d\uff0b\uff20]|[-\uff0d](?:\S|[^;\t\r\n]*[|(!]))())?'
)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula.

    >>> [is_formula(text) for text in ("=1+1", " =1+1", "＝1+1", "Lock = shut")]
    [True, True, True, False]
    """
    return _FORMULA.match(text) is not None


def sheet_cell(value: Any) -> tuple[object, list[str]]:
    """`value` as a cell of a spreadsheet, and notes of what was changed."""
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return None, []
    if isinstance(value, str):
        return _sheet_text(value)
    if hasattr(value, "item") and not isinstance(value, pd.Timestamp):
        value = value.item()
    if isinstance(value, dt.datetime):
        if value.tzinfo is None:
            return value, []
        return value.astimezone(dt.UTC).replace(tzinfo=None), ["time written without its zone, in UTC"]
    if isinstance(value, float) and math.isinf(value):
        return str(value), ["infinite number written as text"]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > MOST_DIGITS:
        return str(value), ["number of more than 15 digits written as text"]
    if isinstance(value, bool | int | float | dt.date):
        return value, []
    return _sheet_text(str(value))


def _sheet_text(text: str) -> tuple[str, list[str]]:
    notes = []
    if is_formula(text):
        notes.append(f"begins with {text[0]!r}: kept as text, never run as a formula")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        notes.append("line ends replaced by line feeds")
    text, n_replaced = _NO_XML.subn("\ufffd", text)
    if n_replaced:
        notes.append(f"{n_replaced:,} characters that a spreadsheet cannot store replaced by \ufffd")
    units = text.encode("utf-16-le")
    if len(units) > 2 * MOST_UNITS:
        length = len(text)
        text = units[: 2 * MOST_UNITS].decode("utf-16-le", "ignore")
        notes.append(f"cut: the first {len(text):,} of {length:,} characters; the CSV has them all")
    return text, notes


def csv_text(value: object) -> object:
    """`value` with an apostrophe in front where it would run as a formula.

    So is what a program would take for the beginning of a cell within a text, where it separates cells by
    semicolons or tabs, as spreadsheets in many countries do.
    """
    if not isinstance(value, str):
        return value
    text = _INNER_FORMULA.sub(lambda found: f"{found[0]}'" if found.lastindex else found[0], value)
    return f"'{text}" if is_formula(value) else text


def keep_text(cell: Cell) -> None:
    """Mark a cell with text as text, so that it never runs as a formula."""
    if isinstance(cell.value, str):
        cell.data_type = "s"
        cell.quotePrefix = is_formula(cell.value)


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write `table` as CSV for a spreadsheet, without a cell that is a formula.

    The file is UTF-8 with a byte order mark. Texts are quoted, so that no line end, semicolon or tab within
    one begins another cell where a program reads the file with other separators.
    """
    safe = table.set_axis([csv_text(name) for name in table.columns], axis=1).map(csv_text)
    safe.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)


def shown(value: Any) -> str:
    """`value` as text: three decimals, thousands separated by commas, NA empty."""
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return ""
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        is_day = value.time() == dt.time()
        return f"{value:%Y-%m-%d}" if is_day else f"{value:%Y-%m-%d %H:%M}"
    if pd.api.types.is_integer(value):
        return f"{value:,}"
    return f"{value:.3f}" if pd.api.types.is_float(value) else str(value)
