"""Organisations taken up by their trade: "the retailer" for a company."""

from __future__ import annotations

from bisect import bisect_left

from onrecord.mentions.parsing import Parse
from onrecord.sources.cast import Cast, Entity
from onrecord.sources.sector_phrases import sector_by_name
from onrecord.wordlists import outlet_key

_SENTENCES = 12  # how far back an organisation is looked for
_TRIED = 12  # names of organisations that are looked at
_N_SPOKEN = 8
_PAIR = 2  # words
_PLAIN = 0.9  # probability of a person above which a name is not doubted
# Sectors that the name of an organisation may have, where a list knows it.
_SECTORS = {
    "club": ("sport and culture",),
    "charity": ("civil society",),
    "union": ("civil society",),
    "party": ("parliament and parties",),
    "group": ("civil society", "business", "science and expertise", "sport and culture"),
    "agency": ("government", "justice and police", "military and security", "science and expertise"),
    "firm": ("business", "media", "science and expertise"),
}
_NEVER_NEW = ("either", *(kind for kind in _SECTORS if kind != "firm"))


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
    is_told_apart = any(word[0].isupper() and word not in cast.lists.adjectives for word in parse.words)
    if is_told_apart and kind in _NEVER_NEW:
        return None
    if kind in _SECTORS and parse.complement:
        return None  # "the group of hikers"
    # "the EU regulator" may be another one than the one named last
    found = None if is_told_apart else _organisation_before(cast, parse.head, kind, start)
    if found is not None:
        cast.trades.setdefault(found, kind)
    if found is not None or kind in _NEVER_NEW:
        return found
    form = "media" if kind == "media" else "institution"
    return cast.lookup(
        f"\0trade {parse.core if is_told_apart else parse.head}",
        Entity(form, "institution", parse.core, head=parse.head, known=frozenset((parse.head,)), parse=parse),
    )


_APART = frozenset(("regulator", "union", "party", "club", "charity", "agency"))


def _may_be_also(cast: Cast, index: int | None, kind: str) -> bool:
    """Whether an organisation that a trade took up may be of another one.

    The airline is not the regulator, but the brewer may be the company.
    """
    known = kind if index is None else cast.trades.get(index, kind)
    return known == kind or "group" in (known, kind) or not {known, kind} & _APART


def _is_role(cast: Cast, head: str) -> bool:
    return bool(cast.persons.by_role.get(head))


def _organisation_before(cast: Cast, head: str, kind: str, start: int) -> int | None:
    """Organisation that was named or spoke last before `start`."""
    article = cast.article
    sentence = article.sentence_at(start)
    organisations = cast.persons.organisations
    at = bisect_left(organisations, (start,))
    named: tuple[int, str] | None = None
    for a, _, written in organisations[max(0, at - _TRIED) : at][::-1]:
        name = cast.in_brackets.get(written, written) if written.isupper() else written
        if sentence - article.sentence_at(a) > _SENTENCES:
            break
        is_free = _may_be_also(cast, cast.by_name.get(outlet_key(name)), kind)
        if is_free and not _is_place(cast, name) and _fits(cast, name, head, kind):
            named = a, name
            break
    for index in cast.recent[: -_N_SPOKEN - 1 : -1]:
        entity = cast.entities[index]
        if entity.form not in ("institution", "media") or not entity.proper or entity.is_plural:
            continue
        is_later = cast.last_mention(index) > (named[0] if named else -1)
        if is_later and _may_be_also(cast, index, kind) and _fits(cast, entity.proper, head, kind):
            return index
    if named is None and kind not in ("either", "media"):
        named = _no_person_before(cast, start)
    if named is None:
        return None
    form = "media" if kind == "media" else "institution"
    return cast.named_organisation(named[1], form)


def _is_place(cast: Cast, name: str) -> bool:
    found = cast.persons.types.get(name)
    return found is not None and found.type == "place"


def _no_person_before(cast: Cast, start: int) -> tuple[int, str] | None:
    """Name before `start` that only its form makes a person's, with its position.

    Nothing shows that it is somebody: no title, role, gender, known first name or last name alone. So
    "the company" means it.
    """
    persons, lists = cast.persons, cast.lists
    sentence = cast.article.sentence_at(start)
    for a, _, who in persons.before(start, _TRIED):
        person = persons.persons[who]
        if sentence - cast.article.sentence_at(a) > _SENTENCES:
            return None
        words = person.name.split(" ")
        found = persons.types.get(person.name)
        is_known = words[0] in lists.first_names or words[0] in lists.name_genders
        is_shown = is_known or person.gender or person.roles or len(words) < _PAIR
        if is_shown or found is None or found.person > _PLAIN:
            continue
        if all(" " in cast.text[x:y] for x, y in person.mentions):
            return a, person.name
    return None


def _fits(cast: Cast, name: str, head: str, kind: str) -> bool:
    """Whether an organisation's name allows that it is of a trade.

    A lender is not a council.
    """
    last = name.rpartition(" ")[2].lower()
    if name in cast.lists.places:
        return False
    if last == head or last.rstrip("s") == head:
        return True
    if kind in ("firm", "either") and last in cast.lists.context_words["public_body"]:
        return False
    if kind in _SECTORS and (sector := sector_by_name(name, cast.lists)):
        return sector in _SECTORS[kind]
    if kind not in ("regulator", "media") and (name in cast.lists.named_bodies or cast.outlet(name)):
        return sector_by_name(name, cast.lists) == "business"
    if kind == "regulator":
        is_firm = last not in cast.lists.context_words["public_body"] and (
            sector_by_name(name, cast.lists) == "business" or last.title() in cast.lists.firm_words
        )
        return (
            not is_firm and " & " not in name and (last in cast.lists.bodies or name.isupper() or " " in name)
        )
    return last not in cast.lists.bodies or last in cast.lists.trades
