"""Sectors of persons and organisations that other articles of a corpus describe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

_FEW = 2  # articles that give one sector, and none another
_MANY, _MOST = 5, 0.9  # articles that give a sector, and the share of them that agree


class Described(NamedTuple):
    """Sector of one person or organisation in some articles."""

    kind: str  # person or organisation
    name: str  # as chosen for the corpus
    sector: str
    has_title: bool = False
    n_articles: int = 1


def inferred_sectors(described: Iterable[Described]) -> dict[tuple[str, str], str]:
    """Sector by kind and name, where the articles of a corpus leave no doubt.

    All articles that give one must agree, and there must be two of them, or one with the title of a person
    of whom it has the full name. Of five or more, 90% must agree.

    >>> rows = [Described("person", "Ida Moss", "media"), Described("person", "Ida Moss", "media")]
    >>> inferred_sectors(rows)
    {('person', 'Ida Moss'): 'media'}
    """
    counts: dict[tuple[str, str], Counter[str]] = {}
    titled: set[tuple[str, str]] = set()
    for one in described:
        key = (one.kind, one.name)
        counts.setdefault(key, Counter())[one.sector] += one.n_articles
        if one.has_title and " " in one.name:
            titled.add(key)
    found = ((key, _sector(of, is_titled=key in titled)) for key, of in counts.items())
    return {key: sector for key, sector in found if sector}


def _sector(counts: Mapping[str, int], *, is_titled: bool) -> str:
    """Sector on which the articles agree, or ""."""
    sector, n = max(counts.items(), key=lambda item: item[1])
    total = sum(counts.values())
    if n == total and (n >= _FEW or is_titled):
        return sector
    return sector if total >= _MANY and n >= _MOST * total else ""
