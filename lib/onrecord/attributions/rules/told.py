"""Statements to an addressee: "Fenn told the Post (that) the quay was wet".

The addressee is part of neither the source nor the content.
"""

from __future__ import annotations

from onrecord.attributions.rules.clauses import (
    Range,
    VerbGroup,
    is_finite,
    is_time,
    phrase_after,
    phrase_before,
    sentence_tokens,
    text_span,
    verb_forms,
    verb_group,
)
from onrecord.attributions.rules.readings import Reading, stripped, with_readings, with_source
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

SHORTEST_CONTENT = 3  # tokens
LONGEST_ADDRESSEE = 22  # tokens, an apposition or a relative clause included

_SOURCES = frozenset(
    ("person", "people", "name", "institution", "group", "media", "pronoun", "quantity", "other")
)
_VERBS = word_set("tell inform notify assure remind warn advise alert reassure caution")  # with an addressee
_TERMS = word_set("condition conditions anonymity")
_PLACES = word_set("in on at during after before over by")
_AUXILIARIES = word_set("is was are were has have had will would can could may might must should did does do")


def with_told(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with statements to an addressee given to their speaker.

    The addressee is left out.
    """
    readings: list[Reading] = []
    for at in verb_forms(article, lists):
        form = lists.reporting_verbs.get(article.tokens[at].lower())
        if form is None or form.verb not in _VERBS:
            continue
        group = verb_group(article, at, lists)
        if group is None or "tell" not in group.verb.kinds or group.is_passive or group.is_modal:
            continue
        if not is_finite(group) or article.token_quoted_span[at] >= 0 or group.verb.verb not in _VERBS:
            continue
        if article.in_boilerplate(int(article.starts[at])):
            continue
        reading = _reading(article, group, lists)
        if reading is not None:
            attributions = _placed(article, attributions, reading, readings)
    return with_readings(article, attributions, readings)


def _reading(article: Article, group: VerbGroup, lists: Lists) -> Reading | None:
    tokens = article.tokens
    first, stop = sentence_tokens(article, group.at)
    addressee = phrase_after(article, group.stop, stop, lists)
    if addressee is None or tokens[group.stop] == "that":
        return None
    begin = _behind_addressee(article, addressee, stop)
    if begin is None or stop - begin < SHORTEST_CONTENT:
        return None
    if (article.token_quoted_span[begin:stop] >= 0).any():
        return None
    subject = phrase_before(article, group.first, first, lists)
    if subject is None or _is_tag(article, first, subject[0]):
        return None
    words = article.text[slice(*text_span(article, subject))]
    if parse_mention(words, lists).kind not in _SOURCES or words.lower() in ("who", "which", "it", "that"):
        return None
    content = stripped(article.text, int(article.starts[begin]), int(article.ends[stop - 1]))
    return Reading(
        [content], text_span(article, (group.at, group.stop)), text_span(article, subject), "indirect", 0.8
    )


def _behind_addressee(article: Article, addressee: Range, stop: int) -> int | None:
    """Token at which the content begins.

    Behind "that", or where a clause follows the addressee at once.
    """
    tokens = article.tokens
    at = addressee[1]
    for i in range(at, min(stop, at + LONGEST_ADDRESSEE)):
        if tokens[i] == "that" and (
            i == at or tokens[i - 1] in (",", ")") or is_time(article, i - 1) or _is_place(article, at, i)
        ):
            return i + 1
        if tokens[i] in (";", ":", "“", '"'):
            return None
    if at < stop and word_class(tokens[at]) in "DPN0" and not is_time(article, at):
        rest = [token.lower() for token in tokens[at : min(stop, at + 14)]]
        if any(word in _AUXILIARIES or word_class(word) == "d" for word in rest[1:]):
            return at
    return None


def _is_tag(article: Article, first: int, subject: int) -> bool:
    """Whether the words before the subject are a quotation with this verb as its tag."""
    return bool((article.token_quoted_span[max(first, subject - 2) : subject] >= 0).any())


def _is_place(article: Article, first: int, stop: int) -> bool:
    """Whether the tokens are adjuncts or further addressees.

    "In Sarn on Friday", ", the staff and the bank".
    """
    opening = article.tokens[first].lower()
    if any(token.lower() in _TERMS for token in article.tokens[first:stop]):
        return False  # "told the Post on condition that": the terms of the talk
    return opening in _PLACES or opening in (",", "and", "'s", "’s")


def _placed(
    article: Article, attributions: list[Attribution], reading: Reading, readings: list[Reading]
) -> list[Attribution]:
    """Attributions with a known one corrected; a new one goes to `readings`."""
    start, end = reading.content[0]
    changed = []
    known = False
    for attribution in attributions:
        covered = sum(max(0, min(b, end) - max(a, start)) for a, b in attribution.content)
        if covered < 0.5 * (end - start):
            changed.append(attribution)
            continue
        known = True
        cue = attribution.cue
        if not cue or not reading.cue or cue[1] <= reading.cue[0] or reading.cue[1] <= cue[0]:
            changed.append(attribution)
            continue
        # What is before the content in its sentence is the addressee.
        content = [
            (max(a, start) if reading.cue[1] <= a < start < b else a, b) for a, b in attribution.content
        ]
        content = [span for span in content if not (reading.cue[1] <= span[0] and span[1] <= start)]
        attribution = attribution._replace(content=content or attribution.content)
        source = attribution.source
        if source is None or reading.cue[1] <= source[0] < start:
            attribution = with_source(article, attribution, reading.source)
        changed.append(attribution)
    if not known:
        readings.append(reading)
    return changed
