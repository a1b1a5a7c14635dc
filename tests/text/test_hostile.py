"""Whatever is written: nothing raises, offsets hold, and how it was run does not tell. Found by fuzzing."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_properties import fewer

import onrecord
from fuzz_analyse import FILES, check_files, check_texts, failures_of, fuzz_batch, limited
from fuzz_inputs import TEXTS
from make_formats import zipped
from onrecord.analysis import TABLES
from onrecord.readers.delimited import read_csv
from onrecord.readers.formats import read_bytes
from onrecord.readers.plain import first_line_headline, read_head
from onrecord.scale import spool
from onrecord.tables import replace_surrogates
from scale_corpus import assert_same

pytestmark = pytest.mark.filterwarnings("ignore:documents. . texts contain a lone surrogate")

any_character = st.integers(0, 0x10FFFF).map(chr)
odd_characters = st.sampled_from(
    [*"\ud800\udc00\udfff\u0301\u20e3\ufe0f\u200b\u200d\u200f\u202e\u2066\ufeff\x00\x1b\x85“”\"'‘’a "]
)
texts = st.text(any_character, max_size=80) | st.text(odd_characters, max_size=120)


@fewer
@given(st.lists(texts, min_size=1, max_size=5))
def test_any_text_in_any_batch_and_order(given_texts):
    check_texts(given_texts, again=True)


@fewer
@given(st.text(any_character | odd_characters))
def test_lone_surrogates_alone_are_replaced_one_for_one(text):
    stored = replace_surrogates(text)
    assert len(stored) == len(text)
    stored.encode()
    assert all(
        a == b or ("\ud800" <= a <= "\udfff" and b == "\ufffd") for a, b in zip(text, stored, strict=True)
    )


suffixes = st.sampled_from(["txt", "md", "csv", "json", "html", "eml", "rtf", ""])


@fewer
@given(st.lists(st.tuples(suffixes, st.binary(max_size=300)), min_size=1))
def test_any_bytes_are_a_row_of_the_report(files):
    check_files(files)


@pytest.mark.parametrize("kind", [*TEXTS, FILES])
def test_some_of_each_kind_that_the_fuzzing_makes(kind):
    assert fuzz_batch(0, kind, 0, 20)[-1] == []


def test_fuzzing_finds_the_inputs_at_fault():
    def check(given: list, again: bool) -> None:
        assert not {3, 8} & set(given)

    assert [failure.given for failure in failures_of("", list(range(10)), check, False)] == [[3], [8]]
    with pytest.raises(TimeoutError), limited(0.05):
        while True:
            pass


@pytest.fixture(scope="module")
def hostile() -> pd.DataFrame:
    draw = random.Random(5)
    made = [make(draw) for make in TEXTS.values() for _ in range(6)]
    ids = [f"d{i:02}" for i in range(len(made))]
    return pd.DataFrame({"doc_id": ids, "text": pd.Series(made, dtype=object)})


@pytest.mark.parametrize("workers", [1, 2])
def test_the_number_of_workers_does_not_tell(hostile, tmp_path, monkeypatch, workers):
    monkeypatch.setattr(spool, "PART_CHARACTERS", 4000)
    corpus = onrecord.analyse_corpus(hostile, tmp_path / "out", workers=workers)
    assert len(list((tmp_path / "out" / "documents").glob("*.parquet"))) > 2
    assert_same(corpus.select("true"), onrecord.analyse(hostile))
    assert corpus.sql("SELECT count(*) AS n FROM failures")["n"][0] == 0


HASHED = """
import sys, pandas as pd, onrecord
analysis = onrecord.analyse(pd.read_parquet(sys.argv[1]))
for name in onrecord.analysis.TABLES:
    table = getattr(analysis, name)
    print(name, len(table), pd.util.hash_pandas_object(table.astype("string")).sum())
