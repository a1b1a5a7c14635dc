"""One name for one person in all articles of a corpus."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from onrecord.tables import require
from onrecord.wordlists import Lists, load_lists


def add_names(sources: pd.DataFrame, *, lists: Lists | None = None) -> pd.DataFrame:
    """Return `sources` with one `name` for one person in all articles.

    Middle initials, titles and suffixes do not part a person; a name of one word takes the full name
    that alone among all articles ends in it. The user's list persons.csv has the last word. Nothing
    else is joined: two people of one name stay one here, and only such a list can part them.
    """
    require(sources, ["form", "naming", "name"], table="sources")
    lists = lists or load_lists()
    named = sources["name"].where((sources["naming"] == "named") & (sources["form"] == "person"))
    chosen = canonical_names(named.dropna().unique(), lists)
    return sources.assign(name=sources["name"].where(named.isna(), named.map(chosen)).astype("string"))


def canonical_names(names: Iterable[str], lists: Lists) -> dict[str, str]:
    """Return for each name of a person, of all that a corpus has, the one that it goes by."""
    short = {name: _plain(name) for name in names}
    full: dict[str, set[str]] = {}
    for name in short.values():
        if " " in name:
            full.setdefault(name.rpartition(" ")[2], set()).add(name)
    chosen = {}
    for name, plain in short.items():
        if " " not in plain and len(full.get(plain, ())) == 1:
            plain = next(iter(full[plain]))
        chosen[name] = lists.persons.get(name.lower()) or lists.persons.get(plain.lower(), plain)
    return chosen


def _plain(name: str) -> str:
    words = [
        w
        for i, w in enumerate(name.split(" "))
        if i == 0 or not re.fullmatch(r"(?:\w\.)+|[JS]r\.?|I{2,3}|IV", w)
    ]
    return " ".join(words).replace("’", "'")
