"""Boilerplate: printed among the text of an article, not part of the story.

It stays in the text and is left out of the analysis: a "Read more" line quotes nobody. A paragraph is
boilerplate by the list lexicons/boilerplate.csv, or because it is in several articles of the corpus. A
piece of a paragraph is by the list lexicons/boilerplate_inline.csv: a link in brackets, a headline
glued to the last sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator
from functools import lru_cache

import pandas as pd

from onrecord.records import Span
from onrecord.tables import COUNT, TEXT, Schema, as_table, require
from onrecord.text.characters import plain_blanks
from onrecord.text.quotation_marks import paragraph_spans
from onrecord.wordlists import Lists, load_lists

BOILERPLATE: Schema = {"doc_id": TEXT, "kind": TEXT, "start": COUNT, "end": COUNT, "text": TEXT}

MAX_LENGTH = 600  # code points; a longer paragraph contains more than boilerplate
IN_ARTICLES = 5  # a paragraph in so many articles is not about any of them

_ANYWHERE = "(?!"  # how the pattern of an appeal begins, whose words may be anywhere in a paragraph
_QUOTED = re.compile(r"[\"“”„«»‘]|(?:^|\s)'")
# "ELLIN (OPS) -", "LUNT, Orvane, Jan 5 —": a place in capitals or an agency in brackets, and a dash.
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.’' -]{2,40}(?:, [A-Z][\w.’' -]{1,30}){0,2}(?:,? \w{3,9}\.? \d{1,2}(?:, \d{4})?)?"
    r"(?: ?\([\w /.&-]{2,40}\))?|[A-Z][\w.’' -]{1,40}(?:, [\w.’' -]{1,40})?\s*\([A-Z][\w /.&-]{1,40}\))"
    r"\s*(?:—|–|--|-)(?:\s+|(?=[A-Z“\"]))"
)
# What every inline pattern of the package, and every appeal, has somewhere, in lower case: a text without
# any of these needs no look for one. `in` is many times faster than the patterns.
_INLINE_WORDS = (
    "related", "read more", "read also", "also read", "see also", "read next", "see more", "watch more",
    "learn more", "read it", "read the full", "must read", "recommended:", "(read", "[read", "(see", "[see",
    "(watch", "[watch", "(more", "[more", "(listen", "[listen", "more:", "advertisement", "continued below",
    "continues below", "follow @", "image caption", "media caption", "image copyright", "image source",
    "media playback", "click here", "tap here", "sign up", "subscribe", "enter your e",
)  # fmt: skip
_APPEAL_WORDS = (
    "newsletter", "help us", "become a", "since you", "inbox", "briefing", "donat", "contribut", "subscri",
    "gift", "member", "patron", "support our", "support independent", "support quality", "support trusted",
    "every morning", "every day", "every week", "every evening", "your support", "chip in", "give today",
    "give now", "give here", "give what",
)  # fmt: skip


def _present(words: tuple[str, ...], lower: str) -> tuple[str, ...]:
    """Those of `words` that are somewhere in a text in lower case."""
    return tuple([word for word in words if word in lower])


@lru_cache(maxsize=4)
def _words_to_look_for(lists: Lists) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words of inline patterns and of appeals, in lower case.

    For a list of the user's, "" is in any text.
    """
    package = load_lists()
    return (
        _INLINE_WORDS if lists.boilerplate_inline == package.boilerplate_inline else ("",),
        _APPEAL_WORDS if lists.boilerplate_kinds == package.boilerplate_kinds else ("",),
    )


