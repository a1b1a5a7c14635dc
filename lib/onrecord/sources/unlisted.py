"""People described by a noun that is on no list: "a barista"."""

from __future__ import annotations

import re

from onrecord.mentions.name_types import load_name_model
from onrecord.mentions.nouns import may_be_person
from onrecord.mentions.parsing import Parse, parse_mention
from onrecord.mentions.words import STOPS
from onrecord.records import Span
from onrecord.sources.cast import Cast

# A chart may show or suggest, but somebody says, admits or recalls.
_SHOWS = re.compile(
    r"\b(?:show|suggest|indicat|reveal|found|find|finds|read|reads|conclud|point|confirm|mean|prove|predict"
    r"|estimat|forecast|warn)(?:s|n|ed|es|ing|t)?\b"
)
# The noun phrase that ends right before "who": "A barista, ", "two of the ushers ".
_BEFORE_WHO = re.compile(
    r"(?:(?<=[\s“\"(])|^)(?:an?|one|another|two|three|four|five|six|seven|eight|nine|ten|some|several|many"
    r"|\d+) (?:[\w’'-]+ ){0,4}[\w’'-]+(?=,? ?$)",
    re.IGNORECASE,
)
_REACH = 70  # characters before "who" in which its noun phrase begins
_DETERMINERS = ("a", "one")
_FEW = 30  # "A 2021 refit" and "60 million crowns" are nobody
_NUMBER = re.compile(r"\w+ty(?:-\w+)?")  # "a woman of eighty-three, who"


def as_person(cast: Cast, parse: Parse, cue: Span | None) -> Parse:
    """Parse, as one for people where an unknown noun speaks.

    It has an indefinite article or a number, or the article has introduced the noun as somebody's role.
    Any other parse is returned as it is.
    """
    if parse.kind != "other" or not parse.head or not parse.core.endswith(parse.head):
        return parse
    if not may_be_person(parse.head, cast.lists) or parse.complement.startswith(("that", "which")):
        return parse
    known = parse.determiner == "the" and parse.head in cast.persons.by_role
    few = parse.number is None or (parse.number <= _FEW and parse.is_plural == (parse.number > 1))
    counted = few and not parse.is_share and (parse.determiner in _DETERMINERS or parse.number is not None)
    shows = cue is not None and _SHOWS.search(cast.text[slice(*cue)].lower()) is not None
    if known or (counted and cue is not None and not shows):
        return _person(parse)
    return parse


_PEOPLE_ENDINGS = ("ers", "ors", "ists", "ians", "eers", "men", "women", "goers", "mates", "folk")


def as_people(cast: Cast, parse: Parse, start: int) -> Parse:
    """Parse of a lone plural that opens its sentence: "Anglers said".

    Only its place gives it a capital. Any other parse is returned as it is.
    """
    word = parse.core
    if parse.kind != "name" or not word.istitle() or not word.endswith(_PEOPLE_ENDINGS):
        return parse
    first = cast.article.sentences[cast.article.sentence_at(start)][0]
    if start > first + 1 or word in cast.lists.firm_words or cast.outlet(word):
        return parse
    if load_name_model().noun_share.get(word.lower(), 0) == 0 and word.lower() not in cast.lowered:
        return parse
    if cast.occurs(rf"[a-z,] {re.escape(word)}\b"):
        return parse
    return parse._replace(kind="people", head=word.lower(), is_plural=True)


def _person(parse: Parse) -> Parse:
    return parse._replace(kind="people" if parse.is_plural else "person")


def before_who(cast: Cast, start: int) -> tuple[Span, Parse] | None:
    """Noun phrase that ends right before a "who" at `start`, or None.

    It begins with an indefinite article or a number, and its noun may be on no list: what has "who" is a
    person. Names, organisations and documents are left out.
    """
    first = cast.article.sentences[cast.article.sentence_at(start)][0]
    begin = max(first, start - _REACH)
    for match in _BEFORE_WHO.finditer(cast.text, begin, start):
        mention = match.group()
        # the last determiner opens the phrase: "gave a nurse one ticket"
        parse = parse_mention(mention, cast.lists)
        if parse.complement or parse.head in STOPS or _NUMBER.fullmatch(parse.head):
            continue
        if parse.kind == "other" and may_be_person(parse.head, cast.lists):
            before = cast.text[first : match.start()].split()
            if before and before[-1].lower() in ("at", "in", "on", "of", "near"):
                return None  # "a fitter at a mill, who": the noun before is meant
            parse = _person(parse)
        if parse.kind in ("person", "people"):
            return match.span(), parse
    return None
