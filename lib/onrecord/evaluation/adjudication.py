"""Adjudication: the items on which coders disagree, and one final answer per item."""

from __future__ import annotations

import pandas as pd

from onrecord.choices import require_choice
from onrecord.tables import TEXT, require

ADJUDICATOR = "adjudicated"
NO_ATTRIBUTION = "no attribution"
VALUES = ("form", "naming", "speaker")


def complete_codings(sheet: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Codings with the machine's value wherever a coder kept it.

    One row per item and coder. Codings of items outside the sheet are left out. Where a coder says that
    the item is not an attribution, form, naming and speaker are "no attribution".
    """
    require(sheet, ["item_id", *VALUES], table="sheet")
    require(codings, ["item_id", "coder", "is_right", *VALUES], table="codings")
    both = codings.merge(sheet[["item_id", *VALUES]], on="item_id", suffixes=("", "_read"), validate="m:1")
    is_none = both["is_right"].eq(False).fillna(False).astype(bool)
    for name in VALUES:
        both[name] = both[name].fillna(both[f"{name}_read"]).mask(is_none, NO_ATTRIBUTION).astype(TEXT)
    return both[list(codings.columns)]


def find_disagreements(sheet: pd.DataFrame, codings: pd.DataFrame, *, value: str = "naming") -> pd.DataFrame:
    """Items on which coders disagree in `value`. One row per item.

    `value` is form, naming or speaker for a sheet of attributions, tone for a sheet of texts. Columns:
    item_id, doc_id and passage (where the sheet has them), text, then one column per coder with the
    coder's value (NA: not coded). The table is empty where the coders agree on all items that more than
    one of them has coded.

    To adjudicate, the coders discuss these items together and code each of them once more:
    `show_coding(sheet[sheet["item_id"].isin(found["item_id"])], path, coder="adjudicated")`.

    Raises ValueError for another `value` and for a missing column.

    >>> sheet = onrecord.coding_sheet(analysis, 10)
    >>> machine = onrecord.codings_of(sheet)
    >>> other = onrecord.codings_of(sheet.assign(naming="unclear"), coder="ann")
    >>> list(onrecord.find_disagreements(sheet, pd.concat([machine, other])).columns)
    ['item_id', 'doc_id', 'passage', 'text', 'ann', 'machine']
    """
    require_choice("value", value, (*VALUES, "tone"))
    require(sheet, ["item_id", "text"], table="sheet")
    if value == "tone":
        require(codings, ["item_id", "coder", "tone"], table="codings")
        coded = codings[codings["item_id"].isin(sheet["item_id"])]
    else:
        coded = complete_codings(sheet, codings)
    wide = coded.pivot(index="item_id", columns="coder", values=value)
    differ = wide[wide.nunique(axis=1) > 1]
    about = sheet[[name for name in ("item_id", "doc_id", "passage", "text") if name in sheet]]
    return about.merge(differ, left_on="item_id", right_index=True, validate="1:1").reset_index(drop=True)


def adjudicate_codings(
    sheet: pd.DataFrame, codings: pd.DataFrame, *, adjudicator: str = ADJUDICATOR
) -> pd.DataFrame:
    """One answer per item: the adjudicator's, else the one that all coders gave.

    One row per item, in the columns of read_codings. The coder is "all" where the coders agree on form,
    naming and speaker. Raises ValueError for a disagreement without an answer of `adjudicator`.
    """
    complete = complete_codings(sheet, codings)
    repeated = complete.duplicated(["item_id", "coder"])
    if repeated.any():
        item, coder = complete.loc[repeated, ["item_id", "coder"]].iloc[0]
        raise ValueError(f"{coder!r} has more than one coding of item {item}; keep the last one.")
    final = complete[complete["coder"] == adjudicator]
    others = complete[~complete["item_id"].isin(final["item_id"])]
    differ = others.groupby("item_id")[["is_right", *VALUES]].nunique(dropna=False).gt(1).any(axis=1)
    if differ.any():
        item = differ.index[differ][0]
        raise ValueError(
            f"coders disagree on {int(differ.sum())} items, for example {item}; list them with "
            f"find_disagreements and code each once more with coder={adjudicator!r}, or keep one coder."
        )
    agreed = others.drop_duplicates("item_id").assign(coder="all")
    kept = pd.concat([final, agreed]).set_index("item_id")
    kept = kept.loc[[item for item in sheet["item_id"] if item in kept.index]].reset_index()
    is_none = kept["naming"].eq(NO_ATTRIBUTION).fillna(False)
    for name in VALUES:
        kept[name] = kept[name].mask(is_none)
    return kept[list(codings.columns)]
