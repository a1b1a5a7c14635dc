"""Tags at the end without quotation marks.

"The mill will close, says the owner.", "…, the owner admitted."
"""

from __future__ import annotations

from onrecord.attributions.rules.clauses import (
    agrees,
    is_finite,
    is_time,
    phrase_after,
    phrase_before,
    sentence_tokens,
    text_span,
    verb_forms,
    verb_group,
    words_of,
)
from onrecord.attributions.rules.readings import Reading, stripped, with_readings
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

SHORTEST_CONTENT = 3  # tokens before the comma
LONGEST_TAIL = 8  # tokens behind the verb

_KINDS = frozenset(("person", "people", "name", "group", "institution", "media", "document", "quantity"))
_SUBORDINATE = word_set(
    "when while as if because although though after before since once until in on at by despite during for "
    "with speaking asked but and according citing"
)
_TAIL_ADVERBS = word_set("yesterday today later earlier recently afterwards again then")
_AFTER = word_set("who which in on at during after when as while last this from speaking adding")
# Verbs that are common behind a comma with an object of their own: "He came, adding salt".
_PLAIN = frozenset(("past", "third"))


def with_inverted(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with the unquoted words before an inverted tag.

    They are one attribution to the tag's speaker.
    """
    readings = []
    sentence, n = article.token_sentence, len(article.tokens)
    for at in verb_forms(article, lists):
        # A tag is behind a comma, or within a few tokens of its sentence's end: most verbs do not.
        ends_soon = at + LONGEST_TAIL + 2 >= n or sentence[at + LONGEST_TAIL + 2] != sentence[at]
        if at < SHORTEST_CONTENT or not (ends_soon or article.tokens[at - 1] == ","):
            continue
        if article.in_boilerplate(int(article.starts[at])):
            continue
        if ends_soon and (reading := _plain(article, at, lists)) is not None:
            readings.append(reading)
            continue
        if article.tokens[at - 1] != "," or article.token_quoted_span[at - 1] >= 0:
            continue
        group = verb_group(article, at, lists)
        if group is None or group.first != at or "say" not in group.verb.kinds:
            continue
        first, stop = sentence_tokens(article, at)
        if at - 1 - first < SHORTEST_CONTENT:
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
        if parse_mention(words_of(article, source), lists).kind not in _KINDS:
            continue
        content = stripped(article.text, int(article.starts[first]), int(article.ends[at - 2]))
        readings.append(
            Reading([content], text_span(article, (group.at, group.stop)), text_span(article, source))
        )
    return with_readings(article, attributions, readings)


def _ends(article: Article, token: int, stop: int) -> bool:
    """Whether the tag ends at `token`: with its sentence, a comma or an adjunct."""
    if token >= stop:
        return True
    word = article.tokens[token]
    return not word[0].isalnum() or word.lower() in _AFTER or word.lower().endswith("ly")


def _may_be_clause(article: Article, first: int, stop: int) -> bool:
    """Whether the words before the tag are a clause.

    A subject with an aside is not one: "Fenn, the mayor, said …".
    """
    words = article.tokens[first:stop]
    return "," not in words or any(word_class(word) in ("A", "d") for word in words)


def _plain(article: Article, at: int, lists: Lists) -> Reading | None:
    """Reading of "…, the owner admitted (on Monday)." whose verb is at `at`.

    The verb is near the end of the sentence.
    """
    tokens = article.tokens
    first, stop = sentence_tokens(article, at)
    end = stop - (tokens[stop - 1] == ".")
    if end - at > LONGEST_TAIL or tokens[stop - 1] not in (".", "”", '"'):
        return None
    group = verb_group(article, at, lists)
    if group is None or not group.verb.kinds & {"say", "tell", "show"} or group.is_passive or group.is_modal:
        return None
    if not is_finite(group) or article.token_quoted_span[at] >= 0:
        return None
    if not _is_tail(article, group.stop, end, group.verb.kinds, lists):
        return None
    comma = next((i for i in range(group.first - 1, first, -1) if tokens[i] == ","), None)
    if comma is None or comma - first < SHORTEST_CONTENT:
        return None
    if (article.token_quoted_span[first:at] >= 0).any():
        return None
    source = phrase_before(article, group.first, comma + 1, lists)
    if source is None or source[0] != comma + 1 or source[1] != group.first:
        return None
    words = words_of(article, source)
    if words.lower() in ("who", "which", "that", "it", "there", "this"):
        return None
    if parse_mention(words, lists).kind not in _KINDS | {"pronoun", "other"}:
        return None
    if not any(word_class(word) in ("A", "d") for word in tokens[first:comma]):
        return None
    if tokens[first].lower() in _SUBORDINATE or _has_speaker(article, first, comma, lists):
        return None
    content = stripped(article.text, int(article.starts[first]), int(article.ends[comma - 1]))
    return Reading([content], text_span(article, (group.at, group.stop)), text_span(article, source))


def _has_speaker(article: Article, first: int, stop: int, lists: Lists) -> bool:
    """Whether the words before the tag have a speaker of their own.

    "Fenn said …, the film showed".
    """
    for i in range(first + 1, stop):
        group = verb_group(article, i, lists)
        if (
            group is not None
            and group.verb.verb in ("say", "tell", "add", "argue", "claim")
            and is_finite(group)
        ):
            return True
    return False


def _is_tail(article: Article, token: int, stop: int, kinds: frozenset[str], lists: Lists) -> bool:
    """Whether only an addressee, a time or a place follows the verb.

    "Told reporters on Monday".
    """
    if "tell" in kinds and token < stop and (phrase := phrase_after(article, token, stop, lists)):
        token = phrase[1]
    if token >= stop:
        return True
    word = article.tokens[token].lower()
    return is_time(article, token) or word in ("in", "at", "to", "during") or word in _TAIL_ADVERBS
