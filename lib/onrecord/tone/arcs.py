"""Tone in its place: by voice, by source, along an article, headline against body, over time.

The tone of several stretches together is the mean over their scored words, so that a long quotation
counts for more than a short one. No stretch is joined to another: a "not" at the end of one must
not negate the first word of the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from onrecord.measures.means import mean_tone
from onrecord.tables import COUNT, SHARE, TEXT, require
from onrecord.tone.scores import add_tone, topic_words
from onrecord.voices import split_voices
from onrecord.wordlists import Lists

if TYPE_CHECKING:
    from onrecord.analysis import Analysis


def tone_by_voice(analysis: Analysis) -> pd.DataFrame:
    """Return one row a voice of an article: what the narrator says, what is quoted, what is paraphrased.

    Columns: doc_id, outlet, voice (narrator, direct, indirect; a voice without words has no row),
    n_words, polarity, subjectivity, n_scored. polarity is the mean over the scored words, NA where
    none is known.
    """
    voices = _pooled(add_tone(split_voices(analysis)), ["doc_id", "voice"])
    return _with_outlet(voices, analysis.documents)


def tone_by_source(analysis: Analysis) -> pd.DataFrame:
    """Return one row a source of an article with the tone of its own words, quoted and paraphrased.

    Columns: doc_id, outlet, source_id, description, name, naming, n_words, polarity, subjectivity,
    n_scored. The tone of a quotation belongs to its source: it is no tone of the outlet.
    """
    voices = add_tone(split_voices(analysis))
    sources = _pooled(voices[voices["source_id"].notna()], ["doc_id", "source_id"])
    known = analysis.sources[["doc_id", "source_id", "description", "name", "naming"]]
    return _with_outlet(
        known.merge(sources, on=["doc_id", "source_id"], how="inner", validate="one_to_one"),
        analysis.documents,
    )


def tone_along(analysis: Analysis, *, n_parts: int = 5) -> pd.DataFrame:
    """Return one row a part of an article: its tone from the first fifth to the last.

    A sentence belongs to the part its middle stands in, counted in characters of the text. Columns:
    doc_id, outlet, part (1 to `n_parts`), n_words, polarity, subjectivity, n_scored; a part without
    a sentence (articles shorter than the parts) has no row.
    """
    if n_parts < 1:
        raise ValueError(f"n_parts={n_parts}: take at least 1.")
    scored = add_tone(analysis.sentences)
    length = analysis.documents.set_index("doc_id")["text"].str.len()
    middle = (scored["start"] + scored["end"]).astype(float) / 2 / scored["doc_id"].map(length).astype(float)
    part = (middle * n_parts).astype(int).clip(0, n_parts - 1) + 1
    scored = scored.assign(
        part=part.astype(COUNT), n_words=scored["text"].str.split().str.len().astype(COUNT)
    )
    return _with_outlet(_pooled(scored, ["doc_id", "part"]), analysis.documents)


def compare_headlines(documents: pd.DataFrame) -> pd.DataFrame:
    """Return one row an article that has a headline: its tone, the body's, and the difference.

    Needs doc_id, headline and text. Columns: doc_id, outlet, headline, headline_polarity,
    headline_n_scored, polarity, n_scored, difference (headline less body, NA where either is NA).
    A headline holds few words of the lexicon, often none: say how many were left.
    """
    require(documents, ["doc_id", "headline", "text"], table="documents")
    documents = documents if "outlet" in documents else documents.assign(outlet=pd.NA)
    found = add_tone(
        add_tone(documents[documents["headline"].notna()]), column="headline", prefix="headline_"
    )
    columns = [
        "doc_id",
        "outlet",
        "headline",
        "headline_polarity",
        "headline_n_scored",
        "polarity",
        "n_scored",
    ]
    return (
        found[columns]
        .assign(difference=found["headline_polarity"] - found["polarity"])
        .reset_index(drop=True)
    )


def compare_topic_words(
    frame: pd.DataFrame, documents: pd.DataFrame, *, by: str = "outlet", lists: Lists | None = None
) -> pd.DataFrame:
    """Return one row a group and way of scoring: the mean tone with all words, and without topic words.

    Needs doc_id and text of `frame`. scored_by is "all words" or "no topic words" (see `topic_words`);
    the other columns are those of `mean_tone`. What shrinks without the words of the subject was the
    event, not the way of telling it. `lists`: word lists from `load_lists`, of which topic_words counts.
    """
    found = []
    for scored_by, left_out in (("all words", ()), ("no topic words", topic_words(lists=lists))):
        table = mean_tone(add_tone(frame, leave_out=left_out), documents, by=by)
        table.insert(1, "scored_by", scored_by)
        found.append(table)
    return pd.concat(found).sort_values([by, "scored_by"], kind="stable", ignore_index=True)


def tone_over_time(
    frame: pd.DataFrame, documents: pd.DataFrame, *, column: str = "polarity", period: str = "month"
) -> pd.DataFrame:
    """Return one row an outlet and period ("week", "month" or "quarter"): the mean tone and its interval.

    Needs of `frame` doc_id and `column` (see `add_tone`), of `documents` doc_id, outlet and
    published. Columns: outlet, then those of `mean_tone`. Intervals resample articles and are NA
    below five of them. Articles without an outlet are left out.
    """
    require(documents, ["doc_id", "outlet", "published"], table="documents")
    table = mean_tone(frame, documents, column=column, by=["outlet", period])
    return table[table["outlet"].notna()].reset_index(drop=True)


def _pooled(scored: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return one row a group: polarity and subjectivity over all its scored words, and the counts."""
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
    frame.insert(1, "outlet", frame["doc_id"].map(outlet).astype(TEXT))
    return frame
