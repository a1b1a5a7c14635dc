"""The sector of a source: the part of society for which it speaks.

Titles, roles and the words of organisations decide, from the list sectors.csv. A title that has a sector of its
own ("professor", "senator") decides alone. An expert keeps the sector science and expertise also at a firm, but
not in an office of state or a party. A post ("spokesman", "director") has the sector of its organisation. A
relation or a part in the event ("resident", "mother") counts only where nothing else is said. What no list
knows is unknown.

Source: docs/codebook.md, after Spangher et al. 2022 and the occupations of the Global Media Monitoring Project.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from onrecord.sources.cast import Cast, Entity
from onrecord.wordlists import Lists, word_set

UNKNOWN = "unknown"
_OFFICIAL = ("government", "parliament and parties", "justice and police", "military and security")
_LONGEST = 6  # words of the longest entry of the list
_MENTIONS = 10  # mentions of a source that are read
_TOKEN = re.compile(r"[’']s\b|(?:[A-Za-z]\.){2,}|&|\w(?:[\w.&/-]|[’'](?!s\b)\w)*|[,;:()]")
_POSSESSIVE = word_set("'s ’s")
_JOINS = word_set("of for at in with from to on by against under near inside within who whose that as and")
_ARTICLES = word_set("a an the his her its their our my one some two three four several many most other")
_STOPS = re.compile(r"[.!?;:\n“”\"()—–]")
# The end of a sentence or clause; the full stop of "Sen." and of initials is not one.
_BREAK = re.compile(r"(?<=[a-z]{4})\. |[!?;:\n“”\"()—–]|,[”\"’] ")
_ENDS_TITLE = word_set("said says told and but by when that as including while after before because with for to")
_PARTY_TAG = re.compile(r" ?\((?:[A-Z][\w.-]{0,12}[-–—, ])[^()]{2,24}\)|, [DRI]-[A-Z]")
_RELATIVE = re.compile(
    r",? who (?:is|was|has been|also|now|leads?|led|heads?|headed|chairs?|chaired|runs?|ran|represents?"
    r"|represented|teach(?:es)?|taught|works?|worked|directs?|directed|founded|co-founded|owns?|studies|studied"
    r"|serves?|served|advises?|manages?)\b"
)
_AGE = re.compile(r", \d{1,2}(?=,)")
_BUSINESS_NEAR = re.compile(
    r"['’]s? (?:chief executive|ceo|shares?|stock|customers|shareholders|profits?|sales|headquarters|board of"
    r" directors|share price)\b| (?:shares|stock|CEO)\b",
    re.IGNORECASE,
)


class Reading(NamedTuple):
    """What one phrase says of a source."""

    kind: str  # role, expert, post, lay, or "" without a title of the list
    sector: str  # of the title, "" without one
    organisation: str  # sector of the organisation, "" where no list knows it
    has_organisation: bool  # whether the phrase names one, known or not


_NOTHING = Reading("", "", "", False)


def sector_of(cast: Cast, entity: Entity, phrases: Iterable[str] = ()) -> str | None:
    """Sector of a source that is a person, a group, an organisation or an outlet, else None.

    `phrases` are its title with affiliation and its justification, where these are known.
    """
    if entity.form == "media":
        return "media"
    if entity.form == "institution":
        return _sector_of_organisation(cast, entity)
    if entity.form not in ("person", "group"):
        return None
    readings = list(_readings(cast, entity))
    readings += [read_phrase(phrase, cast.lists) for phrase in phrases if phrase]
    return _decide(readings) or _sector_of_owner(cast, entity) or UNKNOWN


def _decide(readings: Iterable[Reading]) -> str:
    """Sector that the readings of a source give together, or ""."""
    readings = [reading for reading in readings if reading != _NOTHING]
    for reading in readings:
        if reading.kind == "role":
            return reading.sector
    bound = [reading for reading in readings if reading.kind != "lay"]  # a student is not the university
    organisation = next((reading.organisation for reading in bound if reading.organisation), "")
    for reading in readings:
        if reading.kind == "expert":
            return organisation if organisation in _OFFICIAL else reading.sector
    if organisation:
        return organisation
    for reading in readings:
        # the president of an unknown firm is not a government's
        if reading.kind == "post" and not (reading.sector in _OFFICIAL and reading.has_organisation):
            return reading.sector
    return next((reading.sector for reading in readings if reading.kind == "lay"), "")


@lru_cache(maxsize=50_000)
def read_phrase(phrase: str, lists: Lists) -> Reading:
    """Title and organisation that a noun phrase for a source contains.

    >>> from onrecord.wordlists import load_lists
    >>> read_phrase("a spokeswoman for the Harbour Ministry", load_lists()).organisation
    'government'
    """
    words = [word for word in _TOKEN.findall(phrase)][:40]
    while words and (words[0].lower() in _ARTICLES or words[0] in (",", "(", ")")):
        words = words[1:]
    if not words:
        return _NOTHING
    borders = [i for i, word in enumerate(words) if word.lower() in _JOINS or word in _POSSESSIVE or word in ",;:()"]
    owner_end = next((i for i in borders if words[i] in _POSSESSIVE), -1)
    begin = owner_end + 1
    first_end = next((i for i in borders if i >= begin), len(words))
    title, title_span = _last_title(words, begin, first_end, lists)
    before = words[begin : title_span[0]] if title else words[begin:first_end]
    organisation = _organisation(before, lists)
    after = title_span[1] if title else first_end
    rest = words[max(after, first_end) :] if after <= first_end else words[after:]
    if not organisation and owner_end > 0:
        organisation = _organisation(words[:owner_end], lists) or _official(words[:owner_end], lists)
    named = owner_end > 0 and words[0][:1].isupper()
    segment: list[str] = []
    for word in [*rest, ","]:
        if word.lower() in _JOINS or word in ",;:()":
            if segment and not organisation:
                organisation = _organisation(segment, lists) or _official(segment, lists)
            named = named or (bool(segment) and _names_organisation(segment, lists))
            if not title and segment:
                title, _ = _last_title(segment, 0, len(segment), lists)
            segment = []
        elif word.lower() not in _ARTICLES:
            segment.append(word)
    kind, sector = title or ("", "")
    return Reading(kind, sector, organisation, named or bool(organisation))


def _last_title(
    words: list[str], begin: int, end: int, lists: Lists
) -> tuple[tuple[str, str] | None, tuple[int, int]]:
    """Title of the list whose last word comes last in words[begin:end], and its place; it may go beyond `end`."""
    for stop in range(end, begin, -1):
        for start in range(max(begin, stop - _LONGEST), stop):
            for reach in range(min(len(words), stop + 4), stop - 1, -1):
                if reach > stop and words[stop].lower() not in ("of", "for", "in", "to"):
                    continue
                found = _listed(words[start:reach], lists.sector_titles, lists)
                if found is not None:
                    return found, (start, reach)
    return None, (begin, begin)


def _listed(words: list[str], table: object, lists: Lists) -> object:
    """Entry of the list for `words`: as written, in lower case, or in the singular; None without one."""
    phrase = _joined(words)
    found = table.get(phrase) or table.get(phrase.lower())
    if found is None and words:
        last = words[-1].lower()
        singular = lists.plural.get(last)
        if singular:
            found = table.get(" ".join([*words[:-1], singular]).lower())
        elif last.endswith("."):
            found = table.get(phrase.lower()[:-1])
    return found


def _joined(words: list[str]) -> str:
    return " ".join(words).replace(" 's", "'s").replace(" ’s", "'s")


def _organisation(words: list[str], lists: Lists) -> str:
    """Sector of the organisation that `words` name, or "". The longest entry wins, then the last one."""
    if not words:
        return ""
    best, found = (0, -1), ""
    for start in range(len(words)):
        for stop in range(min(len(words), start + _LONGEST), start, -1):
            phrase = _joined(words[start:stop])
            sector = lists.sector_organisations.get(phrase) or lists.sector_organisations.get(phrase.lower())
            if sector and (stop - start, start) > best:
                best, found = (stop - start, start), sector
            if sector:
                break
    if found:
        return found
    whole = " ".join(words)
    if lists.outlet(whole):
        return "media"
    last = words[-1].lower()
    kind = lists.trades.get(last)
    if kind in ("firm", "regulator", "media"):
        return {"firm": "business", "regulator": "government", "media": "media"}[kind]
    return "parliament and parties" if lists.adjectives.get(words[0]) == "party" else ""


def _official(words: list[str], lists: Lists) -> str:
    """Sector of the office-holder whom `words` name: "President Ann Lee", or a country; else ""."""
    whole = " ".join(words)
    if whole in lists.places:
        return "government"
    for stop in range(min(len(words), 4), 0, -1):
        found = _listed(words[:stop], lists.sector_titles, lists)
        if found and (found[0] == "role" or words[0].lower() in ("president", "vice")) and found[1] in _OFFICIAL:
            return found[1]
    return ""


def _names_organisation(words: list[str], lists: Lists) -> bool:
    whole = " ".join(words)
    return words[0][:1].isupper() and whole not in lists.places and words[0] not in lists.adjectives


def _readings(cast: Cast, entity: Entity) -> Iterator[Reading]:
    """Readings of the mentions of a source, and of the words around them."""
    text, lists = cast.text, cast.lists
    if entity.person is not None:
        for start, end in cast.persons.persons[entity.person].mentions[:_MENTIONS]:
            yield from _around(cast, start, end)
        for start, end in entity.spans[:_MENTIONS]:  # "the minister" for a named person
            if _is_description(text[start:end]) and not cast.persons.within(start, end):
                yield read_phrase(text[start:end], lists)
        return
    if not entity.proper:
        yield read_phrase(entity.description, lists)
    for start, end in [*entity.spans, *entity.seen][:_MENTIONS]:
        if entity.proper:
            yield from _around(cast, start, end)
        elif _is_description(text[start:end]) and text[start:end] != entity.description:
            yield read_phrase(text[start:end], lists)
        if relative := _RELATIVE.match(text, end):
            yield read_phrase(_clause(text, relative.start() + 5, 80), lists)


def _is_description(mention: str) -> bool:
    """Whether a mention is a noun phrase, not a name or a pronoun: "the minister", "Three nurses"."""
    return " " in mention and (mention[0].islower() or mention.partition(" ")[0].lower() in _ARTICLES)


def _around(cast: Cast, start: int, end: int) -> Iterator[Reading]:
    """Readings of what stands right before and after one mention of a name."""
    text, lists = cast.text, cast.lists
    before = _before(text, start, lists)
    if before:
        yield read_phrase(before, lists)
    if _PARTY_TAG.match(text, end):
        yield Reading("role", "parliament and parties", "", False)
    at = end
    if age := _AGE.match(text, at):
        at = age.end()
    if relative := _RELATIVE.match(text, at):
        yield read_phrase(_clause(text, relative.start() + 5, 90), lists)
    elif text.startswith(", ", at):
        phrase = _clause(text, at + 2, 110)
        first = phrase.partition(" ")[0]
        if first.lower() in _ARTICLES or _opens_title(phrase, lists):
            yield read_phrase(phrase, lists)
    elif text.startswith((" of ", " from ", " with ", " at "), at):
        phrase = _clause(text, at + 1, 60).partition(",")[0]
        words = _TOKEN.findall(phrase)[1:]
        if words and (words[0] == "the" or words[0][:1].isupper()):
            reading = read_phrase(" ".join(words), lists)
            yield Reading("", "", reading.organisation, False)


def _opens_title(phrase: str, lists: Lists) -> bool:
    """Whether an apposition without an article begins with a title: "director of the Harbour Bank"."""
    words = _TOKEN.findall(phrase)[:7]
    end = next((i for i, word in enumerate(words) if word.lower() in _JOINS or word in ",'s’s"), len(words))
    if not 0 < end <= 5:
        return False
    head = words[end - 1].lower()
    return (
        head in lists.singular
        or head in lists.plural
        or head in lists.spokespeople
        or _last_title(words, 0, end, lists)[0] is not None
    )


def _clause(text: str, start: int, length: int) -> str:
    """Text from `start` up to the end of the apposition, at most `length` characters."""
    piece = text[start : start + length]
    stop = _STOPS.search(piece)
    piece = piece[: stop.start()] if stop else piece
    verb = re.search(r", (?:said|says|told|who|whose|which|added|has|had|was|is|wrote|and)\b|, [“\"‘]", piece)
    return piece[: verb.start()] if verb else piece


def _before(text: str, start: int, lists: Lists) -> str:
    """Title with its organisation right before a name, or ""."""
    piece = text[max(0, start - 70) : start]
    cut = max((match.end() for match in _BREAK.finditer(piece)), default=0)
    words = _TOKEN.findall(piece[cut:])
    if words and words[-1] == ",":  # "the union's leader, Ann Lee"
        words = words[:-1]
    taken: list[str] = []
    for word in reversed(words[-8:]):
        if word in ",;:()" or word in _ENDS_TITLE:
            break
        taken.append(word)
        if word.lower() in _ARTICLES:
            break
    phrase = taken[::-1]
    if not phrase:
        return ""
    title, (first, end) = _last_title(phrase, 0, len(phrase), lists)
    if title is None or end < len(phrase):
        first = len(phrase) - 1
        tail = phrase[first].lower()
        if not (tail in lists.singular or tail in lists.spokespeople or tail in lists.plural):
            return ""
    while first > 0 and _belongs(phrase[first - 1], lists):
        first -= 1
    return _joined(phrase[first:])


def _belongs(word: str, lists: Lists) -> bool:
    """Whether a word before a title belongs to it: "Harbour Party leader", "senior police officer"."""
    return (
        word[:1].isupper()
        or word in _POSSESSIVE
        or word.lower() in lists.sector_organisations
        or word in lists.fields
        or word in lists.ranks
    )


def _sector_of_owner(cast: Cast, entity: Entity) -> str:
    """Sector of the named person for whom an unnamed source speaks: "an aide to Lee"."""
    if entity.person is not None or not entity.spans:
        return ""
    start, end = entity.spans[0]
    for _, _, who in cast.persons.within(start, end):
        return _sector_of_person(cast, who)
    return ""


def _sector_of_person(cast: Cast, who: int) -> str:
    readings: list[Reading] = []
    for start, end in cast.persons.persons[who].mentions[:_MENTIONS]:
        readings += _around(cast, start, end)
    return _decide(readings)


def _sector_of_organisation(cast: Cast, entity: Entity) -> str:
    """Sector of an organisation: by its name, else by what the article calls it."""
    text, lists = cast.text, cast.lists
    name = entity.proper or entity.description
    if name in lists.places:
        return "government"
    if lists.outlet(name):
        return "media"
    if found := _organisation(_TOKEN.findall(name), lists) or read_phrase(name, lists).organisation:
        return found
    for start, end in entity.spans[:_MENTIONS]:
        if _is_description(text[start:end]) and (found := _of_description(text[start:end], lists)):
            return found
    if entity.spans:
        start, end = entity.spans[0]
        for _, _, who in cast.persons.within(start, end):  # "Lee's office"
            if found := _sector_of_person(cast, who):
                return found
    return _called(text, name, lists) or UNKNOWN


def _of_description(phrase: str, lists: Lists) -> str:
    """Sector of an organisation that is described: "the chip designer"; "" where no list knows the words."""
    reading = read_phrase(phrase, lists)
    return reading.organisation or (reading.sector if reading.kind in ("role", "post") else "")


def _called(text: str, name: str, lists: Lists) -> str:
    """Sector by the words around the first mentions of an organisation's name, or ""."""
    at = -1
    for _ in range(3):
        at = text.find(name, at + 1)
        if at < 0:
            return ""
        end = at + len(name)
        before = _TOKEN.findall(text[max(0, at - 40) : at])[-3:]
        if before and before[-1] not in _JOINS and before[-1].islower():
            if found := _organisation(before, lists):
                return found
        if text.startswith(", ", end):
            phrase = _clause(text, end + 2, 90)
            if phrase.partition(" ")[0].lower() in _ARTICLES:
                if found := _of_description(phrase, lists):
                    return found
        if _BUSINESS_NEAR.match(text, end):
            return "business"
    return ""
