"""Tokens of a batch of articles as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from onrecord.attributions.tagging.word_types import WordTypes
from onrecord.text.tokens import Article

ARTICLE_GAP = 20


class Tokens:
    """Arrays that features and candidates share, for one or several articles in a row."""

    def __init__(self, articles: list[Article], types: WordTypes):
        ids = [types.ids(article.tokens) for article in articles]
        self.rows = types.rows[np.concatenate(ids)] if ids else np.empty((0, 14), np.uint32)
        lengths = np.array([len(i) for i in ids], np.int64)
        self.starts = np.concatenate([[0], np.cumsum(lengths)])

        def numbered(sizes: list[int]) -> np.ndarray:
            """For each token, how many of what is counted the articles before its own have."""
            return np.repeat(np.cumsum([0, *sizes])[:-1], lengths)

        sentence = _joined([article.token_sentence for article in articles])
        of_sentence = [[p for _, _, p in article.sentences] or [0] for article in articles]
        paragraph = _flat(of_sentence, np.int64)[sentence + numbered([len(one) for one in of_sentence])]
        # A gap between articles, so that no window over sentences reaches into the next.
        self.sentence = sentence + numbered([len(article.sentences) + ARTICLE_GAP for article in articles])
        self.paragraph = paragraph + numbered([len(article.paragraphs) + ARTICLE_GAP for article in articles])
        quoted_span = _joined([article.token_quoted_span for article in articles])
        self.quoted = quoted_span >= 0
        n_spans = [len(article.quoted_spans) for article in articles]
        self.quoted_span = np.where(self.quoted, quoted_span + numbered(n_spans), -1)
        counts = np.bincount(self.quoted_span[self.quoted], minlength=sum(n_spans))
        self.quoted_span_kind = _quoted_span_kinds(articles, counts.tolist())[self.quoted_span]
        boilerplate = [article.is_boilerplate or [False] for article in articles]
        # Boilerplate and datelines.
        self.is_boilerplate = _flat(boilerplate, bool)[paragraph + numbered([len(b) for b in boilerplate])]
        for begin, article in zip(self.starts.tolist(), articles, strict=False):
            for span in article.datelines:
                first, stop = article.starts.searchsorted(span)
                self.is_boilerplate[begin + first : begin + stop] = True


def _joined(parts: list[np.ndarray]) -> np.ndarray:
    return np.concatenate([np.empty(0, np.int64), *parts])


def _flat(parts: Sequence[Sequence[int]], kind: type) -> np.ndarray:
    return np.array(list(chain.from_iterable(parts)), kind)


def _quoted_span_kinds(articles: list[Article], counts: list[int]) -> np.ndarray:
    """Kind of each quoted span, as a small number. The last one is for tokens outside.

    The number combines its length in tokens, how it begins and ends, and whether it is closed.
    """
    kinds = []
    spans = ((article.text, span) for article in articles for span in article.quoted_spans)
    for count, (text, span) in zip(counts, spans, strict=True):
        inner = text[span.start : span.end].strip("\"“”„‘’'`«» ")
        kind = 0
        if inner:
            length = count if count < 10 else 10 + min(count // 10, 4)
            kind = 1 + length * 8 + 4 * inner[0].isupper() + 2 * (inner[-1] in ",.?!…") + span.is_closed
        kinds.append(kind)
    return np.array([*kinds, 0], np.int64)
