"""The shapes of the word lists: rows as sets, mappings and patterns."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from onrecord.list_rows import Rows


class ReportingVerb(NamedTuple):
    """One form of a reporting verb."""

    verb: str  # the infinitive
    kinds: frozenset[str]  # say, tell, ask, quote, name, judge, show, think, and those for single rules
    tenses: frozenset[str]  # base, third, past, participle, ing


TENSES = ("third", "past", "participle", "ing")  # the order of the column forms


def plural_of(noun: str) -> str:
    """The regular plural of `noun`."""
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2:-1] not in set("aeiou"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh", "z")) else "s")


def lower_case(rows: Rows, column: str) -> frozenset[str]:
    return frozenset(row[column].lower() for row in rows)


def all_forms(rows: Rows) -> frozenset[str]:
    """The verbs in each of their forms, in lower case."""
    return frozenset(form for row in rows for form in (row["verb"].lower(), *row["forms"].lower().split(";")))


def both_numbers(rows: Rows) -> frozenset[str]:
    """The nouns and their plurals in lower case; an empty plural is regular."""
    nouns = lower_case(rows, "noun")
    return nouns | {row["plural"].lower() or plural_of(row["noun"].lower()) for row in rows}


def aliases(rows: Rows, key: Callable[[str], str]) -> dict[str, str]:
    """The name of each name and alias; an alias belongs to its first row."""
    found: dict[str, str] = {}
    for row in rows:
        for alias in filter(None, (row["name"], *row["aliases"].split(";"))):
            found.setdefault(key(alias), row["name"])
    return found


def alternatives(rows: Rows) -> re.Pattern[str]:
    """One pattern of all rows; of an empty list, one that matches nothing."""
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows) or r"(?!)", re.IGNORECASE)


_WITHOUT_LENGTH = re.compile(r"\\b|\(\?<![^()|]*\)")
_LETTERS = re.compile(r"[A-Za-z]+ ?")


def openings(rows: Rows) -> tuple[str, ...]:
    """With what the matches of some patterns may begin, in lower case.

    It is read from the patterns. It is "" where a match may begin with anything.
    """
    return tuple(
        sorted({stem for row in rows for part in _parts(row["pattern"])[0] for stem in _stems(part)})
    )


def _stems(pattern: str) -> set[str]:
    """With what the matches of one pattern without alternatives of its own may begin."""
    if skipped := _WITHOUT_LENGTH.match(pattern):
        return _stems(pattern[skipped.end() :])
    if letters := _LETTERS.match(pattern):
        is_optional = pattern[letters.end() : letters.end() + 1] in ("?", "*", "{")
        return {letters[0].lower()[:-1] if is_optional else letters[0].lower()}
    if not pattern.startswith("(?:"):
        return {""}
    parts, end = _parts(pattern, 3)
    if pattern[end : end + 1] in ("*", "{"):
        return {""}
    is_optional = pattern[end : end + 1] == "?"
    rest = pattern[end + is_optional :]
    found = {stem for part in parts for stem in _stems(part + rest)}
    return found | _stems(rest) if is_optional else found


def _parts(pattern: str, at: int = 0) -> tuple[list[str], int]:
    """Alternatives of the group that is open at `at`, and the position behind it."""
    parts: list[str] = []
    depth, begin = 0, at
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            at = pattern.index("]", at + 2)
        elif sign in "|)" and depth == 0:
            parts.append(pattern[begin:at])
            begin = at + 1
            if sign == ")":
                return parts, begin
        depth += (sign == "(") - (sign == ")")
        at += 1
    return [*parts, pattern[begin:]], at


def patterns(rows: Rows, column: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(value of `column`, pattern) of each row, in order."""
    return tuple((row[column], re.compile(row["pattern"], re.IGNORECASE)) for row in rows)


def verb_forms(rows: Rows) -> dict[str, ReportingVerb]:
    """Each form of the reporting verbs with its verb, kinds and tenses."""
    found: dict[str, ReportingVerb] = {}
    for row in rows:
        verb, kinds = row["verb"].lower(), frozenset(filter(None, row["kinds"].split(";")))
        for form, tense in ((verb, "base"), *zip(row["forms"].lower().split(";"), TENSES, strict=False)):
            known = found.setdefault(form, ReportingVerb(verb, frozenset(), frozenset()))
            if known.verb == verb:
                found[form] = ReportingVerb(verb, known.kinds | kinds, known.tenses | {tense})
    return found


def kinds_of(rows: Rows, kinds: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """The words of each of the kinds, those without a word included."""
    found: dict[str, set[str]] = {kind: set() for kind in kinds}
    for row in rows:
        found[row["kind"]].add(next(iter(row.values())))
    return {kind: frozenset(words) for kind, words in found.items()}


def ages_of(rows: Rows) -> dict[str, tuple[int, int]]:
    """The youngest and the oldest age that each noun means."""
    for row in rows:
        if not re.fullmatch(r"\d{1,3}-\d{1,3}", row["ages"]):
            raise ValueError(
                f"age_nouns, {row['noun']!r}: ages must be two numbers such as 13-19, not {row['ages']!r}."
            )
    return {
        row["noun"].lower(): (int(row["ages"].split("-")[0]), int(row["ages"].split("-")[1])) for row in rows
    }


def classes(rows: Rows) -> dict[str, frozenset[str]]:
    """The classes of each term, which may have several rows."""
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["term"].lower(), set()).add(row["class"])
    return {term: frozenset(classes) for term, classes in found.items()}
