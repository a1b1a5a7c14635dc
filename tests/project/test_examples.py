"""The example in the docstring of every public name runs, and prints what it says.

The examples share `documents` and `analysis`: the twelve short articles of data/sample/short.csv, read and
analysed. They run in a folder of their own, so that what they write goes nowhere else.
"""

from __future__ import annotations

import doctest
import inspect
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import onrecord

SHORT = Path(__file__).parents[2] / "data" / "sample" / "short.csv"
OPTIONS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS

# Public names whose docstring has no example yet. The set may only shrink, and is empty at the end.
WITHOUT: set[str] = {
    "ReadResult",
    "check_setup",
    "show_upload",
}


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


@pytest.mark.parametrize("name", sorted(set(onrecord.__all__) - WITHOUT))
def test_the_example_prints_what_it_says(name, setting, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tests = examples_of(name)
    assert tests, f"the docstring of {name} must have an example"
    for test in tests:
        module = inspect.getmodule(getattr(onrecord, name))
        test.globs = {**vars(module), **setting}
        report: list[str] = []
        failed = doctest.DocTestRunner(optionflags=OPTIONS).run(test, out=report.append).failed
        assert not failed, "".join(report)
    plt.close("all")


def test_every_name_without_an_example_is_public_and_has_none():
    assert set(onrecord.__all__) >= WITHOUT
    assert not {name for name in WITHOUT if examples_of(name)}, "take these out of WITHOUT"
