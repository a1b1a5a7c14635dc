"""ProQuest exports (TXT, HTML): labelled fields, the text after "Full text:"."""

from __future__ import annotations

import re

from onrecord.readers.lines import body_text
from onrecord.readers.nexis import with_stated
from onrecord.readers.reading import RawArticle, Reading

_RULE = re.compile(r"\s*_{20,}\s*$")
_NUMBER = re.compile(r"\s*Document (\d+) of (-?\d+)\s*$")
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


_PROSE = ("Abstract", "Copyright", "Links", "Publication info", "Credit")


def is_proquest(lines: list[str]) -> bool:
    """Whether lines are a ProQuest export."""
    labels = {match[1] for match in map(_FIELD.match, lines) if match}
    return (
        "Full text" in labels
        and {"Publication title", "ProQuest document ID", "Publication date"} & labels != set()
    )


def read_proquest(lines: list[str]) -> Reading:
    """The articles of a ProQuest export, given as its lines."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if _RULE.match(line):
            parts.append([])
        else:
            parts[-1].append(line)
    parts = [part for part in parts if any(map(_FIELD.match, part))]
    stated = [match[2] for match in map(_NUMBER.match, lines) if match]
    return with_stated([_article(part) for part in parts], stated[0] if stated else None)


def _tail(lines: list[str]) -> int:
    """The line after the full text at which the fields begin again.

    Fields follow each other there, each with a value of a line or two; a paragraph of the text that
    begins like a label ("Location: …") is a sentence, or is followed by other paragraphs.
    """
    filled = [i for i, line in enumerate(lines) if line.strip()]
    is_field = {i: _FIELD.match(lines[i]) for i in filled}
    start = next((n for n, i in enumerate(filled) if (m := is_field[i]) and m[1] == "Full text"), None)
    if start is None:
        return 0
    after = filled[start + 1 :]
    n_fields, n_other = 0, 0
    left: list[tuple[int, int]] = []  # fields and other lines from each line to the end
    for i in reversed(after):
        n_fields += is_field[i] is not None
        n_other += is_field[i] is None
        left.append((n_fields, n_other))
    left.reverse()
    for n, i in enumerate(after):
        field = is_field[i]
        if field is None or field[1] == "Full text":
            continue
        fields, others = left[n]
        if others > 2 * fields or not (n + 1 >= len(after) or any(is_field[j] for j in after[n + 1 : n + 4])):
            continue
        if field[1] not in _PROSE and _is_sentence(field[2] or ""):
            continue
        return i
    return len(lines)


def _is_sentence(text: str) -> bool:
    return len(text.split()) > 6 and text.rstrip().rstrip("”’\"'").endswith((".", "!", "?"))


def _article(lines: list[str]) -> RawArticle:
    fields: dict[str, list[str]] = {}
    above: list[str] = []
    current = above
    tail = _tail(lines)
    is_text = False
    for number, line in enumerate(lines):
        field = _FIELD.match(line)
        if field and not (is_text and number < tail):  # within the text a paragraph may begin like a label
            is_text = field[1] == "Full text"
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
