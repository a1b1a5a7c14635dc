"""The parse report: what was read, what was not and why, a row a file."""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.readers.encoding import mojibake
from onrecord.readers.reading import RawArticle, Reading
from onrecord.text.boilerplate import boilerplate_paragraphs
from onrecord.text.quotation_marks import paragraph_spans

# Where texts end that a program has cut: "… [+1234 chars]", an ellipsis, "Continue reading".
_CUT = re.compile(r"(?:\[\+?\d+ chars\]|\[?(?:…|\.\.\.)\]?|continue reading\W*)\s*$", re.IGNORECASE)
_CUT_LENGTHS = {32_767, 65_535}  # the most that an Excel cell and a MySQL TEXT hold


class FileReport(NamedTuple):
    """One row of the parse report (see tables.REPORT)."""

    path: str
    file_format: str | None
    n_expected: int | None
    n_found: int
    n_skipped: int
    reason: str | None
    warnings: str | None


def refused(path: str, reason: str, file_format: str | None = None) -> FileReport:
    """Return the row of a file of which nothing was read."""
    return FileReport(path, file_format, None, 0, 0, reason, None)


def read(path: str, file_format: str, reading: Reading, more: list[str]) -> FileReport:
    """Return the row of a file that was read; `more` are warnings from beyond the file."""
    found = len(reading.articles)
    warnings = [*reading.warnings, *_doubts(reading.articles), *more]
    if found + reading.n_skipped != reading.n_expected:
        warnings.insert(0, f"the file states {reading.n_expected} articles, {found} were found")
    joined = "; ".join(warnings) or None
    return FileReport(path, file_format, reading.n_expected, found, reading.n_skipped, reading.reason, joined)


def _doubts(articles: list[RawArticle]) -> list[str]:
    n = len(articles)
    counts = {
        "without a text, or with a notice in place of it": sum(
            article.text is None or not article.text.strip() for article in articles
        ),
        "without a headline": sum(not article.headline for article in articles),
        "without a date": sum(not article.published for article in articles),
        "without an outlet": sum(not article.outlet for article in articles),
        "that may be cut off": sum(is_cut(article.text) for article in articles if article.text),
        "with far fewer words than the file states": sum(map(_is_short, articles)),
        "with letters of a wrong encoding": sum(
            bool(mojibake(article.text)) for article in articles if article.text
        ),
    }
    return [
        f"{count} of {n} articles {what}" if n > 1 else f"article {what}"
        for what, count in counts.items()
        if count
    ]


def _is_short(article: RawArticle) -> bool:
    stated = article.n_words_stated or 0
    return bool(article.text) and len(article.text.split()) < 0.7 * stated


def is_cut(text: str) -> bool:
    """Return whether a text seems to have been cut off by a program."""
    end = text[-2000:]
    paragraphs = paragraph_spans(end)
    while len(paragraphs) > 1 and boilerplate_paragraphs(end, paragraphs[-1:])[0]:
        paragraphs.pop()  # a "Read more" line ends in mid-sentence
    last = re.split(r"[.!?…][”’\"')\]]*\s", end[slice(*paragraphs[-1])] if paragraphs else "")[-1]
    mid_sentence = len(last.split()) > 8 and (last[-1].islower() or last[-1] == ",")
    return mid_sentence or len(text) in _CUT_LENGTHS or bool(_CUT.search(text[-60:]))
