"""Quotation marks that quote nobody: scare quotes and titles of works; and quotations without a speaker."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from onrecord.mentions.name_parts import is_nickname
from onrecord.records import Attribution
from onrecord.text.quotation_marks import QuotedSpan, find_minor_quoted_spans
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

# Up to so many words a mark without an attribution is a term; a longer one somebody must have said.
LONGEST_SCARE = 7
_WORD = re.compile(r"\w[\w’'-]*")
_SMALL = word_set("a an the of in on at by for to and or but with from as is de la le du von van")


def add_unattributed(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Return the attributions with the quotations that nobody is named for added."""
    return attributions + split_unattributed(article, attributions, lists)[1]


def scare_quotes_of(
    article: Article, attributions: list[Attribution], lists: Lists
) -> list[tuple[str, int, int]]:
    """Return (kind, start, end) of the quoted spans that are not quotations, in text order."""
    return split_unattributed(article, attributions, lists)[0]


def split_unattributed(
    article: Article, attributions: list[Attribution], lists: Lists
) -> tuple[list[tuple[str, int, int]], list[Attribution]]:
    """Return (scare quotes and titles as (kind, start, end), quotations nobody is named for).

    A quoted stretch that no attribution's content touches is a title where a word for a work stands
    before it or three and more words are mostly capitalised; a quotation without cue and source where
    it is longer than seven words or never closed; else a scare quote. Furniture is passed over.
    """
    contents = sorted(span for attribution in attributions for span in attribution.content)
    ends = [end for _, end in contents]
    cues = {attribution.cue[1] for attribution in attributions if attribution.cue}
    marked: list[tuple[str, int, int]] = []
    spoken: list[Attribution] = []
    for stretch in article.quoted_spans:
        start, end = stretch.start, stretch.end
        k = bisect_left(ends, start + 1)
        words = _WORD.findall(article.text, start, end)
        if not words or article.in_boilerplate(start) or is_nickname(article.text, start, end):
            continue
        if k < len(contents) and contents[k][0] < end:
            # Within what is only paraphrased, a name in marks is held at arm's length all the same.
            within = contents[k][0] < start and end < contents[k][1]
            if within and _is_bare_name(article.text, stretch, words, cues):
                marked.append(("scare", start, end))
            continue
        if _is_title(article.text, start, words, lists):
            marked.append(("title", start, end))
        elif len(words) > LONGEST_SCARE or not stretch.is_closed:
            spoken.append(Attribution([(start, end)], None, None, "direct", stretch.is_closed, 0.3))
        else:
            marked.append(("scare", start, end))
    for start, end in find_minor_quoted_spans(article.text, article.quoted_spans, article.paragraphs):
        k = bisect_left(ends, start + 1)
        if is_nickname(article.text, start, end):
            continue
        if not (k < len(contents) and contents[k][0] < end) and not article.in_boilerplate(start):
            words = _WORD.findall(article.text, start, end)
            marked.append(("title" if _is_title(article.text, start, words, lists) else "scare", start, end))
    return sorted(marked, key=lambda row: row[1]), spoken


def _is_bare_name(text: str, stretch: QuotedSpan, words: list[str], cues: set[int]) -> bool:
    inner = text[stretch.start + 1 : stretch.end - 1]
    return (
        len(words) <= 3
        and all(word[0].isupper() for word in words)
        and not re.search(r"[.,?!]", inner)
        and not any(stretch.start - 3 <= end <= stretch.start for end in cues)
    )


@lru_cache(maxsize=4)
def _before_work(lists: Lists) -> re.Pattern[str]:
    """Return the pattern of a text that ends with a word of lists.works: "the film", "a song called"."""
    words = "|".join(re.escape(word) for word in sorted(lists.works))
    return re.compile(rf"\b(?:{words or '(?!)'})\W+$", re.IGNORECASE)


def _is_title(text: str, start: int, words: list[str], lists: Lists) -> bool:
    if _before_work(lists).search(text[max(0, start - 24) : start]):
        return True
    large = sum(word[0].isupper() for word in words)
    small = sum(word.lower() in _SMALL for word in words if not word[0].isupper())
    return 3 <= len(words) <= 15 and words[0][0].isupper() and large + small == len(words) and large >= 2
