"""Noun phrases and verb groups beside a reporting verb, read from tokens.

All functions take token positions of one article and stay within one sentence. They know word classes,
not parts of speech: a phrase ends where a closed-class word, a mark or a verb must end it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from onrecord.attributions.tagging.word_forms import word_class
from onrecord.list_shapes import ReportingVerb
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Span
from onrecord.text.memo import once_per_article
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

Range = tuple[int, int]  # tokens: first, one past the last

LONGEST_PHRASE = 14  # tokens of a noun phrase
LONGEST_ASIDE = 24  # tokens between the commas of an aside: ", the mayor of …,"

MARKS = frozenset('“”"„«»‘‹›「」『』″') | {"''", "``"}
_PAUSES = frozenset(".,;:?!()[]—–-…") | {"--", "..."}
_BE = word_set("is was are were be been being am ’re 're get gets got")
_HAVE = word_set("has have had having ’ve 've ’d 'd ’s 's")
_MODALS = word_set("will would can could may might must should shall do does did")
_ADVERBS = word_set(
    """also then later earlier once often again still now just already further soon first never ever
    always even only too since long reportedly yesterday today recently ago afterwards afterward meanwhile"""
)
DAYS = word_set("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_MONTHS = word_set("January February March April May June July August September October November December")
_WHEN = word_set("last this next early late yesterday today tomorrow earlier later")
_LINKS = word_set("of for from at in with")
# "A memo seen by the Post", "three people close to the board": participles within a noun phrase.
_REDUCED = frozenset(
    [(word, "by") for word in ("seen", "obtained", "reviewed", "published", "leaked", "commissioned")]
    + [("close", "to")]
)
_NOT_IN_PHRASE = word_set(
    """that who whom whose which what when where why how if whether because although though while as than
    to but or nor yet so not than then there here"""
)
SUBJECTS = word_set("he she they it i we you who one")
OBJECTS = word_set("him her them me us you it himself herself themselves")


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
        elif word not in _ADVERBS and not (word.endswith("ly") and len(word) > 4):
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
    return "base" in group.verb.tenses and (
        subject.lower() in ("they", "police", "the police") or parse_mention(subject, lists).is_plural
    )


def is_time(article: Article, token: int) -> bool:
    """Whether a time begins at the token: "Monday", "last week", "in March"."""
    tokens = article.tokens
    word = tokens[token]
    if word in DAYS or word.lower() in _WHEN:
        return True
    if word.lower() not in ("in", "on", "at", "by", "since", "during") or token + 1 >= len(tokens):
        return False
    following = tokens[token + 1]
    return following in DAYS | _MONTHS or following.lower() in _WHEN or following[0].isdigit()


def phrase_after(article: Article, token: int, stop: int, lists: Lists) -> Range | None:
    """Noun phrase that begins at `token` and ends before `stop`, or None.

    Links such as "of" and "from" belong to it, a time and a relative clause do not.
    """
    tokens = article.tokens
    if token >= stop:
        return None
    first = token
    lower = tokens[token].lower()
    has_noun = lower == "one" and token + 1 < stop and _has_noun(article, token + 1, lists)
    if lower in SUBJECTS | OBJECTS and word_class(tokens[token]) == "P" and not has_noun:
        return token, token + 1
    # "repeatedly said", "answering questions": not noun phrases without a determiner
    if word_class(tokens[token]) in "gl" and tokens[token].islower() and lower not in lists.singular:
        return None
    at = token
    has_head = False
    while at < min(stop, token + LONGEST_PHRASE):
        word = tokens[at]
        lower = word.lower()
        kind = word_class(word)
        if word == "." and has_head and _abbreviated(article, at, stop, lists):
            at += 1
            continue
        if word in ("’s", "'s", "’", "'", "&", "/") and has_head:
            at += 1
            has_head = word == "&" or has_head
            continue
        if has_head and (lower, tokens[at + 1] if at + 1 < stop else "") in _REDUCED:
            at += 2
            continue
        if not word[0].isalnum() or kind == "A" or lower in _NOT_IN_PHRASE:
            break
        if kind == "P" and lower not in ("one", "someone", "everyone", "nobody"):
            break
        if has_head and (is_time(article, at) or lower in _ADVERBS or (kind == "l" and word.islower())):
            break
        if lower == "and":
            if not _goes_on_after_and(article, at + 1, stop, lists):
                break
        elif kind == "I":
            if not has_head or lower not in _LINKS or not _links(article, first, at, stop, lists):
                break
        elif (
            kind == "C"
            or (has_head and kind in "gd" and word.islower() and lower not in lists.singular)
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
    return word[0].isalpha() and word_class(word) == "x" and reporting_verb(article, token, lists) is None


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
    tokens = article.tokens
    stop = token
    while stop > start and (tokens[stop - 1].lower() in _ADVERBS or is_time(article, stop - 1)):
        stop -= 1
    if stop > start and tokens[stop - 1] in (",", "—", "–", ")"):
        opening = _before_aside(article, stop - 1, start)
        if opening is None:
            return None
        stop = opening
    first = stop
    while first > start and stop - first < LONGEST_PHRASE:
        word = tokens[first - 1]
        lower = word.lower()
        if (
            word == "."
            and first < stop
            and tokens[first][0].isupper()
            and _abbreviated(article, first - 1, stop, lists)
        ):
            first -= 1
            continue
        if word in ("’s", "'s", "’", "'", "&"):
            first -= 1
            continue
        if not word[0].isalnum() or word_class(word) == "A" or lower in _NOT_IN_PHRASE:
            break
        if lower in SUBJECTS and word_class(word) == "P" and lower != "one":
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
        while first < stop and (tokens[first] in DAYS | _MONTHS or tokens[first].lower() in _WHEN):
            first += 1
    read = phrase_after(article, first, stop, lists) if first < stop else None
    return read if read is not None and read[1] == stop else None


def _joins(article: Article, at: int, start: int) -> bool:
    """Whether "and" at `at` joins two names: "Fenn and Orla Vask said"."""
    if at - 1 < start or at + 1 >= len(article.tokens):
        return False
    before, behind = article.tokens[at - 1], article.tokens[at + 1]
    return before[0].isupper() and behind[0].isupper()


def _before_aside(article: Article, at: int, start: int) -> int | None:
    """Token before which the aside that closes at `at` opens, or None."""
    tokens = article.tokens
    opening = {")": "(", "—": "—", "–": "–", ",": ","}[tokens[at]]
    for i in range(at - 1, max(start, at - LONGEST_ASIDE), -1):
        if tokens[i] in MARKS:
            return None
        if tokens[i] == opening:
            return i
    return None
