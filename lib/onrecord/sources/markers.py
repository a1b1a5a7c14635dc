"""Anonymity markers, their reasons and the basis of knowledge: the exact words, and whose they are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from onrecord.mentions.parsing import parse_mention
from onrecord.records import Span
from onrecord.sources.cast import Cast, Entity
from onrecord.sources.descriptions import singular, taken_up
from onrecord.sources.naming import form_of
from onrecord.sources.pronouns import noun_phrase_before
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists

# A marker holds one of these; sentences without any are never searched.
_TRIGGERS = (
    "anonym",
    "named",
    "identif",
    "identit",
    " name",
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
)
_NO_TRIGGERS = ("secretar", "authorities")  # frequent words that only look like one
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
    r"(?i)\blike (?:\w+ ){0,2}others\b|\ball of whom\b|\bboth of whom\b|\bas did (?:\w+ ){0,2}others"
    r"|\b(?:others|sources|people|officials) (?:\w+ ){0,4}interviewed\b|\bwho all\b"
)
_BASIS_END = re.compile(
    r"[,.;:()“”\"\n]|\s(?=(?:said|says|told|tells|and said|but|because|who|told|added|confirmed"
    r"|described|warned|claimed)\b)|$"
)
_COMMA = re.compile(r",? ?")
_TAIL = re.compile(r"(?i),? (?:who (?:is|are|was|were|has|have|had|said (?:he|she|they) (?:was|were)) )?")


class Marker(NamedTuple):
    """One anonymity marker, with its reason if the sentence gives one."""

    span: Span
    reason: Span | None
    sentence: int
    is_shared: bool  # said of others too: "like others interviewed"


def find_markers(article: Article, lists: Lists) -> list[Marker]:
    """Return the anonymity markers of an article outside its quotations, in text order.

    Beside another marker in the sentence "not authorised to speak" is the reason, not the marker.
    """
    text = article.text
    low = text.lower()
    if len(low) != len(text):  # a few capitals grow when lowered
        low = text
    sentences: set[int] = set()
    for trigger in _TRIGGERS:
        at = low.find(trigger)
        while at >= 0:
            if not low.startswith(_NO_TRIGGERS, at):
                sentences.add(article.sentence_at(at))
            at = low.find(trigger, at + len(trigger))
    found: list[Marker] = []
    for number in sorted(sentences):
        start, end, _ = article.sentences[number]
        end = min(end, start + 2000)
        spans = [
            m.span() for m in lists.markers.finditer(text, start, end) if not _quoted(article, m.start())
        ]
        real = [span for span in spans if not _PERMISSION.search(text, *span)]
        permissions = [span for span in spans if span not in real]
        for span in real or spans[:1]:
            reason = _reason(text, span, start, end) or (permissions[0] if real and permissions else None)
            if reason and not real and reason[0] < span[0] <= reason[1] + 3:
                reason = None  # the clause that holds the marker adds nothing to it
            found.append(
                Marker(
                    span,
                    reason,
                    number,
                    bool(_SHARED.search(text, start, end)),
                )
            )
    return found


def _quoted(article: Article, offset: int) -> bool:
    at = bisect_right(article.quoted_spans, offset, key=lambda stretch: stretch.start) - 1
    return at >= 0 and offset < article.quoted_spans[at].end and article.quoted_spans[at].is_closed


def _reason(text: str, marker: Span, start: int, end: int) -> Span | None:
    """Return the words that say why: after the marker, else before it in the sentence."""
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


def reason_class(reason: str | None, lists: Lists) -> str:
    """Return the codebook's class of a reason: the first of lexicons/reasons.csv that fits."""
    if not reason:
        return "none"
    return next((name for name, pattern in lists.reasons if pattern.search(reason)), "other")


def basis_of(text: str, mention: Span, lists: Lists) -> str | None:
    """Return the basis of knowledge of a mention: within it, or in the clause right after it."""
    start, end = mention
    stop = min(len(text), end + 160)
    match = lists.basis.search(text, start, end)
    if match is not None:
        stop = end
    else:
        tail = _TAIL.match(text, end, stop)
        match = lists.basis.match(text, tail.end(), stop) if tail else None
        if match is None:
            match = lists.basis.match(text, _COMMA.match(text, end).end(), stop)
    if match is None:
        return None
    after = _BASIS_END.search(text, match.end(), stop)
    return text[match.start() : after.start() if after else stop].strip()


