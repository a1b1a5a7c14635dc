"""Settings of the notebooks and of the report, from one file.

A person who counts articles of their own edits data/settings.toml and no notebook.
"""

from __future__ import annotations

import datetime
import json
import os
import reprlib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from onrecord.choices import did_you_mean
from onrecord.readers.columns import check_columns

REPORT_FOLDER: Final = "ONRECORD_REPORT"  # environment variable: the folder that a report prepared
SAMPLE: Final = "data/sample/articles.toml"
OWN: Final = "data/settings.toml"
TEMPLATE: Final = "data/settings.example.toml"
OWN_FOLDER: Final = "own"  # of the copies of the notebooks, beside notebooks/
MOST_COMPARED: Final = 12  # more panels or bars do not fit on a page
N_COMPARED: Final = 8  # outlets in a chart, unless the settings name another number


@dataclass(frozen=True)
class Settings:
    """Settings of a run: which articles are counted, and where the results go.

    articles: paths of files and folders. columns: names of columns, our name first. outlets: names, or
    the number of outlets with most articles, or None for all. n_compared: how many outlets charts
    compare. first_day and last_day: days of publication, included. minimum_words: of an article.
    keep_copies: whether copies of other articles count. corrections: the file of codings by hand that replace
    the machine's readings, None for none. source: the line below every chart, None where it
    is computed from the articles. exports: the folder of charts and tables. word_lists: the folder of the
    user's word lists. targets and labels: names with their spellings, for notebooks 01 and 06. file:
    where the settings are from.
    """

    articles: tuple[Path, ...]
    exports: Path
    word_lists: Path
    file: Path
    columns: Mapping[str, str] = field(default_factory=dict)
    outlets: tuple[str, ...] | int | None = None
    n_compared: int = N_COMPARED
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None
    minimum_words: int = 0
    keep_copies: bool = False
    corrections: Path | None = None
    source: str | None = None
    targets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_sample: bool = False

    def save(self, path: str | Path) -> Path:
        """Write the settings as a TOML file with whole paths; return its path."""
        outlets = list(self.outlets) if isinstance(self.outlets, tuple) else self.outlets
        values: dict[str, Any] = {
            "articles": [str(one.resolve()) for one in self.articles],
            "exports": str(self.exports.resolve()),
            "word_lists": str(self.word_lists.resolve()),
            "outlets": outlets,
            "compare": self.n_compared,
            "from": self.first_day,
            "to": self.last_day,
            "minimum_words": self.minimum_words,
            "keep_copies": self.keep_copies,
            "corrections": str(self.corrections.resolve()) if self.corrections else None,
            "source": self.source,
            "sample": self.is_sample,
        }
        lines = [f"{key} = {_toml(value)}" for key, value in values.items() if value is not None]
        for name in ("columns", "targets", "labels"):
            table: Mapping[str, Any] = getattr(self, name)
            lines += [
                "",
                f"[{name}]",
                *(f"{_toml(key)} = {_toml(value)}" for key, value in table.items()),
            ]
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        return path


def load_settings(
    path: str | Path | None = None, overrides: Mapping[str, object] | None = None, *, sample: str = SAMPLE
) -> Settings:
    """Settings from `path`, or from the file that fits the folder of the notebook.

    Without `path` they are those of the report that runs (environment variable ONRECORD_REPORT), those of
    data/settings.toml where a notebook of the folder own/ runs, and the sample's everywhere else.
    `overrides` has keys and values as the file, and wins. Paths are relative to the folder of the project.

    Raises FileNotFoundError for a missing file, and ValueError for a file that is not TOML, a key that is
    not known and a value that is not allowed, with the file, the key, the value and what to do.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp(), "settings.toml")
    >>> _ = path.write_text('articles = "news"\\nfrom = 2026-01-01\\n')
    >>> load_settings(path, {"outlets": 8}).outlets
    8
    """
    path = _file_for(Path.cwd(), sample) if path is None else Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"{path} was not found. Copy {TEMPLATE} to {OWN}, or run: make own.")
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:  # not TOML or UTF-8, too long a number, too deep a list
        raise ValueError(
            f"{path} is not a settings file: {error}. Text is written in quotation marks, as in "
            f'articles = "data/articles". Compare it with {TEMPLATE}.'
        ) from None
    values = {key: _Value(path, key, value) for key, value in given.items()}
    values |= {key: _Value(None, key, value) for key, value in (overrides or {}).items() if value is not None}
    root = project_of(path.resolve().parent)
    read: dict[str, Any] = {}
    for key, value in values.items():
        if key not in _KEYS:
            raise value.error(f"is not a setting; settings are {', '.join(_KEYS)}.{did_you_mean(key, _KEYS)}")
        name, check = _KEYS[key]
        read[name] = check(value, root)
    if "articles" not in read:
        raise ValueError(f'{path}: articles is missing. Add a line such as articles = "data/articles".')
    first, last = read.get("first_day"), read.get("last_day")
    if first and last and first > last:
        raise values["to"].error(f"is before from ({first}). Exchange the two days.")
    read.setdefault("exports", root / "exports" / "own")
    read.setdefault("word_lists", root / "data" / "lexicons")
    return Settings(**read, file=path)


def project_of(folder: Path) -> Path:
    """The project that `folder` belongs to; `folder` itself where there is none."""
    return next((one for one in (folder, *folder.parents) if (one / SAMPLE).is_file()), folder)


