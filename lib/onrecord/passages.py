"""Passages: the sentences behind a figure, so that a reader can check it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from onrecord.choices import require_choice
from onrecord.tables import require
from onrecord.text.sentences import sentences_at

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

# Columns of documents that say where a passage is from.
_ORIGIN = ["outlet", "published", "headline", "url", "path"]


def find_passages(
    analysis: Analysis,
    chosen: pd.DataFrame | None = None,
    *,
    per: str = "attribution",
    n: int | None = None,
    seed: int = 1,
) -> pd.DataFrame:
    """Sentences of the article behind a result.

    One row per attribution, source or disclosure.

    `chosen` is some rows of analysis.attributions, analysis.sources or analysis.disclosures; None is all
    attributions. Of sources, `per` is "attribution" (every passage) or "source" (the first attribution
    alone, and the sentence of the anonymity marker, which may be another one; sentences between them are
    replaced by "…"). `n` rows are drawn at random, with `seed`; n=None keeps all. They are in the order
    of the articles.

    Columns: doc_id; attribution_id, source_id or disclosure_id; outlet, published, headline, url and path
    of the article; description and naming of the source, or kind, who and is_own_request of the disclosure;
    per source also marker and reason (NA where the article has none); passage (whole sentences, from the
    first to the last with a span of the row); start and end (offsets of the passage; not per source, where
    it may have a gap).

    Raises ValueError where `chosen` lacks a key, and for another `per`.

    >>> passages = onrecord.find_passages(analysis, n=2)
    >>> passages.columns.tolist()[-3:]
    ['passage', 'start', 'end']
    >>> unnamed = onrecord.find_unnamed(analysis, definition="strict")
    >>> onrecord.find_passages(analysis, unnamed, per="source")["marker"].tolist()
    ['asked not to be named', 'on condition of anonymity']
    """
    require_choice("per", per, ("attribution", "source"))
    if per == "source":
        return _of_sources(analysis, analysis.sources if chosen is None else chosen, n, seed)
    if chosen is not None and "disclosure_id" in chosen.columns:
        return _of_disclosures(analysis, chosen, n, seed)
    attributions = analysis.attributions
    if chosen is not None:
        key = "attribution_id" if "attribution_id" in chosen.columns else "source_id"
        require(chosen, ["doc_id", key], table="chosen")
        attributions = attributions.merge(
            chosen[["doc_id", key]].drop_duplicates(), on=["doc_id", key], validate="m:1"
        )
    attributions = _drawn(attributions, n, seed)
    keys = ["doc_id", "attribution_id"]
    reach = analysis.spans.groupby(keys, as_index=False).agg(first=("start", "min"), last=("end", "max"))
    rows = attributions[[*keys, "source_id"]].merge(reach, on=keys, validate="1:1")
    rows = rows.sort_values(keys, ignore_index=True)
    about = analysis.sources[["doc_id", "source_id", "description", "naming"]]
    rows = rows.merge(about, on=["doc_id", "source_id"], how="left", validate="m:1")
    found = _with_sentences(analysis, rows)
    return found[[*keys, *_ORIGIN, "description", "naming", "passage", "start", "end"]]


def _drawn(rows: pd.DataFrame, n: int | None, seed: int) -> pd.DataFrame:
    return rows.sample(n, random_state=seed) if n is not None and len(rows) > n else rows


def _with_sentences(analysis: Analysis, rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with the columns of their article and their sentences.

    The sentences are those from offset `first` to `last`.
    """
    found = rows.assign(
        start=sentences_at(analysis.sentences, rows["doc_id"], rows["first"])["start"],
        end=sentences_at(analysis.sentences, rows["doc_id"], rows["last"] - 1)["end"],
    )
    found = found.merge(analysis.documents[["doc_id", *_ORIGIN]], on="doc_id", validate="m:1")
    # Looked up, not joined: a join would copy the article once per row.
    texts = dict(zip(analysis.documents["doc_id"], analysis.documents["text"], strict=True))
    spans = zip(found["doc_id"], found["start"], found["end"], strict=True)
    passages = [texts[doc_id][start:end] for doc_id, start, end in spans]
    return found.assign(passage=pd.Series(passages, found.index, dtype="string"))


def _of_disclosures(analysis: Analysis, chosen: pd.DataFrame, n: int | None, seed: int) -> pd.DataFrame:
    keys = ["doc_id", "disclosure_id"]
    require(chosen, keys, table="chosen")
    rows = analysis.disclosures.merge(chosen[keys].drop_duplicates(), on=keys, validate="1:1")
    rows = _drawn(rows, n, seed).sort_values(keys, ignore_index=True)
    # Without its own offsets, which give way to those of the passage.
    rows = rows.rename(columns={"start": "first", "end": "last"})
    found = _with_sentences(analysis, rows)
    return found[[*keys, *_ORIGIN, "kind", "who", "is_own_request", "passage", "start", "end"]]


def _of_sources(analysis: Analysis, chosen: pd.DataFrame, n: int | None, seed: int) -> pd.DataFrame:
    keys = ["doc_id", "source_id"]
    require(chosen, keys, table="chosen")
    chosen = _drawn(chosen, n, seed)
    sources = analysis.sources.merge(chosen[keys].drop_duplicates(), on=keys, validate="1:1")
    first = find_passages(analysis, sources).merge(
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
