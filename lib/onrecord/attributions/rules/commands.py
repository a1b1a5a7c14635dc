"""Commands and appeals: "Fenn appealed to the chiefs to release land"."""

from __future__ import annotations

from onrecord.attributions.rules.by_position import ByPosition
from onrecord.attributions.rules.clauses import (
    Range,
    VerbGroup,
    agrees,
    sentence_tokens,
    text_span,
    words_of,
)
from onrecord.attributions.rules.hearers import is_supposed, noun_phrase
from onrecord.attributions.rules.mention_kinds import SPEAKERS
from onrecord.attributions.rules.narration import active_groups
from onrecord.attributions.rules.phrases import phrase_before
from onrecord.attributions.rules.readings import Reading, stripped, with_readings
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

LONGEST_HEARER = 14  # tokens between the verb and "to"

_LINKS = word_set("to on upon with")
_HEARERS = frozenset(("person", "people", "name", "group", "institution", "media", "pronoun", "quantity"))
_NOBODY = word_set("it this that which what who i we you one there")


def with_commands(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with commands and appeals, each to whoever gives it.

    Only where the models have not found it.
    """
    readings = []
    known: ByPosition | None = None
    for group in active_groups(article, lists):
        if "command" not in group.verb.kinds:
            continue
        reading = _command(article, group, lists)
        if reading is None or reading.cue is None or reading.source is None:
            continue
        known = known or ByPosition(attributions)
        start, end = reading.cue[0], reading.content[0][1]
        spans = [span for _, a in known.around([(start, end)]) for span in (*a.content, a.cue) if span]
        if not any(a < end and start < b for a, b in spans):
            readings.append(reading)
    return with_readings(article, attributions, readings)


def _command(article: Article, group: VerbGroup, lists: Lists) -> Reading | None:
    """Reading of the command whose verb is that of `group`."""
    tokens = article.tokens
    first, stop = sentence_tokens(article, group.at)
    if "to" not in tokens[group.stop + 1 : min(stop, group.stop + LONGEST_HEARER)]:
        return None
    begin = group.stop + (tokens[group.stop] in _LINKS)
    hearer = noun_phrase(article, begin, stop, lists)
    if hearer is None or not is_infinitive(article, hearer[1], stop):
        return None
    if parse_mention(words_of(article, hearer), lists).kind not in _HEARERS:
        return None
    subject = phrase_before(article, group.first, first, lists)
    if subject is None or is_supposed(article, subject[0], first):
        return None
    words = words_of(article, subject)
    if words.lower() in _NOBODY or parse_mention(words, lists).kind not in SPEAKERS:
        return None
    if not agrees(group, words, lists):
        return None
    end = _end(article, (hearer[1], stop), lists)
    if any(article.token_is_quoted[subject[0] : end]):
        return None
    content = stripped(article.text, article.token_starts[hearer[1]], article.token_ends[end - 1])
    return Reading([content], text_span(article, (group.at, group.stop)), text_span(article, subject))


def is_infinitive(article: Article, token: int, stop: int) -> bool:
    """Whether "to" and a verb are at `token`."""
    tokens = article.tokens
    if token + 1 >= stop or tokens[token] != "to":
        return False
    following = tokens[token + 1]
    return following.islower() and word_class(following) not in ("D", "P", "I", "C")


def _end(article: Article, tokens: Range, lists: Lists) -> int:
    """Token past the command: the sentence's end, or a comma before "adding"."""
    words = article.tokens
    for i in range(tokens[0], tokens[1] - 1):
        if words[i] == "," and words[i + 1].endswith("ing") and words[i + 1] in lists.reporting_verbs:
            return i
    return tokens[1]
