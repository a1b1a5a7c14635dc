"""Disclosures: somebody did not answer, or something was not verified.

The wordings are lexicons/disclosures.csv, one pattern per row, each with bounded gaps. A pattern
names who did not answer in its group `who`; otherwise it is the subject before the words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

from onrecord.mentions.anonymity import find_markers
from onrecord.records import Attribution, Disclosure, Span
from onrecord.text.memo import once_per_article
from onrecord.text.tokens import Article
from onrecord.text.triggers import Triggers
from onrecord.wordlists import Lists, outlet_key

_SUBJECT = 240  # characters before the words that are searched for their subject
_LONGEST_WHO = 140
_LONGEST_REASON = 80

_AUXILIARY = re.compile(
    r"(?:^|\s)(?:has|have|had|also|both|all|each|either|neither|then|later|still|so far|again|twice"
    r"|initially|repeatedly|however|did|does|do|is|are|was|were|in turn|on \w+day|\w+day"
    r"|(?!family|assembly|ally|supply|monopoly)[a-z]+ly|himself|herself|itself|themselves)$"
)
_BREAK = re.compile(
    r"[;:“”\"\n(—]| [-–]+ |\b(?:that|but|because|while|when|as|if|although|though|whether|said|says|added"
    r"|and that|since|so|where)(?= )|, (?:and|or|nor|which|who)(?= )|,(?= )"
    r"|\b(?:and|after|before) (?=(?:the|an?|he|she|they|it|we|its|his|her|their|both|neither)\b)"
)
_ASIDE = re.compile(
    r", (?:an? |the |one of |who |whose |which |whom |\d+,?$|[a-z]|[A-Z][\w.’'-]+(?: [\w.’'-]+){0,6},$)"
)
_OPENING = re.compile(
    r"(?:(?:While|Although|Though|When|As|If|Because|Since|However|Meanwhile|Earlier|Later|Then|Still|And|But|Or|Nor|Also|So|Yet|On|In|At|By|Last|Early|Late)"
    r"\b,? )(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?,? )?",
)
_PRONOUN = re.compile(r"\b(?:he|she|they|it|we|I|who|neither|both)$", re.IGNORECASE)
# What is asked for or withheld is a name; who "spoke on condition of anonymity" said something.
_ASKED = re.compile(r"(?i)(?!on\b|under\b|spoke|speak|said|talk).*?(?:nam(?:e|ing)|identi)")
_SURNAME = re.compile(
    r"\b(?:ask|request|insist|demand|want|prefer|beg|wish)(?:ed|s|ing)? (?:that )?(?:his|her|their) "
    r"(?:surnames?|(?:last|full|real|first) names?|names?) (?:should |must )?(?:not|never) (?:to )?be \w+",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:be|been|were|was|is|are)\b|unverified|confirmation|verification|possible|hard|difficult"
)
_SPEAKERS = frozenset(("i", "we", "you", "who", "again"))
_FINITE = re.compile(
    r"\b(?:is|was|are|were|has|had|have|said|says|told|will|would|did|does|can|could|confirmed|denied|[a-z]{3,}ed"
    r"|issued|wrote|made|gave|left|declined|refused)\b"
)
_CLAUSE = re.compile(
    r"\b(?:is|was|are|were|said|says|told|will|would|[a-z]{2,}ed)\b(?: [a-z]+){0,3}? (?:to|from|with|by) "
)
_LINKED = re.compile(r"(?:,? (?:and|but|or|nor)|, then)(?: (?:has|have|had|also|then|later|\w+ly))*$")
_CAPITALS = re.compile(r"(?:[Tt]he )?[A-Z][\w.&’-]*(?: (?:of |and |the )?[A-Z][\w.&’-]*)*")
_ASKER = re.compile(
    r"(?P<name>[A-Z][\w.&-]*(?: (?:of |and |the )?[A-Z][\w.&-]*)*) ?['’]s? (?:[\w-]+ ){0,3}"
    r"(?:requests?|questions?|inquir|quer|e-?mails?|calls?|messages?)\b"
)
# "questions from the Saltholm Tribune"
_ASKER_BEHIND = re.compile(
    r"(?:requests?|questions?|inquir(?:y|ies)|quer(?:y|ies)|e-?mails?|calls?|messages?|letters?)"
    r"(?: [a-z]+){0,4}? (?:from|by) (?:the )?(?P<name>[A-Z][\w.&-]*(?: (?:of |and |the )?[A-Z][\w.&-]*)*)"
)
# Who asks in office is not the press.
_OFFICIAL_ASKER = re.compile(
    r"\b(?:by|from|to|before|tell|with) (?:the |an? )?(?:[a-z]+ )?(?:police|lawmakers?|investigators?"
    r"|prosecutors?|senators?|committees?|judges?|jur(?:y|ors)|courts?|detectives?|regulators?|FBI|House"
    r"|Senate|special counsel|panel|commission|Congress)\b"
)


def without_disclosures(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions without those that are only a disclosure.

    The words of a disclosure, or of a request for anonymity, are their cue or most of their content.
    """
    if words := sorted(disclosure.words for disclosure in _disclosures_in(article, lists)):
        starts = [start for start, _ in words]
        attributions = [a for a in attributions if not _repeats(a, words, starts)]
    if requests := _requests(article, lists):
        starts = [start for start, _ in requests]
        attributions = [a for a in attributions if not _is_request(article, a, requests, starts)]
    return attributions


