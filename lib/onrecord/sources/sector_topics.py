"""The sector of a named person by what the article says beside the name: "Keys won the second set"."""

from __future__ import annotations

import re
from collections import Counter

from onrecord.sources.cast import Cast

_MENTIONS = 10  # mentions of a person whose sentences are read
_LEAST = 2  # different words of one sector
_WORD = re.compile(r"[a-z][\w-]+")


def sector_of_topics(cast: Cast, who: int) -> str:
    """Sector whose words are in the sentences that name a person, or "".

    They count outside quotation marks. Two different ones of one sector are needed, and more than of any
    other sector.
    """
    article, topics = cast.article, cast.lists.sector_topics
    found: dict[str, str] = {}
    numbers = dict.fromkeys(
        article.sentence_at(start) for start, _ in cast.persons.persons[who].mentions[:_MENTIONS]
    )
    for number in numbers:
        start, end, _ = article.sentences[number]
        for match in _WORD.finditer(cast.text, start, end):
            sector = topics.get(match.group())
            if sector is not None and not article.is_quoted(match.start()):
                found[match.group()] = sector
    counts = Counter(found.values()).most_common(2)
    if not counts or counts[0][1] < _LEAST or (len(counts) > 1 and counts[1][1] == counts[0][1]):
        return ""
    return counts[0][0]
