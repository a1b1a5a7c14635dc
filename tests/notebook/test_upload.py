"""Files brought into the folder of articles: nothing overwritten, nothing outside it, all of it said."""

from __future__ import annotations

import os
import re
import resource
from pathlib import Path

import ipywidgets as widgets
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import onrecord
from onrecord.notebook.upload import LIMIT, LONGEST, UPLOADS, safe_name, said_of, save_uploads
from onrecord.readers.files import is_ignored

ARTICLE = b"outlet: Post\n\nIt rained on Monday."


def test_a_row_a_file_and_the_file_in_the_folder(tmp_path):
    folder = tmp_path / "new" / "articles"
    table = save_uploads({"a.txt": ARTICLE, "b.pdf": b"%PDF"}, folder)
    assert dict(table.dtypes.astype(str)) == dict(UPLOADS)
    assert table.to_numpy().tolist() == [
        ["a.txt", "a.txt", len(ARTICLE), "written"],
        ["b.pdf", "b.pdf", 4, "written"],
    ]
    assert (folder / "a.txt").read_bytes() == ARTICLE
    assert save_uploads([], folder).shape == (0, 4)


def test_nothing_is_overwritten(tmp_path):
    files = [("x.docx", b"1"), ("x.docx", b"1"), ("x.docx", b"2"), ("x.docx", b"3"), ("x.docx", b"2")]
    table = save_uploads(files, tmp_path)
    assert table["saved_as"].tolist() == ["x.docx", "x.docx", "x (2).docx", "x (3).docx", "x (2).docx"]
    assert [what.split(":")[0] for what in table["what"]] == [
        *("written", "kept", "written under a new name", "written under a new name", "kept")
    ]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        **{"x.docx": b"1", "x (2).docx": b"2", "x (3).docx": b"3"}
    }


def test_no_link_is_followed(tmp_path):
    secret = tmp_path / "secret"
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").symlink_to(secret)
    (folder / "b.txt").mkdir()
    table = save_uploads({"a.txt": b"1", "b.txt": b"2"}, folder)
    assert table["saved_as"].tolist() == ["a (2).txt", "b (2).txt"]
    assert not secret.exists()


