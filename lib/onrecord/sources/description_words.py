"""Words of a description by which sources are compared, and the name within it."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.mentions.parsing import Parse
from onrecord.sources.cast import Cast
from onrecord.sources.naming import has_capital
from onrecord.wordlists import Lists, word_set

_NO_MODIFIER = word_set("same latter former said own top of a")
_CAPITALS = re.compile(r"\b(?:[A-Z][\w-]*(?: [A-Z][\w-]*){0,3})")
ARTICLE = re.compile(r"^(?:[Tt]he|[Aa]n?) ")
_CAPITAL = re.compile(r"\b[A-ZÀ-Þ]")
_ISSUER = re.compile(r"(?:of|by|from)\b")
_NONE: frozenset[str] = frozenset()
_WORDS = re.compile(r"[\w’'-]+")


def modifiers(cast: Cast, parse: Parse) -> frozenset[str]:
    """Words that distinguish a mention from others.

    An owner known by his role counts as his last name.
    """
    words = low_words(parse.words) - _NO_MODIFIER if parse.words else _NONE
    if not parse.owner:
        return words
    owner = parse.owner.lower()
    holders = cast.persons.by_role.get(owner.rpartition(" ")[2])
    return words | {cast.persons.persons[holders[0]].last.lower() if holders else owner}


def low_words(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(str.lower, words))


def all_words(mention: str) -> frozenset[str]:
    """Words of a mention in lower case.

    The initials of its capitalised words are among them.
    """
    words = _WORDS.findall(mention)
    initials = "".join([word[0] for word in words[1:] if word[0].isupper()]).lower()
    return frozenset([*map(str.lower, words), initials])


def singular(cast: Cast, head: str) -> str:
    """Noun as sources are compared by it.

    It is in the singular, one word for each kind.
    """
    return _singular(head, cast.lists)


@lru_cache(maxsize=20_000)
def _singular(head: str, lists: Lists) -> str:
    if head in lists.plural:
        head = lists.plural[head]
        return lists.same_nouns.get(head, head)
    if head in lists.same_nouns:
        return lists.same_nouns[head]
    return head.removesuffix("s") if lists.bodies.get(head, ("", False))[1] else head


def proper_of(parse: Parse) -> str:
    """Proper name within an institution's or a document's description.

    "" where there is none.
    """
    core = ARTICLE.sub("", parse.core)
    if parse.owner[:1].isupper():
        return f"{parse.owner}’s {core}" if parse.core.find(parse.owner) < 0 else core
    return core if _CAPITAL.search(parse.core[1:]) else ""


def issuer_of(cast: Cast, parse: Parse, form: str, start: int) -> str:
    """Outlet within "the Courier website".

    "The news site" and "the report" take up one named before.
    """
    if form == "media" and not parse.is_plural:
        outlet = cast.outlet(" ".join(word for word in parse.words if not word.islower()))
        if outlet:
            return outlet
    if form not in ("media", "document") or parse.determiner != "the":
        return ""
    if has_capital(parse) or _ISSUER.match(parse.complement):
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
