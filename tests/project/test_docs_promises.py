"""SECURITY.md: every test that it names is there, and what it says of pickle holds."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = re.findall(r"`(test_\w+\.py)?(?:::(test_\w+))?`", (ROOT / "SECURITY.md").read_text(encoding="utf-8"))


def test_every_promise_names_a_test_that_is_there():
    assert len(NAMED) >= 12
    file = ""
    for name, test in NAMED:
        file = name or file  # "::test" alone belongs to the file before
        source = next((ROOT / "tests").rglob(file)).read_text(encoding="utf-8")
        assert not test or f"def {test}(" in source, (file, test)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "lib" / "onrecord").rglob("*.py")), ids=lambda path: path.name
)
def test_nothing_is_unpickled(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] + [getattr(node, "module", "") or ""]
            assert not {"pickle", "joblib", "dill", "cloudpickle"} & {name.split(".")[0] for name in names}
        if isinstance(node, ast.keyword) and node.arg == "allow_pickle":
            assert ast.unparse(node.value) == "False"
