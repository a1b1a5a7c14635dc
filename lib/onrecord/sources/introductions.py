"""Noun phrases for people, whether or not they are the source of anything.

They are the part of the cast that has no name: "A nurse was waiting", "two of the dockers", "the victim".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from onrecord.mentions.nouns import head_kind
from onrecord.mentions.words import STOPS
from onrecord.sources.persons import Persons
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

_DETERMINERS = word_set(
    """a an the this that these those some many several two three four five six seven eight nine ten his her
    their its no all other most few one another dozens both each every any"""
)
_INDEFINITE = word_set(
    "a an one another some several two three four five six seven eight nine ten dozens both"
)
_SINGLE = ("a", "an", "the", "one", "another")  # before a participle: "a retired postman"
_BREAKS = word_set(
    """with from that into about over under between among against said says told were have been will would
    could should does when where which while whose whom than then also only even more less very such
    both either neither and because since after before during through toward towards upon like include
    includes calls called makes made give gives gave take takes took wants want need needs help helps
    become becomes became join says know knows knew think thought believe"""
)
_SINGULARS = word_set("er or ist ian eer man woman ista smith wright herd mate hand son")
_ENDINGS = (*_SINGULARS, *(ending + "s" for ending in _SINGULARS))
_AFTER_NOUN = STOPS | {",", ".", ";", ":", "?", "!", "and", "or", "’s", "'s"}
_REACH = 6  # words before its head that a noun phrase may have
_COPULA_BEFORE = re.compile(r" (?:is|was|became|has been|had been) $")
_APPOSED = re.compile(r"[,.;:)\n]| (?:and|who|for|of|at|in|with|from|on|to)\b|$")


class Introduction(NamedTuple):
    """One noun phrase for people: offsets, head in the singular, determiner."""

    start: int
    end: int
    head: str
    is_plural: bool
    is_indefinite: bool


class Introductions(NamedTuple):
    """The noun phrases for people of one article, in text order."""

    phrases: list[Introduction]
    by_head: dict[str, list[int]]  # head in the singular -> indices of phrases, in text order

    def before(self, offset: int, number: int) -> list[int]:
        """Indices of up to `number` phrases that start before `offset`.

        The nearest comes first.
        """
        at = bisect_left(self.phrases, (offset,))
        return list(range(at - 1, max(-1, at - 1 - number), -1))

    def of_head(self, head: str, offset: int, number: int) -> list[int]:
        """Indices of up to `number` phrases with `head` before `offset`.

        The nearest comes first.
        """
        of = self.by_head.get(head, [])
        at = bisect_left(of, offset, key=lambda i: self.phrases[i].start)
        return of[max(0, at - number) : at][::-1]


@lru_cache(maxsize=16)
def _heads(lists: Lists) -> dict[str, tuple[str, bool]]:
    """Every noun for people with its singular, and whether it is a plural."""
    heads = {noun: (noun, False) for noun in lists.singular}
    heads |= {noun: (noun, noun.endswith(("men", "women", "people"))) for noun in lists.spokespeople}
    return heads | {noun: (single, True) for noun, single in lists.plural.items()}


@lru_cache(maxsize=50_000)
def _person_noun(low: str, lists: Lists) -> bool:
    """Whether a word on no list is a noun for people by its ending.

    Examples are "tiler" and "masons".
    """
    return len(low) >= 5 and head_kind(low, low, lists)[0] in ("person", "people")


def find_introductions(article: Article, persons: Persons, lists: Lists) -> Introductions:
    """Noun phrases for people of `article` outside quotations.

    Those that describe a named person are left out.

    Titles ("Mayor Quist") and appositions ("Quist, the mayor") are left out: they describe who is named.
    """
    tokens, lowered = article.tokens, article.lowered
    starts, ends = article.token_starts, article.token_ends
    heads = _heads(lists)
    name_starts = {a for a, _, _ in persons.mentions}
    name_ends = {b for _, b, _ in persons.mentions}
    by_ending = [
        low
        for low in article.places
        if low.endswith(_ENDINGS) and low not in heads and _person_noun(low, lists)
    ]
    phrases: list[Introduction] = []
    by_head: dict[str, list[int]] = {}
    last = len(tokens) - 1
    for i in article.tokens_of([*(heads.keys() & article.places.keys()), *by_ending]):
        if lowered[i] not in heads and (
            i == 0
            or i == last
            or not _follows_determiner(tokens, lowered, i)
            or not (lowered[i + 1] in _AFTER_NOUN or lowered[i + 1] in lists.reporting_verbs)
        ):
            continue  # a word on no list is a noun only where it can be nothing else
        if article.token_is_quoted[i] or (
            i + 1 < len(tokens) and _goes_on(tokens[i + 1], lowered[i + 1], heads, lists)
        ):
            continue
        if starts[min(i + 1, len(starts) - 1)] in name_starts:
            continue
        first = phrase_start(tokens, lowered, i, lists)
        a, b = starts[first], ends[i]
        if lowered[first] == "each" and lowered[i] == "other":
            continue
        if _describes_name(article.text, a, b, name_starts, name_ends):
            continue
        head, plural = heads.get(lowered[i]) or (lowered[i].removesuffix("s"), lowered[i].endswith("s"))
        by_head.setdefault(head, []).append(len(phrases))
        phrases.append(
            Introduction(a, b, head, plural, lowered[first] in _INDEFINITE or lowered[first].isdigit())
        )
    return Introductions(phrases, by_head)


def _follows_determiner(tokens: list[str], lowered: list[str], i: int) -> bool:
    """Whether a determiner precedes token `i`, as in "a tiler" and "a Holme tiler"."""
    if lowered[i - 1] in _DETERMINERS:
        return True
    return i > 1 and tokens[i - 1][0].isupper() and lowered[i - 2] in _DETERMINERS


def _goes_on(word: str, low: str, heads: dict[str, tuple[str, bool]], lists: Lists) -> bool:
    """Whether the noun phrase has a later head.

    Examples are "a student union" and "the nurse managers".
    """
    return word[0].islower() and (low in heads or low in lists.bodies)


def _describes_name(text: str, start: int, end: int, name_starts: set[int], name_ends: set[int]) -> bool:
    """Whether the phrase is in apposition to the name of a person."""
    if text[start - 2 : start] == ", " and start - 2 in name_ends:
        return True
    copula = _COPULA_BEFORE.search(text, max(0, start - 10), start)
    if copula is not None and copula.start() in name_ends:
        return True
    return text[end : end + 2] == ", " and end + 2 in name_starts and _APPOSED.match(text, end) is not None


def phrase_start(tokens: list[str], lowered: list[str], i: int, lists: Lists) -> int:
    """Token at which the noun phrase with its head at token `i` begins."""
    first = i
    while first > 0 and i - first < _REACH:
        is_participle = first > 1 and lowered[first - 1].endswith("ed") and lowered[first - 2] in _SINGLE
        if not is_participle and not _joins(tokens[first - 1], lowered[first - 1], lists):
            break
        first -= 1
        if lowered[first] in _DETERMINERS:
            break
    return first


def _joins(word: str, low: str, lists: Lists) -> bool:
    """Whether a word before a noun belongs to its phrase."""
    if not word[0].isalnum():
        return False
    if low in _DETERMINERS or low in lists.context_words["adjectival"] or low in lists.ranks:
        return True
    if word[0].isupper():
        return word not in lists.starters
    return low not in _BREAKS and not low.endswith(("ed", "ing", "ly")) and len(low) > 3
