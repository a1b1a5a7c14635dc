"""Overlapping contents: each word belongs to one attribution."""

from __future__ import annotations

from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists


def cut_overlaps(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions whose contents share no word.

    What the content of an earlier one contains is cut from a later one. Only loose quotation marks are
    affected: those around a quotation without a word are taken in from both sides.
    """
    text = article.text
    spans = sorted([(start, end, k) for k, a in enumerate(attributions) for start, end in a.content])
    position = 0
    for start, end, _ in spans:
        if start < position:
            break
        position = end
    else:
        return attributions
    kept: list[list[Span]] = [[] for _ in attributions]
    position = 0
    for start, end, k in spans:
        start = max(start, position)
        start += len(text[start:end]) - len(text[start:end].lstrip())
        if start < end:
            kept[k].append((start, end))
            position = end
    return [a._replace(content=c) for a, c in zip(attributions, kept, strict=True) if c]
