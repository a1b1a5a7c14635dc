"""Requests for anonymity, which are not attributions of their own.

They are part of what is known of a source.
"""

from __future__ import annotations

import re

from onrecord.mentions.anonymity import find_markers
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists

# What is asked for or withheld is a name; who "spoke on condition of anonymity" said something.
_ASKED = re.compile(r"(?i)^(?!on\b|under\b|spoke|speak|said|talk).*(?:nam(?:e|ing)|identi)")


def drop_requests(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions without those whose cue or content is an anonymity marker.

    "A miller begged that her name be left out", "The Courier does not name him".
    """
    spans = (marker.span for marker in find_markers(article, lists))
    markers = [span for span in spans if _ASKED.search(article.text, *span)]
    if not markers:
        return attributions
    return [one for one in attributions if not _is_request(one, markers)]


def _is_request(attribution: Attribution, markers: list[Span]) -> bool:
    """Whether the cue is within a marker and the content begins there or right after."""
    if attribution.cue is None or attribution.form != "indirect":
        return False
    start, end = attribution.cue
    content = attribution.content[0][0]
    return any(a <= start and end <= b and a <= content <= b + 1 for a, b in markers)
