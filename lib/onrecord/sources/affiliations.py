"""Affiliations: the organisation, place of office or person of somebody.

A phrase has its affiliation before the noun ("Alder Foods chief executive") or behind a preposition
("chief executive of Alder Foods").
"""

from __future__ import annotations

from functools import lru_cache

from onrecord.mentions.nouns import has_person_ending
from onrecord.mentions.outlets import outlet_like
from onrecord.mentions.words import STOPS
from onrecord.sources.phrase_words import Words
from onrecord.sources.sector_phrases import organisation_of
from onrecord.wordlists import Lists, word_set

Range = tuple[int, int]  # first and stop, half open, in words

_LINKS = word_set("of for at with from in to")
_DETERMINERS = word_set("the a an its his her their our this that")
COUNTED_WORDS = word_set("one two three four five six seven eight nine ten first second third")
_IN_NAMES = word_set("of for the and & on de la du des del y e von van")
_NO_PART = word_set("at with from")  # what they precede is not part of a title
_STOP = STOPS | word_set(
    """at for from in with on to by about who whom whose which that because when where while since after
    before during under over into between among against near across within without through is was are
    were has have had will would could should can may might did do does be been said says told but than
    not if so or and it he she they we i you based of a an the there here until as"""
)
_LONGEST = 8  # words of a complement


@lru_cache(maxsize=20_000)
def is_organisation_name(name: str, lists: Lists) -> bool:
    """Whether the words of a capitalised name show that it is an organisation's."""
    if name in lists.places:
        return False
    if " & " in name or name in lists.named_bodies or lists.outlet(name) or outlet_like(lists).search(name):
        return True
    parts = [word for word in name.split() if word[:1].isupper()]
    if not parts:
        return False
    if len(parts) > 1 and (parts[-1] in lists.firm_words or organisation_of(name.split(" "), lists)):
        return True
    if len(parts) == 1 and len(name) >= 3 and name.isupper() and name.isalpha():
        return True
    return any(
        lists.bodies.get(word.lower().rstrip(".,"), ("document", False))[0] != "document"
        for word in (parts[0], parts[-1], name.split(" of ")[0].split()[-1])
    )


def find_affiliation_before(words: Words, first: int, head: int, lists: Lists) -> tuple[int, Range | None]:
    """First word of the title, and the affiliation before it in the same noun phrase.

    A capital parts "Alder Foods" from "chief executive", and "Holme" from "Police Chief".
    """
    start = _title_start(words, first, head, lists)
    lower = words.words[head][0].islower()
    if start == first or (lower and first == 0 and start == 1 and words.words[start][0].islower()):
        begin, found = _without_body(words, first, head, lists)
        if start == first or found is not None:
            return begin, found
    prefix = [k for k in range(first, start) if words.words[k][0].isalnum()]
    if all(
        lists.title_words.get(words.low[k]) in ("part", "aside") and words.words[k] not in lists.adjectives
        for k in prefix
    ):
        return first, None  # "Health secretary"
    begin = start
    while begin > first and (
        words.is_upper(begin - 1)
        or words.words[begin - 1] in ("&", ".", "-")
        or (words.low[begin - 1] in _IN_NAMES and begin - 1 > first and words.is_upper(begin - 2))
    ):
        begin -= 1
    while begin < start - 1 and words.low[begin] in lists.context_words["before_title"]:
        begin += 1
    joint = max((k for k in range(begin, start) if words.low[k] == "and"), default=start)
    if joint + 1 < start and all(word in lists.adjectives for word in words.words[joint + 1 : start]):
        begin = joint + 1  # "Moll and German Chancellor"
    if begin == start:
        return first, None  # "former state Rep."
    if words.low[start - 1] in ("and", "&", "of", "for"):
        start = head  # "Water and Land Services Director"
    if all(words.low[k] in lists.context_words["place_noun"] for k in range(begin, start)):
        return begin, None  # "City Attorney"
    if start - begin == 1 and begin == 0 and _is_common(words.words[0], lists):
        return start, None  # "Two-time champion", at the start of a sentence
    if all(lists.adjectives.get(word) for word in words.words[begin:start]):
        return _nationality(words, (first, begin, start), head, lists)
    return start, (begin, start)


def _nationality(words: Words, at: tuple[int, int, int], head: int, lists: Lists) -> tuple[int, Range | None]:
    """Title behind an adjective of a people or party.

    Only an office makes the adjective an affiliation.
    """
    first, begin, start = at
    noun = lists.plural.get(words.low[head], words.low[head])
    is_party = all(lists.adjectives[word] == "party" for word in words.words[begin:start])
    if is_party or noun in lists.people_nouns["official"] or lists.singular.get(noun) == "office":
        return start, (begin, start)
    return (start, None) if begin == first else (begin, None)


