"""Coding sheets: items drawn at random for a person to code.

An item is identified by a hash of its text and by offsets, not by a row number. So the answers remain
valid after a new run, and two coders can work independently on the same sheet.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from onrecord.measures.units import PEOPLE
from onrecord.passages import find_passages
from onrecord.tables import ALLOWED, TEXT, require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

# The values of the codebook, in the order in which a coder sees them.
FORMS = ALLOWED["attributions", "form"]
NAMINGS = ALLOWED["sources", "naming"]
TONES = ("negative", "neutral", "positive")

_KEYS = ["doc_id", "attribution_id"]
_ORIGIN = ["outlet", "published", "headline", "url", "path"]  # where the article can be found
_KEPT = ("doc_id", "sentence_id", "start", "end", "name", "target", "text")


def coding_sheet(
    source: Analysis | pd.DataFrame, n: int = 100, *, by: str | None = None, seed: int = 1
) -> pd.DataFrame:
    """Sheet of `n` items to code by hand, drawn at random and in random order.

    One row per attribution where `source` is an analysis; one row per row of `source` where it is a table
    with the column text. `by` names the column of the strata: each stratum contributes the same number of
    items, as far as it has them. The same seed draws the same items.

    From an analysis, `by` is naming (the default) or source_form of the source, or form or cue_stance of
    the attribution. Columns: item_id, doc_id, attribution_id, source_id, passage (the sentences around
    the attribution), text (its content), cue, speaker, stratum, weight (the number of attributions of the
    corpus that the row represents), form and naming as the machine reads them, is_person, and outlet,
    published, headline, url and path of the article. Do not show form and naming to a coder: coders follow
    the machine's answer when they see it.

    From a table, rows without text are left out and `by` is one of its columns (default: no strata).
    Columns: item_id; doc_id, sentence_id, start, end, name and target where the table has them; text;
    stratum (the value of `by`; "all" without) and weight (the number of rows of `source` that the row
    represents); and tone, which is NA until coded as negative, neutral or positive. Scores are left out, so
    that the coder does not see them. Do not show stratum to a coder where `by` is a machine's reading.

    Raises ValueError for `n` below 1 and for a column `by` that does not exist.

    >>> sheet = onrecord.coding_sheet(analysis, 20, by="naming")
    >>> round(sheet["weight"].sum()) == len(analysis.attributions)
    True
    """
    if n < 1:
        raise ValueError(f"n must be at least 1, not {n}.")
    if isinstance(source, pd.DataFrame):
        return _sheet_of_texts(source, n, by, seed)
    return _sheet_of_attributions(source, n, by or "naming", seed)


def _sheet_of_attributions(analysis: Analysis, n: int, by: str, seed: int) -> pd.DataFrame:
    about = analysis.sources[["doc_id", "source_id", "naming", "form"]].rename(
        columns={"form": "source_form"}
    )
    attributions = analysis.attributions.merge(about, on=["doc_id", "source_id"], how="left", validate="m:1")
    require(attributions, [by], table="attributions")
    stratum = attributions[by].astype("string").fillna("none")
    size = stratum.map(stratum.value_counts()).astype(float)
    drawn = _draw(attributions.assign(stratum=stratum, size=size), n, "stratum", seed)
    drawn = drawn.assign(weight=drawn["size"] / drawn.groupby("stratum")["stratum"].transform("size"))
    drawn = drawn.sample(frac=1, random_state=seed)
    passages = find_passages(analysis, drawn[_KEYS], n=None)
    passages = passages[[*_KEYS, *_ORIGIN, "passage", "start", "end"]]
    sheet = drawn.merge(passages, on=_KEYS, validate="1:1")
    sheet["item_id"] = item_ids_of(analysis, sheet)
    sheet["is_person"] = sheet["source_form"].isin(PEOPLE)
    columns = ["item_id", *_KEYS, "source_id", "passage", "text", "cue", "speaker", "stratum", "weight"]
    return sheet[[*columns, "form", "naming", "is_person", *_ORIGIN]]


def item_ids_of(analysis: Analysis, rows: pd.DataFrame) -> pd.Series:
    """The item_id of each row of `rows`, which has the keys doc_id and attribution_id."""
    hashes = analysis.documents.set_index("doc_id")["text"].loc[rows["doc_id"].unique()].map(_hash)
    spans = analysis.spans[
        (analysis.spans["role"] == "content") & analysis.spans["doc_id"].isin(hashes.index)
    ]
    content = spans.groupby(_KEYS)["start"].min()
    starts = content.loc[pd.MultiIndex.from_frame(rows[_KEYS])].to_numpy()
    item_ids = [f"{hashes[doc_id]}-{start}" for doc_id, start in zip(rows["doc_id"], starts, strict=True)]
    return pd.Series(item_ids, index=rows.index, dtype=TEXT)


def items_of(analysis: Analysis, item_ids: Iterable[str]) -> pd.DataFrame:
    """Sheet of the items `item_ids`, as far as they are attributions of `analysis`.

    One row per item. Columns: item_id, doc_id, attribution_id, source_id, text, form, naming, speaker.
    """
    wanted = {str(one) for one in item_ids}
    texts = {one.rpartition("-")[0] for one in wanted}
    documents = analysis.documents
    is_coded = documents["text"].map(_hash, na_action="ignore").isin(texts)
    found = analysis.attributions[analysis.attributions["doc_id"].isin(documents.loc[is_coded, "doc_id"])]
    found = found.reset_index(drop=True)
    found = found.assign(item_id=item_ids_of(analysis, found))
    found = found[found["item_id"].isin(wanted)].drop_duplicates("item_id")
    sources = analysis.sources[["doc_id", "source_id", "naming"]]
    found = found.merge(sources, on=["doc_id", "source_id"], how="left", validate="m:1")
    return found[["item_id", *_KEYS, "source_id", "text", "form", "naming", "speaker"]]


def _sheet_of_texts(frame: pd.DataFrame, n: int, by: str | None, seed: int) -> pd.DataFrame:
    require(frame, ["text", *([by] if by else [])], table="source")
    usable = frame[frame["text"].fillna("").str.strip() != ""]
    drawn = _draw(usable, n, by, seed).sample(frac=1, random_state=seed)
    stratum = _strata(drawn, by)
    sizes, n_drawn = (part.value_counts().to_dict() for part in (_strata(usable, by), stratum))
    weight = pd.Series([sizes[name] / n_drawn[name] for name in stratum], stratum.index, dtype=float)
    drawn = drawn[[column for column in _KEPT if column in frame]].assign(stratum=stratum, weight=weight)
    drawn = drawn.reset_index(drop=True)
    starts = drawn["start"] if "start" in drawn else pd.Series(0, index=drawn.index)
    item_ids = pd.Series(
        [f"{_hash(text)}-{start}" for text, start in zip(drawn["text"], starts, strict=True)],
        index=drawn.index,
        dtype=TEXT,
    )
    # The same words at the same offset of two articles are two items.
    repeat = item_ids.groupby(item_ids).cumcount()
    item_ids = item_ids.where(repeat == 0, item_ids + "." + repeat.astype(TEXT))
    drawn.insert(0, "item_id", item_ids)
    return drawn.assign(tone=pd.Series(pd.NA, index=drawn.index, dtype=TEXT))


def _strata(frame: pd.DataFrame, by: str | None) -> pd.Series:
    if by is None:
        return pd.Series("all", index=frame.index, dtype=TEXT)
    return frame[by].astype(TEXT).fillna("none")


def _draw(frame: pd.DataFrame, n: int, by: str | None, seed: int) -> pd.DataFrame:
    """`n` random rows; with `by`, one of each group in turn."""
    shuffled = frame.sample(frac=1, random_state=seed)
    if by:
        turn = shuffled.groupby(by, dropna=False).cumcount()
        shuffled = shuffled.iloc[np.argsort(turn.to_numpy(), kind="stable")]
    return shuffled.head(n)


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