def detect_disclosures(article: Article, own_outlet: str | None, lists: Lists) -> list[Disclosure]:
    """Disclosures of one article, in text order.

    Quotations and boilerplate are left out.
    """
    return [
        one._replace(is_own_request=_is_own_request(article, one.words, own_outlet, lists))
        for one in _disclosures_in(article, lists)
    ]


@once_per_article
def _disclosures_in(article: Article, lists: Lists) -> list[Disclosure]:
    """Disclosures without who had asked, which depends on the article's own outlet."""
    text = article.text
    matches = sorted(_matches(article, lists), key=lambda pair: (pair[0].start(), -pair[0].end()))
    found: list[Disclosure] = []
    reached = 0
    for match, kind in matches:
        at = match.start()
        if at < reached or article.is_quoted(at) or article.in_boilerplate(at):
            continue
        start = article.sentences[article.sentence_at(at)][0]
        is_passive = kind == "unverified" and _PASSIVE.search(match[0])
        who = None if is_passive else _who(text, match, start)
        if who and text[slice(*who)].lower().rpartition(" ")[2] in _SPEAKERS:
            continue  # "We do not comment": somebody says so
        if who is None and at == start and kind == "declined":
            continue  # "Can't comment on that": the writer's own
        reached = match.end()
        begin = min(at, who[0]) if who else at
        found.append(Disclosure(kind, (begin, reached), match.span(), who, None))
    return found


def _matches(article: Article, lists: Lists) -> Iterator[tuple[re.Match[str], str]]:
    """Matches of all patterns with their kind.

    Only sentences with a needed word are searched. In the order of the list.
    """
    text = article.text
    for row, number in sorted(_searched(article, lists)):
        kind, pattern, _ = lists.disclosures[row]
        start, end, _ = article.sentences[number]
        for match in pattern.finditer(text, start, end):
            yield match, kind


def _searched(article: Article, lists: Lists) -> set[tuple[int, int]]:
    """Row of the list and number of the sentence of all that is to be searched."""
    rows = _rows(lists)
    needs: dict[int, set[str]] = {}
    for need, at in _triggers(lists).find(article, any_case=True):
        needs.setdefault(article.sentence_at(at), set()).add(need)
    if "" in rows:
        for number in range(len(article.sentences)):
            needs.setdefault(number, set()).add("")
    return {
        (row, number)
        for number, here in needs.items()
        if not _is_quoted(article, number)
        for need in here
        for row in rows[need]
    }


def _is_quoted(article: Article, number: int) -> bool:
    """Whether the whole sentence is within one quoted span."""
    first, stop = article.sentence_tokens[number], article.sentence_tokens[number + 1]
    return first < stop and 0 <= article.quoted_span_of[first] == article.quoted_span_of[stop - 1]


@lru_cache(maxsize=4)
def _triggers(lists: Lists) -> Triggers:
    return Triggers(_rows(lists).keys() - {""})


@lru_cache(maxsize=4)
def _rows(lists: Lists) -> dict[str, list[int]]:
    """Numbers of the rows that need each word; those that need none are with ""."""
    rows: dict[str, list[int]] = {}
    for number, (_, _, needs) in enumerate(lists.disclosures):
        for need in needs or ("",):
            rows.setdefault(need, []).append(number)
    return rows


def _requests(article: Article, lists: Lists) -> list[Span]:
    """Spans in which somebody asks not to be named.

    They are about the source, not about what it says.
    """
    text = article.text
    found = [marker.span for marker in find_markers(article, lists)]
    at = text.find("name")
    while at >= 0:
        start, end, _ = article.sentences[article.sentence_at(at)]
        found += [match.span() for match in _SURNAME.finditer(text, start, end)]
        at = text.find("name", max(at + 1, end))
    found.sort()
    reached = 0
    kept = []
    for span in found:  # disjoint, so that nothing is counted twice
        if span[0] >= reached:
            kept.append(span)
            reached = span[1]
    return kept


def _repeats(attribution: Attribution, words: list[Span], starts: list[int]) -> bool:
    if attribution.form == "direct":
        return False
    if attribution.cue and _shared(attribution.cue, words, starts):
        return True
    inside = sum(_shared(span, words, starts) for span in attribution.content)
    return 2 * inside > sum(end - start for start, end in attribution.content)


