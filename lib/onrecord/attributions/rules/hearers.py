"""Speaker and hearer: "Orla Fenn told the Courier (that) the mill would close."."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.attributions.rules.by_position import ByPosition
from onrecord.attributions.rules.clauses import (
    Range,
    VerbGroup,
    agrees,
    is_time,
    sentence_tokens,
    text_span,
    words_of,
)
from onrecord.attributions.rules.narration import active_groups
from onrecord.attributions.rules.phrases import OBJECTS, SUBJECTS, phrase_after, phrase_before
from onrecord.attributions.rules.readings import Reading, stripped, with_readings
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.records import Attribution
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

SHORTEST_CONTENT = 2  # tokens
LONGEST_ADJUNCT = 24  # tokens between the hearer and the clause
LONGEST_REST = 3  # tokens that a content may lack at the end of its sentence
LONGEST_PRONOUN = 6  # characters, with a blank
FARTHEST_VERB = 14  # tokens from the beginning of a clause without "that" to its verb

_EMPTY = word_set("it there this that which what who i we you nobody no neither none nothing")
_SUPPOSING = word_set("if unless whether had should suppose supposing imagine")
_CLAUSE_SUBJECTS = word_set("he she they it we i there")
_QUANTIFIERS = word_set(
    "most many some few all none nobody everyone everybody nothing everything both neither"
)
_ADVERBS = word_set("not never also already always only just still")
_PAST = word_set(
    """went came fell rose left lost won took gave saw knew got made kept began broke sank grew drove flew ran
    stood sold bought paid felt thought held heard met sent spent told said found brought built led lay wore
    wrote spoke stole struck shook shut cost cut hit put set let drew rang sang rode slept swept tore woke
    chose threw caught taught dug hid hung slid swore"""
)


class Telling(NamedTuple):
    """A verb of telling with what is around it, as tokens."""

    subject: Range
    verb: Range
    hearer: Range
    begin: int  # of the clause
    stop: int


def with_hearers(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with the clauses addressed to a hearer, each to its speaker.

    The hearer is neither source nor content.
    """
    telling = [
        told
        for group in active_groups(article, lists)
        if "tell" in group.verb.kinds and (told := _telling(article, group, lists)) is not None
    ]
    if not telling:
        return attributions
    found = ByPosition(attributions)
    readings = [reading for told in telling if (reading := _told(article, told, found)) is not None]
    return with_readings(article, attributions, readings)


def _telling(article: Article, group: VerbGroup, lists: Lists) -> Telling | None:
    """Speaker, hearer and clause of a verb of telling."""
    first, stop = sentence_tokens(article, group.at)
    hearer = noun_phrase(article, group.stop, stop, lists)
    if hearer is None:
        return None
    begin = _clause_behind(article, hearer[1], stop, lists)
    if begin is None or stop - begin < SHORTEST_CONTENT + 1 or may_be_verb(article.tokens, begin, stop):
        return None
    subject = phrase_before(article, group.first, first, lists)
    if subject is None or article.tokens[subject[0]].lower() in _EMPTY:
        return None
    if not agrees(group, words_of(article, subject), lists) or is_supposed(article, subject[0], first):
        return None
    if any(article.token_is_quoted[subject[0] : begin + 1]):
        return None
    return Telling(subject, (group.at, group.stop), hearer, begin, stop)


def _told(article: Article, told: Telling, found: ByPosition) -> Reading | None:
    """Reading of the clause that follows a verb of telling and its hearer.

    None where the attributions that are `found` have read it well.
    """
    begin, stop = told.begin, told.stop
    cue, source = text_span(article, told.verb), text_span(article, told.subject)
    if any(
        a.cue is not None and a.cue[0] < cue[1] and cue[0] < a.cue[1] and a.content[0][0] < cue[0]
        for _, a in found.around([cue])
    ):
        return None  # "“It fell,” a guard told the Post on condition that …": the words precede the verb
    start = article.token_starts[begin]
    last = article.token_ends[stop - 1]
    known = [
        a for _, a in found.around([(cue[0], last)]) if any(s < last and e > cue[0] for s, e in a.content)
    ]
    for attribution in known:
        if attribution.cue is not None and attribution.cue[0] < cue[0]:
            return None  # within what another said
        is_behind = attribution.cue is not None and attribution.cue[0] > cue[1]
        if is_behind and any(s <= source[0] < e for s, e in attribution.content):
            return None  # "Vask had told her that …, a source added"
        mine = attribution.cue is not None and attribution.cue[0] < cue[1] and cue[0] < attribution.cue[1]
        if mine and attribution.source is not None and attribution.source[0] < cue[0]:
            inside = text_span(article, told.hearer)
            lacks_subject = (
                0 < attribution.content[0][0] - start <= LONGEST_PRONOUN
                and article.tokens[begin].lower() in _CLAUSE_SUBJECTS
            )
            is_whole = not lacks_subject and not _is_cut_short(article, attribution.content[-1][1], stop)
            if is_whole and not any(s < inside[1] and inside[0] < e for s, e in attribution.content):
                return None  # read well
    end = stop
    if any(article.token_is_quoted[begin:stop]):
        if not known:
            return None
        end = article.token_at(max(e for a in known for s, e in a.content if s < last))
        end = min(max(end, begin + 1), stop)
        return Reading([(start, article.token_ends[end - 1])], cue, source)
    return Reading([stripped(article.text, start, article.token_ends[end - 1])], cue, source)


