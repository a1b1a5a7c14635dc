"""Checking by hand: a sample to code, the answers kept as they are given, and what they say of the machine.

A unit is known by the text of its article and its offsets, not by a row number: the answers outlive a new
run, and two coders can work apart on the same sheet.
"""

from __future__ import annotations

import csv
import os
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from onrecord.measures.intervals import TOO_FEW, interval_around, resample_weights
from onrecord.measures.units import DEFINITIONS, PEOPLE
from onrecord.passages import find_passages
from onrecord.tables import FLAG, TEXT, TIME, Schema, as_table, require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

FORMS = ("direct", "mixed", "indirect")
NAMINGS = (
    *("named", "institution", "anonymous", "identifiable", "spokesperson", "unnamed", "collective"),
    *("narrator", "unidentified_document", "unclear"),
)
CODINGS: Schema = {
    "item_id": TEXT,
    "coder": TEXT,
    "is_right": FLAG,  # False where this is no attribution at all
    "form": TEXT,
    "naming": TEXT,
    "speaker": TEXT,
    "coded_at": TIME,
}


def coding_sheet(analysis: Analysis, n: int = 100, *, seed: int = 1, by: str = "naming") -> pd.DataFrame:
    """Return one row an attribution to code by hand, drawn at random and shown in random order.

    `by` is what the sample is stratified by: naming or source_form of the source, form or cue_stance of
    the attribution; each stratum gives as many as the others, as far as it has them. The same seed draws
    the same rows.

    Columns: item_id (the text's hash and the offsets), doc_id, attribution_id, source_id, passage (the
    sentences it stands in), text (its content), cue, speaker, stratum, weight (how many attributions of
    the corpus the row stands for), form and naming as the machine reads them, is_person. Show a coder
    `sheet[["item_id", "passage", "text", "speaker"]]` first: who sees the machine's answer follows it.

    Raises ValueError for n below 1, and for a `by` that the tables lack.
    """
    if n < 1:
        raise ValueError(f"n={n}: draw at least 1.")
    about = analysis.sources[["doc_id", "source_id", "naming", "form"]].rename(
        columns={"form": "source_form"}
    )
    said = analysis.attributions.merge(about, on=["doc_id", "source_id"], how="left", validate="m:1")
    require(said, [by], table="attributions")
    stratum = said[by].astype("string").fillna("none")
    size = stratum.map(stratum.value_counts()).astype(float)
    order = said.assign(stratum=stratum, size=size).sample(frac=1, random_state=seed)
    turn = order.groupby("stratum").cumcount()
    drawn = order.iloc[np.argsort(turn.to_numpy(), kind="stable")].head(n)
    drawn = drawn.assign(weight=drawn["size"] / drawn.groupby("stratum")["stratum"].transform("size"))
    drawn = drawn.sample(frac=1, random_state=seed)
    passages = find_passages(analysis, drawn[["doc_id", "attribution_id"]], n=None)
    keys = ["doc_id", "attribution_id"]
    sheet = drawn.merge(passages[[*keys, "passage", "start", "end"]], on=keys, validate="1:1")
    hashes = analysis.documents.set_index("doc_id")["text"].loc[sheet["doc_id"].unique()].map(_hash)
    content = analysis.spans[analysis.spans["role"] == "content"].groupby(keys)["start"].min()
    starts = content.loc[pd.MultiIndex.from_frame(sheet[keys])].to_numpy()
    sheet["item_id"] = pd.array(
        [f"{hashes[d]}-{s}" for d, s in zip(sheet["doc_id"], starts, strict=True)], dtype="string"
    )
    sheet["is_person"] = sheet["source_form"].isin(PEOPLE)
    columns = ["item_id", *keys, "source_id", "passage", "text", "cue", "speaker", "stratum", "weight"]
    return sheet[[*columns, "form", "naming", "is_person"]]


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def check_coder(coder: str) -> None:
    """Raise ValueError for a coder without a name."""
    if not coder.strip():
        raise ValueError("coder is empty: give your name or initials, so that two coders can be told apart.")


