"""Sector of an organisation: by its name, else by what the article calls it."""

from __future__ import annotations

import re

from onrecord.mentions.outlets import outlet_like
from onrecord.sources.cast import Cast, Entity
from onrecord.sources.sector_mentions import (
    MENTIONS,
    around,
    clause,
    of_label,
    sector_of_person,
    title_in_name,
)
from onrecord.sources.sector_phrases import (
    ARTICLES,
    JOINS,
    NOTHING,
    TOKEN,
    Reading,
    decide,
    organisation_of,
    read_phrase,
    sector_by_name,
)
from onrecord.sources.sector_topics import sector_of_article
from onrecord.wordlists import Lists

UNKNOWN = "unknown"
_OFFICE = re.compile(r"[’']s? office$")
_TRIED = 3  # mentions of an organisation that are read
# A name that no list knows, and that "reported", is mostly an outlet's.
_REPORTED = re.compile(
    r" (?:first |also |has |had )?report(?:ed|s)\b"
    r"(?! (?:\w+ )?(?:net|sales|earnings|revenue|profit|loss|income|results))"
)
_BUSINESS_NEAR = re.compile(
    r"['’]s? (?:chief executive|ceo|shares?|stock|customers|shareholders|profits?|sales|headquarters|board of"
    r" directors|share price)\b| (?:shares|stock|CEO)\b",
    re.IGNORECASE,
)


def is_description(mention: str) -> bool:
    """Whether a mention is a noun phrase: "the minister", "Three nurses"."""
    return " " in mention and (mention[0].islower() or mention.partition(" ")[0].lower() in ARTICLES)


def sector_of_organisation(cast: Cast, entity: Entity) -> str:
    """Sector of an organisation: by its name, else by what the article calls it."""
    text, lists = cast.text, cast.lists
    name = entity.proper or entity.description
    if name in lists.places:
        return sector_of_article(cast) or "government"  # in a match report it is a team
    if lists.outlet(name):
        return "media"
    for start, end in entity.spans[:1]:  # "The bank, Kilele Trust, said"
        noun, comma, _ = text[start:end].partition(", ")
        if comma and noun.rpartition(" ")[2] in lists.trades and (found := _of_description(noun, lists)):
            return found
    if _OFFICE.search(name) and entity.spans:  # "Lee's office": what Lee is
        for _, _, who in cast.persons.within(*entity.spans[0]):
            if found := sector_of_person(cast, who):
                return found
    if found := sector_by_name(name, lists) or read_phrase(name, lists).organisation:
        return found
    for start, end in entity.spans[:MENTIONS]:
        if is_description(text[start:end]) and (found := _of_description(text[start:end], lists)):
            return found
    if entity.spans:
        start, end = entity.spans[0]
        for _, _, who in cast.persons.within(start, end):  # "Lee's office"
            if found := sector_of_person(cast, who):
                return found
    if sector := called(text, name, lists) or decide(of_label(cast, entity, name)):
        return sector
    if found := _beside(cast, name):
        return found
    if of_article := sector_of_article(cast):
        return of_article
    is_outlet = outlet_like(lists).search(name) or any(
        _REPORTED.match(text, end) for _, end in entity.spans[:MENTIONS]
    )
    return "media" if is_outlet and name[:1].isupper() else UNKNOWN


# "Lamp Owners of Halden", where the name ends at "of"
_GOES_ON = re.compile(r" (?:of|for|against|to) (?:the )?[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*)*")


def _beside(cast: Cast, name: str) -> str:
    """Sector by the words beside the first mentions of a name, or "".

    A name may be a person's who has a title there, and it may go on behind a preposition.
    """
    text, lists = cast.text, cast.lists
    if not name[:1].isupper():
        return ""
    last = f" {name}"
    for who, person in enumerate(cast.persons.persons):  # "Moll" taken for an organisation
        if person.name.endswith(last):
            return sector_of_person(cast, who)
    if (title := title_in_name(name.split(" "), lists)) != NOTHING:
        return title.sector  # "DIG Jan Moll" taken for an organisation
    at = -1
    readings: list[Reading] = []
    for _ in range(_TRIED):
        at = text.find(name, at + 1)
        if at < 0:
            break
        end = at + len(name)
        if (rest := _GOES_ON.match(text, end)) is not None:
            if found := sector_by_name(text[at : rest.end()], lists):
                return found
            if name.rpartition(" ")[2].lower() in lists.plural and " " in name:
                return "civil society"  # "Parents of Halden"
        first = at - len(" ".join(_GIVEN.findall(text[max(0, at - 40) : at])[-1:]))
        readings += around(cast, first, end)
    return decide(reading for reading in readings if reading.kind == "role")


_GIVEN = re.compile(r"(?<=[a-z] )(?:[A-ZÀ-Þ][\w’'.-]+ )+$")  # "Jean-Yves ", before a last name


def _of_description(phrase: str, lists: Lists) -> str:
    """Sector of an organisation that is described: "the chip designer"; or ""."""
    reading = read_phrase(phrase, lists)
    return reading.organisation or (reading.sector if reading.kind in ("role", "post") else "")


def called(text: str, name: str, lists: Lists) -> str:
    """Sector by the words around the first mentions of an organisation's name, or ""."""
    at = -1
    for _ in range(_TRIED):
        at = text.find(name, at + 1)
        if at < 0:
            return ""
        end = at + len(name)
        before = TOKEN.findall(text[max(0, at - 40) : at])[-3:]
        if before[-1:] == [","]:  # "the bridge company, Halden"
            before = before[:-1]
        is_common = bool(before) and before[-1] not in JOINS and before[-1].islower()
        if is_common and (found := organisation_of(before, lists)):  # "the developer Halden"
            return found
        phrase = clause(text, end + 2, 90) if text.startswith(", ", end) else ""
        is_apposition = phrase.partition(" ")[0].lower() in ARTICLES
        if is_apposition and (found := _of_description(phrase, lists)):
            return found
        if _BUSINESS_NEAR.match(text, end):
            return "business"
    return ""
