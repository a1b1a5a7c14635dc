"""The tab Quotations: attributions, how they are quoted and who is quoted."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from onrecord.charts.bars import plot_counts, plot_parts, plot_shares
from onrecord.measures.acts import MIN_PROBABILITY
from onrecord.measures.counts import count_speakers
from onrecord.measures.shares import share_each
from onrecord.notebook.filters import add_context_columns
from onrecord.workbench.questions import Drawn, Question, Row, has
from onrecord.workbench.state import View
from onrecord.workbench.table import Columns

_MOST = 12  # speakers drawn

COLUMNS = Columns(
    shown={"who": "Source", "text": "What was said", "outlet": "Outlet"},
    below={
        "who": {"naming": "Naming", "sector": "Sector"},
        "text": {"form": "Form", "cue": "Cue"},
        "outlet": {"published": "Day"},
    },
    searched=("who", "name", "text", "cue", "headline"),
    filters={"outlet": "Outlet", "naming": "Naming", "sector": "Sector", "form": "Form", "act": "Act"},
    start={"act": "statement"},
    wide="text",
)


def rows(view: View) -> pd.DataFrame:
    """Attributions of probability .5 and above. One row per attribution."""
    analysis = view.articles.analysis
    table = add_context_columns(analysis)
    is_sure = table["probability"].isna() | (table["probability"] >= MIN_PROBABILITY)
    about = [
        name for name in ("sector", "gender", "title", "affiliation") if name in analysis.sources.columns
    ]
    sources = analysis.sources[["doc_id", "source_id", *about]]
    table = table[is_sure].merge(sources, on=["doc_id", "source_id"], how="left", validate="m:1")
    return table.assign(who=table["description"].fillna(table["speaker"]))


def _forms(view: View) -> Drawn:
    return Drawn(share_each(view.articles.compared, "form", by="outlet"))


def _namings(view: View) -> Drawn:
    return Drawn(share_each(view.articles.compared, "naming", by="outlet"))


def _sectors(view: View) -> Drawn:
    return Drawn(share_each(view.articles.analysis, "sector", of="statements", known_only=True))


def _stances(view: View) -> Drawn:
    return Drawn(share_each(view.articles.compared, "cue_stance", by="outlet"))


def _speakers(view: View) -> Drawn:
    analysis = view.articles.analysis
    speakers = count_speakers(analysis).sort_values("n_attributions", ascending=False, kind="stable")
    subtitle = (
        f"Statements of each named person or organisation in {len(analysis.documents):,} articles, "
        f"the {_MOST} highest"
    )
    return Drawn(speakers.head(_MOST), {"subtitle": subtitle}, {"analysis": analysis}, saved=speakers)


def _is_statement(rows: pd.DataFrame) -> pd.Series:
    return (rows["act"].isna() | rows["act"].eq("statement")).astype(bool)


def _where(*columns: str) -> Callable[[pd.DataFrame, Row], pd.Series]:
    return lambda rows, row: has(rows, row, *columns) & _is_statement(rows)


QUESTIONS = (
    Question("00-most-quoted", "Who is quoted most often?", _speakers, plot_counts, _where("name")),
    Question(
        "02-forms-by-outlet", "Word for word, or paraphrased?", _forms, plot_parts, _where("outlet", "form")
    ),
    Question("02-naming-by-outlet", "From whom?", _namings, plot_parts, _where("outlet", "naming")),
    Question("10-sectors", "From which sector?", _sectors, plot_shares, _where("sector")),
    Question(
        "02-stance-by-outlet",
        "With which reporting verbs?",
        _stances,
        plot_parts,
        _where("outlet", "cue_stance"),
    ),
)
