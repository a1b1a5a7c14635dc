"""Sourced statements: who said what in an article, in the six types of the Santa Clara benchmark.

The types are a view on form and naming, not another coding. Definitions: Markkula Center for Applied
Ethics, "Detecting journalistic sourcing at scale".
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from onrecord.analysis import Analysis
from onrecord.attributions.acts import STATEMENT
from onrecord.export.source_types import type_sources
from onrecord.tables import COUNT, SHARE, TEXT, Schema, as_table

MIN_PROBABILITY = 0.5
_SHARED = 8  # characters of a content in a sentence that make the sentence part of the statement

SOURCED_STATEMENTS: Schema = {
    "doc_id": TEXT,
    "statement_id": COUNT,
    "start": COUNT,
    "end": COUNT,
    "text": TEXT,
    "source_type": TEXT,
    "name": TEXT,
    "title": TEXT,
    "justification": TEXT,
    "source_id": COUNT,
    "probability": SHARE,
}


def sourced_statements(
    analysis: Analysis, *, min_probability: float = MIN_PROBABILITY, acts: Iterable[str] = (STATEMENT,)
) -> pd.DataFrame:
    """Sourced statements of each article. One row per statement.

    Contiguous sentences of one paragraph and one source are one statement.
    """
    content = _contents(analysis, min_probability, acts)
    held = _held_sentences(content, analysis.sentences)
    types = type_sources(analysis)
    held = held.merge(types[["doc_id", "source_id", "source_type"]], on=["doc_id", "source_id"])
    held = held[held["source_type"].notna()]
    return _statements(held, analysis, types)


def _contents(analysis: Analysis, min_probability: float, acts: Iterable[str]) -> pd.DataFrame:
    """Return the content spans of the attributions that count, with source_id and probability."""
    attributions = analysis.attributions
    sure = attributions["probability"].fillna(1.0) >= min_probability
    counted = attributions.loc[
        sure & attributions["act"].isin(list(acts)) & attributions["source_id"].notna(),
        ["doc_id", "attribution_id", "source_id", "probability"],
    ]
    spans = analysis.spans.loc[
        analysis.spans["role"] == "content", ["doc_id", "attribution_id", "start", "end"]
    ]
    return spans.merge(counted, on=["doc_id", "attribution_id"], validate="many_to_one")


def _held_sentences(content: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return one row per sentence and source: the sentences that hold at least a few words of a content."""
    number = pd.Series(np.arange(len(sentences)), index=sentences.index)
    first = number.groupby(sentences["doc_id"], sort=False).first()
    doc = content["doc_id"].map(first).to_numpy(dtype=np.int64)
    width = int(max(sentences["end"].max(), 0) if len(sentences) else 0) + 1
    starts = sentences["start"].to_numpy(dtype=np.int64)
    ends = sentences["end"].to_numpy(dtype=np.int64)
    base = sentences["doc_id"].map(first).to_numpy(dtype=np.int64) * width
    begin, stop = content["start"].to_numpy(dtype=np.int64), content["end"].to_numpy(dtype=np.int64)
    low = np.maximum(np.searchsorted(base + starts, doc * width + begin, "right") - 1, 0)
    high = np.maximum(np.searchsorted(base + starts, doc * width + stop, "left"), low + 1)
    span = np.repeat(np.arange(len(content)), high - low)
    sentence = np.arange(len(span)) - np.repeat(np.cumsum(high - low) - (high - low), high - low) + low[span]
    shared = np.minimum(ends[sentence], stop[span]) - np.maximum(starts[sentence], begin[span])
    kept = shared >= np.minimum(_SHARED, (stop - begin)[span])
    found = content.iloc[span[kept]][["doc_id", "source_id", "probability"]].assign(sentence=sentence[kept])
    return found.groupby(["doc_id", "source_id", "sentence"], sort=False, as_index=False)["probability"].max()


def _statements(held: pd.DataFrame, analysis: Analysis, types: pd.DataFrame) -> pd.DataFrame:
    """Return one row per run of sentences of one paragraph and one source."""
    held = held.sort_values(["doc_id", "source_id", "sentence"], kind="stable").reset_index(drop=True)
    sentence = held["sentence"].to_numpy(dtype=np.int64)
    lines = analysis.sentences.iloc[sentence].reset_index(drop=True)
    owner = held["doc_id"].ne(held["doc_id"].shift()) | held["source_id"].ne(held["source_id"].shift())
    breaks = owner | lines["paragraph"].ne(lines["paragraph"].shift()) | (held["sentence"].diff() != 1)
    run = breaks.fillna(True).to_numpy(dtype=bool).cumsum()
    rows = pd.DataFrame(
        {
            "doc_id": held["doc_id"],
            "source_id": held["source_id"],
            "start": lines["start"],
            "end": lines["end"],
            "probability": held["probability"],
        }
    )
    grouped = rows.groupby(run, sort=False)
    found = grouped.agg(
        doc_id=("doc_id", "first"),
        source_id=("source_id", "first"),
        start=("start", "first"),
        end=("end", "last"),
        probability=("probability", "max"),
    )
    order = {doc: i for i, doc in enumerate(analysis.documents["doc_id"])}
    found = found.assign(order=found["doc_id"].map(order))
    found = found.sort_values(["order", "start", "source_id"], kind="stable")
    found = found.merge(types, on=["doc_id", "source_id"], how="left", validate="many_to_one")
    texts = dict(zip(analysis.documents["doc_id"], analysis.documents["text"], strict=True))
    found["text"] = [
        texts[doc][start:end]
        for doc, start, end in zip(found["doc_id"], found["start"], found["end"], strict=True)
    ]
    found["statement_id"] = found.groupby("doc_id", sort=False).cumcount()
    return as_table({name: list(found[name]) for name in SOURCED_STATEMENTS}, SOURCED_STATEMENTS)
