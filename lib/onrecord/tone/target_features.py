"""Features of a sentence around a target, for a linear model.

Plain functions over str.

The target and all other names are masked, so that the same sentence about someone else gets the same
tone. A model that had learned who is usually blamed could not be used to compare how outlets write
about them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import numpy as np

from onrecord.wordlists import Lists, load_lists

N_BUCKETS = 2**18
_WINDOW = 700  # characters on each side: a long sentence; whole articles may be given
_TOKEN = re.compile(r"[A-Za-z]+(?:[’'][a-z]{1,2}\b)?|\d[\d,.]*|[^\w\s]")
_NAME = "Xx"
_ENDINGS = [
    "ational",
    "ations",
    "ation",
    "ingly",
    "edly",
    "ements",
    "ement",
    "ments",
    "ment",
    "ness",
    "ings",
    "ing",
    "ies",
    "ied",
    "ers",
    "ed",
    "es",
    "ly",
    "s",
    "er",
    "e",
]
_CLAUSE = frozenset(
    [
        ",",
        ";",
        ":",
        "—",
        "–",
        "-",
        '"',
        "“",
        "”",
        "(",
        ")",
        "that",
        "who",
        "which",
        "because",
        "while",
        "after",
        "before",
        "but",
        "although",
        "though",
        "when",
        "if",
        "as",
        "whose",
        "where",
        "since",
        "until",
        "whether",
        "and",
        "or",
    ]
)
_NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "n't",
        "without",
        "neither",
        "nor",
        "cannot",
        "hardly",
        "barely",
        "nobody",
        "nothing",
        "none",
        "lack",
        "lacks",
        "failed",
        "fails",
        "fail",
        "refused",
        "denied",
    ]
)
_BE = frozenset(["is", "was", "were", "are", "been", "be", "being", "'s", "got", "get"])
_PRONOUNS = frozenset(["he", "she", "they", "him", "her", "them", "his", "their", "i", "we", "it", "you"])


class Surroundings(NamedTuple):
    """The tokens around a target: lower case, names and numbers masked."""

    left: list[str]  # in text order
    right: list[str]


def surroundings(text: str, start: int, end: int) -> Surroundings:
    """Tokens left and right of text[start:end]."""
    before, after = text[max(0, start - _WINDOW) : start], text[end : end + _WINDOW]
    left = [_masked(match.group(), i == 0) for i, match in enumerate(_TOKEN.finditer(before))]
    return Surroundings(left, [_masked(token, False) for token in _TOKEN.findall(after)])


def mask_tokens(text: str) -> list[str]:
    """Tokens of a whole text, masked as those around a target."""
    found, is_first = [], True
    for token in _TOKEN.findall(text):
        found.append(_masked(token, is_first))
        is_first = token in '.!?“”"'
    return found


def _masked(token: str, is_first: bool) -> str:
    if token[0].isupper() and not is_first and token not in ("I", "I'm"):
        return _NAME
    return "0" if token[0].isdigit() else token.lower().replace("’", "'")


def stem(word: str) -> str:
    """`word` without its ending, roughly: criticised, criticises → criticis."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") else word


def distance_class(distance: int) -> int:
    """Class of a distance in tokens: 0, 1, 2, 3 (to 4), 4 (to 8), 5 (beyond)."""
    return distance if distance < 3 else 3 if distance <= 4 else 4 if distance <= 8 else 5


@lru_cache(maxsize=4)
def word_classes(lists: Lists) -> dict[str, tuple[str, ...]]:
    """Classes of each stem of lists.target_words."""
    found: dict[str, set[str]] = {}
    for term, classes in lists.target_words.items():
        found.setdefault(stem(term), set()).update(classes)
    return {word: tuple(sorted(classes)) for word, classes in found.items()}


def word_features(near: Surroundings) -> dict[str, list[str]]:
    """Words around the target by family.

    Alone, by side, by distance, in pairs, touching it.
    """
    families: dict[str, list[str]] = {name: [] for name in ("stem", "side", "distance", "pair", "touching")}
    for side, words in (("L", near.left[::-1]), ("R", near.right)):
        for distance, word in enumerate(words, 1):
            if len(word) > 2:
                short = stem(word)
                families["stem"].append(short)
                families["side"].append(side + short)
                families["distance"].append(f"{side}{distance_class(distance)}{short}")
            if distance < len(words):
                pair = (words[distance], word) if side == "L" else (word, words[distance])
                families["pair"].append(" ".join(pair))
    # Runs of two to four tokens that contain the target.
    row = [*near.left[-3:], "TT", *near.right[:3]]
    at = len(near.left[-3:])
    for size in (2, 3, 4):
        for first in range(max(0, at - size + 1), min(at, len(row) - size) + 1):
            families["touching"].append(" ".join(row[first : first + size]))
    return families


