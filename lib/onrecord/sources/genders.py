"""The gender of a source: woman, man, several or unknown.

What the article says decides first: pronouns and gendered nouns that refer to the source, then a title, then
a first name that the list gives to one gender. Where these disagree, and no side has clearly more evidence,
the gender is unknown. It is never guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from onrecord.mentions.name_runs import SUFFIXES
from onrecord.records import Span
from onrecord.sources.cast import Cast, Entity
from onrecord.text.memo import once_per_article
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

VALUES = {"f": "woman", "m": "man", "": "unknown"}
_PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
_OPENING = {"he": "m", "his": "m", "she": "f", "her": "f"}
# Titles that only persons of one gender have; "Sheikh" and the like also precede women's names in lists.
_CERTAIN = word_set("Mr Mr. Mrs Mrs. Ms Ms. Miss Sir Dame Lady Madam Herr Frau Monsieur Madame")
_TITLE = re.compile(r"([A-ZÀ-Þ][\w’'-]*\.?) $")
_WORD = re.compile(r"[\w’'-]+")
_INITIALS = re.compile(r"(?:[A-Z]\.?){1,3}")
_FAMILY_FIRST = re.compile(r"[A-Z][a-z]{1,6}-[a-z]{1,7}")  # the given name of "Moon Tae-il"
# A name after one of these is hardly the subject of its sentence.
_NOT_SUBJECT = word_set(
    "for to of by with from against about than told like under after before between and or on in at including"
)
_BOTH = re.compile(
    r"(?i)\b(?:couple|husband and wife|wife and husband|men and women|women and men|mother and son"
    r"|father and daughter|boys and girls|brother and sister|sister and brother|mr\.? and mrs)\b"
)
_MENTIONS, _REACH = 12, 30  # mentions of a source that are looked at, tokens after each
_LONGEST = max(map(len, _PRONOUNS))
_APPOSED = 6  # tokens of an apposition
_CLEARLY = 2.5  # how many times more votes one gender needs
_CONTRADICTS, _OVERRULES = 2, 3  # votes that make a first name doubtful, and that overrule it


class Votes(NamedTuple):
    """How often pronouns near a source are a woman's and a man's."""

    woman: int
    man: int

    def winner(self, least: int) -> str:
        """Gender with at least `least` votes and clearly more than the other, or ""."""
        high, low = max(self), min(self)
        if high < least or high < _CLEARLY * low:
            return ""
        return "f" if self.woman > self.man else "m"


def gender_of(cast: Cast, entity: Entity) -> str | None:
    """Gender of a source that is a person or a group, else None."""
    if entity.form == "group" or (entity.form == "person" and entity.is_plural):
        return _gender_of_group(cast, entity)
    if entity.form != "person":
        return None
    lists = cast.lists
    noun = _noun_gender(cast, entity)
    votes = _votes(cast, entity)
    stated = votes.winner(1)
    if noun and stated in ("", noun):
        return VALUES[noun]
    if entity.person is None and not entity.proper:
        return VALUES[noun if not stated else stated if not noun else ""]
    title = _title_gender(cast, entity)
    name = entity.description if entity.person is not None else entity.proper
    first = gender_of_name(name, lists)
    if title:
        return VALUES["" if votes.winner(_OVERRULES) not in ("", title) else title]
    if noun:  # the noun and the pronouns disagree
        return VALUES[first if first in (noun, stated) else ""]
    if first and stated and first != stated:  # one pronoun may mean somebody else
        return VALUES[first if max(votes) < _CONTRADICTS else votes.winner(_OVERRULES)]
    return VALUES[stated or first]


@lru_cache(maxsize=50_000)
def gender_of_name(name: str, lists: Lists) -> str:
    """ "f" or "m" where the list gives the first name to one gender, else ""."""
    words = [word for word in name.split(" ") if word not in SUFFIXES]
    given = [word for word in words[:-1] if not _INITIALS.fullmatch(word)]
    if len(words) < 2 or not given:
        return ""
    if _FAMILY_FIRST.fullmatch(words[-1]):  # the family name comes first
        return _one_gender(words[-1], lists)
    first = _one_gender(given[0], lists)
    if not first and "-" in given[0] and given[0] not in lists.name_genders:
        first = _one_gender(given[0].partition("-")[0], lists)
    return first


def _one_gender(word: str, lists: Lists) -> str:
    found = lists.name_genders.get(word) or lists.name_genders.get(word.capitalize(), "")
    return found if found in ("f", "m") else ""


def _gender_of_group(cast: Cast, entity: Entity) -> str:
    """Gender of a group: by its noun, or by the names of its members."""
    mention = cast.text[slice(*entity.spans[0])] if entity.spans else entity.description
    if _BOTH.search(mention):
        return "several"
    found = {cast.lists.gendered_nouns.get(entity.head, "")} - {""}
    if not found and entity.spans:
        start, end = entity.spans[0]
        members = {who for _, _, who in cast.persons.within(start, end)}
        if len(members) > 1:
            named = {gender_of_name(cast.persons.persons[who].name, cast.lists) for who in members}
            if named >= {"f", "m"}:
                return "several"
            found = named if len(named) == 1 else set()
    return VALUES[next(iter(found))] if len(found) == 1 else "unknown"


def _noun_gender(cast: Cast, entity: Entity) -> str:
    """Gender of the nouns of a source's own mentions, "" where none or both."""
    text, lists = cast.text, cast.lists
    first = entity.spans[0] if entity.person is None and entity.head and entity.spans else None
    found = set()
    for span in entity.spans[:_MENTIONS]:
        if span == first:
            found.add(_gender_of_noun(entity.head, lists))
        else:
            found.add(_gender_of_mention(text[span[0] : span[1]], lists))
    found.discard("")
    if entity.person is not None:  # "spokeswoman Ann Lee"; "-man" may be the word for an office
        for role in cast.persons.persons[entity.person].roles:
            if role.endswith("woman"):
                return "f"
    return next(iter(found)) if len(found) == 1 else ""


