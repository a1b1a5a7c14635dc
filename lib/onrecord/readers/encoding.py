"""Bytes to text: the encoding of a file, and a warning where it was guessed."""

from __future__ import annotations

import codecs
import re

from onrecord.readers.reading import Unreadable

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose byte-order mark it begins with
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
_SAMPLE_BYTES = 400_000

# Single-byte encodings of Western texts, the likeliest first, with the name that a report gives.
_WESTERN = (("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman"), ("cp850", "DOS (code page 850)"))
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
# The beginning of a UTF-8 sequence whose end is missing.
_TORN = re.compile("[\udce0-\udcf4][\udc80-\udcbf]{1,3}|[\udcc2-\udcf4]\\Z")
_STRAY = re.compile("[\udc80-\udcff]")
_MOST_ZEROS = 0.04  # of the bytes: more, and it is not a text
_CLEARLY = 0.2  # more sense per character: enough to prefer a less likely encoding
_OPENS, _CLOSES = frozenset("“‘„«‹"), frozenset("”’»›")


def decode(data: bytes, *, declares: bool = False) -> tuple[str, tuple[str, ...]]:
    """The text of `data` and warnings, with no line end or letter changed.

    Tried in this order: a byte-order mark, UTF-8, an encoding that the file declares (only where
    `declares`: HTML and XML), UTF-16 without a byte-order mark, and then a guess, which is a warning. Raises
    Unreadable for binary data.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            if encoding != "utf-8" or _is_utf8(rest):
                return _checked(rest.decode(encoding, "replace"))
            return _checked(*_not_utf8(rest, declares))
    if b"\x00" not in data:
        try:
            return _checked(data.decode("utf-8"))
        except UnicodeDecodeError:
            return _checked(*_not_utf8(data, declares))
    n_zeros = data.count(0)
    if n_zeros <= _MOST_ZEROS * len(data):
        text, warnings = decode(data.replace(b"\x00", b""), declares=declares)
        return text, (*warnings, f"{n_zeros} NUL character{'s' * (n_zeros != 1)} left out")
    start = data[:4000]
    guess = "encoding guessed: UTF-16 without a mark"
    for encoding, zeros, letters in (
        ("utf-16-le", start[1::2], start[::2]),
        ("utf-16-be", start[::2], start[1::2]),
    ):
        if zeros.count(0) > 0.4 * len(zeros) and not letters.count(0):
            return _checked(data.decode(encoding, "replace"), guess)
    raise Unreadable(_BINARY)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _not_utf8(data: bytes, declares: bool) -> tuple[str, ...]:
    """The text, and a note where the encoding was guessed."""
    declared = _DECLARED.search(data[:4000]) if declares else None
    if declared:
        try:
            encoding = codecs.lookup(declared[1].decode("ascii")).name
            if not encoding.startswith(("utf-16", "utf-32")):  # those would contain zeros
                return (data.decode(encoding),)
        except (LookupError, UnicodeError):
            pass
    if _UTF8_SEQUENCE.search(data) and (mixed := _mixed(data)) is not None:
        return mixed
    high = len(data.translate(None, bytes(range(128))))
    # A text mostly of plain letters with some others is Western: quotation marks, dashes, accents.
    is_western = high < 0.3 * len(data) or len(data) < 100
    if is_western and (western := western_encoding(data)) is not None:
        encoding, name = western
        return data.decode(encoding), f"encoding guessed: {name}"
    import charset_normalizer

    best = charset_normalizer.from_bytes(data[:100_000]).best()
    if best is None:
        raise Unreadable(_BINARY)
    return data.decode(best.encoding, "replace"), f"encoding guessed: {best.encoding}"


def western_encoding(data: bytes) -> tuple[str, str] | None:
    """The Western single-byte encoding of `data`, as (codec, name).

    It is the one in which the quotation marks and accents make sense.

    None where none does. Windows-1252 wins unless another makes clearly more sense.
    """
    sample = data if len(data) <= _SAMPLE_BYTES else data[: _SAMPLE_BYTES // 2] + data[-_SAMPLE_BYTES // 2 :]
    best, best_score = None, -1.0
    for encoding, name in _WESTERN:
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = sense(sample.decode(encoding, "replace"))
        if best is None or score > best_score + _CLEARLY:
            best, best_score = (encoding, name), score
    return best


def sense(text: str) -> float:
    """How much sense the characters beyond ASCII make, from -1 to 1.

    A character makes sense between its neighbours: a quotation mark before a word, an accent within
    one.
    """
    fits = [character_fits(text, match.start()) for match in _BEYOND_ASCII.finditer(text)]
    return sum(fits) / len(fits) if fits else 0.0


def character_fits(text: str, at: int, character: str | None = None) -> int:
    """Whether a character makes sense between its neighbours: 1, -1 or 0 (unclear).

    `character` is tried in place of the one at `at`.
    """
    character = character or text[at]
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    starts = not before or before.isspace() or before in "([-—–\"'“‘|,;"
    ends = not after or after.isspace() or after in ".,;:!?)]-—–\"'”’|"
    if character in _OPENS:
        return 1 if starts and not ends else -1
    if character == "’" and (after.isalpha() or after.isdigit()):
        return 1
    if character in _CLOSES:
        return 1 if ends and not (starts and before not in ",;-—–\"'”’") else -1
    if character.isalpha() and character not in "ªºƒ":
        if character.islower():
            if before.isalpha():
                return 1
            if after.isalpha():
                return 1 if after.islower() else -1
            return 0 if starts and (not before or before.isspace()) else -1  # a word of one letter
        # A capital begins a word, or is among capitals.
        if (before.isalpha() and before.islower()) or not (before.isalpha() or starts):
            return -1
        return 1 if after.isalpha() else 0 if before.isalpha() and before.isupper() else -1
    if character in "–—…£€•\xa0":
        return 1
    return 0 if character in "©®°§·½¼¾²³×¢¥" else -1


def _mixed(data: bytes) -> tuple[str, ...] | None:
    """UTF-8 text with single bytes of another encoding, and notes.

    None where it is not UTF-8 at all.

    A stray byte is read in the Western encoding in which most of them make sense, where it makes sense
    itself. Any other is shown as U+FFFD.
    """
    text = data.decode("utf-8", "surrogateescape")  # a stray byte is a lone surrogate
    text, n_torn = _TORN.subn("\ufffd", text)
    strays = [match.start() for match in _STRAY.finditer(text)]
    n_good = sum(1 for match in _BEYOND_ASCII.finditer(text) if not _STRAY.match(match[0]))

    def read(at: int, encoding: str) -> str:
        return bytes([ord(text[at]) - 0xDC00]).decode(encoding, "replace")

    if not strays:
        return text, _damaged(n_torn)
    best, best_score = _WESTERN[0], -1.0
    for encoding in _WESTERN[:2]:
        score = sum(character_fits(text, at, read(at, encoding[0])) for at in strays) / len(strays)
        if score > best_score + (_CLEARLY if best_score > -1 else 0):
            best, best_score = encoding, score
    mostly = 3 * n_good > 0.8 * (3 * n_good + len(strays)) or n_good > len(strays)
    if not mostly and (best_score < 0.5 or sense(_STRAY.sub("", text)) < 0.5):
        return None
    letters = list(text)
    n_damaged = n_torn
    for at in strays:
        character = read(at, best[0])
        is_certain = best_score >= 0.5 and character_fits(text, at, character) > 0
        letters[at] = character if is_certain else "\ufffd"
        n_damaged += not is_certain
    notes = []
    if n_read := len(strays) - n_damaged + n_torn:
        notes.append(f"mixed encodings: UTF-8, and {n_read} characters in {best[1]}, each read as such")
    if n_damaged:
        notes.append(_damaged(n_damaged))
    return "".join(letters), *notes


def _damaged(n: int) -> str:
    return f"{n} damaged byte{'s' * (n != 1)} in UTF-8 text, shown as \ufffd"


def _checked(text: str, *warnings: str) -> tuple[str, tuple[str, ...]]:
    if len(_CONTROLS.findall(text[:20_000])) > 0.02 * len(text[:20_000]):
        raise Unreadable(_BINARY)
    return text, warnings
