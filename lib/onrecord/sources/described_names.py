"""Phrases that say who a named person is, around one mention of the name.

Before the name ("Alder Foods chief executive Jan Moll"), behind it ("Jan Moll, 43, who runs Alder
Foods,", "Jan Moll (D-Calif.)", "Jan Moll of Alder Foods") or with a verb ("Jan Moll is the mayor").
"""

from __future__ import annotations

import re

from onrecord.records import Span
from onrecord.sources.affiliations import is_organisation_name
from onrecord.sources.appositions import read_segments
from onrecord.sources.person_phrases import ACTING, Phrase, name_at, phrase_for, segment_end
from onrecord.sources.phrases_before import phrases_before
from onrecord.wordlists import Lists

_NO_SUBJECT = (" that ", " if ", " whether ", " of ", " to ", " with ", " by ", " for ", " not ", " because ")
_AHEAD = 400  # characters behind a mention that are read
_TAG = re.compile(
    r"(?: \(|, )(?P<tag>(?:[DRI]|Lab|Con|LD|Lib|ALP|NDP)[-–][A-Z\d][\w.]*(?:[ -][A-Z][\w.]*)*)[),]?"
)
_BRACKETS = re.compile(r" \((?P<within>[^()\n]{2,60})\)")
_BY = (" of ", " from ", " at ", " with ", " for ")
_BY_NAME = re.compile(r" (?:of|from|at|with|for) (?:the )?(?=[A-ZÀ-Þ])")
# "of the group Lobo Vivo", "at the brokerage Databond"
_BY_NOUN = re.compile(
    r" (?:of|from|at|with|for) (?:the|an?) (?:[a-z-]+ ){0,3}?(?P<noun>[a-z-]+) (?=[A-ZÀ-Þ])"
)
# "of the pickers' union"
_BY_BODY = re.compile(
    r" (?:of|from|with) the (?P<body>(?:[a-z][a-z’'-]* ){0,3}?(?P<noun>[a-z-]+))"
    r"(?= (?:said|says|told|added)\b|[,.:;])"
)
_COPULA = re.compile(
    r",? (?:is|was|has been|became|serves?(?: as)?|served(?: as)?|works as|worked as|has served as)"
    r"(?: also| now| currently| then| formerly| himself| herself| once| previously)?"
    r"(?:,(?! (?:who|a|an|the)\b)[^,.;“”\"\n]{1,40},)?"  # "is, by most accounts, the best"
    r" (?=an?\b|the\b|one of\b|[a-z]+\b)"
)


def _is_noun(noun: str, lists: Lists) -> bool:
    """Whether a noun is one for organisations: "of the group Lobo Vivo"."""
    form, is_plural = lists.bodies.get(noun, ("", False))
    known = form in ("institution", "media", "group") and not is_plural
    return noun not in lists.singular and (known or lists.trades.get(noun, "either") != "either")


def phrases_at(text: str, mention: Span, sentence: Span, lists: Lists) -> list[Phrase]:
    """Phrases around one mention of a name, in its sentence. One row per phrase."""
    start, end = mention
    before = phrases_before(text, start, end, sentence[0], lists) if start > sentence[0] else []
    found = before + _behind(text, end, min(sentence[1], end + _AHEAD), lists)
    if found and found[-1].kind == "copula" and text[sentence[0] : start].endswith(_NO_SUBJECT):
        found.pop()  # "nobody says that Moss is a bad writer"
    return found


def _behind(text: str, end: int, stop: int, lists: Lists) -> list[Phrase]:
    """Phrases right behind a name."""
    found: list[Phrase] = []
    if text.startswith((" (", ", "), end):
        if (tag := _TAG.match(text, end, stop)) is not None:
            found.append(Phrase(*tag.span("tag"), "tag", "", None, tag.span("tag")))
            end = tag.end() - (text[tag.end() - 1] == ",")
        elif (brackets := _BRACKETS.match(text, end, stop)) is not None:
            within = phrase_for(text, brackets.start("within"), brackets.end("within"), "behind", lists)
            if within is not None:
                found.append(within)
            end = brackets.end()
    elif not text.startswith(" ", end):
        return found
    end += text.startswith(" , ", end)
    if text.startswith(", ", end):
        return found + read_segments(text, end + 2, stop, lists)
    if text.startswith((" — ", " – ", " - "), end):
        return found + read_segments(text, end + 3, stop, lists)
    if text.startswith(_BY, end):
        return found + _affiliations(text, end, stop, lists)
    if (copula := _COPULA.match(text, end, stop)) is not None:
        stated = phrase_for(text, copula.end(), stop, "copula", lists)
        if stated is not None:
            title = None if stated.head in lists.plural else stated.title  # "one of several leaders"
            last = segment_end(text, stated.end, stop)
            found.append(stated._replace(start=copula.end(), end=last, title=title))
    elif (acting := ACTING.match(text, end, stop)) is not None:
        stated = phrase_for(text, acting.end(), stop, "copula", lists)
        if stated is not None and stated.head not in lists.plural:
            found.append(stated._replace(end=segment_end(text, stated.end, stop)))
    return found


def _affiliations(text: str, end: int, stop: int, lists: Lists) -> list[Phrase]:
    """Organisation behind a name, and what follows: "Jan Moll of Alder Foods, who"."""
    found: list[Phrase] = []
    if (by_noun := _BY_NOUN.match(text, end, stop)) is not None and _is_noun(by_noun["noun"], lists):
        span = name_at(text, by_noun.end(), stop)
        if span:
            found.append(Phrase(by_noun.start() + 1, span[1], "affiliation", "", None, span))
    elif (by_body := _BY_BODY.match(text, end, stop)) is not None and _is_noun(by_body["noun"], lists):
        span = by_body.span("body")
        found.append(Phrase(by_body.start() + 1, span[1], "affiliation", "", None, span))
    elif (by_name := _BY_NAME.match(text, end, stop)) is not None:
        span = name_at(text, by_name.end(), stop)
        if span and is_organisation_name(text[slice(*span)], lists):
            found.append(Phrase(*span, "affiliation", "", None, span))
            if text.startswith(", ", span[1]):
                found += read_segments(text, span[1] + 2, stop, lists)
    return found
