"""Words as framing counts them.

Lower case, letters only, hyphens and inner apostrophes kept. The "th" of "5th" is not a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from onrecord.text.boilerplate import find_boilerplate

# An abbreviation of initials ("U.S.", "U.N.") is one word. Its letters alone are not words.
_WORD = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]\.){2,}(?:[’']s\b)?|(?<![^\W_])[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def words_in(text: str) -> list[str]:
    """Words of `text` in lower case, with straight apostrophes.

    A possessive 's is left out. Initials with full stops are one word.

    >>> words_in("The U.S. envoy's well-kept note")
    ['the', 'u.s.', 'envoy', 'well-kept', 'note']
    """
    return [word.removesuffix("'s") for word in _WORD.findall(text.lower().replace("’", "'"))]


def phrase_pattern(phrase: str) -> re.Pattern[str]:
    """Pattern of a word or phrase: whole words, in any case.

    * replaces the letters of one word.

    Raises ValueError for a phrase without a letter or digit.

    >>> phrase_pattern("strik* leader").search("The Strike leader left.").group()
    'Strike leader'
    """
    if not re.search(r"\w", phrase):
        raise ValueError(f"{phrase!r} contains no word; give a word or a phrase, such as 'strike'.")
    forms = [re.escape(word.replace("’", "'")) for word in phrase.split()]
    body = r"\s+".join(form.replace(r"\*", r"\w*").replace("'", "['’]") for form in forms)
    return re.compile(rf"(?<![\w-]){body}(?![\w-])", re.IGNORECASE)


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


def without_boilerplate(frame: pd.DataFrame, documents: pd.DataFrame) -> list[str]:
    """Texts of `frame` without the boilerplate of their articles.

    A text is one of `documents`, or a span of it that begins at the column start. Other texts, and all of
    them where `documents` has no column text, stay as they are.
    """
    texts = frame["text"].fillna("").astype(str).tolist()
    if "text" not in documents.columns:
        return texts
    spans: dict[str, list[tuple[int, int]]] = {}
    found = find_boilerplate(documents)
    for doc_id, start, end in zip(found["doc_id"], found["start"], found["end"], strict=True):
        spans.setdefault(doc_id, []).append((start, end))
    whole = dict(zip(documents["doc_id"], documents["text"], strict=True))
    starts = frame["start"].tolist() if "start" in frame.columns else [0] * len(texts)
    kept = []
    for doc_id, text, start in zip(frame["doc_id"], texts, starts, strict=True):
        cuts = spans.get(doc_id, ())
        if cuts and not pd.isna(start) and whole[doc_id][start : start + len(text)] == text:
            text = _cut(text, [(first - start, last - start) for first, last in cuts])
        kept.append(text)
    return kept


def _cut(text: str, spans: list[tuple[int, int]]) -> str:
    """`text` without the parts of it that are in `spans`."""
    parts, at = [], 0
    for start, end in sorted(spans):
        if end > at and start < len(text):
            parts.append(text[at : max(start, at)])
            at = max(at, end)
    return " ".join([*parts, text[at:]])
