"""One mention of a source, parsed.

A parse has the kind of head, determiner, number, modifiers and complement.

Plain functions over str, without the article around them, so that a mention is parsed once however
often it occurs.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from onrecord.mentions.nouns import head_kind, may_be_person
from onrecord.mentions.phrases import Phrase, open_phrase, read_head
from onrecord.mentions.words import (
    AFTER_PRONOUN,
    DEFINITE,
    GROUP_NUMBERS,
    INDEFINITE,
    NOBODY,
    NUMBER_START,
    OWNER,
    PLURAL_PRONOUNS,
    PRONOUNS,
    QUANTITIES,
    STOPS,
)
from onrecord.wordlists import Lists

_ANOTHER_OF = re.compile(r"(?i)another(?: of\b|$)")
_ANOTHER = re.compile(r"(?i)(?:another|the other|a (?:second|third|fourth|fifth))(?: one)?[ ,]*")
_CONTRACTED = re.compile(r"['’](?:re|ve|ll|d|m)$")  # "They’re running ads": the pronoun alone is meant
# "the Department of Ports and Roads": the rest of an organisation's name
_OF_NAME = re.compile(
    r"(?:of|for|on|against) (?:the )?[A-ZÀ-Þ][\w’'.-]*"
    r"(?:(?:,? (?:and|of|the|for|on|&))* [A-ZÀ-Þ][\w’'.-]*)*(?![\w’'])"
)
_DATED = re.compile(r"on (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z][a-z]+ \d)")


class Parse(NamedTuple):
    """A mention without its article. `head` is in lower case, `words` are as written."""

    kind: str = "other"  # pronoun, person, people, group, institution, document, media, name, quantity, other
    head: str = ""
    is_plural: bool = False
    determiner: str = "none"  # the, a, owner, one, some, all, part ("two of the …"), none
    number: int | None = None
    words: tuple[str, ...] = ()  # content words before the head
    owner: str = ""  # the possessor as written, or a possessive pronoun
    complement: str = ""  # what follows the head, from its preposition on
    core: str = ""  # the noun phrase up to its head
    is_share: bool = False  # a percentage or a ratio of people
    is_one_of: bool = False  # "one of the …"


@lru_cache(maxsize=20_000)
def parse_mention(text: str, lists: Lists) -> Parse:
    """Mention `text` parsed."""
    return _parse(text, lists)


def is_another(mention: str) -> bool:
    """Whether a mention is "another" or the like without a noun."""
    return _ANOTHER.fullmatch(mention) is not None


def _parse(text: str, lists: Lists) -> Parse:
    if _ANOTHER_OF.match(text):
        text = "one" + text[len("another") :]  # "another of the brokers" is one of them
    elif is_another(text):
        text = "one"
    phrase = open_phrase(text)
    if phrase.begin >= len(phrase.tokens):
        return Parse(core=text)
    special = _special(phrase)
    if special is not None:
        return special
    read_head(phrase, lists)
    if phrase.head < 0:
        return Parse(core=text)
    if phrase.is_vague and phrase.determiner == "none":
        phrase.determiner = "some"
    if phrase.is_share:
        return Parse(
            kind="group",
            head="percent",
            is_plural=True,
            determiner="some",
            number=None,
            words=phrase.words,
            owner=phrase.owner,
            complement=phrase.complement,
            core=phrase.core,
            is_share=True,
        )
    return _quantity(phrase, lists) or _noun_phrase(phrase, lists)


def _special(phrase: Phrase) -> Parse | None:
    """Parse of a pronoun, "those who …", "no one", "nothing", or None."""
    low, i = phrase.low, phrase.begin
    following = low[i + 1] if i + 1 < len(low) else ""
    word = _CONTRACTED.sub("", low[i])
    if word != low[i] and word in PRONOUNS:
        return Parse("pronoun", word, word in PLURAL_PRONOUNS, core=phrase.tokens[i][: len(word)])
    if low[i] in NOBODY:
        return Parse(core=phrase.text)
    if low[i] == "no" and following == "one":
        return Parse("group", "nobody", True, core=phrase.text)
    if low[i] == "those" and (
        not following.isalpha() or following in STOPS or following.endswith(("ing", "ed"))
    ):
        rest = phrase.text[phrase.spans[i][1] :].strip()
        return Parse("people", "those", True, "the", complement=rest, core=phrase.text)
    if low[i] in PRONOUNS and (not following or following in AFTER_PRONOUN):
        return Parse("pronoun", low[i], low[i] in PLURAL_PRONOUNS, core=phrase.tokens[i])
    if low[i] in DEFINITE:
        phrase.determiner = "the"
    elif low[i] in INDEFINITE:
        phrase.determiner = "a"
    elif low[i] in OWNER:
        phrase.determiner, phrase.owner = "owner", phrase.tokens[i]
    else:
        return None
    phrase.first = i + 1
    return None


def _quantity(phrase: Phrase, lists: Lists) -> Parse | None:
    """Parse of "two of the aides", "a majority of voters", "some", or None."""
    head, complement = phrase.low[phrase.head], phrase.complement
    bare = not phrase.content and (phrase.number is not None or phrase.is_vague)
    counts = bare or (head in QUANTITIES and phrase.determiner in ("a", "none", "the", "some"))
    if counts and complement[:3].lower() == "of ":
        return _quantity_of(phrase, _parse(complement[3:], lists), bare)
    if not bare:
        return None
    if phrase.number is not None and NUMBER_START.match(complement):
        return Parse("group", "percent", True, "some", complement=complement, core=phrase.core, is_share=True)
    plural = phrase.number != 1 or phrase.is_vague
    determiner = "one" if not plural else "the" if phrase.determiner == "the" else "some"
    return Parse(
        kind="quantity",
        head=head,
        is_plural=plural,
        determiner=determiner,
        number=phrase.number,
        words=(),
        owner=phrase.owner,
        complement=complement,
        core=phrase.core,
    )


def _quantity_of(phrase: Phrase, inner: Parse, bare: bool) -> Parse:
    """Parse of a quantity of what `inner` is."""
    number = phrase.number if bare else GROUP_NUMBERS.get(phrase.low[phrase.head])
    if bare and number is not None and inner.number is not None and inner.determiner != "the":
        return inner._replace(kind="group", is_share=True, core=phrase.text, is_plural=True)  # "eight of 10"
    one = number == 1 and not phrase.is_vague
    kind = inner.kind
    if kind in ("people", "person", "quantity", "pronoun"):
        kind = "person" if one else "people"
    elif kind == "name" and not one and inner.head.endswith("s"):
        kind = "people"
    determiner = "some"
    if one:
        determiner = "one"
    elif phrase.low[phrase.begin] == "all":
        determiner = "all"
    elif inner.determiner == "the":
        determiner = "part"
    whole = phrase.text[phrase.spans[phrase.begin][0] :]
    return inner._replace(
        kind=kind,
        is_plural=not one,
        determiner=determiner,
        number=number,
        core=whole.removesuffix(inner.complement).rstrip(),
        is_one_of=one,
    )


def _noun_phrase(phrase: Phrase, lists: Lists) -> Parse:
    """Parse of a phrase with a noun or a name as its head."""
    tokens, low, head = phrase.tokens, phrase.low, phrase.head
    if low[phrase.begin] == "one" or phrase.number == 1:
        phrase.determiner = "one" if phrase.determiner in ("none", "some") else phrase.determiner
    elif low[phrase.begin] == "all":
        phrase.determiner = "all"
    whole = phrase.cut(phrase.first, head) if phrase.first <= head else ""
    kind, plural = head_kind(tokens[head], whole, lists)
    if plural and phrase.number == 1:
        return Parse(core=phrase.text)  # "one thing lawmakers …": cut off, no noun phrase
    if _is_listed_name(whole, low[head], kind, lists):
        kind, plural = "name", False
    elif (
        tokens[head] in lists.adjectives
        and kind == "name"
        and not phrase.words
        and phrase.determiner != "none"
    ):
        kind = "person"  # "the Republican"
    elif kind == "name" and phrase.words and phrase.determiner != "none" and _is_member(phrase, lists):
        kind = "person"  # "the first-term Democrat"
    elif kind == "name" and not phrase.words and _is_people(phrase):
        kind, plural = "people", True  # "some Lurians"
    elif (
        kind in ("institution", "name")
        and tokens[head][0].isupper()
        and (rest := _rest_of_name(phrase, lists, plural)) is not None
    ):
        return Parse(
            kind="name",
            head=low[head],
            is_plural=False,
            determiner=phrase.determiner,
            number=None,
            words=phrase.words,
            owner=phrase.owner,
            complement=phrase.complement[rest.end() :].strip(),
            core=f"{phrase.core} {rest.group()}",
        )
    elif (
        kind in ("name", "other")
        and tokens[head] not in lists.first_names
        and (title := _quoted_title(phrase))
    ):
        return Parse(
            kind="document",
            head=low[head],
            is_plural=False,
            determiner=phrase.determiner,
            number=None,
            words=phrase.words,
            owner=phrase.owner or title,
            complement=phrase.complement,
            core=phrase.core,
        )
    elif (
        kind in ("institution", "group", "media", "other")
        and phrase.complement.startswith("of ")
        and tokens[head].islower()
    ):
        inner = _parse(phrase.complement[3:], lists)
        if inner.kind == "people" and inner.determiner in ("none", "some"):
            return _built(phrase, "group", True, inner.head)  # "a coalition of leaders"
    if kind == "other" and "former" in low[phrase.first : head] and tokens[head].islower() and not plural:
        kind = "person"  # whatever office it was
    if kind == "other":
        for k in reversed(phrase.content[:-1]):
            near = k + 2 >= head and (
                (low[k] in lists.singular and tokens[head][0].isupper()) or low[k] in lists.bodies
            )
            if near and _may_be_member(phrase, k, lists):
                break  # "one Harbour Party wag"
            if low[k] in lists.plural or near:  # "officials Tuesday", "the website fivethirtyeight"
                kind, plural = head_kind(tokens[k], tokens[k], lists)
                phrase.head = k
                break
    return _built(phrase, "people" if kind == "person" and plural else kind, plural, low[phrase.head])


_PEOPLE_NAME = re.compile(r"[A-ZÀ-Þ][\w-]+(?<=[a-z]s)")
_PEOPLE_END = ("ians", "eans", "ites")


def _is_people(phrase: Phrase) -> bool:
    """Whether a capitalised plural on no list is a people's name: "many Lurians"."""
    word = phrase.tokens[phrase.head]
    if _PEOPLE_NAME.fullmatch(word) is None:
        return False
    counted = phrase.is_vague or (phrase.number or 0) > 1
    return counted or (phrase.determiner == "the" and word.endswith(_PEOPLE_END))


