"""Helpers for tests of sources: attributions by the words of their mentions, sources by plain words."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.records import Attribution, Source
from onrecord.sources.resolve import sources_of
from onrecord.text.tokens import read_article


class Coded(NamedTuple):
    """The source of one mention, with the words of its marker and reason."""

    index: int
    source: Source
    marker: str | None
    reason: str | None


def code(text: str, *mentions: str, outlet: str | None = None, lists=None) -> list[Coded]:
    """Return the coded source of each of `mentions`, which occur in `text` in this order."""
    article = read_article(text)
    attributions, position = [], 0
    for mention in mentions:
        start = text.index(mention, position)
        position = start + len(mention)
        first, last, _ = article.sentences[article.sentence_at(start)]
        attributions.append(Attribution([(first, last)], None, (start, position), "indirect", True, 1.0))
    sources, members = sources_of(article, attributions, outlet, lists)
    return [
        Coded(
            member,
            sources[member],
            text[slice(*sources[member].marker)] if sources[member].marker else None,
            text[slice(*sources[member].reason)] if sources[member].reason else None,
        )
        for member in members
    ]
