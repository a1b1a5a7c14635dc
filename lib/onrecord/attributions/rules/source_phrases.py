"""Sources behind a phrase or a noun.

"In the words of Fenn, …", "a warning by officials that …".
"""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile

from onrecord.attributions.rules.clauses import (
    VerbGroup,
    agrees,
    first_words,
    is_finite,
    is_time,
    sentence_tokens,
    text_span,
    verb_group,
    words_of,
)
from onrecord.attributions.rules.hearers import may_be_verb
from onrecord.attributions.rules.mention_kinds import NAMED, SPEAKERS
from onrecord.attributions.rules.phrases import LONGEST_ASIDE, phrase_after, phrase_before
from onrecord.attributions.rules.readings import Reading, stripped, with_readings
from onrecord.attributions.rules.viewpoints import quotation_behind
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.mentions.name_runs import opens_name
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

SHORTEST_CONTENT = 2  # tokens
LONGEST_ADJUNCT = 8  # tokens between the source and the comma

_BEHIND_NOUN = word_set("by from of")
_ADJUNCTS = word_set("in on at during this last yesterday")
_SPEECH = frozenset(("say", "tell"))
_INNER = frozenset(("person", "people", "name", "institution", "group", "document", "pronoun"))


def with_source_phrases(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with those that a source phrase or a reporting noun opens."""
    readings = [
        reading
        for span in _phrases_in(article, lists)
        if not _is_passed_over(article, span[0]) and (reading := _by_phrase(article, span, lists)) is not None
    ]
    known = {article.sentence_at(reading.cue[0]) for reading in readings if reading.cue}
    tokens, last = article.tokens, len(article.tokens) - 2
    # A "that" is behind each: where it is missing nothing is to be looked for.
    nouns = lists.reporting_nouns & article.places.keys() if "that" in article.places else ()
    for at in article.tokens_of(nouns):
        if at >= last or tokens[at + 1] not in _BEHIND_NOUN or tokens[at][1:] != article.lowered[at][1:]:
            continue  # the noun in lower case or capitalised
        start = article.token_starts[at]
        if article.sentence_at(start) in known or _is_passed_over(article, start):
            continue
        if (reading := _by_noun(article, (start, article.token_ends[at]), lists)) is not None:
            readings.append(reading)
    return with_readings(article, attributions, readings)


def _is_passed_over(article: Article, start: int) -> bool:
    return article.is_quoted(start) or article.in_boilerplate(start)


@lru_cache(maxsize=4)
def _written(lists: Lists) -> dict[str, list[tuple[int, str, str]]]:
    """Phrases by a long word of theirs, which is rarer than "in" and "of".

    Each as (place of that word, phrase in a sentence, phrase at its beginning).
    """
    found: dict[str, list[tuple[int, str, str]]] = {}
    for words in sorted(lists.source_phrases):
        phrase = " ".join(words) + " "
        plain = list(takewhile(str.isalpha, words)) or words[:1]  # each of them is one token
        longest = max(plain, key=len)
        row = plain.index(longest), phrase, phrase[0].upper() + phrase[1:]
        found.setdefault(longest, []).append(row)
    return found


def _phrases_in(article: Article, lists: Lists) -> list[Span]:
    """Positions of the source phrases, in text order."""
    text, written, starts = article.text, _written(lists), article.token_starts
    found = []
    for word in written.keys() & article.places.keys():
        for token in article.places[word]:
            for place, *phrases in written[word]:
                at = starts[token - place] if token >= place else len(text)
                if not text.startswith(tuple(phrases), at):
                    continue
                end = at + len(phrases[0])
                # "per" follows "as" in another phrase, and "per cent" is not a source
                is_rate = phrases[0] == "per " and (
                    text[end : end + 4] == "cent" or text[max(0, at - 3) : at].lower() == "as "
                )
                if not is_rate:
                    found.append((at, end))
    return sorted(found)


def _by_phrase(article: Article, phrase: Span, lists: Lists) -> Reading | None:
    """Reading of "in the words of Fenn, …" and "…, per Fenn, the engineer."."""
    tokens, text = article.tokens, article.text
    at = article.token_at(phrase[0])
    first, stop = sentence_tokens(article, at)
    opens = at == first or (at == first + 1 and tokens[first] in ("“", '"', "But", "And", "Yet", "Still"))
    cue = phrase[0], phrase[1] - 1
    is_according = text[slice(*cue)].lower() == "according to"
    if is_according and not opens:
        return None  # the models read these well
    name = phrase_after(article, article.token_at(phrase[1]), len(tokens), lists)
    if name is None or name[1] > stop:
        return None
    words = text[slice(*text_span(article, name))]
    parse = parse_mention(words, lists)
    is_short = text[phrase[0] : phrase[1]].strip().lower() == "per"
    is_anybody = not is_short and words.split(" ")[0].lower() in ("a", "an", "one", "another")
    if (parse.kind not in SPEAKERS and not is_anybody) or (
        is_short and not ((parse.kind in NAMED and words[0].isupper()) or words[:4] == "the ")
    ):
        return None
    source = text_span(article, name)
    if is_short and words[0].isupper() and opens_name(text, phrase[0], source[1]):
        return None  # "Per Fenn, who owns the mill, said"
    if opens:
        comma = _closing_comma(article, name[1], stop)
        if comma is None or stop - comma - 1 < SHORTEST_CONTENT:
            return None
        inner = inner_speaker(article, comma + 1, stop, lists) if is_according else None
        if inner is not None:
            return inner
        content = _said(article, comma + 1, stop)
        if is_according and comma == name[1]:
            return None  # the models read these well
        return Reading([content], cue, source)
    number = article.quoted_span_of[at - 1 - (tokens[at - 1] == ",")]
    if number >= 0:  # "“A damp squib,” in the words of Fenn"
        begin = min(article.quoted_spans[number].start, article.token_starts[first])
        if article.sentence_at(article.quoted_spans[number].start) != article.sentence_at(phrase[0]):
            begin = article.quoted_spans[number].start
        return Reading([(begin, article.quoted_spans[number].end)], cue, source)
    if tokens[at - 1] != ",":
        return None
    if any(article.token_is_quoted[name[1] : stop]):
        # "The tower, in the words of Fenn, the architect, is “a candle”"
        nearby = range(min(stop, name[1] + LONGEST_ASIDE) - 1, name[1] - 1, -1)
        closing = next((i for i in nearby if tokens[i] == ","), None)
        quotation = None if closing is None else quotation_behind(article, closing + 1, stop)
        return None if quotation is None else Reading([quotation], cue, source)
    if (
        article.token_is_quoted[first]
        or at - 1 - first < SHORTEST_CONTENT
        or not _has_verb(article, first, at - 1, lists)
    ):
        return None
    return Reading([stripped(text, article.token_starts[first], article.token_ends[at - 2])], cue, source)


def _has_verb(article: Article, first: int, stop: int, lists: Lists) -> bool:
    """Whether another speaker is named between.

    "The pump is old, Fenn said, per the Post".
    """
    for at in range(first, stop):
        group = verb_group(article, at, lists)
        if group is not None and group.verb.kinds & _SPEECH and is_finite(group):
            return False
    return True


def _closing_comma(article: Article, token: int, stop: int) -> int | None:
    """Comma behind the source and its apposition.

    "Fenn[,] …", "Fenn, the mayor[,] …".
    """
    tokens = article.tokens
    if token < stop and tokens[token] in _ADJUNCTS:  # "As stated by the ministry [in a circular],"
        near = range(token + 1, min(stop, token + LONGEST_ADJUNCT))
        return next((i for i in near if tokens[i] == ","), None)
    if token >= stop or tokens[token] != ",":
        return None
    following = tokens[token + 1].lower() if token + 1 < stop else ""
    if following in ("the", "a", "an", "who", "whose", "head", "director", "chief", "president", "chairman"):
        for at in range(token + 1, min(stop, token + LONGEST_ASIDE)):
            if tokens[at] == ",":
                # "Fenn, the mayor, the pump": an apposition; "Fenn, the pump was sold": the content
                verbs = any(t.lower() in _FINITE or t.endswith("ed") for t in tokens[token + 1 : at])
                return token if verbs and following not in ("who", "whose") else at
    return token


_FINITE = word_set("is was are were has had have will would can could may might must do does did said says")


def _said(article: Article, first: int, stop: int) -> Span:
    """Content from token `first` to the end of the sentence."""
    return stripped(article.text, article.token_starts[first], article.token_ends[stop - 1])


def inner_speaker(article: Article, first: int, stop: int, lists: Lists) -> Reading | None:
    """Reading of "According to the harbour wire, [a pilot said] …".

    The words are the spokesman's, not the radio's.
    """
    tokens, lowered, words = article.tokens, article.lowered, first_words(lists)
    for at in range(first + 1, min(stop, first + 20)):
        if tokens[at] in (",", ";", ":", "that"):
            return None
        if lowered[at] not in words:
            continue
        group = verb_group(article, at, lists)
        if group is None or not group.verb.kinds & _SPEECH or group.is_passive or group.is_modal:
            continue
        begin = _behind_hearer(article, group, stop, lists)
        if not _is_speech(article, begin, stop, lists):
            return None
        subject = phrase_before(article, group.first, first, lists)
        if subject is None or subject[0] != first or not agrees(group, words_of(article, subject), lists):
            return None
        kind = parse_mention(article.text[slice(*text_span(article, subject))], lists).kind
        if kind not in _INNER or stop - begin < SHORTEST_CONTENT + 1:
            return None
        begin += article.tokens[begin] in ("that", ":")
        return Reading(
            [_said(article, begin, stop)],
            text_span(article, (group.at, group.stop)),
            text_span(article, subject),
        )
    return None


def _behind_hearer(article: Article, group: VerbGroup, stop: int, lists: Lists) -> int:
    """Token behind the verb, its hearer and a time.

    "She warned the court on Monday [that] …".
    """
    begin = group.stop
    if "tell" in group.verb.kinds and article.tokens[begin : begin + 1] != ["that"]:
        hearer = phrase_after(article, begin, stop, lists)
        begin = hearer[1] if hearer is not None else begin
    at = begin + (article.tokens[begin : begin + 1] in (["on"], ["in"]))
    while at < stop and is_time(article, at):
        begin = at = at + 1
    return begin


def _is_speech(article: Article, token: int, stop: int, lists: Lists) -> bool:
    """Whether "that" or a clause follows.

    "Said the bridge was shut", not "asked for help".
    """
    if token >= stop:
        return False
    word = article.tokens[token]
    return word.lower() not in ("for", "to", "about", "on", "with", "in", "of") and word not in (",", ".")


def _by_noun(article: Article, noun: Span, lists: Lists) -> Reading | None:
    """Reading of "accusations from residents that the well was poisoned"."""
    tokens = article.tokens
    at = article.token_at(noun[0])
    _, stop = sentence_tokens(article, at)
    if at + 2 >= stop or tokens[at + 1] not in _BEHIND_NOUN:
        return None
    name = phrase_after(article, at + 2, stop, lists)
    that = None if name is None else _that_behind(article, name[1], stop)
    if name is None or that is None or that + SHORTEST_CONTENT >= stop:
        return None
    if may_be_verb(tokens, that + 1, stop):
        return None  # "a report from the board that monitors the river"
    words = article.text[slice(*text_span(article, name))]
    if parse_mention(words, lists).kind not in SPEAKERS | {"other"}:
        return None
    first, _ = sentence_tokens(article, at)
    is_subject = all(word_class(token) == "D" for token in tokens[first:at])
    content = clause_of_noun(article, that + 1, stop, is_subject)
    return Reading([content], noun, text_span(article, name))


def _that_behind(article: Article, token: int, stop: int) -> int | None:
    """Token of "that" at `token`, or behind an aside.

    "By the warden, Orla Fenn, [that]".
    """
    tokens = article.tokens
    if token < stop and tokens[token] == ",":
        closing = range(token + 1, min(stop - 1, token + LONGEST_ASIDE))
        comma = next((i for i in closing if tokens[i] == ","), None)
        token = stop if comma is None else comma + 1
    return token if token < stop and tokens[token] == "that" else None


_BEFORE_MAIN_CLAUSE = word_set(
    "despite after amid amidst following in with on against given because though although while as"
)
_MAIN_VERBS = word_set("has have had was were is are will would could but and")


def clause_of_noun(article: Article, first: int, stop: int, is_subject: bool) -> Span:
    """The that-clause from token `first` on.

    Up to a main verb behind a comma or the sentence's end. Where the noun before it is the subject of the
    sentence, the second verb is the main one: "Claims that it was safe [were] false".
    """
    tokens = article.tokens
    begin, _ = sentence_tokens(article, first)
    opens = tokens[begin].lower() in _BEFORE_MAIN_CLAUSE  # "Despite claims by Fenn that it was safe, …"
    end = next(
        (
            at
            for at in range(first + 1, stop - 1)
            if tokens[at] == "," and (opens or tokens[at + 1].lower() in _MAIN_VERBS)
        ),
        stop,
    )
    has_verb = False
    for at in range(first + 1, end - 1) if is_subject else ():
        kind = word_class(tokens[at])
        if kind == "A" and has_verb and word_class(tokens[at - 1]) not in ("A", "l", "C"):
            end = at
            break
        has_verb = has_verb or kind in ("A", "d")
    return stripped(article.text, article.token_starts[first], article.token_ends[end - 1])
