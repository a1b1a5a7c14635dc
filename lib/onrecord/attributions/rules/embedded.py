"""Clauses within clauses.

"Fenn, who in May told the council that …, has left"; "said an officer had told her …".
"""

from __future__ import annotations

from onrecord.attributions.rules.clauses import (
    VerbGroup,
    is_finite,
    is_time,
    phrase_after,
    phrase_before,
    sentence_tokens,
    text_span,
    token_at,
    verb_group,
)
from onrecord.attributions.rules.readings import Reading, stripped, with_readings
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

LONGEST_ADJUNCT = 14  # tokens between "who" and its verb
SHORTEST_CONTENT = 2  # tokens

_SPEECH = frozenset(("say", "tell"))
_RELATIVES = word_set("who which")
_PAUSES = frozenset((",", "—", "–", "("))
_AUXILIARIES = word_set("is was are were has have had will would can could may might must should does did do")
_OBJECTS = word_set("him her them us me")
_PERSONS = frozenset(("person", "people", "name", "group", "institution"))


def with_embedded(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with those of relative clauses corrected.

    Also those of what one person said to another: "said an officer had told her …".
    """
    readings = []
    for at, token in enumerate(article.tokens):
        if token not in _RELATIVES or at == 0 or article.tokens[at - 1] not in _PAUSES:
            continue
        if article.token_quoted_span[at] >= 0 or article.in_boilerplate(int(article.starts[at])):
            continue
        if (reading := _relative(article, at, attributions, lists)) is not None:
            readings.append(reading)
    attributions = with_readings(article, attributions, readings)
    return [
        part
        for attribution in attributions
        for part in (_apart(article, attribution, lists) if attribution.form == "indirect" else [attribution])
    ]


def _apart(article: Article, attribution: Attribution, lists: Lists) -> list[Attribution]:
    """The attribution, and a second one for what somebody in it heard from another."""
    inner = _told_within(article, attribution, lists)
    if inner is None or inner.source is None:
        return [attribution]
    start, _ = attribution.content[-1]
    outer = stripped(article.text, start, inner.content[0][0])
    return [
        attribution._replace(content=[*attribution.content[:-1], outer]),
        Attribution(
            inner.content,
            inner.cue,
            inner.source,
            "indirect",
            True,
            min(inner.probability, attribution.probability),
        ),
    ]


def _relative(article: Article, at: int, attributions: list[Attribution], lists: Lists) -> Reading | None:
    """Reading of the relative clause that "who" or "which" opens at `at`."""
    first, stop = sentence_tokens(article, at)
    group = _verb_of(article, at, stop, lists)
    if group is None:
        return None
    # "Fenn, the mayor, who": the one before the aside; its words go on to the pronoun.
    antecedent = phrase_before(article, at - 1, first, lists) or phrase_before(article, at, first, lists)
    source = text_span(article, (antecedent[0] if antecedent else at, at + 1))
    cue = text_span(article, (group.at, group.stop))
    begin = group.stop
    if "tell" in group.verb.kinds and article.tokens[begin] != "that":
        addressee = phrase_after(article, begin, stop, lists)
        begin = addressee[1] if addressee else begin
    has_that = begin < stop and article.tokens[begin] == "that"
    known = [a for a in attributions if a.cue is not None and a.cue[0] < cue[1] and cue[0] < a.cue[1]]
    adjunct = (int(article.starts[at]), cue[0])
    wrong = [
        a
        for a in attributions
        if a.source is not None
        and a.cue is not None
        and adjunct[0] <= a.source[0] < adjunct[1]
        and a.source[0] != adjunct[0]
    ]
    if not (has_that or known or wrong) or (
        group.first == at + 1 and known and not _runs_on(article, known, begin, stop)
    ):
        return None
    begin += has_that
    end = _end_of_relative(article, begin, stop)
    if end - begin < SHORTEST_CONTENT or article.token_quoted_span[begin] >= 0:
        return None
    content = stripped(article.text, int(article.starts[begin]), int(article.ends[end - 1]))
    return Reading([content], cue, source)


def _verb_of(article: Article, at: int, stop: int, lists: Lists) -> VerbGroup | None:
    """Reporting verb of the clause that the pronoun at `at` opens.

    Adjuncts of time and place before it are passed over.
    """
    tokens = article.tokens
    for i in range(at + 1, min(stop, at + LONGEST_ADJUNCT)):
        lower = tokens[i].lower()
        if tokens[i] in (";", ":", "(", ")", "“", '"') or lower in _RELATIVES | {"that", "and", "but"}:
            return None
        group = verb_group(article, i, lists)
        if group is not None and group.verb.kinds & _SPEECH and is_finite(group):
            return (
                None
                if group.is_passive or group.is_modal or not _is_adjunct(article, at + 1, group.first)
                else group
            )
    return None


def _is_adjunct(article: Article, first: int, stop: int) -> bool:
    """Whether the tokens between pronoun and verb are an adjunct.

    "At a fair", "two years ago", or nothing.
    """
    if first >= stop:
        return True
    tokens = article.tokens
    words = [token.lower() for token in tokens[first:stop]]
    opens = words[0] if words[0] != "," else (words[1] if len(words) > 1 else "")
    has_time = any(is_time(article, i) for i in range(first, stop)) or bool(
        {"ago", "before", "after"} & set(words)
    )
    prepositions = ("at", "in", "on", "during", "after", "before", "since", "by", "until", "for", "from")
    if any(word in _AUXILIARIES for word in words):
        return False
    return opens in prepositions or has_time


def _runs_on(article: Article, known: list[Attribution], first: int, stop: int) -> bool:
    """Whether a known content goes on behind the relative clause: "…, has left"."""
    end = _end_of_relative(article, first, stop)
    if end == stop:
        return False
    border = int(article.ends[end - 1])
    return any(start >= border or end_ > border + 2 for a in known for start, end_ in a.content)


def _end_of_relative(article: Article, first: int, stop: int) -> int:
    """Token at which the relative clause ends.

    The comma or dash before the main verb.
    """
    tokens = article.tokens
    for i in range(first + 1, stop - 1):
        if tokens[i] in (",", "—", "–") and (
            tokens[i + 1].lower() in _AUXILIARIES
            or (tokens[i + 1].endswith("ed") and tokens[i + 1].islower())
        ):
            return i
    return stop


def _told_within(article: Article, attribution: Attribution, lists: Lists) -> Reading | None:
    """Reading of "a warden had told him the stairs were rotten" within a content."""
    start, end = attribution.content[-1]
    first, stop = token_at(article, start), token_at(article, end)
    tokens = article.tokens
    for at in range(first + 1, stop - SHORTEST_CONTENT - 1):
        if tokens[at] != "told" or tokens[at + 1].lower() not in _OBJECTS:
            continue
        group = verb_group(article, at, lists)
        if group is None or group.is_passive or group.is_modal:
            continue
        subject = phrase_before(article, group.first, first, lists)
        if subject is None:
            continue
        kind = parse_mention(article.text[slice(*text_span(article, subject))], lists).kind
        if kind not in _PERSONS:
            continue
        begin = at + 2 + (tokens[at + 2] == "that")
        content = stripped(article.text, int(article.starts[begin]), end)
        return Reading([content], text_span(article, (group.at, group.stop)), text_span(article, subject))
    return None
