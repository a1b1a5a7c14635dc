"""Outlets on no list, known by how the article introduces them."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.mentions.parsing import parse_mention
from onrecord.records import Span
from onrecord.text.tokens import Article
from onrecord.text.triggers import Triggers
from onrecord.wordlists import Lists, outlet_key, word_set

_KIND = re.compile(
    r" (?:news (?:web)?site|news agency|news outlet|newspaper|broadcaster|news channel|radio station"
    r"|news service|website)\b"
)
# "the news agency Sahel Info", "the newspaper Falter"
_KIND_BEFORE = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[a-z]+ly|local|state-run|state|public|private|told|online|its|their)"
    r" (?:[a-z-]+ ){0,2}?"
    r"(?:news (?:web)?site|news agency|agency|news outlet|newspaper|daily|weekly|tabloid|broadcaster"
    r"|news channel|radio station|news service|magazine|television|TV|radio|station|channel) "
    r"(?P<name>[A-Z][\w.&’'-]*(?: [A-Z][\w.&’'-]*){0,3})"
)
# One is in any match of the two: only lines with one are searched.
_KIND_WORDS = Triggers(
    word_set(
        "news agency daily weekly tabloid broadcaster magazine television TV radio station channel website"
    )
)
_NAME_BEFORE = re.compile(r"\b[A-Z][\w.&’'-]*(?: [A-Z][\w.&’'-]*){0,3}$")
_NUMBERS = "One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten"
_REACH = 80  # characters before the kind in which its name may begin


@lru_cache(maxsize=4)
def outlet_like(lists: Lists) -> re.Pattern[str]:
    """Pattern of names with a word of lists.outlet_words, which sound like outlets."""
    words = "|".join(re.escape(word) for word in sorted(lists.outlet_words))
    return re.compile(
        rf"\b(?:{words or '(?!)'}|Channel (?:\d+|{_NUMBERS}))\b"
        r"(?! (?:Office|Association|Club|Secretary|Corp|Council))"
        r"|\.(?:com|org|net|co\.uk)$"
    )


def is_outlet(mention: str, lists: Lists) -> bool:
    """Whether a mention is an outlet or the media."""
    parse = parse_mention(mention, lists)
    if parse.kind == "media" or parse.head == "media" or lists.outlet(parse.core) or lists.outlet(mention):
        return True
    if outlet_like(lists).search(parse.core):
        return True
    words = mention.removesuffix(" ,").split(" ")
    return len(words) > 1 and words[0][:1].isupper() and words[-1] in lists.outlet_field_words


def whole_outlet(text: str, short: str, listed: str, lists: Lists) -> str:
    """Outlet that "the Post" takes up: one that `text` names in full, or `listed`.

    An outlet of the list comes before one that only sounds like an outlet.
    """
    last = short.rpartition(" ")[2]
    if " " in listed.removeprefix("The ") and listed.removeprefix("The ") in text:
        return listed
    unlisted = None
    for match in re.finditer(rf"\b(?:[A-Z][\w.’'-]* ){{1,3}}{re.escape(last)}\b", text):
        words = match.group().removeprefix("The ").split(" ")
        for first in range(len(words) - 1):
            if whole := lists.outlet(" ".join(words[first:])):
                return whole
        if unlisted is None and len(words) > 1 and last in lists.outlet_field_words:
            unlisted = " ".join(words)
    return unlisted or listed


def introduced_outlets(article: Article) -> dict[str, str]:
    """Names of outlets that `article` introduces.

    Keys are the name as outlets are looked up, alone and introduced.
    """
    found: dict[str, str] = {}
    text = article.text
    lines = _lines_at(text, [at for _, at in _KIND_WORDS.find(article)])
    for kind in (match for line in lines for match in _KIND.finditer(text, *line)):
        before = text[max(0, kind.start() - _REACH) : kind.start()]
        if match := _NAME_BEFORE.search(before):
            name = match.group().removeprefix("The ")
            found[outlet_key(name)] = found[outlet_key(match.group() + kind.group())] = name
    for kind in (match for line in lines for match in _KIND_BEFORE.finditer(text, *line)):
        name = re.sub(r"['’]s?$", "", kind["name"].rstrip("."))
        found.setdefault(outlet_key(name), name)
    return found


def _lines_at(text: str, offsets: list[int]) -> list[Span]:
    """Lines of `text` at some of the offsets, in text order."""
    found: list[Span] = []
    for at in sorted(offsets):
        if not found or at >= found[-1][1]:
            end = text.find("\n", at)
            found.append((text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end))
    return found


@lru_cache(maxsize=4)
def outlet_ending(lists: Lists) -> re.Pattern[str]:
    """Pattern of names that sound like outlets where an outlet is expected.

    The last word is one of lists.outlet_field_words: "told the Valley Echo".
    """
    words = "|".join(re.escape(word) for word in sorted(lists.outlet_field_words))
    return re.compile(rf"(?:^| )(?:{words or '(?!)'})$|^(?:Radio|TV) [A-Z]")
