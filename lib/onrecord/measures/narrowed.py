"""An Analysis narrowed to first or last words, or to people who can be chosen."""

from __future__ import annotations

import re
from copy import copy
from typing import TYPE_CHECKING

import pandas as pd

from onrecord.measures.units import NOT_A_SOURCE

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

# The opening of an article: all up to its first line that is long enough for a paragraph. The same
# pattern is read by Python and by DuckDB.
OPENING = r"^(?:[^\n]{0,59}\n)*[^\n]*"
_LAST_WORD = re.compile(r"\S+$")


def narrowed(analysis: Analysis, *, turn: str | None = None, choosable: bool = False) -> Analysis:
    """`analysis` without the rows that Countable.narrow leaves out."""
    if choosable:
        analysis = _without(analysis, _named_at_the_top(analysis))
    if turn is None:
        return analysis
    forms = analysis.sources[["doc_id", "source_id", "form"]].rename(columns={"form": "source_form"})
    order = analysis.attributions.merge(forms, on=["doc_id", "source_id"], how="left", validate="m:1")
    order = order[order["source_form"].notna() & ~order["source_form"].isin(NOT_A_SOURCE)]
    order = order.sort_values(["doc_id", "attribution_id"], kind="stable")
    chosen = order.drop_duplicates("doc_id", keep="first" if turn == "first" else "last")
    return _of_attributions(analysis, chosen[["doc_id", "attribution_id", "source_id"]])


def _named_at_the_top(analysis: Analysis) -> pd.DataFrame:
    """Keys of the people whose last name is in the headline or first paragraph."""
    people = analysis.sources[(analysis.sources["form"] == "person") & analysis.sources["name"].notna()]
    documents = analysis.documents
    tops = {
        doc_id: f"{'' if pd.isna(headline) else headline}\n{_opening('' if pd.isna(text) else text)}"
        for doc_id, headline, text in zip(
            documents["doc_id"], documents["headline"], documents["text"], strict=True
        )
    }
    is_named = [
        names_person(tops.get(doc_id, ""), name)
        for doc_id, name in zip(people["doc_id"], people["name"], strict=True)
    ]
    return people.loc[is_named, ["doc_id", "source_id"]]


def _opening(text: str) -> str:
    match = re.match(OPENING, text.lstrip("\n"))
    return match[0] if match else ""


def names_person(top: str, name: str) -> bool:
    """Whether the last name of `name` is a word of `top`."""
    last = _LAST_WORD.search(name.strip())
    return last is not None and re.search(rf"(?<!\w){re.escape(last[0])}(?!\w)", top) is not None


def _without(analysis: Analysis, keys: pd.DataFrame) -> Analysis:
    left_out = pd.MultiIndex.from_frame(keys)
    kept = ~pd.MultiIndex.from_frame(analysis.attributions[["doc_id", "source_id"]]).isin(left_out)
    sources = ~pd.MultiIndex.from_frame(analysis.sources[["doc_id", "source_id"]]).isin(left_out)
    return _replaced(analysis, analysis.attributions[kept], analysis.sources[sources])


def _of_attributions(analysis: Analysis, chosen: pd.DataFrame) -> Analysis:
    keys, source_keys = ["doc_id", "attribution_id"], ["doc_id", "source_id"]
    kept = pd.MultiIndex.from_frame(analysis.attributions[keys]).isin(pd.MultiIndex.from_frame(chosen[keys]))
    sources = pd.MultiIndex.from_frame(analysis.sources[source_keys]).isin(
        pd.MultiIndex.from_frame(chosen[source_keys])
    )
    return _replaced(analysis, analysis.attributions[kept], analysis.sources[sources])


def _replaced(analysis: Analysis, attributions: pd.DataFrame, sources: pd.DataFrame) -> Analysis:
    selected = copy(analysis)
    for name, value in (("attributions", attributions), ("sources", sources)):
        object.__setattr__(selected, name, value)  # Analysis is frozen for its users
    return selected
