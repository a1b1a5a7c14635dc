"""Sourced statements.

Who said what in an article, in the six types of the Santa Clara benchmark.

The types are a view on form and naming, not another coding. Definitions: Markkula Center for Applied
Ethics, "Detecting journalistic sourcing at scale".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from onrecord.analysis import Analysis
from onrecord.export.source_types import DOCUMENT, NAMED_PERSON, ORGANIZATION, PERSON, type_sources
from onrecord.measures.acts import MIN_PROBABILITY, STATEMENTS, counted
from onrecord.tables import COUNT, SHARE, TEXT, Schema, as_table
from onrecord.wordlists import Lists

_SHARED = 8  # characters of a content in a sentence that make the sentence part of the statement

SOURCED_STATEMENTS: Schema = {
    "doc_id": TEXT,
    "statement_id": COUNT,
    "start": COUNT,
    "end": COUNT,
    "text": TEXT,
    "source_type": TEXT,
    "name": TEXT,
    "title": TEXT,
    "justification": TEXT,
    "source_id": COUNT,
    "probability": SHARE,
}


def sourced_statements(
    analysis: Analysis,
    *,
    min_probability: float = MIN_PROBABILITY,
    acts: Iterable[str] | str = STATEMENTS,
    lists: Lists | None = None,
) -> pd.DataFrame:
    """Sourced statements of each article. One row per statement.

    The sentences that contain an attributed content. Contiguous sentences of one paragraph and one
    source are one statement. A sentence with two sources has a row for each. `acts` and
    `min_probability` say which attributions count, as in select_acts. `lists`: word lists from
    load_lists, of which generic_bodies counts.

    Columns: doc_id, statement_id (from 0 in each article), start, end (Unicode code points of the
    article's text), text, source_type (see type_sources), name (of a person, body or document; of an
    unnamed group the term used), title, justification (exact words, NA where the article has none or
    where it only repeats the name or a short title), source_id (NA where the sentence rests on a law
    that is not a source), probability (0 to 1, the highest of its attributions). Articles without a
    statement have no row.

    Source: Markkula Center for Applied Ethics, Santa Clara University: Detecting journalistic
    sourcing at scale.

    >>> statements = onrecord.sourced_statements(analysis)
    >>> statements[["source_type", "name"]].head(1).values.tolist()
    [['named person', 'Tomas Verrick']]
    """
    analysis = counted(analysis, acts, min_probability)
    content = _contents(analysis)
    held = _held_sentences(content, analysis.sentences)
    types = type_sources(analysis, lists)
    held = held.merge(types[["doc_id", "source_id", "source_type"]], on=["doc_id", "source_id"])
    held = held[held["source_type"].notna()]
    found = pd.concat([_statements(held, analysis, types), _under_laws(analysis, held)], ignore_index=True)
    order = {doc: i for i, doc in enumerate(analysis.documents["doc_id"])}
    found = found.assign(order=found["doc_id"].map(order)).sort_values(["order", "start"], kind="stable")
    found["statement_id"] = found.groupby("doc_id", sort=False).cumcount()
    return as_table({name: list(found[name]) for name in SOURCED_STATEMENTS}, SOURCED_STATEMENTS)


def _contents(analysis: Analysis) -> pd.DataFrame:
    """Content spans of attributions with a source, its id and the probability."""
    columns = ["doc_id", "attribution_id", "source_id", "probability"]
    attributions = analysis.attributions[columns].dropna(subset="source_id")
    spans = analysis.spans.loc[
        analysis.spans["role"] == "content", ["doc_id", "attribution_id", "start", "end"]
    ]
    return spans.merge(attributions, on=["doc_id", "attribution_id"], validate="many_to_one")


def _held_sentences(content: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Sentences with a few words of a content. One row per sentence and source."""
    number = pd.Series(np.arange(len(sentences)), index=sentences.index)
    first = number.groupby(sentences["doc_id"], sort=False).first()
    doc = content["doc_id"].map(first).to_numpy(dtype=np.int64)
    width = int(max(sentences["end"].max(), 0) if len(sentences) else 0) + 1
    starts = sentences["start"].to_numpy(dtype=np.int64)
    ends = sentences["end"].to_numpy(dtype=np.int64)
    base = sentences["doc_id"].map(first).to_numpy(dtype=np.int64) * width
    begin, stop = content["start"].to_numpy(dtype=np.int64), content["end"].to_numpy(dtype=np.int64)
    low = np.maximum(np.searchsorted(base + starts, doc * width + begin, "right") - 1, 0)
    high = np.maximum(np.searchsorted(base + starts, doc * width + stop, "left"), low + 1)
    span = np.repeat(np.arange(len(content)), high - low)
    sentence = np.arange(len(span)) - np.repeat(np.cumsum(high - low) - (high - low), high - low) + low[span]
    shared = np.minimum(ends[sentence], stop[span]) - np.maximum(starts[sentence], begin[span])
    kept = shared >= np.minimum(_SHARED, (stop - begin)[span])
    found = content.iloc[span[kept]][["doc_id", "source_id", "probability"]].assign(sentence=sentence[kept])
    return found.groupby(["doc_id", "source_id", "sentence"], sort=False, as_index=False)["probability"].max()


