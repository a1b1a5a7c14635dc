"""The head of a mention, by lists and endings."""

from __future__ import annotations

import re

from onrecord.wordlists import Lists, word_set

_EVERYONE = word_set("everyone everybody anyone anybody nobody whoever folks none")
_SOMEONE = word_set("someone somebody")
_AGED = re.compile(r"\d{1,3}-year-old(s)?")  # "the 43-year-old"
_PREFIX = re.compile(r"^(?:ex|co|vice|non|anti|pro|self|sub|mid)-")
_PEOPLE_ENDING = re.compile(
    r"[a-z]{3}(?:[eo]rs|eers|ees|ists|ians|crats|ologists|graphers|men|women|folk|people)$"
)
_PERSON_ENDING = re.compile(r"[a-z]{3}(?:[eo]r|eer|ee|ist|ian|crat|ologist|grapher|woman|man|person)$")


def head_kind(word: str, phrase: str, lists: Lists) -> tuple[str, bool]:
    """Return (kind, is plural) of the head `word` of `phrase`.

    An unknown capitalised word is a name.
    """
    low = word.lower()
    upper = word[0].isupper()
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
    """Return whether a word is a head by the lists."""
    return (
        low in lists.singular
        or low in lists.plural
        or low in lists.bodies
        or low in lists.spokespeople
        or word in lists.peoples
        or low.rpartition("-")[2] in lists.plural
    )
