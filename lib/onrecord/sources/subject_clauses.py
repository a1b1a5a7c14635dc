"""Clauses in the outlet's own words on what their subject is or went through.

Examples are "Prado lost his house in the fire" and "Moll is one of 40 nurses who left".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.mentions.words import STOPS
from onrecord.records import Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

_SHORT = 60  # characters of a phrase of time or place before the subject
_SHORTEST, _LONGEST = 14, 400  # characters of a clause
# What may occur between a subject and its verb.
_JOINED = r"(?: and (?:[A-ZÀ-Þ][\w’'-]+ ?){1,3}(?<! ))?"
_BRACKETS = r"(?: \([^()\n]{1,40}\))?"
_ASIDE = r"(?:,(?! (?:said|says|and|but)\b)[^,.;:“”\"\n]{2,160}(?:,[^,.;:“”\"\n]{2,60})??,)?"
_BETWEEN = re.compile(
    rf"{_JOINED}{_BRACKETS}{_ASIDE} (?P<auxiliaries>(?:(?:has|have|had|was|were|is|are|been|being|also"
    r"|recently|once|first|now|currently|previously|then|never|not|long|himself|herself|both|later|still|just|already"
    r"|eventually|originally|initially|who) ){0,4})(?P<verb>[a-z]+(?:-[a-z]+)?)(?: up)?\b"
)
_PASSIVE = re.compile(r"(?:was|were|been|is|are|being) ")
# "is one of 40 nurses", "was the first to see it"
_BEING = re.compile(r" (?:an?|the|one|among|in|on|from|part)\b")
_COPULA = word_set("is are was were been")
# "Then, a year later, Moss joined": a step of a story
_GOES_ON = re.compile(r"(?:Then|But|And|So|Yet|Still|However|Meanwhile|Later|Instead|Eventually)\b")
_ADDRESSES = re.compile(r"(?i)\b(?:I|you|we|my|your|our)\b")  # the author speaks to the reader
_ENDS = (".", "!", ".”", '."')  # a headline has none
_CLEFT = re.compile(r" (?:the|a|one)[^.]{0,40} (?:that|who) (?:said|told)\b")
_NO_VERB = word_set("who whose which that and or but as than when while where because if")
_SPOKEN = frozenset({"say", "tell", "ask", "quote", "think"})


class Clause(NamedTuple):
    """One clause: its offsets, and whether its verb is of an experience or a being."""

    start: int
    end: int
    is_experience: bool


def clause_of(article: Article, phrase: int, mention: Span, sentence: Span, lists: Lists) -> Clause | None:
    """Clause whose subject is the name at `mention`, or None.

    `phrase` is where the noun phrase of the name begins, `sentence` the sentence. A clause that the name
    opens begins with its verb, any other with the sentence.
    """
    text = article.text
    first, stop = sentence
    begin = min(phrase, mention[0])
    before = text[first:begin].strip(' “"‘')
    if before and not (before.endswith(",") and len(before) < _SHORT):
        return None
    if before and (_GOES_ON.match(before) or _ADDRESSES.search(before)):
        return None
    match = _BETWEEN.match(text, mention[1], stop)
    if match is None or not text.endswith(_ENDS, first, stop):
        return None
    last = stop
    while last > mention[1] and text[last - 1] in ' .\n”"':
        last -= 1
    verb, auxiliaries = match["verb"], match["auxiliaries"]
    found = _kind(text, match, lists)
    if found is None or (verb in STOPS and not auxiliaries and verb not in _COPULA | {"has", "had", "have"}):
        return None
    # "Moss lost" begins with its verb; "Moss, 43, lost" and "In May Moss lost" with the sentence
    is_plain = not before and begin == mention[0] and match.start("auxiliaries") == mention[1] + 1
    start = mention[1] + 1 if is_plain else first
    if not _SHORTEST <= last - start <= _LONGEST:
        return None
    return Clause(start, last, found)


def _kind(text: str, match: re.Match[str], lists: Lists) -> bool | None:
    """Whether the verb of `match` is of an experience or a being.

    None where it is a verb of speech or thought, or not a verb.
    """
    verb, auxiliaries = match["verb"], match["auxiliaries"]
    known = lists.reporting_verbs.get(verb)
    voice = lists.experiences.get(verb)
    if verb in _NO_VERB or (voice is None and known is not None and known.kinds & _SPOKEN):
        return None
    if auxiliaries.endswith(("not ", "never ")):
        return None
    if verb in _COPULA:
        return bool(_BEING.match(text, match.end())) and not _CLEFT.match(text, match.end())
    if voice is None:
        is_adjective = _PASSIVE.search(auxiliaries) and not verb.endswith(("ed", "ing", "en", "t", "wn"))
        return None if is_adjective else False  # "is aware of it"
    return (voice == "passive") == bool(_PASSIVE.search(auxiliaries))
