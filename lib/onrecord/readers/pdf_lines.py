"""Lines of a PDF, joined to paragraphs by spacing, indentation and size.

Words parted at the end of a line are joined again.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import NamedTuple

ENDS = re.compile(r"[.!?…:][”’\"')\]]*$")
_HYPHENS = "-\xad‐"


class Line(NamedTuple):
    """One line of one column; the origin of a page is its lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    size: float
    page: int


def joined_paragraphs(lines: list[Line]) -> list[str]:
    """The paragraphs of lines in reading order."""
    if not lines:
        return []
    steps = [
        a.bottom - b.bottom
        for a, b in pairwise(lines)
        if a.page == b.page and 0 < a.bottom - b.bottom < 3 * a.size
    ]
    leading = median(steps) if steps else lines[0].size
    words = Counter(word for line in lines for word in re.findall(r"\w[\w-]*\w", line.text.casefold()))
    of_page: dict[int, list[Line]] = {}
    for line in lines:
        of_page.setdefault(line.page, []).append(line)
    paragraphs = [lines[0].text]
    for before, line in pairwise(lines):
        if _begins(before, line, of_page[before.page], leading):
            paragraphs.append(line.text)
        else:
            paragraphs[-1] = _join(paragraphs[-1], line.text, words)
    return paragraphs


def _begins(before: Line, line: Line, page: list[Line], leading: float) -> bool:
    """Whether a paragraph begins with `line`."""
    if abs(before.size - line.size) > 0.12 * before.size:
        return True
    column = [one for one in page if abs(one.left - before.left) < 4 * one.size]
    left, right = min(one.left for one in column), max(one.right for one in column)
    ends = bool(ENDS.search(before.text))
    short = before.right < right - 0.15 * (right - left)
    step = before.bottom - line.bottom
    if line.page != before.page or step <= 0 or step > 4 * leading:  # the next column or page
        return ends
    if step > 1.25 * leading + 0.5:
        return True
    indented = line.left > left + 0.6 * line.size and before.left < left + 0.3 * line.size
    return indented or (short and ends)


def _join(paragraph: str, line: str, words: Counter[str]) -> str:
    if (
        paragraph[-1] not in _HYPHENS
        or len(paragraph) < 2
        or not paragraph[-2].isalpha()
        or not line[0].isalpha()
    ):
        return f"{paragraph} {line}"
    before, after = re.search(r"\w+.?$", paragraph), re.match(r"\w+", line)
    first = before[0][:-1].casefold() if before else ""
    second = after[0].casefold() if after else ""
    if line[0].isupper():  # "Anglo-" and "American"
        return paragraph[:-1] + "-" + line
    known = words[f"{first}-{second}"] or (words[first] and words[second] > 1)
    return paragraph[:-1] + ("-" if known and not words[first + second] else "") + line
