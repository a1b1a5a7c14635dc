"""The persons whom an article names, with their mentions, roles and gender."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Mapping
from itertools import pairwise
from typing import NamedTuple

from onrecord.mentions.article_names import ArticleNames, n_words, read_names
from onrecord.mentions.name_runs import GENERATIONS, Run
from onrecord.mentions.name_types import NameType
from onrecord.mentions.words import COUNTED
from onrecord.records import Span
from onrecord.sources.organisation_evidence import (
    follows_firm_noun,
    has_ticker,
    has_trade_before,
    is_apposed_to_noun,
    is_listed_organisation,
    is_taken_up_as_firm,
    joined,
    speaks_as_it,
)
from onrecord.sources.person_evidence import LONE, is_person, is_person_name, is_plain_name
from onrecord.sources.person_index import Person, PersonIndex, name_key
from onrecord.sources.person_roles import (
    add_role,
    describe,
    is_described_as_person,
    plural_role_before,
    role_before_lone,
)
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists

# "Wanja, 9, was first", "Zeynep, whose name has been changed"
_AGE = re.compile(
    r"[”\"’']?\*?, (?:(?:\d{1,2}|"
    + COUNTED.replace(" ", "|")
    + r")(?:, (?=[a-z])|[.])|whose (?:real |full |own )?(?:name|identity)\b)"
    r"|[”\"’']?\*?,? \(?not (?:his|her) real name"
)
_BEFORE_AGE = ("”", '"', "’", "'", "*", ",", " not", " (not")
_SPEAKS = re.compile(r" (?:said|says|told|added|replied|denied|asked|wrote|recalled|admitted)\b")
_LETTER = re.compile(r"[A-Z]\.")
_JOINS = (" and ", ", ", ", and ")  # between two who share a role
_NO_FIRM = 0.5  # of a single word before an apposition for a person, at most
_ORGANISATION = 0.25  # of a name that is not a person's


class Persons(NamedTuple):
    """The persons of an article, and their mentions in text order."""

    persons: list[Person]
    mentions: list[tuple[int, int, int]]
    by_last: dict[str, list[int]]  # last name in lower case -> persons
    by_role: dict[str, list[int]]  # noun for a role -> persons
    capitals: list[tuple[str, int, int]]  # every run of capitalised words: text, start, end
    types: dict[str, NameType]  # of each name as written, without titles
    organisations: list[tuple[int, int, str]]  # names of organisations: start, end, name
    starts: list[int]  # of the mentions

    def named(self, word: str) -> int | None:
        """Person with this last name: the one most named in full."""
        candidates = self.by_last.get(name_key(word))
        return max(candidates, key=lambda who: (self.persons[who].n_full, -who)) if candidates else None

    def within(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Mentions within [start, end)."""
        first = bisect_left(self.starts, start)
        return self.mentions[first : bisect_left(self.starts, end, first)]

    def exactly(self, start: int, end: int) -> int | None:
        """Person whose name is at [start, end), or None."""
        at = bisect_left(self.starts, start)
        if at < len(self.mentions) and self.mentions[at][0] == start and self.mentions[at][1] == end:
            return self.mentions[at][2]
        return None

    def before(self, offset: int, number: int) -> list[tuple[int, int, int]]:
        """Up to `number` mentions that start before `offset`, the nearest first."""
        position = bisect_left(self.starts, offset)
        return self.mentions[max(0, position - number) : position][::-1]


