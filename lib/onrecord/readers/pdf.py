"""PDF: the lines of each page in reading order.

Columns are followed, running heads and page numbers left out.

A PDF contains letters and positions, not paragraphs: see pdf_lines.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from math import pi
from statistics import median

from onrecord.readers.pdf_article import PRINTED, article_of, printed_page
from onrecord.readers.pdf_lines import Line
from onrecord.readers.reading import Element, Reading, Unreadable

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\x02": "\xad", "\ufffe": "\xad"}
)
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—|\s]*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?[-–—|\s]*", re.IGNORECASE)
_WIDEST = 15_000  # units: no page is wider, whatever a damaged file says of its letters
_LETTERS_LOOKED_AT = 200  # of a page, for the way they are turned
_MARGIN = 0.1  # of the page's height: where running heads and page numbers are


def read_pdf(data: bytes) -> Reading:
    """The one article of a PDF. Pages without text are a warning."""
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
            lines, height = page_lines(page, number)
            pages.append(lines)
            heights.append(height)
    empty = [str(number + 1) for number, lines in enumerate(pages) if not lines]
    warnings = []
    if empty:
        warnings.append(
            f"no text on page {', '.join(empty)} of {len(pages)}: scanned? Recognise its text (OCR) first"
        )
    printed = printed_page(pages)
    pages, n_running = without_running_lines(pages, heights)
    if n_running:
        warnings.append(f"{n_running} running heads and page numbers left out")
    lines = [line for page in pages for line in in_reading_order(page)]
    article, notes = article_of(lines, printed)
    return Reading([article], 1, warnings=(*warnings, *notes))


def page_lines(page: Element, number: int) -> tuple[list[Line], float]:
    """The lines of a page, one per column, and its height.

    A page whose text is turned is read as if it were turned back.
    """
    import pypdfium2.raw as raw

    textpage = page.get_textpage()
    box = raw.FS_RECTF()
    pieces: list[list] = []  # text, left, bottom, right, size
    turns = _quarter_turns(textpage)
    width, height = page.get_size()
    for i in range(textpage.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(textpage, i) or 0x20)
        if letter in "\r\n":
            pieces.append([])
            continue
        raw.FPDFText_GetLooseCharBox(textpage, i, box)
        if turns:
            _turn(box, turns, max(width, height))
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
    return lines, max(width, height) if turns else height


def _quarter_turns(textpage: Element) -> int:
    """By how many quarters most letters of a page are turned: 0, 1, 2 or 3."""
    import pypdfium2.raw as raw

    n = textpage.count_chars()
    angles = (
        raw.FPDFText_GetCharAngle(textpage, i)
        for i in range(0, n, max(1, n // _LETTERS_LOOKED_AT))
        if chr(raw.FPDFText_GetUnicode(textpage, i) or 0x20).isalpha()
    )
    counts = Counter(round(angle / (pi / 2)) % 4 for angle in angles if angle >= 0)  # -1: not known
    return counts.most_common(1)[0][0] if counts else 0


def _turn(box: Element, turns: int, longest: float) -> None:
    """Turn a letter's box so that its line runs from left to right.

    `longest` is the longer side of the page: with it, no position is negative.
    """
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    if turns == 3:  # upwards: angles are counted clockwise
        left, right, bottom, top = bottom, top, longest - right, longest - left
    elif turns == 2:  # on its head
        left, right, bottom, top = longest - right, longest - left, longest - top, longest - bottom
    else:  # downwards
        left, right, bottom, top = longest - top, longest - bottom, left, right
    box.left, box.bottom, box.right, box.top = left, bottom, right, top


def _follows(last: list, box: Element) -> bool:
    return abs(last[2] - box.bottom) < 0.5 * last[4] and -0.5 * last[4] < box.left - last[3] < last[4]


def _joined_rows(rows: list[list]) -> list[list]:
    """Pieces of one line joined: those at one height whose gap is not a gutter."""
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
    """The pages without page numbers and running heads.

    Running heads are at the edge of page after page.
    """

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

    printed = {(line.page, round(line.bottom)) for page in pages for line in page if PRINTED.match(line.text)}

    seen = Counter(one for page in pages for one in {key(line) for line in page if at_edge(line)})
    often = max(2, 0.4 * len(pages))
    kept = [[line for line in page if not is_running(line)] for page in pages]
    return kept, sum(map(len, pages)) - sum(map(len, kept))


def in_reading_order(lines: list[Line]) -> list[Line]:
    """The lines of a page column by column; a line across columns ends those above it."""
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
    """The middles of the white stripes that part columns."""
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
