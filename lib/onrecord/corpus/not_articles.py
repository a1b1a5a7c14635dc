"""Rows that are not articles.

Readers' comments, very short texts, lists of links, leftovers of pages.

A crawl of a site brings them with its articles, and nothing in a table marks them. They are marked
here and stay; `exclude` leaves them out with an account.
"""

from __future__ import annotations

import re

import pandas as pd

from onrecord.tables import as_column, require
from onrecord.text.boilerplate import boilerplate_paragraphs
from onrecord.text.quotation_marks import paragraph_spans
from onrecord.wordlists import Lists, load_lists

COMMENT, SHORT, LINKS, LEFTOVER = "reader comment", "very short text", "list of links", "leftover of a page"
KINDS = (COMMENT, SHORT, LINKS, LEFTOVER)

SHORT_WORDS = 25  # a text below this reports nothing that could be attributed
LEFTOVER_WORDS = 150  # a notice of a page is no longer than this
IN_ROWS = 5  # rows with one headline from which they may be comments on it
COMMENT_WORDS = 150  # in the middle of such rows
_LONG_COMMENT = 100  # words; a longer row is not a comment by its headline alone

# What the address of a comment has, and that of an article has not.
_COMMENT_URL = re.compile(
    r"#(?:comments?|respond|disqus_thread|post|reply|c)[-_/=]?\d+\b|#comment\b|#\d{5,}$|#post-[\w-]*\d|[?&](?:replytocom|comment_?id)="
    r"|/comment-page-\d+|/comments?/\d{3,}",
    re.IGNORECASE,
)
_COMMENT_HEADLINE = re.compile(
    r"(?:comment(?:s)? (?:on|by|to)\b|re\s*:\s|reply to\b|in reply to\b)", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?…][”’\"')\]]*$")


def add_not_article(documents: pd.DataFrame, *, lists: Lists | None = None) -> pd.DataFrame:
    """`documents` with the column not_article.

    What a row is that is not an article, NA for an article.

    One row per article, as before. Needs the column text; looks at url, headline and outlet where they
    are there. not_article is "reader comment" (by its address or headline, or one of five and more
    short rows of one outlet with one headline), "leftover of a page" (a notice of cookies, of a page
    that is not there, of a paywall), "list of links" (eight lines and more, most of them not
    sentences) or "very short text" (fewer than 25 words). NA too where there is no text. Nothing is
    left out: `exclude` does that. The limits are ours, chosen on crawled news of 2019.
    `lists`: word lists from load_lists, of which page_notices counts.

    Raises ValueError without the column text.

    >>> rows = pd.DataFrame({"doc_id": ["a"], "text": ["Nice!"], "url": ["https://halm.example/lock#comment-7"]})
    >>> add_not_article(rows)["not_article"].tolist()
    ['reader comment']
    """
    require(documents, ["text"], table="documents")
    notices = (lists or load_lists()).page_notices
    texts = documents["text"].tolist()
    n = len(texts)

    def column(name: str) -> list:
        return documents[name].tolist() if name in documents else [None] * n

    headlines, outlets = column("headline"), column("outlet")
    kinds = [
        _kind(text, url, headline, notices)
        for text, url, headline in zip(texts, column("url"), headlines, strict=True)
    ]
    for i in _under_one_headline(texts, headlines, outlets):
        kinds[i] = COMMENT
    return documents.assign(not_article=as_column(kinds).set_axis(documents.index))


def _kind(text: object, url: object, headline: object, notices: re.Pattern[str]) -> str | None:
    if not isinstance(text, str) or not text.strip():
        return None
    if isinstance(url, str) and _COMMENT_URL.search(url):
        return COMMENT
    if isinstance(headline, str) and (found := _COMMENT_HEADLINE.match(headline)):
        is_reply = found[0].casefold().startswith("re")  # a story may be headed so as well
        if len(text.split()) < (_LONG_COMMENT if is_reply else 500):
            return COMMENT
    if len(text) < 20 * LEFTOVER_WORDS and _is_leftover(text, notices):
        return LEFTOVER
    if _is_link_list(text):
        return LINKS
    if len(text) < 20 * SHORT_WORDS and len(text.split()) < SHORT_WORDS:
        return SHORT
    return None


def _is_leftover(text: str, notices: re.Pattern[str]) -> bool:
    """Whether a text is a page's notice: one in a few words, or several in some more."""
    n_words = len(text.split())
    if n_words > LEFTOVER_WORDS:
        return False
    found = {match[0].casefold() for match in notices.finditer(text)}
    return len(found) > 1 or (len(found) == 1 and n_words <= LEFTOVER_WORDS / 3)


def _is_link_list(text: str) -> bool:
    """Whether most of the text is lines that are not sentences, or boilerplate."""
    lines = [line for line in text.split("\n") if not line.isspace() and line]
    if len(lines) < 8 or sum(line.rstrip()[-1] in '.!?”"' for line in lines) > 0.4 * len(lines):
        return False
    paragraphs = paragraph_spans(text)
    if len(paragraphs) < 8:
        return False
    flags = boilerplate_paragraphs(text, paragraphs)
    n_lines = length = 0
    for (start, end), is_boilerplate in zip(paragraphs, flags, strict=True):
        is_line = end - start < 140 and not _SENTENCE_END.search(text, max(start, end - 4), end)
        if is_boilerplate or (is_line and text[end - 1 : end] not in ',;:”"'):
            n_lines += 1
            length += end - start
    return n_lines > 0.7 * len(paragraphs) and length > 0.6 * sum(end - start for start, end in paragraphs)


def _under_one_headline(texts: list, headlines: list, outlets: list) -> list[int]:
    """Rows that are comments: many short ones of an outlet with one headline.

    The article that they comment on, where it is among them, is far longer and is not one.
    """
    groups: dict[tuple[object, str], list[int]] = {}
    for i, (text, headline, outlet) in enumerate(zip(texts, headlines, outlets, strict=True)):
        if isinstance(text, str) and isinstance(headline, str) and len(headline.split()) > 2:
            outlet = outlet if isinstance(outlet, str) else None
            groups.setdefault((outlet, " ".join(headline.split()).casefold()), []).append(i)
    found = []
    for rows in groups.values():
        if len(rows) < IN_ROWS or len({texts[i] for i in rows}) < 0.6 * len(rows):
            continue
        lengths = sorted(len(texts[i].split()) for i in rows)
        middle = lengths[len(lengths) // 2]
        if middle < COMMENT_WORDS:
            found += [i for i in rows if len(texts[i].split()) < max(3 * middle, _LONG_COMMENT)]
    return found
