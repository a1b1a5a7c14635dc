"""The names of articles with their types, read for many articles together.

Types of names are a matter of large arrays: one step over all articles of a batch costs little more than
over one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from onrecord.mentions.labels import label_names
from onrecord.mentions.name_parts import Single, whole_names
from onrecord.mentions.name_runs import SUFFIXES, Run, cut_to_pair, read_runs
from onrecord.mentions.name_types import NameType, name_types
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists

_PAIR = 2  # words: a first and a last name


class ArticleNames(NamedTuple):
    """Names of one article, of persons and of everything else."""

    capitals: list[tuple[str, int, int]]  # every run of capitalised words: text, start, end
    singles: list[Single]  # names of one word
    runs: list[Run]  # longer names and those with titles
    labels: Mapping[int, Run]  # names of speakers in labels, by their start
    types: dict[str, NameType]  # of each name as written, without titles


def read_names(articles: Sequence[Article], lists: Lists) -> list[ArticleNames]:
    """Names of each article."""
    found = [_names_of(article, lists) for article in articles]
    types = name_types(articles, [(singles, runs) for _, singles, runs, _ in found])
    return [ArticleNames(*names, of_names) for names, of_names in zip(found, types, strict=True)]


def _names_of(
    article: Article, lists: Lists
) -> tuple[list[tuple[str, int, int]], list[Single], list[Run], Mapping[int, Run]]:
    """Fields of ArticleNames but the types."""
    text = article.text
    capitals: list[tuple[str, int, int]] = []
    singles, runs = whole_names(text, *read_runs(text, lists, capitals), lists)
    behind_plural = {run for run in runs if run.titles and _is_plural_title(run, lists) and n_words(run) == 1}
    if behind_plural:  # "Sisters Ida and Rosa Tench"
        runs = [run for run in runs if run not in behind_plural]
        singles = sorted(
            [*singles, *((run.words[0], run.start, run.end) for run in behind_plural)], key=lambda x: x[1]
        )
    labels = {run.start: run for run in label_names(article, lists)}  # "MS. FENN:", of a transcript
    if labels:
        singles, runs = _with_labels(singles, runs, labels)
    pairs = {run.words for run in runs if len(run.words) == _PAIR}
    runs = [
        cut_to_pair(run)
        if len(run.words) > _PAIR and run.words[:_PAIR] in pairs and run.words[_PAIR] not in SUFFIXES
        else run
        for run in runs
    ]
    return capitals, singles, runs, labels


def _is_plural_title(run: Run, lists: Lists) -> bool:
    """Whether a plural noun for people precedes a name of one word: "Sisters Ida"."""
    return bool(run.titles) and run.titles[-1].lower() in lists.plural and run.titles[-1] not in lists.titles


def _with_labels(
    singles: list[Single], runs: list[Run], labels: Mapping[int, Run]
) -> tuple[list[Single], list[Run]]:
    """Single words and names with those of labels in place of what overlaps them."""
    taken = [(run.start, run.end) for run in labels.values()]

    def is_free(start: int, end: int) -> bool:
        at = bisect_left(taken, (end,))
        return at == 0 or taken[at - 1][1] <= start

    return (
        [single for single in singles if is_free(*single[1:])],
        sorted([run for run in runs if is_free(run.start, run.end)] + list(labels.values())),
    )


def n_words(run: Run) -> int:
    """Number of words of a name without "Jr." and the like."""
    return len(run.words) - sum(map(SUFFIXES.__contains__, run.words))
