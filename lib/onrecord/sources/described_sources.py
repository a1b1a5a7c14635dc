"""Phrases that say who an unnamed source or an organisation is."""

from __future__ import annotations

import re

from onrecord.records import Span
from onrecord.sources.appositions import read_segments
from onrecord.sources.person_phrases import Phrase, phrase_for, segment_end
from onrecord.sources.relative_clauses import clause
from onrecord.wordlists import Lists

_ABBREVIATION = re.compile(r" \([A-Z][\w.&-]{1,9}\)")
_RELATIVE = re.compile(r",? (?=(?:who|whose|(?:many|most|some|all|several|both) of whom) )")
_ABOUT = re.compile(r", (?=which )|, (?=(?:an?|the|its|their|his|her) [a-z])")
_NOT_ABOUT = re.compile(
    r"which (?:(?:has|have|had|was|also|first) ){0,3}(?:said|says|told|reported|cited|quoted|cites"
    r"|quotes|declined|added|claimed|denied|did not|published|obtained|reviewed|saw)\b"
)


_OWNER = re.compile(r"(?:[A-ZÀ-Þ][\w.-]* ?){1,3}[’']s ")


def phrases_of_description(text: str, mention: Span, stop: int, lists: Lists) -> list[Phrase]:
    """Phrases of one mention without a name, and behind it. One row per phrase.

    The noun phrase itself has the kind "self"; what the mention adds to it ("briefed on the talks", "who
    was in the room") is a clause.
    """
    start, end = mention
    found: list[Phrase] = []
    own = phrase_for(text, start, end, "self", lists)
    if own is not None:
        wider = phrase_for(text, start, stop, "self", lists)
        own = wider if wider is not None and wider.head == own.head else own
        found.append(own)
        if own.title is None and own.head in lists.gendered_nouns and _OWNER.match(text, own.start, own.end):
            found.append(own._replace(kind="behind"))  # "Moll’s mother" says why she has a say
        if (relative := _RELATIVE.match(text, own.end, stop)) is not None:
            clauses = [clause(text, relative.end(), stop, lists)]
        else:
            clauses = [_rest(text, own, end)]
        found += [part for part in clauses if part is not None]
    if text.startswith(", ", end):
        found += [part for part in read_segments(text, end + 2, stop, lists) if part.kind == "clause"]
    return found


_ADDS = re.compile(r" (?=(?:with|\w+ed|\w+ing|known|held|seen|close|familiar|hurt|present|at|near|who)\b)")


def _rest(text: str, own: Phrase, end: int) -> Phrase | None:
    """What a mention says behind its noun phrase: "briefed on the talks"."""
    if _ADDS.match(text, own.end, end) is None:
        return None
    last = segment_end(text, own.end + 1, end)
    return Phrase(own.end + 1, last, "clause", "", None, None) if last > own.end + 8 else None


def phrases_behind_organisation(text: str, end: int, stop: int, lists: Lists) -> list[Phrase]:
    """Appositions and relative clauses behind an organisation. One row per phrase."""
    if (abbreviation := _ABBREVIATION.match(text, end, stop)) is not None:
        end = abbreviation.end()
    about = _ABOUT.match(text, end, stop)
    if about is None or _NOT_ABOUT.match(text, about.end(), stop):
        return []
    last = segment_end(text, about.end(), stop)
    words = text[about.end() : last].split(" ")
    is_clause = words[0] == "which"
    if not is_clause and not any(word in lists.bodies for word in words[1:7]):
        return []
    return [Phrase(about.end(), last, "clause", "", None, None)]
