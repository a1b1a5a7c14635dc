"""Training rows of annotated articles: labels, cue statistics, feature numbers."""

from __future__ import annotations

from collections import Counter

import numpy as np

from onrecord.attributions.tagging.batch_tokens import Tokens
from onrecord.attributions.tagging.labels import KINDS
from onrecord.attributions.tagging.token_features import feature_keys
from onrecord.attributions.tagging.word_forms import stem
from onrecord.attributions.tagging.word_types import WordTypes
from onrecord.records import Span
from onrecord.text.tokens import Article, read_article
from training.polnear import Annotated


def token_range(article: Article, span: Span) -> tuple[int, int]:
    """Tokens (first, one past the last) that share a character with `span`."""
    return int(np.searchsorted(article.ends, span[0], "right")), int(
        np.searchsorted(article.starts, span[1], "left")
    )


def fragments(article: Article, spans: list[Span]) -> list[tuple[int, int]]:
    """Token ranges of the spans, cut at sentence borders.

    Spans with only blanks between them are one.
    """
    merged: list[Span] = []
    for start, end in spans:
        if merged and not article.text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    found = []
    for span in merged:
        a, b = token_range(article, span)
        while a < b:
            c = a + 1
            while c < b and article.token_sentence[c] == article.token_sentence[a]:
                c += 1
            found.append((a, c))
            a = c
    return found


def token_labels(article: Article, annotated: Annotated) -> np.ndarray:
    """Label of each token.

    Labels of content are set first, then those of sources, then those of cues.
    """
    labels = np.zeros(len(article.tokens), np.int64)
    sentence = article.token_sentence
    layers = {"content": [], "source": [], "cue": []}
    for gold in annotated.attributions:
        cue_at: dict[int, int] = {}
        cues = fragments(article, gold.cue)
        for a, _ in cues:
            cue_at.setdefault(int(sentence[a]), a)
        layers["cue"] += [(a, b, KINDS.index("cue")) for a, b in cues]
        for role, spans in (("content", gold.content), ("source", gold.source)):
            for a, b in fragments(article, spans):
                at = cue_at.get(int(sentence[a]))
                side = "N" if at is None else "R" if at < a else "L"
                layers[role].append((a, b, KINDS.index(f"{role}-{side}")))
    kind = np.full(len(labels), -1)
    begin = np.zeros(len(labels), bool)
    for role in ("content", "source", "cue"):
        for a, b, k in layers[role]:
            kind[a:b] = k
            begin[a] = True
            if b < len(begin):
                begin[b] = True
    n = len(labels)
    for t in range(n):
        k = kind[t]
        if k < 0:
            continue
        starts = begin[t] or t == 0 or kind[t - 1] != k or sentence[t - 1] != sentence[t]
        ends = t + 1 == n or begin[t + 1] or kind[t + 1] != k or sentence[t + 1] != sentence[t]
        tag = 3 if starts and ends else 0 if starts else 2 if ends else 1
        labels[t] = 1 + 4 * k + tag
    return labels


class CueCounts:
    """Counts of each word and each stem in the text and in cues."""

    def __init__(self) -> None:
        self.total: Counter[str] = Counter()
        self.cue: Counter[str] = Counter()

    def add(self, article: Article, labels: np.ndarray, sign: int = 1) -> None:
        first = 1 + 4 * KINDS.index("cue")
        for token, label in zip(article.tokens, labels, strict=True):
            lower = token.lower().replace("’", "'")
            for key in ("w:" + lower, "s:" + stem(lower)):
                self.total[key] += sign
                if label >= first:
                    self.cue[key] += sign

    def deciles(self) -> dict[str, int]:
        """Tenths of (cue + .05) / (n + 1), per word and stem.

        Only for those that are part of a cue at least twice.
        """
        return {
            key: int(10 * (count + 0.05) / (self.total[key] + 1))
            for key, count in self.cue.items()
            if count >= 2
        }


class Dataset:
    """Articles with their labels and feature keys.

    The cue statistics in the keys leave out the article's own fold.
    """

    def __init__(self, annotated: list[Annotated], *, n_folds: int = 8):
        self.annotated = annotated
        self.articles = [read_article(item.text) for item in annotated]
        self.labels = [token_labels(a, item) for a, item in zip(self.articles, annotated, strict=True)]
        names = sorted({item.name for item in annotated})
        copies = Counter(item.name for item in annotated)
        self.importance = np.array([1 / copies[item.name] for item in annotated])
        fold_of = {name: i % n_folds for i, name in enumerate(names)}
        self.fold = np.array([fold_of[item.name] for item in annotated])
        self.counts = CueCounts()
        for article, labels in zip(self.articles, self.labels, strict=True):
            self.counts.add(article, labels)
        self.deciles = self.counts.deciles()
        self.starts = np.concatenate([[0], np.cumsum([len(a.tokens) for a in self.articles])])
        self.keys = self._keys(n_folds)

    def _keys(self, n_folds: int) -> np.ndarray:
        keys: list[np.ndarray] = [None] * len(self.articles)
        for fold in range(n_folds):
            members = np.flatnonzero(self.fold == fold)
            for i in members:
                self.counts.add(self.articles[i], self.labels[i], -1)
            types = WordTypes(self.counts.deciles())
            for i in members:
                keys[i] = feature_keys(Tokens([self.articles[i]], types))
                self.counts.add(self.articles[i], self.labels[i])
        return np.concatenate(keys)


def number_features(keys: np.ndarray, cutoff: int = 2) -> tuple[np.ndarray, np.ndarray]:
    """Feature numbers in the shape of the keys, and the key of each number.

    The number is -1 below the cutoff.
    """
    unique, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    kept = counts >= cutoff
    number = np.where(kept, np.cumsum(kept) - 1, -1)
    return number[inverse].reshape(keys.shape).astype(np.int32), unique[kept]
