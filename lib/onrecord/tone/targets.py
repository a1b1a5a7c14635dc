"""Tone toward a target.

Whether a sentence is negative or positive about a person or organisation.

A score of the sentence cannot say: two in five sentences of NewsMTSC with several targets have a
different tone toward each. The models were trained on that corpus (see models/tone_encoder.md and
models/target_tone.md). They run in plain numpy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from onrecord.choices import require_choice
from onrecord.measures.intervals import ratio_interval
from onrecord.progress import progress
from onrecord.tables import COUNT, SHARE, TEXT, as_table, require
from onrecord.tone.encoder import encoder_scores
from onrecord.tone.find_targets import SEPARATOR
from onrecord.tone.linear_model import LABELS, target_probabilities
from onrecord.voices import voices_at
from onrecord.wordlists import Lists

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

MODELS = ("encoder", "fast")
_BATCH = 2_000  # targets in memory together

MENTIONS = {
    "doc_id": TEXT,
    "sentence_id": COUNT,
    "name": TEXT,
    "start": COUNT,
    "end": COUNT,
    "voice": TEXT,
    "source_id": COUNT,
    "target_tone": TEXT,
    "target_tone_probability": SHARE,
    "text": TEXT,
}


def add_target_tone(
    frame: pd.DataFrame, *, model: str = "encoder", lists: Lists | None = None
) -> pd.DataFrame:
    """`frame` with the tone of each row's text toward its target added.

    One row per row of `frame`.

    Needs text (a sentence; of longer texts the words near the target are read), start and end of the target
    in it. The names of the target and of all others are masked, and the encoder reads the same words for
    women and men. `model` is "encoder" or "fast", a linear model that is faster and less often right.
    `lists`: word lists from load_lists, of which target_words counts for "fast" alone.

    Columns added: target_tone (negative, neutral or positive) and target_tone_probability (of that tone,
    above 1/3). Both are NA where text, start or end is NA or the offsets are outside the text.

    Raises ValueError for a missing column and for another `model`.

    Source: models/tone_encoder.md and models/target_tone.md, with how often the models are right.

    >>> frame = pd.DataFrame({"text": ["Critics accused Lind of lies."], "start": [16], "end": [20]})
    >>> onrecord.add_target_tone(frame)["target_tone"].tolist()
    ['negative']
    """
    require(frame, ["text", "start", "end"], table="frame")
    require_choice("model", model, MODELS)
    targets = [
        (text, int(start), int(end))
        if isinstance(text, str) and pd.notna(start) and pd.notna(end) and 0 <= start < end <= len(text)
        else None
        for text, start, end in zip(frame["text"], frame["start"], frame["end"], strict=True)
    ]
    usable = [target for target in targets if target is not None]
    batches = [usable[first : first + _BATCH] for first in range(0, len(usable), _BATCH)]
    watched = progress(batches, "target tone", disable=len(batches) < 5)
    found = [
        np.exp(encoder_scores(batch)) if model == "encoder" else target_probabilities(batch, lists=lists)
        for batch in watched
    ]
    shares = np.vstack([np.zeros((0, len(LABELS))), *found])
    best = iter(zip(shares.argmax(axis=1).tolist(), shares.max(axis=1).tolist(), strict=True))
    results = [next(best) if target is not None else None for target in targets]
    return frame.assign(
        target_tone=pd.Series([r and LABELS[r[0]] for r in results], dtype=TEXT, index=frame.index),
        target_tone_probability=pd.Series([r and r[1] for r in results], dtype=SHARE, index=frame.index),
    )


def target_tone(
    analysis: Analysis,
    names: Iterable[str] | Mapping[str, Iterable[str]] | pd.DataFrame,
    *,
    model: str = "encoder",
    lists: Lists | None = None,
) -> pd.DataFrame:
    """Tone toward each mention of a name, and whose words they are.

    One row per mention.

    `names` are names as written, a mapping of a name to all its spellings ({"Mara Lind": ["Mara Lind",
    "Lind", "Ms Lind"]}), or the table of find_targets. Upper and lower case count; where several fit, the
    longest is used. Pronouns are not counted. `model` and `lists` as in add_target_tone.

    Columns: doc_id, outlet, published, sentence_id, name, start, end (in the article), voice
    (narrator, direct, indirect), source_id and speaker (whose words they are, NA for the
    narrator's), target_tone, target_tone_probability (as in add_target_tone), text (the sentence). Count
    them with share_target_tone.

    Raises ValueError where `names` is a string.

    >>> mentions = onrecord.target_tone(analysis, ["Lind"])
    >>> mentions[["name", "voice"]].head(1).values.tolist()
    [['Lind', 'narrator']]
    """
    spellings = _spellings(names)
    pattern = re.compile(
        r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(spellings, key=len, reverse=True))) + r")(?!\w)"
    )
    documents, sentences = analysis.documents, analysis.sentences
    rows, offsets = [], []
    for doc_id, number, start, text in zip(
        *(sentences[column] for column in ("doc_id", "sentence_id", "start", "text")), strict=True
    ):
        for match in pattern.finditer(text) if spellings else ():
            rows.append(
                (doc_id, number, spellings[match.group()], start + match.start(), start + match.end(), text)
            )
            offsets.append(match.span())
    found = as_table(
        {
            name: [row[i] for row in rows]
            for i, name in enumerate(["doc_id", "sentence_id", "name", "start", "end", "text"])
        },
        MENTIONS,
    )
    scored = add_target_tone(
        pd.DataFrame(
            {"text": found["text"], "start": [a for a, _ in offsets], "end": [b for _, b in offsets]}
        ),
        model=model,
        lists=lists,
    )
    for column in ("target_tone", "target_tone_probability"):
        found[column] = scored[column]
    spoken = voices_at(analysis, found)
    found["voice"], found["source_id"] = spoken["voice"], spoken["source_id"]
    speakers = analysis.sources[["doc_id", "source_id", "description", "name"]]
    speakers = speakers.assign(speaker=speakers["name"].fillna(speakers["description"]))
    found = found.merge(
        speakers[["doc_id", "source_id", "speaker"]],
        on=["doc_id", "source_id"],
        how="left",
        validate="many_to_one",
    )
    for position, column in ((1, "outlet"), (2, "published")):
        known = documents.set_index("doc_id")[column] if column in documents else pd.Series(dtype=TEXT)
        found.insert(position, column, found["doc_id"].map(known))
    return found


def _spellings(names: Iterable[str] | Mapping[str, Iterable[str]] | pd.DataFrame) -> dict[str, str]:
    if isinstance(names, pd.DataFrame):
        require(names, ["name", "spellings"], table="names")
        rows = zip(names["name"], names["spellings"], strict=True)
        names = {name: spellings.split(SEPARATOR) for name, spellings in rows}
    if isinstance(names, str):
        raise ValueError(f"names must be a list or a mapping, not the string {names!r}. Write [{names!r}].")
    # The name of a group of spellings ("the government") is counted only where it is one of them.
    if not isinstance(names, Mapping):
        names = {name: [name] for name in names}
    for name, several in names.items():
        if isinstance(several, str) or not isinstance(several, Iterable):
            raise ValueError(
                f"the spellings of {name!r} must be a list, not {several!r}. Write "
                f"{{{name!r}: [{str(several)!r}]}}."
            )
    return {spelling: name for name, several in names.items() for spelling in several if spelling}


def share_target_tone(mentions: pd.DataFrame, *, by: list[str] | str = "name") -> pd.DataFrame:
    """Share of mentions with each tone toward the target. One row per group and tone.

    `mentions` is the table of target_tone, `by` some of its columns: "name", ["name", "outlet"],
    ["name", "voice"].

    Columns: those of `by`, target_tone (all three, also where no mention has it), n_hits, n_mentions (of
    the group), share_of_mentions (0 to 1), low, high (95%, resampled by article; NA below five
    articles), n_articles.

    >>> mentions = onrecord.target_tone(analysis, ["Lind"])
    >>> onrecord.share_target_tone(mentions)["target_tone"].tolist()
    ['negative', 'neutral', 'positive']
    """
    by = [by] if isinstance(by, str) else list(by)
    require(mentions, ["doc_id", "target_tone", *by], table="mentions")
    known = mentions[mentions["target_tone"].notna()]
    rows = []
    for group, part in known.groupby(by, sort=True):
        hits = pd.crosstab(part["doc_id"], pd.Categorical(part["target_tone"], LABELS), dropna=False)
        base = hits.sum(axis=1).to_numpy()
        for label in LABELS:
            n_hits, n = int(hits[label].sum()), int(base.sum())
            interval = ratio_interval(hits[label].to_numpy(), base)
            rows.append((*group, label, n_hits, n, n_hits / n, *interval, len(base)))
    counts = ["n_hits", "n_mentions", "share_of_mentions", "low", "high", "n_articles"]
    return pd.DataFrame(rows, columns=[*by, "target_tone", *counts])