def find_persons(article: Article, lists: Lists, given: ArticleNames | None = None) -> Persons:
    """Persons whom `article` names.

    `given` are its names as read_names gives them, where that was asked for many articles together.
    A name of two words or more is a person where its surroundings and its words say so (see
    `name_types`) or after a title, unless a word list says that it is something else. A single word is
    a person after a title or a role ("her husband, Piet"), or where it is the last or first name of one.
    """
    text = article.text
    capitals, singles, runs, labels, types = given or read_names([article], lists)[0]
    alone = {word for word, _, _ in singles}
    last_names = {run.words[-1] for run in runs if len(run.words) > 1}
    speaking = {
        word
        for word, start, end in singles
        if word in last_names
        and _SPEAKS.match(text, end)
        and not text.startswith(("the ", "The "), max(0, start - 4))
    }
    firms = {
        run.words
        for run in runs
        if not run.titles
        and (
            (run.words[-1] not in alone and is_taken_up_as_firm(text, run.start, run.end, lists))
            or (run.words[0] not in lists.first_names and speaks_as_it(text, run.end))
        )
    }
    index = PersonIndex(lists)
    letters = Counter([run.words for run in runs if len(run.words[0]) == 2 and _LETTER.match(run.words[0])])
    index.repeated = frozenset(words for words, n in letters.items() if n > 1)
    placed: list[tuple[Run, int]] = []
    lone: list[Run] = []
    full: list[Run] = []
    for run in runs:
        n = n_words(run)
        if n == 1:
            lone.append(run)
        elif run.words in firms:
            continue
        elif run.start in labels or (n and is_person(text, run, types, alone, speaking, lists)):
            full.append(run)
    # the longer first, so that "De Niro" and "López Obrador" find the name in full
    for run in sorted(full, key=lambda run: len(run.words) == 2):
        placed.append((run, index.enter(run)))
    placed.sort()
    for run, who in placed:  # roles distinguish two of one last name after a title
        describe(text, run, index.persons[who], lists)
    for (before, first), (run, who) in pairwise(placed):
        if run.start - before.end > len(", and ") or text[before.end : run.start] not in _JOINS:
            continue
        if role := plural_role_before(text, before.start, lists):
            index.persons[first].roles.add(role)
            index.persons[who].roles.add(role)
    for run, who in placed:
        index.note_nickname(text, run, who)
    index.note_firsts()
    lone, entered = _lone_persons(text, lone, singles, index, types, {run.start for run, _ in placed})
    for run in lone:
        word = run.words[0]
        meant = entered.get(run.start)
        if meant is None:
            meant = index.addressed(run) if run.titles else None
        if meant is None:
            meant = index.lone(word, run.titles, run.words[1] if len(run.words) > 1 else "")
        if meant is not None:
            placed.append((run, meant))
            describe(text, run, index.persons[meant], lists)
    mentions = {(run.start, run.end, who) for run, who in placed}
    known: dict[str, int | None] = {}
    for word, start, end in singles:
        if word not in known:
            known[word] = index.lone(word, ())
        if (meant := entered.get(start, known[word])) is not None:
            mentions.add((start, end, meant))
    ordered = sorted(mentions)
    for start, end, who in ordered:
        index.persons[who].mentions.append((start, end))
    by_role: dict[str, list[int]] = {}
    for who, person in enumerate(index.persons):
        for role in person.roles:
            by_role.setdefault(role, []).append(who)
    names = [(start, end, word) for word, start, end in singles]
    names += [
        (run.start, run.end, " ".join(run.words))
        for run in runs
        if not run.titles or has_trade_before(run, lists)
    ]
    types |= _types_of_adjectives(runs, types, names, lists)
    starts = [start for start, _, _ in ordered]
    marked = {run.start for run in runs if run.words in firms or has_trade_before(run, lists)}
    organisations = _organisations(text, names, set(starts), marked, types, lists)
    return Persons(index.persons, ordered, index.by_last, by_role, capitals, types, organisations, starts)


def _organisations(
    text: str,
    names: list[tuple[int, int, str]],
    taken: Container[int],
    marked: Container[int],
    types: Mapping[str, NameType],
    lists: Lists,
) -> list[tuple[int, int, str]]:
    """Names of organisations among `names`, in text order.

    `taken` are the positions of persons, `marked` those of names that a trade or a verb shows to be firms.
    """
    not_body = lists.context_words["not_body"]
    names = sorted(names)
    found = [
        name
        for name in names
        if name[0] not in taken
        and name[2] not in not_body
        and (
            types[name[2]].organisation >= _ORGANISATION
            or name[0] in marked
            or is_listed_organisation(name[2], lists)
            or has_ticker(text, name[1])
            or is_apposed_to_noun(text, name[0], name[1], lists)
        )
    ]
    return joined(text, found, names, lists)


