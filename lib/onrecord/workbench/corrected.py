"""Corrections that a reader makes in the article view.

They are kept in the format of a coding sheet. One file beside the articles has the answers of the coder
"workbench". read_codings reads it, and a coding sheet of the same articles finds its items again, because
an item is a hash of the text and an offset.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from onrecord.analysis import Analysis
from onrecord.evaluation.coding_columns import CODINGS
from onrecord.evaluation.coding_sheet import item_ids_of
from onrecord.evaluation.codings import read_codings, save_coding
from onrecord.tables import as_table

CODER = "workbench"
_KEYS = ["doc_id", "attribution_id"]


class Correction(NamedTuple):
    """The answer to one attribution; None keeps the machine's value."""

    is_right: bool = True
    naming: str | None = None
    speaker: str | None = None

    @property
    def words(self) -> str:
        """The correction in words."""
        if not self.is_right:
            return "not a quotation"
        naming = f"naming: {self.naming.replace('_', ' ')}" if self.naming else ""
        return "; ".join(filter(None, [f"speaker: {self.speaker}" if self.speaker else "", naming]))


def corrections_beside(articles: Path) -> Path:
    """The file of the corrections: beside the file or folder of the articles."""
    return articles.resolve().parent / f"{articles.resolve().name}-corrections.csv"


def codings_in(path: Path) -> pd.DataFrame:
    """The corrections of the file `path`. One row per corrected attribution."""
    if not path.exists():
        return as_table([], CODINGS)
    codings = read_codings(path)
    return codings[codings["coder"] == CODER].reset_index(drop=True)


def save_correction(path: Path, analysis: Analysis, doc_id: str, number: int, correction: Correction) -> None:
    """Write the correction of attribution `number` of an article.

    It replaces an earlier one.
    """
    item_id = _item_of(analysis, doc_id, number)
    save_coding(
        path,
        item_id,
        coder=CODER,
        is_right=correction.is_right,
        naming=correction.naming,
        speaker=correction.speaker,
    )


def undo_correction(path: Path, analysis: Analysis, doc_id: str, number: int) -> None:
    """Remove the correction of attribution `number` of an article from the file."""
    item_id = _item_of(analysis, doc_id, number)
    read_codings(path)  # names what is wrong in the file
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    table = table[~((table["item_id"] == item_id) & (table["coder"] == CODER))]
    # Written beside it and moved, so that an interruption leaves the old file or the new one.
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8", newline="") as new:
        table.to_csv(new, index=False)
    os.replace(new.name, path)


def corrections_of(path: Path, analysis: Analysis, doc_id: str) -> dict[int, Correction]:
    """The corrections of one article by the attribution_id."""
    codings = codings_in(path)
    items = _items(analysis, doc_id).merge(codings, on="item_id", validate="1:1")
    found = {}
    for number, is_right, naming, speaker in items[
        ["attribution_id", "is_right", "naming", "speaker"]
    ].itertuples(index=False):
        values = (None if pd.isna(value) else str(value) for value in (naming, speaker))
        found[int(number)] = Correction(pd.isna(is_right) or bool(is_right), *values)
    return found


def _items(analysis: Analysis, doc_id: str) -> pd.DataFrame:
    keys = analysis.attributions.loc[analysis.attributions["doc_id"] == doc_id, _KEYS].reset_index(drop=True)
    return keys.assign(item_id=item_ids_of(analysis, keys))


def _item_of(analysis: Analysis, doc_id: str, number: int) -> str:
    items = _items(analysis, doc_id)
    found = items.loc[items["attribution_id"] == number, "item_id"]
    if found.empty:
        raise ValueError(f"attribution {number} of article {doc_id!r} not found.")
    return str(found.iloc[0])
