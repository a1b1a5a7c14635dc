"""Texts that no newsroom means to send: each is read to its end, in bounded time, and nothing is lost."""

from __future__ import annotations

import time

import pandas as pd
import pytest

from onrecord import analyse
from onrecord.analysis import TABLES, Analysis

SENTENCE = "“The lock leaks,” Ilse Varn said, and a senior official warned that it would “fall”. "
PROSE = "The river rose again in the night and the ships of Halm waited at the quay for the gate to open. "
GOOD = "Mayor Otto Brandel said that the lock was shut."


def read(text: str) -> Analysis:
    """Return the analysis of `text` between two plain articles, which must be read as if alone."""
    analysis = analyse(pd.DataFrame({"doc_id": ["before", "odd", "after"], "text": [GOOD, text, GOOD]}))
    for name, schema in TABLES.items():
        frame = getattr(analysis, name)
        assert dict(frame.dtypes.astype(str)) == dict(schema), name
        for doc_id in ("before", "after") if name in ("spans", "attributions", "sources") else ():
            assert frame["doc_id"].eq(doc_id).any(), (name, doc_id)
    for name in ("sentences", "spans", "scare_quotes"):
        frame = getattr(analysis, name)
        odd = frame[frame["doc_id"] == "odd"]
        assert all(
            text[a:b] == words for a, b, words in odd[["start", "end", "text"]].itertuples(index=False)
        ), name
    return Analysis(
        **{name: table[table["doc_id"] == "odd"] for name in TABLES for table in [getattr(analysis, name)]}
    )


@pytest.mark.parametrize("mark", ['"', "“", "‘", "'", "``"])
def test_10_000_unclosed_marks(mark):
    began = time.process_time()
    one_line = read(f"{mark}The lock leaks. " * 10_000)
    assert time.process_time() - began < 20
    assert len(one_line.sentences)


@pytest.mark.parametrize("mark", ['"', "“", "‘", "«"])
def test_1_000_paragraphs_that_never_close(mark):
    text = "\n".join([f"{mark}The lock leaks like a basket, and nobody came to look at it."] * 1_000)
    found = read(text)
    covered = pd.concat([found.spans[found.spans["role"] == "content"], found.scare_quotes])
    assert len(covered)
    assert not found.attributions.query("form == 'direct'")["is_closed"].any()


@pytest.mark.parametrize(
    "text",
    [
        '"' * 10_000,
        "“" * 10_000,
        "”" * 10_000,
        "'" * 10_000,
        "‘’" * 5_000,
        "«»" * 5_000,
        "``''" * 2_500,
        "„“”‟〝〞" * 1_000,
        '" ' * 5_000,
        "' " * 5_000,
        "“\n" * 5_000,
        "\n".join(['"', "'", "“", "‘", "«", "''", "``"] * 100),
    ],
    ids=repr,
)
def test_only_marks(text):
    found = read(text)
    assert found.attributions.empty and found.sources.empty and found.scare_quotes.empty


def test_one_line_of_a_megabyte():
    text = (PROSE * 9 + SENTENCE) * (1_000_000 // (9 * len(PROSE) + len(SENTENCE)))
    began = time.process_time()
    found = read(text)
    assert time.process_time() - began < 30
    assert found.spans["end"].max() > len(text) - 100  # read to its end, not cut


def test_one_word_of_a_megabyte():
    began = time.process_time()
    assert len(read("a" * 1_000_000).sentences) == 1
    assert len(read("a’" * 200_000).sentences) == 1
    assert time.process_time() - began < 20


def test_article_of_five_megabytes():
    text = (PROSE * 19 + SENTENCE + "\n\n") * (5_000_000 // (19 * len(PROSE) + len(SENTENCE) + 2))
    began = time.process_time()
    found = read(text)
    assert time.process_time() - began < 100
    assert found.spans["end"].max() > len(text) - 100
    assert len(found.attributions) > 2_000


@pytest.mark.parametrize(
    "text",
    [
        "The lock\x00 leaks,\x00 “and we\x00 knew,” Varn said.\x00",
        "\x00" * 1_000,
        "\x01\x02\x07\x08\x0b\x0c\x1b[31m “It leaks,” Varn said.\x7f\x85",
        "\ufeff“It leaks,” Varn said.",
        "“It leaks,”\u00a0Varn\u2007said\u202fthat\u3000it was over.",
        "“It leaks,”\rVarn said.\r\r“We knew.”\r\n\r\n\n\r",
        "“It leaks,”\u2028Varn said.\u2029“We knew.”\x0b“Yes.”\x0c",
        "قال فارن: «القفل يسرّب الماء»، وأضاف أنه مغلق. \u200f“مغلق”\u200e",
        "\u202e”skael tI“ dias nraV\u202c, “it is over,” Varn said.",
        "ורן אמר: \"המנעול דולף\". הוא הוסיף כי 'זה נגמר'.",
        "瓦恩说：“闸门漏水。”「我们知道。」『没有人来。』",
        "Варн сказал: «Шлюз течёт», и добавил, что „всё кончено“.",
        "Z\u0301\u0302\u0303\u0304" * 2_000 + " “It leaks,” Varn said.",
        "🚢" * 3_000 + "“🤷‍♀️🏳️‍🌈,” Varn said. 👩‍👩‍👧‍👦",
        "said " * 3_000,
        "according to " * 2_000,
        "who asked not to be named, " * 500,
        "he said she said they said " * 1_000,
        "Mr. " * 2_000 + "Varn said.",
        "A. B. C. D. " * 1_000,
        "…" * 3_000 + "?!" * 3_000,
        "(" * 3_000 + "[" * 3_000 + "{" * 3_000,
        "- " * 3_000 + "—" * 3_000,
        "1,000.00 " * 2_000,
        "Read more: " * 1_000,
        "Read more: Varn says 'it leaks'\n" * 500,
        "https://halm.example/" + "a/" * 3_000,
        "\t" * 5_000 + "Varn said it leaks." + " " * 5_000,
        "“It leaks,” Varn said." + "\n" * 20_000 + "She left.",
        "<p>“It leaks,” <b>Varn</b> said.</p>" * 100,
        "VARN SAID THAT IT LEAKS. “IT LEAKS,” SAID VARN. " * 50,
        "varn said that it leaks " * 500,
    ],
    ids=lambda text: ascii(text[:30]),
)
def test_odd_text(text):
    began = time.process_time()
    read(text)
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("text", "at"), [("\ud800 “It leaks,” Varn said.", 0), ("It\udce9", 2), ("\ud83d" * 9, 0)]
)
def test_a_lone_surrogate_is_named_and_replaced_of_its_own(text, at):
    documents = pd.DataFrame({"doc_id": ["odd"], "text": pd.Series([text], dtype=object)})
    message = rf"1 texts contain a lone surrogate.* '\\u\w+' at {at} of 'odd'"
    with pytest.warns(UserWarning, match=message):
        analysis = analyse(documents)
    repaired = analysis.documents["text"][0]
    assert len(repaired) == len(text)  # offsets stay
    assert all(b in (a, "\ufffd") for a, b in zip(text, repaired, strict=True))
    assert "\ufffd" in repaired
    read(repaired)
