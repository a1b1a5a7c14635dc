"""Tone by TextBlob's lexicon: exactly its figures, and the words behind each of them.

TextBlob's PatternAnalyzer averages the polarity of the words it knows, after negation and
intensifiers. It spends its time on splitting the text, most of all on emoticons; here each
blank-separated chunk is split once and remembered, and only a text in which an emoticon may stand
goes through TextBlob's own splitting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import pandas as pd
from textblob import _text as pattern
from textblob.en import parser, sentiment
from tqdm import tqdm

from onrecord.tables import COUNT, SHARE, TEXT, as_table, require
from onrecord.wordlists import Lists, load_lists

TONE_WORDS = {
    "row": COUNT,
    "term": TEXT,
    "polarity": SHARE,
    "subjectivity": SHARE,
    "added_polarity": SHARE,
    "intensified_by": TEXT,
    "negated_by": TEXT,
}

_MARKS = pattern.PUNCTUATION.replace(".", "")
_NEGATIONS = frozenset(sentiment.negations)
_LONGEST_REMEMBERED = 40  # characters of a chunk; longer ones are addresses and accidents
_MOST_REMEMBERED = 500_000  # chunks; about 100 MB

# What a token does to the state: most words only end the reach of a negation or an intensifier.
_KNOWN, _EXCLAMATION, _MOOD, _NEGATION, _SHORT, _LONG = range(6)


class ToneWord(NamedTuple):
    """One word of a text that TextBlob's lexicon knows, with what changed its score."""

    term: str
    polarity: float
    subjectivity: float
    intensified_by: tuple[str, ...]
    negated_by: str | None


class Tone(NamedTuple):
    """TextBlob's figures of one text, and the number of words they rest on."""

    polarity: float
    subjectivity: float
    n_scored: int


def add_tone(
    frame: pd.DataFrame, *, column: str = "text", prefix: str = "", leave_out: Iterable[str] = ()
) -> pd.DataFrame:
    """Return `frame` with polarity, subjectivity and n_scored of each row's text added.

    Works on any table with text: documents, sentences, spans, attributions; `column="headline",
    prefix="headline_"` scores headlines beside bodies. polarity runs from -1 (negative) to 1
    (positive), subjectivity from 0 to 1; both are NA where the lexicon knows no word of the text
    (n_scored == 0): unknown is not neutral, and a 0 there would pull every mean towards the
    middle. All three are NA where the text is NA. Words of `leave_out` (see `topic_words`) do not
    enter the mean nor n_scored; without it the figures are TextBlob's to the last digit.

    The tone is that of the words, whoever they are about: for the tone toward a person or body
    see `add_target_tone`. Source: TextBlob's PatternAnalyzer.
    """
    require(frame, [column], table="frame")
    left_out = frozenset(leave_out)
    scores = [tone(text, left_out) if isinstance(text, str) else None for text in _watched(frame[column])]
    known = [score if score is not None and score.n_scored else None for score in scores]
    return frame.assign(
        **{
            f"{prefix}polarity": _column([s and s.polarity for s in known], SHARE, frame.index),
            f"{prefix}subjectivity": _column([s and s.subjectivity for s in known], SHARE, frame.index),
            f"{prefix}n_scored": _column([s and s.n_scored for s in scores], COUNT, frame.index),
        }
    )


def find_tone_words(frame: pd.DataFrame, *, column: str = "text") -> pd.DataFrame:
    """Return one row a scored word of `frame`, in text order: the words that drove each score.

    Columns: row (the place of the text's row in `frame`, from 0), term, polarity and subjectivity
    as they entered the mean (after intensifying and negation), added_polarity (polarity divided
    by the row's n_scored: a row's parts add up to its polarity), intensified_by ("very"; several
    joined by a blank; "!" counts), negated_by ("not"), NA where nothing did.
    """
    require(frame, [column], table="frame")
    rows = []
    for row, text in enumerate(_watched(frame[column])):
        words = tone_words(text) if isinstance(text, str) else []
        rows.extend(
            (
                row,
                w.term,
                w.polarity,
                w.subjectivity,
                w.polarity / len(words),
                " ".join(w.intensified_by) or None,
                w.negated_by,
            )
            for w in words
        )
    return as_table(rows, TONE_WORDS)


