"""Corrections by a hand-coded sample: corrected shares, and corrected tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from onrecord.choices import require_choice
from onrecord.evaluation.adjudication import ADJUDICATOR, adjudicate_codings
from onrecord.evaluation.coding_sheet import TONES, items_of
from onrecord.evaluation.codings import read_codings
from onrecord.measures.intervals import TOO_FEW, interval_around, resample_weights
from onrecord.measures.units import DEFINITIONS
from onrecord.tables import FLAG, require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis


class CorrectedShare(NamedTuple):
    """Share of unnamed sources or of a tone, by the machine and as corrected.

    >>> sheet = onrecord.coding_sheet(analysis, 20)
    >>> onrecord.corrected_share(sheet, onrecord.codings_of(sheet).head(10)).n_coded
    10
    """

    machine: float  # of all attributions (or texts) of the corpus, 0 to 1; NaN where not known
    corrected: float  # 0 to 1
    low: float  # 95% interval of corrected; NaN below five articles
    high: float
    n_coded: int
    n_articles: int  # with a coded item


def corrected_share(
    sheet: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    definition: str = "standard",
    adjudicator: str = ADJUDICATOR,
) -> CorrectedShare:
    """Share of unnamed sources or of a tone, corrected by a hand-coded sample.

    For sources: needs the sheet of an analysis (see coding_sheet) and codings with item_id, is_right and
    naming (NA: the coder kept the machine's value); `definition` is strict, standard or broad. For tone:
    needs a sheet of texts with doc_id, drawn with by= the column of the machine's tones, and codings with
    item_id and tone; `definition` is negative, neutral or positive. The share by the machine is NaN where the
    sheet was drawn by something else. With several coders, `adjudicator` decides where they disagree.

    Each coded item represents `weight` attributions of its stratum. So the corrected share is an estimate
    for the whole corpus. Items that are not attributions are left out of numerator and denominator. The
    estimate is unbiased whatever the errors of the machine are, except for attributions that it did not
    find at all. The interval resamples the coded articles. It is NaN below five articles.

    Raises ValueError where coders disagree without a decision of `adjudicator`, where the codings do not
    belong to the sheet, and for an unknown definition.

    Source: design-based estimation; with the machine's readings as strata it equals the estimator of
    Rogan & Gladen 1978.

    >>> sheet = onrecord.coding_sheet(analysis, 20)
    >>> share = onrecord.corrected_share(sheet, onrecord.codings_of(sheet))
    >>> share.n_coded
    20
    >>> sentences = onrecord.add_tone(analysis.sentences)
    >>> tones = onrecord.codings_of(sentences.assign(item_id=sentences.index), column="polarity")["tone"]
    >>> sheet = onrecord.coding_sheet(sentences.assign(machine=tones), 20, by="machine")
    >>> by_hand = pd.DataFrame({"item_id": sheet["item_id"], "coder": "ann", "tone": "negative"})
    >>> onrecord.corrected_share(sheet, by_hand, definition="negative").corrected
    1.0
    """
    if "tone" in sheet and "naming" not in sheet:
        return _corrected_tone(sheet, codings, definition, adjudicator)
    require(sheet, ["item_id", "doc_id", "stratum", "weight", "naming", "is_person"], table="sheet")
    require(codings, ["item_id", "is_right", "naming"], table="codings")
    require_choice("definition", definition, DEFINITIONS)
    codings = _final_codings(sheet, codings, adjudicator)
    coded = sheet.merge(codings[["item_id", "is_right", "naming"]], on="item_id", suffixes=("", "_by_hand"))
    unnamed = DEFINITIONS[definition]
    by_hand = coded["naming_by_hand"].fillna(coded["naming"])
    is_right = coded["is_right"].fillna(True).astype(bool).to_numpy()
    is_hit = (by_hand.isin(unnamed) & (coded["is_person"] | coded["naming_by_hand"].notna())).to_numpy(bool)
    is_machine = (sheet["naming"].isin(unnamed) & sheet["is_person"]).to_numpy(dtype=float)
    machine = float((is_machine * sheet["weight"]).sum() / sheet["weight"].sum())
    return _estimate(sheet, coded, is_hit, is_right, machine)


def _corrected_tone(
    sheet: pd.DataFrame, codings: pd.DataFrame, definition: str, adjudicator: str
) -> CorrectedShare:
    require(sheet, ["item_id", "doc_id", "stratum", "weight"], table="sheet")
    require(codings, ["item_id", "tone"], table="codings")
    require_choice("definition", definition, TONES)
    known = codings[codings["tone"].notna() & codings["item_id"].isin(sheet["item_id"])]
    if "coder" in known:
        decided = known[known["coder"] == adjudicator]
        known = pd.concat([decided, known[~known["item_id"].isin(decided["item_id"])]])
    differ = known.groupby("item_id")["tone"].nunique().gt(1)
    if differ.any():
        raise ValueError(
            f"coders disagree on {int(differ.sum())} items, for example {differ.index[differ][0]}; list them "
            f"with find_disagreements and code each once more with coder={adjudicator!r}, or keep one coder."
        )
    final = known.drop_duplicates("item_id")[["item_id", "tone"]]
    coded = sheet.drop(columns="tone").merge(final, on="item_id")
    is_hit = coded["tone"].eq(definition).to_numpy(bool)
    machine = np.nan
    if set(sheet["stratum"]) <= {*TONES, "none"}:
        weight = sheet["weight"].astype(float)
        machine = float(weight[sheet["stratum"] == definition].sum() / weight.sum())
    return _estimate(sheet, coded, is_hit, np.ones(len(coded), bool), machine)


def _estimate(
    sheet: pd.DataFrame, coded: pd.DataFrame, is_hit: np.ndarray, is_right: np.ndarray, machine: float
) -> CorrectedShare:
    """Share of hits among the right items.

    `coded` are the items of the sheet that have a coding.
    """
    if coded.empty:
        raise ValueError(
            "no coding belongs to an item of this sheet; draw the sheet from the texts that were coded."
        )
    weight = coded["weight"].to_numpy(dtype=float)
    # The coded items of a stratum represent all of it, also while the coding is not complete.
    whole = sheet.groupby("stratum")["weight"].sum()
    of_stratum = coded["stratum"].map(whole) / coded.groupby("stratum")["weight"].transform("sum")
    weight = weight * of_stratum.to_numpy(dtype=float)
    base = float((weight * is_right).sum())
    share = float((weight * (is_hit & is_right)).sum() / base) if base else np.nan
    # The contribution of each item to the error of the share. The sizes of the strata are known, so the
    # mean of a stratum contributes nothing.
    error = pd.Series(weight * (is_hit.astype(float) - share) * is_right)
    error = error - error.groupby(coded["stratum"].to_numpy()).transform("mean")
    by_article = error.groupby(coded["doc_id"].to_numpy()).sum().to_numpy()
    low = high = np.nan
    if len(by_article) >= TOO_FEW and 0 < share < 1:
        drawn = np.concatenate([part @ by_article for part in resample_weights(len(by_article))])
        rows = pd.Series(weight).groupby(coded["doc_id"].to_numpy()).sum().to_numpy()
        ends = interval_around(np.array(share), share + drawn / base, rows, is_share=True)
        low, high = map(float, ends)
    return CorrectedShare(
        machine=machine,
        corrected=share,
        low=low,
        high=high,
        n_coded=len(coded),
        n_articles=len(by_article),
    )


def apply_corrections(
    analysis: Analysis, sheet: pd.DataFrame, codings: pd.DataFrame, *, adjudicator: str = ADJUDICATOR
) -> Analysis:
    """Analysis in which the codings replace the machine's readings.

    `analysis` itself is not changed. Attributions get the coder's form and speaker, their sources the
    coder's naming. Items that are not attributions are removed together with their spans. attributions
    and sources get the column is_corrected (boolean). With several coders, `adjudicator` decides where
    they disagree.

    Raises ValueError where the sheet was drawn from another analysis, because its rows would be applied to
    other attributions, and where coders disagree without a decision of `adjudicator`.

    >>> sheet = onrecord.coding_sheet(analysis, 20)
    >>> corrected = onrecord.apply_corrections(analysis, sheet, onrecord.codings_of(sheet))
    >>> int(corrected.sources["is_corrected"].sum())
    0
    """
    keys = ["doc_id", "attribution_id"]
    now = sheet[[*keys, "text"]].merge(
        analysis.attributions[[*keys, "text"]], on=keys, how="left", suffixes=("", "_now")
    )
    if not now["text"].eq(now["text_now"]).fillna(False).all():
        raise ValueError(
            "the sheet was drawn from another analysis; draw it again from this one. Answers belong to text "
            "and offsets, so they are found again wherever the new sheet contains the same item."
        )
    codings = _final_codings(sheet, codings, adjudicator)
    coded = sheet[["item_id", *keys, "source_id"]].merge(codings, on="item_id", validate="1:1")
    attributions = analysis.attributions.merge(
        coded[[*keys, "is_right", "form", "speaker"]], on=keys, how="left", suffixes=("", "_by_hand")
    )
    is_wrong = attributions["is_right"].eq(False).fillna(False).astype(bool)
    is_corrected = pd.Series(False, index=attributions.index)
    for name in ("form", "speaker"):
        by_hand = attributions.pop(f"{name}_by_hand")
        is_corrected |= by_hand.notna()
        attributions[name] = by_hand.fillna(attributions[name])
    attributions["is_corrected"] = is_corrected.astype(FLAG)
    removed = attributions.loc[is_wrong, keys].assign(removed=True)
    attributions = attributions[~is_wrong].drop(columns="is_right").reset_index(drop=True)
    spans = analysis.spans.merge(removed, on=keys, how="left")
    spans = spans[spans["removed"].isna()].drop(columns="removed").reset_index(drop=True)
    naming = coded[coded["naming"].notna() & coded["source_id"].notna()]
    naming = naming.drop_duplicates(["doc_id", "source_id"], keep="last")
    naming = naming[["doc_id", "source_id", "naming"]].rename(columns={"naming": "by_hand"})
    sources = analysis.sources.merge(naming, on=["doc_id", "source_id"], how="left", validate="1:1")
    by_hand = sources.pop("by_hand")
    sources["is_corrected"] = (by_hand.notna() & (by_hand != sources["naming"])).astype(FLAG)
    sources["naming"] = by_hand.fillna(sources["naming"])
    return replace(analysis, attributions=attributions, spans=spans, sources=sources)


def apply_codings(analysis: Analysis, codings: pd.DataFrame) -> tuple[Analysis, int]:
    """Analysis with the codings of its items applied, and how many were coded.

    `analysis` itself is not changed. Codings of other articles are left aside. A source that has lost all
    of its attributions is removed.

    Raises ValueError where coders disagree without a decision of the adjudicator.
    """
    sheet = items_of(analysis, codings["item_id"]) if len(codings) else codings
    if sheet.empty:
        return analysis, 0
    codings = codings[codings["item_id"].isin(sheet["item_id"])]
    corrected = apply_corrections(analysis, sheet, codings)
    # A source without an attribution is not a source; one that never had an attribution stays.
    keys = ["doc_id", "source_id"]
    still = corrected.attributions[keys].drop_duplicates()
    lost = sheet[keys].dropna().merge(still, how="left", indicator=True)
    lost = lost.loc[lost["_merge"] == "left_only", keys].drop_duplicates().assign(is_lost=True)
    sources = corrected.sources.merge(lost, on=keys, how="left", validate="1:1")
    sources = sources[sources["is_lost"].isna()].drop(columns="is_lost").reset_index(drop=True)
    return replace(corrected, sources=sources), len(sheet)


def apply_codings_of(analysis: Analysis, path: Path | None) -> tuple[Analysis, int]:
    """Analysis with the codings of the file `path` applied, and how many were coded.

    See apply_codings. Without a path it is `analysis` itself, and 0. Raises ValueError and
    FileNotFoundError as read_codings, too.
    """
    return (analysis, 0) if path is None else apply_codings(analysis, read_codings(path))


def _final_codings(sheet: pd.DataFrame, codings: pd.DataFrame, adjudicator: str) -> pd.DataFrame:
    """One coding per item; those of several coders are adjudicated.

    A value that the machine gave too is NA: it is kept, not corrected. So a confirmed "collective" of an
    institution counts as it did before.
    """
    final = codings
    if codings["item_id"].duplicated().any():
        final = adjudicate_codings(sheet, codings, adjudicator=adjudicator)
    read = sheet.set_index("item_id").reindex(final["item_id"])
    kept = {
        name: final[name].mask((final[name] == read[name].array).fillna(False))
        for name in ("form", "naming", "speaker")
        if name in read and name in final
    }
    return final.assign(**kept)
