"""Places of the words and phrases that a rule needs, found word by word.

A rule with an expensive pattern looks only where one of its triggers is. To search a text for each of
fifty triggers reads it fifty times. Here each word is asked once, in all articles, which triggers of all
rules it may be part of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import cast

from onrecord.text.tokens import Article

_LETTERS = re.compile(r"[^\W\d_]+")
_Part = tuple[str, str, int]  # word in lower case, the trigger, where it begins from the start of the word


class _Words(dict[str, tuple[tuple["Triggers", _Part], ...]]):
    """For each word in lower case, the triggers of all rules that it may be part of."""

    LIMIT = 200_000

    def __init__(self) -> None:
        super().__init__()
        self.rules: list[Triggers] = []

    def __missing__(self, word: str) -> tuple[tuple[Triggers, _Part], ...]:
        if len(self) > self.LIMIT:  # memory stays bounded on any corpus
            self.clear()
        self[word] = tuple((rule, part) for rule in self.rules for part in rule.parts_of(word))
        return self[word]

    def add(self, rule: Triggers) -> None:
        self.rules.append(rule)
        self.clear()

    def parts_in(self, article: Article, asked: Triggers) -> list[_Part]:
        """What the words of `article` may be part of: triggers of the rule that is asked."""
        noted = article.notes.get(_Words)
        if noted is None or asked not in noted[1]:  # a rule may be newer than the note
            found: dict[Triggers, list[_Part]] = {rule: [] for rule in self.rules}
            # Most words are part of no trigger: they are passed over without a loop of Python's.
            for parts in filter(None, map(self.__getitem__, article.places)):
                for rule, part in parts:
                    found[rule].append(part)
            noted = article.notes[_Words] = None, found
        return cast("list[_Part]", noted[1][asked])


_WORDS = _Words()


class Triggers:
    """Triggers of one rule.

    A trigger is a part of a word ("anonym"), or a phrase with the blanks and marks around it (" to the ").
    Each needs a letter.
    """

    def __init__(self, triggers: Iterable[str]) -> None:
        self._longest: list[tuple[str, str, int]] = []  # trigger, its longest word, where that begins
        for trigger in triggers:
            longest = max(_LETTERS.finditer(trigger), key=lambda part: len(part[0]))
            self._longest.append((trigger, longest[0].lower(), longest.start()))
        _WORDS.add(self)

    def parts_of(self, word: str) -> Iterator[_Part]:
        """Triggers that a word in lower case may be part of."""
        for trigger, longest, begins in self._longest:
            if longest in word:
                for match in re.finditer(longest, word):
                    yield word, trigger, match.start() - begins

    def find(self, article: Article, *, any_case: bool = False) -> Iterator[tuple[str, int]]:
        """Each trigger in `article` with its offset, not in text order.

        With `any_case` the triggers are in lower case and the text may be in any.
        """
        text, starts = article.text, article.token_starts
        for word, trigger, shift in _WORDS.parts_in(article, self):
            for token in article.places[word]:
                at = starts[token] + shift
                if at < 0:
                    continue
                if text.startswith(trigger, at) or (
                    any_case and text[at : at + len(trigger)].lower() == trigger
                ):
                    yield trigger, at


class WordsThat(Triggers):
    """Words in lower case that a function accepts, as the triggers of one rule."""

    def __init__(self, accepts: Callable[[str], bool]) -> None:
        self._accepts = accepts
        _WORDS.add(self)

    def parts_of(self, word: str) -> Iterator[_Part]:
        if self._accepts(word):
            yield word, word, 0

    def tokens(self, article: Article) -> list[int]:
        """Tokens of `article` that are such words, in text order."""
        return sorted([at for word, _, _ in _WORDS.parts_in(article, self) for at in article.places[word]])
