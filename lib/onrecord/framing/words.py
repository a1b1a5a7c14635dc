"""Words as framing counts them.

Lower case, letters only, hyphens and inner apostrophes kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def words_in(text: str) -> list[str]:
    """Words of `text` in lower case, with straight apostrophes.

    A possessive 's is left out.
    """
    return [word.removesuffix("'s") for word in _WORD.findall(text.lower().replace("’", "'"))]


class WordCounts(NamedTuple):
    """Occurrences of each word in each article (articles x words)."""

    counts: csr_array
    words: np.ndarray
    doc_ids: np.ndarray


def count_words(doc_ids: Iterable[str], texts: Iterable[str]) -> WordCounts:
    """Counts of the words of `texts`; texts of one doc_id are counted together."""
    article, articles = pd.factorize(pd.Series(list(doc_ids), dtype="string"))
    ids: dict[str, int] = {}
    lengths, columns = [], []
    for text in texts:
        words = words_in(text)
        lengths.append(len(words))
        columns += [ids.setdefault(word, len(ids)) for word in words]
    rows = np.repeat(article, lengths)
    ones = np.ones(len(columns), np.int32)
    counts = csr_array((ones, (rows, np.array(columns, np.int64))), shape=(len(articles), len(ids)))
    counts.sum_duplicates()
    return WordCounts(counts, np.array(list(ids), dtype=object), articles.to_numpy(dtype=object))
