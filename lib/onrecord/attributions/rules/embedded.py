"""Clauses within clauses.

"Fenn, who in May told the council that …, has left"; "said an officer had told her …".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from onrecord.attributions.rules.by_position import ByPosition
from onrecord.attributions.rules.clauses import (
    FINITE_AUXILIARIES,
    VerbGroup,
    first_words,
    is_finite,
    is_time,
    sentence_tokens,
    text_span,
    verb_group,
)
from onrecord.attributions.rules.hearers import begins_clause, may_be_verb
from onrecord.attributions.rules.mention_kinds import NAMED
from onrecord.attributions.rules.narration import verb_groups
from onrecord.attributions.rules.phrases import phrase_after, phrase_before
from onrecord.attributions.rules.readings import Reading, stripped, with_readings
from onrecord.attributions.rules.source_phrases import clause_of_noun
from onrecord.attributions.rules.told_within import with_told_within
from onrecord.attributions.rules.viewpoints import quotation_behind
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

LONGEST_ADJUNCT = 14  # tokens between "who" and its verb
SHORTEST_CONTENT = 2  # tokens
LONGEST_OBJECT = 10  # tokens of an object before "for calling", and between "calling" and the quotation

_SPEECH = frozenset(("say", "tell"))
_RELATIVES = word_set("who which")
_BEHIND_ADJUNCT = _RELATIVES | {";", ":", "(", ")", "“", '"', "that", "and", "but"}
_PAUSES = frozenset((",", "—", "–", "("))
_TIMES = word_set("later then now also soon since")


def with_embedded(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with those of relative clauses corrected.

    Also those of what one person said to another: "said an officer had told her …".
    """
    readings = []
    found = ByPosition(attributions)
    sources = sorted([one.source[0] for one in attributions if one.source and one.cue])
    for at in article.tokens_of(_RELATIVES):
        if at == 0 or article.token_is_quoted[at] or not article.tokens[at].islower():
            continue
        if article.in_boilerplate(article.token_starts[at]):
            continue
        if article.tokens[at - 1] not in _PAUSES and not (
            article.tokens[at - 1] == "and" and _first_relative(article, at) is not None
        ):
            if (reading := _without_main_verb(article, at, found, lists)) is not None:
                readings.append(reading)
            continue
        if (reading := _relative(article, at, found, sources, lists)) is not None:
            readings.append(reading)
    readings += _called(article, lists)
    return with_told_within(article, with_readings(article, attributions, readings), lists)


def _with_cue(found: ByPosition, cue: Span) -> list[Attribution]:
    """Attributions whose cue overlaps `cue`."""
    return [
        one
        for _, one in found.around([cue])
        if one.cue is not None and one.cue[0] < cue[1] and cue[0] < one.cue[1]
    ]


