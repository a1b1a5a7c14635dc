"""Quoted spans that are not quotations, and quotations without a speaker.

The kind of a span (scare, title, nickname, term) comes from attributions/quoted_kinds.py, which does not
look at the attribution around it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

import numpy as np

from onrecord.attributions.quoted_kinds import KINDS, find_quoted_kinds
from onrecord.attributions.rules.readings import PROBABILITY as READING
from onrecord.mentions.name_parts import is_nickname
from onrecord.records import Attribution, Span
from onrecord.text.memo import once_per_article
from onrecord.text.quotation_marks import QuotedSpan, find_minor_quoted_spans
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, load_lists, word_set

# Up to so many words a span without an attribution is a term; a longer one somebody must have said.
LONGEST_SCARE = 7
# Within attributed words a span of so many words at most may be a scare quote, from this probability of
# not being a quotation; a content that is one span alone, from the higher one.
LONGEST_WITHIN = 5
WITHIN, ALONE = 0.5, 0.8
SURE = 0.6  # share among the four other kinds from which on a span is not called a scare quote
_NAMES = re.compile(r"\b(?:known|dubbed|nicknamed|nickname|alias|aka|calls?|called|name|named|christened)\b")
_WORD = re.compile(r"\w[\w’'-]*")
_SMALL = word_set("a an the of in on at by for to and or but with from as is de la le du von van")


def with_quoted_kinds(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with their form by the quotations among their words."""
    if not article.quoted_spans:
        return attributions
    not_quoted = _not_quoted(article, lists)
    if not not_quoted:
        return attributions
    changed = []
    spans = list(not_quoted)  # in text order
    for attribution in attributions:
        inside = [] if attribution.form == "indirect" else _inside(spans, attribution.content)
        if not inside:
            changed.append(attribution)
            continue
        words = sum(len(_WORD.findall(article.text, *span)) for span in inside)
        quoted = article.n_quoted_words(attribution.content)
        if attribution.form == "mixed" and words >= quoted:
            changed.append(attribution._replace(form="indirect"))
        elif (
            attribution.form == "direct"
            and words >= quoted
            and attribution.probability != READING
            and _is_alone(attribution, not_quoted)
        ):
            continue
        else:
            changed.append(attribution)
    return changed


