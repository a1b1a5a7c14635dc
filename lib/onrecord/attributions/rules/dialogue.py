"""Dialogue: short quotations in paragraphs of their own, two speakers in turn.

"“Is it far?” Fenn asked.", "“An hour,” said the guide.", "“That far?”": the third is Fenn's again.
"""

from __future__ import annotations

from typing import NamedTuple

from onrecord.attributions.rules.readings import Reading, with_readings
from onrecord.records import Attribution, Span
from onrecord.text.quotation_marks import QuotedSpan
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

LONGEST = 14  # words of a quotation in a dialogue: a longer one goes on with what its speaker said before
FEWEST_LINES = 3
PROBABILITY = 0.7

_PRONOUNS = word_set("he she they i we")


class Line(NamedTuple):
    """One paragraph of a dialogue."""

    quoted: QuotedSpan
    source: Span | None  # of the tag in the paragraph; None where it has none
    asks: bool  # the quotation ends with a question mark


def with_dialogue(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with each untagged line of a dialogue given to its speaker."""
    if len(article.quoted_spans) < FEWEST_LINES:
        return attributions
    lines = _lines(article, attributions)
    readings = []
    for number in sorted(lines):
        line = lines[number]
        before, last = lines.get(number - 2), lines.get(number - 1)
        if line.source is not None or before is None or last is None:
            continue
        if before.source is None or last.source is None or not _are_two(article.text, before, last):
            continue
        lines[number] = line._replace(source=before.source)
        readings.append(
            Reading([(line.quoted.start, line.quoted.end)], None, before.source, "direct", PROBABILITY)
        )
    return with_readings(article, attributions, readings)


def _lines(article: Article, attributions: list[Attribution]) -> dict[int, Line]:
    """Lines of dialogues by the number of their paragraph."""
    text = article.text
    short = []
    starts = {quoted.start: quoted for quoted in article.quoted_spans}
    for number, (start, end) in enumerate(article.paragraphs):
        quoted = starts.get(start)
        if quoted is None or article.is_boilerplate[number]:
            continue
        if not quoted.is_closed or quoted.is_continued or len(text[start : quoted.end].split()) > LONGEST:
            continue
        if text[end - 1] != ":" and len(text[quoted.end : end].split()) <= LONGEST:
            short.append((number, quoted, end))
    if len(short) < FEWEST_LINES:
        return {}
    tagged: dict[int, Span] = {}
    for attribution in attributions:
        if attribution.cue is not None and attribution.source is not None:
            tagged[article.paragraph_at(attribution.cue[0])] = attribution.source
    found = {}
    for number, quoted, end in short:
        source = tagged.get(number)
        is_alone = not any(letter.isalnum() for letter in text[quoted.end : end])
        if source is not None or is_alone:
            asks = text[quoted.start : quoted.end].rstrip("\"”’'»").endswith("?")
            found[number] = Line(quoted, None if is_alone else source, asks)
    return found


def _are_two(text: str, one: Line, other: Line) -> bool:
    """Whether two lines have different speakers, as far as their tags say."""
    if one.source is None or other.source is None or one.source == other.source:
        return False
    if one.asks and not other.asks:
        return True
    first, second = text[slice(*one.source)].lower(), text[slice(*other.source)].lower()
    if (first in _PRONOUNS) != (second in _PRONOUNS):
        return False
    return first.rpartition(" ")[2] != second.rpartition(" ")[2]
