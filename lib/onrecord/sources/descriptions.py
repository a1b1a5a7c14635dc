"""Mentions without a name: a description opens a new source or takes up one met before."""

from __future__ import annotations

import re

from onrecord.mentions.parsing import Parse
from onrecord.sources.cast import Cast, Entity
from onrecord.sources.naming import form_of, naming_of
from onrecord.sources.persons import gender_of_role
from onrecord.wordlists import outlet_key, word_set

_ALLIES = word_set("ally supporter defender backer loyalist friend")
_GENERIC = word_set("""source person official insider individual employee aide informant figure adviser""")
_SYNONYMS = {
    "eyewitness": "witness",
    "advisor": "adviser",
    "protestor": "protester",
    "demonstrator": "protester",
    "staffer": "aide",
    "officer": "official",
    "lawmaker": "legislator",
    "policeman": "official",
    "neighbor": "neighbour",
    "organizer": "organiser",
    "attorney": "lawyer",
}
_OTHER = word_set("another second third separate different other fourth fifth")
_NO_MODIFIER = word_set("same latter former said own top of a")
_PLACE_PARTS = word_set(
    """Party New York North South West East Carolina Dakota Virginia Jersey Hampshire Mexico Island Rhode"""
)
_WORDS = re.compile(r"[\w’'-]+")
_CAPITALS = re.compile(r"\b(?:[A-Z][\w-]*(?: [A-Z][\w-]*){0,3})")


def described(cast: Cast, parse: Parse, mention: str, start: int) -> int:
    """Return the entity of a description: one met before, a named person by role, an outlet, or a new one."""
    form = form_of(parse)
    if parse.kind == "document" and parse.is_plural and {"media", "press", "news"} & _low(parse.words):
        form = "media"
    is_role = form == "person" and parse.determiner == "the" and not parse.is_one_of
    if is_role and (who := _titled(cast, parse, start)) is not None:
        return cast.person(who)
    found = taken_up(cast, parse, form)
    if found is not None:
        _enrich(cast.entities[found], parse, mention, _modifiers(cast, parse))
        return found
    if is_role:
        who = _holder(cast, parse, start)
        if who is not None:
            return cast.person(who)
    naming = naming_of(parse, cast.capitals, cast.lists)
    issuer = _issuer(cast, parse, form, start)
    description = mention
    if issuer and form == "media":
        description = mention if issuer in mention else issuer
        naming = "institution"
    elif issuer:
        description = f"{issuer}’s {parse.head}"
        naming = "institution"
    words = _modifiers(cast, parse)
    head = singular(cast, parse.head)
    entity = Entity(
        form,
        naming,
        description,
        head=head,
        words=words,
        known=words | _all_words(mention),
        is_plural=parse.is_plural,
        number=parse.number,
        gender=gender_of_role(head) if form == "person" else "",
        proper=issuer or (_proper_of(parse) if naming == "institution" else ""),
        parse=parse,
    )
    if issuer and form == "media":
        return cast.lookup(outlet_key(issuer), entity)
    return cast.add(entity)


def taken_up(cast: Cast, parse: Parse, form: str, recent: list[int] | None = None) -> int | None:
    """Return the entity that a description takes up again, the one mentioned last first, or None.

    "The sources" takes up "two people" where no entity has its noun.
    """
    head = singular(cast, parse.head)
    words = _modifiers(cast, parse)
    if words & _OTHER or parse.core.lower().startswith("another"):
        return None
    definite = parse.determiner in ("the", "owner", "part")
    told_apart = words or parse.complement or parse.number is not None or parse.determiner == "one"
    if not (definite or told_apart or parse.is_plural or parse.kind == "quantity"):
        return None  # "an official" is always another one
    generic = None
    for index in reversed(cast.recent if recent is None else recent):
        entity = cast.entities[index]
        if entity.person is not None or entity.form == "none":
            continue
        if parse.kind == "quantity":
            if _same_quantity(parse, form, entity):
                return index
        elif entity.head == head or (words and head in _ALLIES and entity.head in _ALLIES):
            if _same_description(parse, words, entity, definite):
                return index
        elif (
            generic is None
            and definite
            and head in _GENERIC
            and form == entity.form in ("person", "group")
            and words <= entity.known
            and ((entity.number is not None and entity.head in _GENERIC) or not parse.is_plural)
        ):
            generic = index
    return generic


def _same_quantity(parse: Parse, form: str, entity: Entity) -> bool:
    """Return whether "some" or "one" is of the group `entity`."""
    if parse.is_plural:
        return form == entity.form == "group" and entity.is_plural and parse.core.lower() != "others"
    return entity.is_plural and bool(entity.number and entity.number > 1)


def _same_description(parse: Parse, words: frozenset[str], entity: Entity, definite: bool) -> bool:
    """Return whether a description with the noun of `entity` is plainly of the same source."""
    if parse.determiner == "one" or (parse.number == 1 and not parse.is_plural):
        if entity.is_plural:
            entity.is_singled = bool(entity.number and entity.number > 1) and words <= entity.known
            return entity.is_singled
        return bool(words) and words == entity.words and entity.number == 1
    if entity.is_plural != parse.is_plural:
        return definite and entity.is_singled and not parse.is_plural and words <= entity.known
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
    """Return whether two complements begin with the same words."""
    a, b = (_WORDS.findall(text.lower()) for text in (first, second))
    length = min(len(a), len(b), 6)
    return a[:length] == b[:length]


