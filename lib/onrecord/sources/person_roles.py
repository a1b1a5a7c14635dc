"""The roles of named persons: what the words around a name say about who it is."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.mentions.name_runs import Run
from onrecord.mentions.nouns import head_kind, may_be_person
from onrecord.records import Span
from onrecord.sources.person_index import Person
from onrecord.sources.titles import read_title
from onrecord.text.by_word import ByWord
from onrecord.wordlists import Lists, word_set

_APPOSITION = re.compile(
    r"(?:,? \([^()\n]{1,20}\))?, (?:\d\d, )?(?:who (?:is|was) )?(?:an?|the|his|her|its|their"
    r"|one of the|president|"
    r"director|chief|chairman|professor|head|founder|executive|senior|former|deputy|vice|co-\w+|spokes\w+)\b"
    r" ?(?P<words>(?:[\w’'.&-]+ ?){0,9})"
)
# "Rashid Osk was principal of the school"
_COPULA = re.compile(
    r" (?:is|was|became|has been|had been) "
    r"(?:(?:an?|the|its|their|his|her|also|still|now|then|once|one of the) )*(?P<words>(?:[\w’'.&-]+ ?){0,6})"
)
_DESCRIBES = (",", " (", " is ", " was ", " became ", " has been ", " had been ")
# "Fathy Jomaa, owner of the zoo"
_BARE_APPOSITION = re.compile(r", (?:\d\d, )?(?:[a-z-]+ ){0,2}[a-z-]+(?= (?:of|at|for|in|with|from)\b)")
_WORDS = re.compile(r"[\w’'-]+")
_ROLE_BEFORE = re.compile(r"([A-Za-z][a-z-]+),? $")
# "her husband, Piet", "fishmonger Lena", "a porter known here only as Ravi", "a friend called Yusuf"
_ROLE_OF_LONE = re.compile(
    r"(?:(?<=\bhis )|(?<=\bher )|(?<=\btheir )|(?<=[’']s ))([a-z][a-z-]+) $|"
    r"([a-z][a-z-]+)(?:,? (?:identified|named|called|known|who gave (?:his|her|their) (?:first )?name)"
    r"(?: only| simply| just)*(?: as| by)?(?: the name)?(?: of)? |,? )$"
)
_LAST_IN_LOWER_CASE = re.compile(r"[a-z][a-z-]+\Z")
# Last words of what may come between the noun and the name.
_CALLING = word_set("identified named called known name only simply just as by of")
# "one of the ", "the youngest of the ", "the other two "
_ONE_OF = re.compile(
    r"(?i)\b(?:one|youngest|oldest|eldest|first|last|another) of (?:the|his|her|their) (?:[a-z-]+ ){0,2}$"
)
_AFTER_LONE = re.compile(
    r"(?:[.,;:“”\"!?)\n]|$| \(| (?:said|says|told|added|recalled|wrote|explained|who|and|shouted|asked"
    r"|replied|yelled|whispered|cried|answered|admitted|insisted|warned|claimed)\b)"
)


def has_role_before(text: str, offset: int, lists: Lists) -> bool:
    """Whether the word before `offset`, but for a comma, is a noun for a role."""
    noun = _noun_before(text, offset).lower()
    if not noun or (noun not in lists.singular and noun not in lists.spokespeople):
        return False
    if noun not in lists.people_nouns["body_too"]:
        return True
    start = offset - len(noun) - (2 if text.endswith(", ", 0, offset) else 1)
    return not text.endswith(("its ", "Its "), 0, start)  # "its owner, Lumenrod"


def _noun_before(text: str, offset: int) -> str:
    """Word right before `offset`, but for a comma, or ""."""
    if not text.endswith(" ", 0, offset):
        return ""
    blank = text.rfind(" ", max(0, offset - 25), offset - 1)
    word = text[blank + 1 : offset - 1].removesuffix(",")
    if blank >= 0 and word[1:].islower() and word.isascii() and word.isalpha():
        return word  # most words: without the pattern
    role = _ROLE_BEFORE.search(text, max(blank, offset - 25, 0), offset)
    return role[1] if role else ""


def plural_role_before(text: str, offset: int, lists: Lists) -> str:
    """Singular of a plural noun for a role right before `offset`, or ""."""
    return lists.plural.get(_noun_before(text, offset).lower(), "")


def role_before_lone(text: str, start: int, end: int, lists: Lists) -> str:
    """Noun for a role before a name of one word that it introduces, or ""."""
    if text[start - 1 : start] != " " or not _AFTER_LONE.match(text, end):
        return ""
    found = _noun_of_lone(text, start)
    if found is None:
        return ""
    begin, end = found
    noun = text[begin:end]
    kind = _kind_of(noun, lists)
    if not kind:
        return ""
    if kind == "person":
        return noun
    if kind == "people" and _ONE_OF.search(text, max(0, begin - 50), begin):
        return lists.plural.get(noun, noun)  # "one of the tenants, Piet"
    is_called = end + 2 < start  # "a barista who gave her name as Lena"
    return noun if is_called and may_be_person(noun, lists) else ""


@lru_cache(maxsize=20_000)
def _kind_of(noun: str, lists: Lists) -> str:
    """Kind of a noun before a name, or "" where it is a firm's: "chip maker Lumenrod"."""
    return "" if lists.trades.get(noun) in ("firm", "regulator") else head_kind(noun, noun, lists)[0]


