"""Organisations taken up by the noun of their name, as in "the ministry"."""

from __future__ import annotations

import re
from bisect import bisect_left

from onrecord.mentions.name_runs import UPPER
from onrecord.mentions.parsing import Parse
from onrecord.sources.cast import Cast
from onrecord.wordlists import Lists, word_set

_SENTENCES = 25  # how far back the name is looked for
_BEFORE = 80  # characters in which a name may begin before its noun
# Nouns by which an article means its own country or the state, whatever it has named.
_WORD = rf"[{UPPER}][\w&’'-]*"
_NAME_BEFORE = re.compile(rf"(?<![\w.])(?:{_WORD} (?:(?:and|&|for|of) )?){{1,5}}$")
_NAME_BEHIND = re.compile(
    rf" (?:of|for) (?:the )?{_WORD}(?: (?:(?:and|&) |(?:of|for) (?:the )?)?{_WORD}){{0,4}}"
)
_LOCAL = ("county", "city", "borough")  # "the county", where the article has named one only
_OPENERS = word_set("The A An In At On For And But When While If As By From To Both Its His Her Their Our")


_NOUN_FIRST = re.compile(
    rf"(?:(?:[Hh]er|[Hh]is|[Ii]ts|[Tt]heir|[Tt]he|[Aa]n?|[Oo]ur) )?"
    rf"(?:(?:[{UPPER}][\w’'.-]* ){{0,3}}(?:[a-z][\w’'-]* ){{0,4}}(?P<noun>[a-z][\w-]*)(?P<comma>,?) )"
    rf"(?P<name>[{UPPER}][\w’'&.-]*(?: (?:(?:of|for|and|the|&|de|du|del) )*[{UPPER}\d][\w’'&.-]*)*)[ ,]*$"
)


def name_behind_noun(core: str, lists: Lists) -> tuple[str, str]:
    """Noun and name of an organisation that its noun precedes.

    Both are empty where none does.

    >>> from onrecord.wordlists import load_lists
    >>> name_behind_noun("the union Kabin Norge", load_lists())
    ('union', 'Kabin Norge')
    """
    match = _NOUN_FIRST.match(core)
    if match is None:
        return "", ""
    noun = match["noun"]
    form, is_plural = lists.bodies.get(noun, ("", True))
    is_body = noun in lists.trades or (form in ("institution", "media", "group") and not is_plural)
    is_apposed = bool(match["comma"]) and noun not in lists.singular and noun not in lists.plural
    if is_body and not match["comma"] and noun not in lists.trades and core[0].isupper():
        is_body = core.startswith(("The ", "A ", "An ", "Its ", "Their ", "Her ", "His "))
    return (noun, match["name"]) if is_body or is_apposed else ("", "")


def by_noun(cast: Cast, parse: Parse, start: int) -> int | None:
    """Named organisation that "the" with the noun of its name takes up, or None.

    It is the one named last before `start`, whether or not it has spoken.
    """
    if parse.kind not in ("institution", "media") or parse.is_plural or parse.determiner != "the":
        return None
    if parse.is_one_of or parse.complement:
        return None
    if parse.head in cast.lists.context_words["state"]:
        names = cast.named_by_noun(parse.head, find_names) if parse.head in _LOCAL else []
        known = {name for at, name in names if at < start}
        is_only = len(known) == 1 and not parse.words
        return cast.named_organisation(known.pop(), "institution") if is_only else None
    words = [word for word in parse.words if word.lower() != parse.head]
    if any(word[0].isupper() for word in words):
        return None
    names = cast.named_by_noun(parse.head, find_names)
    at = bisect_left(names, (start,))
    sentence = cast.article.sentence_at(start)
    for position, name in reversed(names[:at]):
        if sentence - cast.article.sentence_at(position) > _SENTENCES:
            return None
        if all(word.lower() in name.lower() for word in words):
            form = "media" if cast.outlet(name) else "institution"
            return cast.named_organisation(name, form)
    return None


def find_names(text: str, noun: str) -> list[tuple[int, str]]:
    """Names of organisations in `text` that contain a noun: start and name.

    >>> find_names("The Ministry of Water and the Tarn Ministry met.", "ministry")
    [(4, 'Ministry of Water'), (29, 'Tarn Ministry')]
    """
    found: list[tuple[int, str]] = []
    capital = noun.capitalize()
    at = text.find(capital)
    while at >= 0:
        end = at + len(capital)
        if not text[end : end + 1].isalnum() and not text[at - 1 : at].isalnum():
            start = at
            if before := _NAME_BEFORE.search(text, max(0, at - _BEFORE), at):
                words = before.group().split(" ")
                while words and words[0] in _OPENERS:
                    words = words[1:]
                while words and words[0] in ("and", "of", "for", "&"):
                    words = words[1:]
                start = at - len(" ".join(words))
            behind = _NAME_BEHIND.match(text, end)
            stop = behind.end() if behind else end
            if start < at or behind:
                found.append((start, re.sub(r"['’]s?$", "", text[start:stop])))
        at = text.find(capital, end)
    return found
