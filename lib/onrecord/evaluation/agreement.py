"""Agreement: draw passages to code by hand, and say how far coders, or a coder and a score, agree.

Krippendorff's alpha is 1 where coders always agree and 0 where they agree as often as chance would
have it; it takes any number of coders and missing codings. At least .80 is firm, .667 to .80
tentative. Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from onrecord.tables import require

LEVELS = ("nominal", "ordinal", "interval")
_N_RESAMPLES = 1000


class Agreement(NamedTuple):
    """How far coders agree: alpha, its 95 % interval, and what it rests on."""

    alpha: float
    low: float
    high: float
    n_units: int  # units with at least two codings; others say nothing about agreement
    n_codings: int


def sample_for_coding(
    frame: pd.DataFrame, n: int = 100, *, by: str | None = None, seed: int = 1
) -> pd.DataFrame:
    """Return `n` rows of `frame`, drawn at random and in random order, with an empty column to code in.

    Needs text; keeps doc_id, sentence_id, start, end and target where they are there, and leaves
    scores out, so that the coder does not see them. `by` draws the same number from each of its
    groups (as far as they have it). Columns added: item_id (from 1) and tone, to be filled with
    negative, neutral or positive. The same seed draws the same rows.
    """
    require(frame, ["text", *([by] if by else [])], table="frame")
    if n < 1:
        raise ValueError(f"n={n}: draw at least 1.")
    usable = frame[frame["text"].fillna("").str.strip() != ""]
    shuffled = usable.sample(frac=1, random_state=seed)
    if by:
        # One of each group after the other, until n are drawn.
        shuffled = shuffled.iloc[np.argsort(shuffled.groupby(by, dropna=False).cumcount(), kind="stable")]
    drawn = shuffled.head(n).sample(frac=1, random_state=seed)
    kept = [
        column for column in ("doc_id", "sentence_id", "start", "end", "target", "text") if column in frame
    ]
    drawn = drawn[kept].reset_index(drop=True)
    drawn.insert(0, "item_id", pd.array(range(1, len(drawn) + 1), dtype="Int64"))
    return drawn.assign(tone=pd.array([pd.NA] * len(drawn), dtype="string"))


def codings_of(frame: pd.DataFrame, *, coder: str, column: str, margin: float = 0.0) -> pd.DataFrame:
    """Return one row a coding: what a score says of each item, to set beside the codings by hand.

    Needs item_id and `column`: tones as they are (target_tone), or numbers (polarity), which are
    negative below -`margin`, positive above `margin`, else neutral; a number that is NA, because no
    word is known, counts as neutral, as a reader of the score would take it. Columns: item_id,
    coder, tone.
    """
    require(frame, ["item_id", column], table="frame")
    tone = frame[column]
    if pd.api.types.is_numeric_dtype(tone):
        score = tone.astype("Float64").fillna(0.0).to_numpy(dtype=float)
        tone = np.select([score < -margin, score > margin], ["negative", "positive"], "neutral")
    return pd.DataFrame(
        {"item_id": frame["item_id"].array, "coder": coder, "tone": pd.array(tone, dtype="string")}
    )


def agreement(
    codings: pd.DataFrame, *, value: str = "tone", level: str = "nominal", seed: int = 1
) -> Agreement:
    """Return Krippendorff's alpha of `codings`, one row a coding, with an interval over units.

    Needs item_id, coder and `value` (NA: not coded). `level` is how far apart two values are:
    nominal (different), ordinal (ranks between them; negative, neutral and positive are ordered so,
    other values as they sort) or interval (the squared difference). The interval resamples units.
    alpha is NA (nan) where no unit has two codings, or where all codings are the same value: then
    nothing could have disagreed.
    """
    counts = _counts(codings, value)
    if level not in LEVELS:
        raise ValueError(f"level is {level!r}; it must be one of {', '.join(LEVELS)}.")
    if level == "interval" and not pd.api.types.is_numeric_dtype(counts.columns.dtype):
        raise ValueError(
            f"level='interval' needs numbers; {value} holds {', '.join(map(repr, counts.columns[:3]))}. Take "
            "ordinal where the values have an order, else nominal."
        )
    table = counts.to_numpy(dtype=float)
    distance = _distances(counts.columns, table, level)
    alphas = np.full(_N_RESAMPLES, np.nan)
    if len(table):
        rng = np.random.default_rng(seed)
        for i in range(_N_RESAMPLES):
            alphas[i] = _alpha(table[rng.integers(len(table), size=len(table))], distance)
    low, high = np.nanquantile(alphas, [0.025, 0.975]) if np.isfinite(alphas).any() else (np.nan, np.nan)
    return Agreement(_alpha(table, distance), float(low), float(high), len(table), int(table.sum()))


def count_confusions(codings: pd.DataFrame, *, coders: tuple[str, str], value: str = "tone") -> pd.DataFrame:
    """Return one row a value of the first coder, one column a value of the second: the units between.

    Needs item_id, coder and `value`. Only units that both have coded count. The diagonal is where
    they agree.
    """
    known = _known(codings, value)
    for coder in coders:
        if not (known["coder"] == coder).any():
            there = ", ".join(map(repr, known["coder"].unique())) or "nobody"
            raise ValueError(f"there is no coding by {coder!r}; there are codings by {there}.")
    first, second = (known[known["coder"] == coder].set_index("item_id")[value] for coder in coders)
    both = pd.concat([first.rename("first"), second.rename("second")], axis=1, join="inner")
    values = _in_order(pd.unique(both.to_numpy().ravel()))
    table = pd.crosstab(both["first"], both["second"]).reindex(index=values, columns=values, fill_value=0)
    return table.rename_axis(index=coders[0], columns=coders[1])


def _counts(codings: pd.DataFrame, value: str) -> pd.DataFrame:
    """Return one row a unit with at least two codings, one column a value: how many coders gave it."""
    known = _known(codings, value)
    counts = pd.crosstab(known["item_id"], known[value])
    counts = counts[counts.sum(axis=1) > 1]
    return counts[_in_order(counts.columns)]


def _known(codings: pd.DataFrame, value: str) -> pd.DataFrame:
    require(codings, ["item_id", "coder", value], table="codings")
    known = codings[codings[value].notna()]
    twice = known.duplicated(["item_id", "coder"])
    if twice.any():
        item, coder = known.loc[twice, ["item_id", "coder"]].iloc[0]
        raise ValueError(f"{coder!r} has coded item {item} more than once; keep one coding of each.")
    return known


def _in_order(values) -> list:
    tones = ["negative", "neutral", "positive"]
    return sorted(values, key=lambda value: (0, tones.index(value)) if value in tones else (1, value))


def _distances(values: pd.Index, table: np.ndarray, level: str) -> np.ndarray:
    """Return the squared difference of each pair of values."""
    n = len(values)
    if level == "nominal":
        return 1.0 - np.eye(n)
    if level == "interval":
        numbers = np.asarray(values, dtype=float)
        return (numbers[:, None] - numbers[None, :]) ** 2
    # The ranks between two values: the codings from one to the other, half of both ends.
    total = table.sum(axis=0)
    middle = np.cumsum(total) - total / 2
    return (middle[:, None] - middle[None, :]) ** 2


def _alpha(table: np.ndarray, distance: np.ndarray) -> float:
    """Return 1 - observed / expected disagreement of a table of units by values."""
    size = table.sum(axis=1, keepdims=True)
    pairs = (
        (table.T / (size.T - 1)) @ table - np.diag((table / (size - 1)).sum(axis=0))
        if len(table)
        else distance
    )
    total = table.sum(axis=0)
    n = total.sum()
    expected = total @ distance @ total
    if n < 2 or expected == 0:
        return float("nan")
    return float(1 - (n - 1) * (pairs * distance).sum() / expected)
