"""Block quotations: words behind a colon that have no quotation marks.

"Fenn wrote:" with the words in the paragraphs below, "The mill issued this statement: We are sorry. …" in
the same paragraph. The words behind the colon are direct speech where somebody is said to have
written or said them, and they speak in the first person.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from onrecord.attributions.rules.clauses import (
    POSSESSIVES,
    Range,
    is_finite,
    sentence_tokens,
    text_span,
    verb_group,
    words_of,
)
from onrecord.attributions.rules.mention_kinds import SPEAKERS
from onrecord.attributions.rules.phrases import phrase_after, phrase_before
from onrecord.attributions.rules.readings import Reading
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

LONGEST_SUBJECT = 9  # tokens of a subject that is not read as a noun phrase
LONGEST_ANNOUNCEMENT = 30  # tokens before the colon
LONGEST_PREDICATE = 3  # tokens of "was short"
FARTHEST_VERB = 16  # tokens between the verb and the colon

_FIRST_PERSON = re.compile(r"\b(?:I|We|we|my|My|our|Our|me|us)\b")
_GOES_ON = re.compile(r"(?:He|She|It|They|This|That|These|And|But|So|Nor|Please)\b")
_TITLE = re.compile(r"(?:[A-Z][\w’'-]*[ .]){3}")  # "wrote The Red Room: My Years At Sea"
_SIGN = re.compile(r"(?:[>|]\s*)+(?=\S)")
_SPEECH = frozenset(("say", "tell", "letter"))
_WORDS = word_set("words line posts following")  # announce only what is in the first person
_BE = word_set("is was")
_BULLETS = "-•*–—"


def find_blocks(article: Article, lists: Lists) -> list[Reading]:
    """Readings of the words behind each colon that announces them."""
    readings: list[Reading] = []
    border = 0
    for at in article.places.get(":", ()):
        start = article.token_starts[at]
        if start < border or article.token_is_quoted[at] or article.in_boilerplate(start):
            continue
        number = article.paragraph_at(start)
        if article.is_boilerplate[number]:
            continue
        last = article.paragraphs[number][1]
        content = (
            _below(article, number)
            if start == last - 1
            else _behind(article, article.token_ends[at], last, lists)
        )
        if not content:
            continue
        found = _announced(article, at, start == last - 1, lists)
        if found is None:
            continue
        cue, source, is_written = found
        # "Fenn wrote:" announces whatever follows, "Fenn said:" only what is in the first person
        if is_written or (
            _FIRST_PERSON.search(article.text, *content[0]) and not _TITLE.match(article.text, content[0][0])
        ):
            readings.append(Reading(content, text_span(article, cue), text_span(article, source), "direct"))
            border = content[-1][1]
    return readings


def _below(article: Article, number: int) -> list[Span]:
    """Paragraphs below paragraph `number`.

    The first, and those after it in the first person.
    """
    text = article.text
    content: list[Span] = []
    for below in range(number + 1, len(article.paragraphs)):
        span = article.paragraphs[below]
        if article.is_boilerplate[below] or article.is_quoted(span[0]) or text[span[1] - 1] == ":":
            break
        if content and (not _FIRST_PERSON.search(text, *span) or _has_quotation(article, span)):
            break
        sign = _SIGN.match(text, *span)
        content.append((sign.end() if sign else span[0], span[1]))
    return [] if not content or text[content[0][0]] in _BULLETS else content


def _behind(article: Article, start: int, end: int, lists: Lists) -> list[Span]:
    """Sentences behind the colon in its paragraph.

    Up to the last in the first person, and those that open with a pronoun.
    """
    text = article.text
    start += len(text[start:end]) - len(text[start:end].lstrip())
    if start >= end or not text[start].isupper() or _has_quotation(article, (start, end)):
        return []
    number = article.sentence_at(start)
    stop, is_first = start, True
    for first, last, _ in article.sentences[number:]:
        if first >= end:
            break
        goes_on = _GOES_ON.match(text, first) is not None
        if not is_first and not goes_on and not _FIRST_PERSON.search(text, first, last):
            break
        stop, is_first = last, False
    return [(start, stop)] if _FIRST_PERSON.search(text, start, stop) else []


def _has_quotation(article: Article, span: Span) -> bool:
    at = bisect_right(article.quoted_spans, span[0], key=lambda quoted: quoted.end)
    return at < len(article.quoted_spans) and article.quoted_spans[at].start < span[1]


def _announced(article: Article, colon: int, closes: bool, lists: Lists) -> tuple[Range, Range, bool] | None:
    """Cue and source of the words behind the colon.

    Also whether a verb or noun of writing announces them.
    """
    first, _ = sentence_tokens(article, colon)
    if colon - first > LONGEST_ANNOUNCEMENT or any(article.token_is_quoted[first:colon]):
        return None
    for at in range(colon - 1, max(first, colon - FARTHEST_VERB) - 1, -1):
        group = verb_group(article, at, lists)
        if group is None or not group.verb.kinds & _SPEECH or group.is_passive or group.is_modal:
            continue
        if is_finite(group) and (subject := _subject(article, group.first, first, lists)) is not None:
            is_written = closes and "letter" in group.verb.kinds
            return (group.at, group.stop), subject, is_written
    noun = _noun(article, first, colon, lists)
    return None if noun is None else _by_noun(article, first, noun, colon, lists)


def _subject(article: Article, stop: int, first: int, lists: Lists) -> Range | None:
    """Subject of the verb group at `stop`."""
    phrase = phrase_before(article, stop, first, lists)
    if phrase is not None and phrase[0] > first and word_class(article.tokens[phrase[0] - 1]) in ("I", "to"):
        phrase = None  # "His note to [the tenants] reads:"
    if phrase is None and 1 < stop - first <= LONGEST_SUBJECT and "," not in article.tokens[first:stop]:
        phrase = (first, stop)  # "The notice on the gate reads:"
    return phrase


def _noun(article: Article, first: int, colon: int, lists: Lists) -> int | None:
    """Token of the noun that calls what follows somebody's words: "this [statement]"."""
    for at in range(colon - 1, first - 1, -1):
        word = article.lowered[at]
        if word in lists.context_words["written"] or word in _WORDS or word in lists.reporting_nouns:
            return at
        if word_class(word) == "A" and not (word in _BE and colon - at <= LONGEST_PREDICATE):
            return None
    return None


def _by_noun(
    article: Article, first: int, noun: int, colon: int, lists: Lists
) -> tuple[Range, Range, bool] | None:
    """Cue and source of words that a noun announces.

    "Fenn issued this reply:", "Fenn’s reply in full:", "Fenn, in a letter to staff:".
    """
    tokens = article.tokens
    is_written = tokens[noun].lower() in lists.context_words["written"]
    begin = first
    comma = next((i for i in range(first, noun) if tokens[i] == ","), None)
    if comma is not None and word_class(tokens[first].lower()) in ("I", "d", "g"):
        begin = comma + 1  # "Asked about the lake, Fenn emailed this reply:"
    owner = phrase_after(article, begin, noun, lists)
    if owner is None:
        possessive = tokens[begin].lower() in ("his", "her", "their")
        return ((begin, noun + 1), (begin, begin + 1), is_written) if possessive and begin < noun else None
    if owner[1] >= noun and owner[1] <= noun + 1:  # "[The firm’s apology] in full:"
        marks = [i for i in range(*owner) if tokens[i] in POSSESSIVES]
        if not marks:
            return None
        owner = owner[0], marks[-1]
    if parse_mention(words_of(article, owner), lists).kind not in SPEAKERS:
        return None
    return (max(owner[1], noun - 1), noun + 1), owner, is_written
