"""The rules of an analysis: one hash of its code, models and word lists."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import fields
from functools import cache, lru_cache
from hashlib import blake2b
from importlib import resources
from pathlib import Path

from onrecord import __version__
from onrecord.wordlists import Lists, load_lists

# The code on the way from files to the tables of an analysis, and all models.
PACKAGES = ("readers", "corpus", "text", "mentions", "attributions", "sources", "models")
_NAMES = (
    "analysis",
    "consistency",
    "extras",
    "guard",
    "list_columns",
    "list_rows",
    "list_shapes",
    "progress",
    "records",
    "rules",
    "tables",
    "wordlists",
)
MODULES = tuple(f"{name}.py" for name in _NAMES)
_KINDS = (".py", ".npz", ".csv")


def rules_version(lists: Lists | None = None) -> str:
    """The version of the package and the hash of the rules.

    The hash covers all that an analysis with `lists` rests on: the code, the models and every word list,
    the user's own rows included. The same rules have the same hash on every machine. `lists` are those of
    the package where None.
    """
    digest = blake2b(digest_size=8)
    digest.update(f"{_hash_of_package()} {_hash_of_lists(lists or load_lists())}".encode())
    return f"{__version__}-{digest.hexdigest()}"


@cache
def _hash_of_package() -> str:
    root = Path(str(resources.files("onrecord")))
    found = [path for name in PACKAGES for path in (root / name).rglob("*") if path.suffix in _KINDS]
    paths = {path.relative_to(root).as_posix(): path for path in [*found, *(root / name for name in MODULES)]}
    digest = blake2b(digest_size=16)
    for name in sorted(paths):
        content = paths[name].read_bytes()
        digest.update(f"{name} {len(content)} ".encode() + content)
    return digest.hexdigest()


@lru_cache(maxsize=4)
def _hash_of_lists(lists: Lists) -> str:
    digest = blake2b(digest_size=16)
    for field in fields(lists):
        digest.update(f"{field.name} {_canonical(getattr(lists, field.name))}\n".encode())
    return digest.hexdigest()


def _canonical(value: object) -> str:
    """`value` as text, in full; sets and dictionaries are sorted."""
    if isinstance(value, re.Pattern):  # its repr is cut after 200 characters
        return f"pattern {value.pattern!r} {value.flags}"
    if isinstance(value, Mapping):
        return f"{{{', '.join(sorted(f'{key!r}: {_canonical(item)}' for key, item in value.items()))}}}"
    if isinstance(value, Set):
        return f"{{{', '.join(sorted(map(_canonical, value)))}}}"
    if isinstance(value, tuple):
        return f"({', '.join(map(_canonical, value))})"
    return repr(value)
