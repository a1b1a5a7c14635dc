"""Types of names from context: person, organisation, place, work or other.

A name is judged once per article, by all its mentions together: the words around each mention, the words
of the name itself, and whether its last word also occurs alone. A multinomial logistic regression over
these features gives a probability per type. It was trained with a part of the names hidden, so a name that
no list has is judged by what the article says around it (see models/name_types.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import numpy as np

from onrecord.mentions.name_features import (
    MENTION_POWER,
    Names,
    Vocabulary,
    WordKinds,
    context_columns,
    n_context_columns,
    name_strings,
    word_kinds,
)
from onrecord.mentions.name_parts import Single
from onrecord.mentions.name_runs import Run
from onrecord.text.tokens import Article

TYPES = ("person", "organisation", "place", "work", "other")
_N_SHARED = 3  # full names that a last name alone counts for
_N_ALONE = 12  # mentions of a last name alone that count for a full name


class NameType(NamedTuple):
    """The type of one name in one article, with the probability of each type."""

    type: str
    person: float
    organisation: float
    place: float
    work: float
    other: float


@dataclass(frozen=True, eq=False)  # compared as one object, so that a cache can be kept for each
class NameModel:
    """The shipped weights of the name types."""

    vocabulary: Vocabulary
    kinds: WordKinds
    context: np.ndarray  # columns x types, as small integers
    names: np.ndarray  # features of names x types, as small integers
    name_rows: dict[str, int]  # feature of a name -> row of names
    bias: np.ndarray
    step: float  # what one unit of a weight is worth
    noun_share: dict[str, int]


@cache
def load_name_model(path: str | Path | None = None) -> NameModel:
    """Model of the name types at `path`, or the shipped one."""
    shipped = resources.files("onrecord").joinpath("models/name_types.npz")
    file_path = shipped if path is None else Path(path)
    with file_path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        part = {name: stored[name] for name in stored.files}
    vocabulary = Vocabulary(_lines(part["words"]))
    context = np.zeros((n_context_columns(vocabulary.size), len(TYPES)), np.int8)
    context[part["rows"]] = part["weights"]
    nouns = _lines(part["nouns"])
    return NameModel(
        vocabulary,
        word_kinds(vocabulary, part["roles"]),
        context,
        part["name_weights"],
        {feature: row for row, feature in enumerate(_lines(part["name_features"]))},
        part["bias"],
        float(part["step"]),
        dict(zip(nouns, part["noun_share"].tolist(), strict=True)),
    )


def _lines(stored: np.ndarray) -> list[str]:
    return stored.tobytes().decode("utf-8").split("\n")


def name_types(
    articles: Sequence[Article], names: Sequence[tuple[Sequence[Single], Sequence[Run]]]
) -> list[dict[str, NameType]]:
    """Types of the names of each article.

    One entry per name as written, without its titles.

    `names` are single words and runs, those of `name_runs.read_runs`. The type is the most probable one;
    probabilities run from 0 to 1. An article without names gives an empty dictionary.
    """
    found: list[dict[str, NameType]] = [{} for _ in articles]
    collected = [collect_names(*of_article) for of_article in names]
    used = [i for i, article in enumerate(articles) if article.tokens and collected[i][0].words]
    if not used:
        return found
    parts = [collected[i][0] for i in used]
    shares = _shares([articles[i] for i in used], parts, [collected[i][1] for i in used])
    best = shares.argmax(axis=1).tolist()
    rows = zip(best, shares.tolist(), strict=True)
    for i, part in zip(used, parts, strict=True):
        found[i] = {
            " ".join(words): NameType(TYPES[k], *row)
            for words, (k, row) in zip(part.words, rows, strict=False)  # the rows of all articles in turn
        }
    return found


def _shares(
    articles: Sequence[Article], names: Sequence[Names], flags: Sequence[Sequence[tuple[str, ...]]]
) -> np.ndarray:
    """Probability of each type. One row per name, those of the articles in turn."""
    model = load_name_model()
    columns = context_columns(articles, names, model.vocabulary, model.kinds)
    per_mention = np.add.reduce(model.context.take(columns, axis=0), axis=1, dtype=np.int32)
    n_names = [len(one.words) for one in names]
    firsts = np.cumsum(n_names) - n_names
    of = np.concatenate([one.of for one in names]) + np.repeat(firsts, [len(one.of) for one in names])
    order = np.argsort(of, kind="stable")
    counts = np.bincount(of)  # each name has a mention
    total = np.add.reduceat(per_mention[order], np.cumsum(counts) - counts, axis=0)
    own = np.array(
        [
            _own_weights(words, flag, model)
            for one, of_names in zip(names, flags, strict=True)
            for words, flag in zip(one.words, of_names, strict=True)
        ]
    )
    logits = (total / counts[:, None] ** MENTION_POWER + own) * model.step + model.bias
    return np.exp(_log_shares(_joined(_log_shares(logits), [one.words for one in names])))


def _log_shares(logits: np.ndarray) -> np.ndarray:
    logits = logits - logits.max(axis=1, keepdims=True)
    return logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))


def _joined(logs: np.ndarray, words: Sequence[Sequence[tuple[str, ...]]]) -> np.ndarray:
    """Log probabilities, with names of one article that share a word joined.

    A last name alone and the full name have one type, so each takes the mean of both. A word that opens
    a longer name ("Alder" for Alder Foods) takes the mean with the longer one, which stays as it is.
    `words` are the names of each article.
    """
    alone: list[int] = []  # names of one word, and the longer name of each
    longer: list[int] = []
    full: list[int] = []  # the longer names that take the mean too, and the last name of each
    last_names: list[int] = []
    base = 0
    for names in words:
        last: dict[str, int] = {}
        first: dict[str, int] = {}
        for i, name in enumerate(names, base):
            if len(name) > 1:
                last.setdefault(name[-1], i)
                first.setdefault(name[0], i)
        for i, name in enumerate(names, base):
            if len(name) == 1 and (name[0] in last or name[0] in first):
                alone.append(i)
                longer.append(last.get(name[0], first.get(name[0], i)))
                if name[0] in last:
                    full.append(longer[-1])
                    last_names.append(i)
        base += len(names)
    if not alone:
        return logs
    joined = logs.copy()
    joined[alone] = (logs[alone] + logs[longer]) / 2
    joined[full] = joined[last_names]
    return joined


@lru_cache(maxsize=50_000)
def _own_weights(words: tuple[str, ...], flags: tuple[str, ...], model: NameModel) -> tuple[int, ...]:
    """Scores that the words of a name and its flags add to each type."""
    features = [*name_strings(words, model.noun_share), *flags]
    rows = [model.name_rows[feature] for feature in features if feature in model.name_rows]
    return tuple(model.names[rows].sum(axis=0, dtype=np.int32).tolist())


def collect_names(singles: Sequence[Single], runs: Sequence[Run]) -> tuple[Names, list[tuple[str, ...]]]:
    """Names of an article with their mentions, and flags of each name.

    A mention of a last name alone counts as one of the full name too. The flags say whether the last
    word of a name also occurs alone, and whether a single word is the first or last of a longer name.
    """
    index: dict[tuple[str, ...], int] = {}
    alone: dict[str, list[tuple[int, int]]] = {}
    of: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    for word, start, end in singles:
        of.append(index.setdefault((word,), len(index)))
        starts.append(start)
        ends.append(end)
        alone.setdefault(word, []).append((start, end))
    for run in runs:
        of.append(index.setdefault(run.words, len(index)))
        starts.append(run.start)
        ends.append(run.end)
        if len(run.words) == 1:
            alone.setdefault(run.words[0], []).append((run.start, run.end))
    lasts: dict[str, int] = {}
    firsts: set[str] = set()
    flags: list[tuple[str, ...]] = []
    for words, number in index.items():
        if len(words) == 1:
            flags.append(())
            continue
        last = words[-1]
        firsts.add(words[0])
        lasts[last] = lasts.get(last, 0) + 1
        mentions = alone.get(last, ())
        flags.append((f"da{min(len(mentions), 3)}", f"db{words[0] in alone}"))
        if lasts[last] <= _N_SHARED:
            for start, end in mentions[:_N_ALONE]:
                of.append(number)
                starts.append(start)
                ends.append(end)
    flags = [
        flag or (f"dc{words[0] in lasts}{words[0] in firsts}",)
        for words, flag in zip(index, flags, strict=True)
    ]
    return Names(
        list(index), np.array(of, np.int64), np.array(starts, np.int64), np.array(ends, np.int64)
    ), flags
