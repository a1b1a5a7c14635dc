"""Organisations taken up by their trade: "the retailer" for a company."""

from __future__ import annotations

from bisect import bisect_left

from onrecord.mentions.parsing import Parse
from onrecord.sources.cast import Cast, Entity

_SENTENCES = 12  # how far back an organisation is looked for
_TRIED = 12  # names of organisations that are looked at
_N_SPOKEN = 8


def by_trade(cast: Cast, parse: Parse, start: int) -> int | None:
    """Organisation that a description by trade means.

    None where it may be a person.

    It is the organisation named last that is not of another kind. Without one, "the retailer" is an
    organisation of its own.
    """
    kind = cast.lists.trades.get(parse.head)
    if kind is None or parse.is_plural or parse.determiner != "the" or parse.is_one_of:
        return None
    if kind == "either" and (cast.introductions.of_head(parse.head, start, 1) or _is_role(cast, parse.head)):
        return None
    if any(word[0].isupper() for word in parse.words):
        return None
    found = _organisation_before(cast, parse.head, kind, start)
    if (
        found is not None
        and cast.trades.setdefault(found, kind) != kind
        and "regulator"
        in (
            kind,
            cast.trades[found],
        )
    ):
        found = None  # "the airline … the regulator": two organisations
    if found is not None or kind == "either":
        return found
    form = "media" if kind == "media" else "institution"
    return cast.lookup(
        f"\0trade {parse.head}",
        Entity(form, "institution", parse.core, head=parse.head, known=frozenset((parse.head,)), parse=parse),
    )


def _is_role(cast: Cast, head: str) -> bool:
    return bool(cast.persons.by_role.get(head))


def _organisation_before(cast: Cast, head: str, kind: str, start: int) -> int | None:
    """Organisation that was named or spoke last before `start`."""
    article = cast.article
    sentence = article.sentence_at(start)
    organisations = cast.persons.organisations
    at = bisect_left(organisations, (start,))
    named: tuple[int, str] | None = None
    for a, _, name in organisations[max(0, at - _TRIED) : at][::-1]:
        if sentence - article.sentence_at(a) > _SENTENCES:
            break
        if _fits(cast, name, head, kind):
            named = a, name
            break
    for index in cast.recent[: -_N_SPOKEN - 1 : -1]:
        entity = cast.entities[index]
        if entity.form not in ("institution", "media") or not entity.proper or entity.is_plural:
            continue
        if cast.last_mention(index) > (named[0] if named else -1) and _fits(cast, entity.proper, head, kind):
            return index
    if named is None:
        return None
    form = "media" if kind == "media" else "institution"
    return cast.named_organisation(named[1], form)


def _fits(cast: Cast, name: str, head: str, kind: str) -> bool:
    """Whether an organisation's name allows that it is of a trade.

    A lender is not a council.
    """
    last = name.rpartition(" ")[2].lower()
    if name in cast.lists.places:
        return False
    if last == head or last.rstrip("s") == head:
        return True
    if kind in ("firm", "either") and name in cast.lists.named_bodies:
        return False
    if kind == "regulator" and (" & " in name or name.rpartition(" ")[2] in cast.lists.firm_words):
        return False
    return last not in cast.lists.bodies or last in cast.lists.trades or kind == "regulator"
