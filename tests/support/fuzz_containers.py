"""Change containers inside and pack them again: `make fuzz`, or python fuzz_containers.py -n 300 --seed 7

DOCX, XLSX, ZIP, PDF and Parquet files are unpacked, changed in their parts and packed again whole, so that
the change reaches the reader behind the container. Each is read as by read_corpus, within the limits.
Printed by kind: inputs, read, refused, the process ended, over ten seconds, errors of ours, and silent losses
(words that are in the changed file, that were not read, and of which nothing was said).
"""

from __future__ import annotations

import argparse
import io
import os
import random
import re
import sys
import tempfile
import time
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from lxml import etree

import make_formats
from onrecord import read_corpus
from onrecord.readers.guarded import SECONDS_NAME, _Reader, read_guarded
from onrecord.readers.reading import Reading, Unreadable

SLOW = 10.0  # seconds
_MARK = re.compile(r"zq\d{4}x")
_NUMBERS = ["0", "-1", "1", "99999", "2000000000", "9" * 30, "NaN", "", "1e308", "-0.5", "٣", "A1"]
_WORDS = [
    "\u202e",
    "\u200b",
    "<&>",
    "=1+1",
    "x" * 5_000,
    "é王🚢",
    "\n",
    "&#x0;",
    "http://[",
    "2026-13-45",
    " ",
]


@cache
def articles() -> pd.DataFrame:
    """Three articles, each of whose paragraphs has a word that occurs nowhere else."""
    marks = iter(f"zq{number:04}x" for number in range(1000))
    texts = [
        "\n\n".join(
            f"The lock of Halm {next(marks)} leaks again, Ilse Varn said on Monday, and {next(marks)} "
            "waits at the quay until the gate opens."
            for _ in range(6)
        )
        for _ in range(3)
    ]
    frame = pd.DataFrame({"doc_id": list("abc"), "text": texts, "outlet": ["Halm Courier"] * 3})
    frame["headline"] = [f"Lock {word} leaks" for word in ("first", "second", "third")]
    frame["byline"], frame["url"], frame["section"] = "Orla Fenn", "https://halm.example/a", "News"
    frame["published"] = pd.to_datetime(["2026-01-05", "2026-01-06", "2026-01-07"], utc=True)
    frame["n_words"] = [len(text.split()) for text in texts]
    frame["path"] = ["a.txt", "b.txt", "c.txt"]
    return frame


def _copy(element: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(element, with_tail=False), etree.XMLParser(huge_tree=True))


def _xml_change(tree: etree._Element, draw: random.Random) -> None:
    """Change one element: its text, an attribute, its place, or how often it is there."""
    elements = [element for element in tree.iter(etree.Element) if element.getparent() is not None]
    element = draw.choice(elements)
    parent, kind = element.getparent(), draw.randrange(8)
    if kind == 0:
        parent.remove(element)
    elif kind == 1:
        for _ in range(draw.choice([1, 3, 200])):
            parent.append(_copy(element))
    elif kind == 2 and element.attrib:
        name = draw.choice(list(element.attrib))
        element.set(name, draw.choice([*_NUMBERS, "x", "true"]))
    elif kind == 3 and element.text:
        words = draw.choice([*_NUMBERS, *_WORDS])
        element.text = "".join(sign for sign in words if sign >= " ") + element.text
    elif kind == 4:
        element.attrib.clear()
    elif kind == 5:
        draw.choice(elements).append(_copy(element))
    elif kind == 6:
        element.tag = draw.choice(elements).tag
    else:
        inner = element
        for _ in range(draw.choice([5, 300])):
            inner = etree.SubElement(inner, element.tag)


