"""Scare quotes: which words each outlet holds at arm's length, and how often it does not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from onrecord.framing.words import words_in
from onrecord.measures.intervals import wilson_interval
from onrecord.measures.units import groups_of

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

_LONGEST = 6  # words; a longer stretch in marks is not met again as the same words


def share_scare_quoted(analysis: Analysis, *, by: str = "outlet", min_articles: int = 1) -> pd.DataFrame:
    """Return one row a term and group: how often its articles set it in scare quotes, and how often not.

    A term is the words within the marks, in lower case; groups that use it without ever marking it have
    a row as well, for that is the difference. Stretches of more than six words are left out.

    Columns: `by`, term, n_marked (times in scare quotes), n_occurrences (times in all), n_articles_marked,
    n_articles (with the term), share_of_articles (that mark it, of those with the term), low, high (95 %,
    Wilson). Terms marked in fewer than `min_articles` articles of the whole corpus are left out. The most
    widely marked term comes first. The stretches themselves: find_scare_quotes.
    """
    marked = find_scare_quotes(analysis)
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


def find_scare_quotes(analysis: Analysis) -> pd.DataFrame:
    """Return one row a scare quote: doc_id, outlet, term (its words in lower case), start, end, text."""
    found = analysis.scare_quotes[analysis.scare_quotes["kind"] == "scare"]
    words = [words_in(text) for text in found["text"]]
    short = np.array([0 < len(part) <= _LONGEST for part in words], dtype=bool)
    terms = pd.Series([" ".join(part) for part in words], found.index, dtype="string")
    found = found.assign(term=terms)[short].merge(
        analysis.documents[["doc_id", "outlet"]], on="doc_id", validate="m:1"
    )
    return found[["doc_id", "outlet", "term", "start", "end", "text"]]


def _occurrences(words: list[str], known: set[tuple[str, ...]]) -> Counter:
    """Return how often each of the `known` runs of words stands in `words`."""
    lengths = {len(term) for term in known}
    runs = (tuple(words[i : i + n]) for n in lengths for i in range(len(words) - n + 1))
    return Counter(run for run in runs if run in known)