"""


def test_the_seed_of_hashes_does_not_tell(hostile, tmp_path):
    hostile.assign(text=hostile["text"].map(replace_surrogates)).to_parquet(tmp_path / "hostile.parquet")
    told = []
    for seed in ("1", "77"):
        command = [sys.executable, "-c", HASHED, str(tmp_path / "hostile.parquet")]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        told.append(done.stdout.splitlines())
    assert told[0] == told[1] and [line.split()[0] for line in told[0]] == list(TABLES)


@pytest.mark.parametrize(
    "text", ['"' * 100_000, "“" * 100_000, "." * 100_000, "?!" * 50_000, "a." * 50_000, "(" * 50_000]
)
def test_a_hundred_thousand_marks(text):
    with limited(60):
        check_texts([text])


# -- crashes and wrong tables that fuzzing found ------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        # a name with two blanks in a row
        "On the quay the argument sounded older. Nets  Mc said it leaks. Reporters  McMc said that it leaks.",
        # what comes before "said" was counted twice where a quotation goes on from it
        'It is too little to block a sale of the yard, a former executive said. "She has the portrait ',
        'Marant learned of it from a screen at a petrol station, his agent said. "He left a tip," Brandel',
        # marks around no word were taken in from both sides
        'refuse „" d«?()„ he told ß"N{think i',
    ],
)
def test_no_word_is_said_twice(text):
    check_texts([text], again=True)


def test_lone_surrogates_in_files_and_their_names(tmp_path):
    told = {"title": "x", "text": "It \ud83d leaks, he said.", "date": "2026-01-01"}
    (tmp_path / "a.json").write_text(json.dumps([told]))
    (tmp_path / "b.rtf").write_bytes(rb"{\rtf1\ansi It leaks \u-10179? he said.\par}")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/c\xff.txt")).write_text("It leaks, he said.")
    corpus = onrecord.read_corpus(tmp_path)
    assert corpus.report["n_found"].tolist() == [1, 1, 1]
    assert corpus.documents["text"][0] == "It \ufffd leaks, he said."
    assert "wrong encoding" in corpus.report["warnings"][0]
    assert sorted(corpus.report["path"])[2] == "c\ufffd.txt"


def test_an_address_that_is_none(tmp_path):
    (tmp_path / "a.csv").write_text("title,url,text\nx,http://[x,It leaks.\ny,https://a.example/b,It held.\n")
    assert len(onrecord.read_documents(tmp_path)) == 2


def test_an_archive_that_lost_a_part(tmp_path):
    data = zipped({"a.txt": b"It leaks." * 50, "b.txt": b"It held, they said, and went home." * 50})
    (tmp_path / "a.zip").write_bytes(data[:50] + data[70:])
    (tmp_path / "b.txt").write_text("It leaks.")
    corpus = onrecord.read_corpus(tmp_path)
    assert corpus.documents["doc_id"].tolist() == ["b"]
    assert corpus.report["reason"].str.contains("damaged|could not").sum() == len(corpus.report) - 1


@pytest.mark.parametrize("blanks", [" ", "\t", " \t"])
def test_a_head_full_of_blanks(blanks):
    run = blanks * 20_000
    with limited(20):
        assert read_head(f"outlet:{run}The{run}Gazette{run}\n\nIt leaks.")[0] == {
            "outlet": f"The{run}Gazette"
        }
        assert first_line_headline(f"# It{run}leaks{run}##{run}\nBy Varn") == f"It{run}leaks"
        assert first_line_headline(f"{run}x") is None


def test_a_file_that_opens_with_comments():
    with limited(20):
        assert read_bytes(b"<!---->" * 40 + b"<p>It leaks, they said on the quay.", "txt")[0] == "html"
        assert read_bytes(b"<!---->" * 40 + b"It leaks, they said on the quay.", "txt")[0] == "txt"


def test_the_page_of_an_article_of_blanks():
    documents = pd.DataFrame({"doc_id": ["a"], "text": ["It leaks.\n" + " " * 100_000 + "\nIt held."]})
    with limited(20):
        page = onrecord.show_article(onrecord.analyse(documents), "a")._repr_html_()
    body = page[page.index("It leaks.") :]
    assert body.index("It held.") < 1000  # the blanks are not a paragraph


def test_a_table_full_of_open_marks():
    rows = 'a"a,"b\n' * 20_000  # read on its own, each opens a cell; within one, it closes and opens again
    with limited(20):
        reading = read_csv(f'title,text\n{rows}c"c,d\n')
    assert len(reading.articles) + reading.n_skipped == reading.n_expected == 20_001
    assert "never closed" in reading.reason
    assert reading.articles[-1].text == "d"
