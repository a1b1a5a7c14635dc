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
from onrecord.text.by_word import ByWord
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
_SHORTEST = 5  # letters of a noun that only its ending makes one for people
_REACH = 6  # words before its head that a noun phrase may have
_COPULAS = frozenset(("is", "was", "became", "been"))
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


@lru_cache(maxsize=4)
def _may_be_head(lists: Lists) -> ByWord[bool]:
    """Whether a word in lower case may be a noun for people.

    It is on a list, or its ending makes it one, as in "tiler" and "masons".
    """
    heads = _heads(lists)
    return ByWord(
        lambda low: (
            low in heads
            or (
                len(low) >= _SHORTEST
                and low.endswith(_ENDINGS)
                and head_kind(low, low, lists)[0] in ("person", "people")
            )
        )
    )


def find_introductions(article: Article, persons: Persons, lists: Lists) -> Introductions:
    """Noun phrases for people of `article` outside quotations.

    Those that describe a named person are left out.

    Titles ("Mayor Quist") and appositions ("Quist, the mayor") are left out: they describe who is named.
    """
    tokens, lowered = article.tokens, article.lowered
    starts, ends = article.token_starts, article.token_ends
    is_quoted = article.token_is_quoted
    heads = _heads(lists)
    name_starts = {a for a, _, _ in persons.mentions}
    name_ends = {b for _, b, _ in persons.mentions}
    phrases: list[Introduction] = []
    by_head: dict[str, list[int]] = {}
    last = len(tokens) - 1
    for i in article.tokens_of(filter(_may_be_head(lists).__getitem__, article.places)):
        if is_quoted[i]:
            continue
        low = lowered[i]
        following = i + 1 if i < last else last
        if starts[following] in name_starts:
            continue
        known = heads.get(low)
        if known is None and (i == 0 or i == last or not _is_noun_here(tokens, lowered, i, lists)):
            continue
        if i < last and _goes_on(tokens[following], lowered[following], heads, lists):
            continue
        first = phrase_start(tokens, lowered, i, lists)
        opening = lowered[first]
        if opening == "each" and low == "other":
            continue
        a, b = starts[first], ends[i]
        may_describe = a - 2 in name_ends or b + 2 in name_starts or (first and tokens[first - 1] in _COPULAS)
        if may_describe and _describes_name(article.text, a, b, name_starts, name_ends):
            continue
        head, plural = known or (low.removesuffix("s"), low.endswith("s"))
        by_head.setdefault(head, []).append(len(phrases))
        phrases.append(Introduction(a, b, head, plural, opening in _INDEFINITE or opening.isdigit()))
    return Introductions(phrases, by_head)


def _is_noun_here(tokens: list[str], lowered: list[str], i: int, lists: Lists) -> bool:
    """Whether token `i`, on no list, can be nothing but a noun: "a tiler said"."""
    following = lowered[i + 1]
    return (following in _AFTER_NOUN or following in lists.reporting_verbs) and _follows_determiner(
        tokens, lowered, i
    )


def _follows_determiner(tokens: list[str], lowered: list[str], i: int) -> bool:
    """Whether a determiner precedes token `i`, as in "a tiler" and "a Holme tiler"."""
    if lowered[i - 1] in _DETERMINERS:
        return True
    return i > 1 and tokens[i - 1][0].isupper() and lowered[i - 2] in _DETERMINERS


def _goes_on(word: str, low: str, heads: dict[str, tuple[str, bool]], lists: Lists) -> bool:
    """Whether the noun phrase has a later head.

    Examples are "a student union" and "the nurse managers".
    """
    return (low in heads or low in lists.bodies) and word[0].islower()


def _describes_name(text: str, start: int, end: int, name_starts: set[int], name_ends: set[int]) -> bool:
    """Whether the phrase is in apposition to the name of a person."""
    if start - 2 in name_ends and text.startswith(", ", start - 2):
        return True
    copula = _COPULA_BEFORE.search(text, max(0, start - 10), start)
    if copula is not None and copula.start() in name_ends:
        return True
    return end + 2 in name_starts and text.startswith(", ", end) and _APPOSED.match(text, end) is not None


def phrase_start(tokens: list[str], lowered: list[str], i: int, lists: Lists) -> int:
    """Token at which the noun phrase with its head at token `i` begins."""
    joins = _joining(lists)
    first = i
    while first > 0 and i - first < _REACH:
        before = first - 1
        if not joins[tokens[before]] and not (
            before and lowered[before - 1] in _SINGLE and lowered[before].endswith("ed")
        ):
            break
        first = before
        if lowered[first] in _DETERMINERS:
            break
    return first


@lru_cache(maxsize=16)
def _joining(lists: Lists) -> ByWord[bool]:
    """Whether a word before a noun belongs to its phrase."""
    return ByWord(lambda word: _joins(word, lists))


def _joins(word: str, lists: Lists) -> bool:
    low = word.lower()
    if not word[0].isalnum():
        return False
    if low in _DETERMINERS or low in lists.context_words["adjectival"] or low in lists.ranks:
        return True
    if word[0].isupper():
        return word not in lists.starters
    return low not in _BREAKS and not low.endswith(("ed", "ing", "ly")) and len(low) > 3
