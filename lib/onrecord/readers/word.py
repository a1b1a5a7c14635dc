"""Word documents (DOCX) and RTF: their paragraphs, for an article or for a database's export."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from zipfile import BadZipFile

from onrecord.readers import factiva, nexis, proquest
from onrecord.readers.lines import body_text
from onrecord.readers.plain import GUESSED_HEADLINE, first_line_headline, read_head
from onrecord.readers.reading import RawArticle, Reading, Unreadable


def read_docx(data: bytes, columns: Mapping[str, str] | None = None) -> tuple[str, Reading]:
    """Return (format, the articles) of a Word document."""
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
        # The headline stands apart in the file, so it does in the table.
        rest = list(lines)
        rest.remove(titles[0])
        article = read_lines(rest, columns)[1].articles[0]
        reading = Reading([article._replace(headline=titles[0].strip())], 1)
    return "docx" if kind == "article" else f"{kind}-docx", reading


def docx_lines(body) -> tuple[list[str], list[str]]:
    """Return the paragraphs of a document, those in tables and boxes too, and their styles.

    Text that a tracked change took out is not there; what it put in is.
    """
    from docx.oxml.ns import qn

    paragraph, text = qn("w:p"), qn("w:t")
    breaks = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
    lines, styles = [], []
    for element in body.iter(paragraph):
        if any(parent.tag.endswith("}Fallback") for parent in element.iterancestors()):
            continue  # the same box once more, for older programs
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


def read_rtf(data: bytes, columns: Mapping[str, str] | None = None) -> tuple[str, Reading]:
    """Return (format, the articles) of an RTF file."""
    from striprtf.striprtf import rtf_to_text

    source = _LINK.sub(r"\\fldinst\1LINK", data.decode("latin-1"))
    kind, reading = read_lines(rtf_to_text(source, errors="replace").split("\n"), columns)
    return "rtf" if kind == "article" else f"{kind}-rtf", reading


def read_lines(lines: list[str], columns: Mapping[str, str] | None = None) -> tuple[str, Reading]:
    """Return (kind, the articles) of a document's lines: a database's export, or one article."""
    if nexis.is_nexis_uni(lines):
        return "nexis", nexis.read_nexis_uni(lines)
    if proquest.is_proquest(lines):
        return "proquest", proquest.read_proquest(lines)
    if factiva.is_factiva(lines):
        return "factiva", factiva.read_factiva(lines)
    text = "\n".join(lines)
    head, start = read_head(text, columns)
    body = body_text(text[start:].split("\n"))
    warnings: tuple[str, ...] = ()
    if not head and (headline := first_line_headline(body or "")):
        head = {"headline": headline}
        warnings = (GUESSED_HEADLINE,)
    return "article", Reading([RawArticle(body, **head)], 1, warnings=warnings)
