"""Who did not answer, among the sources of an article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.records import Attribution, Disclosure, Source, Span

_REACH = 600  # characters back in which a pronoun finds its source
_DETERMINER = re.compile(r"^(?:the|an?|his|her|its|their|this|that|mr\.?|ms\.?|mrs\.?|dr\.?|both) ")
_PRONOUNS = {
    "he": ("person",),
    "she": ("person",),
    "it": ("institution", "media"),
    "they": ("person", "group", "institution", "media"),
}


def disclosed_sources(
    text: str,
    disclosures: Sequence[Disclosure],
    attributions: Sequence[Attribution],
    members: Sequence[int | None],
    sources: Sequence[Source],
) -> list[int | None]:
    """Source of each disclosure: its number.

    None where the article has no such source.

    `members` are the sources of `attributions`. A source is found by a mention at the same place, by
    the same words or name, and a pronoun by the nearest fitting mention before it.
    """
    if not disclosures:
        return []
    mentions = sorted(
        (a.source, member)
        for a, member in zip(attributions, members, strict=True)
        if a.source is not None and member is not None
    )
    known: dict[str, int] = {}
    for span, member in mentions:
        known.setdefault(_key(text[slice(*span)]), member)
    for number, source in enumerate(sources):
        for words in filter(None, (source.description, source.name)):
            known.setdefault(_key(words), number)
            if source.form == "person" and source.naming == "named":
                known.setdefault(_key(words).rpartition(" ")[2], number)
    return [_source_of(text, d.who, mentions, known, sources) for d in disclosures]


def _source_of(
    text: str,
    who: Span | None,
    mentions: list[tuple[Span, int]],
    known: dict[str, int],
    sources: Sequence[Source],
) -> int | None:
    if who is None:
        return None
    words = text[slice(*who)]
    if forms := _PRONOUNS.get(words.lower()):
        for (start, _), member in reversed(mentions):
            if start < who[0] and sources[member].form in forms:
                return member if who[0] - start < _REACH else None
        return None
    for (start, end), member in mentions:
        if start < who[1] and who[0] < end:
            return member
    key = _key(words)
    if key in known:
        return known[key]
    # "Councillor Ada Quill" for a source named "Ada Quill"
    return next((known[key[i:]] for i in _word_starts(key) if " " in key[i:] and key[i:] in known), None)


def _word_starts(key: str) -> list[int]:
    return [match.end() for match in re.finditer(" ", key)]


def _key(words: str) -> str:
    """Return words in lower case, straight apostrophes, without a determiner."""
    return _DETERMINER.sub("", " ".join(words.lower().replace("’", "'").split()))
