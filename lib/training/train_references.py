"""Train the models of reference: pronouns, and descriptions of the named.

    python -m training.train_references --articles ARTICLES.jsonl --coded CODED.jsonl \\
        --mentions MENTIONS.jsonl --out lib/onrecord/models/references.json

ARTICLES: one line per article of unlabelled news, {"text"}. CODED: one line per article with coded mentions,
{"doc", "text"}. MENTIONS: one line per mention of a person, {"doc", "start", "end", "resolved", "naming"}, in
text order, where `resolved` contains the last name of a named person. Prints the accuracy in ten folds by
article. The shipped weights were trained on webhose news, PolNeAR train and the mentions that
models/references.md names.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from onrecord.records import Attribution
from onrecord.sources import antecedents, pronouns, redescriptions
from onrecord.sources.cast import Cast
from onrecord.sources.introductions import Introduction
from onrecord.sources.person_roles import gender_of_role
from onrecord.sources.resolve import sources_of
from onrecord.text.tokens import read_article
from onrecord.wordlists import Lists, load_lists

_FOLDS = 10
_PRIOR = {  # where the weights of pronouns start: set by hand, and only moved by the coded mentions
    "sentences": -0.8,
    "paragraphs": -0.2,
    "spoke_last": 1.6,
    "spoke": 0.3,
    "gender_known": 1.0,
    "opens_sentence": 0.8,
    "is_quoted": -1.7,
    "is_possessive": -0.5,
    "follows_preposition": -0.6,
    "mentions": 0.3,
    "nearer": -0.1,
    "is_introduced": -0.8,
    "is_unnamed": -0.2,
    "unnamed_object": -0.8,
}
_STRENGTH = {"antecedents": 4.0, "redescriptions": 2.0}  # of the pull towards the start
_DOUBT = 1.2  # taken from the bias: in doubt a description is a new source
_RAREST = 3  # articles in which a noun must occur
_SAID = re.compile(
    r"[^\n.“”\"]{0,30}? (?:said|says|told|added|wrote|replied|explained|insisted|warned|claimed)\b"
)


class Choice(NamedTuple):
    """One mention with its candidates and the right one (-1: none of them)."""

    doc: str
    features: np.ndarray
    right: int


def fit(choices: Sequence[Choice], start: np.ndarray, strength: float, *, with_none: bool) -> np.ndarray:
    """The weights of a conditional logistic regression, pulled towards `start`."""

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = 0.0, np.zeros_like(weights)
        for _, features, right in choices:
            scores = features @ weights
            if with_none:
                scores = np.append(scores, 0.0)
            scores -= scores.max()
            shares = np.exp(scores) / np.exp(scores).sum()
            total -= math.log(shares[right] + 1e-12)
            slope += shares[: len(features)] @ features - (features[right] if right >= 0 else 0.0)
        away = weights - start
        return total + strength * away @ away, slope + 2 * strength * away

    return minimize(loss, start, jac=True, method="L-BFGS-B").x


def in_folds(
    choices: Sequence[Choice], train: Callable[[list[Choice]], np.ndarray], *, with_none: bool
) -> float:
    """The share of choices that are right when their article was left out."""
    docs = sorted({choice.doc for choice in choices})
    right = 0
    for fold in range(_FOLDS):
        held = set(docs[fold::_FOLDS])
        weights = train([choice for choice in choices if choice.doc not in held])
        for choice in choices:
            if choice.doc in held:
                scores = list(choice.features @ weights) + [0.0] * with_none
                best = int(np.argmax(scores))
                right += (-1 if best == len(choice.features) else best) == choice.right
    return right / len(choices)


def pronoun_choices(coded: dict[str, str], mentions: Sequence[dict], lists: Lists) -> list[Choice]:
    """The choices that he and she leave in articles whose mentions are coded."""
    of_doc: dict[str, list[dict]] = defaultdict(list)
    for row in mentions:
        of_doc[row["doc"]].append(row)
    choices: list[Choice] = []
    for doc, rows in of_doc.items():
        article = read_article(coded[doc])
        by_start = {row["start"]: row for row in rows}

        def choose(cast: Cast, gender: str, start: int, doc=doc, by_start=by_start):
            found = antecedents.candidates(cast, gender, start)
            row = by_start.get(start)
            right = next((i for i, one in enumerate(found) if row and _is_meant(cast, one, row)), None)
            if right is not None:
                choices.append(Choice(doc, np.array([one.features for one in found]), right))
                return found[right]
            return found[0] if found else None

        kept, pronouns.best_candidate = pronouns.best_candidate, choose
        try:
            attributions = [
                Attribution(
                    [(row["end"], row["end"])], None, (row["start"], row["end"]), "indirect", True, 1.0
                )
                for row in rows
            ]
            sources_of(article, attributions, None, lists)
        finally:
            pronouns.best_candidate = kept
    return choices


def _is_meant(cast: Cast, candidate: antecedents.Candidate, row: dict) -> bool:
    """Whether a candidate is who a coded mention means."""
    words = {word.lower() for word in re.findall(r"[\w’'-]+", row["resolved"])}
    if row["naming"] == "named":
        return candidate.person is not None and cast.persons.persons[candidate.person].last.lower() in words
    if candidate.phrase is not None:
        return cast.introductions.phrases[candidate.phrase].head in words
    return candidate.entity is not None and cast.entities[candidate.entity].head in words


def noun_counts(casts: Sequence[Cast]) -> tuple[Counter[str], Counter[str]]:
    """In how many articles each noun accompanies a name.

    The second value counts those in which it introduces somebody.
    """
    named: Counter[str] = Counter()
    unnamed: Counter[str] = Counter()
    for cast in casts:
        roles = set(cast.persons.by_role)
        named.update(roles)
        unnamed.update(
            {one.head for one in cast.introductions.phrases if one.is_indefinite and not one.is_plural}
            - roles
        )
    return named, unnamed


def redescription_choices(casts: Sequence[Cast], named: Counter[str], unnamed: Counter[str]) -> list[Choice]:
    """The choices for "the NOUN said" with what names it hidden.

    Where one named person has the role, that person is right; where an indefinite noun phrase introduced
    the noun, nobody named is.
    """
    choices: list[Choice] = []
    for number, cast in enumerate(casts):
        for phrase in cast.introductions.phrases:
            right = _hidden(cast, phrase)
            if right is None:
                continue
            is_named = right >= 0
            counts = named[phrase.head] - is_named, unnamed[phrase.head] - (not is_named)
            noun = _odds(*counts) if sum(counts) >= _RAREST else _odds(0, 0)
            found = _candidates(cast, phrase, noun)
            place = next((i for i, (who, _) in enumerate(found) if who == right), -1)
            if found and (place >= 0 or not is_named):
                choices.append(Choice(str(number), np.array([one for _, one in found]), place))
    return choices


def _odds(n_named: int, n_unnamed: int) -> float:
    return math.log((n_named + 0.5) / (n_unnamed + 1.5))


def _hidden(cast: Cast, phrase: Introduction) -> int | None:
    """The one person whom "the NOUN said" means, -1 for somebody unnamed.

    None where it is not clear.
    """
    text = cast.text[phrase.start : phrase.end]
    if phrase.is_plural or phrase.is_indefinite or not text.lower().startswith("the "):
        return None
    if not _SAID.match(cast.text, phrase.end, phrase.end + 60):
        return None
    bearers = cast.persons.by_role.get(phrase.head, [])
    holders = [who for who in bearers if cast.persons.persons[who].mentions[:1] < [(phrase.start, 0)]]
    before = cast.introductions.of_head(phrase.head, phrase.start, 6)
    introduced = any(cast.introductions.phrases[i].is_indefinite for i in before)
    if len(holders) == 1 and not introduced:
        return holders[0]
    return -1 if introduced and not bearers else None


def _candidates(cast: Cast, phrase: Introduction, noun: float) -> list[tuple[int, tuple[float, ...]]]:
    """(person, features) of the persons named last.

    They are those of `redescriptions.redescribed`.
    """
    article, persons = cast.article, cast.persons
    words = cast.text[phrase.start : phrase.end].split()[1:-1]
    sentence = article.sentence_at(phrase.start)
    gender = gender_of_role(phrase.head, cast.lists)
    found: dict[int, tuple[float, ...]] = {}
    for a, _, who in persons.before(phrase.start, redescriptions.N_NAMES):
        person = persons.persons[who]
        at = article.sentence_at(a)
        if sentence - at > redescriptions.SENTENCES or len(found) == redescriptions.N_PERSONS:
            break
        if who in found or (gender and person.gender not in ("", gender)):
            continue
        found[who] = (
            1.0,
            noun,
            float(not found),
            float(sentence - at),
            float(len(found)),
            math.log1p(bisect_left(person.mentions, (phrase.start,))),
            float(a - article.sentences[at][0] < redescriptions.OPENING),
            float(article.is_quoted(a)),
            float(bool(person.roles - {phrase.head})),
            float(cast.lists.singular.get(phrase.head) == "office"),
            float("former" in words),
            float(any(word in cast.lists.adjectives for word in words)),
        )
    return list(found.items())


def main() -> None:
    """Train both models and write their weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("articles", "coded", "mentions", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    lists = load_lists()
    casts = [Cast(read_article(row["text"]), lists) for row in _rows(options.articles)]
    named, unnamed = noun_counts(casts)
    described = redescription_choices(casts, named, unnamed)
    said = pronoun_choices(
        {row["doc"]: row["text"] for row in _rows(options.coded)}, _rows(options.mentions), lists
    )
    begin = np.array([_PRIOR.get(name, 0.0) for name in antecedents.FEATURES])
    zero = np.zeros(len(redescriptions.FEATURES))

    def pronoun_weights(some: list[Choice]) -> np.ndarray:
        return fit(some, begin, _STRENGTH["antecedents"], with_none=False)

    def description_weights(some: list[Choice]) -> np.ndarray:
        return fit(some, zero, _STRENGTH["redescriptions"], with_none=True)

    print(
        f"he, she: {len(said)} mentions, "
        f"{in_folds(said, pronoun_weights, with_none=False):.3f} right in folds"
    )
    right = in_folds(described, description_weights, with_none=True)
    print(f"descriptions: {len(described)} mentions, {right:.3f} right in folds")
    weights = description_weights(described)
    weights[0] -= _DOUBT
    nouns = {
        noun: round(_odds(named[noun], unnamed[noun]), 2)
        for noun in sorted(named.keys() | unnamed.keys())
        if noun in lists.singular and named[noun] + unnamed[noun] >= _RAREST
    }
    stored = {
        "antecedents": dict(zip(antecedents.FEATURES, pronoun_weights(said).round(3).tolist(), strict=True)),
        "redescriptions": dict(zip(redescriptions.FEATURES, weights.round(3).tolist(), strict=True)),
        "nouns": nouns,
    }
    options.out.write_text(json.dumps(stored, indent=0) + "\n", encoding="utf-8")


def _rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    main()
