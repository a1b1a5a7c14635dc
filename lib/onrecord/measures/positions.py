"""Where in each article the attributions occur.

The table behind the barcode chart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from onrecord.measures.units import is_unnamed, units_of

if TYPE_CHECKING:
    from onrecord.analysis import Analysis


def find_positions(analysis: Analysis) -> pd.DataFrame:
    """Position of each attribution in its article. One row per attribution.

    Columns: doc_id, attribution_id, outlet, headline, position (of the first character of its content:
    0 the start of the text, 1 its end), is_unnamed (the source is unnamed by the standard definition;
    False without a known source).

    >>> positions = onrecord.find_positions(analysis)
    >>> bool(positions["position"].between(0, 1).all())
    True
    """
    content = analysis.spans[analysis.spans["role"] == "content"]
    first = content.groupby(["doc_id", "attribution_id"], as_index=False)["start"].min()
    units = units_of(analysis, "attributions")
    unnamed = is_unnamed(units).astype("boolean").fillna(False)
    table = units[["doc_id", "attribution_id"]].assign(is_unnamed=unnamed)
    about = analysis.documents[["doc_id", "outlet", "headline"]]
    about = about.assign(length=analysis.documents["text"].str.len())
    table = table.merge(first, on=["doc_id", "attribution_id"], how="left", validate="1:1")
    table = table.merge(about, on="doc_id", how="left", validate="m:1")
    table["position"] = (table["start"] / table["length"]).astype("Float64")
    return table[["doc_id", "attribution_id", "outlet", "headline", "position", "is_unnamed"]]