def _is_title_word(word: str, lists: Lists) -> bool:
    """Whether a capitalised word may belong to a title: "Deputy", "Health", "Striker"."""
    low = word.lower()
    if low in lists.bodies and low not in lists.title_words:
        return False
    return (
        lists.title_words.get(low) in ("part", "aside")
        or low in lists.ranks
        or low.rpartition("-")[2] in lists.singular
        or low in lists.spokespeople
        or word in lists.titles
        or has_person_ending(low, lists)
    )


def _is_common(word: str, lists: Lists) -> bool:
    """Whether a capitalised word is a compound of common words."""
    first, _, rest = word.lower().partition("-")
    return bool(rest) and rest.islower() and (first in COUNTED_WORDS or word[len(first) + 1].islower())


def _title_start(words: Words, first: int, head: int, lists: Lists) -> int:
    """First word of the title in a noun phrase with its head at `head`."""
    start = head
    has_lower = words.words[head][0].islower()
    while start > first:
        word, low = words.words[start - 1], words.low[start - 1]
        if has_lower and start - 1 == first and low in lists.context_words["before_title"]:
            start -= 1  # "Former federal prosecutor", at the start of a sentence
            break
        if word[0].isupper():
            is_part = word not in lists.adjectives and _is_title_word(word, lists)
            is_place = low == "county" and start - 1 > first and words.is_upper(start - 2)
            if has_lower or not is_part or is_place:
                break
        elif word.isalpha() and low not in ("and", "of"):
            has_lower = True
        start -= 1
    while start < head and (words.low[start] in ("and", "of") or not words.words[start][0].isalnum()):
        start += 1
    return start


def _without_body(words: Words, first: int, head: int, lists: Lists) -> tuple[int, Range | None]:
    """Lower-case affiliation before a noun.

    Examples are "police spokesman" and "central bank governor".
    """
    noun = lists.plural.get(words.words[head], words.words[head])
    if words.words[head] in lists.spokespeople:
        bodies = [
            k for k in range(first, head) if _is_body(words.low[k], lists) or words.low[k] in lists.fields
        ]
    elif noun in lists.people_nouns["staff"] or (lists.singular.get(noun) == "office" and noun != "owner"):
        nouns = (k for k in range(first, head) if words.low[k] not in lists.title_words)
        bodies = [k for k in nouns if _is_body(words.low[k], lists)]
    else:
        return first, None
    if not bodies:
        return first, None
    return bodies[-1] + 1, (first, bodies[-1] + 1)


def _is_body(noun: str, lists: Lists) -> bool:
    """Whether a noun is one for an institution."""
    return lists.bodies.get(noun, ("", False)) == ("institution", False)


def find_affiliation_after(words: Words, at: int, lists: Lists) -> tuple[bool, Range | None, int]:
    """Whether a complement belongs to the title, its affiliation, and its end.

    The complement begins with the preposition at word `at`. The end is `at` where there is none.
    """
    link = words.low[at]
    if link == "," and words.is_upper(at + 1):
        stop = _name_end(words, at + 1, lists)
        name = _joined(words, at + 1, stop)
        return (False, (at + 1, stop), stop) if is_organisation_name(name, lists) else (False, None, at)
    if link not in _LINKS:
        return False, None, at
    first = at + 1
    if link == "to" and not words.is_upper(first) and words.low[first : first + 1] != ["the"]:
        return False, None, at  # "an actress to comment"
    while first < len(words) and words.low[first] in _DETERMINERS:
        first += 1
    stop = first
    while stop < min(len(words), first + _LONGEST) and not _ends(words, stop, lists):
        stop += 1
    if stop < len(words) and words.low[stop] == "and" and stop > first:
        stop = _behind_and(words, stop, lists)
    if stop <= first:
        return False, None, at
    if words.low[stop : stop + 1] == ["and"] and words.is_upper(stop + 1) and words.is_upper(first):
        behind = _name_end(words, stop + 1, lists)
        if all(lists.title_words.get(low) == "part" for low in words.low[stop + 1 : behind]):
            stop = behind  # "Minister for Women and Children"
    content = [k for k in range(first, stop) if words.words[k][0].isalnum() and words.low[k] != "and"]
    if (
        not content
        or words.words[content[0]][0].isdigit()
        or words.low[content[-1]].rstrip("s") in lists.context_words["time"]
    ):
        return False, None, at
    is_person = link == "for" and words.low[content[-1]] in lists.singular and not words.is_upper(first)
    is_place = words.low[first] in lists.context_words["place_noun"] and words.low[stop : stop + 1] == ["of"]
    if (
        link in ("of", "for")
        and not (is_person or is_place)  # "attorney for the District of Fenn"
        and all(lists.title_words.get(words.low[k]) == "part" for k in content)
    ):
        return True, None, stop  # "secretary of state"
    if any(words.is_upper(k) and words.words[k] not in lists.adjectives for k in content):
        return _proper(words, at, first, stop, lists)
    form, is_plural = lists.bodies.get(words.low[content[-1]], ("document", True))
    if form != "document" and not is_plural and not _another_follows(words, stop, lists):
        stop = _of_name(words, stop, lists)
        return False, (first, stop), stop
    if is_person:
        return False, None, stop  # "a clerk for the county attorney"
    is_part = link not in _NO_PART and (link != "in" or words.low[at - 1] in lists.people_nouns["expert"])
    return is_part, None, stop if is_part else at