def add_unattributed(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with the quotations that nobody is named for added."""
    return attributions + _spoken(article, attributions, lists)


def split_unattributed(
    article: Article, attributions: list[Attribution], lists: Lists | None = None
) -> tuple[list[tuple[str, int, int]], list[Attribution]]:
    """Spans that are not quotations, and quotations nobody is named for."""
    lists = lists or load_lists()
    return scare_quotes_of(article, attributions, lists), _spoken(article, attributions, lists)


def scare_quotes_of(
    article: Article, attributions: list[Attribution], lists: Lists | None = None
) -> list[tuple[str, int, int]]:
    """Quoted spans that are not quotations, in text order: (kind, start, end).

    A quoted span that no attribution's content touches is a title where a word for a work is before it or
    three and more words are mostly capitalised. It is a quotation without cue and source where it is longer
    than seven words or never closed. Otherwise it is of the likeliest other kind. Boilerplate is left out.
    """
    lists = lists or load_lists()
    contents = sorted([span for attribution in attributions for span in attribution.content])
    ends = [end for _, end in contents]
    cues = {attribution.cue[1] for attribution in attributions if attribution.cue}
    not_quoted = _not_quoted(article, lists)
    marked: list[tuple[str, int, int]] = []
    open_spans: list[Span] = []
    for quoted in article.quoted_spans:
        start, end = quoted.start, quoted.end
        k = bisect_left(ends, start + 1)
        is_touched = k < len(contents) and contents[k][0] < end
        within = is_touched and contents[k][0] < start and end <= contents[k][1]
        if is_touched and not within:
            continue  # most are quotations
        words = _WORD.findall(article.text, start, end)
        if not words or article.in_boilerplate(start) or is_nickname(article.text, start, end):
            continue
        if is_touched:
            if (start, end) in not_quoted:
                marked.append((not_quoted[start, end][0], start, end))
            elif _is_bare_name(article.text, quoted, words, cues):
                marked.append(("scare", start, end))
            continue
        if _is_title(article.text, start, words, lists):
            marked.append(("title", start, end))
        elif not _is_spoken(quoted, words):
            open_spans.append((start, end))
    for start, end in find_minor_quoted_spans(article.text, article.quoted_spans, article.paragraphs):
        k = bisect_left(ends, start + 1)
        if is_nickname(article.text, start, end):
            continue
        if not (k < len(contents) and contents[k][0] < end) and not article.in_boilerplate(start):
            if _is_title(article.text, start, _WORD.findall(article.text, start, end), lists):
                marked.append(("title", start, end))
            else:
                open_spans.append((start, end))
    for span, row in zip(open_spans, _rows(article, open_spans, lists), strict=True):
        marked.append((_kind(article, span, row, lists), *span))
    return sorted(marked, key=lambda row: row[1])


def _spoken(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Quotations that no attribution's content touches, without cue and source."""
    if not article.quoted_spans:
        return []
    contents = sorted([span for attribution in attributions for span in attribution.content])
    ends = [end for _, end in contents]
    spoken: list[Attribution] = []
    for quoted in article.quoted_spans:
        start, end = quoted.start, quoted.end
        k = bisect_left(ends, start + 1)
        if k < len(contents) and contents[k][0] < end:
            continue
        words = _WORD.findall(article.text, start, end)
        if not words or not _is_spoken(quoted, words):
            continue
        if article.in_boilerplate(start) or is_nickname(article.text, start, end):
            continue
        if not _is_title(article.text, start, words, lists):
            spoken.append(Attribution([(start, end)], None, None, "direct", quoted.is_closed, 0.3))
    return spoken


def _is_spoken(quoted: QuotedSpan, words: list[str]) -> bool:
    return len(words) > LONGEST_SCARE or not quoted.is_closed


@once_per_article
def _known_rows(article: Article, lists: Lists) -> dict[Span, np.ndarray]:
    """Probabilities of KINDS of the spans of one article that were looked at so far."""
    return {}


def _rows(article: Article, spans: list[Span], lists: Lists) -> list[np.ndarray]:
    """Probabilities of KINDS for each of `spans`, most of which are asked for twice."""
    known = _known_rows(article, lists)
    new = [span for span in spans if span not in known]
    if new:
        known.update(zip(new, find_quoted_kinds(article, new, lists), strict=True))
    return [known[span] for span in spans]


@once_per_article
def _not_quoted(article: Article, lists: Lists) -> dict[Span, tuple[str, float]]:
    """Short quoted spans that are not quotations, with kind and probability."""
    spans = [
        (quoted.start, quoted.end)
        for quoted in article.quoted_spans
        if quoted.is_closed
        and quoted.end - quoted.start < 60
        and 0 < len(_WORD.findall(article.text, quoted.start, quoted.end)) <= LONGEST_WITHIN
    ]
    found: dict[Span, tuple[str, float]] = {}
    for span, row in zip(spans, _rows(article, spans, lists), strict=True):
        sure = 1 - float(row[0])
        if sure > WITHIN:
            found[span] = (_kind(article, span, row, lists), sure)
    return found


def _kind(article: Article, span: Span, row: np.ndarray, lists: Lists) -> str:
    """Kind of a span that is not a quotation.

    Scare where no other kind is sure.
    """
    others = row[1:] / row[1:].sum()
    kind = KINDS[1 + int(others.argmax())]
    if others.max() < SURE:
        return "scare"
    words = _WORD.findall(article.text, *span)
    if kind == "title" and len(words) <= 2:
        # Two capitalised words may name a place as well as a work: a title is announced as one.
        before = article.text[max(0, span[0] - 24) : span[0]].rstrip().lower()
        if not _before_work(lists).search(before + " ") and not before.endswith(
            (" on", "’s", "'s", ":", " says", " read")
        ):
            return "scare"
    if kind == "nickname" and not _NAMES.search(article.text, max(0, span[0] - 40), span[0]):
        first, last = article.text[max(0, span[0] - 2) : span[0]], article.text[span[1] : span[1] + 2]
        if not (first[:1].isalpha() and first[1:] == " " and last[:1] == " " and last[1:].isupper()):
            return "scare"
    return kind


def _inside(spans: list[Span], content: list[Span]) -> list[Span]:
    """Those of `spans` within a span of the content.

    `spans` are apart and in text order.
    """
    found = []
    for start, end in content:
        for number in range(bisect_left(spans, (start, start)), len(spans)):
            if spans[number][1] > end:
                break
            found.append(spans[number])
    return found


def _is_alone(attribution: Attribution, not_quoted: dict[Span, tuple[str, float]]) -> bool:
    """Whether the content is one span that is surely not a quotation."""
    if len(attribution.content) > 1:
        return False
    known = not_quoted.get(attribution.content[0])
    return known is not None and known[1] > ALONE


def _is_bare_name(text: str, quoted: QuotedSpan, words: list[str], cues: set[int]) -> bool:
    inner = text[quoted.start + 1 : quoted.end - 1]
    return (
        len(words) <= 3
        and all(word[0].isupper() for word in words)
        and not re.search(r"[.,?!]", inner)
        and not any(quoted.start - 3 <= end <= quoted.start for end in cues)
    )


@lru_cache(maxsize=4)
def _before_work(lists: Lists) -> re.Pattern[str]:
    """Pattern of a text that ends with a word of lists.works: "the film"."""
    words = "|".join(re.escape(word) for word in sorted(lists.works))
    return re.compile(rf"\b(?:{words or '(?!)'})\W+$", re.IGNORECASE)


def _is_title(text: str, start: int, words: list[str], lists: Lists) -> bool:
    if _before_work(lists).search(text[max(0, start - 24) : start]):
        return True
    large = sum(word[0].isupper() for word in words)
    small = sum(word.lower() in _SMALL for word in words if not word[0].isupper())
    return 3 <= len(words) <= 15 and words[0][0].isupper() and large + small == len(words) and large >= 2