def _file_for(here: Path, sample: str) -> Path:
    prepared = os.environ.get(REPORT_FOLDER)
    if prepared:
        return Path(prepared) / "settings.toml"
    root = project_of(here)
    own = root / OWN
    return own if own.is_file() and root / OWN_FOLDER in (here, *here.parents) else root / sample


@dataclass(frozen=True)
class _Value:
    """A value of the file, or of the call where `path` is None."""

    path: Path | None
    key: str
    value: Any

    def error(self, words: str) -> ValueError:
        where = f"{self.path}, " if self.path else ""
        return ValueError(f"{where}{self.key} = {_shown(self.value)}: {self.key} {words}")


_short = reprlib.Repr()
_short.maxlevel, _short.maxstring, _short.maxother, _short.maxlong = 3, 120, 120, 40


def _shown(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else _short.repr(value)


def _paths(value: _Value, root: Path) -> tuple[Path, ...]:
    given = [value.value] if isinstance(value.value, str | Path) else value.value
    if not (isinstance(given, list | tuple) and given and all(isinstance(one, str | Path) for one in given)):
        raise value.error('must be a path or a list of paths, such as "data/articles".')
    paths = tuple(root / one for one in given)
    for one in paths:
        if not os.path.exists(one):  # unlike Path.exists, no error where a name is too long to be one
            raise value.error(
                f"was not found ({_short.repr(str(one))}). Write the path from the folder of the project."
            )
    return paths


def _path(value: _Value, root: Path) -> Path:
    if not isinstance(value.value, str | Path) or not str(value.value).strip():
        raise value.error('must be the path of a folder, such as "exports/own".')
    return root / value.value


def _file(value: _Value, root: Path) -> Path:
    if not isinstance(value.value, str | Path) or not (root / value.value).is_file():
        raise value.error('must be the path of a file, such as "data/articles-corrections.csv".')
    return root / value.value


def _columns(value: _Value, root: Path) -> Mapping[str, str]:
    if not isinstance(value.value, Mapping) or not all(isinstance(one, str) for one in value.value.values()):
        raise value.error('must be a table, as in [columns] and below it text = "Article body".')
    try:
        check_columns(value.value)
    except ValueError as error:
        raise value.error(f"is wrong: {error}") from None
    return dict(value.value)


def _outlets(value: _Value, root: Path) -> tuple[str, ...] | int:
    if isinstance(value.value, str) and value.value.strip():
        return (value.value,)
    if isinstance(value.value, int) and not isinstance(value.value, bool) and value.value > 0:
        return value.value
    names = value.value if isinstance(value.value, list | tuple) else ()
    if names and all(isinstance(one, str) and one.strip() for one in names):
        return tuple(names)
    raise value.error(
        'must be a list of names, such as ["The Daily Example"], or a number: 8 for the 8 outlets with most '
        "articles. Leave the line out to count all."
    )


def _day(value: _Value, root: Path) -> datetime.date:
    if isinstance(value.value, datetime.datetime):
        return value.value.date()
    if isinstance(value.value, datetime.date):
        return value.value
    try:
        return datetime.date.fromisoformat(value.value)
    except (TypeError, ValueError):
        raise value.error(
            "must be a day written as year-month-day, such as 2026-01-31, without quotation marks."
        ) from None


def _whole(least: int, most: int | None = None) -> Callable[[_Value, Path], int]:
    allowed = f"of {least} or more" if most is None else f"from {least} to {most}"

    def check(value: _Value, root: Path) -> int:
        number = value.value
        if (
            not isinstance(number, int)
            or isinstance(number, bool)
            or number < least
            or number > (most or number)
        ):
            raise value.error(f"must be a whole number {allowed}.")
        return number

    return check


def _text(value: _Value, root: Path) -> str:
    if not isinstance(value.value, str) or not value.value.strip():
        raise value.error("must be a text in quotation marks. Leave the line out to have it computed.")
    return " ".join(value.value.split())


def _names(value: _Value, root: Path) -> Mapping[str, tuple[str, ...]]:
    given = value.value
    if isinstance(given, list | tuple):
        given = {name: [name] for name in given if isinstance(name, str)}
    is_table = isinstance(given, Mapping) and len(given) == len(value.value)
    if not is_table or not all(isinstance(one, str | list | tuple) for one in given.values()):
        raise value.error('must be a table of names, as in "Mara Lind" = ["Mara Lind", "Ms Lind"].')
    names = {name: (one,) if isinstance(one, str) else tuple(one) for name, one in given.items()}
    for name, spellings in names.items():
        if not spellings or not all(isinstance(one, str) and one.strip() for one in spellings):
            raise value.error(f"must have at least one spelling of {name!r}, in quotation marks.")
    return names


def _flag(value: _Value, root: Path) -> bool:
    if not isinstance(value.value, bool):
        raise value.error("must be true or false.")
    return value.value


def _toml(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


# Key of the file: the field, and how its value is checked.
_KEYS: Final[Mapping[str, tuple[str, Callable[[_Value, Path], Any]]]] = {
    "articles": ("articles", _paths),
    "columns": ("columns", _columns),
    "outlets": ("outlets", _outlets),
    "compare": ("n_compared", _whole(2, MOST_COMPARED)),
    "from": ("first_day", _day),
    "to": ("last_day", _day),
    "minimum_words": ("minimum_words", _whole(0)),
    "keep_copies": ("keep_copies", _flag),
    "corrections": ("corrections", _file),
    "source": ("source", _text),
    "exports": ("exports", _path),
    "word_lists": ("word_lists", _path),
    "targets": ("targets", _names),
    "labels": ("labels", _names),
    "sample": ("is_sample", _flag),
}
