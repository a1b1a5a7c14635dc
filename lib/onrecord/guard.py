"""Checks of the arguments of public functions: one for each kind of argument.

What an argument must be is its annotation. A value of another kind raises ValueError that names the argument,
the value and what to give instead, before the function runs. What only the function knows (a column that a
table needs, the choices of an option) it checks itself.
"""

from __future__ import annotations

import inspect
import math
import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from numbers import Integral, Real
from typing import Any, NamedTuple, TypeVar

Function = TypeVar("Function", bound=Callable)

_TABLE = (
    "Articles are read with onrecord.read_documents('data/articles'); all other tables come from "
    "onrecord.analyse(documents)."
)
_ANALYSIS = "onrecord.analyse(documents) makes one."
# Limits of numbers, by the name of the argument; all other whole numbers are at least 1, all others above 0.
_FROM_ZERO = frozenset(["seed", "digits", "context"])
_SHARES = frozenset(["min_probability", "min_similarity", "min_overlap", "margin"])
_ANY_NUMBER = frozenset(["observed"])
_ANY_COLUMNS = frozenset([("save_table", "table")])  # what a user has made may be saved as it is
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_OWN_CHECKS = frozenset(["source", "ax"])  # the functions say more of these


class _Kind(NamedTuple):
    """One kind of value: its name in a message, how it is recognised, and a remedy."""

    shown: str
    fits: Callable[[object], bool]
    remedy: str = ""


def _is_named(value: object, *names: str) -> bool:
    """Whether a value is of one of these classes, which are not imported."""
    return any(one.__name__ in names for one in type(value).__mro__)


def _is_analysis(value: object) -> bool:
    """Whether a value has tables that measures read."""
    is_table = _is_named(value, "DataFrame")  # whose columns are attributes
    return not is_table and any(
        hasattr(value, table) for table in ("documents", "attributions", "sources", "scare_quotes", "spans")
    )


def _is_texts(value: object) -> bool:
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
        return False
    if _is_named(value, "DataFrame"):
        return False
    is_repeatable = isinstance(value, (list, tuple, set, frozenset)) or _is_named(value, "Series", "Index")
    return not is_repeatable or all(isinstance(item, str) for item in value)


def _is_paths(value: object) -> bool:
    return isinstance(value, (list, tuple, set)) and all(isinstance(one, (str, os.PathLike)) for one in value)


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(float(value))


_TEXTS = _Kind("a list of texts", _is_texts, "Write it in brackets, as in ['xyz'].")
_PAIR = _Kind("a pair", lambda value: isinstance(value, (list, tuple)) and len(value) == 2)
_PATHS = _Kind("a list of paths", _is_paths)
_KINDS: dict[str, _Kind] = {
    "None": _Kind("None", lambda value: value is None),
    "str": _Kind("a text", lambda value: isinstance(value, str), "Write it in quotation marks."),
    "bool": _Kind(
        "True or False", lambda value: isinstance(value, bool) or _is_named(value, "bool_", "bool")
    ),
    "int": _Kind("a whole number", lambda value: isinstance(value, Integral) and not isinstance(value, bool)),
    "float": _Kind("a number", _is_number),
    "pd.DataFrame": _Kind("a table (DataFrame)", lambda value: _is_named(value, "DataFrame"), _TABLE),
    "Analysis": _Kind("an analysis", _is_analysis, _ANALYSIS),
    "Countable": _Kind("a corpus", lambda value: _is_named(value, "Countable")),
    "_Counted": _Kind("an analysis or corpus", _is_analysis, _ANALYSIS),
    "Lists": _Kind(
        "word lists", lambda value: _is_named(value, "Lists"), "onrecord.load_lists(folder) reads them."
    ),
    "Path": _Kind("a path", lambda value: isinstance(value, os.PathLike)),
    "os.PathLike": _Kind("a path", lambda value: isinstance(value, os.PathLike)),
    "Iterable[str]": _TEXTS,
    "Sequence[str]": _TEXTS,
    "list[str]": _TEXTS,
    "list": _PATHS,
    "Iterable[str | Path]": _PATHS,
    "Client": _Kind("a dask.distributed Client", lambda value: _is_named(value, "Client")),
    "tuple[str, str]": _Kind("a pair of texts", lambda value: _is_texts(value) and len(list(value)) == 2),  # type: ignore[call-overload]
    "tuple[object, object]": _PAIR,
    "tuple[str | date | None, str | date | None]": _PAIR,
    "Axes": _Kind(
        "the Axes of a chart", lambda value: _is_named(value, "_AxesBase"), "The plot_ functions return it."
    ),
}


