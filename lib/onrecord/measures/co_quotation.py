"""Who is quoted together: pairs of speakers in the same articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from onrecord.measures.speakers import speakers_of

if TYPE_CHECKING:
    from onrecord.analysis import Analysis
    from onrecord.measures.countable import Countable


def count_co_quoted(analysis: Analysis | Countable, *, min_articles: int = 2) -> pd.DataFrame:
    """Speakers quoted in the same articles.

    One row per pair of names, the most frequent pair first.

    Columns: name_a, name_b, n_articles (with both), n_articles_a, n_articles_b (with each), jaccard
    (share of articles with both among those with either, 0 to 1). Pairs in fewer than `min_articles`
    are left out. The table is also the edge list of a graph:
    networkx.from_pandas_edgelist(pairs, "name_a", "name_b", "n_articles").

    >>> onrecord.count_co_quoted(analysis).values.tolist()
    [['Mara Lind', 'Tomas Verrick', 4, 4, 4, 1.0]]
    """
    speakers = speakers_of(analysis)
    is_quoted = (speakers.counts > 0).astype(np.int32)
    n_articles = np.asarray(is_quoted.sum(axis=0)).ravel()
    frequent = np.flatnonzero(n_articles >= min_articles)
    both = (is_quoted[:, frequent].T @ is_quoted[:, frequent]).tocoo()
    first, second, n = (
        part[(both.row < both.col) & (both.data >= min_articles)] for part in (both.row, both.col, both.data)
    )
    a, b = frequent[first], frequent[second]
    table = pd.DataFrame(
        {
            "name_a": pd.array(speakers.names[a], dtype="string"),
            "name_b": pd.array(speakers.names[b], dtype="string"),
            "n_articles": n,
            "n_articles_a": n_articles[a],
            "n_articles_b": n_articles[b],
            "jaccard": n / (n_articles[a] + n_articles[b] - n),
        }
    )
    order = ["n_articles", "jaccard", "name_a", "name_b"]
    return table.sort_values(order, ascending=[False, False, True, True], ignore_index=True)
