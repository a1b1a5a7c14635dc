"""The persons whom an article names: who they are, where they stand, which gender their words tell."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from onrecord.mentions.name_runs import SUFFIXES, UPPER, Run, cut_to_pair, read_runs
from onrecord.mentions.name_types import NameType, name_types
from onrecord.mentions.outlets import OUTLET_LIKE
from onrecord.records import Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists

_APPOSITION = re.compile(
    r"(?:,? \([^()\n]{1,20}\))?, (?:\d\d, )?(?:who (?:is|was) )?(?:an?|the|his|her|its|their"
    r"|one of the|president|"
    r"director|chief|chairman|professor|head|founder|executive|senior|former|deputy|vice|co-\w+|spokes\w+)\b"
    r" ?(?P<words>(?:[\w’'.&-]+ ?){0,9})"
)
_INITIALS = re.compile(rf"(?:[{UPPER}]\.)+")
_WORDS = re.compile(r"[\w’'-]+")
# The probability from which on a name is a person's: of two words or more, a known first name that speaks,
# after a title, after a role, a single word, and where the last word is a noun for people or organisations.
LIKELY, FIRST_NAME, _TITLED, _ROLE, _LONE, _SURE = 0.45, 0.15, 0.05, 0.1, 0.7, 0.8
_ROLE_BEFORE = re.compile(r"([A-Za-z][a-z-]+),? $")


@lru_cache(maxsize=20_000)
def _key(word: str) -> str:
    """Return a last name as it is compared: capitals and kinds of apostrophe do not matter."""
    return word.replace("’", "'").casefold()


@dataclass
class Person:
    """One person whom an article names, with all places where the name stands."""

    name: str
    last: str
    gender: str  # m, f or ""
    roles: set[str] = field(default_factory=set)
    mentions: list[Span] = field(default_factory=list)
    n_full: int = 0


class Persons(NamedTuple):
    """The persons of an article and their mentions in text order (start, end, index of the person)."""

    persons: list[Person]
    mentions: list[tuple[int, int, int]]
    by_last: dict[str, list[int]]  # last name in lower case -> persons
    by_role: dict[str, list[int]]  # noun for a role -> persons
    capitals: list[tuple[str, int, int]]  # every run of capitalised words: text, start, end
    types: dict[str, NameType]  # of each name as written, without titles

    def named(self, word: str) -> int | None:
        """Return the person with this last name: the one most named in full."""
        candidates = self.by_last.get(_key(word))
        return max(candidates, key=lambda who: (self.persons[who].n_full, -who)) if candidates else None

    def within(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Return the mentions that lie within [start, end)."""
        return self.mentions[bisect_left(self.mentions, (start,)) : bisect_left(self.mentions, (end,))]

    def before(self, offset: int, number: int) -> list[tuple[int, int, int]]:
        """Return up to `number` mentions that start before `offset`, the nearest first."""
        position = bisect_right(self.mentions, (offset, -1))
        return self.mentions[max(0, position - number) : position][::-1]


def find_persons(article: Article, lists: Lists) -> Persons:
    """Return the persons whom `article` names.

    A name of two words or more is a person where its surroundings and its words say so (see
    `name_types`) or after a title, unless a word list says that it is something else. A single word is
    a person after a title, or where it is the last or first name of one found so.
    """
    text = article.text
    capitals: list[tuple[str, int, int]] = []
    singles, runs = read_runs(text, lists, capitals)
    pairs = {run.words for run in runs if len(run.words) == 2}
    runs = [cut_to_pair(run) if len(run.words) > 2 and run.words[:2] in pairs else run for run in runs]
    types = name_types(article, singles, runs)
    found: list[Person] = []
    by_last: dict[str, list[int]] = {}
    by_full: dict[tuple[str, ...], int] = {}
    placed: list[tuple[Run, int]] = []
    for run in runs:
        if len(run.words) > 1 and _is_person(text, run, types, lists):
            placed.append((run, _enter(run, found, by_last, by_full, lists)))
    for run, index in placed:  # before a title alone is to tell two of one last name apart
        _describe(text, run, found[index], lists)
    lone = [run for run in runs if len(run.words) == 1]
    for run in lone:
        if _introduces(run, by_last, lists):
            _enter(run, found, by_last, by_full, lists)
    firsts = _unique_firsts(found, by_last)
    for word in dict.fromkeys([*(run.words[0] for run in lone), *(word for word, _, _ in singles)]):
        explained = _key(word) in by_last or word in firsts
        if not explained and is_person_name(word, types, lists, least=_LONE) and _is_name(word, lists):
            _enter(Run(0, 0, (), (word,)), found, by_last, by_full, lists)
    for run in lone:
        if (index := _lone(run.words[0], run.titles, found, by_last, firsts)) is not None:
            placed.append((run, index))
            _describe(text, run, found[index], lists)
    mentions = {(run.start, run.end, index) for run, index in placed}
    known: dict[str, int | None] = {}
    for word, start, end in singles:
        if word not in known:
            known[word] = _lone(word, (), found, by_last, firsts)
        if (index := known[word]) is not None:
            mentions.add((start, end, index))
    ordered = sorted(mentions)
    for start, end, index in ordered:
        found[index].mentions.append((start, end))
    by_role: dict[str, list[int]] = {}
    for index, person in enumerate(found):
        for role in person.roles:
            by_role.setdefault(role, []).append(index)
    return Persons(found, ordered, by_last, by_role, capitals, types)


