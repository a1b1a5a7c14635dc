"""Sector by the words around one mention of a name: titles and appositions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from onrecord.sources.cast import Cast, Entity
from onrecord.sources.sector_phrases import (
    ARTICLES,
    JOINS,
    NOTHING,
    POSSESSIVE,
    TOKEN,
    Reading,
    decide,
    ends_title,
    joined,
    last_title,
    organisation_of,
    read_phrase,
)
from onrecord.sources.sector_topics import deed_behind
from onrecord.wordlists import Lists, word_set

MENTIONS = 20  # mentions of a source that are read
_MODIFIERS = 4  # words between an owner and a title
_OWNED = 80  # characters before a name in which its owner is looked for
_FAR = 100_000  # characters before and after a first mention that are searched for a label
_LABEL = re.compile(r", ([A-Z][A-Z ,.]{2,60}):")
_TRIED = 3  # mentions of a label that are read
_STOPS = re.compile(r"[.!?;:\n“”\"()—–]")
# The end of a sentence or clause; the full stop of "Sen." and of initials is not one.
_BREAK = re.compile(r"(?<=[a-z]{4})\. |[!?;:\n“”\"()—–]|,[”\"’] ")
_ENDS_TITLE = word_set(
    "said says told and but by when that as including while after before because with for to"
)
_COUNTS = word_set("two three four several")  # "father of three Jan Moll"
_OWNER = re.compile(
    r"((?:[A-Z][\w.]* ){0,3}[A-Z][\w.]*)(?: ?['’]s|(?<=s)['’]) (?:(?:[A-Z][\w-]+ ){2,3}and )?$"
)
# "A biologist who studies fish, Moss said"
_OPENING = re.compile(r"(?:^|[.!?][”\"]? |\n)(An? (?:former )?[a-z][^,.;:“”\"\n]{5,130}), $")
_ABBREVIATED = re.compile(r" \([A-Z][\w.&-]{1,9}\)(?= )")  # "the Tarn Authority (TA) head"
_DASHES = (" -- ", " — ", " – ", " - ")
# "The curators are Ida Moss and Bo Krone"
_STATED = re.compile(r"(?:^|[.!?] |\n)(?:[Tt]he|[Ii]ts|[Tt]heir) ((?:[\w’'-]+ ){1,5})(?:is|are|was|were) $")
_COPULAS = (" is ", " are ", " was ", " were ")
_BELONGING = re.compile(r"(?:['’]s)? (administration|government|cabinet|presidency)\b")
_CAMPAIGN = re.compile(
    r"(?:['’]s)? (?:\d{4} )?(?:(?:presidential|re-election|reelection|election"
    r"|Senate|gubernatorial|mayoral|leadership) )?(?:campaign|candidacy"
    r"|bid for (?:the )?(?:presidency|nomination|White House|leadership|Senate))\b"
    r"|[’']s (?:\w+ )?(?:presidential|leadership|Senate|gubernatorial|mayoral) bid\b"
    r"|[^.\n“”]{0,40} (?:is running|announced he is running|announced she is running) for\b"
)
_OPENS_TAG = (" (", "(", ", ")
_PARTY_TAG = re.compile(r" ?\((?:[A-Z][\w.-]{0,12}[-–—, ])[^()]{2,24}\)|, [DRI]-[A-Z]")
WHO = (" who ", ", who ")  # each RELATIVE begins with one
RELATIVE = re.compile(
    r",? who (?:is|was|has been|also|now|leads?|led|heads?|headed|chairs?|chaired|runs?|ran|represents?"
    r"|represented|teach(?:es)?|taught|works?|worked|directs?|directed|founded|co-founded|owns?|studies|studied"
    r"|serves?|served|advises?|manages?)\b"
)
_ASIDE = re.compile(r", (?:\d{1,2}|Ph\.?D\.?|M\.?D\.?|J\.?D\.?|[A-Z]{2,4}|Jr\.?|Sr\.?)(?=,)")


# Behind a name: neither a title, a deed nor an organisation follows.
_NO_TITLE_BEHIND = (
    *(" said", " told", " says", " added", " to ", " in ", " on ", " for ", " by ", " will ", " would "),
    *(".", "\n", "?", "!", ";", "”"),
)


def around(cast: Cast, start: int, end: int) -> Iterator[Reading]:
    """Readings of the words right before and after one mention of a name."""
    text, lists = cast.text, cast.lists
    ends = text[max(0, start - 6) : start]  # of the words before: most patterns need no look at them
    if before := _before(text, start, lists):
        yield read_phrase(before, lists)
    elif _has_apostrophe(text, start) and (owner := _OWNER.search(text, max(0, start - _OWNED), start)):
        # "the Post's Ann Lee"
        sector = "" if owner[1] in lists.places else organisation_of(owner[1].split(" "), lists)
        if sector:
            yield Reading("", "", sector, True)
    if ends.endswith(", ") and (opening := _OPENING.search(text, max(0, start - 150), start)):
        yield read_phrase(opening[1], lists)
    if ends.endswith(_COPULAS) and (stated := _STATED.search(text, max(0, start - 60), start)):
        yield read_phrase(stated[1], lists)
    if text.startswith(_NO_TITLE_BEHIND, end):
        return  # most names, without a look at each pattern
    if text.startswith(_OPENS_TAG, end) and _PARTY_TAG.match(text, end):
        yield Reading("role", "parliament and parties", "", False)
    has_comma = text.startswith(",", end)
    if not has_comma and (following := _BELONGING.match(text, end)):  # "the Lee administration"
        yield Reading("", "", organisation_of([following[1]], lists), False)
    at = end
    while has_comma and (aside := _ASIDE.match(text, at)):  # an age, or letters after the name
        at = aside.end()
    if text.startswith(WHO, at) and (relative := RELATIVE.match(text, at)):
        yield read_phrase(clause(text, relative.start() + 5, 90), lists)
    elif deed := deed_behind(text, at):
        yield deed
    elif text.startswith(", ", at) and not _subject_behind(text, start, at):
        phrase = clause(text, at + 2, 110)
        first = phrase.partition(" ")[0]
        if first.lower() in ARTICLES or _opens_title(phrase, lists):
            yield from _present(phrase, lists)
        elif first == "of" and phrase[3:4].isupper():  # "Jacob Moll, of Glasshurst, said"
            organisation = organisation_of(TOKEN.findall(phrase)[1:5], lists)
            yield Reading(
                "" if organisation else "lay", "" if organisation else "citizens", organisation, False
            )
    elif text.startswith(_DASHES, at):
        phrase = clause(text, text.index(" ", at + 1) + 1, 110)
        if phrase.partition(" ")[0].lower() in ARTICLES:
            yield from _present(phrase, lists)
    elif text.startswith((" of ", " from ", " with ", " at "), at):
        phrase = clause(text, at + 1, 60).partition(",")[0]
        words = TOKEN.findall(phrase)[1:]
        if words and (words[0] == "the" or words[0][:1].isupper()):
            end_of_name = next((i for i, word in enumerate(words) if word in JOINS), len(words))
            organisation = organisation_of(words[:end_of_name], lists)
            yield Reading("", "", organisation, False)
            is_place = words[0] in cast.capitals and not (words[0].isupper() and len(words[0]) > 1)
            if not organisation and text.startswith(" of ", at) and is_place:
                yield Reading("lay", "citizens", "", False)  # "Hilda Moll of Clairhurst said"


def _has_apostrophe(text: str, start: int) -> bool:
    """Whether an owner may precede a name."""
    begin = max(0, start - _OWNED)
    return text.find("’", begin, start) >= 0 or text.find("'", begin, start) >= 0


_AT_START = re.compile(r"(?:^|[.!?:][”\"’]? |[\n“\"])(?:[A-Z][\w.-]* ){0,4}$")
# "to Moss, the company said"
_SPEAKS = re.compile(r", (?:the|an?) [^,.;:()“”\"\n]{2,80}? (?:said|says|told|announced|confirmed|added)\b")


def _subject_behind(text: str, start: int, end: int) -> bool:
    """Whether the noun phrase behind a name is the subject of the next clause."""
    return _SPEAKS.match(text, end) is not None and not _AT_START.search(text, max(0, start - 80), start)


def runs_for_office(cast: Cast, who: int) -> bool:
    """Whether the article speaks of the campaign of a person."""
    mentions = cast.persons.persons[who].mentions[:MENTIONS]
    return any(_CAMPAIGN.match(cast.text, end) for _, end in mentions)


_SECOND = re.compile(r"(?:,? and|,) (?:currently |now )?(?=an? |the |current )")
_FORMER = re.compile(r"(?:an? |the )?(?:former|retired|one-time|onetime|ex-)")


def _present(phrase: str, lists: Lists) -> Iterator[Reading]:
    """Readings of an apposition, without what somebody formerly was if more follows.

    An example is "a former aide to the mayor and a fellow of the Tarn Institute".
    """
    second = _SECOND.search(phrase) if _FORMER.match(phrase) else None
    if second is not None and (now := read_phrase(phrase[second.end() :], lists)).sector:
        yield now
        return
    reading = read_phrase(phrase, lists)
    is_open = not reading.sector and not reading.organisation
    if is_open and (people := _OF_PEOPLE.match(phrase)) is not None:
        is_people = lists.adjectives.get(people[1]) == "people"  # "an Ethiopian who lives in Halden"
        reading = Reading("lay", "citizens", "", False) if is_people else reading
    yield reading


_OF_PEOPLE = re.compile(r"an? ([A-Z]\w+)(?: (?:living|who|from|based|in|by)\b|,|$)")


def _opens_title(phrase: str, lists: Lists) -> bool:
    """Whether an apposition begins with a title: "director of the Harbour Bank"."""
    words = TOKEN.findall(phrase)[:7]
    end = next((i for i, word in enumerate(words) if word.lower() in JOINS or word in ",'s’s"), len(words))
    if not 0 < end <= 5:
        return False
    head = words[end - 1].lower()
    return (
        head in lists.singular
        or head in lists.plural
        or head in lists.spokespeople
        or last_title(words, 0, end, lists)[0] is not None
    )


def clause(text: str, start: int, length: int) -> str:
    """Text from `start` up to the end of the apposition, at most `length` characters."""
    piece = text[start : start + length]
    stop = _STOPS.search(piece)
    piece = piece[: stop.start()] if stop else piece
    verb = re.search(r", (?:said|says|told|who|whose|which|added|has|had|was|is|wrote|and)\b|, [“\"‘]", piece)
    return piece[: verb.start()] if verb else piece


def _before(text: str, start: int, lists: Lists) -> str:
    """Title with its organisation right before a name, or ""."""
    last = text[max(0, start - 40) : start].rstrip(" ,").rpartition(" ")[2]
    if last.isalpha() and not ends_title(last.lower(), lists) and last not in lists.name_genders:
        return ""  # before most names, without a reading of the words
    piece = text[max(0, start - 70) : start]
    if "(" in piece:
        piece = _ABBREVIATED.sub("", piece)
    cut = 0
    for match in _BREAK.finditer(piece):
        cut = match.end()
    words = TOKEN.findall(piece[cut:])
    if words and words[-1] == ",":  # "the union's leader, Ann Lee"
        words = words[:-1]
    taken: list[str] = []
    for word in reversed(words[-8:]):
        if word in ",;:()" or word in _ENDS_TITLE:
            break
        taken.append(word)
        if word.lower() in ARTICLES and word not in _COUNTS:
            break
    phrase = taken[::-1]
    if not phrase:
        return ""
    title, (first, end) = last_title(phrase, 0, len(phrase), lists)
    if title is not None and end == len(phrase) - 1 and end > 1 and phrase[end] in lists.name_genders:
        phrase = phrase[:end]  # "President Recep" before "Tayyip Erdogan"
    if title is None or end < len(phrase):
        first = len(phrase) - 1
        tail = phrase[first].lower()
        if not (tail in lists.singular or tail in lists.spokespeople or tail in lists.plural):
            return ""
    while first > 0 and _belongs(phrase[first - 1], lists):
        first -= 1
    for k in range(first - 1, max(-1, first - _MODIFIERS), -1):  # "Apple's software chief"
        if phrase[k] in POSSESSIVE:
            first = max(0, k - 1)
            break
        if not (phrase[k].islower() and phrase[k].isalpha()):
            break
    return joined(phrase[first:])


def _belongs(word: str, lists: Lists) -> bool:
    """Whether a word before a title belongs to it: "Harbour Party leader"."""
    return (
        word[:1].isupper()
        or word in POSSESSIVE
        or word.lower() in lists.sector_organisations
        or word in lists.fields
        or word in lists.ranks
    )


def of_label(cast: Cast, entity: Entity, name: str) -> Iterator[Reading]:
    """Readings of a speaker in capitals, as in a transcript: "ANN LEE, HOST:".

    The same name in other writing counts, too. Of a very long text only the part around its first mention
    is searched.
    """
    if not name.isupper() or len(name) < 3:
        return
    first = min((start for start, _ in (*entity.spans, *entity.seen)), default=0)
    begin, end = max(0, first - _FAR), first + _FAR
    at = cast.text.find(f"{name}, ", begin, end)
    while at >= 0:
        label = _LABEL.match(cast.text, at + len(name))
        if label and not (at and (cast.text[at - 1].isalnum() or cast.text[at - 1] == "_")):
            yield read_phrase(label[1].lower(), cast.lists)
            break
        at = cast.text.find(f"{name}, ", at + 1, end)
    at = begin - 1
    for _ in range(_TRIED):
        at = cast.text.find(name.title(), at + 1, end)
        if at < 0:
            return
        yield from around(cast, at, at + len(name))


def title_in_name(words: list[str], lists: Lists) -> Reading:
    """Reading of a title that is part of a name: "Harbour Corps Gen. Ann Lee"."""
    while len(words) > 2:
        title = lists.sector_titles.get(words[0]) or lists.sector_titles.get(words[0].lower())
        if title is not None and words[0] not in lists.name_genders:
            return Reading(*title, "", False)
        words = words[1:]
    return NOTHING


def sector_of_person(cast: Cast, who: int) -> str:
    readings: list[Reading] = []
    for start, end in cast.persons.persons[who].mentions[:MENTIONS]:
        readings += around(cast, start, end)
    return decide(readings) or known_person(cast.persons.persons[who].name, cast.lists)


def known_person(name: str, lists: Lists) -> str:
    """Sector of a widely known person of the list, or "".

    Middle names do not count, and a last name alone is that of the persons of the list who have it, where
    they are of one sector.
    """
    found = lists.sector_persons.get(name, "")
    if found:
        return found
    words = name.split(" ")
    if len(words) == 1:
        return "" if name in lists.name_genders else _by_last_name(lists).get(name, "")
    return lists.sector_persons.get(f"{words[0]} {words[-1]}", "") if len(words) > 2 else ""


@lru_cache(maxsize=16)
def _by_last_name(lists: Lists) -> dict[str, str]:
    """Last names of the persons of the list who are all of one sector."""
    found: dict[str, set[str]] = {}
    for name, sector in lists.sector_persons.items():
        found.setdefault(name.rpartition(" ")[2], set()).add(sector)
    return {name: sectors.pop() for name, sectors in found.items() if len(sectors) == 1}
