"""Features of the tagger: one row of 64-bit feature keys per token.

A key is a hash of a template's number and the values it combines. What depends on the word alone
(class, stem, cue statistics) is computed once per word type and cached. The rest is array work, so
that the cost per token stays the same. Hashes are CRC-32, the same on every machine and every run.
"""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

import numpy as np

from onrecord.attributions.tagging.word_forms import shape, stem, word_class
from onrecord.text.tokens import Article

_K1 = np.uint64(0x9E3779B97F4A7C15)
_K2 = np.uint64(0xC2B2AE3D27D4EB4F)
_SHIFT = np.uint64(29)

# Columns of the table of word types.
WORD, SHAPE, SUFFIX, CLASS, STEM, CUE, COMB, STRONG, CAPITAL, THAT, COMMA, MARK, END, ALNUM = range(14)


# Quotation marks that news rarely uses count as straight ones, which the models know.
_GLYPHS = dict.fromkeys("«»„‟〝〞″＂ʺ❝❞「」『』《》‹›", '"') | dict.fromkeys("´`′‚", "'")


class WordTypes:
    """Table of the word types seen so far: a row of 14 numbers per word.

    A row is made when its word is first seen. `deciles` gives for words ("w:said") and stems ("s:say") how
    often they are part of a cue, in tenths.
    """

    LIMIT = 400_000

    def __init__(self, deciles: Mapping[str, int]):
        self.deciles = deciles
        self.index: dict[str, int] = {}
        self.rows = np.empty((4096, 14), np.uint64)

    def ids(self, tokens: list[str]) -> np.ndarray:
        """Row number of each token; new words get a row."""
        if len(self.index) > self.LIMIT:  # memory stays bounded on any corpus
            self.index.clear()
        index = self.index
        new = {token for token in tokens if token not in index}
        if new:
            for token in sorted(new):
                number = len(index)
                if number == len(self.rows):
                    self.rows = np.concatenate([self.rows, np.empty_like(self.rows)])
                self.rows[number] = self._describe(token)
                index[token] = number
        return np.fromiter(map(index.__getitem__, tokens), np.int64, len(tokens))

    def _describe(self, token: str) -> tuple[int, ...]:
        token = _GLYPHS.get(token, token)
        lower = token.lower().replace("’", "'")
        root = stem(lower)
        cue = self.deciles.get("w:" + lower, -1)
        comb = max(cue, self.deciles.get("s:" + root, -1))
        return (
            crc32(lower.encode("utf-8", "surrogatepass")),
            crc32(shape(token).encode("utf-8", "surrogatepass")),
            crc32(lower[-3:].encode("utf-8", "surrogatepass")),
            crc32(word_class(token).encode("utf-8", "surrogatepass")),
            crc32(root.encode("utf-8", "surrogatepass")),
            cue + 1,
            comb + 1,
            comb >= 4,
            token[0].isupper(),
            lower == "that",
            token == ",",
            token in ('"', "“", "”", "''", "``", "‘"),
            token in (".", "?", "!"),
            token[0].isalnum(),
        )


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


def _shifted(column: np.ndarray, by: int, fill: int) -> np.ndarray:
    """`column` with each row's value taken `by` tokens later (earlier if negative)."""
    if by == 0:
        return column
    out = np.full_like(column, fill)
    if by > 0:
        out[:-by] = column[by:]
    else:
        out[-by:] = column[:by]
    return out


ARTICLE_GAP = 20

# The templates of `feature_keys` that the net looks at: what a token is, and where; the words and
# their order around it the net sees for itself.
WORD_TEMPLATE = 1  # the word alone
NET_TEMPLATES = (1, 2, 3, 4, 5, 12, 15, 21, 22, 23, 24, 25, 26, 27)


