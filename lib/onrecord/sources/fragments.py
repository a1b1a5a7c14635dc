"""Capitalised words that are not a source: party tags, parts of headlines."""

from __future__ import annotations

import re

from onrecord.mentions.parsing import Parse
from onrecord.sources.cast import Cast
from onrecord.sources.lone_names import only_opens_sentence
from onrecord.text.memo import once_per_article
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists

_PARTY_TAG = re.compile(r"[A-Z]{1,3}-[A-Z][A-Za-z]{1,5}\.?")  # "(R-Orv.)"
_TAG_REACH = 30  # characters before a tag in which its bearer's name ends
_OTHER, _NOT_BODY = 0.88, 0.1  # probabilities: from which on a name is nothing, and of an organisation
_WORD = re.compile(r"[A-Za-zÀ-ÿ][\w’'-]*")
_HEADLINE_WORDS, _HEADLINE_SHARE = 6, 0.7
_LONGEST_HEADLINE = 200  # characters
_SHORTEST_WORD = 4  # letters from which on a headline writes a word with a capital
_ENDS_SENTENCE = (".", "”", '"', "!", "…", ":", ";", ",")


def bearer_of_tag(cast: Cast, core: str, start: int) -> int | None:
    """Person before a party tag that was taken for a name, or None: "Fenn (R-Orv.)"."""
    if not _is_tag(cast.text, core, start) or cast.text.endswith(_LINK_END, 0, start):
        return None
    for _, end, who in cast.persons.before(start, 1):
        if start - end <= _TAG_REACH:
            return who
    return None


_LINK_END = ("MORE (", "More (")  # of a link within the sentence: who precedes it is not known


def _is_tag(text: str, core: str, start: int) -> bool:
    """Whether a name is a party tag, in brackets or between commas."""
    if "-" not in core or not text.endswith(("(", "[", ", "), 0, start):
        return False
    return _PARTY_TAG.fullmatch(core) is not None


def speaks_by_last_name(cast: Cast, parse: Parse, core: str, end: int) -> bool:
    """Whether a person speaks whom only a last name or a user's name names.

    Examples are "Rounds said" and "Night Owl (@owl)".
    """
    if cast.text.startswith(_HANDLE, end):
        return not _is_body(cast, core)
    if parse.determiner != "none" or " " in core or not core.istitle() or _SAYS.match(cast.text, end) is None:
        return False
    found = cast.persons.types.get(core)
    known = core in cast.lists.adjectives or core in cast.lists.starters or core.lower() in cast.lists.bodies
    is_plain = not known and not only_opens_sentence(cast, core, end)
    return is_plain and found is not None and found.organisation < _NOT_BODY and found.place < _PLACE


_HANDLE = (" (@", "™ (@")  # who signs a post
_SURE_BODY = 0.6  # probability of an organisation


def _is_body(cast: Cast, core: str) -> bool:
    """Whether the signature of a post is that of an organisation."""
    words, lists = core.split(" "), cast.lists
    found = cast.persons.types.get(core)
    return (
        core in lists.named_bodies
        or core in lists.places
        or any(word.lower() in lists.bodies or word in lists.firm_words for word in words)
        or (found is not None and found.organisation >= _SURE_BODY)
    )


_SAYS = re.compile(r" (?:said|told|says|recalled|replied|wrote|tweeted|captioned|joked|reminded|reminds)\b")
_PLACE = 0.3  # probability of a place, at most


# "LUMENROD PUSHES ITS PLAN — The firm has …": a headline in capitals within its paragraph
_CAPITALS = re.compile(r" [A-Z]{4,}(?: [A-Z’'-]{2,}){1,}|(?: [A-Z]{2,}){3,}")


def is_fragment(cast: Cast, parse: Parse, core: str, start: int, end: int) -> bool:
    """Whether a name that nothing else makes known is a fragment and not a source.

    It is a party tag, an adjective before its noun ("Lurian claims"), a word that the article uses for
    anything but an organisation, or a part of a headline in capitals that occurs nowhere else.
    """
    lists = cast.lists
    if _is_tag(cast.text, core, start):
        return True
    if core.isupper() and core not in lists.named_bodies and _CAPITALS.match(cast.text, end):
        return lists.outlet(core) is None and core not in lists.places
    if core in lists.places or core in lists.named_bodies or core.isupper():
        return is_in_headline(cast, core, start) and core not in lists.places | lists.named_bodies
    has_noun = re.match(r" (?!and |or |also |has |is |was |had )[a-z]{3,}", cast.text[end : end + 20])
    if core in lists.adjectives and parse.determiner == "none" and has_noun is not None:
        return True
    found = cast.persons.types.get(core)
    if found is not None and parse.determiner == "none":
        is_name = core in cast.by_short or any(word.isupper() for word in core.split(" "))
        if found.other >= _OTHER and found.organisation < _NOT_BODY and not is_name:
            return True
    return is_in_headline(cast, core, start)


def is_in_headline(cast: Cast, core: str, start: int) -> bool:
    """Whether a name of two words or more occurs only in a headline in capitals."""
    if " " not in core or not headlines(cast.article, cast.lists):
        return False
    number = cast.article.paragraph_at(start)
    if number not in headlines(cast.article, cast.lists):
        return False
    words = core.split(" ")
    last = words[-1]
    lists = cast.lists
    is_body = last in lists.firm_words or last.lower() in lists.bodies or lists.outlet(core)
    if is_body or cast.text.count(core) > 1:
        return False
    return not (core in lists.named_bodies or core in lists.places)


@once_per_article
def headlines(article: Article, lists: Lists) -> frozenset[int]:
    """Numbers of the paragraphs that are headlines whose words have capitals."""
    found = set()
    text = article.text
    for number, (start, end) in enumerate(article.paragraphs):
        if end - start > _LONGEST_HEADLINE or text[start:end].rstrip().endswith(_ENDS_SENTENCE):
            continue
        words = [word for word in _WORD.findall(text, start, end) if len(word) >= _SHORTEST_WORD]
        capitals = sum(word[0].isupper() for word in words)
        if len(words) >= _HEADLINE_WORDS and capitals >= _HEADLINE_SHARE * len(words):
            found.add(number)
    return frozenset(found)