@lru_cache(maxsize=4)
def _patterns(lists: Lists) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The patterns of boilerplate.csv as two.

    Those of appeals, which may begin anywhere, and the others.
    """
    patterns = [pattern.pattern for _, pattern in lists.boilerplate_kinds]
    appeals, others = (
        "|".join(f"(?:{one})" for one in patterns if one.startswith(_ANYWHERE) == is_appeal) or "(?!)"
        for is_appeal in (True, False)
    )
    return re.compile(appeals, re.IGNORECASE), re.compile(others, re.IGNORECASE)


def boilerplate_paragraphs(
    text: str,
    paragraphs: list[Span],
    repeated: Container[str] = frozenset(),
    lists: Lists | None = None,
) -> list[bool]:
    """Whether each paragraph is boilerplate: by the list, or as one of `repeated`."""
    lists = lists or load_lists()
    return _flags(text, text.lower(), paragraphs, repeated, lists)


def _flags(
    text: str, lower: str, paragraphs: list[Span], repeated: Container[str], lists: Lists
) -> list[bool]:
    """Whether each paragraph is boilerplate. `lower` is the text in lower case."""
    appeals, others = _patterns(lists)
    appeal_words = _present(_words_to_look_for(lists)[1], lower)
    return [
        end - start < MAX_LENGTH
        and (
            others.match(text, start, end) is not None
            or text[start:end] in repeated
            or (
                bool(appeal_words and _present(appeal_words, text[start:end].lower()))
                and appeals.match(text, start, end) is not None
            )
        )
        for start, end in paragraphs
    ]


def mark_boilerplate(
    text: str,
    paragraphs: list[Span],
    repeated: Container[str] = frozenset(),
    lists: Lists | None = None,
) -> tuple[list[Span], list[bool]]:
    """Paragraphs, and whether each is boilerplate.

    Each boilerplate piece of a paragraph is one of its own.
    """
    lists = lists or load_lists()
    lower = text.lower()
    flags = _flags(text, lower, paragraphs, repeated, lists)
    inline_words = _present(_words_to_look_for(lists)[0], lower)
    if not inline_words:
        return paragraphs, flags
    parts: list[Span] = []
    marked: list[bool] = []
    for (start, end), is_boilerplate in zip(paragraphs, flags, strict=True):
        at = start
        pieces = [] if is_boilerplate else _pieces(text, start, end, inline_words, lists)
        for first, last, _ in pieces:
            before = text[at:first].rstrip()
            if before:
                parts.append((at, at + len(before)))
                marked.append(False)
            parts.append((first, last))
            marked.append(True)
            at = last + len(text[last:end]) - len(text[last:end].lstrip())
        if at < end:
            parts.append((at, end))
            marked.append(is_boilerplate)
    return parts, marked


def inline_boilerplate(text: str, start: int, end: int, lists: Lists) -> list[tuple[int, int, str]]:
    """The pieces of one paragraph that are boilerplate.

    Start, end and kind of each, in order.
    """
    return _pieces(text, start, end, _words_to_look_for(lists)[0], lists)


def _pieces(
    text: str, start: int, end: int, words: tuple[str, ...], lists: Lists
) -> list[tuple[int, int, str]]:
    """The same for a text that has only `words` of those of inline patterns."""
    if not _present(words, text[start:end].lower()):
        return []
    found: list[tuple[int, int, str]] = []
    for kind, pattern in lists.boilerplate_inline:
        for match in pattern.finditer(text, start, end):
            first = match.end() - len(match[0].lstrip())
            if (first, match.end()) != (start, end):
                found.append((first, match.end(), kind))
    found.sort()
    apart: list[tuple[int, int, str]] = []
    for piece in found:
        if not apart or piece[0] >= apart[-1][1]:
            apart.append(piece)
    return apart


def repeated_paragraphs(documents: pd.DataFrame) -> frozenset[str]:
    """Paragraphs that are word for word in five or more articles of `documents`.

    Needs the column text; copies are not counted where duplicate_of is there. Short lines, names of
    speakers ("HOST:") and paragraphs with quotation marks are never among them.
    """
    require(documents, ["text"], table="documents")
    originals = documents[documents["duplicate_of"].isna()] if "duplicate_of" in documents else documents
    counts: Counter[str] = Counter()
    for text in originals["text"].dropna():
        counts.update(set(_short_paragraphs(text)))
    return frozenset(
        paragraph for paragraph, n in counts.items() if n >= IN_ARTICLES and _is_repeatable(paragraph)
    )


def repeatable_paragraphs(text: str) -> Iterator[str]:
    """Paragraphs that are boilerplate where many articles have them."""
    return filter(_is_repeatable, _short_paragraphs(text))


def _short_paragraphs(text: str) -> Iterator[str]:
    text = plain_blanks(text)
    return (text[start:end] for start, end in paragraph_spans(text) if 20 <= end - start < MAX_LENGTH)


def _is_repeatable(paragraph: str) -> bool:
    return paragraph[-1] != ":" and " " in paragraph and not _QUOTED.search(paragraph)


def dateline_span(text: str, paragraphs: list[Span]) -> Span | None:
    """The dateline that the first paragraphs of `text` open with: "ELLIN (OPS) - "."""
    for start, end in paragraphs[:3]:
        if match := _DATELINE.match(text, start, end):
            return start, start + len(match.group().rstrip())
    return None


def find_boilerplate(documents: pd.DataFrame, *, lists: Lists | None = None) -> pd.DataFrame:
    """Boilerplate of articles.

    One row per paragraph or piece of one that is not part of the story.

    Needs doc_id and text. Columns: doc_id, kind (that of lexicons/boilerplate.csv or
    boilerplate_inline.csv, `repeated` for a paragraph of five or more articles, `dateline`), start, end
    (half open, code points of the article's text), text. Articles without a text have no row. `lists`:
    word lists from `load_lists`, of which boilerplate and boilerplate_inline count.

    Raises ValueError without doc_id or text.

    >>> text = "It is shut.\\n\\nRead more: Harbour talks fail"
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    >>> find_boilerplate(documents)[["kind", "text"]].to_dict("records")
    [{'kind': 'read_more', 'text': 'Read more: Harbour talks fail'}]
    """
    lists = lists or load_lists()
    require(documents, ["doc_id", "text"], table="documents")
    repeated = repeated_paragraphs(documents)
    rows: list[tuple] = []
    for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True):
        if not isinstance(text, str):
            continue
        written, text = text, plain_blanks(text)
        paragraphs = paragraph_spans(text)
        if dateline := dateline_span(text, paragraphs):
            rows.append((doc_id, "dateline", *dateline, written[slice(*dateline)]))
        flags = boilerplate_paragraphs(text, paragraphs, repeated, lists)
        for (start, end), is_boilerplate in zip(paragraphs, flags, strict=True):
            if is_boilerplate:
                rows.append((doc_id, _kind(text[start:end], lists), start, end, written[start:end]))
            else:
                rows += [
                    (doc_id, kind, first, last, written[first:last])
                    for first, last, kind in inline_boilerplate(text, start, end, lists)
                ]
    return as_table(rows, BOILERPLATE)


def _kind(paragraph: str, lists: Lists) -> str:
    return next((kind for kind, pattern in lists.boilerplate_kinds if pattern.match(paragraph)), "repeated")
