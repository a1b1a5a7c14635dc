"""Agreement of coders, or of coders and the machine, and tables of confusions.

Krippendorff's alpha is 1 where coders always agree and 0 where they agree as often as by chance. It admits
any number of coders and missing codings. At least .80 is firm, .667 to .80 tentative. Source: Krippendorff
2011, Computing Krippendorff's Alpha-Reliability.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from onrecord.choices import require_choice
from onrecord.evaluation.adjudication import complete_codings
from onrecord.evaluation.coding_sheet import TONES
from onrecord.tables import require

LEVELS = ("nominal", "ordinal", "interval")
# Resamples for the 95% interval; not tuned.
_N_RESAMPLES = 1000


class Agreement(NamedTuple):
    """Krippendorff's alpha with its 95% interval and its numbers of units and codings.

    >>> codings = pd.DataFrame({"item_id": [1, 1, 2, 2], "coder": ["a", "b"] * 2, "tone": list("xxyy")})
    >>> onrecord.agreement(codings).alpha
    1.0
    """

    alpha: float  # at most 1; NaN where no two values could have differed
    low: float
    high: float
    n_units: int  # units with at least two codings; the others do not count
    n_codings: int


def agreement(
    codings: pd.DataFrame,
    *,
    value: str = "tone",
    level: str = "nominal",
    sheet: pd.DataFrame | None = None,
    seed: int = 1,
) -> Agreement:
    """Krippendorff's alpha of `codings`, with an interval over units.

    Needs item_id, coder and `value` (tone, form, naming or speaker; NA: not coded). With `sheet`, a value
    that a coder kept is the machine's, and an item that is not an attribution has the value "no
    attribution"; give it for codings of read_codings on the sheet of an analysis.

    `level` is the distance between two values: nominal (different or not), ordinal (ranks between them;
    negative, neutral and positive have this order, other values are sorted) or interval (squared
    difference). The interval resamples units. alpha is NaN where no unit has two codings, and where all
    codings have the same value.

    Raises ValueError for an unknown level, for the interval level of values that are not numbers, and for
    two codings of one item by one coder.

    >>> sheet = onrecord.coding_sheet(analysis, 20)
    >>> both = pd.concat([onrecord.codings_of(sheet, coder="ann"), onrecord.codings_of(sheet, coder="ben")])
    >>> onrecord.agreement(both, value="form", sheet=sheet).n_units
    20
    """
    if sheet is not None:
        codings = complete_codings(sheet, codings)
    counts = _counts(codings, value)
    require_choice("level", level, LEVELS)
    if level == "interval" and not pd.api.types.is_numeric_dtype(counts.columns.dtype):
        raise ValueError(
            f"level='interval' needs numbers; {value} contains {', '.join(map(repr, counts.columns[:3]))}. "
            "Use ordinal where the values have an order, otherwise nominal."
        )
    table = counts.to_numpy(dtype=float)
    distance = _distances(counts.columns, table, level)
    alphas = np.full(_N_RESAMPLES, np.nan)
    if len(table):
        rng = np.random.default_rng(seed)
        for i in range(_N_RESAMPLES):
            alphas[i] = _alpha(table[rng.integers(len(table), size=len(table))], distance)
    low, high = np.nanquantile(alphas, [0.025, 0.975]) if np.isfinite(alphas).any() else (np.nan, np.nan)
    return Agreement(
        alpha=_alpha(table, distance),
        low=float(low),
        high=float(high),
        n_units=len(table),
        n_codings=int(table.sum()),
    )


def count_confusions(
    codings: pd.DataFrame,
    *,
    coders: tuple[str, str],
    value: str = "tone",
    sheet: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Number of units by the value of a first and of a second coder.

    One row per value of the first coder, one column per value of the second; the diagonal is where they
    agree. Needs item_id, coder and `value`; only units that both coded are counted. `sheet` as in agreement.
    Raises ValueError for a coder without codings.

    >>> sheet = onrecord.coding_sheet(analysis, 20)
    >>> both = pd.concat([onrecord.codings_of(sheet, coder="ann"), onrecord.codings_of(sheet, coder="ben")])
    >>> int(onrecord.count_confusions(both, coders=("ann", "ben"), value="form").to_numpy().sum())
    20
    """
    if sheet is not None:
        codings = complete_codings(sheet, codings)
    known = _known(codings, value)
    for coder in coders:
        if not (known["coder"] == coder).any():
            found = ", ".join(map(repr, known["coder"].unique())) or "nobody"
            raise ValueError(f"coder {coder!r} not found; the codings are by {found}.")
    first, second = (known[known["coder"] == coder].set_index("item_id")[value] for coder in coders)
    both = pd.concat([first.rename("first"), second.rename("second")], axis=1, join="inner")
    values = _in_order(pd.unique(both.to_numpy().ravel()))
    table = pd.crosstab(both["first"], both["second"]).reindex(index=values, columns=values, fill_value=0)
    return table.rename_axis(index=coders[0], columns=coders[1])


def _counts(codings: pd.DataFrame, value: str) -> pd.DataFrame:
    """The number of coders by unit (with at least two codings) and value."""
    known = _known(codings, value)
    counts = pd.crosstab(known["item_id"], known[value])
    counts = counts[counts.sum(axis=1) > 1]
    return counts[_in_order(counts.columns)]


def _known(codings: pd.DataFrame, value: str) -> pd.DataFrame:
    require(codings, ["item_id", "coder", value], table="codings")
    known = codings[codings[value].notna()]
    repeated = known.duplicated(["item_id", "coder"])
    if repeated.any():
        item, coder = known.loc[repeated, ["item_id", "coder"]].iloc[0]
        raise ValueError(f"{coder!r} has more than one coding of item {item}; keep one of them.")
    return known


def _in_order(values: Iterable) -> list:
    return sorted(values, key=lambda value: (0, TONES.index(value)) if value in TONES else (1, value))


def _distances(values: pd.Index, table: np.ndarray, level: str) -> np.ndarray:
    """The squared difference of each pair of values."""
    n = len(values)
    if level == "nominal":
        return 1.0 - np.eye(n)
    if level == "interval":
        numbers = np.asarray(values, dtype=float)
        return (numbers[:, None] - numbers[None, :]) ** 2
    # The ranks between two values: the codings from one to the other, with half of both ends.
    total = table.sum(axis=0)
    middle = np.cumsum(total) - total / 2
    return (middle[:, None] - middle[None, :]) ** 2


def _alpha(table: np.ndarray, distance: np.ndarray) -> float:
    """1 - observed / expected disagreement of a table of units by values."""
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
