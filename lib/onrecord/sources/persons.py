"""The persons whom an article names: who they are, where they stand, which gender their words tell."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from onrecord.mentions.name_runs import SUFFIXES, UPPER, Run, cut_to_pair, read_runs
from onrecord.mentions.outlets import OUTLET_LIKE
from onrecord.records import Span
from onrecord.wordlists import Lists, word_set

# Bodies that are surnames as well, and given names that are words: a first name before them decides.
_SURNAMES_TOO = word_set(
    """baker cook butler carpenter fisher hunter mason potter porter shepherd singer judge king pope bishop
    dean duke earl major marshal knight ranger archer weaver farmer driver brewer priest monk baron
    miner carter house bank law guard church temple prince park force post price page bush case wolf"""
)
_AFTER = re.compile(
    r",? ?\(?(?:(?P<age>\d{2})(?=[,)])|(?P<party>[DRI]-[A-Z])|(?P<speech>said|says|told|wrote|added"
    r"|tweeted|asked|argued|testified)\b)"
)
_APPOSITION = re.compile(
    r"(?:,? \([^()\n]{1,20}\))?, (?:\d\d, )?(?:who (?:is|was) )?(?:an?|the|his|her|its|their"
    r"|one of the|president|"
    r"director|chief|chairman|professor|head|founder|executive|senior|former|deputy|vice|co-\w+|spokes\w+)\b"
    r" ?(?P<words>(?:[\w’'.&-]+ ?){0,9})"
)
_INITIALS = re.compile(rf"(?:[{UPPER}]\.)+")
_WORDS = re.compile(r"[\w’'-]+")
_ROLE_BEFORE = re.compile(r"([a-z][a-z-]+),? $")


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


def find_persons(text: str, lists: Lists) -> Persons:
    """Return the persons whom `text` names.

    A run of two to four capitalised words is a person from two points on: known first name or title
    2 each, courtesy title before the last name elsewhere 2, middle initial 2, age or apposition after
    it 1, party tag 1, reporting verb after it 1, last name alone elsewhere 1, a place -2. A single
    word is a person after a title, or where it is the last or first name of one found so.
    """
    capitals: list[tuple[str, int, int]] = []
    singles, runs = read_runs(text, lists, capitals)
    pairs = {run.words for run in runs if len(run.words) == 2}
    runs = [cut_to_pair(run) if len(run.words) > 2 and run.words[:2] in pairs else run for run in runs]
    titled = {run.words[-1] for run in runs if run.titles and run.titles[-1] in _COURTESY}
    alone = {word for word, _, _ in singles} | {run.words[0] for run in runs if len(run.words) == 1}
    found: list[Person] = []
    by_last: dict[str, list[int]] = {}
    by_full: dict[tuple[str, ...], int] = {}
    placed: list[tuple[Run, int]] = []
    for run in runs:
        if len(run.words) > 1 and _score(text, run, alone, titled, lists) >= 2:
            placed.append((run, _enter(run, found, by_last, by_full, lists)))
    for run, index in placed:  # before a title alone is to tell two of one last name apart
        _describe(text, run, found[index], lists)
    lone = [run for run in runs if len(run.words) == 1]
    for run in lone:
        if _introduces(run, by_last, lists):
            _enter(run, found, by_last, by_full, lists)
    firsts = _unique_firsts(found, by_last)
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
    return Persons(found, ordered, by_last, by_role, capitals)


_COURTESY = frozenset(("Mr.", "Mr", "Ms.", "Ms", "Mrs.", "Mrs"))


def _introduces(run: Run, by_last: dict[str, list[int]], lists: Lists) -> bool:
    """Return whether a title makes a person of a lone name that no full name explains."""
    title = run.titles[-1] if run.titles else ""
    return (
        (title in lists.titles or title.lower() in lists.spokespeople)
        and run.titles[0] not in lists.first_names
        and _key(run.words[0]) not in by_last
        and _is_name(run.words[0], lists)
    )


def _score(text: str, run: Run, alone: set[str], titled: set[str], lists: Lists) -> int:
    words = run.words
    if not SUFFIXES.isdisjoint(words):
        words = tuple(word for word in words if word not in SUFFIXES)
    if len(words) < 2:
        return 0
    whole = " ".join(words)
    if whole in lists.places or whole in lists.named_bodies or lists.outlet(whole):
        return 0
    known = words[0] in lists.first_names
    last = words[-1].lower()
    if (last in lists.bodies or last.endswith(("street", "avenue", "act"))) and not (
        known and last in _SURNAMES_TOO
    ):
        return 0
    if words[-1] in lists.peoples or words[-1] in lists.adjectives or last in lists.plural:
        return 0
    if (
        last in lists.singular
        and not known
        and (last not in _SURNAMES_TOO or words[0] in lists.titles or words[0] in lists.adjectives)
    ):
        return 0
    if any(word.isupper() and len(word) > 2 and "." not in word for word in words):
        return 0
    titled_so = bool(run.titles) or _has_role_before(text, run.start, lists)
    if not known and not titled_so and OUTLET_LIKE.search(words[-1]):
        return 0  # "The Orvane Times said": outlets speak like people
    score = 2 * known + 2 * titled_so + 2 * (words[-1] in titled) + (words[-1] in alone)
    score += 2 * any(word.islower() or _INITIALS.fullmatch(word) for word in words[1:-1])
    if (after := _AFTER.match(text, run.end)) or _apposition(text, run.end):
        score += 1
    if after and after["speech"] and words[0] not in lists.places and words[0] not in lists.adjectives:
        score += 1  # whoever speaks under a name is a person
    return score - 2 * ((words[0] in lists.places and not known) or words[-1] in lists.places)


def _has_role_before(text: str, offset: int, lists: Lists) -> bool:
    """Return whether the word before `offset`, but for a comma, is a noun for a role."""
    blank = text.rfind(" ", max(0, offset - 25), max(0, offset - 1))
    role = _ROLE_BEFORE.search(text, max(blank, offset - 25, 0), offset)
    return role is not None and (role[1] in lists.singular or role[1] in lists.spokespeople)


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
