"""Bytes to text: the encoding is told, never changed afterwards, and said where it was guessed."""

from __future__ import annotations

import codecs
import re

from onrecord.readers.reading import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE
)
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BINARY = "binary data, not text: save it as plain text, HTML, DOCX, PDF or CSV"
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

# UTF-8 that was once read as Windows-1252, and the sign of a byte that could not be read.
_MOJIBAKE = re.compile("â€[™œ\u009d\u009c˜“”¦]|Ã[\u0080-\u00bf©¨¼¶¤]|Â[\u00a0£©«»]|ï»¿|\ufffd")


def decode(data: bytes, *, declares: bool = False) -> tuple[str, tuple[str, ...]]:
    """Return the text of `data` and warnings, with no line end or letter changed.

    Tried in this order: a byte-order mark, UTF-8, an encoding that the file declares (only where
    `declares`: HTML and XML), UTF-16 without a mark, and then a guess, which is reported. Raises
    Unreadable for binary data.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, "replace"))
    if b"\x00" not in data:
        try:
            return _checked(data.decode("utf-8"))
        except UnicodeDecodeError:
            return _checked(*_not_utf8(data, declares))
    start = data[:4000]
    guess = "encoding guessed: UTF-16 without a mark"
    for encoding, zeros, letters in (
        ("utf-16-le", start[1::2], start[::2]),
        ("utf-16-be", start[::2], start[1::2]),
    ):
        if zeros.count(0) > 0.4 * len(zeros) and not letters.count(0):
            return _checked(data.decode(encoding, "replace"), guess)
    raise Unreadable(_BINARY)


def _not_utf8(data: bytes, declares: bool) -> tuple[str, ...]:
    """Return the text, and a note where the encoding was guessed."""
    declared = _DECLARED.search(data[:4000]) if declares else None
    if declared:
        try:
            encoding = codecs.lookup(declared[1].decode("ascii")).name
            if not encoding.startswith(("utf-16", "utf-32")):  # those would hold zeros
                return (data.decode(encoding),)
        except (LookupError, UnicodeError):
            pass
    high = len(data.translate(None, bytes(range(128))))
    in_sequences = sum(map(len, _UTF8_SEQUENCE.findall(data)))
    if in_sequences > 0.8 * high:
        text = data.decode("utf-8", "replace")
        n = text.count("\ufffd") - data.count("\ufffd".encode())
        return text, f"{n} damaged byte{'s' * (n != 1)} in UTF-8 text, shown as \ufffd"
    if high < 0.3 * len(data) or len(data) < 100:
        # A text mostly of plain letters with some others is Western: marks, dashes, accents.
        try:
            return data.decode("cp1252"), "encoding guessed: Windows-1252"
        except UnicodeDecodeError:
            pass
    import charset_normalizer

    best = charset_normalizer.from_bytes(data[:100_000]).best()
    if best is None:
        raise Unreadable(_BINARY)
    return data.decode(best.encoding, "replace"), f"encoding guessed: {best.encoding}"


def _checked(text: str, *warnings: str) -> tuple[str, tuple[str, ...]]:
    if len(_CONTROLS.findall(text[:20_000])) > 0.02 * len(text[:20_000]):
        raise Unreadable(_BINARY)
    return text, warnings


def mojibake(text: str) -> list[str]:
    """Return the places of `text` that look like another encoding read wrongly, as written."""
    return _MOJIBAKE.findall(text)