class Tokens:
    """Arrays that features and candidates share, for one or several articles in a row."""

    def __init__(self, articles: list[Article], types: WordTypes):
        ids = [types.ids(article.tokens) for article in articles]
        self.rows = types.rows[np.concatenate(ids)] if ids else np.empty((0, 14), np.uint64)
        self.starts = np.concatenate([[0], np.cumsum([len(i) for i in ids])]).astype(np.int64)
        columns: list[tuple[np.ndarray, ...]] = [(np.empty(0, np.int64),) * 4 + (np.empty(0, bool),)]
        n_sentences = n_paragraphs = n_quoted_spans = 0
        for article in articles:
            of_sentence = np.array([p for _, _, p in article.sentences] or [0], np.int64)
            paragraph = of_sentence[article.token_sentence]
            columns.append(
                (
                    article.token_sentence + n_sentences,
                    paragraph + n_paragraphs,
                    np.where(article.token_quoted_span >= 0, article.token_quoted_span + n_quoted_spans, -1),
                    _quoted_span_kinds(article)[article.token_quoted_span],
                    _not_story(article, paragraph),
                )
            )
            # A gap between articles, so that no window over sentences reaches into the next.
            n_sentences += len(article.sentences) + ARTICLE_GAP
            n_paragraphs += len(article.paragraphs) + ARTICLE_GAP
            n_quoted_spans += len(article.quoted_spans)
        self.sentence, self.paragraph, self.quoted_span, self.quoted_span_kind, self.is_boilerplate = (
            np.concatenate(column) for column in zip(*columns, strict=True)
        )
        self.quoted = self.quoted_span >= 0


def _not_story(article: Article, paragraph: np.ndarray) -> np.ndarray:
    """For each token, whether it is in boilerplate or in a dateline."""
    found = np.array(article.is_boilerplate or [False])[paragraph]
    for span in article.datelines:
        first, stop = article.starts.searchsorted(span)
        found[first:stop] = True
    return found


