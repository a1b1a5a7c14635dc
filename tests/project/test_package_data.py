"""What the library reads besides code is named in pyproject.toml, so that a built package holds it."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "lib" / "onrecord"


def test_every_file_that_is_no_code_is_package_data():
    with (ROOT / "pyproject.toml").open("rb") as file:
        patterns = tomllib.load(file)["tool"]["setuptools"]["package-data"]["onrecord"]
    named = {path for pattern in patterns for path in PACKAGE.glob(pattern)}
    files = {path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    left_out = {path for path in files - named if path.suffix != ".py"}
    assert not left_out, sorted(map(str, left_out))
