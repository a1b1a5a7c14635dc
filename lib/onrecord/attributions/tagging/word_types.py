"""Features of a word alone: class, stem and cue statistics, once per type.

Hashes are CRC-32, the same on every machine and every run.
"""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

import numpy as np

from onrecord.attributions.tagging.word_forms import shape, stem, word_class

# Columns of the table of word types.
WORD, SHAPE, SUFFIX, CLASS, STEM, CUE, COMB, STRONG, CAPITAL, THAT, COMMA, MARK, END, ALNUM = range(14)


# Quotation marks that news rarely uses count as straight ones, which the models know.
_GLYPHS = dict.fromkeys("«»„‟〝〞″＂ʺ❝❞「」『』《》‹›", '"') | dict.fromkeys("´`′‚", "'")


class WordTypes:
    """Table of the word types seen so far: a row of 14 numbers per word.

    A row is made when its word is first seen. `deciles` gives for words ("w:said") and stems ("s:say") how
    often they are part of a cue, in tenths.
    """

    LIMIT = 400_000

    def __init__(self, deciles: Mapping[str, int]):
        self.deciles = deciles
        self.index: dict[str, int] = {}
        self.rows = np.empty((4096, 14), np.uint32)

    def ids(self, tokens: list[str]) -> np.ndarray:
        """Row number of each token; new words get a row."""
        if len(self.index) > self.LIMIT:  # memory stays bounded on any corpus
            self.index.clear()
        try:
            return self._known_ids(tokens)
        except KeyError:  # a new word
            self._add(set(tokens).difference(self.index))
            return self._known_ids(tokens)

    def _known_ids(self, tokens: list[str]) -> np.ndarray:
        return np.fromiter(map(self.index.__getitem__, tokens), np.int64, len(tokens))

    def _add(self, new: set[str]) -> None:
        """Give each of the new words a row."""
        for token in sorted(new):
            number = len(self.index)
            if number == len(self.rows):
                self.rows = np.concatenate([self.rows, np.empty_like(self.rows)])
            self.rows[number] = self._describe(token)
            self.index[token] = number

    def _describe(self, token: str) -> tuple[int, ...]:
        token = _GLYPHS.get(token, token)
        lower = token.lower().replace("’", "'")
        root = stem(lower)
        cue = self.deciles.get("w:" + lower, -1)
        comb = max(cue, self.deciles.get("s:" + root, -1))
        return (
            crc32(lower.encode("utf-8", "surrogatepass")),
            crc32(shape(token).encode("utf-8", "surrogatepass")),
            crc32(lower[-3:].encode("utf-8", "surrogatepass")),
            crc32(word_class(token).encode("utf-8", "surrogatepass")),
            crc32(root.encode("utf-8", "surrogatepass")),
            cue + 1,
            comb + 1,
            comb >= 4,
            token[0].isupper(),
            lower == "that",
            token == ",",
            token in ('"', "“", "”", "''", "``", "‘"),
            token in (".", "?", "!"),
            token[0].isalnum(),
        )
