"""Factiva exports (RTF, HTML, XML, plain text).

Fields by their codes, or the article as it is displayed.

Codes are the database's own: HD headline, BY byline, PD and ET date and time, SN source, LP and TD
the text, AN the article's number.
"""

from __future__ import annotations

import re

from onrecord.readers.bylines import is_byline
from onrecord.readers.lines import body_text, word_count
from onrecord.readers.nexis import with_stated
from onrecord.readers.reading import Element, RawArticle, Reading

_CODES = (
    "HD", "SE", "HL", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD",
    "CT", "ART", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "DE", "PBB", "CLM", "NGC", "GC",
    "TI", "DLN",
)  # fmt: skip
_CODED = re.compile(rf"({'|'.join(_CODES)})\s*(?:\||\t|\xa0|  +|$)\s*(.*)", re.DOTALL)
# Copied from a page, a code may be parted from its value by one blank. Within the text only what is
# plainly a field ends it: "NS gcat : Political", never "IN the end".
_BARE_HEAD = re.compile(r"(HD|SE|HL|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD) (\S.*)", re.DOTALL)
_BARE_TAIL = re.compile(
    r"((?:CO|IN|NS|RE) (?=\w{2,12} : )|IPC (?=[A-Z0-9]+(?: \| |$))|IPD |PUB |AN (?=(?:Document|Dokument) )"
    r"|TD |RF )(\S.*)",
    re.DOTALL,
)
_TEXT = re.compile(r"(?:LP|TD)\s*(?:\||\t|\xa0|  |$)")
_NUMBER = re.compile(r"(?:Document|Dokument|Documento?) ([A-Za-z][A-Za-z0-9]{8,40})\s*(?:\|\s*)?$")
_WORDS = re.compile(r"-?[\d,.\s]+ (?:words|mots|Wörter|palabras|parole)\s*$", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?: (?:[AP]M|[A-Z]{2,4}))?$")


def is_factiva(lines: list[str]) -> bool:
    """Whether lines are a Factiva export: every article ends in its number."""
    return any(_NUMBER.search(line) for line in lines) and any(
        _WORDS.match(line.strip()) or line.startswith(("WC", "HD")) for line in lines
    )


def read_factiva(lines: list[str]) -> Reading:
    """The articles of a Factiva export, given as its lines."""
    articles: list[RawArticle] = []
    part: list[str] = []
    for line in lines:
        if (
            part and _begins_head(line) and any(map(_TEXT.match, part))
        ):  # the number of the one before is missing
            articles.append(_article([*part, ""]))
            part = []
        part.append(line)
        if number := _NUMBER.search(line):
            articles.append(_article(part)._replace(own_id=number[1]))
            part = []
    if any(map(_TEXT.match, part)):
        articles.append(_article([*part, ""]))
    return Reading(articles, len(articles))


def _begins_head(line: str) -> bool:
    match = _CODED.match(line) or _BARE_HEAD.match(line)
    return match is not None and match[1] in ("SE", "HD")


def _article(lines: list[str]) -> RawArticle:
    coded = [match for line in lines if (match := _CODED.match(line) or _BARE_HEAD.match(line))]
    if any(match[1] == "HD" for match in coded) and any(match[1] in ("LP", "TD") for match in coded):
        return coded_article(_fields(lines))
    return _displayed(lines)


def _fields(lines: list[str]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    current: list[str] = []
    in_text = False
    for line in lines:
        match = _CODED.match(line) or (_BARE_TAIL if in_text else _BARE_HEAD).match(line)
        if match:
            in_text = match[1].strip() in ("LP", "TD")
            current = fields.setdefault(match[1].strip(), [])
            line = match[2]
        current.append(line.strip().removesuffix("|"))
    return fields


def coded_article(fields: dict[str, list[str]]) -> RawArticle:
    """The article of fields by their codes, each a list of lines."""

    def joined(*codes: str) -> str | None:
        parts = (" ".join(filter(None, map(str.strip, fields.get(code, [])))) for code in codes)
        return " ".join(filter(None, parts)) or None

    return RawArticle(
        body_text(fields.get("LP", []) + fields.get("TD", [])),
        outlet=joined("SN"),
        published=joined("PD", "ET"),
        byline=joined("BY"),
        headline=joined("HD"),
        own_id=(joined("AN") or "").split(" ")[-1] or None,
        n_words_stated=word_count(joined("WC")),
    )


def _displayed(lines: list[str]) -> RawArticle:
    """An article without codes.

    Headline, byline, words, date, time, source, code, language.
    """
    lines = [line.replace("\xa0", " ").strip() for line in lines]
    lines = [line for line in lines if line]
    at = next((i for i, line in enumerate(lines) if _WORDS.match(line)), None)
    if at is None:
        return RawArticle(body_text(lines[:-1]))
    above, below = lines[:at], lines[at + 1 : -1]
    byline = above.pop() if len(above) > 1 and is_byline(above[-1]) else None
    published = below.pop(0) if below else None
    if below and _CLOCK.match(below[0]):
        published = f"{published} {below.pop(0)}"
    outlet = below.pop(0) if below else None
    # Code, page, edition and language are short; the copyright line ends the head.
    end = next(
        (i for i, line in enumerate(below[:8]) if re.match(r"©|\(c\)|copyright\b", line, re.IGNORECASE)), None
    )
    if end is None:
        end = next((i for i, line in enumerate(below) if len(line) > 40), len(below)) - 1
    return RawArticle(
        body_text(below[end + 1 :]),
        outlet,
        published,
        byline,
        " ".join(above) or None,
        n_words_stated=word_count(lines[at]),
    )


def read_factiva_xml(root: Element) -> Reading:
    """The articles of Factiva's XML."""
    articles = [_xml_article(element) for element in _all(root, "article")]
    stated = [str(value) for value in root.xpath("//*/@count") if re.search(r"\d", value)]
    return with_stated(articles, stated[0] if stated else None)


def _all(element: Element, name: str) -> list:
    return element.xpath(f".//*[local-name()='{name}']")


def _xml_article(article: Element) -> RawArticle:
    def value(*names: str) -> str | None:
        for name in names:
            for element in _all(article, name):
                if text := re.sub(r"\s+", " ", "".join(element.itertext())).strip():
                    return text
        return None

    body = [
        re.sub(r"\s+", " ", "".join(paragraph.itertext()))
        for part in ("leadParagraph", "tailParagraphs")
        for element in _all(article, part)
        for paragraph in _all(element, "paragraph")
    ]
    return RawArticle(
        body_text(body),
        outlet=value("sourceName"),
        published=value("dateTime", "publicationDate", "date"),
        byline=value("byline"),
        headline=value("headline"),
        own_id=value("accessionNo"),
    )
