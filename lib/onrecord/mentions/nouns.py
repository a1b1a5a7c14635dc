"""The head of a mention, by lists and endings."""

from __future__ import annotations

import re

from onrecord.wordlists import Lists, word_set

_EVERYONE = word_set("everyone everybody anyone anybody nobody whoever folks none")
_SOMEONE = word_set("someone somebody")
_AGED = re.compile(r"\d{1,3}-year-old(s)?")  # "the 43-year-old"
_PREFIX = re.compile(r"^(?:ex|co|vice|non|anti|pro|self|sub|mid)-")
_PEOPLE_ENDING = re.compile(
    r"[a-z]{3}(?:[eo]rs|eers|ees|ists|ians|crats|ologists|graphers|men|women|folk|people|istas|smiths"
    r"|wrights|herds)$|(?:flat|house|room|class|team|work|ship|cell|crew|play|school)mates$"
    r"|(?:deck|farm|stage|stable)hands$"
    r"|(?:god|step|foster-)(?:mothers|fathers|parents|sons|daughters|children|brothers|sisters)$"
)
_PERSON_ENDING = re.compile(
    r"[a-z]{3}(?:[eo]r|eer|ee|ist|ian|crat|ologist|grapher|woman|man|person|ista|smith|wright|herd)$"
    r"|(?:flat|house|room|class|team|work|ship|cell|crew|play|school)mate$|(?:deck|farm|stage|stable)hand$"
    r"|(?:god|step|foster-)(?:mother|father|parent|son|daughter|child|brother|sister)$"
)
# What a verb of speech has for its subject although it is nobody: "a regulation", "a treatment".
_THING_ENDING = re.compile(
    r"(?:tion|sion|ment|ness|ity|ism|ship|ance|ence|age|ure|sis|logy|graphy|ing|ed|ly|hood|dom|icle|ics|ware|work|time|way|line|book|house|room|board|port|load|yard"
    r"|point|side|land|[cf]tice|ffice|rvice|evice|otice|oice|price)s?$"
)


def head_kind(word: str, phrase: str, lists: Lists) -> tuple[str, bool]:
    """Kind and number (is plural) of the head `word` of `phrase`.

    An unknown capitalised word is a name.
    """
    low = word.lower()
    upper = word[0].isupper()
    if upper and word in lists.context_words["post"]:
        return "person", False
    if upper and word[-1] == "s" and word[:-1] in lists.context_words["post"]:
        return "people", True  # "MEPs"
    if low in lists.spokespeople:
        return "person", low.endswith(("men", "women", "people", "persons"))
    if age := _AGED.fullmatch(low):
        return ("people", True) if age[1] else ("person", False)
    if low in _EVERYONE:
        return "group", True
    if low in _SOMEONE:
        return "person", False
    for form in (low, _PREFIX.sub("", low), low.rpartition("-")[2]):
        if form in lists.plural:
            return "people", True
        if form in lists.singular and not (upper and form != low):
            return "person", False
        if form in lists.bodies and (form == low or not upper or " " not in phrase):
            return lists.bodies[form]
    if word in lists.peoples:
        return "people", True
    if upper:
        return "name", False
    if _PEOPLE_ENDING.search(low) and low[:-1] not in lists.not_persons:
        return "people", True
    if _PERSON_ENDING.search(low) and low not in lists.not_persons:
        return "person", False
    return "other", low.endswith("s") and not low.endswith(("ss", "us", "is"))


def is_known(low: str, word: str, lists: Lists) -> bool:
    """Whether a word is a head by the lists."""
    return (
        low in lists.singular
        or low in lists.plural
        or low in lists.bodies
        or low in lists.spokespeople
        or word in lists.peoples
        or low.rpartition("-")[2] in lists.plural
    )


def has_person_ending(low: str, lists: Lists) -> bool:
    """Whether the ending of a word is that of a noun for a person.

    The word is in lower case. An example is "tiler".
    """
    return bool(_PERSON_ENDING.search(low)) and low not in lists.not_persons and not low.endswith("-three")


def may_be_person(low: str, lists: Lists) -> bool:
    """Whether a noun on no list may be one for people.

    It has no ending of an abstract noun, and is not listed as a thing.
    """
    single = low.removesuffix("s")
    if not low.replace("-", "").isalpha() or len(low) < 3:
        return False
    if low in lists.not_persons or single in lists.not_persons or single in lists.bodies:
        return False
    return not _THING_ENDING.search(low)
