"""Speaker and hearer: "Orla Fenn told the Courier (that) the mill would close."."""

from __future__ import annotations

from onrecord.attributions.rules.clauses import (
    OBJECTS,
    SUBJECTS,
    Range,
    is_finite,
    is_time,
    phrase_after,
    phrase_before,
    sentence_tokens,
    text_span,
    token_at,
    verb_forms,
    verb_group,
)
from onrecord.attributions.rules.readings import Reading, stripped, with_readings
from onrecord.attributions.tagging.token_features import word_class
from onrecord.records import Attribution
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

SHORTEST_CONTENT = 2  # tokens
LONGEST_ADJUNCT = 24  # tokens between the hearer and the clause
FARTHEST_VERB = 14  # tokens from the beginning of a clause without "that" to its verb

_EMPTY = word_set("it there this that which what who i we you")
_CLAUSE_SUBJECTS = word_set("he she they it we i there")
_PAST = word_set(
    """went came fell rose left lost won took gave saw knew got made kept began broke sank grew drove flew ran
    stood sold bought paid felt thought held heard met sent spent told said found brought built led lay wore
    wrote spoke stole struck shook shut cost cut hit put set let"""
)


def with_hearers(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Return the attributions with the clauses that somebody is told, each with the speaker as its source.

    The hearer is neither source nor content.
    """
    readings = []
    for at in verb_forms(article, lists):
        if article.token_quoted_span[at] >= 0 or article.in_boilerplate(int(article.starts[at])):
            continue
        if (reading := _told(article, at, attributions, lists)) is not None:
            readings.append(reading)
    return with_readings(article, attributions, readings)


def _told(article: Article, at: int, attributions: list[Attribution], lists: Lists) -> Reading | None:
    """Return the reading of the clause that follows the verb of telling at `at` and its hearer."""
    group = verb_group(article, at, lists)
    if group is None or "tell" not in group.verb.kinds:
        return None
    if group.is_passive or group.is_modal or not is_finite(group):
        return None
    first, stop = sentence_tokens(article, at)
    hearer = _hearer(article, group.stop, stop, lists)
    if hearer is None:
        return None
    begin = _clause_behind(article, hearer[1], stop, lists)
    if begin is None or stop - begin < SHORTEST_CONTENT + 1:
        return None
    subject = phrase_before(article, group.first, first, lists)
    if subject is None or article.tokens[subject[0]].lower() in _EMPTY:
        return None
    if (article.token_quoted_span[subject[0] : begin + 1] >= 0).any():
        return None
    cue, source = text_span(article, (group.at, group.stop)), text_span(article, subject)
    if any(
        a.cue is not None and a.cue[0] < cue[1] and cue[0] < a.cue[1] and a.content[0][0] < cue[0]
        for a in attributions
    ):
        return None  # "“It fell,” a guard told the Post on condition that …": the words precede the verb
    start = int(article.starts[begin])
    known = [
        a for a in attributions if any(s < int(article.ends[stop - 1]) and e > cue[0] for s, e in a.content)
    ]
    for attribution in known:
        if attribution.cue is not None and attribution.cue[0] < cue[0]:
            return None  # told within what another said
        mine = attribution.cue is not None and attribution.cue[0] < cue[1] and cue[0] < attribution.cue[1]
        if mine and attribution.source is not None and attribution.source[0] < cue[0]:
            inside = text_span(article, hearer)
            if not any(s < inside[1] and inside[0] < e for s, e in attribution.content):
                return None  # read well
    end = stop
    if (article.token_quoted_span[begin:stop] >= 0).any():
        if not known:
            return None
        end = token_at(
            article, max(e for a in known for s, e in a.content if s < int(article.ends[stop - 1]))
        )
        end = min(max(end, begin + 1), stop)
        return Reading([(start, int(article.ends[end - 1]))], cue, source)
    return Reading([stripped(article.text, start, int(article.ends[end - 1]))], cue, source)


def _hearer(article: Article, token: int, stop: int, lists: Lists) -> Range | None:
    """Return the hearer: the noun phrase at `token`, up to where a second one begins."""
    tokens = article.tokens
    if token >= stop:
        return None
    if tokens[token].lower() in OBJECTS:
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


def _turns(article: Article, at: int, lists: Lists) -> bool:
    """Return whether a second noun phrase begins at `at` behind a plural or a name."""
    before, word = article.tokens[at - 1], article.tokens[at]
    if not before[0].isalnum() or not word[0].isalnum():
        return False
    if before[0].islower() and (before.lower() in lists.plural or before == "reporters"):
        return True
    return before[0].isupper() and word[0].islower() and before.lower() not in lists.singular


def _clause_behind(article: Article, token: int, stop: int, lists: Lists) -> int | None:
    """Return the first token of the clause behind the hearer, or None where no clause follows."""
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
            hearer = None if closing is None else _hearer(article, closing + 1, stop, lists)
            return None if hearer is None else _clause_behind(article, hearer[1], stop, lists)
        return closing + 2
    if at < stop and tokens[at] == "that":
        return at + 1
    # "in Suva on Monday", "during a visit to the mill": an adjunct
    adjunct = at
    while adjunct < stop and (word_class(tokens[adjunct]) == "I" or is_time(article, adjunct)):
        if word_class(tokens[adjunct]) == "I":
            hearer = _hearer(article, adjunct + 1, stop, lists)
            if hearer is None:
                return None
            adjunct = hearer[1]
        else:
            adjunct += 1
    if adjunct < stop and tokens[adjunct] == "that":
        return adjunct + 1
    return adjunct if _is_bare_clause(article, adjunct, stop, lists) else None


def _is_bare_clause(article: Article, token: int, stop: int, lists: Lists) -> bool:
    """Return whether a clause without "that" begins at `token`: a subject and its verb."""
    tokens = article.tokens
    if token + SHORTEST_CONTENT > stop:
        return False
    word = tokens[token]
    if word.lower() in _CLAUSE_SUBJECTS:
        return True
    subject = phrase_after(article, token, stop, lists)
    if subject is None or subject[1] >= stop:
        return False
    for at in range(subject[0] + 1, min(stop, token + FARTHEST_VERB)):
        lower = tokens[at].lower()
        if lower in ("to", "that", "who", "which", ",", ";", ":") and at <= subject[1]:
            return False
        if word_class(tokens[at]) == "A" or lower in _PAST:
            return True
        if word_class(tokens[at]) == "d" and at + 1 < stop and tokens[at + 1] != "by":
            return True
    return False
