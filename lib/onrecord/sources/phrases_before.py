"""Phrases before a name.

Examples are "Alder Foods chief executive Jan Moll" and "The mayor, Jan Moll,".
"""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.mentions.words import STOPS
from onrecord.sources.affiliations import is_organisation_name
from onrecord.sources.person_phrases import Phrase, phrase_for
from onrecord.sources.phrase_words import Words
from onrecord.sources.titles import is_role
from onrecord.wordlists import Lists, word_set

_TRIED = 4  # words at which a phrase before a name may begin
_BACK = 140  # characters before a name that are read
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
_LAST_NAME = re.compile(r"(?:[A-ZÀ-Þ][\w&.-]*)(?: (?:[A-ZÀ-Þ][\w&.-]*|of|and|for))*$")
_MARKS = ("\n", "“", "”", '"', ";", ":", "(", "—", "–", ", ")
_SHORT_NAME = re.compile(r" \([A-Z][\w&.-]{1,9}\)$")
_IN_SENTENCE = re.compile(r"[\w’][”\"] ")  # behind words in quotation marks that the sentence goes on from
_OPENS = re.compile(r"(?:As )?(?:an?|the|his|her|one of|its|their)\b|As ", re.IGNORECASE)


def phrases_before(text: str, start: int, end: int, first: int, lists: Lists) -> list[Phrase]:
    """Phrases before the name at [start, end). One row per phrase.

    The sentence begins at `first`. There are two in "The vice-chancellor of the university, Professor Moll".
    """
    nearest = _before(text, start, end, first, lists)
    if nearest is None:
        return []
    if nearest.title is None or text[first : nearest.start][-2:] != ", ":
        return [nearest]
    fuller = _apposition_before(text, nearest.start, end, max(first, start - _BACK), False, lists)
    return [nearest, fuller] if fuller else [nearest]


def _before(text: str, start: int, end: int, first: int, lists: Lists) -> Phrase | None:
    """Phrase right before a name, or before its comma."""
    begin = max(first, start - _BACK)
    start = _before_honorific(text, begin, start, lists)
    if text[start - 2 : start] == ", ":
        return _apposition_before(text, start, end, begin, begin == first, lists)
    if text[start - 1] != " ":
        return None
    if text.startswith(("’s", "'s"), max(0, start - 3)):
        return _owner_before(text, begin, start - 3, lists)
    word = text[max(begin, text.rfind(" ", begin, start - 1) + 1) : start - 1]
    if word in lists.titles and lists.title_words.get(word.lower()) == "none":  # "Mr", "Dame"
        start -= len(word) + 1
        word = text[max(begin, text.rfind(" ", begin, max(0, start - 1)) + 1) : max(0, start - 1)]
    if _may_end_phrase(word, lists):
        return _read_back(text, begin, start - 1, lists)
    return _with_complement(text, begin, start - 1, lists) if word[:1].isupper() else None


def _before_honorific(text: str, begin: int, start: int, lists: Lists) -> int:
    """Start of a name with "Mr" behind a comma before it: "the dean, Mr Moll"."""
    word = text[max(begin, text.rfind(" ", begin, max(0, start - 1)) + 1) : max(0, start - 1)]
    behind = start - len(word) - 1
    if text[behind - 2 : behind] != ", ":
        return start
    is_honorific = word in lists.titles and lists.title_words.get(word.lower().rstrip(".")) == "none"
    return behind if is_honorific else start


_OF = re.compile(r" (?:of|for|at) ")


def _with_complement(text: str, begin: int, stop: int, lists: Lists) -> Phrase | None:
    """Phrase with a name before the person's: "the chair of Alder Foods Jan Moll"."""
    for link in list(_OF.finditer(text, begin, stop))[:-3:-1]:
        word = text[text.rfind(" ", begin, link.start()) + 1 : link.start()]
        own = _read_back(text, begin, link.start(), lists) if _may_end_phrase(word, lists) else None
        if own is not None:
            return phrase_for(text, own.start, stop, "before", lists, complete=True)
    return None


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


def _read_back(text: str, begin: int, stop: int, lists: Lists) -> Phrase | None:
    """Phrase for a person that ends at `stop`: "Alder Foods chief executive"."""
    cut = max([text.rfind(mark, begin, stop) for mark in _MARKS])
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
        if first == 0 and not _IN_SENTENCE.match(text, max(0, cut - 1)):
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
    if low == "for":  # "Party for Harbours founder"
        return k > 0 and words.is_upper(k - 1) and words.is_upper(k + 1) and not is_role(words, k - 1, lists)
    if low in lists.context_words["clock"] and word.isupper():  # "at 6:30 AM President Moll"
        return False
    if low in lists.context_words["time"]:  # "since the moment President Moll"
        return False
    if low == "and":  # "Senator Ida Moss and Mayor Jan Moll" are two
        precedes_role = k + 1 < len(words) and is_role(words, k + 1, lists)
        return k > 0 and (is_role(words, k - 1, lists) or not precedes_role)
    if low == "accused":
        return False
    if word[0].isupper():
        return (
            word not in lists.starters
            or word in lists.titles
            or word == "New"
            or (low in lists.context_words["before_title"] and k == 0)  # "Former Governor Moll"
        )
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


def _opens_phrase(text: str, at: int, lists: Lists) -> bool:
    if _OPENS.match(text, at):
        return True
    word = re.match(r"[\w’'-]+", text[at : at + 40])
    return word is not None and (
        text[at].isupper() or word[0] in lists.singular or lists.title_words.get(word[0]) == "part"
    )