def _relative(
    article: Article, at: int, found: ByPosition, sources: list[int], lists: Lists
) -> Reading | None:
    """Reading of the relative clause that "who" or "which" opens at `at`.

    `sources` is where the sources of attributions with a cue begin, in order.
    """
    first, stop = sentence_tokens(article, at)
    group = _verb_of(article, at, stop, lists)
    if group is None:
        return None
    # "Fenn, the mayor, who": the one before the aside; its words go on to the pronoun.
    opening = _first_relative(article, at)
    if article.tokens[at - 1] == "and" and opening is not None:
        antecedent = phrase_before(article, opening - 1, first, lists)
        source = text_span(article, antecedent if antecedent else (at, at + 1))
    else:
        antecedent = phrase_before(article, at - 1, first, lists) or phrase_before(article, at, first, lists)
        source = text_span(article, (antecedent[0] if antecedent else at, at + 1))
    cue = text_span(article, (group.at, group.stop))
    begin = group.stop
    if begin >= stop:
        return None
    if not group.verb.kinds & _SPEECH:  # ", who in May called the plan “a joke”, has left"
        quotation = quotation_behind(article, begin, min(stop, begin + LONGEST_OBJECT))
        return None if quotation is None else Reading([quotation], cue, source)
    if "tell" in group.verb.kinds and article.tokens[begin] != "that":
        addressee = phrase_after(article, begin, stop, lists)
        begin = addressee[1] if addressee else begin
    has_that = begin < stop and article.tokens[begin] == "that"
    known = _with_cue(found, cue)
    # An attribution whose source is in the adjunct is wrong.
    wrong = bisect_left(sources, cue[0]) > bisect_right(sources, article.token_starts[at])
    if "of" in group.verb.kinds and article.tokens[begin : begin + 1] == ["of"] and (wrong or not known):
        phrase = phrase_after(article, begin + 1, stop, lists)
        if phrase is not None:  # ", who had warned of frost and who"
            return Reading([text_span(article, phrase)], cue, source)
    is_told = (
        ("tell" in group.verb.kinds and begin > group.stop)
        or ("clause" in group.verb.kinds and is_finite(group))
    ) and begins_clause(article, begin, stop, lists)
    if not (has_that or known or wrong or is_told) or (
        group.first == at + 1 and known and not _runs_on(article, known, begin, stop)
    ):
        return None
    begin += has_that
    end = end_of_relative(article, begin, stop)
    if end - begin < SHORTEST_CONTENT or article.token_is_quoted[begin]:
        return None
    content = stripped(article.text, article.token_starts[begin], article.token_ends[end - 1])
    return Reading([content], cue, source)


def _without_main_verb(article: Article, at: int, found: ByPosition, lists: Lists) -> Reading | None:
    """Reading of a relative clause without a comma before it, whose content runs on.

    "The guard who warned that the dam was weak[, has been suspended]": the main verb is not said.
    """
    _, stop = sentence_tokens(article, at)
    group = _verb_of(article, at, stop, lists)
    if group is None or not group.verb.kinds & _SPEECH:
        return None
    cue = text_span(article, (group.at, group.stop))
    known = _with_cue(found, cue)
    begin = group.stop + (group.stop < stop and article.tokens[group.stop] == "that")
    if not known and begin > group.stop:
        return _restrictive(article, at, group, begin, stop, lists)
    if len(known) != 1 or known[0].form != "indirect" or not _runs_on(article, known, begin, stop):
        return None
    end = end_of_relative(article, begin, stop)
    start = known[0].content[0][0]
    if end - begin < SHORTEST_CONTENT or start < cue[1]:
        return None
    return Reading([stripped(article.text, start, article.token_ends[end - 1])], cue, known[0].source)


def _restrictive(
    article: Article, at: int, group: VerbGroup, begin: int, stop: int, lists: Lists
) -> Reading | None:
    """Reading of a relative clause that the models missed.

    "Two guards who had maintained that [the dam was sound] have left".
    """
    first, _ = sentence_tokens(article, at)
    antecedent = phrase_before(article, at, first, lists)
    if antecedent is None or not is_finite(group) or may_be_verb(article.tokens, begin, stop):
        return None
    if parse_mention(article.text[slice(*text_span(article, antecedent))], lists).kind not in NAMED:
        return None
    if any(article.token_is_quoted[at:stop]) or not begins_clause(article, begin, stop, lists):
        return None
    content = clause_of_noun(article, begin, stop, True)
    return Reading(
        [content], text_span(article, (group.at, group.stop)), text_span(article, (antecedent[0], at + 1))
    )


def _first_relative(article: Article, at: int) -> int | None:
    """Relative pronoun that opens the clause before "and who" at `at`.

    "Fenn, [whose] orchard is by the road and who".
    """
    first, _ = sentence_tokens(article, at)
    return next(
        (
            i
            for i in range(at - 2, first, -1)
            if article.tokens[i] in ("who", "whose", "which") and article.tokens[i - 1] in _PAUSES
        ),
        None,
    )


