"""Posts of social media that are embedded in an article.

"TEXT — Name (@handle) April 7, 2019": the words before the dash are direct speech of Name, with
quotation marks or without. The line breaks around a post are often lost.
"""

from __future__ import annotations

import re

from onrecord.attributions.rules.by_position import ByPosition
from onrecord.attributions.rules.clauses import MONTHS
from onrecord.attributions.rules.readings import Reading, stripped, with_readings
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists

LONGEST_OPENING = 100  # code points of a post before a colon in it
LONGEST_POST = 320  # code points

_MONTH = "|".join(sorted(MONTHS))
_SIGNED = re.compile(
    r"[—–―]\s*(?P<name>[^\n—–―()@]{1,50}?)\s*\(@\w{1,20}\)"
    rf"(?:,?\s*(?:(?:{_MONTH})\s\d{{1,2}},\s\d{{4}}|\d{{1,2}}\s(?:{_MONTH}),?\s\d{{4}}))?"
)
_LINK = re.compile(r"(?:\s*(?:pic\.\S+|https?://\S+|\S+\.\w{2,6}/\S+))+\s*$")
# What a sentence of a post has more often than one of the article around it.
_POSTED = re.compile(r"[@#!]|https?:|\b(?:I|I[’']m|my|we|We|our|Our|My|you|your|You|Your|us)\b")
_WORD = re.compile(r"(?<![#@\w])[A-Za-z]{2,}")
_BEGINS = re.compile(r"(?<=[a-z]):\s*(?=[A-Z@#])")


def with_posts(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with each embedded post as direct speech of whoever signed it."""
    if "@" not in article.places or "(@" not in article.text:
        return attributions
    readings = []
    border = 0
    found = ByPosition(attributions)
    for match in _SIGNED.finditer(article.text):
        content = _post(article, match, border)
        border = match.end()
        if content is not None and any(c.isalpha() for c in match["name"]):
            readings.append(Reading([content], None, match.span("name"), "direct"))
            for number, one in found.around([(content[0], match.end() + 1)]):
                found.attributions[number] = _behind(article, one, match.end())
    return with_readings(article, list(found.attributions.values()), readings)


def _behind(article: Article, attribution: Attribution, border: int) -> Attribution:
    """Attribution whose cue is behind a signature, without what is before it.

    The signature ends at `border`.
    """
    if attribution.cue is None or attribution.cue[0] < border <= attribution.content[0][0]:
        return attribution
    content = [(max(start, border), end) for start, end in attribution.content if end > border]
    if attribution.cue[0] < border or not content or content == attribution.content:
        return attribution
    content = [stripped(article.text, *span) for span in content]
    return attribution._replace(content=content, form=article.form_of(content))


def _post(article: Article, signed: re.Match[str], border: int) -> Span | None:
    """Words of the post with this signature.

    They are behind the end of the post before, at `border`.
    """
    text, (dash, end) = article.text, signed.span()
    number = article.paragraph_at(dash)
    first, last = article.paragraphs[number]
    if not text[first:dash].strip() and number:  # the name is in a line of its own
        number -= 1
        first, dash = article.paragraphs[number]
        last = dash
    first = max(first, border)
    stop = dash - len(text[first:dash]) + len(text[first:dash].rstrip())
    link = _LINK.search(text, first, stop)
    stop = link.start() if link else stop
    if not any(c.isalnum() for c in text[first:stop]) or article.in_boilerplate(stop - 1):
        return None
    at = article.token_at(stop) - 1
    quoted = article.quoted_span_of[at] if at >= 0 else -1
    if quoted >= 0 and article.quoted_spans[quoted].end >= stop:
        return article.quoted_spans[quoted].start, stop
    # Whoever posts does not name himself: "Orla Fenn was quick to reply." is not part of the post.
    named = text.rfind(signed["name"].rpartition(" ")[2], first, stop)
    if named >= 0:
        first = max(first, min(stop, article.sentences[article.sentence_at(named)][1]))
        if not any(c.isalnum() for c in text[first:stop]):
            return None
    is_apart = not text[end:last].strip() and stop - first <= LONGEST_POST
    start = first if is_apart else _beginning(article, first, stop)
    # "The news hit the town like a punch: [Fenn has left the mill.]"
    colon = _BEGINS.search(text, start + LONGEST_OPENING, stop)
    start = colon.end() if colon else start
    start += len(text[start:stop]) - len(text[start:stop].lstrip())
    return start, stop


def _beginning(article: Article, first: int, stop: int) -> int:
    """Beginning of a post whose line breaks are lost.

    Its last sentence belongs to it, and those before that are worded like a post.
    """
    number = article.sentence_at(stop - 1)
    start = max(first, article.sentences[number][0])
    while number and start > first:
        before, end, _ = article.sentences[number - 1]
        is_rest = not _WORD.search(article.text, start, stop)  # "#halm" alone
        if before < first or stop - before > LONGEST_POST:
            break
        if not is_rest and not _POSTED.search(article.text, before, end):
            break
        number, start = number - 1, before
    colon = _BEGINS.search(article.text, start, stop)
    return colon.end() if colon else start
