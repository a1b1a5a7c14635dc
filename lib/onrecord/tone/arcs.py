"""Tone by position.

By voice, by source, along an article, in the headline against the body.

The tone of several spans together is the mean over their scored words, so that a long quotation counts
for more than a short one. Spans are not joined: a "not" at the end of one must not negate the first word
of the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from onrecord.choices import require_choice
from onrecord.measures.means import mean_tone
from onrecord.tables import COUNT, SHARE, TEXT, as_column, require
from onrecord.tone.scores import add_tone, topic_words
from onrecord.voices import split_voices
from onrecord.wordlists import Lists

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

_WITHIN = ("voice", "source", "part", "headline")


def tone_within(analysis: Analysis, *, by: str = "voice", n_parts: int = 5) -> pd.DataFrame:
    """Tone within each article, by voice, source, part or headline.

    One row per article and voice, source or part; with "headline" one row per article that has one.

    `by` is "voice" (narrator, direct, indirect; one without words has no row), "source" (its words,
    quoted and paraphrased; the tone of a quotation is that of its source, not of the outlet), "part"
    (the article in `n_parts` of equal length; a sentence belongs to the part in which its middle is, and
    a part without a sentence has no row) or "headline" (against the body; a headline has few words of
    the lexicon, often none, so report how many were left).

    Columns: doc_id, outlet, then voice, or source_id, description, name and naming, or part (1 to
    `n_parts`); n_words, polarity (-1 to 1) and subjectivity (0 to 1), both the mean over the scored
    words and NA where n_scored is 0, and n_scored. With "headline": headline, headline_polarity,
    headline_n_scored, polarity and n_scored (of the body), difference (headline less body, -2 to 2, NA
    where either is NA).

    Raises ValueError for another `by`, or `n_parts` below 1.

    >>> voices = onrecord.tone_within(analysis)
    >>> sorted(voices["voice"].unique())
    ['direct', 'indirect', 'narrator']
    >>> headlines = onrecord.tone_within(analysis, by="headline")
    >>> headlines[["doc_id", "headline"]].head(1).values.tolist()
    [['a01', 'Dock workers strike at Ellin']]
    """
    require_choice("by", by, _WITHIN)
    if by == "part":
        pooled = _by_part(analysis, n_parts)
    elif by == "headline":
        pooled = _by_headline(analysis.documents)
    else:
        scored = add_tone(split_voices(analysis))
        pooled = _by_source(analysis, scored) if by == "source" else _pooled(scored, ["doc_id", "voice"])
    return _with_outlet(pooled, analysis.documents)


def _by_source(analysis: Analysis, scored: pd.DataFrame) -> pd.DataFrame:
    pooled = _pooled(scored[scored["source_id"].notna()], ["doc_id", "source_id"])
    known = analysis.sources[["doc_id", "source_id", "description", "name", "naming"]]
    return known.merge(pooled, on=["doc_id", "source_id"], how="inner", validate="one_to_one")


def _by_part(analysis: Analysis, n_parts: int) -> pd.DataFrame:
    if n_parts < 1:
        raise ValueError(f"n_parts must be at least 1, not {n_parts}.")
    scored = add_tone(analysis.sentences)
    length = analysis.documents.set_index("doc_id")["text"].str.len()
    middle = (scored["start"] + scored["end"]).astype(float) / 2 / scored["doc_id"].map(length).astype(float)
    part = (middle * n_parts).astype(int).clip(0, n_parts - 1) + 1
    n_words = pd.Series([len(text.split()) for text in scored["text"]], scored.index, dtype="Int64")
    return _pooled(scored.assign(part=part.astype("Int64"), n_words=n_words), ["doc_id", "part"])


def _by_headline(documents: pd.DataFrame) -> pd.DataFrame:
    require(documents, ["headline"], table="documents")
    bodies = add_tone(documents[documents["headline"].notna()])
    scored = add_tone(bodies, column="headline", prefix="headline_")
    columns = ["doc_id", "headline", "headline_polarity", "headline_n_scored", "polarity", "n_scored"]
    difference = scored["headline_polarity"] - scored["polarity"]
    return scored[columns].assign(difference=difference).reset_index(drop=True)


def compare_topic_words(
    frame: pd.DataFrame, documents: pd.DataFrame, *, by: str = "outlet", lists: Lists | None = None
) -> pd.DataFrame:
    """Mean tone with and without topic words. One row per group and way of scoring.

    `frame` needs doc_id and text. `lists`: word lists from load_lists, of which topic_words counts.

    Columns: `by`, scored_by ("all words" or "no topic words", see topic_words), then those of mean_tone.
    A difference that disappears without topic words came from the events, not from how they were
    reported.

    >>> table = onrecord.compare_topic_words(analysis.sentences, documents)
    >>> table["scored_by"].unique().tolist()
    ['all words', 'no topic words']
    """
    tables = []
    for scored_by, left_out in (("all words", ()), ("no topic words", topic_words(lists=lists))):
        table = mean_tone(add_tone(frame, leave_out=left_out), documents, by=by)
        table.insert(1, "scored_by", scored_by)
        tables.append(table)
    return pd.concat(tables).sort_values([by, "scored_by"], kind="stable", ignore_index=True)


def _pooled(scored: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Polarity and subjectivity over all scored words, and their number.

    One row per group.
    """
    n = scored["n_scored"].fillna(0).astype(float)
    sums = pd.DataFrame(
        {
            "n_words": scored["n_words"],
            "polarity": scored["polarity"].fillna(0).astype(float) * n,
            "subjectivity": scored["subjectivity"].fillna(0).astype(float) * n,
            "n_scored": n,
        }
    )
    pooled = sums.groupby([scored[column] for column in by], sort=False).sum()
    base = pooled["n_scored"].where(pooled["n_scored"] > 0)
    pooled["polarity"], pooled["subjectivity"] = pooled["polarity"] / base, pooled["subjectivity"] / base
    pooled = pooled.astype({"n_words": COUNT, "polarity": SHARE, "subjectivity": SHARE, "n_scored": COUNT})
    # pandas keeps a 0 / NA as nan in Float64; a reader of the table should meet NA alone.
    for column in ("polarity", "subjectivity"):
        pooled[column] = pooled[column].where(pooled["n_scored"] > 0, pd.NA)
    return pooled.reset_index()


def _with_outlet(frame: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    outlet = documents.set_index("doc_id")["outlet"] if "outlet" in documents else pd.Series(dtype=TEXT)
    frame.insert(1, "outlet", as_column(frame["doc_id"].map(outlet)))
    return frame
