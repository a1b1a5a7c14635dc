"""The words of a phrase for a source, with their offsets."""

from __future__ import annotations

from onrecord.records import Span
from onrecord.text.tokens import TOKEN
from onrecord.wordlists import Lists


class Words:
    """The words of a phrase with their offsets."""

    def __init__(self, text: str) -> None:
        matches = list(TOKEN.finditer(text))
        self.words = [match.group() for match in matches]
        self.low = list(map(str.lower, self.words))
        self.spans = [match.span() for match in matches]

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, stop: int) -> Span:
        """Offsets of the words from `first` up to `stop`."""
        return self.spans[first][0], self.spans[stop - 1][1]

    def is_upper(self, k: int) -> bool:
        """Whether word `k` has a capital."""
        return k < len(self.words) and self.words[k][0].isupper()

    def is_possessive(self, k: int) -> bool:
        """Whether word `k` is the mark of a possessor, with a word behind it."""
        if k >= len(self.words):
            return False
        if self.low[k] in ("'s", "’s"):
            return 0 < k < len(self.words) - 1
        return self.words[k] in ("'", "’") and 0 < k < len(self.words) - 1 and self.low[k - 1].endswith("s")

    def is_abbreviated(self, k: int, lists: Lists) -> bool:
        """Whether the full stop behind word `k` is that of an abbreviation."""
        return k >= 0 and (
            self.words[k] + "." in lists.titles
            or self.low[k] in lists.abbreviations
            or (len(self.words[k]) == 1 and self.words[k].isupper())
        )
