"""Cells of any table or record as text.

Missing values, lists, nested names, dates and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# A list of names as Python writes it into a cell: ['Ada Writer', 'Bo Reporter'], or of records with a name.
_QUOTED = r"""(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")"""
_NAMES_IN_LIST = re.compile(rf"\[\s*(?:{_QUOTED}\s*(?:,\s*(?={_QUOTED})|(?=\])))*\]")
_ONE_NAME = re.compile(_QUOTED)
_NAME_OF_RECORD = re.compile(rf"""['"]name['"]\s*:\s*{_QUOTED}""")
# The keys under which a nested value has what it is called, and the parts of a text their words.
_NAME_KEYS = ("name", "title", "main", "original", "rendered", "text", "value", "#text")
_TEXT_KEYS = ("bodyTextSummary", "bodyHtml", "text", "html", "value", "content", "rendered", "#text")


def is_missing(cell: object) -> bool:
    """Whether a cell is empty: None, NaN or blanks."""
    return cell is None or cell != cell or (isinstance(cell, str) and not cell.strip())


def as_text(cell: Any, column: str) -> str | None:
    """The text of a cell. A text of an article is not stripped, all other values are.

    `column` is our name of it. Lists are joined ("A, B"; paragraphs of a text by an empty line), and
    of a nested value its name is taken ({"id": 1, "name": "A"} is "A").
    """
    if is_missing(cell):
        return None
    if isinstance(cell, str):
        if column == "byline" and cell.startswith("[") and cell.endswith("]"):
            names = _names_in_list(cell)
            if names is None:
                return cell.strip()
            cell = names
        else:
            return cell if column == "text" else cell.strip()
    if isinstance(cell, Mapping):  # {"source": {"id": …, "name": …}}
        keys = _TEXT_KEYS if column == "text" else _NAME_KEYS
        return as_text(next((cell[key] for key in keys if key in cell), None), column)
    if hasattr(cell, "isoformat"):
        return cell.isoformat()
    if hasattr(cell, "__iter__"):
        parts = [part for part in (as_text(item, column) for item in cell) if part]
        return ("\n\n" if column == "text" else ", ").join(parts) or None
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _names_in_list(cell: str) -> list[str] | None:
    """The names of a list that Python wrote into a cell, None where it is not one."""
    if _NAMES_IN_LIST.fullmatch(cell):
        found = _ONE_NAME.findall(cell)
    elif cell.startswith("[{"):
        found = _NAME_OF_RECORD.findall(cell)
    else:
        return None
    return [re.sub(r"\\(.)", r"\1", single or double) for single, double in found]