def position_features(text: str, start: int, end: int, near: Surroundings) -> list[str]:
    """Position and kind of the target.

    Quoted, possessive, pronoun, its position, length of the sentence.
    """
    before = text[max(0, start - _WINDOW) : start]
    quoted = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    target = text[start:end]
    kind = "pronoun" if target.lower() in _PRONOUNS else "name" if target[:1].isupper() else "noun"
    found = [
        f"quoted {quoted}",
        kind,
        f"at {min(len(near.left), 10)}",
        f"length {min((len(near.left) + len(near.right) + 1) // 5, 10)}",
        f"words {min(len(target.split()), 5)}",
    ]
    if near.right and near.right[0] in "'’":
        found.append(f"possessive {near.right[:2]}")
    return found


def class_features(near: Surroundings, lists: Lists | None = None) -> Counter[str]:
    """Counts of the words of each class around the target.

    By side, distance, clause, negation, passive and "to …".

    Also the first classes of each side in order, and whether negative or positive classes are more.
    """
    found: Counter[str] = Counter()
    classes_of = word_classes(lists or load_lists())
    sides = (("L", near.left[::-1]), ("R", near.right))
    orders = {side: _scan(words, side, classes_of, found) for side, words in sides}
    left, right = orders["L"], orders["R"]
    found[f"first {left[0] if left else '-'} {right[0] if right else '-'}"] += 1
    found[f"lean {max(-4, min(4, _lean(left + right)))}"] += 1
    found[f"lean {max(-3, min(3, _lean(left)))} {max(-3, min(3, _lean(right)))}"] += 1
    return found


def _scan(
    words: list[str], side: str, classes_of: Mapping[str, tuple[str, ...]], found: Counter[str]
) -> list[str]:
    """Count the classes of one side into `found`; return them in order.

    From the target outwards.
    """
    order: list[str] = []
    is_same_clause = True
    for distance, word in enumerate(words, 1):
        is_same_clause = is_same_clause and not (distance > 1 and word in _CLAUSE)
        classes = classes_of.get(stem(word)) if len(word) > 2 else None
        if not classes:
            continue
        # The words before this one in the text, nearest last on the right side.
        before = words[distance : distance + 4] if side == "L" else words[max(0, distance - 5) : distance - 1]
        nearer = before[:3] if side == "L" else before
        is_negated = any(other in _NEGATIONS or other.endswith("n't") for other in before)
        is_passive = word.endswith(("ed", "en", "t", "n")) and any(other in _BE for other in nearer)
        follows_to = bool(before) and (before[0] if side == "L" else before[-1]) == "to"
        for name in classes:
            name = f"~{name}" if is_negated and name != "SAY" else name
            found[name] += 1
            found[side + name] += 1
            found[f"{side} {'in' if is_same_clause else 'out'} {name}"] += 1
            found[f"{side}{distance_class(distance)} {name}"] += 1
            if is_passive:
                found[f"{side} passive {is_same_clause} {name}"] += 1
            if word.endswith("ed"):
                found[f"{side} ed {min(distance_class(distance), 4)} {name}"] += 1
            if follows_to:
                found[f"{side} to {name}"] += 1
        order.append("|".join(classes) + "~" * is_negated + "p" * is_passive)
    for number, in_order in enumerate(order[:3]):
        found[f"{side}#{number} {in_order}"] += 1
    return order


def _lean(order: list[str]) -> int:
    return sum(c.startswith(("N", "ON", "SN")) for c in order) - sum(
        c.startswith(("P", "OP", "SP")) for c in order
    )


# Each family is scaled to one length, whatever the number of words, and counts this much.
_WEIGHTS = {"class": 3.0}


def sparse_features(
    text: str, start: int, end: int, near: Surroundings, lists: Lists | None = None
) -> tuple[list[int], list[float]]:
    """Buckets and values of all features of a target; a bucket may occur twice."""
    families: dict[str, dict[str, float]] = {
        name: dict.fromkeys(words, 1.0) for name, words in word_features(near).items()
    }
    # The names of the families are part of what the model was trained on.
    families["place"] = dict.fromkeys(position_features(text, start, end, near), 1.0)
    families["class"] = {name: count**0.5 for name, count in class_features(near, lists).items()}
    buckets: list[int] = []
    values: list[float] = []
    for family, features in families.items():
        length = sum(value * value for value in features.values()) ** 0.5
        weight = _WEIGHTS.get(family, 1.0) / (length or 1.0)
        for feature, value in features.items():
            buckets.append(crc32(f"{family}\t{feature}".encode()) % N_BUCKETS)
            values.append(weight * value)
    return buckets, values


def dense_features(near: Surroundings, rows: dict[str, int], vectors: np.ndarray) -> np.ndarray:
    """Mean word vectors: near left, left, near right, right, all; each of length 1."""
    parts = []
    sides = near.left[::-1], near.right
    for words, reach in (
        (sides[0], 3),
        (sides[0], 12),
        (sides[1], 3),
        (sides[1], 12),
        (near.left + near.right, np.inf),
    ):
        known = [(rows[word], distance) for distance, word in enumerate(words) if word in rows]
        if known:
            numbers, distances = np.array(known).T
            mean = np.exp(-distances / reach) @ vectors[numbers]
            parts.append(mean / (np.linalg.norm(mean) + 1e-6))
        else:
            parts.append(np.zeros(vectors.shape[1], dtype=np.float32))
    return np.concatenate(parts).astype(np.float32)
