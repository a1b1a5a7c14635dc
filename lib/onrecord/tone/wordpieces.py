"""Pieces of a sentence around a target, as the tone encoder reads it.

Plain functions over str.

The target and all other names become placeholders, and words for women and men become one form. The same
sentence about somebody else therefore gets the same pieces, and the same tone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

# Pieces that the encoder reads. A longer text is cut around the target: a sentence rarely has more.
LONGEST = 96
_WINDOW = 700  # characters on each side
_LONGEST_WORD = 40  # a longer "word" is a link or a table

START, END, UNKNOWN, NAME = "[CLS]", "[SEP]", "[UNK]", "[NAME]"
NAMED_TARGET, PRONOUN_TARGET, NOUN_TARGET = "[TARGET]", "[TARGET-PRONOUN]", "[TARGET-NOUN]"
PLACEHOLDERS = (START, END, UNKNOWN, NAME, NAMED_TARGET, PRONOUN_TARGET, NOUN_TARGET)

# The full stop of an abbreviation or initial belongs to it: "U.S.", "Ms.", "J." before a name.
_TOKEN = re.compile(
    r"\b(?:[^\W\d_]\.){2,}|\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Prof|Rev|St|Jr|Sr|Lt|Col|Sgt|Capt)\."
    r"|\b[A-Z]\.(?=\s[A-Z]|\s*$)|[^\W\d_]+|\d+(?:[.,]\d+)*|[^\w\s]|_"
)
_STRAIGHT = str.maketrans("’‘“”–—−", "''\"\"---")
_ENDS_SENTENCE = frozenset('.!?"')
_PRONOUNS = frozenset(
    [
        "he",
        "she",
        "they",
        "him",
        "her",
        "them",
        "his",
        "hers",
        "their",
        "theirs",
        "himself",
        "herself",
        "themselves",
        "i",
        "me",
        "my",
        "myself",
        "we",
        "us",
        "our",
        "ours",
        "it",
        "its",
        "itself",
        "you",
        "your",
        "yours",
        "who",
        "whom",
        "whose",
    ]
)
# Capitals in more than this share of the words: a headline, in which capitals do not mark names.
_HEADLINE = 0.6


class Vocabulary(NamedTuple):
    """Pieces with their rows, and what makes a capitalised word a name."""

    rows: Mapping[str, int]  # piece -> row; a piece within a word begins with "##"
    common: frozenset[str]  # words mostly written in lower case
    same: Mapping[str, str]  # word -> the form that stands for women and men alike


def target_pieces(text: str, start: int, end: int, vocabulary: Vocabulary) -> tuple[list[int], int]:
    """Rows of the pieces around text[start:end], and the index of the target."""
    left = sentence_words(text[max(0, start - _WINDOW) : start], True)
    right = sentence_words(text[end : end + _WINDOW], False)
    words = [word for word, _ in left + right]
    letters = [word for word in words if word[0].isalpha()]
    is_headline = len(letters) > 3 and sum(w[0].isupper() for w in letters) > _HEADLINE * len(letters)
    target = _kind(text[start:end])
    before = _masked(left, vocabulary, is_headline)
    after = _masked(right, vocabulary, is_headline)
    if target == NAMED_TARGET:
        # "Senator Ann [Lind]" and "[Senator Ann Lind]" are one target.
        while before and before[-1] == NAME:
            before.pop()
        while after and after[0] == NAME:
            after.pop(0)
    left_rows = [row for word in before for row in word_rows(word, vocabulary)]
    right_rows = [row for word in after for row in word_rows(word, vocabulary)]
    room = LONGEST - 3
    n_right = min(len(right_rows), max(room // 2, room - len(left_rows)))
    left_rows = left_rows[max(0, len(left_rows) - (room - n_right)) :]
    rows = vocabulary.rows
    return [rows[START], *left_rows, rows[target], *right_rows[:n_right], rows[END]], len(left_rows) + 1


def text_words(text: str, vocabulary: Vocabulary) -> list[str]:
    """Words of a text, lower case, names masked."""
    return _masked(sentence_words(text, True), vocabulary, False)


def sentence_words(text: str, is_first: bool) -> list[tuple[str, bool]]:
    """Tokens as written, and whether each begins a sentence."""
    found = []
    for token in _TOKEN.findall(text.translate(_STRAIGHT)):
        found.append((token, is_first))
        is_first = token in _ENDS_SENTENCE or (is_first and not token[0].isalnum())
    return found


def _masked(words: list[tuple[str, bool]], vocabulary: Vocabulary, is_headline: bool) -> list[str]:
    """Lower-case words with names and numbers replaced.

    Neighbouring names become one placeholder.
    """
    found: list[str] = []
    for token, is_first in words:
        word = token.lower()
        if token[0].isdigit():
            found.append("0")
        elif (
            token[0].isupper()
            and token != "I"
            and not ((is_first or is_headline) and word in vocabulary.common)
        ):
            if not found or found[-1] != NAME:
                found.append(NAME)
        else:
            found.append(vocabulary.same.get(word, word))
    return found


def _kind(target: str) -> str:
    if target.lower() in _PRONOUNS:
        return PRONOUN_TARGET
    return NAMED_TARGET if any(word[:1].isupper() for word in target.split()) else NOUN_TARGET


def word_rows(word: str, vocabulary: Vocabulary) -> list[int]:
    """Rows of the longest pieces of a word, from its beginning."""
    rows = vocabulary.rows
    if (row := rows.get(word)) is not None:
        return [row]
    word = "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))
    if len(word) > _LONGEST_WORD:
        return [rows[UNKNOWN]]
    found, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if (row := rows.get(piece)) is not None:
                found.append(row)
                break
        else:
            return [rows[UNKNOWN]]
        start = end
    return found
