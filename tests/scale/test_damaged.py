"""Corpora and analyses on disk that were damaged or changed: an error that says so, never other numbers."""

import json
import os
import shutil
import time

import pandas as pd
import pytest

import onrecord
from onrecord.scale.files import read_json, write_json

TEXT = "“The lock of {} leaks,” Orla Varn said. An official denied it.\n\nNobody came."
PLACES = ["Halm", "Oren", "Ule", "Tas"]
DOCUMENTS = pd.DataFrame({"doc_id": list("abcd"), "text": [TEXT.format(place) for place in PLACES]})
CHANGES = {
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-9]),
    "empty": lambda path: path.write_bytes(b""),
    "removed": lambda path: path.unlink(),
    "a pipe": lambda path: (path.unlink(), os.mkfifo(path)),
    "a device": lambda path: (path.unlink(), path.symlink_to("/dev/zero")),
    "a loop": lambda path: (path.unlink(), path.symlink_to(path)),
}
FILES = ["documents/part", "sources/part", "names.parquet", "inferred.parquet", "copies.parquet"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    out = tmp_path_factory.mktemp("corpus") / "out"
    onrecord.analyse_corpus(DOCUMENTS, out, workers=1).close()
    return out


@pytest.fixture
def out(corpus, tmp_path):
    return shutil.copytree(corpus, tmp_path / "out")


def rows(opened: onrecord.AnalysedCorpus) -> list[int]:
    return [len(getattr(opened.select("true"), name)) for name in ("documents", "attributions", "sources")]


@pytest.mark.parametrize("change", sorted(CHANGES))
@pytest.mark.parametrize("file", FILES)
def test_a_damaged_file_is_named(out, file, change):
    (path,) = out.glob(f"{file}*")
    CHANGES[change](path)
    with pytest.raises((ValueError, FileNotFoundError), match=f"{path.name} is (damaged|missing).*again"):
        onrecord.open_corpus(out)


@pytest.mark.parametrize("file", FILES)
def test_junk_of_the_same_size_is_found_at_the_latest_when_it_is_read(out, file):
    (path,) = out.glob(f"{file}*")
    path.write_bytes(bytes(range(256)) * (path.stat().st_size // 256) + bytes(path.stat().st_size % 256))
    with pytest.raises(ValueError, match=f"{path.name} is damaged"):
        opened = onrecord.open_corpus(out)
        assert opened.check()["file"].tolist() == [path.relative_to(out).as_posix()]
        opened.select("true")


def test_a_file_of_another_corpus_counts_nothing(out):
    before = rows(onrecord.open_corpus(out))
    (part,) = (out / "attributions").glob("*.parquet")
    shutil.copy(part, part.with_name("copy.parquet"))
    assert rows(onrecord.open_corpus(out)) == before
    shutil.copy(part, part.with_name("part-000009-copy.parquet"))
    with pytest.raises(ValueError, match=r"part-000009-copy.parquet is not a file of this corpus.*Remove it"):
        onrecord.open_corpus(out)
    assert rows(onrecord.analyse_corpus(DOCUMENTS, out, workers=1)) == before


RECORDS = ["corpus.json", "state/read.json", "state/copies.json", "state/done/*.json"]
VALUES = [[], {"files": 1, "parts": True, "mark": 2}]


@pytest.mark.parametrize("value", [*VALUES, "changed", "deep"], ids=str)
def test_a_changed_record_is_not_believed(corpus, out, value):
    before = rows(onrecord.open_corpus(corpus))
    for name in RECORDS:
        (path,) = out.glob(name)
        record = json.loads(path.read_text()) | {"n_words": 10**30, "n_articles": -1}
        path.write_text(
            "[" * 100_000 if value == "deep" else json.dumps(record if value == "changed" else value)
        )
        assert read_json(path) is None
    with pytest.raises(FileNotFoundError, match="does not contain a finished corpus"):
        onrecord.open_corpus(out)
    opened = onrecord.analyse_corpus(DOCUMENTS, out, workers=1)
    assert rows(opened) == before and opened.n_articles == 4


@pytest.mark.parametrize("file", ["state/paragraphs", "state/signatures"])
def test_damaged_counts_of_paragraphs_are_made_again(out, file):
    (path,) = (out / file).iterdir()
    content = path.read_bytes()
    path.write_bytes(content[:40] + b"x" + content[41:])
    onrecord.analyse_corpus(DOCUMENTS, out, workers=1).close()
    assert path.read_bytes() == content


def test_a_record_is_read_as_it_was_written(tmp_path):
    write_json(tmp_path / "record.json", {"a": [1, "é"], "b": None})
    assert read_json(tmp_path / "record.json") == {"a": [1, "é"], "b": None}


@pytest.mark.parametrize("change", ["cut", "empty", "a device"])
@pytest.mark.parametrize("file", ["documents.parquet", "sources.parquet", "analysis.json"])
def test_a_damaged_analysis_is_named(tmp_path, file, change):
    onrecord.analyse(DOCUMENTS.head(1)).save(tmp_path)
    CHANGES[change](tmp_path / file)
    start = time.monotonic()
    with pytest.raises(
        (ValueError, FileNotFoundError), match=f"{file} is (damaged|missing).*save the analysis"
    ):
        onrecord.Analysis.load(tmp_path)
    assert time.monotonic() - start < 10


@pytest.mark.parametrize("value", [5, [], {}, {"rules": 5}, None], ids=str)
def test_a_changed_record_of_an_analysis_is_refused(tmp_path, value):
    onrecord.analyse(DOCUMENTS.head(1)).save(tmp_path)
    (tmp_path / "analysis.json").write_text(json.dumps(value))
    with pytest.raises(ValueError, match=r"analysis.json is damaged"):
        onrecord.Analysis.load(tmp_path)


@pytest.mark.parametrize("published", ["1600-01-01", "0001-01-01", "9999-12-31", "soon"])
def test_a_day_that_no_table_can_store_is_named(published):
    with pytest.raises(
        ValueError, match=f"published of 'a' is '{published}', which is not a date of the years"
    ):
        onrecord.analyse(DOCUMENTS.head(1).assign(published=[published]))
