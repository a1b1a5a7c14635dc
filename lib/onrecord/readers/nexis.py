"""LexisNexis and Nexis Uni exports.

Many articles per file, each between fixed lines.

Nexis Uni (DOCX, RTF): a cover page, then each article from its headline to "End of Document", the
text after a line "Body". The older LexisNexis (TXT, HTML): each article after "1 of 10 DOCUMENTS",
or without that line, its fields in capitals. Field names are the databases' own.
"""

from __future__ import annotations

import re
from collections import Counter

from onrecord.readers.dates import find_date
from onrecord.readers.lines import body_text, html_lines, unwrapped, word_count
from onrecord.readers.reading import RawArticle, Reading, stated_number

_STATED = re.compile(r"Documents? \((-?\d[\d,.]*)\)")
_UNI_FIELD = re.compile(
    r"(Section|Length|Byline|Dateline|Highlight|Series|Document-Type|Copyright)\s*:?\s*(.*)", re.DOTALL
)
_UNI_END = re.compile(
    r"(?:Classification|Load-Date|Graphic|Notes?|Correction(?:-Date)?|Publication-Type|Language|Subject)\s*(?::\s*)?$"
    r"|(?:Load-Date|Language|Publication-Type|Document-Type|Journal Code)\s*:",
)
_NUMBER = re.compile(
    r"\s*(\d[\d,.]*) (?:of|von|sur|de|van) (\d[\d,.]*) (?:DOCUMENTS?|DOKUMENTEN?|DOCUMENTOS?)\s*$"
)
_SELECTED = re.compile(r"Selected Items: (-?\d{1,30})-(-?\d{1,30})")
_OLD_FIELD = re.compile(r"([A-Z][A-Z -]{2,30}):(?:\s+(.*)|$)", re.DOTALL)
_OLD_HEAD = {"BYLINE", "SECTION", "LENGTH", "DATELINE", "HIGHLIGHT", "SERIES", "COLUMN"}
_OLD_TAIL = {
    "LOAD-DATE", "LANGUAGE", "PUBLICATION-TYPE", "DOCUMENT-TYPE", "JOURNAL-CODE", "GRAPHIC", "CORRECTION",
    "NOTES", "CORRECTION-DATE", "SUBJECT", "DISTRIBUTION", "COMPANY", "PERSON", "ORGANIZATION", "COUNTRY",
    "STATE", "CITY", "GEOGRAPHIC", "INDUSTRY", "TICKER", "URL", "PUB-TYPE", "TYPE", "ACC-NO", "CATEGORY",
    "NAME",
}  # fmt: skip
_SURE_TAIL = {"LOAD-DATE", "PUBLICATION-TYPE", "LANGUAGE", "PUB-TYPE"}
_LENGTH = re.compile(r"LENGTH:\s+\d[\d,.]* (?:words|mots|W[öo]rter|palabras|parole|woorden)\b", re.IGNORECASE)
_RIGHTS = re.compile(r"(?:Copyright\b|©|\(c\)|All Rights Reserved\b)", re.IGNORECASE)
_RESERVED = re.compile(r"All Rights Reserved\.?", re.IGNORECASE)
_EDITION = re.compile(r".{0,40}\bEdition\b.{0,20}|Correction Appended", re.IGNORECASE)
_WEEKDAY_LAST = re.compile(r"(?:,|(?<!\s))\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", re.IGNORECASE)


def is_nexis_uni(lines: list[str]) -> bool:
    """Whether lines are a Nexis Uni export."""
    stripped = [line.strip() for line in lines]
    return "End of Document" in stripped and "Body" in stripped


def read_nexis_uni(lines: list[str]) -> Reading:
    """The articles of a Nexis Uni export, given as its lines."""
    stripped = [line.replace("\xa0", " ").strip() for line in lines]
    ends = [i for i, line in enumerate(stripped) if line == "End of Document"]
    articles = [
        _uni_article(stripped[start:end])
        for start, end in zip([0, *(end + 1 for end in ends)], ends, strict=False)
    ]
    stated = next((match[1] for match in map(_STATED.search, stripped[: ends[0]]) if match), None)
    return with_stated(articles, stated)


def with_stated(articles: list[RawArticle], stated: object, note: str | None = None) -> Reading:
    """The articles of an export, with the number that it states.

    Where that cannot be a number of articles, a warning says so.
    """
    number = None
    if stated is not None:
        number, warning = stated_number(stated)
        note = warning or note
    return Reading(articles, len(articles) if number is None else number, warnings=(note,) if note else ())


def _uni_article(lines: list[str]) -> RawArticle:
    body = next((i for i, line in enumerate(lines) if line == "Body"), len(lines))
    # The date is the last line that begins as one before the body; outlet and headline are above it.
    dates = [
        i
        for i, line in enumerate(lines[:body])
        if len(line) < 80 and (d := find_date(line)) and line.startswith(d[:3])
    ]
    at = next((i for i in reversed(dates) if i and lines[i - 1]), None)
    fields: dict[str, str] = {}
    for line in lines[(at or 0) + 1 : body]:
        if field := _UNI_FIELD.match(line):
            fields.setdefault(field[1], field[2])
    headline = outlet = published = None
    if at is not None:
        outlet, published = lines[at - 1], date_line(lines[at])
        top = at - 1
        while top > 0 and lines[top - 1]:
            top -= 1
        headline = " ".join(lines[top : at - 1]) or None
    end = next((i for i in range(body + 1, len(lines)) if _UNI_END.match(lines[i])), len(lines))
    return RawArticle(
        body_text(lines[body + 1 : end]),
        outlet,
        published,
        fields.get("Byline"),
        headline,
        fields.get("Highlight"),
        n_words_stated=word_count(fields.get("Length")),
    )


