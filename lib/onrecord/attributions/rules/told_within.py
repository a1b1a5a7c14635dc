"""What somebody in a content heard from another: "said an officer had told her …"."""

from __future__ import annotations

from onrecord.attributions.rules.clauses import text_span, verb_group
from onrecord.attributions.rules.mention_kinds import NAMED
from onrecord.attributions.rules.phrases import phrase_before
from onrecord.attributions.rules.readings import Reading, stripped
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

SHORTEST_CONTENT = 2  # tokens

_OBJECTS = word_set("him her them us me")


def with_told_within(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions, with what somebody in a content heard as one of its own."""
    behind_told = [article.lowered[at + 1 : at + 2] for at in article.places.get("told", ())]
    if all([_OBJECTS.isdisjoint(word) for word in behind_told]):
        return attributions
    return [
        part
        for attribution in attributions
        for part in (_apart(article, attribution, lists) if attribution.form == "indirect" else [attribution])
    ]


def _apart(article: Article, attribution: Attribution, lists: Lists) -> list[Attribution]:
    """The attribution, and a second one for what somebody in it heard from another."""
    inner = _told_within(article, attribution, lists)
    if inner is None or inner.source is None:
        return [attribution]
    start, _ = attribution.content[-1]
    outer = stripped(article.text, start, inner.content[0][0])
    return [
        attribution._replace(content=[*attribution.content[:-1], outer]),
        Attribution(
            inner.content,
            inner.cue,
            inner.source,
            "indirect",
            True,
            min(inner.probability, attribution.probability),
        ),
    ]


def _told_within(article: Article, attribution: Attribution, lists: Lists) -> Reading | None:
    """Reading of "a warden had told him the stairs were rotten" within a content."""
    start, end = attribution.content[-1]
    first, stop = article.token_at(start), article.token_at(end)
    tokens = article.tokens
    for at in range(first + 1, stop - SHORTEST_CONTENT - 1):
        if tokens[at] != "told" or tokens[at + 1].lower() not in _OBJECTS:
            continue
        group = verb_group(article, at, lists)
        if group is None or group.is_passive or group.is_modal:
            continue
        subject = phrase_before(article, group.first, first, lists)
        if subject is None:
            continue
        kind = parse_mention(article.text[slice(*text_span(article, subject))], lists).kind
        if kind not in NAMED:
            continue
        begin = at + 2 + (tokens[at + 2] == "that")
        content = stripped(article.text, article.token_starts[begin], end)
        return Reading([content], text_span(article, (group.at, group.stop)), text_span(article, subject))
    return None
