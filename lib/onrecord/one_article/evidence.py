"""What an analysis found in one article, as the page counts it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from onrecord.analysis import Analysis
from onrecord.framing.wordings import find_wordings
from onrecord.measures.acts import MIN_PROBABILITY, STATEMENTS, select_acts
from onrecord.measures.units import DEFINITIONS, PEOPLE
from onrecord.one_article.judgements import Key, known
from onrecord.one_article.own_voice import find_judging_words, find_own_tone
from onrecord.sources.cast import Cast
from onrecord.sources.relay import Relays
from onrecord.text.tokens import Article, read_article
from onrecord.voices import split_voices
from onrecord.wordlists import Lists, load_lists

# A source may speak in public once and in a statement another time; what was said to an outlet remains so.
_OF_STATEMENTS = ("statement", "social", "document")
UNTRACEABLE = ("unclear", "unidentified_document")
Record = dict[str, Any]  # a row of a table; missing values are None


@dataclass(frozen=True)
class Evidence:
    """Rows of the tables of one article, which the page counts.

    sources: those with a statement, by source_id, without those that a reader cannot find. statements: of
    these sources. untraced: attributions of any act without a source that a reader can find. disclosures.
    scare_quotes, hedges, judging_words and tone: what is in the article's own voice. spans: of statements
    and untraced. n_left_out: attributions that are neither.
    """

    document: Record
    text: str
    sources: dict[int, Record]
    statements: list[Record]
    untraced: list[Record]
    disclosures: list[Record]
    scare_quotes: list[Record]
    hedges: list[Record]
    judging_words: list[Record]
    tone: list[Record]
    spans: list[Record]
    n_left_out: int

    def statements_of(self, source_id: int) -> list[Record]:
        """Statements of one source."""
        return [row for row in self.statements if row["source_id"] == source_id]

    def unnamed(self) -> list[Record]:
        """People and groups without a name, those who asked for it first."""
        order = {naming: number for number, naming in enumerate(DEFINITIONS["broad"])}
        found = [row for row in self.sources.values() if is_unnamed(row)]
        return sorted(found, key=lambda row: order[row["naming"]])

    def identified(self) -> list[Record]:
        """Sources with a name, people first."""
        found = [row for row in self.sources.values() if not is_unnamed(row)]
        return sorted(found, key=lambda row: row["form"] not in PEOPLE)


def is_unnamed(source: Record) -> bool:
    """Whether a source is a person or group without a name, by the broad definition."""
    return source["naming"] in DEFINITIONS["broad"] and source["form"] in PEOPLE


def statement_key(attribution: Record) -> Key:
    """Key of the place of an attribution."""
    return "attribution", attribution["attribution_id"]


def evidence_of(analysis: Analysis, lists: Lists | None = None) -> Evidence:
    """The evidence of an analysis of exactly one article.

    Raises ValueError where it contains another number of articles.
    """
    if len(analysis.documents) != 1:
        raise ValueError(
            f"the analysis contains {len(analysis.documents):,} articles, and the page is about one. Analyse "
            "one row of documents."
        )
    # Without a source that can be found every act counts: "it is feared that" hides whose fear it is.
    sure = select_acts(analysis, acts="all", min_probability=MIN_PROBABILITY).attributions
    sources = {row["source_id"]: row for row in records(analysis.sources)}
    statements, untraced = [], []
    for row in records(sure):
        source = sources.get(row["source_id"])
        if source is None or _cannot_be_found(source):
            untraced.append(row)
        elif row["act"] in (*STATEMENTS, None) and source["form"] != "narrator":
            statements.append(row)
    numbers = {row["attribution_id"] for row in [*statements, *untraced]}
    spans = [row for row in records(analysis.spans) if row["attribution_id"] in numbers]
    speaking = {row["source_id"] for row in statements}
    is_sure = analysis.spans["attribution_id"].isin(sure["attribution_id"])
    voices = split_voices(replace(analysis, attributions=sure, spans=analysis.spans[is_sure]))
    own = voices[voices["voice"] == "narrator"]
    document = records(analysis.documents)[0]
    lists = lists or load_lists()
    article = read_article(document["text"] or "", lists=lists)
    _add_relays(article, statements, sources, spans, known(document["outlet"]) or None, lists)
    own_spans = list(zip(own["start"].tolist(), own["end"].tolist(), strict=True))
    return Evidence(
        document=document,
        text=document["text"] or "",
        sources={number: row for number, row in sources.items() if number in speaking},
        statements=statements,
        untraced=untraced,
        disclosures=records(analysis.disclosures),
        scare_quotes=_scare_quotes(analysis, own),
        hedges=_hedges(own, [row for row in untraced if row["cue"]], analysis.spans, lists),
        judging_words=find_judging_words(article, own_spans, lists),
        tone=find_own_tone(article, own_spans, lists),
        spans=spans,
        n_left_out=len(analysis.attributions) - len(numbers),
    )


def records(frame: pd.DataFrame) -> list[Record]:
    """The rows of `frame`; missing values are None, whole numbers int."""
    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def _add_relays(
    article: Article,
    statements: list[Record],
    sources: dict[int, Record],
    spans: list[Record],
    outlet: str | None,
    lists: Lists,
) -> None:
    """Add relay and relay_outlet to each statement: those of its source, or direct."""
    at = {(row["attribution_id"], row["role"]): (row["start"], row["end"]) for row in spans}
    relays = Relays(Cast(article, lists), outlet)
    for row in statements:
        source = sources[row["source_id"]]
        row["relay"], row["relay_outlet"] = source["relay"] or "direct", source["relay_outlet"]
        mention = at.get((row["attribution_id"], "source"))
        if row["relay"] in _OF_STATEMENTS and mention is not None:
            row["relay"], row["relay_outlet"] = relays.of(mention, at.get((row["attribution_id"], "cue")))
        if source["form"] == "media" and row["relay_outlet"] in (source["name"], source["description"]):
            row["relay"], row["relay_outlet"] = "direct", None  # the outlet itself


def _cannot_be_found(source: Record) -> bool:
    """Whether the article does not identify a source at all."""
    if source["form"] == "narrator":
        return False
    is_some_media = source["form"] == "media" and source["naming"] == "collective"
    return source["naming"] in UNTRACEABLE or source["form"] == "none" or is_some_media


def _scare_quotes(analysis: Analysis, own: pd.DataFrame) -> list[Record]:
    """Scare quotes within the spans of the article's own voice."""
    found = records(analysis.scare_quotes[analysis.scare_quotes["kind"] == "scare"])
    ends = list(zip(own["start"], own["end"], strict=True))
    return [row for row in found if any(start < row["end"] and row["start"] < end for start, end in ends)]


def _hedges(
    own: pd.DataFrame, untraced: list[Record], spans: pd.DataFrame, lists: Lists | None
) -> list[Record]:
    """Hedges of the article's own voice, without those that are reporting words."""
    hedges = [row for row in records(find_wordings(own, lists=lists)) if row["kind"] == "hedge"]
    numbers = {row["attribution_id"] for row in untraced}
    cues = [
        (row["start"], row["end"])
        for row in records(spans[spans["role"] != "content"])
        if row["attribution_id"] in numbers
    ]
    return [
        row
        for row in hedges
        if "so-called" not in known(row["text"]).lower()  # beside a scare quote, which is listed
        and not any(start < row["end"] and row["start"] < end for start, end in cues)
    ]
