"""Clauses behind a reporting verb and a time.

"The mill said on Monday (that) the looms would stop."
"""

from __future__ import annotations

from onrecord.attributions.rules.by_position import ByPosition
from onrecord.attributions.rules.clauses import (
    PARTS_OF_TIME,
    VerbGroup,
    agrees,
    is_finite,
    is_time,
    sentence_tokens,
    text_span,
    words_of,
)
from onrecord.attributions.rules.hearers import begins_clause, is_supposed, may_be_verb, noun_phrase
from onrecord.attributions.rules.mention_kinds import SPEAKERS
from onrecord.attributions.rules.narration import active_groups
from onrecord.attributions.rules.phrases import phrase_before
from onrecord.attributions.rules.readings import Reading, stripped, with_readings
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

SHORTEST_CONTENT = 3  # tokens
LONGEST_ADJUNCT = 8  # tokens between the verb and its clause

_REPORTING = frozenset(("clause", "say"))
_JOINING = word_set("and but")
_PRONOUNS = word_set("he she they")
_ASKED = word_set("asked pressed questioned challenged quizzed speaking")


def with_reported_clauses(
    article: Article, attributions: list[Attribution], lists: Lists
) -> list[Attribution]:
    """Attributions with the clauses behind a reporting verb.

    Only clauses whose verb is not yet the cue of an attribution.
    """
    cues = {attribution.cue[0] for attribution in attributions if attribution.cue is not None}
    readings = []
    known = ByPosition(attributions)
    found: ByPosition | None = None
    misread = _misread(article, attributions)
    for group in active_groups(article, lists):
        at = group.at
        start = article.token_starts[at]
        if (start in cues and start not in misread) or group.verb.kinds.isdisjoint(_REPORTING):
            continue
        reading = _reported(article, group, lists)
        if reading is None and not _may_be_second(article, group):
            continue
        found = found or ByPosition(attributions)
        reading = reading or _coordinated(article, group, found)
        if reading is None or reading.cue is None or reading.source is None:
            continue
        begin, end = reading.source[0], reading.content[0][1]
        if begin < start and article.tokens[at - 1] in _JOINING:
            begin = start
        is_second = begin == start
        if is_second:
            for number, one in found.around([article.sentences[article.sentence_of[at]][:2]]):
                found.attributions[number] = _up_to(article, one, at, reading)
        if is_second or not known.has_words((begin, end)):
            readings.append(reading)
            if start in misread:
                for number, one in found.around([(start, start + 1)]):
                    if one.cue is not None and one.cue[0] == start:
                        del found.attributions[number]
    if found is not None:
        attributions = list(found.attributions.values())
    return with_readings(article, attributions, readings)


def _misread(article: Article, attributions: list[Attribution]) -> set[int]:
    """Offsets of the cues whose content is only an opening.

    "[Pressed on the fee], Fenn admitted to a court that …".
    """
    asked = article.tokens_of(_ASKED)
    if not any(article.sentence_tokens[article.sentence_of[at]] == at for at in asked):
        return set()
    return {one.cue[0] for one in attributions if one.cue is not None and _is_opening(article, one)}


def _up_to(article: Article, attribution: Attribution, at: int, second: Reading) -> Attribution:
    """Attribution whose content ends before the second verb at `at` of its source."""
    if attribution.source != second.source or attribution.content[-1][1] <= article.token_starts[at]:
        return attribution
    border = article.token_starts[at - 1 - (article.tokens[at - 1] == "also")]
    content = [stripped(article.text, s, min(e, border)) for s, e in attribution.content if s < border]
    content = [span for span in content if span[0] < span[1]]
    return attribution._replace(content=content, form=article.form_of(content)) if content else attribution


def _may_be_second(article: Article, group: VerbGroup) -> bool:
    """Whether the verb may be a second one of one speaker: ", and warned that"."""
    tokens = article.tokens
    before = group.first - 1 - (tokens[group.first - 1] == "also")
    if tokens[before] not in _JOINING or not is_finite(group):
        return False
    first, stop = sentence_tokens(article, group.at)
    begin = group.stop
    return (
        before > first
        and begin + SHORTEST_CONTENT + 1 < stop
        and tokens[begin] == "that"
        and not may_be_verb(tokens, begin + 1, stop)
        and not any(article.token_is_quoted[group.first : stop])
    )


