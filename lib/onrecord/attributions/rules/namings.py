"""What somebody calls something.

"Fenn branded the delay “shambolic”", "Fenn termed the charge baseless".
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from onrecord.attributions.rules.by_position import ByPosition
from onrecord.attributions.rules.clauses import (
    VerbGroup,
    is_finite,
    sentence_tokens,
    text_span,
    verb_group,
    words_of,
)
from onrecord.attributions.rules.narration import verb_groups
from onrecord.attributions.rules.phrases import phrase_before
from onrecord.attributions.rules.readings import Reading, with_readings
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.mentions.name_parts import is_nickname
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

LONGEST_OBJECT = 9  # tokens between the verb and the quotation: "[the long delay] “shambolic”"

SHORTEST_OBJECT = 2  # tokens: "it baseless"

_OBJECT_OPENERS = word_set("the a an this that these those it him her them his their its all such")
_SOURCES = frozenset(("person", "people", "name", "group", "institution", "media", "pronoun"))
_PAUSES = frozenset((",", ";", ":", ".", "—", "–", "(", "who", "which", "that", "and", "but"))
_GENERIC = frozenset(("i", "we", "you", "it", "who", "which", "one"))


def with_namings(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with the words that a verb of naming introduces.

    Only words that no attribution has.
    """
    known = ByPosition(attributions)
    readings = []
    naming = article.tokens_of(_naming_words(lists) & article.places.keys()) if article.quoted_spans else ()
    for quoted in article.quoted_spans if naming else ():
        stop = article.token_at(quoted.start)
        nearest = bisect_left(naming, stop) - 1
        if nearest < 0 or naming[nearest] < stop - LONGEST_OBJECT or article.in_boilerplate(quoted.start):
            continue
        reading = _named(article, (quoted.start, quoted.end), lists)
        if reading is not None and not known.has_words(reading.content[0]):
            readings.append(reading)
    for group in verb_groups(article, lists):
        if "complement" not in group.verb.kinds or article.in_boilerplate(article.token_starts[group.at]):
            continue
        reading = _termed(article, group, lists)
        if reading is not None and not known.has_words(reading.content[0]):
            readings.append(reading)
    return with_readings(article, attributions, readings)


@lru_cache(maxsize=4)
def _naming_words(lists: Lists) -> frozenset[str]:
    """First words of the verbs of naming, in lower case."""
    forms = (form for form, verb in lists.reporting_verbs.items() if "name" in verb.kinds)
    return frozenset(form.split(" ")[0] for form in forms)


def _named(article: Article, quoted: Span, lists: Lists) -> Reading | None:
    stop = article.token_at(quoted[0])
    if is_nickname(article.text, *quoted) or stop >= len(article.tokens):
        return None
    first, _ = sentence_tokens(article, stop)
    for at in range(stop - 1, max(first, stop - LONGEST_OBJECT - 1), -1):
        if article.tokens[at] in _PAUSES or article.token_is_quoted[at]:
            return None
        group = verb_group(article, at, lists)
        if group is None or "name" not in group.verb.kinds:
            continue
        if group.is_passive or group.is_modal or not is_finite(group) or group.stop >= stop:
            return None
        if word_class(article.tokens[group.stop]) == "I" and article.tokens[group.stop] != "as":
            return None
        subject = phrase_before(article, group.first, first, lists)
        if subject is None:
            return None
        words = words_of(article, subject)
        kinds = _SOURCES | {"other"} if words.startswith(("The ", "the ")) else _SOURCES
        if words.lower() in _GENERIC or parse_mention(words, lists).kind not in kinds:
            return None
        cue = text_span(article, (group.at, group.stop))
        return Reading([quoted], cue, text_span(article, subject))
    return None


def _termed(article: Article, group: VerbGroup, lists: Lists) -> Reading | None:
    """Reading of "Fenn termed [the charge baseless]"."""
    tokens = article.tokens
    if group.is_passive or group.is_modal or not is_finite(group):
        return None
    first, stop = sentence_tokens(article, group.at)
    subject = phrase_before(article, group.first, first, lists)
    if subject is None or group.stop >= stop or tokens[group.stop].lower() not in _OBJECT_OPENERS:
        return None
    words = words_of(article, subject)
    if words.lower() in _GENERIC or parse_mention(words, lists).kind not in _SOURCES:
        return None
    end = next((i for i in range(group.stop, stop) if tokens[i] in _PAUSES), stop)
    if end - group.stop < SHORTEST_OBJECT or any(article.token_is_quoted[subject[0] : end]):
        return None
    cue = text_span(article, (group.at, group.stop))
    return Reading([text_span(article, (group.stop, end))], cue, text_span(article, subject))
