"""Results that several steps ask of one article, computed once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from onrecord.text.tokens import Article
from onrecord.wordlists import Lists

T = TypeVar("T")


def once_per_article(function: Callable[[Article, Lists], T]) -> Callable[[Article, Lists], T]:
    """`function`, whose result is noted with the article.

    Nobody may change the result.
    """

    @wraps(function)
    def noted_or_new(article: Article, lists: Lists) -> T:
        noted = article.notes.get(function)
        if noted is None or noted[0] is not lists:
            noted = article.notes[function] = lists, function(article, lists)
        return cast(T, noted[1])

    return noted_or_new
