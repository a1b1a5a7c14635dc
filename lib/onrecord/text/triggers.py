"""Places of the words and phrases that a rule needs, found word by word.

A rule with an expensive pattern looks only where one of its triggers is. To search a text for each of
fifty triggers reads it fifty times. Here each word is asked once, in all articles, which triggers it
may be part of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onrecord.text.tokens import Article

_LETTERS = re.compile(r"[^\W\d_]+")


class Triggers(dict[str, tuple[tuple[str, int], ...]]):
    """Triggers that each word in lower case may be part of.

    Each as (trigger, where it begins from the start of the word). A trigger is a part of a word
    ("anonym"), or a phrase with the blanks and marks around it (" to the "). Each needs a letter.
    """

    LIMIT = 200_000

    def __init__(self, triggers: Iterable[str]) -> None:
        super().__init__()
        self._parts: list[tuple[str, str, int]] = []  # trigger, its longest word, where that begins
        for trigger in triggers:
            longest = max(_LETTERS.finditer(trigger), key=lambda part: len(part[0]))
            self._parts.append((trigger, longest[0].lower(), longest.start()))

    def __missing__(self, word: str) -> tuple[tuple[str, int], ...]:
        if len(self) > self.LIMIT:  # memory stays bounded on any corpus
            self.clear()
        self[word] = tuple(
            (trigger, match.start() - begins)
            for trigger, part, begins in self._parts
            for match in re.finditer(part, word)
        )
        return self[word]

    def find(self, article: Article, *, any_case: bool = False) -> Iterator[tuple[str, int]]:
        """Each trigger in `article` with its offset, not in text order.

        With `any_case` the triggers are in lower case and the text may be in any.
        """
        text, starts = article.text, article.token_starts
        for word, tokens in article.places.items():
            for trigger, shift in self[word]:
                for token in tokens:
                    at = starts[token] + shift
                    if at < 0:
                        continue
                    if text.startswith(trigger, at) or (
                        any_case and text[at : at + len(trigger)].lower() == trigger
                    ):
                        yield trigger, at
