"""Bad files: each is a row of the report that says what to do, and the files beside it are read."""

from __future__ import annotations

import os
import re
import socket
import time
from pathlib import Path

import pandas as pd
import pytest

import make_formats
from bad_files import GOOD, KINDS, SECRET, Kind, put
from onrecord import analyse_corpus
from onrecord.readers import archive, read_corpus, stream_corpus
from onrecord.readers import corpus as corpus_module

# What a reason asks its reader to do. READMEs and parts of pages ask for nothing.
TO_DO = re.compile(
    r"[:,] (?:or )?(?:save|open|unpack|pack|change|put|split|mend|give|delete|recognise|copy|it should read"
    r"|each line should read|plain text is read from)\b|Say which it is|a README|parts of a saved page"
)


def test_no_two_kinds_share_a_name():
    names = [os.fsencode(kind.name) for kind in KINDS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.what)
def test_a_bad_file_is_a_row_and_the_others_are_read(kind: Kind, tmp_path, monkeypatch):
    sent = []
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: sent.append(address))
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("aaa.txt", "good.txt", "zzz.txt"):
        (folder / name).write_text(GOOD)
    (tmp_path / "secret.dat").write_text(SECRET)
    shown = put(kind, folder)
    began = time.process_time()
    corpus = read_corpus(folder)
    assert time.process_time() - began < 20
    documents = corpus.documents.set_index("path")["text"]
    assert [documents[name] for name in ("aaa.txt", "good.txt", "zzz.txt")] == [GOOD] * 3
    is_own = corpus.report["path"].str.startswith(shown)
    rows = corpus.report[is_own]
    if kind.says is None:
        assert rows.empty
        return
    assert len(rows)
    told = rows["reason"].fillna("") + rows["warnings"].fillna("")
    assert told.str.contains(kind.says, regex=False).any(), told.tolist()
    assert all(TO_DO.search(reason) for reason in rows["reason"].dropna()), rows["reason"].tolist()
    assert told.str.len().max() < 2000
    found = documents[documents.index.str.startswith(shown)].dropna()
    if kind.texts:
        assert found.tolist() == kind.texts
    elif rows["reason"].notna().all():
        assert found.empty
    assert not found.str.contains(SECRET, regex=False).any() and not found.str.contains("lol lol").any()
    assert not sent
    assert corpus.documents["doc_id"].is_unique and not (tmp_path / "outside.txt").exists()


def test_all_bad_files_in_one_folder_read_whole_or_in_parts(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD)
    large = {"cell.csv", "large.html"}  # an article of 10 MB is analysed elsewhere
    for kind in KINDS:
        if kind.name not in large:
            put(kind, folder)
    corpus = read_corpus(folder)
    n_rows = sum(kind.says is not None and kind.name not in large for kind in KINDS)
    assert len(corpus.report) >= n_rows
    assert corpus.documents["doc_id"].is_unique
    parts = analyse_corpus(folder, tmp_path / "out", workers=1)
    pd.testing.assert_frame_equal(
        pd.read_parquet(tmp_path / "out" / "report.parquet"), corpus.report, check_dtype=False
    )
    assert sorted(parts.documents["doc_id"]) == sorted(corpus.documents["doc_id"])


def test_a_folder_that_may_not_be_entered(tmp_path, monkeypatch):
    (tmp_path / "closed").mkdir()
    (tmp_path / "good.txt").write_text(GOOD)
    scandir = os.scandir

    def forbidding(path):
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", forbidding)
    report = read_corpus(tmp_path).report.set_index("path")
    assert "may not be read (Permission denied): change its permissions" in report.loc["closed", "reason"]
    assert report.loc["good.txt", "n_found"] == 1
    report = read_corpus(tmp_path / "closed").report.set_index("path")
    assert "change its permissions" in report.loc["closed", "reason"]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(13, "Permission denied"), "may not be read: change its permissions"),
        (OSError(5, "Input/output error"), "cannot be read (Input/output error)"),
        (FileNotFoundError(2, "No such file or directory"), "cannot be read (No such file or directory)"),
    ],
    ids=repr,
)
def test_a_file_that_the_disk_does_not_give(error, told, tmp_path, monkeypatch):
    (tmp_path / "bad.txt").write_text(GOOD)
    (tmp_path / "good.txt").write_text(GOOD)
    read = Path.read_bytes
    monkeypatch.setattr(
        Path, "read_bytes", lambda self: _raise(error) if self.name == "bad.txt" else read(self)
    )
    report = read_corpus(tmp_path).report.set_index("path")
    assert told in report.loc["bad.txt", "reason"] and report.loc["good.txt", "n_found"] == 1


def test_a_file_in_a_folder_that_may_be_listed_but_not_entered(tmp_path, monkeypatch):
    (tmp_path / "bad.txt").write_text(GOOD)
    seen = Path.is_file
    denied = PermissionError(13, "Permission denied")
    monkeypatch.setattr(
        Path, "is_file", lambda self: _raise(denied) if self.name == "bad.txt" else seen(self)
    )
    assert read_corpus(tmp_path).report["reason"][0] == "may not be read: change its permissions"


def _raise(error: Exception):
    raise error


@pytest.mark.parametrize("path", ["The lock leaks, said the mayor. " * 300, "a\x00b"])
def test_a_text_given_as_a_path(path):
    with pytest.raises(FileNotFoundError, match="no such file or folder"):
        read_corpus(path)


def test_no_folder_given():
    with pytest.raises(ValueError, match="paths must be a file or folder"):
        read_corpus(None)


def test_what_is_no_article_in_an_archive(tmp_path):
    names = ("good.txt", "README.txt", ".DS_Store", "__MACOSX/._good.txt", "folder/")
    (tmp_path / "a.zip").write_bytes(make_formats.zipped(dict.fromkeys(names, GOOD.encode())))
    corpus = read_corpus(tmp_path)
    assert corpus.documents["path"].tolist() == ["a.zip/good.txt"]
    assert corpus.report["path"].tolist() == ["a.zip/README.txt", "a.zip/good.txt"]
    assert corpus.report["reason"][0] == "a README, not an article"


def test_a_file_too_large_within_an_archive(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_BYTES", 1000)
    files = {"large.txt": os.urandom(1100), "small.txt": GOOD.encode()}
    (tmp_path / "a.zip").write_bytes(make_formats.zipped(files))
    report = read_corpus(tmp_path).report
    assert report["reason"][0].endswith("split it") and report["n_found"].tolist() == [0, 1]


def test_a_file_that_is_gone_since_it_was_listed(tmp_path, monkeypatch):
    (tmp_path / "bad.txt").write_text(GOOD)
    (tmp_path / "good.txt").write_text(GOOD)
    listed = corpus_module.list_files(tmp_path)
    (tmp_path / "bad.txt").unlink()
    monkeypatch.setattr(corpus_module, "list_files", lambda paths: listed)
    (corpus,) = stream_corpus(tmp_path)
    assert "No such file" in corpus.report["reason"][0] and corpus.documents["text"].tolist() == [GOOD]