def _introduces(run: Run, by_last: dict[str, list[int]], lists: Lists) -> bool:
    """Return whether a title makes a person of a lone name that no full name explains."""
    title = run.titles[-1] if run.titles else ""
    return (
        (title in lists.titles or title.lower() in lists.spokespeople)
        and run.titles[0] not in lists.first_names
        and _key(run.words[0]) not in by_last
        and _is_name(run.words[0], lists)
    )


def _is_person(text: str, run: Run, types: Mapping[str, NameType], lists: Lists) -> bool:
    """Return whether a name of two words or more is a person's, by its context or after a title."""
    if sum(word not in SUFFIXES for word in run.words) < 2:
        return False
    if run.titles and run.titles[-1] in lists.titles:
        least = _TITLED
    elif run.titles or _has_role_before(text, run.start, lists):
        least = _ROLE
    else:
        least = LIKELY
    return is_person_name(" ".join(run.words), types, lists, least=least)


def is_person_name(name: str, types: Mapping[str, NameType], lists: Lists, *, least: float = LIKELY) -> bool:
    """Return whether `name` has at least the probability `least` of being a person's.

    The word lists win over the context: a listed place, organisation or outlet is not a person. A name
    that ends in the noun of an organisation or a people ("Rosa Bank") needs a higher probability.
    """
    found = types.get(name)
    if found is None or found.person < least:
        return False
    words = [word for word in name.split() if word not in SUFFIXES]
    whole = " ".join(words)
    if not words or whole in lists.places or whole in lists.named_bodies or lists.outlet(whole):
        return False
    if any(word.isupper() and len(word) > 2 and "." not in word for word in words):
        return False
    last = words[-1]
    if lists.bodies.get(last.lower(), ("",))[0] == "institution" or (
        least > _TITLED
        and (
            last.lower() in lists.bodies
            or last in lists.peoples
            or last in lists.adjectives
            or last.lower() in lists.plural
            or last.lower() in lists.singular
            or OUTLET_LIKE.search(last)
        )
    ):
        return found.person >= _SURE
    return True


def _has_role_before(text: str, offset: int, lists: Lists) -> bool:
    """Return whether the word before `offset`, but for a comma, is a noun for a role."""
    blank = text.rfind(" ", max(0, offset - 25), max(0, offset - 1))
    role = _ROLE_BEFORE.search(text, max(blank, offset - 25, 0), offset)
    return role is not None and (role[1].lower() in lists.singular or role[1].lower() in lists.spokespeople)


def _apposition(text: str, offset: int) -> str:
    """Return the apposition that follows a name at `offset`, or ""."""
    if not text.startswith((",", " ("), offset):
        return ""
    match = _APPOSITION.match(text, offset, offset + 120)
    return match.group() if match else ""


def _words_before(text: str, start: int, stop: int) -> list[str]:
    """Return up to four words that end right before `stop`, single blanks between and perhaps a comma."""
    before = text[start:stop]
    words: list[str] = []
    if not before.endswith(" "):
        return words
    for part in before[:-1].removesuffix(",").split(" ")[:-5:-1]:
        word = part if part.isalpha() else next(iter(_WORDS.findall(part)[-1:]), "")
        if not word or not part.endswith(word):
            break
        words.append(word)
        if word != part:
            break
    return words[::-1]


def _is_name(word: str, lists: Lists) -> bool:
    return not (
        word in lists.places
        or word in lists.named_bodies
        or word in lists.peoples
        or word in lists.adjectives
        or word.lower() in lists.bodies
        or word.lower() in lists.singular
        or word.lower() in lists.plural
        or lists.outlet(word)
        or (word.isupper() and len(word) > 1)
        or word in lists.titles
        or word.lower() in lists.ranks
    )