def _quoted_span_kinds(article: Article) -> np.ndarray:
    """Kind of each quoted span, as a small number.

    The number combines its length in tokens, how it begins and ends, and whether it is closed.
    """
    number = article.token_quoted_span
    counts = np.bincount(number[number >= 0], minlength=len(article.quoted_spans))
    kinds = np.zeros(len(article.quoted_spans) + 1, np.int64)  # the last is for tokens outside
    for i, span in enumerate(article.quoted_spans):
        inner = article.text[span.start : span.end].strip("\"“”„‘’'`«» ")
        if inner:
            length = min(int(counts[i]), 9) if counts[i] < 10 else 10 + min(int(counts[i]) // 10, 4)
            kinds[i] = 1 + length * 8 + 4 * inner[0].isupper() + 2 * (inner[-1] in ",.?!…") + span.is_closed
    return kinds


def feature_keys(tokens: Tokens) -> np.ndarray:
    """Feature keys of the tokens. One row per token, one column per template."""
    rows = tokens.rows
    n = len(rows)
    word, cls, root, cue, comb = (rows[:, c] for c in (WORD, CLASS, STEM, CUE, COMB))
    quoted = tokens.quoted.astype(np.uint64)
    position = np.arange(n)
    sentence = tokens.sentence
    first = np.ones(n, bool)
    first[1:] = sentence[1:] != sentence[:-1]
    last = np.ones(n, bool)
    last[:-1] = first[1:]
    start = np.maximum.accumulate(np.where(first, position, 0)) if n else position
    stop = np.minimum.accumulate(np.where(last, position, n)[::-1])[::-1] if n else position
    new_paragraph = np.ones(n, bool)
    new_paragraph[1:] = tokens.paragraph[1:] != tokens.paragraph[:-1]

    def near(column: np.ndarray, by: int) -> np.ndarray:
        """Value of the neighbour within the sentence, and a border value outside it."""
        out = _shifted(column, by, 7)
        target = position + by
        return np.where((target < start) | (target > stop), np.uint64(7), out)

    strong = (rows[:, STRONG] > 0) & ~tokens.quoted
    earlier = np.maximum.accumulate(np.where(strong, position, -1)) if n else position
    earlier = np.concatenate([[-1], earlier[:-1]]) if n else earlier
    earlier = np.where(earlier >= start, earlier, -1)
    later = np.minimum.accumulate(np.where(strong, position, n)[::-1])[::-1] if n else position
    later = np.concatenate([later[1:], [n]]) if n else later
    later = np.where(later <= stop, later, -1)

    def count(flags: np.ndarray) -> np.ndarray:
        return np.concatenate([[0], np.cumsum(flags)])

    that, comma, mark = (count(rows[:, c] > 0) for c in (THAT, COMMA, MARK))

    def between(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """What is strictly between tokens a and b: "that", a comma, a quotation mark."""
        lo, hi = np.minimum(a + 1, b), b
        return (1 * (that[hi] > that[lo]) + 2 * (comma[hi] > comma[lo]) + 4 * (mark[hi] > mark[lo])).astype(
            np.uint64
        )

    has_e, has_l = earlier >= 0, later >= 0
    e, el = np.maximum(earlier, 0), np.maximum(later, 0)
    quoted_count = count(tokens.quoted)
    any_quoted = quoted_count[stop + 1] > quoted_count[start] if n else tokens.quoted
    e_between = np.where(has_e, between(e, position), 8)
    l_between = np.where(has_l, between(position, el), 8)
    distance_e = np.where(has_e, np.minimum(position - e, 4), 0)
    distance_l = np.where(has_l, np.minimum(el - position, 4), 0)
    after_cue = np.where(has_e, _shifted(cls, 1, 7)[e] if n else 0, 7)
    before_cue = np.where(has_l, _shifted(cls, -1, 7)[el] if n else 0, 7)
    context = has_e * 1 + has_l * 2 + tokens.quoted * 4 + any_quoted * 8
    w1, w2, v1, v2 = near(word, -1), near(word, -2), near(word, 1), near(word, 2)
    c1, c2, d1, d2 = near(cls, -1), near(cls, -2), near(cls, 1), near(cls, 2)
    capital = (rows[:, CAPITAL] > 0) & ~first
    run = _capital_runs(rows[:, CAPITAL] > 0, sentence)
    columns = [
        _mix(0, np.zeros(n)),
        _mix(1, word),
        _mix(2, rows[:, SHAPE], first),
        _mix(3, rows[:, SUFFIX]),
        _mix(4, quoted, near(quoted, -1), near(quoted, 1)),
        _mix(5, tokens.quoted_span_kind),
        _mix(6, w1),
        _mix(7, v1),
        _mix(8, w2),
        _mix(9, v2),
        _mix(10, w1, word),
        _mix(11, word, v1),
        _mix(12, cue, quoted),
        _mix(13, near(cue, -1)),
        _mix(14, near(cue, 1)),
        _mix(15, cls, quoted),
        _mix(16, root, d1),
        _mix(17, c1, comb, d1),
        _mix(18, c1, cls, d1),
        _mix(19, c2, c1),
        _mix(20, d1, d2),
        _mix(21, new_paragraph, first),
        _mix(22, context),
        _mix(23, np.where(has_e, root[e] if n else 0, 7), after_cue, e_between),
        _mix(24, np.where(has_e, comb[e] if n else 0, 0), distance_e, e_between, quoted),
        _mix(25, np.where(has_l, root[el] if n else 0, 7), before_cue, l_between),
        _mix(26, np.where(has_l, comb[el] if n else 0, 0), distance_l, l_between, quoted),
        _mix(27, run, capital, near(comb, 1)),
        _mix(28, run, c1, d1),
    ]
    return np.stack(columns, axis=1)


def _capital_runs(capital: np.ndarray, sentence: np.ndarray) -> np.ndarray:
    """Position of each token in a run of capitalised words; 0 outside one.

    10 × position in the run + length of the run, both up to 5.
    """
    n = len(capital)
    if not n:
        return np.zeros(0, np.int64)
    begins = capital.copy()
    begins[1:] &= ~(capital[:-1] & (sentence[1:] == sentence[:-1]))
    position = np.arange(n)
    start = np.maximum.accumulate(np.where(begins, position, 0))
    ends = capital.copy()
    ends[:-1] &= ~(capital[1:] & (sentence[1:] == sentence[:-1]))
    end = np.minimum.accumulate(np.where(ends, position, n)[::-1])[::-1]
    return np.where(capital, 10 * np.minimum(position - start + 1, 5) + np.minimum(end - start + 1, 5), 0)
