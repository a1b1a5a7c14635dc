"""Title, affiliation and justification of each source, from all its mentions."""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.records import Span
from onrecord.sources.cast import Cast, Entity
from onrecord.sources.described_names import phrases_at
from onrecord.sources.described_sources import phrases_behind_organisation, phrases_of_description
from onrecord.sources.justifications import IS_STATE, justification_of, longest
from onrecord.sources.person_phrases import Phrase, phrase_for, segment_end
from onrecord.wordlists import Lists

_NAMES_TOGETHER = 4  # names before one that share a title with it
_REACH = 400  # characters behind an unnamed source that are read


_FORMER = re.compile(r"(?i)\b(?:former|ex-|one-?time|erstwhile|then-|retired)")


class Profile(NamedTuple):
    """Who a source is, by offsets of the article; None where it does not say so."""

    title: Span | None = None
    affiliation: Span | None = None
    justification: Span | None = None


def profile_of(
    cast: Cast, entity: Entity, basis: str | None = None, told: frozenset[int] = frozenset()
) -> Profile:
    """Title, affiliation and justification of one source.

    `basis` is the basis of knowledge of an unnamed source, which is its justification. `told` are the
    sentences with an attribution.
    """
    if entity.form in ("institution", "media"):
        return Profile(justification=longest(_of_organisation(cast, entity)))
    if entity.form == "document":
        return Profile(justification=_of_document(cast, entity))
    if entity.form not in ("person", "group") or (entity.form == "group" and entity.naming == "named"):
        return _of_member(cast, entity)
    if entity.person is not None:
        mentions = cast.persons.persons[entity.person].mentions
        phrases = _of_name(cast, mentions) + _of_descriptions(cast, entity)
    else:
        mentions = []
        phrases = _of_description(cast, entity)
    chosen = _best_title(phrases, cast.text, cast.lists)
    affiliation = _affiliation(phrases, chosen)
    known = _words_of_basis(cast, entity, basis)
    return Profile(
        chosen.title if chosen else None,
        affiliation,
        justification_of(cast, phrases, mentions, told, known, affiliation),
    )


def _of_member(cast: Cast, entity: Entity) -> Profile:
    """Profile of the one named person of a group: "Ida Moss and her aides"."""
    members: set[int] = set()
    for start, end in entity.spans:
        named = list(cast.persons.within(start, end))
        if named and " and " in cast.text[named[0][1] : end] and cast.text[start].isupper():
            members.update(who for _, _, who in named)
    if len(members) != 1:
        return Profile()  # several persons have no title together
    phrases = _of_name(cast, cast.persons.persons[members.pop()].mentions)
    chosen = _best_title(phrases, cast.text, cast.lists)
    return Profile(chosen.title if chosen else None, _affiliation(phrases, chosen), longest(phrases))


def _words_of_basis(cast: Cast, entity: Entity, basis: str | None) -> Span | None:
    """Offsets of the basis of knowledge, which is in a mention or right behind it."""
    if basis is None:
        return None
    places = (cast.text.find(basis, start, end + 200) for start, end in [*entity.spans, *entity.seen])
    return next(((at, at + len(basis)) for at in places if at >= 0), None)


def _of_name(cast: Cast, mentions: list[Span]) -> list[Phrase]:
    """Phrases around all mentions of a name outside quotation marks and boilerplate."""
    article, found = cast.article, []
    for mention in mentions:
        if article.is_quoted(mention[0]) or article.in_boilerplate(mention[0]):
            continue
        first = article.sentences[article.sentence_at(mention[0])][0]
        stop = article.sentences[article.sentence_at(mention[1] - 1)][1]
        phrases = phrases_at(cast.text, mention, (first, stop), cast.lists)
        if cast.text.endswith((" and ", ", "), 0, mention[0]):
            phrases += _shared(cast, mention[0])
        found += phrases
    return found


_JOINT = (" and ", ", ", ", and ")


