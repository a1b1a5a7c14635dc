"""Verb groups, sentences and times, read from tokens.

All functions take token positions of one article and stay within one sentence. They know word classes,
not parts of speech.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from onrecord.list_shapes import ReportingVerb
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Span
from onrecord.text.memo import once_per_article
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

Range = tuple[int, int]  # tokens: first, one past the last

POSSESSIVES = frozenset(("’s", "'s", "’", "'"))
MARKS = frozenset('“”"„«»‘‹›「」『』″') | {"''", "``"}
_BE = word_set("is was are were be been being am ’re 're get gets got")
_HAVE = word_set("has have had having ’ve 've ’d 'd ’s 's")
_MODALS = word_set("will would can could may might must should shall do does did")
_AUXILIARIES = _BE | _HAVE | _MODALS
ADVERBS = word_set(
    """also then later earlier once often again still now just already further soon first never ever
    always even only too since long reportedly yesterday today recently ago afterwards afterward meanwhile"""
)
_NEGATIONS = word_set("not n't never")
_BEFORE_VERB = _AUXILIARIES | ADVERBS | _NEGATIONS
DAYS = word_set("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
MONTHS = word_set("January February March April May June July August September October November December")
DAYS_AND_MONTHS = DAYS | MONTHS
_BEFORE_TIME = word_set("in on at by since during")
FINITE_AUXILIARIES = word_set(
    "is was are were has have had will would can could may might must should does did do"
)
PARTS_OF_TIME = word_set("morning afternoon evening night week month year")
WHEN = word_set("last this next early late yesterday today tomorrow earlier later")
TIME_OPENERS = WHEN | _BEFORE_TIME | {day.lower() for day in DAYS}


class VerbGroup(NamedTuple):
    """A reporting verb with its auxiliaries."""

    first: int  # its first auxiliary, or the verb
    at: int  # the verb
    stop: int
    verb: ReportingVerb
    is_passive: bool
    is_modal: bool  # "might say", "did not say": nobody is said to have said it


def text_span(article: Article, tokens: Range) -> Span:
    """Span of text of a range of tokens."""
    return article.token_starts[tokens[0]], article.token_ends[tokens[1] - 1]


def words_of(article: Article, tokens: Range) -> str:
    """Text of a range of tokens."""
    return article.text[slice(*text_span(article, tokens))]


def sentence_tokens(article: Article, token: int) -> Range:
    """Tokens of the sentence of `token`."""
    number = article.sentence_of[token]
    return article.sentence_tokens[number], article.sentence_tokens[number + 1]


@once_per_article
def verb_forms(article: Article, lists: Lists) -> list[int]:
    """Tokens that are a form of a reporting verb, in lower case or capitalised."""
    tokens, lowered, places = article.tokens, article.lowered, article.places
    found = sorted([at for word in first_words(lists).intersection(places) for at in places[word]])
    return [
        at for at in found if tokens[at] == lowered[at] or tokens[at][1:] == lowered[at][1:]
    ]  # not "SAID"


@lru_cache(maxsize=4)
def first_words(lists: Lists) -> frozenset[str]:
    """First words of all verb forms, in lower case."""
    return frozenset(form.split(" ")[0] for form in lists.reporting_verbs)


def reporting_verb(article: Article, token: int, lists: Lists) -> tuple[ReportingVerb, int] | None:
    """Reporting verb at `token` and the token past its end.

    "Pointed out" has two tokens, "wanted to know" three.
    """
    verbs = lists.reporting_verbs
    lowered = article.lowered
    word = lowered[token]
    if word not in first_words(lists):
        return None
    following = lowered[token + 1] if token + 1 < len(lowered) else ""
    if following and (found := verbs.get(f"{word} {following}")):
        return found, token + 2
    if (
        following == "to"
        and token + 2 < len(lowered)
        and (found := verbs.get(f"{word} to {lowered[token + 2]}"))
    ):
        return found, token + 3  # "wanted to know"
    found = verbs.get(word)
    return None if found is None else (found, token + 1)


def verb_group(article: Article, token: int, lists: Lists) -> VerbGroup | None:
    """Verb group whose main verb is at `token`; None if it is not a reporting verb."""
    if article.lowered[token] not in first_words(lists):
        return None  # the answer for most tokens, without a look at what was read before
    known = _verb_groups(article, lists)
    if token not in known:
        known[token] = _verb_group(article, token, lists)
    return known[token]


@once_per_article
def _verb_groups(article: Article, lists: Lists) -> dict[int, VerbGroup | None]:
    """Verb groups that the steps of one article have read so far."""
    return {}


def _verb_group(article: Article, token: int, lists: Lists) -> VerbGroup | None:
    found = reporting_verb(article, token, lists)
    if found is None:
        return None
    verb, stop = found
    tokens, lowered = article.tokens, article.lowered
    first, _ = sentence_tokens(article, token)
    at = token
    be = have = modal = negated = False
    while at > first:
        word = lowered[at - 1]
        if word not in _BEFORE_VERB and not (word.endswith("ly") and len(word) > 4):
            break
        if word in _BE:
            be = True
        elif word in _HAVE:
            have = True
        elif word in _MODALS:
            modal = True
        elif word in _NEGATIONS:
            negated = True
        at -= 1
    while at < token and lowered[at] not in _AUXILIARIES:
        at += 1  # an adverb before the auxiliary is not part of the verb group
    is_passive = be and "participle" in verb.tenses and not tokens[token].endswith("ing")
    return VerbGroup(at, token, stop, verb, is_passive, (modal and not have) or negated)


def is_finite(group: VerbGroup) -> bool:
    """Whether the verb group can be the predicate of a clause with a subject."""
    return bool(group.verb.tenses & {"past", "third"}) or group.first < group.at


def agrees(group: VerbGroup, subject: str, lists: Lists) -> bool:
    """Whether the verb group can be the predicate of the subject: "engineers predict"."""
    if is_finite(group):
        return True
    if "base" not in group.verb.tenses:
        return False
    if subject.lower() in ("they", "police", "the police") or parse_mention(subject, lists).is_plural:
        return True
    last = subject.rpartition(" ")[2]
    if subject.startswith("the ") and last[0].isupper() and last.endswith("s"):
        return True  # "the Hornets confirm"
    # "the council say", as British news writes it
    return "clause" in group.verb.kinds and parse_mention(subject, lists).kind in ("institution", "group")


def is_time(article: Article, token: int) -> bool:
    """Whether a time begins at the token: "Monday", "last week", "in March"."""
    lower = article.lowered[token]
    if lower not in TIME_OPENERS:
        return False  # the answer for most tokens
    tokens = article.tokens
    if lower in WHEN or tokens[token] in DAYS:
        return True
    if lower not in _BEFORE_TIME or token + 1 >= len(tokens):
        return False
    following = tokens[token + 1]
    return following in DAYS_AND_MONTHS or article.lowered[token + 1] in WHEN or following[0].isdigit()
