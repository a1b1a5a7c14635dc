"""Passages: the sentences behind a figure, so that a reader can check it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from onrecord.tables import require
from onrecord.text.sentences import sentences_at

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

# Columns of documents that say where a passage is from.
_ORIGIN = ["outlet", "published", "headline", "url", "path"]


def find_passages(
    analysis: Analysis, chosen: pd.DataFrame | None = None, *, n: int | None = 3, seed: int = 1
) -> pd.DataFrame:
    """Sentences of the article around each attribution. One row per attribution.

    `chosen` is some rows of analysis.attributions or analysis.sources (keys doc_id and attribution_id or
    source_id); None is all. Of their attributions `n` are drawn at random, with `seed`; n=None keeps
    all. They are in the order of the articles.

    Columns: doc_id, attribution_id, outlet, published, headline, url, path (of the article), description,
    naming, passage (whole sentences, from the first to the last with a span of the attribution), start, end
    (offsets of the passage).

    Raises ValueError where `chosen` lacks a key.

    >>> passages = onrecord.find_passages(analysis, n=2)
    >>> passages.columns.tolist()[-3:]
    ['passage', 'start', 'end']
    """
    attributions = analysis.attributions
    if chosen is not None:
        key = "attribution_id" if "attribution_id" in chosen.columns else "source_id"
        require(chosen, ["doc_id", key], table="chosen")
        attributions = attributions.merge(
            chosen[["doc_id", key]].drop_duplicates(), on=["doc_id", key], validate="m:1"
        )
    if n is not None and len(attributions) > n:
        attributions = attributions.sample(n, random_state=seed)
    keys = ["doc_id", "attribution_id"]
    reach = analysis.spans.groupby(keys, as_index=False).agg(first=("start", "min"), last=("end", "max"))
    reaching = attributions[[*keys, "source_id"]].merge(reach, on=keys, validate="1:1")
    lines = reaching[[*keys, "source_id"]].assign(
        start=sentences_at(analysis.sentences, reaching["doc_id"], reaching["first"])["start"],
        end=sentences_at(analysis.sentences, reaching["doc_id"], reaching["last"] - 1)["end"],
    )
    lines = lines.sort_values(keys, ignore_index=True)
    about = analysis.sources[["doc_id", "source_id", "description", "naming"]]
    found = lines.merge(about, on=["doc_id", "source_id"], how="left", validate="m:1")
    found = found.merge(analysis.documents[["doc_id", *_ORIGIN]], on="doc_id", validate="m:1")
    # Looked up, not joined: a join would copy the article once per attribution.
    texts = dict(zip(analysis.documents["doc_id"], analysis.documents["text"], strict=True))
    spans = zip(found["doc_id"], found["start"], found["end"], strict=True)
    passages = [texts[doc_id][start:end] for doc_id, start, end in spans]
    found["passage"] = pd.Series(passages, found.index, dtype="string")
    return found[[*keys, *_ORIGIN, "description", "naming", "passage", "start", "end"]]


def find_source_passages(
    analysis: Analysis, chosen: pd.DataFrame, *, n: int | None = None, seed: int = 1
) -> pd.DataFrame:
    """First passage of each source, with its anonymity marker. One row per source.

    `chosen` is some rows of analysis.sources; `n` are drawn at random, with `seed`, None keeps all. The
    passage is the sentences of the first attribution and those of the anonymity marker, which may be in
    another sentence. Sentences between them are replaced by "…".

    Columns: doc_id, source_id, outlet, published, headline, url, path (of the article), description, naming,
    marker, reason (NA where the article has none), passage.

    >>> unnamed = onrecord.find_unnamed(analysis, definition="strict")
    >>> onrecord.find_source_passages(analysis, unnamed)["marker"].tolist()
    ['asked not to be named', 'on condition of anonymity']
    """
    require(chosen, ["doc_id", "source_id"], table="chosen")
    if n is not None and len(chosen) > n:
        chosen = chosen.sample(n, random_state=seed)
    keys = ["doc_id", "source_id"]
    sources = analysis.sources.merge(chosen[keys].drop_duplicates(), on=keys, validate="1:1")
    first = find_passages(analysis, sources, n=None).merge(
        analysis.attributions[["doc_id", "attribution_id", "source_id"]],
        on=["doc_id", "attribution_id"],
        validate="1:1",
    )
    first = first.drop_duplicates(keys)[[*keys, *_ORIGIN, "start", "end"]]
    found = sources.merge(first, on=keys, validate="1:1")
    texts = analysis.documents.set_index("doc_id")["text"]
    by_article = dict(iter(analysis.sentences.groupby("doc_id")))
    passages = []
    columns = (found[name].tolist() for name in ("doc_id", "start", "end", "marker_start", "marker_end"))
    for doc_id, start, end, marker_start, marker_end in zip(*columns, strict=True):
        spans = [(start, end)]
        if not pd.isna(marker_start):
            lines = by_article[doc_id]
            lines = lines[(lines["start"] < marker_end) & (lines["end"] > marker_start)]
            spans.append((lines["start"].min(), lines["end"].max()))
        passages.append(_in_words(texts[doc_id], sorted(spans)))
    found["passage"] = pd.Series(passages, found.index, dtype="string")
    return found[[*keys, *_ORIGIN, "description", "naming", "marker", "reason", "passage"]]


def _in_words(text: str, spans: list[tuple[int, int]]) -> str:
    """The `spans` of `text`, with "…" in place of the text between two of them."""
    words, last = text[slice(*spans[0])], spans[0][1]
    for start, end in spans[1:]:
        if end > last:
            gap = text[last:start]
            words += text[last:end] if not gap.strip() else f" … {text[start:end]}"
            last = end
    return words
