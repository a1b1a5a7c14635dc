"""Many comparisons: p-values adjusted for how many were made."""

from __future__ import annotations

import numpy as np

from onrecord.choices import require_choice

CORRECTIONS = ("holm", "benjamini-hochberg")


def adjust_p_values(p_values: np.ndarray, correction: str = "holm") -> np.ndarray:
    """P-values adjusted for their number; NA stays NA and is not counted.

    "holm" bounds the chance of a single false finding. "benjamini-hochberg" bounds the share of false
    ones among the findings, for long lists that are examined further.

    Source: Holm 1979; Benjamini & Hochberg 1995.
    """
    require_choice("correction", correction, CORRECTIONS)
    p_values = np.asarray(p_values, dtype=float)
    adjusted = np.full(p_values.shape, np.nan)
    known = np.flatnonzero(~np.isnan(p_values))
    if not len(known):
        return adjusted
    p = p_values[known]
    if correction == "benjamini-hochberg":
        from scipy.stats import false_discovery_control  # half a second, and seldom needed

        adjusted[known] = false_discovery_control(p)
    else:
        order = np.argsort(p, kind="stable")
        steps = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
        adjusted[known[order]] = np.minimum(steps, 1)
    return adjusted
