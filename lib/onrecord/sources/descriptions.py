"""Mentions without a name: a description is of the cast, or a new source.

In the order of the codebook: somebody of the cast with the same noun, the nearest; a named person who has
that role; otherwise a new source. It is never the person who happens to be named last.
"""

from __future__ import annotations

import re

from onrecord.mentions.nouns import head_kind
from onrecord.mentions.parsing import Parse, parse_mention
from onrecord.sources.agents import by_deed, by_kind
from onrecord.sources.antecedents import best_candidate
from onrecord.sources.cast import Cast, Entity
from onrecord.sources.description_words import all_words, issuer_of, low_words, modifiers, proper_of, singular
from onrecord.sources.groups import group_of, named_group
from onrecord.sources.introductions import Introduction
from onrecord.sources.naming import form_of, naming_of
from onrecord.sources.organisation_nouns import by_noun
from onrecord.sources.person_roles import gender_of_role
from onrecord.sources.redescriptions import redescribed
from onrecord.sources.roles import (
    holder,
    last_named_at,
    named_after_lead,
    named_behind_lead,
    named_relative,
    titled,
)
from onrecord.sources.trades import by_trade
from onrecord.wordlists import Lists, outlet_key, word_set

_OWNERS = {"his": "m", "her": "f"}
_OTHER = word_set("another second third separate different other fourth fifth")
_POSSESSIVE = re.compile(r"(?<=s)['’]$|['’]s$")  # left on "the investigators’"
_WORDS = re.compile(r"[\w’'-]+")
_AHEAD = 20_000  # characters in which a description may be repeated beside a name
_TRIED = 6  # noun phrases with the same head that are looked at


def described(cast: Cast, parse: Parse, mention: str, start: int) -> int:
    """Entity of a description: one of the cast, an outlet, or a new one."""
    form = _form(parse, cast.lists)
    found = None
    if form in ("institution", "media", "group") and taken_up(cast, parse, form) is None:
        found = by_noun(cast, parse, start)
        if found is None and parse.head in cast.lists.trades:
            found = by_trade(cast, parse, start)
    elif parse.head in cast.lists.trades and taken_up(cast, parse, form) is None:
        found = by_trade(cast, parse, start)
    if found is None:
        found = _resolved(cast, parse, form, mention, start)
    if found is not None:
        return found
    return opened(cast, parse, mention, start)


def _named_later(cast: Cast, parse: Parse, mention: str, start: int) -> int | None:
    """Person whom a later apposition describes in the same words, or None.

    "A steward of Count Brandel denied it. Ada Holm, a steward of Count Brandel, …"
    """
    if parse.determiner != "a" or parse.is_plural or not parse.complement:
        return None
    end = start + len(mention)
    at = cast.text.find(", " + mention[:1].lower() + mention[1:], end, end + _AHEAD)
    return next((who for a, b, who in cast.persons.before(at, 1) if b == at), None) if at >= 0 else None


def opened(cast: Cast, parse: Parse, mention: str, start: int) -> int:
    """New entity for a description.

    A description of a known outlet returns that outlet.
    """
    form = _form(parse, cast.lists)
    mention = _POSSESSIVE.sub("", mention)
    if form == "person" and (who := _named_later(cast, parse, mention, start)) is not None:
        return cast.person(who)
    naming = naming_of(parse, cast.has_written, cast.lists)
    issuer = issuer_of(cast, parse, form, start)
    description = mention
    if issuer and form == "media":
        description = mention if issuer in mention else issuer
        naming = "institution"
    elif issuer:
        description = f"{issuer}’s {parse.head}"
        naming = "institution"
    words = modifiers(cast, parse)
    head = singular(cast, parse.head)
    if naming == "identifiable" and form == "person" and not _has_known_owner(cast, parse, start):
        naming = "unnamed"  # "his brother", of an unnamed man
    entity = Entity(
        form,
        naming,
        description,
        head=head,
        words=words,
        known=words | all_words(mention),
        is_plural=parse.is_plural,
        number=parse.number,
        gender=gender_of_role(head, cast.lists) if form == "person" else "",
        proper=issuer or (proper_of(parse) if naming == "institution" else ""),
        parse=parse,
        whole=group_of(cast, parse, start) if form == "person" else None,
    )
    if issuer and form == "media":
        return cast.lookup(outlet_key(issuer), entity)
    return cast.add(entity)