def _enter(run: Run, found: list[Person], by_last: dict, by_full: dict, lists: Lists) -> int:
    """Return the index of the person whom `run` names; a new one is added."""
    words = tuple(word for word in run.words if not _INITIALS.fullmatch(word)) or run.words
    suffix = words[-1] if words[-1] in SUFFIXES else ""
    core = words[:-1] if suffix else words
    first, last = core[0], core[-1]
    index = by_full.get((_key(first), _key(last), suffix))
    if index is None and len(core) > 1:
        for other in by_last.get(_key(last), ()):
            known = found[other].name.split(" ")
            if len(known) == 1 or (
                not suffix
                and _key(known[-1]) == _key(last)
                and min(len(known[0]), len(first)) > 2
                and (known[0].startswith(first) or first.startswith(known[0]))
            ):
                index = other
                break
    if index is None:
        index = len(found)
        found.append(Person(" ".join(run.words), last, ""))
        by_last.setdefault(_key(last), []).append(index)
    by_full[_key(first), _key(last), suffix] = index
    person = found[index]
    person.n_full += 1
    if len(run.words) > len(person.name.split(" ")):
        person.name = " ".join(run.words)
    gender = lists.first_names.get(first, "") if len(core) > 1 else ""
    if not person.gender and gender in ("m", "f"):
        person.gender = gender
    return index


def _unique_firsts(found: list[Person], by_last: dict[str, list[int]]) -> dict[str, int]:
    firsts: dict[str, int] = {}
    for index, person in enumerate(found):
        first = person.name.split(" ")[0]
        if " " in person.name and _key(first) not in by_last and first not in firsts:
            firsts[first] = index
    return firsts


def _lone(word: str, titles: tuple[str, ...], found: list[Person], by_last: dict, firsts: dict) -> int | None:
    """Return whom a single capitalised word names: the one most named in full, by gender of the title."""
    candidates = by_last.get(_key(word))
    if not candidates:
        return firsts.get(word)
    if len(candidates) == 1:
        return candidates[0]
    if titles:
        gender = _title_gender(titles)
        candidates = [i for i in candidates if not gender or found[i].gender in ("", gender)] or candidates
        roles = {title.lower() for title in titles}
        candidates = [i for i in candidates if found[i].roles & roles] or candidates
    return max(candidates, key=lambda index: (found[index].n_full, -index))


def _title_gender(titles: tuple[str, ...]) -> str:
    for title in titles:
        if title in ("Mr.", "Mr", "Sir", "King", "Prince", "Lord"):
            return "m"
        if title in ("Mrs.", "Mrs", "Ms.", "Ms", "Miss", "Lady", "Queen", "Princess", "Dame", "Baroness"):
            return "f"
    return ""


_SPELLED = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "pres": "president",
    "dr": "doctor",
    "prof": "professor",
    "gen": "general",
    "capt": "captain",
    "lt": "lieutenant",
    "col": "colonel",
    "sgt": "sergeant",
    "amb": "ambassador",
    "supt": "superintendent",
    "det": "detective",
    "insp": "inspector",
    "rev": "reverend",
    "cmdr": "commander",
}
_HE = (
    "man",
    "father",
    "husband",
    "brother",
    "son",
    "uncle",
    "grandfather",
    "actor",
    "king",
    "prince",
    "waiter",
    "host",
)
_SHE = (
    "woman",
    "mother",
    "wife",
    "sister",
    "daughter",
    "aunt",
    "grandmother",
    "actress",
    "queen",
    "princess",
    "hostess",
    "waitress",
    "businesswoman",
    "first-lady",
)


def gender_of_role(role: str) -> str:
    """Return "m" or "f" where the word for a role tells it, else ""."""
    if role.endswith("woman") or role in _SHE:
        return "f"
    return "m" if role.endswith("man") or role in _HE else ""


def _describe(text: str, run: Run, person: Person, lists: Lists) -> None:
    """Add to `person` the roles and the gender that stand around one mention."""
    for title in run.titles:
        role = title.lower().rstrip(".")
        person.roles.add(_SPELLED.get(role, role))
        if not person.gender:
            person.gender = lists.titles.get(title, "") or gender_of_role(title.lower())
    if len(run.words) == 1 and not run.titles:
        return
    around = _words_before(text, max(0, run.start - 50 - sum(map(len, run.titles))), run.start)
    around += _WORDS.findall(_apposition(text, run.end))
    for before, word in zip(["", *around], around, strict=False):
        word = word.lower()
        if word in lists.singular or word in lists.spokespeople:
            person.roles.add(word)
            # "Prime Minister", "Harbour Minister": what stands before it is part of the role.
            if before[:1].isupper() and before not in lists.adjectives:
                person.roles.add(before.lower())
            if not person.gender:
                person.gender = gender_of_role(word)
