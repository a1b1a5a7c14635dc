"""Quotations given to the speaker that their tags name.

An attribution of several quotations with different tags is split. Quotations right behind a tag belong to
it, and an answer by "he" or "she" to whoever was asked.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import pairwise

from onrecord.attributions.rules.by_position import SpansByPosition
from onrecord.attributions.rules.clauses import PARTS_OF_TIME, is_time
from onrecord.attributions.rules.readings import Reading, with_readings, without
from onrecord.attributions.rules.tag_reading import Tag, find_tags, opens_clause
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

_ANSWERS = word_set("reply answer respond retort counter")
# Between a tag and the quotation behind it: nothing, or a time or place ("said Fenn [on Friday.]").
_ADJUNCT = re.compile(
    r"[ .,\xa0]*"
    r"|\s*(?:on|in|at|after|during|last|yesterday|today)\b[^.?!,;:“”\"«»]{0,40}\.[ \xa0]*"
)


def with_tags(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with each tagged quotation given to the speaker that its tag names.

    An attribution of several quotations with different tags is split. A quotation without a tag of its
    own stays with the one before it.
    """
    if not article.quoted_spans:
        return attributions
    tags = find_tags(article, lists)
    if not tags:
        return attributions
    _answer(article, tags)
    changed: list[Attribution] = []
    covered: set[int] = set()
    starts = [quoted.start for quoted in article.quoted_spans]
    for attribution in attributions:
        numbers = _quoted_spans_of(article, starts, attribution)
        covered.update(numbers)
        mine = [number for number in numbers if number in tags]
        changed += _split(article, attribution, mine, tags) if mine else [attribution]
    changed, added = _with_following(article, changed, tags, covered)
    covered |= added
    readings = [
        Reading([(quoted.start, quoted.end)], tags[number].cue, tags[number].source)
        for number, quoted in enumerate(article.quoted_spans)
        if number in tags and number not in covered and opens_clause(article, quoted.start)
    ]
    return with_readings(article, changed, readings)


def _with_following(
    article: Article, attributions: list[Attribution], tags: dict[int, Tag], covered: set[int]
) -> tuple[list[Attribution], set[int]]:
    """Attributions with a quotation right behind their tag: "said Fenn. [“We ran.”]".

    The second value is the numbers of these quotations.
    """
    added = set()
    n = len(article.quoted_spans)
    for before, tag in tags.items():
        number = before + 1
        if tag.is_before or number == n or number in covered or number in tags:
            continue
        quoted = article.quoted_spans[number]
        gap = article.text[max(tag.cue[1], tag.source[1]) : quoted.start]
        if not _ADJUNCT.fullmatch(gap) or not quoted.is_closed or article.in_boilerplate(quoted.start):
            continue
        for i, attribution in enumerate(attributions):
            if attribution.cue == tag.cue:
                content = sorted([*attribution.content, (quoted.start, quoted.end)])
                attributions[i] = attribution._replace(content=content, form=article.form_of(content))
                added.add(number)
                break
    return attributions, added


_FEW = 12  # quotations of one attribution, all of which are compared


def _answer(article: Article, tags: dict[int, Tag]) -> None:
    """Give an answer by "he" or "she" to whoever was asked right before.

    It is put into `tags`.
    """
    for number, tag in tags.items():
        asked = tags.get(number - 1)
        if asked is None or asked.addressee is None or tag.verb not in _ANSWERS:
            continue
        pronoun = article.text[slice(*tag.source)].lower()
        if (
            pronoun in ("he", "she", "they")
            and article.sentence_at(tag.source[0]) - article.sentence_at(asked.cue[0]) <= 3
        ):
            tags[number] = tag._replace(source=asked.addressee)


def _quoted_spans_of(article: Article, starts: list[int], attribution: Attribution) -> list[int]:
    """Numbers of the quoted spans that the content overlaps, in text order.

    `starts` are those of the quoted spans.
    """
    found: dict[int, None] = {}  # in the order in which they were found
    for start, end in attribution.content:
        first, stop = bisect_right(starts, start) - 1, bisect_left(starts, end)
        if first < 0 or (first < stop and article.quoted_spans[first].end <= start):
            first += 1
        for number in range(first, stop):
            if article.quoted_spans[number].end > start:
                found[number] = None
    return list(found)


