"""Every kind of bad file that the readers are tried on: what it is, what its row of the report must say.

`python tests/support/bad_files.py` counts them.
"""

# ruff: noqa: E501 - a kind a line

from __future__ import annotations

import bz2
import io
import json
import lzma
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pandas as pd

import make_formats

SECRET = "The words of another file, which nobody gave."
GOOD = "Mayor Otto Brandel said that the lock was shut."
QUOTE = "“The lock leaks,” said Ilse Varn."
ARTICLE = pd.Series(
    {
        "headline": "The lock leaks",
        "text": "\n\n".join([QUOTE, *[GOOD] * 20]),
        "outlet": "The Halm Courier",
        "published": pd.Timestamp("2026-01-15", tz="UTC"),
        "byline": "Mara Venn",
        "url": "https://halm.example/lock",
        "n_words": 200,
    }
)


class Kind(NamedTuple):
    """A bad file. `says` is in its row's reason or warnings; None: a file that nobody wrote, without a row."""

    what: str
    name: str | bytes
    content: bytes | Callable[[Path], object]
    says: str | None
    texts: list[str] = []  # noqa: RUF012 - what is read of it nevertheless, never changed


def _packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytearray:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return bytearray(file.getvalue())


def _spoilt(content: bytearray, at: int) -> bytes:
    content[at : at + 6] = b"\xff" * 6
    return bytes(content)


def _liar() -> bytes:
    """Return a document of 60 MB whose head states 100 bytes."""
    content = _packed({"word/document.xml": bytes(60_000_000)})
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = content.rindex(mark) + at
        content[place : place + 4] = (100).to_bytes(4, "little")
    return bytes(content)


def _flagged(content: bytearray) -> bytes:
    """Return an archive whose first file is marked as protected by a password."""
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    return bytes(content)


