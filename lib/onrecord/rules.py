"""Which rules made a result: a hash of the code, the models and the word lists that an analysis rests on."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import fields
from functools import cache
from hashlib import blake2b
from importlib import resources
from pathlib import Path

from onrecord import __version__
from onrecord.wordlists import Lists

_PACKAGES = ("text", "mentions", "attributions", "sources", "models", "lexicons")


def rules_version(lists: Lists | None = None) -> str:
    """Return the version of the package and a hash: the same rules give the same, on every machine."""
    return f"{__version__}-{_package_hash()}" + ("" if lists is None else f"-{_hash_of(lists)}")


@cache
def _package_hash() -> str:
    root = Path(str(resources.files("onrecord")))
    digest = blake2b(digest_size=6)
    found = [path for name in _PACKAGES for path in (root / name).rglob("*")]
    files = [path for path in found if path.suffix in (".py", ".npz", ".csv")]
    for path in sorted([*files, root / "analysis.py", root / "tables.py", root / "wordlists.py"]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _hash_of(lists: Lists) -> str:
    digest = blake2b(digest_size=6)
    for field in fields(lists):
        value = getattr(lists, field.name)
        # Sets and dictionaries have no order of their own; a pattern is no collection.
        if isinstance(value, Mapping):
            value = sorted(map(repr, value.items()))
        elif isinstance(value, Set):
            value = sorted(map(repr, value))
        digest.update(f"{field.name}:{value!r}".encode())
    return digest.hexdigest()
