"""Two coders on one sheet: what each said of an item, where they differ, and one answer an item."""

from __future__ import annotations

import pandas as pd

from onrecord.tables import TEXT, require

NO_ATTRIBUTION = "no attribution"
VALUES = ("form", "naming", "speaker")


def complete_codings(sheet: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Return `codings` with the machine's reading where a coder left it, to be compared.

    One row an item and coder, as read_codings has them; codings of other sheets are left out. Where a
    coder says that this is no attribution, form, naming and speaker are "no attribution". The result goes
    to `agreement(…, value="naming")` and `count_confusions` (value: form, naming or speaker).
    """
    require(sheet, ["item_id", *VALUES], table="sheet")
    require(codings, ["item_id", "coder", "is_right", *VALUES], table="codings")
    both = codings.merge(sheet[["item_id", *VALUES]], on="item_id", suffixes=("", "_read"), validate="m:1")
    is_none = both["is_right"].eq(False).fillna(False).astype(bool)
    for name in VALUES:
        both[name] = both[name].fillna(both[f"{name}_read"]).mask(is_none, NO_ATTRIBUTION).astype(TEXT)
    return both[list(codings.columns)]


def find_disagreements(sheet: pd.DataFrame, codings: pd.DataFrame, *, value: str = "naming") -> pd.DataFrame:
    """Return one row an item on which coders differ in `value` (form, naming or speaker), to be settled.

    Columns: item_id, doc_id, passage, text, then one a coder with what they said (NA: not coded). Sit down
    together and settle them: `show_coding(sheet[sheet["item_id"].isin(found["item_id"])], path,
    coder="settled")`. No row where the coders agree on all that more than one has coded.
    """
    if value not in VALUES:
        raise ValueError(f"value={value!r}: take one of {', '.join(VALUES)}.")
    require(sheet, ["item_id", "doc_id", "passage", "text"], table="sheet")
    said = complete_codings(sheet, codings)
    wide = said.pivot(index="item_id", columns="coder", values=value)
    differ = wide[wide.nunique(axis=1) > 1]
    about = sheet[["item_id", "doc_id", "passage", "text"]]
    return about.merge(differ, left_on="item_id", right_index=True, validate="1:1").reset_index(drop=True)


def settle_codings(
    sheet: pd.DataFrame, codings: pd.DataFrame, *, settled_by: str = "settled"
) -> pd.DataFrame:
    """Return one row an item: what `settled_by` decided, else what all its coders say.

    The columns of read_codings; the coder is "all" where coders agree on form, naming and speaker. The
    result is what corrected_share and apply_corrections take. Raises ValueError where coders differ and
    nobody has settled it.
    """
    said = complete_codings(sheet, codings)
    settled = said[said["coder"] == settled_by]
    others = said[~said["item_id"].isin(settled["item_id"])]
    differ = others.groupby("item_id")[["is_right", *VALUES]].nunique(dropna=False).gt(1).any(axis=1)
    if differ.any():
        item = differ.index[differ][0]
        raise ValueError(
            f"{int(differ.sum())} items are coded in different ways, {item} for one: settle them (see "
            f"find_disagreements), with coder={settled_by!r}."
        )
    agreed = others.drop_duplicates("item_id").assign(coder="all")
    kept = pd.concat([settled, agreed]).set_index("item_id")
    kept = kept.loc[[item for item in sheet["item_id"] if item in kept.index]].reset_index()
    is_none = kept["naming"].eq(NO_ATTRIBUTION).fillna(False)
    for name in VALUES:
        kept[name] = kept[name].mask(is_none)
    return kept[list(codings.columns)]