# What stands between the subject of a marker and the marker: ", who ", " spoke ", " also ".
_SUBJECT = re.compile(
    r",? (?:(?:who|also|all|both|has|had|have|was|were|is|are|speaking|spoke|speak|insisted|insisting"
    r"|be) ?){0,5}"
)
_FALSE_NAME = re.compile(r"(?i)real names?|pseudonym|assumed name|false name|alias|changed|fictitious")
_UNNAMED = frozenset(("unnamed", "collective", "spokesperson", "identifiable"))


def markers_of(cast: Cast, entities: list[Entity]) -> dict[int, Marker]:
    """Return the marker of each of `entities` (by position) that the article marks as anonymous.

    A marker belongs to the source whose noun stands before it in its sentence ("said the aides, who
    asked …", "the officials spoke on condition …"); else to the nearest source before it in the
    sentence, else after it, else to the last within three sentences. Said of others too, it reaches
    every individual unnamed source.
    """
    article = cast.article
    aliases = {
        i
        for i, e in enumerate(entities)
        if e.form == "person" and (e.person is None or " " not in e.description)
    }
    able = {
        i
        for i, entity in enumerate(entities)
        if entity.naming in _UNNAMED and entity.form in ("person", "group")
    }
    if not able and not aliases:
        return {}
    order = [i for i, entity in enumerate(cast.entities) if entity.members]  # of `entities` in the cast
    position = {index: i for i, index in enumerate(order)}
    places = sorted((*span, i) for i, entity in enumerate(entities) for span in entity.spans)
    found: dict[int, Marker] = {}
    for marker in find_markers(article, cast.lists):
        start, end, _ = article.sentences[marker.sentence]
        first, at, last = (bisect_left(places, (offset,)) for offset in (start, marker.span[0] + 1, end))
        before, after = places[first:at], places[at:last]
        if article.text[slice(*marker.span)].lower() == "anonymous":
            # an adjective marks the source whose noun it stands with
            found.update({i: marker for i in able if _within(marker.span, entities[i].spans)})
            continue
        if _FALSE_NAME.search(article.text, *marker.span):
            # a name that is not the source's own: it names nobody
            owners = [i for *_, i in places[max(0, at - 40) : at] if i in aliases][-1:]
            found.update({i: marker for i in owners})
            continue
        noun = noun_phrase_before(cast, marker.span[0], start)
        owner = None
        if noun is not None:
            owner = next((i for a, b, i in reversed(before) if a < noun[1] and noun[0] < b), None)
            if owner is None:
                earlier = [order[i] for *_, i in places[max(0, at - 60) : at]]
                owner = position.get(_meant(cast, noun, list(dict.fromkeys(earlier[::-1]))[::-1]))
        if owner is not None:
            owners = [owner] if owner in able else []
        elif noun is not None and _SUBJECT.fullmatch(article.text, noun[1], marker.span[0]):
            # someone else than the sources asks for it: all of "the officials", or nobody who is quoted
            owners = _all_with(cast, noun, entities, places[max(0, first - 40) : first], able)
        elif before:
            unresolved = entities[before[-1][2]].form == "none"  # an unresolved "who": the marker is its own
            owners = [] if unresolved else [i for *_, i in before if i in able][-1:]
        elif after:
            owners = [i for *_, i in after if i in able][:1]
        else:
            nearest = article.sentences[max(0, marker.sentence - 3)][0]
            owners = [i for a, _, i in places[max(0, first - 40) : first] if a >= nearest and i in able][-1:]
        if marker.is_shared:
            owners += [i for i in sorted(able) if entities[i].naming == "unnamed"]
        for i in owners:
            found.setdefault(i, marker)
    return found


def _meant(cast: Cast, noun: Span, recent: list[int]) -> int | None:
    """Return which of the entities mentioned before a noun phrase without an attribution takes up."""
    parse = parse_mention(cast.text[slice(*noun)], cast.lists)
    return taken_up(cast, parse, form_of(parse), recent)


def _all_with(cast: Cast, noun: Span, entities: list[Entity], places: list, able: set[int]) -> list[int]:
    """Return the sources that "the officials" sums up: each one before with this noun."""
    parse = parse_mention(cast.text[slice(*noun)], cast.lists)
    head = singular(cast, parse.head)
    same = {i for *_, i in places if i in able and entities[i].head == head}
    return sorted(same) if parse.is_plural and parse.determiner == "the" else []


def _within(span: Span, mentions: list[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in mentions)
