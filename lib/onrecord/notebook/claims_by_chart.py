"""Sentences of single charts: tables and counts to findings.

Each function has the table that is drawn as its first argument, and the numbers of its sentence from it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from onrecord.analysis import Analysis
from onrecord.measures.intervals import difference_interval, wilson_interval
from onrecord.notebook.findings import (
    LEAST_UNITS,
    LEVEL,
    NOT_STATED,
    Finding,
    counted,
    enough,
    figure_in_words,
    joined,
    leader,
    needs,
    part_of,
    range_of,
    range_of_counts,
    rows_where,
    unanswered,
)

_MOST_WORDS = 3  # typical words in a title
_LEAST_WITH_WORD = 5  # articles of an outlet that contain a typical word
_ONE_EACH = "A comparison needs one outlet or more with {n} {unit} in five articles."


def _share(n_hits: int, n: int, unit: str, rest: str, verbs: tuple[str, str] = ("is", "are")) -> Finding:
    """Finding on a part of `n` units, with Wilson's interval where the units are articles."""
    if not n:
        return unanswered(unit)
    low, high = wilson_interval(n_hits, n) if unit == "articles" else (None, None)
    return Finding(f"{part_of(n_hits, n, unit, verbs)} {rest}", counted(n, unit), low, high)


# 00 and 02: who is quoted


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


# 01: tone


def middle_of_bins(bins: pd.DataFrame) -> Finding:
    """The share of scored sentences near the middle of the scale."""
    is_middle = bins["start"].ge(-0.2 - 1e-9) & bins["end"].le(0.2 + 1e-9)
    middle, n = int(bins.loc[is_middle, "n_texts"].sum()), int(bins["n_texts"].sum())
    return _share(middle, n, "scored sentences", "between −0.2 and 0.2, the middle of the scale")


def without_topic_words(paired: pd.DataFrame) -> Finding:
    """The number of outlets whose words are more negative without those of the subject."""
    rows = enough(paired)
    means = rows.pivot(index="outlet", columns="scored_by", values="mean_polarity").dropna()
    if not {"all words", "no topic words"} <= set(means.columns) or means.empty:
        return needs(
            "these articles have too few scored sentences. " + _ONE_EACH.format(n=10, unit="of them")
        )
    n_fell = int((means["no topic words"] < means["all words"]).sum())
    who = part_of(n_fell, len(means), "outlets", ("has", "have")) if len(means) > 1 else ""
    n = counted(int(rows["n_texts"].sum()), "scores")
    if not who:
        lower = "lower" if n_fell else "not lower"
        return Finding(f"Without the words of the subject the polarity of {means.index[0]} is {lower}", n)
    return Finding(f"{who} a lower polarity without the words of the subject", n)


def mentions_by_voice(by_who: pd.DataFrame) -> Finding:
    """The share of mentions that are in the narrator's words."""
    each = by_who.drop_duplicates("who")
    is_narrator = each["who"].str.endswith(", narrator")
    n_narrator, n = int(each.loc[is_narrator, "n_mentions"].sum()), int(each["n_mentions"].sum())
    return _share(n_narrator, n, "mentions", "in the outlets' own words")


def headlines(known: pd.DataFrame) -> Finding:
    """The number of headlines that are more negative than their articles."""
    n_lower = int((known["difference"] < 0).sum())
    return _share(n_lower, len(known), "scored headlines", "more negative than the text")


def tone_over_time(quarters: pd.DataFrame) -> Finding:
    """The number of outlets whose tone in the last quarter differs from that in the first."""
    rows = enough(quarters[quarters["quarter"].notna()])
    ends = rows.sort_values("quarter").groupby("outlet").agg(["first", "last"])
    ends = ends[ends["quarter"]["first"] != ends["quarter"]["last"]] if len(rows) else ends
    if ends.empty:
        return needs(
            "a change over time needs an outlet with ten scored sentences in five articles in each of two "
            "quarters."
        )
    first, last = (
        tuple(ends[name][when].to_numpy(dtype=float) for name in ("mean_polarity", "low", "high"))
        for when in ("first", "last")
    )
    low, high, _ = difference_interval(first, last)
    n_differ = int(((low > 0) | (high < 0)).sum())
    n = counted(int(rows["n_texts"].sum()), "scored sentences")
    if not n_differ:
        return Finding("No outlet sounds different in its last quarter than in its first", n)
    who = part_of(n_differ, len(ends), "outlets", ("sounds", "sound")) if len(ends) > 1 else ends.index[0]
    verb = "" if len(ends) > 1 else " sounds"
    return Finding(f"{who}{verb} different in the last quarter than in the first", n)


