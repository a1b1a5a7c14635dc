"""Files that are complete or absent, with checksums."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from zlib import crc32

_CHUNK = 1 << 20
_CHECKSUM = "checksum"


def write_whole(path: Path, write: Callable[[Path], object]) -> dict:
    """Write a file beside `path`, then rename it; return its size and checksum.

    Whatever interrupts it, `path` is the complete old file, the complete new one, or absent.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(beside)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        mark = checksum(beside)
        os.replace(beside, path)
    except OSError as error:
        reason = error.strerror or str(error)
        remedy = "Remove that folder" if path.is_dir() else "Free some space or choose a writable folder"
        raise OSError(
            error.errno,
            f"{path} could not be written: {reason}. {remedy}, then run again; finished parts are kept.",
        ) from error
    finally:
        if path.parent.is_dir():
            beside.unlink(missing_ok=True)
    return mark


def write_json(path: Path, value: dict) -> None:
    """Write a record with its checksum."""
    text = json.dumps(value | {_CHECKSUM: _sum_of(value)}, ensure_ascii=False, indent=1) + "\n"
    write_whole(path, lambda beside: beside.write_text(text, encoding="utf-8"))


def read_json(path: Path) -> dict | None:
    """The record that write_json wrote; None for a missing, damaged or changed file."""
    try:
        value = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or value.pop(_CHECKSUM, None) != _sum_of(value):
        return None
    return value


def _sum_of(value: dict) -> int:
    return crc32(json.dumps(value, sort_keys=True).encode())


def checksum(path: Path) -> dict:
    """The size and CRC-32 of a file."""
    crc, size = 0, 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            crc, size = crc32(chunk, crc), size + len(chunk)
    return {"bytes": size, "crc32": crc}


def is_whole(path: Path, mark: dict) -> bool:
    """Whether the file exists as it was written."""
    try:
        return path.is_file() and path.stat().st_size == mark["bytes"] and checksum(path) == mark
    except OSError:
        return False


def marks_of(folder: Path, paths: Iterable[Path]) -> dict[str, dict]:
    """The size and checksum of each file, by its path below `folder`."""
    return {path.relative_to(folder).as_posix(): checksum(path) for path in paths}


def are_whole(folder: Path, marks: Mapping[str, dict]) -> bool:
    """Whether all files exist as they were written."""
    return all(is_whole(folder / name, mark) for name, mark in marks.items())


def sweep(folder: Path) -> None:
    """Remove the incomplete files of an interrupted run."""
    for path in folder.rglob(".*.part"):
        path.unlink(missing_ok=True)
