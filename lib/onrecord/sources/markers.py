"""Anonymity markers: whose they are, their reasons, the basis of knowledge."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from onrecord.mentions.anonymity import Marker, find_markers
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Span
from onrecord.sources.cast import Cast
from onrecord.sources.description_words import singular
from onrecord.sources.descriptions import taken_up
from onrecord.sources.naming import form_of
from onrecord.sources.pronouns import noun_phrase_before
from onrecord.wordlists import Lists

_BASIS_END = re.compile(
    r"[,.;:()“”\"\n]|\s(?=(?:said|says|told|tells|and said|but|because|who|told|added|confirmed"
    r"|described|warned|claimed)\b)|$"
)
_COMMA = re.compile(r",? ?")
_TAIL = re.compile(r"(?i),? (?:who (?:is|are|was|were|has|have|had|said (?:he|she|they) (?:was|were)) )?")


@lru_cache(maxsize=10_000)
def reason_class(reason: str | None, lists: Lists) -> str:
    """Codebook's class of a reason.

    It is the first of lexicons/reasons.csv that fits.
    """
    if not reason:
        return "none"
    return next((name for name, pattern in lists.reasons if pattern.search(reason)), "other")


def basis_of(text: str, mention: Span, lists: Lists) -> str | None:
    """Basis of knowledge of a mention.

    It is within the mention, or in the clause right after it.
    """
    start, end = mention
    stop = min(len(text), end + 160)
    match = lists.basis.search(text, start, end)
    if match is not None:
        stop = end
    else:
        tail = _TAIL.match(text, end, stop)
        behind = tail.end() if tail else end
        match = lists.basis.match(text, behind, stop)
        if match is None and (comma := _COMMA.match(text, end)) is not None and comma.end() != behind:
            match = lists.basis.match(text, comma.end(), stop)
    if match is None:
        return None
    after = _BASIS_END.search(text, match.end(), stop)
    return text[match.start() : after.start() if after else stop].strip()


# What comes between the subject of a marker and the marker: ", who ", " spoke ", " also ".
_SUBJECT = re.compile(
    r",? (?:(?:who|also|all|both|has|had|have|was|were|is|are|speaking|spoke|speak|insisted|insisting"
    r"|be) ?){0,5}"
)
# "chose not to publish the name of the midwife"
_NAME_OF = re.compile(r"(?i)(?:names?|identit(?:y|ies)) of$")
_WHOSE = re.compile(
    r" (?:the|an?|his|her|their) (?:[\w-]+ )??([\w-]+)(?=[.,;:]|$| (?:who|because|at|in|on)\b)"
)
_FALSE_NAME = re.compile(r"(?i)real names?|pseudonym|assumed name|false name|alias|changed|fictitious")
_STAR = re.compile(r"[”\"’']?\*|[”\"’']")  # "Efa*, 19 … *Name changed": the note is about that name
_UNNAMED = frozenset(("unnamed", "collective", "spokesperson", "identifiable"))


# Places of mentions, in text order: start, end, index of the entity in the cast.
Places = list[tuple[int, int, int]]
_PEOPLE = ("person", "group", "none")  # an outlet that withholds a name is not the one who is marked
_BACK, _FARTHEST = 3, 10  # sentences before a marker, outside quotations and in all
_LATER = 3  # sentences after a marker in which its noun may be taken up
_REACH = 60  # mentions before a marker that are looked at


def markers_of(cast: Cast) -> dict[int, Marker]:
    """Marker of each entity of the cast that is anonymous.

    A marker belongs to the source whose noun precedes it in its sentence ("said the aides, who
    asked …", "the officials spoke on condition …"); else to the nearest source before it in the
    sentence, else after it, else to the last within three sentences. Said of others too, it reaches
    every individual unnamed source. A marker of a group reaches its members ("one of the officials").
    """
    entities = cast.entities
    aliases = {
        i
        for i, e in enumerate(entities)
        if e.form == "person" and (e.person is None or " " not in e.description)
    }
    able = {i for i, e in enumerate(entities) if e.naming in _UNNAMED and e.form in ("person", "group")}
    if not able and not aliases:
        return {}
    places = sorted((*span, i) for i, entity in enumerate(entities) for span in (*entity.spans, *entity.seen))
    found: dict[int, Marker] = {}
    for marker in find_markers(cast.article, cast.lists):
        if cast.text[slice(*marker.span)].lower() == "anonymous":
            # an adjective marks the source whose noun it precedes
            found.update({i: marker for i in able if _within(marker.span, entities[i].spans)})
            continue
        if _FALSE_NAME.search(cast.text, *marker.span):
            # a name that is not the source's own: it names nobody
            at = bisect_left(places, (marker.span[0] + 1,))
            near = places[max(0, at - 40) : at]
            starred = [
                i
                for _, b, i in near
                if cast.text[marker.span[0] - 1 : marker.span[0]] == "*" and _STAR.match(cast.text, b)
            ]
            owners = [i for *_, i in near if i in aliases and (not starred or i in starred)][-1:]
            if not owners:  # "Zeynep, whose name has been changed, left … she said"
                named = [who for *_, who in cast.persons.before(marker.span[0], 1)]
                owners = [i for i in aliases if entities[i].person in named and named]
            found.update({i: marker for i in owners})
            continue
        owners = _owners(cast, marker, places, able)
        if marker.is_shared:
            owners += _others(cast, marker, able)
        for i in owners:
            found.setdefault(i, marker)
    for i in sorted(able):  # a member comes after its group
        whole = entities[i].whole
        if whole in found and i not in found:
            found[i] = found[whole]
    return found


def _owners(cast: Cast, marker: Marker, places: Places, able: set[int]) -> list[int]:
    """Entities that a marker belongs to, by the words before and after it."""
    article, entities = cast.article, cast.entities
    start, end, _ = article.sentences[marker.sentence]
    first, at, last = (bisect_left(places, (offset,)) for offset in (start, marker.span[0] + 1, end))
    before = [place for place in places[first:at] if entities[place[2]].form in _PEOPLE]
    after = places[at:last]
    if _NAME_OF.search(article.text, *marker.span) and (of := _WHOSE.match(article.text, marker.span[1])):
        head = singular(cast, of[1].lower())
        near = places[max(0, first - 40) : last + 40]
        return [i for *_, i in near if i in able and entities[i].head == head][:1]
    noun = noun_phrase_before(cast, marker.span[0], start)
    owner = None
    if noun is not None:
        owner = next((i for a, b, i in reversed(before) if a < noun[1] and noun[0] < b), None)
        if owner is None:
            earlier = [i for *_, i in places[max(0, at - _REACH) : at]]
            owner = _meant(cast, noun, list(dict.fromkeys(earlier[::-1]))[::-1])
        if owner is None:
            owner = _taken_up_later(cast, noun, places[at:], able)
    if owner is not None:
        return [owner] if owner in able else []
    if noun is not None and _SUBJECT.fullmatch(article.text, noun[1], marker.span[0]):
        # someone else than the sources asks for it: all of "the officials", or nobody who is quoted
        return _all_with(cast, noun, places[max(0, first - 40) : first], able)
    if before:
        unresolved = entities[before[-1][2]].form == "none"  # an unresolved "who": the marker is its own
        return [] if unresolved else [i for *_, i in before if i in able][-1:]
    if after:
        return [i for *_, i in after if i in able][:1]
    nearest = _start_of_nearest(cast, marker.sentence)
    return [i for a, _, i in places[max(0, first - 40) : first] if a >= nearest and i in able][-1:]


def _start_of_nearest(cast: Cast, number: int) -> int:
    """Start of the third sentence before sentence `number`.

    Sentences within quotation marks do not count: they belong to whoever spoke before them.
    """
    sentences, left = cast.article.sentences, _BACK
    for at in range(number - 1, max(-1, number - 1 - _FARTHEST), -1):
        left -= not cast.article.is_quoted(sentences[at][0] + 1)
        if not left:
            return sentences[at][0]
    return sentences[max(0, number - _FARTHEST)][0]


def _others(cast: Cast, marker: Marker, able: set[int]) -> list[int]:
    """Unnamed sources whom a marker of others reaches."""
    single = [i for i in sorted(able) if cast.entities[i].naming == "unnamed"]
    head = singular(cast, marker.shared_noun) if marker.shared_noun else ""
    same = [i for i in single if cast.entities[i].head == head]
    return same or single


def _meant(cast: Cast, noun: Span, recent: list[int]) -> int | None:
    """Entity that a noun phrase without an attribution takes up."""
    parse = parse_mention(cast.text[slice(*noun)], cast.lists)
    return taken_up(cast, parse, form_of(parse, cast.lists), recent)


def _taken_up_later(cast: Cast, noun: Span, later: Places, able: set[int]) -> int | None:
    """Entity that takes up a noun phrase of the marker's sentence later on.

    "According to aides, who asked for anonymity, … Those aides said". None where there is none near.
    """
    parse = parse_mention(cast.text[slice(*noun)], cast.lists)
    if parse.determiner == "the" or not parse.head:
        return None
    head = singular(cast, parse.head)
    last = cast.article.sentence_at(noun[0]) + _LATER
    for start, _, i in later[:_REACH]:
        entity = cast.entities[i]
        if cast.article.sentence_at(start) > last:
            return None
        if i in able and entity.head == head and entity.is_plural == parse.is_plural:
            return i if entity.parse is not None and entity.parse.determiner == "the" else None
    return None


def _all_with(cast: Cast, noun: Span, places: Places, able: set[int]) -> list[int]:
    """Sources that "the officials" sums up: each one before with this noun."""
    parse = parse_mention(cast.text[slice(*noun)], cast.lists)
    head = singular(cast, parse.head)
    same = {i for *_, i in places if i in able and cast.entities[i].head == head}
    return sorted(same) if parse.is_plural and parse.determiner == "the" else []


def _within(span: Span, mentions: list[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in mentions)