def _repack(data: bytes, draw: random.Random) -> bytes:
    """A ZIP container with changed members: in their XML, their names, their order, their packing."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    for _ in range(draw.randint(1, 3)):
        at = draw.randrange(len(members))
        texts = [
            i for i, (name, _) in enumerate(members) if re.search(r"document|sheet\d|shared|style", name)
        ]
        at = draw.choice(texts) if texts and draw.random() < 0.8 else at
        name, content = members[at]
        kind = draw.randrange(10)
        if kind == 0 and len(members) > 1:
            del members[at]
        elif kind == 1:
            members.append((name if draw.random() < 0.5 else f"{name}x", content))
        elif kind == 2:
            draw.shuffle(members)
        elif name.endswith((".xml", ".rels")):
            tree = etree.fromstring(content, etree.XMLParser(huge_tree=True))
            if len(tree):
                _xml_change(tree, draw)
            members[at] = name, etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
        elif content:
            cut = draw.randrange(len(content))
            members[at] = name, content[:cut] + draw.choice(_WORDS).encode() + content[cut:]
    file = io.BytesIO()
    method = draw.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    with zipfile.ZipFile(file, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two members of one name
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def _pdf(data: bytes, draw: random.Random) -> bytes:
    """A PDF with changed numbers, operators and strings; its table of offsets no longer fits."""
    for _ in range(draw.randint(1, 4)):
        pattern = draw.choice([rb"-?\d+(?:\.\d+)?", rb"\([^()]*\)", rb"\b(?:Tj|Td|Tf|BT|ET|Tm)\b", rb"/\w+"])
        found = list(re.finditer(pattern, data))
        if not found:
            continue
        start, end = draw.choice(found).span()
        piece = data[start:end]
        new = {
            0: draw.choice(_NUMBERS).encode(),
            1: b" ".join([piece] * draw.choice([2, 50])),
            2: b"",
            3: draw.choice(found).group(),
        }[draw.randrange(4)]
        data = data[:start] + new + data[end:]
    return data


def _parquet(draw: random.Random) -> bytes:
    """A Parquet file whose columns are of other types, repeated, nested, empty or odd."""
    frame = make_formats.table(articles())
    columns: dict[str, pa.Array] = {str(name): pa.array(frame[name].astype(str)) for name in frame}
    for _ in range(draw.randint(1, 3)):
        name = draw.choice(list(columns))
        values = [str(value) for value in frame.get(name, articles()["text"])]  # what it was at first
        makers: list[Callable[[], pa.Array]] = [
            lambda values=values: pa.array([[value] for value in values]),
            lambda values=values: pa.array([{"a": value} for value in values]),
            lambda values=values: pa.array([value.encode() + b"\xff" for value in values]),
            lambda values=values: pa.array(values).dictionary_encode(),
            lambda values=values: pa.array([None, *values[1:]]),
            lambda values=values: pa.array(values, pa.large_string()),
            lambda values=values: pa.array([2**63 - 1] * len(values)),
            lambda values=values: pa.array([float("nan")] * len(values)),
            lambda values=values: pa.array([draw.choice(_WORDS) + value for value in values]),
            lambda values=values: pa.nulls(len(values)),
            lambda values=values: pa.array([-(2**62)] * len(values), pa.timestamp("us")),
        ]
        columns[draw.choice([name, f"{name}{draw.choice(_WORDS)}"])] = draw.choice(makers)()
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file, compression=draw.choice(["none", "snappy", "zstd"]))
    data = file.getvalue()
    if draw.random() < 0.3:
        at = draw.randrange(len(data))
        data = data[:at] + draw.randbytes(draw.choice([1, 8])) + data[at + draw.choice([0, 1, 8]) :]
    return data


@cache
def _originals() -> dict[str, bytes]:
    three = articles()
    members = {f"{i}.txt": make_formats.txt(row) for i, row in three.iterrows()}
    return {
        "docx": make_formats.nexis_docx(three),
        "docx, one": make_formats.word(three.iloc[0]),
        "xlsx": make_formats.as_xlsx(three),
        "zip": make_formats.zipped(members),
        "pdf": make_formats.pdf(three.iloc[0]),
    }


KINDS = (*("docx", "docx, one", "xlsx", "zip", "pdf"), "parquet")


def changed(kind: str, draw: random.Random) -> bytes:
    """One changed file of `kind`."""
    if kind == "parquet":
        return _parquet(draw)
    return _pdf(_originals()[kind], draw) if kind == "pdf" else _repack(_originals()[kind], draw)


def marks_in(kind: str, data: bytes) -> set[str]:
    """Marked words of the main part of a changed file, as far as a simple look finds them."""
    if not data.startswith(b"PK"):
        return set()
    if kind == "zip":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            words = b" ".join(archive.read(name) for name in archive.namelist())
        return set(_MARK.findall(words.decode("utf-8", "ignore")))
    part = "word/document.xml" if kind.startswith("docx") else "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if names.count(part) != 1 or any(names.count(name) > 1 for name in names):
            return set()
        tree = etree.fromstring(archive.read(part), etree.XMLParser(recover=True, huge_tree=True))
    return set(_MARK.findall(" ".join(tree.itertext()))) if tree is not None else set()


def marks_read(reading: Reading) -> set[str]:
    fields = [field for article in reading.articles for field in article if isinstance(field, str)]
    return set(_MARK.findall(" ".join(fields)))


def outcome(kind: str, data: bytes) -> tuple[str, str]:
    """What became of one file, and what was said of it."""
    if kind == "zip":
        return _outcome_of_archive(data)
    try:
        _, reading = read_guarded(data, kind.partition(",")[0])
    except Unreadable as error:
        said = str(error)
        return ("ended" if "made its reader fail" in said or "seconds to read" in said else "refused"), said
    except Exception as error:
        return "errors", repr(error)
    said = "; ".join(filter(None, [reading.reason, *reading.warnings]))
    if reading.n_expected != len(reading.articles) or any(not one.text for one in reading.articles):
        said = said or "the read report says how many articles are missing or have no text"
    lost = marks_in(kind, data) - marks_read(reading)
    return ("silent losses" if lost and not said else "read"), said or f"lost {sorted(lost)[:5]}"


def _outcome_of_archive(data: bytes) -> tuple[str, str]:
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Path(folder, "a.zip").write_bytes(data)
        try:
            result = read_corpus(folder)
        except Exception as error:
            return "errors", repr(error)
    documents, report = result.documents, result.report
    said = "; ".join([*report["reason"].dropna(), *report["warnings"].dropna()])
    texts = " ".join([*documents["text"].dropna(), *documents["headline"].dropna()])
    lost = marks_in("zip", data) - set(_MARK.findall(texts))
    return ("silent losses" if lost and not said else "read" if len(documents) else "refused"), said


def run(n: int, seed: int) -> tuple[pd.DataFrame, list[tuple[str, int, str, str]]]:
    """Counts by kind of `n` files of each, and those with a fault: (kind, number, fault, words)."""
    counts: dict[str, Counter] = {}
    faults = []
    os.environ[SECONDS_NAME] = "30"
    for kind in KINDS:
        counts[kind] = Counter(inputs=n)
        for number in range(n):
            data = changed(kind, random.Random(f"{seed} {kind} {number}"))
            start = time.monotonic()
            name, said = outcome(kind, data)
            seconds = time.monotonic() - start
            counts[kind][name] += 1
            counts[kind]["over 10 s"] += seconds > SLOW
            if name in ("ended", "errors", "silent losses") or seconds > SLOW:
                faults.append((kind, number, name if seconds <= SLOW else f"{seconds:.0f} s", said))
        counts[kind]["peak MB"] = _peak_megabytes()
    table = pd.DataFrame.from_dict(counts, orient="index")
    columns = ["inputs", "read", "refused", "ended", "over 10 s", "errors", "silent losses", "peak MB"]
    return table.reindex(columns=columns).fillna(0).astype(int), faults


def _peak_megabytes() -> int:
    """Most memory that the reading process had so far; 0 where the system does not say."""
    status = Path(f"/proc/{_Reader.running().process.pid}/status")
    if not status.exists():
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
    return int(found[1]) // 1024 if found else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=2_000, help="how many files of each kind")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    table, faults = run(given.n, given.seed)
    for kind, number, name, said in faults:
        print(f"{kind} {number}: {name}: {said[:300]}")
    print(f"\nseed {given.seed}\n{table.to_string()}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
