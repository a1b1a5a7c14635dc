"""ZIP archives, read member by member in memory.

Nothing is unpacked onto the disk.
"""

from __future__ import annotations

import io
import lzma
import stat
import struct
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from zlib import error as ZlibError

from onrecord.readers.files import is_ignored
from onrecord.readers.reading import FREE_BYTES, MAX_BYTES, MAX_RATIO, Unreadable

# What zipfile raises for archives that are damaged, cut off, or made to harm.
_DAMAGED = (
    zipfile.BadZipFile, ZlibError, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, RuntimeError,
)  # fmt: skip


def check_size(data: bytes, *, whole: bool = False) -> None:
    """Raise Unreadable where an archive would expand beyond the limits.

    An archive is a ZIP, DOCX or XLSX.

    With `whole`, each member is unpacked piece by piece as well, since its head may state a false size.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(sum(member.file_size for member in archive.infolist()), len(data))
            damaged = archive.testzip() if whole else None
    except _DAMAGED as error:
        raise Unreadable(f"damaged, or cut off ({error}): open and save it again") from None
    if damaged:
        raise Unreadable(f"damaged, or cut off (in {damaged}): open and save it again")


def _check(expanded: int, packed: int) -> None:
    if expanded > 2 * MAX_BYTES or (expanded > FREE_BYTES and expanded > MAX_RATIO * max(packed, 1)):
        raise Unreadable(
            f"would expand {expanded / max(packed, 1):,.0f}-fold to {expanded / 1e6:,.0f} MB; "
            f"archives are opened up to {MAX_RATIO}-fold and {2 * MAX_BYTES / 1e9:g} GB: save it smaller, "
            "or delete it if you do not know it"
        )


def members(data: bytes) -> Iterator[tuple[str, bytes | Unreadable]]:
    """Yield the members of an archive, in order of their paths.

    Each as (path within the archive, bytes or why they were not read).
    """
    check_size(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in sorted(archive.infolist(), key=lambda one: one.filename):
            path = PurePosixPath(member.filename.replace("\\", "/"))
            if member.is_dir() or any(map(is_ignored, (part for part in path.parts if part != ".."))):
                continue
            try:
                yield member.filename, _load(archive, member, path)
            except Unreadable as error:
                yield member.filename, error


def _load(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: PurePosixPath) -> bytes:
    if not path.parts:
        raise Unreadable("a file without a name: pack it again")
    if path.is_absolute() or ".." in path.parts or path.parts[0].endswith(":"):
        raise Unreadable("a path that leads out of its archive, so it was not read: pack it again")
    if member.flag_bits & 1:
        raise Unreadable("protected by a password: unpack it first")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Unreadable("a link within an archive, which is not followed: pack the file itself")
    if path.stem.upper() == "README":
        raise Unreadable("a README, not an article")
    _check(member.file_size, member.compress_size)
    if member.file_size > MAX_BYTES:
        raise Unreadable(
            f"{member.file_size / 1e9:.1f} GB; files up to {MAX_BYTES / 1e9:g} GB are read: split it"
        )
    try:
        with archive.open(member) as file:
            content = file.read(member.file_size + 1)  # a false size in the head does not matter
    except Exception as error:  # false offsets and sizes break zipfile anywhere; the other members go on
        raise Unreadable(f"damaged within its archive ({error}): pack it again") from None
    if content[:4] == b"PK\x03\x04" and not zip_kind(content):
        raise Unreadable("an archive within an archive: unpack it first")
    return content


def zip_kind(data: bytes) -> str:
    """The office format (docx, xlsx …) of a ZIP by its members.

    "" for a plain archive.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except _DAMAGED:
        return "docx" if b"word/" in data[:4000] else "xlsx" if b"xl/" in data[:4000] else ""
    for kind, name in (
        ("docx", "word/document.xml"),
        ("xlsx", "xl/workbook.xml"),
        ("pptx", "ppt/presentation.xml"),
    ):
        if name in names:
            return kind
    return "odt" if "mimetype" in names else ""
