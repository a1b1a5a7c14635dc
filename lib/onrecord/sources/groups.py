"""Groups and their members: "one of the officials", "the two senators"."""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.mentions.parsing import Parse, parse_mention
from onrecord.sources.cast import Cast, Entity
from onrecord.wordlists import word_set

# A third envoy is not one of two.
_NOT_OF_THE_GROUP = word_set("second third fourth fifth separate different")
_PRONOUNS = word_set("them whom us these those")
_SENTENCES = 20  # how far back a group is looked for
_TRIED = 12
_AND = re.compile(r"(?:,? \d\d,)?(?:['’]s)? and (?:[a-z-]+,? ){0,3}(?:[A-Z][\w.-]* ){0,3}")
_NEAR = 3  # sentences before "both women" and "one"
_N_RECENT = 4  # sources before "one"
_LARGEST = 6  # persons that "the six senators" may take up


def group_of(cast: Cast, parse: Parse, start: int) -> int | None:
    """Entity of the group that one person is described as a member of.

    None where there is no such group.
    """
    if parse.kind == "quantity" and not parse.is_plural:
        return _group_spoken_of(cast, start)
    low = {word.lower() for word in parse.words}
    another = parse.core.lower().startswith(("another ", "the other "))
    single = parse.is_one_of or (parse.determiner == "one" and not parse.is_plural)
    if parse.is_plural or not (single or another) or low & _NOT_OF_THE_GROUP:
        return None
    head = cast.lists.plural.get(parse.head, parse.head)
    low -= {"other"}
    sentence = cast.article.sentence_at(start)
    best, at = None, -1
    for index in reversed(cast.recent):
        entity = cast.entities[index]
        if entity.form != "group" or not entity.is_plural or entity.naming in ("named", "institution"):
            continue
        if parse.head not in _PRONOUNS and (entity.head != head or not low <= entity.known):
            continue
        if (another or not parse.is_one_of) and not _is_counted(entity):
            continue
        best, at = index, cast.last_mention(index)
        break
    phrase = _plural_phrase(cast, head, low, start, counted=not parse.is_one_of)
    if phrase is not None and phrase[0] > at and sentence - cast.article.sentence_at(phrase[0]) <= _SENTENCES:
        found = cast.at(*phrase)
        best = cast.place(phrase, _unspoken(cast, phrase)) if found is None else found
        if not cast.entities[best].is_plural:
            return None
    return best


def _group_spoken_of(cast: Cast, start: int) -> int | None:
    """Group of some few of which "one" or "another" is a member, or None.

    It is that of the source before, or the nearest one.
    """
    sentence = cast.article.sentence_at(start)
    for index in reversed(cast.recent[-_N_RECENT:]):
        entity = cast.entities[index]
        if sentence - cast.article.sentence_at(cast.last_mention(index)) > _NEAR:
            return None
        if entity.whole is not None:
            return entity.whole
        if entity.form == "group" and entity.is_plural and entity.naming != "institution":
            return index if _is_counted(entity) else None
    return None


def follows_person(cast: Cast, start: int) -> bool:
    """Whether the source before `start` is of unnamed people, within a few sentences."""
    if cast.last is None:
        return False
    entity = cast.entities[cast.last]
    near = cast.article.sentence_at(start) - cast.article.sentence_at(cast.last_mention(cast.last)) <= _NEAR
    return near and entity.form in ("person", "group") and entity.naming in ("unnamed", "collective")


def _is_counted(entity: Entity) -> bool:
    """Whether a group is of some few: counted, or "several" of them."""
    return entity.number is not None or (entity.parse is not None and entity.parse.determiner == "some")


def _plural_phrase(
    cast: Cast, head: str, words: set[str], start: int, *, counted: bool
) -> tuple[int, int] | None:
    """Nearest plural noun phrase before `start` with the head.

    It contains all `words`.
    """
    for index in cast.introductions.of_head(head, start, _TRIED):
        phrase = cast.introductions.phrases[index]
        text = cast.text[phrase.start : phrase.end]
        if not phrase.is_plural or (counted and not phrase.is_indefinite):
            continue
        if words <= set(text.lower().split()):
            return phrase.start, phrase.end
    return None


def _unspoken(cast: Cast, phrase: tuple[int, int]) -> int:
    """New entity for a group that has not spoken."""
    text = cast.text[slice(*phrase)]
    parse = parse_mention(text, cast.lists)
    naming = "unnamed" if parse.number is not None else "collective"
    head = cast.lists.plural.get(parse.head, parse.head)
    words = frozenset(text.lower().split())
    return cast.add(
        Entity(
            "group",
            naming,
            text,
            head=head,
            words=frozenset(word.lower() for word in parse.words),
            known=words,
            is_plural=True,
            number=parse.number,
            parse=parse,
        )
    )


def named_group(cast: Cast, parse: Parse, start: int) -> int | None:
    """Group of named persons whom "the two senators" takes up.

    These are all who have the role. None where their number is another.
    """
    if parse.kind == "people" and cast.text[start : start + 5].lower() == "both " and not parse.complement:
        return pair_before(cast, start, _NEAR)  # "Both women"
    is_pair = parse.head in cast.lists.context_words["pair"]
    if parse.determiner not in ("the", "all", "part") or parse.complement:
        return None
    if not (parse.is_plural or is_pair):
        return None
    role = cast.lists.plural.get(parse.head, parse.head)
    if is_pair and parse.number in (None, 2) and not parse.words:
        return pair_before(cast, start, _SENTENCES)
    if parse.kind == "quantity":  # "the two", "both"
        return pair_before(cast, start, 1) if parse.number == 2 else None
    if parse.number is None or not 2 <= parse.number <= _LARGEST:
        return None
    persons = cast.persons.persons
    named: list[int] = []
    for who in cast.persons.by_role.get(role, ()):
        if persons[who].mentions and persons[who].mentions[0][0] < start:
            named.append(who)
        if len(named) > parse.number:
            return None
    return _group(cast, named) if len(named) == parse.number else None


def pair_before(cast: Cast, start: int, sentences: int) -> int | None:
    """Group of the last two persons whom "and" joins.

    They are within some sentences before `start`.
    """
    sentence = cast.article.sentence_at(start)
    mentions = cast.persons.before(start, 8)
    for (later, _, second), (earlier, end, first) in pairwise(mentions):
        if sentence - cast.article.sentence_at(earlier) > sentences:
            return None
        if first != second and _AND.fullmatch(cast.text, end, later):
            return _group(cast, [first, second])
    return None


def _group(cast: Cast, members: list[int]) -> int:
    names = [cast.persons.persons[who].name for who in members]
    together = f"{', '.join(names[:-1])} and {names[-1]}"
    entity = Entity("group", "named", together, is_plural=True, number=len(members), proper=together)
    return cast.lookup(f"\0group {sorted(members)}", entity)
