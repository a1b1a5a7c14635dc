"""Results that several steps or many articles ask again, computed once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from onrecord.text.tokens import Article
from onrecord.wordlists import Lists

T = TypeVar("T")


def once_per_article(function: Callable[[Article, Lists], T]) -> Callable[[Article, Lists], T]:
    """`function`, whose result for the article asked last is kept.

    The steps of one article follow each other, so nothing older is asked again. Nobody may change the
    result.
    """
    kept: list[tuple[list[str], Lists, T]] = []

    @wraps(function)
    def kept_or_new(article: Article, lists: Lists) -> T:
        if kept and kept[0][0] is article.tokens and kept[0][1] is lists:
            return kept[0][2]
        result = function(article, lists)
        kept[:] = [(article.tokens, lists, result)]
        return result

    return kept_or_new


class ByWord(dict[str, T]):
    """Answers to one question about words: each word is asked once, in all articles.

    Looking a word up takes a fraction of the time of asking again.
    """

    LIMIT = 200_000

    def __init__(self, answer: Callable[[str], T]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, word: str) -> T:
        if len(self) > self.LIMIT:  # memory stays bounded on any corpus
            self.clear()
        answer = self[word] = self._answer(word)
        return answer
