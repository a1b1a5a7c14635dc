"""Nothing leaves the machine, and what is written holds only what was asked for.

Every process of these runs loads tests/support/closed/sitecustomize.py, which notes and refuses each address
that is not on this machine. Where the kernel lets a user do so, the network itself is closed as well.
"""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

import onrecord
from no_network import CLOSED, closed, watching
from onrecord.evaluation.codings import save_coding
from onrecord.notebook import upload
from small_report import articles, small_notebooks, small_report

ROOT = Path(__file__).parents[2]
RATES = pd.DataFrame(
    {
        "outlet": ["Herald", "Post"],
        "n_hits": [4, 5],
        "n_sources": [20, 10],
        "share_of_sources": [0.2, 0.5],
        "low": [0.1, 0.3],
        "high": [0.4, 0.7],
        "n_articles": [12, 12],
    }
)


@pytest.fixture
def watched(tmp_path, monkeypatch) -> Path:
    """Return the file in which processes that are started now note what would leave the machine."""
    notes = tmp_path / "watched.txt"
    for name, value in watching(notes).items():
        monkeypatch.setenv(name, value)
    return notes


def run(*command: object) -> subprocess.CompletedProcess:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=300)


@pytest.mark.parametrize(
    "call",
    [
        "socket.create_connection(('192.0.2.1', 80), timeout=1)",
        "socket.getaddrinfo('www.example.org', 443)",
        "urllib.request.urlopen('http://www.example.org')",
    ],
)
def test_the_watch_sees_what_leaves(watched, call):
    assert run(sys.executable, "-c", f"import socket, urllib.request; {call}").returncode == 1
    assert watched.read_text(encoding="utf-8").strip()


def test_everything_runs_without_a_network(watched, tmp_path):
    done = run(*closed(), sys.executable, CLOSED / "everything.py", ROOT / "data" / "sample", tmp_path)
    assert done.stdout.strip() == "done", done.stderr
    assert not watched.exists(), watched.read_text(encoding="utf-8")


def test_a_notebook_runs_without_a_network(watched, tmp_path):
    for name in ("sample", "lexicons", "benchmarks"):
        shutil.copytree(ROOT / "data" / name, tmp_path / "data" / name)
    (tmp_path / "notebooks").mkdir()
    notebook = shutil.copy(ROOT / "notebooks" / "04-your-own-articles.ipynb", tmp_path / "notebooks")
    nbconvert = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute"]
    done = run(*closed(), *nbconvert, "--output-dir", tmp_path / "executed", notebook)
    assert done.returncode == 0, done.stderr
    assert not watched.exists(), watched.read_text(encoding="utf-8")
    assert list((tmp_path / "exports").iterdir())


def test_nothing_in_the_library_opens_a_connection():
    for path in (ROOT / "lib" / "onrecord").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        for module in ("requests", "urllib.request", "urllib3", "http.client", "aiohttp", "httpx", "smtplib"):
            assert f"import {module}" not in source and f"from {module}" not in source, (path, module)


def test_jupyterlab_asks_for_no_news():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "jupyter labextension disable $(NEWS)" in makefile
    assert "@jupyterlab/apputils-extension:announcements" in makefile


def save_chart(folder: Path) -> list[Path]:
    ax = onrecord.plot_shares(RATES, title="Unnamed sources")
    return onrecord.save_chart(ax, folder / "chart", data=RATES, source="24 articles")


def save_table(folder: Path) -> list[Path]:
    return onrecord.save_table(RATES, folder / "table", source="24 articles")


def save_analysis(folder: Path) -> list[Path]:
    documents = pd.DataFrame({"doc_id": ["a"], "text": ["“It leaks,” an official said."]})
    return onrecord.analyse(documents).save(folder / "analysis")


def save_article(folder: Path) -> list[Path]:
    analysis = onrecord.analyse(onrecord.read_documents(ROOT / "data" / "sample" / "articles").head(1))
    return [onrecord.save_article(analysis, analysis.documents["doc_id"][0], folder / "article.html")]


def save_one_article(folder: Path) -> list[Path]:
    page = onrecord.show_one_article(ROOT / "data" / "sample" / "one-article.txt")
    return [page.save(folder / "one-article.html")]


def save_quotations(folder: Path) -> list[Path]:
    documents = pd.DataFrame({"doc_id": ["a"], "text": ["“It leaks,” an official said."]})
    analysis = onrecord.analyse(documents)
    quotations = onrecord.list_quotations(analysis)
    return onrecord.save_table(quotations, folder / "quotations", source="A text", analysis=analysis)


def save_answer(folder: Path) -> list[Path]:
    return [save_coding(folder / "codings.csv", "item", coder="a")]


def save_uploads(folder: Path) -> list[Path]:
    saved = upload.save_uploads({"a.txt": b"It rained."}, folder / "articles")
    return [folder / "articles" / name for name in saved["saved_as"]]


def save_coding_sheet(folder: Path) -> list[Path]:
    sheet = pd.DataFrame({"item_id": ["h-0"], "passage": ["A said it."], "text": ["it"], "speaker": ["A"]})
    return [onrecord.save_coding_sheet(sheet, folder / "to-code.xlsx", coder="a")]


def write_report(folder: Path) -> list[Path]:
    notebooks = small_notebooks(folder.parent / "notebooks")
    corpus = articles(folder.parent / "corpus", outlets=("Herald", "Post"))
    small_report(corpus, folder, notebooks=notebooks)
    return [folder / "report.html", *(path for path in folder.rglob("*") if path.is_file())]


WRITERS = {
    "save_coding_sheet": save_coding_sheet,
    "write_report": write_report,
    "save_uploads": save_uploads,
    "save_coding": save_answer,
    "save_article": save_article,
    "OneArticle.save": save_one_article,
    "save_chart": save_chart,
    "save_table": save_table,
    "save_quotations": save_quotations,
    "Analysis.save": save_analysis,
}


def test_every_function_that_writes_is_tested_here():
    writing = {name for name in onrecord.__all__ if name.startswith(("save_", "write_"))}
    assert writing <= set(WRITERS)


@pytest.mark.parametrize("name", WRITERS)
def test_files_tell_nothing_about_machine_and_user(name, tmp_path, monkeypatch):
    for variable in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(variable, "zq-private-user")
    monkeypatch.setattr(socket, "gethostname", lambda: "zq-private-host")
    private = [b"zq-private", str(ROOT).encode(), str(tmp_path).encode(), str(Path.home()).encode() + b"/"]
    private += [name.encode() for name in (os.uname().nodename, getpass.getuser()) if len(name) > 7]
    paths = WRITERS[name](tmp_path / "zq-private-folder")
    assert paths
    for path in paths:
        contents = [path.read_bytes()]
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as parts:
                contents += [parts.read(part) for part in parts.namelist()]
        for content in contents:
            assert not [word for word in private if word in content], path.name


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("mask", [0o002, 0o077])
def test_files_are_as_open_as_the_user_has_it(name, mask, tmp_path):
    before = os.umask(mask)
    try:
        paths = WRITERS[name](tmp_path / "new")
    finally:
        os.umask(before)
    for path in paths:
        assert path.stat().st_mode & 0o777 == 0o666 & ~mask, path.name
    assert paths[0].parent.stat().st_mode & 0o777 == 0o777 & ~mask
