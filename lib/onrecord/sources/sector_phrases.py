"""Title and organisation of a phrase, with their sectors, by the list sectors.csv."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from onrecord.mentions.words import NUMBERS, QUANTITIES, VAGUE
from onrecord.wordlists import Lists, word_set

Title = tuple[str, str]  # kind (role, expert, post, lay) and sector

TOKEN = re.compile(r"[’']s\b|(?:[A-Za-z]\.){2,}|&|\w(?:[\w.&/-]|[’'](?!s\b)\w)*|[,;:()]")
POSSESSIVE = word_set("'s ’s")
JOINS = word_set("of for at in with from to on by against under near inside within who whose that as and")
ARTICLES = word_set("a an the his her its their our my one some two three four several many most other")
_OFFICIAL = ("government", "parliament and parties", "justice and police", "military and security")
_JUSTICE = "justice and police"
_LONGEST = 6  # words of the longest entry of the list
# "author of AB 1340", "the bill's sponsor": whoever drafts a law
_LAWMAKER = re.compile(
    r"\b(?:co-?)?(?:author|sponsor)s? of (?:an? |the |his |her |this )?(?:[\w-]+ ){0,3}"
    r"(?:bill|act|measure|amendment|legislation|resolution|[A-Z]{1,3}\.? ?\d+)\b"
    r"|\b(?:bill|measure|amendment|legislation|resolution|[A-Z]{1,3} \d+)[’']s"
    r" (?:\w+ )?(?:co-?)?(?:author|sponsor)s?\b"
)
# "head of currency research at Halden Bank"
_ANALYSES = re.compile(
    r"(?:an? |the )?(?:[\w’-]+ )?(?:co-)?(?:head|director|chief) of (?:[\w-]+ ){0,3}"
    r"(?:analysis|research|economics|strategy research)\b"
)
# "a writer for Kitewire"
_WRITES_FOR = re.compile(
    r"\b(?:writer|contributor|critic|researcher and writer) (?:for|at|with) (?:the )?[A-Z]"
)
_JOINT = word_set("association federation confederation guild")
_CALL_LETTERS = re.compile(r"[KW][A-Z]{3}(?:-(?:TV|FM|AM))?")  # of a station: "KTLM"
_PUBLIC = word_set("county city state federal council government ministry police")
_WAS = re.compile(r"(?i)(?:an? |the |his |her |their )?(?:former|ex-|one-?time|retired|then-)")
_LEADING = ("leader", "leaders")


class Reading(NamedTuple):
    """What one phrase says of a source."""

    kind: str  # role, expert, post, lay, or "" without a title of the list
    sector: str  # of the title, "" without one
    organisation: str  # sector of the organisation, "" where no list knows it
    has_organisation: bool  # whether the phrase names one, known or not
    is_former: bool = False  # whether it says what somebody was


NOTHING = Reading("", "", "", False)


def decide(readings: Iterable[Reading]) -> str:
    """Sector that the readings of a source give together, or ""."""
    # an organisation that no list knows counts, too
    readings = [r for r in readings if r.kind or r.sector or r.organisation or r.has_organisation]
    if not readings:
        return ""
    present = [reading for reading in readings if not reading.is_former]
    if present and len(present) < len(readings) and (found := decide(present)):
        return found  # "a former prosecutor" who is the mayor now
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
        is_of_state = reading.sector in _OFFICIAL and reading.sector != _JUSTICE  # not so a firm's lawyer
        if reading.kind == "post" and not (is_of_state and reading.has_organisation):
            return reading.sector
    return next((reading.sector for reading in readings if reading.kind == "lay"), "")


def _is_part(noun: str, lists: Lists) -> bool:
    """Whether a noun is a number or group of others, or speaks for them."""
    return (
        noun in VAGUE
        or noun in QUANTITIES
        or noun in NUMBERS
        or noun in lists.spokespeople
        or noun in ("one", "member", "members")
    )


@lru_cache(maxsize=50_000)
def read_phrase(phrase: str, lists: Lists) -> Reading:
    """Title and organisation that a noun phrase for a source contains.

    >>> from onrecord.wordlists import load_lists
    >>> read_phrase("a spokeswoman for the Harbour Ministry", load_lists()).organisation
    'government'
    """
    words = [word for word in TOKEN.findall(phrase)][:40]
    while words and (words[0].lower() in ARTICLES or words[0] in (",", "(", ")")):
        words = words[1:]
    if not words:
        return NOTHING
    if _LAWMAKER.search(phrase):
        return Reading("role", "parliament and parties", "", False)
    if _ANALYSES.match(phrase):
        return Reading("expert", "science and expertise", "", True)
    if _WRITES_FOR.search(phrase):
        return Reading("role", "media", "", True)
    borders = [
        i for i, word in enumerate(words) if word.lower() in JOINS or word in POSSESSIVE or word in ",;:()"
    ]
    # The owner of the phrase, not that of a noun behind it: "an official in the mayor's office".
    owner_end = borders[0] if borders and words[borders[0]] in POSSESSIVE else -1
    begin = owner_end + 1
    first_end = next((i for i in borders if i >= begin), len(words))
    title, title_span = last_title(words, begin, first_end, lists)
    before = words[begin : title_span[0]] if title else words[begin:first_end]
    organisation = organisation_of(before, lists)
    after = title_span[1] if title else first_end
    rest = words[max(after, first_end) :] if after <= first_end else words[after:]
    if not organisation and owner_end > 0:
        organisation = organisation_of(words[:owner_end], lists)
        is_justice = title is not None and title[1] == _JUSTICE  # "the mayor's lawyer", "Israel's lawyer"
        if not organisation and not is_justice:
            organisation = official_of(words[:owner_end], lists)
            if not organisation and " ".join(words[:owner_end]) in lists.places:
                organisation = "government"
    named = owner_end > 0 and words[0][:1].isupper()
    segment: list[str] = []
    # "head of the Commission for Prisoners" is not a prisoner, "one of the prisoners" is one
    is_one_of = not words[begin:first_end] or _is_part(words[first_end - 1].lower(), lists)
    joint = ""
    for i, word in enumerate([*rest, ","]):
        if word.lower() in JOINS or word in ",;:()":
            # "director of government programs for SAE": what the office is about is not whose it is
            is_topic = (
                joint in ("of", "for")
                and word.lower() in ("for", "at", "with", "of")
                and "".join(segment).islower()
                and any(other[:1].isupper() or other in _PUBLIC for other in rest[i : i + 4])
            )
            if is_topic:
                segment = []
            joint = word.lower()
            if segment and not organisation:
                organisation = organisation_of(segment, lists) or official_of(segment, lists)
            named = named or (bool(segment) and _names_organisation(segment, lists))
            if not title and segment:
                title, _ = last_title(segment, 0, len(segment), lists)
                is_name = segment[-1][:1].isupper() and segment[-1].lower() in lists.plural
                is_member = is_one_of or title is None or (title[0] != "lay" and not is_name)
                title = title if is_member else None
            segment = []
        elif word.lower() not in ARTICLES:
            segment.append(word)
    if title is None and _leads_people(words[begin:first_end], lists):
        title = "post", "government"
    kind, sector = title or ("", "")
    return Reading(kind, sector, organisation, named or bool(organisation), is_of_past(phrase))


@lru_cache(maxsize=20_000)
def is_of_past(phrase: str) -> bool:
    """Whether a phrase says what somebody was: "a former prosecutor"."""
    return _WAS.match(phrase) is not None


def _leads_people(words: list[str], lists: Lists) -> bool:
    """Whether a noun phrase is one for leaders of a people: "Norwegian leaders"."""
    return (
        len(words) > 1
        and words[-1].lower() in _LEADING
        and any(lists.adjectives.get(word) == "people" for word in words[:-1])
    )


def last_title(words: list[str], begin: int, end: int, lists: Lists) -> tuple[Title | None, tuple[int, int]]:
    """Last title of the list within words[begin:end], and its position.

    "secretary of state" may go beyond `end`.
    """
    for stop in range(end, begin, -1):
        for start in range(max(begin, stop - _LONGEST), stop):
            for reach in range(min(len(words), stop + 4), stop - 1, -1):
                if reach > stop and words[stop].lower() not in ("of", "for", "in", "to", "on", "and"):
                    continue
                found = _listed(words[start:reach], lists)
                if found is not None and _may_follow(words[reach:end], found[0]):
                    return found, (start, reach)
    return None, (begin, begin)


def _may_follow(words: list[str], kind: str) -> bool:
    """Whether `words` may come between a title and the end of its noun phrase.

    A name may, and a participle. Other words have a head of their own: "police dog handler".
    """
    if kind == "lay" and words and words[-1][:1].isupper():
        return False  # "the Workers Federation"
    return all(not word[:1].islower() or word.endswith(("ed", "ing")) for word in words)


def _listed(words: list[str], lists: Lists) -> Title | None:
    """Title of the list for `words`, or None.

    The words count as written, in lower case, and in the singular.
    """
    titles = lists.sector_titles
    last = words[-1].lower()
    if last not in _last_words(lists) and not last.endswith((".", "'s", "’s")):
        return None
    phrase = joined(words)
    found = titles.get(phrase) or titles.get(phrase.lower())
    if found is not None:
        return found
    if singular := lists.plural.get(last):
        return titles.get(" ".join([*words[:-1], singular]).lower())
    return titles.get(phrase.lower()[:-1]) if last.endswith(".") else None


@lru_cache(maxsize=4)
def _last_words(lists: Lists) -> frozenset[str]:
    """Last words of the titles of the list and the plural nouns, in lower case."""
    return frozenset(title.rpartition(" ")[2].lower() for title in lists.sector_titles) | lists.plural.keys()


def ends_title(last: str, lists: Lists) -> bool:
    """Whether a title, or a noun for people, may end with a word in lower case."""
    return last in _last_words(lists) or last in lists.singular or last in lists.spokespeople


def joined(words: list[str]) -> str:
    return " ".join(words).replace(" 's", "'s").replace(" ’s", "'s")


def _singular(phrase: str) -> str:
    """`phrase` in lower case without a plural ending, or ""."""
    low = phrase.lower()
    if low.endswith("ies"):
        return low[:-3] + "y"
    return low[:-1] if low.endswith("s") and not low.endswith("ss") else ""


def organisation_of(words: list[str], lists: Lists) -> str:
    """Sector of the organisation that `words` name, or "".

    The longest entry of the list wins, then the last one.
    """
    if not words:
        return ""
    known = lists.sector_organisations
    best, found = (0, -1), ""
    for start in range(len(words)):
        for stop in range(min(len(words), start + _LONGEST), start, -1):
            phrase = joined(words[start:stop])
            sector = known.get(phrase) or known.get(phrase.lower()) or known.get(_singular(phrase))
            if sector and (stop - start, start) > best:
                best, found = (stop - start, start), sector
            if sector:
                break
    if found:
        return "business" if found != "business" and _is_of_trade(words, lists) else found
    whole = " ".join(words)
    if _CALL_LETTERS.fullmatch(whole):
        return "media"
    if whole[:1].isupper() and lists.outlet(whole):  # "people" is not the magazine
        return "media"
    last = words[-1].lower()
    kind = lists.trades.get(last)
    if kind in ("firm", "regulator", "media"):
        return {"firm": "business", "regulator": "government", "media": "media"}[kind]
    return "parliament and parties" if lists.adjectives.get(words[0]) == "party" else ""


@lru_cache(maxsize=20_000)
def sector_by_name(name: str, lists: Lists) -> str:
    """Sector of the organisation that a name or phrase names, or ""."""
    return organisation_of(TOKEN.findall(name), lists)


def _is_of_trade(words: list[str], lists: Lists) -> bool:
    """Whether `words` name an association of a trade: "Lamp Retailers Federation"."""
    low = [word.lower() for word in words]
    head = next((i for i, word in enumerate(low) if word in lists.context_words["association"]), 0)
    if lists.context_words["workers"].intersection(low):
        return False
    known = lists.sector_organisations
    is_joint = bool(head) and low[head] in _JOINT  # "Restaurants Association of Halden"
    return any(
        (low[i] in lists.plural and lists.sector_titles.get(lists.plural[low[i]], ("", ""))[1] == "business")
        or (is_joint and known.get(low[i], known.get(_singular(low[i]))) == "business")
        for i in range(head)
    )


def official_of(words: list[str], lists: Lists) -> str:
    """Sector of the office-holder whom `words` name: "President Ann Lee"; else "".

    A place before the office is left out.
    """
    place = next((n for n in (3, 2, 1) if " ".join(words[:n]) in lists.places), 0)
    words = words[place:] or words
    for stop in range(min(len(words), 4), 0, -1):
        found = _listed(words[:stop], lists)
        if (
            found
            and (found[0] == "role" or words[0].lower() in ("president", "vice"))
            and found[1] in _OFFICIAL
        ):
            return found[1]
    return ""


def _names_organisation(words: list[str], lists: Lists) -> bool:
    whole = " ".join(words)
    return words[0][:1].isupper() and whole not in lists.places and words[0] not in lists.adjectives
