"""Surroundings of each token: borders of its sentence, likely cues, marks.

Made once for all tokens of a batch, in small numbers. The keys themselves are then made in blocks, so that
the memory for one very long article is bounded.
"""

from __future__ import annotations

import numpy as np

from onrecord.attributions.tagging.batch_tokens import Tokens
from onrecord.attributions.tagging.word_types import CAPITAL, COMMA, MARK, STRONG, THAT


class Surroundings:
    """Arrays with one entry per token.

    first: whether it opens its sentence. start, stop: first and last token of its sentence. earlier, later:
    nearest likely cue of the sentence on either side, -1 where there is none. that, comma, mark: how many
    came before (one entry more). quoted: whether the sentence has quoted words. run: see _capital_runs.
    """

    def __init__(self, tokens: Tokens):
        n = len(tokens.rows)
        position = np.arange(n, dtype=np.int32)
        sentence = tokens.sentence
        self.first = _is_new(sentence)
        last = np.ones(n, bool)
        last[:-1] = self.first[1:]
        self.new_paragraph = _is_new(tokens.paragraph)
        self.start = _previous(self.first, position, 0)
        self.stop = _next(last, position, n)
        strong = (tokens.rows[:, STRONG] > 0) & ~tokens.quoted
        earlier = np.concatenate([[np.int32(-1)], _previous(strong, position, -1)[:-1]])[:n]
        self.earlier = np.where(earlier >= self.start, earlier, -1)
        later = np.concatenate([_next(strong, position, n)[1:], [np.int32(n)]])[:n]
        self.later = np.where(later <= self.stop, later, -1)
        self.that, self.comma, self.mark = (_counts(tokens.rows[:, c] > 0) for c in (THAT, COMMA, MARK))
        quoted = _counts(tokens.quoted)
        self.quoted = quoted[self.stop + 1] > quoted[self.start]
        capital = tokens.rows[:, CAPITAL] > 0
        self.run = _capital_runs(capital, sentence)
        self.capital = capital & ~self.first

    def between(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """What is strictly between tokens a and b: "that", a comma, a quotation mark."""
        lo, hi = np.minimum(a + 1, b), b
        return (
            1 * (self.that[hi] > self.that[lo])
            + 2 * (self.comma[hi] > self.comma[lo])
            + 4 * (self.mark[hi] > self.mark[lo])
        )


def _is_new(number: np.ndarray) -> np.ndarray:
    """Whether each token has another number than the one before."""
    new = np.ones(len(number), bool)
    new[1:] = number[1:] != number[:-1]
    return new


def _previous(flags: np.ndarray, position: np.ndarray, none: int) -> np.ndarray:
    """Position of the last token with a flag up to each token."""
    return np.maximum.accumulate(np.where(flags, position, none))


def _next(flags: np.ndarray, position: np.ndarray, none: int) -> np.ndarray:
    """Position of the first token with a flag from each token on."""
    return np.minimum.accumulate(np.where(flags, position, none)[::-1])[::-1]


def _counts(flags: np.ndarray) -> np.ndarray:
    """How many tokens before each one have a flag. One entry more than tokens."""
    return np.concatenate([[np.int32(0)], np.cumsum(flags, dtype=np.int32)])


def _capital_runs(capital: np.ndarray, sentence: np.ndarray) -> np.ndarray:
    """Position of each token in a run of capitalised words; 0 outside one.

    10 × position in the run + length of the run, both up to 5.
    """
    position = np.arange(len(capital), dtype=np.int32)
    together = capital[:-1] & (sentence[1:] == sentence[:-1])
    begins, ends = capital.copy(), capital.copy()
    begins[1:] &= ~together
    ends[:-1] &= ~(capital[1:] & (sentence[1:] == sentence[:-1]))
    start = _previous(begins, position, 0)
    end = _next(ends, position, len(capital))
    found = 10 * np.minimum(position - start + 1, 5) + np.minimum(end - start + 1, 5)
    return np.where(capital, found, 0).astype(np.uint8)
