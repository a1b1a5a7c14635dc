"""Events.

Articles of several outlets on the same news, found by rare words within a few days.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, diags_array

from onrecord.framing.words import count_words
from onrecord.tables import COUNT, SHARE, TEXT, TIME, Schema, as_table, require

EVENTS: Schema = {"event_id": COUNT, "doc_id": TEXT, "outlet": TEXT, "published": TIME, "similarity": SHARE}

# Tuned on the twelve events of the sample corpus.
MIN_SIMILARITY = 0.18  # mean with the articles of the event
_CLOSEST = 1.3  # times that: similarity of the nearest article
_BLOCK = 500  # articles compared together with all that are near in time: 4 MB for 1,000 of them
_MOST_COMMON = 0.2  # a word in more articles than this share does not distinguish events


def find_events(
    documents: pd.DataFrame, *, days: int = 3, min_similarity: float = MIN_SIMILARITY
) -> pd.DataFrame:
    """Articles of several outlets on the same news. One row per article of an event.

    Needs doc_id, outlet, published and text. The similarity of two articles is that of their words, rare
    ones counting more (cosine of log frequency times log of rarity, 0 to 1). An article joins the event
    to which it is most similar on average, if that mean is at least `min_similarity`, the nearest article
    of the event reaches 1.3 times that, and all of them appeared within `days` of it. So no chain of
    small steps joins two stories. Events of a single outlet are left out, as are articles without
    outlet, date or text.

    Columns: event_id (from 1, in the order of the first article's date), doc_id, outlet, published,
    similarity (mean with the other articles of the event, 0 to 1).

    Raises ValueError for a missing column.

    >>> events = onrecord.find_events(documents)
    >>> events[["event_id", "doc_id"]].head(2).values.tolist()
    [[1, 'a01'], [1, 'a02']]
    """
    require(documents, ["doc_id", "outlet", "published", "text"], table="documents")
    known = documents[documents[["outlet", "published", "text"]].notna().all(axis=1)]
    known = known.sort_values(["published", "doc_id"], kind="stable", ignore_index=True)
    if known.empty:
        return as_table([], EVENTS)
    headline = known["headline"].fillna("") + "\n" if "headline" in known.columns else ""
    weights = _weights(known["doc_id"], headline + known["text"])
    day = pd.to_datetime(known["published"], utc=True).astype("int64").to_numpy() / _DAY
    event_of, similarity = _grouped(weights, day, days, min_similarity)
    found = known.assign(event=event_of, similarity=similarity)
    n_outlets = found.groupby("event")["outlet"].transform("nunique")
    found = found[n_outlets > 1]
    found = found.assign(event_id=pd.factorize(found["event"])[0] + 1)
    found = found.sort_values(["event_id", "published", "doc_id"], kind="stable")
    return as_table({name: found[name].tolist() for name in EVENTS}, EVENTS)


_DAY = 24 * 3600 * 10**9


def _weights(doc_ids: pd.Series, texts: pd.Series) -> csr_array:
    """Weights (articles x words), each article of length 1.

    Log frequency times log of rarity.
    """
    counts = count_words(doc_ids, texts).counts.astype(float)
    n_articles = np.bincount(counts.indices, minlength=counts.shape[1])
    is_distinctive = (n_articles > 1) & (n_articles <= max(2, _MOST_COMMON * counts.shape[0]))
    rarity = np.where(is_distinctive, np.log(counts.shape[0] / np.maximum(n_articles, 1)), 0.0)
    counts.data = np.log1p(counts.data) * rarity[counts.indices]
    counts.eliminate_zeros()
    length = np.sqrt(counts.multiply(counts).sum(axis=1))
    return csr_array(diags_array(1 / np.maximum(length, 1e-12)) @ counts)


def _grouped(
    weights: csr_array, day: np.ndarray, days: int, min_similarity: float
) -> tuple[np.ndarray, np.ndarray]:
    """Event of each article, in order of time, and its mean similarity.

    The similarity is that with the other articles of the event.
    """
    event_of = np.full(len(day), -1)
    members: list[list[int]] = []
    total = np.zeros(len(day))  # similarity with the other members, summed
    for first in range(0, len(day), _BLOCK):
        last = min(first + _BLOCK, len(day))
        near = int(np.searchsorted(day, day[first] - days, "left"))
        similar = (weights[first:last] @ weights[near:last].T).toarray()
        for i in range(first, last):
            row = similar[i - first]
            start = int(np.searchsorted(day, day[i] - days, "left"))
            close = np.flatnonzero(row[start - near : i - near] >= _CLOSEST * min_similarity) + start
            candidates = set(event_of[close].tolist())
            best, best_mean = -1, min_similarity
            for event in sorted(candidates):
                own = members[event]
                mean = float(np.mean(row[np.array(own) - near])) if own[0] >= start else -1.0
                if mean >= best_mean:
                    best, best_mean = event, mean
            if best < 0:
                best = len(members)
                members.append([])
            else:
                others = np.array(members[best])
                total[i] += row[others - near].sum()
                total[others] += row[others - near]
            members[best].append(i)
            event_of[i] = best
    size = np.bincount(event_of)[event_of]
    return event_of, total / np.maximum(size - 1, 1)
