"""Closing tags without quotation marks.

"Yields are down, Orla Fenn admitted on Monday.", "The mill will close, says the owner.",
"The mill, Fenn said, will close."
"""

from __future__ import annotations

from typing import NamedTuple

from onrecord.attributions.rules.clauses import (
    Range,
    VerbGroup,
    agrees,
    first_words,
    is_finite,
    is_time,
    sentence_tokens,
    text_span,
    verb_forms,
    verb_group,
    words_of,
)
from onrecord.attributions.rules.mention_kinds import SPEAKERS_AND_NUMBERS
from onrecord.attributions.rules.phrases import LONGEST_ASIDE, phrase_after, phrase_before
from onrecord.attributions.rules.readings import Reading, stripped, with_readings
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

SHORTEST_CONTENT = 3  # tokens before the comma
LONGEST_REST = 10  # tokens behind the verb

_TAGS = frozenset(("say", "tell", "ask", "think", "show"))
_SURE = frozenset(("say", "tell", "show"))
_OPINIONS = frozenset(("say", "think"))
_PERSONS = frozenset(("person", "people", "name"))
_PRONOUNS = word_set("he she they")
_NOBODY = word_set("who which that it there this")
_CITING = word_set("citing quoting")
_OPENERS = word_set(
    """when if after because although though while as since until unless once before whenever wherever
    despite in on at during with without for from by under following amid between against to within
    like unlike having asked pressed speaking according but and citing"""
)
# Of these only prepositions: an auxiliary behind one, outside a relative clause, is that of a clause.
_PREPOSITIONS = word_set("despite in on at during for from under amid between within")
_CONDITIONS = word_set("if unless provided because once until as though although while when whether")
_RELATIVE = word_set("that which who what where when")
_REST = word_set(
    """on in at during after before to through this last late early yesterday today earlier again later
    recently afterwards then"""
)
_AFTER = word_set("who which in on at during after when as while last this from speaking adding")


class Tag(NamedTuple):
    """A tag without quotation marks, and the words that it reports."""

    content: list[Range]
    group: VerbGroup
    source: Range
    is_sure: bool  # it leaves one reading only


