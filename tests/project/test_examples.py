"""The example in the docstring of every public name runs, and prints what it says.

The examples share `documents` and `analysis`: the twelve short articles of data/sample/short.csv, read and
analysed. They run in a folder of their own, with that file in its folder articles, so that what they write
goes nowhere else.
"""

from __future__ import annotations

import doctest
import inspect
import shutil
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import onrecord

SHORT = Path(__file__).parents[2] / "data" / "sample" / "short.csv"
OPTIONS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


@pytest.fixture(scope="module")
def setting():
    documents = onrecord.read_documents(SHORT)
    return {
        "onrecord": onrecord,
        "pd": pd,
        "documents": documents,
        "analysis": onrecord.analyse(documents),
    }


def examples_of(name: str) -> list[doctest.DocTest]:
    """Return the examples of a public name; of a class, those of its methods as well."""
    found = doctest.DocTestFinder(recurse=True).find(getattr(onrecord, name), name)
    return [test for test in found if test.examples]


@pytest.mark.parametrize("name", onrecord.__all__)
def test_the_example_prints_what_it_says(name, setting, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    shutil.copy(SHORT, tmp_path / "articles")
    tests = examples_of(name)
    assert tests, f"the docstring of {name} must have an example"
    for test in tests:
        module = inspect.getmodule(getattr(onrecord, name))
        test.globs = {**vars(module), **setting}
        report: list[str] = []
        failed = doctest.DocTestRunner(optionflags=OPTIONS).run(test, out=report.append).failed
        assert not failed, "".join(report)
    plt.close("all")