def _noun_of_lone(text: str, start: int) -> Span | None:
    """Span of the noun before a name of one word at `start`, behind a blank."""
    first = max(0, start - 60)
    stop = start - 1 - (text[start - 2 : start - 1] == ",")
    word = _LAST_IN_LOWER_CASE.search(text, max(first, text.rfind(" ", first, max(first, stop)) + 1), stop)
    if word is None or word[0] not in _CALLING:
        return word.span() if word else None  # most names: without the longer pattern
    role = _ROLE_OF_LONE.search(text, first, start)
    return role.span(role.lastindex or 0) if role else None


def add_role(person: Person, role: str, lists: Lists) -> None:
    """Add a role to a person, and the gender that the noun gives."""
    person.roles.add(role)
    if not person.gender:
        person.gender = gender_of_role(role, lists)


def _apposition(text: str, offset: int) -> str:
    """Apposition that follows a name at `offset`, or ""."""
    match = _COPULA.match(text, offset, offset + 100)
    match = (
        match
        or _APPOSITION.match(text, offset, offset + 120)
        or _BARE_APPOSITION.match(text, offset, offset + 80)
    )
    return match.group() if match else ""


_OWNER = re.compile(r" (?:of|for|at) (?:the )?((?:[A-ZÀ-Þ][\w’'-]*(?: (?=[A-ZÀ-Þ]))?){1,4})")
_BRACKETS = re.compile(r"^,? \([^)]*\)")
_OPENING = word_set("who is was one a an the")  # of an apposition: no role has been read yet
_FOLLOWS_ROLE = word_set(
    "of at for in with from to by on as against about over under that who which than like near after before"
)


def _roles_before(text: str, start: int, stop: int, lists: Lists) -> list[str]:
    """Words right before a name at `stop` that belong to its role, up to four.

    There are single blanks between them and perhaps a comma. "The nurse treated Lee" has none, nor has
    "President Tarn and Lee".
    """
    kept: list[str] = []
    if not text.endswith(" ", start, stop):
        return kept
    belongs = _belongs_to_role(lists)
    for part in text[start : stop - 1].removesuffix(",").rsplit(" ", 4)[:-5:-1]:
        word = part if part.isalpha() else next(iter(_WORDS.findall(part)[-1:]), "")
        if not word or not part.endswith(word):
            break
        if kept and word.endswith(("'s", "’s")):
            kept.append(word)
            break
        if kept and word.lower() == "and":
            before = kept[-1].lower()
            if lists.plural.get(before, before) not in lists.singular:
                break
        elif not belongs[word]:
            break
        kept.append(word)
        if word != part:
            break
    return kept[::-1]


@lru_cache(maxsize=16)
def _belongs_to_role(lists: Lists) -> ByWord[bool]:
    """Whether a word before a name may belong to its role."""

    def belongs(word: str) -> bool:
        low = word.lower()
        is_role = lists.plural.get(low, low) in lists.singular or low in lists.spokespeople
        return is_role or word[0].isupper() or low in lists.context_words["joining"] or low in lists.ranks

    return ByWord(belongs)


