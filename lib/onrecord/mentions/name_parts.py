"""Whole names: nicknames, letters after a name, surnames in capitals."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from onrecord.mentions.name_runs import UPPER, Run
from onrecord.wordlists import Lists, word_set

_NICKNAME = re.compile(
    rf" [“\"‘'][{UPPER}][\w’' .-]{{0,24}}[”\"’'],? "
    rf"| \([{UPPER}][\w’'.-]{{0,18}}(?: [{UPPER}][\w’'.-]{{0,18}})?\) "
)
_OPENERS = (" “", ' "', " ‘", " '", " (")
DAYS = word_set("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_SHORTEST = 4  # letters of a surname that is written in capitals; fewer may be initials
Single = tuple[str, int, int]  # word, start, end


def whole_names(
    text: str, singles: Sequence[Single], runs: Sequence[Run], lists: Lists
) -> tuple[list[Single], list[Run]]:
    """Capitalised words and runs of `text` with each name in one run.

    A nickname in quotation marks or brackets joins the words around it and is left out of the name. Letters
    after a name ("MP", "OBE") are left out. A surname in capitals is written as the others are.
    """
    runs = [_plain_letters(_without_letters(run, lists), lists) for run in runs]
    if any(map(_all_capitals, runs)):
        written = {" ".join(run.words).casefold(): run.words for run in runs if not _all_capitals(run)}
        runs = [_as_written(run, written) for run in runs]
    return _join_nicknames(text, singles, runs, lists)


def _all_capitals(run: Run) -> bool:
    words = run.words
    return words[0].isupper() and len(words) > 1 and len(words[-1]) > 1 and all(map(str.isupper, words))


def _as_written(run: Run, written: Mapping[str, tuple[str, ...]]) -> Run:
    """Run with a name in capitals as the article writes it in small letters elsewhere."""
    known = written.get(" ".join(run.words).casefold()) if _all_capitals(run) else None
    return run if known is None else run._replace(words=known)


def _without_letters(run: Run, lists: Lists) -> Run:
    words = run.words
    while len(words) > 1 and _may_end(words[-1], lists) and (len(words) > 2 or run.titles):
        words = words[:-1]
    if len(words) == len(run.words):
        return run
    cut = sum(len(word) + 1 for word in run.words[len(words) :])
    return Run(run.start, run.end - cut, run.titles, words)


def _may_end(word: str, lists: Lists) -> bool:
    """Whether a word ends a name without being part of it.

    It is letters ("MP") or a day ("Ann Lee Tuesday").
    """
    return word in lists.post_nominals or word in DAYS or word.lower() in lists.journalists


def _plain_letters(run: Run, lists: Lists) -> Run:
    """Run with a name in capitals ("Jean DUPONT") written "Dupont"."""
    words = run.words
    last = words[-1]
    if len(words) == 1:
        return run
    if _in_capitals(words[0]) and last[1:2].islower() and words[0].capitalize() in lists.first_names:
        return run._replace(words=(words[0].capitalize(), *words[1:]))
    if not _in_capitals(last) or not words[0][1:].islower():
        return run
    return run._replace(words=(*words[:-1], _lowered(last)))


def _in_capitals(word: str) -> bool:
    """Whether a word is written in capitals and long enough for a surname."""
    return word.isupper() and len(word) >= _SHORTEST and word.replace("-", "").isalpha()


def _lowered(word: str) -> str:
    """ "OWUSU-ANSAH" as "Owusu-Ansah"."""
    return "-".join(part.capitalize() for part in word.split("-"))


def _join_nicknames(
    text: str, singles: Sequence[Single], runs: Sequence[Run], lists: Lists
) -> tuple[list[Single], list[Run]]:
    ends = [*[end for _, _, end in singles], *[run.end for run in runs]]
    if not any([text.startswith(_OPENERS, end) for end in ends]):
        return list(singles), list(runs)
    parts: list[Run] = sorted([*(Run(start, end, (), (word,)) for word, start, end in singles), *runs])
    by_start = {part.start: part for part in parts}
    used: set[int] = set()
    joined: list[Run] = []
    for part in parts:
        if part.start in used or not text.startswith(_OPENERS, part.end):
            continue
        gap = _NICKNAME.match(text, part.end)
        after = by_start.get(gap.end()) if gap else None
        if gap is None or _is_listed(gap.group().strip(" ()“”‘’'\","), lists):
            continue
        if after is None or after.titles or len(part.words) > 2 or len(after.words) > 2:
            continue
        if len(after.words) > 1 and after.words[0] in lists.first_names:
            continue  # "Tarn mocks ‘very slow’ Laura Wold": the name behind is whole
        used |= {other for other in range(part.start, after.start + 1) if other in by_start}
        joined.append(Run(part.start, after.end, part.titles, (*part.words, *after.words)))
    if not joined:
        return list(singles), list(runs)
    return (
        [single for single in singles if single[1] not in used],
        sorted([run for run in runs if run.start not in used] + joined),
    )


_BEFORE_NICKNAME = re.compile(rf"(?:^|[^\w’'-])[{UPPER}][\w’'.-]* $")
_AFTER_NICKNAME = re.compile(rf",? [{UPPER}][\w’'-]+")
_INSIDE_NICKNAME = re.compile(rf"[“\"‘'](?:The )?[{UPPER}][\w’'.-]*(?: [{UPPER}]?[\w’'.-]+){{0,2}},?[”\"’']")


def is_nickname(text: str, start: int, end: int) -> bool:
    """Whether a quoted span is a nickname within a name: Rosa “Ro” Tench."""
    return (
        _BEFORE_NICKNAME.search(text, max(0, start - 30), start) is not None
        and _AFTER_NICKNAME.match(text, end) is not None
        and _INSIDE_NICKNAME.fullmatch(text, start, end) is not None
    )


def _is_listed(name: str, lists: Lists) -> bool:
    """Whether a name in brackets or quotation marks is on a list."""
    return name.isupper() or name in lists.places or name in lists.adjectives or bool(lists.outlet(name))
