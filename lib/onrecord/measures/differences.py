"""Differences of shares between groups, with intervals and adjusted p-values."""

from __future__ import annotations

import numpy as np
import pandas as pd

from onrecord.measures.intervals import difference_interval
from onrecord.measures.layout import layout_of
from onrecord.measures.multiple_comparisons import adjust_p_values
from onrecord.measures.units import with_types


def compare_shares(shares: pd.DataFrame, *, correction: str = "holm") -> pd.DataFrame:
    """Differences of shares between groups. One row per label and pair of groups.

    `shares` is a table of shares by group, from share_unnamed, share_each, share_reasons or share_flags
    with `by`: its first column names the groups, its second what is shared. Groups that are NA are left
    out. `correction` is "holm" or "benjamini-hochberg".

    Columns: the label (definition, reason, flag or the column of share_each), group_a, group_b,
    difference (share of a less share of b, -1 to 1), low, high (95%; NA where a group has fewer than
    five articles), p_value (two-sided), p_adjusted (over all rows of the table), n_articles_a,
    n_articles_b. The interval is recovered from those of the two shares; for shares of articles it is
    Newcombe's.

    Raises ValueError for a table that is not one of shares by group.

    Source: Newcombe 1998; Zou & Donner 2008 (see measures/intervals.py).

    >>> shares = onrecord.share_unnamed(analysis, by="outlet")
    >>> onrecord.compare_shares(shares)[["definition", "group_a", "group_b"]].values.tolist()[0]
    ['strict', 'Clear Signal', 'Orvane Press Service']
    """
    layout = layout_of(shares)
    if not (layout.is_share and layout.interval and len(layout.labels) == 2):
        raise ValueError(
            "shares must be a table of shares by group, with a column for the groups, one for what is "
            f"shared, share_of_…, low and high; it has {', '.join(map(str, shares.columns))}. "
            'Make one with onrecord.share_unnamed(analysis, by="outlet").'
        )
    by, label = layout.labels
    value_name = str(layout.value)
    figures = [value_name, *layout.interval]
    tables = []
    for value, part in shares[shares[by].notna()].groupby(label, sort=False):
        first, second = np.triu_indices(len(part), 1)
        a, b = part.iloc[first], part.iloc[second]
        low, high, p = difference_interval(_estimate_low_high(a, figures), _estimate_low_high(b, figures))
        columns = {
            label: [value] * len(a),
            "group_a": a[by].array,
            "group_b": b[by].array,
            "difference": a[value_name].to_numpy(dtype=float) - b[value_name].to_numpy(dtype=float),
            "low": low,
            "high": high,
            "p_value": np.where(np.isnan(low), np.nan, p),
            "n_articles_a": a["n_articles"].array,
            "n_articles_b": b["n_articles"].array,
        }
        tables.append(pd.DataFrame(columns))
    if not tables:
        names = ["group_a", "group_b", "difference", "low", "high", "p_value", "p_adjusted"]
        return with_types(pd.DataFrame(columns=[label, *names, "n_articles_a", "n_articles_b"]))
    table = pd.concat(tables, ignore_index=True)
    table.insert(7, "p_adjusted", adjust_p_values(table["p_value"].to_numpy(), correction))
    return table


def _estimate_low_high(shares: pd.DataFrame, figures: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    estimate, low, high = shares[figures].to_numpy(dtype=float).T
    return estimate, low, high