def save_coding(
    path: str | Path,
    item_id: str,
    *,
    coder: str,
    is_right: bool = True,
    form: str | None = None,
    naming: str | None = None,
    speaker: str | None = None,
) -> Path:
    """Write one answer to the CSV file `path`, at once: a crash after it loses nothing; return the path.

    is_right=False says that this is no attribution. form, naming and speaker are what the coder finds; None
    leaves the machine's. A second answer to an item takes the place of the first when they are read.
    Raises ValueError for an unknown form or naming, and without a coder.
    """
    for name, value, known in (("form", form, FORMS), ("naming", naming, NAMINGS)):
        if value is not None and value not in known:
            raise ValueError(f"{name}={value!r} is none of the codebook's: {', '.join(known)}.")
    check_coder(coder)
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    now = pd.Timestamp.now(tz="UTC").isoformat(timespec="seconds")
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        if file.tell() == 0:
            writer.writerow(CODINGS)
        writer.writerow([item_id, coder, is_right, form, naming, speaker, now])
        file.flush()
        os.fsync(file.fileno())
    return path


def read_codings(paths: str | Path | list) -> pd.DataFrame:
    """Return one row an item and coder: the last answer of each, from one CSV file or several.

    Columns: item_id, coder, is_right, form, naming, speaker, coded_at. A file that does not exist yet gives
    no rows. Raises ValueError for a file that save_coding did not write.
    """
    paths = [paths] if isinstance(paths, (str, Path)) else list(paths)
    found = []
    for path in map(Path, paths):
        if path.exists():
            frame = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
            require(frame, CODINGS, table=str(path))
            found.append(frame[list(CODINGS)])
    if not found:
        return as_table([], CODINGS)
    frame = pd.concat(found, ignore_index=True).drop_duplicates(["item_id", "coder"], keep="last")
    is_right = frame["is_right"].map({"True": True, "False": False})
    frame = frame.assign(is_right=is_right, coded_at=pd.to_datetime(frame["coded_at"], utc=True))
    return as_table({name: frame[name].tolist() for name in CODINGS}, CODINGS)


class CorrectedShare(NamedTuple):
    """A share as the machine counts it, as a person does, and how far the latter may be off."""

    machine: float  # of all attributions of the corpus
    corrected: float
    low: float  # 95 %
    high: float
    n_coded: int
    n_articles: int  # with a coded attribution


def corrected_share(
    sheet: pd.DataFrame, codings: pd.DataFrame, *, definition: str = "standard"
) -> CorrectedShare:
    """Return the share of attributions to unnamed sources, corrected by a hand-coded sample.

    `sheet` is what coding_sheet drew, `codings` the answers of one coder (item_id, is_right, naming; NA
    where the machine was right). Each coded row stands for `weight` attributions of its stratum, so the
    corrected share is that of the whole corpus by the coder's eye: what is no attribution leaves numerator
    and denominator. That holds whatever the machine's errors are (a design-based estimate; with the
    strata the machine's own readings it is that of Rogan & Gladen 1978). What the machine missed
    altogether it cannot know.

    The interval resamples the coded articles and is NA below five. Raises ValueError where an item has
    several codings, or none is of the sheet.
    """
    require(sheet, ["item_id", "doc_id", "weight", "naming", "is_person"], table="sheet")
    require(codings, ["item_id", "is_right", "naming"], table="codings")
    if codings["item_id"].duplicated().any():
        raise ValueError("an item has more than one coding: choose one coder, or settle the disagreements.")
    if definition not in DEFINITIONS:
        raise ValueError(f"definition={definition!r}: take one of {', '.join(DEFINITIONS)}.")
    coded = sheet.merge(codings[["item_id", "is_right", "naming"]], on="item_id", suffixes=("", "_by_hand"))
    if coded.empty:
        raise ValueError("no coding is of an item of this sheet; was it drawn from other texts?")
    unnamed = DEFINITIONS[definition]
    weight = coded["weight"].to_numpy(dtype=float)
    # Strata of which only a part was coded yet: the coded ones stand for all.
    whole = sheet.groupby("stratum")["weight"].sum()
    of_stratum = coded["stratum"].map(whole) / coded.groupby("stratum")["weight"].transform("sum")
    weight = weight * of_stratum.to_numpy(dtype=float)
    by_hand = coded["naming_by_hand"].fillna(coded["naming"])
    is_right = coded["is_right"].fillna(True).astype(bool).to_numpy()
    is_hit = (by_hand.isin(unnamed) & (coded["is_person"] | coded["naming_by_hand"].notna())).to_numpy(bool)
    base = float((weight * is_right).sum())
    share = float((weight * (is_hit & is_right)).sum() / base) if base else np.nan
    # What a row adds to the error of the share; the mean of its stratum, which was drawn in full number,
    # adds none.
    error = pd.Series(weight * (is_hit.astype(float) - share) * is_right)
    error = error - error.groupby(coded["stratum"].to_numpy()).transform("mean")
    by_article = error.groupby(coded["doc_id"].to_numpy()).sum().to_numpy()
    low = high = np.nan
    if len(by_article) >= TOO_FEW and 0 < share < 1:
        drawn = np.concatenate([part @ by_article for part in resample_weights(len(by_article))])
        rows = pd.Series(weight).groupby(coded["doc_id"].to_numpy()).sum().to_numpy()
        ends = interval_around(np.array(share), share + drawn / base, rows, is_share=True)
        low, high = map(float, ends)
    is_machine = (sheet["naming"].isin(unnamed) & sheet["is_person"]).to_numpy(dtype=float)
    machine = float((is_machine * sheet["weight"]).sum() / sheet["weight"].sum())
    return CorrectedShare(machine, share, low, high, len(coded), len(by_article))