def person_and_score(table: pd.DataFrame) -> Finding:
    """The number of sentences on which a person and the score agree."""
    same, neutral, n = (
        int(table.to_numpy().trace()),
        int(table.loc["neutral"].sum()),
        int(table.to_numpy().sum()),
    )
    title = f"A person and the score agree on {same} of {n} sentences; coding all as neutral gives {neutral}"
    return Finding(title, counted(n, "sentences"))


# 03: unnamed sources


def sources_by_form(table: pd.DataFrame) -> Finding:
    """The share of sources that are persons or groups."""
    people = int(table[table.columns.intersection(["person", "group"])].to_numpy().sum())
    return _share(people, int(table.to_numpy().sum()), "sources", "persons or groups")


def unnamed_overall(overall: pd.DataFrame) -> Finding:
    """The share of unnamed sources by the three definitions."""
    rows = overall.set_index("definition").loc[["strict", "standard", "broad"]]
    n = int(rows["n_sources"].iloc[0])
    if not n:
        return unanswered("sources of statements")
    low, high = rows.loc["standard", ["low", "high"]]
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
    return Finding(f"By definition {strict}, {standard} or {broad} {what} are unnamed", total, low, high)


def opening_flag(flags: pd.DataFrame) -> Finding:
    """The share of articles whose first source is unnamed."""
    row = flags.set_index("flag").loc["is_anonymous_lead"]
    n = int(row["n_articles"])
    return _share(int(row["n_hits"]), n, "articles", "with an unnamed source", ("opens", "open"))


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
    found = _share(n_unnamed - n_given, n_unnamed, "unnamed sources", "left without a reason")
    return (
        found
        if n_given
        else found._replace(title=f"Not drawn: {found.title[0].lower()}{found.title[1:]}.", is_answered=False)
    )


def relayed_from(grid: pd.DataFrame, *, relayed: pd.DataFrame) -> Finding:
    """The outlet to which most of the sources `relayed` had spoken."""
    total = int(grid.to_numpy().sum())
    if not total:
        return unanswered("unnamed sources that spoke to another outlet")
    n = counted(total, "relayed sources")
    sums = grid.sum()
    if len(sums) == 1:
        return Finding(f"{part_of(total, total, 'relayed sources', ('is', 'are'))} from {sums.index[0]}", n)
    first = leader(pd.crosstab(relayed["doc_id"], relayed["relay_outlet"]))
    if first is not None:
        return Finding(f"{int(sums[first]):,} of {total:,} relayed sources had spoken to {first}", n)
    words = f"{counted(total, 'unnamed sources')} had spoken to {len(sums):,} other outlets; none stands out"
    return Finding(words, n)


def disclosures(silent: pd.DataFrame) -> Finding:
    """The number of articles that say that somebody did not answer."""
    row = silent.set_index("kind").loc["any"]
    hits, n = int(row["n_hits"]), int(row["n_articles"])
    if not hits:
        title = f"Not drawn: none of the {counted(n, 'articles')} says that somebody did not answer."
        return Finding(title, counted(n, "articles"), is_answered=False)
    say = "says" if hits == 1 else "say"
    title = f"{hits:,} of {counted(n, 'articles')} {say} that somebody did not answer"
    return Finding(title, counted(n, "articles"), float(row["low"]), float(row["high"]))


def unnamed_by_week(grid: pd.DataFrame) -> Finding:
    """The number of unnamed sources over the weeks, and in the week with most."""
    total, per_week = int(grid.to_numpy(na_value=0).sum()) if grid.size else 0, grid.sum(axis=1)
    if not total:
        return unanswered("unnamed sources with a date")
    sources, weeks = counted(total, "unnamed sources"), counted(len(per_week), "weeks")
    if len(per_week) == 1:
        return Finding(f"{sources} in {weeks}", sources)
    return Finding(f"{sources} in {weeks}, at most {int(per_week.max()):,} in one week", sources)


# 04: the corpus


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
        return unanswered("lines of boilerplate", "That is no fault.")
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


# 05: outlets compared


def articles_by_month(counts: pd.DataFrame) -> Finding:
    """The number of articles and of months."""
    dated = counts[counts["month"].notna()]
    n = int(dated["n_articles"].sum())
    if not n:
        return unanswered("articles with a date")
    months = dated["month"].nunique()
    over = "in one month" if months == 1 else f"over {months} months"
    return Finding(f"{counted(n, 'articles')} {over}", counted(n, "articles"))


def differences(pairs: pd.DataFrame) -> Finding:
    """The number of pairs of outlets whose difference is beyond chance."""
    known = pairs[pairs["p_adjusted"].notna()]
    n, n_beyond = len(known), int((known["p_adjusted"] < LEVEL).sum())
    if not n:
        return needs("a comparison needs two outlets with sources in five articles each.")
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
    found = _share(n_hits, n, "attributions", f"from unnamed sources {of}")
    return found


