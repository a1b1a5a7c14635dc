"""RIS, the citation export of ProQuest, EBSCO, Zotero and others.

A record from TY to ER is an article.
"""

from __future__ import annotations

import re

from onrecord.readers.lines import is_notice, unwrapped
from onrecord.readers.reading import RawArticle, Reading

# Two blanks before the hyphen, always: "IN - the end" is a line of a text.
_TAG = re.compile(r" ?([A-Z][A-Z0-9])  - ?(.*)$")
_START = re.compile(r"\ufeff?\s*TY  - ?\S")
# Our column: the tags that have it, the best first. Texts are whichever of theirs is longest.
_HEADLINE = ("TI", "T1", "CT", "ST", "BT")
_OUTLET = ("T2", "JF", "JO", "JA", "J2", "J1", "PB", "DP")
_TEXT = ("TX", "FT", "N2", "AB", "N1")
_DATE = ("DA", "Y1", "PY", "Y2")
_URL = ("UR", "L2", "L1", "LK")
_AUTHOR = ("AU", "A1")
_ID = ("AN", "ID", "C7")
_SEVERAL = frozenset([*_AUTHOR, "KW", "UR", "SN", *_TEXT])


def is_ris(lines: list[str], *, is_named: bool = False) -> bool:
    """Whether lines are RIS.

    The first is TY, and a record ends in ER or, `is_named`, the file is called so.
    """
    first = next((line for line in lines if line.strip("\ufeff \t")), "")
    return bool(_START.match(first)) and (is_named or any(re.match(r"\s*ER  -", line) for line in lines))


def read_ris(lines: list[str]) -> Reading:
    """Articles of a RIS file, one per record.

    A record without ER at its end is read too, and reported.
    """
    records: list[dict[str, list[str]]] = []
    current: list[str] | None = None
    n_open = 0
    fields: dict[str, list[str]] | None = None
    for line in lines:
        tag = _TAG.match(line.lstrip("\ufeff"))
        if tag and tag[1] == "TY":
            n_open += fields is not None
            fields = {}
            records.append(fields)
            current = None
        elif tag and tag[1] == "ER":
            fields = current = None
        elif fields is None:
            continue
        elif tag:
            current = [tag[2]]
            # A tag of one value that comes again is a paragraph that begins like a tag, or another value.
            if tag[1] in fields and tag[1] in _SEVERAL:
                fields[tag[1]].append(tag[2])
                current = fields[tag[1]]
            else:
                current = fields.setdefault(tag[1], [])
                current.append(tag[2])
        elif current is not None:
            current.append(line)
    n_open += fields is not None
    articles = [_article(record) for record in records]
    notes = []
    if n_open:
        notes.append(f"{n_open} records without an end (ER): may be cut off")
    n_abstracts = sum(
        article.text is not None and not any(tag in record for tag in ("TX", "FT", "N2", "N1"))
        for record, article in zip(records, articles, strict=True)
    )
    if n_abstracts:
        notes.append(
            f"{n_abstracts} of {len(articles)} articles have an abstract (AB) only, which is read as text"
        )
    return Reading(articles, len(articles), warnings=tuple(notes))


def _article(fields: dict[str, list[str]]) -> RawArticle:
    def first(*tags: str) -> str | None:
        values = (" ".join(filter(None, map(str.strip, fields.get(tag, [])))) for tag in tags)
        return next((value for value in values if value), None)

    texts = {tag: _paragraphs(fields[tag]) for tag in _TEXT if tag in fields}
    texts = {tag: text for tag, text in texts.items() if text and not is_notice(text)}
    longest = max(texts, key=lambda tag: len(texts[tag]), default=None)
    standfirst = next((texts[tag] for tag in ("AB", "N2") if tag in texts and tag != longest), None)
    authors = [author for tag in _AUTHOR for author in map(str.strip, fields.get(tag, [])) if author]
    return RawArticle(
        texts[longest] if longest else None,
        outlet=first(*_OUTLET),
        published=_date(fields),
        byline=", ".join(map(_name, authors)) or None,
        headline=first(*_HEADLINE),
        standfirst=standfirst,
        url=next((line.strip() for tag in _URL for line in fields.get(tag, []) if line.strip()), None),
        own_id=first(*_ID),
    )


def _paragraphs(lines: list[str]) -> str:
    filled = [line.strip() for line in lines if line.strip()]
    n_open = sum(not re.search(r"[.!?:…][”’\"')\]]*$", line) for line in filled[:-1])
    if n_open > 0.4 * len(filled[:-1]):  # hard-wrapped
        filled = [line for line in unwrapped(lines) if line]
    return "\n\n".join(filled)


def _name(author: str) -> str:
    """A name with its surname last: "Writer, Ada" is Ada Writer."""
    parts = [part.strip() for part in author.split(",")]
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 and all(parts) else author


def _date(fields: dict[str, list[str]]) -> str | None:
    """The most exact date of a record: 2024/03/05/ before 2024///."""
    dates = [fields[tag][0].strip() for tag in _DATE if fields.get(tag) and fields[tag][0].strip()]
    if not dates:
        return None
    best = max(dates, key=lambda date: len(re.findall(r"\d+", date)))
    parts = re.fullmatch(r"(\d{4})/(\d{1,2})?/?(\d{1,2})?/?(.*)", best)
    if parts and parts[2] and parts[3]:
        return f"{parts[1]}-{int(parts[2]):02d}-{int(parts[3]):02d}"
    year = next((date[:4] for date in dates if re.match(r"\d{4}\b", date)), None)
    if parts or not year:
        return best.rstrip("/")
    # "Mar 05" in one tag and the year in another.
    return best if re.search(r"\d{4}", best) else f"{best} {year}"