def _enrich(entity: Entity, parse: Parse, mention: str, words: frozenset[str]) -> None:
    """Take a fuller mention as the description."""
    fuller = len(mention) > len(entity.description) and words >= entity.words
    if fuller and parse.kind != "quantity" and not entity.proper:
        entity.description = mention
        entity.words |= words


def _modifiers(cast: Cast, parse: Parse) -> frozenset[str]:
    """Return the words that tell a mention from others; an owner told by his role counts as his last name."""
    words = _low(parse.words) - _NO_MODIFIER
    if not parse.owner:
        return words
    owner = parse.owner.lower()
    holders = cast.persons.by_role.get(owner.rpartition(" ")[2])
    return words | {cast.persons.persons[holders[0]].last.lower() if holders else owner}


def _low(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)


def _all_words(mention: str) -> frozenset[str]:
    """Return the words of a mention in lower case, and the initials of its capitalised words."""
    words = _WORDS.findall(mention)
    initials = "".join(word[0] for word in words[1:] if word[0].isupper()).lower()
    return frozenset(word.lower() for word in words) | {initials}


def singular(cast: Cast, head: str) -> str:
    """Return the noun as sources are compared by it: in the singular, one word for each kind."""
    if head in cast.lists.plural:
        head = cast.lists.plural[head]
        return _SYNONYMS.get(head, head)
    if head in _SYNONYMS:
        return _SYNONYMS[head]
    return head.removesuffix("s") if cast.lists.bodies.get(head, ("", False))[1] else head


def _proper_of(parse: Parse) -> str:
    """Return the proper name within an institution's or a document's description, or ""."""
    if parse.owner[:1].isupper():
        return f"{parse.owner}’s {parse.core}" if parse.core.find(parse.owner) < 0 else parse.core
    core = re.sub(r"^(?:[Tt]he|[Aa]n?) ", "", parse.core)
    return core if re.search(r"\b[A-ZÀ-Þ]", parse.core[1:]) else ""


def _titled(cast: Cast, parse: Parse, start: int) -> int | None:
    """Return the named person introduced with the very title: "the Harbour Minister" is no other minister."""
    lists = cast.lists
    titles = {w.lower() for w in parse.words if w not in lists.adjectives and w not in lists.ranks}
    return _nearest(cast, _holders(cast, parse.head, titles), titles, start) if titles else None


def _holders(cast: Cast, head: str, titles: set[str]) -> list[int]:
    persons = cast.persons
    holders = persons.by_role.get(head, [])
    if "former" in titles:
        return [who for who in holders if "former" in persons.persons[who].roles]
    return holders


def _nearest(cast: Cast, holders: list[int], needed: set[str], start: int) -> int | None:
    """Return of the holders with all `needed` words in their roles the one named last before `start`."""
    able = [who for who in holders if needed <= cast.persons.persons[who].roles]
    if not able:
        return None
    return next((who for _, _, who in cast.persons.before(start, 40) if who in able), able[0])


def _holder(cast: Cast, parse: Parse, start: int) -> int | None:
    """Return the named person who holds the role, or was mentioned last, for "the senator"."""
    head, lists = parse.head, cast.lists
    titles = {w.lower() for w in parse.words if w not in lists.adjectives and w not in lists.ranks}
    holders = _holders(cast, head, titles)
    proper = {
        word.lower()
        for word in parse.words
        if word[0].isupper()
        and word not in lists.adjectives
        and word not in lists.places
        and word not in lists.named_bodies
        and word not in _PLACE_PARTS
    }
    for needed in (titles, proper):
        if (who := _nearest(cast, holders, needed, start)) is not None:
            return who
    of = parse.complement.lower()
    if proper or head in _GENERIC or (of.startswith(("of ", "for ", "at ", "in ")) and of != "of state"):
        return None
    return _last_person(cast, start, gender_of_role(head))


def _last_person(cast: Cast, start: int, gender: str) -> int | None:
    """Return the named person who spoke or was named last and whose gender does not clash."""
    persons = cast.persons
    last = cast.entities[cast.last].person if cast.last is not None else None
    if last is not None and (not gender or persons.persons[last].gender in ("", gender)):
        return last
    sentence = cast.article.sentence_at(start)
    for a, _, who in persons.before(start, 6):
        if sentence - cast.article.sentence_at(a) > 3:
            return None
        if not gender or persons.persons[who].gender in ("", gender):
            return who
    return None


def _issuer(cast: Cast, parse: Parse, form: str, start: int) -> str:
    """Return the outlet within "the Courier website", or which "the news site", "the report" takes up."""
    if form == "media" and not parse.is_plural:
        outlet = cast.outlet(" ".join(word for word in parse.words if not word.islower()))
        if outlet:
            return outlet
    if parse.determiner != "the" or any(word[0].isupper() for word in parse.words):
        return ""
    if form not in ("media", "document") or re.match(r"(?:of|by|from)\b", parse.complement):
        return ""
    if form == "document" and parse.head not in ("report", "article", "story"):
        return ""
    for index in reversed(cast.recent):
        if cast.entities[index].form == "media" and cast.entities[index].proper:
            return cast.entities[index].proper
    if form == "document":
        return ""
    before = cast.text[max(0, start - 1500) : start]
    outlets = (cast.outlet(match.group()) for match in _CAPITALS.finditer(before))
    return next((outlet for outlet in outlets if outlet), "")
