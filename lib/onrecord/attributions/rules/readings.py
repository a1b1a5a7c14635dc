"""Readings: what a rule is certain of replaces what the models found."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from onrecord.attributions.rules.by_position import ByPosition
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article

_LETTER = re.compile(r"[^\W_]")  # or digit
PROBABILITY = 0.9  # of a construction that leaves one reading only


class Reading(NamedTuple):
    """One attribution as a construction of the language gives it."""

    content: list[Span]
    cue: Span | None
    source: Span | None  # None: the construction names nobody ("was called “a liar”")
    form: str | None = None  # None: by the quotation marks
    probability: float = PROBABILITY


def with_readings(
    article: Article, attributions: list[Attribution], readings: list[Reading]
) -> list[Attribution]:
    """Attributions with those of `readings` in place of what overlaps them.

    Further spans of an attribution that a reading replaces stay with it where they are in another
    sentence: "…," she said. "…".
    """
    if not readings:
        return attributions
    found = ByPosition(attributions)
    for reading in readings:
        _apply(article, found, reading)
    return list(found.attributions.values())


def _apply(article: Article, found: ByPosition, reading: Reading) -> None:
    """Put `reading` in place of what overlaps it."""
    # The source of an answer may be named far above it: that part of the text is not touched.
    taken = [*reading.content, *([reading.cue] if reading.cue else [])]
    if reading.source and article.paragraph_at(reading.source[0]) in {
        article.paragraph_at(s[0]) for s in taken
    }:
        taken.append(reading.source)
    first = article.sentence_at(min(start for start, _ in taken))
    last = article.sentence_at(max(end for _, end in taken) - 1)
    content = list(reading.content)
    probability = reading.probability
    for number, attribution in found.around(taken):
        reaches = _overlap_any(attribution.content, taken)
        same_cue = bool(attribution.cue and reading.cue and _overlap(attribution.cue, reading.cue))
        if not reaches and not same_cue:
            continue
        rest = [piece for span in attribution.content for piece in without(article.text, span, taken)]
        here = [span for span in rest if first <= article.sentence_at(span[0]) <= last]
        elsewhere = [span for span in rest if span not in here and article.is_quoted(span[0])]
        cue_is_here = attribution.cue is None or (
            first <= article.sentence_at(attribution.cue[0]) <= last
            and any(_overlap(attribution.cue, one) for one in taken)
        )
        if cue_is_here:
            content += elsewhere
            probability = max(probability, attribution.probability)
            del found.attributions[number]
        elif rest:
            form = article.form_of(rest)
            found.attributions[number] = attribution._replace(content=rest, form=form)
        else:
            del found.attributions[number]
    content.sort()
    form = reading.form or article.form_of(content)
    is_closed = _is_closed(article, content)
    found.append(Attribution(content, reading.cue, reading.source, form, is_closed, probability))


def with_source(
    article: Article, attribution: Attribution, source: Span | None, cue: Span | None = None
) -> Attribution:
    """Attribution with another source (and cue).

    Their words are taken out of the content.
    """
    taken = [span for span in (source, cue or attribution.cue) if span is not None]
    content = [piece for span in attribution.content for piece in without(article.text, span, taken)]
    return attribution._replace(
        content=content or attribution.content, source=source, cue=cue or attribution.cue
    )


def without(text: str, span: Span, taken: list[Span]) -> list[Span]:
    """Pieces of `span` outside `taken` that contain a word.

    Loose marks at their ends are left out.
    """
    pieces = [span]
    for start, end in taken:
        if end <= span[0] or start >= span[1]:
            continue
        pieces = [
            piece
            for first, last in pieces
            for piece in (
                [(first, last)]
                if end <= first or start >= last
                else [(first, max(first, start)), (min(end, last), last)]
            )
            if piece[0] < piece[1]
        ]
    if pieces == [span]:
        return pieces
    return [stripped(text, *piece) for piece in pieces if _LETTER.search(text, *piece)]


def stripped(text: str, start: int, end: int) -> Span:
    """Span without blanks, full stops and loose marks at its ends."""
    while start < end and text[start] in " ,;:.—–-\n\t\xa0)":
        start += 1
    while end > start and text[end - 1] in " ,;:.—–-\n\t\xa0(":
        end -= 1
    return start, end


def _is_closed(article: Article, content: list[Span]) -> bool:
    """Whether every quotation in the content is closed."""
    quoted = article.quoted_spans
    for start, end in content:
        at = bisect_right(quoted, start, key=lambda span: span.end)
        while at < len(quoted) and quoted[at].start < end:
            if not quoted[at].is_closed:
                return False
            at += 1
    return True


def _overlap_any(some: list[Span], others: list[Span]) -> bool:
    """Whether one of `some` overlaps one of `others`."""
    for start, end in some:
        for first, last in others:
            if start < last and first < end:
                return True
    return False


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
