"""Noun phrases beside a reporting verb, read from tokens.

A phrase ends where a closed-class word, a mark or a verb must end it.
"""

from __future__ import annotations

from onrecord.attributions.rules.clauses import (
    ADVERBS,
    DAYS_AND_MONTHS,
    MARKS,
    WHEN,
    Range,
    is_time,
    reporting_verb,
)
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

LONGEST_PHRASE = 14  # tokens of a noun phrase
LONGEST_ASIDE = 24  # tokens between the commas of an aside: ", the mayor of …,"

_LINKS = word_set("of for from at in with")
# "A memo seen by the Post", "three people close to the board": participles within a noun phrase.
REDUCED = frozenset(
    [(word, "by") for word in ("seen", "obtained", "reviewed", "published", "leaked", "commissioned")]
    + [("close", "to")]
)
_NOT_IN_PHRASE = word_set(
    """that who whom whose which what when where why how if whether because although though while as than
    to but or nor yet so not than then there here"""
)
SUBJECTS = word_set("he she they it i we you who one")
OBJECTS = word_set("him her them me us you it himself herself themselves")
_PRONOUNS = SUBJECTS | OBJECTS
_WITH_A_NOUN = word_set("one someone everyone nobody")
_WITHIN = frozenset(("’s", "'s", "’", "'", "&", "/"))  # marks within a noun phrase
_OPENS_REDUCED = frozenset(word for word, _ in REDUCED)


def phrase_after(article: Article, token: int, stop: int, lists: Lists) -> Range | None:
    """Noun phrase that begins at `token` and ends before `stop`, or None.

    Links such as "of" and "from" belong to it, a time and a relative clause do not.
    """
    tokens, lowered = article.tokens, article.lowered
    if token >= stop:
        return None
    first = token
    lower = lowered[token]
    has_noun = lower == "one" and token + 1 < stop and _has_noun(article, token + 1, lists)
    if lower in _PRONOUNS and not has_noun and word_class(tokens[token]) == "P":
        return token, token + 1
    # "repeatedly said", "answering questions": not noun phrases without a determiner
    is_adverbial = word_class(tokens[token]) in "gl" and tokens[token].islower()
    if is_adverbial and lower not in lists.singular:
        # "by [housing] lawyer Orla Fenn"
        following = lowered[token + 1] if token + 1 < stop else ""
        if word_class(tokens[token]) != "g" or not (following in lists.singular or following in lists.plural):
            return None
    at = token
    has_head = False
    last = min(stop, token + LONGEST_PHRASE)
    while at < last:
        word, lower = tokens[at], lowered[at]
        kind = word_class(word)
        if word == "." and has_head and _abbreviated(article, at, stop, lists):
            at += 1
            continue
        if has_head and word in _WITHIN:
            at += 1
            has_head = word == "&" or has_head
            continue
        if (
            has_head
            and lower in _OPENS_REDUCED
            and (lower, tokens[at + 1] if at + 1 < stop else "") in REDUCED
        ):
            at += 2
            continue
        if not word[0].isalnum() or kind == "A" or lower in _NOT_IN_PHRASE:
            break
        if kind == "P" and lower not in _WITH_A_NOUN:
            break
        if has_head and (is_time(article, at) or lower in ADVERBS or (kind == "l" and word.islower())):
            break
        if lower == "and":
            if not _goes_on_after_and(article, at + 1, stop, lists):
                break
        elif kind == "I":
            if not has_head or lower not in _LINKS or not _links(article, first, at, stop, lists):
                break
        elif (
            kind == "C"
            or (
                has_head
                and kind in "gd"
                and word.islower()
                and lower not in lists.singular
                and tokens[at - 1] not in ("’s", "'s")  # "the Post’s [morning] programme"
            )
            or (
                has_head
                and word.islower()
                and reporting_verb(article, at, lists)
                and not _is_noun(lower, lists)
            )
        ):
            break
        elif kind == "D":
            if has_head and word_class(tokens[at - 1]) not in ("I", "C", "to"):
                break  # "told reporters the well": another noun phrase begins
        else:
            has_head = True
        at += 1
    while at > first and (word_class(tokens[at - 1]) in "DIC" or not tokens[at - 1][0].isalnum()):
        at -= 1
        if tokens[at] == ".":
            break
    return (first, at) if has_head and at > first else None


def _has_noun(article: Article, token: int, lists: Lists) -> bool:
    """Whether "one" before the token belongs to a noun: "one of the drivers"."""
    word = article.tokens[token]
    if word.lower() == "of":
        return True
    return word[0].isalpha() and word_class(word) in "xN" and reporting_verb(article, token, lists) is None


