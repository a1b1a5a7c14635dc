"""Clauses that say what a named person has lived through.

An example is "Prado lost his house in the fire".
"""

from __future__ import annotations

import re

from onrecord.records import Span
from onrecord.wordlists import Lists

# What may occur between a name and its verb.
_BETWEEN = re.compile(
    r" (?:(?:has|had|was|were|is|been|also|recently|once|first|now|currently|previously|then|never|not|long"
    r"|himself|herself|both|later|still) ){0,4}(?P<verb>[a-z]+(?:-[a-z]+)?)(?: up)?\b"
)
_PASSIVE = re.compile(r" (?:was|were|been|is) ")
_SHORTEST, _LONGEST = 14, 280


def experience_at(text: str, end: int, stop: int, lists: Lists) -> Span | None:
    """Clause behind a name that ends at `end`, or None.

    Its verb is one of lexicons/experiences.csv. It ends with the sentence, at `stop`, and contains no
    quotation.
    """
    match = _BETWEEN.match(text, end, stop)
    voice = lists.experiences.get(match["verb"]) if match else None
    if match is None or voice is None or (voice == "passive") != bool(_PASSIVE.search(match[0])):
        return None
    last = stop
    while last > end and text[last - 1] in " .\n":
        last -= 1
    start = end + 1
    if not _SHORTEST <= last - start <= _LONGEST or any(mark in text[start:last] for mark in '“”"'):
        return None
    return start, last
