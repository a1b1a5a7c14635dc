"""Phrases that say who a named person is, around one mention of the name.

Before the name ("Alder Foods chief executive Jan Moll"), behind it ("Jan Moll, 43, who runs Alder
Foods,", "Jan Moll (D-Calif.)", "Jan Moll of Alder Foods") or with a verb ("Jan Moll is the mayor").
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from onrecord.mentions.words import STOPS
from onrecord.records import Span
from onrecord.sources.affiliations import Words, is_organisation_name
from onrecord.sources.titles import is_role, read_title
from onrecord.wordlists import Lists, word_set

_SHORTEST = 12  # characters of a relative clause
_TRIED = 4  # words at which a phrase before a name may begin
_BACK, _AHEAD = 140, 400  # characters around a mention that are read
_TAG = re.compile(
    r"(?: \(|, )(?P<tag>(?:[DRI]|Lab|Con|LD|Lib|ALP|NDP)[-–][A-Z\d][\w.]*(?:[ -][A-Z][\w.]*)*)[),]?"
)
_BRACKETS = re.compile(r" \((?P<within>[^()\n]{2,60})\)")
_AGE = re.compile(
    r"(?:aged? )?\d{1,3}(?=[,.;:]| (?:and|who|of|from)\b)|(?:now |then )?\d{1,3}-(?:year|month)s?-old(?=[,.])"
)
_DEGREE = re.compile(r"(?:[A-Z][a-z]?\.){2,4}|Ph\.? ?D\.?|[JS]r\.|[MBDO][A-Z]{1,3}(?=,)|FRS|QC|KC|RN")
_RELATIVE = re.compile(r"(?:who|whose|whom|which)\b")
_BY_NAME = re.compile(r" (?:of|from|at|with|for) (?:the )?(?=[A-ZÀ-Þ])")
_COPULA = re.compile(
    r",? (?:is|was|has been|became|serves?(?: as)?|served(?: as)?|works as|worked as|has served as)"
    r"(?: also| now| currently| then| formerly| himself| herself| once| previously)?"
    r"(?:,(?! (?:who|a|an|the)\b)[^,.;“”\"\n]{1,40},)?"  # "is, by most accounts, the best"
    r" (?=an?\b|the\b|one of\b|[a-z]+\b)"
)
# "attended the meeting as chair of the board", "was sworn in as a judge"
_ACTING = re.compile(
    r" (?:(?:has|had|was|is|who|also|first|now) ){0,3}"
    r"(?:attend|serv|work|act|testif|appear|sworn|elected|appoint|named|hire|retire|join|start|train)\w*"
    r"[^.,;:()“”\"\n]{0,60}? as (?:an? |the )?(?=[a-z])"
)
_END = re.compile(r"[,;:()“”\"\n!?—–]| - | (?:said|says|told|tells|added|recalled|recalls)\b")
_LINK = re.compile(r"(?:formerly |now |both )?(?:of|from|at|with) (?:the )?(?=[A-ZÀ-Þ])")
_NESTED = re.compile(r"(?:an?|the|its) (?=[a-z])")
_RUNS = re.compile(
    r"(?:who|and) (?:now |also |co-|then |once |currently |has |had )?"
    r"(?:runs?|ran|heads?|headed|leads?|led|chairs?|chaired|founded|directs?|directed|owns?|owned|manages?"
    r"|managed|oversees|oversaw|edits?|represents?|represented|work(?:s|ed) (?:for|at|with)"
    r"|(?:teach(?:es)?|taught)(?: [a-z]+){0,3} at|(?:serves|served|sits|sat) on"
    r"|stud(?:y|ies|ied)(?: [a-z]+){1,4} at) (?:the )?(?=[A-ZÀ-Þ])"
)
_CONNECTIVES = word_set("that and but or when while after before as because if")
_PREPOSITIONS = word_set("of to with by for from at in on about and than like")
_DETERMINER = re.compile(r"(?i)\b(?:the|an?|his|her|their|its|one of)\b (?=[\w“])")
_SEGMENT = re.compile(r"[;:“”\"\n(—–!?]|, | - ")
_BREAKS = STOPS | word_set(
    """with from that into about over under between among against said says told were have been will would
    could should does when where which while whose whom than then also only even more less very such both
    either neither because since after before during through toward towards upon like include includes
    calls called makes made give gives gave take takes took wants want need needs help helps join say know
    knows knew think thought believe is was are has had by to in on at for as but met sent beat replaced
    asked if not out up off saw sees named led"""
)


class Phrase(NamedTuple):
    """One phrase for a source, by offsets of the article."""

    start: int
    end: int
    kind: str  # before, behind, clause, copula, tag, affiliation
    head: str  # its noun in lower case, or ""
    title: Span | None
    affiliation: Span | None


def phrases_at(text: str, mention: Span, sentence: Span, lists: Lists) -> list[Phrase]:
    """Phrases around one mention of a name, in its sentence. One row per phrase."""
    start, end = mention
    found: list[Phrase] = []
    if start > sentence[0] and (before := _before(text, start, end, sentence[0], lists)):
        found.append(before)
        if before.title and before.start > sentence[0] and text[before.start - 2 : before.start] == ", ":
            # "The vice-chancellor of the university, Professor Moll"
            fuller = _apposition_before(
                text, before.start, end, max(sentence[0], start - _BACK), False, lists
            )
            found += [fuller] if fuller else []
    return found + _behind(text, end, min(sentence[1], end + _AHEAD), sentence[0] == start, lists)


# -- before the name -------------------------------------------------------------------------------


def _before(text: str, start: int, end: int, first: int, lists: Lists) -> Phrase | None:
    """Phrase right before a name, or before its comma."""
    begin = max(first, start - _BACK)
    if text[start - 2 : start] == ", ":
        return _apposition_before(text, start, end, begin, begin == first, lists)
    if text[start - 1] != " ":
        return None
    if text.startswith(("’s", "'s"), start - 3):
        return _owner_before(text, begin, start - 3, lists)
    word = text[max(begin, text.rfind(" ", begin, start - 1) + 1) : start - 1]
    if not _may_end_phrase(word, lists):
        return None
    return _read_back(text, begin, start - 1, lists)


_LAST_NAME = re.compile(r"(?:[A-ZÀ-Þ][\w&.-]*)(?: (?:[A-ZÀ-Þ][\w&.-]*|of|and|for))*$")


def _owner_before(text: str, begin: int, stop: int, lists: Lists) -> Phrase | None:
    """Organisation that owns a name: "Harbour Radio’s Jan Moll"."""
    match = _LAST_NAME.search(text[max(begin, stop - 60) : stop])
    if match is None:
        return None
    span = (max(begin, stop - 60) + match.start(), stop)
    name = text[slice(*span)]
    return Phrase(*span, "owner", "", None, span) if is_organisation_name(name, lists) else None


@lru_cache(maxsize=50_000)
def _may_end_phrase(word: str, lists: Lists) -> bool:
    low = word.lower().rstrip(".,")
    last = low.rpartition("-")[2]
    return (
        word in lists.titles
        or last in lists.singular
        or last in lists.plural
        or low in lists.spokespeople
        or lists.title_words.get(low) == "part"
        or low.endswith(("er", "or", "ist", "ian", "man"))
    )


_MARKS = ("\n", "“", "”", '"', ";", ":", "(", "—", "–", ", ")


def _read_back(text: str, begin: int, stop: int, lists: Lists) -> Phrase | None:
    """Phrase for a person that ends at `stop`: "Alder Foods chief executive"."""
    cut = max(text.rfind(mark, begin, stop) for mark in _MARKS)
    begin = max(begin, cut + 1)
    words = Words(text[begin:stop])
    first = len(words)
    unknown: list[int] = []
    while first > 0 and len(words) - first < 12:
        word, low = words.words[first - 1], words.low[first - 1]
        if low in ("a", "an", "the", "his", "her", "their", "its", "our", "one"):
            unknown = []
            break
        if not _joins(words, first - 1, lists):
            if low in _BREAKS or low.endswith(("ed", "ing", "ly")):
                break
            unknown = []
            break
        if word[0].islower() and not _is_known(words, first - 1, lists):
            unknown.append(first - 1)
        first -= 1
    else:
        if first == 0:
            unknown = []
    if unknown:
        first = max(unknown) + 1
    for k in range(first, min(len(words), first + _TRIED)):
        if not words.words[k][0].isalnum() or words.low[k] in ("and", "of"):
            continue
        found = phrase_for(text, begin + words.spans[k][0], stop, "before", lists, complete=True)
        if found is not None:
            return found
    return None


def _joins(words: Words, k: int, lists: Lists) -> bool:
    """Whether word `k` may belong to a phrase that ends right before a name."""
    word, low = words.words[k], words.low[k]
    if words.is_possessive(k) or word in ("&", "-", "/"):
        return True
    if word == ".":
        return words.is_abbreviated(k - 1, lists)
    if not word[0].isalnum():
        return False
    if low == "of":
        return k > 0 and (is_role(words, k - 1, lists) or (words.is_upper(k - 1) and words.is_upper(k + 1)))
    if low == "and":  # "Senator Ida Moss and Mayor Jan Moll" are two
        return k > 0 and (is_role(words, k - 1, lists) or not is_role(words, k + 1, lists))
    if low == "accused":
        return False
    if word[0].isupper():
        return word not in lists.starters or word in lists.titles or word == "New"
    if low in lists.title_words or low in lists.ranks or is_role(words, k, lists):
        return True
    return low not in _BREAKS and not low.endswith(("ed", "ing", "ly")) and low not in lists.reporting_verbs


def _is_known(words: Words, k: int, lists: Lists) -> bool:
    low = words.low[k]
    return (
        low in lists.title_words
        or low in lists.ranks
        or low in lists.bodies
        or low in lists.fields
        or low in ("of", "and")
        or words.is_possessive(k)
        or is_role(words, k, lists)
    )


def _apposition_before(
    text: str, start: int, end: int, begin: int, is_whole: bool, lists: Lists
) -> Phrase | None:
    """Phrase before ", NAME": "The company's chief executive, Jan Moll, said"."""
    stop = start - 2
    if (abbreviation := _SHORT_NAME.search(text, max(begin, stop - 14), stop)) is not None:
        stop = abbreviation.start()
    cuts = [match.end() for match in _SEGMENT.finditer(text, begin, stop)]
    segment = cuts[-1] if cuts else begin
    segment += text[segment] == " "
    opens = is_whole and not cuts
    if text[end : end + 1] in (",", ".", ":", ";", "”", "\n", "") or text.startswith((" (", "’s", "'s"), end):
        starts = [segment, *(match.start() for match in _DETERMINER.finditer(text, segment, stop))][:5]
    elif opens:
        starts = [segment]
    else:
        return None
    for at in starts:
        if at == segment and not _opens_phrase(text, at, lists):
            continue
        found = phrase_for(text, at, stop, "before", lists, complete=True)
        if found is not None:
            return found
    return None


_SHORT_NAME = re.compile(r" \([A-Z][\w&.-]{1,9}\)$")
_OPENS = re.compile(r"(?:As )?(?:an?|the|his|her|one of|its|their)\b|As ", re.IGNORECASE)


def _opens_phrase(text: str, at: int, lists: Lists) -> bool:
    if _OPENS.match(text, at):
        return True
    word = re.match(r"[\w’'-]+", text[at : at + 40])
    return word is not None and (
        text[at].isupper() or word[0] in lists.singular or lists.title_words.get(word[0]) == "part"
    )


def phrase_for(
    text: str, at: int, stop: int, kind: str, lists: Lists, *, complete: bool = False
) -> Phrase | None:
    """Phrase for a person that begins at `at`; it must reach `stop` if it is to be complete."""
    parts = read_title(text[at:stop], lists, is_loose=complete)
    if parts is None or (complete and at + parts.end != stop):
        return None
    title, affiliation = (
        (at + span[0], at + span[1]) if span else None for span in (parts.title, parts.affiliation)
    )
    begin = at + parts.start
    return Phrase(begin, at + parts.end, kind, parts.head, title, affiliation)


# -- behind the name -------------------------------------------------------------------------------


def _behind(text: str, end: int, stop: int, is_subject: bool, lists: Lists) -> list[Phrase]:
    """Phrases right behind a name."""
    if text[end : end + 1] not in (" ", ","):
        return []
    found: list[Phrase] = []
    tag = _TAG.match(text, end, stop)
    if tag is not None:
        found.append(Phrase(*tag.span("tag"), "tag", "", None, tag.span("tag")))
        end = tag.end() - (text[tag.end() - 1] == ",")
    elif (brackets := _BRACKETS.match(text, end, stop)) is not None:
        within = phrase_for(text, brackets.start("within"), brackets.end("within"), "behind", lists)
        if within is not None:
            found.append(within)
        end = brackets.end()
    end += text.startswith(" , ", end)
    if text.startswith(", ", end):
        return found + read_segments(text, end + 2, stop, lists)
    if text.startswith((" — ", " – ", " - "), end):
        return found + read_segments(text, end + 3, stop, lists)
    if (by_name := _BY_NAME.match(text, end, stop)) is not None:
        span = name_at(text, by_name.end(), stop)
        if span and is_organisation_name(text[slice(*span)], lists):
            found.append(Phrase(*span, "affiliation", "", None, span))
            if text.startswith(", ", span[1]):
                found += read_segments(text, span[1] + 2, stop, lists)
    elif (copula := _COPULA.match(text, end, stop)) is not None:
        stated = phrase_for(text, copula.end(), stop, "copula", lists)
        if stated is not None:
            title = None if stated.head in lists.plural else stated.title  # "one of several leaders"
            last = segment_end(text, stated.end, stop)
            found.append(stated._replace(start=copula.end(), end=last, title=title))
    elif (acting := _ACTING.match(text, end, stop)) is not None:
        stated = phrase_for(text, acting.end(), stop, "copula", lists)
        if stated is not None and stated.head not in lists.plural:
            found.append(stated._replace(end=segment_end(text, stated.end, stop)))
    return found


def name_at(text: str, start: int, stop: int) -> Span | None:
    """Capitalised name that begins at `start`."""
    match = _NAME.match(text, start, stop)
    return match.span() if match else None


_NAME = re.compile(
    r"[A-ZÀ-Þ][\w’'.&-]*(?<![.])(?:(?: (?:of|for|the|and|&|de|in|on))* [A-ZÀ-Þ][\w’'&-]*|’s [A-Z]\w+)*"
)


def read_segments(text: str, at: int, stop: int, lists: Lists) -> list[Phrase]:
    """Phrases between commas behind a name: "43, a nurse at Holme Hospital, who …"."""
    found: list[Phrase] = []
    begin = at
    while at < stop:
        if (age := _AGE.match(text, at, stop) or _DEGREE.match(text, at, stop)) is not None:
            begin = at = _behind_comma(text, age.end())
            at += 4 * text.startswith("and ", at)
            continue
        part = _segment(text, at, stop, found, lists)
        if part is None:
            break
        if part.kind == "behind":
            part, *more = _joint(text, part, stop, lists)
            found += more
        if part.kind == "nested":
            last = found[-1]
            found[-1] = last._replace(end=part.end, affiliation=last.affiliation or part.affiliation)
        else:
            found.append(part._replace(start=at) if part.kind != "affiliation" else part)
        if not text.startswith(", ", part.end):
            break
        at = part.end + 2
    if len(found) > 1 and begin <= found[0].start:
        # all of it as one phrase: "a nurse at Holme Hospital, who has worked there for 20 years"
        found[0] = found[0]._replace(end=max(phrase.end for phrase in found))
    return found


_AND = re.compile(r",? and (?:also )?(?=[a-z])")


_WORKS_AS = re.compile(r" who (?:now |also |has )?(?:works|worked|serves|served) as (?=an? |the )")


def _joint(text: str, first: Phrase, stop: int, lists: Lists) -> list[Phrase]:
    """One or two phrases for one person: "a parent at the school and an organiser with the union"."""
    joint = _AND.match(text, first.end, stop) or _WORKS_AS.match(text, first.end, stop)
    second = phrase_for(text, joint.end(), stop, "behind", lists) if joint else None
    if joint is None or second is None or second.head in lists.plural:
        return [first._replace(end=_before_verb(text, first.end, stop, lists))]
    word = text[joint.end() : joint.end() + 30].partition(" ")[0]
    if not _may_open(word, second.head, lists):
        return [first._replace(end=_before_verb(text, first.end, stop, lists))]
    end = _before_verb(text, second.end, stop, lists)
    return [first._replace(end=end), second._replace(end=end)]


def _before_verb(text: str, at: int, stop: int, lists: Lists) -> int:
    """End of the segment, which is here where a reporting verb follows: "a driver from Holme believes"."""
    word = _WORD.match(text, at, stop)
    if word is None:
        return segment_end(text, at, stop)
    verb = lists.reporting_verbs.get(word[1])
    is_third = word[1].endswith("s") and word[1] not in STOPS and text[at - 1].isalpha()
    return at if is_third or (verb and verb.tenses & {"third", "past"}) else segment_end(text, at, stop)


_WORD = re.compile(r" ([a-z]+)")


def _behind_comma(text: str, end: int) -> int:
    return end + 2 if text.startswith(", ", end) else end + (text[end : end + 1] == " ")


def _segment(text: str, at: int, stop: int, found: list[Phrase], lists: Lists) -> Phrase | None:
    """Phrase that one segment behind a name is, or None where it is none."""
    word = re.match(r"[\w’'-]+", text[at : at + 30])
    if word is None or word[0] in _CONNECTIVES:
        return None
    if _RELATIVE.match(text, at):
        return clause(text, at, stop, lists)
    if (link := _LINK.match(text, at, stop)) is not None:
        span = name_at(text, link.end(), stop)
        if span and is_organisation_name(text[slice(*span)], lists):
            return Phrase(at, segment_end(text, span[1], stop), "affiliation", "", None, span)
        if span and text[span[1] : span[1] + 1] == ",":
            return Phrase(at, span[1], "nested", "", None, None) if found else None
        return None
    phrase = phrase_for(text, at, stop, "behind", lists)
    if phrase is not None and _may_open(word[0], phrase.head, lists):
        return phrase
    if not found:
        return None
    if _NESTED.match(text, at) and found[-1].affiliation is not None:
        end = segment_end(text, at, stop)
        words = text[at:end].split(" ")
        if any(w in lists.bodies for w in words[1:6]):
            return Phrase(at, end, "nested", "", None, None)
        return None
    span = name_at(text, at, stop)
    if span and text[span[1] : span[1] + 1] in (",", ".", ""):
        name = text[slice(*span)]
        if found[-1].affiliation is None and found[-1].title and is_organisation_name(name, lists):
            return Phrase(*span, "nested", "", None, span)
        if name in lists.places:
            return Phrase(*span, "nested", "", None, None)
    return None


_DETERMINERS = word_set("a an the his her their its one our my two three both")


_PARTICIPLES = word_set("acting managing marketing founding retired")


def _may_open(word: str, head: str, lists: Lists) -> bool:
    """Whether a segment that opens with `word` may be in apposition: not with a verb, not a list."""
    if word in _DETERMINERS:
        return True
    if head in lists.plural:
        return False
    return not word.endswith(("ed", "ing")) or word in (
        "acting",
        "managing",
        "marketing",
        "founding",
        "retired",
    )


# What a relative clause must not say: that somebody spoke, or asked not to be named.
_SPOKE = re.compile(
    r"who(?: (?:has|have|had|was|were|is|are|also|then|later|both|often|repeatedly|reportedly|first|only"
    r"|did|do|does)){0,4}(?: not)? (?P<verb>[a-z]+(?:n’t|n't)?)"
)
_DID_NOT = re.compile(r"who (?:(?:did|does|do|has|have|had|would|could) not|\w+n[’']t)\b")
_NOT_WHO = word_set(
    """spoke speaks asked asks declined declines requested requests insisted insists refused refuses wanted
    want wants respond comment gave give gives did do does attended be been authorised authorized named"""
)


def clause(text: str, at: int, stop: int, lists: Lists) -> Phrase | None:
    """Relative clause that says who somebody is."""
    verb = _SPOKE.match(text, at, stop)
    if _DID_NOT.match(text, at, stop):
        return None
    if verb is not None and (verb["verb"] in _NOT_WHO or _reports(verb["verb"], lists)):
        return None
    end = segment_end(text, at + 3, stop)
    if end - at < _SHORTEST or lists.markers.search(text, at, end):
        return None
    title = affiliation = None
    head = ""
    if (runs := _RUNS.match(text, at, end)) is not None:
        affiliation = name_at(text, runs.end(), end)
    elif text.startswith(("who is ", "who was ", "who works as ", "who serves as ", "who served as "), at):
        stated = phrase_for(text, at, end, "clause", lists)
        if stated is not None:
            head, title, affiliation = stated.head, stated.title, stated.affiliation
    return Phrase(at, end, "clause", head, title, affiliation)


def _reports(verb: str, lists: Lists) -> bool:
    known = lists.reporting_verbs.get(verb)
    return known is not None and bool(known.kinds & {"say", "tell"})


def segment_end(text: str, at: int, stop: int) -> int:
    """End of the segment that goes on at `at`: a comma, a bracket, a dash or the end of the sentence."""
    match = _END.search(text, at, stop)
    end = match.start() if match else stop
    while end > at and text[end - 1] in " .":
        end -= 1
    return end
