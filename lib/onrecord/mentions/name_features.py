"""Features of a name and of its surroundings that determine its type.

Shared by the run-time (`name_types`) and the training. A feature is a column of the weight table. Column
numbers are fixed by the vocabulary and the hash sizes below, so a model file fits only this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from onrecord.text.tokens import Article

OFFSETS = (-3, -2, -1, 0, 1, 2, 3)  # 0 is the token right behind the name
_OFFSETS = np.array(OFFSETS)[:, None]
_BEFORE = _OFFSETS < 0
# Pairs of window tokens (indices into OFFSETS), and three behind the name.
_PAIRS = ((1, 2), (3, 4), (4, 5), (2, 3))
_TRIPLES = ((3, 4, 5), (3, 5, 6))
N_PAIR_BUCKETS = 1 << 15
N_TRIPLE_BUCKETS = 1 << 15
# Evidence of n mentions counts as n to the power of .3: they are not independent witnesses.
MENTION_POWER = 0.7
_PRONOUN_REACH = (12, 40)  # tokens from the name to the next pronoun: near, far
PRONOUNS = ("he", "she", "it", "they", "who", "which")
_FORMS = {
    "his": "he", "him": "he", "her": "she", "its": "it", "their": "they", "them": "they", "whose": "who",
}  # fmt: skip
_APPOSITION_MARKS = (",", "—", "–", "-", "--", "(")
_N_FLAGS = 32
BORDER, NUMBER, AGE, YEAR, CAPITAL, ACRONYM, LOWER = range(7)  # classes of tokens outside the vocabulary
CLASSES = ("<BORDER>", "<NUMBER>", "<AGE>", "<YEAR>", "<CAPITAL>", "<ACRONYM>", "<LOWER>")


class Names(NamedTuple):
    """The names of one article and where each occurs.

    Arrays run over mentions. `of` is the index of the name in `words`.
    """

    words: list[tuple[str, ...]]
    of: np.ndarray
    start: np.ndarray  # code points of the text
    end: np.ndarray


class Vocabulary(dict[str, int]):
    """Numbers of the window words.

    A word outside the vocabulary gets the number of its class.
    """

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__({word: i for i, word in enumerate([*CLASSES, *words])})
        self.size = len(self)
        self._limit = self.size + 50_000

    def __missing__(self, token: str) -> int:
        number = self.get(token.lower())
        if number is None:
            number = _class_of(token, self)
        if len(self) < self._limit:  # a cache that a corpus of any length cannot overfill
            self[token] = number
        return number


def _class_of(token: str, vocabulary: Vocabulary) -> int:
    if token[0].isdigit():
        return AGE if token.isdigit() and len(token) == 2 else YEAR if len(token) == 4 else NUMBER
    if token.isupper() and len(token) > 1:
        return ACRONYM
    if token[0].isupper():
        return CAPITAL
    return vocabulary.get("<" + token[-3:] + ">", LOWER)


def n_context_columns(vocabulary_size: int) -> int:
    """Number of columns for a vocabulary of this size."""
    return (
        len(OFFSETS) * vocabulary_size
        + len(_PAIRS) * N_PAIR_BUCKETS
        + len(_TRIPLES) * N_TRIPLE_BUCKETS
        + _N_FLAGS
    )


class WordKinds(NamedTuple):
    """What the words of a vocabulary are. Arrays run over its numbers."""

    pronoun: np.ndarray  # which of PRONOUNS, or -1
    role: np.ndarray  # 1: a noun or title for a person; 2: a noun for an organisation; 0: neither
    mark: np.ndarray  # whether an apposition can follow: comma, dash, bracket


def word_kinds(vocabulary: Vocabulary, roles: np.ndarray) -> WordKinds:
    """Kinds of the words of `vocabulary`.

    `roles` are the words for roles.
    """
    pronouns = np.full(vocabulary.size, -1, np.int64)
    for form in [*PRONOUNS, *_FORMS]:
        for written in (form, form.capitalize()):
            if written in vocabulary:
                pronouns[vocabulary[written]] = PRONOUNS.index(_FORMS.get(form, form))
    marks = np.zeros(vocabulary.size, bool)
    marks[[vocabulary[mark] for mark in _APPOSITION_MARKS if mark in vocabulary]] = True
    return WordKinds(pronouns, roles, marks)


class _BatchNames(NamedTuple):
    """Mentions of names in several articles, by tokens of all."""

    numbers: np.ndarray  # of each token in the vocabulary
    sentence: np.ndarray  # of each token; no two articles share one
    first: np.ndarray  # token at the start of each mention, or the next one
    last: np.ndarray  # one past its last token
    stop: np.ndarray  # one past the last token of its article


def _in_one_row(articles: Sequence[Article], names: Sequence[Names], vocabulary: Vocabulary) -> _BatchNames:
    """Tokens and mentions of `articles` in one row.

    Each article has tokens.
    """
    n_tokens = np.array([len(article.tokens) for article in articles])
    n_mentions = [len(one.of) for one in names]
    # Offsets and sentences go on from article to article.
    characters = np.cumsum([0] + [len(article.text) + 1 for article in articles])
    sentences = np.cumsum([0] + [len(article.sentences) + 1 for article in articles])
    starts = np.concatenate([article.starts for article in articles]) + np.repeat(characters[:-1], n_tokens)
    of_mentions = np.repeat(characters[:-1], n_mentions)
    stop = np.repeat(np.cumsum(n_tokens), n_mentions)
    first = starts.searchsorted(np.concatenate([one.start for one in names]) + of_mentions)
    last = starts.searchsorted(np.concatenate([one.end for one in names]) + of_mentions)
    tokens = chain.from_iterable(article.tokens for article in articles)
    return _BatchNames(
        np.fromiter(map(vocabulary.__getitem__, tokens), np.int64, len(starts)),
        np.concatenate([article.token_sentence for article in articles])
        + np.repeat(sentences[:-1], n_tokens),
        first,
        np.maximum(last, first + 1),
        stop,
    )


def context_columns(
    articles: Sequence[Article], names: Sequence[Names], vocabulary: Vocabulary, kinds: WordKinds
) -> np.ndarray:
    """Columns of the surroundings.

    One row per mention, one column per template. `names` has the names of each article. Each article has
    tokens.
    """
    numbers, sentence, first, last, stop = _in_one_row(articles, names, vocabulary)
    at = np.where(_BEFORE, first, last) + _OFFSETS
    inside = np.clip(at, 0, len(numbers) - 1)
    # Tokens of another article are in another sentence.
    same = (at == inside) & (sentence[inside] == sentence[np.minimum(first, stop - 1)])
    window = np.where(same, numbers[inside], BORDER)
    size = vocabulary.size
    alone = window + np.arange(len(OFFSETS))[:, None] * size
    base = len(OFFSETS) * size
    a, b = (window[list(one)] for one in zip(*_PAIRS, strict=True))
    pairs = (a * 40_503 + b * 9_973) & (N_PAIR_BUCKETS - 1)
    pairs += base + np.arange(len(_PAIRS))[:, None] * N_PAIR_BUCKETS
    base += len(_PAIRS) * N_PAIR_BUCKETS
    a, b, c = (window[list(one)] for one in zip(*_TRIPLES, strict=True))
    triples = (a * 40_503 + b * 9_973 + c * 30_011) & (N_TRIPLE_BUCKETS - 1)
    triples += base + np.arange(len(_TRIPLES))[:, None] * N_TRIPLE_BUCKETS
    base += len(_TRIPLES) * N_TRIPLE_BUCKETS
    flags = np.stack([_next_pronoun(numbers, last, stop, kinds.pronoun), *_roles_around(window, kinds)])
    return np.concatenate([alone, pairs, triples, base + flags]).T


def _roles_around(window: np.ndarray, kinds: WordKinds) -> tuple[np.ndarray, np.ndarray]:
    """Whether a noun for a role or an organisation is right before.

    The second value is for an apposition behind.
    """
    roles, marks = kinds.role[window].astype(np.int64), kinds.mark[window]
    first = 2 * len(PRONOUNS) + 1
    before = np.where(roles[2] > 0, roles[2], np.where(marks[2] & (roles[1] > 0), roles[1] + 2, 0))
    following = np.zeros(window.shape[1], np.int64)
    for k in (6, 5, 4):  # the nearest noun wins
        following = np.where(roles[k] > 0, roles[k], following)
    return first + before, first + 5 + np.where(marks[3], following, 0)


def _next_pronoun(
    numbers: np.ndarray, last: np.ndarray, stop: np.ndarray, pronouns: np.ndarray
) -> np.ndarray:
    """Kind of the next pronoun behind each mention.

    It is near, far, or none (the last flag). `stop` is the end of the article.
    """
    kinds = pronouns[numbers]
    found = np.append(np.flatnonzero(kinds >= 0), len(numbers) + 1)
    following = found[np.searchsorted(found, last)]
    following = np.where(following < stop, following, stop + _PRONOUN_REACH[1] + 1)
    kind = kinds[np.minimum(following, stop - 1)]
    distance = following - last
    none = 2 * len(PRONOUNS)
    return np.where(
        distance <= _PRONOUN_REACH[0],
        kind,
        np.where(distance <= _PRONOUN_REACH[1], kind + len(PRONOUNS), none),
    )


def name_strings(words: Sequence[str], noun_share: dict[str, int]) -> list[str]:
    """Features of a name by its own words, as strings.

    `noun_share`: how often news writes the word in lower case, 1 (seldom) to 4 (nearly always). The
    words themselves are the features that start with "=": training hides them for a part of the names,
    so that the surroundings alone must decide.
    """
    n = len(words)
    first, last = words[0], words[-1]
    shares = [noun_share.get(word.lower(), 0) for word in words]
    found = [f"n{min(n, 5)}", f"s{n > 1}{shares[-1]}", f"t{min(n, 3)}{max(shares)}", f"x{_shape(words)}"]
    found += [f"=w{n > 1}{word}" for word in words]
    found.append(f"=l{n > 1}{last}")
    if n > 1:
        found += [
            f"=f{first}",
            f"f{shares[0]}",
            f"fl{shares[0]}{shares[-1]}",
            f"sx{shares[-1]}{last[-1:] == 's'}",
        ]
    else:
        found += [f"=3{last[-3:]}", f"=4{last[-4:]}"]
    return found


def _shape(words: Sequence[str]) -> str:
    kinds = ""
    for word in words:
        if word.isupper() and len(word) > 1 and "." not in word:
            kinds += "U"
        elif word.endswith(".") or len(word) == 1:
            kinds += "i"
        elif word.islower():
            kinds += "p"
        elif "&" in word or any(c.isdigit() for c in word):
            kinds += "d"
        elif "-" in word:
            kinds += "h"
        elif any(c.isupper() for c in word[1:]):
            kinds += "m"
        else:
            kinds += "a"
    return kinds[:4]