def topic_words(
    *, kinds: Iterable[str] = ("event", "everyday"), lists: Lists | None = None
) -> frozenset[str]:
    """Return the words that make news negative or positive by its subject, not by its stance.

    `kinds`: event (war, dead, illegal) or everyday (more, right, late, black: words the lexicon scores,
    though news uses them without praise or blame), or kinds of the user's own. `lists`: word lists from
    `load_lists`, of which topic_words counts. Compare results with and without them:
    `add_tone(leave_out=...)`.

    Raises ValueError for a kind that the list does not have.
    """
    words = (lists or load_lists()).topic_words
    kinds = frozenset([kinds] if isinstance(kinds, str) else kinds)
    if unknown := kinds - {"event", "everyday", *words.values()}:
        raise ValueError(
            f"kinds must be among {', '.join(sorted(set(words.values())))}, not {min(unknown)!r}."
        )
    return frozenset(term for term, kind in words.items() if kind in kinds)


def tone(text: str, leave_out: frozenset[str] = frozenset()) -> Tone:
    """Return TextBlob's polarity and subjectivity of `text`, 0 and 0 where no word is known."""
    found = _assess(text)
    if leave_out:
        found = [word for word in found if word[4] not in leave_out]
    n = len(found)
    # Summed in TextBlob's order, so that the last digit is the same.
    polarity = sum(word[0] * -0.5 if word[3] else word[0] for word in found)
    return Tone(polarity / (n or 1), sum(word[1] for word in found) / (n or 1), n)


def tone_words(text: str) -> list[ToneWord]:
    """Return the words of `text` that TextBlob scores, in text order."""
    return [
        ToneWord(term, p * -0.5 if negation else p, s, tuple(intensifiers), negation)
        for p, s, _, negation, term, intensifiers in _assess(text)
    ]


def _assess(text: str) -> list[list]:
    """Return [polarity, subjectivity, intensity, negation, term, intensifiers] of each scored word.

    The state is TextBlob's: a negation reaches over words of one letter, an intensifier over words
    of two; each ends at the next longer word. "really not good" negates "really", then "good".
    """
    found: list[list] = []
    intensifier: str | None = None
    negation: str | None = None
    for acts in _acts(text):
        if acts is _PLAIN:
            intensifier = negation = None
            continue
        for act, word, value in acts:
            if act == _LONG:
                intensifier = negation = None
            elif act == _KNOWN:
                polarity, subjectivity, intensity, intensifies = value
                if intensifier is None:
                    found.append([polarity, subjectivity, intensity, None, word, []])
                else:
                    last = found[-1]
                    factor = last[2]
                    last[:3] = _clip(polarity * factor), _clip(subjectivity * factor), intensity
                    last[5].append(last[4])
                    last[4] = word
                if negation is not None:
                    found[-1][2] = 1.0 / found[-1][2]
                    found[-1][3] = negation
                intensifier, negation = (word if intensifies else None), None
            else:
                if act == _NEGATION:
                    negation = word
                elif negation is not None and len(word.strip("'")) > 1:
                    negation = None
                if negation is not None and intensifier is not None and intensifier.endswith("ly"):
                    found[-1][3] = negation
                    negation = None
                elif intensifier is not None and len(word) > 2:
                    intensifier = None
                if act == _EXCLAMATION and found:
                    found[-1][0] = _clip(found[-1][0] * 1.25)
                    found[-1][5].append("!")
                elif act == _MOOD:
                    found.append([value, 1.0, 1.0, None, word, []])
    return found


def _clip(score: float) -> float:
    return max(-1.0, min(score, 1.0))


def _acts(text: str) -> Iterable[tuple]:
    """Return for each chunk of `text` the acts (act, token, value) of its tokens."""
    if _MAY_HOLD_EMOTICON.search(text) or pattern.EOS in text:
        return [tuple(_act(token.lower()) for token in " ".join(parser.find_tokens(text)).split())]
    text = text.replace("n't", " n't")
    for mark in "“”‘’'\"":
        if mark in text:
            text = text.replace(mark, f" {mark} ")
    chunks = text.split()
    acts = list(map(_REMEMBERED.get, chunks))
    if None in acts:
        return [known or _remember(chunk) for chunk, known in zip(chunks, acts, strict=True)]
    return acts


