"""Where the mention of a source begins and ends.

Clauses, datelines, owners and issuers are not part of it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.records import Attribution
from onrecord.sources.cast import Cast
from onrecord.sources.naming import LEGAL_PAPERS

_CLAUSE = re.compile(
    r"(?<! of)(?<!^of)(?<! of,),? (?:who|whose|whom|which)\b"
    r"|,? (?:all|both|none|most|some|many|each|neither|several|one|two|three) of whom\b"
    r"|, (?:that|where|when|as|speaking|citing|after|in an? (?:interview|statement))\b"
    r"| that (?=\w+(?:s|ed)\b|are\b|have\b|is\b|has\b)"
)


@lru_cache(maxsize=20_000)
def without_clause(mention: str) -> str:
    clause = _CLAUSE.search(mention, 3)
    return mention[: clause.start()] if clause else mention


# "Emails released by Harbour Watch show": the emails are the source.
_ISSUED = re.compile(
    r"(?:(?<=^)|(?<=[\s“\"(]))(?:[Tt]he |[Aa]n? )?(?P<words>(?:[\w’'-]+ ){0,3}?)(?P<noun>[\w-]+)"
    r" (?:(?:newly|first|since|later|recently) )?"
    r"(?:released|obtained|seen|reviewed|viewed|published|leaked|filed|issued|compiled|collected|provided"
    r"|posted|made public|commissioned|produced|conducted|prepared|written)"
    r" (?:by|to|with|from) (?:the )?$"
)
_ISSUING = tuple(f" {by} {the}" for by in ("by", "to", "with", "from") for the in ("", "the "))  # its end
_REACH = 90  # characters before a mention in which a document begins


# "New York (CNN) A top official": the dateline; "a caption He": the pronoun is the mention
_DATELINE = re.compile(r"[A-Z][\w.,’ -]{1,40} ?\([A-Z][\w ./-]{1,24}\)(?: ?[—–-]+)? (?=\w)")
# "At the meeting in Tarn his aides said": the place is not of the mention
_OWNED_BEHIND_PLACE = re.compile(r"[A-Z][\w’'-]+ (?=(?:his|her|their|its) [a-z])")
_OWNERS = ("his ", "her ", "their ", "its ")
_PRONOUNS = (" He", " She", " They")
_GLUED_PRONOUN = re.compile(r"(?<=[\w”\"’)]) (?=(?:He|She|They)$)")


def without_dateline(text: str, start: int, end: int) -> int:
    """Start of a mention without a dateline or a caption that was glued to it."""
    if end - start < _SHORTEST:
        return start
    if text.find("(", start, end) >= 0 and (dateline := _DATELINE.match(text, start, end)) is not None:
        return dateline.end()
    behind = text.find(" ", start, end) + 1
    if text.startswith(_OWNERS, behind) and (owned := _OWNED_BEHIND_PLACE.match(text, start, end)):
        return owned.end()
    if not text.endswith(_PRONOUNS, start, end):
        return start
    glued = _GLUED_PRONOUN.search(text, start, end)
    return start if glued is None else glued.end()


_SHORTEST = 12  # characters of a mention that can contain more than itself


# What a mention with `OWNER` ends with.
OWNING = ("’s", "'s", "s’", "s'", "his", "His", "her", "Her", "heir", "its", "Its")
# "Fenn’s | aides said", "his | lawyers said": the noun that follows is the source
OWNER = re.compile(r"(?:['’]s|s['’]|\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts))$")
_HEAD = re.compile(r"(?: [a-z-]+){0,2}? (?P<noun>[a-z-]+)(?=[ ,])")


def head_behind(cast: Cast, end: int, attribution: Attribution) -> int | None:
    """End of the noun for people behind a possessive and before the cue, or None."""
    head = _HEAD.match(cast.text, end)
    if head is None or attribution.cue is None or not head.end() <= attribution.cue[0] <= head.end() + _NEAR:
        return None
    lists = cast.lists
    noun = head["noun"]
    known = noun in lists.plural or noun in lists.singular or noun in lists.spokespeople
    return head.end() if known else None


_NEAR = 25  # characters between that noun and its cue


def document_before(cast: Cast, start: int) -> int | None:
    """Start of the document whose issuer or reader is the mention at `start`, or None."""
    if not cast.text.endswith(_ISSUING, 0, start):
        return None
    first = cast.article.sentences[cast.article.sentence_at(start)][0]
    match = _ISSUED.search(cast.text, max(first, start - _REACH), start)
    if match is None:
        return None
    noun = match["noun"].lower()
    is_document = cast.lists.bodies.get(noun, ("",))[0] == "document" or noun in LEGAL_PAPERS
    is_document = is_document or (noun == "figures" and not match["words"])
    return match.start() if is_document else None
