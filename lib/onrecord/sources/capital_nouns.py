"""Nouns for people that are the name of an organisation: "Patriot agreed"."""

from __future__ import annotations

import re

from onrecord.mentions.parsing import Parse
from onrecord.mentions.words import AFTERTHOUGHTS
from onrecord.sources.cast import Cast


def is_capital_name(cast: Cast, mention: str, parse: Parse, start: int) -> bool:
    """Whether a capitalised noun for a person is the name of an organisation.

    An example is "Patriot agreed".

    The article must write it so that its type is plain.
    """
    if parse.kind != "person" or parse.determiner != "none" or parse.words or " " in mention.strip(" ,"):
        return False
    found = cast.persons.types.get(mention.strip(" ,")) if mention[:1].isupper() else None
    return found is not None and found.organisation >= _SURE and parse.head not in cast.lists.spokespeople


_SURE = 0.6  # probability of an organisation from which a noun for a person is its name
_NAME_OF_PEOPLE = re.compile(
    r"(?:[A-ZÀ-Þ][\w’'-]*|&|and|of|for|the|against)(?: (?:[A-ZÀ-Þ][\w’'-]*|&|and|of|for|the|against))+"
)


def is_name_of_people(cast: Cast, mention: str, parse: Parse, start: int) -> bool:
    """Whether a plural noun for people is part of an organisation's name.

    Examples are "Penrose & Daughters", "Parents Together" and "Mothers of Holme". Where a capital may be
    that of a sentence, a noun with "of" must be one that such names have.
    """
    name = mention.rstrip(" ,")
    if parse.kind != "people" or parse.number is not None or parse.determiner not in ("none", "the"):
        return False
    if not _NAME_OF_PEOPLE.fullmatch(name) or cast.persons.within(start, start + len(name)):
        return False
    if " & " in name or cast.text.startswith((", which", "which"), start + len(name)):
        return True
    rest = name[len(parse.core) :].split()
    if parse.words or not rest or not rest[-1][:1].isupper():
        return False
    if rest[0][:1].isupper():
        return rest[0].lower() in AFTERTHOUGHTS
    first = cast.article.sentences[cast.article.sentence_at(start)][0]
    # "Mothers of Holme" names a group; "residents of Holme" are whoever lives there.
    return rest[0] in ("of", "for", "against") and (
        parse.head in cast.lists.people_nouns["named_for"] or cast.text[first:start].strip("“”\"‘’' ") != ""
    )
