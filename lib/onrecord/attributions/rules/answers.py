"""Quotations that a noun behind them calls somebody's words.

"“Never!” came the reply from Fenn.", "“Never,” was the verdict of Fenn.", "“Never,” was her answer."
"""

from __future__ import annotations

from onrecord.attributions.rules.clauses import POSSESSIVES, Range, sentence_tokens, text_span
from onrecord.attributions.rules.mention_kinds import may_speak
from onrecord.attributions.rules.phrases import phrase_after
from onrecord.attributions.rules.readings import Reading, with_readings
from onrecord.records import Attribution
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

LONGEST_OWNER = 10  # tokens of "the union’s"
MOST_ADJECTIVES = 2

_VERBS = word_set("came comes was is")
_OWNERS = word_set("his her their its my")
_DETERMINERS = word_set("the a an another")


def with_answers(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with the quotations that a noun behind them gives to a speaker.

    Where nobody is named ("came the reply"), they have no source.
    """
    readings = []
    tokens = article.tokens
    for quoted in article.quoted_spans:
        at = article.token_at(quoted.end)
        at += at < len(tokens) and tokens[at] == ","
        if at + 2 >= len(tokens) or tokens[at] not in _VERBS or article.in_boilerplate(quoted.start):
            continue
        found = _words_of(article, at, lists)
        if found is not None:
            stop, source = found
            span = None if source is None else text_span(article, source)
            readings.append(Reading([(quoted.start, quoted.end)], text_span(article, (at, stop)), span))
    return with_readings(article, attributions, readings)


def _words_of(article: Article, verb: int, lists: Lists) -> tuple[int, Range | None] | None:
    """Token past the noun behind the verb at `verb`, and whose words it is.

    None where there is no such noun.
    """
    tokens = article.tokens
    _, stop = sentence_tokens(article, verb)
    at = verb + 1
    owner: Range | None = None
    if tokens[at] in ("how", "what"):
        return _put(article, at, stop, lists)
    if tokens[at].lower() in _OWNERS:
        owner, at = (at, at + 1), at + 1
    elif (end := _possessive(article, at, stop)) is not None:
        owner, at = (at, end), end + 1
    elif tokens[at].lower() in _DETERMINERS:
        at += 1
    else:
        return None
    nouns = range(at, min(stop, at + MOST_ADJECTIVES + 1))
    noun = next((i for i in nouns if tokens[i].lower() in lists.reporting_nouns), None)
    if noun is None:
        return None
    if owner is None and noun + 2 < stop and tokens[noun + 1] in ("from", "of", "by"):
        owner = phrase_after(article, noun + 2, stop, lists)
        if owner is None or not may_speak(article, owner, lists):
            return None
    elif owner is None:
        if tokens[verb] not in ("came", "comes"):
            return None
    elif not may_speak(article, owner, lists):
        return None
    return noun + 1, owner


def _put(article: Article, at: int, stop: int, lists: Lists) -> tuple[int, Range | None] | None:
    """Token past the verb of "was how Orla Fenn [put] it", and who put it so."""
    near = range(at + 2, min(stop, at + LONGEST_OWNER))
    verb = next((i for i in near if article.tokens[i] in lists.context_words["putting"]), None)
    if verb is None or not may_speak(article, (at + 1, verb), lists):
        return None
    return verb + 1, (at + 1, verb)


def _possessive(article: Article, first: int, stop: int) -> int | None:
    """Token of the "’s" that closes an owner from `first` on, or None."""
    tokens = article.tokens
    near = range(first + 1, min(stop, first + LONGEST_OWNER))
    return next((i for i in near if tokens[i] in POSSESSIVES), None)
