"""Time at 1, 10 and 100 times the length of the worst texts and files: run by `make benchmark`.

    python -m pytest -s tests/benchmarks/benchmark_hostile.py

Work that is linear takes 10 times longer a step, work that is quadratic 100 times. Processor time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import count, pairwise

import pandas as pd
import pytest

import onrecord
from fuzz_analyse import limited
from onrecord.corpus.duplicates import add_duplicates
from onrecord.corpus.language import add_language
from onrecord.framing.labels import words_near
from onrecord.readers.formats import read_bytes
from onrecord.readers.reading import Unreadable
from onrecord.scale.synthetic import synthetic_articles

STEPS = (2_000, 20_000, 200_000)  # characters
MOST = 35  # times longer a step: above what memory and caches cost, far below quadratic
SHORT = 0.1  # seconds: what takes less tells nothing of growth


def parted(units: str) -> list[str]:
    return units.split("|")


# Each is repeated up to the length.
UNITS = {
    "marks": parted("\"|“|”|'|‘|’|''|``|«|»|„|“”|‘’|(|)|()|[|<|{"),
    "signs": parted(",|.|!|?!|;|:|…|—|-|--|/|_|@|#|&|*|\x00|\u200b"),
    "blanks": parted(" |\t|\n|\r\n|\u00a0|\u2028| \n|\n\n|\x85|. |, |a\t"),
    "letters": parted("a|A|9|é|王|🚢|e\u0301|\u202e|a’|a-|a.|A.|a_|A&|9,|9.9|Mc|https://a.example/b?c=d"),
    "words": [
        *parted(
            'A |a |A. |A, |Aa |AA |9 |1,000 |a, |\' |" |“a |‘a |\'a |"a |? |( |- |— |.” |,” "|(A |“a” |‘a’ '
        ),
        *parted(
            "'a.' |a's |a’ |said |said, |told |according to |who |that |and |of |the |as |not |he |by |was "
        ),
        *parted(
            "is being |because |he said |who asked |who asked not to be named, |on condition of anonymity "
        ),
        *parted("Mr. |Dr. Varn |Ilse Varn |Ilse Varn, 41, |an official |officials and |one of the |Varn’s "),
        *parted("a former senior |the Gazette reported |told the Gazette |No. 5 |U.S. |https://a.example/b "),
        *parted("a@b.example |<p> |&nbsp;|Read more: |“It leaks,” Varn said. |“It leaks,” she said. "),
        *parted("an aide said. |it is said |was allegedly |reportedly |sources say, |Q. A. "),
        *parted("Mary Ann Lee, of the Lee Fund, said |told reporters, citing an aide to Mr. Brandel, that "),
    ],
    "lines": [
        *parted('“\n|"\n|‘a\n|a\n|A\n|a.\n|VARN:\n|Varn: it leaks.\n|— Varn\n|A B C said.\n|“a\n\n'),
        *parted("x, he said.\n|Read more: a\n|ELLIN (OPS) — a\n|“Yes,” he said.\n"),
    ],
    "new names": [
        *parted(
            "~ |~, |“It leaks,” ~ ~ said. |“It leaks,” ~ said.\n\n|The ~ Council said no. The council left. "
        ),
        *parted(
            "~ ~, the mayor of ~, said so. “Yes,” the mayor said. |An aide to ~ ~ said so. The aide left. "
        ),
        *parted("“It leaks,” ~ ~ said, |an aide to ~ said it leaks, |the ~ Gazette reported it leaks, "),
        *parted("Two officials told the ~ Gazette that it leaks. |~ ~ left. “Yes,” she said. He said no. "),
        *parted(
            "A ~ official, who asked not to be named because talks go on, said so. |Read more: ~\n|~: No.\n"
        ),
    ],
}


def filled(unit: str, length: int) -> str:
    """Return `unit` repeated to `length`; each ~ in it is a name that occurs nowhere else."""
    text = (unit * (length // len(unit) + 1))[:length]
    if "~" not in unit:
        return text
    first, *more = text[: length // 2].split("~")
    names = (f"B{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676 % 26)}er" for i in count())
    return first + "".join(name + piece for name, piece in zip(names, more, strict=False))


def seconds_of(work: Callable[[str], object], unit: str, length: int) -> float:
    """Return the seconds for `unit` repeated to `length`; the better of two, where they are few."""
    text = filled(unit, length)
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        with limited(600):
            work(text)
        best = min(best, time.process_time() - start)
        if best > SHORT:
            break
    return best


def compare(title: str, rows: Iterable[tuple[str, Callable[[str], object], str]]) -> None:
    """Print the seconds of (name, work, unit) at each length; fail where they grow as if quadratic."""
    columns = [f"{length:,}" for length in STEPS]
    seconds = {name: [seconds_of(work, unit, n) for n in STEPS] for name, work, unit in rows}
    table = pd.DataFrame.from_dict(seconds, orient="index", columns=columns)
    # Below SHORT the start of things is most of it: a step is counted from there.
    growth = [table[b] / table[a].clip(lower=SHORT / 10) for a, b in pairwise(columns)]
    table["growth"] = pd.concat(growth, axis=1).max(axis=1)
    print(f"\n{title}: seconds by length, and the most that ten times the length took")
    print(table.sort_values(columns[-1], ascending=False).round(2).to_string())
    assert (table["growth"] < MOST).all(), table[table["growth"] >= MOST].round(2).to_string()


def alone(text: str) -> pd.DataFrame:
    return pd.DataFrame({"doc_id": ["odd"], "outlet": "A", "headline": "It leaks", "text": [text]})


@pytest.mark.parametrize("kind", list(UNITS))
def test_analyse(kind):
    compare(
        f"analyse, {kind}", [(ascii(u), lambda text: onrecord.analyse(alone(text)), u) for u in UNITS[kind]]
    )


WORK = {
    "add_tone": lambda text: onrecord.add_tone(alone(text)),
    "add_language": lambda text: add_language(alone(text)),
    "add_duplicates": lambda text: add_duplicates(alone(text)),
    "find_boilerplate": lambda text: onrecord.find_boilerplate(alone(text)),
    "find_wordings": lambda text: onrecord.find_wordings(alone(text)),
    "find_labels": lambda text: onrecord.find_labels(alone(text), {"leak": ["a leak", "said said"]}),
    "synthetic_articles": lambda text: synthetic_articles(
        alone(text).assign(published=pd.Timestamp("2026-01-05", tz="UTC")), 2
    ),
}


@pytest.mark.parametrize("name", list(WORK))
def test_other_readings_of_a_text(name):
    units = [
        " ",
        "\n",
        "a",
        "A ",
        "9",
        "“",
        "'",
        ".",
        "said ",
        "is ",
        "not good ",
        "is being ",
        ":-) ",
        "a\n",
        "a-",
    ]
    compare(name, [(ascii(unit), WORK[name], unit) for unit in units])


WHOLE = {
    "show_article": lambda analysis: onrecord.show_article(analysis, "odd"),
    "split_voices": onrecord.split_voices,
    "share_scare_quoted": onrecord.share_scare_quoted,
    "find_passages": lambda analysis: onrecord.find_passages(analysis, n=None),
    "words_near": lambda analysis: words_near(analysis.sentences, "Varn", 5),
}


@pytest.mark.parametrize("name", list(WHOLE))
def test_readings_of_an_analysis(name):
    units = ["“It leaks,” Varn said. ", "“It leaks,” ~ ~ said.\n\n", "‘a’ Varn ", "a\n", " "]
    made = {}

    def work(text: str) -> object:
        if text not in made:  # the analysis itself is measured above
            made[text] = onrecord.analyse(alone(text))
        return WHOLE[name](made[text])

    for unit in units:
        for length in STEPS:
            work(filled(unit, length))
    compare(name, [(ascii(unit), work, unit) for unit in units])


# suffix, what the file opens with, what is repeated
FILES = [
    *[
        ("txt", "", unit)
        for unit in parted(" |\n|a\n|a: b\n|outlet: a\n|# |______ |Document 1 of 2\n|1 words\n")
    ],
    *[("txt", "title:", unit) for unit in parted(" | a|\t")],
    *[("txt", "a b c d e f", unit) for unit in parted(" | \n")],
    *[("md", "# a", unit) for unit in parted(" | #|#|\n# a")],
    *[("md", "---\n", unit) for unit in parted("a: b\n|---|title: \n")],
    *[
        ("txt", "1 of 2 DOCUMENTS\n\n", unit)
        for unit in parted("1 of 2 DOCUMENTS\n|LENGTH: 5 words\n|BYLINE:|A ")
    ],
    *[
        ("txt", "Body\nEnd of Document\n", unit)
        for unit in parted("Body\n|End of Document\n|Subject |Length: 1\n")
    ],
    *[
        ("txt", f"{'_' * 30}\nDocument 1 of 2\n", unit)
        for unit in parted("_________________________\n|Title: a\n")
    ],
    *[("csv", "title,text\n", unit) for unit in parted('a,b\n|a,"b\n|"a\n|"|,|a,b,c\n|""|a,"b""|\n')],
    *[
        ("csv", "date,url,text\n", unit)
        for unit in parted("jan 1,http://a/,b\n|1/2/2026,http://[,b\n|9|jan ")
    ],
    *[("json", "", unit) for unit in parted('[|{"a":|[{"text": "a"}, |\\ud800')],
    *[("jsonl", "", unit) for unit in parted('{"text": "a"}\n|{}\n|[]\n|{\n')],
    *[("eml", "From: a\nSubject: b\n", unit) for unit in parted("To: c\n| d\n|=?utf-8?b?|\n--")],
    *[("rtf", "{\\rtf1 ", unit) for unit in parted("\\fldinst |{|}|\\par |\\'e9|\\u8217?|{\\a |a")],
    *[("xml", "<?xml version='1.0'?>", unit) for unit in parted("<a>|<article>|&a;")],
    *[
        ("html", "<html><body>", unit)
        for unit in parted("<p>|<p>a b</p>|<p>“a”</p>|<div>|<b>|<|&|<!--|<META ")
    ],
    *[("html", "<html><body>", unit) for unit in parted("<br>|<a href=b>c</a>|<li>d|<td>|a|a\n")],
    *[("html", "", unit) for unit in parted("<!---->|<!-- a --> |<?xml ")],
    *[("html", "<html><p>", unit) for unit in parted("a |“a” |<i>a</i>|<br>“a”|</p><p class=b>It leaks.")],
]


@pytest.mark.parametrize("suffix", sorted({suffix for suffix, _, _ in FILES}))
def test_files(suffix):
    def reader(start: str) -> Callable[[str], None]:
        def read(text: str) -> None:
            with suppress(Unreadable, RecursionError):  # a row of the report
                read_bytes((start + text + ("\nx" if suffix in ("txt", "md") else "")).encode(), suffix)

        return read

    compare(f"files, {suffix}", [(ascii(s + u)[:40], reader(s), u) for x, s, u in FILES if x == suffix])


def test_one_line_of_ten_megabytes_and_a_million_marks():
    prose = (
        "The river rose again in the night and the ships of Halm waited at the quay for the gate to open. "
    )
    line = (prose * 9 + "“The lock leaks,” Ilse Varn said. ") * 11_000
    for name, text in {
        "10 MB in one line": line[:10_000_000],
        "10^6 “": "“" * 10**6,
        '10^6 "': '"' * 10**6,
    }.items():
        start = time.process_time()
        analysis = onrecord.analyse(alone(text))
        print(f"\n{name}: {time.process_time() - start:.1f} s, {len(analysis.attributions)} attributions")
        assert analysis.documents["text"][0] == text