def _is_request(article: Article, attribution: Attribution, requests: list[Span], starts: list[int]) -> bool:
    """Whether the content is a request of anonymity: "asked [that he not be named]".

    Also where the cue is within it: "[begged that her name] be left out".
    """
    if attribution.form == "direct":
        return False
    content, cue = attribution.content, attribution.cue
    start = content[0][0]
    nearest = bisect_right(starts, start) - 1
    if nearest < 0 or start > requests[nearest][1] + 1:
        return False  # most contents begin apart from the requests
    if (
        cue is not None
        and attribution.form == "indirect"
        and any(
            a <= cue[0] and cue[1] <= b and a <= start <= b + 1 and _ASKED.match(article.text, a, b)
            for a, b in requests
        )
    ):
        return True
    length = sum(end - start for start, end in content)
    return (
        all(_shared((start, start + 1), requests, starts) for start, _ in content)
        and length - sum(_shared(span, requests, starts) for span in content) <= _LONGEST_REASON
    )


def _shared(span: Span, words: list[Span], starts: list[int]) -> int:
    """Number of characters of `span` within `words`, which are sorted and disjoint."""
    shared = 0
    for start, end in words[max(0, bisect_left(starts, span[0]) - 1) :]:
        if start >= span[1]:
            break
        shared += max(0, min(end, span[1]) - max(start, span[0]))
    return shared


# ---------------------------------------------------------------------------------------- who


def _who(text: str, match: re.Match[str], start: int) -> Span | None:
    """Who did not answer: the group of the pattern, or the subject before the words."""
    if (named := match.groupdict().get("who")) is not None:
        return _stripped(text, *match.span("who")) if named else None
    return _subject(text, max(start, match.start() - _SUBJECT), match.start())


def _subject(text: str, start: int, stop: int) -> Span | None:
    before = text[start:stop].rstrip()
    while auxiliary := _AUXILIARY.search(before):
        before = before[: auxiliary.start()].rstrip()
    if _LINKED.search(before) or not before:
        return _first_phrase(text, start, stop)  # "The firm denied it and declined to comment"
    if before.endswith(" who") or before.endswith((" which", " whom")):
        before = before.rpartition(" ")[0].rstrip(" ,")
    elif before.endswith(","):
        before = _before_aside(before)
    if pronoun := _PRONOUN.search(before):
        return start + pronoun.start(), start + pronoun.end()
    begin = 0
    for found in _BREAK.finditer(before):
        if found[0] != "and " or _FINITE.search(before, begin, found.start()):  # "A and the B" is one phrase
            begin = found.end()
    if before.count(" ", begin) >= 5:  # "Ms Orr referred it to a spokesman who declined"
        begin = max((v.end() for v in _CLAUSE.finditer(before, begin)), default=begin)
    return _stripped(text, start + begin, start + len(before))


def _before_aside(before: str) -> str:
    """Words before the aside that ends in the last comma: "Ms Orr, a spokeswoman,"."""
    first = before.rfind(", ", 0, len(before) - 1)
    while first > 0:
        head = before[:first]
        last = head.rpartition(", ")[2]
        if re.match(r"(?:an? |the |who |[a-z])", last) and ", " in head:  # one aside after another
            first = head.rfind(", ")
            continue
        return head
    return before.rstrip(",")


def _first_phrase(text: str, start: int, stop: int) -> Span | None:
    """Subject of the sentence: its words up to the first finite verb."""
    opening = _OPENING.match(text, start, stop)
    begin = opening.end() if opening else start
    verb = _FINITE.search(text, begin + 1, stop)
    if verb is None:
        return None
    before = text[begin : verb.start()].rstrip()
    comma = before.find(", ")
    if comma > 0:
        before = before[:comma]
    return _stripped(text, begin, begin + len(before))


def _stripped(text: str, start: int, end: int) -> Span | None:
    if opening := _OPENING.match(text, start, end):
        start = opening.end()
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and text[end - 1] in " ,.;:-–—\n":
        end -= 1
    return (start, end) if 1 < end - start <= _LONGEST_WHO else None


# ---------------------------------------------------------------------------------------- who asked


def _is_own_request(article: Article, said: Span, own: str | None, lists: Lists) -> bool | None:
    """Whether the article's own outlet had asked.

    None where an outlet is named and the article's own is unknown.
    """
    start = said[0]
    end = min(article.sentences[article.sentence_at(start)][1], said[1] + 60)
    words = article.text[start:end].partition("\n")[0]
    for run in _CAPITALS.finditer(words):
        name = run[0].removesuffix("’s").removesuffix("'s")
        if (outlet := lists.outlet(name)) is not None:
            if own is None:
                return None
            return outlet == lists.outlet(own) or _is_alias(name, own)
    asker = _ASKER.search(words) or _ASKER_BEHIND.search(article.text, start, end)
    if asker is not None and _may_ask(asker["name"], lists):
        return None if own is None else _is_alias(asker["name"], own)
    return not _OFFICIAL_ASKER.search(words)


def _may_ask(name: str, lists: Lists) -> bool:
    """Whether a name may be an outlet's: it is not a place or a listed organisation."""
    return name not in lists.places and name not in lists.named_bodies and name not in lists.adjectives


def _is_alias(name: str, own: str) -> bool:
    """Whether `name` is the outlet `own` or a part of its name."""
    return f" {outlet_key(name)} " in f" {outlet_key(own)} "
