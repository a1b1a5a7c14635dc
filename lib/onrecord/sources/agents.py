"""Named persons whom a noun takes up by what the article says of them.

"The grower" is who grows saffron, "the musician" a violinist, "the defendant" whoever is on trial.
"""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.mentions.parsing import Parse
from onrecord.sources.cast import Cast
from onrecord.sources.person_roles import gender_of_role
from onrecord.sources.roles import last_named_at, nearest, titles_of
from onrecord.wordlists import Lists

_N_NAMES, _N_MENTIONS, _SENTENCES = 30, 8, 12
_BEHIND = 110  # characters behind a name in which its verb begins
_SHORTEST = 3  # letters of a verb
_SUBJECT = (
    r"(?:,? \(?\d\d\)?)?(?:,)? (?:who |and )?(?:(?:has|have|had|was|is|also|now|still|once|later|first|been"
    r"|spent|\w+ly) )*"
)
_TRIED_BEHIND = re.compile(
    r"(?:, [^,.\n]{1,60},)? (?:was|is|has been|had been|stands|pleaded|pleads|denied|denies|admitted|admits"
    r"|appeared|faces|got|went)\b[^.\n]{0,40}?\b(?:jailed|convicted|charged|accused|guilty|sentenced|arrested"
    r"|on trial|in court|cleared|acquitted|charges?|remanded|to prison)\b"
)
_TRIED_BEFORE = re.compile(
    r"\b(?:sent|sentenced|jailed|found|convicted|charged|acquitted|cleared|arrested|remanded|trial of"
    r"|case against|charges against|prosecution of)(?: [\w’'-]+){0,4} $"
)


def by_kind(cast: Cast, parse: Parse, start: int) -> int | None:
    """Named person whose role is of the kind that a description names, or None.

    An example is "the musician" for a violinist.
    """
    narrower = cast.lists.narrower_nouns.get(parse.head)
    if narrower is None or any(word[0].isupper() for word in parse.words) or parse.complement:
        return None
    if parse.head not in cast.kinds:
        by_role = cast.persons.by_role
        cast.kinds[parse.head] = list(
            dict.fromkeys(who for noun in narrower for who in by_role.get(noun, ()))
        )
    found = cast.kinds[parse.head]
    who = nearest(cast, found, titles_of(cast, parse), start) if found else None
    if who is None or last_named_at(cast, who, start) < 0:
        return None
    gender = gender_of_role(parse.head, cast.lists)
    stated = cast.persons.persons[who].gender
    return who if not gender or stated in ("", gender) else None


def by_deed(cast: Cast, parse: Parse, start: int) -> int | None:
    """Named person who does what an agent noun says, or None.

    Examples are "the grower" for "Halvor Moen, who grows saffron", and "the defendant" for whoever is tried.
    """
    if parse.is_plural or any(word[0].isupper() for word in parse.words):
        return None
    if parse.head in cast.lists.people_nouns["accused"]:
        return _first(cast, parse, start, None)
    pattern = _verb_pattern(parse.head, cast.lists)
    return None if pattern is None else _first(cast, parse, start, pattern)


def _first(cast: Cast, parse: Parse, start: int, pattern: re.Pattern[str] | None) -> int | None:
    """Person named last before `start` of whom the article says the deed."""
    gender = gender_of_role(parse.head, cast.lists)
    sentence = cast.article.sentence_at(start)
    persons, text = cast.persons, cast.text
    seen: set[int] = set()
    for a, _, who in persons.before(start, _N_NAMES):
        if sentence - cast.article.sentence_at(a) > _SENTENCES:
            break
        person = persons.persons[who]
        if who in seen or person.gender not in ("", gender or person.gender):
            continue
        seen.add(who)
        for first, end in person.mentions[:_N_MENTIONS]:
            if pattern is not None:
                if pattern.match(text, end, end + _BEHIND):
                    return who
            elif _TRIED_BEHIND.match(text, end, end + _BEHIND) or _TRIED_BEFORE.search(
                text, max(0, first - _BEHIND // 2), first
            ):
                return who
    return None


@lru_cache(maxsize=5_000)
def _verb_pattern(noun: str, lists: Lists) -> re.Pattern[str] | None:
    """Pattern of a verb behind its subject for an agent noun.

    It is None where the noun is not one.
    """
    forms = set(lists.agent_nouns.get(noun, ()))
    stem = noun[:-2] if noun.endswith(("er", "or")) else ""
    if not forms and len(stem) < _SHORTEST:
        return None
    if len(stem) >= _SHORTEST:
        forms |= {stem, *(stem + ending for ending in ("s", "e", "es", "ed", "ing"))}
        if stem[-1] == stem[-2]:
            forms |= {stem[:-1], stem[:-1] + "s"}
    return re.compile(rf"{_SUBJECT}(?:{'|'.join(sorted(map(re.escape, forms)))})\b")
