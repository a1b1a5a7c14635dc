"""The Binder of the sample: the locked environment, no news, nobody's own text."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
BINDER = ROOT / ".binder"
SCRIPT = (BINDER / "postBuild").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_script_can_be_run_by_bash_and_stops_at_an_error():
    assert os.access(BINDER / "postBuild", os.X_OK) and SCRIPT.startswith("#!/bin/bash\n")
    assert "\nset -euo pipefail\n" in SCRIPT
    assert subprocess.run(["bash", "-n", BINDER / "postBuild"]).returncode == 0


def test_what_is_installed_is_the_lock_with_its_hashes():
    commands = [line for line in SCRIPT.splitlines() if line and not line.startswith("#")]
    assert [line for line in commands if re.search(r"\b(pip|conda|apt|curl|wget)\b", line)] == []
    assert "make .venv/ready PYTHON=python3" in commands
    assert "READY := .venv/ready" in MAKEFILE and "--require-hashes" in MAKEFILE
    # Any of these would be installed beside the lock, without hashes.
    names = {path.name for path in BINDER.iterdir()}
    assert names == {"README.md", "runtime.txt", "postBuild"}


def test_python_is_one_that_works():
    version = re.fullmatch(r"python-3\.(\d+)\n", (BINDER / "runtime.txt").read_text(encoding="utf-8"))
    assert int(version[1]) >= 11


def test_no_news_is_asked_for():
    news = re.search(r"^NEWS := (\S+)$", MAKEFILE, re.M)[1]
    assert f"jupyter labextension disable {news}" in SCRIPT


def test_no_text_of_a_user_gets_there():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "data/articles/*" in ignored
    assert [line for line in ignored if line.startswith("!data/articles")] == ["!data/articles/README.md"]


def test_a_link_opens_the_first_notebook():
    path = re.search(r"urlpath=lab/tree/(\S+?)`", (BINDER / "README.md").read_text(encoding="utf-8"))[1]
    assert (ROOT / path).is_file()