def _is_noun(lower: str, lists: Lists) -> bool:
    return lower in lists.singular or lower in lists.plural or lower in lists.bodies


def _abbreviated(article: Article, at: int, stop: int, lists: Lists) -> bool:
    """Whether the full stop at `at` belongs to "Mr." or an initial before a name."""
    before = article.tokens[at - 1]
    short = before.lower() in lists.abbreviations or (len(before) == 1 and before.isupper())
    return short and at + 1 < stop and article.tokens[at + 1][0].isupper()


def _goes_on_after_and(article: Article, token: int, stop: int, lists: Lists) -> bool:
    """Whether a noun phrase goes on behind "and".

    "Lawyers and relatives", not "and left".
    """
    if token >= stop:
        return False
    word = article.tokens[token]
    if word[0].isupper() or word_class(word) == "D":
        return True
    return word.lower() in lists.plural or word.lower() in lists.bodies


def _links(article: Article, first: int, at: int, stop: int, lists: Lists) -> bool:
    """Whether the preposition at `at` links a complement: "of the union"."""
    if at + 1 >= stop or is_time(article, at):
        return False
    tokens = article.tokens
    lower, following = tokens[at].lower(), tokens[at + 1]
    if lower == "of":
        return True
    if word_class(following) in ("g", "P", "A", "I"):
        return False
    if lower == "for":
        return any(
            token.lower() in lists.spokespeople
            or token.lower() in ("lawyer", "lawyers", "attorney", "counsel")
            for token in tokens[first:at]
        )
    if lower == "with":
        return tokens[at - 1].lower() in ("familiar", "familiarity")
    if lower == "in" and following in ("a", "an"):
        return False  # "argues Fenn in a letter"
    return following[0].isupper() or word_class(following) == "D"


def phrase_before(article: Article, token: int, start: int, lists: Lists) -> Range | None:
    """Noun phrase that is the subject of the verb group at `token`, or None.

    It begins at or behind `start`. An aside between commas before the verb is passed over:
    "Fenn, the mayor, said".
    """
    tokens, lowered = article.tokens, article.lowered
    stop = token
    while stop > start and (lowered[stop - 1] in ADVERBS or is_time(article, stop - 1)):
        stop -= 1
    if stop > start and tokens[stop - 1] in (",", "—", "–", "―", ")"):
        opening = _before_aside(article, stop - 1, start)
        if opening is None:
            return None
        stop = opening
    first = stop
    while first > start and stop - first < LONGEST_PHRASE:
        word, lower = tokens[first - 1], lowered[first - 1]
        if (
            word == "."
            and first < stop
            and tokens[first][0].isupper()
            and _abbreviated(article, first - 1, stop, lists)
        ):
            first -= 1
            continue
        if word != "/" and word in _WITHIN:
            first -= 1
            continue
        if not word[0].isalnum() or word_class(word) == "A" or lower in _NOT_IN_PHRASE:
            break
        if lower in SUBJECTS and lower != "one" and word_class(word) == "P":
            if first == stop:
                return first - 1, stop
            break
        if word_class(word) == "C" and not (
            lower == "and" and first < stop and _joins(article, first - 1, start)
        ):
            break
        first -= 1
    # "On Monday the mayor", "In a letter the mayor": the subject begins behind the adverbial.
    while first < stop and (word_class(tokens[first]) in "IC" or is_time(article, first)):
        first += 1
        while first < stop and (tokens[first] in DAYS_AND_MONTHS or lowered[first] in WHEN):
            first += 1
    read = phrase_after(article, first, stop, lists) if first < stop else None
    if read is not None and read[1] == stop:
        return read
    # "The papers say [the driver] told": the subject begins behind another reporting verb.
    for at in range(stop - 1, first, -1):
        if (verb := reporting_verb(article, at, lists)) and verb[1] < stop and article.tokens[at].islower():
            read = phrase_after(article, verb[1], stop, lists)
            return read if read is not None and read[1] == stop else None
    return None


def _joins(article: Article, at: int, start: int) -> bool:
    """Whether "and" at `at` joins two names: "Fenn and Orla Vask said"."""
    if at - 1 < start or at + 1 >= len(article.tokens):
        return False
    before, behind = article.tokens[at - 1], article.tokens[at + 1]
    return before[0].isupper() and behind[0].isupper()


def _before_aside(article: Article, at: int, start: int) -> int | None:
    """Token before which the aside that closes at `at` opens, or None."""
    tokens = article.tokens
    opening = {")": "("}.get(tokens[at], tokens[at])
    for i in range(at - 1, max(start, at - LONGEST_ASIDE), -1):
        if tokens[i] in MARKS:
            return None
        if tokens[i] == opening:
            return i
    return None
