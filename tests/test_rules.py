"""The hash of the rules: it changes with every word list, and an analysis keeps it."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import onrecord
from onrecord import rules
from onrecord.list_columns import COLUMNS, VALUES
from onrecord.rules import rules_version
from onrecord.wordlists import load_lists

PACKAGE = Path(onrecord.__file__).parent
DOCUMENTS = pd.DataFrame({"doc_id": ["a"], "text": ["“It leaks,” Ilse Varn said."]})


def new_row(name: str) -> list[str]:
    """Return the row of the list `name` that the package does not have."""
    texts = {"pattern": "zorbl(?:ed|ing)", "aliases": "Zorb;Zorbl", "class": "zorbl", "ages": "13-19"}
    return [
        VALUES[name, column][-1] if (name, column) in VALUES else texts.get(column, "Zorbling")
        for column in COLUMNS[name]
    ]


def write_rows(folder: Path, name: str, rows: list[list[str]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS[name], *rows])


@pytest.mark.parametrize("name", COLUMNS)
def test_a_row_of_any_list_changes_the_rules(tmp_path, name):
    write_rows(tmp_path, name, [new_row(name)])
    assert rules_version(load_lists(tmp_path)) != rules_version()
    write_rows(tmp_path, name, [])
    assert rules_version(load_lists(tmp_path)) == rules_version()


@pytest.mark.parametrize("name", [name for name in COLUMNS if name != "persons"])  # which is empty
def test_a_list_without_its_last_row_changes_the_rules(tmp_path, name):
    lines = (PACKAGE / "lexicons" / f"{name}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / f"{name}.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    assert rules_version(load_lists(tmp_path, replace=[name])) != rules_version()
    (tmp_path / f"{name}.csv").write_text("".join(lines), encoding="utf-8")
    assert rules_version(load_lists(tmp_path, replace=[name])) == rules_version()


def test_the_end_of_a_long_pattern_counts(tmp_path):
    versions = []
    for end in ("a", "b"):
        write_rows(tmp_path, "markers", [[f"{'zorbl ' * 100}{end}", "zorbl"]])
        versions.append(rules_version(load_lists(tmp_path)))
    assert versions[0] != versions[1]


def test_all_code_that_an_analysis_imports_is_in_the_hash():
    command = (
        "import sys, onrecord.analysis\n"
        "print(*[m.__file__ for name, m in sys.modules.items() if name.startswith('onrecord.')])"
    )
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    paths = [Path(name).relative_to(PACKAGE) for name in done.stdout.split()]
    assert len(paths) > 40
    assert {p.parts[0] for p in paths} <= {*rules.PACKAGES, *rules.MODULES}


@pytest.mark.parametrize("name", ["text/tokens.py", "models/tagger.npz", "analysis.py"])
def test_other_code_or_another_model_changes_the_hash(tmp_path, monkeypatch, name):
    shutil.copytree(PACKAGE, tmp_path / "package", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(rules.resources, "files", lambda package: tmp_path / "package")
    hash_of_package = rules._hash_of_package.__wrapped__  # without its cache
    before = hash_of_package()
    with (tmp_path / "package" / name).open("ab") as file:
        file.write(b"\n")
    assert before == rules._hash_of_package() != hash_of_package()


def test_the_hash_is_the_same_in_every_process():
    command = "from onrecord.rules import rules_version; print(rules_version())"
    found = [
        subprocess.run(
            [sys.executable, "-c", command],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "77")
    ]
    assert found == [rules_version(), rules_version()]


def test_an_analysis_and_what_is_made_of_it_name_their_rules(tmp_path):
    write_rows(tmp_path, "roles", [new_row("roles")])
    lists = load_lists(tmp_path)
    analysis = onrecord.analyse(DOCUMENTS, lists=lists)
    assert analysis.rules == rules_version(lists)
    analysis.save(tmp_path / "saved")
    loaded = onrecord.Analysis.load(tmp_path / "saved")
    facts = onrecord.provenance(loaded).set_index("item")["value"]
    assert facts["rules"] == rules_version(lists)
    corpus = onrecord.analyse_corpus(DOCUMENTS, tmp_path / "corpus", lists=lists, workers=1)
    assert corpus.rules == corpus.select("true").rules == rules_version(lists)
