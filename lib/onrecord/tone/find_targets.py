"""Persons and organisations that a corpus mentions most: the targets of tone."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from onrecord.progress import progress
from onrecord.records import Span
from onrecord.sources.inferred_names import Appearance, inferred_names
from onrecord.sources.names import (
    canonical_names,
    day_of,
    names_apart,
)
from onrecord.sources.organisation_evidence import is_listed_organisation
from onrecord.sources.organisation_names import canonical_organisations
from onrecord.sources.persons import find_persons
from onrecord.tables import COUNT, TEXT, as_table
from onrecord.text.tokens import read_article
from onrecord.wordlists import Lists, load_lists

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

TARGETS = {"name": TEXT, "form": TEXT, "spellings": TEXT, "n_mentions": COUNT, "n_articles": COUNT}
SEPARATOR = " | "  # between the spellings of one name
_FAR_MORE = 5  # times as many mentions as any other with the same spelling
_LEAST_ARTICLES = 2
_MOST_IN = 0.2  # share of an organisation's mentions after "in" or the like: "some in the party"
_SIDE = 12  # characters beside a mention by which a repeated line is known
_LEAST_REPEATED = 5
_MOST_REPEATED = 0.5  # share of the mentions
_DIGIT = re.compile(r"\d")
_ADDRESS = re.compile(r"\.(?:com|org|net|info|news|tv|co|example)(?:\.[a-z]{2})?$")
_LOCATED = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]ff) $")
_BEHIND = re.compile(r" (?:of|for) (?:the )?[A-Z]")
_BEFORE = re.compile(r"[a-z,] [A-Z][a-z]+ $")


class _Mentions(NamedTuple):
    doc_id: str
    name: str  # as the article has it in its fullest form
    spellings: tuple[str, ...]  # one per mention
    before: tuple[str, ...]  # the characters before each mention
    behind: tuple[str, ...]


def find_targets(analysis: Analysis, n: int = 5, *, lists: Lists | None = None) -> pd.DataFrame:
    """Persons and organisations that most articles mention, with their spellings.

    One row per person or organisation, `n` in total; fewer where fewer are in at least two articles.

    Everybody counts, also those who are never quoted. Names are those of add_names: short forms, initials
    and titles do not separate persons. Outlets are left out, because most articles name one only for what
    it reported, and their own. So is a name that mostly occurs in a repeated line, before or behind the
    same words. Pronouns are not counted. `lists`: word lists from load_lists. The table is what target_tone
    needs as names.

    Columns: name, form (person, organisation), spellings (as written, separated by " | "; a spelling that
    may mean several is used for the one with at least five times as many mentions, otherwise for none),
    n_mentions, n_articles. Sorted by n_articles, then n_mentions.

    Raises ValueError for `n` below 1.

    >>> targets = onrecord.find_targets(analysis, 1)
    >>> targets["form"].tolist()
    ['person']
    """
    if n < 1:
        raise ValueError(f"n must be at least 1, not {n}.")
    lists = lists or load_lists()
    persons, organisations = _read(analysis.documents, lists)
    known = analysis.documents["outlet"].dropna() if "outlet" in analysis.documents else ()
    outlets = tuple({f" {_ADDRESS.sub('', outlet.casefold())}" for outlet in known})
    named = {one.name: "person" for one in persons}
    named |= {one.name: "organisation" for one in organisations}
    counts: dict[str, Counter[str]] = defaultdict(Counter)  # name -> spellings
    articles: dict[str, set[str]] = defaultdict(set)
    before: dict[str, Counter[str]] = defaultdict(Counter)
    behind: dict[str, Counter[str]] = defaultdict(Counter)
    for one in [*persons, *organisations]:
        counts[one.name].update(one.spellings)
        articles[one.name].add(one.doc_id)
        before[one.name].update(one.before)
        behind[one.name].update(one.behind)
    owners = _owners(counts)
    rows = []
    for name, spellings in counts.items():
        own = [spelling for spelling, _ in spellings.most_common() if owners[spelling] == name]
        if not own or len(articles[name]) < _LEAST_ARTICLES or _is_outlet(name, outlets, lists):
            continue
        if not _is_repeated(before[name]) and not _is_repeated(behind[name]):
            n_mentions = sum(spellings[spelling] for spelling in own)
            rows.append((name, named[name], SEPARATOR.join(own), n_mentions, len(articles[name])))
    rows.sort(key=lambda row: (-row[4], -row[3], row[0]))
    return as_table(rows[:n], TARGETS)


def _is_outlet(name: str, outlets: tuple[str, ...], lists: Lists) -> bool:
    """Whether a name is an outlet of the lists, or one of the corpus, or the end of its name.

    "Lantern" is the end of "The Daily Lantern", and "Lantern News" begins with "lantern.example".
    """
    if lists.outlet(name) is not None:
        return True
    form = name.casefold()
    return any(outlet.endswith(f" {form}") or form.startswith(f"{outlet[1:]} ") for outlet in outlets)


def _is_repeated(words: Counter[str]) -> bool:
    """Whether most mentions have the same words on one side, as in a line that many articles have."""
    ((_, most),) = words.most_common(1)
    return most >= _LEAST_REPEATED and most > _MOST_REPEATED * words.total()


def _read(documents: pd.DataFrame, lists: Lists) -> tuple[list[_Mentions], list[_Mentions]]:
    """Mentions of persons and of organisations, under one name in all articles."""
    persons: list[_Mentions] = []
    organisations: list[_Mentions] = []
    n_places: Counter[str] = Counter()  # articles in which a name is rather a place
    n_mentions: Counter[str] = Counter()
    n_in: Counter[str] = Counter()  # mentions after a preposition of place
    pairs = zip(documents["doc_id"], documents["text"], strict=True)
    for doc_id, text in progress(pairs, "names", len(documents), disable=len(documents) < 2_000):
        if not isinstance(text, str):
            continue
        article = read_article(text, lists=lists)
        found = find_persons(article, lists)
        n_places.update(name for name, judged in found.types.items() if judged.type == "place")
        for person in found.persons:
            spans = [span for span in person.mentions if not article.in_boilerplate(span[0])]
            if spans:
                persons.append(_mentions(doc_id, person.name, text, spans))
        bodies: dict[str, list[Span]] = {}
        for start, end, name in found.organisations:
            judged = found.types.get(name)  # two names joined to one ("Hale & Co") have no type
            is_sure = judged is None or judged.type == "organisation"
            if not is_sure and not is_listed_organisation(name, lists):
                continue
            if not article.in_boilerplate(start) and not _is_part(text, start, end):
                bodies.setdefault(name, []).append((start, end))
                n_mentions[name] += 1
                n_in[name] += _LOCATED.search(text[max(0, start - 10) : start]) is not None
        organisations += [_mentions(doc_id, name, text, spans) for name, spans in bodies.items()]
    n_articles = Counter(one.name for one in organisations)
    organisations = [
        one
        for one in organisations
        if n_articles[one.name] > n_places[one.name]
        and n_in[one.name] <= _MOST_IN * n_mentions[one.name]
        and one.name not in lists.places
    ]
    return _under_one_name(persons, documents, lists), _same_bodies(organisations, lists)


def _mentions(doc_id: str, name: str, text: str, spans: list[Span]) -> _Mentions:
    return _Mentions(
        doc_id,
        name,
        tuple(_written(text[start:end]) for start, end in spans),
        tuple(_DIGIT.sub("0", text[max(0, start - _SIDE) : start]) for start, _ in spans),
        tuple(_DIGIT.sub("0", text[end : end + _SIDE]) for _, end in spans),
    )


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether one word is part of a longer name: "Bank" of "Bank of Orvane"."""
    if " " in text[start:end]:
        return False
    return bool(_BEHIND.match(text, end) or _BEFORE.search(text[max(0, start - 40) : start]))