def _called(article: Article, lists: Lists) -> list[Reading]:
    """Readings of "mocked Fenn for calling it “a picnic”": the words are Fenn's."""
    tokens = article.tokens
    if not any([tokens[group.at - 1] in ("for", "of") for group in verb_groups(article, lists)]):
        return []
    readings = []
    for quoted in article.quoted_spans:
        at = article.token_at(quoted.start)
        first, _ = sentence_tokens(article, at)
        naming = next(
            (
                i
                for i in range(at - 1, max(first + 1, at - LONGEST_OBJECT), -1)
                if tokens[i - 1] in ("for", "of") and tokens[i].endswith("ing")
            ),
            None,
        )
        if naming is None or article.in_boilerplate(quoted.start):
            continue
        group = verb_group(article, naming, lists)
        if group is None or not group.verb.kinds & {"name", "say", "judge"}:
            continue
        # "mocked Fenn for", not "apologised for": somebody is the object of the verb before
        person = next(
            (
                phrase
                for i in range(naming - 2, max(first, naming - LONGEST_OBJECT), -1)
                if (phrase := phrase_after(article, i, naming - 1, lists))
                and phrase[1] == naming - 1
                and i > first
                and _is_judged(article, i - 1, lists)
            ),
            None,
        )
        if person is None:
            continue
        source = text_span(article, person)
        if parse_mention(article.text[slice(*source)], lists).kind not in NAMED | {"pronoun"}:
            continue
        cue = text_span(article, (group.at, group.stop))
        readings.append(Reading([(quoted.start, quoted.end)], cue, source))
    return readings


def _is_judged(article: Article, token: int, lists: Lists) -> bool:
    """Whether a verb at the token judges its object: "blasted [Fenn] for"."""
    group = verb_group(article, token, lists)
    return (
        group is not None
        and not group.is_passive
        and bool(group.verb.kinds & {"judge", "name", "tell", "ask"})
    )


def _verb_of(article: Article, at: int, stop: int, lists: Lists) -> VerbGroup | None:
    """Reporting verb of the clause that the pronoun at `at` opens.

    Adjuncts of time and place before it are passed over.
    """
    lowered, words = article.lowered, first_words(lists)
    for i in range(at + 1, min(stop, at + LONGEST_ADJUNCT)):
        if lowered[i] in _BEHIND_ADJUNCT:
            return None
        if lowered[i] not in words:
            continue
        group = verb_group(article, i, lists)
        if group is not None and group.verb.kinds & (_SPEECH | {"name"}) and is_finite(group):
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
    words = article.lowered[first:stop]
    opens = words[0] if words[0] != "," else (words[1] if len(words) > 1 else "")
    has_time = any(is_time(article, i) for i in range(first, stop)) or bool(
        {"ago", "before", "after"} & set(words)
    )
    prepositions = ("at", "in", "on", "during", "after", "before", "since", "by", "until", "for", "from")
    if not FINITE_AUXILIARIES.isdisjoint(words):
        return False
    return opens in prepositions or has_time


def _runs_on(article: Article, known: list[Attribution], first: int, stop: int) -> bool:
    """Whether a known content goes on behind the relative clause: "…, has left"."""
    end = end_of_relative(article, first, stop)
    if end == stop:
        return False
    border = article.token_ends[end - 1]
    return any(start >= border or end_ > border + 2 for a in known for start, end_ in a.content)


def end_of_relative(article: Article, first: int, stop: int) -> int:
    """Token at which the relative clause ends.

    The comma or dash before the main verb.
    """
    tokens = article.tokens
    for i in range(first + 1, stop - 1):
        if tokens[i] not in (",", "—", "–", ")"):
            continue
        verb = i + 1
        while verb < stop - 1 and (tokens[verb] in _TIMES or word_class(tokens[verb]) == "l"):
            verb += 1
        if word_class(tokens[verb]) == "A" or may_be_verb(tokens, verb, stop):
            return i
    return stop
