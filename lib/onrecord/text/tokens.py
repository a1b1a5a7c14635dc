"""One article read once: paragraphs, sentences, tokens, quoted spans, boilerplate.

All by offsets. Every later step works on this reading, so that each sees the same tokens and borders.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from onrecord.records import Span
from onrecord.text.boilerplate import mark_boilerplate
from onrecord.text.by_word import ByWord
from onrecord.text.characters import plain_blanks
from onrecord.text.datelines import find_agency_tags, find_datelines
from onrecord.text.quotation_marks import QuotedSpan, find_quoted_spans, paragraph_spans
from onrecord.text.sentences import sentence_spans
from onrecord.wordlists import Lists, load_lists

# A word keeps its hyphens and inner apostrophes; a possessive 's is a token of its own, because a
# source may be "Trump" in "Trump's claim". "fell.It" is three tokens: no blank follows the full stop.
TOKEN = re.compile(
    r"[A-Za-z]\.(?:[A-Za-z]\.)+"
    r"|\w+(?:[-/&@_]\w+|[,:](?:(?<=\d.)|(?=\d))\w+|\.(?!(?<=[a-z][a-z]\.)[A-Z](?:[a-z]|\b))\w+|['’](?!s\b)\w+)*"
    r"|''|``|\.\.\.|--"
    r"|['’]s\b"
    r"|[^\w\s]"
)


def _lower_case(word: str) -> str:
    """Word in lower case, one object for each word.

    Python computes the hash of such an object once. Every rule looks words up.
    """
    lower = word.lower()
    return word if lower == word else _LOWER[lower]


_LOWER = ByWord(_lower_case)


class Article(NamedTuple):
    """One article as it was read.

    Offsets are code points of `text`. Arrays run over tokens.
    """

    text: str  # with a blank for each no-break space
    paragraphs: list[Span]
    is_boilerplate: list[bool]  # of each paragraph
    sentences: list[tuple[int, int, int]]  # start, end, paragraph
    quoted_spans: list[QuotedSpan]
    tokens: list[str]
    starts: np.ndarray
    ends: np.ndarray
    token_sentence: np.ndarray
    token_quoted_span: np.ndarray  # index into quoted_spans, or -1 outside quotation marks
    # The same as lists: a single number is looked up several times faster than in an array.
    token_starts: list[int]
    token_ends: list[int]
    sentence_of: list[int]  # of each token
    sentence_starts: list[int]
    paragraph_starts: list[int]
    quoted_span_of: list[int]  # of each token, or -1
    token_is_quoted: list[bool]
    sentence_tokens: list[int]  # first token of each sentence, and the number of all
    lowered: list[str]  # the tokens in lower case
    places: dict[str, list[int]]  # word in lower case -> its tokens: a rule goes to its words directly
    datelines: tuple[Span, ...]  # datelines and agency tags, in text order: outside the sentences
    not_story: list[Span]  # boilerplate and datelines, apart and in text order
    story_borders: list[int]  # their starts and ends in turn
    notes: dict[object, tuple[object, Any]]  # what several steps ask of it, see text/memo.py
    # Every rule asks these for every word that it looks at: without a function of Python in between, they
    # take half the time.
    token_at: partial[int]  # number of the token at an offset, or of the next one
    sentence_at: partial[int]  # number of the sentence that contains an offset, or is before it
    paragraph_at: partial[int]  # the same for paragraphs

    def is_quoted(self, offset: int) -> bool:
        """Whether the token at `offset`, or the next one, is within quotation marks."""
        token = bisect_left(self.token_starts, offset)
        return token < len(self.tokens) and self.token_is_quoted[token]

    def in_boilerplate(self, offset: int) -> bool:
        """Whether `offset` is in a paragraph or dateline that is not part of the story."""
        return bisect_right(self.story_borders, offset) % 2 == 1

    def tokens_of(self, words: Iterable[str]) -> list[int]:
        """Tokens that are one of `words`, which are in lower case, in text order."""
        places = self.places
        return sorted([at for word in words if word in places for at in places[word]])

    def form_of(self, spans: Iterable[Span]) -> str:
        """direct, mixed or indirect: all, some or none of the words of `spans` are quoted."""
        n_words = n_quoted = 0
        for span in spans:
            words, quoted = self._count_words(span)
            n_words += words
            n_quoted += quoted
        return "direct" if n_words and n_quoted == n_words else "mixed" if n_quoted else "indirect"

    def n_quoted_words(self, spans: Iterable[Span], form: str = "mixed") -> int:
        """Number of quoted words of `spans`.

        All words of a direct attribution, with quotation marks or without.
        """
        which = form != "direct"
        return sum([self._count_words(span)[which] for span in spans])

    def _count_words(self, span: Span) -> tuple[int, int]:
        """Number of words and of quoted words among the tokens of `span`."""
        first, stop = self.token_at(span[0]), self.token_at(span[1])
        quoted = self.token_is_quoted[first:stop]
        if not any(quoted):
            return sum([token[0].isalnum() for token in self.tokens[first:stop]]), 0
        quoted = [
            is_quoted
            for token, is_quoted in zip(self.tokens[first:stop], quoted, strict=True)
            if token[0].isalnum()
        ]
        return len(quoted), sum(quoted)


_IS_BLANK = np.array([chr(code).isspace() for code in range(0x3001)] + [False])  # the last for all above


def _token_offsets(text: str, tokens: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Start and end of each token.

    Every character but white space belongs to exactly one token.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    written = np.flatnonzero(~_IS_BLANK[np.minimum(codes, len(_IS_BLANK) - 1)])
    lengths = np.fromiter(map(len, tokens), np.int64, len(tokens))
    last = np.cumsum(lengths) - 1
    ends = written[last] + 1
    return ends - lengths, ends


def _not_story(
    length: int, paragraphs: list[Span], is_boilerplate: list[bool], datelines: tuple[Span, ...]
) -> list[Span]:
    """Spans of boilerplate and datelines, apart and in text order.

    A gap belongs to the paragraph before it, what is before the first paragraph to that.
    """
    starts = [0, *(start for start, _ in paragraphs[1:]), length + 1]
    boilerplate = [(starts[number], starts[number + 1]) for number, flag in enumerate(is_boilerplate) if flag]
    found: list[Span] = []
    for start, end in sorted([*boilerplate, *datelines]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def read_article(text: str, repeated: Container[str] = frozenset(), lists: Lists | None = None) -> Article:
    """`text` read once. An empty text gives an article without tokens.

    `repeated`: paragraphs that occur in many articles of the corpus (see boilerplate.repeated_paragraphs).
    `lists`: word lists from `load_lists`, of which boilerplate and abbreviations count.
    """
    lists = lists or load_lists()
    text = plain_blanks(text)
    as_written = paragraph_spans(text)
    paragraphs, boilerplate = mark_boilerplate(text, as_written, repeated, lists)
    by_paragraph = find_datelines(text, paragraphs, lists)
    sentences = sentence_spans(text, paragraphs, lists, by_paragraph)
    quoted_spans = find_quoted_spans(text, paragraphs, lists)
    datelines = tuple(sorted(filter(None, [*by_paragraph, *find_agency_tags(text, paragraphs, lists)])))
    if len(paragraphs) == len(as_written):
        tokens = TOKEN.findall(text)
    else:  # boilerplate may begin where a word ends without a blank: "he said.READ MORE"
        tokens = [token for start, end in paragraphs for token in TOKEN.findall(text, start, end)]
    starts, ends = _token_offsets(text, tokens)
    sentence_starts = [start for start, _, _ in sentences]
    token_sentence = np.maximum(np.searchsorted(np.array(sentence_starts, np.int64), starts, "right") - 1, 0)
    quoted_starts = np.array([s.start for s in quoted_spans], np.int64)
    quoted_ends = np.array([s.end for s in quoted_spans] or [0], np.int64)
    number = np.searchsorted(quoted_starts, starts, "right") - 1
    token_quoted_span = np.where((number >= 0) & (starts < quoted_ends[number]), number, -1)
    token_starts = starts.tolist()
    paragraph_starts = [start for start, _ in paragraphs]
    not_story = _not_story(len(text), paragraphs, boilerplate, datelines)
    lowered = list(map(_LOWER.__getitem__, tokens))
    places: dict[str, list[int]] = {}
    for at, word in enumerate(lowered):
        if word in places:
            places[word].append(at)
        else:
            places[word] = [at]
    return Article(
        text=text,
        paragraphs=paragraphs,
        is_boilerplate=boilerplate,
        sentences=sentences,
        quoted_spans=quoted_spans,
        tokens=tokens,
        starts=starts,
        ends=ends,
        token_sentence=token_sentence,
        token_quoted_span=token_quoted_span,
        token_starts=token_starts,
        token_ends=ends.tolist(),
        sentence_of=token_sentence.tolist(),
        sentence_starts=sentence_starts,
        paragraph_starts=paragraph_starts,
        quoted_span_of=token_quoted_span.tolist(),
        token_is_quoted=(token_quoted_span >= 0).tolist(),
        sentence_tokens=np.searchsorted(token_sentence, np.arange(len(sentences) + 1)).tolist(),
        lowered=lowered,
        places=places,
        datelines=datelines,
        not_story=not_story,
        story_borders=[border for span in not_story for border in span],
        notes={},
        token_at=partial(bisect_left, token_starts),
        # Without the first start, the number of starts up to an offset is the number of the last of them.
        sentence_at=partial(bisect_right, sentence_starts[1:]),
        paragraph_at=partial(bisect_right, paragraph_starts[1:]),
    )
