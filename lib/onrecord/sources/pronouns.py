"""Pronouns as sources: whom "he", "they", "who", "it" and "I" take up."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from itertools import pairwise

from onrecord.mentions.nouns import has_person_ending
from onrecord.mentions.parsing import Parse, parse_mention
from onrecord.records import Span
from onrecord.sources.antecedents import best_candidate
from onrecord.sources.cast import Cast, Entity
from onrecord.sources.descriptions import described, entity_of
from onrecord.sources.groups import pair_before
from onrecord.sources.introductions import phrase_start
from onrecord.sources.organisations import named, proper
from onrecord.sources.unlisted import before_who
from onrecord.wordlists import word_set

_HE = word_set("he him his himself")
_SHE = word_set("she her hers herself")
_THEY = word_set("they them their themselves")
_WHO = word_set("who whose whom")
_FIRST = word_set("i me my we us our")
# What may come between a name and the "who" that takes it up: a party tag, an age, an apposition.
_TO_WHO = re.compile(
    r" ?,? ?(?:\([^)]*\),? ?)?(?:\d\d,? )?"
    r"(?:(?:an?|the|his|her|one of|both of|some of|many of|all of)\b[^.;“”\"]*,? ?)?"
    r"(?:many of |some of |all of |both of |and )?"
)
# "“Nwando”, whose name has been changed": a name in quotation marks
_QUOTED_NAME = re.compile(r"[“\"‘']([A-Z][\w’-]+),?[”\"’'],? (?:\d\d, )?$")
_AND = re.compile(r"(?:['’]s)? and (?:[a-z-]+ ){0,2}(?:[A-Z][\w.-]* ){0,3}")
_VERB_NEXT = re.compile(r" (?!and |or |of |in |to |for )[a-z]")
_ARTICLE_LENGTH = 4  # characters of "The "
_LISTENERS = word_set("press lawyer lawyers")
_OBJECT = word_set(
    "of to with for from by in at about among between against on like as including told tell tells"
)
_IMPERSONAL = re.compile(
    r"(?:['’]s| is| was| has been| had been| will be| can be)(?: \w+ly)?(?: also| not)? "
    r"(?:understood|reported|believed|said|thought|alleged|claimed|expected|hoped|feared|rumou?red"
    r"|announced|confirmed|revealed|disclosed|decided|stated|noted|ruled|known|assumed|estimated|suggested|argued|clear|unclear)\b"
)


def referred(cast: Cast, parse: Parse, start: int) -> int:
    """Entity that the pronoun at `start` takes up.

    An unresolved one is unclear, of form none.
    """
    word = "whose" if parse.owner == "whose" else parse.head
    found: int | None = None
    if word == "whose" and (alias := _QUOTED_NAME.search(cast.text, max(0, start - 40), start)):
        return cast.lookup(alias[1].lower(), Entity("person", "named", alias[1], proper=alias[1]))
    if word in _HE or word in _SHE:
        found = _he_or_she(cast, "m" if word in _HE else "f", start)
    elif word in _THEY:
        found = _they(cast, start)
    elif word in _WHO:
        found = _who(cast, start) if cast.text[start].islower() else None  # "Who knows?" asks
    elif word in ("which", "that"):
        found = _noun_before(
            cast, start, 20, lambda low, w: _is_body(cast, low, w) or low in cast.lists.plural
        )
    elif word == "it" and _IMPERSONAL.match(cast.text, start + 2):
        found = None  # "it is understood that …" has no source
    elif word in ("it", "its", "itself"):
        found = _it(cast, start)
    elif word in _FIRST:
        signer = cast.signer(start)
        author = Entity("narrator", "narrator", "the author")
        found = cast.person(signer) if signer is not None else cast.lookup("\0author", author)
    if found is None:
        found = cast.add(Entity("none", "unclear", parse.core))
    return found


def _last_speaker(cast: Cast, gender: str, start: int) -> int | None:
    """Person who spoke last, where a long quotation ends in the sentence before."""
    number = cast.article.sentence_at(start)
    if cast.last is None or number == 0:
        return None
    if not cast.article.is_quoted(cast.article.sentences[number - 1][0] + 1):
        return None
    last = cast.entities[cast.last]
    known = last.gender if last.person is None else cast.persons.persons[last.person].gender
    return cast.last if last.form == "person" and known in ("", gender) else None


def _he_or_she(cast: Cast, gender: str, start: int) -> int | None:
    """Entity of the person whom a pronoun most probably means, or None."""
    if (speaker := _spoke_before(cast, gender, start)) is not None:
        return speaker
    best = best_candidate(cast, gender, start)
    if best is None:
        return _last_speaker(cast, gender, start)
    if best.person is not None:
        return cast.person(best.person)
    if best.phrase is not None:
        return entity_of(cast, cast.introductions.phrases[best.phrase])
    return best.entity


def _spoke_before(cast: Cast, gender: str, start: int) -> int | None:
    """Person without a name who spoke in the sentence before "according to him"."""
    if cast.last is None or cast.text[max(0, start - 13) : start].lower() != "according to ":
        return None
    entity = cast.entities[cast.last]
    if entity.form != "person" or entity.person is not None or entity.gender not in ("", gender):
        return None
    between = cast.article.sentence_at(start) - cast.article.sentence_at(entity.spans[-1][0])
    is_near = cast.article.paragraph_at(start) == cast.article.paragraph_at(entity.spans[-1][0])
    return cast.last if between == 1 and is_near else None


def former_or_latter(cast: Cast, mention: str, start: int) -> int | None:
    """Whom "the former" or "the latter" takes up.

    It is the first or second of the last pair of names.

    A pair is two persons joined by "and", within three sentences.
    """
    place = int(mention.lower().endswith("former"))
    sentence = cast.article.sentence_at(start)
    for pair in pairwise(cast.persons.before(start, 12)):
        (later, _, _), (earlier, end, _) = pair
        if sentence - cast.article.sentence_at(earlier) > 2:
            return None
        if _AND.fullmatch(cast.text, end, later):
            return cast.person(pair[place][2])
    return None


def _they(cast: Cast, start: int) -> int | None:
    """Last plural source within two sentences.

    Otherwise it is the last pair of names, plural noun or organisation.
    """
    lists = cast.lists
    found = _recent(cast, start, lambda entity: entity.is_plural)
    if found is None:
        found = pair_before(cast, start, 1)
    if found is None:
        found = _noun_before(cast, start, 60, lambda low, word: low in lists.plural or word in lists.peoples)
    if found is None:
        found = next(
            (i for i in cast.recent[:-9:-1] if cast.entities[i].form in ("institution", "group")), None
        )
    return found


def _it(cast: Cast, start: int) -> int | None:
    """Last organisation or document among the sources.

    It spoke within two sentences. Otherwise it is the last one before.
    """
    bodies = ("institution", "media", "document")
    found = _recent(cast, start, lambda entity: entity.form in bodies and not entity.is_plural)
    if found is None and (name := _subject_before(cast, start)) is not None:
        found = cast.named_organisation(name, "institution")
    if found is None:
        found = _noun_before(cast, start, 50, lambda low, word: _is_body(cast, low, word), not_owned_by="its")
    return found


def _subject_before(cast: Cast, start: int) -> str | None:
    """Name of the organisation that opens the sentence before `start`, or None."""
    number = cast.article.sentence_at(start)
    if number == 0 or start != cast.article.sentences[number][0]:
        return None
    first, last, _ = cast.article.sentences[number - 1]
    at = bisect_left(cast.persons.organisations, (first,))
    for a, b, name in cast.persons.organisations[at : at + 1]:
        if a - first <= _ARTICLE_LENGTH and b < last and cast.text[b : b + 1] == " ":
            return name
    return None


def _is_body(cast: Cast, low: str, word: str) -> bool:
    return cast.lists.bodies.get(low, ("group",))[0] != "group" or word in cast.lists.places


def _recent(cast: Cast, start: int, fits: Callable[[Entity], bool]) -> int | None:
    sentence = cast.article.sentence_at(start)
    for index in cast.recent[:-9:-1]:
        entity = cast.entities[index]
        if sentence - cast.article.sentence_at(entity.spans[-1][0]) > 2:
            return None
        if fits(entity):
            return index
    return None


def _who(cast: Cast, start: int) -> int | None:
    """Name right before "who", an apposition between allowed.

    Otherwise it is the last noun for people.
    """
    for _, b, who in cast.persons.before(start, 1):
        gap = cast.text[b:start]
        if len(gap) <= 60 and _TO_WHO.fullmatch(gap):
            return cast.person(who)
    first, last, _ = cast.article.sentences[cast.article.sentence_at(start)]
    if start - first < 60 and cast.text.startswith(("A ", "An "), first):
        # "A former nurse who hates noise, Lee said": the name follows
        for a, b, who in cast.persons.within(start, min(last, start + 250)):
            if cast.text[a - 2 : a] == ", " and _VERB_NEXT.match(cast.text, b):
                return cast.person(who)
    lists = cast.lists
    if (phrase := before_who(cast, start)) is not None:
        (a, b), parse = phrase
        found = cast.at(a, b)
        return cast.place((a, b), described(cast, parse, cast.text[a:b], a)) if found is None else found
    return _noun_before(
        cast,
        start,
        25,
        lambda low, word: (
            low in lists.plural
            or has_person_ending(low.removesuffix("s"), lists)
            or low in lists.singular
            or word in lists.peoples
            or low in lists.spokespeople
            or low in ("those", "people", "someone")
        ),
    )


def _noun_before(
    cast: Cast, start: int, reach: int, fits: Callable[[str, str], bool], not_owned_by: str = ""
) -> int | None:
    """Entity of the nearest noun phrase whose head fits, or None.

    It is within `reach` tokens before `start`, and does not begin with the pronoun `not_owned_by`: in "it
    says on its website that it will close" the second "it" is not the website.
    """
    article = cast.article
    tokens = article.tokens
    position = article.token_at(start) - 1
    for i in range(position, max(-1, position - reach), -1):
        word = tokens[i]
        if not word[0].isalpha() or not fits(word.lower(), word):
            continue
        following = tokens[i + 1] if i + 1 < len(tokens) else "."
        if following[0].isalpha() and fits(following.lower(), following):
            continue
        first = phrase_start(tokens, cast.lowered, i, cast.lists)
        a, b = article.token_starts[first], article.token_ends[i]
        found = cast.at(a, b)
        if found is None:
            found = named(cast, a, b)
        if found is not None:
            return found
        parse = parse_mention(cast.text[a:b], cast.lists)
        if parse.kind == "name":
            return proper(cast, parse, b, has_cue=False)
        if parse.kind != "pronoun":
            return cast.place((a, b), described(cast, parse, cast.text[a:b], a))
    return None


def noun_phrase_before(cast: Cast, offset: int, start: int) -> Span | None:
    """Noun phrase for people that is nearest before `offset`.

    It is not before `start`, and not an object.

    Nouns behind a preposition and listeners are left out: "told reporters on condition of …".
    """
    article, lists = cast.article, cast.lists
    tokens = article.tokens
    for i in range(article.token_at(offset) - 1, -1, -1):
        if article.token_starts[i] < start:
            return None
        low = tokens[i].lower()
        if low not in lists.plural and low not in lists.singular and low not in lists.spokespeople:
            continue
        first = phrase_start(tokens, cast.lowered, i, cast.lists)
        before = tokens[first - 1].lower() if first else ""
        if low in lists.journalists or low in _LISTENERS or before in _OBJECT or article.token_is_quoted[i]:
            continue
        return article.token_starts[first], article.token_ends[i]
    return None
