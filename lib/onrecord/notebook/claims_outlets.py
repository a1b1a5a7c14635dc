"""Sentences of the charts on the corpus and on differences between outlets.

Each function has the table that is drawn as its first argument.
"""

from __future__ import annotations

import pandas as pd

from onrecord.measures.intervals import difference_interval
from onrecord.notebook.findings import (
    LEAST_UNITS,
    LEVEL,
    NAME_DATES,
    NAME_OUTLETS,
    NOT_STATED,
    THE_CORPUS,
    Finding,
    counted,
    enough,
    figure_in_words,
    joined,
    named,
    needs,
    range_of,
    range_of_counts,
    rows_where,
    share_finding,
    unanswered,
)


def formats(table: pd.DataFrame) -> Finding:
    """The number of articles and of formats."""
    n = int(table["n_found"].sum()) if len(table) else 0
    if not n:
        return needs("no article was read. The table above says of each file why, and what to do.")
    words = f"{counted(n, 'articles')} in {counted(len(table), 'formats')}"
    if len(table) > 1:
        first = table.iloc[0]
        words += f": {int(first['n_found']):,} of them in {first['file_format']}"
    return Finding(words, counted(n, "articles"))


def boilerplate(kinds: pd.DataFrame, *, n_articles: int) -> Finding:
    """The number of lines of boilerplate."""
    if kinds.empty:
        return unanswered("lines of boilerplate", "This is not a fault.")
    n = int(kinds["n_lines"].sum())
    is_ = "is" if n == 1 else "are"
    words = f"{counted(n, 'lines')} in {counted(n_articles, 'articles')} {is_} boilerplate"
    return Finding(words, counted(n, "lines"))


def left_out(table: pd.DataFrame, *, steps: pd.DataFrame) -> Finding:
    """The number of articles that remain."""
    if steps.empty:
        return needs("no reason for an exclusion was named.")
    before, after = int(steps["n_before"].iloc[0]), int(steps["n_after"].iloc[-1])
    if not before:
        return needs("no article was read. The table above says of each file why, and what to do.")
    if before == after:
        title = f"Not drawn: nothing was left out of {counted(before, 'articles')}."
        return Finding(title, counted(before, "articles"), is_answered=False)
    remain = "remains" if after == 1 else "remain"
    return Finding(f"{after:,} of {counted(before, 'articles')} {remain}", counted(before, "articles"))


def articles_by_month(counts: pd.DataFrame) -> Finding:
    """The number of articles and of months."""
    dated = counts[counts["month"].notna()]
    n = int(dated["n_articles"].sum())
    if not n:
        return unanswered("articles with a date", NAME_DATES)
    months = dated["month"].nunique()
    over = "in one month" if months == 1 else f"over {months} months"
    return Finding(f"{counted(n, 'articles')} {over}", counted(n, "articles"))


def differences(pairs: pd.DataFrame) -> Finding:
    """The number of pairs of outlets whose difference is beyond chance."""
    known = pairs[pairs["p_adjusted"].notna()]
    n, n_beyond = len(known), int((known["p_adjusted"] < LEVEL).sum())
    if not n:
        return needs(f"a comparison needs two outlets with sources in five articles each. {NAME_OUTLETS}")
    if n == 1:
        a, b = known[["group_a", "group_b"]].iloc[0]
        is_ = "is" if n_beyond else "is not"
        return Finding(f"The difference between {a} and {b} in unnamed sources {is_} beyond chance", "1 pair")
    if not n_beyond:
        return Finding(f"None of {n} differences in unnamed sources is beyond chance", counted(n, "pairs"))
    is_ = "is" if n_beyond == 1 else "are"
    return Finding(
        f"{n_beyond} of {n} differences in unnamed sources {is_} beyond chance", counted(n, "pairs")
    )


def positions(table: pd.DataFrame, *, outlet: str) -> Finding:
    """The share of early attributions whose source is unnamed."""
    early = table[(table["position"] < 0.25).fillna(False).astype(bool)]
    if early.empty:
        return unanswered("attributions in the first quarter of an article")
    n_hits, n = int(early["is_unnamed"].sum()), len(early)
    whose = "these articles" if outlet == NOT_STATED else f"the articles of {outlet}"
    of = f"in the first quarter of {whose}"
    found = share_finding(n_hits, n, "attributions", f"from unnamed sources {of}")
    return found


def _diversity(diversity: pd.DataFrame) -> pd.DataFrame:
    diversity = named(diversity)
    is_enough = (diversity["n_attributions"] >= LEAST_UNITS) & diversity["shannon_low"].notna()
    return diversity[is_enough & diversity["outlet"].ne(NOT_STATED)]


