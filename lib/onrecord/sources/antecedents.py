"""Whom "he" or "she" may mean.

The persons of the cast before the pronoun, each with features.

The cast is everybody whom the article names or introduces, also those who never speak. A linear model over
the features chooses (see models/references.md).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import NamedTuple

from onrecord.sources.cast import Cast
from onrecord.sources.person_roles import gender_of_role
from onrecord.sources.weights import load_references

FEATURES = (
    "sentences",  # between its last mention and the pronoun
    "same_sentence",
    "paragraphs",
    "spoke_last",  # the source of the attribution before
    "spoke",  # any attribution before
    "gender_known",
    "opens_sentence",  # its last mention is among the first words of its sentence
    "opens_paragraph",
    "is_quoted",
    "is_possessive",
    "follows_preposition",
    "mentions",  # log of one more than the number of its mentions before the pronoun
    "nearer",  # how many other candidates were mentioned later
    "is_introduced",  # unnamed, and has not spoken
    "is_unnamed",  # unnamed, and has spoken
    "unnamed_object",  # unnamed and not at the start of its sentence
)
_N_NAMES, _N_SPEAKERS, _N_PHRASES = 20, 8, 10
_SENTENCES = 6  # how far back a pronoun looks
_OPENING = 25  # characters from the start of a sentence within which its subject begins
# Taken from the score of a person whom the content of the attribution names. Set by hand.
_NAMED, _NAMED_QUOTED = -4.0, -1.0
_PREPOSITIONS = (
    "of",
    "to",
    "with",
    "for",
    "from",
    "by",
    "in",
    "at",
    "about",
    "against",
    "on",
    "like",
    "told",
)


class Candidate(NamedTuple):
    """One person whom a pronoun may mean.

    Exactly one of person, entity and phrase is not None.
    """

    person: int | None  # index into the persons of the article
    entity: int | None
    phrase: int | None  # index into the introductions
    features: tuple[float, ...]


def candidates(cast: Cast, gender: str, start: int) -> list[Candidate]:
    """Whom a pronoun of `gender` ("m" or "f") at `start` may mean.

    The one mentioned last comes first.
    """
    found: list[tuple[int, int, int | None, int | None, int | None, str, int]] = []
    persons, entities, article = cast.persons, cast.entities, cast.article
    sentence = article.sentence_at(start)
    seen: set[int] = set()
    for a, b, who in persons.before(start, _N_NAMES):
        person = persons.persons[who]
        if who in seen or person.gender not in ("", gender):
            continue
        seen.add(who)
        number = bisect_left(person.mentions, (start,))
        found.append((a, b, who, None, None, person.gender, number))
    for index in cast.recent[: -_N_SPEAKERS - 1 : -1]:
        entity = entities[index]
        if entity.person is not None or entity.form != "person" or entity.gender not in ("", gender):
            continue
        if entity.parse is not None and entity.parse.kind == "quantity":
            continue  # "one" of something is hardly ever taken up
        a, b = entity.spans[-1]
        found.append((a, b, None, index, None, entity.gender, len(entity.spans)))
    for number in cast.introductions.before(start, _N_PHRASES):
        phrase = cast.introductions.phrases[number]
        stated = gender_of_role(phrase.head, cast.lists)
        if phrase.is_plural or stated not in ("", gender) or cast.at(phrase.start, phrase.end) is not None:
            continue
        found.append((phrase.start, phrase.end, None, None, number, stated, 1))
    found.sort(key=lambda one: one[:2], reverse=True)
    last = cast.last
    result: list[Candidate] = []
    for rank, (a, b, bearer, entity_number, phrase_number, stated, n_mentions) in enumerate(found):
        at = article.sentence_at(a)
        if sentence - at > _SENTENCES:
            break
        first, _, paragraph = article.sentences[at]
        opens = a - first < _OPENING
        spoke_last = last is not None and (
            entity_number == last or (bearer is not None and entities[last].person == bearer)
        )
        features = (
            float(sentence - at),
            float(sentence == at),
            float(min(article.sentences[sentence][2] - paragraph, 4)),
            float(spoke_last),
            float(
                spoke_last or entity_number is not None or (bearer is not None and cast.has_spoken(bearer))
            ),
            float(bool(stated)),
            float(opens),
            float(a - article.paragraphs[paragraph][0] < _OPENING),
            float(article.is_quoted(a)),
            float(cast.text.startswith(("’s ", "'s ", "’ ", "' "), b)),
            float(_follows_preposition(cast, a)),
            math.log1p(n_mentions),
            float(min(rank, 5)),
            float(phrase_number is not None),
            float(entity_number is not None),
            float(bearer is None and not opens),
        )
        result.append(Candidate(bearer, entity_number, phrase_number, features))
    return result


def _follows_preposition(cast: Cast, start: int) -> bool:
    words = cast.text[max(0, start - 24) : start].split()
    return any(word in _PREPOSITIONS for word in words[-2:])


def best_candidate(cast: Cast, gender: str, start: int) -> Candidate | None:
    """Candidate with the highest score.

    None where the cast has nobody who fits. "He said that Lee would win" is hardly said by Lee, so a person
    whom the content names loses.
    """
    weights = load_references().antecedents
    named = {who: _NAMED_QUOTED for a, b in cast.content for _, _, who in cast.persons.within(a, b)}
    for a, b in cast.content:
        for at, _, who in cast.persons.within(a, b):
            if not cast.article.is_quoted(at):
                named[who] = _NAMED

    def score(candidate: Candidate) -> float:
        away = named.get(candidate.person, 0.0) if candidate.person is not None else 0.0
        return sum(map(float.__mul__, weights, candidate.features)) + away

    return max(candidates(cast, gender, start), key=score, default=None)
