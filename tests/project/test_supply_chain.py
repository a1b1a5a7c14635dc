"""What is installed: exact versions, the hashes of their files, and a licence for each."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.version import Version

import onrecord
from onrecord.extras import EXTRA_OF

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements-lock.txt").read_text(encoding="utf-8")


def pinned(text: str) -> dict[str, str]:
    """Return version by name of the lines name==version."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)", text, re.M))


@pytest.fixture(scope="module")
def requirements() -> dict[str, str]:
    return pinned((ROOT / "requirements.txt").read_text(encoding="utf-8"))


def test_every_requirement_is_an_exact_version(requirements):
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    lines = [line.split("#")[0].strip() for line in text.splitlines()]
    assert sorted(line for line in lines if line) == sorted(
        [*(f"{name}=={version}" for name, version in requirements.items()), "-e ."]
    )


def test_the_lock_holds_the_same_versions(requirements):
    assert pinned(LOCK) == requirements, "after a change of requirements.txt: make lock"


def test_every_version_in_the_lock_has_hashes():
    blocks = re.split(r"^(?=[a-z0-9-]+==)", LOCK, flags=re.M)
    blocks = [block for block in blocks if block.strip()]
    assert len(blocks) > 100
    for block in blocks:
        first, *rest = block.rstrip().splitlines()
        assert rest, first
        assert first.endswith(" \\")
        assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in rest), first


def test_the_lock_names_no_place_to_fetch_from():
    assert "://" not in LOCK and "index" not in re.sub(r"^[a-z0-9-]+==.*$", "", LOCK, flags=re.M)


def test_make_lab_installs_from_the_lock():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "install --quiet --require-hashes --no-deps -r requirements-lock.txt" in makefile
    assert "$(READY): requirements-lock.txt pyproject.toml" in makefile


def declared() -> dict[str, list[str]]:
    """Return the requirements of pyproject.toml: those of the package, of each extra, and of dev."""
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = whole["project"]
    groups = {"": project["dependencies"], **project["optional-dependencies"], **whole["dependency-groups"]}
    return {
        group: [line for line in lines if not line.startswith("onrecord[")] for group, lines in groups.items()
    }


def test_what_the_package_declares_is_pinned_above_its_lower_bound(requirements):
    for group, lines in declared().items():
        for line in lines:
            name, bound = line.split(">=")
            assert name in requirements, (group, line)
            assert Version(requirements[name]) >= Version(bound), (group, line)


def test_the_error_without_an_extra_names_the_extra_that_has_the_package():
    groups = {group: {line.split(">=")[0] for line in lines} for group, lines in declared().items()}
    assert set(EXTRA_OF.values()) == set(groups) - {"", "dev"}
    for module, extra in EXTRA_OF.items():
        assert {"dask": "distributed"}.get(module, module) in groups[extra], module


@pytest.mark.parametrize(
    ("extra", "use"),
    [
        ("charts", "onrecord.save_chart"),
        ("notebook", "onrecord.browse"),
        ("report", "onrecord.write_report"),
        ("scale", "onrecord.analyse_corpus"),
    ],
)
def test_without_extras_articles_are_read_analysed_and_counted(tmp_path, extra, use):
    code = f"""
import sys
sys.modules.update(dict.fromkeys({list(EXTRA_OF)}))  # an import of None raises ModuleNotFoundError
import onrecord
(path := __import__("pathlib").Path({str(tmp_path)!r}) / "a.txt").write_text("“It leaks,” Ilse Varn said.")
analysis = onrecord.analyse(onrecord.read_documents(path))
rates = onrecord.share_unnamed(analysis)
onrecord.save_table(rates, path.parent / "rates", source="one article", analysis=analysis)
onrecord.add_tone(analysis.sentences)
try:
    {use}
except ImportError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f'pip install "onrecord[{extra}]"' in done.stdout


def test_the_version_is_written_once_and_cited():
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert whole["project"]["dynamic"] == ["version"] and "version" not in whole["project"]
    assert whole["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "onrecord.__version__"}
    cited = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.M)
    assert cited and cited[1] == onrecord.__version__


def test_every_package_has_a_licence(requirements):
    text = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\S+) +\| (\S+) +\| (.+?) +\|$", text, re.M)
    rows = [row for row in rows if row[0] != "Name"]
    listed = {re.sub(r"[-_.]+", "-", name).lower(): version for name, version, _ in rows}
    assert listed == requirements, "after a change of requirements.txt: make licences"
    head = (ROOT / "docs" / "licences-head.md").read_text(encoding="utf-8")
    assert text.startswith(head)
    for name, _, licence in rows:  # what asks more than to be named is spoken of above the table
        assert "UNKNOWN" not in licence, name
        if re.search("GPL|MPL", licence):
            assert name in head, (name, licence)


def test_the_licence_of_axe_is_in_its_file():
    row = re.search(
        r"^\| axe-playwright-python .*$", (ROOT / "docs" / "licences.md").read_text(encoding="utf-8"), re.M
    )
    assert row and "MIT License (its LICENSE file)" in row.group()
    text = metadata.distribution("axe-playwright-python").read_text("licenses/LICENSE")
    assert text is not None and text.startswith("MIT License")


def test_the_gpl_stays_with_the_tests():
    for path in (ROOT / "lib").rglob("*.py"):
        assert "krippendorff" not in re.findall(
            r"^\s*(?:import|from) (\w+)", path.read_text(encoding="utf-8"), re.M
        ), path
