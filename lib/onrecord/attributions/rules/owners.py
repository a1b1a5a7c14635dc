"""Words of whoever owns a reporting noun.

"Fenn’s earlier claim that the lake had boiled".
"""

from __future__ import annotations

from onrecord.attributions.rules.by_position import ByPosition
from onrecord.attributions.rules.clauses import POSSESSIVES, sentence_tokens, text_span
from onrecord.attributions.rules.hearers import may_be_verb
from onrecord.attributions.rules.mention_kinds import may_speak
from onrecord.attributions.rules.readings import Reading, stripped, with_readings
from onrecord.attributions.rules.source_phrases import clause_of_noun
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists

MOST_ADJECTIVES = 2  # between "Fenn’s" and "claim"
LONGEST_OWNER = 8  # tokens
SHORTEST_CONTENT = 3  # tokens

_BORDERS = frozenset(("I", "A", "C", "P", "that", "to", "who", "which"))


def with_owners(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with the clauses of nouns that have an owner, to that owner.

    What is known with the noun as its cue stays.
    """
    readings = []
    found: ByPosition | None = None
    cues: set[int] = set()
    for that in article.places.get("that", ()):
        noun = that - 1
        if noun < 2 or article.lowered[noun] not in lists.reporting_nouns or article.token_is_quoted[noun]:
            continue
        start = article.token_starts[noun]
        owner = _owner_before_clause(article, noun, lists)
        if owner is None or article.in_boilerplate(start):
            continue
        if found is None:
            found = ByPosition(attributions)
            cues = {one.cue[0] for one in attributions if one.cue is not None}
        if start in cues:
            continue
        reading = _reading(article, noun, owner, found)
        readings.append(reading)
        _leave_out_owned(article, found, reading)
    if found is not None:
        attributions = list(found.attributions.values())
    return with_readings(article, attributions, readings)


def owner_of(article: Article, noun: int, lists: Lists) -> Span | None:
    """Owner of the noun: "[Fenn]’s earlier claim that"."""
    tokens = article.tokens
    first, _ = sentence_tokens(article, noun)
    near = range(noun - 1, max(first, noun - MOST_ADJECTIVES - 2), -1)
    at = next((i for i in near if tokens[i] in POSSESSIVES), None)
    if at is None or any(not word[0].isalpha() for word in tokens[at + 1 : noun]):
        return None
    begin = at
    while begin > max(first, at - LONGEST_OWNER):
        word = tokens[begin - 1]
        kind = word_class(word)
        if not word[0].isalnum() or kind in _BORDERS or (word.islower() and kind in "dgl"):
            break
        begin -= 1
        if kind == "D":
            break
    if begin == at or not may_speak(article, (begin, at), lists):
        return None
    return text_span(article, (begin, at))


def _owner_before_clause(article: Article, noun: int, lists: Lists) -> Span | None:
    """Owner of the noun where a clause follows it."""
    _, stop = sentence_tokens(article, noun)
    begin = noun + 2
    if begin + SHORTEST_CONTENT > stop or may_be_verb(article.tokens, begin, stop):
        return None
    return owner_of(article, noun, lists)


def _reading(article: Article, noun: int, owner: Span, found: ByPosition) -> Reading:
    """Reading of the clause behind the noun."""
    tokens = article.tokens
    first, stop = sentence_tokens(article, noun)
    begin = noun + 2
    start, end = clause_of_noun(article, begin, stop, article.token_at(owner[0]) == first)
    near = (one.source for _, one in found.around([(start, end)]))
    tags = [source[0] for source in near if source is not None and start < source[0] < end]
    if tags and tokens[article.token_at(min(tags)) - 1] == ",":  # "…, [Orr said], “…”"
        start, end = stripped(article.text, start, min(tags))
    return Reading([(start, end)], text_span(article, (noun, noun + 1)), owner)


def _leave_out_owned(article: Article, found: ByPosition, owned: Reading) -> None:
    """Leave out the words of an owner: "rejected [Fenn’s claim that …]"."""
    if owned.source is None:
        return
    border = owned.source[0]
    _, last, _ = article.sentences[article.sentence_at(border)]
    for number, one in found.around([owned.source]):
        if not any(start <= border < end for start, end in one.content):
            continue
        pieces = [(s, e if s >= last else min(e, border)) for s, e in one.content if s < border or s >= last]
        content = [
            stripped(article.text, *piece)
            for piece in pieces
            if any(c.isalnum() for c in article.text[slice(*piece)])
        ]
        if content:
            form = article.form_of(content)
            found.attributions[number] = one._replace(content=content, form=form)
        else:
            del found.attributions[number]
