"""Which format a file is in, and its reader.

The format is detected from the content first and the extension second.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from onrecord.readers.encoding import decode
from onrecord.readers.reading import Reading, Unreadable

_PICTURE = "a picture: recognise its text (OCR) and save that"
# First bytes of what cannot contain an article, or not in a form that can be read.
_REFUSED = (
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"\x1f\x8b", "a gzip archive: unpack it, or pack it as ZIP"),
    (b"BZh9", "a bzip2 archive: unpack it, or pack it as ZIP"),
    (b"\xfd7zXZ", "an xz archive: unpack it, or pack it as ZIP"),
    (b"7z\xbc\xaf", "a 7z archive: pack it as ZIP"),
    (b"Rar!", "a RAR archive: pack it as ZIP"),
    (b"SQLite format 3", "a database: save the table as CSV"),
)
_MAILBOX = re.compile(rb"From \S+ +[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d")
_TAGS = "!doctype html|html|head|body|div|article|meta|title|p|style|a"
# A comment ends where it first can: were it tried longer, 40 comments would take years.
_HTML = re.compile(rf"\s*(?:<\?xml[^>]*>\s*)?(?:(?><!--.*?-->)\s*)*<(?:{_TAGS})\b", re.IGNORECASE | re.DOTALL)
_XML = re.compile(r"\s*<(?:\?xml|!DOCTYPE|[A-Za-z][\w:.-]*[\s/>])")
_PLAIN = ("", "txt", "text", "asc", "md", "markdown")
_OFFICE = {
    "pptx": "slides: save their text as TXT or DOCX",
    "odt": "an OpenDocument file: save it as DOCX, XLSX or CSV",
}


def read_bytes(data: bytes, suffix: str, columns: Mapping[str, str] | None = None) -> tuple[str, Reading]:
    """Format and articles of one file's bytes.

    Raises Unreadable with reason and remedy.
    """
    from onrecord.readers import archive, pdf, sheets, word

    if not data:
        raise Unreadable("an empty file (0 bytes): save it again, or delete it")
    for start, reason in _REFUSED:
        if data.startswith(start):
            raise Unreadable(reason)
    if _MAILBOX.match(data):
        raise Unreadable("a mailbox of several e-mails: save each as .eml")
    if b"%PDF-" in data[:1024]:
        return "pdf", pdf.read_pdf(data)
    if data.startswith(b"{\\rtf"):
        return word.read_rtf(data, columns)
    if data.startswith(b"PAR1"):
        return "parquet", sheets.read_parquet(data, columns)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(_old_office(data))
    if data.startswith(b"PK\x03\x04"):
        kind = archive.zip_kind(data)
        if kind in _OFFICE:
            raise Unreadable(_OFFICE[kind])
        archive.check_size(data, whole=True)
        if kind == "docx":
            return word.read_docx(data, columns)
        return "xlsx", sheets.read_xlsx(data, columns)
    return _read_text_format(data, suffix, columns)


def is_container(data: bytes) -> bool:
    """Whether a library must take a file apart: PDF, Office, Parquet, markup, mail."""
    from onrecord.readers.mail import is_mail

    start = data[:1024].replace(b"\0", b"")  # UTF-16 as well
    return (
        data.startswith((b"PK\x03\x04", b"PAR1", b"{\\rtf"))
        or b"%PDF-" in start
        or start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] == b"<"
        or is_mail(data[:20_000].decode("ascii", "replace"))
    )


def is_archive(data: bytes) -> bool:
    """Whether a file is a ZIP of files.

    An office document is a ZIP as well, and is not meant.
    """
    from onrecord.readers.archive import zip_kind

    return data.startswith((b"PK\x03\x04", b"PK\x05\x06")) and not zip_kind(data)


def _old_office(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "protected by a password: save it without one"
    return "an old Office file (.doc, .xls): save it as DOCX, XLSX or CSV"


def _read_text_format(data: bytes, suffix: str, columns: Mapping[str, str] | None) -> tuple[str, Reading]:
    from onrecord.readers import mail

    if mail.is_mail(data[:20_000].decode("ascii", "replace")):
        return "eml", mail.read_mail(data)
    markup = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
    text, warnings = decode(data, declares=markup)
    if not text.strip():
        raise Unreadable("an empty file, blanks only: save it again, or delete it")
    kind, reading = _read_text(text, suffix, columns)
    return kind, reading._replace(warnings=warnings + reading.warnings)


def _read_text(text: str, suffix: str, columns: Mapping[str, str] | None) -> tuple[str, Reading]:
    from onrecord.readers import delimited, factiva, nexis, objects, plain, proquest, ris, web

    start = text[:5000]
    if _HTML.match(start) or (suffix in ("html", "htm", "xhtml") and "<" in start):
        return web.read_html(text)
    if suffix in ("csv", "tsv"):
        return suffix, delimited.read_csv(text, columns)
    if suffix in ("jsonl", "ndjson"):
        return "jsonl", objects.read_json_lines(text, columns)
    if suffix == "json" or re.match(r"\s*\[?\s*\{\s*\"", start):
        lines = [line for line in text.split("\n", 3)[:2] if line.strip()]
        several = len(lines) > 1 and all(re.fullmatch(r"\s*\{.*\}\s*", line) for line in lines)
        return (
            ("jsonl", objects.read_json_lines(text, columns))
            if several
            else ("json", objects.read_json(text, columns))
        )
    if _XML.match(start) and (suffix == "xml" or start.lstrip().startswith("<?xml")):
        return "factiva-xml", _read_xml(text)
    lines = text.splitlines()
    if suffix == "ris" and not ris.is_ris(lines, is_named=True):
        raise Unreadable("RIS without a record that begins with TY: save it again")
    if nexis.is_lexisnexis(lines):
        return "lexisnexis-txt", nexis.read_lexisnexis_txt(text)
    if proquest.is_proquest(lines):
        return "proquest-txt", proquest.read_proquest(lines)
    if nexis.is_nexis_uni(lines):
        return "nexis-txt", nexis.read_nexis_uni(lines)
    if suffix == "ris" or ris.is_ris(lines):
        return "ris", ris.read_ris(lines)
    if factiva.is_factiva(lines):
        return "factiva-txt", factiva.read_factiva(lines)
    if suffix == "txt" and delimited.is_table(lines[0], columns):
        return "csv", delimited.read_csv(text, columns)
    if suffix not in _PLAIN:
        raise Unreadable(f"not a format of articles (.{suffix}): plain text is read from .txt and .md")
    return "md" if suffix in ("md", "markdown") else "txt", plain.read_plain(text, columns)


def _read_xml(text: str) -> Reading:
    from lxml import etree

    from onrecord.readers import factiva

    if re.search(r"<!ENTITY", text[:100_000]):
        raise Unreadable("XML that declares entities, which are never resolved: save it as HTML or text")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        # Decoded already: what the head says of the encoding is out of date.
        root = etree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"damaged XML ({error}): save it again, or as HTML or text") from None
    if not root.xpath("//*[local-name()='article']"):
        raise Unreadable("XML of an unknown kind: save it as HTML, CSV or text")
    return factiva.read_factiva_xml(root)
