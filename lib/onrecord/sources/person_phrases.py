"""One phrase that says who a source is, by offsets of the article."""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.records import Span
from onrecord.sources.titles import read_title
from onrecord.wordlists import Lists

_NAME = re.compile(
    r"[A-ZÀ-Þ][\w’'.&-]*(?<![.])(?:(?: (?:of|for|the|and|&|de|in|on))* [A-ZÀ-Þ][\w’'&-]*|’s [A-Z]\w+)*"
)
_END = re.compile(r"[,;:()“”\"\n!?—–]| - | (?:said|says|told|tells|added|recalled|recalls)\b")
_LIST = re.compile(
    r"(?:, (?:[a-z’'-]+ ){0,2}[a-z’'-]+){0,4},? (?:and|or) (?:[a-z’'-]+ ){0,3}[a-z’'-]+"
    r"(?= (?:in|of|for|at)\b|[,.;])"
)
# "attended the meeting as chair of the board", "was sworn in as a judge"
ACTING = re.compile(
    r" (?:(?:has|had|was|is|who|also|first|now) ){0,3}"
    r"(?:attend|serv|work|act|testif|appear|sworn|elected|appoint|named|hire|retire|join|start|train)\w*"
    r"[^.,;:()“”\"\n]{0,60}? as (?:an? |the )?(?=[a-z])"
)


class Phrase(NamedTuple):
    """One phrase for a source, by offsets of the article."""

    start: int
    end: int
    kind: str  # before, behind, clause, copula, tag, affiliation
    head: str  # its noun in lower case, or ""
    title: Span | None
    affiliation: Span | None


def phrase_for(
    text: str, at: int, stop: int, kind: str, lists: Lists, *, complete: bool = False
) -> Phrase | None:
    """Phrase for a person that begins at `at`.

    It must reach `stop` if it is to be complete.
    """
    parts = read_title(text[at:stop], lists, is_loose=complete)
    if parts is None or (complete and at + parts.end != stop):
        return None
    head, title, affiliation, start, end = parts
    return Phrase(
        at + start,
        at + end,
        kind,
        head,
        (at + title[0], at + title[1]) if title else None,
        (at + affiliation[0], at + affiliation[1]) if affiliation else None,
    )


def name_at(text: str, start: int, stop: int) -> Span | None:
    """Capitalised name that begins at `start`."""
    match = _NAME.match(text, start, stop)
    return match.span() if match else None


def behind_list(text: str, at: int, stop: int, lists: Lists) -> int:
    """End of a list that goes on behind a comma.

    An example is "helps refugees, migrants and other families".
    """
    if not text.startswith(",", at):
        return at
    match = _LIST.match(text, at, stop)
    if match is None or any(word in lists.reporting_verbs for word in match[0].replace(",", "").split()):
        return at
    return segment_end(text, match.end(), stop)


def segment_end(text: str, at: int, stop: int) -> int:
    """End of the segment that goes on at `at`.

    It ends with a comma, a bracket, a dash or the sentence.
    """
    match = _END.search(text, at, stop)
    end = match.start() if match else stop
    while end > at and text[end - 1] in " .":
        end -= 1
    return end
