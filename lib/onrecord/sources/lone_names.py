"""Single capitalised words: the opening of a sentence, a family, a place in short."""

from __future__ import annotations

import re

from onrecord.mentions.name_types import load_name_model
from onrecord.mentions.parsing import Parse
from onrecord.sources.cast import Cast, Entity
from onrecord.sources.person_index import name_key

_PLAIN_NOUN = 2  # of 4: how often news writes a word in lower case
_NOT_BODY = 0.25  # probability of an organisation below which such a word is not one


def only_opens_sentence(cast: Cast, word: str, end: int) -> bool:
    """Whether a word has a capital only because it opens a sentence: "Sadly"."""
    lists = cast.lists
    start = cast.text.rfind(word, 0, end + 1)
    if start < 0 or not word.istitle() or word in lists.places or word in lists.named_bodies:
        return False
    if word in lists.first_names or word in lists.name_genders or word in lists.firm_words:
        return False
    first = cast.article.sentences[cast.article.sentence_at(start)][0]
    if cast.text[first:start].strip("“”\"‘’' "):
        return False
    found = cast.persons.types.get(word)
    is_noun = load_name_model().noun_share.get(word.lower(), 0) >= _PLAIN_NOUN
    is_adverb = is_noun and word.endswith("ly")
    if not is_noun and not word.endswith("ly"):
        return False
    if found and found.organisation >= _NOT_BODY and not is_adverb:
        return False
    return not cast.occurs(rf"[a-z,] {re.escape(word)}\b")


def family_of(cast: Cast, parse: Parse, core: str) -> int | None:
    """Group of a family that the plural of its name takes up: "the Moens", or None."""
    if parse.determiner != "the" or not core.endswith("s") or (who := cast.persons.named(core[:-1])) is None:
        return None
    last = cast.persons.persons[who].last
    members = cast.persons.by_last.get(name_key(last), [])
    names = [cast.persons.persons[one].name for one in members]
    joined = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else core
    return cast.lookup(
        f"\0family {last}",
        Entity("group", "named", f"the {core}", is_plural=True, proper=joined, parse=parse),
    )


_PLACE_NOUNS = ("County", "City", "Council", "Township", "Borough", "District", "Parish")


def place_in_full(cast: Cast, core: str) -> str | None:
    """Name of the one county or town that an article calls by its first word, or None."""
    if core in cast.lists.places:
        return None  # "Mexico" is not Mexico City
    full = [f"{core} {noun}" for noun in _PLACE_NOUNS]
    found = {name for _, _, name in cast.persons.organisations if name in full}
    return found.pop() if len(found) == 1 else None
