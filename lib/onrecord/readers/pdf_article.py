"""The article of a PDF.

Headline, byline, date and outlet, and what a printed web page has around it.
"""

from __future__ import annotations

import re
from itertools import groupby
from statistics import median
from typing import NamedTuple

from onrecord.readers.dates import find_date
from onrecord.readers.heads import read_head_lines
from onrecord.readers.outlets import is_outlet_name
from onrecord.readers.pdf_lines import ENDS, Line, joined_paragraphs
from onrecord.readers.reading import RawArticle

# What a browser prints at a page's edge: the day and time, the title, the address.
PRINTED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}, \d{1,2}:\d{2}\b|(?:https?|file)://\S+(?: \d+/\d+)?$")
_DAY = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}, \d{1,2}:\d{2}(?: ?[AP]M)?\s*")
_ADDRESS = re.compile(r"https?://\S+")
_SEPARATOR = re.compile(r"\s+[|•·–—-]\s+")
_MENU_WORDS = 6  # a line of a menu has no more
_NEAR_LINES = 15  # below the headline, where a byline and a date may be
_MANY = 3  # short lines one after the other that are a menu
_TOOLS = re.compile(
    r"(?:share|save|print|e-?mail|tweet|facebook|twitter|whatsapp|linkedin|copy link|comments?|listen"
    r"|subscribe|sign in"
    r"|log in|menu|search|home|skip to \w+|follow|advertisement|\d+ comments?|\d+ min(?:ute)?s? read)\W*",
    re.IGNORECASE,
)


class Printed(NamedTuple):
    """What a browser printed at the edges of a page: its title and its address."""

    title: str | None = None
    url: str | None = None


def printed_page(pages: list[list[Line]]) -> Printed:
    """The title and address that a browser printed at the edge of the first page."""
    title = url = None
    for line in pages[0] if pages else []:
        if not PRINTED.match(line.text):
            continue
        if address := _ADDRESS.match(line.text):
            url = url or re.sub(r"\s+\d+/\d+$", "", address[0])
        else:
            beside = [one.text for one in pages[0] if abs(one.bottom - line.bottom) < 2 and one is not line]
            rest = _DAY.sub("", line.text, count=1).strip() or next(iter(beside), "")
            title = title or rest or None
    return Printed(title, url)


def article_of(lines: list[Line], printed: Printed) -> tuple[RawArticle, list[str]]:
    """The article of a PDF's lines in reading order, and what is to be said about it."""
    if not lines:
        return RawArticle(None, url=printed.url), []
    notes: list[str] = []
    is_page = printed.title is not None or printed.url is not None
    body_size = median(line.size for line in lines for _ in range(1 + len(line.text) // 20))
    headline = byline = published = outlet = None
    span = _headline(lines, body_size, printed)
    if span is not None:
        first, stop = span
        headline = " ".join(line.text for line in lines[first:stop])
        notes.append("the largest type of the first page is taken for the headline")
        above, lines = lines[:first], lines[stop:]
        head = read_head_lines([line.text for line in lines[:8] if not _TOOLS.fullmatch(line.text)])
        byline, published, outlet = head.byline, head.published, head.outlet
        for line in lines[
            head.n_lines : _NEAR_LINES
        ]:  # below a deck or a picture; the line stays in the text
            more = read_head_lines([line.text])
            published = published or more.published
            if re.match(r"(?:by|author)\b", line.text, re.IGNORECASE):
                byline = byline or more.byline
        lines = _below(lines, head.n_lines)
        kept, n_menu, named = _above(above, is_page)
        outlet = outlet or named.get("outlet")
        published = published or named.get("published")
        lines = kept + lines
        if n_menu:
            notes.append(f"{n_menu} lines of menus above the headline left out")
    if is_page and outlet is None and printed.title:
        parts = _SEPARATOR.split(printed.title)
        outlet = next((part for part in reversed(parts) if is_outlet_name(part)), None)
    paragraphs = joined_paragraphs(lines)
    n_left = _menus(paragraphs)
    if n_left:
        notes.append(f"{n_left} lines that look like menus or links remain in the text: look at it")
    text = "\n\n".join(paragraphs) or None
    return RawArticle(text, outlet, published, byline, headline, url=printed.url), notes


def _headline(lines: list[Line], body_size: float, printed: Printed) -> tuple[int, int] | None:
    """The lines of the headline, first and after the last.

    The largest type that is not the outlet's name.
    """
    top = [line for line in lines if line.page == lines[0].page][:60]
    sizes = sorted({line.size for line in top if line.size > 1.2 * body_size}, reverse=True)
    chosen = None
    for size in sizes:
        at = next(i for i, line in enumerate(top) if line.size == size)
        first, stop = at, at + 1
        # A line set in another cut, or with one foreign letter, measures a little less.
        large = max(0.75 * size, 1.2 * body_size)
        while first > 0 and top[first - 1].size > large:
            first -= 1
        while stop < len(top) and top[stop].size > large:
            stop += 1
        while stop - first > 1 and is_outlet_name(top[first].text):
            first += 1
        text = " ".join(line.text for line in top[first:stop])
        if len(text.split()) > 3 and not is_outlet_name(text):
            return first, stop
        if chosen is None or (is_outlet_name(" ".join(line.text for line in top[slice(*chosen)]))):
            chosen = (first, stop)
    return chosen


def _below(lines: list[Line], n_head: int) -> list[Line]:
    """Lines after the head, without the buttons of a page among it."""
    at = seen = 0
    while at < len(lines) and (seen < n_head or _TOOLS.fullmatch(lines[at].text)):
        seen += not _TOOLS.fullmatch(lines[at].text)
        at += 1
    return lines[at:]


def _above(lines: list[Line], is_page: bool) -> tuple[list[Line], int, dict[str, str]]:
    """What is above the headline.

    Lines to keep, how many of menus are left out, and what they name.
    """
    named: dict[str, str] = {}
    kept: list[Line] = []
    n_menu = 0
    for line in lines:
        date = find_date(line.text)
        if is_outlet_name(line.text) and "outlet" not in named:
            named["outlet"] = line.text
        elif date and len(date) > 0.5 * len(line.text) and "published" not in named:
            named["published"] = date
        elif _is_menu_line(line.text) and (is_page or _TOOLS.fullmatch(line.text) or len(lines) >= _MANY):
            n_menu += 1
        else:
            kept.append(line)
    return kept, n_menu, named


def _is_menu_line(text: str) -> bool:
    return not ENDS.search(text) and (len(text.split()) <= _MENU_WORDS or bool(_TOOLS.match(text)))


def _menus(paragraphs: list[str]) -> int:
    """How many lines are in runs of short ones that are not sentences.

    Menus and links that were printed.
    """
    runs = [(is_menu, len(list(group))) for is_menu, group in groupby(map(_is_menu_paragraph, paragraphs))]
    n_in_runs = sum(length for is_menu, length in runs if is_menu and length >= _MANY)
    last = max((i for i, text in enumerate(paragraphs) if ENDS.search(text)), default=-1)
    after = paragraphs[last + 1 :] if last >= 0 else []
    is_rest = len(after) > 1 or sum(len(text.split()) for text in after) > 12
    return max(n_in_runs, len(after) if is_rest else 0)


def _is_menu_paragraph(text: str) -> bool:
    return not re.search(r"[.!?…:,;][”’\"')\]]*$|[“”\"]", text) and (
        len(text.split()) <= 12 or len(text) < 70
    )