def _is_cut_short(article: Article, end: int, stop: int) -> bool:
    """Whether only a few words of the sentence are left: "had moved twice [before]"."""
    rest = [token for token in article.tokens[article.token_at(end) : stop] if token != "."]
    return 0 < len(rest) <= LONGEST_REST and all(token[0].isalnum() for token in rest)


def is_supposed(article: Article, token: int, first: int) -> bool:
    """Whether the clause with its subject at `token` is a supposition: "if Fenn told"."""
    return token > first and article.tokens[token - 1].lower() in _SUPPOSING


def noun_phrase(article: Article, token: int, stop: int, lists: Lists) -> Range | None:
    """Noun phrase at `token`, up to where a second one begins: "[Reuters] prices"."""
    tokens = article.tokens
    if token >= stop:
        return None
    if tokens[token].lower() in OBJECTS and not _is_possessive(article, token, stop):
        return token, token + 1
    if tokens[token].lower() in SUBJECTS or word_class(tokens[token]) in ("I", "A", "that", "to"):
        return None
    phrase = phrase_after(article, token, stop, lists)
    if phrase is None:
        return None
    has_head = False
    for at in range(*phrase):
        word = tokens[at]
        kind = word_class(word)
        linked = at > phrase[0] and word_class(tokens[at - 1]) in ("I", "C")
        if kind == "D" and has_head and not linked:
            return phrase[0], at
        # "told Reuters prices", "told reporters Fenn": a name and a noun side by side are two phrases
        if has_head and not linked and kind not in ("I", "C", "D", "'") and _turns(article, at, lists):
            return phrase[0], at
        has_head = has_head or kind not in ("D", "I", "C")
    return phrase


def _is_possessive(article: Article, token: int, stop: int) -> bool:
    """Whether "her" belongs to a noun: "told her staff", not "told her the works"."""
    if article.tokens[token].lower() != "her" or token + 1 >= stop:
        return False
    return word_class(article.tokens[token + 1]) in ("x", "g", "d") and not is_time(article, token + 1)


def _turns(article: Article, at: int, lists: Lists) -> bool:
    """Whether a second noun phrase begins at `at` behind a plural or a name."""
    before, word = article.tokens[at - 1], article.tokens[at]
    if not before[0].isalnum() or not word[0].isalnum():
        return False
    if before[0].islower() and (before.lower() in lists.plural or before == "reporters"):
        return True
    return before[0].isupper() and word[0].islower() and before.lower() not in lists.singular


def _clause_behind(article: Article, token: int, stop: int, lists: Lists) -> int | None:
    """First token of the clause behind the hearer.

    None where no clause follows.
    """
    tokens = article.tokens
    at = token
    # ", who had lost nine in a row,", ", the mayor,": an aside about the hearer
    if at < stop and tokens[at] == ",":
        closing = next(
            (
                i
                for i in range(at + 1, min(stop - 1, at + LONGEST_ADJUNCT))
                if tokens[i] == "," and tokens[i + 1] == "that"
            ),
            None,
        )
        if closing is None:
            closing = next((i for i in range(at + 1, min(stop - 1, at + 4)) if tokens[i] == "and"), None)
            hearer = None if closing is None else noun_phrase(article, closing + 1, stop, lists)
            return None if hearer is None else _clause_behind(article, hearer[1], stop, lists)
        return closing + 2
    if at < stop and tokens[at] == "that":
        return at + 1
    # "in Suva on Monday", "during a visit to the mill": an adjunct
    adjunct = at
    while adjunct < stop and (word_class(tokens[adjunct]) == "I" or is_time(article, adjunct)):
        if word_class(tokens[adjunct]) == "I":
            hearer = noun_phrase(article, adjunct + 1, stop, lists)
            if hearer is None:
                return None
            adjunct = hearer[1]
        else:
            adjunct += 1
    if adjunct < stop and tokens[adjunct] == "that":
        return adjunct + 1
    return adjunct if begins_clause(article, adjunct, stop, lists) else None


def begins_clause(article: Article, token: int, stop: int, lists: Lists) -> bool:
    """Whether a clause without "that" begins at `token`: a subject and its verb."""
    tokens = article.tokens
    if token + SHORTEST_CONTENT > stop:
        return False
    word = tokens[token]
    if word.lower() in _CLAUSE_SUBJECTS:
        return True
    if word.lower() in _QUANTIFIERS and may_be_verb(tokens, token + 1, stop):
        return True  # "[most] won’t budge"
    subject = phrase_after(article, token, stop, lists)
    if subject is None or subject[1] >= stop:
        return False
    in_relative = False  # up to the end of its verb group: "a fox that had lost [its tail]"
    seen_verb = False
    for at in range(subject[0] + 1, min(stop, token + FARTHEST_VERB)):
        lower = tokens[at].lower()
        if lower in ("to", ",", ";", ":") and at <= subject[1]:
            return False
        if lower in ("that", "who", "which"):
            in_relative, seen_verb = True, False
        elif may_be_verb(tokens, at, stop):
            if not in_relative:
                return True
            seen_verb = True
        elif seen_verb and lower not in _ADVERBS and word_class(lower) != "l":
            in_relative = False
    return False


def may_be_verb(tokens: list[str], at: int, stop: int) -> bool:
    """Whether the token is an auxiliary or looks like a past form.

    A participle with "by" does not count.
    """
    kind = word_class(tokens[at])
    return (
        kind == "A"
        or tokens[at].endswith(("n’t", "n't"))
        or tokens[at].lower() in _PAST
        or (kind == "d" and at + 1 < stop and tokens[at + 1] != "by")
    )
