"""Passages: the words in the article behind a figure, so that a reader can check it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from onrecord.tables import require

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
    lines = said.merge(analysis.sentences[["doc_id", "start", "end"]], on="doc_id", validate="m:m")
    lines = lines[(lines["start"] < lines["last"]) & (lines["end"] > lines["first"])]
    lines = lines.groupby([*keys, "source_id"], as_index=False, dropna=False).agg(
        start=("start", "min"), end=("end", "max")
    )
    about = analysis.sources[["doc_id", "source_id", "description", "naming"]]
    found = lines.merge(about, on=["doc_id", "source_id"], how="left", validate="m:1")
    found = found.merge(analysis.documents[["doc_id", "outlet", "text"]], on="doc_id", validate="m:1")
    passages = [text[a:b] for text, a, b in zip(found["text"], found["start"], found["end"], strict=True)]
    found["passage"] = pd.Series(passages, found.index, dtype="string")
    return found[[*keys, "outlet", "description", "naming", "passage", "start", "end"]]
