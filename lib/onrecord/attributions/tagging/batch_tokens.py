"""Tokens of a batch of articles as arrays."""

from __future__ import annotations

import numpy as np

from onrecord.attributions.tagging.word_types import WordTypes
from onrecord.text.tokens import Article

ARTICLE_GAP = 20


class Tokens:
    """Arrays that features and candidates share, for one or several articles in a row."""

    def __init__(self, articles: list[Article], types: WordTypes):
        ids = [types.ids(article.tokens) for article in articles]
        self.rows = types.rows[np.concatenate(ids)] if ids else np.empty((0, 14), np.uint32)
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