def _form(parse: Parse, lists: Lists) -> str:
    media = (
        parse.kind == "document" and parse.is_plural and {"media", "press", "news"} & low_words(parse.words)
    )
    return "media" if media else form_of(parse, lists)


def _resolved(cast: Cast, parse: Parse, form: str, mention: str, start: int) -> int | None:
    """Entity that a description takes up, in the order of the codebook.

    None where it takes up nobody.
    """
    is_role = form == "person" and parse.determiner == "the" and not parse.is_one_of
    if is_role and (who := titled(cast, parse, start)) is not None:
        return cast.person(who)
    if form == "person" and (who := named_after_lead(cast, parse, start)) is not None:
        return cast.person(who)
    if (
        form == "person"
        and not parse.is_plural
        and (who := named_behind_lead(cast, parse.head, start)) is not None
    ):
        return cast.person(who)
    if form == "person" and (who := named_relative(cast, parse, start)) is not None:
        return cast.person(who)
    if form == "group" and (found := named_group(cast, parse, start)) is not None:
        return found
    found = taken_up(cast, parse, form)
    fresh = introduced(cast, parse, start, form)
    who = holder(cast, parse, start) if is_role else None
    if found is None and who is not None and (fresh is None or last_named_at(cast, who, start) > fresh.start):
        return cast.person(who)
    if fresh is not None and found is None and form == "person":
        who = named_behind_lead(cast, fresh.head, fresh.start)
        if who is not None:
            return cast.person(who)
    if fresh is not None and (found is None or fresh.start > cast.last_mention(found)):
        found = entity_of(cast, fresh)
    if found is not None:
        _enrich(cast.entities[found], parse, mention, modifiers(cast, parse))
        return found
    if is_role:
        for find in (by_kind, by_deed, redescribed):
            if (who := find(cast, parse, start)) is not None:
                return cast.person(who)
    return None


def introduced(cast: Cast, parse: Parse, start: int, form: str) -> Introduction | None:
    """Nearest noun phrase that introduces a described person."""
    if form not in ("person", "group") or parse.determiner != "the" or parse.is_one_of:
        return None
    words = modifiers(cast, parse)
    if words & _OTHER or parse.kind == "quantity":
        return None
    head = cast.lists.plural.get(parse.head, parse.head)
    phrases = cast.introductions.phrases
    for index in cast.introductions.of_head(head, start, _TRIED):
        phrase = phrases[index]
        if phrase.is_plural != parse.is_plural or not phrase.is_indefinite:
            continue
        if cast.at(phrase.start, phrase.end) is not None:
            return None  # met as a source: `taken_up` has looked at it
        if words <= all_words(cast.text[phrase.start : phrase.end]):
            return phrase
    return None


def entity_of(cast: Cast, phrase: Introduction) -> int:
    """Entity of somebody whom the article introduces.

    It is new where there is none yet.
    """
    found = cast.at(phrase.start, phrase.end)
    if found is not None:
        return found
    mention = cast.text[phrase.start : phrase.end]
    parse = parse_mention(mention, cast.lists)
    return cast.place((phrase.start, phrase.end), opened(cast, parse, mention, phrase.start))


def _has_known_owner(cast: Cast, parse: Parse, start: int) -> bool:
    """Whether the owner of a description can be looked up."""
    owner = parse.owner.lower()
    if parse.determiner != "owner" or (parse.owner[:1].isupper() and not owner.startswith(("the ", "a "))):
        return owner not in _OWNERS or _antecedent_is_named(cast, owner, start)
    if owner in _OWNERS:
        return _antecedent_is_named(cast, owner, start)
    if any(word[0].isupper() for word in parse.owner.split(" ")[1:]):
        return True
    head = owner.rpartition(" ")[2]
    if any(
        entity.head == head and entity.form == "person"
        for entity in map(cast.entities.__getitem__, cast.recent)
    ):
        return False
    if head_kind(head, owner, cast.lists)[0] != "person":
        return True
    return bool(cast.persons.by_role.get(head)) or cast.lists.singular.get(head) == "office"


