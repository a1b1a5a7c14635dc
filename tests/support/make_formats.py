"""Writes articles of the sample corpus in every format that readers know, as the databases shape them.

`python tests/support/make_formats.py data/sample/mixed` makes the folder that notebook 04 reads.
"""

from __future__ import annotations

import html
import io
import json
import textwrap
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pandas as pd


def paragraphs(article: pd.Series) -> list[str]:
    return article["text"].split("\n\n")


def long_date(article: pd.Series) -> str:
    return f"{article['published']:%B} {article['published'].day}, {article['published'].year}"


def day_first(article: pd.Series) -> str:
    return f"{article['published'].day} {article['published']:%B %Y}"


def table(articles: pd.DataFrame) -> pd.DataFrame:
    frame = articles[["headline", "outlet", "byline", "published", "url", "text"]]
    frame = frame.assign(published=frame["published"].dt.strftime("%d/%m/%Y"))
    return frame.set_axis(["Title", " Publication", "Author", " Date", "Link", " Content"], axis=1)


def txt(article: pd.Series) -> bytes:
    keys = ("outlet", "byline", "headline", "url")
    head = [f"published: {article['published']:%Y-%m-%d}", *(f"{key}: {article[key]}" for key in keys)]
    return ("\n".join(head) + "\n\n" + article["text"] + "\n").encode()


def markdown(article: pd.Series) -> bytes:
    date = f"{article['published']:%Y-%m-%d}"
    head = f"---\ntitle: {article['headline']}\ndate: {date}\nsource: {article['outlet']}\n---\n\n"
    return (head + article["text"] + "\n").encode("utf-8-sig")


def page(article: pd.Series) -> bytes:
    body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs(article))
    links = "".join(f"<li><a href='/{i}'>Section {i}</a></li>" for i in range(12))
    headline = html.escape(article["headline"])
    box = (
        "<div class='newsletter'><p>Sign up for our newsletter to get the day's news every morning.</p></div>"
    )
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='windows-1252'><title>{headline}</title>"
        f"<meta property='og:site_name' content='{article['outlet']}'>"
        f"<meta property='article:published_time' content='{article['published']:%Y-%m-%d}'></head>"
        f"<body><nav><ul>{links}</ul></nav><article><h1>{headline}</h1>{body}{box}</article>"
        f"<footer><p>© 2026 All rights reserved</p></footer></body></html>"
    ).encode("cp1252", "xmlcharrefreplace")


def word(article: pd.Series) -> bytes:
    document = docx.Document()
    document.add_heading(article["headline"], 0)
    for paragraph in paragraphs(article):
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def rtf_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
    return "".join(letter if letter.isascii() else f"\\u{ord(letter)}?" for letter in escaped)


def rtf(lines: list[str]) -> bytes:
    body = "".join(f"\\pard {rtf_text(line)}\\par\n" for line in lines)
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\n{body}}}".encode("ascii")


def rich(article: pd.Series) -> bytes:
    head = [f"{key}: {article[key]}" for key in ("headline", "outlet", "byline")]
    date = f"published: {article['published']:%Y-%m-%d}"
    return rtf([*head, date, "", *(line for one in paragraphs(article) for line in (one, ""))])


def nexis_uni(articles: pd.DataFrame) -> list[str]:
    lines = [
        "Date and Time: Monday, 2 February 2026 10:00:00 CET",
        "Job Number: 1",
        f"Documents ({len(articles)})",
        "",
    ]
    for _, article in articles.iterrows():
        lines += [
            "",
            article["headline"],
            article["outlet"],
            f"{long_date(article)} Monday",
            "",
            "Copyright 2026 All Rights Reserved",
        ]
        lines += [
            "",
            "Section: NEWS",
            f"Length: {article['n_words']} words",
            f"Byline: {article['byline']}",
            "Body",
            "",
        ]
        lines += [*paragraphs(article), "", f"Load-Date: {long_date(article)}", "", "End of Document", ""]
    return lines


def nexis_docx(articles: pd.DataFrame) -> bytes:
    document = docx.Document()
    for line in nexis_uni(articles):
        document.add_paragraph(line)
    return saved(document)


