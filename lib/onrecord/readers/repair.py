"""Characters that were decoded wrongly once, and markup within cells.

Repaired where that is certain.

Nothing is repaired in silence: each repair is counted for the read report. `read_corpus(…,
repair=False)` gives the text as it is in the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Any, NamedTuple

from onrecord.readers.encoding import sense
from onrecord.readers.markup import has_markup, plain_text
from onrecord.readers.reading import RawArticle

# UTF-8 that was once read as Windows-1252, Latin-1 or Mac Roman, and the sign of an unreadable byte.
_WRONG = re.compile(
    "â€[™œ\u009d\u009c˜“”¦\u0093\u0094]|â\u0080[\u0090-\u00bf]|Ã[\u0080-\u00bf©¨¼¶¤±³¡§ªº]|Â[\u00a0£©«»®°·]"
    "|‚Ä[úùôòìî¶]|√[©®ß∂º°±§]|ï»¿|\ufffd"
)
_MAY_BE_WRONG = re.compile("[âÃÂ‚√ï\ufffd]")
_SUSPECT = re.compile("[ÂÃâðïÐÑãåæ‚√∂√¬\u0080-\u009f]")
# Quotation marks of Mac Roman read as Windows-1252 ("ÒNo,Ó"), and the other way round ("ìNo,î").
_SWAPPED = re.compile(r"(?<!\w)[ÒÔìë](?=\w)|(?<=[\w.,!?])[ÓÕîí](?!\w)|(?<=[a-z])[Õí](?=[a-z])")
_SWAPPED_LETTERS = re.compile("[ÒÔìëÓÕîí]")
_LOOKED_AT = 200  # texts, that decide for the whole file
_ENOUGH = 3  # characters from which a swapped encoding is certain
# Windows-1252 that was once read as Latin-1 has its quotation marks and dashes among the C1 controls.
_C1 = re.compile("[\u0080-\u0084\u0086-\u008c\u008e\u0091-\u009c\u009e\u009f]")
_BLANKS = dict.fromkeys((0xA0, 0x2007, 0x2009, 0x202F), " ")  # no-break, figure, thin, narrow
_ESCAPED_QUOTE = re.compile(r'\\+(["“”])|(?<=\w)\\+([\'’])(?=\w)')
_ESCAPED_CODE = re.compile(r"\\u([0-9a-fA-F]{4})")
_ESCAPED_LINES = re.compile(r"(?:\\r)?\\n")

_WHAT = {
    "markup": "with HTML tags or entities, which were decoded",
    "encoding": "with characters decoded wrongly before (such as “â€œ”), which were repaired",
    "controls": "with quotation marks and dashes of Windows-1252 as control characters, which were repaired",
    "blanks": "with no-break spaces or accents apart from their letters, which were written as usual",
    "escapes": "with backslashes before quotation marks or for line ends, which were undone",
}


class Repaired(NamedTuple):
    """Articles after repair, and the notes that the read report shows."""

    articles: list[RawArticle]
    notes: list[str]


def repair_articles(articles: list[RawArticle], *, markup: bool) -> Repaired:
    """Articles with wrongly decoded characters repaired.

    With `markup`, HTML in their cells is decoded."""
    counts: Counter[str] = Counter()
    swapped = _swapped_encodings(articles)
    repaired = []
    for article in articles:
        done: set[str] = set()
        changed: dict[str, Any] = {}
        for name, value in article._asdict().items():
            if isinstance(value, str) and name not in ("own_id", "url", "published"):
                better = _repair_field(name, value, markup, swapped, done)
                if better != value:
                    changed[name] = better
        counts.update(done)
        repaired.append(article._replace(**changed) if changed else article)
    n = len(articles)
    notes = [
        f"{counts[kind]} of {n} articles {what}" if n > 1 else f"article {what}"
        for kind, what in _WHAT.items()
        if counts[kind]
    ]
    return Repaired(repaired, notes)


def _repair_field(
    name: str, value: str, markup: bool, swapped: tuple[str, str] | None, done: set[str]
) -> str:
    if markup and has_markup(value):
        better = plain_text(value, one_line=name != "text")
        if better != value:
            done.add("markup")
            value = better
    if "\\" in value and markup:
        better = _without_escapes(value)
        if better != value:
            done.add("escapes")
            value = better
    if not value.isascii():
        if swapped or _SUSPECT.search(value):
            better = repair_encoding(value)
            if swapped:
                better = _read_as(better, *swapped)
            if better != value:
                done.add("encoding")
                value = better
        if _C1.search(value):
            done.add("controls")
            value = _C1.sub(lambda found: found[0].encode("latin-1").decode("cp1252"), value)
        better = _with_usual_characters(value)
        if better != value:
            done.add("blanks")
            value = better
    return value


def _with_usual_characters(text: str) -> str:
    """`text` with usual blanks, and accents composed with their letters (NFC).

    A name with a no-break space, or with an accent apart from its letter, is otherwise not found again.
    """
    return unicodedata.normalize("NFC", text).translate(_BLANKS)


def repair_encoding(text: str) -> str:
    """`text` with UTF-8 that was decoded as another encoding read as UTF-8.

    The other is Windows-1252, Latin-1 or Mac Roman.

    Each paragraph is repaired on its own, and left as it is where it makes sense already.
    """
    import ftfy

    if "â€œ" in text:  # of ” a program that knows no byte 9D leaves this
        text = text.replace("â€\ufffd", "â€\x9d")
    config = ftfy.TextFixerConfig(
        unescape_html=False,
        restore_byte_a0=True,
        replace_lossy_sequences=False,
        decode_inconsistent_utf8=True,
        fix_c1_controls=False,
    )
    return "\n".join(
        ftfy.fix_encoding(line, config) if _SUSPECT.search(line) else line for line in text.split("\n")
    )


def _swapped_encodings(articles: list[RawArticle]) -> tuple[str, str] | None:
    """The encodings that a file was read in, and should have been read in.

    Where Mac Roman and Windows-1252 changed places, else None.

    Determined from all texts together, and only where the characters make no sense as they are.
    """
    pieces: list[str] = []
    for article in articles:
        if article.text and not article.text.isascii() and _SWAPPED_LETTERS.search(article.text):
            pieces.append(article.text)
            if len(pieces) >= _LOOKED_AT:
                break
    text = "\n\n".join(pieces)
    if len(_SWAPPED.findall(text)) < _ENOUGH:
        return None
    for wrong, right in (("cp1252", "mac_roman"), ("mac_roman", "cp1252")):
        try:
            other = text.encode(wrong).decode(right)
        except UnicodeError:
            continue
        if sense(text) < 0.4 and sense(other) > 0.9:
            return wrong, right
    return None


def _read_as(text: str, wrong: str, right: str) -> str:
    """`text` decoded anew, where it can be and makes more sense so."""
    try:
        other = text.encode(wrong).decode(right)
    except UnicodeError:
        return text
    return other if sense(other) > sense(text) else text


def _without_escapes(text: str) -> str:
    """`text` without the backslashes that a program wrote into it.

    They are before quotation marks, or mean line ends.
    """
    text = _ESCAPED_QUOTE.sub(lambda found: found[1] or found[2], text)
    text = _ESCAPED_CODE.sub(lambda found: chr(int(found[1], 16)), text)
    n_lines = len(_ESCAPED_LINES.findall(text))
    if "\n" not in text.strip() and n_lines and re.search(r"[.!?”\"’'](?:\\r)?\\n|(?:\\n){2}", text):
        text = _ESCAPED_LINES.sub("\n", text)
    return text


def wrong_characters(text: str) -> list[str]:
    """The places of `text` that look like another encoding read wrongly, as written."""
    return _WRONG.findall(text) if _MAY_BE_WRONG.search(text) else []
