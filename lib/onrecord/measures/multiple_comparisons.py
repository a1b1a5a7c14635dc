"""Many comparisons: p-values corrected for how many were made."""

from __future__ import annotations

import numpy as np
from scipy.stats import false_discovery_control

CORRECTIONS = ("holm", "benjamini-hochberg")


def corrected(p_values: np.ndarray, correction: str = "holm") -> np.ndarray:
    """Return the p-values adjusted for their number; NA stays NA and does not count.

    "holm" keeps the chance of even one false finding (Holm 1979); "benjamini-hochberg" the share of
    false ones among the findings (Benjamini & Hochberg 1995), for long lists that are read on.
    """
    if correction not in CORRECTIONS:
        raise ValueError(f"correction={correction!r}: take one of {', '.join(CORRECTIONS)}.")
    p_values = np.asarray(p_values, dtype=float)
    found = np.full(p_values.shape, np.nan)
    known = np.flatnonzero(~np.isnan(p_values))
    if not len(known):
        return found
    p = p_values[known]
    if correction == "benjamini-hochberg":
        found[known] = false_discovery_control(p)
    else:
        order = np.argsort(p, kind="stable")
        steps = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
        found[known[order]] = np.minimum(steps, 1)
    return found
