"""Keyness.

Which words distinguish two groups of articles, and in how many of their articles.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.special import ndtr

from onrecord.choices import did_you_mean
from onrecord.framing.labels import words_near
from onrecord.framing.words import WordCounts, count_words, without_boilerplate
from onrecord.measures.multiple_comparisons import adjust_p_values
from onrecord.measures.units import groups_of
from onrecord.tables import require

PRIOR_WORDS = 500.0  # not tuned: of the order of one article, as in Monroe et al.


def compare_words(
    frame: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    a: str,
    b: str | None = None,
    by: str = "outlet",
    near: str | None = None,
    n_words: int = 5,
    min_articles: int = 2,
    prior_words: float = PRIOR_WORDS,
) -> pd.DataFrame:
    """Words that distinguish two groups of articles.

    One row per word, the most typical of `a` first.

    `frame` contains the texts (doc_id, text): documents themselves, or the spans of one voice
    (split_voices). `a` and `b` are values of `by` (a column of documents, "week", "month", "quarter" or
    "year"); b=None compares with all other articles. `near` is a name: only the words beside it count, at
    most `n_words` on either side, within a row of `frame` (analysis.sentences: in the same sentence).

    Columns: word, n_a, n_b (times it is used), n_articles_a, n_articles_b (in so many articles of each
    side), log_odds (of a against b, shrunk by the prior), z (log_odds / its standard error; beyond
    1.96 is rarely chance, if articles were independent), dispersion (Gries' DP over the articles of the
    side that uses it more, 0 to 1: 0 even, near 1 all in one article, so that it is typical of one
    story), p_adjusted (0 to 1, Benjamini-Hochberg over all words). Words in fewer than `min_articles`
    articles of the side that uses them more are left out, and so are single letters (initials) and
    boilerplate where `documents` has the texts. `prior_words` is the weight of the prior, the words of both
    sides, in words.

    Raises ValueError for a group that does not occur.

    Source: Monroe, Colaresi & Quinn 2008, informative Dirichlet prior; Gries 2008.

    >>> words = onrecord.compare_words(documents, documents, a="Clear Signal")
    >>> {"word", "z", "dispersion"} <= set(words.columns)
    True
    >>> sentences = analysis.sentences
    >>> near = onrecord.compare_words(sentences, documents, a="Clear Signal", near="Lind", min_articles=1)
    >>> "mayor" in set(near["word"])
    True
    """
    require(frame, ["doc_id", "text"], table="frame")
    groups = groups_of(documents, by)
    for name in [a] if b is None else [a, b]:
        if not (groups == name).any():
            known = ", ".join(map(str, groups.dropna().unique()[:20]))
            raise ValueError(
                f"{by} must be one of {known}, not {name!r}.{did_you_mean(name, map(str, groups.dropna()))}"
            )
    frame = frame.assign(text=without_boilerplate(frame, documents))
    if near is not None:
        frame = words_near(frame, near, n_words)
    counted = count_words(frame["doc_id"], frame["text"])
    return compare_counts(counted, groups, a=a, b=b, min_articles=min_articles, prior_words=prior_words)


def compare_counts(
    counted: WordCounts,
    groups: pd.Series,
    *,
    a: str,
    b: str | None = None,
    min_articles: int = 2,
    prior_words: float = PRIOR_WORDS,
) -> pd.DataFrame:
    """The table of compare_words from words that were counted before.

    One row per word. `groups` has the group of each article by its doc_id; others do not count.
    """
    group_of = groups.reindex(counted.doc_ids)
    is_a = (group_of == a).fillna(False).to_numpy(dtype=bool)
    is_b = (
        (group_of == b).fillna(False).to_numpy(dtype=bool)
        if b is not None
        else group_of.notna().to_numpy() & ~is_a
    )
    counts = counted.counts
    n = np.array([counts[side].sum(axis=0) for side in (is_a, is_b)], dtype=float)
    n_articles = np.array([(counts[side] > 0).sum(axis=0) for side in (is_a, is_b)])
    log_odds, z = log_odds_ratio(n[0], n[1], prior_words=prior_words)
    is_word = np.array([len(word) > 1 for word in counted.words], dtype=bool)
    is_of_a = n[0] * n[1].sum() >= n[1] * n[0].sum()  # used more often in a
    kept = is_word & (np.where(is_of_a, *n_articles) >= min_articles)
    dispersion = np.where(
        is_of_a, deviation_of_proportions(counts[is_a]), deviation_of_proportions(counts[is_b])
    )
    table = pd.DataFrame(
        {
            "word": pd.array(counted.words, dtype="string"),
            "n_a": n[0].astype(int),
            "n_b": n[1].astype(int),
            "n_articles_a": n_articles[0],
            "n_articles_b": n_articles[1],
            "log_odds": log_odds,
            "z": z,
            "dispersion": dispersion,
        }
    )[kept]
    table["p_adjusted"] = adjust_p_values(2 * ndtr(-table["z"].abs().to_numpy()), "benjamini-hochberg")
    return table.sort_values(["z", "word"], ascending=[False, True], ignore_index=True)


def log_odds_ratio(
    n_a: np.ndarray, n_b: np.ndarray, *, prior_words: float = PRIOR_WORDS
) -> tuple[np.ndarray, np.ndarray]:
    """Log-odds ratio of each word between two counts, and its z.

    Both use the informative prior.
    """
    total = n_a + n_b
    prior = prior_words * total / max(total.sum(), 1)

    def log_odds(n: np.ndarray) -> np.ndarray:
        return np.log(n + prior) - np.log(n.sum() + prior_words - n - prior)

    with np.errstate(divide="ignore", invalid="ignore"):
        difference = log_odds(n_a) - log_odds(n_b)
        z = difference / np.sqrt(1 / (n_a + prior) + 1 / (n_b + prior))
    return np.nan_to_num(difference, posinf=0, neginf=0), np.nan_to_num(z, posinf=0, neginf=0)


def deviation_of_proportions(counts: csr_array) -> np.ndarray:
    """Gries' DP of each word (column) over articles (rows).

    0 even, 1 all in one article.

    NA for a word that occurs in none of the articles.
    """
    size = np.asarray(counts.sum(axis=1), dtype=float).ravel()
    size = size / max(size.sum(), 1)
    n = np.asarray(counts.sum(axis=0), dtype=float).ravel()
    found = counts.tocoo()
    share = found.data / n[found.col]
    # An article without the word adds its whole size, any other the difference.
    gap = np.bincount(found.col, np.abs(share - size[found.row]), minlength=len(n))
    reached = np.bincount(found.col, size[found.row], minlength=len(n))
    return np.where(n > 0, (gap + 1 - reached) / 2, np.nan)


def deviation_of_shares(hits: np.ndarray, sizes: np.ndarray) -> float:
    """Gries' DP of one word: `hits` and `sizes` (in words) of each article.

    NA where it does not occur.

    >>> deviation_of_shares(np.array([2.0, 0.0]), np.array([100.0, 100.0]))
    0.5
    """
    if not hits.sum() or not sizes.sum():
        return float("nan")
    return float(np.abs(hits / hits.sum() - sizes / sizes.sum()).sum() / 2)
