"""Rows of any table as articles.

Which column is which, and what is to be said about them.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from onrecord.readers.cells import as_text, is_missing
from onrecord.readers.columns import map_columns, plain_name
from onrecord.readers.reading import MAX_RATIO, RawArticle, Reading, Unreadable

SAMPLE_ROWS = 200  # looked at before a column is chosen
LONG_TEXT = 150  # characters in the middle, from which a column plainly contains articles
_URL = re.compile(r"https?://[^/\s]+(/\S*)?$|www\.[^/\s]+/\S+$", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d+(?:\.0)?$")


def read_rows(
    header: Sequence[object],
    rows: Iterable[Iterable[object]],
    columns: Mapping[str, str] | None = None,
    *,
    most_characters: int | None = None,
) -> Reading:
    """Articles of a table, one per row.

    Raises Unreadable where no column is known to contain the text, and where the texts together have
    more than `most_characters`: a packed file that expands so far is made to fill the memory.
    """
    header = list(header)
    rows = iter(rows)
    sample = [list(row) for row in islice(rows, SAMPLE_ROWS)]
    values = {name: [row[i] for row in sample if i < len(row)] for i, name in reversed([*enumerate(header)])}
    mapped = map_columns(header, columns, lambda ours, name: _fits(ours, values[name]))
    if "text" not in mapped:
        raise Unreadable(_no_text(header, values, columns))
    if {"start", "end"} <= set(map(plain_name, header)):
        raise Unreadable(
            "rows of passages, not of articles (columns start and end): give the articles' table"
        )
    if "url" not in mapped:  # a column "source" with web addresses is the address too
        found = next(
            (name for name in header if plain_name(name) in ("source", "uri") and _is_url(values[name])), None
        )
        if found is not None:
            mapped["url"] = found
    places = {ours: header.index(theirs) for ours, theirs in mapped.items()}
    articles = []
    n_characters = 0
    for row in chain(sample, rows):
        cells = list(row)
        if any(not is_missing(cell) for cell in cells):
            fields: dict[str, Any] = {ours: as_text(cells[i], ours) for ours, i in places.items()}
            articles.append(RawArticle(**fields))
            n_characters += len(fields["text"] or "")
            if most_characters is not None and n_characters > most_characters:
                raise Unreadable(
                    f"its texts expand to more than {most_characters / 1e6:,.0f} million characters, the "
                    f"limit for a packed file of this size ({MAX_RATIO}-fold): save it as CSV, or delete it "
                    "if you do not know it"
                )
    names = ", ".join(str(name).strip() for name in header)
    warnings = _notes(header, mapped, columns, articles)
    return Reading(articles, len(articles), warnings=warnings, date_source=f"the column of {names}")


def _notes(
    header: list[object], mapped: Mapping[str, object], columns: Mapping[str, str] | None, articles: list
) -> tuple[str, ...]:
    notes = [
        f"no column {theirs!r}: its {ours} stays empty"
        for ours, theirs in (columns or {}).items()
        if ("own_id" if ours == "doc_id" else ours) not in mapped
    ]
    notes += [
        f"{header.count(theirs)} columns are named {str(theirs).strip()!r}: the first is read"
        for theirs in dict.fromkeys(mapped.values())
        if header.count(theirs) > 1
    ]
    if plain_name(mapped["text"]) == "leadparagraph" and not (columns or {}).get("text"):
        notes.append("the texts are lead paragraphs only (lead_paragraph): this service gives no full text")
    if not articles:
        notes.append("no article below the header")
    outlets = [article.outlet for article in articles]
    n_empty = outlets.count(None)
    if "outlet" in mapped and outlets and outlets[0] and 0 < n_empty < len(outlets):
        notes.append(
            f"the outlet is empty in {n_empty} rows and filled in others: where its cells were merged, "
            "fill them down and read the file again; nothing was filled in"
        )
    return tuple(notes)


def _fits(ours: str, values: list[object]) -> bool:
    """Whether the values of a column can be what its name says."""
    texts = [value for value in values if not is_missing(value)]
    if not texts:
        return not values  # an empty column only where nothing is known of any
    if ours == "outlet":
        return not _is_url(values) and not _is_number(texts)
    if ours == "byline":
        return not _is_number(texts)
    if ours == "url":
        return any(isinstance(text, str) and ("." in text or "/" in text) for text in texts)
    if ours == "headline":
        return any(as_text(text, ours) for text in texts)
    if ours == "text":
        return any(as_text(text, ours) and not isinstance(text, (bool, int, float)) for text in texts)
    return True


def _is_number(texts: list[object]) -> bool:
    return all(isinstance(text, (int, float)) or _NUMBER.match(str(text).strip()) for text in texts)


def _is_url(values: list[object]) -> bool:
    """Whether a column contains addresses of articles: addresses with a path."""
    texts = [str(value).strip() for value in values if not is_missing(value)]
    paths = [match for text in texts if (match := _URL.match(text))]
    return bool(texts) and len(paths) > 0.8 * len(texts) and any((one[1] or "/") != "/" for one in paths)


def longest_column(header: Sequence[object], values: Mapping[object, list[object]]) -> object | None:
    """The column that plainly contains the texts.

    Long ones, and far longer than any other column's.
    """
    lengths = sorted(
        ((_typical_length(values.get(name, [])), i) for i, name in enumerate(header)), reverse=True
    )
    if not lengths or lengths[0][0] < LONG_TEXT:
        return None
    if len(lengths) > 1 and lengths[0][0] < 2 * lengths[1][0]:
        return None
    return header[lengths[0][1]]


def _typical_length(values: list[object]) -> int:
    lengths = sorted(len(value) for value in values if isinstance(value, str) and value.strip())
    return lengths[len(lengths) // 2] if lengths else 0


def _no_text(
    header: list[object], values: Mapping[object, list[object]], columns: Mapping[str, str] | None
) -> str:
    """What is said where no column is known to contain the text.

    The columns, and which it may be.
    """
    names = ", ".join(str(name).strip() for name in header) or "none"
    shown = textwrap.shorten(names, 500, placeholder=" …")
    wanted = (columns or {}).get("text")
    missing = f"no column {wanted!r}" if wanted else "no column contains the text"
    if (longest := longest_column(header, values)) is not None:
        name = str(longest).strip()
        return (
            f"{missing}; the columns are {shown}. The column {name} has the longest texts: "
            f"columns={{'text': {name!r}}}"
        )
    return f"{missing}; the columns are {shown}. Say which it is: columns={{'text': '…'}}"
