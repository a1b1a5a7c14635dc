"""One mention of a source, parsed: its kind of head, determiner, number, modifiers and complement.

Plain functions over str, without the article around them, so that a mention is parsed once however
often it occurs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from onrecord.mention_words import (
    AFTER_PRONOUN,
    AFTERTHOUGHTS,
    DEFINITE,
    FOCUS,
    GROUP_NUMBERS,
    HEDGES,
    INDEFINITE,
    LEADING,
    NO_CONTENT,
    NOBODY,
    NUMBER_START,
    NUMBERS,
    OWNER,
    PLURAL_PRONOUNS,
    PRONOUNS,
    QUANTITIES,
    STOPS,
    THIRD_PERSON,
    VAGUE,
)
from onrecord.nouns import head_kind, is_known
from onrecord.wordlists import Lists

_TOKEN = re.compile(
    r"['’]s\b|(?:[A-Za-z]\.){2,}"
    r"|(?:Sens?|Reps?|Gov|Mrs?|Ms|Drs?|Prof|Gen|Lt|St|Sept|Oct|Nov|Dec|Jan|Feb|Aug)\."
    r"|\d+(?:[,.]\d+)*(?:(?:[-/]\w+)+|[a-z]+)?%?"
    r"|\w+(?:[-.&/@]\w+|['’](?!s\b)\w+)*|[^\w\s]"
)
_FIGURE = re.compile(r"\d[\d,.]*")


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
    """Return the mention `text` parsed."""
    return _parse(text, lists)


@dataclass
class _Phrase:
    """A noun phrase while it is read from left to right; the lists are indices of tokens."""

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
        """Return the text from token `first` to token `last`."""
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


def _parse(text: str, lists: Lists) -> Parse:
    matches = list(_TOKEN.finditer(text))
    tokens = [match.group() for match in matches]
    phrase = _Phrase(text, [match.span() for match in matches], tokens, [token.lower() for token in tokens])
    _skip_opening(phrase)
    if phrase.begin >= len(tokens):
        return Parse(core=text)
    special = _special(phrase)
    if special is not None:
        return special
    _read(phrase, lists)
    if phrase.head < 0:
        return Parse(core=text)
    if phrase.is_vague and phrase.determiner == "none":
        phrase.determiner = "some"
    if phrase.is_share:
        return Parse(
            "group",
            "percent",
            True,
            "some",
            None,
            phrase.words,
            phrase.owner,
            phrase.complement,
            phrase.core,
            True,
        )
    return _quantity(phrase, lists) or _noun_phrase(phrase, lists)


def _skip_opening(phrase: _Phrase) -> None:
    """Leave out what stands before the noun phrase: a preposition of the cue, "nearly", "more than"."""
    low = phrase.low
    i = 0
    while i < len(low) and (not low[i][0].isalnum() or low[i] in LEADING):
        if low[i] in ("that", "both") and i + 1 == len(low):
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


def _special(phrase: _Phrase) -> Parse | None:
    """Return the parse of a pronoun, "those who …", "no one", "nothing", or None."""
    low, i = phrase.low, phrase.begin
    following = low[i + 1] if i + 1 < len(low) else ""
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


def _read(phrase: _Phrase, lists: Lists) -> None:
    """Read the phrase up to its head: what is no content, number or quantity ends it."""
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
        elif word in NO_CONTENT:
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


def _is_complete(phrase: _Phrase, lists: Lists) -> bool:
    """Return whether the phrase has its head before "and": "state and local leaders" has not."""
    head = phrase.head
    if head < 0 or not is_known(phrase.low[head], phrase.tokens[head], lists):
        return False
    counted = phrase.determiner != "none" or phrase.number is not None
    return counted or phrase.tokens[head][0].isupper() or phrase.low[head] in lists.plural


def _ends(phrase: _Phrase, j: int, lists: Lists) -> bool:
    """Return whether token `j` stands behind the head."""
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
    participle = tokens[j].islower() and word.endswith(("ed", "ing")) and word not in lists.singular
    return participle and head >= 0 and is_known(low[head], tokens[head], lists)


def _take(phrase: _Phrase, j: int) -> None:
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
    """Return where a lower-case head follows "Department of Homeland Security", or 0."""
    if not tokens[head][0].isupper():
        return 0
    first = k = of + 1 + (tokens[of + 1 : of + 2] == ["the"])
    while k < len(tokens) and (tokens[k][0].isupper() or (tokens[k] in ("and", "&") and k > first)):
        k += 1
    fits = first < k < len(tokens) and tokens[k].islower() and is_known(tokens[k], tokens[k], lists)
    return k if fits else 0


def _quantity(phrase: _Phrase, lists: Lists) -> Parse | None:
    """Return the parse of "two of the aides", "a majority of voters", "some", or None."""
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
        "quantity", head, plural, determiner, phrase.number, (), phrase.owner, complement, phrase.core
    )


def _quantity_of(phrase: _Phrase, inner: Parse, bare: bool) -> Parse:
    """Return the parse of a quantity of what `inner` is."""
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


def _noun_phrase(phrase: _Phrase, lists: Lists) -> Parse:
    """Return the parse of a phrase with a noun or a name as its head."""
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
    elif (
        kind in ("name", "other")
        and tokens[head] not in lists.first_names
        and (title := _quoted_title(phrase))
    ):
        return Parse(
            "document",
            low[head],
            False,
            phrase.determiner,
            None,
            phrase.words,
            phrase.owner or title,
            phrase.complement,
            phrase.core,
        )
    elif (
        kind in ("institution", "group", "media", "other")
        and phrase.complement.startswith("of ")
        and tokens[head].islower()
    ):
        inner = _parse(phrase.complement[3:], lists)
        if inner.kind == "people" and inner.determiner in ("none", "some"):
            return _built(phrase, "group", True, inner.head)  # "a coalition of leaders"
    if kind == "other":
        for k in reversed(phrase.content[:-1]):
            near = k + 2 >= head and (
                (low[k] in lists.singular and tokens[head][0].isupper()) or low[k] in lists.bodies
            )
            if low[k] in lists.plural or near:  # "officials Tuesday", "the website fivethirtyeight"
                kind, plural = head_kind(tokens[k], tokens[k], lists)
                phrase.head = k
                break
    return _built(phrase, "people" if kind == "person" and plural else kind, plural, low[phrase.head])


def _built(phrase: _Phrase, kind: str, plural: bool, head: str) -> Parse:
    return Parse(
        kind,
        head,
        plural,
        phrase.determiner,
        phrase.number,
        phrase.words,
        phrase.owner,
        phrase.complement,
        phrase.core,
    )


def _is_listed_name(whole: str, head: str, kind: str, lists: Lists) -> bool:
    if not whole[:1].isupper() or head in lists.plural or whole in lists.adjectives:
        return False
    return (
        bool(lists.outlet(whole))
        or whole in lists.named_bodies
        or (whole in lists.places and kind != "people")
    )


def _quoted_title(phrase: _Phrase) -> str:
    """Return the title of a work that stands in quotation marks around the head, or ""."""
    text = phrase.text
    opened = text.find("“") if "“" in text else text.find('"')
    closed = max(text.rfind("”"), text.rfind('"'))
    return text[opened : closed + 1] if 0 <= opened <= phrase.spans[phrase.head][0] <= closed else ""
