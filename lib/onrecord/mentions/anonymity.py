"""Anonymity markers in an article: exact words and reasons."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from onrecord.records import Span
from onrecord.text.memo import once_per_article
from onrecord.text.tokens import Article
from onrecord.text.triggers import Triggers
from onrecord.wordlists import Lists, load_lists

# Sentences without any of these are not searched. The markers of the package contain one, but for those
# that begin with "name" right behind a mark or a line break: "(names changed)".
_TRIGGERS = Triggers(
    (
        "anonym",
        "named",
        "identif",
        "identit",
        " name",
        "surname",
        "pseudonym",
        "alias",
        "authori",
        "undisclosed",
        "nameless",
        "off the record",
        "background",
        "permitted",
        "permission",
        "allowed to",
        "cleared to",
        "clearance",
        "forbidden",
        "barred",
        "prohibited",
        "supposed to",
        "at liberty",
        "condition",
        "secret",
        "confidential",
        "quoted",
        " naming",
        "identifying",
        "attribut",
        "-record",
        "withh",
        "call her",
        "call him",
        "call them",
        "fictitious",
    )
)
_NO_TRIGGERS = ("secretar", "authorities")  # frequent words that only look like one
# Where a marker of the package may begin, with the word there: "n’t authorised" begins within one.
_OPENING = re.compile(r"\b(?=(?P<word>\w+))\w|[Nn](?=[’'][Tt])")
_LONGEST_NO_TRIGGER = max(map(len, _NO_TRIGGERS))
_PERMISSION = re.compile(
    r"(?i)authori[sz]|permi|allowed|cleared|supposed|liberty|forbidden|barred|prohibited|banned"
    r"|prevented|clearance|entitled"
)
_REASON_AFTER = re.compile(
    r"(?i)\b(?:because(?: of)?|since (?=he|she|they|the|it|we|these|this)|as (?=he|she|they|the|it|we"
    r"|these|this|\w+ (?:was|were|is|are) )|for fears? |"
    r"out of (?:fear|concern)|fearing|afraid|citing|due to|given|owing to|on account of"
    r"|so as (?:not )?to|lest|in (?:an )?(?:effort|order|attempt) "
    r"(?:not )?to|so (?:that )?(?:he|she|they|as) |for (?:\w+ )?(?:security|safety|legal|privacy"
    r"|personal|professional|political|family|fear) ?reasons"
    r"|for reasons of|amid fears?|over fears?|over concerns|worried|concerned|when (?:discussing"
    r"|describing|speaking)|while (?:discussing|describing))"
)
_PURPOSE = re.compile(r"(?i)[ ,]*(?:(?:in order )?(?:not )?to (?!be\b|remain\b|reporters\b)[a-z]+)")
_REASON_BEFORE = re.compile(
    r"(?i)\b(?:because(?: of)?|fearing|for fear|out of fear|citing|afraid|given|due to"
    r"|worried)\b[^,.;:“”\"\n]{3,160}"
)
_CLAUSE_END = re.compile(
    r"[.;!?\n”\"—]| – |,|\s(?=(?:said|told|added|who said|and said|and told|but said)\b)|$"
)
_SHARED = re.compile(
    r"(?i)\b(?:like|as did|as were) (?:the |many |several |all |most |some )?other (?P<noun>[a-z-]+) "
    r"(?:who|whom|interviewed|quoted|cited|in this|for this|we)\b"
    r"|\blike (?:\w+ ){0,2}others\b|\ball of whom\b|\bboth of whom\b|\bas did (?:\w+ ){0,2}others"
    r"|\b(?:others|sources|people|officials) (?:\w+ ){0,4}interviewed\b|\bwho all\b"
)


class Marker(NamedTuple):
    """One anonymity marker, with its reason if the sentence gives one."""

    span: Span
    reason: Span | None
    sentence: int
    is_shared: bool  # said of others too: "like others interviewed"
    shared_noun: str = ""  # the noun for the others: "like other aides who spoke"


@once_per_article
def find_markers(article: Article, lists: Lists) -> list[Marker]:
    """Anonymity markers of an article outside its quotations.

    Beside another marker in the sentence "not authorised to speak" is the reason, not the marker.
    """
    text = article.text
    last: dict[int, int] = {}  # sentence -> where its last trigger ends: no marker begins behind it
    if not _are_of_package(lists):  # a pattern of the user's may contain none of these
        last.update((number, end) for number, (_, end, _) in enumerate(article.sentences))
    for trigger, at in _TRIGGERS.find(article, any_case=True):
        if not text[at : at + _LONGEST_NO_TRIGGER].lower().startswith(_NO_TRIGGERS):
            number = article.sentence_at(at)
            last[number] = max(last.get(number, 0), at + len(trigger))
    found: list[Marker] = []
    for number in sorted(last):
        start, end, _ = article.sentences[number]
        end = min(end, start + 2000)
        spans = [
            span
            for span in marker_spans(text, start, end, lists, last[number])
            if not _quoted(article, span[0])
        ]
        real = [span for span in spans if not _PERMISSION.search(text, *span)]
        permissions = [span for span in spans if span not in real]
        for span in real or spans[:1]:
            reason = _reason(text, span, start, end) or (permissions[0] if real and permissions else None)
            if reason and not real and reason[0] < span[0] <= reason[1] + 3:
                reason = None  # the clause that holds the marker adds nothing to it
            shared = _SHARED.search(text, start, end)
            noun = (shared["noun"] or "").lower() if shared else ""
            found.append(Marker(span, reason, number, shared is not None, noun))
    return found


@lru_cache(maxsize=4)
def _are_of_package(lists: Lists) -> bool:
    return lists.markers == load_lists().markers


def marker_spans(text: str, start: int, end: int, lists: Lists, last: int | None = None) -> Iterator[Span]:
    """Spans of the markers within [start, end), in text order.

    None begins behind `last`, where it is known.
    """
    if not _are_of_package(lists):  # a pattern of the user's may begin anywhere
        yield from (match.span() for match in lists.markers.finditer(text, start, end))
        return
    # The patterns are many: tried at each word, not at each character.
    reached = start
    for opening in _OPENING.finditer(text, start, end if last is None else min(end, last)):
        at, word = opening.start(), opening["word"]
        if at < reached or (word and not _may_open(word, lists)):
            continue
        if (match := lists.markers.match(text, at, end)) is not None:
            reached = match.end()
            yield match.span()


@lru_cache(maxsize=50_000)
def _may_open(word: str, lists: Lists) -> bool:
    """Whether a marker may begin with a word."""
    return f"{word.lower()} ".startswith(lists.marker_openings)


def _quoted(article: Article, offset: int) -> bool:
    at = bisect_right(article.quoted_spans, offset, key=lambda span: span.start) - 1
    return at >= 0 and offset < article.quoted_spans[at].end and article.quoted_spans[at].is_closed


def _reason(text: str, marker: Span, start: int, end: int) -> Span | None:
    """Words that say why: after the marker, else before it in the sentence."""
    purpose = _PURPOSE.match(text, marker[1], end)
    because = _REASON_AFTER.search(text, marker[1], min(end, marker[1] + 160))
    if purpose and (because is None or because.start() > purpose.end() + 90):
        begin = marker[1] + len(purpose.group()) - len(purpose.group().lstrip(" ,"))
        return _clause(text, begin, purpose.end(), end)
    if because:
        return _clause(text, because.start(), because.end(), end)
    before = list(_REASON_BEFORE.finditer(text, max(start, marker[0] - 260), marker[0]))
    return before[-1].span() if before else None


def _clause(text: str, begin: int, after: int, end: int) -> Span:
    stop = _CLAUSE_END.search(text, after, end)
    return begin, (stop.start() if stop else end)
