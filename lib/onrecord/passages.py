"""Passages: the words in the article behind a figure, so that a reader can check it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from onrecord.tables import require
from onrecord.text.sentences import sentences_at

if TYPE_CHECKING:
    from onrecord.analysis import Analysis


def find_passages(
    analysis: Analysis, chosen: pd.DataFrame | None = None, *, n: int | None = 3, seed: int = 1
) -> pd.DataFrame:
    """Return one row an attribution: the sentences of the article that it stands in.

    `chosen` holds some rows of analysis.attributions or analysis.sources (keys doc_id and
    attribution_id or source_id); None takes all. Of their attributions `n` are drawn at random,
    with `seed`; n=None keeps all. They come in the order of the articles.

    Columns: doc_id, attribution_id, outlet, description, naming, passage (whole sentences, from the
    first to the last that the attribution rests on), start, end (offsets of the passage).
    """
    said = analysis.attributions
    if chosen is not None:
        key = "attribution_id" if "attribution_id" in chosen.columns else "source_id"
        require(chosen, ["doc_id", key], table="chosen")
        said = said.merge(chosen[["doc_id", key]].drop_duplicates(), on=["doc_id", key], validate="m:1")
    if n is not None and len(said) > n:
        said = said.sample(n, random_state=seed)
    keys = ["doc_id", "attribution_id"]
    reach = analysis.spans.groupby(keys, as_index=False).agg(first=("start", "min"), last=("end", "max"))
    said = said[[*keys, "source_id"]].merge(reach, on=keys, validate="1:1")
    lines = said[[*keys, "source_id"]].assign(
        start=sentences_at(analysis.sentences, said["doc_id"], said["first"])["start"],
        end=sentences_at(analysis.sentences, said["doc_id"], said["last"] - 1)["end"],
    )
    lines = lines.sort_values(keys, ignore_index=True)
    about = analysis.sources[["doc_id", "source_id", "description", "naming"]]
    found = lines.merge(about, on=["doc_id", "source_id"], how="left", validate="m:1")
    found = found.merge(analysis.documents[["doc_id", "outlet"]], on="doc_id", validate="m:1")
    # Looked up, not joined: a join would hold the article once for each of its attributions.
    texts = dict(zip(analysis.documents["doc_id"], analysis.documents["text"], strict=True))
    places = zip(found["doc_id"], found["start"], found["end"], strict=True)
    passages = [texts[doc_id][start:end] for doc_id, start, end in places]
    found["passage"] = pd.Series(passages, found.index, dtype="string")
    return found[[*keys, "outlet", "description", "naming", "passage", "start", "end"]]


def find_source_passages(
    analysis: Analysis, chosen: pd.DataFrame, *, n: int | None = None, seed: int = 1
) -> pd.DataFrame:
    """Return one row a source: where the article first gives it the word, and its marker.

    `chosen` holds some rows of analysis.sources; `n` are drawn at random, None keeps all. The
    passage is the sentences of the first attribution and those of the anonymity marker, which may
    stand in another sentence: where others lie between, they are replaced by "…".

    Columns: doc_id, source_id, outlet, description, naming, marker, reason (NA where the article
    has none), passage.
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
    first = first.drop_duplicates(keys)[[*keys, "outlet", "start", "end"]]
    found = sources.merge(first, on=keys, validate="1:1")
    texts = analysis.documents.set_index("doc_id")["text"]
    by_article = dict(iter(analysis.sentences.groupby("doc_id")))
    passages = []
    for row in found.itertuples():
        stretches = [(row.start, row.end)]
        if not pd.isna(row.marker_start):
            lines = by_article[row.doc_id]
            lines = lines[(lines["start"] < row.marker_end) & (lines["end"] > row.marker_start)]
            stretches.append((lines["start"].min(), lines["end"].max()))
        passages.append(_in_words(texts[row.doc_id], sorted(stretches)))
    found["passage"] = pd.Series(passages, found.index, dtype="string")
    return found[[*keys, "outlet", "description", "naming", "marker", "reason", "passage"]]


def _in_words(text: str, stretches: list[tuple[int, int]]) -> str:
    """Return the `stretches` of `text`, "…" in place of what lies between two of them."""
    words, last = text[slice(*stretches[0])], stretches[0][1]
    for start, end in stretches[1:]:
        if end > last:
            gap = text[last:start]
            words += text[last:end] if not gap.strip() else f" … {text[start:end]}"
            last = end
    return words
