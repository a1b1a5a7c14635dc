"""Lines of a PDF, joined to paragraphs by spacing, indentation and size.

Words parted at the end of a line are joined again.
"""

from __future__ import annotations

import re
from collections import Counter
from heapq import heappop, heappush
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
    edges = {page: column_edges(own) for page, own in of_page.items()}
    paragraphs = [lines[0].text]
    for before, line in pairwise(lines):
        if _begins(before, line, edges[before.page][before.left], leading):
            paragraphs.append(line.text)
        else:
            paragraphs[-1] = _join(paragraphs[-1], line.text, words)
    return paragraphs


def column_edges(lines: list[Line]) -> dict[float, tuple[float, float]]:
    """The edges of the column of a line of a page, by where the line begins.

    To the column of a line belong those that begin within four times their own size of it. Each line
    is entered and left once, from left to right.
    """
    entering = sorted(lines, key=lambda one: one.left - 4 * one.size)
    lefts: list[tuple[float, float]] = []  # heaps of (edge, where the line stops to count)
    rights: list[tuple[float, float]] = []
    edges: dict[float, tuple[float, float]] = {}
    n_entered = 0
    for at in sorted({line.left for line in lines}):
        while n_entered < len(entering) and entering[n_entered].left - 4 * entering[n_entered].size < at:
            one = entering[n_entered]
            heappush(lefts, (one.left, one.left + 4 * one.size))
            heappush(rights, (-one.right, one.left + 4 * one.size))
            n_entered += 1
        for heap in (lefts, rights):
            while len(heap) > 1 and heap[0][1] <= at:
                heappop(heap)
        edges[at] = (lefts[0][0], -rights[0][0]) if lefts else (at, at)
    return edges


def _begins(before: Line, line: Line, edges: tuple[float, float], leading: float) -> bool:
    """Whether a paragraph begins with `line`.

    `edges` are those of the column of `before`."""
    if abs(before.size - line.size) > 0.12 * before.size:
        return True
    left, right = edges
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