def _shared(cast: Cast, start: int) -> list[Phrase]:
    """Phrase before several names, of which one starts at `start`.

    An example is "senators Ida Moss and Jan Moll".
    """
    for _ in range(_NAMES_TOGETHER):
        before = cast.persons.before(start - 1, 1)
        if not before or cast.text[before[0][1] : start] not in _JOINT:
            return []
        start, end, _who = before[0]
        first = cast.article.sentences[cast.article.sentence_at(start)][0]
        phrases = [one for one in phrases_at(cast.text, (start, end), (first, end), cast.lists)]
        if phrases and phrases[0].head in cast.lists.plural:
            return phrases[:1]
    return []


def _of_descriptions(cast: Cast, entity: Entity) -> list[Phrase]:
    """Phrases by which a named person is mentioned, too: "A prospective mayor"."""
    found: list[Phrase] = []
    for start, end in entity.spans:
        if cast.text[start : start + 2] in ("A ", "a ", "An", "an") and not cast.persons.within(start, end):
            own = phrase_for(cast.text, start, end, "behind", cast.lists)
            found += [own._replace(end=end)] if own is not None else []
    return found


def _of_description(cast: Cast, entity: Entity) -> list[Phrase]:
    """Phrases of a source without a name: its mentions and what follows them."""
    article, found = cast.article, []
    for start, end in [*entity.spans, *entity.seen]:
        stop = min(article.sentences[article.sentence_at(start)][1], end + _REACH)
        found += phrases_of_description(cast.text, (start, end), stop, cast.lists)
    return found


def _of_organisation(cast: Cast, entity: Entity) -> list[Phrase]:
    """Appositions and relative clauses behind the name of an organisation."""
    if not entity.proper:
        return []
    article, found = cast.article, []
    named = [(a, b) for a, b, name in cast.persons.organisations if name == entity.proper]
    for start, end in [*named, *entity.spans]:
        if cast.text[end : end + 1] in (",", " "):
            stop = min(article.sentences[article.sentence_at(start)][1], end + _REACH)
            found += phrases_behind_organisation(cast.text, end, stop, cast.lists)
    return [phrase for phrase in found if not IS_STATE.match(cast.text, phrase.start)]


_COMPLEMENT = re.compile(
    r",? (?:by|to|from|of|about|on|against|filed|released|published|issued|written|signed|sent|obtained"
    r"|that|which) (?=[\w“])"
)


def _of_document(cast: Cast, entity: Entity) -> Span | None:
    """Noun phrase of a document that says by whom, to whom or about what it is."""
    found: list[Span] = []
    for start, end in [*entity.spans, *entity.seen]:
        if cast.article.is_quoted(start):
            continue
        stop = cast.article.sentences[cast.article.sentence_at(start)][1]
        if _COMPLEMENT.match(cast.text, end, stop):
            end = segment_end(cast.text, end + 2, stop)
        while cast.text[end - 1] in ", ":
            end -= 1
        if _COMPLEMENT.search(cast.text, start, end):
            found.append((start, end))
    return max(found, key=lambda span: span[1] - span[0], default=None)


def _best_title(phrases: list[Phrase], text: str, lists: Lists) -> Phrase | None:
    """Phrase with the title that says most.

    A present title with an affiliation says more than "Dr".
    """
    titled = [phrase for phrase in phrases if phrase.title]
    if len(titled) < 2:
        return titled[0] if titled else None

    def rank(phrase: Phrase) -> tuple[bool, bool, bool]:
        words = text[slice(*phrase.title)] if phrase.title else ""
        return (
            words.rstrip(".") not in ("Dr", "Prof"),
            not _FORMER.search(text, phrase.start, phrase.title[1]) if phrase.title else True,
            phrase.affiliation is not None,
        )

    return max(titled, key=rank, default=None)


def _affiliation(phrases: list[Phrase], chosen: Phrase | None) -> Span | None:
    """Affiliation of the chosen title, else the first that any phrase gives."""
    if chosen is not None and chosen.affiliation:
        return chosen.affiliation
    return next((phrase.affiliation for phrase in phrases if phrase.affiliation), None)
