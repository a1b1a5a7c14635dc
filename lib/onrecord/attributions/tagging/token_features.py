"""Features of the tagger: one row of 64-bit feature keys per token.

A key is a hash of a template's number and the values it combines. What depends on the word alone comes
from the table of word types. The rest is array work, so that the cost per token stays the same.
"""

from __future__ import annotations

from zlib import crc32

import numpy as np

from onrecord.attributions.tagging.batch_tokens import Tokens
from onrecord.attributions.tagging.surroundings import Surroundings
from onrecord.attributions.tagging.word_types import CLASS, COMB, CUE, SHAPE, STEM, SUFFIX, WORD

_K1 = np.uint64(0x9E3779B97F4A7C15)
_K2 = np.uint64(0xC2B2AE3D27D4EB4F)
_SHIFT = np.uint64(29)

# The templates of `feature_keys` that the net looks at: what a token is, and where; the words and
# their order around it the net sees for itself.
WORD_TEMPLATE = 1  # the word alone
NET_TEMPLATES = (1, 2, 3, 4, 5, 12, 15, 21, 22, 23, 24, 25, 26, 27)


def word_keys(words: list[str]) -> np.ndarray:
    """Feature keys of WORD_TEMPLATE for lower-cased words."""
    return _mix(WORD_TEMPLATE, np.array([crc32(word.encode("utf-8")) for word in words], np.uint64))


def _mix(template: int, *values: np.ndarray | int) -> np.ndarray:
    with np.errstate(over="ignore"):
        key = np.asarray(np.uint64(template + 1) * _K2)
        for value in values:
            key = (key ^ np.asarray(value).astype(np.uint64)) * _K1
            key = key ^ (key >> _SHIFT)
    return key


def feature_keys(tokens: Tokens) -> np.ndarray:
    """Feature keys of the tokens. One row per token, one column per template."""
    return np.stack(key_columns(tokens, Surroundings(tokens), 0, len(tokens.rows)), axis=1)


def key_columns(tokens: Tokens, around: Surroundings, begin: int, end: int) -> list[np.ndarray]:
    """Feature keys of the tokens from `begin` up to `end`, one array per template.

    They are the same wherever the tokens are cut.
    """
    here = slice(begin, end)
    n = len(tokens.rows)
    position = np.arange(begin, end, dtype=np.int32)
    start, stop = around.start[here], around.stop[here]
    outside = {by: (position + by < start) | (position + by > stop) for by in (-2, -1, 1, 2)}

    def column(values: np.ndarray) -> dict[int, np.ndarray]:
        """Values of the tokens (0) and of their neighbours; 7 outside the sentence."""
        low, high = min(begin, 2), min(n - end, 2)
        part = values[begin - low : end + high].astype(np.uint64)
        part = np.concatenate([np.zeros(2 - low, np.uint64), part, np.zeros(2 - high, np.uint64)])
        found = {by: part[2 + by : 2 + by + end - begin] for by in (-2, -1, 0, 1, 2)}
        for by, is_outside in outside.items():
            found[by] = np.where(is_outside, np.uint64(7), found[by])
        return found

    rows = tokens.rows
    all_classes, all_roots, all_combs = rows[:, CLASS], rows[:, STEM], rows[:, COMB]
    word, cls, comb = column(rows[:, WORD]), column(all_classes), column(all_combs)
    cue, quoted = column(rows[:, CUE]), column(tokens.quoted)
    root, first = rows[here, STEM], around.first[here]
    earlier, later = around.earlier[here], around.later[here]
    has_e, has_l = earlier >= 0, later >= 0
    e, el = np.maximum(earlier, 0), np.maximum(later, 0)
    e_between = np.where(has_e, around.between(e, position), 8)
    l_between = np.where(has_l, around.between(position, el), 8)
    distance_e = np.where(has_e, np.minimum(position - e, 4), 0)
    distance_l = np.where(has_l, np.minimum(el - position, 4), 0)
    after_cue = np.where(has_e, all_classes[np.minimum(e + 1, n - 1)], 7)
    before_cue = np.where(has_l, all_classes[el - 1], 7)
    context = has_e * 1 + has_l * 2 + tokens.quoted[here] * 4 + around.quoted[here] * 8
    run = around.run[here]
    return [
        _mix(0, np.zeros(end - begin)),
        _mix(1, word[0]),
        _mix(2, rows[here, SHAPE], first),
        _mix(3, rows[here, SUFFIX]),
        _mix(4, quoted[0], quoted[-1], quoted[1]),
        _mix(5, tokens.quoted_span_kind[here]),
        _mix(6, word[-1]),
        _mix(7, word[1]),
        _mix(8, word[-2]),
        _mix(9, word[2]),
        _mix(10, word[-1], word[0]),
        _mix(11, word[0], word[1]),
        _mix(12, cue[0], quoted[0]),
        _mix(13, cue[-1]),
        _mix(14, cue[1]),
        _mix(15, cls[0], quoted[0]),
        _mix(16, root, cls[1]),
        _mix(17, cls[-1], comb[0], cls[1]),
        _mix(18, cls[-1], cls[0], cls[1]),
        _mix(19, cls[-2], cls[-1]),
        _mix(20, cls[1], cls[2]),
        _mix(21, around.new_paragraph[here], first),
        _mix(22, context),
        _mix(23, np.where(has_e, all_roots[e], 7), after_cue, e_between),
        _mix(24, np.where(has_e, all_combs[e], 0), distance_e, e_between, quoted[0]),
        _mix(25, np.where(has_l, all_roots[el], 7), before_cue, l_between),
        _mix(26, np.where(has_l, all_combs[el], 0), distance_l, l_between, quoted[0]),
        _mix(27, run, around.capital[here], comb[1]),
        _mix(28, run, cls[-1], cls[1]),
    ]
