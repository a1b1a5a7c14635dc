"""Full names of persons whom an article calls by the last name alone."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from onrecord.mentions.name_runs import UPPER
from onrecord.wordlists import Lists

_INITIALS = re.compile(rf"(?!Ó$)(?:[{UPPER}]\.?){{1,3}}")  # "Ó" is a particle
_MONTH, _EVENT = 30, 3  # days: of one outlet's coverage, and of one event's
_MANY, _MOST = 5, 0.9  # articles that have one full name among several, and their share
_VERY_MANY = 20  # articles, and how many times those of any other one, where many others have the name


class Appearance(NamedTuple):
    """One name in one article: where and when, and who it is.

    `day` is None where the article has no date. `gender` and `sector` are None where they are not known.
    """

    doc_id: str
    name: str
    outlet: str | None
    day: int | None
    gender: str | None = None
    sector: str | None = None


def inferred_names(seen: Iterable[Appearance], lists: Lists) -> dict[tuple[str, str], str]:
    """Full names that other articles leave no doubt about.

    Keys are (doc_id, name) of names of one word."""
    seen = list(seen)
    alone = {one.name.casefold() for one in seen if " " not in one.name}
    alone = {name for name in alone if name not in lists.persons}
    bearers: dict[str, dict[str, dict[str | None, list[int]]]] = {}  # last -> name -> outlet -> days
    undated: set[str] = set()  # full names with an article without a date
    values: dict[str, tuple[Counter[str], Counter[str]]] = {}  # full name -> genders and sectors
    n_full = Counter(one.name for one in seen)
    for one in seen:
        last = one.name.rpartition(" ")[2].casefold()
        if " " not in one.name or last not in alone or not _may_be_bearer(one.name, n_full, lists):
            continue
        for counted, value in zip(
            values.setdefault(one.name, (Counter(), Counter())), (one.gender, one.sector), strict=True
        ):
            counted.update([value] if value else [])
        days = bearers.setdefault(last, {}).setdefault(one.name, {}).setdefault(one.outlet, [])
        if one.day is None:
            undated.add(one.name)
        else:
            days.append(one.day)
    for names in bearers.values():
        for outlets in names.values():
            for days in outlets.values():
                days.sort()
    result: dict[tuple[str, str], str] = {}
    for one in seen:
        names = bearers.get(one.name.casefold(), {}) if " " not in one.name else {}
        names = {name: outlets for name, outlets in names.items() if _agrees(one, values[name])}
        near = {name: _n_near(one, names[name], _MONTH) + (name in undated) for name in names}
        best = max(near, key=lambda name: (near[name], name), default="")
        total = sum(near.values())
        if not best or not near[best]:
            continue
        only = near[best] == total or (near[best] >= _MANY and near[best] >= _MOST * total)
        second = max((n for name, n in near.items() if name != best), default=0)
        only = only or (near[best] >= _VERY_MANY and near[best] >= _VERY_MANY * second)
        if only and (one.outlet in names[best] or _n_near(one, names[best], _EVENT) or one.day is None):
            result[one.doc_id, one.name] = best
    return result


_OFTEN = 3  # articles with a full name whose first word is on no list of first names


def _may_be_bearer(name: str, counts: Mapping[str, int], lists: Lists) -> bool:
    """Whether a full name may be a person's: "Ada Fenn", but not "Clearly Fenn"."""
    first = name.partition(" ")[0]
    known = first in lists.first_names or first in lists.name_genders or _INITIALS.fullmatch(first)
    return bool(known) or counts[name] >= _OFTEN or first not in lists.starters


def _agrees(one: Appearance, values: tuple[Mapping[str, int], Mapping[str, int]]) -> bool:
    """Whether a last name alone has gender and sector of a full name, where known."""
    genders, sectors = values
    if one.gender and genders and one.gender not in genders:
        return False
    if one.sector is None or not sectors or one.sector in sectors:
        return True
    return one.sector in _STATE and not _STATE.isdisjoint(sectors)


# sectors between which one person may be coded differently
_STATE = frozenset(("government", "parliament and parties", "justice and police", "military and security"))


def _n_near(one: Appearance, outlets: Mapping[str | None, list[int]], reach: int) -> int:
    """In how many articles within `reach` days a full name occurs.

    All count where the article has no date.
    """
    if one.day is None:
        return sum(map(len, outlets.values()))
    return sum(bisect_right(d, one.day + reach) - bisect_left(d, one.day - reach) for d in outlets.values())
