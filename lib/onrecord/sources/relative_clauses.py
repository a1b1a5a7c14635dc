"""Relative clauses that say who somebody is.

An example is "who has treated coral for 20 years".
"""

from __future__ import annotations

import re

from onrecord.mentions.anonymity import marker_spans
from onrecord.sources.person_phrases import ACTING, Phrase, behind_list, name_at, phrase_for, segment_end
from onrecord.wordlists import Lists

_SHORTEST = 12  # characters of a relative clause
_RUNS = re.compile(
    r"(?:who|and) (?:now |also |co-|then |once |currently |has |had )?"
    r"(?:runs?|ran|heads?|headed|leads?|led|chairs?|chaired|founded|directs?|directed|owns?|owned|manages?"
    r"|managed|oversees|oversaw|edits?|represents?|represented|work(?:s|ed) (?:for|at|with)"
    r"|(?:teach(?:es)?|taught)(?: [\w-]+){0,3} at|(?:serves|served|sits|sat) on"
    r"|stud(?:y|ies|ied)(?: [\w-]+){1,4} at) (?:the )?(?=[A-ZÀ-Þ])"
)
# What a relative clause must not say: that somebody spoke, or asked not to be named.
_SPOKE = re.compile(
    r"who(?: (?:has|have|had|was|were|is|are|also|then|later|both|often|repeatedly|reportedly|first|only"
    r"|did|do|does)){0,4}(?: not)? (?P<verb>[a-z]+(?:n’t|n't)?)"
)
_PASSIVE = re.compile(r" (?:was|were|is|are) ")
_DID_NOT = re.compile(r"who (?:(?:did|does|do|has|have|had|would|could) not|\w+n[’']t)\b")
_IS = re.compile(r"who (?:is|was|(?:has )?(?:works|worked|serves|served) as) ")


def clause(text: str, at: int, stop: int, lists: Lists) -> Phrase | None:
    """Relative clause that says who somebody is."""
    verb = _SPOKE.match(text, at, stop)
    if _DID_NOT.match(text, at, stop):
        return None
    if verb is not None and verb["verb"] in lists.context_words["not_who"]:
        return None
    if verb is not None and not _PASSIVE.search(verb[0]) and _reports(verb["verb"], lists):
        return None
    end = behind_list(text, segment_end(text, at + 3, stop), stop, lists)
    if end - at < _SHORTEST or next(marker_spans(text, at, end, lists), None):
        return None
    title = affiliation = None
    head = ""
    if (runs := _RUNS.match(text, at, end)) is not None:
        affiliation = name_at(text, runs.end(), end)
    elif (stated := _stated(text, at, end, lists)) is not None:
        head, title, affiliation = stated.head, stated.title, stated.affiliation
    return Phrase(at, end, "clause", head, title, affiliation)


def _stated(text: str, at: int, end: int, lists: Lists) -> Phrase | None:
    """What a relative clause says somebody is.

    Examples are "who is the mayor" and "who was sworn in as a judge".
    """
    if _IS.match(text, at, end) and (stated := phrase_for(text, at, end, "clause", lists)) is not None:
        return stated
    acting = ACTING.match(text, at + 3, end)
    return phrase_for(text, acting.end(), end, "clause", lists) if acting else None


def _reports(verb: str, lists: Lists) -> bool:
    known = lists.reporting_verbs.get(verb)
    return known is not None and bool(known.kinds & {"say", "tell"})
