"""Kinds of mentions (see parse_mention) that rules take for speakers."""

from __future__ import annotations

NAMED = frozenset(("person", "people", "name", "group", "institution"))
SPEAKERS = NAMED | {"media", "document", "pronoun"}
SPEAKERS_AND_NUMBERS = SPEAKERS | {"quantity"}  # "Three of them said"
