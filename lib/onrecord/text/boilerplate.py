"""Article furniture: lines that stand among the text but are not part of the story.

They stay in the text and are left out of the analysis: a "Read more" line quotes nobody. A paragraph
is furniture by the list lexicons/boilerplate.csv, or because the same paragraph stands in several
articles of the corpus.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator

import pandas as pd

from onrecord.records import Span
from onrecord.tables import COUNT, TEXT, Schema, as_table, require
from onrecord.text.quotation_marks import paragraph_spans
from onrecord.wordlists import Lists, load_lists

BOILERPLATE: Schema = {"doc_id": TEXT, "kind": TEXT, "start": COUNT, "end": COUNT, "text": TEXT}

MAX_LENGTH = 600  # code points; a longer paragraph holds more than furniture
IN_ARTICLES = 5  # a paragraph in so many articles is not about any of them

_QUOTED = re.compile(r"[\"“”„«»‘]|(?:^|\s)'")
# "ELLIN (OPS) -", "LUNT, Orvane, Jan 5 —": a place in capitals or an agency in brackets, and a dash.
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.’' -]{2,40}(?:, [A-Z][\w.’' -]{1,30}){0,2}(?:,? \w{3,9}\.? \d{1,2}(?:, \d{4})?)?"
    r"(?: ?\([\w /.&-]{2,40}\))?|[A-Z][\w.’' -]{1,40}(?:, [\w.’' -]{1,40})?\s*\([A-Z][\w /.&-]{1,40}\))"
    r"\s*(?:—|–|--|-)(?:\s+|(?=[A-Z“\"]))"
)


def boilerplate_paragraphs(
    text: str,
    paragraphs: list[Span],
    repeated: Container[str] = frozenset(),
    lists: Lists | None = None,
) -> list[bool]:
    """Return for each paragraph whether it is furniture: by the list, or as one of `repeated`."""
    match = (lists or load_lists()).boilerplate.match
    return [
        end - start < MAX_LENGTH and (match(text, start, end) is not None or text[start:end] in repeated)
        for start, end in paragraphs
    ]


def repeated_paragraphs(documents: pd.DataFrame) -> frozenset[str]:
    """Return the paragraphs that stand word for word in five or more articles of `documents`.

    Needs the column text; copies are not counted where duplicate_of is there. Short lines, names of
    speakers ("HOST:") and paragraphs with quotation marks are never among them.
    """
    require(documents, ["text"], table="documents")
    originals = documents[documents["duplicate_of"].isna()] if "duplicate_of" in documents else documents
    counts: Counter[str] = Counter()
    for text in originals["text"].dropna():
        counts.update(set(repeatable_paragraphs(text)))
    return frozenset(paragraph for paragraph, n in counts.items() if n >= IN_ARTICLES)


def repeatable_paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of `text` that are furniture where they stand in many articles."""
    for start, end in paragraph_spans(text):
        if 20 <= end - start < MAX_LENGTH:
            paragraph = text[start:end]
            if paragraph[-1] != ":" and " " in paragraph and not _QUOTED.search(paragraph):
                yield paragraph


def dateline_span(text: str, paragraphs: list[Span]) -> Span | None:
    """Return the dateline that the first paragraphs of `text` open with: "ELLIN (OPS) - "."""
    for start, end in paragraphs[:3]:
        if match := _DATELINE.match(text, start, end):
            return start, start + len(match.group().rstrip())
    return None


def find_boilerplate(documents: pd.DataFrame, *, lists: Lists | None = None) -> pd.DataFrame:
    """Return one row a stretch of `documents` (needs doc_id and text) that is no part of its story.

    Columns: doc_id, kind (that of lexicons/boilerplate.csv, `repeated` for a paragraph of five or more
    articles, `dateline`), start, end (half open, code points of the article's text), text. `lists`: word
    lists from `load_lists`, of which boilerplate counts.
    """
    lists = lists or load_lists()
    require(documents, ["doc_id", "text"], table="documents")
    repeated = repeated_paragraphs(documents)
    rows: list[tuple] = []
    for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True):
        if not isinstance(text, str):
            continue
        paragraphs = paragraph_spans(text)
        if dateline := dateline_span(text, paragraphs):
            rows.append((doc_id, "dateline", *dateline, text[slice(*dateline)]))
        flags = boilerplate_paragraphs(text, paragraphs, repeated, lists)
        for (start, end), is_boilerplate in zip(paragraphs, flags, strict=True):
            if is_boilerplate:
                rows.append((doc_id, _kind(text[start:end], lists), start, end, text[start:end]))
    return as_table(rows, BOILERPLATE)


def _kind(paragraph: str, lists: Lists) -> str:
    return next((kind for kind, pattern in lists.boilerplate_kinds if pattern.match(paragraph)), "repeated")
