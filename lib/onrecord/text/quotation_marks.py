"""Quotation marks: the quoted spans of a text.

Which marks are quotation marks is determined per article. Functions over str. A quoted span never
crosses a paragraph: news opens each paragraph of a long quotation with a mark and closes only the
last, so such spans are chained by `is_continued`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from onrecord.records import Span
from onrecord.wordlists import Lists, load_lists

OPENING = frozenset("“„‟〝«❝「『《‹") | {"``", "‘‘", ",,", "‚‚"}
CLOSING = frozenset("”〞»❞」』》›") | {"’’"}
# Opening marks that only their own closing mark closes.
PAIRS = {"「": "」", "『": "』", "《": "》", "‹": "›", "«": "»", "❝": "❞", ",,": "''", "‚‚": "’’"}
SINGLE = "‘’'´`′"
_TWO = r"''|``|‘‘|’’|´´|′′|(?<!\S)(?:,,|‚‚)(?=\w)"
_ONE = r"\"“”„‟〝〞«»″＂ʺ❝❞「」『』《》‹›"
_DOUBLE = re.compile(rf"[{_ONE}]|{_TWO}")
_ANY = re.compile(rf"[{_ONE}]|{_TWO}|[{SINGLE}]")
# Most articles have no mark of two characters. Without these, `re` goes from mark to mark.
_PAIRED = ("''", "``", "‘‘", "’’", "´´", "′′", ",,", "‚‚")
_DOUBLE_UNPAIRED = re.compile(rf"[{_ONE}]")
_ANY_UNPAIRED = re.compile(rf"[{_ONE}{SINGLE}]")
_SINGLE = re.compile(rf"[{SINGLE}]")
# ‘They wrote “not today” on the gate,’ she said.
_DOUBLE_IN_SINGLE = re.compile(
    r"[‘'](?<!\S.)(?=\w)(?:[^‘’'“\"\n]|(?<=\w)[’'](?=\w)){2,200}(?:“[^“”\n]{1,200}”|\"[^\"\n]{1,200}\")"
    r"(?:[^‘’'“\"\n]|(?<=\w)[’'](?=\w)){0,200}(?<=[.,?!…”\"])[’'](?!\w)"
)
# A quotation that closes behind a sign, as `uses_single_marks` counts it. The opening mark comes first in
# the pattern, what may not be before it second: so `re` goes from mark to mark.
_SINGLE_QUOTATION = re.compile(
    r"[‘'´`′](?<![^\s(\[—–].)(?=[\w“\"£$€])[^‘“\"\n]{2,400}?[.,?!…][”\"]?[’'´`′](?![\w'’´`′])"
)
_DOUBLE_QUOTATION = re.compile(
    r"(?:[“\"](?<![^\s(\[—–].)|``(?<![^\s(\[—–]..)|''(?<![^\s(\[—–]..))"
    r"(?=[\w‘'])[^“\"\n]{2,400}?[.,?!…][’']?(?:[”\"]|'')(?!\w)"
)
_SIGN = re.compile(r"[,?!]")  # opens a tag, and occurs nowhere else in it but at its end
_MINOR = re.compile(r"[‘'](?<![^\s(\[—–-].)(?=\w)([^‘“”\"\n]{1,90}?)[’'](?!\w)")
_OPENS_PARAGRAPH = re.compile(r"\s*(?:[\"“„‟〝«‘']|''|``)")

# Words that begin with an apostrophe, and decades: never an opening mark.
_ELIDED = re.compile(r"(?:\d\ds?\b|(?:tis|twas|em|til|till|cause|n|bout|round|cos|cuz)\b)", re.IGNORECASE)


class QuotedSpan(NamedTuple):
    """One span within quotation marks, the marks included."""

    start: int
    end: int
    is_closed: bool
    is_single: bool
    is_continued: bool  # a reopened paragraph: the quotation of the span before goes on


def paragraph_spans(text: str) -> list[Span]:
    """Paragraphs of `text`, without the white space around them.

    A line is a paragraph. Where lines are hard-wrapped (most line ends are in mid-sentence),
    blank lines separate paragraphs.
    """
    lines = [match.span() for match in re.finditer(r"[^\r\n\u2028\u2029]+", text)]
    spans = _without_blanks(text, lines)
    if len(spans) > 3:
        breaks = [(a, b) for a, b in pairwise(spans) if not _has_blank_line(text, a[1], b[0])]
        wrapped = sum(text[b[0]].islower() for _, b in breaks)
        if breaks and len(breaks) > len(spans) / 2 and wrapped > 0.4 * len(breaks):
            merged = [spans[0]]
            for span in spans[1:]:
                if _has_blank_line(text, merged[-1][1], span[0]):
                    merged.append(span)
                else:
                    merged[-1] = (merged[-1][0], span[1])
            return merged
    return spans


def _has_blank_line(text: str, start: int, end: int) -> bool:
    gap = text[start:end].replace("\r\n", "\n")
    return gap.count("\n") + gap.count("\r") > 1 or "\u2029" in gap


def _without_blanks(text: str, spans: list[Span]) -> list[Span]:
    kept = []
    for start, end in spans:
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip())
        right = len(piece.rstrip())
        if left < right:
            kept.append((start + left, start + right))
    return kept


def find_quoted_spans(text: str, paragraphs: list[Span], lists: Lists | None = None) -> list[QuotedSpan]:
    """Outermost quoted spans of `text`, in text order.

    Straight, curly, low-high marks, guillemets, '' and `` count; single marks count where the
    article's house style is British (see `uses_single_marks`). Nested marks belong to the span
    around them. A quotation that is never closed runs to the end of its paragraph, is_closed False,
    unless the next paragraph opens with a mark and the chain closes in the end. It ends before
    the words "…, Fenn said" where they follow, with a verb of `lists`.
    """
    single = uses_single_marks(text)
    if any(pair in text for pair in _PAIRED):
        marks = _ANY if single else _DOUBLE
    else:
        marks = _ANY_UNPAIRED if single else _DOUBLE_UNPAIRED
    tags = _Tags(text, lists or load_lists())
    found: list[QuotedSpan] = []
    awaiting = False  # the paragraph before ended inside a quotation
    for number, (start, end) in enumerate(paragraphs):
        reopens = number + 1 < len(paragraphs) and bool(_OPENS_PARAGRAPH.match(text, *paragraphs[number + 1]))
        part = _spans_of_paragraph(text, start, end, marks, reopens, tags)
        if awaiting and part and part[0].start == start:
            part[0] = part[0]._replace(is_continued=True)
        found.extend(part)
        awaiting = reopens and bool(part) and not part[-1].is_closed
    # A chain that closes in the end is closed throughout.
    for i in range(len(found) - 2, -1, -1):
        if found[i + 1].is_continued and found[i + 1].is_closed:
            found[i] = found[i]._replace(is_closed=True)
    return found


def uses_single_marks(text: str) -> bool:
    """Whether single marks are the article's first-level quotation marks (British).

    Single marks that open before a letter and close after , . ? or ! are compared with double
    marks that do the same: an apostrophe does not close a clause.
    """
    if not any(mark in text for mark in ("‘", " '", "\n'", "´", "`", "′")) and not text.startswith("'"):
        return False
    around = len(_DOUBLE_IN_SINGLE.findall(text))
    singles = len(_SINGLE_QUOTATION.findall(text)) + around
    if singles == 0:
        return text.count("‘") > 1 and not _DOUBLE.search(text)
    doubles = len(_DOUBLE_QUOTATION.findall(text))
    return singles > doubles or (around > 0 and singles == doubles)


def _spans_of_paragraph(
    text: str, start: int, end: int, marks: re.Pattern[str], reopens: bool, tags: _Tags
) -> list[QuotedSpan]:
    matches = list(marks.finditer(text, start, end))
    if not matches:
        return []
    n_single = 1 + max((i for i, match in enumerate(matches) if match.group() in SINGLE), default=-1)
    closes_later = _closes_later(text, start, end, matches) if n_single else []
    found: list[QuotedSpan] = []
    opened: tuple[int, str] | None = None  # offset and glyph
    for i, match in enumerate(matches):
        mark, at, after = match.group(), match.start(), match.end()
        is_single = mark in SINGLE
        if opened is None:
            if is_single:
                if _single_opens(text, start, end, at):
                    opened = (at, mark)
            elif _double_opens(text, start, end, at, after, mark):
                opened = (at, mark)
        elif is_single != (opened[1] in SINGLE):
            continue  # a mark of the other level is nested
        elif is_single:
            # Open to the paragraph's end where the next one reopens: "‘The dockers’ families know …"
            runs_on = reopens and i + 1 == n_single and _opens_clause(text, start, opened[0])
            if mark != "‘" and _single_closes(text, start, end, at, closes_later[i] or runs_on):
                found.append(QuotedSpan(opened[0], after, True, True, False))
                opened = None
        elif _double_closes(text, start, end, at, after, mark, opened[1]):
            found.append(QuotedSpan(opened[0], after, True, False, False))
            opened = None
        elif (tag := tags.find(opened[0], at)) is not None:
            # “The bridge is old, Fenn said. “It leaks,” …: the first mark is never closed.
            found.append(QuotedSpan(opened[0], tag[0], False, False, False))
            opened = (at, mark)
    if opened is not None:
        tag = tags.find(opened[0], end)
        if tag is not None and (tag[1] == end or not reopens):
            end, reopens = tag[0], False
        found.append(QuotedSpan(opened[0], end, False, opened[1] in SINGLE, False))
    return found


@lru_cache(maxsize=4)
def _tag_pattern(lists: Lists) -> re.Pattern[str]:
    """Pattern of a tag inside a quotation that is never closed.

    A tag is ", NAME said" or ", said NAME".
    """
    verbs = "|".join(
        sorted(
            re.escape(form)
            for form, verb in lists.reporting_verbs.items()
            if verb.kinds & {"say", "tell", "ask"} and verb.tenses & {"past", "third"}
        )
    )
    source = (
        r"(?:(?:(?!(?:and|but|or|so|then|when|as|because|if|that|which|who)\b)[a-z-]+ ){0,2}?"
        r"(?!I\b)[A-Z][\w.’'-]*|(?:[Tt]he|[Aa]n?|[Hh]e|[Ss]he|[Tt]hey|[Oo]ne|[Hh]is|[Hh]er|[Tt]heir)\b)"
        r"(?: [\w.’'-]+){0,6}?"
    )
    return re.compile(
        rf"(?P<mark>[,?!])\s(?:(?:{verbs}|according to) {source}|{source} (?:{verbs}))"
        r"(?: (?:to|the|a|in|on|at|[A-Z])[^.?!,;:\n“”\"]{0,60}| \w+)?(?:[.,:]\s?|(?=\n)|$)"
    )


class _Tags:
    """Search for a tag inside quotations that are never closed."""

    def __init__(self, text: str, lists: Lists):
        self._text = text
        self._pattern = _tag_pattern(lists)
        self._start = self._done = -1
        self._sign: int | None = None  # the last one in what was searched: a tag may go on behind it

    def find(self, start: int, end: int) -> Span | None:
        """Position where the quotation ends before a tag, and the tag's end.

        The quotation opens at `start`. Where it is asked about again with a later `end`, only what is new
        is searched.
        """
        if start != self._start:
            self._start, self._done, self._sign = start, start + 2, None
        text, pattern = self._text, self._pattern
        match = None if self._sign is None else pattern.match(text, self._sign, end)
        match = match or pattern.search(text, self._done, end)
        if match is not None:
            return match.end("mark"), match.end()
        for sign in _SIGN.finditer(text, self._done, end):
            self._sign = sign.start()
        self._done = max(self._done, end)
        return None


def _looks(text: str, start: int, end: int, at: int, after: int) -> tuple[bool, bool]:
    """Whether a mark looks like an opening and like a closing one, by its neighbours."""
    before = text[at - 1] if at > start else ""
    behind = text[after] if after < end else ""
    opening = (
        (not before or (not before.isalnum() and before not in ".,!?…"))
        and bool(behind)
        and not behind.isspace()
    )
    closing = (not behind or not behind.isalnum()) and bool(before) and not before.isspace()
    return opening, closing


def _double_opens(text: str, start: int, end: int, at: int, after: int, mark: str) -> bool:
    # A mark with a direction counts as such unless it is impossible here.
    opening, closing = _looks(text, start, end, at, after)
    return mark in OPENING or opening or (mark not in CLOSING and not closing)


def _double_closes(text: str, start: int, end: int, at: int, after: int, mark: str, opened: str) -> bool:
    opening, closing = _looks(text, start, end, at, after)
    if opened in PAIRS:
        return mark == PAIRS[opened]
    if (opened == "„" and mark == "“") or (opened == mark and closing and not opening):
        return True
    if opened == "»" and mark == "«":
        return True
    return mark in CLOSING or closing or (mark not in OPENING and not opening)


def _single_opens(text: str, start: int, end: int, at: int) -> bool:
    before = text[at - 1] if at > start else " "
    behind = text[at + 1] if at + 1 < end else " "
    return (
        text[at] != "’"
        and (before.isspace() or before in '([—–-“"/')
        and not behind.isspace()
        and not _ELIDED.match(text, at + 1)
    )


def _single_closes(text: str, start: int, end: int, at: int, closes_later: bool) -> bool:
    before = text[at - 1] if at > start else " "
    behind = text[at + 1] if at + 1 < end else ""
    if before.isspace() or behind.isalnum():
        return False
    if before in '.,!?;:…—–-"”)' or not behind or behind in '.,;:!?)—–”"':
        return True
    # "the dockers’ strike", "goin’ home" inside a quotation: an apostrophe where a surer close follows.
    return not (before in "sSnN" and closes_later)


def _opens_clause(text: str, start: int, at: int) -> bool:
    """Whether the mark at `at` opens its paragraph or follows the end of a clause."""
    before = text[start:at].rstrip()[-1:] if at - start < 3 else text[max(start, at - 4) : at].rstrip()[-1:]
    return not before or before in ".,:;?!—–’”"


def _closes_later(text: str, start: int, end: int, matches: list[re.Match[str]]) -> list[bool]:
    """For each mark, whether a sure single closing mark follows.

    It must come before the next opening mark.
    """
    later = [False] * len(matches)
    sure = False
    for i in range(len(matches) - 1, -1, -1):
        later[i] = sure
        at = matches[i].start()
        if matches[i].group() not in SINGLE:
            continue
        if _single_opens(text, start, end, at):
            sure = False
        elif at > start and (text[at - 1] in ".,!?;:…" or at + 1 >= end or text[at + 1] in ".,;:!?"):
            sure = True
    return later


def find_minor_quoted_spans(text: str, quoted: list[QuotedSpan], paragraphs: list[Span]) -> list[Span]:
    """Short spans in the other kind of mark outside `quoted`.

    An example is 'hypocrisy' in a headline. They are scare quotes, titles or headline quotations,
    never the article's quotations. At most twelve words, within one paragraph.
    """
    if any(span.is_single for span in quoted) or not _SINGLE.search(text):
        return []
    found: list[Span] = []
    position = 0
    for start, end in paragraphs:
        if not _SINGLE.search(text, start, end):
            continue
        for match in _MINOR.finditer(text, start, end):
            while position < len(quoted) and quoted[position].end <= match.start():
                position += 1
            inside = position < len(quoted) and quoted[position].start < match.end()
            if not inside and not _ELIDED.match(match[1]) and len(match[1].split()) <= 12:
                found.append(match.span())
    return found
