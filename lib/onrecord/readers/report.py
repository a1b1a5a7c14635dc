"""The read report: what was read, what was not and why. One row per file."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from onrecord.readers.reading import RawArticle, Reading
from onrecord.readers.repair import wrong_characters
from onrecord.text.boilerplate import boilerplate_paragraphs
from onrecord.text.quotation_marks import paragraph_spans

# Where texts end that a program has cut: "… [+1234 chars]", an ellipsis, "Continue reading".
_CUT = re.compile(r"(?:\[\+?\d+ chars\]|\[?(?:…|\.\.\.)\]?|continue reading\W*)\s*$", re.IGNORECASE)
_CUT_LENGTHS = {32_767, 65_535}  # the most that an Excel cell and a MySQL TEXT can store


class FileReport(NamedTuple):
    """One row of the read report (see tables.REPORT)."""

    path: str
    file_format: str | None
    n_expected: int | None
    n_found: int
    n_skipped: int
    reason: str | None
    warnings: str | None


def refused(path: str, reason: str, file_format: str | None = None) -> FileReport:
    """The row of a file of which nothing was read."""
    return FileReport(path, file_format, None, 0, 0, reason, None)


def read(path: str, file_format: str, reading: Reading, more: list[str], n_without_outlet: int) -> FileReport:
    """The row of a file that was read; `more` are warnings from beyond the file."""
    found = len(reading.articles)
    warnings = [*reading.warnings, *_doubts(reading.articles, n_without_outlet), *more]
    if found + reading.n_skipped != reading.n_expected:  # a stated number is compared, never trusted
        warnings.insert(0, f"the file states {reading.n_expected} articles, {found} were found")
    joined = "; ".join(warnings) or None
    return FileReport(path, file_format, reading.n_expected, found, reading.n_skipped, reading.reason, joined)


def _doubts(articles: list[RawArticle], n_without_outlet: int) -> list[str]:
    n = len(articles)
    counts = {
        "without a text, or with a notice in place of it": sum(
            article.text is None or not article.text.strip() for article in articles
        ),
        "without a headline": sum(not article.headline for article in articles),
        "without a date": sum(not article.published for article in articles),
        "without an outlet": n_without_outlet,
        "that may be cut off": sum(is_cut(article.text) for article in articles if article.text),
        "with far fewer words than the file states": sum(map(_is_short, articles)),
        "with the text of another one in this file": _n_repeated(articles),
        "that look like several articles of an export that was not split": sum(
            looks_like_several(article.text) for article in articles if article.text
        ),
        "with letters of a wrong encoding": sum(
            bool(wrong_characters(article.text)) for article in articles if article.text
        ),
    }
    return [
        f"{count} of {n} articles {what}" if n > 1 else f"article {what}"
        for what, count in counts.items()
        if count
    ]


def _n_repeated(articles: list[RawArticle]) -> int:
    texts = [article.text.strip() for article in articles if article.text and article.text.strip()]
    return len(texts) - len(set(texts))


def _is_short(article: RawArticle) -> bool:
    stated = article.n_words_stated or 0
    return article.text is not None and 0 < len(article.text.split()) < 0.7 * stated


# What each article of an export has once, and a text of one article does not have twice: the words of
# it, and the line.
_OF_EXPORTS = tuple(
    (words, re.compile(pattern, re.MULTILINE))
    for words, pattern in (
        (" DOCUMENTS", r"^[ \t]*\d{1,6} of \d{1,6} DOCUMENTS[ \t]*\r?$"),
        ("LENGTH:", r"^[ \t]*LENGTH:[ \t]+\d[\d,.]* words"),
        ("LOAD-DATE:", r"^[ \t]*LOAD-DATE:"),
        ("Load-Date", r"^[ \t]*Load-Date[ \t]*:"),
        ("End of Document", r"^[ \t]*End of Document[ \t]*\r?$"),
        ("Document ", r"^[ \t]*Document [A-Z][A-Za-z0-9]{15,40}[ \t]*\r?$"),
        ("ProQuest document ID", r"^[ \t]*ProQuest document ID:"),
        ("Full text", r"^[ \t]*Full text:"),
        ("TY  - ", r"^TY  - [A-Z]{3,6}[ \t]*\r?$"),
        (" words", r"^[ \t]*\d[\d,.]{0,6} words[ \t]*\r?$"),
    )
)


def looks_like_several(text: str) -> bool:
    """Whether a text looks like several articles of an export.

    It has lines twice or more that each article has once.
    """
    return any(
        text.count(words) > 1 and len(list(islice(pattern.finditer(text), 2))) > 1
        for words, pattern in _OF_EXPORTS
    )


def is_cut(text: str) -> bool:
    """Whether a text seems to have been cut off by a program."""
    end = text[-2000:]
    paragraphs = paragraph_spans(end)
    while len(paragraphs) > 1 and boilerplate_paragraphs(end, paragraphs[-1:])[0]:
        paragraphs.pop()  # a "Read more" line ends in mid-sentence
    last = re.split(r"[.!?…][”’\"')\]]*\s", end[slice(*paragraphs[-1])] if paragraphs else "")[-1]
    mid_sentence = len(last.split()) > 8 and (last[-1].islower() or last[-1] == ",")
    return mid_sentence or len(text) in _CUT_LENGTHS or bool(_CUT.search(text[-60:]))
