"""Lines: the form between the export of a database and its articles.

A line is one paragraph as the file sets it; an empty line parts blocks.
"""

from __future__ import annotations

import re

from onrecord.readers.reading import Element

# What a database shows in place of a text that it may not, or cannot, show.
_WHY = r"(?:copyright|permission|legal|licen[cs]|contract|restrict|request of the (?:publisher|author))"
_NOTICE = re.compile(
    rf"\b{_WHY}\w*\b.{{0,200}}\b(?:removed|withdrawn|withheld|deleted|not (?:be )?(?:available|displayed))\b"
    rf"|\b(?:removed|withdrawn|withheld|deleted|(?:not|un)\s?available|omitted)\b.{{0,120}}\b{_WHY}"
    r"|not possible to display|error in this document|full text (?:is )?(?:not|un)\s?available",
    re.IGNORECASE | re.DOTALL,
)


def body_text(lines: list[str]) -> str | None:
    """Lines as a text, one paragraph per line; None for a notice or nothing."""
    text = "\n\n".join(line for line in map(str.strip, lines) if line)
    return None if not text or is_notice(text) else text


def is_notice(text: str) -> bool:
    """Whether a text is a database's notice that the text is not there."""
    return len(text) < 500 and bool(_NOTICE.search(text))


_BLOCKS = frozenset({
    "p", "div", "br", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote",
    "section", "article", "hr", "text",
})  # fmt: skip
_SILENT = frozenset(["script", "style", "head", "title", "noscript", "template"])


def html_lines(page: str) -> list[str]:
    """The lines that a page of an export shows.

    One per block, a tab between the cells of a row.
    """
    from lxml import html

    pieces: list[str] = []

    def walk(element: Element) -> None:
        if isinstance(element.tag, str) and element.tag not in _SILENT:
            block = element.tag in _BLOCKS
            pieces.append("\n" if block else "\t" if element.tag == "td" else "")
            pieces.append(re.sub(r"[ \t\r\n]+", " ", element.text or ""))
            for child in element:
                walk(child)
            pieces.append("\n" if block and element.tag != "br" else "")
        pieces.append(re.sub(r"[ \t\r\n]+", " ", element.tail or ""))

    walk(html.fromstring(page))
    return [line.strip(" \t") for line in "".join(pieces).split("\n")]


def word_count(text: str | None) -> int | None:
    """The number that a length field begins with ("1,234 words").

    None without one, or for one beyond any.
    """
    match = re.match(r"\s*(\d[\d,. ]{0,12})(?![\d,. ]*\d)", text or "")
    return int(re.sub(r"\D", "", match[1])) if match else None


def unwrapped(lines: list[str]) -> list[str]:
    """Hard-wrapped lines joined to paragraphs, which empty lines separate."""
    joined: list[str] = []
    for line in lines:
        line = line.strip()
        if line and joined and joined[-1]:
            joined[-1] += " " + line
        else:
            joined.append(line)
    return joined
