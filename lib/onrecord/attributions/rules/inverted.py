"""Inverted tags without quotation marks: "The mill will close in June, says the owner."."""

from __future__ import annotations

from onrecord.attributions.rules.clauses import (
    agrees,
    phrase_after,
    sentence_tokens,
    text_span,
    verb_forms,
    verb_group,
    words_of,
)
from onrecord.attributions.rules.readings import Reading, stripped, with_readings
from onrecord.attributions.tagging.token_features import word_class
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

SHORTEST_CONTENT = 3  # tokens before the comma

_KINDS = frozenset(("person", "people", "name", "group", "institution", "media", "document", "quantity"))
_AFTER = word_set("who which in on at during after when as while last this from speaking adding")
# Verbs that are common behind a comma with an object of their own: "He came, adding salt".
_PLAIN = frozenset(("past", "third"))


def with_inverted(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Return the attributions with the unquoted words before an inverted tag as one of its speaker."""
    readings = []
    for at in verb_forms(article, lists):
        if at < SHORTEST_CONTENT or article.tokens[at - 1] != "," or article.token_quoted_span[at - 1] >= 0:
            continue
        group = verb_group(article, at, lists)
        if group is None or group.first != at or "say" not in group.verb.kinds:
            continue
        first, stop = sentence_tokens(article, at)
        if at - 1 - first < SHORTEST_CONTENT or article.in_boilerplate(int(article.starts[at])):
            continue
        if (article.token_quoted_span[first:at] >= 0).any():
            continue
        source = phrase_after(article, group.stop, stop, lists)
        if source is None or not _ends(article, source[1], stop):
            continue
        if not _may_be_clause(article, first, at - 1):
            continue
        if not group.verb.tenses & _PLAIN and not agrees(group, words_of(article, source), lists):
            continue
        if parse_mention(article.text[slice(*text_span(article, source))], lists).kind not in _KINDS:
            continue
        content = stripped(article.text, int(article.starts[first]), int(article.ends[at - 2]))
        readings.append(
            Reading([content], text_span(article, (group.at, group.stop)), text_span(article, source))
        )
    return with_readings(article, attributions, readings)


def _ends(article: Article, token: int, stop: int) -> bool:
    """Return whether the tag ends at `token`: with its sentence, a comma or an adjunct."""
    if token >= stop:
        return True
    word = article.tokens[token]
    return not word[0].isalnum() or word.lower() in _AFTER or word.lower().endswith("ly")


def _may_be_clause(article: Article, first: int, stop: int) -> bool:
    """Return whether the words before the tag are a clause, not a subject with an aside: "Fenn, the mayor, said …"."""
    words = article.tokens[first:stop]
    return "," not in words or any(word_class(word) in ("A", "d") for word in words)
