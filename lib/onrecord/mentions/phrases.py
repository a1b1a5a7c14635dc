"""The noun phrase of a mention, read from left to right up to its head.

What precedes the head is its determiner, number, owner and words of content; what follows
it is the complement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from onrecord.mentions.nouns import is_known
from onrecord.mentions.words import (
    AFTERTHOUGHTS,
    DEFINITE,
    FOCUS,
    HEDGES,
    INDEFINITE,
    LEADING,
    NO_CONTENT,
    NOT_AFTER_THAT,
    NUMBERS,
    STOPS,
    THIRD_PERSON,
    VAGUE,
)
from onrecord.wordlists import Lists

_TOKEN = re.compile(
    r"['’]s\b|(?:[A-Za-z]\.){2,}"
    r"|(?:Sens?|Reps?|Gov|Mrs?|Ms|Drs?|Prof|Gen|Lt|St|Sept|Oct|Nov|Dec|Jan|Feb|Aug)\."
    r"|\d+(?:[,.]\d+)*(?:(?:[-/]\w+)+|[a-z]+)?%?"
    r"|\w+(?:[-.&/@]\w+|['’](?!s\b)\w+)*|[^\w\s]"
)
_FIGURE = re.compile(r"\d[\d,.]*")


@dataclass
class Phrase:
    """A noun phrase while it is read from left to right.

    The lists are indices of tokens.
    """

    text: str
    spans: list[tuple[int, int]]
    tokens: list[str]
    low: list[str]
    begin: int = 0
    first: int = 0  # behind the determiner
    stop: int = 0  # where the complement begins
    head: int = -1
    content: list[int] = field(default_factory=list)
    determiner: str = "none"
    owner: str = ""
    number: int | None = None
    is_vague: bool = False
    is_share: bool = False

    def cut(self, first: int, last: int) -> str:
        """Text from token `first` to token `last`."""
        return self.text[self.spans[first][0] : self.spans[last][1]]

    @property
    def complement(self) -> str:
        return self.text[self.spans[self.stop][0] :] if self.stop < len(self.spans) else ""

    @property
    def core(self) -> str:
        return self.cut(self.begin, self.head)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.tokens[k] for k in self.content if k < self.head)


def open_phrase(text: str) -> Phrase:
    """Phrase of `text` in tokens, to be read from behind its opening."""
    matches = list(_TOKEN.finditer(text))
    tokens = [match.group() for match in matches]
    phrase = Phrase(text, [match.span() for match in matches], tokens, [token.lower() for token in tokens])
    _skip_opening(phrase)
    return phrase


def _skip_opening(phrase: Phrase) -> None:
    """Leave out what precedes the noun phrase.

    It is a preposition of the cue, "nearly", "more than".
    """
    low = phrase.low
    i = 0
    while i < len(low) and (not low[i][0].isalnum() or low[i] in LEADING):
        if low[i] in ("that", "both") and i + 1 == len(low):
            break
        if low[i] == "that" and _is_demonstrative(phrase, i):
            break
        if low[i] == "that" and phrase.low[i + 1] in THIRD_PERSON:  # "that gives lawmakers": no noun phrase
            phrase.begin = len(low)
            return
        i += 1
    while i < len(low) - 1:
        if low[i] in HEDGES and low[i + 1] in ("than", "least", "most", "to"):
            i += 2
        elif low[i] in FOCUS or (low[i] in HEDGES and (low[i + 1] in NUMBERS or low[i + 1][0].isdigit())):
            i += 1
        else:
            break
    phrase.begin = phrase.first = i


def _is_demonstrative(phrase: Phrase, i: int) -> bool:
    """Whether "that" points at a noun: "that person", not "that officials".

    A singular noun for people needs a determiner. Only a phrase of both words is one.
    """
    if i + 2 != len(phrase.low):
        return False
    noun = phrase.tokens[i + 1]
    return noun.isalpha() and noun.islower() and not noun.endswith("s") and noun not in NOT_AFTER_THAT


def read_head(phrase: Phrase, lists: Lists) -> None:
    """Read the phrase up to its head: the first other word ends it."""
    tokens, low = phrase.tokens, phrase.low
    j = phrase.first
    phrase.stop = len(tokens)
    while j < len(tokens):
        word = low[j]
        if word in ("'s", "’s") or (word in ("'", "’") and j > 0 and low[j - 1].endswith("s")):
            if j + 1 == len(tokens):
                phrase.stop = j
                return
            if j > phrase.first:
                phrase.owner = phrase.text[phrase.spans[phrase.first][0] : phrase.spans[j][0]]
            phrase.determiner, phrase.number, phrase.is_vague = "owner", None, False
            phrase.content, phrase.head = [], -1
            phrase.first = j + 1
        elif word.endswith("%") or word in ("percent", "percentage") or low[j : j + 2] == ["per", "cent"]:
            phrase.is_share = True
            phrase.head, phrase.stop = j, j + 1 + (word == "per")
            return
        elif word in NO_CONTENT or (word == "." and _is_initial(phrase, j)):
            pass
        elif word in ("and", "or", "&"):
            if _is_complete(phrase, lists):
                phrase.stop = j
                return
        elif word == "of" and phrase.head >= 0 and (after := _body_before(tokens, phrase.head, j, lists)):
            phrase.content.extend(range(j, after))  # "a Department of Health official"
            j = after
            continue
        elif _ends(phrase, j, lists):
            phrase.stop = j
            return
        elif word == "," or (word in STOPS and tokens[j].islower() and word != "close"):
            pass  # "angry, tired voters"
        else:
            _take(phrase, j)
        j += 1


def _is_initial(phrase: Phrase, j: int) -> bool:
    """Whether token `j` is the full stop of an initial: "the Anna B. Caseley Fund"."""
    before, after = phrase.tokens[j - 1 : j], phrase.tokens[j + 1 : j + 2]
    return bool(before and after) and len(before[0]) == 1 and before[0].isupper() and after[0][0].isupper()


def _is_complete(phrase: Phrase, lists: Lists) -> bool:
    """Whether the phrase has its head before "and".

    "State and local leaders" does not.
    """
    head = phrase.head
    if head < 0 or not is_known(phrase.low[head], phrase.tokens[head], lists):
        return False
    counted = phrase.determiner != "none" or phrase.number is not None
    return counted or phrase.tokens[head][0].isupper() or phrase.low[head] in lists.plural


def _ends(phrase: Phrase, j: int, lists: Lists) -> bool:
    """Whether token `j` is behind the head."""
    tokens, low, head = phrase.tokens, phrase.low, phrase.head
    word = low[j]
    if phrase.content and (word in AFTERTHOUGHTS or tokens[j] == "I"):
        return True
    if not word[0].isalnum():
        if word != "," or head < 0 or head + 1 != j or j + 1 == len(low):
            return True
        following = low[j + 1]
        adjective = tokens[head].islower() and not is_known(low[head], tokens[head], lists)
        return not adjective or following in STOPS or following in DEFINITE or following in INDEFINITE
    started = head >= 0 or phrase.number is not None
    if word in STOPS and (j == phrase.first or tokens[j].islower()) and not (word == "close" and head < 0):
        return started
    if word in THIRD_PERSON and head >= 0 and tokens[head][0].isupper() and low[head] in lists.bodies:
        return True  # "the Caseley Foundation shows"
    participle = tokens[j].islower() and word.endswith(("ed", "ing")) and word not in lists.singular
    return participle and head >= 0 and is_known(low[head], tokens[head], lists)


def _take(phrase: Phrase, j: int) -> None:
    """Take token `j` into the phrase as a number, a quantity or a word of content."""
    word = phrase.low[j]
    if word in NUMBERS or _FIGURE.fullmatch(word):
        half = "half" in phrase.low[:j]
        value = NUMBERS.get(word, _digits(word))
        if word == "dozen":
            value = 6 if half else 12 * (phrase.number or 1)
        if not phrase.content or word in NUMBERS:
            phrase.number = value
        phrase.head = j if phrase.head < 0 else phrase.head
    elif word in VAGUE and not phrase.content:
        phrase.is_vague = True
        phrase.head = j if phrase.head < 0 else phrase.head
    else:
        phrase.head = j
        phrase.content.append(j)


def _digits(word: str) -> int | None:
    digits = re.sub(r"\D", "", word)
    return int(digits[:9]) if digits else None


def _body_before(tokens: list[str], head: int, of: int, lists: Lists) -> int:
    """Position of the lower-case head behind "Department of Homeland Security", or 0."""
    if not tokens[head][0].isupper():
        return 0
    first = k = of + 1 + (tokens[of + 1 : of + 2] == ["the"])
    while k < len(tokens) and (tokens[k][0].isupper() or (tokens[k] in ("and", "&") and k > first)):
        k += 1
    fits = first < k < len(tokens) and tokens[k].islower() and is_known(tokens[k], tokens[k], lists)
    return k if fits else 0
