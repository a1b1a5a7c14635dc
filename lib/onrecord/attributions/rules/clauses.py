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

MARKS = frozenset('“”"„«»‘‹›「」『』″') | {"''", "``"}
_PAUSES = frozenset(".,;:?!()[]—–-…") | {"--", "..."}
_BE = word_set("is was are were be been being am ’re 're get gets got")
_HAVE = word_set("has have had having ’ve 've ’d 'd ’s 's")
_MODALS = word_set("will would can could may might must should shall do does did")
ADVERBS = word_set(
    """also then later earlier once often again still now just already further soon first never ever
    always even only too since long reportedly yesterday today recently ago afterwards afterward meanwhile"""
)
DAYS = word_set("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
MONTHS = word_set("January February March April May June July August September October November December")
WHEN = word_set("last this next early late yesterday today tomorrow earlier later")


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
    return int(article.starts[tokens[0]]), int(article.ends[tokens[1] - 1])


def words_of(article: Article, tokens: Range) -> str:
    """Text of a range of tokens."""
    return article.text[slice(*text_span(article, tokens))]


def token_at(article: Article, offset: int) -> int:
    """Token at `offset`, or the next one."""
    return article.token_at(offset)


def sentence_tokens(article: Article, token: int) -> Range:
    """Tokens of the sentence of `token`."""
    number = article.token_sentence[token]
    return article.sentence_tokens[number], article.sentence_tokens[number + 1]


def paragraph_tokens(article: Article, token: int) -> Range:
    """Tokens of the paragraph of `token`."""
    start, end = article.paragraphs[article.paragraph_at(int(article.starts[token]))]
    return token_at(article, start), token_at(article, end)


@once_per_article
def verb_forms(article: Article, lists: Lists) -> list[int]:
    """Tokens that are a form of a reporting verb by their letters."""
    known = _first_words(lists)
    return [i for i, token in enumerate(article.tokens) if token in known]


@lru_cache(maxsize=4)
def _first_words(lists: Lists) -> frozenset[str]:
    """First words of all verb forms, in lower case and capitalised."""
    words = {form.split(" ")[0] for form in lists.reporting_verbs}
    return frozenset(words | {word.capitalize() for word in words})


def reporting_verb(article: Article, token: int, lists: Lists) -> tuple[ReportingVerb, int] | None:
    """Reporting verb at `token` and the token past its end.

    "Pointed out" has two tokens.
    """
    verbs = lists.reporting_verbs
    tokens = article.tokens
    word = tokens[token].lower()
    if token + 1 < len(tokens) and (found := verbs.get(f"{word} {tokens[token + 1].lower()}")):
        return found, token + 2
    found = verbs.get(word)
    return None if found is None else (found, token + 1)


def verb_group(article: Article, token: int, lists: Lists) -> VerbGroup | None:
    """Verb group whose main verb is at `token`; None if it is not a reporting verb."""
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
    tokens = article.tokens
    first, _ = sentence_tokens(article, token)
    at = token
    be = have = modal = negated = False
    while at > first:
        word = tokens[at - 1].lower()
        if word in _BE:
            be = True
        elif word in _HAVE:
            have = True
        elif word in _MODALS:
            modal = True
        elif word in ("not", "n't", "never"):
            negated = True
        elif word not in ADVERBS and not (word.endswith("ly") and len(word) > 4):
            break
        at -= 1
    while at < token and tokens[at].lower() not in _BE | _HAVE | _MODALS:
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
    tokens = article.tokens
    word = tokens[token]
    if word in DAYS or word.lower() in WHEN:
        return True
    if word.lower() not in ("in", "on", "at", "by", "since", "during") or token + 1 >= len(tokens):
        return False
    following = tokens[token + 1]
    return following in DAYS | MONTHS or following.lower() in WHEN or following[0].isdigit()
