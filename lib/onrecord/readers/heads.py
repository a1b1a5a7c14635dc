"""The lines at the head of a document without fields.

Headline, byline, date, outlet.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.readers.bylines import is_byline, persons_of
from onrecord.readers.dates import find_date
from onrecord.readers.outlets import is_outlet_name

_MOST_LINES = 6  # of a head below the headline
_LONGEST = 120  # characters of such a line
_BEFORE_DATE = re.compile(
    r"(?:(?:first )?(?:published|posted|updated|last updated|last modified|modified|date)(?: on|"
    r" at)?\s*:?\s*)",
    re.IGNORECASE,
)
_NUMERIC_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b")
_PARTS = re.compile(r"\s*(?:[|•·]|\s[–—-]\s|;)\s*")
_CLOCK = re.compile(
    r"[\s,|]*(?:at |T)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4}"
    r"|[+-]\d{2}:?\d{2})?[\s,|]*",
    re.IGNORECASE,
)


class Head(NamedTuple):
    """What the lines at the head of a document say, and how many lines they are."""

    byline: str | None = None
    published: str | None = None
    outlet: str | None = None
    n_lines: int = 0


def read_head_lines(lines: list[str]) -> Head:
    """The byline, date and outlet that the first of `lines` are.

    Empty lines between them count; the first line that is not one of these ends the head.
    """
    found: dict[str, str] = {}
    n_lines = 0
    n_seen = 0
    for number, line in enumerate(lines):
        text = " ".join(line.split())
        if not text:
            continue
        parts = _fields_of(text) if n_seen < _MOST_LINES and len(text) <= _LONGEST else None
        if parts is None or any(name in found for name in parts):
            break
        found |= parts
        n_lines = number + 1
        n_seen += 1
    if not {"byline", "published"} & set(found):  # the name of an outlet alone may be a headline
        return Head()
    return Head(found.get("byline"), found.get("published"), found.get("outlet"), n_lines)


def _fields_of(text: str) -> dict[str, str] | None:
    """What a line of a head says, None where a part of it is not clear."""
    if (whole := _field_of(text)) is not None:
        return dict([whole])
    parts = [part for part in _PARTS.split(text) if part]
    if len(parts) == 1 and (
        date := find_date(text)
    ):  # "The Herald, 5 March 2024", "By Ada Writer 5 March 2024"
        before, _, after = text.partition(date)
        parts = [part.strip(" ,") for part in (before, date, after) if part.strip(" ,")]
    if len(parts) < 2:
        parts = [part for part in re.split(r",\s+", text) if part]
    fields: dict[str, str] = {}
    for part in parts:
        field = _field_of(part)
        if field is None or (field[0] in fields and field[0] != "byline"):
            return None
        fields[field[0]] = f"{fields[field[0]]}, {field[1]}" if field[0] in fields else field[1]
    return fields or None


def _field_of(text: str) -> tuple[str, str] | None:
    bare = _BEFORE_DATE.sub("", text, count=1).strip(" ,")
    date = find_date(bare) or (_NUMERIC_DATE.match(bare) or [None])[0]
    if date and len(_CLOCK.sub("", bare.replace(date, "", 1)).strip(" ,.")) < 4:
        return "published", date
    if is_outlet_name(text):
        return "outlet", text
    if is_byline(text):
        return "byline", persons_of(text) or text
    return None