def _diversity(diversity: pd.DataFrame) -> pd.DataFrame:
    is_enough = (diversity["n_attributions"] >= LEAST_UNITS) & diversity["shannon_low"].notna()
    return diversity[is_enough & diversity["outlet"].ne(NOT_STATED)]


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
        return Finding(f"{rows['outlet'].iloc[0]} quotes {speakers} in {said}", n)
    return Finding(f"The outlets quote {speakers} in {said}", n)


def permutation(null: pd.DataFrame, *, pair: pd.DataFrame) -> Finding:
    """How often chance alone gives the difference of a pair of outlets."""
    if pair.empty or null.empty:
        return needs("the test needs two outlets with named sources in five articles each.")
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
        return needs("it needs an event that two outlets report within three days, with a named source.")
    hits = int(own["n_own"].sum())
    rest = f"quoted by one outlet alone, in {counted(n_events, 'events')}"
    return _share(hits, n, "named sources", rest)


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


# 06: wording


def typical_words(keyness: pd.DataFrame, *, outlet: str | None) -> Finding:
    """The words that are typical of an outlet beyond chance."""
    return _typical(keyness, outlet, "{outlet} uses {words} more than the other outlets")


def typical_own_words(keyness: pd.DataFrame, *, outlet: str | None) -> Finding:
    """The same of the narrator's words."""
    return _typical(keyness, outlet, "In its own words {outlet} uses {words} more than the other outlets")


def _typical(keyness: pd.DataFrame, outlet: str | None, words: str) -> Finding:
    if outlet is None or keyness.empty or not keyness["n_articles_b"].sum():
        return needs("key words need two outlets with words that several articles share.")
    is_typical = (
        (keyness["z"] > 0) & (keyness["p_adjusted"] < LEVEL) & (keyness["n_articles_a"] >= _LEAST_WITH_WORD)
    )
    found = [f"“{word}”" for word in keyness.loc[is_typical, "word"].head(_MOST_WORDS)]
    n = counted(len(keyness), "words")
    if not found:
        return Finding(f"No word is typical of {outlet} beyond chance", n)
    return Finding(words.format(outlet=outlet, words=joined(found)), n)


def labels(shares: pd.DataFrame, *, entity: str | None) -> Finding:
    """Which of the labels of an entity is used most."""
    if entity is None or shares.empty or not shares["n_hits"].sum():
        return unanswered(
            "mentions of people or things with several names",
            "Name some under [labels] in data/settings.toml.",
        )
    sums = shares.groupby("variant", sort=False)["n_hits"].sum().sort_values(ascending=False, kind="stable")
    total = int(sums.sum())
    n = counted(total, "mentions")
    if len(sums[sums > 0]) == 1 or total < LEAST_UNITS:
        used = counted(int((sums > 0).sum()), "names")
        return Finding(f"{entity} is mentioned {counted(total, 'times')}, under {used}", n)
    if sums.iloc[0] == sums.iloc[1]:
        return Finding(f"{entity} is mentioned {total:,} times; no name is used most", n)
    share = figure_in_words(sums.iloc[0] / total, "share_")
    return Finding(f"“{sums.index[0]}” is used in {share} of the mentions of {entity}", n)


# 08: accuracy on the annotated sample


def accuracy(scores: pd.DataFrame) -> Finding:
    """Recall and precision."""
    row = scores.set_index("measure")
    share = row["share_right"]
    title = f"{share['recall']:.0%} are found, {share['precision']:.0%} of those found are right"
    low, high = row.loc["recall", ["low", "high"]]
    return Finding(title, counted(int(row.loc["recall", "n_cases"]), "attributions"), low, high)


def accuracy_by_form(f1: pd.DataFrame) -> Finding:
    """F1 by form."""
    share = f1.set_index("form")["share_right"]
    title = f"F1 is {share['direct']:.0%} for direct quotations and {share['indirect']:.0%} for paraphrases"
    return Finding(title)


def accuracy_by_outlet(f1: pd.DataFrame) -> Finding:
    """F1 by outlet."""
    return Finding(f"F1 by outlet is {range_of(f1['share_right'], 'share_')}")


def recall_by_naming(recall: pd.DataFrame) -> Finding:
    """Recall of named and unnamed sources."""
    share = recall.set_index("naming")["share_right"]
    return Finding(f"Recall is {share['named']:.0%} for named and {share['unnamed']:.0%} for unnamed sources")


def naming_confused(table: pd.DataFrame) -> Finding:
    """The number of sources with the right naming."""
    shared = [name for name in table.index if name in table.columns]
    right = int(np.sum([table.loc[name, name] for name in shared]))
    n = int(table.to_numpy().sum())
    return Finding(f"{right} of {n} sources have the right naming", counted(n, "sources"))