HOSTILE = {
    "../x": "x",
    "..\\..\\x.txt": "x.txt",
    "/etc/passwd": "passwd",
    "C:\\Users\\a\\b.txt": "b.txt",
    "C:x.txt": "C_x.txt",
    "a.txt:hidden": "a.txt_hidden",
    "CON": "_CON",
    "nul.txt": "_nul.txt",
    "Lpt1 .tar.gz": "_Lpt1 .tar.gz",
    "COM¹.txt": "_COM¹.txt",
    "console.txt": "console.txt",
    "a\0b.txt": "ab.txt",
    "a\nb\t.txt": "a b.txt",
    "invoice\u202etxt.exe": "invoicetxt.exe",
    "\ud800.txt": "_.txt",
    "": "_file",
    "..": "_file",
    "folder/": "folder",
    "a. . ": "a",
    ".hidden.txt": "hidden.txt",
    "~$draft.docx": "_~$draft.docx",
    "Thumbs.db": "_Thumbs.db",
    '<img src=x onerror="alert(1)">.txt': "_img src=x onerror=_alert(1)__.txt",
    "e\u0301.txt": "\u00e9.txt",
    "x" * 400 + ".docx": "x" * (LONGEST - 5) + ".docx",
    "é" * 400 + ".txt": "é" * ((LONGEST - 4) // 2) + ".txt",
}


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_hostile_name_stays_in_the_folder(name, tmp_path):
    folder = tmp_path / "a" / "articles"
    row = save_uploads({name: b"x"}, folder).iloc[0]
    assert row["saved_as"] == HOSTILE[name] and row["name"] == name.replace("\ud800", "?")
    assert row["what"] == ("written" if name == HOSTILE[name] else "written under a name that is safe")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [folder / HOSTILE[name]]


@given(st.text(max_size=300))
@example("COM1" + "é" * 200)
@example(".. ..")
def test_every_name_becomes_one_that_can_be_used(name):
    safe = safe_name(name)
    assert 0 < len(safe.encode()) <= LONGEST
    assert not set(safe) & set('/\\<>:"|?*\0') and safe not in (".", "..")
    assert safe == safe.strip() and not safe.endswith(".") and not is_ignored(safe)
    assert safe_name(safe) == safe


@pytest.mark.parametrize(("mode", "expected"), [(0o700, 0o600), (0o750, 0o640), (0o777, 0o644)])
def test_a_file_is_no_more_open_than_its_folder(tmp_path, mode, expected):
    folder = tmp_path / "articles"
    folder.mkdir()
    folder.chmod(mode)
    before = os.umask(0o022)
    try:
        save_uploads({"a.txt": b"x"}, folder)
    finally:
        os.umask(before)
    assert (folder / "a.txt").stat().st_mode & 0o777 == expected


def test_what_cannot_be_written_keeps_its_row_and_leaves_nothing(tmp_path):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        table = save_uploads({"big.txt": b"x" * 100_000, "a.txt": b"x"}, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert table["saved_as"].isna().tolist() == [True, False]
    assert table["what"][0].startswith("not written: ") and table["n_bytes"][0] == 100_000
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def parts(shown: widgets.VBox) -> tuple[widgets.FileUpload, widgets.HTML]:
    (chooser, limit), said = shown.children[0].children, shown.children[1]
    assert "Up to 9 MB" in limit.value
    return chooser, said


def choose(chooser: widgets.FileUpload, files: dict[str, bytes]) -> None:
    """Do to the widget what a browser does."""
    about = {"type": "", "last_modified": 0}
    chooser.set_state(
        {
            "value": [
                {"name": name, "size": len(data), "content": memoryview(data), **about}
                for name, data in files.items()
            ]
        }
    )


def test_the_widget_writes_and_says_what_was_read(tmp_path):
    chooser, said = parts(onrecord.show_upload(tmp_path))
    assert isinstance(chooser, widgets.FileUpload) and chooser.multiple and not said.value
    choose(chooser, FILES)
    assert chooser.value == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "photo.txt"]
    assert said.value == said_of(list(FILES.items()), tmp_path).replace(
        "kept: the same file is there already", "written"
    )


FILES = {"a.txt": ARTICLE, "photo.txt": b"\x89PNG"}


def test_what_is_said(tmp_path):
    html = said_of(list(FILES.items()), tmp_path)
    assert "1 article found in them" in html and "a picture" in html
    assert f'ARTICLES = "{tmp_path.as_posix()}"' in html.replace("&quot;", '"')
    assert "1 article found in it" in said_of([("a.txt", ARTICLE)], tmp_path)


def test_names_and_folders_are_text(tmp_path):
    evil = "<img src=x onerror=alert(1)>\u202e"
    (tmp_path / "file").write_bytes(b"")
    html = said_of([(f"{evil}.txt", b"<script>alert(2)</script> It rained.")], tmp_path / evil)
    html += said_of([], tmp_path / "file" / evil)
    assert not re.search("<(img|script)", html) and "\u202e" not in html
    assert "cannot be a folder" in html and "⟨U+202E⟩" in html


def test_a_folder_that_cannot_be_one_is_said_not_raised(tmp_path):
    (tmp_path / "taken").write_bytes(b"x")
    chooser, said = parts(onrecord.show_upload(tmp_path / "taken"))
    choose(chooser, FILES)
    assert "role='alert'" in said.value and "take another" in said.value
    assert Path(tmp_path / "taken").read_bytes() == b"x"


@pytest.mark.parametrize(("given", "most"), [(None, "9 MB"), ("500000000", "450 MB"), ("much", "9 MB")])
def test_the_limit_is_that_of_the_server(tmp_path, monkeypatch, given, most):
    monkeypatch.delenv(LIMIT, raising=False)
    if given:
        monkeypatch.setenv(LIMIT, given)
    panel = onrecord.show_upload(tmp_path)
    assert f"Up to {most} at a time." in panel.children[0].children[1].value


def test_before_anything_runs_a_widget_is_a_sentence(tmp_path):
    panel = onrecord.show_upload(tmp_path)
    words = panel._repr_mimebundle_()["text/plain"]
    assert words == repr(panel) and words.endswith("when you choose Run, Run All Cells.") and len(words) < 110
