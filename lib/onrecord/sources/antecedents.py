"""Whom "he" or "she" may mean.

The persons of the cast before the pronoun, each with features.

The cast is everybody whom the article names or introduces, also those who never speak. A linear model over
the features chooses (see models/references.md).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from operator import itemgetter, mul
from typing import NamedTuple

from onrecord.sources.cast import Cast
from onrecord.sources.person_roles import gender_of_role
from onrecord.sources.weights import load_references
from onrecord.wordlists import word_set

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
_POSSESSIVES = ("’s ", "'s ", "’ ", "' ")
_PREPOSITIONS = word_set("of to with for from by in at about against on like told")


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
    sentence_starts = article.sentence_starts
    sentence = article.sentence_at(start)
    first_start = sentence_starts[sentence - _SENTENCES] if sentence > _SENTENCES else -1
    seen: set[int] = set()
    for a, b, who in persons.before(start, _N_NAMES):
        if a < first_start:
            break
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
    introductions = cast.introductions
    for number in introductions.before(start, _N_PHRASES):
        phrase = introductions.phrases[number]
        if phrase.start < first_start:
            break
        if phrase.is_plural:
            continue
        stated = gender_of_role(phrase.head, cast.lists)
        if stated not in ("", gender) or cast.at(phrase.start, phrase.end) is not None:
            continue
        found.append((phrase.start, phrase.end, None, None, number, stated, 1))
    found.sort(key=itemgetter(0, 1), reverse=True)
    last = cast.last
    paragraph_here = article.sentences[sentence][2]
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
            sentence - at,
            sentence == at,
            min(paragraph_here - paragraph, 4),
            spoke_last,
            spoke_last or entity_number is not None or (bearer is not None and cast.has_spoken(bearer)),
            stated != "",
            opens,
            a - article.paragraph_starts[paragraph] < _OPENING,
            article.is_quoted(a),
            cast.text.startswith(_POSSESSIVES, b),
            _follows_preposition(cast, a),
            math.log1p(n_mentions),
            min(rank, 5),
            phrase_number is not None,
            entity_number is not None,
            bearer is None and not opens,
        )
        result.append(Candidate(bearer, entity_number, phrase_number, features))
    return result


def _follows_preposition(cast: Cast, start: int) -> bool:
    return not _PREPOSITIONS.isdisjoint(cast.text[max(0, start - 24) : start].split()[-2:])


def best_candidate(cast: Cast, gender: str, start: int) -> Candidate | None:
    """Candidate with the highest score.

    None where the cast has nobody who fits. "He said that Lee would win" is hardly said by Lee, so a person
    whom the content names loses.
    """
    weights = load_references().antecedents
    named: dict[int | None, float] = {}
    for a, b in cast.content:
        for at, _, who in cast.persons.within(a, b):
            if not cast.article.is_quoted(at):
                named[who] = _NAMED
            else:
                named.setdefault(who, _NAMED_QUOTED)
    best, best_score = None, -math.inf
    for candidate in candidates(cast, gender, start):
        score = sum(map(mul, weights, candidate.features)) + named.get(candidate.person, 0.0)
        if score > best_score:
            best, best_score = candidate, score
    return best
