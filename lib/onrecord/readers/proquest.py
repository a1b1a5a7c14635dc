"""ProQuest exports (TXT, HTML): labelled fields, the text after "Full text:"."""

from __future__ import annotations

import re

from onrecord.readers.lines import body_text
from onrecord.readers.reading import RawArticle, Reading

_RULE = re.compile(r"\s*_{20,}\s*$")
_NUMBER = re.compile(r"\s*Document (\d+) of (\d+)\s*$")
_LABELS = (
    "Title", "Author", "Publication info", "Abstract", "Links", "Full text", "Subject", "Location",
    "People", "Pages", "Company / organization", "Publication title", "Publication year",
    "Publication date", "Year", "Section", "Publisher", "Place of publication", "Country of publication",
    "Publication subject", "ISSN", "e-ISSN", "Source type", "Document type", "Language of publication",
    "ProQuest document ID", "Document URL", "Copyright", "Last updated", "Database", "column",
    "Identifier / keyword", "Classification", "Issue", "Volume", "First page", "Dateline", "Credit",
    "Business indexing term", "Number of pages", "Publication status", "Accession number",
    "Document feature", "Print availability", "Source attribution",
)  # fmt: skip
_FIELD = re.compile(rf"\s*({'|'.join(map(re.escape, _LABELS))}):(?:[\s\xa0]+(.*)|$)", re.DOTALL)


def is_proquest(lines: list[str]) -> bool:
    """Return whether lines are a ProQuest export."""
    labels = {match[1] for match in map(_FIELD.match, lines) if match}
    return (
        "Full text" in labels
        and {"Publication title", "ProQuest document ID", "Publication date"} & labels != set()
    )


def read_proquest(lines: list[str]) -> Reading:
    """Return the articles of a ProQuest export, given as its lines."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if _RULE.match(line):
            parts.append([])
        else:
            parts[-1].append(line)
    parts = [part for part in parts if any(map(_FIELD.match, part))]
    stated = [int(match[2]) for match in map(_NUMBER.match, lines) if match]
    articles = [_article(part) for part in parts]
    return Reading(articles, max(stated, default=len(articles)))


def _article(lines: list[str]) -> RawArticle:
    fields: dict[str, list[str]] = {}
    above: list[str] = []
    current = above
    for line in lines:
        if field := _FIELD.match(line):
            current = fields.setdefault(field[1], [])
            line = field[2] or ""
        if line.strip() and not _NUMBER.match(line) and line.strip() != "ProQuest document link":
            current.append(line.strip())

    def joined(label: str) -> str | None:
        return " ".join(fields.get(label, [])) or None

    return RawArticle(
        body_text(fields.get("Full text", [])),
        outlet=(joined("Publication title") or "").split(";")[0].strip() or None,
        published=joined("Publication date"),
        byline=joined("Author"),
        headline=joined("Title") or (above[0] if above else None),
        standfirst=joined("Abstract"),
        url=joined("Document URL"),
        own_id=joined("ProQuest document ID"),
    )
