"""Sentences of the charts on tone, wording and accuracy.

Each function has the table that is drawn as its first argument.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from onrecord.measures.intervals import difference_interval
from onrecord.notebook.findings import (
    LEAST_UNITS,
    LEVEL,
    NAME_DATES,
    NAME_OUTLETS,
    Finding,
    counted,
    enough,
    figure_in_words,
    joined,
    named,
    needs,
    one_row,
    part_of,
    range_of,
    share_finding,
    unanswered,
)

_MOST_WORDS = 3  # typical words in a title
_LEAST_WITH_WORD = 5  # articles of an outlet that contain a typical word
_ONE_EACH = "A comparison needs one outlet or more with {n} {unit} in five articles."


def middle_of_bins(bins: pd.DataFrame) -> Finding:
    """The share of scored sentences near the middle of the scale."""
    is_middle = bins["start"].ge(-0.2 - 1e-9) & bins["end"].le(0.2 + 1e-9)
    middle, n = int(bins.loc[is_middle, "n_texts"].sum()), int(bins["n_texts"].sum())
    return share_finding(middle, n, "scored sentences", "between −0.2 and 0.2, the middle of the scale")


def without_topic_words(paired: pd.DataFrame) -> Finding:
    """The number of outlets that are more negative without the words of the subject."""
    rows = enough(named(paired))
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
    return share_finding(n_narrator, n, "mentions", "in the outlets' own words")


def headlines(known: pd.DataFrame) -> Finding:
    """The number of headlines that are more negative than their articles."""
    n_lower = int((known["difference"] < 0).sum())
    return share_finding(n_lower, len(known), "scored headlines", "more negative than the text")


def tone_over_time(quarters: pd.DataFrame) -> Finding:
    """The number of outlets whose tone differs between the first and last quarter."""
    rows = enough(quarters[quarters["quarter"].notna()])
    ends = rows.sort_values("quarter").groupby("outlet").agg(["first", "last"])
    ends = ends[ends["quarter"]["first"] != ends["quarter"]["last"]] if len(rows) else ends
    if ends.empty:
        return needs(
            "a change over time needs an outlet with ten scored sentences in five articles in each of two "
            f"quarters.{f' {NAME_DATES}' if quarters.empty else ''}"
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
        int(table.loc["neutral"].to_numpy().sum()),
        int(table.to_numpy().sum()),
    )
    title = f"A person and the score agree on {same} of {n} sentences; coding all as neutral gives {neutral}"
    return Finding(title, counted(n, "sentences"))


def typical_words(keyness: pd.DataFrame, *, outlet: str | None) -> Finding:
    """The words that are typical of an outlet beyond chance."""
    return _typical(keyness, outlet, "{outlet} uses {words} more than the other outlets compared")


def typical_own_words(keyness: pd.DataFrame, *, outlet: str | None) -> Finding:
    """The same of the narrator's words."""
    return _typical(
        keyness, outlet, "In its own words {outlet} uses {words} more than the other outlets compared"
    )


def _typical(keyness: pd.DataFrame, outlet: str | None, words: str) -> Finding:
    if outlet is None or keyness.empty or not keyness["n_articles_b"].sum():
        return needs(f"key words need two outlets with words that several articles share. {NAME_OUTLETS}")
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


def accuracy(scores: pd.DataFrame) -> Finding:
    """Recall and precision."""
    row = one_row(scores, "measure", "recall")
    share = scores.set_index("measure")["share_right"]
    title = f"{share['recall']:.0%} are found, {share['precision']:.0%} of those found are right"
    return Finding(title, counted(int(row["n_cases"]), "attributions"), row["low"], row["high"])


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
