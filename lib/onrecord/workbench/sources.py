"""The tab Sources: who stays unnamed, in which words, and who gets to speak."""

from __future__ import annotations

import pandas as pd

from onrecord.charts.bars import plot_counts, plot_parts, plot_shares
from onrecord.charts.lines import plot_over_time
from onrecord.measures.acts import select_acts
from onrecord.measures.counts import find_unnamed
from onrecord.measures.shares import share_each, share_reasons, share_unnamed
from onrecord.measures.units import DEFINITIONS, NOT_A_SOURCE, PEOPLE, groups_of
from onrecord.workbench.questions import Drawn, Question, Row, has
from onrecord.workbench.state import View
from onrecord.workbench.table import Columns

_MOST = 15  # markers drawn

COLUMNS = Columns(
    shown={"description": "Source", "marker": "Marker", "n_statements": "Statements", "outlet": "Outlet"},
    below={
        "description": {"naming": "Naming", "sector": "Sector", "gender": "Gender"},
        "marker": {"reason": "Reason"},
        "outlet": {"published": "Day"},
    },
    searched=("description", "name", "title", "affiliation", "marker", "reason", "headline"),
    filters={
        "outlet": "Outlet",
        "naming": "Naming",
        "sector": "Sector",
        "gender": "Gender",
        "reason_class": "Reason",
    },
    start={},
    wide="",
)


def rows(view: View) -> pd.DataFrame:
    """Sources of statements. One row per source of one article."""
    analysis = view.articles.analysis
    selected = select_acts(analysis)
    sources = selected.sources[~selected.sources["form"].isin(NOT_A_SOURCE)]
    said = selected.attributions.drop_duplicates(["doc_id", "source_id"])
    sources = sources.merge(
        said[["doc_id", "source_id", "attribution_id"]],
        on=["doc_id", "source_id"],
        how="left",
        validate="1:1",
    )
    about = analysis.documents[["doc_id", "outlet", "published", "headline", "url"]]
    sources = sources.merge(about, on="doc_id", how="left", validate="m:1")
    return sources.assign(month=sources["doc_id"].map(groups_of(analysis.documents, "month")))


def _unnamed(rows: pd.DataFrame, definition: str = "standard") -> pd.Series:
    return rows["naming"].isin(DEFINITIONS[definition]) & rows["form"].isin(PEOPLE)


def _overall(view: View) -> Drawn:
    return Drawn(share_unnamed(view.articles.analysis))


def _by_outlet(view: View) -> Drawn:
    return Drawn(share_unnamed(view.articles.compared, by="outlet"))


def _by_month(view: View) -> Drawn:
    months = share_unnamed(view.articles.analysis, by="month")
    return Drawn(months[months["definition"] == "standard"])


def _markers(view: View) -> Drawn:
    sources = select_acts(view.articles.analysis).sources
    found = sources["marker"].str.lower().value_counts().reset_index(name="n_sources")
    often = found[found["n_sources"] > 1].head(_MOST)
    subtitle = "Sources by the words of their marker; those that occur once are in the saved table"
    facts = {"n_sources": int(found["n_sources"].sum()), "n_wordings": len(found)}
    return Drawn(often, {"subtitle": subtitle, "column": "n_sources"}, facts, saved=found)


def _reasons(view: View) -> Drawn:
    reasons = share_reasons(view.articles.compared, by="outlet")
    return Drawn(reasons[reasons["reason"] == "given"], saved=reasons)


def _classes(view: View) -> Drawn:
    unnamed = find_unnamed(view.articles.analysis)
    counts = unnamed["reason_class"].value_counts().drop("none", errors="ignore")
    options = {"subtitle": "Unnamed sources with a reason, by its class", "column": "n_sources"}
    return Drawn(counts.reset_index(name="n_sources"), options, {"n_unnamed": len(unnamed)})


def _levels(view: View) -> Drawn:
    levels = share_each(view.articles.compared, "description_level", of="unnamed_sources", by="outlet")
    return Drawn(levels, {"subtitle": "Share of unnamed sources by level of description"})


def _sectors(view: View) -> Drawn:
    sectors = share_each(view.articles.compared, "sector", of="statements", by="outlet")
    return Drawn(sectors, {"subtitle": "Share of statements by the sector of the source"})


def _genders(view: View) -> Drawn:
    return Drawn(share_each(view.articles.analysis, "gender", of="sources", known_only=True))


def _women(view: View) -> Drawn:
    rates = share_each(view.articles.compared, "gender", of="sources", by="outlet", known_only=True)
    women = rates[rates["gender"] == "woman"].drop(columns=["gender", "unknown_share"])
    return Drawn(women, saved=rates)


def _in_definition(rows: pd.DataFrame, row: Row) -> pd.Series:
    return has(rows, row, "outlet", "month") & _unnamed(rows, str(row.get("definition", "standard")))


def _with_marker(rows: pd.DataFrame, row: Row) -> pd.Series:
    return rows["marker"].str.lower().eq(row["marker"]).fillna(False).astype(bool)


def _with_reason(rows: pd.DataFrame, row: Row) -> pd.Series:
    return has(rows, row, "outlet") & _unnamed(rows) & rows["reason_class"].ne("none").fillna(False)


def _with_class(rows: pd.DataFrame, row: Row) -> pd.Series:
    return has(rows, row, "reason_class") & _unnamed(rows)


def _at_level(rows: pd.DataFrame, row: Row) -> pd.Series:
    return has(rows, row, "outlet", "description_level") & _unnamed(rows)


def _of_sector(rows: pd.DataFrame, row: Row) -> pd.Series:
    return has(rows, row, "outlet", "sector")


def _of_gender(rows: pd.DataFrame, row: Row) -> pd.Series:
    return has(rows, row, "gender")


def _of_women(rows: pd.DataFrame, row: Row) -> pd.Series:
    return has(rows, row, "outlet") & rows["gender"].eq("woman").fillna(False)


QUESTIONS = (
    Question(
        "03-unnamed-by-outlet", "Who stays unnamed, by outlet?", _by_outlet, plot_shares, _in_definition
    ),
    Question("03-unnamed-overall", "Who stays unnamed, in all?", _overall, plot_shares, _in_definition),
    Question(
        "00-unnamed-by-month",
        "Does that change over time?",
        _by_month,
        plot_over_time,
        _in_definition,
        needs="published",
    ),
    Question("03-markers", "In which words do they ask for it?", _markers, plot_counts, _with_marker),
    Question("03-reasons-by-outlet", "Is a reason given?", _reasons, plot_shares, _with_reason),
    Question("03-reason-classes", "Which reasons?", _classes, plot_counts, _with_class),
    Question("03-description-levels", "How much is said about them?", _levels, plot_parts, _at_level),
    Question("10-sectors-by-outlet", "From which sectors?", _sectors, plot_parts, _of_sector),
    Question("10-gender", "Women and men?", _genders, plot_shares, _of_gender),
    Question("10-women-by-outlet", "Women, by outlet?", _women, plot_shares, _of_women),
)