def lexisnexis_txt(articles: pd.DataFrame) -> bytes:
    lines = [f"Download Request: Selected Items: 1-{len(articles)}", ""]
    for number, (_, article) in enumerate(articles.iterrows(), 1):
        lines += [
            f"{number} of {len(articles)} DOCUMENTS".center(78),
            "",
            "",
            article["outlet"].center(78),
            "",
        ]
        lines += [
            long_date(article).center(78),
            "",
            article["headline"],
            "",
            f"BYLINE: {article['byline']}",
            "",
        ]
        lines += [f"LENGTH: {article['n_words']} words", ""]
        for paragraph in paragraphs(article):
            lines += [*textwrap.wrap(paragraph, 78, break_on_hyphens=False, break_long_words=False), ""]
        lines += [
            f"LOAD-DATE: {long_date(article)}",
            "",
            "LANGUAGE: ENGLISH",
            "",
            "Copyright 2026 X".center(78),
            "",
        ]
    return "\r\n".join(lines).encode("cp1252")


def factiva_rtf(articles: pd.DataFrame) -> bytes:
    lines = []
    for number, (_, article) in enumerate(articles.iterrows()):
        lines += [
            article["headline"],
            f"By {article['byline']}",
            f"{article['n_words']} words",
            day_first(article),
            "10:15",
        ]
        lines += [
            article["outlet"],
            "OPS",
            "English",
            "Copyright 2026. All rights reserved.",
            "",
            *paragraphs(article),
            "",
        ]
        lines += [f"Document OPS000002026011{number}em1f0000{number}", ""]
    return rtf(lines)


def factiva_html(articles: pd.DataFrame) -> bytes:
    parts = []
    for number, (_, article) in enumerate(articles.iterrows()):
        first, *rest = (
            f"<p class='articleParagraph enarticleParagraph'>{html.escape(one)}</p>"
            for one in paragraphs(article)
        )
        rows = {
            "HD": html.escape(article["headline"]), "BY": f"By {article['byline']}",
            "WC": f"{article['n_words']} words", "PD": day_first(article), "SN": article["outlet"],
            "LA": "English", "LP": first, "TD": "\n".join(rest),
            "AN": f"Document OPS000002026021{number}em1f0000{number}",
        }  # fmt: skip
        cells = "".join(
            f"<tr><td class='index'><b>{code}</b>&nbsp;</td><td>{value}</td></tr>"
            for code, value in rows.items()
        )
        parts.append(f"<div class='article enArticle'><table>{cells}</table></div>")
    return f"<html><head><title>Factiva</title></head><body>{''.join(parts)}</body></html>".encode()


def proquest_txt(articles: pd.DataFrame) -> bytes:
    rule = "_" * 60
    lines = [rule, "", "Report Information from ProQuest", "2 February 2026 10:00", rule]
    for number, (_, article) in enumerate(articles.iterrows(), 1):
        lines += [
            "",
            f"Document {number} of {len(articles)}",
            "",
            article["headline"],
            "",
            f"Author: {article['byline']}",
        ]
        lines += [
            "",
            "ProQuest document link",
            "",
            "Full text: " + paragraphs(article)[0],
            "",
            *paragraphs(article)[1:],
        ]
        lines += [
            "",
            "Subject: Politics",
            "",
            f"Title: {article['headline']}",
            f"Publication title: {article['outlet']}; Ellin",
        ]
        lines += [
            f"Publication date: {article['published']:%b %d, %Y}",
            f"ProQuest document ID: 25143997{number}",
            "",
            rule,
        ]
    return "\n".join(
        [*lines, "", "Contact us at: http://www.proquest.com", "Database copyright © 2026 ProQuest LLC"]
    ).encode()


def newsletter(article: pd.Series) -> bytes:
    message = EmailMessage()
    message["From"] = f"{article['outlet']} <news@example.org>"
    message["To"] = "reader@example.org"
    message["Subject"] = article["headline"]
    message["Date"] = article["published"].to_pydatetime()
    message["MIME-Version"] = "1.0"
    message.set_content(article["text"])
    message.add_alternative(page(article).decode("cp1252"), subtype="html")
    return message.as_bytes()


