"""Disclosures.

Notes of an article that somebody did not answer or something was not verified.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from onrecord.measures.countable import ArticleCounts, Countable
from onrecord.measures.in_memory import all_acts
from onrecord.measures.units import groups_of, table_of_shares
from onrecord.tables import require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

DISCLOSURE_KINDS = ("declined", "no_response", "unreachable", "unverified")


def count_disclosures(analysis: Analysis | Countable, *, by: str | None = None) -> pd.DataFrame:
    """Disclosures, and the share of articles that have one.

    One row per group and kind.

    Columns: `by` (if given), kind (any, then each kind), n_hits (articles with one), n_articles,
    share_of_articles (0 to 1), low, high (95%, Wilson's), n_disclosures.

    >>> onrecord.count_disclosures(analysis)[["kind", "n_hits"]].values.tolist()[0]
    ['any', 1]
    """
    _check(analysis)
    found = all_acts(analysis).count_values("disclosures", ["kind"])
    ids = analysis.documents["doc_id"].to_numpy()
    each = found.pivot(index="doc_id", columns="kind", values="n_units").fillna(0).astype("int64")
    each = each.reindex(index=ids, columns=list(DISCLOSURE_KINDS), fill_value=0)
    each.insert(0, "any", each.sum(axis=1))
    counts = ArticleCounts((each > 0).astype(float), pd.Series(1.0, each.index))
    shares = table_of_shares(analysis.documents, counts, by=by, label="kind", of="articles")
    groups = pd.Series("all", each.index) if by is None else groups_of(analysis.documents, by)
    sums = each.groupby(groups.to_numpy(), dropna=False, sort=True).sum().to_numpy().ravel()
    return shares.assign(n_disclosures=sums.astype("int64"))


def _check(analysis: Analysis | Countable) -> None:
    if isinstance(analysis, Countable):
        return
    if not hasattr(analysis, "disclosures"):
        raise ValueError(
            f"analysis must be an analysis, not {type(analysis).__name__}. "
            "Make one with analysis = onrecord.analyse(documents)."
        )
    require(analysis.disclosures, ["doc_id", "kind", "end"], table="disclosures")
