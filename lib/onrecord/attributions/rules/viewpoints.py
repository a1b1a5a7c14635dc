"""Sources whose view or words a sentence gives without a reporting verb.

"By Fenn’s account, the pump is old.", "The pump, in her words, is “a joke”.",
"To Fenn, the law is “a muzzle”."
"""

from __future__ import annotations

from functools import lru_cache

from onrecord.attributions.rules.clauses import POSSESSIVES, Range, sentence_tokens, text_span
from onrecord.attributions.rules.mention_kinds import NAMED
from onrecord.attributions.rules.phrases import phrase_after
from onrecord.attributions.rules.readings import Reading, stripped, with_readings
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

SHORTEST_CONTENT = 3  # tokens
LONGEST_OWNER = 8  # tokens between "in" and "words"
LONGEST_GAP = 6  # tokens between an aside and the quotation behind it

_OWNERS = word_set("his her their its")
_BE = word_set("is was are were be been being as than")


def with_viewpoints(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with the sentences that give somebody's viewpoint."""
    readings = []
    for start, end in _nouns_in(article, lists):
        at = article.token_at(start)
        if article.token_is_quoted[at] or article.in_boilerplate(start):
            continue
        if (reading := _by_owner(article, at, end, lists)) is not None:
            readings.append(reading)
    for at in article.tokens_of(("to", "for")) if article.quoted_spans else ():
        start, end, _ = article.sentences[article.sentence_of[at]]
        if article.token_starts[at] == start and article.text.startswith(("To ", "For "), start, end):
            reading = _to_whom(article, at, lists)
            if reading is not None:
                readings.append(reading)
    return with_readings(article, attributions, readings)


@lru_cache(maxsize=4)
def _nouns(lists: Lists) -> dict[str, frozenset[str]]:
    """Nouns of the source phrases "in the NOUN of" with their prepositions.

    A noun may have several words: "point of view".
    """
    found: dict[str, frozenset[str]] = {}
    for words in lists.source_phrases:
        if len(words) >= 4 and words[1] == "the" and words[-1] == "of":
            noun = " ".join(words[2:-1])
            found[noun] = found.get(noun, frozenset()) | {words[0]}
    return found


@lru_cache(maxsize=4)
def _last_words(lists: Lists) -> dict[str, list[str]]:
    """Nouns of viewpoints by their last word, each as written before a comma."""
    found: dict[str, list[str]] = {}
    for noun in _nouns(lists):
        found.setdefault(noun.rpartition(" ")[2], []).append(f" {noun},")
    return found


def _nouns_in(article: Article, lists: Lists) -> list[Span]:
    """Positions of the nouns of viewpoints, with a comma behind."""
    text, nouns = article.text, _last_words(lists)
    found = []
    for word in nouns.keys() & article.places.keys():
        for token in article.places[word]:
            end = article.token_ends[token]
            for noun in nouns[word]:
                start = end + 1 - len(noun)
                if start >= 0 and text.startswith(noun, start):
                    found.append((start + 1, end))
    return sorted(found)


def _by_owner(article: Article, at: int, end: int, lists: Lists) -> Reading | None:
    """Reading of "by Fenn’s account, …" and "…, in her words, is “…”"."""
    tokens = article.tokens
    first, stop = sentence_tokens(article, at)
    comma = article.token_at(end)
    owner = at - (tokens[at - 1].lower() == "own") - 1
    wanted = _nouns(lists)[article.text[article.token_starts[at] : end]]
    preposition = next(
        (i for i in range(owner, max(first, owner - LONGEST_OWNER) - 1, -1) if tokens[i].lower() in wanted),
        None,
    )
    if preposition is None:
        return None
    if tokens[owner].lower() in _OWNERS and owner == preposition + 1:
        source: Range = (owner, owner + 1)
    elif tokens[owner] in POSSESSIVES:
        phrase = phrase_after(article, preposition + 1, owner, lists)
        if phrase is None or phrase[1] != owner:
            return None
        source = phrase
        if parse_mention(article.text[slice(*text_span(article, phrase))], lists).kind not in NAMED:
            return None
    else:
        return None
    cue = text_span(article, (at, comma))
    if preposition == first:
        if stop - comma - 1 < SHORTEST_CONTENT:
            return None
        content = stripped(article.text, article.token_starts[comma + 1], article.token_ends[stop - 1])
        return Reading([content], cue, text_span(article, source))
    if tokens[preposition - 1] != ",":
        return None
    quotation = quotation_behind(article, comma + 1, stop)
    return None if quotation is None else Reading([quotation], cue, text_span(article, source))


def quotation_behind(article: Article, token: int, stop: int) -> Span | None:
    """Quoted span that begins within a few tokens behind `token` in the sentence."""
    for at in range(token, min(stop, token + LONGEST_GAP)):
        if (number := article.quoted_span_of[at]) >= 0:
            quoted = article.quoted_spans[number]
            return quoted.start, quoted.end
    return None


def _to_whom(article: Article, first: int, lists: Lists) -> Reading | None:
    """Reading of "To Fenn, the law is “a muzzle”"."""
    tokens = article.tokens
    _, stop = sentence_tokens(article, first)
    name = phrase_after(article, first + 1, stop, lists)
    if name is None or name[1] >= stop or tokens[name[1]] != ",":
        return None
    span = text_span(article, name)
    words = article.text[slice(*span)]
    if not words[0].isupper() or parse_mention(words, lists).kind not in ("person", "name"):
        return None
    quotation = next(
        (i for i in range(name[1] + 1, stop) if article.token_is_quoted[i]),
        None,
    )
    if quotation is None or tokens[quotation - 1].lower() not in _BE:
        return None
    quoted = article.quoted_spans[article.quoted_span_of[quotation]]
    return Reading([(quoted.start, quoted.end)], text_span(article, (first, first + 1)), span)
