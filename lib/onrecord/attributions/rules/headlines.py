"""Headlines within the text.

"Pool to close in May, says union", "Mill unsafe: engineers", "Fenn: no more boats".
"""

from __future__ import annotations

import re

from onrecord.attributions.rules.readings import Reading, with_readings
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists

LONGEST = 110  # code points of a headline
SHORTEST_CONTENT = 3  # words

_SAYS = re.compile(
    r"^(?P<content>[^,]+(?:, [^,]+)?),? (?P<cue>says|say|warns?|claims?|insists?|admits?) (?P<source>[^,.:;]{2,50})$"
)
_BEHIND = re.compile(r"^(?P<content>[^:]+)(?P<cue>:|\s[–—-])\s(?P<source>[^:–—]{2,40})$")
_BEFORE = re.compile(r"^(?P<source>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})(?P<cue>:)\s(?P<content>[^:]+)$")
_KINDS = frozenset(("person", "people", "institution", "group", "media", "document"))


def with_headlines(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with those of headlines.

    A headline has no full stop and few words.
    """
    readings = []
    for number, (start, end) in enumerate(article.paragraphs):
        if end - start > LONGEST or article.text[end - 1] in '.?!”":,' or article.is_boilerplate[number]:
            continue
        reading = _headline(article, start, end, lists)
        if reading is not None and not article.in_boilerplate(start):
            readings.append(reading)
    return with_readings(article, attributions, readings)


def _headline(article: Article, start: int, end: int, lists: Lists) -> Reading | None:
    line = article.text[start:end]
    match = _SAYS.match(line)
    if match is not None and parse_mention(match["source"], lists).kind not in _KINDS | {"name"}:
        match = None
    if match is None:
        match = _BEHIND.match(line)
        if match is not None and parse_mention(match["source"], lists).kind not in _KINDS:
            match = None
    if match is None:
        match = _BEFORE.match(line)
        if match is not None and not _is_speaker(article, match["source"], end, lists):
            match = None
    if match is None or len(match["content"].split()) < SHORTEST_CONTENT:
        return None
    content, cue, source = (
        (start + match.start(name), start + match.end(name)) for name in ("content", "cue", "source")
    )
    return Reading([content], cue, source)


def _is_speaker(article: Article, name: str, end: int, lists: Lists) -> bool:
    """Whether the text goes on to name somebody by the name before the colon."""
    if name in lists.places:
        return False
    return re.search(rf"\b{re.escape(name)}\b(?!:)", article.text[end:]) is not None
