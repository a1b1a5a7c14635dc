"""Title and affiliation within a phrase for a person.

An example is "chief executive of Alder Foods".

Plain functions over str: a phrase is read from left to right, up to the noun that says what somebody
is, and on through the prepositions behind it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from onrecord.mentions.nouns import head_kind
from onrecord.mentions.words import STOPS
from onrecord.records import Span
from onrecord.sources.affiliations import (
    find_affiliation_after,
    find_affiliation_before,
    is_organisation_name,
)
from onrecord.sources.phrase_words import Words
from onrecord.wordlists import Lists, word_set

_OPENING = word_set(
    """a an the this that these those his her their its our my one as who is was now also both himself
    herself then formerly currently works serves worked served became are were some two three four five
    six seven eight nine ten eleven twelve several many another other some dozens hundreds third fourth
    fifth more less fewer than least nearly almost roughly dozen"""
)
_DETERMINERS = word_set("a an the his her their its our this that")
_OWNERS = word_set("his her their its my our your")
_STOP = STOPS | word_set(
    """at for from in with on to by about who whom whose which that because when where while since after
    before during under over into between among against near across within without through is was are
    were has have had will would could should can may might did do does be been said says told but than
    not if so or it he she they we i you based via per until like including amid there here a an the of
    living working turned-up speaking citing"""
)
_TRAILING = word_set("general elect emeritus emerita designate delegate")
_REACH = 14  # words of a noun phrase before its head


class TitleParts(NamedTuple):
    """What a phrase for a person says, by offsets into the phrase."""

    head: str  # the noun in lower case, as written
    title: Span | None  # None for a noun that is not a title: "a resident"
    affiliation: Span | None
    start: int  # of the phrase, without determiner and age
    end: int  # behind the phrase and its complements


@lru_cache(maxsize=20_000)
def read_title(text: str, lists: Lists, *, is_loose: bool = False) -> TitleParts | None:
    """Title and affiliation in `text`, which begins with a phrase for a person.

    None where it does not.

    Age, determiner and place are left out of the title ("43, a teacher from Holme"). The affiliation is
    an organisation, the place of an office ("mayor of Holme") or a person ("Moll's lawyer"), without
    "the". A noun on no list counts by its ending ("a tiler") behind a determiner, or where `is_loose`.
    """
    words = Words(text)
    opened = _skip_opening(words)
    first, stop, owner = _noun_phrase(words, opened, lists)
    is_loose = is_loose or owner is not None or any(low in _DETERMINERS for low in words.low[:opened])
    head = _head(words, first, stop, lists, is_loose=is_loose)
    if head is None:
        return None
    start, before = find_affiliation_before(words, first, head, lists)
    if owner is not None and _is_owner(words, owner, lists):
        before = owner
    after = _behind(words, head, lists)
    title_end, behind, end = _complements(words, after, lists)
    if before is not None and start < head and words.words[start].isdigit():
        start, before = before[0], None  # "AB 1777 author"
    if before is not None and _is_term(words, before, head, lists):
        start, before = before[0], None  # "Acting U.S. Attorney"
        start -= start > 0 and words.low[start - 1] in lists.context_words["before_title"]
    while (  # not in "current and former officials"
        start < head
        and lists.title_words.get(words.low[start]) == "aside"
        and words.low[start + 1] not in ("and", "or")
    ):
        start += 1
    noun = lists.plural.get(words.low[head], words.low[head])
    kind = lists.title_words.get(noun, lists.title_words.get(noun.rpartition("-")[2]))
    if words.words[head] in lists.adjectives or words.words[head] in lists.peoples:
        kind = "none"  # "a Republican"
    affiliation = behind or before
    if kind == "tied":
        is_bare = owner is not None or affiliation is None
        kind = "none" if is_bare or words.low[max(0, opened - 1)] in _OWNERS else ""
    if kind == "none" and affiliation is not None:
        # "a resident of Holme" and "Moll's father" belong to no organisation
        name = " ".join(words.words[slice(*affiliation)])
        affiliation = affiliation if is_organisation_name(name, lists) else None
    return TitleParts(
        words.low[head],
        None if kind == "none" else words.span(start, title_end),
        words.span(*affiliation) if affiliation else None,
        words.spans[first if owner is None else owner[0]][0],
        words.spans[end - 1][1],
    )


def _skip_opening(words: Words) -> int:
    """Index of the first word behind age, determiner and "who is"."""
    i = 0
    while i < len(words) and (
        words.low[i] in _OPENING
        or not words.low[i][0].isalnum()
        or words.low[i][0].isdigit()
        or words.low[i] in ("aged", "age", "of")
    ):
        i += 1
    return i


def _noun_phrase(words: Words, first: int, lists: Lists) -> tuple[int, int, tuple[int, int] | None]:
    """First word, stop and owner of the noun phrase that begins at `first`."""
    owner: tuple[int, int] | None = None
    j = first
    while j < min(len(words), first + _REACH):
        word, low = words.words[j], words.low[j]
        if words.is_possessive(j):
            owner, first = (first, j), j + 1
        elif low in ("and", "or", "/"):
            if j > first and is_role(words, j - 1, lists):
                break
        elif word == ".":
            if not words.is_abbreviated(j - 1, lists):
                break
        elif low in ("of", "for"):
            if not _is_within_name(words, j, lists):
                break
        elif (not word[0].isalnum() and word != "&") or (low in _STOP and word[0].islower()):
            break
        j += 1
    return first, j, owner


def _is_within_name(words: Words, of: int, lists: Lists) -> bool:
    """Whether "of" or "for" is within a name before a noun.

    An example is "a Department of Health spokesman".
    """
    if of == 0 or of + 2 >= len(words) or is_role(words, of - 1, lists):
        return False
    if not (words.words[of - 1][0].isupper() and words.words[of + 1][0].isupper()):
        return False
    behind = range(of + 2, min(len(words), of + 6))
    last = len(words) - 1
    return any(is_role(words, k, lists) and (k == last or words.words[k][0].islower()) for k in behind)


def is_role(words: Words, k: int, lists: Lists) -> bool:
    """Whether word `k` is a listed noun for people, or a title."""
    word, low = words.words[k], words.low[k]
    if low in lists.singular or low in lists.plural or low in lists.spokespeople or word in lists.titles:
        return True
    if word in lists.adjectives or word in lists.peoples:
        return lists.adjectives.get(word) == "party" or word in lists.peoples
    if lists.title_words.get(low) == "noun" or word + "." in lists.titles:
        return True
    last = low.rpartition("-")[2]
    return last != low and (last in lists.singular or last in lists.plural)


def _head(words: Words, first: int, stop: int, lists: Lists, *, is_loose: bool = False) -> int | None:
    """Index of the noun that says what somebody is."""
    if first >= stop:
        return None
    last = stop - 1
    head = next((k for k in range(last, first - 1, -1) if is_role(words, k, lists)), None)
    if head is not None:
        if head > first and is_role(words, head - 1, lists) and _is_honorific(words, head, lists):
            return head - 1  # "Professor Dame"
        behind = [words.words[k] for k in range(head + 1, stop) if words.words[k] != "."]
        if not behind or behind[0].lower() in _TRAILING or behind[0].endswith("day"):
            return head
        if behind[0].islower() and behind[0].endswith(("ed", "ing", "ly")):
            return head
    if not is_loose:
        return None
    return last if head_kind(words.low[last], words.low[last], lists)[0] in ("person", "people") else None


def _is_term(words: Words, before: tuple[int, int], head: int, lists: Lists) -> bool:
    """Whether a country before an office is part of its name: "U.S. Attorney"."""
    country = "".join(words.words[slice(*before)]).replace(".", "")
    return country in ("US", "UnitedStates") and words.low[head] in lists.context_words["us_office"]


def _is_honorific(words: Words, k: int, lists: Lists) -> bool:
    """Whether word `k` is "Mr", "Sir" and the like, which say no more than respect."""
    return words.words[k] in lists.titles and lists.title_words.get(words.low[k]) == "none"


def _behind(words: Words, head: int, lists: Lists) -> int:
    """Index behind the head and what belongs to it: "Attorney General", "Sen."."""
    after = head + 1
    if after == len(words):
        return after
    if _is_honorific(words, after, lists):
        return after + 1
    is_stop = words.words[after] == "." and words.is_abbreviated(head, lists)
    return after + (is_stop or words.low[after] in _TRAILING)


def _is_owner(words: Words, owner: tuple[int, int], lists: Lists) -> bool:
    """Whether an owner is an affiliation: a name, or a noun for an organisation."""
    return words.words[owner[0]][0].isupper() or words.low[owner[1] - 1] in lists.bodies


def _complements(words: Words, after: int, lists: Lists) -> tuple[int, tuple[int, int] | None, int]:
    """End of the title, affiliation and end of the phrase, read from behind its head."""
    title_end = end = after
    while end < len(words):
        if words.low[end] in ("and", "&", "or"):
            first, stop, owner = _noun_phrase(words, _skip_determiners(words, end + 1), lists)
            head = _head(words, first, stop, lists)
            if head is None or owner is not None or words.low[head] in lists.plural:
                break
            if find_affiliation_before(words, first, head, lists)[1] is not None:
                break
            title_end = end = _behind(words, head, lists)
            continue
        part, affiliation, behind = find_affiliation_after(words, end, lists)
        if affiliation is not None:
            return title_end, affiliation, behind
        if behind == end:
            break
        end = behind
        if part:
            title_end = end
        else:
            break
    return title_end, None, end


def _skip_determiners(words: Words, i: int) -> int:
    while i < len(words) and words.low[i] in ("a", "an", "the"):
        i += 1
    return i