def _types_of_adjectives(
    runs: list[Run], types: Mapping[str, NameType], names: list[tuple[int, int, str]], lists: Lists
) -> dict[str, NameType]:
    """Types of names that an adjective opens, which are added to `names`."""
    found = {}
    for run in runs:
        if not run.titles or any(title not in lists.adjectives for title in run.titles):
            continue
        kind = types[" ".join(run.words)]
        if kind.type == "organisation":
            whole = " ".join((*run.titles, *run.words))
            names.append((run.end - len(whole), run.end, whole))
            found[whole] = kind
    return found


def _lone_persons(
    text: str,
    lone: list[Run],
    singles: list[tuple[str, int, int]],
    index: PersonIndex,
    types: Mapping[str, NameType],
    full: Container[int],
) -> tuple[list[Run], dict[int, int]]:
    """Enter the persons whom only one word names.

    `full` are the positions of names in full. Return the runs of one word, and start -> person.
    """
    lists = index.lists
    entered: dict[int, int] = {}
    index.juniors = {name_key(run.words[0]) for run in lone if run.words[-1] in GENERATIONS}
    for run in lone:
        is_other = run.words[-1] in GENERATIONS and not index.has_bearer(run)  # "Hale Jr." is not his father
        if is_other or (_introduces(run, index) and index.addressed(run) is None):
            index.enter(run)
    index.enter_elders()
    entered |= index.enter_couples(lone)
    alone = dict.fromkeys([*[run.words[0] for run in lone], *[word for word, _, _ in singles]])
    unknown = [word for word in alone if is_plain_name(word, lists) and not index.explains(word)]
    if unknown:
        _enter_unknown(text, unknown, singles, index, types)
    for word, start, end in singles:
        # "two sisters, Noor and Hiba Jaziri": of the same last name
        is_first = text.startswith(" and ", end) and end + len(" and ") in full
        is_new = is_first and is_plain_name(word, lists) and index.lone(word, ()) is None
        if is_new and plural_role_before(text, start, lists):
            entered[start] = index.enter(Run(start, end, (), (word,)))
    for word, start, end in singles:
        if is_plain_name(word, lists) and (role := role_before_lone(text, start, end, lists)):
            who = index.lone(word, ())
            run = Run(start, end, (), (word,))
            who = index.enter(run) if who is None else who
            entered[start] = who
            add_role(index.persons[who], role, lists)
    return lone, entered


def _enter_unknown(
    text: str,
    words: list[str],
    singles: list[tuple[str, int, int]],
    index: PersonIndex,
    types: Mapping[str, NameType],
) -> None:
    """Enter those of the `words` as persons whose type or surroundings say so."""
    lists = index.lists
    mentions: dict[str, list[Span]] = {word: [] for word in words}
    for word, start, end in singles:
        if word in mentions:
            mentions[word].append((start, end))
    for word, spans in mentions.items():
        if index.explains(word):
            continue  # by one entered before
        if not is_person_name(word, types, lists, least=LONE) and not any(
            _is_person_here(text, end, types[word], lists) for _, end in spans
        ):
            continue
        may_be_firm = word not in lists.first_names
        if not any(
            follows_firm_noun(text, start, lists) or (may_be_firm and speaks_as_it(text, end))
            for start, end in spans
        ):
            index.enter(Run(0, 0, (), (word,)))


def _is_person_here(text: str, end: int, found: NameType, lists: Lists) -> bool:
    """Whether what follows a name of one word shows that it is a person's."""
    if text.startswith(_BEFORE_AGE, end) and _AGE.match(text, end):
        return True
    return (
        text.startswith((", a ", ", an"), end)
        and found.organisation < _NO_FIRM
        and is_described_as_person(text, end, lists)
    )


def _introduces(run: Run, index: PersonIndex) -> bool:
    """Whether a title makes a person of a lone name that no full name explains."""
    lists = index.lists
    title = run.titles[-1] if run.titles else ""
    return (
        (title in lists.titles or title.lower() in lists.spokespeople)
        and run.titles[0] not in lists.first_names
        and name_key(run.words[0]) not in index.by_last
        and is_plain_name(run.words[0], lists)
    )
