"""Scare quotes.

Which terms each outlet puts in scare quotes, and how often it does not.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from onrecord.framing.words import words_in
from onrecord.measures.in_memory import all_acts
from onrecord.measures.intervals import ratio_interval, wilson_interval
from onrecord.measures.units import groups_of

if TYPE_CHECKING:
    from onrecord.analysis import Analysis
    from onrecord.measures.countable import Countable

_LONGEST = 6  # words; a longer span between quotation marks hardly occurs a second time


def share_scare_quoted(analysis: Analysis, *, by: str = "outlet", min_articles: int = 1) -> pd.DataFrame:
    """Rate of articles with a term in scare quotes. One row per term and group.

    A term is the words between the quotation marks, in lower case. Groups that use it without scare
    quotes have a row as well, for comparison. Spans of more than six words are left out; those of all
    lengths are in analysis.scare_quotes. Terms marked in fewer than `min_articles` articles of the
    corpus are left out. The most widely marked term is first.

    Columns: `by`, term, n_marked (times in scare quotes), n_occurrences (times in all),
    n_articles_marked, n_articles (with the term), share_of_articles (0 to 1, that mark it, of those with
    the term), low, high (95%, Wilson's).

    >>> terms = onrecord.share_scare_quoted(analysis)
    >>> terms[["outlet", "term", "n_marked"]].values.tolist()
    [['Clear Signal', 'safe', 1], ['Orvane Press Service', 'safe', 0]]
    """
    marked = _marked_terms(analysis)
    n_articles = marked.groupby("term")["doc_id"].nunique()
    terms = n_articles[n_articles >= min_articles].sort_values(ascending=False, kind="stable")
    known = {tuple(term.split(" ")) for term in terms.index}
    rows = [
        (doc_id, " ".join(term), n)
        for doc_id, text in zip(analysis.documents["doc_id"], analysis.documents["text"], strict=True)
        if isinstance(text, str)
        for term, n in _occurrences(words_in(text), known).items()
    ]
    used = pd.DataFrame(rows, columns=["doc_id", "term", "n_occurrences"])
    times = marked.groupby(["doc_id", "term"], as_index=False).size().rename(columns={"size": "n_marked"})
    used = used.merge(times, on=["doc_id", "term"], how="left", validate="1:1")
    used["n_marked"] = used["n_marked"].fillna(0).astype(int)
    used[by] = used["doc_id"].map(groups_of(analysis.documents, by))
    used["n_articles_marked"] = (used["n_marked"] > 0).astype(int)
    sums = {"n_articles": ("doc_id", "size")}
    sums |= {name: (name, "sum") for name in ("n_marked", "n_occurrences", "n_articles_marked")}
    table = used.groupby([by, "term"], dropna=False, as_index=False).agg(**sums)
    ends = [
        wilson_interval(k, n) for k, n in zip(table["n_articles_marked"], table["n_articles"], strict=True)
    ]
    table["share_of_articles"] = table["n_articles_marked"] / table["n_articles"]
    table["low"], table["high"] = np.array(ends).reshape(-1, 2).T
    table["rank"] = table["term"].map({term: i for i, term in enumerate(terms.index)})
    table = table.sort_values(["rank", by], kind="stable", ignore_index=True)
    columns = [
        "n_marked",
        "n_occurrences",
        "n_articles_marked",
        "n_articles",
        "share_of_articles",
        "low",
        "high",
    ]
    return table[[by, "term", *columns]]


def rate_scare_quotes(analysis: Analysis | Countable, *, by: str = "outlet") -> pd.DataFrame:
    """Quoted spans that are not quotations, per 1,000 words.

    One row per group and kind.

    Columns: `by`, kind (scare, title or nickname, those that occur; scare always), n_hits, n_words,
    rate_per_1000_words (NA without words), low, high (95%, resampled by article; NA below five articles),
    n_articles.

    >>> rates = onrecord.rate_scare_quotes(analysis)
    >>> rates[["outlet", "kind", "n_hits"]].values.tolist()
    [['Clear Signal', 'scare', 1], ['Orvane Press Service', 'scare', 0]]
    """
    found = all_acts(analysis).count_values("scare_quotes", ["kind"])
    n_words = analysis.documents["n_words"].fillna(0)
    words = pd.Series(n_words.to_numpy(float), analysis.documents["doc_id"].to_numpy())
    kinds = ["scare", *sorted(set(found["kind"]) - {"scare"})]
    hits = found.pivot(index="doc_id", columns="kind", values="n_units").fillna(0)
    hits = hits.reindex(index=words.index, columns=kinds, fill_value=0).astype(float)
    groups = groups_of(analysis.documents, by)
    rows = []
    for group, members in groups.groupby(groups.to_numpy(), dropna=False, sort=True).indices.items():
        base = words.to_numpy()[members]
        for kind in kinds:
            n = hits[kind].to_numpy()[members]
            low, high = ratio_interval(1000 * n, base, is_share=False)
            rate = 1000 * n.sum() / base.sum() if base.sum() else np.nan
            row = (
                group,
                kind,
                int(n.sum()),
                int(base.sum()),
                rate,
                max(low, 0.0),
                high,
                int((base > 0).sum()),
            )
            rows.append(row)
    columns = [by, "kind", "n_hits", "n_words", "rate_per_1000_words", "low", "high", "n_articles"]
    return pd.DataFrame(rows, columns=columns)


def _marked_terms(analysis: Analysis) -> pd.DataFrame:
    """Scare quotes of at most six words.

    One row per scare quote: doc_id, term (in lower case).
    """
    found = analysis.scare_quotes[analysis.scare_quotes["kind"] == "scare"]
    words = [words_in(text) for text in found["text"]]
    short = np.array([0 < len(part) <= _LONGEST for part in words], dtype=bool)
    terms = pd.Series([" ".join(part) for part in words], found.index, dtype="string")
    return found.assign(term=terms).loc[short, ["doc_id", "term"]]


def _occurrences(words: list[str], known: set[tuple[str, ...]]) -> Counter:
    """How often each of the `known` runs of words occurs in `words`."""
    lengths = {len(term) for term in known}
    runs = (tuple(words[i : i + n]) for n in lengths for i in range(len(words) - n + 1))
    return Counter(run for run in runs if run in known)