def _roles_within(apposition: str) -> list[str]:
    """Words of an apposition up to its first preposition, and after "and".

    "a friend of the mayor" is a friend and not a mayor.
    """
    kept: list[str] = []
    is_of_person = True
    seen_word = False
    if "(" in apposition:
        apposition = _BRACKETS.sub("", apposition)
    for word in _WORDS.findall(apposition):
        low = word.lower()
        if low in _FOLLOWS_ROLE and seen_word:
            is_of_person = False
        elif low == "and":
            is_of_person = True
        elif is_of_person:
            kept.append(word)
            seen_word = seen_word or not (low.isdigit() or low in _OPENING)
    return kept


def is_described_as_person(text: str, end: int, lists: Lists) -> bool:
    """Whether an apposition makes a name of one word a person's: "Krone, a nurse,".

    Nouns that organisations may have too ("a member", "a retailer") say nothing.
    """
    parts = read_title(text[end + 2 : end + _NEAR_NAME], lists)
    if parts is None or parts.head in lists.trades or parts.head in lists.people_nouns["body_too"]:
        return False
    return parts.head in lists.singular or parts.head.capitalize() in lists.adjectives


_NEAR_NAME = 120  # characters of an apposition that are read


@lru_cache(maxsize=20_000)
def gender_of_role(role: str, lists: Lists) -> str:
    """ "m" or "f" where the word for a role tells it, else ""."""
    if role.endswith("woman") or role in lists.people_nouns["female"]:
        return "f"
    return "m" if role.endswith("man") or role in lists.people_nouns["male"] else ""


def describe(text: str, run: Run, person: Person, lists: Lists) -> None:
    """Add to `person` the roles and the gender around one mention."""
    for title in run.titles:
        role = title.lower().rstrip(".")
        role = lists.plural.get(role, role)
        person.roles.add(lists.title_roles.get(role, role))
        if not person.gender:
            person.gender = lists.titles.get(title, "") or gender_of_role(title.lower(), lists)
    if len(run.words) == 1 and not run.titles:
        return
    around = _roles_before(text, max(0, run.start - 50 - sum(map(len, run.titles))), run.start, lists)
    if text.startswith(_DESCRIBES, run.end):
        apposition = _apposition(text, run.end)
        around += _roles_within(apposition)
        if around and (owner := _OWNER.search(apposition)) is not None:
            person.roles.update(owner[1].lower().split())  # "the leader of Lobo Vivo": the Lobo leader
    if not around:
        return
    head = _apposed_head(text, run.end, lists)
    for before_it, word in zip(["", *around], around, strict=False):
        word = word.lower()
        word = lists.plural.get(word, word)  # "the senators Ida Moss and Bela Krone"
        if word in lists.singular or word in lists.spokespeople or word == head:
            person.roles.add(word)
            # "Prime Minister", "Harbour Minister": the word before it is part of the role.
            if before_it[:1].isupper() and _may_be_of_role(before_it, lists):
                person.roles.add(before_it.lower())
            if not person.gender:
                person.gender = gender_of_role(word, lists)


def _may_be_of_role(word: str, lists: Lists) -> bool:
    """Whether a capitalised word before a role is part of it: "Harbour Minister"."""
    return word not in lists.adjectives and word not in lists.starters and not word.endswith(("'s", "’s"))


# ", 54, a seamstress": an apposition of one noun phrase
_APPOSED_NOUN = re.compile(
    r",(?: \d\d,)? an? (?:[\w’'-]+ ){0,3}?([a-z-]+)(?=[,.;]| (?:at|in|of|for|from|with|on|near|who|whose)\b)"
)


def _apposed_head(text: str, offset: int, lists: Lists) -> str:
    """Noun of an apposition that has an indefinite article, or ""."""
    match = _APPOSED_NOUN.match(text, offset, offset + 80) if text.startswith(",", offset) else None
    return match[1] if match and may_be_person(match[1], lists) else ""