def _behind_and(words: Words, at: int, lists: Lists) -> int:
    """End of a complement with "and": "voting and elections".

    It is `at` where "and" joins something else.
    """
    stop = at + 1
    while stop < min(len(words), at + 4) and not _ends(words, stop, lists):
        if (
            not words.words[stop][0].islower()
            or words.low[stop] in lists.singular
            or words.low[stop] in ("other", "others")
        ):
            return at
        stop += 1
    return stop if stop > at + 1 else at


def _proper(words: Words, at: int, first: int, stop: int, lists: Lists) -> tuple[bool, Range | None, int]:
    """What `find_affiliation_after` returns for a complement with a name."""
    link = words.low[at]
    if words.is_upper(first):
        stop = _end_of_proper(words, first, stop, lists)
    begin = first
    while begin < stop - 1 and not (words.is_upper(begin) or words.is_possessive(begin + 1)):
        begin += 1
    if words.is_upper(begin) and not any(words.is_possessive(k) for k in range(first, begin)):
        first, stop = begin, max(stop, _name_end(words, begin, lists))  # "at group Equality Norrland"
    name = _joined(words, first, stop)
    if link in ("from", "in") and not is_organisation_name(name, lists):
        return False, None, stop
    if link == "to":
        return True, None, stop  # "ambassador to Norway"
    if link in ("of", "for") and words.is_upper(at - 1) and _another_follows(words, stop, lists):
        return True, None, stop  # "Director of Marine Policy, Tarn Institute"
    return False, (first, stop), stop


def _end_of_proper(words: Words, first: int, stop: int, lists: Lists) -> int:
    """End of a phrase that opens with a name.

    Examples are "Tarn city council" and "the FDA’s Centre for Water".
    """
    name = _name_end(words, first, lists)
    owner = next((k for k in range(first, max(stop, name + 1)) if words.is_possessive(k)), None)
    if owner is None:
        return stop if name < stop and words.low[stop - 1] in lists.bodies else name
    stop = owner + 1
    while stop < min(len(words), owner + _LONGEST) and not _ends(words, stop, lists):
        stop += 1
    return max(stop, _name_end(words, owner + 1, lists)) if words.is_upper(owner + 1) else stop


def _another_follows(words: Words, stop: int, lists: Lists) -> bool:
    """Whether an affiliation follows a name: ", Tarn Institute", "at Alder Foods"."""
    if stop + 1 >= len(words):
        return False
    if words.low[stop] in ("at", "for", "with"):
        begin = stop + 1 + (words.low[stop + 1] == "the")
        return words.is_upper(begin)
    if words.words[stop] != ",":
        return False
    return is_organisation_name(_joined(words, stop + 1, _name_end(words, stop + 1, lists)), lists)


def _ends(words: Words, k: int, lists: Lists) -> bool:
    """Whether the noun phrase of a complement ends before word `k`."""
    word, low = words.words[k], words.low[k]
    if words.is_possessive(k) or word == "&":
        return False
    if word == ".":
        return not words.is_abbreviated(k - 1, lists)
    return not word[0].isalnum() or (low in _STOP and word[0].islower())


def _name_end(words: Words, first: int, lists: Lists) -> int:
    """Index behind the name that begins at `first`: "Centre for Water and Land"."""
    stop = first
    while stop < len(words):
        goes_on = (
            words.is_upper(stop)
            or (words.words[stop][0].isdigit() and stop > first)
            or (words.low[stop] in _IN_NAMES and _upper_follows(words, stop, lists))
            or (words.words[stop] == "." and len(words.words[stop - 1]) == 1)
        )
        if not goes_on:
            break
        stop += 1
    return stop


def _upper_follows(words: Words, k: int, lists: Lists) -> bool:
    """Whether a capital follows the small words at `k`."""
    end = k
    while end < len(words) and words.low[end] in _IN_NAMES and end < k + 3:
        end += 1
    if words.low[k] == "on" and words.low[k - 1] not in lists.context_words["on"]:
        return False
    return words.is_upper(end)


def _of_name(words: Words, stop: int, lists: Lists) -> int:
    """End of "board of Alder Foods": an organisation's noun with its name."""
    if stop + 1 < len(words) and words.low[stop] == "of":
        begin = stop + 1 + (words.low[stop + 1] == "the")
        if words.is_upper(begin):
            return _name_end(words, begin, lists)
    return stop


def _joined(words: Words, first: int, stop: int) -> str:
    return " ".join(words.words[first:stop])