def _capital(words: str) -> str:
    return words[0].upper() + words[1:] if words.startswith(THE_CORPUS) else words


def rarefaction(curves: pd.DataFrame, *, diversity: pd.DataFrame) -> Finding:
    """The number of different speakers of the outlets."""
    rows = _diversity(diversity)
    n = counted(int(diversity["n_attributions"].sum()), "attributions")
    if curves.empty or not diversity["n_attributions"].sum():
        return unanswered("named sources")
    if rows.empty:
        return Finding(
            "Too few attributions to named sources to compare outlets: 20 in 5 articles are needed", n
        )
    speakers = range_of_counts(rows["n_speakers"], "different speakers")
    said = range_of_counts(rows["n_attributions"], "attributions")
    if len(rows) == 1:
        return Finding(_capital(f"{rows['outlet'].iloc[0]} quotes {speakers} in {said}"), n)
    return Finding(f"The outlets quote {speakers} in {said}", n)


def permutation(null: pd.DataFrame, *, pair: pd.DataFrame) -> Finding:
    """How often chance alone gives the difference of a pair of outlets."""
    if pair.empty or null.empty:
        return needs(f"the test needs two outlets with named sources in five articles each. {NAME_OUTLETS}")
    a, b = pair[["group_a", "group_b"]].iloc[0]
    p, n = float(pair["p_value"].iloc[0]), len(null)
    often = f"in {p:.1%} of" if p > 1.5 / n else "in none of"
    between = f"between {a} and {b}"
    return Finding(
        f"Chance alone gives the difference {between} {often} the permutations", counted(n, "permutations")
    )


def top_five(lorenz: pd.DataFrame, *, diversity: pd.DataFrame) -> Finding:
    """The share of the five most quoted speakers of an outlet."""
    if lorenz.empty or not diversity["n_attributions"].sum():
        return unanswered("named sources")
    rows = _diversity(diversity)
    rows = rows[rows["n_speakers"] > 5]
    n = counted(int(diversity["n_attributions"].sum()), "attributions")
    if rows.empty:
        return Finding("Too few named sources to compare outlets: more than five are needed", n)
    shares = range_of(rows["share_top_five"], "share_")
    who = f"in {rows['outlet'].iloc[0]}" if len(rows) == 1 else "in an outlet"
    low, high = (
        (float(rows["share_top_five_low"].iloc[0]), float(rows["share_top_five_high"].iloc[0]))
        if len(rows) == 1
        else (None, None)
    )
    return Finding(
        f"The five most quoted have {shares} of the statements of named sources {who}", n, low, high
    )


def quoted_together(pairs: pd.DataFrame) -> Finding:
    """The number of pairs of speakers who are quoted together."""
    if pairs.empty:
        return needs("no two speakers are quoted together in two articles or more.")
    n = "One pair of speakers" if len(pairs) == 1 else f"{len(pairs):,} pairs of speakers"
    is_ = "is" if len(pairs) == 1 else "are"
    times = range_of_counts(pairs["n_articles"], "articles")
    return Finding(f"{n} {is_} quoted together, in {times}", n)


def own_sources(own: pd.DataFrame, *, n_events: int) -> Finding:
    """The share of named sources that one outlet alone quotes."""
    n = int(own["n_sources"].sum()) if len(own) else 0
    if not n:
        return needs("it needs dates, and an event that two outlets report within three days.")
    hits = int(own["n_own"].sum())
    rest = f"quoted by one outlet alone, in {counted(n_events, 'events')}"
    return share_finding(hits, n, "named sources", rest)


def topic(shares: pd.DataFrame) -> Finding:
    """The shares of unnamed sources of two topics."""
    rows = enough(rows_where(shares, {"definition": "standard"}))
    if len(rows) < 2:
        return needs("a comparison needs 20 sources in five articles of each topic.")
    label = rows.columns[0]
    a, b = rows.iloc[0], rows.iloc[1]
    low, high, _ = difference_interval(
        *(tuple(r[c] for c in ("share_of_sources", "low", "high")) for r in (a, b))
    )
    figures = [f"{one[label].lower()} {figure_in_words(one['share_of_sources'], 'share_')}" for one in (a, b)]
    is_ = "differ" if low > 0 or high < 0 else "do not differ beyond chance"
    n = counted(int(rows["n_sources"].sum()), "sources")
    return Finding(f"The topics {is_} in unnamed sources: {joined(figures)}", n)
