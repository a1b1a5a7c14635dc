"""Tag of each quotation, read from the words beside it.

"“…,” said Orla Fenn." · "“…?” Fenn asked." · "She replied: “…”" · "Added Fenn: “…”". A tag behind a
quotation belongs to it where the quotation ends with a comma, a question mark or an exclamation mark,
or the tag begins in lower case. A tag before it belongs to it where it ends with a colon or a comma.
"""

from __future__ import annotations

from typing import NamedTuple

from onrecord.attributions.rules.clauses import (
    MARKS,
    Range,
    first_words,
    is_finite,
    sentence_tokens,
    text_span,
    verb_group,
)
from onrecord.attributions.rules.phrases import phrase_after, phrase_before
from onrecord.records import Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

LONGEST_TAG = 30  # tokens looked at on each side of a quotation

_STOPS = frozenset(".?!;:")
_ENDS = frozenset(".;:")  # behind these no tag goes on
_SPEECH = frozenset(("say", "tell", "ask"))
_BEHIND_SHOUT = word_set(". , ! from to across after down up out over back through as")


class Tag(NamedTuple):
    """The tag of one quotation."""

    source: Span
    cue: Span
    addressee: Span | None  # "asked [Ms Fenn]:"
    verb: str
    is_before: bool  # before its quotation


def find_tags(article: Article, lists: Lists) -> dict[int, Tag]:
    """Tag of each quoted span that has one, by the number of the span."""
    found: dict[int, Tag] = {}
    for number, quoted in enumerate(article.quoted_spans):
        if article.in_boilerplate(quoted.start):
            continue
        tag = _behind(article, number, lists) or _before(article, number, lists)
        if tag is not None:
            found[number] = tag
    return found


def _behind(article: Article, number: int, lists: Lists) -> Tag | None:
    """Tag behind the quoted span."""
    quoted = article.quoted_spans[number]
    text, tokens = article.text, article.tokens
    first = article.token_at(quoted.end)
    if first >= len(tokens):
        return None
    end = text[quoted.start : quoted.end].rstrip("\"”’'»`´ ")[-1:]
    if end in _ENDS and tokens[first] != ",":
        return None
    _, paragraph_end = article.paragraphs[article.paragraph_at(quoted.start)]
    following = (
        article.quoted_spans[number + 1].start if number + 1 < len(article.quoted_spans) else len(text)
    )
    stop = min(article.token_at(min(paragraph_end, following)), first + LONGEST_TAG)
    if first < stop and tokens[first] == ",":
        first += 1
        end = ","
    if first >= stop or not (end in ",?!—–…-" or (tokens[first][0].islower() and end not in ".;:")):
        return None
    if not quoted.is_closed and end not in ",?!":
        return None
    if end.isalnum() and not opens_clause(article, quoted.start):
        return None  # "said he “never once” sang sober": the sentence goes on
    tag = _inverted(article, first, stop, lists) or _plain(article, first, stop, lists)
    if tag is None:
        return None
    # "“Where?” He answered: “Here.”": the words before a colon belong to what follows.
    last = article.token_at(max(span[1] for span in (tag.source, tag.cue, tag.addressee) if span))
    mark = tokens[last] if last < len(tokens) else ""
    opens_next = last + 1 < len(tokens) and tokens[last + 1] in MARKS
    return None if mark == ":" or (mark == "," and opens_next and end in "?!") else tag


def opens_clause(article: Article, start: int) -> bool:
    """Whether a quotation opens its sentence or follows a pause.

    In “The Hour,” the marks are part of a title.
    """
    first, _, _ = article.sentences[article.sentence_at(start)]
    before = article.text[first:start].rstrip()
    return not before or before[-1] in ",:;—–”"


def _inverted(article: Article, first: int, stop: int, lists: Lists) -> Tag | None:
    """Tag "said Orla Fenn firmly" that begins at `first`."""
    group = verb_group(article, first, lists)
    if group is None or not (group.verb.kinds & _SPEECH) or not group.verb.tenses & {"past", "third"}:
        return None
    phrase = phrase_after(article, group.stop, stop, lists)
    if phrase is None or not _may_speak(article, phrase):
        return None
    return Tag(
        text_span(article, phrase), text_span(article, (group.at, group.stop)), None, group.verb.verb, False
    )