@lru_cache(maxsize=20_000)
def _gender_of_mention(mention: str, lists: Lists) -> str:
    """Gender of the noun of a mention, or ""."""
    return _gender_of_noun(_head_of(mention), lists)


def _head_of(mention: str) -> str:
    """Head of a mention in lower case: its last word before what follows the noun."""
    head = re.split(r",| (?:of|in|at|for|with|from|on|who|whose|that)\b", mention, maxsplit=1)[0]
    words = _WORD.findall(head)
    return words[-1].lower() if words else ""


@lru_cache(maxsize=20_000)
def _gender_of_noun(noun: str, lists: Lists) -> str:
    found = lists.gendered_nouns.get(noun, "")
    if found or noun in _PRONOUNS:
        return found
    if noun.endswith("woman"):
        return "f"
    if noun.endswith("man") and noun in (lists.singular.keys() | lists.spokespeople):
        return "m"
    parted = re.match(r"(mother|mum|mom|father|dad)-of-", noun)
    return ("f" if parted[1] in ("mother", "mum", "mom") else "m") if parted else ""


def _title_gender(cast: Cast, entity: Entity) -> str:
    """Gender of the titles before the mentions of a named source.

    It is "" where there is none, or both.
    """
    if entity.person is None:
        return ""
    found = set()
    for start, _ in cast.persons.persons[entity.person].mentions[: 3 * _MENTIONS]:
        match = _TITLE.search(cast.text, max(0, start - 14), start)
        if match and match[1] in _CERTAIN:
            found.add(cast.lists.titles.get(match[1], ""))
    found.discard("")
    return found.pop() if len(found) == 1 else ""


def _votes(cast: Cast, entity: Entity) -> Votes:
    """Pronouns that refer to a source: as its mentions, and near its mentions."""
    votes = {"f": 0, "m": 0}
    places: list[Span] = []
    for start, end in entity.spans:
        gender = _PRONOUNS.get(cast.text[start:end].lower()) if end - start <= _LONGEST else None
        if gender:
            votes[gender] += 1
        elif len(places) < _MENTIONS:
            places.append((start, end))
    if entity.person is not None:
        places = cast.persons.persons[entity.person].mentions[:_MENTIONS]
    if pronouns := _pronouns(cast.article, cast.lists):
        for span in dict.fromkeys(places):
            if gender := _pronoun_near(cast, span, entity.person, pronouns):
                votes[gender] += 1
    return Votes(votes["f"], votes["m"])


@once_per_article
def _pronouns(article: Article, lists: Lists) -> list[int]:
    """Pronouns of a woman or a man outside quotation marks, by their tokens."""
    return [token for token in article.tokens_of(_PRONOUNS) if not article.token_is_quoted[token]]


def _pronoun_near(cast: Cast, span: Span, person: int | None, pronouns: list[int]) -> str:
    """Gender of the first pronoun after a mention that can mean nobody else, or ""."""
    article = cast.article
    start, end = span
    position = article.token_at(end)
    following = bisect_left(pronouns, position)
    if following == len(pronouns) or pronouns[following] >= position + _REACH:
        return ""
    token = pronouns[following]
    at, low = article.token_starts[token], article.lowered[token]
    number = article.sentence_at(start)
    first, last, _ = article.sentences[number]
    behind = token  # the first token that the sentence of the mention does not have, or the pronoun
    if at >= last:  # the next sentence: only as its subject
        is_next = number + 1 < len(article.sentences) and at < article.sentences[number + 1][1]
        if low not in _OPENING or not is_next:
            return ""
        behind = article.token_at(last)
        if not all(article.token_is_quoted[behind:token]):
            return ""
    if (
        article.is_quoted(start)
        or _others(cast, first, start, person)
        or not _may_be_subject(cast, first, start)
        or _others(cast, end, min(at, last), person)
        or _has_person_noun(cast, position, behind)
    ):
        return ""
    return _PRONOUNS[low]


def _has_person_noun(cast: Cast, position: int, behind: int) -> bool:
    """Whether a noun for people is among some tokens outside quotation marks.

    One in an apposition right after the name does not count.
    """
    article = cast.article
    is_apposition = article.tokens[position] == ","
    for token in range(position, behind):
        if (
            not article.token_is_quoted[token]
            and not (is_apposition and 0 < token - position <= _APPOSED)
            and _is_person_noun(article.lowered[token], cast.lists)
        ):
            return True
    return False


def _others(cast: Cast, start: int, end: int, person: int | None) -> bool:
    return bool([1 for _, _, who in cast.persons.within(start, end) if who != person])


def _may_be_subject(cast: Cast, first: int, start: int) -> bool:
    """Whether a mention may be the subject of its sentence.

    No preposition is shortly before it, and no other noun for people.
    """
    before = cast.text[max(first, start - 80) : start].split()
    for word in before[-3:]:
        if word.lower() in _NOT_SUBJECT:
            return False
    return not [1 for word in before[:-3] if _is_person_noun(word.strip(",").lower(), cast.lists)]


@lru_cache(maxsize=20_000)
def _is_person_noun(low: str, lists: Lists) -> bool:
    return low in lists.singular or low in lists.plural or low in lists.gendered_nouns
