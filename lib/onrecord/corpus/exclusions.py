"""What is left out of an analysis.

Each time with its reason and the rows before and after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from onrecord.tables import COUNT, TEXT, Schema, as_table

EXCLUSIONS: Schema = {"reason": TEXT, "n_before": COUNT, "n_left_out": COUNT, "n_after": COUNT}


@dataclass(frozen=True)
class Kept:
    """What is kept of a table: `rows`, and `steps`, one row per exclusion."""

    rows: pd.DataFrame
    steps: pd.DataFrame


def exclude(frame: pd.DataFrame, reasons: Mapping[str, pd.Series]) -> Kept:
    """`frame` without the rows that a reason takes out, and the account of it.

    `reasons` maps each reason to a boolean Series over the rows of `frame`, applied in order; a row
    counts under the first that takes it out, and NA takes nothing out.

    steps has one row per reason: reason, n_before, n_left_out, n_after (rows).

    Raises ValueError where a Series has another index than the frame.

    >>> documents = pd.DataFrame({"text": ["It leaks.", None, "Il fuit."], "language": ["en", None, "fr"]})
    >>> kept = exclude(documents, {
    ...     "no text": documents["text"].isna(),
    ...     "not in English": documents["language"].ne("en"),
    ... })
    >>> kept.steps.values.tolist()
    [['no text', 3, 1, 2], ['not in English', 2, 1, 1]]
    >>> kept.rows["text"].tolist()
    ['It leaks.']
    """
    stays = pd.Series(True, index=frame.index)
    rows = []
    for reason, mask in reasons.items():
        if not isinstance(mask, pd.Series) or not mask.index.equals(frame.index):
            raise ValueError(
                f"reason {reason!r}: its rows are not those of the table; compute it from that table, as in "
                "documents['text'].isna()."
            )
        out = mask.fillna(False).astype(bool) & stays
        before = int(stays.sum())
        stays &= ~out
        rows.append((reason, before, int(out.sum()), int(stays.sum())))
    return Kept(frame[stays].reset_index(drop=True), as_table(rows, EXCLUSIONS))
