"""PDF: the lines of each page in reading order, columns followed, running heads and page numbers left out.

A PDF holds letters and places, no paragraphs. Lines are joined to paragraphs by spacing, indentation
and size, and words parted at a line's end are joined again.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from onrecord.readers.dates import find_date
from onrecord.readers.reading import RawArticle, Reading, Unreadable

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\x02": "\xad", "\ufffe": "\xad"}
)
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—|\s]*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?[-–—|\s]*", re.IGNORECASE)
# What a browser prints at a page's edge: the day and time, the address.
_BROWSER_LINE = re.compile(
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}, \d{1,2}:\d{2}\b|(?:https?|file)://\S+(?: \d+/\d+)?$"
)
_ENDS = re.compile(r"[.!?…:][”’\"')\]]*$")
_HYPHENS = "-\xad‐"
_WIDEST = 15_000  # units: no page is wider, whatever a damaged file says of its letters
_MARGIN = 0.1  # of the page's height: where running heads and page numbers stand


class Line(NamedTuple):
    """One line of one column; the origin of a page is its lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    size: float
    page: int


def read_pdf(data: bytes) -> Reading:
    """Return the one article of a PDF; pages without text are reported."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(io.BytesIO(data))
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("protected by a password: save it without one") from None
        raise Unreadable(f"a damaged PDF ({error}): open and save it again") from None
    pages: list[list[Line]] = []
    heights: list[float] = []
    with document:
        for number, page in enumerate(document):
            pages.append(page_lines(page, number))
            heights.append(page.get_height())
    empty = [str(number + 1) for number, lines in enumerate(pages) if not lines]
    warnings = []
    if empty:
        warnings.append(
            f"no text on page {', '.join(empty)} of {len(pages)}: scanned? Recognise its text (OCR) first"
        )
    pages, n_running = without_running_lines(pages, heights)
    if n_running:
        warnings.append(f"{n_running} running heads and page numbers left out")
    lines = [line for page in pages for line in in_reading_order(page)]
    article = _article(lines)
    if article.headline:
        warnings.append("the largest type of the first page is taken for the headline")
    return Reading([article], 1, warnings=tuple(warnings))


def page_lines(page, number: int) -> list[Line]:
    """Return the lines of a page, one a column where columns stand side by side."""
    import pypdfium2.raw as raw

    textpage = page.get_textpage()
    box = raw.FS_RECTF()
    pieces: list[list] = []  # text, left, bottom, right, size
    for i in range(textpage.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(textpage, i) or 0x20)
        if letter in "\r\n":
            pieces.append([])
            continue
        raw.FPDFText_GetLooseCharBox(textpage, i, box)
        size = abs(box.top - box.bottom)
        last = pieces[-1] if pieces else []
        if last and (letter.isspace() or _follows(last, box)):
            last[0] += letter
            last[3] = max(last[3], box.right) if not letter.isspace() else last[3]
        elif not letter.isspace():
            pieces.append([letter, box.left, box.bottom, box.right, size])
    textpage.close()
    rows = sorted(
        (piece for piece in pieces if piece and piece[0].strip()), key=lambda piece: (-piece[2], piece[1])
    )
    lines: list[Line] = []
    for text, left, bottom, right, size in _joined_rows(rows):
        lines.append(
            Line(re.sub(r"\s+", " ", text.translate(_LIGATURES)).strip(), left, bottom, right, size, number)
        )
    return lines


def _follows(last: list, box) -> bool:
    return abs(last[2] - box.bottom) < 0.5 * last[4] and -0.5 * last[4] < box.left - last[3] < last[4]


def _joined_rows(rows: list[list]) -> list[list]:
    """Return pieces of one line joined: those at one height whose gap is no gutter."""
    joined: list[list] = []
    for piece in rows:
        for other in reversed(joined[-8:]):
            gap = piece[1] - other[3]
            if abs(other[2] - piece[2]) < 0.4 * max(other[4], piece[4]) and -1 < gap < 0.9 * other[4]:
                other[0] += (" " if gap > 0.15 * other[4] else "") + piece[0]
                other[3] = piece[3]
                other[4] = max(other[4], piece[4])
                break
        else:
            joined.append(piece)
    return joined


def without_running_lines(pages: list[list[Line]], heights: list[float]) -> tuple[list[list[Line]], int]:
    """Return the pages without page numbers and lines that stand at the edge of page after page."""

    def at_edge(line: Line) -> bool:
        height = heights[line.page]
        return line.bottom < _MARGIN * height or line.bottom > (1 - _MARGIN) * height

    def key(line: Line) -> str:
        return re.sub(r"\d+", "#", line.text).casefold()

    def is_running(line: Line) -> bool:
        bare = _PAGE_NUMBER.fullmatch(line.text) or (line.page, round(line.bottom)) in printed
        small = line.size < 0.9 * body and not 0.06 < line.bottom / heights[line.page] < 0.94
        return at_edge(line) and (seen[key(line)] >= often or bool(bare) or small)

    body = median([line.size for page in pages for line in page] or [0])

    printed = {
        (line.page, round(line.bottom)) for page in pages for line in page if _BROWSER_LINE.match(line.text)
    }

    seen = Counter(one for page in pages for one in {key(line) for line in page if at_edge(line)})
    often = max(2, 0.4 * len(pages))
    kept = [[line for line in page if not is_running(line)] for page in pages]
    return kept, sum(map(len, pages)) - sum(map(len, kept))


def in_reading_order(lines: list[Line]) -> list[Line]:
    """Return the lines of a page column by column; a line across columns ends those above it."""
    gutters = _gutters(lines)
    ordered: list[Line] = []
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    for line in sorted(lines, key=lambda line: (-line.bottom, line.left)):
        if any(line.left < gutter < line.right for gutter in gutters):
            ordered += [one for column in columns for one in column]
            columns = [[] for _ in columns]
            ordered.append(line)
        else:
            columns[sum(line.left >= gutter for gutter in gutters)].append(line)
    return ordered + [one for column in columns for one in column]


def _gutters(lines: list[Line]) -> list[float]:
    """Return the middles of the white stripes that part columns."""
    if len(lines) < 6:
        return []
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    if not right - left < _WIDEST:
        return []
    first, last = int(left), int(right) + 1
    covered = [0] * (last - first + 1)
    for line in lines:
        for x in range(int(line.left) - first, int(line.right) - first + 1):
            covered[x] += 1
    low = 0.2 * max(covered)
    need = max(3, 0.15 * len(lines))
    gutters: list[float] = []
    x = 0
    while x < len(covered):
        end = x
        while end < len(covered) and covered[end] <= low:
            end += 1
        if end - x >= 6:
            middle = first + (x + end) / 2
            edge = gutters[-1] if gutters else first - 1
            left = sum(edge <= line.left and line.right <= middle for line in lines)
            right = sum(line.left >= middle for line in lines)
            if left >= need and right >= need:
                gutters.append(middle)
        x = max(end, x + 1)
    return gutters


def _article(lines: list[Line]) -> RawArticle:
    if not lines:
        return RawArticle(None)
    body_size = median(line.size for line in lines for _ in range(1 + len(line.text) // 20))
    top = [line for line in lines if line.page == lines[0].page][:30]
    largest = max(line.size for line in top)
    headline = byline = published = None
    if largest > 1.2 * body_size:
        at = next(i for i, line in enumerate(lines) if line.size == largest)
        end = at + 1
        # A line set in another cut, or with one foreign letter, measures a little less.
        large = max(0.75 * largest, 1.2 * body_size)
        while at > 0 and lines[at - 1].size > large:
            at -= 1
        while end < len(lines) and lines[end].size > large:
            end += 1
        headline = " ".join(line.text for line in lines[at:end])
        lines = lines[:at] + lines[end:]
        for line in lines[:4]:  # byline and date stand alone below the headline
            if (
                re.match(r"by\s+\w", line.text, re.IGNORECASE)
                and len(line.text) < 80
                and not _ENDS.search(line.text)
            ):
                byline = line.text
            elif (date := find_date(line.text)) and len(date) > 0.6 * len(line.text):
                published = date
            else:
                break
        lines = lines[bool(byline) + bool(published) :]
    text = "\n\n".join(joined_paragraphs(lines)) or None
    return RawArticle(text, published=published, byline=byline, headline=headline)


def joined_paragraphs(lines: list[Line]) -> list[str]:
    """Return the paragraphs of lines in reading order."""
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
    """Return whether a paragraph begins with `line`."""
    if abs(before.size - line.size) > 0.12 * before.size:
        return True
    column = [one for one in page if abs(one.left - before.left) < 4 * one.size]
    left, right = min(one.left for one in column), max(one.right for one in column)
    ends = bool(_ENDS.search(before.text))
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
    first = re.search(r"\w+.?$", paragraph)[0][:-1].casefold()
    second = re.match(r"\w+", line)[0].casefold()
    if line[0].isupper():  # "Anglo-" and "American"
        return paragraph[:-1] + "-" + line
    known = words[f"{first}-{second}"] or (words[first] and words[second] > 1)
    return paragraph[:-1] + ("-" if known and not words[first + second] else "") + line