def pdf(article: pd.Series, columns: int = 1, per_page: int = 40) -> bytes:
    """A PDF by hand: columns, a running head and a number on each page, long words parted at line ends."""
    width = 80 // columns - 4 * (columns > 1)
    lines: list[tuple[str, bool]] = []
    for paragraph in paragraphs(article):
        wrapped = hyphenated(paragraph, width)
        lines += [(line, i == 0) for i, line in enumerate(wrapped)]
    streams = []
    for number in range(0, len(lines), per_page * columns):
        commands = [
            text_at(60, 815, 8, "The Ellin Gazette"),
            text_at(300, 20, 8, str(number // per_page // columns + 1)),
        ]
        top = 770
        if number == 0:
            for line in textwrap.wrap(article["headline"], 40):
                commands.append(text_at(60, top, 22, line))
                top -= 26
        for column in range(columns):
            y = top - 20
            start = number + column * per_page
            for line, opens in lines[start : start + per_page]:
                y -= 15
                commands.append(text_at(60 + column * 480 // columns + (12 if opens else 0), y, 10, line))
        streams.append("\n".join(commands).encode("cp1252"))
    return pdf_file(streams)


def hyphenated(paragraph: str, width: int) -> list[str]:
    lines = []
    for line in textwrap.wrap(paragraph, width, break_on_hyphens=False, break_long_words=False):
        lines.append(line)
        last, _, word = line.rpartition(" ")
        if len(lines) % 3 == 0 and word.isalpha() and len(word) > 9 and last:
            lines[-1:] = [f"{last} {word[:5]}-", word[5:]]
    return lines


def text_at(x: float, y: float, size: int, text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /F1 {size} Tf {x} {y} Td ({escaped}) Tj ET"


def pdf_file(streams: list[bytes], *, encrypt: bool = False) -> bytes:
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(streams)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>")
    for i, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * i} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    keys = ""
    if encrypt:
        key = "00" * 32
        keys = f" /Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >> /ID [<00><00>]"
    return (
        out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R{keys} >>\nstartxref\n{xref}\n%%EOF".encode()
    )


def zipped(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def write_all(folder: Path, sample: pd.DataFrame) -> pd.DataFrame:
    """Write 30 files of all formats into `folder`; return the articles that they hold, in any order."""
    used: list[int] = []

    def take(n: int) -> pd.DataFrame:
        # Articles may be in several files; each file is compared with its own.
        rows = [(len(used) + i) % len(sample) for i in range(n)]
        used.extend(rows)
        return sample.iloc[rows]

    held: list[tuple[str, pd.Series]] = []

    def put(name: str, articles: pd.DataFrame, content: bytes) -> None:
        (folder / name).write_bytes(content)
        held.extend((name, article) for _, article in articles.iterrows())

    singles = {
        "txt": txt,
        "md": markdown,
        "html": page,
        "docx": word,
        "rtf": rich,
        "eml": newsletter,
        "pdf": pdf,
    }
    for suffix, writer in singles.items():
        for number in (1, 2):
            one = take(1)
            put(f"one-{number}.{suffix}", one, writer(one.iloc[0]))
    one = take(1)
    put("columns.pdf", one, pdf(one.iloc[0], columns=2))
    several = {
        "nexis.docx": nexis_docx, "nexis.rtf": lambda rows: rtf(nexis_uni(rows)),
        "lexisnexis.txt": lexisnexis_txt, "proquest.txt": proquest_txt,
        "factiva.rtf": factiva_rtf, "factiva.html": factiva_html,
        "table.csv": lambda rows: table(rows).to_csv(index=False).encode(),
        "semicolons.csv": lambda rows: table(rows).to_csv(index=False, sep=";").encode("utf-16"),
        "table.tsv": lambda rows: table(rows).to_csv(index=False, sep="\t").encode("utf-8-sig"),
        "table.xlsx": as_xlsx, "table.parquet": as_parquet,
        "list.json": lambda rows: json.dumps({"articles": table(rows).to_dict("records")}).encode(),
        "lines.jsonl": lambda rows: "\n".join(map(json.dumps, table(rows).to_dict("records"))).encode(),
        "three.zip": lambda rows: zipped(
            {"a/x.txt": txt(rows.iloc[0]), "b.docx": word(rows.iloc[1]), "c.pdf": pdf(rows.iloc[2])}
        ),
        "no-head.txt": lambda rows: rows.iloc[0]["text"].encode("cp1252"),
    }  # fmt: skip
    for name, writer in several.items():
        rows = take(1 if name == "no-head.txt" else 3)
        put(name, rows, writer(rows))
    frame = pd.DataFrame([article for _, article in held])
    return frame.assign(file=[name for name, _ in held]).reset_index(drop=True)


def as_xlsx(articles: pd.DataFrame) -> bytes:
    file = io.BytesIO()
    table(articles).to_excel(file, index=False)
    return file.getvalue()


def as_parquet(articles: pd.DataFrame) -> bytes:
    return table(articles).to_parquet(index=False)


FRENCH = """Le pont de Kestrel restera fermé, a annoncé mercredi le ministère des Transports.

« Nous ne prendrons aucun risque avec la vie des gens », a déclaré le ministre Henrik Sol.

Selon un rapport qui n'a pas été publié, deux câbles avaient été jugés trop faibles dès l'automne."""


def write_mixed(folder: Path, sample: pd.DataFrame) -> None:
    """Write the sample corpus as a user's folder looks: formats, copies, boxes, damage and all."""
    outlets = dict(list(sample.groupby("outlet")))
    agency, broadsheet = outlets["Orvane Press Service"], outlets["The Ellin Courier"]
    tabloid, partisan = outlets["The Daily Lantern"], outlets["Clear Signal"]

    def put(name: str, content: bytes) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)

    put("nexis-agency.docx", nexis_docx(agency))
    # The broadsheet's export states 12 articles, and one of them only by a notice.
    export = proquest_txt(broadsheet).decode()
    removed = paragraphs(broadsheet.iloc[11])
    notice = "The full text was removed at the request of the publisher."
    export = export.replace("Full text: " + removed[0], "Full text: " + notice)
    for paragraph in removed[1:]:
        export = export.replace(paragraph, "")
    put("proquest-broadsheet.txt", export.encode())
    for number in range(6):
        put(f"lantern/{number + 1:02}.html", page(tabloid.iloc[number]))
    put("lantern/newsletter.eml", newsletter(tabloid.iloc[6]))
    put("lantern/printed.pdf", pdf(tabloid.iloc[7], columns=2))
    put("lantern/more.zip", zipped({f"{i}.txt": txt(tabloid.iloc[i]) for i in range(8, 12)}))
    # Crawled twice: the second time with two articles again, one of them longer, and one from the agency.
    first, second = table(partisan.head(8)), table(pd.concat([partisan.iloc[8:], partisan.iloc[[0, 1]]]))
    second.iloc[-1, -1] += (
        "\n\nThis article was updated with a statement by the ministry on Thursday evening."
    )
    wire = agency.iloc[[2]].assign(outlet="Clear Signal", url="https://clear-signal.example/wire/2")
    wire = table(wire.assign(published=wire["published"] + pd.Timedelta(days=1)))
    put("clear-signal-1.csv", first.to_csv(index=False).encode("cp1252"))
    put("clear-signal-2.csv", pd.concat([second, wire]).to_csv(index=False, sep=";").encode("utf-8-sig"))
    put("courrier.txt", f"outlet: Le Courrier\npublished: 2026-01-15\n\n{FRENCH}\n".encode())
    put("scan.pdf", pdf_file([b""]))
    put("locked.pdf", pdf_file([b""], encrypt=True))
    put("cut-off.docx", word(agency.iloc[0])[:9000])
    put("empty.txt", b"")


if __name__ == "__main__":
    import sys

    from onrecord.readers import read_documents

    root = Path(__file__).parents[2]
    write_mixed(Path(sys.argv[1]), read_documents(root / "data" / "sample" / "articles"))
