"""From mentions to the sources of one article: each mention joins a source met before or opens one.

The rules follow how news refers back: a full description first, then a name, a definite noun or a
pronoun. Each rule looks at the mentions before; none knows a particular person, outlet or place.
"""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.mentions.parsing import Parse, parse_mention
from onrecord.records import Attribution
from onrecord.sources.cast import Cast, Entity
from onrecord.sources.descriptions import described
from onrecord.sources.names import apposed, named, proper
from onrecord.sources.outlet_names import OUTLET_LIKE
from onrecord.sources.pronouns import former_or_latter, referred

_CLAUSE = re.compile(
    r",? (?:who|whose|whom|which)\b|, (?:that|where|when|as|speaking|citing|after|in an? (?:interview"
    r"|statement))\b"
    r"| that (?=\w+(?:s|ed)\b|are\b|have\b|is\b|has\b)"
)


# "is said to be", "are not allowed to": the one who says so is not told.
_PASSIVE = re.compile(
    r"(?:is|are|was|were|be|been|being|(?:has|have|had) been|['’]s|['’]re)(?: \w+ly| also| not| now"
    r"| still| long)*"
    r" (?:said|believed|expected|allowed|known|thought|reported|understood|permitted|supposed"
    r"|rumou?red|alleged"
    r"|required|forbidden|presumed|assumed|estimated)\b"
)
# "some might argue": nobody has.
_HYPOTHETICAL = re.compile(
    r"(?:might|would|could|may|will)(?: \w+)? (?:argue|say|ask|claim|object|suggest|contend|respond"
    r"|answer|counter|insist"
    r"|point out|complain|note|add|wonder|call it|tell you)\b"
)


def _speaks_not(cast: Cast, attribution: Attribution, parse: Parse) -> bool:
    """Return whether the cue makes the mention no source: a passive, or a hypothetical of anyone."""
    if attribution.cue is None or attribution.cue[0] < attribution.source[0]:
        return False
    cue = cast.text[slice(*attribution.cue)]
    open_class = parse.kind in ("people", "quantity", "group") and parse.number is None
    return bool(_PASSIVE.match(cue) or (open_class and _HYPOTHETICAL.match(cue)))


@lru_cache(maxsize=20_000)
def _without_clause(mention: str) -> str:
    clause = _CLAUSE.search(mention, 3)
    return mention[: clause.start()] if clause else mention


def _is_outlet(parse: Parse) -> bool:
    """Return whether a noun for a document is the last word of a name: the Ellin Post, the Tarn Review."""
    last = parse.core.rpartition(" ")[2]
    return parse.kind == "document" and last[:1].isupper() and OUTLET_LIKE.fullmatch(last) is not None


def _is_organisation(cast: Cast, parse: Parse) -> bool:
    """Return whether a plural noun for people ends the name of an organisation ("Alder Partners")."""
    found = cast.persons.types.get(parse.core) if parse.kind == "people" and " " in parse.core else None
    return found is not None and found.type == "organisation"


def resolve_mention(cast: Cast, attribution: Attribution, index: int) -> int:
    """Return the entity that is the source of `attribution`, made anew where the article has none yet.

    Mentions are to be resolved in text order. A clause after the noun phrase is left aside.
    """
    start, end = attribution.source
    mention = _without_clause(cast.text[start:end])
    end = start + len(mention)
    found = named(cast, start, end)
    if found is None:
        parse = parse_mention(mention, cast.lists)
        if _speaks_not(cast, attribution, parse):
            found = cast.add(Entity("none", "unclear", mention))
        elif mention.lower().endswith(("the former", "the latter")):
            found = former_or_latter(cast, mention, start)
            found = described(cast, parse, mention, start) if found is None else found
        elif parse.kind == "pronoun" or parse.head == "whom":
            found = referred(cast, parse, start)
        elif parse.kind == "name" or _is_outlet(parse) or _is_organisation(cast, parse):
            found = proper(cast, parse, end, has_cue=attribution.cue is not None)
        else:
            found = apposed(cast, parse, start, end)
            if found is None:
                found = described(cast, parse, mention, start)
    cast.meet(found, (start, end), index)
    return found
