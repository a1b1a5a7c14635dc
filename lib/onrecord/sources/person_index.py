"""Which names of an article are one person's, by each part of a name.

Every look-up is by key, so that an article with many persons of one last name takes linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.mentions.name_runs import SUFFIXES, UPPER, Run
from onrecord.records import Span
from onrecord.wordlists import Lists, word_set

_INITIALS = re.compile(rf"(?:[{UPPER}]\.)+|[{UPPER}]{{1,2}}")
_INITIALISM = 3  # capitals that are rather the initials of an organisation than a last name
_OPENS_NICKNAME = re.compile(r" [“\"‘'(]")
_NICKNAME = re.compile(rf" [“\"‘'(]([{UPPER}][\w’'-]+),?[”\"’')]")
_THREE = 3  # words of a name from which on a part of it is a name, too
_TRIED = 8  # persons with one last name who are compared by their first names
# Titles that go with a first name: "Sir Keith", "Sister Mary".
_WITH_FIRST_NAME = word_set(
    """Sir Dame Lady Lord Sister Brother Father Mother Sheikh Sheikha King Queen Prince Princess Emir Sultan
    Ustaz Ustad Ustadh Datuk Dato Datin Hajah Alhaji Pak Ibu Phra Lama Sri Sayyid Mullah Mufti
    Pope Imam Aunt Uncle Don Doña Haji Maulana Ayatollah Rabbi Saint St Swami Baba Auntie Chief"""
)
_GENERATIONS = {"Jr.": "Jr", "Sr.": "Sr"}


@lru_cache(maxsize=20_000)
def name_key(word: str) -> str:
    """Word of a name as names are compared.

    Capitals and kinds of apostrophe do not matter.
    """
    return word.replace("’", "'").casefold()


@dataclass
class Person:
    """One person whom an article names, with all mentions of the name."""

    name: str
    last: str
    gender: str  # m, f or ""
    roles: set[str] = field(default_factory=set)
    mentions: list[Span] = field(default_factory=list)
    n_full: int = 0


class PersonIndex:
    """The persons found so far, by each key that a name may have."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self.persons: list[Person] = []
        self.by_last: dict[str, list[int]] = {}
        self.firsts: dict[str, int] = {}
        self._full: dict[tuple[str, str, str], list[int]] = {}  # first, last, suffix
        self._starts: dict[tuple[str, str], list[int]] = {}  # last, first three letters of the first name
        self._initials: dict[tuple[str, str], list[int]] = {}  # last, first letter
        self.repeated: frozenset[tuple[str, ...]] = frozenset()  # names with an initial, used more than once
        self.juniors: set[str] = set()  # last names that the article writes alone with "Jr."
        self._lone: dict[str, int] = {}  # persons known by one word only
        self._ends: dict[str, int | None] = {}  # last two words or more -> person; None: of several
        self._known: dict[tuple[str, tuple[str, ...], str, int], int | None] = {}  # answers of `lone`
        self._middles: dict[str, int | None] = {}  # first of two last names -> person; None: of several

    def enter(self, run: Run) -> int:
        """Index of the person whom the name `run` means. A new one is added."""
        words, suffix = _core(run.words)
        first, last = words[0], words[-1]
        middle = words[1:-1]
        index = self._find(words, suffix, middle) if len(words) > 1 else None
        if index is None and len(words) == 1:
            index = next(
                (i for i in self.by_last.get(name_key(last), ()) if self._has_suffix(i, suffix)), None
            )
        if index is None:
            index = len(self.persons)
            self.persons.append(Person(" ".join(run.words), last, ""))
            self.by_last.setdefault(name_key(last), []).append(index)
            if last.startswith(("al-", "el-")) and len(words) > 1:
                self.by_last.setdefault(name_key(last[3:]), []).append(index)
        elif len(run.words) > len(self.persons[index].name.split(" ")):
            person = self.persons[index]
            person.name = " ".join(run.words)
            person.last = last
        person = self.persons[index]
        person.n_full += 1
        self._note(index, words, suffix)
        gender = self.lists.first_names.get(first, "") if len(words) > 1 else ""
        if not person.gender and gender in ("m", "f"):
            person.gender = gender
        return index

    def _find(self, words: tuple[str, ...], suffix: str, middle: tuple[str, ...]) -> int | None:
        first, last = name_key(words[0]), name_key(words[-1])
        initials = _letters(words[0])
        same = self._full.get((initials or first, last, suffix), ())
        for index in same[:_TRIED]:
            if _agree(middle, _core(tuple(self.persons[index].name.split(" ")))[0][1:-1]):
                return index
        if same:
            return None  # other initials: another person
        if last in self._lone and not suffix:
            return self._lone[last]
        end = self._ends.get(" ".join(map(name_key, words))) if self._ends else None
        if end is not None and (words[0] not in self.lists.first_names or words[1].islower()):
            return end  # "López Obrador", "De Niro"
        if suffix:
            return None
        if initials and words in self.repeated:
            return None  # "B. Moen" throughout is not Bela Moen
        if initials:
            found = self._initials.get((last, initials[0]), ())
            return next((i for i in found if len(found) == 1 and self._may_be(i, initials)), None)
        found = self._initials.get((last, first[0]), ())
        if found and tuple(self.persons[found[0]].name.split(" ")) in self.repeated:
            found = ()
        if len(found) == 1 and self._letters_of(found[0]) == first[0]:
            return found[0]  # "J. Tollund" is Joan Tollund
        for index in self._starts.get((last, first[:3]), ())[:_TRIED]:
            known = name_key(self._first(index))
            if self._has_a_suffix(index):
                continue  # "Harlan Pike Jr." is not Harlan Pike
            if min(len(known), len(first)) > 2 and (known.startswith(first) or first.startswith(known)):
                return index
        return self._short(words[0], last)

    def _short(self, first: str, last: str) -> int | None:
        """Person known by a short or full form of a first name."""
        short = self.lists.short_names
        forms = short.get(first, frozenset()) | {first}
        for index in self.by_last.get(last, ())[:_TRIED]:
            known = self._first(index)
            if (known in forms or first in short.get(known, ())) and not self._has_a_suffix(index):
                return index
        return None

    def _letters_of(self, index: int) -> str:
        return _letters(_core(tuple(self.persons[index].name.split(" ")))[0][0])

    def _may_be(self, index: int, initials: str) -> bool:
        """Whether initials may be those of a person.

        The person has no other ones, or fewer of the same.
        """
        known = self._letters_of(index)
        return known.startswith(initials) or initials.startswith(known)

    def _first(self, index: int) -> str:
        return self.persons[index].name.split(" ")[0]

    def _has_suffix(self, index: int, suffix: str) -> bool:
        return not suffix or _core(tuple(self.persons[index].name.split(" ")))[1] == suffix

    def _elders(self, word: str, found: list[int]) -> list[int]:
        """Those of one last name who are not "Jr.", by his first name if one has it."""
        firsts = {self._first(i) for i in found if self._has_a_suffix(i)}
        elders = [i for i in found if not self._has_a_suffix(i)]
        same = [i for i in elders if self._first(i) in firsts or self.persons[i].name == word]
        return same or elders

    def enter_elders(self) -> None:
        """Enter the father of "Hale Jr." where no name in full may be his."""
        for last in sorted(self.juniors):
            found = self.by_last.get(last, [])
            firsts = {self._first(i) for i in found if self._has_a_suffix(i)}
            if all(self._has_a_suffix(i) or self._first(i) not in firsts for i in found):
                plain = [i for i in found if not self._has_a_suffix(i)]
                if found and (plain or len(firsts) == 1) and " " in self.persons[found[0]].name:
                    self.by_last[last].append(len(self.persons))
                    name = self.persons[found[0]].last
                    self.persons.append(Person(name, name, ""))

    def has_bearer(self, run: Run) -> bool:
        """Whether a person found so far has the last name of `run` and its suffix."""
        words, suffix = _core(run.words)
        return any(
            _core(tuple(self.persons[i].name.split(" ")))[1] == suffix
            for i in self.by_last.get(name_key(words[-1]), ())
        )

    def _has_a_suffix(self, index: int) -> bool:
        return self.persons[index].name.rpartition(" ")[2] in SUFFIXES

    def _note(self, index: int, words: tuple[str, ...], suffix: str) -> None:
        """Note the keys under which a name is found again."""
        last = name_key(words[-1])
        if len(words) == 1:
            self._lone.setdefault(last, index)
            return
        first = name_key(words[0])
        for known in (
            self._full.setdefault((_letters(words[0]) or first, last, suffix), []),
            self._starts.setdefault((last, first[:3]), []),
            self._initials.setdefault((last, first[0]), []),
        ):
            if index not in known[-_TRIED:]:
                known.append(index)
        if len(words) < _THREE:
            return
        plain = [word for word in words if not _INITIALS.fullmatch(word)]
        for i in range(1, len(plain) - 1):
            key = " ".join(map(name_key, plain[i:]))
            self._ends[key] = index if self._ends.get(key, index) == index else None
        if len(plain) > 2 and plain[-2][0].isupper() and not self._is_word(plain[-2]):
            key = name_key(plain[-2])
            self._middles[key] = index if self._middles.get(key, index) == index else None

    def _is_word(self, word: str) -> bool:
        """Whether a middle word of a name alone is rather another name or a place."""
        return word in self.lists.first_names or word in self.lists.places or word in self.lists.adjectives

    def note_nickname(self, text: str, run: Run, who: int) -> None:
        """Note a nickname of one word within a mention: "Dodo" of Rosa “Dodo” Tench."""
        if _OPENS_NICKNAME.search(text, run.start, run.end) is None:
            return
        match = _NICKNAME.search(text, run.start, run.end)
        if match is not None:
            self.firsts.setdefault(match[1], who)

    def note_firsts(self) -> None:
        """Note the first names that only one last name does not explain.

        Each means the first person who has it.
        """
        for index, person in enumerate(self.persons):
            first = person.name.split(" ")[0]
            if " " in person.name and name_key(first) not in self.by_last:
                self.firsts.setdefault(first, index)

    def explains(self, word: str) -> bool:
        """Whether a single word is part of the name of a person found."""
        key = name_key(word)
        return key in self.by_last or word in self.firsts or self._middles.get(key) is not None

    def lone(self, word: str, titles: tuple[str, ...], suffix: str = "") -> int | None:
        """Whom a single capitalised word means.

        It is the person most named in full, by gender of the title.
        """
        suffix = _GENERATIONS.get(suffix, suffix)
        key = (word, titles, suffix, len(self.persons))
        if key not in self._known:
            self._known[key] = self._lone_of(word, titles, suffix)
        return self._known[key]

    def _lone_of(self, word: str, titles: tuple[str, ...], suffix: str) -> int | None:
        found = self.by_last.get(name_key(word), [])
        if word.isupper() and len(word) <= _INITIALISM:  # "the UN" is not Kim Jong Un
            found = [i for i in found if self.persons[i].last == word]
        if not found:
            if not titles and word in self.lists.places:
                return None
            index = self.firsts.get(word)
            return self._middles.get(name_key(word)) if index is None else index
        if len(found) == 1:
            return found[0]
        found = [i for i in found if self._has_suffix(i, suffix)] or found
        if not suffix and name_key(word) in self.juniors:  # "Hale" beside "Hale Jr." is his father
            found = self._elders(word, found) or found
        if titles:
            gender = title_gender(titles, self.lists)
            if gender:
                fitting = [i for i in found if self.persons[i].gender == gender]
                found = fitting or [i for i in found if not self.persons[i].gender] or found
            roles = {title.lower() for title in titles}
            found = [i for i in found if self.persons[i].roles & roles] or found
        return max(found, key=lambda index: (self.persons[index].n_full, -index))

    def enter_couples(self, lone: list[Run]) -> dict[int, int]:
        """Distinguish those of one last name whom "Mr" and "Mrs" precede.

        Start of the mention -> person. Where the article has both titles, the one who fits no person found
        so far is another one: "Mrs Tench" is not Olav Tench.
        """
        genders: dict[str, set[str]] = {}
        titled = [(run, title_gender(run.titles, self.lists)) for run in lone if run.titles]
        for run, gender in titled:
            genders.setdefault(name_key(run.words[0]), set()).add(gender)
        entered: dict[int, int] = {}
        known: dict[str, set[str]] = {}
        unknown: dict[str, list[int]] = {}
        for run, gender in titled:
            last = name_key(run.words[0])
            found = self.by_last.get(last, [])
            if not gender or not found or not {"m", "f"} <= genders[last]:
                continue
            if last not in known:
                known[last] = {self.persons[i].gender for i in found}
                unknown[last] = [i for i in found if not self.persons[i].gender]
            if gender in known[last]:
                continue
            if len(unknown[last]) == 1:
                self.persons[unknown[last].pop()].gender = gender
                known[last].add(gender)
            elif not unknown[last]:
                known[last].add(gender)
                entered[run.start] = len(self.persons)
                found.append(len(self.persons))
                self.persons.append(Person(run.words[0], run.words[0], gender))
        return entered

    def addressed(self, run: Run) -> int | None:
        """Whom a title with a first name addresses: "Sir Keith", "Mr Suchat".

        None where nobody fits.
        """
        word = run.words[0]
        index = self.firsts.get(word)
        if index is None or name_key(word) in self.by_last:
            return None
        gender = title_gender(run.titles, self.lists)
        if gender and self.persons[index].gender not in ("", gender):
            return None
        given = not _WITH_FIRST_NAME.isdisjoint(run.titles)
        return index if given or word not in self.lists.first_names else None


def title_gender(titles: tuple[str, ...], lists: Lists) -> str:
    """Gender that titles before a name give, "m" or "f", else ""."""
    return next((lists.titles[title] for title in titles if lists.titles.get(title)), "")


@lru_cache(maxsize=20_000)
def _core(words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Words of a name with leading initials in one word and without "Jr.".

    The second value is that suffix.
    """
    suffix = words[-1] if words[-1] in SUFFIXES and len(words) > 1 else ""
    words = words[:-1] if suffix else words
    first = 0
    while first < len(words) - 1 and _INITIALS.fullmatch(words[first]):
        first += 1
    if first > 1:
        words = ("".join(words[:first]), *words[first:])
    return words, _GENERATIONS.get(suffix, suffix)


@lru_cache(maxsize=20_000)
def _letters(word: str) -> str:
    """Initials in place of a first name, in lower case.

    "J.R." gives "jr", "Joan" gives "".
    """
    return word.replace(".", "").lower() if _INITIALS.fullmatch(word) and len(word) < 7 else ""


def _agree(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether two names may share middle names: one has none, or they begin alike."""
    if not first or not second:
        return True
    a, b = first[0].rstrip(".").lower(), second[0].rstrip(".").lower()
    return a.startswith(b) or b.startswith(a)
