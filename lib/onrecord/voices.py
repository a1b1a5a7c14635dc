"""The three voices of an article: the narrator's, quoted words, paraphrased words."""

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
    """Text of each article by voice, in text order. One row per span in one voice.

    Together the spans are the whole of each article, except for spans without a word (a comma between
    two quotations). A mixed content is divided between direct and indirect.

    Columns: doc_id, voice, source_id (whose words they are, NA for the narrator's and where no source
    was found), start, end, text, n_words. voice is direct (words of a source within quotation marks),
    indirect (paraphrased words of a source) or narrator (the rest: the author's words, with the
    reporting words and the descriptions of sources, which the author chose).

    >>> voices = onrecord.split_voices(analysis)
    >>> sorted(voices["voice"].unique())
    ['direct', 'indirect', 'narrator']
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
    """(voice, source, start, end) of the spans of `text`, given the contents in it.

    `contents` are (start, end, form, source). Where two overlap, the later one counts.
    """
    voice = np.zeros(len(text), dtype=np.int8)
    owner = np.full(len(text), -1)
    for number, (start, end, form, _) in enumerate(contents):
        voice[start:end] = _DIRECT if form == "direct" else _INDIRECT
        owner[start:end] = number
    if any(form == "mixed" for _, _, form, _ in contents):
        quoted = np.zeros(len(text), dtype=bool)
        for span in find_quoted_spans(text, paragraph_spans(text)):
            quoted[span.start : span.end] = True
        for start, end, form, _ in contents:
            if form == "mixed":
                voice[start:end][quoted[start:end]] = _DIRECT
    kind = owner * len(VOICES) + voice
    borders = [0, *(np.flatnonzero(np.diff(kind)) + 1).tolist(), len(text)] if text else []
    return [
        (int(voice[start]), contents[owner[start]][3] if owner[start] >= 0 else None, start, end)
        for start, end in pairwise(borders)
    ]


def voices_at(analysis: Analysis, positions: pd.DataFrame) -> pd.DataFrame:
    """Voice and source_id at each position. One row per row of `positions`.

    Needs doc_id and start; the index is that of `positions`.
    """
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
    for doc_id, start in zip(positions["doc_id"], positions["start"], strict=True):
        starts, ends, kinds, sources = by_article[doc_id]
        at = int(np.searchsorted(starts, start, side="right")) - 1
        found.append((kinds[at], sources[at]) if at >= 0 and start < ends[at] else (VOICES[_NARRATOR], pd.NA))
    return pd.DataFrame(
        {
            "voice": pd.Series([voice for voice, _ in found], dtype=TEXT, index=positions.index),
            "source_id": pd.Series([source for _, source in found], dtype=COUNT, index=positions.index),
        }
    )
