"""Requests of anonymity between a source and its verb.

"“It leaks,” an engineer, who asked not to be named, told the Herald": the cue is "told".
"""

from __future__ import annotations

import re

from onrecord.mentions.anonymity import find_markers
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists

_VERB = re.compile(r"[ ,]{1,3}(?:\w+ly )?(?P<verb>[a-z]+)\b")
_WHO = re.compile(r",? who (?:\w+ ){0,3}$")
# Where the noun phrase before "who" begins: behind a quotation, a clause or a sentence.
_BREAK = re.compile(r"[.!?;:\n“”\"„»«]['’]? ?|, (?=(?:an?|the|one|two|three|another)\b)")
_LONGEST = 120  # characters of a noun phrase


def with_requests_aside(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions whose cue and content are not within a request of anonymity."""
    markers = [marker.span for marker in find_markers(article, lists)]
    if not markers:
        return attributions
    return [_repaired(article, attribution, markers, lists) for attribution in attributions]


def _repaired(article: Article, attribution: Attribution, markers: list[Span], lists: Lists) -> Attribution:
    touched = [attribution.cue or attribution.content[0], *attribution.content]
    for marker in markers:
        if not any(start < marker[1] and marker[0] < end for start, end in touched):
            continue
        found = _VERB.match(article.text, marker[1])
        verb = lists.reporting_verbs.get(found["verb"]) if found else None
        content = [span for span in attribution.content if not _shares(span, marker)]
        if found is None or verb is None or not {"say", "tell"} & verb.kinds or not content:
            continue
        source = _source_before(article, attribution.source, marker)
        if source is not None:
            cue = found.span("verb")
            form = article.form_of(content)
            return attribution._replace(cue=cue, source=source, content=content, form=form)
    return attribution


def _shares(span: Span, marker: Span) -> bool:
    """Whether a span of content overlaps the marker, or is joined to its end."""
    return span[0] < marker[1] and marker[0] < span[1]


def _source_before(article: Article, source: Span | None, marker: Span) -> Span | None:
    """The noun phrase that the request is about: that before "who"."""
    sentence, _, _ = article.sentences[article.sentence_at(marker[0])]
    who = _WHO.search(article.text, max(sentence, marker[0] - 40), marker[0])
    if who is None:
        return source if source is not None and source[1] <= marker[0] else None
    if source is not None and source[1] <= who.start() + 1 and source[0] < who.start():
        return source
    start = max(sentence, who.start() - _LONGEST)
    for stop in _BREAK.finditer(article.text, start, who.start()):
        start = stop.end()
    return (start, who.start()) if start < who.start() else source
