"""Differences of shares between groups: the interval of the difference, p corrected for their number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from onrecord.measures.acts import counted
from onrecord.measures.flags import share_flags
from onrecord.measures.intervals import difference_interval
from onrecord.measures.multiple_comparisons import corrected
from onrecord.measures.shares import share_each, share_reasons, share_unnamed
from onrecord.measures.units import with_types

if TYPE_CHECKING:
    from onrecord.analysis import Analysis


def compare_shares(
    analysis: Analysis,
    what: str = "unnamed",
    *,
    by: str = "outlet",
    of: str = "sources",
    correction: str = "holm",
    acts: Iterable[str] | None = None,
    min_probability: float | None = None,
) -> pd.DataFrame:
    """Return one row a share and pair of groups: the difference of their shares.

    `what` is "unnamed" (the three definitions), "reasons", "flags", or a column as in share_each; `of`
    is the denominator, where there is a choice (see share_unnamed, share_each). `by` is as in all
    measures; articles without a group are left out.

    Columns: the label (definition, reason, flag or the column), group_a, group_b, difference (share of
    a less share of b), low, high (95 %; NA where a group has fewer than five articles), p_value
    (two-sided), p_adjusted (over all rows of the table), n_articles_a, n_articles_b. The interval is
    recovered from those of the two shares, which are resampled by article; for shares of articles it is
    Newcombe's. See intervals.difference_interval for sources.
    Statements of probability .5 and above count; `acts` and `min_probability` as in select_acts.
    """
    analysis = counted(analysis, acts, min_probability)
    if what == "unnamed":
        shares = share_unnamed(analysis, of=of, by=by)
    elif what == "reasons":
        shares = share_reasons(analysis, by=by)
    elif what == "flags":
        shares = share_flags(analysis, by=by)
    else:
        shares = share_each(analysis, what, of=of, by=by)
    return differences_of(shares, correction=correction)


def differences_of(shares: pd.DataFrame, *, correction: str = "holm") -> pd.DataFrame:
    """Return the differences between the groups of a table of shares: what compare_shares does with it.

    The first column names the groups, the second what is shared; groups that are NA are left out.
    """
    by, label = shares.columns[:2]
    share = next(name for name in shares.columns if str(name).startswith("share_of_"))
    found = []
    for value, part in shares[shares[by].notna()].groupby(label, sort=False):
        first, second = np.triu_indices(len(part), 1)
        a, b = part.iloc[first], part.iloc[second]
        columns = [share, "low", "high"]
        low, high, p = difference_interval(
            tuple(a[columns].to_numpy(dtype=float).T), tuple(b[columns].to_numpy(dtype=float).T)
        )
        found.append(
            pd.DataFrame(
                {
                    label: [value] * len(a),
                    "group_a": a[by].array,
                    "group_b": b[by].array,
                    "difference": a[share].to_numpy(dtype=float) - b[share].to_numpy(dtype=float),
                    "low": low,
                    "high": high,
                    "p_value": np.where(np.isnan(low), np.nan, p),
                    "n_articles_a": a["n_articles"].array,
                    "n_articles_b": b["n_articles"].array,
                }
            )
        )
    if not found:
        names = ["group_a", "group_b", "difference", "low", "high", "p_value", "p_adjusted"]
        return with_types(pd.DataFrame(columns=[label, *names, "n_articles_a", "n_articles_b"]))
    table = pd.concat(found, ignore_index=True)
    table.insert(7, "p_adjusted", corrected(table["p_value"].to_numpy(), correction))
    return table
