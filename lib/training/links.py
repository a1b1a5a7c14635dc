"""Train the linker.

It is trained on marginals of taggers that did not see the article: gold labels are too good.
"""

from __future__ import annotations

import numpy as np

from onrecord.attributions.linking.candidates import find_candidates, likelihoods
from onrecord.attributions.linking.choices import best_of, margin, second_look
from onrecord.attributions.linking.context import articles_of, make_context
from onrecord.attributions.linking.link_features import (
    CUE_WINDOW,
    SOURCE_WINDOW,
    cue_features,
    make_rows,
    pairs,
    source_features,
)
from onrecord.attributions.linking.linker import Linker, join_features, verdict_features
from onrecord.attributions.tagging.batch_tokens import Tokens
from onrecord.text.tokens import read_article
from training.dataset import token_range
from training.forests import fit
from training.polnear import Annotated

THRESHOLDS = {"cue": 0.2, "source": 0.1, "keep": 0.36, "join": 0.5}


class Linked:
    """Articles with their candidates and what the annotators say of them."""

    def __init__(
        self, annotated: list[Annotated], marginals: list[np.ndarray], rows: list[np.ndarray], types
    ):
        self.articles = [read_article(item.text) for item in annotated]
        tokens = Tokens(self.articles, types)
        tokens.rows = np.concatenate(rows)  # with the cue statistics the marginals were made with
        self.tokens = tokens
        self.marginals = np.concatenate(marginals)
        self.starts = np.concatenate([[0], np.cumsum([len(a.tokens) for a in self.articles])])
        self.n = int(self.starts[-1]) + 1
        self.is_word = np.array([t[0].isalnum() for a in self.articles for t in a.tokens])
        self.content = np.full(self.n - 1, -1)
        self.discard = np.zeros(self.n - 1, bool)
        source, cue = [], []
        number = 0
        for item, article, offset in zip(annotated, self.articles, self.starts[:-1], strict=True):
            for span in item.discard:
                first, stop = token_range(article, span)
                self.discard[offset + first : offset + stop] = True
            for gold in item.attributions:
                for spans, keys in ((gold.source, source), (gold.cue, cue)):
                    for span in spans:
                        first, stop = token_range(article, span)
                        keys += [number * self.n + offset + t for t in range(first, stop)]
                for span in gold.content:
                    first, stop = token_range(article, span)
                    self.content[offset + first : offset + stop] = number
                number += 1
        words = lambda keys: np.array(sorted(k for k in keys if self.is_word[k % self.n]), np.int64)  # noqa: E731
        self.source_keys, self.cue_keys = words(source), words(cue)
        self.batch = find_candidates(tokens, likelihoods([self.marginals]))
        self.context = make_context(self.batch)
        self.rows = make_rows(self.batch, self.context)
        self._label_contents()

    def _label_contents(self) -> None:
        first, stop, _ = self.batch.contents
        n = len(first)
        self.gold, self.share, self.usable = np.full(n, -1), np.zeros(n), np.zeros(n, bool)
        for k, (a, b) in enumerate(zip(first, stop, strict=True)):
            words = self.is_word[a:b]
            numbers = self.content[a:b][words]
            self.usable[k] = len(numbers) > 0 and not self.discard[a:b][words].any()
            inside = numbers[numbers >= 0]
            if len(inside):
                self.share[k] = len(inside) / len(numbers)
                self.gold[k] = np.bincount(inside - inside.min()).argmax() + inside.min()
        self.owner = np.searchsorted(self.starts, first, "right") - 1

    def right(self, keys: np.ndarray, i: np.ndarray, runs, j: np.ndarray) -> np.ndarray:
        """Whether candidate j shares a word with run i's attribution in `keys`."""
        number = self.gold[i]
        low = np.searchsorted(keys, number * self.n + runs.first[j])
        high = np.searchsorted(keys, number * self.n + runs.stop[j])
        return (high > low) & (number >= 0)

    def continued(self) -> np.ndarray:
        spans = [span for article in self.articles for span in article.quoted_spans]
        return np.array([span.is_continued for span in spans] or [False])


def _cross(data: Linked, rows, right, use, at, fold):
    """Scores from forests that did not see the article's fold, and the forest on all."""
    owner_fold = fold[data.owner[at]]
    scores = np.zeros(len(right))
    for k in np.unique(fold):
        theirs = owner_fold == k
        scores[theirs] = fit(rows[use & ~theirs], right[use & ~theirs]).scores(rows[theirs])
    forest = fit(rows[use], right[use])
    return scores, forest


def _usable(data: Linked, i: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Pairs whose content run has a right candidate."""
    any_right = np.zeros(len(data.gold), bool)
    np.logical_or.at(any_right, i, right)
    return any_right[i] & data.usable[i]


def train_linker(data: Linked, fold: np.ndarray) -> Linker:
    """Linker trained on `data`.

    Each later forest sees scores of earlier ones that did not see the article.
    """
    n = len(data.gold)
    batch, context, found = data.batch, data.context, data.rows
    i, j = pairs(batch, batch.cues, CUE_WINDOW, 1)
    rows = cue_features(batch, context, found, i, j)
    right = data.right(data.cue_keys, i, batch.cues, j)
    score, cue_forest = _cross(data, rows, right, _usable(data, i, right), i, fold)
    cue, cue_score = best_of(i, j, score, n)
    cue_margin = margin(i, score, cue_score)
    cue_right = _best_right(data.cue_keys, data, cue, batch.cues)

    i, j = pairs(batch, batch.sources, SOURCE_WINDOW, 1)
    rows = source_features(batch, context, found, i, j, cue, cue_score)
    right = data.right(data.source_keys, i, batch.sources, j)
    use = _usable(data, i, right)
    score, source_forest = _cross(data, rows, right, use, i, fold)
    rows = np.concatenate([rows, second_look(i, j, score, articles_of(batch, batch.contents.first))], axis=1)
    score, again_forest = _cross(data, rows, right, use, i, fold)
    source, source_score = best_of(i, j, score, n)
    source_margin = margin(i, score, source_score)
    source_right = _best_right(data.source_keys, data, source, batch.sources)

    rows = verdict_features(
        batch, context, found, cue, (cue_score, cue_margin), source, (source_score, source_margin)
    )
    every = np.arange(n)
    positive = data.usable & (data.gold >= 0)
    small = {"iterations": 80, "depth": 5}
    verdicts = {
        "cue_right": fit(rows[positive], cue_right[positive], **small),
        "source_right": fit(rows[positive], source_right[positive], **small),
    }
    keep_score, verdicts["keep"] = _cross(data, rows, data.share >= 0.5, data.usable, every, fold)
    kept = np.flatnonzero(1 / (1 + np.exp(-keep_score)) >= THRESHOLDS["keep"])
    _, rows = join_features(
        batch, context, kept, (found.content, cue, cue_score, source, source_score), data.continued()
    )
    gold = data.gold[kept]
    same = (gold[1:] == gold[:-1]) & (gold[1:] >= 0)
    use = (data.owner[kept][1:] == data.owner[kept][:-1]) & (gold[1:] >= 0) & (gold[:-1] >= 0)
    verdicts["join"] = fit(rows[use], same[use], **small)
    return Linker(cue_forest, source_forest, again_forest, thresholds=dict(THRESHOLDS), **verdicts)


def _best_right(keys, data: Linked, best: np.ndarray, runs) -> np.ndarray:
    chosen = np.flatnonzero(best >= 0)
    right = np.zeros(len(best), bool)
    right[chosen] = data.right(keys, chosen, runs, best[chosen])
    return right
