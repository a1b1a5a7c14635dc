"""HTML within the cells of a table or a record.

Tags and entities as the text that they mean.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_BLOCK = (
    "p|div|ul|ol|li|h[1-6]|blockquote|section|article|table|tbody|thead|tr|figure|figcaption|hr|pre|dl|dt|dd"
    "|header|footer|main|aside|address|center|form|fieldset|details|summary"
)
_INLINE = (
    "a|b|i|em|strong|span|u|s|small|big|sup|sub|cite|q|font|mark|abbr|time|code|td|th|img|picture|source|iframe"
    "|video|audio|embed|object|param|script|style|noscript|svg|path|button|input|label|ins|del|strike|wbr|html"
    r"|body|head|meta|link|title|o:p|amp-[\w-]+|gu-atom|aside"
)
_TAG = re.compile(rf"</?(?:{_BLOCK}|{_INLINE}|br)(?:\s[^<>]*)?/?>|<!--|<!\[CDATA\[|\]\]>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[a-zA-Z]{2,12}\d{0,2});")
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCK})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_PARAGRAPH_TAG = re.compile(r"<(?:p|div|li|h[1-6]|blockquote)(?:\s[^<>]*)?>", re.IGNORECASE)
_BREAK = re.compile(r"<br(?:\s[^<>]*)?/?>\n?", re.IGNORECASE)
_QUOTE_TAG = re.compile(r"<(/?)q(?:\s[^<>]*)?>", re.IGNORECASE)
_ANY_TAG = re.compile(rf"</?(?:{_BLOCK}|{_INLINE})(?:\s[^<>]*)?/?>|<!\[CDATA\[|\]\]>", re.IGNORECASE)
# Elements whose words are not of the text: programs, and captions of pictures.
_SILENT = re.compile(
    r"<(?:(!--)|(script|style|noscript|iframe|svg|template|figcaption)\b[^<>]*>)", re.IGNORECASE
)
_PAGE = re.compile(r"\s*(?:<!doctype html|<html[\s>])", re.IGNORECASE)


def has_markup(text: str) -> bool:
    """Whether a cell contains HTML tags or entities.

    A plain & or < is a character of the text.
    """
    return ("<" in text and _TAG.search(text) is not None) or (
        "&" in text and _ENTITY.search(text) is not None
    )


def plain_text(text: str, *, one_line: bool = False) -> str:
    """The text that markup shows.

    Paragraphs with empty lines between them, quotation marks and accents as such.
    """
    if _PAGE.match(text) and not one_line:
        from onrecord.readers.web import page_text

        if shown := page_text(text):
            return shown
    if "<" not in text and "&lt;" in text and _TAG.search(html.unescape(text)):
        text = html.unescape(text)  # encoded as a whole once more
    if "<" in text and _TAG.search(text):
        text = _without_tags(text)
    for _ in range(2):  # "&amp;quot;" was encoded twice
        if not _ENTITY.search(text):
            break
        text = html.unescape(text) if "&lt;" not in text and "&amp;lt;" not in text else _unescaped(text)
    text = text.replace("\xa0", " ")
    return re.sub(r"\s+", " ", text).strip() if one_line else text


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


def _without_tags(text: str) -> str:
    text = _without_silent(text)
    # Blanks around line ends mean nothing; a pattern that looks for them at each blank is quadratic.
    lines = [line.strip(" \t\r") for line in text.split("\n")]
    if _PARAGRAPH_TAG.search(text):
        # Line ends within paragraphs are blanks, as a browser reads them.
        text = "\n\n".join(" ".join(block) for block in _blocks(lines))
    else:
        text = "\n".join(lines)
    text = _BREAK.sub("\n", text)
    text = _BLOCK_TAG.sub("\n\n", text)
    text = _QUOTE_TAG.sub(lambda found: "”" if found[1] else "“", text)
    text = _ANY_TAG.sub("", text)
    lines = [line.strip(" \t") for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """Yield the lines between empty ones."""
    block: list[str] = []
    for line in [*lines, ""]:
        if line:
            block.append(line)
        elif block:
            yield block
            block = []


def _without_silent(text: str) -> str:
    """`text` without comments and the elements that no reader sees.

    One that is never closed stays.
    """
    pieces: list[str] = []
    lower = text.lower()
    unclosed: set[str] = set()
    at = 0
    for match in _SILENT.finditer(text):
        end_mark = "-->" if match[1] else f"</{match[2].lower()}"
        if match.start() < at or end_mark in unclosed:
            continue
        end = lower.find(end_mark, match.end())
        if end < 0:
            unclosed.add(end_mark)
            continue
        pieces.append(text[at : match.start()])
        at = end + len(end_mark)
        if not match[1]:
            close = text.find(">", at)
            at = close + 1 if close >= 0 else len(text)
    return "".join([*pieces, text[at:]])
