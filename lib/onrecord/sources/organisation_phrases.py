"""Organisations whose name is beside their noun, or ends in ’s.

An example is "the union, Kabin Norge, said".
"""

from __future__ import annotations

import re

from onrecord.mentions.parsing import Parse
from onrecord.sources.cast import Cast

# "Moray’s said": the name of a firm ends in ’s
_ENDS_IN_S = re.compile(
    r"(?:[Tt]he )?(?P<name>(?P<base>[A-ZÀ-Þ][\w&.-]*(?: [A-ZÀ-Þ][\w&.-]*){0,2})['’]s)(?=,|[ ,]*$)"
)
_AS_SUBJECT = (
    r"['’]s(?:, (?:an?|the|which)\b| (?:said|says|has|had|is|was|will|would|expects|plans|announced)\b)"
)


def name_in_s(cast: Cast, start: int, end: int) -> int | None:
    """Organisation whose name ends in ’s and is a subject, as in "Moray’s said"."""
    match = _ENDS_IN_S.match(cast.text, start, end)
    if match is None:
        return None
    name, base = match["name"], match["base"]
    known = name.replace("’", "'")
    if known not in cast.lists.named_bodies:
        if not cast.occurs(rf"\b{re.escape(base)}{_AS_SUBJECT}"):
            return None
        if cast.occurs(rf"\b{re.escape(base)}\b(?!['’]s\b)"):
            return None  # "Fenn’s … Fenn said"
    return cast.named_organisation(name, "institution")


_BEFORE_APPOSITION = re.compile(r"(?P<name>[A-ZÀ-Þ][\w.&’'-]*(?: (?:[A-ZÀ-Þ&][\w.&’'-]*|of|and|for))*), $")
_APPOSED_TO = re.compile(r"(?:the|an?|its) [^“”\"\n]*?(?P<noun>[a-z-]+)$")
_REACH = 60  # characters before an apposition in which the name begins


def before_apposition(cast: Cast, start: int, end: int) -> int | None:
    """Organisation to whose name a mention is in apposition, or None.

    An example is "Brandel Inc., the Orvane-based retailer, said".
    """
    text = cast.text
    if text[start - 2 : start] != ", " or text[end : end + 1] != ",":
        return None
    noun = _APPOSED_TO.fullmatch(text, start, end)
    if noun is None or not (
        cast.lists.trades.get(noun["noun"], "either") != "either"
        or (cast.lists.bodies.get(noun["noun"], ("",))[0] == "institution")
    ):
        return None
    name = _BEFORE_APPOSITION.search(text, max(0, start - _REACH), start)
    if name is None or cast.persons.within(name.start(), start):
        return None
    return cast.named_organisation(re.sub(r"^The ", "", name["name"]), "institution")


# "The union, Kabin Norge, said": the name behind the noun for an organisation
_NAME_BEHIND = re.compile(
    r", (?P<name>[A-ZÀ-Þ][\w’'&.-]*(?: (?:(?:of|the|and|for|&|de|du|del) )?[A-ZÀ-Þ][\w’'&.-]*){0,5}),"
)


def apposed_organisation(cast: Cast, parse: Parse, mention: str, start: int) -> int | None:
    """Organisation whose name is in apposition to the noun of a mention, or None."""
    is_trade = cast.lists.trades.get(parse.head, "either") != "either"
    if not (is_trade or parse.kind in ("institution", "media", "group")):
        return None
    if parse.is_plural or parse.determiner == "none":
        return None
    if any(word[0].isupper() for word in parse.words):
        return None
    at = cast.text.find(parse.core, start, start + len(mention)) + len(parse.core)
    match = _NAME_BEHIND.match(cast.text, at)
    if match is None or cast.persons.within(*match.span("name")):
        return None
    return cast.named_organisation(match["name"], "media" if parse.kind == "media" else "institution")
