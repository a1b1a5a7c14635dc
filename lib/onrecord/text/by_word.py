"""Answers to one question about words, remembered in all articles."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


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
