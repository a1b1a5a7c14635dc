"""Inputs that no newsroom means to send, drawn from a random generator: texts by kind, and damaged files."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd

import make_formats
import onrecord

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "articles"

# Pieces of news, and signs that go wrong: glued together they open and close in every order.
PIECES = [
    *("“", "”", '"', "‘", "’", "'", "''", "``", "«", "»", "„", "(", ")", ",", ".", "?", "!", ":", ";"),
    *(" ", " ", " ", "\n", "\n\n", "\r\n", "\u2029", "\u00a0", "…", "—", "-", "’s", "'s", "’90s"),
    *("Varn", "Mr. Brandel", "she", "they", "who", "said", "told", "according to", "that", "U.S.", "don’t"),
    *("a senior official", "the lock", "leaks", "officials", "asked not to be named", "Read more:", "4.5"),
    *("é", "e\u0301", "王", "שלום", "\u202e", "🚢", "\x00", "ß", "İ", "ŉ"),
]
# What the rules on sources look for.
PHRASES = [
    *("because he was not authorised to speak publicly", "on condition of anonymity", "one of the aides"),
    *("two people familiar with the talks", "the Halm Gazette reported", "told the Gazette", "citing"),
    *("whose name was changed", "the report", "a letter seen by", "spokeswoman for the ministry", "half of"),
    *("Ilse Varn, 41,", "Dr. Otto Brandel Jr.", "Sen. Anna Holt (D-Ill.)", "the mayor’s wife", "his brother"),
    *("he told reporters", "a statement", "and others", "not to", "be identified", "refused to", "or", "and"),
    *("sources", "experts", "dozens of residents", "neither", "who spoke", "as", "of the", "“we", "lost,”"),
    *("ELLIN (OPS) —", "HOST:", "VARN:", "Q.", "A.", "[Applause]", "tweeted", "wrote", "believes", "if"),
    *("The", "THE", "was", "denied", "by", "in", "for", "1,200", "$4.5m", "halm.example/a", "@varn", "#lock"),
]
MARKS = [*"\"'“”‘’«»„‟‹›`´()[]{}<>,.;:?!…-–—_/\\|*&@#~", "''", "``", "...", "--", "?!"]
_BLANKS = [*" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u2007\u2028\u2029\u202f\u3000\ufeff", "\r\n", "\n\n"]
_GROUPS = {
    "combining": [*map(chr, range(0x300, 0x370)), "\u20e3", "\ufe0f", "\u0e31", "\u0bcd"],
    "unseen": [*"\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u00ad\u034f\u061c\ufeff\ufff9\ufffe\uffff"],
    "right-to-left": [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", "שלום", "مرحبا", "«قال»"],
    "control": [*map(chr, range(32)), *map(chr, range(0x7F, 0xA0))],
    "half": ["\ud800", "\udbff", "\udc00", "\udfff", "\ud83d", "\ude80"],
    "wide": [*"王瓦恩说：“”「」『』、。İıßŉǅ𝐀𐐷", "\U0010ffff", "👩‍👩‍👧", "🇭🇲"],
}


@cache
def sample() -> pd.DataFrame:
    return onrecord.read_documents(SAMPLE)


@cache
def _paragraphs() -> list[str]:
    return [part for text in sample()["text"] for part in text.split("\n\n")]


def _excerpt(draw: random.Random) -> str:
    first = draw.randrange(len(_paragraphs()) - 3)
    return draw.choice(["\n\n", "\n", " "]).join(_paragraphs()[first : first + draw.randint(1, 2)])


def any_characters(draw: random.Random) -> str:
    tops = [0x80, 0x250, 0x3000, 0x10000, 0x110000]
    return "".join(chr(draw.randrange(draw.choice(tops))) for _ in range(draw.randint(0, 200)))


def odd_characters(draw: random.Random) -> str:
    odd = [*_GROUPS[draw.choice(list(_GROUPS))], *_GROUPS[draw.choice(list(_GROUPS))]]
    words = list(_excerpt(draw)[: draw.randint(20, 300)])
    for _ in range(draw.randint(1, 20)):
        words.insert(draw.randint(0, len(words)), draw.choice(odd) * draw.choice([1, 1, 1, 2, 20]))
    return "".join(words)


def glued_pieces(draw: random.Random) -> str:
    pieces = draw.choice([PIECES, PIECES + PHRASES, PIECES + PHRASES + MARKS])
    return draw.choice(["", " "]).join(draw.choices(pieces, k=draw.randint(0, 60)))


def glued_phrases(draw: random.Random) -> str:
    parts = draw.choices([*PHRASES, ",", ".", ",”", "“"], k=draw.randint(2, 25))
    return " ".join(parts).replace(" ,", ",").replace(" .", ".")


def shuffled_words(draw: random.Random) -> str:
    words = [word for _ in range(3) for word in _excerpt(draw).split(" ")]
    draw.shuffle(words)
    return " ".join(words[: draw.randint(3, 70)])


def mutated_article(draw: random.Random) -> str:
    text = _excerpt(draw)
    start = draw.randrange(max(1, len(text) - 40))
    text = text[start : start + draw.randint(40, 400)]
    for _ in range(draw.randint(1, 5)):
        text = draw.choice(_MUTATIONS)(text, draw)
    return text


def _place(text: str, draw: random.Random) -> tuple[int, int]:
    start = draw.randint(0, len(text))
    return start, min(len(text), start + draw.choice([1, 2, 5, 20, 80]))


def _cut(text: str, draw: random.Random) -> str:
    start, end = _place(text, draw)
    return text[:start] + text[end:]


def _double(text: str, draw: random.Random) -> str:
    start, end = _place(text, draw)
    return text[:end] + text[start:end] * draw.choice([1, 1, 3]) + text[end:]


def _splice(text: str, draw: random.Random) -> str:
    at, other = draw.randint(0, len(text)), _excerpt(draw)
    start, end = _place(other, draw)
    return text[:at] + other[start:end] + text[at:]


def _change(text: str, draw: random.Random, old: Callable[[str], bool], new: list[str]) -> str:
    rate = draw.choice([0.1, 0.5, 1])
    return "".join(draw.choice(new) if old(sign) and draw.random() < rate else sign for sign in text)


def _change_marks(text: str, draw: random.Random) -> str:
    return _change(text, draw, lambda sign: not sign.isalnum() and not sign.isspace(), [*MARKS, ""])


def _change_blanks(text: str, draw: random.Random) -> str:
    return _change(text, draw, str.isspace, [*_BLANKS, "", "  "])


def _change_case(text: str, draw: random.Random) -> str:
    return draw.choice([str.upper, str.lower, str.title, str.swapcase])(text)


def _swap(text: str, draw: random.Random) -> str:
    letters = list(text)
    for _ in range(draw.randint(1, 10) if len(letters) > 1 else 0):
        at = draw.randrange(len(letters) - 1)
        letters[at : at + 2] = letters[at + 1], letters[at]
    return "".join(letters)


_MUTATIONS = [_cut, _double, _splice, _change_marks, _change_blanks, _change_case, _swap]


def runs(draw: random.Random) -> str:
    run = draw.choice([*MARKS, *_BLANKS, *PIECES, *PHRASES, "A ", "A. ", "a-", "1,", "said ", "he "])
    run *= draw.choice([5, 30, 200])
    text = _excerpt(draw)[: draw.randint(0, 200)]
    at = draw.randint(0, len(text))
    return text[:at] + run + text[at:]


def nested(draw: random.Random) -> str:
    pairs = draw.choices(["()", "[]", "{}", "“”", "‘’", '""', "''", "«»", "„“", "<>"], k=draw.randint(1, 40))
    words = draw.choices(PIECES + PHRASES, k=len(pairs))
    opens = draw.choice(["", " "]).join(word + pair[0] for word, pair in zip(words, pairs, strict=True))
    closes = "".join(pair[1] for pair in reversed(pairs))
    return opens + _excerpt(draw)[: draw.randint(0, 60)] + closes[: draw.choice([len(pairs), 1, 0])]


def long_tokens(draw: random.Random) -> str:
    token = draw.choice([*"aA9é王", "a-", "a.", "A.", "a’", "a_", "Mc", "0,0", "http://a/", "x@y."])
    return f"{_excerpt(draw)[: draw.randint(0, 120)]} {token * draw.randint(50, 800)} said it leaks."


TEXTS: dict[str, Callable[[random.Random], str]] = {
    "any characters": any_characters,
    "odd characters in news": odd_characters,
    "pieces glued": glued_pieces,
    "phrases glued": glued_phrases,
    "words shuffled": shuffled_words,
    "articles mutated": mutated_article,
    "runs of one sign": runs,
    "nested marks": nested,
    "long words": long_tokens,
}


@cache
def _small_files() -> list[tuple[str, bytes]]:
    """Return a file of each format, with one or two short articles."""
    short = sample().head(2)
    short = short.assign(text=["\n\n".join(text.split("\n\n")[:4]) for text in short["text"]])
    one = short.iloc[0]
    singles = {"txt": "txt", "md": "markdown", "html": "page", "docx": "word", "rtf": "rich"}
    singles |= {"eml": "newsletter", "pdf": "pdf"}
    files = [(f"one.{suffix}", getattr(make_formats, name)(one)) for suffix, name in singles.items()]
    makers = {"docx": "nexis_docx", "txt": "lexisnexis_txt", "rtf": "factiva_rtf", "html": "factiva_html"}
    makers |= {"xlsx": "as_xlsx", "parquet": "as_parquet"}
    files += [(f"two.{suffix}", getattr(make_formats, name)(short)) for suffix, name in makers.items()]
    table = make_formats.table(short)
    files += [
        ("nexis.txt", "\n".join(make_formats.nexis_uni(short)).encode()),
        ("proquest.txt", make_formats.proquest_txt(short)),
        ("table.csv", table.to_csv(index=False).encode()),
        ("utf16.csv", table.to_csv(index=False, sep=";").encode("utf-16")),
        ("table.tsv", table.to_csv(index=False, sep="\t").encode()),
        ("list.json", json.dumps({"articles": table.to_dict("records")}).encode()),
        ("lines.jsonl", "\n".join(map(json.dumps, table.to_dict("records"))).encode()),
        ("factiva.xml", b"<?xml version='1.0'?><r><article><headline>It leaks</headline></article></r>"),
        ("three.zip", make_formats.zipped({"a.txt": make_formats.txt(one), "b/c.md": b"# It\n\nleaks."})),
    ]
    return files


_TOKENS = [
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xa0", b"\xc3", b"\r", b"\n", b"\t"),
    *(b'"', b"'", b"http://[", b"\xf0\x9f", b"\x1a"),
    *(b",", b";", b"(", b"%", b"<", b">", b"&#x110000;", b"&#xD800;", b"<!--", b"]]>", b"<p>", b"</table>"),
    *(b"{", b"}", b"\\u-10179?", b"\\ud800", b"NaN", b"1e999", b"null", b"[", b"]", b"\\", b"9" * 30, b"-1"),
    *(b"endobj", b"0 R", b"=?x?b?", b"99/99/9999", b"Document 2 of 1", b"Body\n", b"date: 0000-00-00\n"),
]


def _mutated_bytes(data: bytes, draw: random.Random, other: bytes) -> bytes:
    kind = draw.randrange(7)
    start = draw.randint(0, len(data))
    end = min(len(data), start + draw.choice([1, 1, 4, 30, 300]))
    if kind == 0:
        return data[:start]
    if kind == 1:
        return data[:start] + data[end:]
    if kind == 2:
        return data[:end] + data[start:end] * draw.choice([1, 3]) + data[end:]
    if kind == 3:
        return data[:start] + draw.randbytes(end - start) + data[end:]
    if kind == 4:
        at = draw.randint(0, len(other))
        return data[:start] + other[at : at + draw.choice([10, 300, 10_000])] + data[end:]
    return data[:start] + draw.choice(_TOKENS) + data[start if kind == 5 else end :]


def damaged_file(draw: random.Random) -> tuple[str, bytes]:
    """Return (suffix, bytes) of a small file with one to four faults; of a ZIP, also within its members."""
    name, data = draw.choice(_small_files())
    suffix = name.rpartition(".")[2]
    other = draw.choice(_small_files())[1]
    if data.startswith(b"PK") and draw.random() < 0.7:
        return suffix, _damaged_members(data, draw, other)
    for _ in range(draw.randint(1, 4)):
        data = _mutated_bytes(data, draw, other)
    return draw.choice([suffix] * 6 + ["txt", "html", "csv", "json", "xml", ""]), data


def _damaged_members(data: bytes, draw: random.Random, other: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(draw.randint(1, 3)):
        name = draw.choice([*members, *[one for one in members if "document" in one or "sheet" in one]])
        if draw.random() < 0.1 and len(members) > 1:
            del members[name]
        else:
            members[name] = _mutated_bytes(members[name], draw, other)
    return make_formats.zipped(members)