def _split(
    article: Article, attribution: Attribution, numbers: list[int], tags: dict[int, Tag]
) -> list[Attribution]:
    """Attribution in pieces, each with the tag of its quotations."""
    near = _near(article, numbers, tags)
    spans = [
        piece
        for span in attribution.content
        for cut in _at_quotations(article, span, near(span))
        for piece in without(article.text, cut, _named(near(cut), tags))
    ]
    spans = [span for span in spans if not _is_aside(article, span, near(span), tags)] or spans
    pieces: list[tuple[Tag | None, list[Span]]] = []
    has_own_cue = attribution.cue is not None and not any(
        attribution.cue[0] < tags[n].cue[1] and tags[n].cue[0] < attribution.cue[1] for n in numbers
    )
    for span in spans:
        tag = next((tags[n] for n in near(span) if _within(article, n, span)), None)
        opens = bool(pieces) and pieces[-1][0] is None and not has_own_cue
        if pieces and (tag is None or opens or (pieces[-1][0] and _same(article, pieces[-1][0], tag))):
            before, content = pieces[-1]
            content.append(span)
            pieces[-1] = (before or tag, content)
        else:
            pieces.append((tag, [span]))
    if len(pieces) == 1 and (tag := pieces[0][0]) is not None:
        known = attribution.source
        is_part = known is not None and _is_part(article.text, known, tag.source)
        if (
            known is not None
            and attribution.cue is not None
            and _reaches(article, known, tag)
            and not is_part
        ):
            return [_with_content(article, attribution, pieces[0][1])]
    found = []
    for tag, content in pieces:
        piece = _with_content(article, attribution, content)
        found.append(piece if tag is None else piece._replace(source=tag.source, cue=tag.cue))
    return found or [attribution]


def _with_content(article: Article, attribution: Attribution, content: list[Span]) -> Attribution:
    """Attribution with this content, which is most often its own."""
    if content == attribution.content:
        return attribution
    return attribution._replace(content=content, form=article.form_of(content))


def _named(numbers: list[int], tags: dict[int, Tag]) -> list[Span]:
    """Sources, cues and addressees of the tags `numbers`."""
    return [
        span
        for number in numbers
        for span in (tags[number].source, tags[number].cue, tags[number].addressee)
        if span is not None
    ]


def _near(article: Article, numbers: list[int], tags: dict[int, Tag]) -> Callable[[Span], list[int]]:
    """Look-up of those of `numbers` whose quotation or tag may concern a span.

    Of few quotations all may.
    """
    if len(numbers) <= _FEW:
        return lambda span: numbers
    found = SpansByPosition()
    for number in numbers:
        quoted = article.quoted_spans[number]
        _, sentence_end, _ = article.sentences[article.sentence_at(tags[number].cue[0])]
        spans = [(quoted.start, quoted.end), *_named([number], tags)]
        first, last = min(start for start, _ in spans), max(end for _, end in spans)
        found.add(number, [(first, max(last, sentence_end) + 1)])
    return lambda span: found.near([span])


_ASIDES = word_set("as while when before after until with amid")


def _is_aside(article: Article, span: Span, numbers: list[int], tags: dict[int, Tag]) -> bool:
    """Whether unquoted words beside a tag are not said.

    "“Run!” he cried as [the roof fell]".
    """
    if article.is_quoted(span[0]):
        return False
    first = article.token_at(span[0])
    for number in numbers:
        tag = tags[number]
        behind = article.token_at(max(tag.cue[1], tag.source[1]))
        stop = article.token_at(span[1])
        if not tag.is_before and behind <= first and _is_time(article, first, stop):
            return True  # "“Run!” shouted Fenn [yesterday morning]"
        if tag.is_before:
            between = range(behind, article.token_at(article.quoted_spans[number].start))
            if first in between and not any(word_class(article.tokens[i]) in ("A", "d") for i in between):
                return True  # "Wrote Fenn on [his door]: “…”"
            continue
        if span[0] < tag.cue[1] or article.sentence_at(span[0]) != article.sentence_at(tag.cue[0]):
            continue
        if behind < len(article.tokens) and behind <= first and article.tokens[behind].lower() in _ASIDES:
            return True
    return False


def _is_time(article: Article, first: int, stop: int) -> bool:
    """Whether the tokens only give a time: "yesterday morning"."""
    return first < stop and all(
        is_time(article, i) or article.tokens[i].lower() in PARTS_OF_TIME for i in range(first, stop)
    )


def _reaches(article: Article, known: Span, tag: Tag) -> bool:
    """Whether the known source is the tag's, or is worded alike."""
    has_cue = known[0] < tag.cue[1] and tag.cue[0] < known[1]  # "Added Fenn" as a name
    if _is_part(article.text, known, tag.source):
        return False
    return known[0] < tag.source[1] and tag.source[0] < known[1] and not has_cue


def _is_part(text: str, known: Span, source: Span) -> bool:
    """Whether the known source is one word in lower case of the tag's: "[one] driver"."""
    words = text[slice(*known)]
    return source[0] <= known[0] and known[1] < source[1] and words.islower() and " " not in words


def _same(article: Article, one: Tag, other: Tag) -> bool:
    """Whether two tags name one speaker: by the same words, or by "he" after a name."""
    text = article.text
    first, second = text[slice(*one.source)], text[slice(*other.source)]
    return one.source == other.source or first == second


def _at_quotations(article: Article, span: Span, numbers: list[int]) -> list[Span]:
    """Span cut before each quoted span of `numbers` within it."""
    cuts = [
        article.quoted_spans[n].start for n in numbers if span[0] < article.quoted_spans[n].start < span[1]
    ]
    borders = [span[0], *cuts, span[1]]
    return [(a, b) for a, b in pairwise(borders)]


def _within(article: Article, number: int, span: Span) -> bool:
    quoted = article.quoted_spans[number]
    return quoted.start < span[1] and span[0] < quoted.end
