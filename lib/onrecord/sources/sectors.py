"""The sector of a source: the part of society for which it speaks.

Titles, roles and the words of organisations decide, from the list sectors.csv. A title that has a sector
of its own ("professor", "senator") decides alone. An expert keeps the sector science and expertise also at
a firm, but not in an office of state or a party. A post ("spokesman", "director") has the sector of its
organisation. What somebody is now counts before what somebody was. A relation or a part in the event
("resident", "mother") counts only where nothing else is said. The sector of a source that no list knows
is unknown.

Source: docs/codebook.md, after Spangher et al. 2022 and the occupations of the Global Media Monitoring
Project.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onrecord.sources.cast import Cast, Entity
from onrecord.sources.sector_mentions import (
    MENTIONS,
    RELATIVE,
    WHO,
    around,
    clause,
    known_person,
    of_label,
    runs_for_office,
    sector_of_person,
    title_in_name,
)
from onrecord.sources.sector_organisations import UNKNOWN, called, is_description, sector_of_organisation
from onrecord.sources.sector_phrases import Reading, decide, is_of_past, read_phrase, sector_by_name
from onrecord.sources.sector_topics import sector_beside

# The name in "a Halden spokesman"
_CAPITALS = re.compile(r"(?<=\b[aA] )[A-Z][\w&.-]+(?: (?:& )?[A-Z][\w&.-]+)*")


def sector_of(cast: Cast, entity: Entity, phrases: Iterable[str] = (), affiliation: str = "") -> str | None:
    """Sector of a source, or None.

    A person, a group, an organisation and an outlet have one.

    `phrases` are its title with affiliation and its justification, and `affiliation` is the latter alone,
    where these are known.
    """
    if entity.form == "media":
        return "media"
    if entity.form == "institution":
        return sector_of_organisation(cast, entity)
    if entity.form not in ("person", "group"):
        return None
    readings = list(_readings(cast, entity))
    said = [phrase for phrase in phrases if phrase != entity.description]
    past = [phrase for phrase in (*said, entity.description) if is_of_past(phrase)]
    for phrase in said:
        reading = read_phrase(phrase, cast.lists)
        if past:
            noun = phrase.partition(" of ")[0]
            is_former = any(noun in other for other in past)  # "manager" of "a former Oxbow manager"
            reading = reading._replace(is_former=True) if is_former else reading
        readings.append(reading)
    name = (entity.description if entity.person is not None else entity.proper) or ""
    readings += of_label(cast, entity, name)
    found = decide(readings) or known_person(name, cast.lists) or _sector_of_owner(cast, entity)
    former = [reading for reading in readings if reading.is_former]
    is_present = not former or any(reading.sector and not reading.is_former for reading in readings)
    is_open = not found or not is_present
    if is_open and entity.person is not None and runs_for_office(cast, entity.person):
        found = "parliament and parties"  # whoever was in office before
    if (
        not found
        and entity.form == "group"
        and cast.lists.peoples.intersection(entity.description.split(" "))
    ):
        found = "citizens"  # "some Libyans"
    if not found:
        own = _CAPITALS.search(entity.description) if entity.person is None and not entity.proper else None
        for organisation in filter(None, (affiliation, own and own[0])):
            if not found and organisation[:1].isupper():
                found = sector_by_name(organisation, cast.lists)
                found = found or called(cast.text, organisation, cast.lists)
    if not found and entity.person is not None:
        found = sector_beside(cast, entity.person)
    return found or UNKNOWN


def _readings(cast: Cast, entity: Entity) -> Iterator[Reading]:
    """Readings of the mentions of a source, and of the words around them."""
    text, lists = cast.text, cast.lists
    if entity.person is not None:
        person = cast.persons.persons[entity.person]
        yield title_in_name(person.name.split(" "), lists)
        for start, end in person.mentions[:MENTIONS]:
            yield from around(cast, start, end)
        for start, end in entity.spans[:MENTIONS]:  # "the minister" for a named person
            if is_description(text[start:end]) and not cast.persons.within(start, end):
                yield read_phrase(text[start:end], lists)
        return
    if not entity.proper:
        yield read_phrase(entity.description, lists)
    for start, end in [*entity.spans, *entity.seen][:MENTIONS]:
        if entity.proper:
            yield from around(cast, start, end)
        elif is_description(text[start:end]) and text[start:end] != entity.description:
            yield read_phrase(text[start:end], lists)
        if text.startswith(WHO, end) and (relative := RELATIVE.match(text, end)):
            yield read_phrase(clause(text, relative.start() + 5, 80), lists)


def _sector_of_owner(cast: Cast, entity: Entity) -> str:
    """Sector of the named person for whom an unnamed source speaks: "an aide to Lee"."""
    if entity.person is not None or not entity.spans:
        return ""
    start, end = entity.spans[0]
    for _, _, who in cast.persons.within(start, end):
        return sector_of_person(cast, who)
    return ""