def _may_be_member(phrase: Phrase, k: int, lists: Lists) -> bool:
    """Whether a noun behind an organisation's name may be one of its people."""
    noun = phrase.tokens[phrase.head]
    counted = phrase.determiner in ("a", "one") or phrase.number is not None
    return counted and noun.islower() and phrase.tokens[k][0].isupper() and may_be_person(noun, lists)


def _is_member(phrase: Phrase, lists: Lists) -> bool:
    """Whether a phrase is one of a people or a party, with words before that noun.

    A word with a capital may be part of a name ("the Tarn Democrat" is a newspaper), unless it is a place.
    """
    word, words = phrase.tokens[phrase.head], phrase.words
    if word not in lists.adjectives or word + "s" not in lists.peoples:
        return False
    if words[-1][0].islower() or words[-1] in lists.adjectives:
        return True
    return " ".join(words) in lists.places or words[-1] in lists.places


def _rest_of_name(phrase: Phrase, lists: Lists, plural: bool) -> re.Match[str] | None:
    """Rest of an organisation's name from its preposition on, or None.

    "Centers for Water Control" is one organisation, "Ministries of Ports and Roads" are several.
    """
    head = phrase.low[phrase.head]
    is_body = head in lists.bodies or head in lists.context_words["initiative"]
    if not is_body and not (plural and head.removesuffix("s") in lists.bodies):
        return None
    if plural and not phrase.complement.startswith("for "):
        return None
    return None if _DATED.match(phrase.complement) else _OF_NAME.match(phrase.complement)


def _built(phrase: Phrase, kind: str, plural: bool, head: str) -> Parse:
    return Parse(
        kind=kind,
        head=head,
        is_plural=plural,
        determiner=phrase.determiner,
        number=phrase.number,
        words=phrase.words,
        owner=phrase.owner,
        complement=phrase.complement,
        core=phrase.core,
    )


def _is_listed_name(whole: str, head: str, kind: str, lists: Lists) -> bool:
    if not whole[:1].isupper() or head in lists.plural or whole in lists.adjectives:
        return False
    return (
        bool(lists.outlet(whole))
        or whole in lists.named_bodies
        or (whole in lists.places and kind != "people")
    )


def _quoted_title(phrase: Phrase) -> str:
    """Title of a work in quotation marks around the head, or ""."""
    text = phrase.text
    opened = text.find("“") if "“" in text else text.find('"')
    closed = max(text.rfind("”"), text.rfind('"'))
    return text[opened : closed + 1] if 0 <= opened <= phrase.spans[phrase.head][0] <= closed else ""
