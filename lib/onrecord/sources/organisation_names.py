"""One name for one organisation in all articles of a corpus."""

from __future__ import annotations

import re
from collections.abc import Mapping

from onrecord.sources.sector_phrases import TOKEN, organisation_of
from onrecord.wordlists import Lists

_OFFICE = re.compile(
    r"(?P<of>.+) (?P<office>Department|Ministry|Office|Bureau|Embassy|Committee|Commission|Council)$"
)
_OWNED_REPORT = re.compile(r"(?<=\w)'s(?= (?:report|inquiry|investigation|review|survey|poll|study)$)")
_SMALL = frozenset(("of", "the", "and", "for", "on", "in", "de", "des", "du", "la", "&", "to", "at"))
_SHORT = 2  # letters of initials that need more than a name that fits


def canonical_organisations(counts: Mapping[str, int], lists: Lists) -> dict[str, str]:
    """For each name of an organisation in a corpus, the name that it goes by.

    "Justice Department" and "Department of Justice" are one, and so is "DOJ" where it can mean no other
    organisation of the corpus. Initials of two letters must be of the same sector by the word lists ("EC" is
    not the Electoral College), and those of a country mean that country. Of several forms the most
    frequent one is taken.
    """
    groups: dict[str, list[str]] = {}
    for name in counts:
        groups.setdefault(_organisation_key(name), []).append(name)
    initials: dict[str, set[str]] = {}
    for key, names in groups.items():
        for name in names:
            for letters in _initials_of(name) | (_initials_of(key) if " of " in key else set()):
                initials.setdefault(letters, set()).add(key)
    _join_short_forms(groups, lists)
    chosen: dict[str, str] = {}
    best = {key: max(names, key=lambda one: (counts[one], len(one), one)) for key, names in groups.items()}
    for key, names in groups.items():
        target = key
        letters = names[0].replace(".", "")
        if " " not in letters and letters.isupper() and 2 <= len(letters) <= 6:
            meant = initials.get(letters, set()) - {key}
            if letters in lists.places:
                meant = {one for one in meant if best[one] in lists.places}
            elif len(letters) == _SHORT and not _is_of_sector(letters, meant, lists):
                meant = set()
            target = next(iter(meant)) if len(meant) == 1 else key
        for name in names:
            chosen[name] = best[target]
    return chosen


def _join_short_forms(groups: dict[str, list[str]], lists: Lists) -> None:
    """Put "Lumenrod" with "Lumenrod Research", one firm.

    The whole name is the only one that opens with the word and goes on with words that firms have.
    """
    longer: dict[str, set[str]] = {}
    for key, names in groups.items():
        first, _, rest = names[0].partition(" ")
        words = [word.strip(".,") for word in rest.split(" ")]
        if rest and all(word in lists.firm_words or word.lower() in lists.bodies for word in words):
            longer.setdefault(first.casefold(), set()).add(key)
    for key in [key for key in groups if " " not in key]:
        name = groups[key][0]
        whole = longer.get(key.removesuffix(".com"), set())
        is_plain = name not in lists.places and name not in lists.adjectives and not name.isupper()
        if len(whole) == 1 and is_plain and name.lower() not in lists.bodies:
            groups[next(iter(whole))] += groups.pop(key)


def _organisation_key(name: str) -> str:
    """Organisation's name as it is compared.

    "Justice Department" gives "department of justice".
    """
    plain = re.sub(r"^the ", "", name.replace("’", "'"), flags=re.IGNORECASE)
    # "U.S. Justice Department", but not the "Government" of any other country
    plain = re.sub(r"^(?:US|U\.S\.|UK) (?=\S+ \S)", "", plain, flags=re.IGNORECASE)
    plain = _OWNED_REPORT.sub("", plain)  # "Moll's report", "the Moll report"
    office = _OFFICE.fullmatch(plain)
    if office and not re.search(r"'s?$|\b(?:of|for)\b", office["of"]):
        plain = f"{office['office']} of {office['of']}"
    return re.sub(r"\b(of|for) the\b", r"\1", plain.casefold().replace(" & ", " and "))


def _is_of_sector(letters: str, keys: set[str], lists: Lists) -> bool:
    """Whether the word lists give initials and the one name that fits the same sector."""
    sector = lists.sector_organisations.get(letters)
    found = {organisation_of(TOKEN.findall(key.title().replace(" Of ", " of ")), lists) for key in keys}
    return sector is not None and found == {sector}


def _initials_of(name: str) -> set[str]:
    """Initials of a name, with and without its small words."""
    words = re.findall(r"[\w&]+", name)
    large = [word for word in words if word.lower() not in _SMALL]
    if len(large) < 2:
        return set()
    return {"".join(word[0] for word in some).upper() for some in (words, large)}
