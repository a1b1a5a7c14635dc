"""Disclosures.

Notes of an article that somebody did not answer or something was not verified.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from onrecord.choices import require_choice
from onrecord.measures.countable import ArticleCounts
from onrecord.measures.units import groups_of, table_of_shares
from onrecord.tables import require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

DISCLOSURE_KINDS = ("declined", "no_response", "unreachable", "unverified")


def find_disclosures(analysis: Analysis, *, kind: str | None = None) -> pd.DataFrame:
    """Notes that somebody did not answer, with their sentence and article.

    One row per disclosure.

    `kind` is declined ("declined to comment"), no_response ("did not respond to questions"),
    unreachable ("could not be reached"), unverified ("could not be independently verified"), or None
    for all. Columns: doc_id, disclosure_id, outlet, published, headline, kind, who (as written, NA
    where the article does not say), source_id (NA where that is not a source of the article),
    is_own_request (whether the article's outlet had asked; NA where another outlet is named and the
    own one is unknown), start, end, text, sentence.

    Raises ValueError for an unknown kind.

    >>> onrecord.find_disclosures(analysis)[["kind", "who"]].values.tolist()
    [['no_response', 'The harbour master']]
    """
    _check(analysis)
    if kind is not None:
        require_choice("kind", kind, DISCLOSURE_KINDS)
    found = analysis.disclosures
    if kind is not None:
        found = found[found["kind"] == kind]
    about = analysis.documents[["doc_id", "outlet", "published", "headline"]]
    found = found.merge(about, on="doc_id", how="left", validate="m:1")
    texts = dict(zip(analysis.documents["doc_id"], analysis.documents["text"], strict=True))
    sentences = analysis.sentences[analysis.sentences["doc_id"].isin(found["doc_id"])]
    starts = {doc: part["start"].to_numpy(int) for doc, part in sentences.groupby("doc_id")}
    ends = {doc: part["end"].to_numpy(int) for doc, part in sentences.groupby("doc_id")}
    lines = []
    for doc, end in zip(found["doc_id"], found["end"], strict=True):
        at = max(int(starts[doc].searchsorted(end - 1, "right")) - 1, 0)
        lines.append(texts[doc][starts[doc][at] : ends[doc][at]])
    found = found.assign(sentence=pd.array(lines, dtype="string"))
    first = ["doc_id", "disclosure_id", "outlet", "published", "headline"]
    return found[first + [name for name in found.columns if name not in first]]


def count_disclosures(analysis: Analysis, *, by: str | None = None) -> pd.DataFrame:
    """Disclosures, and the share of articles that have one.

    One row per group and kind.

    Columns: `by` (if given), kind (any, then each kind), n_hits (articles with one), n_articles,
    share_of_articles (0 to 1), low, high (95%, Wilson's), n_disclosures.

    >>> onrecord.count_disclosures(analysis)[["kind", "n_hits"]].values.tolist()[0]
    ['any', 1]
    """
    _check(analysis)
    found = analysis.disclosures
    ids = analysis.documents["doc_id"].to_numpy()
    each = pd.crosstab(found["doc_id"].to_numpy(), found["kind"].to_numpy())
    each = each.reindex(index=ids, columns=list(DISCLOSURE_KINDS), fill_value=0)
    each.insert(0, "any", each.sum(axis=1))
    counts = ArticleCounts((each > 0).astype(float), pd.Series(1.0, each.index))
    shares = table_of_shares(analysis.documents, counts, by=by, label="kind", of="articles")
    groups = pd.Series("all", each.index) if by is None else groups_of(analysis.documents, by)
    sums = each.groupby(groups.to_numpy(), dropna=False, sort=True).sum().to_numpy().ravel()
    return shares.assign(n_disclosures=sums.astype("int64"))


def _check(analysis: Analysis) -> None:
    if not hasattr(analysis, "disclosures"):
        raise ValueError(
            f"analysis must be an analysis, not {type(analysis).__name__}. "
            "Make one with analysis = onrecord.analyse(documents)."
        )
    require(analysis.disclosures, ["doc_id", "kind", "end"], table="disclosures")
