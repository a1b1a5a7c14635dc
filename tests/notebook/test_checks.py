"""The checks of set-up and articles: fine where it is, and a remedy where it is not."""

from __future__ import annotations

import re
import shutil
import sys
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from matplotlib import font_manager

import onrecord
from onrecord.notebook import checks as setup
from onrecord.tables import DOCUMENTS, as_table

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "lib" / "onrecord"


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """Return a project with the sample, in whose folder of notebooks we are."""
    shutil.copytree(ROOT / "data" / "sample", tmp_path / "data" / "sample")
    (tmp_path / "data" / "articles").mkdir()
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    return tmp_path


def test_a_row_a_check_and_a_remedy_only_where_it_is_needed(project):
    table = onrecord.check_setup()
    assert table["check"].tolist() == [
        *("python", "packages", "models", "kernel", "charts", "sample", "articles", "exports", "disk")
    ]
    assert dict(table.dtypes.astype(str)) == dict(setup.CHECKS)
    assert table["is_fine"].all(), table.loc[~table["is_fine"], "what"].tolist()
    assert table["what_to_do"].isna().all()
    assert not (project / "exports").exists() and list((project / "data" / "articles").iterdir()) == []


def test_without_its_project_it_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    table = onrecord.check_setup("nowhere").set_index("check")
    assert table.index[~table["is_fine"]].tolist() == ["sample", "articles"]
    assert table.loc["articles", "what"] == "The folder nowhere was not found."
    assert table.loc["sample", "what_to_do"].startswith("Open the notebook in the folder notebooks")


def test_python():
    oldest = ".".join(map(str, setup.OLDEST_PYTHON))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={oldest}"
    assert setup.check_python((3, 11)).is_fine and setup.check_python((4, 0)).is_fine
    assert not setup.check_python((3, 9)).is_fine


LOCK = """\
alpha==1.0 \\
    --hash=sha256:00
beta-two==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:00
gamma==3.0 \\
    --hash=sha256:00
delta==4.0 \\
    --hash=sha256:00
"""


@pytest.mark.parametrize(
    ("installed", "is_fine", "words"),
    [
        ({"alpha": "1.0", "gamma": "3.0", "delta": "4.0", "own": "9"}, True, "Every package"),
        ({"alpha": "1.0", "gamma": "3.0"}, False, "delta is missing. Figures"),
        (
            {"alpha": "1.1", "beta-two": "2.5", "gamma": "3.0", "delta": "4.0"},
            False,
            "alpha 1.1 in place of 1",
        ),
        ({}, False, "alpha is missing, gamma is missing, delta is missing."),
        ({"beta-two": "1"}, False, "delta is missing and 1 more."),
    ],
)
def test_packages(tmp_path, installed, is_fine, words):
    (tmp_path / "lock.txt").write_text(LOCK, encoding="utf-8")
    check = setup.check_packages(tmp_path / "lock.txt", installed)
    assert check.is_fine is is_fine and words in check.what
    assert (check.what_to_do is None) is is_fine


def test_packages_without_a_list_cannot_be_told(tmp_path):
    check = setup.check_packages(tmp_path / "lock.txt", {})
    assert check.is_fine is None and check.what_to_do


def test_models(tmp_path):
    assert sorted(setup.MODELS) == sorted(path.name for path in (LIBRARY / "models").glob("*.npz"))
    folder = shutil.copytree(LIBRARY / "models", tmp_path / "models")
    assert setup.check_models(folder).is_fine
    whole = (folder / "linker.npz").read_bytes()
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 1
    for content in (damaged, whole[:1000], b"version https://git-lfs.example/spec/v1\n"):
        (folder / "linker.npz").write_bytes(content)
        check = setup.check_models(folder)
        assert not check.is_fine and "linker.npz" in check.what
    (folder / "linker.npz").unlink()
    assert not setup.check_models(folder).is_fine


def test_kernel(tmp_path):
    prefix = Path(sys.prefix)
    assert setup.check_kernel(tmp_path, LIBRARY, prefix).is_fine
    (tmp_path / ".venv").symlink_to(prefix)
    assert setup.check_kernel(tmp_path, LIBRARY, prefix).is_fine
    check = setup.check_kernel(tmp_path, LIBRARY, tmp_path / "other")
    assert not check.is_fine and "another environment" in check.what and "make lab" in check.what_to_do
    (tmp_path / "lib" / "onrecord").mkdir(parents=True)
    check = setup.check_kernel(tmp_path, LIBRARY, prefix)
    assert not check.is_fine and "another copy" in check.what


