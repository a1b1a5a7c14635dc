"""Where in each article the attributions stand: the table behind the barcode chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from onrecord.measures.units import is_unnamed, units_of

if TYPE_CHECKING:
    from onrecord.analysis import Analysis


def find_places(analysis: Analysis) -> pd.DataFrame:
    """Return one row an attribution: where in its article it begins, and whether its source is unnamed.

    Columns: doc_id, attribution_id, outlet, headline, place (0 the first character of the text, 1 its
    end), is_unnamed (standard definition; False without a known source).
    """
    content = analysis.spans[analysis.spans["role"] == "content"]
    first = content.groupby(["doc_id", "attribution_id"], as_index=False)["start"].min()
    said = units_of(analysis, "attributions")
    said = said[["doc_id", "attribution_id"]].assign(
        is_unnamed=is_unnamed(said).astype("boolean").fillna(False)
    )
    about = analysis.documents[["doc_id", "outlet", "headline"]]
    about = about.assign(length=analysis.documents["text"].str.len())
    table = said.merge(first, on=["doc_id", "attribution_id"], how="left", validate="1:1")
    table = table.merge(about, on="doc_id", how="left", validate="m:1")
    table["place"] = (table["start"] / table["length"]).astype("Float64")
    return table[["doc_id", "attribution_id", "outlet", "headline", "place", "is_unnamed"]]
