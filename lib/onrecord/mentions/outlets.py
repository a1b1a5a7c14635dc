"""Outlets that no list has, known by how the article introduces them: "Northwind news website"."""

from __future__ import annotations

import re

from onrecord.wordlists import outlet_key

_INTRODUCED = re.compile(
    r"\b(?P<name>[A-Z][\w.&’'-]*(?: [A-Z][\w.&’'-]*){0,3}) "
    r"(?:news (?:web)?site|news agency|news outlet|newspaper|broadcaster|news channel|radio station"
    r"|news service|website)\b"
)


def introduced_outlets(text: str) -> dict[str, str]:
    """Return the names that `text` introduces so: as outlets are looked up, alone and introduced -> name."""
    found: dict[str, str] = {}
    for match in _INTRODUCED.finditer(text):
        name = match["name"].removeprefix("The ")
        found[outlet_key(name)] = found[outlet_key(match.group())] = name
    return found
