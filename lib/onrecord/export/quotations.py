"""One table of who said what: the table that most users leave with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from onrecord.measures.acts import MIN_PROBABILITY, STATEMENTS, counted

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

_DOCUMENT = ["doc_id", "outlet", "published", "headline", "url"]
_SAID = ["attribution_id", "speaker", "form", "act", "cue", "text", "probability"]
_SOURCE = ["name", "title", "affiliation", "naming", "relay", "relay_outlet", "marker"]
QUOTATION_COLUMNS = [
    *("outlet", "published", "headline", "url", "speaker", "name", "title", "affiliation", "naming"),
    *("form", "act", "cue", "text", "relay", "relay_outlet", "marker", "probability"),
    *("doc_id", "attribution_id", "start", "end"),
]


def list_quotations(
    analysis: Analysis, *, acts: Iterable[str] | str = STATEMENTS, min_probability: float = MIN_PROBABILITY
) -> pd.DataFrame:
    """Quotations and paraphrased statements. One row per attribution that counts.

    `acts` and `min_probability` as in select_acts. Columns: outlet, published, headline, url, speaker
    (as written), name (across articles), title, affiliation, naming, form, act, cue, text, relay,
    relay_outlet, marker, probability, doc_id, attribution_id, and start and end of the content
    (Unicode code points of the article's text). NA where the article has none. save_table writes it for
    a spreadsheet.

    >>> table = onrecord.list_quotations(analysis)
    >>> len(table) == len(onrecord.select_acts(analysis).attributions)
    True
    """
    selected = counted(analysis, acts, min_probability)
    said = selected.attributions[[*_SAID, "doc_id", "source_id"]]
    content = analysis.spans[analysis.spans["role"] == "content"]
    keys = ["doc_id", "attribution_id"]
    places = content.groupby(keys, as_index=False).agg(start=("start", "min"), end=("end", "max"))
    about = [name for name in _SOURCE if name in selected.sources.columns]
    table = said.merge(places, on=keys, how="left", validate="1:1")
    table = table.merge(
        selected.sources[["doc_id", "source_id", *about]],
        on=["doc_id", "source_id"],
        how="left",
        validate="m:1",
    )
    table = table.merge(analysis.documents[_DOCUMENT], on="doc_id", how="left", validate="m:1")
    return table[[name for name in QUOTATION_COLUMNS if name in table.columns]]
