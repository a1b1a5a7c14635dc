"""The files below the paths that a user gives, in one order on every machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import NamedTuple

from onrecord.readers.reading import MAX_BYTES, Unreadable
from onrecord.tables import replace_surrogates

_FORBIDDEN = "may not be read: change its permissions"


class Listed(NamedTuple):
    """One file to read, or one place that cannot be (reason)."""

    label: str  # POSIX path below the folder given, or the file's name
    path: Path
    reason: str | None = None


def list_files(paths: str | os.PathLike | list) -> list[Listed]:
    """The files of a file, a folder or several.

    They are sorted by their path below the folder given.

    Hidden files, lock files and READMEs are not articles. Only READMEs have a row. A symbolic
    link to a folder is not followed, so no loop can arise. Raises FileNotFoundError for a path that
    does not exist, and TypeError for what is not a path.
    """
    if paths is None:
        raise ValueError(
            "paths must be a file or folder, not None: write it in quotation marks, as in 'data/articles'."
        )
    given = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    listed: list[Listed] = []
    for path in map(Path, given):
        if os.path.isdir(path):  # unlike Path.is_dir, no error where a name is too long to be one
            found = sorted(_below(path), key=lambda one: (one.label, one.path))
            listed += found or [
                Listed(
                    _label(path.name),
                    path,
                    "an empty folder: put articles in it (txt, html, docx, pdf, csv …)",
                )
            ]
        elif os.path.lexists(path):
            listed.append(Listed(_label(path.name), path, _reason(path)))
        else:
            raise FileNotFoundError(
                f"{_label(path)}: no such file or folder was found. Looked in {Path.cwd()}: "
                "write the path from there, or in full."
            )
    return listed


def _below(folder: Path) -> Iterator[Listed]:
    unreadable: list[OSError] = []
    inside = folder.resolve()
    for place, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not is_ignored(name))
        for name in list(folders):
            path = Path(place, name)
            page = name.removesuffix("_files")
            if page != name and ({f"{page}.html", f"{page}.htm"} & set(names)):
                folders.remove(name)
                yield Listed(
                    _label(path.relative_to(folder)), path, "the parts of a saved page, not articles"
                )
            elif path.is_symlink():
                folders.remove(name)
                reason = "a symbolic link to a folder is not followed: give the folder itself"
                yield Listed(_label(path.relative_to(folder)), path, reason)
        for name in names:
            if not is_ignored(name):
                path = Path(place, name)
                why = _reason(path) or (_reason_of_link(path, inside) if path.is_symlink() else None)
                yield Listed(_label(path.relative_to(folder)), path, why)
    for error in unreadable:
        path = Path(error.filename)
        label = _label(path.name if path == folder else path.relative_to(folder))
        yield Listed(label, path, f"a folder that may not be read ({error.strerror}): change its permissions")


def _label(path: str | PurePath) -> str:
    """A path as tables can store it: what is not UTF-8 in a name is shown as U+FFFD."""
    return replace_surrogates(PurePath(path).as_posix())


def is_ignored(name: str) -> bool:
    """Whether a file or folder is not an article by its name: .DS_Store, ~$draft.docx."""
    return name.startswith((".", "~$")) or name in ("__MACOSX", "Thumbs.db", "desktop.ini")


def _reason(path: Path) -> str | None:
    if path.stem.upper() == "README":
        return "a README, not an article"
    try:
        if not path.is_file():
            path.stat()  # says why: a loop, a broken link
            return "neither a file nor a folder: put a file in its place"
    except PermissionError:
        return _FORBIDDEN
    except OSError as error:
        return f"a link that leads nowhere ({error.strerror}): put the file itself in its place"
    return None


def _reason_of_link(path: Path, inside: Path) -> str | None:
    """Why a link is not followed: it leads out of the folder that the user gave."""
    if path.resolve().is_relative_to(inside):
        return None
    return "a link that leads out of the folder is not followed: put the file itself in its place"


def size_of(path: Path) -> int:
    """The size of a file; 0 where it is gone since, which `load` reports."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def load(path: Path) -> bytes:
    """The bytes of a file. Raises Unreadable where it is too large or may not be read."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Unreadable(f"{size / 1e9:.1f} GB; files up to {MAX_BYTES / 1e9:g} GB are read: split it")
        return path.read_bytes()
    except PermissionError:
        raise Unreadable(_FORBIDDEN) from None
    except OSError as error:
        raise Unreadable(
            f"cannot be read ({error.strerror}): copy it to another disk and try again"
        ) from None
