"""Speakers that the layout names.

"“…” — Name" below or behind a quotation, "NAME: …" in a transcript.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from onrecord.mentions.labels import find_turns
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists

_NAME = r"(?:[A-Z][\w.’'-]*|[a-z]{2,3}|&)"
# "― Karen Bobadilla, teacher": a dash, then a name; what follows it is short.
_SIGNATURE = re.compile(
    rf"[\s”\"»]*[—–―-]{{1,2}}\s*(?P<name>[A-Z][\w.’'-]*(?: {_NAME}){{0,6}})(?P<rest>[^\n]{{0,80}})$"
)


def with_layout(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with the speakers that the layout names.

    An attribution is split where the speaker changes.
    """
    if labels := {turn.paragraphs[0]: turn.label for turn in find_turns(article, lists)}:
        attributions = [piece for one in attributions for piece in _split(article, one, labels)]
    changed: list[Attribution] = []
    for one in attributions:
        if one.form == "indirect":
            changed.append(one)
        else:
            changed += _signed(article, one)
    return changed


def _split(article: Article, attribution: Attribution, labels: dict[int, Span]) -> list[Attribution]:
    """Pieces of the attribution, one per labelled speaker of its content."""
    pieces: list[tuple[Span | None, list[Span]]] = []
    for start, end in attribution.content:
        label = labels.get(article.paragraph_at(start))
        if label is None:
            if pieces:
                pieces[-1][1].append((start, end))
            else:
                pieces.append((None, [(start, end)]))
            continue
        after = label[1] + 1
        while after < end and article.text[after].isspace():
            after += 1
        start = max(start, after)
        if start >= end:
            continue
        # Only what opens the labelled speech, or has no speaker in its own words, is the label's.
        opens = not any(c.isalnum() for c in article.text[label[1] : start])
        mine = label if opens or attribution.cue is None else None
        if pieces and pieces[-1][0] == mine:
            pieces[-1][1].append((start, end))
        else:
            pieces.append((mine, [(start, end)]))
    return [
        attribution._replace(content=content)
        if label is None
        else attribution._replace(content=content, source=label, cue=(label[1], label[1] + 1))
        for label, content in pieces
    ]


def _signed(article: Article, attribution: Attribution) -> list[Attribution]:
    """Pieces of the attribution, one per signed paragraph, each with its name."""
    pieces: list[Attribution] = []
    content: list[Span] = []
    cue = attribution.cue
    for start, end in attribution.content:
        content.append((start, end))
        number = article.paragraph_at(start)
        first, last = article.paragraphs[number]
        if cue is not None and first <= cue[0] < last:
            continue
        if (name := _signature(article, number, start, end)) is not None:
            whole = _whole_quotations(article, content)
            pieces.append(attribution._replace(content=whole, source=name, cue=None))
            content = []
    if not pieces:
        return [attribution]
    return [*pieces, attribution._replace(content=content)] if content else pieces


def _whole_quotations(article: Article, content: list[Span]) -> list[Span]:
    """Content with its pieces of one quotation joined.

    An "I" within the quotation is not its source.
    """
    joined: list[Span] = []
    for start, end in content:
        at = bisect_right(article.quoted_spans, start, key=lambda span: span.start) - 1
        if at >= 0 and end <= article.quoted_spans[at].end:
            start, end = article.quoted_spans[at].start, article.quoted_spans[at].end
        if not joined or joined[-1] != (start, end):
            joined.append((start, end))
    return joined


def _signature(article: Article, number: int, start: int, end: int) -> Span | None:
    """Name that signs the quotation around a span, if it opens its paragraph."""
    first, last = article.paragraphs[number]
    at = bisect_right(article.quoted_spans, start, key=lambda span: span.start) - 1
    if at >= 0 and article.quoted_spans[at].end >= end:
        start, end = article.quoted_spans[at][:2]
    if end > last or any(c.isalnum() for c in article.text[first:start]):
        return None
    match = _SIGNATURE.match(article.text, end, last)
    if match is None and number + 1 < len(article.paragraphs) and not article.text[end:last].strip("”\"’' "):
        match = _SIGNATURE.match(article.text, *article.paragraphs[number + 1])
    return None if match is None else match.span("name")
