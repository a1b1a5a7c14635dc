"""Datelines and agency tags: "PORT ELLIS (OPS) —" and "— OPS".

A dateline is before the first words of a paragraph, an agency tag behind the last. They are printed in
the paragraph but are not part of its sentences.
"""

from __future__ import annotations

import re

from onrecord.records import Span
from onrecord.wordlists import Lists

OPENING_PARAGRAPHS = 5  # a dateline without an agency is looked for in so many paragraphs
LONGEST_TAG = 48  # code points of an agency tag with its dash
LONGEST = 110  # code points of a dateline; longer matches are sentences

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATE = (
    rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?:,? \d{{4}})?"
)
_CAPITALS = r"[^\W\d_a-z]{2}(?:[^\W\d_a-z]|[.’' /-]){0,38}"
_PLACE = r"[A-Z][\w.’'-]*(?:[ /][\w.’'-]+){0,3}"
_REGION = r"(?:, [A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,2})"
_AGENCY = r"[(\[][A-Z][\w /.&-]{1,40}[)\]]"
_DASH = r"(?:\s*[—–]\s*|\s*--\s*|\s+[-_]\s+)"
_DATELINE = re.compile(
    rf"(?:(?P<agency>{_PLACE}{_REGION}{{0,2}}(?:,? {_DATE})? ?{_AGENCY}(?:{_DASH}|:\s+|\s*[-_]\s*)"
    rf"|{_AGENCY}{_DASH})"
    rf"|{_CAPITALS}{_REGION}{{0,2}}(?:,? {_DATE})?{_DASH}"
    rf"|{_PLACE}{_REGION}{{0,1}}, {_DATE}{_DASH}"
    rf"|{_PLACE}, (?P<country>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){{0,2}})(?:\s*[—–]\s*|\s*--\s*)"
    rf"|(?P<label>{_CAPITALS}|{_PLACE}){_REGION}{{0,2}}(?:,? {_DATE})?:\s+)(?=\S)"
)
_LABEL = re.compile(rf"\s*{_CAPITALS}(?:[,(][^:.?!\n]{{1,80}})?:(?=\s)")
_TAG = re.compile(
    r"(?:(?<=\s)|^)(?:(?:—|–|--?)\s*\(?(?P<name>[A-Z][\w.&]*(?: [A-Z][\w.&]*){0,2})\)?"
    r"|[(\[](?P<put>[A-Z][\w.&/ ]{1,24})[)\]])\.?$"
)


def find_datelines(text: str, paragraphs: list[Span], lists: Lists) -> list[Span | None]:
    """For each paragraph, the span of the dateline at its start, or None."""
    found: list[Span | None] = [None] * len(paragraphs)
    n_labels: int | None = None
    for number, (start, end) in enumerate(paragraphs):
        stop = min(end, start + LONGEST)
        if (
            number >= OPENING_PARAGRAPHS
            and text.find("(", start, stop) < 0
            and text.find("[", start, stop) < 0
        ):
            continue
        match = _DATELINE.match(text, start, stop)
        if match is None or (number >= OPENING_PARAGRAPHS and match["agency"] is None):
            continue
        if (country := match["country"]) and (number or country not in lists.places):
            continue
        if label := match["label"]:
            # "ANCHOR: Good evening." is a turn where other turns follow; "QUIST: pool to close" a headline.
            if n_labels is None:
                n_labels = sum(_LABEL.match(text, *paragraph) is not None for paragraph in paragraphs)
            ends_sentence = text[end - 1] in ".?!”\"’'"
            is_place = (label.isupper() and len(label) > 2) or label in lists.places
            if n_labels > 1 or not ends_sentence or not is_place:
                continue
        found[number] = (start, match.end())
    return found


def find_agency_tags(text: str, paragraphs: list[Span], lists: Lists) -> list[Span | None]:
    """For each paragraph, the span of the agency's name at its end, or None."""
    found: list[Span | None] = [None] * len(paragraphs)
    for number, (start, end) in enumerate(paragraphs):
        tail = text[max(start, end - LONGEST_TAG) : end]
        # Most paragraphs have neither a dash nor a bracket there, and need no pattern.
        if not ("-" in tail or ")" in tail or "—" in tail or "–" in tail or "]" in tail):
            continue
        if not (match := _TAG.search(text, max(start, end - LONGEST_TAG), end)):
            continue
        name = match["name"] or match["put"]
        if (name.isupper() and 2 <= len(name) <= 5) or lists.outlet(name):
            found[number] = (match.start(), end)
    return found
