"""Claims: the sentence for each chart of the notebooks, by the name of the chart.

A claim turns the table that is drawn into a finding, by the rules of `findings`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Final, NamedTuple

import pandas as pd

from onrecord.notebook import claims_outlets as outlets
from onrecord.notebook import claims_sources as sources
from onrecord.notebook import claims_speakers as speakers
from onrecord.notebook import claims_wording as wording
from onrecord.notebook.findings import Comparison, Finding


class Claim(NamedTuple):
    """How a chart is put into words, and what its figure rests on (see accuracy.csv)."""

    say: Callable[..., Finding]
    rests_on: str = ""
    is_key: bool = False  # among the findings that open the report


def _compare(
    most: str,
    none: str,
    one: str,
    *,
    where: Mapping[str, Hashable] | None = None,
    lowest: bool = False,
    groups: str = "outlets",
    rests_on: str = "",
    is_key: bool = False,
) -> Claim:
    comparison = Comparison(most, none, one, where or {}, lowest, groups)
    return Claim(comparison.say, rests_on, is_key)


def _heard(rest: str) -> Callable[..., Finding]:
    return lambda table: speakers.most_heard(table, rest=rest)


def _women(of_whom: str) -> Callable[..., Finding]:
    return lambda table: speakers.women(table, of_whom=of_whom)


_STANDARD = {"definition": "standard"}
_UNNAMED = _compare(
    "{group} leaves {figure} of its sources unnamed, more than the other outlets compared",
    "No outlet stands out in unnamed sources: {range}",
    "{figure} of the sources of {group} are unnamed",
    where=_STANDARD,
    rests_on="unnamed",
    is_key=True,
)
_TONE = _compare(
    "{group} has the most negative words: a mean polarity of {figure}",
    "No outlet stands out in the polarity of its words: {range}",
    "The words of {group} have a mean polarity of {figure}",
    lowest=True,
    rests_on="polarity",
)

CLAIMS: Final[Mapping[str, Claim]] = {
    "00-unnamed-by-outlet": _UNNAMED._replace(is_key=False),
    "00-most-quoted": Claim(sources.most_quoted, "speaker", is_key=True),
    "00-forms-by-outlet": _compare(
        "{group} paraphrases {figure} of its statements, more than the other outlets compared",
        "No outlet stands out in paraphrasing: {range} of the statements",
        "{group} paraphrases {figure} of its statements",
        where={"form": "indirect"},
        rests_on="form",
    ),
    "00-tone-by-outlet": _TONE,
    "00-unnamed-by-month": _compare(
        "The share of unnamed sources is highest in {group}: {figure}",
        "No month stands out in unnamed sources: {range}",
        "{figure} of the sources in {group} are unnamed",
        where=_STANDARD,
        groups="months",
        rests_on="unnamed",
    ),
    "01-tone-by-outlet": _TONE._replace(is_key=True),
    "01-spread-by-outlet": Claim(wording.middle_of_bins, "polarity"),
    "01-tone-without-topic-words": Claim(wording.without_topic_words, "polarity"),
    "01-tone-by-voice": _compare(
        "In the narrator's words {group} is most negative: {figure}",
        "No outlet stands out in the polarity of its own words: {range}",
        "The narrator's words of {group} have a mean polarity of {figure}",
        where={"voice": "narrator"},
        lowest=True,
        rests_on="polarity",
    ),
    "01-toward-whom": _compare(
        "The tone toward {group} is most often negative: {figure} of the mentions",
        "No name stands out in negative mentions: {range}",
        "The tone toward {group} is negative in {figure} of the mentions",
        where={"target_tone": "negative"},
        groups="names",
        rests_on="target_tone",
    ),
    "01-toward-first": _compare(
        "{group} is most often negative toward {target}: {figure} of the mentions",
        "No outlet stands out in negative mentions of {target}: {range}",
        "{group} is negative toward {target} in {figure} of the mentions",
        where={"target_tone": "negative"},
        rests_on="target_tone",
    ),
    "01-toward-whom-by-voice": Claim(wording.mentions_by_voice, "target_tone"),
    "01-arcs-by-outlet": _compare(
        "{group} has the most negative openings: {figure}",
        "No outlet stands out in the polarity of its openings: {range}",
        "The openings of {group} have a mean polarity of {figure}",
        where={"part": 1},
        lowest=True,
        rests_on="polarity",
    ),
    "01-headline-and-body": Claim(wording.headlines, "polarity"),
    "01-tone-over-time": Claim(wording.tone_over_time, "polarity"),
    "01-person-and-score": Claim(wording.person_and_score),
    "02-forms-by-outlet": _compare(
        "{group} quotes {figure} of its statements word for word, more than the other outlets compared",
        "No outlet stands out in direct quotation: {range} of the statements",
        "{group} quotes {figure} of its statements word for word",
        where={"form": "direct"},
        rests_on="form",
        is_key=True,
    ),
    "02-most-words": Claim(sources.most_words, "speaker"),
    "02-naming-by-outlet": _compare(
        "{group} has the largest share of statements from named people: {figure}",
        "No outlet stands out in statements from named people: {range}",
        "{figure} of the statements in {group} are from named people",
        where={"naming": "named"},
        rests_on="naming",
    ),
    "02-stance-by-outlet": _compare(
        "{group} uses neutral reporting verbs most: in {figure} of its statements",
        "No outlet stands out in neutral reporting verbs: {range} of the statements",
        "{group} uses neutral reporting verbs in {figure} of its statements",
        where={"cue_stance": "neutral"},
        rests_on="stance",
    ),
    "02-scare-quotes": _compare(
        "{group} uses scare quotes most often: {figure} per 1,000 words",
        "No outlet stands out in scare quotes: {range} per 1,000 words",
        "{group} uses {figure} scare quotes per 1,000 words",
        where={"kind": "scare"},
        rests_on="scare_quotes",
    ),
    "03-sources-by-form": Claim(sources.sources_by_form, "naming"),
    "03-unnamed-overall": Claim(sources.unnamed_overall, "unnamed", is_key=True),
    "03-unnamed-by-outlet": _UNNAMED,
    "03-unnamed-of-attributions": _compare(
        "{group} has the largest share of statements from unnamed sources: {figure}",
        "No outlet stands out in statements from unnamed sources: {range}",
        "{figure} of the statements in {group} are from unnamed sources",
        where=_STANDARD,
        rests_on="unnamed",
    ),
    "03-unnamed-of-words": _compare(
        "{group} has the largest share of quoted words from unnamed sources: {figure}",
        "No outlet stands out in quoted words of unnamed sources: {range}",
        "{figure} of the quoted words in {group} are from unnamed sources",
        where=_STANDARD,
        rests_on="unnamed",
    ),
    "03-articles-with-unnamed": _compare(
        "{group} has the largest share of articles with a source anonymous by request: {figure}",
        "No outlet stands out in articles with a source anonymous by request: {range}",
        "{figure} of the articles of {group} have a source anonymous by request",
        where={"definition": "strict"},
        rests_on="anonymous",
    ),
    "03-article-flags": Claim(sources.opening_flag, "unnamed"),
    "03-description-levels": _compare(
        "{group} gives most often how an unnamed source knows: {figure}",
        "No outlet stands out in how its unnamed sources know: {range} have a basis of knowledge",
        "{figure} of the unnamed sources of {group} have a basis of knowledge",
        where={"description_level": 3},
        rests_on="unnamed",
    ),
    "03-markers": Claim(sources.markers, "anonymous"),
    "03-reasons-by-outlet": _compare(
        "{group} gives a reason most often: for {figure} of its unnamed sources",
        "No outlet stands out in reasons: given for {range} of the unnamed sources",
        "{group} gives a reason for {figure} of its unnamed sources",
        where={"reason": "given"},
        rests_on="unnamed",
        is_key=True,
    ),
    "03-reason-classes": Claim(sources.reason_classes, "unnamed"),
    "03-relays-by-outlet": _compare(
        "{group} takes the largest share of its unnamed sources from other outlets: {figure}",
        "No outlet stands out in unnamed sources from other outlets: {range}",
        "{group} takes {figure} of its unnamed sources from other outlets",
        where={"relay": "other outlet"},
        rests_on="relay",
    ),
    "03-relayed-from": Claim(sources.relayed_from, "relay"),
    "03-disclosures": Claim(sources.disclosures, is_key=True),
    "03-unnamed-by-event": Claim(sources.unnamed_by_week, "unnamed"),
    "04-articles-by-format": Claim(outlets.formats),
    "04-boilerplate": Claim(outlets.boilerplate),
    "04-left-out": Claim(outlets.left_out, is_key=True),
    "05-articles-by-month": Claim(outlets.articles_by_month),
    "05-differences": Claim(outlets.differences, "unnamed", is_key=True),
    "05-flags": _compare(
        "{group} opens most often with an unnamed source: {figure} of its articles",
        "No outlet stands out in openings with an unnamed source: {range} of the articles",
        "{figure} of the articles of {group} open with an unnamed source",
        where={"flag": "is_anonymous_lead"},
        rests_on="unnamed",
    ),
    "05-positions": Claim(outlets.positions, "unnamed"),
    "05-rarefaction": Claim(outlets.rarefaction, "speaker"),
    "05-permutation": Claim(outlets.permutation, "speaker"),
    "05-lorenz": Claim(outlets.top_five, "speaker"),
    "05-quoted-together": Claim(outlets.quoted_together, "speaker"),
    "05-own-sources": Claim(outlets.own_sources, "speaker"),
    "05-topic": Claim(outlets.topic, "unnamed"),
    "06-stance-by-outlet": _compare(
        "{group} uses distancing verbs most: in {figure} of its statements",
        "No outlet stands out in distancing verbs: {range} of the statements",
        "{group} uses distancing verbs in {figure} of its statements",
        where={"cue_stance": "distancing"},
        rests_on="stance",
        is_key=True,
    ),
    "06-stance-by-naming": _compare(
        "Sources of the kind “{group}” get distancing verbs most often: {figure}",
        "No kind of source stands out in distancing verbs: {range}",
        "Sources of the kind “{group}” get distancing verbs in {figure} of their statements",
        where={"cue_stance": "distancing"},
        groups="kinds of source",
        rests_on="stance",
    ),
    "06-scare-quotes": _compare(
        "{group} uses scare quotes most often: {figure} per 1,000 words",
        "No outlet stands out in scare quotes: {range} per 1,000 words",
        "{group} uses {figure} scare quotes per 1,000 words",
        rests_on="scare_quotes",
    ),
    "06-keyness": Claim(wording.typical_words),
    "06-keyness-narrator": Claim(wording.typical_own_words),
    "06-labels": Claim(wording.labels),
    "06-wordings": _compare(
        "{group} leaves the actor out most often: {figure} times per 1,000 words",
        "No outlet stands out in leaving the actor out: {range} times per 1,000 words",
        "{group} leaves the actor out {figure} times per 1,000 words",
        rests_on="wordings",
    ),
    "07-unnamed-by-outlet": _UNNAMED._replace(is_key=False),
    "07-unnamed-by-quarter": _compare(
        "The share of unnamed sources is highest in {group}: {figure}",
        "No quarter stands out in unnamed sources: {range}",
        "{figure} of the sources in {group} are unnamed",
        where=_STANDARD,
        groups="quarters",
        rests_on="unnamed",
    ),
    "08-accuracy": Claim(wording.accuracy),
    "08-accuracy-by-form": Claim(wording.accuracy_by_form),
    "08-accuracy-by-outlet": Claim(wording.accuracy_by_outlet),
    "08-recall-by-naming": Claim(wording.recall_by_naming),
    "08-naming-mistaken": Claim(wording.naming_confused),
    "10-sectors": Claim(_heard("has the largest share of the statements"), "sector", is_key=True),
    "10-sectors-by-outlet": _compare(
        "{group} has the largest share of statements from government: {figure}",
        "No outlet stands out in statements from government: {range}",
        "{figure} of the statements in {group} are from government",
        where={"sector": "government"},
        rests_on="sector",
    ),
    "10-words-by-sector": Claim(_heard("has the largest share of the quoted words"), "sector"),
    "10-first-word": Claim(_heard("has the first word most often"), "sector"),
    "10-last-word": Claim(_heard("has the last word most often"), "sector"),
    "10-gender": Claim(_women("people"), "gender", is_key=True),
    "10-women-by-outlet": _compare(
        "{group} has the largest share of women among its sources: {figure} of those whose gender is known",
        "No outlet stands out in women among its sources: {range} of those whose gender is known",
        "Women are {figure} of the sources of {group} whose gender is known",
        rests_on="gender",
    ),
    "10-choosable": Claim(_women("people not named at the top"), "gender"),
    "10-experts-by-gender": Claim(_women("experts"), "gender"),
    "10-identified": _compare(
        "{group} has the largest share of articles with four identified sources: {figure}",
        "No outlet stands out in articles with four identified sources: {range}",
        "{figure} of the articles of {group} have four identified sources",
        rests_on="naming",
    ),
}


def finding_of(name: str, table: pd.DataFrame, facts: Mapping[str, object] | None = None) -> Finding:
    """The finding of the chart `name`, drawn from `table`.

    `facts` are further numbers and tables that its sentence needs. Raises ValueError for a name without a
    claim.
    """
    if name not in CLAIMS:
        raise ValueError(
            f"{name!r} is not the name of a chart of the notebooks. Give its title: "
            f'articles.draw(…, {name!r}, title="…").'
        )
    return CLAIMS[name].say(table, **(facts or {}))
