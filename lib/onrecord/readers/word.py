"""Word documents (DOCX) and RTF.

Their paragraphs, for an article or for a database's export.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any
from zipfile import BadZipFile

from onrecord.readers import factiva, nexis, proquest
from onrecord.readers.heads import read_head_lines
from onrecord.readers.lines import body_text
from onrecord.readers.plain import GUESSED_HEADLINE, first_line_headline, read_head
from onrecord.readers.reading import Element, RawArticle, Reading, Unreadable


def read_docx(data: bytes, columns: Mapping[str, str] | None = None) -> tuple[str, Reading]:
    """Format and articles of a Word document."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise Unreadable(f"a damaged Word document ({error}): open and save it again") from None
    if document.element.getroottree().docinfo.doctype:
        raise Unreadable(
            "a document that declares entities, which are never resolved: open and save it again"
        )
    lines, styles = docx_lines(document.element.body)
    kind, reading = read_lines(lines, columns)
    titles = [
        line
        for line, style in zip(lines, styles, strict=True)
        if style in ("Title", "Heading1") and line.strip()
    ]
    if kind == "article" and titles and reading.articles[0].headline in (None, titles[0].strip()):
        # The headline is apart from the text in the file, and so in the table.
        rest = list(lines)
        rest.remove(titles[0])
        again = read_lines(rest, columns, has_title=True)[1]
        article = again.articles[0]._replace(headline=titles[0].strip())
        reading = Reading([article], 1, warnings=again.warnings)
    return "docx" if kind == "article" else f"{kind}-docx", reading


def docx_lines(body: Element) -> tuple[list[str], list[str]]:
    """The paragraphs of a document, those in tables and boxes too, and their styles.

    Text that a tracked change took out is not there; what it put in is. Text outside paragraphs, where no
    program writes it, is a line of its own.
    """
    from docx.oxml.ns import qn

    paragraph, text = qn("w:p"), qn("w:t")
    breaks = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
    lines, styles = [], []
    for element in body.iter(paragraph, text):
        is_text = element.tag == text
        if is_text and next(element.iterancestors(paragraph), None) is not None:
            continue  # read with its paragraph
        if any(parent.tag.endswith("}Fallback") for parent in element.iterancestors()):
            continue  # the same box once more, for older programs
        if is_text:
            lines.append(element.text or "")
            styles.append("")
            continue
        pieces = [
            child.text or "" if child.tag == text else breaks[child.tag]
            for child in element.iter(text, *breaks)
            if next(child.iterancestors(paragraph)) is element
        ]
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        lines.append("".join(pieces))
        styles.append("" if style is None else style.get(qn("w:val"), ""))
    return lines, styles


# striprtf writes a link's address behind its text; unnamed, the address is dropped.
# The address is near; a search without an end would begin anew at each of many fields.
_LINK = re.compile(r"\\fldinst\b([^{}]{0,400}\{[^{}]{0,400}|[^{}]{0,400})HYPERLINK")
_CHARACTER = re.compile(r"\\(uc?)(-?\d+)")
_LONG_NUMBER = re.compile(r"(\\[a-z]+-?\d{9})\d+")
_UNKNOWN = "\\u65533"  # U+FFFD


def _possible(match: re.Match[str]) -> str:
    """A character of RTF, or the number of its substitutes, if it is possible.

    Otherwise U+FFFD, or 1: a number of a million would leave out the rest of the text.
    """
    number = int(match[2][:9])
    if match[1] == "uc":
        return match[0] if 0 <= number <= 2 else "\\uc1"
    return match[0] if -0x8000 <= number <= 0x10FFFF and len(match[2]) < 9 else _UNKNOWN


def read_rtf(data: bytes, columns: Mapping[str, str] | None = None) -> tuple[str, Reading]:
    """Format and articles of an RTF file."""
    from striprtf.striprtf import rtf_to_text

    source = _LINK.sub(r"\\fldinst\1LINK", data.decode("latin-1"))
    source = _CHARACTER.sub(_possible, _LONG_NUMBER.sub(r"\1", source))
    kind, reading = read_lines(rtf_to_text(source, errors="replace").split("\n"), columns)
    return "rtf" if kind == "article" else f"{kind}-rtf", reading


def read_lines(
    lines: list[str], columns: Mapping[str, str] | None = None, *, has_title: bool = False
) -> tuple[str, Reading]:
    """Kind and articles of a document's lines: a database's export, or one article."""
    if nexis.is_nexis_uni(lines):
        return "nexis", nexis.read_nexis_uni(lines)
    if proquest.is_proquest(lines):
        return "proquest", proquest.read_proquest(lines)
    if factiva.is_factiva(lines):
        return "factiva", factiva.read_factiva(lines)
    text = "\n".join(lines)
    head, start = read_head(text, columns)
    rest = text[start:].split("\n")
    body = body_text(rest)
    warnings: tuple[str, ...] = ()
    if not head:
        head, rest = _head_above(rest, has_title=has_title)
        if head:
            body = body_text(rest)
            warnings = (HEAD_LINES,)
        elif not has_title and (headline := first_line_headline(body or "")):
            head = {"headline": headline}
            warnings = (GUESSED_HEADLINE,)
    return "article", Reading([RawArticle(body, **head)], 1, warnings=warnings)


HEAD_LINES = "the lines above the text are read as headline, byline, date and outlet"


def _head_above(lines: list[str], *, has_title: bool) -> tuple[dict[str, Any], list[str]]:
    """The fields that the lines above a text are, and the lines of the text.

    None where one is not clear.
    """
    filled = [i for i, line in enumerate(lines) if line.strip()]
    starts = [0] if has_title or not filled else [0, filled[0] + 1]
    for start in starts:
        found = read_head_lines(lines[start:])
        if not found.n_lines or not any(line.strip() for line in lines[start + found.n_lines :]):
            continue
        fields = {"byline": found.byline, "published": found.published, "outlet": found.outlet}
        after = start + found.n_lines
        if start:
            fields["headline"] = lines[filled[0]].strip()
        elif not has_title:  # the headline below the date, where a line is plainly one
            below = next((i for i in range(after, len(lines)) if lines[i].strip()), None)
            if below is not None and _is_title(lines[below]) and len(filled) > filled.index(below) + 1:
                fields["headline"] = lines[below].strip()
                more = read_head_lines(lines[below + 1 :])
                after = below + 1 + more.n_lines
                for name in ("byline", "published", "outlet"):
                    fields[name] = fields[name] or getattr(more, name)
        if start and not _is_title(lines[filled[0]]):
            continue
        return {name: value for name, value in fields.items() if value}, lines[after:]
    return {}, lines


def _is_title(line: str) -> bool:
    line = line.strip()
    return 2 < len(line.split()) <= 25 and len(line) < 160 and line[-1] not in ".,;:"