def _statements(held: pd.DataFrame, analysis: Analysis, types: pd.DataFrame) -> pd.DataFrame:
    """Runs of sentences of one paragraph and one source. One row per run."""
    held = held.sort_values(["doc_id", "source_id", "sentence"], kind="stable").reset_index(drop=True)
    sentence = held["sentence"].to_numpy(dtype=np.int64)
    lines = analysis.sentences.iloc[sentence].reset_index(drop=True)
    owner = held["doc_id"].ne(held["doc_id"].shift()) | held["source_id"].ne(held["source_id"].shift())
    breaks = owner | lines["paragraph"].ne(lines["paragraph"].shift()) | (held["sentence"].diff() != 1)
    run = breaks.fillna(True).to_numpy(dtype=bool).cumsum()
    rows = pd.DataFrame(
        {
            "doc_id": held["doc_id"],
            "source_id": held["source_id"],
            "start": lines["start"],
            "end": lines["end"],
            "probability": held["probability"],
        }
    )
    grouped = rows.groupby(run, sort=False)
    found = grouped.agg(
        doc_id=("doc_id", "first"),
        source_id=("source_id", "first"),
        start=("start", "first"),
        end=("end", "last"),
        probability=("probability", "max"),
    )
    found = found.merge(types, on=["doc_id", "source_id"], how="left", validate="many_to_one")
    texts = dict(zip(analysis.documents["doc_id"], analysis.documents["text"], strict=True))
    found["text"] = [
        texts[doc][start:end]
        for doc, start, end in zip(found["doc_id"], found["start"], found["end"], strict=True)
    ]
    return _resting_on_documents(found)


# What a sentence rests on: a paper that the reporter had, whoever filed it.
_DETERMINED = r"(?:an? |the |its |his |her |their )?"
_RESTS_ON = (
    re.compile(
        rf"\b(?:[Ii]n|filed|files|filing|brought|drafted|wrote|sent) {_DETERMINED}(?:[\w.-]+ ){{0,3}}?"
        r"(?P<paper>lawsuit|suit|complaint|petition|indictment|affidavit|(?:\d{4} )?report|letter"
        r"|court (?:filing|papers?|documents?|records?))\b"
    ),
    re.compile(
        rf"\b(?:signed|signs|issued|issues) {_DETERMINED}(?:[\w.-]+ ){{0,2}}?"
        r"(?P<paper>bill|law|regulation|rule|executive order|ordinance)\b"
    ),
    re.compile(
        r"\b(?P<paper>email|e-mail|letter|memo|notice|lawsuit) (?:filed |sent )?(?:to|from|by|against) "
        r"[^.;“”\n]{1,60}? (?:that |which )?"
        r"(?:states?|stated|said|says|warns?|warned|alleged?s?|claims?|claimed)\b"
    ),
    re.compile(r"\b(?P<paper>(?:[A-Z][\w’'-]+ ){1,4}v\. (?:(?:[A-Z][\w’'-]+|of|the) ?){1,6})(?<! )"),
)
_REPLACED = (NAMED_PERSON, ORGANIZATION, PERSON)


def _paper(text: str) -> str | None:
    """The document that a sentence rests on by its own words."""
    return next((match["paper"] for pattern in _RESTS_ON if (match := pattern.search(text))), None)


def _resting_on_documents(found: pd.DataFrame) -> pd.DataFrame:
    """Statements with the type document where the sentence rests on a paper."""
    papers = found["text"].map(_paper)
    rests = papers.notna() & found["source_type"].isin(_REPLACED)
    return found.assign(
        source_type=found["source_type"].mask(rests, DOCUMENT),
        name=found["name"].mask(rests, papers),
        title=found["title"].mask(rests),
        justification=found["justification"].mask(rests),
    )


_LAW = (
    r"Act|Law|Code|Bill|Measure|Proposition|Ordinance|Rules?|Regulations?|Treaty|Constitution|Amendment"
    r"|Directive|Convention|Policy|Resolution|Statute"
)
_NUMBERED = r"SB|HB|AB|S\.B\.|H\.R\.|HR|Prop\.?|Title|Section|Article"
_UNDER = re.compile(
    r"(?:(?:But|And|Still|Also|Now),? )?[Uu]nder (?:the |a |that |this )?(?P<name>"
    r"(?:(?:[A-Z][\w’'.-]*|\d[\w.-]*|of|the|and|for|on|to) ){0,9}"
    rf"(?:{_LAW})(?: [A-Z\d][\w.]*)?|(?:{_NUMBERED}) [\dIVX][\w.]*)\b"
)


def _under_laws(analysis: Analysis, held: pd.DataFrame) -> pd.DataFrame:
    """Sentences that open with the law they rest on. One row per sentence.

    For example "Under the Clean Water Act, …".
    """
    taken = set(held["sentence"])
    sentences = analysis.sentences
    rows = []
    opening = sentences["text"].str.slice(0, 24).str.contains(r"\b[Uu]nder ").fillna(False)
    for number in np.flatnonzero(opening.to_numpy(dtype=bool)):
        line = sentences.iloc[number]
        match = _UNDER.match(line["text"])
        if match and number not in taken:
            row = (line["doc_id"], pd.NA, line["start"], line["end"], line["text"], DOCUMENT, match["name"])
            rows.append((*row, pd.NA, pd.NA, pd.NA, pd.NA))
    return as_table(rows, SOURCED_STATEMENTS)