def with_closing_tags(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with the unquoted words beside a tag, to its speaker.

    Where an unsure tag is known as the cue of an attribution, that attribution is left as it is, unless
    its content is a part of those words.
    """
    known = {attribution.cue[0]: attribution for attribution in attributions if attribution.cue is not None}
    readings = []
    sentence, tokens, n = article.sentence_of, article.tokens, len(article.tokens)
    has_citing = not _CITING.isdisjoint(article.places)
    for at in verb_forms(article, lists):
        # A tag is behind a comma, or near its sentence's end: most verbs do not.
        ends_soon = (
            at + LONGEST_REST + 2 >= n
            or sentence[at + LONGEST_REST + 2] != sentence[at]
            or (has_citing and not _CITING.isdisjoint(tokens[at : at + LONGEST_REST]))
        )
        is_inverted = at > 0 and tokens[at - 1] == ","
        if not (ends_soon or is_inverted) or at < SHORTEST_CONTENT or article.token_is_quoted[at]:
            continue
        first, stop = sentence_tokens(article, at)
        if "," not in tokens[first:at]:
            continue  # each of the three has a comma before the verb
        if article.in_boilerplate(article.token_starts[at]):
            continue
        group = verb_group(article, at, lists)
        if group is None:
            continue
        tag = None
        if ends_soon:
            border = _before_citing(article, at, stop) if has_citing else stop
            tag = _plain(article, group, (first, border), lists)
        tag = tag or _around(article, group, (first, stop), lists)
        if tag is None and is_inverted:
            tag = _inverted(article, group, (first, stop), lists)
        if tag is None:
            continue
        reading = _reading(article, tag)
        if tag.is_sure or _is_new(reading, known.get(article.token_starts[at])):
            readings.append(reading)
    return with_readings(article, attributions, readings)


def _reading(article: Article, tag: Tag) -> Reading:
    content = [stripped(article.text, *text_span(article, tokens)) for tokens in tag.content]
    cue = text_span(article, (tag.group.at, tag.group.stop))
    return Reading(content, cue, text_span(article, tag.source))


def _is_new(reading: Reading, known: Attribution | None) -> bool:
    """Whether the reading contains more than the known attribution with its cue."""
    if known is None:
        return True
    start, end = reading.content[0]
    if any(one < start or end + 1 < other for one, other in known.content):  # the comma may be in it
        return False
    return len(known.content) > 1 or known.content[0][0] > start or known.content[0][1] < end


def _plain(article: Article, group: VerbGroup, sentence: Range, lists: Lists) -> Tag | None:
    """Tag "…, Orla Fenn admitted on Monday." with the verb of `group`."""
    at, (first, stop) = group.at, sentence
    if at - first <= SHORTEST_CONTENT or stop - at > LONGEST_REST or group.verb.kinds.isdisjoint(_TAGS):
        return None
    is_deed = "deed" in group.verb.kinds and not (
        "think" in group.verb.kinds and "base" in group.verb.tenses
    )  # "The gates opened, the crowd sang."; but "…, insiders fear."
    if group.is_passive or group.is_modal or not _ends(article, group, stop, lists):
        return None
    source = phrase_before(article, group.first, first, lists)
    if source is None or source[0] - 1 - first < SHORTEST_CONTENT or article.tokens[source[0] - 1] != ",":
        return None
    if True in article.token_is_quoted[first:at]:
        return None
    words, comma = words_of(article, source), source[0] - 1
    has_aside = source[1] < group.first and article.tokens[group.first - 1] == ","
    if is_deed and not (has_aside and parse_mention(words, lists).kind in _PERSONS):
        return None  # "…, Orla Fenn, the mayor, threatened."
    is_sure = (
        bool(group.verb.kinds & _SURE)
        and is_finite(group)
        and source[1] == group.first
        and article.tokens[first].lower() not in _OPENERS
        and any(word_class(word) in ("A", "d") for word in article.tokens[first:comma])
        and not _has_speaker(article, first, comma, lists)
    )
    if not is_sure and not group.verb.kinds & (_TAGS - {"show"}):
        return None
    speaks = (is_sure and words.lower() not in _NOBODY) or _speaks(words, lists)
    if not speaks and has_aside:  # "the lift attendant, a man of few words, told us"
        aside = words_of(article, (source[1] + 1, group.first - 1)) if source[1] + 1 < group.first - 1 else ""
        speaks = aside.startswith(("a ", "an ", "the ")) and parse_mention(aside, lists).kind == "person"
    if not speaks:
        return None
    if not agrees(group, words, lists) or not (is_sure or _is_clause(article, first, comma)):
        return None
    return Tag([(first, comma)], group, source, is_sure)


def _before_citing(article: Article, at: int, stop: int) -> int:
    """End of a tag before "citing".

    "The Post reported[,] citing two guards".
    """
    for i in range(at + 1, min(stop - 1, at + LONGEST_REST)):
        if article.tokens[i] == ",":
            return i if article.tokens[i + 1] in _CITING else stop
    return stop


def _inverted(article: Article, group: VerbGroup, sentence: Range, lists: Lists) -> Tag | None:
    """Tag "…, says the owner." with the verb of `group`, behind a comma."""
    at, (first, stop) = group.at, sentence
    if group.first != at or group.verb.kinds.isdisjoint(_OPINIONS):
        return None
    # The comma may end another paragraph.
    if at - 1 <= first or True in article.token_is_quoted[first:at]:
        return None
    source = phrase_after(article, group.stop, stop, lists)
    if source is None or not _ends_phrase(article, source[1], stop):
        return None
    before = article.tokens[first : at - 1]
    if "," in before and not any(word_class(word) in ("A", "d") for word in before):
        return None  # a subject with an aside: "Fenn, the mayor, said …"
    subject = phrase_before(article, at, first, lists)
    if (
        subject is not None
        and subject[0] == first
        and parse_mention(words_of(article, subject), lists).kind in ("person", "name")
    ):
        return None  # so has "Fenn, a convicted felon, said the plan …"
    words = words_of(article, source)
    if not group.verb.tenses & {"past", "third"} and not agrees(group, words, lists):
        return None
    kinds = SPEAKERS_AND_NUMBERS if "say" in group.verb.kinds else _PERSONS
    if parse_mention(words, lists).kind not in kinds - {"pronoun"}:
        return None
    rest = _predicate(article, source, first, at - 1, stop)
    colon = source[1]
    if rest is None and colon < stop - SHORTEST_CONTENT and article.tokens[colon] == ":":
        rest = colon + 1  # "Not so fast, says Orla Fenn: [some wards have no choice]"
        if any(article.token_is_quoted[rest:stop]):
            rest = None
    if rest is None and at - 1 - first < SHORTEST_CONTENT:
        return None
    return Tag([(first, at - 1), *([(rest, stop)] if rest else [])], group, source, True)


def _predicate(article: Article, source: Range, first: int, comma: int, stop: int) -> int | None:
    """Token at which the predicate begins.

    "The mill, said Fenn, the owner, [will close]".
    """
    tokens = article.tokens
    has_clause = any(word_class(word) in ("A", "d") for word in tokens[first:comma])
    if has_clause and tokens[first] != "What":
        return None
    commas = [i for i in range(source[1], min(stop - 2, source[1] + LONGEST_ASIDE)) if tokens[i] == ","]
    return next((i + 1 for i in commas[:3] if word_class(tokens[i + 1]) == "A"), None)


def _around(article: Article, group: VerbGroup, sentence: Range, lists: Lists) -> Tag | None:
    """Tag "The mill, [Fenn said], will close" with the verb of `group`."""
    tokens, (first, stop) = article.tokens, sentence
    if group.stop >= stop - SHORTEST_CONTENT or tokens[group.stop] != ",":
        return None
    if group.verb.kinds.isdisjoint(_OPINIONS) or group.is_passive or group.is_modal or not is_finite(group):
        return None
    source = phrase_before(article, group.first, first, lists)
    if source is None or source[0] - 1 <= first or tokens[source[0] - 1] != "," or source[1] != group.first:
        return None
    comma, rest = source[0] - 1, group.stop + 1
    if not _speaks(words_of(article, source), lists):
        return None
    has_verb = any(word_class(word) in ("A", "d") for word in tokens[first:comma])
    if has_verb:  # "They could return, [she believes], if the urchins go"
        if tokens[rest] not in _CONDITIONS or tokens[first].lower() in _OPENERS:
            return None
    elif word_class(tokens[rest]) not in ("A", "d"):
        return None  # what follows is the predicate of what precedes
    if any(article.token_is_quoted[comma - 1 : stop]):
        return None
    return Tag([(first, comma), (rest, stop)], group, source, True)


def _speaks(words: str, lists: Lists) -> bool:
    return words.lower() in _PRONOUNS or parse_mention(words, lists).kind in SPEAKERS_AND_NUMBERS


def _has_speaker(article: Article, first: int, stop: int, lists: Lists) -> bool:
    """Whether the words before the tag have a speaker of their own.

    "Fenn said …, the film showed".
    """
    lowered, verbs = article.lowered, first_words(lists)
    groups = (verb_group(article, i, lists) for i in range(first + 1, stop) if lowered[i] in verbs)
    return any(group is not None and "speaker" in group.verb.kinds and is_finite(group) for group in groups)


def _ends(article: Article, group: VerbGroup, stop: int, lists: Lists) -> bool:
    """Whether the sentence ends after the verb.

    An addressee, a time or a place may follow it.
    """
    tokens = article.tokens
    at = group.stop
    end = stop
    while end > at and tokens[end - 1] in (".", "?", "!", "…"):
        end -= 1
    if "tell" in group.verb.kinds and at < end and not _opens_rest(article, at):
        addressee = phrase_after(article, at, end, lists)
        if addressee is None:
            return False
        at = addressee[1]
    elif "tell" in group.verb.kinds and "say" not in group.verb.kinds:
        return False  # nobody "tells" without a hearer
    if at == end:
        return True
    # "said on Monday", "told reporters in Suva": no verb, and no further clause
    return _opens_rest(article, at) and not any(
        word_class(word) == "A" or word in (",", ";", ":", "that", "and", "but") for word in tokens[at:end]
    )


def _opens_rest(article: Article, at: int) -> bool:
    word = article.lowered[at]
    return word in _REST or word.endswith("ly") or is_time(article, at)


def _ends_phrase(article: Article, token: int, stop: int) -> bool:
    """Whether an inverted tag ends at `token`.

    Its sentence ends there, or a comma or an adjunct follows.
    """
    if token >= stop:
        return True
    word = article.tokens[token]
    return not word[0].isalnum() or word.lower() in _AFTER or word.lower().endswith("ly")


def _is_clause(article: Article, first: int, stop: int) -> bool:
    """Whether the words before the tag may be a clause.

    An adverbial alone is not one, nor is a subject with an aside.
    """
    tokens = article.tokens
    words = tokens[first:stop]
    has_verb = any(word_class(word) in ("A", "d") for word in words[1:])
    if words[0].lower() in _OPENERS or is_time(article, first) or word_class(words[0]) in "gl":
        comma = next((i for i, word in enumerate(words) if word == ","), None)
        if comma is None and words[0].lower() in _PREPOSITIONS:
            return _has_auxiliary(words)
        return comma is not None and any(word_class(word) in ("A", "d") for word in words[comma:])
    return has_verb or "," not in words


def _has_auxiliary(words: list[str]) -> bool:
    """Whether an auxiliary is in `words`, outside a relative clause.

    "For the first time in years the two ports have no ferry".
    """
    return any(
        word_class(word) == "A" and _RELATIVE.isdisjoint(one.lower() for one in words[max(0, i - 3) : i])
        for i, word in enumerate(words[1:], 1)
    )
