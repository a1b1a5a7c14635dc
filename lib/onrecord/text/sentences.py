"""Sentences, with offsets: NLTK's Punkt on abbreviations of our own, so nothing is downloaded."""

from __future__ import annotations

import re
from functools import lru_cache

import pandas as pd
from nltk.tokenize.punkt import PunktLanguageVars, PunktParameters, PunktSentenceTokenizer, PunktToken
from tqdm import tqdm

from onrecord.records import Span
from onrecord.tables import SENTENCES, as_table, require
from onrecord.text.quotation_marks import paragraph_spans
from onrecord.wordlists import Lists, load_lists

# Punkt knows straight marks only; each glyph is read as its straight twin, one code point for one,
# so that the offsets stay.
_STRAIGHT = str.maketrans("“”„‟〝〞«»‘’‚", '""""""""\'\'\'')


# A sentence can end within a paragraph only where the group is found; most short paragraphs have no such
# place. The group is optional so that a run of marks is read once, not from each of its marks.
_MARKS = re.compile(r"[.?!][^\w\s,;]*(\s+\S)?")


def _plain(guarded) -> re.Pattern[str]:
    """Return NLTK's guarded pattern as one of Python's own, which is twice as fast."""
    return re.compile(guarded.pattern, guarded.flags & (re.VERBOSE | re.MULTILINE | re.IGNORECASE))


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


@lru_cache(maxsize=4)
def _punkt(lists: Lists) -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types = set(lists.abbreviations)
    return PunktSentenceTokenizer(parameters, lang_vars=_LanguageVars(), token_cls=_Token)


def sentence_spans(
    text: str, paragraphs: list[Span] | None = None, lists: Lists | None = None
) -> list[tuple[int, int, int]]:
    """Return (start, end, paragraph number) of each sentence of `text`.

    A sentence never crosses a paragraph. What follows `?"` in lower case belongs to the same
    sentence ("Why?" she asked.). The abbreviations are those of `lists`.
    """
    paragraphs = paragraph_spans(text) if paragraphs is None else paragraphs
    straight = text.translate(_STRAIGHT)
    split = _punkt(lists or load_lists()).span_tokenize
    found: list[tuple[int, int, int]] = []
    for number, (first, last) in enumerate(paragraphs):
        piece = straight[first:last]
        if not any(match[1] for match in _MARKS.finditer(piece)):
            found.append((first, last, number))
            continue
        before = len(found)
        for start, end in split(piece):
            start, end = start + first, end + first
            if len(found) > before and _goes_on(text, found[-1][1], start):
                found[-1] = (found[-1][0], end, number)
            else:
                found.append((start, end, number))
    return found


def _goes_on(text: str, end: int, start: int) -> bool:
    """Return whether the sentence that ended at `end` goes on at `start`: lower case, or "No. 5"."""
    if text[start].isdigit():  # "no." ends a sentence far more often than it is a number's sign
        return text[max(0, end - 4) : end].lower().endswith((" no.", "(no.", "nos."))
    return text[start].islower()


def split_sentences(documents: pd.DataFrame, *, lists: Lists | None = None) -> pd.DataFrame:
    """Return one row a sentence of `documents` (needs doc_id and text), in text order.

    Columns: doc_id, sentence_id (0, 1, … within the article), paragraph (number of the paragraph
    within the article, from 0), start, end (half open, Unicode code points of the article's text),
    text. An article whose text is NA or blank has no sentence. `lists`: word lists from `load_lists`, of
    which the abbreviations count.
    """
    require(documents, ["doc_id", "text"], table="documents")
    rows: list[tuple] = []
    for doc_id, text in tqdm(
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
    """Return the sentence at each place, in the order given, with a plain index: start, end.

    Both are NA before the first sentence of an article. One sorted pass: every place beside every
    sentence of its article would take the square of a long one.
    """
    places = pd.DataFrame({"doc_id": doc_ids.array, "at": offsets.array.astype("int64")})
    lines = sentences[["doc_id", "start", "end"]].assign(at=sentences["start"].astype("int64"))
    found = pd.merge_asof(
        places.reset_index(names="number").sort_values("at"), lines.sort_values("at"), on="at", by="doc_id"
    )
    return found.sort_values("number", ignore_index=True)[["start", "end"]]
