"""Impersonal passives.

"It is understood that …", "He was said by colleagues to be calm".
"It" names nobody: the source is the agent behind "by", else that "it", which has no form.
"""

from __future__ import annotations

from onrecord.attributions.rules.by_position import ByPosition
from onrecord.attributions.rules.clauses import (
    VerbGroup,
    is_time,
    sentence_tokens,
    text_span,
    verb_group,
    words_of,
)
from onrecord.attributions.rules.hearers import begins_clause
from onrecord.attributions.rules.narration import narrated_groups
from onrecord.attributions.rules.phrases import phrase_after
from onrecord.attributions.rules.readings import Reading, stripped, with_readings
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

SHORTEST_CONTENT = 3  # tokens
LONGEST_GAP = 30  # characters between a subject and "reportedly"
_KINDS = frozenset(("say", "think", "show"))
_SPEECH = frozenset(("say", "tell", "ask", "judge", "name"))
_ADVERBS = word_set("reportedly allegedly supposedly purportedly apparently")
_AGENTS = frozenset(("person", "people", "group", "institution", "media", "name", "quantity"))


def with_impersonal(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with impersonal passives, whose "it" names nobody."""
    known = ByPosition(attributions)
    readings = []
    for group in narrated_groups(article, lists):
        if not group.is_passive or group.is_modal or not group.verb.kinds & _KINDS:
            continue
        reading = _reading(article, group, lists)
        if reading is None:
            continue
        has_agent = reading.source is not None and reading.source[0] >= article.token_ends[group.at]
        if has_agent or not known.has_words(reading.content[0]):
            readings.append(reading)
    if not article.places.keys().isdisjoint(_ADVERBS):
        attributions = [_reportedly(article, one, lists) for one in attributions]
    if "it" not in article.places:
        return with_readings(article, attributions, readings)
    return [
        one
        if one.cue is None or one.source is None
        else _without_it(article, one, one.cue, one.source, lists)
        for one in with_readings(article, attributions, readings)
    ]


def _reportedly(article: Article, attribution: Attribution, lists: Lists) -> Attribution:
    """Attribution to nobody where its cue is an adverb.

    "The gang [reportedly] used a van".
    """
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None or source[1] > cue[0] or attribution.form == "direct":
        return attribution
    words = article.lowered[article.token_at(cue[0]) : article.token_at(cue[1])]
    rest = [word for word in words if word not in _ADVERBS and word_class(word) != "A"]
    verbs = [lists.reporting_verbs[word].kinds for word in rest if word in lists.reporting_verbs]
    if _ADVERBS.isdisjoint(words) or any(kinds & _SPEECH for kinds in verbs) or len(rest) > 1:
        return attribution
    if rest and attribution.content[0][0] < cue[1]:
        return attribution
    content = attribution.content
    is_near = "," not in article.text[source[1] : cue[0]] and cue[0] - source[1] <= LONGEST_GAP
    if is_near and content[0][0] >= cue[1]:
        content = [(source[0], content[0][1]), *content[1:]]
    return attribution._replace(content=content, source=None, form=article.form_of(content))


def _without_it(
    article: Article, attribution: Attribution, cue: Span, source: Span, lists: Lists
) -> Attribution:
    """Attribution whose source is an "it" that is not in its cue."""
    if is_time(article, article.token_at(source[0])) and (it := _it_of(article, cue, lists)) is not None:
        return attribution._replace(source=it)
    if cue[0] != source[0] or not source[1] < cue[1] or article.text[slice(*source)].lower() != "it":
        return attribution
    return attribution._replace(cue=stripped(article.text, source[1], cue[1]))


def _reading(article: Article, group: VerbGroup, lists: Lists) -> Reading | None:
    """Reading of the clause or infinitive behind the passive."""
    tokens = article.tokens
    first, stop = sentence_tokens(article, group.at)
    begin, source = group.stop, None
    if begin < stop and tokens[begin] == "by":
        agent = phrase_after(article, begin + 1, stop, lists)
        if agent is None or parse_mention(words_of(article, agent), lists).kind not in _AGENTS:
            return None
        begin, source = agent[1], text_span(article, agent)
    is_it = group.first > first and tokens[group.first - 1].lower() == "it"
    if begin >= stop - SHORTEST_CONTENT + (source is not None):
        return None
    if is_it and tokens[begin] == "that":
        begin += 1
    elif source is not None:
        if is_it or tokens[begin] != "to":
            return None
    elif not is_it or not begins_clause(article, begin, stop, lists):
        return None
    if any(article.token_is_quoted[begin:stop]):
        return None
    content = stripped(article.text, article.token_starts[begin], article.token_ends[stop - 1])
    source = source or text_span(article, (group.first - 1, group.first))
    return Reading([content], text_span(article, (group.first, group.stop)), source)


def _it_of(article: Article, cue: Span, lists: Lists) -> Span | None:
    """The "it" of an impersonal passive with a time as its source.

    "It was announced [last month] that".
    """
    for at in range(article.token_at(cue[0]), article.token_at(cue[1])):
        group = verb_group(article, at, lists)
        if group is None or not group.is_passive or not group.verb.kinds & _KINDS:
            continue
        first, _ = sentence_tokens(article, at)
        if group.first > first and article.tokens[group.first - 1].lower() == "it":
            return text_span(article, (group.first - 1, group.first))
    return None