def _coordinated(article: Article, group: VerbGroup, found: ByPosition) -> Reading | None:
    """Reading of a second verb of one speaker.

    "Fenn said the pool was shut[, and warned that] the hall would be".
    """
    first, stop = sentence_tokens(article, group.at)
    start = article.token_starts[first]
    known = [
        one
        for _, one in found.around([article.sentences[article.sentence_of[group.at]][:2]])
        if one.cue is not None
        and one.source is not None
        and start <= one.cue[0] < article.token_starts[group.first]
        and one.source[1] <= one.cue[0]
    ]
    if not known:
        return None
    source = max(known, key=lambda one: one.cue or (0, 0)).source
    content = stripped(article.text, article.token_starts[group.stop + 1], article.token_ends[stop - 1])
    return Reading([content], text_span(article, (group.at, group.stop)), source)


def _is_opening(article: Article, attribution: Attribution) -> bool:
    """Whether the content is only a participle clause that opens the sentence."""
    if attribution.cue is None or attribution.form != "indirect" or len(attribution.content) > 1:
        return False
    start, end = attribution.content[0]
    first = article.token_at(start)
    opens = (
        article.tokens[first].lower() in _ASKED and article.sentences[article.sentence_at(start)][0] == start
    )
    return opens and end <= attribution.cue[0] and "," not in article.text[start:end]


def _reported(article: Article, group: VerbGroup, lists: Lists) -> Reading | None:
    """Reading of the clause behind the reporting verb of `group`."""
    first, stop = sentence_tokens(article, group.at)
    tokens = article.tokens
    needs_that = "deed" in group.verb.kinds or "clause" not in group.verb.kinds
    if needs_that and "that" not in tokens[group.stop : min(stop, group.stop + LONGEST_ADJUNCT)]:
        return None  # "submitted the report", "held the ball"
    begin = _behind_adjunct(article, group.stop, stop, lists)
    if begin is None or stop - begin < SHORTEST_CONTENT + 1 or (needs_that and tokens[begin] != "that"):
        return None
    if tokens[begin] == "that":
        begin += 1
        if may_be_verb(tokens, begin, stop):
            return None
        if "clause" not in group.verb.kinds and not begins_clause(article, begin, stop, lists):
            return None  # "went on that [year]"
    elif not begins_clause(article, begin, stop, lists):
        return None
    subject = phrase_before(article, group.first, first, lists)
    if subject is None or is_supposed(article, subject[0], first):
        return None
    words = words_of(article, subject)
    is_known = words.lower() in _PRONOUNS or parse_mention(words, lists).kind in SPEAKERS
    if not is_known and group.verb.verb != "say":  # whoever says something is a source: "a goatherd said"
        return None
    if not agrees(group, words, lists) or any(article.token_is_quoted[subject[0] : stop]):
        return None
    content = stripped(article.text, article.token_starts[begin], article.token_ends[stop - 1])
    return Reading([content], text_span(article, (group.at, group.stop)), text_span(article, subject))


def _behind_adjunct(article: Article, token: int, stop: int, lists: Lists) -> int | None:
    """Token behind an adjunct: "on Monday", "in a statement".

    `token` itself where there is none.
    """
    tokens = article.tokens
    at = token
    while at < min(stop, token + LONGEST_ADJUNCT):
        if is_time(article, at):
            at += 1
            while at < stop and (
                is_time(article, at) or tokens[at][0].isdigit() or tokens[at] in PARTS_OF_TIME
            ):
                at += 1
            if tokens[at - 1].lower() in ("on", "in", "at", "last", "this", "next", "late", "early"):
                at += 1
        elif word_class(tokens[at]) in ("I", "to"):
            phrase = noun_phrase(article, at + 1, stop, lists)
            if phrase is None:
                return None
            at = phrase[1]
        else:
            return at
    return None
