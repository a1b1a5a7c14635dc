"""Who is quoted together: pairs of named voices in the same articles, as a table and as a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from onrecord.extras import name_extra
from onrecord.measures.speakers import voices_of

if TYPE_CHECKING:
    import networkx

    from onrecord.analysis import Analysis


def count_co_quoted(analysis: Analysis, *, min_articles: int = 2) -> pd.DataFrame:
    """Return one row a pair of named voices that stand in the same articles, the most frequent pair first.

    Columns: name_a, name_b, n_articles (with both), n_articles_a, n_articles_b (with each), jaccard
    (share of articles with both among those with either, 0 to 1). Pairs in fewer than `min_articles`
    are left out.
    """
    voices = voices_of(analysis)
    stands = (voices.counts > 0).astype(np.int32)
    each = np.asarray(stands.sum(axis=0)).ravel()
    often = np.flatnonzero(each >= min_articles)
    both = (stands[:, often].T @ stands[:, often]).tocoo()
    first, second, n = (
        part[(both.row < both.col) & (both.data >= min_articles)] for part in (both.row, both.col, both.data)
    )
    a, b = often[first], often[second]
    table = pd.DataFrame(
        {
            "name_a": pd.array(voices.names[a], dtype="string"),
            "name_b": pd.array(voices.names[b], dtype="string"),
            "n_articles": n,
            "n_articles_a": each[a],
            "n_articles_b": each[b],
            "jaccard": n / (each[a] + each[b] - n),
        }
    )
    order = ["n_articles", "jaccard", "name_a", "name_b"]
    return table.sort_values(order, ascending=[False, False, True, True], ignore_index=True)


def co_quotation_graph(pairs: pd.DataFrame) -> networkx.Graph:
    """Return the graph of `pairs` (see count_co_quoted): a node a voice, an edge a pair, with n_articles."""
    with name_extra():
        import networkx

    graph = networkx.Graph()
    for side in ("a", "b"):
        for name, n in zip(pairs[f"name_{side}"], pairs[f"n_articles_{side}"], strict=True):
            graph.add_node(name, n_articles=int(n))
    edges = zip(pairs["name_a"], pairs["name_b"], pairs["n_articles"], strict=True)
    graph.add_weighted_edges_from(((a, b, int(n)) for a, b, n in edges), weight="n_articles")
    return graph
