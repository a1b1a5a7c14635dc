"""Attributions of unnamed sources that tagging missed: "two officials said".

Only plain forms are taken: a noun phrase for people, without a name, next to a reporting verb.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

PROBABILITY = 0.5  # a rule has none of its own; the column shows that it is between yes and no

_AUXILIARY = re.compile(
    r"(?: (?:also|later|then|have|has|had|recently|privately|separately|previously|reportedly|still"
    r"|both|all|only|\w+ly))+$"
)
_ASIDE = re.compile(
    r", (?:who|whose|speaking|citing|asking|requesting|requested|both of whom|all of whom|granted"
    r"|declining|which|on|also|too|however)\b[^“”\"\n]{0,180},$"
)
_BREAK = re.compile(
    r"[,;:“”\"\n(—–]|\b(?:(?<!with )(?<!of )that|but|because|while|when|as|if|although|though|after"
    r"|before)(?= )|\band (?=(?:the|an?|he|she|they|it|we)\b)"
)
_AFTER = re.compile(
    r"[,;:“”\"\n(—–]|(?<!\b[A-Z])\.|\s(?=(?:who|that|which|on condition|on the condition|in an?"
    r"|at the time|last"
    r"|this|after|when|while|because|and)\b)|$"
)
# "On Monday two aides said", "Initially relatives said": what is before the noun phrase.
_OPENING = re.compile(
    r"(?:(?:However|Meanwhile|Earlier|Later|Now|Then|Still|But|And|Also|So|Yet|Even|Initially"
    r"|Separately|Instead|Today)\b,? )+"
    r"|(?:In|On|By|Last|Late|Early|Earlier|This)(?: [\w’'-]+){0,2}? (?:(?:Mon|Tues|Wednes|Thurs|Fri"
    r"|Satur|Sun)day"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|week"
    r"|month|year|night)\b,? "
)
_NO_PHRASE = re.compile(
    r"\b(?:is|was|are|were|will|would|has|had|have|can|could|might|may|must|should|via)\b|"
    r"^(?:In|On|At|By|After|Since|For|With|From|Among|As|When|If|To|Of)\b|\b(?:caption|copyright"
    r"|Advertisement)\b"
)
_VERB = re.compile(
    r"\b(?:will|would|can|could|is|are|was|were|has|have|had|did|do|does|get|gets|got|controlled"
    r"|and)(?:$| (?!the |of |for |in |on |civil))"
)
_STARTS = re.compile(
    r"(?:an?|the|one|two|three|four|five|six|seven|eight|nine|ten|\d+|half a|several|some|many"
    r"|multiple|other|another|both|senior|former|current"
    r"|top|u\.s\.|most|few|those|these|various|local|federal|state|government|security|intelligence"
    r"|police|law|military|congressional|industry)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4)
def _forms(lists: Lists) -> dict[str, list[str]]:
    """Verbs beside an unnamed source, by their first word."""
    forms: dict[str, list[str]] = {"according": [], "per": []}
    for form, verb in lists.reporting_verbs.items():
        if "rescue" in verb.kinds and (
            verb.tenses & {"past"} or (verb.verb in ("say", "tell") and verb.tenses & {"base", "third"})
        ):
            forms.setdefault(form.split(" ")[0], []).append(form)
    return forms


@lru_cache(maxsize=1_000)
def _cue(first: str, lists: Lists) -> re.Pattern[str]:
    """Pattern of the cues beside an unnamed source that begin with the word `first`.

    One pattern of all verbs would try each of them at each verb.
    """
    forms = _forms(lists)[first]
    verbs = "|".join(sorted(map(re.escape, forms), reverse=True)) or "(?!)"
    return re.compile(
        rf"\b(?:(?P<verb>{verbs})"
        r"|(?P<according>[Aa]ccording to|Per(?= (?:an?|one|two|three|several|some|multiple)\b)))\b"
    )


_SUPPOSING = ("Had ", "Should ")  # "[Had] the minister said so, she would have left"
_NEVER_INVERTED = word_set("say told tell tells")


def add_rescued(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with those to unnamed people that tagging missed.

    A cue inside a quotation, a known attribution or boilerplate is left alone. Content is the rest of
    the sentence on the side of the cue where the words are.
    """
    text = article.text
    cues = {one.cue[0] for one in attributions if one.cue}
    open_cues = list(_cues(article, cues, lists))
    if not open_cues:
        return attributions
    taken = _taken(attributions)
    ends = _running_ends(taken)
    contents = sorted(span for a in attributions for span in a.content)
    found: list[Attribution] = []
    last = -1
    for match, token in open_cues:
        if _covered(match.start(), taken, ends):
            continue
        start, end, paragraph = article.sentences[article.sentence_of[token]]
        if article.is_boilerplate[paragraph] or end - start > 1500 or start == last:
            continue
        source = _source(text, match, start, end)
        if source is None or _covered(source[0], taken, ends):
            continue
        if text.startswith(_SUPPOSING, source[0]) or text.endswith(_SUPPOSING, 0, source[0]):
            continue
        parse = parse_mention(text[slice(*source)], lists)
        if (parse.kind not in ("person", "people") and parse.head != "authorities") or _VERB.search(
            parse.complement
        ):
            continue
        content = _content(text, match, source, start, end)
        if content is None or any(
            _covered(at, taken, ends) for at in (content[0], (content[0] + content[1]) // 2, content[1] - 1)
        ):
            continue
        parts = _outside(text, content, contents)
        if not parts:
            continue
        found.append(Attribution(parts, match.span(), source, article.form_of(parts), True, PROBABILITY))
        last = start
    return attributions + found


def _taken(attributions: list[Attribution]) -> list[Span]:
    """Spans of contents, cues and sources, in text order."""
    taken: list[Span] = []
    for content, cue, source, *_ in attributions:
        taken += content
        if cue:
            taken.append(cue)
        if source:
            taken.append(source)
    taken.sort()
    return taken


def _cues(article: Article, known: set[int], lists: Lists) -> Iterator[tuple[re.Match[str], int]]:
    """Cues of unnamed sources with their first token, in text order.

    Quoted ones are left out, and those that begin where a `known` cue does.
    """
    reached = 0
    for token in article.tokens_of(_forms(lists).keys() & article.places.keys()):
        start = article.token_starts[token]
        if start < reached or start in known or article.token_is_quoted[token]:
            continue
        if (match := _cue(article.lowered[token], lists).match(article.text, start)) is not None:
            reached = match.end()
            yield match, token


def _running_ends(spans: list[Span]) -> list[int]:
    return list(accumulate([end for _, end in spans], max))


def _covered(offset: int, spans: list[Span], ends: list[int]) -> bool:
    at = bisect_left(spans, (offset + 1,)) - 1
    return at >= 0 and offset < ends[at]


def _source(text: str, cue: re.Match[str], start: int, end: int) -> Span | None:
    """Noun phrase next to the cue.

    After "according to" or an inverted verb, else before it.
    """
    offset = max(start, cue.start() - 300)
    before = text[offset : cue.start()].rstrip()
    aside = _ASIDE.search(before) if before.endswith(",") else None
    if cue["according"] or (
        aside is None and cue["verb"] not in _NEVER_INVERTED and before.endswith((",", "”", '"'))
    ):
        begin = cue.end() + 1
        stop = _AFTER.search(text, begin, min(end, begin + 160))
        return _noun_phrase(text, begin, stop.start() if stop else min(end, begin + 160))
    if auxiliary := _AUXILIARY.search(before):
        before = before[: auxiliary.start()]
    if aside:
        before = before[: aside.start()]
    begin = 0
    for breaking in _BREAK.finditer(before):
        begin = breaking.end()
    begin += len(before[begin:]) - len(before[begin:].lstrip())
    return _noun_phrase(text, offset + begin, offset + len(before))


def _noun_phrase(text: str, begin: int, stop: int) -> Span | None:
    if opening := _OPENING.match(text, begin, stop):
        begin = opening.end()
    phrase = text[begin:stop].rstrip()
    if _NO_PHRASE.search(phrase):
        return None
    if not 3 < len(phrase) <= 140 or not (
        _STARTS.match(phrase) or re.match(r"(?:[A-Z][\w.’'-]*|[a-z’'-]+)(?: |$)", phrase)
    ):
        return None
    return begin, begin + len(phrase)


def _content(text: str, cue: re.Match[str], source: Span, start: int, end: int) -> Span | None:
    """Words attributed: what follows the cue, or what is before the source."""
    if source[1] <= cue.start():
        after = text[cue.end() : end].strip(" .,\n")
        if len(after.split()) > 2 and not (
            source[0] - start > 20 and text[start : source[0]].rstrip().endswith((",", "”", '"'))
        ):
            return _stripped(text, cue.end(), end)
    elif cue["according"] and cue.start() - start < 3:
        return _stripped(text, source[1], end)
    first = min(source[0], cue.start())
    return _stripped(text, start, first) if first - start > 15 else None


def _stripped(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in " ,.;:—–\n":
        start += 1
    while end > start and text[end - 1] in " ,;:—–\n":
        end -= 1
    return (start, end) if end - start > 10 else None


def _outside(text: str, content: Span, known: list[Span]) -> list[Span]:
    """Parts of `content` outside the known contents: each word is attributed once."""
    start, end = content
    parts = []
    for first, last in known[bisect_left(known, start, key=lambda span: span[1]) :]:
        if first >= end:
            break
        parts.append(_stripped(text, start, first))
        start = last
    return [part for part in (*parts, _stripped(text, start, end)) if part]