def date_line(line: str) -> str | None:
    """The date and time of a Nexis date line ("July 1, 2019 Monday 9:20 AM GMT")."""
    return find_date(_WEEKDAY_LAST.sub("", line))


def split_lexisnexis(lines: list[str]) -> list[list[str]]:
    """The lines of each article of an older LexisNexis export.

    By their numbers, or by their fields.
    """
    starts = [i for i, line in enumerate(lines) if _NUMBER.match(line)]
    if not starts:
        starts = _starts_by_fields(lines)
    return [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _starts_by_fields(lines: list[str]) -> list[int]:
    """The first line of each article where none is numbered.

    After the last field of the one before.
    """
    starts, at = [0], None  # at: the end of the tail of the article before
    in_tail = False
    for i, line in enumerate(lines):
        field = _OLD_FIELD.match(line.strip())
        if field and field[1] in _SURE_TAIL:
            in_tail, at = True, i + 1
        elif in_tail and line.strip():
            if (at is not None and _RIGHTS.match(line.strip())) or (
                field and field[1] in _OLD_TAIL | _SURE_TAIL
            ):
                at = i + 1
            elif at is not None and i == at and line.strip():
                at = i + 1  # a field over several lines
            elif field and field[1] in _OLD_HEAD and at is not None:
                starts.append(at)
                in_tail, at = False, None
    return starts


def is_lexisnexis(lines: list[str]) -> bool:
    """Whether lines are an older LexisNexis export.

    Articles are numbered, or have its fields.
    """
    if any(map(_NUMBER.match, lines[:400])):
        return True
    fields = {match[1] for line in lines if (match := _OLD_FIELD.match(line.strip()))}
    has_length = any(_LENGTH.match(line.strip()) for line in lines)
    return has_length and len(fields & _SURE_TAIL) > 0 and len(fields & (_OLD_HEAD | _OLD_TAIL)) > 2


def read_lexisnexis_txt(text: str) -> Reading:
    """Articles of an older LexisNexis export in plain text.

    Its lines are hard-wrapped.
    """
    lines = text.splitlines()
    selected = _SELECTED.search(text[:5000])
    numbers = [match[2] for match in map(_NUMBER.match, lines) if match]
    parts = [unwrapped([part[0], "", *part[1:]]) for part in split_lexisnexis(lines)]
    stated: object = None
    if selected:
        first, last = stated_number(selected[1])[0], stated_number(selected[2])[0]
        stated = selected[0] if first is None or last is None else last - first + 1
    elif numbers:
        stated, n = Counter(numbers).most_common(1)[0]
        stated = stated if 2 * n > len(numbers) else None
    return read_lexisnexis(parts, stated)


_DOC = re.compile(r"<!-- Hide XML section from browser\s*<DOC NUMBER=\d+>\s*<DOCFULL> -->")
_STATED_IN_HTML = re.compile(r"<META [^<>]*\bDOCUMENTS=\"([^\"<>]{1,60})\"", re.IGNORECASE)


def is_lexisnexis_html(page: str) -> bool:
    """Whether a page is an older LexisNexis export."""
    return bool(_DOC.search(page))


def read_lexisnexis_html(page: str) -> Reading:
    """The articles of an older LexisNexis export in HTML."""
    cover, *parts = _DOC.split(page)
    stated = _STATED_IN_HTML.search(cover)
    return read_lexisnexis([html_lines(part) for part in parts], stated[1] if stated else None)


def read_lexisnexis(parts: list[list[str]], stated: object) -> Reading:
    """The articles of an older LexisNexis export, each given as its lines."""
    return with_stated([_old_article(part) for part in parts], stated)


def _old_article(lines: list[str]) -> RawArticle:
    lines = [line.replace("\xa0", " ").strip() for line in lines]
    lines = [line for line in lines if line and not _NUMBER.match(line)]
    fields: dict[str, str] = {}
    above: list[str] = []  # outlet, date, edition, headline
    body: list[str] = []
    head_ended = False
    for line in lines:
        field = _OLD_FIELD.match(line)
        if field and field[1] in _OLD_HEAD and not body:
            fields[field[1]] = (field[2] or "").strip()
            head_ended = True
        elif field and field[1] in _OLD_TAIL and head_ended:
            break
        elif (line.startswith("Copyright ") and (body or not head_ended)) or _RESERVED.fullmatch(line):
            if body:
                break
        elif head_ended:
            body.append(line)
        else:
            above.append(line)
    if not head_ended:  # no field at all: a notice in place of the article
        return RawArticle(None)
    at = next((i for i, line in enumerate(above) if date_line(line)), None)
    if at is None:
        return RawArticle(body_text(body), byline=fields.get("BYLINE"), headline=" ".join(above) or None)
    # Editions are on the date's own line, or below it, as "Late Edition - Final".
    below = [line for line in above[at + 1 :] if not _EDITION.fullmatch(line)]
    return RawArticle(
        body_text(body),
        outlet=" ".join(above[:at]) or None,
        published=date_line(above[at]),
        byline=fields.get("BYLINE"),
        headline=" ".join(below) or None,
        standfirst=fields.get("HIGHLIGHT"),
        n_words_stated=word_count(fields.get("LENGTH")),
    )
