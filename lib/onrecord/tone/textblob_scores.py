"""TextBlob's scores of one text, computed faster, and the words behind them.

TextBlob's PatternAnalyzer averages the polarity of the words in its lexicon, after negation and
intensifiers. Most of its time goes into splitting the text, above all into emoticons. Here each
blank-separated chunk is split once and cached. Only a text that may contain an emoticon is split by
TextBlob itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple, cast

from textblob import _text as pattern
from textblob.en import parser, sentiment

_PUNCTUATION = pattern.PUNCTUATION.replace(".", "")
_NEGATIONS = frozenset(sentiment.negations)
_LONGEST_CACHED = 40  # characters of a chunk; longer ones are addresses and accidents
_MOST_CACHED = 500_000  # chunks; about 100 MB

# What a token does to the state: most words only end a negation or an intensifier.
_KNOWN, _EXCLAMATION, _MOOD, _NEGATION, _SHORT, _LONG = range(6)


class ToneWord(NamedTuple):
    """One scored word of a text, with what changed its score."""

    term: str
    polarity: float
    subjectivity: float
    intensified_by: tuple[str, ...]
    negated_by: str | None


class Tone(NamedTuple):
    """TextBlob's figures of one text, and the number of scored words."""

    polarity: float
    subjectivity: float
    n_scored: int


def tone(text: str, leave_out: frozenset[str] = frozenset()) -> Tone:
    """TextBlob's polarity and subjectivity of `text`; 0 and 0 where no word is scored."""
    found = _assess(text)
    if leave_out:
        found = [word for word in found if word[4] not in leave_out]
    n = len(found)
    # Summed in TextBlob's order, so that the last digit is the same.
    polarity = sum(word[0] * -0.5 if word[3] else word[0] for word in found)
    return Tone(polarity / (n or 1), sum(word[1] for word in found) / (n or 1), n)


def tone_words(text: str) -> list[ToneWord]:
    """Scored words of `text`, in text order."""
    return [
        ToneWord(term, p * -0.5 if negation else p, s, tuple(intensifiers), negation)
        for p, s, _, negation, term, intensifiers in _assess(text)
    ]


def _assess(text: str) -> list[list]:
    """Attributes of each scored word.

    [polarity, subjectivity, intensity, negation, term, intensifiers].

    The state is TextBlob's: a negation passes over words of one letter, an intensifier over words
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
    """The acts (act, token, value) of the tokens of each chunk of `text`."""
    if _MAY_CONTAIN_EMOTICON.search(text) or pattern.EOS in text:
        return [tuple(_act(token.lower()) for token in " ".join(parser.find_tokens(text)).split())]
    text = text.replace("n't", " n't")
    for mark in "“”‘’'\"":
        if mark in text:
            text = text.replace(mark, f" {mark} ")
    chunks = text.split()
    acts = list(map(_CACHED.get, chunks))
    if None in acts:
        return [known or _cached(chunk) for chunk, known in zip(chunks, acts, strict=True)]
    return cast("list[tuple]", acts)


def _cached(chunk: str) -> tuple:
    acts = tuple(_act(token.lower()) for token in _split_chunk(chunk))
    if len(acts) == 1 and acts[0][0] == _LONG:
        acts = _PLAIN
    if len(chunk) <= _LONGEST_CACHED and len(_CACHED) < _MOST_CACHED:
        _CACHED[chunk] = acts
    return acts


_PLAIN = ((_LONG, "", None),)  # one unknown word of three letters or more, as most words are
_CACHED: dict[str, tuple] = {}


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
    """Split the punctuation from both ends of a chunk, as TextBlob does."""
    start, end = 0, len(chunk)
    while start < end and chunk[start] in _PUNCTUATION:
        start += 1
    tail: list[str] = []
    while end > start and (chunk[end - 1] == "." or chunk[end - 1] in _PUNCTUATION):
        if chunk[end - 1] in _PUNCTUATION:
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
    if end - start <= _LONGEST_CACHED and chunk[start:end] in pattern.ABBREVIATIONS:
        return True
    # `^` matches at the start of the string, not of the region, so the region is cut out.
    piece = chunk[start:end]
    return any(shape.match(piece) for shape in (pattern.RE_ABBR1, pattern.RE_ABBR2, pattern.RE_ABBR3))


@cache
def _lexicon() -> dict[str, tuple]:
    """TextBlob's lexicon: the figures of each word.

    Polarity, subjectivity, intensity, and whether it intensifies.
    """
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
    """Pattern of the places where TextBlob could find an emoticon or "(!)".

    Blanks within an emoticon count, as TextBlob removes them: "as follows: (a)" contains ":(". A year
    in brackets, "(2018)", would contain "8)", but it is a number with or without the blank.
    """
    by_first: dict[str, list[str]] = {}
    for face in sorted({face for faces in pattern.EMOTICONS.values() for face in faces} | {"(!)"}):
        rest = "".join(rf"\s*{re.escape(sign)}" for sign in face[1:])
        # A letter or digit must end its word; punctuation may be the first sign of the next emoticon.
        end = "" if face[-1] in _PUNCTUATION else rf"(?=$|[\s.“”‘’{re.escape(_PUNCTUATION)}])"
        by_first.setdefault(face[0], []).append(rest + end)
    by_first["8"] = [rf"(?<!\d\d8){rest}" for rest in by_first["8"]]
    # Grouped by first sign, so that the search jumps to those signs.
    return re.compile(
        "|".join(f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in by_first.items())
    )


_MAY_CONTAIN_EMOTICON = _emoticon_pattern()
