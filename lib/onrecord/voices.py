"""The three voices of an article: the narrator's own, quoted words, paraphrased words."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from onrecord.tables import COUNT, TEXT, as_table, require
from onrecord.text.quotation_marks import find_quoted_spans, paragraph_spans

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

VOICES = ("narrator", "direct", "indirect")
_NARRATOR, _DIRECT, _INDIRECT = range(3)

VOICE_SPANS = {
    "doc_id": TEXT,
    "voice": TEXT,
    "source_id": COUNT,
    "start": COUNT,
    "end": COUNT,
    "text": TEXT,
    "n_words": COUNT,
}


def split_voices(analysis: Analysis) -> pd.DataFrame:
    """Return one row a stretch of text in one voice: together they are the whole of each article.

    voice: direct (words of a source within quotation marks), indirect (a source's words without),
    narrator (the rest: the author's own, with the reporting words and the sources' descriptions,
    which the author chose). Of a mixed content each part goes to its voice. source_id is whose words
    they are, NA for the narrator's and where no speaker was found. n_words counts words. Stretches
    without a word (a comma between two quotations) are left out.
    """
    documents = analysis.documents
    require(documents, ["doc_id", "text"], table="documents")
    spans = analysis.spans[analysis.spans["role"] == "content"]
    attributions = analysis.attributions[["doc_id", "attribution_id", "form", "source_id"]]
    contents = spans.merge(attributions, on=["doc_id", "attribution_id"], validate="many_to_one")
    by_article = dict(iter(contents.groupby("doc_id")))
    rows = []
    for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True):
        if isinstance(text, str):
            found = by_article.get(doc_id, contents.iloc[:0])
            columns = (found[name].tolist() for name in ("start", "end", "form", "source_id"))
            for voice, source, start, end in voice_spans(text, list(zip(*columns, strict=True))):
                n_words = sum(any(sign.isalnum() for sign in word) for word in text[start:end].split())
                if n_words:
                    rows.append((doc_id, VOICES[voice], source, start, end, text[start:end], n_words))
    return as_table(rows, VOICE_SPANS)


def voice_spans(text: str, contents: list[tuple]) -> list[tuple]:
    """Return (voice, source, start, end) of the stretches of `text`, given the contents in it.

    `contents` are (start, end, form, source). Where two overlap, the later one is believed.
    """
    voice = np.zeros(len(text), dtype=np.int8)
    owner = np.full(len(text), -1)
    for number, (start, end, form, _) in enumerate(contents):
        voice[start:end] = _DIRECT if form == "direct" else _INDIRECT
        owner[start:end] = number
    if any(form == "mixed" for _, _, form, _ in contents):
        quoted = np.zeros(len(text), dtype=bool)
        for stretch in find_quoted_spans(text, paragraph_spans(text)):
            quoted[stretch.start : stretch.end] = True
        for start, end, form, _ in contents:
            if form == "mixed":
                voice[start:end][quoted[start:end]] = _DIRECT
    kind = owner * len(VOICES) + voice
    borders = [0, *(np.flatnonzero(np.diff(kind)) + 1).tolist(), len(text)] if text else []
    return [
        (int(voice[start]), contents[owner[start]][3] if owner[start] >= 0 else None, start, end)
        for start, end in pairwise(borders)
    ]


def voices_at(analysis: Analysis, places: pd.DataFrame) -> pd.DataFrame:
    """Return the voice and source_id of each row of `places` (doc_id, start), with its index."""
    voices = split_voices(analysis)
    by_article = {
        doc_id: (
            part["start"].to_numpy(dtype=int),
            part["end"].to_numpy(dtype=int),
            part["voice"].tolist(),
            part["source_id"].tolist(),
        )
        for doc_id, part in voices.groupby("doc_id")
    }
    found = []
    for doc_id, start in zip(places["doc_id"], places["start"], strict=True):
        starts, ends, kinds, sources = by_article[doc_id]
        at = int(np.searchsorted(starts, start, side="right")) - 1
        found.append((kinds[at], sources[at]) if at >= 0 and start < ends[at] else (VOICES[_NARRATOR], pd.NA))
    return pd.DataFrame(
        {
            "voice": pd.Series([voice for voice, _ in found], dtype=TEXT, index=places.index),
            "source_id": pd.Series([source for _, source in found], dtype=COUNT, index=places.index),
        }
    )
