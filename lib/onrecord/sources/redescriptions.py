"""Descriptions that give a named person a new word.

"the nominee", "the billionaire", "the 43-year-old".

Whether a noun does so is learned: some nouns usually accompany a name ("senator", "striker"), others usually
introduce somebody without one ("witness", "driver"). In doubt a description is a new source.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left

from onrecord.mentions.parsing import Parse
from onrecord.sources.cast import Cast
from onrecord.sources.person_roles import gender_of_role
from onrecord.sources.weights import load_references

AGE = re.compile(r"(\d{1,3})-year-old")
FEATURES = (
    "bias",
    "noun",  # log odds that the noun accompanies a name
    "is_last",  # the person named last
    "sentences",  # since the person was named
    "nearer",  # persons named since
    "mentions",  # log of one more than how often the person was named before
    "opens_sentence",
    "is_quoted",
    "has_other_role",
    "is_office",
    "is_former",
    "has_people",  # a people or a party among the modifiers
)
N_NAMES, N_PERSONS, SENTENCES = 20, 5, 8
OPENING = 25  # characters from the start of a sentence within which its subject begins
# Log odds of "the Frenchman", "the 43-year-old", "the former reeve" and "the megastar", set by hand.
_PEOPLE, _AGED, _FORMER, _FAMED = 1.2, 2.5, 2.0, 2.2
_UNKNOWN = -1.1  # of a noun that the training articles do not have
# "the woman on the till" is introduced by what follows it.
_SPECIFIED = re.compile(r"(?:who|whose|whom|on|at|in|behind|near|with|inside|next)\b")
_SPECIFIED_ROLE = re.compile(r"(?:who|whose|whom|on|at|in|of|for|from|behind|near|with|inside|next)\b")


def redescribed(cast: Cast, parse: Parse, start: int) -> int | None:
    """Named person whom a description without an antecedent means, or None."""
    office = cast.lists.singular.get(parse.head) == "office"
    if (_SPECIFIED if office else _SPECIFIED_ROLE).match(parse.complement):
        return None
    if office and any(cast.lists.bodies.get(word.lower()) for word in parse.words):
        return None  # "the police chief": the organisation says which office
    proper = any(word[0].isupper() for word in parse.words)
    if (proper and "former" in parse.words) or cast.text.startswith(" who ", start + len(parse.core)):
        return None  # "the former Orvane Harbour Minister" may be anybody
    age = AGE.fullmatch(parse.head)
    if age and (who := _of_age(cast, int(age[1]), int(age[1]), start)) is not None:
        return who
    span = cast.lists.age_nouns.get(parse.head)
    if span and (who := _of_age(cast, *span, start)) is not None:
        return who
    weights = load_references()
    unknown = _FAMED if parse.head in cast.lists.people_nouns["famed"] else _UNKNOWN
    noun = _AGED if age else weights.nouns.get(parse.head, unknown)
    if "former" in parse.words and parse.head not in weights.nouns:
        noun = _FORMER
    if parse.core.rpartition(" ")[2] in cast.lists.adjectives:
        noun = _PEOPLE
    shared = (
        float(office),
        float("former" in parse.words),
        float(any(word in cast.lists.adjectives for word in parse.words)),
    )
    gender = gender_of_role(parse.head, cast.lists)
    best, best_score = None, 0.0
    article, persons = cast.article, cast.persons
    sentence = article.sentence_at(start)
    seen: set[int] = set()
    for a, b, who in persons.before(start, N_NAMES):
        person = persons.persons[who]
        at = article.sentence_at(a)
        if sentence - at > SENTENCES or len(seen) == N_PERSONS:
            break
        if who in seen or (gender and person.gender not in ("", gender)):
            continue
        if office and _has_another_office(cast, person.roles, parse.head):
            continue
        if _is_beside(cast, a, b, article.sentences[at][1], parse.head):
            seen.add(who)
            continue
        if "former" in parse.words and parse.head in person.roles and "former" not in person.roles:
            continue  # the minister is not the former minister
        features = (
            1.0,
            noun,
            float(not seen),
            float(sentence - at),
            float(len(seen)),
            math.log1p(bisect_left(person.mentions, (start,))),
            float(a - article.sentences[at][0] < OPENING),
            float(article.is_quoted(a)),
            float(bool(person.roles)),
            *shared,
        )
        seen.add(who)
        score = sum(map(float.__mul__, weights.redescriptions, features))
        if score > best_score:
            best, best_score = who, score
    return best


_BESIDE = 80  # characters behind a name in which somebody else may be described


def _is_beside(cast: Cast, start: int, end: int, stop: int, head: str) -> bool:
    """Whether the same sentence has the description beside the name, as somebody else.

    "Fenn told the president that …": the president is not Fenn.
    """
    behind = cast.text[end : min(stop, end + _BESIDE)].lower()
    at = behind.find(f" the {head}")
    return at > 0 and behind[at - 1] not in ",—–-(" and " is" not in behind[:at] and " as" not in behind[:at]


_AGE_BEHIND = re.compile(r", (\d{1,3})(?=[,. ])| \((\d{1,3})\)")
_AGE_BEFORE = re.compile(r"(\d{1,3})-year-old $")


def _of_age(cast: Cast, youngest: int, oldest: int, start: int) -> int | None:
    """Person of an age between these two named last before `start`, or None."""
    for a, b, who in cast.persons.before(start, N_NAMES):
        age = _AGE_BEHIND.match(cast.text, b) or _AGE_BEFORE.search(cast.text, max(0, a - 16), a)
        if age and youngest <= int(next(filter(None, age.groups()))) <= oldest:
            return who
    return None


def _has_another_office(cast: Cast, roles: set[str], head: str) -> bool:
    """Whether a person is known by another office than `head`.

    "The president" is hardly a secretary.
    """
    nouns = cast.lists.singular
    return head not in roles and any(nouns.get(role) == "office" for role in roles)
