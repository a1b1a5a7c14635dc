"""One name for one person in all articles of a corpus."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from onrecord.mentions.name_runs import UPPER
from onrecord.sources.inferred_names import Appearance, inferred_names
from onrecord.sources.known_sectors import Described, inferred_sectors
from onrecord.sources.organisation_names import canonical_organisations
from onrecord.tables import FLAG, TEXT, require
from onrecord.wordlists import Lists, load_lists

_INITIALS = re.compile(rf"(?!Ó$)(?:[{UPPER}]\.?){{1,3}}")  # "Ó" is a particle
_SUFFIX = re.compile(r"(?:[JS]r\.?|I{2,3}|IV)")
_PERSON, _ORGANISATION = "person", "organisation"


def add_names(
    sources: pd.DataFrame, documents: pd.DataFrame | None = None, *, lists: Lists | None = None
) -> pd.DataFrame:
    """Sources with one `name` for each person or organisation in all articles.

    Short first names, accents, middle initials that do not differ and suffixes do not separate persons, nor
    do initials and word order organisations ("DOJ", "Justice Department"). A last name alone takes the full
    name that other articles leave no doubt about: the only one with it within 30 days, or that of 90% of at
    least 5 articles, and one in an article of the same outlet, or of any outlet within 3 days. Gender and
    sector must not differ where both are known. is_name_inferred is True for
    these. A source of unknown sector takes that of the same person or organisation in other articles: two
    that agree, or one with a title, where none contradicts (of five or more, 90% must agree).
    is_sector_inferred is True for these. `documents` gives outlets and dates. Without it all articles count
    as one outlet's of one day.
    The user's list persons.csv wins.

    Columns changed: name (NA where it was), is_name_inferred; where `sources` has a sector, sector and
    is_sector_inferred, too. `analyse` does it for its own articles; use it
    after you joined the sources of several analyses.

    Raises ValueError where a column (form, naming, name; doc_id of documents) is missing.

    >>> rows = {"form": "person", "naming": "named", "name": ["Tom Verrick", "Thomas J. Verrick"]}
    >>> onrecord.add_names(pd.DataFrame(rows))["name"].nunique()
    1
    """
    require(sources, ["form", "naming", "name"], table="sources")
    lists = lists or load_lists()
    # Lists in place of columns: a step over one costs less than the preparations of pandas.
    kinds = [
        _kind(*row) for row in zip(*(_values(sources, c) for c in ("form", "naming", "name")), strict=True)
    ]
    names = _listed(sources["name"].astype(TEXT))
    ids = _values(sources, "doc_id", "")
    pairs = [(doc_id, name) for doc_id, name, kind in zip(ids, names, kinds, strict=True) if kind == _PERSON]
    persons = canonical_names(Counter([name for _, name in pairs]), lists, names_apart(pairs))
    bodies = [name for name, kind in zip(names, kinds, strict=True) if kind == _ORGANISATION]
    organisations = canonical_organisations(Counter(bodies), lists)
    of_kind = {_PERSON: persons, _ORGANISATION: organisations, None: {}}
    names = [of_kind[kind].get(name, name) for name, kind in zip(names, kinds, strict=True)]
    seen = {i: one for i, one in enumerate(_appearances(sources, ids, names, kinds, documents)) if one}
    inferred = inferred_names(seen.values(), lists)
    full = {
        i: inferred[one.doc_id, one.name] for i, one in seen.items() if (one.doc_id, one.name) in inferred
    }
    names = [full.get(i, name) for i, name in enumerate(names)]
    columns = {"name": (names, TEXT), "is_name_inferred": ([i in full for i in range(len(names))], FLAG)}
    if "sector" in sources.columns:
        sectors, are_inferred = _sectors(sources, names, kinds)
        columns |= {"sector": (sectors, TEXT), "is_sector_inferred": (are_inferred, FLAG)}
    return sources.assign(
        **{
            column: pd.Series(values, index=sources.index, dtype=dtype)
            for column, (values, dtype) in columns.items()
        }
    )


def _kind(form: str | None, naming: str | None, name: str | None) -> str | None:
    """Whether a source is a named person or an organisation, or None."""
    if name is None:
        return None
    if naming == "named" and form == "person":
        return _PERSON
    return _ORGANISATION if naming == "institution" else None


def _values(frame: pd.DataFrame, column: str, missing: Any = None) -> list[Any]:
    """Values of a column, None where they are NA.

    All are `missing` where `frame` does not have the column.
    """
    if column not in frame.columns:
        return [missing] * len(frame)
    return _listed(frame[column])


def _listed(column: pd.Series) -> list[Any]:
    """Values of a column, None where they are NA."""
    # pandas takes any value for NA; its stubs do not know None.
    return column.to_numpy(dtype=object, na_value=None).tolist()  # type: ignore[call-overload]


def _sectors(
    sources: pd.DataFrame, names: list[str | None], kinds: list[str | None]
) -> tuple[list[str | None], list[bool]]:
    """Sectors with those that other articles give, and which these are.

    See inferred_sectors.
    """
    before = [flag is not None and bool(flag) for flag in _values(sources, "is_sector_inferred", False)]
    sectors = [
        "unknown" if is_inferred else sector
        for sector, is_inferred in zip(_values(sources, "sector"), before, strict=True)
    ]
    rows = zip(kinds, names, sectors, _values(sources, "title"), strict=True)
    inferred = inferred_sectors(
        Described(kind, name, sector, title is not None)
        for kind, name, sector, title in rows
        if kind is not None and name is not None and sector is not None and sector != "unknown"
    )
    found = [
        inferred.get((kind, name)) if kind is not None and name is not None and sector == "unknown" else None
        for kind, name, sector in zip(kinds, names, sectors, strict=True)
    ]
    return (
        [new or sector for new, sector in zip(found, sectors, strict=True)],
        [new is not None for new in found],
    )


def _appearances(
    sources: pd.DataFrame,
    ids: list[Any],
    names: list[Any],
    kinds: list[str | None],
    documents: pd.DataFrame | None,
) -> Iterable[Appearance | None]:
    """Appearance of each source, None for those that are not named persons."""
    known: dict[str, tuple[str | None, int | None]] = {}
    if documents is not None:
        require(documents, ["doc_id"], table="documents")
        columns = (_values(documents, column) for column in ("doc_id", "outlet", "published"))
        known = {doc_id: (outlet, day_of(date)) for doc_id, outlet, date in zip(*columns, strict=True)}
    nowhere = (None, None)
    rows = zip(ids, names, kinds, _values(sources, "gender"), _values(sources, "sector"), strict=True)
    for doc_id, name, kind, gender, sector in rows:
        yield (
            Appearance(doc_id, name, *known.get(doc_id, nowhere), known_value(gender), known_value(sector))
            if kind == _PERSON
            else None
        )


def known_value(value: Any) -> str | None:
    """Gender or sector, None where it is missing or unknown."""
    return None if value is None or value == "unknown" or pd.isna(value) else str(value)


def day_of(date: Any) -> int | None:
    """Date as a number of days, or None where it is missing."""
    return None if pd.isna(date) else pd.Timestamp(date).toordinal()


# -- persons ---------------------------------------------------------------------------------------


def names_apart(pairs: Iterable[tuple[str, str]]) -> set[str]:
    """Names that are another person's with "Jr." or the like.

    One article has both names.

    `pairs` are the (doc_id, name) of the named persons.
    """
    pairs = list(pairs)
    plain = {name: _without_suffix(name) for _, name in pairs}
    suffixed = [(doc_id, name) for doc_id, name in pairs if _SUFFIX.fullmatch(name.rpartition(" ")[2])]
    both = {(doc_id, plain[name]) for doc_id, name in pairs if plain[name] != name}
    apart = {name for doc_id, name in pairs if (doc_id, name) in both}
    seen = set(pairs)
    # "Hale" beside Victor Hale Jr.: the elder
    return apart | {
        plain[name] for doc_id, name in suffixed if (doc_id, plain[name].rpartition(" ")[2]) in seen
    }


def may_stand_apart(name: str) -> bool:
    """Whether a name has what names_apart looks for: a suffix or a middle initial."""
    return name != _without_suffix(name) or bool(_SUFFIX.fullmatch(name.rpartition(" ")[2]))


def canonical_names(
    counts: Mapping[str, int], lists: Lists, apart: Container[str] = frozenset()
) -> dict[str, str]:
    """For each name of a person in a corpus, the name that the person goes by.

    `counts` gives how often each name occurs. Of several forms the most frequent full one is taken. Names
    that could be short for several ("Al Smith" beside Albert and Alan Smith) stay as they are. A suffix
    ("Jr.") is kept for the names of `apart` (see names_apart).
    """
    plain = _one_spelling({name: _plain(name, apart) for name in counts}, counts)
    plain = _without_second_names(plain, counts, lists)
    groups: dict[str, dict[str, int]] = {}  # last name -> forms and their counts
    for name, form in plain.items():
        forms = groups.setdefault(form.rpartition(" ")[2].casefold(), {})
        forms[form] = forms.get(form, 0) + counts[name]
    chosen: dict[str, str] = {}
    for forms in groups.values():
        chosen |= _one_form(forms, lists)
    listed: dict[str, str] = {}
    of_group: dict[str, set[str]] = {}  # form that a person goes by -> names on the list of any form
    for name, form in plain.items():
        known = (lists.persons.get(alias.lower()) for alias in (name, form, chosen[form]))
        if found := next(filter(None, known), None):
            listed[name] = found
            of_group.setdefault(chosen[form], set()).add(found)
    result = {}
    for name, form in plain.items():
        group = of_group.get(chosen[form], set())
        result[name] = listed.get(name) or (next(iter(group)) if len(group) == 1 else chosen[form])
    return result


_TIMES = 10  # how many articles, and how many times as many, the shorter form needs


def _without_second_names(
    plain: Mapping[str, str], counts: Mapping[str, int], lists: Lists
) -> dict[str, str]:
    """Forms without a second first name where nearly all articles leave it out.

    "Olav Magnus Tench" is Olav Tench where ten times as many articles write so. Of fewer, two may be meant.
    """
    n: Counter[str] = Counter()
    for name, form in plain.items():
        n[form] += counts[name]
    result = {}
    for name, form in plain.items():
        words = form.split(" ")
        short = f"{words[0]} {words[-1]}"
        is_second = len(words) == _THREE and words[1] in lists.first_names
        result[name] = short if is_second and n[short] >= max(1, n[form]) * _TIMES else form
    return result


_THREE = 3  # words: a first, a second and a last name


@lru_cache(maxsize=50_000)
def _folded(name: str) -> str:
    """Name without accents and capitals: "António" as "antonio"."""
    return "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c))


def _one_spelling(plain: Mapping[str, str], counts: Mapping[str, int]) -> dict[str, str]:
    """Forms of names with one spelling, whatever their accents and capitals.

    Persons whose middle initials differ keep them: Ada W. Fenn is not Ada H. Fenn.
    """
    middles: dict[str, set[str]] = {}
    for name, form in plain.items():
        if letters := _middle_letters(name):
            middles.setdefault(_folded(form), set()).add(letters)
    kept = {
        name: _with_letters(name, form)
        if _differ(middles.get(_folded(form), set())) and _middle_letters(name)
        else form
        for name, form in plain.items()
    }
    n: Counter[str] = Counter()
    for name, form in kept.items():
        n[form] += counts[name]
    best: dict[str, str] = {}
    for form in sorted(n, key=lambda one: (-n[one], one)):
        best.setdefault(_folded(form), form)
    return {name: best[_folded(form)] for name, form in kept.items()}


def _middle_letters(name: str) -> str:
    """Middle initials of a name: "HW" of Ada H.W. Fenn."""
    words = name.split(" ")
    return "".join(word.replace(".", "") for word in words[1:-1] if _INITIALS.fullmatch(word))


def _with_letters(name: str, form: str) -> str:
    """Form of a name with its middle initials."""
    words = name.split(" ")
    letters = [word for word in words[1:-1] if _INITIALS.fullmatch(word)]
    first, _, rest = form.partition(" ")
    return " ".join([first, *letters, rest])


def _differ(letters: set[str]) -> bool:
    """Whether middle initials are those of several persons: none begins with another."""
    return any(not a.startswith(b) and not b.startswith(a) for a in letters for b in letters)


def _one_form(forms: Mapping[str, int], lists: Lists) -> dict[str, str]:
    """For each form of a name, the most frequent form of that person."""
    firsts: dict[str, list[str]] = {}  # first name -> forms
    for form in forms:
        if " " in form:
            firsts.setdefault(form.partition(" ")[0], []).append(form)
    same: dict[str, set[str]] = {form: {form} for form in forms}
    for first, shorts in firsts.items():
        full = lists.short_names.get(first, frozenset()) & firsts.keys()
        twins = [other for other in full if len(full) == 1]
        if len(twins) == 1 and len(shorts) == len(firsts[twins[0]]) == 1:
            together = same[shorts[0]] | same[firsts[twins[0]][0]]
            for form in together:
                same[form] = together
    return {form: max(group, key=lambda one: (forms[one], len(one), one)) for form, group in same.items()}


def _without_suffix(name: str) -> str:
    """Name without "Jr." and middle initials."""
    words = name.split(" ")
    words = words[: len(words) - bool(len(words) > 1 and _SUFFIX.fullmatch(words[-1]))]
    if len(words) > 2 and not _INITIALS.fullmatch(words[0]):
        words = [words[0], *(word for word in words[1:-1] if not _INITIALS.fullmatch(word)), words[-1]]
    return " ".join(words)


def _plain(name: str, apart: Container[str]) -> str:
    """Name without middle initials and suffix.

    The suffix is kept where another bearer needs it.
    """
    plain = _without_suffix(name)
    suffix = name.rpartition(" ")[2]
    if (plain in apart or " " not in plain) and " " in name and _SUFFIX.fullmatch(suffix):
        plain = f"{plain} {suffix}"
    return plain.replace("’", "'")
