"""Features of neighbouring content runs: whether the two are one attribution."""

from __future__ import annotations

import numpy as np

from onrecord.attributions.linking.candidates import Batch
from onrecord.attributions.linking.context import Context, as_rows, beside, picked
from onrecord.attributions.linking.link_features import FAR
from onrecord.attributions.tagging.word_types import COMMA, END, MARK, THAT


def neighbour_features(
    batch: Batch,
    context: Context,
    content_rows: np.ndarray,
    cue: np.ndarray,
    cue_score: np.ndarray,
    source: np.ndarray,
    source_score: np.ndarray,
    is_continued: np.ndarray,
) -> np.ndarray:
    """Features of neighbouring content runs (k, k + 1). One row per pair.

    The question is whether the two are one attribution.
    """
    a, b, _ = batch.contents
    k = np.arange(max(len(a) - 1, 0))
    sentence, paragraph, rows = batch.tokens.sentence, batch.tokens.paragraph, batch.tokens.rows

    def same(chosen: np.ndarray) -> np.ndarray:
        return np.where((chosen[k] < 0) | (chosen[k + 1] < 0), -1, chosen[k] == chosen[k + 1])

    gap_first, gap_stop = b[k], np.maximum(a[k + 1], b[k])
    words = np.cumsum(np.concatenate([[0], (rows[:, END] + rows[:, MARK] + rows[:, COMMA] == 0)]))
    cue_first = batch.cues.first if len(batch.cues.first) else np.zeros(1, np.int64)
    source_first = batch.sources.first if len(batch.sources.first) else np.zeros(1, np.int64)

    def within(chosen: np.ndarray, first: np.ndarray, at: np.ndarray) -> np.ndarray:
        position = first[chosen[at]]
        return (chosen[at] >= 0) & (position >= gap_first) & (position < gap_stop)

    columns = [
        same(cue),
        same(source),
        np.minimum(gap_stop - gap_first, FAR),
        np.minimum(words[gap_stop] - words[gap_first], FAR),
        np.clip(sentence[a[k + 1]] - sentence[b[k] - 1], 0, 6),
        np.clip(paragraph[a[k + 1]] - paragraph[b[k] - 1], 0, 4),
        is_continued[k + 1],
        within(cue, cue_first, k),
        within(source, source_first, k),
        within(cue, cue_first, k + 1),
        within(source, source_first, k + 1),
        cue_score[k],
        cue_score[k + 1],
        source_score[k],
        source_score[k + 1],
        context.cue_sum[gap_stop] - context.cue_sum[gap_first],
        context.source_sum[gap_stop] - context.source_sum[gap_first],
        rows[a[k + 1], THAT],
        *(np.where(cue[at] >= 0, sentence[cue_first[cue[at]]] - sentence[a[at]], 9) for at in (k, k + 1)),
        *(
            np.where(source[at] >= 0, sentence[source_first[source[at]]] - sentence[a[at]], 9)
            for at in (k, k + 1)
        ),
    ]
    relation = as_rows([np.clip(c, -20, 100) for c in columns])
    return beside(relation, picked(content_rows, k), picked(content_rows, k + 1))
