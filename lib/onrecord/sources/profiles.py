"""Title, affiliation and justification of each source, from all its mentions in an article."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.records import Span
from onrecord.sources.cast import Cast, Entity
from onrecord.sources.described_names import Phrase, phrases_at, read_segments
from onrecord.wordlists import Lists

_REACH = 400  # characters behind an unnamed source that are read


class Profile(NamedTuple):
    """Who a source is, by offsets of the article; None where the article does not say it."""

    title: Span | None = None
    affiliation: Span | None = None
    justification: Span | None = None


def profile_of(cast: Cast, entity: Entity) -> Profile:
    """Title, affiliation and justification of one source."""
    if entity.form not in ("person", "group"):
        return Profile()
    if entity.person is not None:
        phrases = _of_name(cast, cast.persons.persons[entity.person].mentions)
    else:
        phrases = _of_description(cast, entity)
    chosen = _best_title(phrases, cast.text, cast.lists)
    return Profile(
        chosen.title if chosen else None,
        _affiliation(phrases, chosen),
        _justification(phrases),
    )


def _of_name(cast: Cast, mentions: list[Span]) -> list[Phrase]:
    """Phrases around all mentions of a name outside quotation marks and boilerplate."""
    article, found = cast.article, []
    for mention in mentions:
        sentence = article.sentences[article.sentence_at(mention[0])]
        phrases = phrases_at(cast.text, mention, (sentence[0], sentence[1]), cast.lists)
        if phrases and not article.is_quoted(mention[0]) and not article.in_boilerplate(mention[0]):
            found += phrases
    return found


def _of_description(cast: Cast, entity: Entity) -> list[Phrase]:
    """Phrases of a source without a name: the mentions themselves and what follows them."""
    article, found = cast.article, []
    for start, end in [*entity.spans, *entity.seen]:
        stop = min(article.sentences[article.sentence_at(start)][1], end + _REACH)
        found += read_segments(cast.text, start, stop, cast.lists)
    return found


def _best_title(phrases: list[Phrase], text: str, lists: Lists) -> Phrase | None:
    """Phrase with the title that says most: with an affiliation, present, more than "Mr"."""
    titled = [phrase for phrase in phrases if phrase.title]

    def rank(phrase: Phrase) -> tuple[bool, bool, bool]:
        words = text[slice(*phrase.title)] if phrase.title else ""
        return (
            words.rstrip(".") not in ("Dr", "Prof"),
            not words.lower().startswith(("former", "ex-")),
            phrase.affiliation is not None,
        )

    return max(titled, key=rank, default=None)


def _affiliation(phrases: list[Phrase], chosen: Phrase | None) -> Span | None:
    """Affiliation of the chosen title, else the first that any phrase gives."""
    if chosen is not None and chosen.affiliation:
        return chosen.affiliation
    return next((phrase.affiliation for phrase in phrases if phrase.affiliation), None)


def _justification(phrases: list[Phrase]) -> Span | None:
    """Longest phrase, apposition or relative clause."""
    spans = [(phrase.start, phrase.end) for phrase in phrases if phrase.kind != "tag"]
    return max(spans, key=lambda span: span[1] - span[0], default=None)