def apply_corrections(analysis: Analysis, sheet: pd.DataFrame, codings: pd.DataFrame) -> Analysis:
    """Return `analysis` with the codings put in place of the machine's readings; the argument stays.

    Attributions get the coder's form and speaker, their sources the coder's naming; what is no attribution
    is removed with its spans. attributions and sources have a column is_corrected (boolean) more. Of several
    codings of an item the last of the table is taken.

    Raises ValueError where the sheet was drawn from another analysis: its rows would stand for others.
    """
    keys = ["doc_id", "attribution_id"]
    now = sheet[[*keys, "text"]].merge(
        analysis.attributions[[*keys, "text"]], on=keys, how="left", suffixes=("", "_now")
    )
    if not now["text"].eq(now["text_now"]).fillna(False).all():
        raise ValueError(
            "the sheet was drawn from another analysis; draw it again from this one. The answers are kept "
            "by text and place, and are found again wherever the new sheet has them."
        )
    coded = sheet[["item_id", *keys, "source_id"]].merge(
        codings.drop_duplicates("item_id", keep="last"), on="item_id", validate="1:1"
    )
    said = analysis.attributions.merge(
        coded[[*keys, "is_right", "form", "speaker"]], on=keys, how="left", suffixes=("", "_by_hand")
    )
    is_wrong = said["is_right"].eq(False).fillna(False).astype(bool)
    corrected = said["form_by_hand"].notna() | said["speaker_by_hand"].notna()
    said["form"] = said["form_by_hand"].fillna(said["form"])
    said["speaker"] = said["speaker_by_hand"].fillna(said["speaker"])
    said["is_corrected"] = corrected.astype(FLAG)
    removed = said.loc[is_wrong, keys].assign(removed=True)
    said = (
        said[~is_wrong].drop(columns=["is_right", "form_by_hand", "speaker_by_hand"]).reset_index(drop=True)
    )
    spans = analysis.spans.merge(removed, on=keys, how="left")
    spans = spans[spans["removed"].isna()].drop(columns="removed").reset_index(drop=True)
    naming = coded[coded["naming"].notna() & coded["source_id"].notna()]
    naming = naming.drop_duplicates(["doc_id", "source_id"], keep="last")
    naming = naming[["doc_id", "source_id", "naming"]].rename(columns={"naming": "by_hand"})
    sources = analysis.sources.merge(naming, on=["doc_id", "source_id"], how="left", validate="1:1")
    sources["is_corrected"] = (sources["by_hand"].notna() & (sources["by_hand"] != sources["naming"])).astype(
        FLAG
    )
    sources["naming"] = sources["by_hand"].fillna(sources["naming"])
    return replace(analysis, attributions=said, spans=spans, sources=sources.drop(columns="by_hand"))
