"""Look-up of spans and attributions by their position in the text.

A rule looks only at the neighbours of a word, so that the cost of a long transcript is linear.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from onrecord.records import Attribution, Span

_CELL = 512  # characters: spans are looked up by such parts of the text
_FEW = 8  # look-ups that go through all attributions: less work than to enter these by their cells


class SpansByPosition:
    """Numbered spans, found by the parts of the text that they reach."""

    def __init__(self) -> None:
        self._cells: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, number: int, spans: Iterable[Span]) -> None:
        """Enter the spans of `number`."""
        for span in spans:
            for cell in _cells_of(span):
                here = self._cells[cell]
                if not here or here[-1] != number:
                    here.append(number)

    def near(self, spans: Iterable[Span]) -> list[int]:
        """Numbers whose spans overlap one of `spans`, and some that are near, in order."""
        return sorted({number for span in spans for cell in _cells_of(span) for number in self._at(cell)})

    def _at(self, cell: int) -> list[int]:
        return self._cells.get(cell) or []


class ByPosition(SpansByPosition):
    """Attributions in their order, found by where their content and cue are.

    `attributions` has them by number. One may be removed, or replaced by one whose content is a part of
    its own. Who looks checks the spans.
    """

    def __init__(self, attributions: list[Attribution]):
        super().__init__()
        self.attributions = dict(enumerate(attributions))
        self._next = len(attributions)
        self._n_asked = 0

    def append(self, attribution: Attribution) -> None:
        """Add an attribution at the end."""
        self.attributions[self._next] = attribution
        if self._n_asked > _FEW:
            self.add(self._next, _spans_of(attribution))
        self._next += 1

    def around(self, spans: list[Span]) -> list[tuple[int, Attribution]]:
        """Attributions that may overlap one of `spans`, with their numbers, in order."""
        self._n_asked += 1
        if self._n_asked <= _FEW:
            return self._reaching(spans)
        if self._n_asked == _FEW + 1:
            for number, attribution in self.attributions.items():
                self.add(number, _spans_of(attribution))
        return [(number, self.attributions[number]) for number in self.near(spans)]

    def has_words(self, span: Span) -> bool:
        """Whether the content of an attribution overlaps `span`."""
        first, last = span
        return any(
            start < last and first < end for _, one in self.around([span]) for start, end in one.content
        )

    def _reaching(self, spans: list[Span]) -> list[tuple[int, Attribution]]:
        """Attributions that reach the part of the text from the first span to the last."""
        first = min(start for start, _ in spans) // _CELL * _CELL
        last = (max(max(start, end - 1) for start, end in spans) // _CELL + 1) * _CELL
        return [
            (number, attribution)
            for number, attribution in self.attributions.items()
            if (attribution.cue and attribution.cue[0] < last and first < attribution.cue[1])
            or (
                attribution.content[0][0] < last
                and first < attribution.content[-1][1]
                and any(start < last and first < end for start, end in attribution.content)
            )
        ]

    def _at(self, cell: int) -> list[int]:
        here = super()._at(cell)
        here[:] = [number for number in here if number in self.attributions]
        return here


def _spans_of(attribution: Attribution) -> list[Span]:
    return [*attribution.content, attribution.cue] if attribution.cue else attribution.content


def _cells_of(span: Span) -> range:
    """Numbers of the cells of the text that `span` reaches; an empty span is in one."""
    return range(span[0] // _CELL, max(span[0], span[1] - 1) // _CELL + 1)