def checked(function: Function) -> Function:
    """`function`, with its arguments checked by their annotations before it runs."""
    signature = inspect.signature(function)

    @wraps(function)
    def check_and_call(*args: Any, **kwargs: Any) -> Any:
        try:
            bound = signature.bind(*args, **kwargs)
        except TypeError:
            return function(*args, **kwargs)  # Python says which argument is missing, or not known
        for name, value in bound.arguments.items():
            _check(name, value, signature.parameters[name])
            if _is_named(value, "DataFrame") and (function.__name__, name) not in _ANY_COLUMNS:
                _check_columns(name, value)
        try:
            return function(*args, **kwargs)
        except Exception as error:
            # A file name or a column may contain codes that a terminal would obey.
            error.args = tuple(_plain(part) if isinstance(part, str) else part for part in error.args)
            raise

    return check_and_call  # type: ignore[return-value]


def _plain(message: str) -> str:
    """`message`, with control and direction characters as codes."""
    return _UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", message)


def _check(name: str, value: object, parameter: inspect.Parameter) -> None:
    if (
        name in _OWN_CHECKS
        or value is parameter.default
        or parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
    ):
        return
    written = _alternatives(str(parameter.annotation))
    if _is_named(value, "AnalysedCorpus"):
        _check_corpus(name, written)
    kinds = [_KINDS[one] if one in _KINDS else _mapping(one) for one in written]
    known = [kind for kind in kinds if kind is not None]
    if len(known) < len(kinds):  # a kind that only the function knows
        return
    if not any(kind.fits(value) for kind in known):
        expected = " or ".join(dict.fromkeys(kind.shown for kind in known))
        remedy = next((f" {kind.remedy}" for kind in known if kind.remedy), "")
        if {"str", "os.PathLike"} <= set(written):
            expected, remedy = "a file or folder", " Write it in quotation marks, as in 'data/articles'."
        elif _TEXTS in known and isinstance(value, str):
            remedy = f" Write [{value!r}]."
        shown = type(value).__name__ if expected.startswith(("a table", "an analysis")) else _shown(value)
        raise ValueError(f"{name} must be {expected}, not {shown}.{remedy}")
    if name == "by" and isinstance(value, (list, tuple)) and not value:
        raise ValueError("by is an empty list. Name a column, as in by='outlet'.")
    elif isinstance(value, Real) and not isinstance(value, bool):
        _check_limits(name, value, is_whole="float" not in written)


def _check_corpus(name: str, written: list[str]) -> None:
    """Refuse a corpus on disk where the tables themselves are needed."""
    if "Countable" in written or "_Counted" in written:
        return
    select = """corpus.select("outlet = 'Post'")"""
    if "Analysis" in written:
        raise ValueError(
            f"{name} must be an Analysis, not an AnalysedCorpus: texts or whole tables are needed, which are "
            f"on disk. Select some articles: {select}."
        )
    if "pd.DataFrame" in written:
        raise ValueError(
            f"{name} must be a table (DataFrame), not an AnalysedCorpus. Select some articles and give a "
            f"table of them: {select}.documents."
        )


def _alternatives(annotation: str) -> list[str]:
    """The parts of an annotation that | joins, outside brackets."""
    parts, depth = [""], 0
    for letter in annotation:
        depth += (letter == "[") - (letter == "]")
        if letter == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def _mapping(annotation: str) -> _Kind | None:
    if annotation.startswith("Mapping["):
        return _Kind("a mapping, as {'key': 'value'}", lambda value: isinstance(value, Mapping))
    return None


def _check_columns(name: str, table: Any) -> None:
    if not len(table.columns):
        raise ValueError(f"{name} is a table without columns. Give the table that the example shows.")
    repeated = table.columns[table.columns.duplicated()]
    if len(repeated):
        raise ValueError(
            f"{name} has two columns named {str(repeated[0])!r}. Rename one: {name}.set_axis([…], axis=1)."
        )


def _check_limits(name: str, value: Real, *, is_whole: bool) -> None:
    number = float(value)
    if name in _ANY_NUMBER:
        return
    if name in _SHARES:
        if not 0 <= number <= 1:
            raise ValueError(f"{name} must be from 0 to 1, not {value}.")
    elif name in _FROM_ZERO:
        if number < 0:
            raise ValueError(f"{name} must be 0 or more, not {value}.")
    elif is_whole and number < 1:
        raise ValueError(f"{name} must be at least 1, not {value}.")
    elif number <= 0:
        raise ValueError(f"{name} must be above 0, not {value}.")


def _shown(value: object) -> str:
    """A value for a message: texts and numbers as they are, of others their kind."""
    if value is None or isinstance(value, (str, bool, Real)):
        text = repr(value)
        return text if len(text) <= 60 else f"{text[:59]}…"
    return type(value).__name__