def _antecedent_is_named(cast: Cast, owner: str, start: int) -> bool:
    best = best_candidate(cast, _OWNERS[owner], start)
    return best is None or best.person is not None


def taken_up(cast: Cast, parse: Parse, form: str, recent: list[int] | None = None) -> int | None:
    """Entity that a description takes up again, or None.

    The one mentioned last is tried first.

    "The sources" takes up "two people" where no entity has its noun.
    """
    definite = parse.determiner in ("the", "owner", "part")
    is_open = definite or parse.is_plural or parse.kind == "quantity"
    distinct = parse.complement or parse.number is not None or parse.determiner == "one"
    if not (is_open or distinct or parse.words or parse.owner):
        return None  # "an official" is always another one
    words = modifiers(cast, parse)
    if words & _OTHER or parse.core.lower().startswith(
        ("another", "other ", "some other ", "several other ")
    ):
        return None
    if not (is_open or distinct or words):
        return None
    head = singular(cast, parse.head)
    generic = None
    general, allies = cast.lists.people_nouns["general"], cast.lists.people_nouns["ally"]
    for index in reversed(cast.recent if recent is None else recent):
        entity = cast.entities[index]
        if entity.person is not None or entity.form == "none":
            continue
        if parse.kind == "quantity":
            if _same_quantity(parse, form, entity):
                return index
        elif entity.head == head or (words and head in allies and entity.head in allies):
            if _same_description(parse, words, entity, definite):
                return index
        elif (
            generic is None
            and definite
            and head in general
            and form == entity.form in ("person", "group")
            and words <= entity.known
            and ((entity.number is not None and entity.head in general) or not parse.is_plural)
        ):
            generic = index
    return generic


def _same_quantity(parse: Parse, form: str, entity: Entity) -> bool:
    """Whether "some" or "one" is of the group `entity`."""
    if parse.is_plural:
        return form == entity.form == "group" and entity.is_plural and parse.core.lower() != "others"
    return False  # a member of the group: a source of its own


def _same_description(parse: Parse, words: frozenset[str], entity: Entity, definite: bool) -> bool:
    """Whether a description with the same noun is of the same source."""
    if parse.determiner == "one" or (parse.number == 1 and not parse.is_plural):
        if entity.is_plural:
            return False  # a member of the group: a source of its own
        return bool(words) and words == entity.words and entity.number == 1
    if entity.is_plural != parse.is_plural:
        return False
    if parse.determiner == "part":
        return words <= entity.known
    numbers_fit = parse.number is None or entity.number in (None, parse.number)
    other = entity.parse.complement if entity.parse else ""
    if words == entity.words and (words or parse.complement):
        return numbers_fit and (
            definite or not other or not parse.complement or _alike(parse.complement, other)
        )
    if definite:
        return numbers_fit and words <= entity.known
    # "analysts" after "analysts polled by …", "officials" after "county officials"
    loose = (
        parse.is_plural and parse.number is None and entity.naming == "collective" and not parse.complement
    )
    return loose and words <= entity.words


def _alike(first: str, second: str) -> bool:
    """Whether two complements begin with the same words."""
    a, b = (_WORDS.findall(text.lower()) for text in (first, second))
    length = min(len(a), len(b), 6)
    return a[:length] == b[:length]


def _enrich(entity: Entity, parse: Parse, mention: str, words: frozenset[str]) -> None:
    """Take a fuller mention as the description."""
    fuller = len(mention) > len(entity.description) and words >= entity.words
    if fuller and parse.kind != "quantity" and not entity.proper:
        entity.description = mention
        entity.words |= words
