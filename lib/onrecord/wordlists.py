"""The word lists that the coding of sources rests on: shipped as CSV, extended by a user's own folder.

`lexicons/README.md` says of each list what a row is and where it comes from.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

# name of a list: its columns, the first of which is the key
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "roles": ("noun", "plural", "uniqueness"),
    "bodies": ("noun", "form"),
    "named_bodies": ("name",),
    "spokespeople": ("phrase",),
    "ranks": ("word",),
    "titles": ("title", "gender"),
    "first_names": ("name", "gender"),
    "places": ("name", "kind"),
    "peoples": ("adjective", "people", "kind"),
    "outlets": ("name", "kind", "aliases"),
    "persons": ("name", "aliases"),
    "markers": ("pattern", "example"),
    "reasons": ("class", "pattern", "example"),
    "basis": ("pattern", "example"),
    "cue_stance": ("cue", "stance", "forms"),
    "disclosures": ("kind", "pattern", "needs", "example"),
    "acts": ("cue", "act", "before_that", "before_to", "of_person", "forms"),
}


@dataclass(frozen=True, eq=False)  # compared as one object: so a cache can be kept for each
class Lists:
    """All word lists, as sets and dictionaries; made by `load_lists` and never changed."""

    singular: Mapping[str, str]  # role noun -> uniqueness ("", office, relation)
    plural: Mapping[str, str]  # plural role noun -> its singular
    bodies: Mapping[str, tuple[str, bool]]  # noun -> (form, is it plural)
    named_bodies: frozenset[str]
    spokespeople: frozenset[str]
    ranks: frozenset[str]
    titles: Mapping[str, str]  # title -> gender ("m", "f" or "")
    first_names: Mapping[str, str]  # name -> gender ("m", "f" or "either")
    places: frozenset[str]
    adjectives: Mapping[str, str]  # Israeli -> people, Republican -> party
    peoples: frozenset[str]  # Israelis, Republicans
    outlets: Mapping[str, str]  # name or alias in lower case, without "the" -> name
    persons: Mapping[str, str]  # alias in lower case -> name
    markers: re.Pattern[str]
    reasons: tuple[tuple[str, re.Pattern[str]], ...]
    basis: re.Pattern[str]
    cue_stance: Mapping[str, str]
    disclosures: tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...]  # kind, pattern, needed words
    acts: Mapping[str, Mapping[str, str]]  # cue in each of its forms -> its row of acts.csv

    def outlet(self, name: str | None) -> str | None:
        """Return the canonical name of the outlet that `name` (or a web address) names, if listed."""
        return self.outlets.get(outlet_key(name)) if name else None


def load_lists(folder: str | Path | None = None, *, replace: Iterable[str] = ()) -> Lists:
    """Return the package's word lists, extended by the CSV files of `folder`.

    A file of the folder has the name and columns of the list it extends (roles.csv, outlets.csv, …).
    Its rows are added, and win where the first column is the same; the lists named in `replace` are
    taken from the folder alone. Raises ValueError where a file or a column is unknown.
    """
    replace = frozenset([replace] if isinstance(replace, str) else replace)
    if folder is None:
        if replace:
            raise ValueError(f"replace={sorted(replace)} needs a folder to take these lists from.")
        return _package_lists()
    folder = Path(folder)
    if not folder.is_dir():
        raise ValueError(f"{folder} is no folder; word lists are CSV files in a folder of their own.")
    own = {path.stem: path for path in sorted(folder.glob("*.csv"))}
    for name in [*own, *sorted(replace)]:
        if name not in COLUMNS or (name in replace and name not in own):
            raise ValueError(f"{folder} has no usable list {name!r}; the lists are {', '.join(COLUMNS)}.")
    rows = {name: [] if name in replace else _package_rows(name) for name in COLUMNS}
    for name, path in own.items():
        rows[name] = [*_read(_lines(path), name, str(path)), *rows[name]]
    return _lists(rows)


@lru_cache(maxsize=50_000)
def outlet_key(name: str) -> str:
    """Return `name` as outlets are looked up: lower case, no "the", no web address around it."""
    key = name.strip().lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return key.rstrip("/.").removeprefix("the ")


@cache
def _package_lists() -> Lists:
    return _lists({name: _package_rows(name) for name in COLUMNS})


def _package_rows(name: str) -> list[dict[str, str]]:
    path = resources.files("onrecord").joinpath(f"lexicons/{name}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return _read(file, name, f"lexicons/{name}.csv")


def _read(file: Iterable[str], name: str, path: str) -> list[dict[str, str]]:
    reader = csv.DictReader(file)
    missing = [column for column in COLUMNS[name] if column not in (reader.fieldnames or ())]
    if missing:
        raise ValueError(f"{path} has no column {missing[0]!r}; it needs {', '.join(COLUMNS[name])}.")
    rows = [{key: (value or "").strip() for key, value in row.items() if key} for row in reader]
    for number, row in enumerate(rows, 2):
        try:
            re.compile(row.get("pattern", ""))
        except re.error as error:
            raise ValueError(
                f"{path}, line {number}: the pattern {row['pattern']!r} is no regular expression ({error}). "
                "Put a backslash before each of ( ) [ ] . * + ? that stands for itself."
            ) from None
    return rows


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not in UTF-8: save it anew as 'CSV UTF-8 (comma delimited)'.") from None


def _lists(rows: Mapping[str, list[dict[str, str]]]) -> Lists:
    """Return the lists made of `rows`, in which an earlier row wins."""
    given, rows = rows, {name: part[::-1] for name, part in rows.items()}
    roles = {row["noun"].lower(): row for row in rows["roles"]}
    bodies = {row["noun"].lower(): (row["form"], False) for row in rows["bodies"]}
    for noun, (form, _) in list(bodies.items()):
        bodies.setdefault(plural_of(noun), (form, True))
    return Lists(
        singular={noun: row["uniqueness"] for noun, row in roles.items()},
        plural={row["plural"].lower() or plural_of(noun): noun for noun, row in roles.items()},
        bodies=bodies,
        named_bodies=frozenset(row["name"] for row in rows["named_bodies"]),
        spokespeople=frozenset(row["phrase"].lower() for row in rows["spokespeople"]),
        ranks=frozenset(row["word"].lower() for row in rows["ranks"]),
        titles={row["title"]: row["gender"] for row in rows["titles"]},
        first_names={row["name"]: row["gender"] for row in rows["first_names"]},
        places=frozenset(row["name"] for row in rows["places"]),
        adjectives={row["adjective"]: row["kind"] for row in rows["peoples"]},
        peoples=frozenset(row["people"] for row in rows["peoples"]),
        outlets=_aliases(given["outlets"], outlet_key),
        persons=_aliases(given["persons"], str.lower),
        markers=_alternatives(row["pattern"] for row in rows["markers"]),
        reasons=tuple((row["class"], re.compile(row["pattern"], re.IGNORECASE)) for row in given["reasons"]),
        basis=_alternatives(row["pattern"] for row in rows["basis"]),
        cue_stance={
            form: row["stance"]
            for row in rows["cue_stance"]
            for form in (row["cue"].lower(), *filter(None, row["forms"].lower().split(";")))
        },
        disclosures=tuple(
            (
                row["kind"],
                re.compile(row["pattern"], re.IGNORECASE),
                tuple(filter(None, row["needs"].lower().split(";"))),
            )
            for row in given["disclosures"]
        ),
        acts={
            form: row
            for row in rows["acts"]
            for form in (*filter(None, row["forms"].lower().split(";")), row["cue"].lower())
        },
    )


def word_set(text: str) -> frozenset[str]:
    """Return the words of `text`, parted by blanks: a short list that belongs to a rule's code."""
    return frozenset(text.split())


def plural_of(noun: str) -> str:
    """Return the regular plural of `noun`."""
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2:-1] not in set("aeiou"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh", "z")) else "s")


def _aliases(rows: Iterable[dict[str, str]], key) -> dict[str, str]:
    """Return a dictionary from each name and alias to the name; an earlier row keeps an alias."""
    found: dict[str, str] = {}
    for row in rows:
        for alias in filter(None, (row["name"], *row["aliases"].split(";"))):
            found.setdefault(key(alias), row["name"])
    return found


def _alternatives(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)", re.IGNORECASE)
