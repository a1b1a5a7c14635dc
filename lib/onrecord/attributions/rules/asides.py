"""What is beside a quotation without being part of it: topics, terms, addressees.

Also impersonal cues. Rules over token ranges, for wordings that a statistical model has seen too
rarely.
"""

from __future__ import annotations

from typing import NamedTuple

from onrecord.attributions.tagging.word_forms import word_class
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

Range = tuple[int, int]  # tokens: first, one past the last

LONGEST_GAP = 6  # tokens between two parts of one content

# The two words before a run that is not part of the quotation beside it.
_TOPIC = {
    ("commenting", "on"),
    ("speaking", "about"),
    ("speaking", "of"),
    ("talking", "about"),
    ("referring", "to"),
    ("reference", "to"),
    ("responding", "to"),
    ("reacting", "to"),
    ("asked", "about"),
}
_TERMS = {("on", "condition"), ("the", "condition"), ("of", "anonymity")}


class LinkedRun(NamedTuple):
    """One content run with its cue and source, as tokens of its article."""

    article: int
    group: int  # content runs of one attribution share a number
    first: int
    stop: int
    cue: Range | None
    cue_probability: float
    source: Range | None
    source_probability: float
    keep_probability: float


def without_asides(article: Article, members: list[LinkedRun]) -> list[list[LinkedRun]]:
    """Content runs of one attribution, grouped into one attribution or more.

    What the speaker comments on is a statement of its own: '"…," she said, referring to the vote'. The terms
    of the talk ("on condition that her name be withheld") are not anybody's statement, and the addressee
    of "told" or "disclosed to" is not part of it.
    """
    if len(members) == 1:
        return [members]
    own: list[LinkedRun] = []
    apart: list[list[LinkedRun]] = []
    for run in members:
        first = run.first
        before = tuple(article.lowered[max(0, first - 2) : first])
        if not article.token_is_quoted[first] and before in _TOPIC:
            apart.append([run])
        elif article.token_is_quoted[first] or not (
            before in _TERMS or is_addressee(article, (first, run.stop))
        ):
            own.append(run)
    return ([own] if own else []) + apart


_TELL = word_set("told tells telling tell")
_DISCLOSED = word_set("said disclosed confirmed revealed confided explained admitted spoke")


def is_addressee(article: Article, tokens: tuple[int, int]) -> bool:
    """Whether the tokens only name an addressee: "told [Skarra]"."""
    first, stop = tokens
    last = article.lowered[first - 1] if first else ""
    if last not in _TELL and not (last == "to" and article.lowered[max(0, first - 2)] in _DISCLOSED):
        return False
    names = article.tokens[first:stop]
    return len(names) <= 5 and all(n[0].isupper() or not n[0].isalnum() for n in names)


def reporting_cue(
    article: Article, source: tuple[int, int] | None, cue: tuple[int, int], lists: Lists
) -> tuple[int, int]:
    """Cue of the attribution, or the one that the wording gives instead.

    "According to the report, she agreed to wait": the report does not agree.
    "Told us, commenting on the vote, that …": a topic is not the cue of what follows it later.
    """
    tokens = article.tokens
    if source is None:
        return cue
    if _by_report(article, source):
        return source[0] - 2, source[0]
    if cue[1] - cue[0] != 2 or tuple(article.lowered[cue[0] : cue[1]]) not in _TOPIC:
        return cue
    verbs = (i for i in range(cue[0] - 1, source[1] - 1, -1) if _reports(tokens[i], lists))
    return next(((i, i + 1) for i in verbs), cue)


def _reports(word: str, lists: Lists) -> bool:
    """Whether the word is the cue before a topic: "told us, commenting on the vote"."""
    verb = lists.reporting_verbs.get(word)
    return verb is not None and "topic" in verb.kinds and not verb.tenses.isdisjoint(("past", "third"))


def from_the_comma(
    article: Article, ranges: list[tuple[int, int]], source: tuple[int, int] | None
) -> list[tuple[int, int]]:
    """Ranges of content, the first from the comma of "According to the report, …" on."""
    if not ranges or source is None or not _by_report(article, source):
        return ranges
    (first, stop), *more = ranges
    start, sentence = source[1] + 1, article.sentence_of
    is_near = 0 < first - start <= LONGEST_GAP and sentence[source[0]] == sentence[first]
    if is_near and article.tokens[start - 1] == "," and not any(article.token_is_quoted[start:first]):
        return [(start, stop), *more]
    return ranges


def _by_report(article: Article, source: tuple[int, int]) -> bool:
    """Whether "according to" is right before the source."""
    first = source[0]
    return first > 1 and article.lowered[first - 1] == "to" and article.lowered[first - 2] == "according"


_BE = word_set("is was been has had ’s 's")


def impersonal(article: Article, cue: tuple[int, int] | None) -> tuple[int, int] | None:
    """The "it" of "it was reported that".

    The article does not say who reported, so nobody else is taken.
    """
    if cue is None or cue[0] == 0 or cue[1] >= len(article.tokens):
        return None
    lowered = article.lowered
    if lowered[cue[0] - 1] != "it" or lowered[cue[0]] not in _BE or article.tokens[cue[1]] != "that":
        return None
    last = lowered[cue[1] - 1]
    is_participle = word_class(last) == "d" or last in ("said", "understood", "thought", "known")
    return (cue[0] - 1, cue[0]) if is_participle else None
