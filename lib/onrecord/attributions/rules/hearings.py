"""What a court or an inquiry heard: "The court heard that the tender was void".

The court does not speak: these attributions have no source, unless another rule finds the speaker.
"""

from __future__ import annotations

from onrecord.attributions.rules.by_position import ByPosition
from onrecord.attributions.rules.clauses import Range, sentence_tokens, text_span, words_of
from onrecord.attributions.rules.phrases import phrase_before
from onrecord.attributions.rules.readings import Reading, stripped, with_readings
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.records import Attribution
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

SHORTEST_CONTENT = 3  # tokens
LONGEST_REST = 8  # tokens behind the verb of a closing tag: "heard on Monday"

_HAVE = word_set("has have had was were also then previously")


def with_hearings(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with what a court heard, where no attribution has those words."""
    known = ByPosition(attributions)
    readings = []
    for at in article.tokens_of(("heard", "told")):
        if not article.tokens[at].islower():
            continue
        if article.token_is_quoted[at] or article.in_boilerplate(article.token_starts[at]):
            continue
        content = _heard(article, at, lists)
        if content is None:
            continue
        span = stripped(article.text, *text_span(article, content))
        if not known.has_words(span):
            readings.append(Reading([span], text_span(article, (at, at + 1)), None))
    return with_readings(article, attributions, readings)


def _heard(article: Article, at: int, lists: Lists) -> Range | None:
    """Tokens of what was heard, where a court is the subject of the verb at `at`."""
    tokens = article.tokens
    first, stop = sentence_tokens(article, at)
    begin = at
    while begin > first and tokens[begin - 1].lower() in _HAVE:
        begin -= 1
    is_passive = any(word in ("was", "were", "been") for word in tokens[begin:at])
    if (tokens[at] == "told" and not is_passive) or begin == first:
        return None
    if tokens[at] == "heard" and is_passive:
        return None
    subject = phrase_before(article, begin, first, lists)
    if subject is None or lists.context_words["hearing"].isdisjoint(
        words_of(article, subject).lower().split()
    ):
        return None
    if at + 1 < stop and tokens[at + 1] in ("that", "how"):
        return (at + 2, stop) if stop - at - 2 > SHORTEST_CONTENT else None
    if (
        subject[0] - 1 > first + SHORTEST_CONTENT
        and tokens[subject[0] - 1] == ","
        and stop - at <= LONGEST_REST
    ):
        before = tokens[first : subject[0] - 1]
        has_verb = any(word_class(word) in ("A", "d") for word in before) or word_class(before[0]) == "D"
        return (first, subject[0] - 1) if has_verb else None
    return None
