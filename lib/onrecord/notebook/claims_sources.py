"""Sentences of the charts on sources: who is quoted, and who stays unnamed.

Each function has the table that is drawn as its first argument.
"""

from __future__ import annotations

import pandas as pd

from onrecord.analysis import Analysis
from onrecord.notebook.findings import (
    LEAST_UNITS,
    NAME_DATES,
    Finding,
    counted,
    figure_in_words,
    leader,
    one_row,
    range_of_counts,
    share_finding,
    unanswered,
)


def most_quoted(top: pd.DataFrame, *, analysis: Analysis) -> Finding:
    """The speaker of `top` with most attributions."""
    if top.empty:
        return unanswered("named sources")
    column = "n_attributions"
    sources = analysis.sources[analysis.sources["name"].isin(top["name"])]
    per_article = sources.pivot_table(
        index="doc_id", columns="name", values="n_statements", aggfunc="sum", fill_value=0
    )
    per_article = per_article.reindex(analysis.documents["doc_id"], fill_value=0)
    first = leader(per_article)
    n = counted(len(analysis.documents), "articles")
    times = counted(int(top[column].max()), "times")
    if len(top) == 1:
        return Finding(f"{top['name'].iloc[0]} is the one named source, quoted {times}", n)
    if first is not None:
        return Finding(f"{first} is quoted most often: {times}", n)
    return Finding(
        f"No speaker stands out: those drawn are quoted {range_of_counts(top[column], 'times')}", n
    )


def most_words(top: pd.DataFrame, *, speakers: pd.DataFrame) -> Finding:
    """The share of quoted words that the speakers of `top` have, of all `speakers`."""
    column = "n_words_quoted"
    total = int(speakers[column].sum()) if len(speakers) else 0
    if not total:
        return unanswered("quoted words of named speakers")
    n = counted(total, "quoted words")
    if len(top) == len(speakers):
        has = "has" if len(speakers) == 1 else "have"
        names = counted(len(speakers), "named speakers")
        return Finding(f"{names} {has} {n.replace('quoted words', 'words within quotation marks')}", n)
    share = figure_in_words(int(top[column].sum()) / total, "share_")
    who = f"The {len(top)} most quoted of {len(speakers):,} named speakers have"
    return Finding(f"{who} {share} of the words quoted from named speakers", n)


def sources_by_form(table: pd.DataFrame) -> Finding:
    """The share of sources that are persons or groups."""
    people = int(table[table.columns.intersection(["person", "group"])].to_numpy().sum())
    return share_finding(people, int(table.to_numpy().sum()), "sources", "persons or groups")


def unnamed_overall(overall: pd.DataFrame) -> Finding:
    """The share of unnamed sources by the three definitions."""
    rows = overall.set_index("definition").loc[["strict", "standard", "broad"]]
    n = int(rows["n_sources"].iloc[0])
    if not n:
        return unanswered("sources of statements")
    low, high = (one_row(overall, "definition", "standard")[name] for name in ("low", "high"))
    total = f"{counted(n, 'sources')} in {counted(int(rows['n_articles'].iloc[0]), 'articles')}"
    if n < LEAST_UNITS:
        hits = [f"{int(one):,}" for one in rows["n_hits"]]
        what = f"of {counted(n, 'sources')}"
    else:
        hits = [figure_in_words(one, "share_") for one in rows["share_of_sources"]]
        what = "of the sources"
    if len(set(hits)) == 1:
        is_ = "is" if hits[0] == "1" else "are"
        return Finding(f"By each definition {hits[0]} {what} {is_} unnamed", total, low, high)
    strict, standard, broad = hits
    title = f"Depending on the definition, {strict}, {standard} or {broad} {what} are unnamed"
    return Finding(title, total, low, high)


def opening_flag(flags: pd.DataFrame) -> Finding:
    """The share of articles whose first source is unnamed."""
    row = one_row(flags, "flag", "is_anonymous_lead")
    n = int(row["n_articles"])
    return share_finding(int(row["n_hits"]), n, "articles", "with an unnamed source", ("opens", "open"))


def markers(often: pd.DataFrame, *, n_sources: int, n_wordings: int) -> Finding:
    """The number of sources with a marker of anonymity, and of its wordings."""
    if not n_sources:
        return unanswered("markers of anonymity", "They are phrases such as “on condition of anonymity”.")
    has = "has" if n_sources == 1 else "have"
    words = f"{counted(n_sources, 'sources')} {has} a marker, in {counted(n_wordings, 'wordings')}"
    if often.empty:
        return Finding(f"{words}. None of them occurs twice, so that there is no chart.", is_answered=False)
    return Finding(words, counted(n_sources, "sources"))


def reason_classes(classes: pd.DataFrame, *, n_unnamed: int) -> Finding:
    """The share of unnamed sources without a reason."""
    if not n_unnamed:
        return unanswered("unnamed sources")
    n_given = int(classes["n_sources"].sum())
    found = share_finding(n_unnamed - n_given, n_unnamed, "unnamed sources", "left without a reason")
    if n_given:
        return found
    return found._replace(title=f"Not drawn: {found.title[0].lower()}{found.title[1:]}.", is_answered=False)


def relayed_from(grid: pd.DataFrame, *, relayed: pd.DataFrame) -> Finding:
    """The outlet to which most of the sources `relayed` had spoken."""
    total = int(grid.to_numpy().sum())
    if not total:
        return unanswered("unnamed sources that spoke to another outlet")
    n = counted(total, "relayed sources")
    sums = grid.sum()
    if len(sums) == 1:
        who = f"All {total:,} relayed sources" if total > 1 else "The one relayed source"
        return Finding(f"{who} had spoken to {sums.index[0]}", n)
    first = leader(pd.crosstab(relayed["doc_id"], relayed["relay_outlet"]))
    if first is not None:
        return Finding(f"{int(sums.max()):,} of {total:,} relayed sources had spoken to {first}", n)
    words = f"{counted(total, 'unnamed sources')} had spoken to {len(sums):,} other outlets; none stands out"
    return Finding(words, n)


def disclosures(silent: pd.DataFrame) -> Finding:
    """The number of articles that say that somebody did not answer."""
    row = one_row(silent, "kind", "any")
    hits, n = int(row["n_hits"]), int(row["n_articles"])
    if not hits:
        none = f"none of {n:,} articles says" if n > 1 else "the one article does not say"
        title = f"Not drawn: {none} that somebody did not answer."
        return Finding(title, counted(n, "articles"), is_answered=False)
    say = "says" if hits == 1 else "say"
    title = f"{hits:,} of {counted(n, 'articles')} {say} that somebody did not answer"
    return Finding(title, counted(n, "articles"), float(row["low"]), float(row["high"]))


def unnamed_by_week(grid: pd.DataFrame) -> Finding:
    """The number of unnamed sources over the weeks, and in the week with most."""
    total, per_week = int(grid.to_numpy(na_value=0).sum()) if grid.size else 0, grid.sum(axis=1)
    if not total:
        return unanswered("unnamed sources with a date", NAME_DATES)
    per_week = per_week[per_week > 0]
    sources, weeks = counted(total, "unnamed sources"), counted(len(per_week), "weeks")
    if len(per_week) == 1:
        return Finding(f"{sources} in {weeks}", sources)
    return Finding(f"{sources} in {weeks}, at most {int(per_week.max()):,} in one week", sources)
