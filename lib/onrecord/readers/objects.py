"""JSON and JSON Lines.

Articles wherever the services and programs that write them keep them.

What an article is: an object that has a text under a usual name or path (columns.USUAL_NAMES). The
answers of news services contain lists of them one or more levels down, and wrap each in another
object ("_source", "attributes", "fields").
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TypeGuard

from onrecord.readers.cells import as_text
from onrecord.readers.columns import is_usual, map_columns
from onrecord.readers.reading import Reading, Unreadable, stated_number
from onrecord.readers.rows import SAMPLE_ROWS, longest_column, read_rows

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},]', re.DOTALL)
MOST_LEVELS = 8  # of objects around an article
_PATH_LEVELS = 3  # of objects within one
_MOST_KEYS = 1000  # of the first records, looked at as columns
# Objects around the fields of an article: their keys count as the article's own.
_WRAPPERS = ("_source", "attributes", "article", "post", "node", "document", "story", "item", "doc", "record")
# Where an answer states how many articles there are.
_STATED = (
    ("totalResults",), ("total_results",), ("totalArticles",), ("response", "total"),
    ("response", "meta", "hits"), ("response", "metadata", "hits"), ("response", "numFound"),
    ("hits", "total", "value"), ("hits", "total"), ("articles", "totalResults"), ("found",), ("numFound",),
    ("n_articles",), ("total",), ("count",), ("meta", "total"), ("pagination", "total"),
)  # fmt: skip


def read_json(text: str, columns: Mapping[str, str] | None = None) -> Reading:
    """Articles of a JSON file, one per object, in any of the usual shapes.

    A list of objects, one object, objects within an answer of a service, columns or rows as pandas
    writes them. Raises Unreadable with the paths of the longest texts where no article is found.
    """
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        if (several := _several(text)) is not None:
            content = several
        else:
            place = f"line {error.lineno} ({error.msg})"
            raise Unreadable(f"damaged JSON at {place}: save it again, or mend it there") from None
    except (RecursionError, ValueError) as error:  # lists in lists without end, a number without end
        if (parts := list_elements(text)) is not None and (records := _readable(parts)):
            reading = _read(records, columns)
            n_broken = len(parts) - len(records)
            return reading._replace(
                n_expected=reading.n_expected + n_broken,
                n_skipped=n_broken,
                reason=f"{n_broken} records too deep or too long to be read: save them as CSV",
            )
        said = textwrap.shorten(str(error), 100)
        raise Unreadable(f"JSON that is too deep or too long to be read ({said}): save it as CSV") from None
    return _read(content, columns)


def read_json_lines(text: str, columns: Mapping[str, str] | None = None) -> Reading:
    """Articles of JSON Lines, one per line.

    A line that is not a JSON object is skipped and counted.
    """
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
    reading = _read(records, columns)
    if not broken:
        return reading
    return reading._replace(
        n_expected=reading.n_expected + len(broken),
        n_skipped=len(broken),
        reason=f"{len(broken)} broken lines (the first: line {broken[0]}): mend the file and read it again",
    )


def _readable(parts: list[str]) -> list[object]:
    """The elements that can be read."""
    records = []
    for part in parts:
        try:
            records.append(json.loads(part))
        except (RecursionError, ValueError):
            continue
    return records


def list_elements(text: str) -> list[str] | None:
    """The elements of a JSON list, as written, None where `text` is not one.

    >>> list_elements('[{"a": "]"}, [1, 2]]')
    ['{"a": "]"}', ' [1, 2]']
    """
    if text.lstrip()[:1] != "[":
        return None
    parts, depth, start = [], 0, 0
    for token in _TOKENS.finditer(text):
        mark = token[0]
        if mark in "[{":
            depth += 1
            start = token.end() if depth == 1 else start
        elif mark in "]}":
            depth -= 1
        if depth == (0 if mark in "]}" else 1) and mark in ",]":
            parts.append(text[start : token.start()])
            start = token.end()
            if depth == 0:
                return [part for part in parts if part.strip()]
    return None


def _several(text: str) -> list | None:
    """Objects that follow each other without a list around them, else None."""
    decoder, found, at = json.JSONDecoder(), [], 0
    while at < len(text):
        if text[at] in " \t\r\n,":
            at += 1
            continue
        try:
            value, at = decoder.raw_decode(text, at)
        except (RecursionError, ValueError):
            return None
        if not isinstance(value, dict):
            return None
        found.append(value)
    return found if len(found) > 1 else None


def _read(content: object, columns: Mapping[str, str] | None) -> Reading:
    if isinstance(content, dict) and (table := _table_of(content, columns)) is not None:
        return read_rows(*table, columns)
    if _is_matrix(content):
        return _read_matrix(content, columns)
    records = [_flat(record, columns) for record in _articles(content, columns, MOST_LEVELS)]
    if not records:
        raise Unreadable(_not_understood(content, columns))
    header = _header(records, columns)
    reading = read_rows(header, ([record.get(key) for key in header] for record in records), columns)
    stated, note = _stated(content)
    notes = reading.warnings if note is None else (*reading.warnings, note)
    return reading._replace(n_expected=reading.n_expected if stated is None else stated, warnings=notes)


def _header(records: list[dict], columns: Mapping[str, str] | None) -> list[str]:
    """The keys of the records that can be columns.

    All keys of the first records, then those of a usual name.

    Records may have keys of their own each, and a table of all of them would have no end.
    """
    first = dict.fromkeys(islice((key for record in records[:SAMPLE_ROWS] for key in record), _MOST_KEYS))
    named = set((columns or {}).values())
    more = (key for record in records for key in record if key in named or is_usual(key))
    return list(first | dict.fromkeys(more))


def _stated(content: object) -> tuple[int | None, str | None]:
    """The number of articles that an answer states, or a note where it is not one."""
    if not isinstance(content, dict):
        return None, None
    for path in _STATED:
        value: object = content
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if (
            isinstance(value, (int, float, str))
            and not isinstance(value, bool)
            and re.search(r"\d", str(value))
        ):
            return stated_number(value)
    return None, None


def _table_of(content: dict, columns: Mapping[str, str] | None) -> tuple[list, Iterator[list]] | None:
    """Header and rows of a table that pandas wrote, else None.

    By columns, or split in parts.
    """
    names, rows = content.get("columns"), content.get("data")
    if isinstance(names, list) and isinstance(rows, list) and all(isinstance(row, list) for row in rows):
        width = len(names)
        return names, ([*row[:width], *[None] * (width - len(row))] for row in rows)
    parts = list(content.values())
    if not parts or "text" not in map_columns(content, columns):
        return None
    if all(isinstance(part, dict) for part in parts) and len({tuple(part) for part in parts}) == 1:
        if any(
            isinstance(cell, (dict, list)) for cell in content[map_columns(content, columns)["text"]].values()
        ):
            return None
        keys = list(parts[0])
        return list(content), ([part[key] for part in parts] for key in keys)
    if all(isinstance(part, list) for part in parts) and len({len(part) for part in parts}) == 1:
        return list(content), (list(row) for row in zip(*parts, strict=True))
    return None


def _is_matrix(content: object) -> TypeGuard[list[list]]:
    return (
        isinstance(content, list)
        and len(content) > 0
        and all(isinstance(row, list) for row in content)
        and len({len(row) for row in content}) == 1
        and len(content[0]) > 0
        and not any(isinstance(cell, (dict, list)) for cell in content[0])
    )


def _read_matrix(rows: list[list], columns: Mapping[str, str] | None) -> Reading:
    """Rows without names.

    The first row is the header, or the columns are numbered from 1.
    """
    if "text" in map_columns(rows[0], columns):
        return read_rows(rows[0], rows[1:], columns)
    header = [str(i + 1) for i in range(len(rows[0]))]
    if (columns or {}).get("text") is None:
        longest = longest_column(header, {name: [row[i] for row in rows] for i, name in enumerate(header)})
        if longest is not None:
            reading = read_rows(header, rows, {**(columns or {}), "text": str(longest)})
            note = (
                f"the columns have no names: column {longest} has the longest texts and is read, all others "
                f"are not; name them from 1, as in columns={{'text': '{longest}', 'headline': '1'}}"
            )
            return reading._replace(warnings=(note, *reading.warnings))
    return read_rows(header, rows, columns)


def _articles(node: object, columns: Mapping[str, str] | None, levels: int) -> list[dict]:
    """The objects within `node` that have a text, in order.

    All objects of a list of which one has.
    """
    if levels < 0:
        return []
    if isinstance(node, list):
        objects = [item for item in node if isinstance(item, dict)]
        if any(_has_text(item, columns) for item in objects):
            return objects
        return [found for item in node for found in _articles(item, columns, levels - 1)]
    if isinstance(node, dict):
        if _has_text(node, columns):
            return [node]
        return [
            found
            for value in node.values()
            if isinstance(value, (dict, list))
            for found in _articles(value, columns, levels - 1)
        ]
    return []


def _has_text(record: dict, columns: Mapping[str, str] | None) -> bool:
    flat = _flat(record, columns)
    theirs = map_columns(flat, columns, lambda ours, name: ours != "text" or _is_text(flat[str(name)])).get(
        "text"
    )
    if theirs == "blocks.body":  # the Guardian's, a text in parts
        return isinstance(flat["blocks.body"], list) and bool(as_text(flat["blocks.body"], "text"))
    return theirs is not None and _is_text(flat[str(theirs)])


def _is_text(value: object) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(part, str) for part in value)
    return isinstance(value, str) and bool(value.strip())


def _flat(record: dict, columns: Mapping[str, str] | None = None) -> dict[str, object]:
    """A record with its nested values by their paths ("source.name").

    Wrappers around the fields are taken off.
    """
    for key in _WRAPPERS:
        inner = record.get(key)
        if isinstance(inner, dict) and len(inner) > 1:
            outer = {name: value for name, value in record.items() if name != key}
            # What is around an article may have an id or a date, never its text.
            record = {**{f"{name}": value for name, value in outer.items() if name not in inner}, **inner}
            break
    flat: dict[str, object] = {}
    _flatten(record, "", _PATH_LEVELS, flat)
    return flat


def _flatten(record: dict, before: str, levels: int, flat: dict[str, object]) -> None:
    for key, value in record.items():
        path = f"{before}{key}"
        flat.setdefault(path, value)
        if isinstance(value, dict) and levels:
            _flatten(value, f"{path}.", levels - 1, flat)


def _not_understood(content: object, columns: Mapping[str, str] | None) -> str:
    """What is said of JSON without a known text.

    The paths that have the longest texts.
    """
    texts: dict[str, list[int]] = {}
    _collect(content, "", MOST_LEVELS, texts)
    wanted = (columns or {}).get("text")
    missing = f"no path {wanted!r}" if wanted else "JSON without a text under a usual name"
    ranked = sorted(texts, key=lambda path: -sum(texts[path]) / len(texts[path]))[:3]
    ranked = [path for path in ranked if sum(texts[path]) / len(texts[path]) >= 20]
    if not ranked:
        if isinstance(content, dict) and content:
            names = textwrap.shorten(", ".join(map(str, content)), 300, placeholder=" …")
            return f"{missing}; its keys are {names}. Say which it is: columns={{'text': '…'}}"
        return 'JSON that is not a list of articles: it should read [{"text": …}, …]'
    shown = ", ".join(
        f"{textwrap.shorten(path, 80)} ({len(texts[path])} of about "
        f"{sum(texts[path]) // len(texts[path])} characters)"
        for path in ranked
    )
    name = ranked[0].rpartition("[].")[2]
    return f"{missing}. The longest texts: {shown}. Say which it is: columns={{'text': {name!r}}}"


def _collect(node: object, path: str, levels: int, texts: dict[str, list[int]]) -> None:
    if isinstance(node, str) and path and len(texts) < 10_000:
        texts.setdefault(path, []).append(len(node))
    elif isinstance(node, dict) and levels:
        for key, value in node.items():
            _collect(value, f"{path}.{key}" if path else str(key), levels - 1, texts)
    elif isinstance(node, list) and levels:
        for item in node[:1000]:
            _collect(item, f"{path}[]", levels - 1, texts)
