"""Plain text and Markdown, with an optional head of `key: value` lines.

The rule: where every line before the first empty line is `key: value` with a known key (outlet,
published, byline, headline, standfirst, url, or a usual name of one), these lines are the head, the
empty line ends it, and the text is all that follows, less one final line end. Any other file has no
head and is its text, exactly as decoded: no line end translated, none removed. Markdown may set its
head between two lines of three hyphens instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from onrecord.readers.columns import map_columns
from onrecord.readers.reading import RawArticle, Reading

# Blanks at the end are stripped afterwards: a pattern that looks for them at each sign is quadratic.
_LINE = re.compile(r"([A-Za-z][\w -]{0,30}?)[ \t]*:(?:[ \t]([^\r\n]*))?(?:\r\n|\r|\n|$)")
_EMPTY = re.compile(r"[ \t]*(?:\r\n|\r|\n|$)")
_FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_MARKDOWN_HEADLINE = re.compile(r"\s*+#[ \t]++([^\r\n]+)(?:\r\n|\r|\n)")
# A first line that reads as a headline: short, no full stop, an empty line or a longer line after it.
_FIRST_LINE = re.compile(r"\s*+([^\r\n]{8,160}?)[ \t]*+(?:\r\n|\r|\n)\s*+([^\r\n]+)")

GUESSED_HEADLINE = "no head: the first line, which stays in the text, is taken for the headline"


def read_plain(text: str, columns: Mapping[str, str] | None = None) -> Reading:
    """The one article of a plain text."""
    head, start = read_head(text, columns)
    warnings: tuple[str, ...] = ()
    if head:
        body = re.sub(r"(?:\r\n|\r|\n)\Z", "", text[start:])
    else:
        body = text
        headline = first_line_headline(text)
        if headline:
            head = {"headline": headline}
            warnings = (GUESSED_HEADLINE,)
    article = RawArticle(body if body.strip() else None, **head)
    return Reading([article], 1, warnings=warnings)


def read_head(text: str, columns: Mapping[str, str] | None = None) -> tuple[dict[str, Any], int]:
    """The head of `text` by our names, and the offset at which the text begins.

    The offset is 0 where there is no head.
    """
    fence = _FENCE.match(text)
    lines: dict[str, str] = {}
    at = fence.end() if fence else 0
    while at < len(text):
        if fence and (end := _FENCE.match(text, at) or re.compile(r"---[ \t]*\Z").match(text, at)):
            empty = _EMPTY.match(text, end.end())
            at = empty.end() if empty else end.end()
            break
        if not fence and (empty := _EMPTY.match(text, at)):
            at = empty.end()
            break
        line = _LINE.match(text, at)
        if line is None or (line[1] in lines and not fence):
            return {}, 0
        lines[line[1]] = (line[2] or "").strip(" \t").strip("\"'" if fence else "")
        at = line.end()
    mapped = map_columns(lines, columns)
    mapped.pop("text", None)
    if not mapped or (not fence and len(mapped) < len(lines)):
        return {}, 0
    return {ours: lines[str(theirs)] for ours, theirs in mapped.items() if lines[str(theirs)]}, at


def first_line_headline(text: str) -> str | None:
    """The first line of `text` where it reads as a headline, else None."""
    markdown = _MARKDOWN_HEADLINE.match(text)
    if markdown:
        return markdown[1].rstrip(" \t").rstrip("#").rstrip(" \t") or None
    first = _FIRST_LINE.match(text)
    if (
        first
        and first[1][-1] not in '.,;:!”"'
        and len(first[1].split()) <= 20
        and len(first[2]) > len(first[1])
    ):
        return first[1].strip()
    return None
