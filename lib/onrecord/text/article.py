"""One article read once: paragraphs, sentences, tokens, quotation marks and furniture, all by offsets.

Every later step works on this one reading, so that each looks at the same tokens and borders.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container
from typing import NamedTuple

import numpy as np

from onrecord.records import Span
from onrecord.text.furniture import furniture_paragraphs
from onrecord.text.marks import Stretch, paragraph_spans, quoted_stretches
from onrecord.text.sentences import sentence_spans

# A word keeps its hyphens and inner apostrophes; a possessive 's is a token of its own, because a
# source may be "Trump" in "Trump's claim".
TOKEN = re.compile(
    r"''|``|\.\.\.|--"
    r"|['’]s\b"
    r"|(?:[A-Za-z]\.){2,}"
    r"|\w+(?:[-.,/&@_:]\w+|['’](?!s\b)\w+)*"
    r"|[^\w\s]"
)


class Article(NamedTuple):
    """One article as it was read. Offsets are code points of `text`; arrays run over tokens."""

    text: str
    paragraphs: list[Span]
    is_furniture: list[bool]  # a paragraph each
    sentences: list[tuple[int, int, int]]  # start, end, paragraph
    stretches: list[Stretch]
    tokens: list[str]
    starts: np.ndarray
    ends: np.ndarray
    token_sentence: np.ndarray
    token_stretch: np.ndarray  # index into stretches, or -1 outside quotation marks

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that holds `offset` (the one before, in a gap)."""
        return max(0, bisect_right(self.sentences, (offset, len(self.text) + 1, 0)) - 1)

    def paragraph_at(self, offset: int) -> int:
        """Return the number of the paragraph that holds `offset` (the one before, in a gap)."""
        return max(0, bisect_right(self.paragraphs, (offset, len(self.text) + 1)) - 1)


_IS_BLANK = np.array([chr(code).isspace() for code in range(0x3001)] + [False])  # the last for all above


def _places(text: str, tokens: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return where each token starts and ends: every sign that is no blank belongs to just one token."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    written = np.flatnonzero(~_IS_BLANK[np.minimum(codes, len(_IS_BLANK) - 1)])
    lengths = np.fromiter(map(len, tokens), np.int64, len(tokens))
    last = np.cumsum(lengths) - 1
    ends = written[last] + 1
    return ends - lengths, ends


def read_article(text: str, repeated: Container[str] = frozenset()) -> Article:
    """Return `text` read once; an empty text gives an article without tokens.

    `repeated`: paragraphs that stand in many articles of the corpus (see furniture.repeated_paragraphs).
    """
    paragraphs = paragraph_spans(text)
    furniture = furniture_paragraphs(text, paragraphs, repeated)
    sentences = sentence_spans(text, paragraphs)
    stretches = quoted_stretches(text, paragraphs)
    tokens = TOKEN.findall(text)
    starts, ends = _places(text, tokens)
    sentence_starts = np.array([s[0] for s in sentences], np.int64)
    token_sentence = np.maximum(np.searchsorted(sentence_starts, starts, "right") - 1, 0)
    stretch_starts = np.array([s.start for s in stretches], np.int64)
    stretch_ends = np.array([s.end for s in stretches] or [0], np.int64)
    stretch = np.searchsorted(stretch_starts, starts, "right") - 1
    token_stretch = np.where((stretch >= 0) & (starts < stretch_ends[stretch]), stretch, -1)
    return Article(
        text, paragraphs, furniture, sentences, stretches, tokens, starts, ends, token_sentence, token_stretch
    )