def _with_member(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {one: archive.read(one) for one in archive.namelist()}
    files[name] = change(files[name])
    return bytes(_packed(files))


def _workbook(rows: list[list]) -> bytes:
    workbook, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        workbook.active.append(row)
    workbook.save(file)
    return file.getvalue()


_DTD = '<!DOCTYPE x [<!ENTITY a "lol lol lol ">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
_BOMB = (_DTD + "]>").encode()
_OUTSIDE = b'<!DOCTYPE x [<!ENTITY i SYSTEM "secret.dat">]>'


def _declaring(content: bytes, name: str, dtd: bytes, word: bytes) -> bytes:
    """Return an office file with entities declared in `name`, and one in the place of `word`."""

    def change(xml: bytes) -> bytes:
        head, _, rest = (
            xml.partition(b"?>") if xml.startswith(b"<?xml") else (b'<?xml version="1.0"', b"", xml)
        )
        return head + b"?>" + dtd + rest.replace(word, b"&i;", 1)

    return _with_member(content, name, change)


_WORD = make_formats.word(ARTICLE)
_SHEET = _workbook([["headline", "text"], ["The lock leaks", QUOTE]])
_PDF = make_formats.pdf(ARTICLE)
_OLE = b"\xd0\xcf\x11\xe0" + bytes(500)
_LOCKED = _OLE + "EncryptedPackage".encode("utf-16-le")
_MAIL = b"From: news@halm.example\r\nTo: a@b.example\r\nSubject: Lock\r\nMIME-Version: 1.0\r\n"
_PAGE = f"<html><head>%s<title>The lock leaks</title></head><body><article>{''.join(f'<p>{GOOD} {i}</p>' for i in range(9))}</article></body></html>"
_PAGE_TEXT = "\n\n".join(f"{GOOD} {i}" for i in range(9))
_FAR = "\n".join(
    make_formats.text_at(60 + 10**8 * (i % 2), 700 - 15 * i, 10, GOOD) for i in range(12)
).encode()

KINDS = [
    # Nothing, or no text
    Kind("an empty file", "zero.txt", b"", "0 bytes"),
    Kind("an empty page", "zero.html", b"", "0 bytes"),
    Kind("an empty table", "zero.csv", b"", "0 bytes"),
    Kind("blanks only", "blank.txt", b"\n \t\n", "blanks only"),
    Kind("a mark of UTF-8 and nothing else", "bom.txt", b"\xef\xbb\xbf", "blanks only"),
    Kind("zeros only", "zeros.txt", bytes(5000), "binary data"),
    Kind("a zero after each word", "nul.txt", b"The\x00 lock\x00 leaks.", "binary data"),
    Kind("a table with a zero", "nul.csv", b"headline,text\nA,One\x00\n", "binary data"),
    Kind("every byte there is", "binary.txt", bytes(range(256)) * 40, "binary data"),
    Kind("control characters", "controls.txt", b"\x01\x02\x03\x04" * 100, "binary data"),
    # The wrong extension
    Kind("a picture called a page", "picture.html", b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture"),
    Kind("a photograph", "photo.jpg", b"\xff\xd8\xff\xe0" + bytes(50), "a picture"),
    Kind("an animation", "moving.gif", b"GIF89a" + bytes(50), "a picture"),
    Kind("a program called a text", "program.txt", b"MZ\x90\x00" + bytes(500), "binary data"),
    Kind("a Word document called a text", "word.txt", _WORD, "without a date", [ARTICLE["text"]]),
    Kind("a PDF called a page", "print.html", _PDF, "running heads"),
    Kind("a page called a text", "page.txt", (_PAGE % "").encode(), "without an outlet", [_PAGE_TEXT]),
    Kind("a text called a Word document", "text.docx", GOOD.encode(), "(.docx)"),
    Kind("a text called a PDF", "text.pdf", GOOD.encode(), "(.pdf)"),
    Kind("a text called a workbook", "text.xlsx", GOOD.encode(), "(.xlsx)"),
    Kind("a text called Parquet", "text.parquet", GOOD.encode(), "(.parquet)"),
    Kind("a style sheet", "style.css", b"p { color: red }", "(.css)"),
    # Other containers
    Kind("gzip", "a.txt.gz", b"\x1f\x8b\x08" + bytes(20), "gzip"),
    Kind("bzip2", "a.txt.bz2", bz2.compress(GOOD.encode()), "bzip2"),
    Kind("xz", "a.txt.xz", lzma.compress(GOOD.encode()), "xz"),
    Kind("7z", "a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(20), "7z"),
    Kind("RAR", "a.rar", b"Rar!\x1a\x07" + bytes(20), "RAR"),
    Kind("a database", "a.db", b"SQLite format 3\x00" + bytes(50), "save the table as CSV"),
    Kind("a mailbox", "all.mbox", b"From a@b.example Thu Jan 15 10:00:00 2026\nSubject: One\n\nOne.", "mailbox"),
    Kind("slides", "slides.pptx", bytes(_packed({"ppt/presentation.xml": b"<a/>"})), "slides"),
    Kind("OpenDocument", "open.odt", bytes(_packed({"mimetype": b"x", "content.xml": b"<a/>"})), "OpenDocument"),
    Kind("an old Word document", "old.doc", _OLE, "save it as DOCX"),
    # Cut off, or damaged
    Kind("a Word document cut off", "cut.docx", _WORD[:9000], "damaged, or cut off"),
    Kind("a Word document cut off early", "cut-early.docx", _WORD[:40], "damaged, or cut off"),
    Kind("a workbook cut off", "cut.xlsx", _SHEET[:2500], "damaged, or cut off"),
    Kind("an archive cut off", "cut.zip", bytes(_packed({"a.txt": GOOD.encode() * 9}))[:60], "damaged, or cut off"),
    Kind("a PDF cut off", "cut.pdf", _PDF[:300], "a damaged PDF"),
    Kind("a PDF of a head alone", "head.pdf", b"%PDF-1.7\n", "a damaged PDF"),
    Kind("Parquet cut off", "cut.parquet", b"PAR1" + bytes(30), "could not be read"),
    Kind("a Word document of bad XML", "bad-xml.docx", _with_member(_WORD, "word/document.xml", lambda xml: xml[:500]), "save it again"),
    Kind("a Word document of one part", "one-part.docx", bytes(_packed({"word/document.xml": b"<a/>"})), "damaged Word document"),
    Kind("a workbook of one part", "one-part.xlsx", bytes(_packed({"xl/workbook.xml": b"<a/>"})), "save it again"),
    Kind("a workbook of bad XML", "bad-xml.xlsx", _with_member(_SHEET, "xl/worksheets/sheet1.xml", lambda xml: xml[:200]), "save it again"),
    Kind("RTF cut off", "cut.rtf", b"{\\rtf1\\ansi", "without a text"),
    Kind("XML cut off", "cut.xml", b"<?xml version='1.0'?><articles><article>One", "damaged XML"),
    Kind("XML of another kind", "feed.xml", b"<?xml version='1.0'?><rss><channel/></rss>", "unknown kind"),
    Kind("an e-mail cut off", "cut.eml", _MAIL + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b', "without a text"),
    Kind("a page cut off", "cut.html", (_PAGE % "").encode()[:-200], "without an outlet"),
    # Archives made to harm, or badly made
    Kind("an archive of nothing", "empty.zip", bytes(_packed({})), "without files"),
    Kind("an archive within an archive", "nested.zip", bytes(_packed({"in.zip": bytes(_packed({"a.txt": b"One."}))})), "archive within"),
    Kind("a path out of the archive", "climbs.zip", bytes(_packed({"../outside.txt": b"One.", "inside.txt": GOOD.encode()})), "leads out of its archive", [GOOD]),
    Kind("a path from the root", "root.zip", bytes(_packed({"/etc/outside.txt": b"One."})), "leads out of its archive"),
    Kind("a file without a name", "dot.zip", bytes(_packed({".": b"One."})), "without a name"),
    Kind("a name that is not UTF-8 in an archive", "name.zip", bytes(_packed({"ä.txt": b"One."})).replace("ä".encode(), b"\xff\xfe"), "damaged"),
    Kind("two files of one name in an archive", "twice.zip", bytes(_packed({"b.txt": b"One.", "c.txt": b"Two."})).replace(b"c.txt", b"b.txt"), "without a date", ["One.", "Two."]),
    Kind("an archive with a password", "locked.zip", _flagged(_packed({"a.txt": b"One."})), "password"),
    Kind("a damaged file in an archive", "spoilt.zip", _spoilt(_packed({"a.txt": GOOD.encode() * 50}), 40), "damaged within"),
    Kind("a damaged file packed with bzip2", "spoilt-bz2.zip", _spoilt(_packed({"a.txt": GOOD.encode() * 50}, zipfile.ZIP_BZIP2), 50), "damaged within"),
    Kind("a damaged file packed with LZMA", "spoilt-lzma.zip", _spoilt(_packed({"a.txt": GOOD.encode() * 50}, zipfile.ZIP_LZMA), 36), "damaged within"),
    Kind("a bomb", "bomb.zip", bytes(_packed({"zeros.txt": bytes(60_000_000)})), "-fold"),
    Kind("a bomb in a Word document", "bomb.docx", bytes(_packed({"word/document.xml": bytes(60_000_000)})), "-fold"),
    Kind("a bomb in a workbook", "bomb.xlsx", bytes(_packed({"xl/workbook.xml": bytes(60_000_000)})), "-fold"),
    Kind("a bomb that states a false size", "liar.docx", _liar(), "damaged, or cut off"),
    # Passwords
    Kind("a PDF with a password", "locked.pdf", make_formats.pdf_file([b""], encrypt=True), "password"),
    Kind("a Word document with a password", "locked.docx", _LOCKED, "password"),
    Kind("a workbook with a password", "locked.xlsx", _LOCKED, "password"),
    # Entities, addresses
    Kind("entities that grow without end", "laughs.xml", b'<?xml version="1.0"?>' + _BOMB + b"<article>&i;</article>", "never resolved"),
    Kind("an entity of another file", "outside.xml", b'<?xml version="1.0"?>' + _OUTSIDE + b"<article>&i;</article>", "never resolved"),
    Kind("entities in a page", "laughs.html", _BOMB + b"<html><body><p>&i;</p></body></html>", "without"),
    Kind("growing entities in a Word document", "laughs.docx", _declaring(_WORD, "word/document.xml", _BOMB, b"leaks"), "damaged Word document"),
    Kind("another file in a Word document", "outside.docx", _declaring(_WORD, "word/document.xml", _OUTSIDE, b"leaks"), "declares entities"),
    Kind("growing entities in a workbook", "laughs.xlsx", _declaring(_SHEET, "xl/worksheets/sheet1.xml", _BOMB, b"leaks"), "could not be read"),
    Kind("another file in a workbook", "outside.xlsx", _declaring(_SHEET, "xl/worksheets/sheet1.xml", _OUTSIDE, b"leaks"), "could not be read"),
    Kind("growing entities in the list of sheets", "laughs-list.xlsx", _declaring(_SHEET, "xl/workbook.xml", _BOMB, b"Sheet"), "could not be read"),
    Kind("a page that sends elsewhere", "refresh.html", (_PAGE % "<meta http-equiv='refresh' content='0; url=http://halm.example/'><base href='http://halm.example/'><link rel='stylesheet' href='http://halm.example/a.css'><script src='http://halm.example/a.js'></script>").encode(), "without a date", [_PAGE_TEXT]),
    Kind("a page of 50 MB", "large.html", b"<html><body><p>" + b"word " * 10_000_000 + b"</p></body></html>", "50 MB"),
    Kind("a page of 10,000 boxes in boxes", "deep.html", b"<html><body>" + b"<div>" * 10_000 + b"<p>One.</p>", "without a text"),
    Kind("a page of comments alone", "comments.html", b"<!---->" * 600 + b"x", "without a text"),
    Kind("a page without a word", "hollow.html", b"<html><body></body></html>", "without a text"),
    # Encodings
    Kind("Windows-1252", "latin.txt", "“Café” – £5".encode("cp1252"), "Windows-1252", ["“Café” – £5"]),
    Kind("UTF-16 without a mark", "utf-16-le.txt", QUOTE.encode("utf-16-le"), "UTF-16 without a mark", [QUOTE]),
    Kind("UTF-16 without a mark, the high byte first", "utf-16-be.txt", GOOD.encode("utf-16-be"), "UTF-16 without a mark", [GOOD]),
    Kind("UTF-16 cut in half a letter", "half.txt", GOOD.encode("utf-16")[:-1], "wrong encoding", [GOOD[:-1] + "\ufffd"]),
    Kind("UTF-32 without a mark", "utf-32.txt", GOOD.encode("utf-32-le"), "binary data"),
    Kind("UTF-8 cut in half a letter", "torn.txt", (GOOD + " ““““”").encode()[:-1], "damaged byte", [GOOD + " ““““\ufffd"]),
    Kind("UTF-8 read as Windows-1252", "mojibake.txt", QUOTE.encode().decode("cp1252", "replace").encode(), "decoded wrongly before", [QUOTE]),
    Kind("a page that declares a false encoding", "declared.html", (_PAGE % "<meta charset='utf-16'>").replace("shut", "shut – café").encode("cp1252"), "Windows-1252", [_PAGE_TEXT.replace("shut", "shut – café")]),
    Kind("a page that declares none there is", "nonsense.html", (_PAGE % "<meta charset='idna'>").replace("shut", "shut – café").encode("cp1252"), "Windows-1252", [_PAGE_TEXT.replace("shut", "shut – café")]),
    Kind("an e-mail that declares none there is", "charset.eml", _MAIL + b"Date: never\r\nContent-Type: text/plain; charset=no-such\r\n\r\n" + QUOTE.encode(), "without a date", [QUOTE]),
    # Tables
    Kind("a row too long, a row too short", "ragged.csv", b"headline,text\nA,One\nB,Two,three\nC\n", "2 broken rows", ["One"]),
    Kind("a mark that is never closed", "open.csv", b'headline,text\nA,"One\nB,Two\nC,Three\n', "never closed", ["Two", "Three"]),
    Kind("two columns of one name", "double.csv", b"headline,text,text\nA,One,Two\n", "2 columns are named 'text'", ["One"]),
    Kind("two columns of one name in Parquet", "double.parquet", lambda path: _double(path), "2 columns are named 'text'", ["One"]),
    Kind("no column of texts", "no-text.csv", b"name,age\nSol,50\n", "columns={'text'"),
    Kind("a header of 10,000 columns", "wide.csv", ",".join(f"c{i}" for i in range(10_000)).encode() + b"\n", "columns={'text'"),
    Kind("a header and no row", "header.csv", b"headline,text\n", "no article below the header"),
    Kind("a headline that is a formula", "formula.csv", b'headline,text\n"=HYPERLINK(""http://halm.example"")",One\n', "without a date", ["One"]),
    Kind("a headline that is a formula in a workbook", "formula.xlsx", _workbook([["headline", "text"], ["=1+1", "One"]]), "without a headline", ["One"]),
    Kind("a cell of 10 MB", "cell.csv", b"headline,text\nA," + b"word " * 2_000_000 + b"\n", "without a date", ["word " * 2_000_000]),
    Kind("a blank line above the header", "above.csv", b"\n\nheadline;text\nA;One\n", "without a date", ["One"]),
    Kind("Excel's line of the delimiter", "sep.csv", b"sep=;\r\nheadline;text\r\nA;One, two\r\n", "without a date", ["One, two"]),
    Kind("a workbook that states a false size", "size.xlsx", _with_member(_SHEET, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'ref="A1:B2"', b'ref="A1"')), "without a date", [QUOTE]),
    Kind("a workbook of nothing", "hollow.xlsx", _workbook([]), "no column contains the text"),
    Kind("passages, no articles", "passages.csv", b"doc_id,start,end,text\na,0,5,Hello\n", "rows of passages"),
    Kind("a date before all dates", "first-day.csv", b"text,published\nOne,0001-01-01T00:00:00+05:00\n", "dates that cannot be read", ["One"]),
    Kind("a date of a megabyte", "long-date.csv", b"text,published\nOne," + b"9" * 1_000_000 + b"\n", "dates that cannot be read", ["One"]),
    # JSON
    Kind("broken JSON", "broken.json", b'[{"text": "One"', "damaged JSON at line 1"),
    Kind("JSON of numbers", "numbers.json", b"[1, 2]", "not a list of articles"),
    Kind("JSON of one word", "word.json", b'"One"', "not a list of articles"),
    Kind("JSON without texts", "no-text.json", b'{"name": "Sol"}', "columns={'text'"),
    Kind("JSON 10,000 deep", "deep.json", b"[" * 10_000 + b"]" * 10_000, "save it as CSV"),
    Kind("JSON 100,000 deep", "deeper.json", b'{"a":' * 100_000, "save it"),
    Kind("a number of 10,000 digits", "digits.json", b'[{"text": "One", "id": ' + b"9" * 10_000 + b"}]", "save it as CSV"),
    Kind("a broken line of JSON", "broken.jsonl", b'{"text": "One"}\n{"text": \n' + b"[" * 10_000 + b"\n", "2 broken lines", ["One"]),
    Kind("no whole line of JSON", "none.jsonl", b"{\n[1]\n", "without one whole object"),
    Kind("half a character in JSON", "half.json", json.dumps([{"text": "One \ud800."}]).encode(), "wrong encoding", ["One \ufffd."]),
    Kind("a character in two halves in RTF", "halves.rtf", b"{\\rtf1\\ansi One \\u-10179?\\u-8704?.\\par}", "without a date", ["One \U0001f600."]),
    # PDF
    Kind("a scanned PDF", "scan.pdf", make_formats.pdf_file([b"", b""]), "Recognise its text"),
    Kind("a PDF of letters far off the page", "far.pdf", make_formats.pdf_file([_FAR]), "without a date"),
    # Names and places
    Kind("a folder named like a file", "folder.txt", lambda path: (path.mkdir(), (path / "in.txt").write_text(GOOD)), "without a date", [GOOD]),
    Kind("a link in a circle", "circle.txt", lambda path: path.symlink_to(path), "leads nowhere"),
    Kind("a link to nothing", "broken.txt", lambda path: path.symlink_to(path.with_name("none")), "leads nowhere"),
    Kind("a link to its own folder", "loop", lambda path: path.symlink_to(path.parent, target_is_directory=True), "not followed"),
    Kind("a pipe", "pipe.txt", lambda path: os.mkfifo(path), "neither a file nor a folder"),
    Kind("a line end in a name", "two\nlines.txt", GOOD.encode(), "without a date", [GOOD]),
    Kind("a name that is not UTF-8", b"caf\xe9.txt", GOOD.encode(), "without a date", [GOOD]),
    Kind("a name of 255 letters", "n" * 251 + ".txt", GOOD.encode(), "without a date", [GOOD]),
    Kind("a name of an extension alone", "no-extension", GOOD.encode(), "without a date", [GOOD]),
    Kind("one name in two formats", "good.md", QUOTE.encode(), "without a date", [QUOTE]),
    Kind("a README", "README.md", b"About these files.", "a README"),
    Kind("the parts of a saved page", "saved_files", lambda path: (path.mkdir(), (path / "ad.html").write_text("<p>Buy.</p>"), path.with_name("saved.html").write_text(_PAGE % "")), "parts of a saved page"),
    Kind("a hidden file", ".hidden.txt", GOOD.encode(), None),
    Kind("a hidden folder", ".cache", lambda path: (path.mkdir(), (path / "in.txt").write_text(GOOD)), None),
    Kind("Word's lock", "~$draft.docx", b"Sol" + bytes(159), None),
    Kind("LibreOffice's lock", ".~lock.draft.docx#", b"Sol,", None),
    Kind("the Finder's notes", ".DS_Store", b"\x00\x00\x00\x01Bud1", None),
    Kind("the Finder's second file", "._draft.docx", b"\x00\x05\x16\x07", None),
    Kind("the Explorer's pictures", "Thumbs.db", _OLE, None),
    Kind("a file of 3 GB", "huge.txt", lambda path: (path.touch(), os.truncate(path, 3_000_000_000)), "3.0 GB"),
    # Texts that take a careless pattern for ever
    Kind("100,000 blanks before a word", "blanks.txt", b"\t" * 100_000 + b"x", "without a headline", ["\t" * 100_000 + "x"]),
    Kind("100,000 blanks in a head", "head.txt", b"outlet: The" + b" " * 100_000 + b"Courier\n\nOne.", "without a date", ["One."]),
    Kind("100,000 blanks in a headline", "title.md", b"# " + b" " * 100_000 + b"x", "without a headline", ["# " + " " * 100_000 + "x"]),
    Kind("100,000 blanks in an export", "export.txt", b"HD\n12 words\nDocument ABCDEFGHIJ" + b" " * 100_000 + b"x", "without a date"),
    Kind("100,000 links in RTF", "links.rtf", b"{\\rtf1 " + b"\\fldinst " * 20_000 + b"}", "without a text"),
]  # fmt: skip


def _double(path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = [pa.array([one]) for one in ("One", "Two", "A")]
    pq.write_table(pa.Table.from_arrays(columns, names=["text", "text", "headline"]), path)


def put(kind: Kind, folder: Path) -> str:
    """Put the bad file into `folder`; return its name as the report shows it."""
    name = os.fsdecode(kind.name)
    if callable(kind.content):
        kind.content(folder / name)
    else:
        (folder / name).write_bytes(kind.content)
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


if __name__ == "__main__":
    print(len(KINDS), "kinds")
