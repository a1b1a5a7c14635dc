"""Sources whose standpoint a clause gives with a noun or a set phrase.

"The union’s position is that the wage is too low.", "As Fenn once put it, a road is a promise.",
"As far as Fenn is concerned, the orchard can go.", "To hear the drivers tell it, it was robbery."
"""

from __future__ import annotations

import re

from onrecord.attributions.rules.by_position import ByPosition
from onrecord.attributions.rules.clauses import (
    POSSESSIVES,
    Range,
    is_finite,
    is_time,
    sentence_tokens,
    text_span,
    verb_group,
    words_of,
)
from onrecord.attributions.rules.mention_kinds import may_speak
from onrecord.attributions.rules.phrases import phrase_after
from onrecord.attributions.rules.readings import Reading, stripped, with_readings
from onrecord.records import Attribution
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

SHORTEST_CONTENT = 3  # tokens
LONGEST_OWNER = 10  # tokens of "the union for the drivers’"

LONGEST_OPENING = 16  # tokens of "As the Echo reported last night,"

_TIMES = word_set("night week month year morning evening afternoon earlier first here before already")
_OWNERS = word_set("his her their its")
_BE = word_set("is was remains remained")
_FRAME = re.compile(r"[Aa]s (?:far as )?|To hear ")
_END_OF_FRAME = re.compile(
    r" (?P<cue>(?:(?:once|later|has|had) )*(?:puts?|sees?|saw|tells?|told|phrased) (?:it|things)"
    r"|(?:is|was|are|were) concerned)(?P<end>[,.])"
)
LONGEST_FRAME = 160  # characters


def with_standpoints(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with the clauses that give somebody's standpoint."""
    readings = [
        reading
        for token in article.tokens_of(("as", "to"))
        if (match := _FRAME.match(article.text, article.token_starts[token])) is not None
        and not article.token_is_quoted[token]
        and not article.in_boilerplate(match.start())
        and (reading := _framed(article, match, lists)) is not None
    ]
    known = ByPosition(attributions)
    tokens = article.tokens
    for at in article.places.get("as", ()):
        start = article.token_starts[at]
        opens = article.sentences[article.sentence_of[at]][0] == start
        if not opens or not article.text.startswith("As ", start) or article.in_boilerplate(start):
            continue
        reading = _as_reported(article, at, lists)
        if reading is not None and not known.has_words(reading.content[0]):
            readings.append(reading)
    for at in article.tokens_of(("that",)):
        if at < 2 or tokens[at] != "that" or tokens[at - 1] not in _BE or article.token_is_quoted[at]:
            continue
        if article.in_boilerplate(article.token_starts[at]):
            continue
        reading = _by_position(article, at, lists)
        if reading is not None and not known.has_words(reading.content[0]):
            readings.append(reading)
    return with_readings(article, attributions, readings)


def _framed(article: Article, match: re.Match[str], lists: Lists) -> Reading | None:
    """Reading of the clause beside "as Fenn put it"."""
    text = article.text
    closing = _END_OF_FRAME.search(text, match.end(), match.end() + LONGEST_FRAME)
    if closing is None or ("far" in match[0]) != ("concerned" in closing["cue"]):
        return None
    first, stop = sentence_tokens(article, article.token_at(match.start()))
    start = article.token_at(match.end())
    verb = article.token_at(closing.start("cue"))
    name = phrase_after(article, start, min(verb, stop), lists)
    if name is None or verb - name[1] > 1:
        return None
    if not may_speak(article, name, lists) or words_of(article, name) == "it":
        return None
    at, behind = article.token_at(match.start()), article.token_at(closing.end())
    if at == first and closing["end"] == "," and behind + SHORTEST_CONTENT < stop:
        content = stripped(text, article.token_starts[behind], article.token_ends[stop - 1])
    elif at > first and (number := article.quoted_span_of[at - 1 - (article.tokens[at - 1] == ",")]) >= 0:
        quoted = article.quoted_spans[number]  # "“It is a joke,” as Fenn puts it"
        content = quoted.start, quoted.end
    elif at > first + SHORTEST_CONTENT and article.tokens[at - 1] == "," and closing["end"] == ".":
        begin = max([first, *(i + 1 for i in range(first, at - 2) if article.tokens[i] == ";")])
        content = stripped(text, article.token_starts[begin], article.token_ends[at - 2])
        if _has_speaker(article, (first, at - 1), lists):
            return None
    else:
        return None
    return Reading([content], closing.span("cue"), text_span(article, name))


def _as_reported(article: Article, first: int, lists: Lists) -> Reading | None:
    """Reading of "As the Echo reported last night, …".

    "As" is at `first`.
    """
    tokens = article.tokens
    _, stop = sentence_tokens(article, first)
    comma = next((i for i in range(first + 2, min(stop, first + LONGEST_OPENING)) if tokens[i] == ","), None)
    if comma is None or any(article.token_is_quoted[first:stop]):
        return None
    groups = (verb_group(article, at, lists) for at in range(first + 2, comma))
    group = next((group for group in groups if group is not None), None)
    if (
        group is None
        or "say" not in group.verb.kinds
        or group.is_passive
        or group.is_modal
        or not is_finite(group)
    ):
        return None
    name = phrase_after(article, first + 1, group.first, lists)
    if name is None or name[1] != group.first or not may_speak(article, name, lists):
        return None
    if not all(is_time(article, at) or tokens[at].lower() in _TIMES for at in range(group.stop, comma)):
        return None
    begin = comma + 1
    if begin + 1 < stop and tokens[begin] in ("however", "though") and tokens[begin + 1] == ",":
        begin += 2
    if stop - begin <= SHORTEST_CONTENT:
        return None
    content = stripped(article.text, article.token_starts[begin], article.token_ends[stop - 1])
    return Reading([content], text_span(article, (group.first, group.stop)), text_span(article, name))


def _has_speaker(article: Article, tokens: Range, lists: Lists) -> bool:
    groups = (verb_group(article, at, lists) for at in range(*tokens))
    return any(group is not None and "speaker" in group.verb.kinds for group in groups)


def _by_position(article: Article, that: int, lists: Lists) -> Reading | None:
    """Reading of "the union’s position is that the wage is too low".

    "That" is at `that`.
    """
    tokens = article.tokens
    noun = that - 2
    first, stop = sentence_tokens(article, that)
    if (
        noun - 1 < first
        or tokens[noun].lower() not in lists.reporting_nouns
        or that + SHORTEST_CONTENT > stop
    ):
        return None
    owner = noun - 1
    if tokens[owner].lower() in _OWNERS:
        source: Range = (owner, owner + 1)
    elif tokens[owner] in POSSESSIVES:
        phrases = (
            phrase_after(article, start, owner, lists)
            for start in range(max(first, owner - LONGEST_OWNER), owner)
        )
        found = next((phrase for phrase in phrases if phrase is not None and phrase[1] == owner), None)
        if found is None or not may_speak(article, found, lists):
            return None
        source = found
    else:
        return None
    content = stripped(article.text, article.token_starts[that + 1], article.token_ends[stop - 1])
    return Reading([content], text_span(article, (noun, noun + 1)), text_span(article, source))