def _remember(chunk: str) -> tuple:
    acts = tuple(_act(token.lower()) for token in _split_chunk(chunk))
    if len(acts) == 1 and acts[0][0] == _LONG:
        acts = _PLAIN
    if len(chunk) <= _LONGEST_REMEMBERED and len(_REMEMBERED) < _MOST_REMEMBERED:
        _REMEMBERED[chunk] = acts
    return acts


_PLAIN = ((_LONG, "", None),)  # one unknown word of three letters or more, as most words are
_REMEMBERED: dict[str, tuple] = {}


def _act(token: str) -> tuple:
    lexicon = _lexicon()
    if token in lexicon:
        return _KNOWN, token, lexicon[token]
    if token == "(!)":
        return _MOOD, token, 0.0
    if not token.isalpha() and len(token) <= 5 and token not in pattern.PUNCTUATION and token in _emoticons():
        return _MOOD, token, _emoticons()[token]
    if token == "!":
        return _EXCLAMATION, token, None
    if token in _NEGATIONS:
        return _NEGATION, token, None
    return (_LONG if len(token) > 2 and len(token.strip("'")) > 1 else _SHORT), token, None


def _split_chunk(chunk: str) -> list[str]:
    """Split the punctuation from both ends of a chunk without blanks, as TextBlob does."""
    start, end = 0, len(chunk)
    while start < end and chunk[start] in _MARKS:
        start += 1
    tail: list[str] = []
    while end > start and (chunk[end - 1] == "." or chunk[end - 1] in _MARKS):
        if chunk[end - 1] in _MARKS:
            end -= 1
            tail.append(chunk[end])
        if chunk.endswith("...", start, end):
            tail.append("...")
            while end > start and chunk[end - 1] == ".":
                end -= 1
        if chunk.endswith(".", start, end):
            if _is_abbreviation(chunk, start, end):
                break
            end -= 1
            tail.append(".")
    middle = [chunk[start:end]] if start < end else []
    return [*chunk[:start], *middle, *reversed(tail)]


def _is_abbreviation(chunk: str, start: int, end: int) -> bool:
    if end - start <= _LONGEST_REMEMBERED and chunk[start:end] in pattern.ABBREVIATIONS:
        return True
    # `^` stands for the start of the string, not of the region, so the region is cut out.
    piece = chunk[start:end]
    return any(shape.match(piece) for shape in (pattern.RE_ABBR1, pattern.RE_ABBR2, pattern.RE_ABBR3))


@cache
def _lexicon() -> dict[str, tuple]:
    """Return TextBlob's lexicon: word → polarity, subjectivity, intensity, whether it intensifies."""
    return {
        word: (*tags[None], "RB" in tags)
        for word, tags in sentiment.items()
        if word not in _NEGATIONS and None in tags
    }


@cache
def _emoticons() -> dict[str, float]:
    found: dict[str, float] = {}
    for (_, polarity), faces in pattern.EMOTICONS.items():
        for face in faces:
            found.setdefault(face.lower(), polarity)
    return found


def _emoticon_pattern() -> re.Pattern[str]:
    """Return a pattern that matches wherever TextBlob's splitting could meet an emoticon or "(!)".

    Blanks within an emoticon count, as TextBlob closes them up: "as follows: (a)" holds ":(". A
    year in brackets, "(2018)", would hold "8)", but closed up or not it is a number like any other.
    """
    by_first: dict[str, list[str]] = {}
    for face in sorted({face for faces in pattern.EMOTICONS.values() for face in faces} | {"(!)"}):
        rest = "".join(rf"\s*{re.escape(sign)}" for sign in face[1:])
        # What is no mark ends its word; a mark may be the first sign of the next one.
        end = "" if face[-1] in _MARKS else rf"(?=$|[\s.“”‘’{re.escape(_MARKS)}])"
        by_first.setdefault(face[0], []).append(rest + end)
    by_first["8"] = [rf"(?<!\d\d8){rest}" for rest in by_first["8"]]
    # Grouped by first sign, so that the search skips to those signs.
    return re.compile(
        "|".join(f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in by_first.items())
    )


_MAY_HOLD_EMOTICON = _emoticon_pattern()


def _watched(texts: pd.Series) -> Iterable:
    return tqdm(texts, "tone", len(texts), disable=len(texts) < 10_000)


def _column(values: list, kind: str, index: pd.Index) -> pd.Series:
    return pd.Series(values, dtype=kind, index=index)
