"""What is installed: exact versions, the hashes of their files, and a licence for each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

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


def test_what_the_package_declares_is_pinned(requirements):
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(project["dependencies"]) <= set(requirements)


def test_every_package_has_a_licence(requirements):
    text = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\S+) +\| (\S+) +\| (.+?) +\|$", text, re.M)
    rows = [row for row in rows if row[0] != "Name"]
    listed = {re.sub(r"[-_.]+", "-", name).lower(): version for name, version, _ in rows}
    assert listed == requirements, "after a change of requirements.txt: make licences"
    head = (ROOT / "docs" / "licences-head.md").read_text(encoding="utf-8")
    assert text.startswith(head)
    for name, _, licence in rows:  # what asks more than to be named is spoken of above the table
        if re.search("GPL|MPL|UNKNOWN", licence):
            assert name in head, (name, licence)


def test_the_gpl_stays_with_the_tests():
    for path in (ROOT / "lib").rglob("*.py"):
        assert "krippendorff" not in re.findall(
            r"^\s*(?:import|from) (\w+)", path.read_text(encoding="utf-8"), re.M
        ), path
