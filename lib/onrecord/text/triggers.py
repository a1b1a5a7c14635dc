"""Places of the words and phrases that a rule needs, found word by word.

A rule with an expensive pattern looks only where one of its triggers is. To search a text for each of
fifty triggers reads it fifty times. Here each word is asked once, in all articles, which triggers of all
rules it may be part of.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import cast
from weakref import ref

from onrecord.text.by_word import ByWord
from onrecord.text.tokens import Article

_LETTERS = re.compile(r"[^\W\d_]+")
_SIGNS = re.compile(r"[^\W_]+|\S")  # of a trigger without letters: "2031", "%"
_Part = tuple[str, str, int]  # word in lower case, the trigger, where it begins from the start of the word


class _Words(ByWord[tuple[tuple["Triggers", _Part], ...]]):
    """For each word in lower case, the triggers of all rules that it may be part of."""

    def __init__(self) -> None:
        super().__init__(self._parts_of)
        # Not the rules themselves: those of a user's lists go with the lists.
        self._rules: tuple[ref[Triggers], ...] = ()

    def _parts_of(self, word: str) -> tuple[tuple[Triggers, _Part], ...]:
        rules = [rule for one in self._rules if (rule := one())]
        return tuple([(rule, part) for rule in rules for part in rule.parts_of(word)])

    def add(self, rule: Triggers) -> None:
        self._rules = (*[one for one in self._rules if one()], ref(rule))
        self.clear()

    def parts_in(self, article: Article, asked: Triggers) -> list[_Part]:
        """What the words of `article` may be part of: triggers of the rule that is asked."""
        noted = article.notes.get(_Words)
        if noted is None or noted[0] is not self._rules:  # a rule may be newer than the note
            rules = self._rules
            found: dict[Triggers, list[_Part]] = defaultdict(list)
            # Most words are part of no trigger: they are passed over without a loop of Python's.
            for parts in filter(None, map(self.__getitem__, article.places)):
                for rule, part in parts:
                    found[rule].append(part)
            noted = article.notes[_Words] = rules, found
        return cast("list[_Part]", noted[1][asked])


_WORDS = _Words()


class Triggers:
    """Triggers of one rule.

    A trigger is a part of a word ("anonym"), or a phrase with the blanks and marks around it (" to the ").
    Each needs a sign that is not blank.
    """

    def __init__(self, triggers: Iterable[str]) -> None:
        self._longest: list[tuple[str, str, int]] = []  # trigger, its longest word, where that begins
        for trigger in triggers:
            parts = [*_LETTERS.finditer(trigger)] or [*_SIGNS.finditer(trigger)]
            longest = max(parts, key=lambda part: len(part[0]))
            self._longest.append((trigger, longest[0].lower(), longest.start()))
        _WORDS.add(self)

    def parts_of(self, word: str) -> Iterator[_Part]:
        """Triggers that a word in lower case may be part of."""
        for trigger, longest, begins in self._longest:
            if longest in word:
                for match in re.finditer(re.escape(longest), word):
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
