"""Unquoted closing tags with any reporting verb.

"Yields are down, Orla Fenn admitted on Monday."
"""

from __future__ import annotations

from onrecord.attributions.rules.clauses import (
    VerbGroup,
    agrees,
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
LONGEST_REST = 10  # tokens behind the verb

_KINDS = frozenset(("person", "people", "name", "group", "institution", "media", "document", "pronoun"))
_TAGS = frozenset(("say", "tell", "ask", "think"))
_PRONOUNS = word_set("he she they")
# Verbs that often end a clause without reporting its beginning: "The gates opened, the crowd sang."
_DEEDS = word_set(
    """sing laugh smile shrug sigh sob scream roar bark purr grin cry whisper read rule continue go on appeal
    plead pray protest respond reply answer interrupt object counter agree refuse disagree decide want wish
    order press command interview consider plan prefer support oppose fear worry feel chant croak crow
    counsel brief advise testify smile volunteer speak rage rail email text broadcast air campaign promise
    threaten signal reason shout yell set out lay out read push urge beg query question quiz"""
)
_OPENERS = word_set(
    """when if after because although though while as since until unless once before whenever wherever
    despite in on at during with without for from by under following amid between against to within
    like unlike having asked pressed speaking according"""
)
_REST = word_set("on in at during after before to through this last late early yesterday today earlier again")


def with_closing_tags(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with the unquoted words before a closing tag, to its speaker.

    Where the tag is known as the cue of an attribution, that attribution is left as it is, unless its
    content is a part of those words.
    """
    known = {attribution.cue[0]: attribution for attribution in attributions if attribution.cue is not None}
    readings = []
    for at in verb_forms(article, lists):
        if article.token_quoted_span[at] >= 0:
            continue
        reading = _closing(article, at, lists)
        if reading is not None and _is_new(reading, known.get(int(article.starts[at]))):
            readings.append(reading)
    return with_readings(article, attributions, readings)


def _is_new(reading: Reading, known: Attribution | None) -> bool:
    """Whether the reading contains more than the known attribution with its cue."""
    if known is None:
        return True
    start, end = reading.content[0]
    if any(one < start or end + 1 < other for one, other in known.content):  # the comma may be in it
        return False
    return len(known.content) > 1 or known.content[0][0] > start or known.content[0][1] < end


def _closing(article: Article, at: int, lists: Lists) -> Reading | None:
    """Reading of the closing tag whose verb is at `at`."""
    first, stop = sentence_tokens(article, at)
    if at - first <= SHORTEST_CONTENT or stop - at > LONGEST_REST:
        return None
    group = verb_group(article, at, lists)
    if group is None or not group.verb.kinds & _TAGS or group.verb.verb in _DEEDS:
        return None
    if group.is_passive or group.is_modal:
        return None
    if not _ends(article, group, stop, lists) or article.in_boilerplate(int(article.starts[at])):
        return None
    source = phrase_before(article, group.first, first, lists)
    if source is None or source[0] - 1 - first < SHORTEST_CONTENT or article.tokens[source[0] - 1] != ",":
        return None
    if (article.token_quoted_span[first:at] >= 0).any():
        return None
    words = words_of(article, source)
    if words.lower() not in _PRONOUNS and parse_mention(words, lists).kind not in _KINDS:
        return None
    if not agrees(group, words, lists):
        return None
    if not _is_clause(article, first, source[0] - 1):
        return None
    content = stripped(article.text, int(article.starts[first]), int(article.ends[source[0] - 2]))
    return Reading([content], text_span(article, (group.at, group.stop)), text_span(article, source))


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
    elif group.verb.kinds == {"tell"}:
        return False  # nobody "tells" without a hearer
    if at == end:
        return True
    # "said on Monday", "told reporters in Suva": no verb, and no further clause
    return _opens_rest(article, at) and not any(
        word_class(word) == "A" or word in (",", ";", ":", "that", "and", "but") for word in tokens[at:end]
    )


def _opens_rest(article: Article, at: int) -> bool:
    word = article.tokens[at].lower()
    return is_time(article, at) or word in _REST or word.endswith("ly")


def _is_clause(article: Article, first: int, stop: int) -> bool:
    """Whether the words before the tag may be a clause.

    An adverbial alone is not one, nor is a subject with an aside.
    """
    tokens = article.tokens
    words = tokens[first:stop]
    has_verb = any(word_class(word) in ("A", "d") for word in words[1:])
    if words[0].lower() in _OPENERS or is_time(article, first) or word_class(words[0]) in "gl":
        comma = next((i for i, word in enumerate(words) if word == ","), None)
        return comma is not None and any(word_class(word) in ("A", "d") for word in words[comma:])
    return has_verb or "," not in words
