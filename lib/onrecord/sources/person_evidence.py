"""Whether a name is a person's: by its context, its words and the word lists."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from functools import lru_cache

from onrecord.mentions.name_runs import GENERATIONS, SUFFIXES, Run
from onrecord.mentions.name_types import NameType, load_name_model
from onrecord.mentions.outlets import outlet_like
from onrecord.sources.organisation_evidence import has_trade_before, is_apposed_to_noun
from onrecord.sources.person_roles import has_role_before
from onrecord.sources.titles import read_title
from onrecord.wordlists import Lists, word_set

_NEXT_WORD = re.compile(r",? ([\w.-]*\w)")
# The probability from which on a name is a person's: of two words or more, a known first name that speaks,
# after a title, after a role, a single word, and where the last word is a noun for people or organisations.
LIKELY, FIRST_NAME, _TITLED, _ROLE, LONE, _SURE = 0.45, 0.15, 0.05, 0.1, 0.7, 0.8
_KNOWN_FIRST = 0.3  # of two words, the first of which is a known first name
_KNOWN_BOTH = 0.2  # and the second is a word that news does not write in lower case
_KNOWN_ALONE = 0.1  # and the second also occurs alone, as last names do
_LETTER = re.compile(r"[A-Z]\.")
_PAIR = 2  # words of a first name and a surname
_VOWEL = re.compile(r"(?i)[aeiouyà-öø-ýœăąāēęėěīįıōőœūůűų]")
_INITIAL = re.compile(r"(?:[A-Z]\.)+")
_PARTICLES = word_set("van von der den ter ten bin ibn bint abu ap ab ferch ben")  # of persons' names only
_EAST_ASIAN = re.compile(r"[A-Z][a-z]{1,6}-[a-z]{1,6}")  # the given name of "Moon Tae-il"


def is_person(
    text: str,
    run: Run,
    types: Mapping[str, NameType],
    alone: Container[str],
    speaking: Container[str],
    lists: Lists,
) -> bool:
    """Whether a name of two words or more is a person's.

    Its context or a title says so. `alone` are the capitalised words that occur alone, `speaking` those of
    them that are the subject of "said".
    """
    if run.words[-1] in GENERATIONS:
        return True  # "Victor Hale Jr."
    name = " ".join(run.words)
    found = types.get(name)
    probability = 0.0 if found is None else found.person
    speaks = _has_surname_that_speaks(run, alone, speaking, lists)
    if probability < _TITLED and not speaks:
        return False  # whatever is around it
    if has_trade_before(run, lists) or is_apposed_to_noun(text, run.start, run.end, lists):
        return False
    if speaks or (probability >= LIKELY and probability >= _least_by_words(name, True, lists)):
        return True
    return is_person_name(name, types, lists, least=_least_here(text, run, alone, lists))


def _least_here(text: str, run: Run, alone: Container[str], lists: Lists) -> float:
    """Probability that a name needs by what is around it and by its first word."""
    if run.titles and run.titles[-1] in lists.titles:
        return _TITLED
    if (
        run.titles
        or has_role_before(text, run.start, lists)
        or _has_letters(text, run.end, lists)
        or _has_office_behind(text, run.end, lists)
    ):
        return _ROLE
    if _EAST_ASIAN.fullmatch(run.words[-1]):
        return FIRST_NAME
    if _LETTER.fullmatch(run.words[0]):
        return _KNOWN_FIRST
    return _least_of_known(run.words, alone) if _has_known_first(run, lists) else LIKELY


def _has_surname_that_speaks(run: Run, alone: Container[str], speaking: Container[str], lists: Lists) -> bool:
    """Whether a first name precedes a word that speaks alone: "Orla Bank … Bank said"."""
    if len(run.words) != _PAIR:
        return False
    first, last = run.words
    if last not in speaking or first in alone or last.lower() in lists.context_words["public_body"]:
        return False
    if first not in lists.first_names or first in lists.places or " ".join(run.words) in lists.named_bodies:
        return False
    return not (last in lists.places or lists.outlet(last) or lists.outlet(" ".join(run.words)))


def _least_of_known(words: tuple[str, ...], alone: Container[str]) -> float:
    """Probability that a name with a known first name needs."""
    if words[-1] in alone and words[0] not in alone:
        return _KNOWN_ALONE
    is_noun = load_name_model().noun_share.get(words[-1].lower(), 0) > 0
    return _KNOWN_FIRST if is_noun else _KNOWN_BOTH


def _has_known_first(run: Run, lists: Lists) -> bool:
    """Whether a name of two words opens with a first name on the list.

    Particles do not count; those that only names of persons have are enough.
    """
    middle = run.words[1:-1]
    if _PARTICLES.intersection(middle):
        return True
    first = run.words[0]
    return first in lists.first_names and first not in lists.places and all(word.islower() for word in middle)


def _has_letters(text: str, end: int, lists: Lists) -> bool:
    """Whether letters follow a name that only persons have: "Ian Bell MP"."""
    word = _NEXT_WORD.match(text, end)
    return word is not None and word[1] in lists.post_nominals


def _has_office_behind(text: str, end: int, lists: Lists) -> bool:
    """Whether an apposition gives a title that only persons have.

    An example is "Robin Joy, the society's director,".
    """
    if not text.startswith(", ", end):
        return False
    parts = read_title(text[end + 2 : end + 120], lists)
    if parts is None or parts.title is None or parts.head in lists.trades:
        return False
    if parts.head in lists.people_nouns["body_too"]:
        return False  # "Lumenrod, the owner of a mill"
    return lists.singular.get(parts.head, "") != "" or parts.head in lists.spokespeople


def is_person_name(name: str, types: Mapping[str, NameType], lists: Lists, *, least: float = LIKELY) -> bool:
    """Whether `name` has at least the probability `least` of being a person's.

    The word lists win over the context: a listed place, organisation or outlet is not a person. A name
    that ends in the noun of an organisation or a people ("Rosa Bank") needs a higher probability.
    """
    found = types.get(name)
    if found is None or found.person < least:
        return False
    return found.person >= _least_by_words(name, least > _TITLED, lists)


_NEVER = 2.0  # more than any probability


@lru_cache(maxsize=50_000)
def _least_by_words(name: str, is_strict: bool, lists: Lists) -> float:
    """Probability that a name needs by its words, 0 for any.

    It is less where the name follows a title: then it is not strict.
    """
    words = [word for word in name.split() if word not in SUFFIXES]
    whole = " ".join(words)
    if not words or whole in lists.places or whole in lists.named_bodies or lists.outlet(whole):
        return _NEVER
    if any(word.isupper() and len(word) > 2 and "." not in word for word in words):
        return _NEVER
    if words[0] in lists.context_words["outlet_first"]:  # "Radio Apia" is nobody
        return _NEVER
    if len(words) > 1 and (
        _INITIAL.fullmatch(words[0])
        or (words[0] in lists.first_names and lists.bodies.get(words[-1].lower(), ("", False))[1])
    ):
        return 0  # "J. Mason", "Rosa Banks", although a mason is somebody by trade
    last = words[-1]
    is_known = words[0] in lists.first_names or words[0] in lists.name_genders
    if len(words) > 1 and last in lists.firm_words and not is_known:
        return _NEVER  # "Himal Treks"
    low = last.lower()
    if len(words) == _PAIR and is_known and low in lists.singular and low not in lists.bodies:
        return _NEVER if words[0] in lists.places else 0  # "Orla Baker": hardly anything else
    opening = lists.bodies.get(words[0].lower(), ("",))[0] == "institution"
    if opening and is_strict and words[0] not in lists.first_names:
        return _NEVER  # "Banco del Norte"
    is_noun = lists.bodies.get(low, ("",))[0] == "institution" or (
        is_strict
        and (
            low in lists.bodies
            or last in lists.peoples
            or last in lists.adjectives
            or last in lists.firm_words
            or low in lists.plural
            or low in lists.singular
            or outlet_like(lists).search(last)
        )
    )
    return _SURE if is_noun else 0


def _is_third_person(low: str, lists: Lists) -> bool:
    """Whether a word is the verb of a headline: "Reveals"."""
    verb = lists.reporting_verbs.get(low)
    return verb is not None and "third" in verb.tenses and low.endswith("s")


@lru_cache(maxsize=50_000)
def is_plain_name(word: str, lists: Lists) -> bool:
    """Whether a single word may be a name: on no list of other things."""
    return not (
        word in lists.places
        or word in lists.named_bodies
        or word in lists.peoples
        or word in lists.adjectives
        or word.lower() in lists.bodies
        or word.lower() in lists.singular
        or word.lower() in lists.plural
        or lists.outlet(word)
        or (word.isupper() and len(word) > 1)
        or _VOWEL.search(word) is None  # "Ph" of "Ph.D."
        or (word not in lists.first_names and _is_third_person(word.lower(), lists))
        or word in lists.titles
        or word.lower() in lists.ranks
    )