def _under_one_name(persons: list[_Mentions], documents: pd.DataFrame, lists: Lists) -> list[_Mentions]:
    apart = names_apart((one.doc_id, one.name) for one in persons)
    names = canonical_names(Counter(one.name for one in persons), lists, apart)
    empty = pd.Series(pd.NA, index=documents.index)
    columns = (documents.get(column, empty) for column in ("outlet", "published"))
    known = {
        doc_id: (None if pd.isna(outlet) else outlet, day_of(date))
        for doc_id, outlet, date in zip(documents["doc_id"], *columns, strict=True)
    }
    seen = [Appearance(one.doc_id, names[one.name], *known[one.doc_id]) for one in persons]
    inferred = inferred_names(seen, lists)
    found = (inferred.get((one.doc_id, one.name), one.name) for one in seen)
    return [one._replace(name=name) for one, name in zip(persons, found, strict=True)]


def _same_bodies(organisations: list[_Mentions], lists: Lists) -> list[_Mentions]:
    names = canonical_organisations(Counter(one.name for one in organisations), lists)
    return [one._replace(name=names[one.name]) for one in organisations]


def _owners(counts: dict[str, Counter[str]]) -> dict[str, str | None]:
    """The one name that each spelling means, None where it may mean several."""
    meant: dict[str, Counter[str]] = defaultdict(Counter)
    for name, spellings in counts.items():
        for spelling, times in spellings.items():
            meant[spelling][name] += times
    # A last name alone may mean everybody with that last name, also where no article has it alone.
    for name, spellings in counts.items():
        last = name.rpartition(" ")[2]
        if last in meant:
            meant[last][name] = spellings.total()
    owners: dict[str, str | None] = {}
    for spelling, names in meant.items():
        (first, most), *others = names.most_common(2)
        owners[spelling] = first if not others or most >= _FAR_MORE * others[0][1] else None
    return owners


def _written(mention: str) -> str:
    return " ".join(mention.split())
