"""Sentences with offsets, by NLTK's Punkt on our own abbreviations.

Nothing is downloaded.
"""

from __future__ import annotations

import re
from functools import lru_cache

import pandas as pd

from onrecord.progress import progress
from onrecord.records import Span
from onrecord.tables import SENTENCES, as_table, require
from onrecord.text.datelines import find_datelines
from onrecord.text.punkt import PunktLanguageVars, PunktParameters, PunktSentenceTokenizer, PunktToken
from onrecord.text.quotation_marks import paragraph_spans
from onrecord.wordlists import Lists, load_lists

# Punkt knows straight marks only; each glyph is read as its straight twin, one code point for one,
# so that the offsets stay.
_STRAIGHT = {'"': "“”„‟〝〞«»″＂ʺ❝❞「」『』《》", "'": "‘’‚‹›´`′"}
# A full stop, a question mark or an exclamation mark without the blank behind it: "fell.It was old".
# The sign comes first in the pattern: `re` then goes from sign to sign and not from character to character.
_GLUED = re.compile(
    r"[.?!”»](?:(?<=[a-z][a-z][.?!])[”\"’»]?(?=[A-Z“‘«](?:[a-z’]|\b[ ,]))|(?<=[.?!][”»])(?=[A-Z][a-z]))"
)
_DOMAIN = re.compile(r"(?:Com|Org|Net|Co|Gov|Io|Js|Info|Tv|Html?)\b")


# A sentence can end within a paragraph only where the group is found; most short paragraphs have
# none. The group is optional so that a run of marks is read once, not from each of its marks.
_MARKS = re.compile(r"[.?!][^\w\s,;]*(\s+\S)?")


def _plain(guarded: re.Pattern[str]) -> re.Pattern[str]:
    """NLTK's guarded pattern as one of Python's own, which is twice as fast."""
    return re.compile(guarded.pattern, guarded.flags & (re.VERBOSE | re.MULTILINE | re.IGNORECASE))


def _straight(text: str) -> str:
    """`text` with straight quotation marks, at the same offsets."""
    for straight, glyphs in _STRAIGHT.items():
        for glyph in glyphs:  # a few searches; str.translate would look up every character
            text = text.replace(glyph, straight)
    return text


class _LanguageVars(PunktLanguageVars):
    _guarded = PunktLanguageVars()
    _re_period_context = _plain(_guarded.period_context_re())
    _re_word_tokenizer = _plain(_guarded._word_tokenizer_re())
    re_boundary_realignment = _plain(PunktLanguageVars.re_boundary_realignment)


class _Token(PunktToken):
    _RE_ELLIPSIS = _plain(PunktToken._RE_ELLIPSIS)
    _RE_NUMERIC = _plain(PunktToken._RE_NUMERIC)
    _RE_INITIAL = _plain(PunktToken._RE_INITIAL)
    _RE_ALPHA = _plain(PunktToken._RE_ALPHA)


class _Tokenizer(PunktSentenceTokenizer):
    """Punkt that decides on a plain word before a full stop without tokens.

    With our parameters, which have neither collocations nor counts of words, only the abbreviations matter
    there.
    """

    _PLAIN = re.compile(r"([A-Za-z]{2,})\.(?: [A-Za-z]+|\")")

    def text_contains_sentbreak(self, text: str) -> bool:
        plain = self._PLAIN.fullmatch(text)
        if plain is not None:
            return plain[1].lower() not in self._params.abbrev_types
        return super().text_contains_sentbreak(text)


@lru_cache(maxsize=4)
def _punkt(lists: Lists) -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types = set(lists.abbreviations)
    return _Tokenizer(parameters, lang_vars=_LanguageVars(), token_cls=_Token)


