"""What of a text is compared with other texts: 5-word sequences, and a signature.

Two texts of which one is likely to repeat the other have a key of their signatures in common. The keys are
numbers that are the same on every machine, so they are looked up in memory or joined on disk alike.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from zlib import crc32

import numpy as np

FEWEST = 20  # sequences; shorter texts are compared as a whole
_WORD = re.compile(r"\w+")
_N = 5  # words a sequence
# Texts with the similarity s have a key in common with a probability of 1 - (1 - s**4)**14: .59 for s = .5,
# .86 for .6 (the threshold that is then applied), .99 for .75.
_BANDS, _ROWS = 14, 4
_SEED = 20190601
_UINT = np.uint64


def _odd_numbers(n: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 2**63, n, dtype=_UINT) * _UINT(2) + _UINT(1)


_WORD_FACTORS = np.array([2654435761 ** (i + 1) % 2**64 for i in range(_N)], _UINT)
_PERMUTATIONS = _odd_numbers(_BANDS * _ROWS, _SEED)[:, None]
_ROW_FACTORS = _odd_numbers(_ROWS, _SEED + 1)
_BAND_NUMBERS = _odd_numbers(_BANDS, _SEED + 2)


def shingles(text: str) -> np.ndarray:
    """Sorted hashes of the 5-word sequences of `text`.

    Of all its words, if it has fewer.

    Case and punctuation do not count; the hashes are the same on every machine.
    """
    words = np.array([crc32(word.encode()) for word in _WORD.findall(text.casefold())], _UINT)
    if len(words) < _N:
        return np.unique(words)
    hashes = sum(words[i : len(words) - _N + i + 1] * _WORD_FACTORS[i] for i in range(_N))
    return np.unique(hashes)


def band_keys(sequences: np.ndarray) -> np.ndarray:
    """Keys of a text for look-up: texts that are alike have one in common.

    `sequences` is what shingles returns. None for a text of fewer than 20 sequences.

    Source: Broder 1997 (MinHash); Indyk & Motwani 1998 (bands).
    """
    if len(sequences) < FEWEST:
        return np.empty(0, _UINT)
    smallest = (_mixed(sequences)[None, :] * _PERMUTATIONS).min(axis=1).reshape(_BANDS, _ROWS)
    return _mixed((smallest * _ROW_FACTORS).sum(axis=1) + _BAND_NUMBERS)


def content_key(sequences: np.ndarray) -> int:
    """A key that texts with the same sequences have in common, and no others."""
    return int.from_bytes(blake2b(sequences.tobytes(), digest_size=8).digest(), "little")


def text_key(text: str) -> int:
    """A key that equal texts have in common, and no others."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _mixed(numbers: np.ndarray) -> np.ndarray:
    """Finaliser of splitmix64: each bit of a number changes about half of all bits."""
    numbers = (numbers ^ (numbers >> _UINT(30))) * _UINT(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> _UINT(27))) * _UINT(0x94D049BB133111EB)
    return numbers ^ (numbers >> _UINT(31))


def similarity(one: np.ndarray, other: np.ndarray) -> float:
    """The share of sequences that two articles have in common, of all that either has."""
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common / max(1, len(one) + len(other) - common)