def _plain(article: Article, first: int, stop: int, lists: Lists) -> Tag | None:
    """Tag "Orla Fenn, the mayor, said" that begins at `first`."""
    tokens, lowered, verbs = article.tokens, article.lowered, first_words(lists)
    for at in range(first + 1, stop):
        word = lowered[at]
        if word in _STOPS:
            goes_on = at + 1 < stop and tokens[at + 1][0].islower()
            if not goes_on and (word != "." or lowered[at - 1] not in lists.abbreviations):
                return None
        if word not in verbs:
            continue
        group = verb_group(article, at, lists)
        if group is None or group.is_passive or group.is_modal or not is_finite(group):
            continue
        if not group.verb.kinds & _SPEECH and not _is_shout(article, group.at, group.stop, stop):
            continue
        phrase = phrase_before(article, group.first, first, lists)
        if phrase is None or phrase[0] != first or not _may_speak(article, phrase):
            return None
        return Tag(
            text_span(article, phrase),
            text_span(article, (group.at, group.stop)),
            _addressee(article, group.stop, stop, group.verb.kinds, lists),
            group.verb.verb,
            False,
        )
    return None


def _is_shout(article: Article, at: int, behind: int, stop: int) -> bool:
    """Whether "called" behind a quotation means shouted.

    "Fenn called [from the track]".
    """
    if article.tokens[at] not in ("called", "calls"):
        return False
    return behind >= stop or article.tokens[behind] in _BEHIND_SHOUT


def _before(article: Article, number: int, lists: Lists) -> Tag | None:
    """Tag before the quoted span: "She replied:", "Added Fenn:"."""
    quoted = article.quoted_spans[number]
    tokens = article.tokens
    stop = article.token_at(quoted.start)
    if stop == 0 or tokens[stop - 1] not in (":", ","):
        return None
    is_colon = tokens[stop - 1] == ":"
    first, _ = sentence_tokens(article, stop - 1)
    if number:
        first = max(first, article.token_at(article.quoted_spans[number - 1].end))
    first = max(first, stop - LONGEST_TAG)
    if first >= stop - 1:
        return None
    opening = verb_group(article, first, lists)
    if is_colon and opening is not None and opening.at == first and tokens[first][0].isupper():
        tag = _inverted(article, first, stop - 1, lists)
        if tag is not None:
            return tag._replace(is_before=True)
    lowered, verbs = article.lowered, first_words(lists)
    for at in range(stop - 2, first, -1):
        if lowered[at] not in verbs:
            continue
        group = verb_group(article, at, lists)
        if group is None or not group.verb.kinds & _SPEECH or group.is_passive or group.is_modal:
            continue
        if not is_finite(group) or (not is_colon and group.stop != stop - 1):
            continue
        phrase = phrase_before(article, group.first, first, lists)
        if phrase is None or not _may_speak(article, phrase):
            return None
        return Tag(
            text_span(article, phrase),
            text_span(article, (group.at, group.stop)),
            _addressee(article, group.stop, stop - 1, group.verb.kinds, lists),
            group.verb.verb,
            True,
        )
    return None


def _addressee(article: Article, token: int, stop: int, kinds: frozenset[str], lists: Lists) -> Span | None:
    """Whoever is the addressee of the verb: "asked [Ms Fenn]"."""
    if not kinds & {"tell", "ask"} or token >= stop:
        return None
    phrase = phrase_after(article, token, stop, lists)
    return None if phrase is None else text_span(article, phrase)


_EMPTY = word_set("it there this that which what who i we you one")


def _may_speak(article: Article, phrase: Range) -> bool:
    words = article.lowered[slice(*phrase)]
    return not (len(words) == 1 and words[0] in _EMPTY) and MARKS.isdisjoint(words)