def sentence_spans(
    text: str,
    paragraphs: list[Span] | None = None,
    lists: Lists | None = None,
    datelines: list[Span | None] | None = None,
) -> list[tuple[int, int, int]]:
    """Start, end and paragraph number of each sentence of `text`.

    A sentence never crosses a paragraph. A dateline is a sentence of its own. What follows `?"` in
    lower case belongs to the same sentence ("Why?" she asked.). The abbreviations are those of `lists`.
    `datelines` are those of find_datelines, where they are known.
    """
    lists = lists or load_lists()
    paragraphs = paragraph_spans(text) if paragraphs is None else paragraphs
    straight = _straight(text)
    split = _punkt(lists).span_tokenize
    datelines = find_datelines(text, paragraphs, lists) if datelines is None else datelines
    glued = _glued(text, lists)
    found: list[tuple[int, int, int]] = []
    for number, (first, last) in enumerate(paragraphs):
        if dateline := datelines[number]:
            found.append((first, first + len(text[slice(*dateline)].rstrip()), number))
            first = dateline[1]
        while glued and glued[0] <= first:
            glued.pop(0)
        piece = straight[first:last]
        if not any(match[1] for match in _MARKS.finditer(piece)):
            spans = [(first, last)]
        else:
            spans = []
            for start, end in split(piece):
                start, end = start + first, end + first
                if spans and _goes_on(text, spans[-1][1], start):
                    spans[-1] = (spans[-1][0], end)
                else:
                    spans.append((start, end))
        for start, end in spans:
            while glued and glued[0] < end:
                if (at := glued.pop(0)) > start:
                    found.append((start, at, number))
                    start = at
            found.append((start, end, number))
    return found


def _glued(text: str, lists: Lists) -> list[int]:
    """Positions where a sentence begins without a blank before it, in text order."""
    found = []
    for match in _GLUED.finditer(text):
        at = match.start()
        begin = max(text.rfind(" ", max(0, at - 60), at), text.rfind("\n", max(0, at - 60), at)) + 1
        word = text[begin:at]
        stop = match.end()
        is_address = "/" in word or "@" in word or word.startswith("www") or _DOMAIN.match(text, stop)
        if not is_address and not (text[at] == "." and word.lower() in lists.abbreviations):
            found.append(stop)
    return found


def _goes_on(text: str, end: int, start: int) -> bool:
    """Whether the sentence ending at `end` goes on at `start`: lower case, "No. 5"."""
    if text[start].isdigit():  # "no." ends a sentence far more often than it opens a number
        return text[max(0, end - 4) : end].lower().endswith((" no.", "(no.", "nos."))
    return text[start].islower()


def split_sentences(documents: pd.DataFrame, *, lists: Lists | None = None) -> pd.DataFrame:
    """Sentences of `documents` in text order. One row per sentence.

    Columns: doc_id, sentence_id (0, 1, … within the article), paragraph (number of the paragraph
    within the article, from 0), start, end (half open, Unicode code points of the article's text),
    text. An article whose text is NA or blank has no row. `lists`: word lists from `load_lists`, of
    which the abbreviations count.
    """
    require(documents, ["doc_id", "text"], table="documents")
    rows: list[tuple] = []
    for doc_id, text in progress(
        zip(documents["doc_id"], documents["text"], strict=True),
        "sentences",
        len(documents),
        disable=len(documents) < 200,
    ):
        if isinstance(text, str):
            spans = sentence_spans(text, lists=lists)
            rows.extend((doc_id, i, p, a, b, text[a:b]) for i, (a, b, p) in enumerate(spans))
    return as_table(rows, SENTENCES)


def sentences_at(sentences: pd.DataFrame, doc_ids: pd.Series, offsets: pd.Series) -> pd.DataFrame:
    """Sentence at each offset, in the order given, with a plain index: start, end.

    Both are NA before the first sentence of an article. One sorted pass: comparing every offset with every
    sentence of its article would take the square of a long one.
    """
    positions = pd.DataFrame({"doc_id": doc_ids.array, "at": offsets.array.astype("int64")})
    lines = sentences[["doc_id", "start", "end"]].assign(at=sentences["start"].astype("int64"))
    found = pd.merge_asof(
        positions.reset_index(names="number").sort_values("at"), lines.sort_values("at"), on="at", by="doc_id"
    )
    return found.sort_values("number", ignore_index=True)[["start", "end"]]
