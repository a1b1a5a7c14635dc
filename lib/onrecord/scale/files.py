"""Files that are complete or absent, with checksums."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

_CHUNK = 1 << 20


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
        raise OSError(
            error.errno,
            f"{path} could not be written: {reason}. Free some space or choose a writable folder, then run "
            "again; finished parts are kept.",
        ) from error
    finally:
        if path.parent.is_dir():
            beside.unlink(missing_ok=True)
    return mark


def write_json(path: Path, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    write_whole(path, lambda beside: beside.write_text(text, encoding="utf-8"))


def read_json(path: Path) -> dict | None:
    """The value that write_json wrote; None for a missing or damaged file."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


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
        return path.stat().st_size == mark["bytes"] and checksum(path) == mark
    except OSError:
        return False


def sweep(folder: Path) -> None:
    """Remove the incomplete files of an interrupted run."""
    for path in folder.rglob(".*.part"):
        path.unlink(missing_ok=True)