def test_charts(monkeypatch):
    assert setup.check_charts("agg").is_fine
    assert setup.check_charts("module://matplotlib_inline.backend_inline").is_fine
    assert "windows of their own (QtAgg)" in setup.check_charts("QtAgg").what

    def no_font(name, fallback_to_default):
        raise ValueError(name)

    monkeypatch.setattr(font_manager, "findfont", no_font)
    check = setup.check_charts("agg")
    assert not check.is_fine and "DejaVu Sans" in check.what


def test_without_the_extra_for_charts_the_checks_say_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    check = setup.check_charts()
    assert not check.is_fine and check.what_to_do == 'pip install "onrecord[charts]"'


def test_articles(tmp_path):
    folder = tmp_path / "mine"
    assert not setup.check_articles(folder).is_fine
    folder.mkdir()
    (folder / "README.md").write_text("a page on the folder", encoding="utf-8")
    check = setup.check_articles(folder)
    assert check.is_fine and "is empty: put your articles there" in check.what
    for name in ("a.txt", "b.pdf", ".DS_Store"):
        (folder / name).write_bytes(b"x")
    check = setup.check_articles(folder)
    assert check.is_fine and check.what.startswith("2 files to read")
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere")
    check = setup.check_articles(folder)
    assert not check.is_fine and "1 of 3 files" in check.what and "gone.txt" in check.what
    assert "leads nowhere" in check.what_to_do
    check = setup.check_articles(folder / "a.txt")
    assert not check.is_fine and "is a file, not a folder" in check.what


def test_articles_that_may_not_be_read(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_bytes(b"x")
    monkeypatch.setattr(setup.os, "access", lambda path, mode: False)
    assert setup.check_articles(tmp_path).what_to_do.startswith("Change their permissions")


def test_exports(tmp_path):
    assert setup.check_exports(tmp_path / "exports").is_fine
    (tmp_path / "exports").write_bytes(b"a file in its place")
    check = setup.check_exports(tmp_path / "exports")
    assert not check.is_fine and "EXPORTS" in check.what_to_do
    assert [path.name for path in tmp_path.iterdir()] == ["exports"]


def test_disk():
    assert setup.check_disk(setup.ENOUGH_BYTES).is_fine
    assert setup.check_disk(120_000_000).what.startswith("120 MB are free")


def test_what_articles_lack_is_counted_and_has_a_remedy():
    documents = as_table(
        {
            "doc_id": ["a", "b", "c"],
            "text": ["It rained.", "It rained.", None],
            "outlet": ["Post", None, None],
            "published": [pd.Timestamp("2026-01-05", tz="UTC")] * 3,
            "language": ["en", "de", None],
            "duplicate_of": [None, "a", None],
            "not_article": ["reader comment", "very short text", None],
        },
        DOCUMENTS,
    )
    table = onrecord.check_documents(documents).set_index("check")
    assert table["is_fine"].to_dict() == {
        **{"text": False, "outlet": False, "published": True, "language": False, "duplicates": False},
        "not_article": False,
    }
    assert [re.match(r"\d of 3|All 3", what)[0] for what in table["what"]] == [
        *("1 of 3", "2 of 3", "All 3", "1 of 3", "1 of 3", "2 of 3")
    ]
    assert table["what_to_do"].isna().tolist() == table["is_fine"].tolist()
    assert "outlet: The Daily Example" in table.loc["outlet", "what_to_do"]
    assert table.loc["not_article", "what"] == (
        "2 of 3 articles are not articles (reader comment: 1, very short text: 1; most of them of Post: 1 of "
        "its 1 rows)."
    )
    assert 'documents["not_article"].notna()' in table.loc["not_article", "what_to_do"]


def test_the_sample_lacks_nothing():
    documents = onrecord.read_documents(ROOT / "data" / "sample" / "articles")
    assert onrecord.check_documents(documents)["is_fine"].all()
