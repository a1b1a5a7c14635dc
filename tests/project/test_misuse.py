"""Wrong arguments to public functions: only errors that say what was expected.

Each call in the example of a public function is repeated with one argument replaced by each of a fixed set of
wrong values. Either the function accepts the value, or it raises a ValueError or OSError of its own. An error
of pandas, numpy or Python itself names no argument and no remedy, and is a failure.
"""

from __future__ import annotations

import doctest
import inspect
import shutil
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from test_examples import OPTIONS, SHORT, examples_of

import onrecord

LIBRARY = str(Path(onrecord.__file__).parent)
TWO_OF_ONE_NAME = pd.DataFrame([["a", "b", 1]], columns=["doc_id", "doc_id", "text"])
WRONG: dict[str, Callable[[], object]] = {
    "None": lambda: None,
    "a number": lambda: 7,
    "a negative number": lambda: -1,
    "zero": lambda: 0,
    "not a number": lambda: float("nan"),
    "a word": lambda: "xyzzy",
    "a number as text": lambda: "2",
    "an empty list": list,
    "a list of numbers": lambda: [1, 2],
    "a mapping": lambda: {"a": 1},
    "an empty table": pd.DataFrame,
    "a table with two columns of one name": lambda: TWO_OF_ONE_NAME,
    "an object": object,
}
# What is meant to be any value, or is handed on to matplotlib and is its own to check.
ANY_VALUE = {"title", "caption", "source"}
OWN_ERRORS = (ValueError, OSError)


@pytest.fixture(scope="module")
def calls(tmp_path_factory) -> dict[str, list[inspect.BoundArguments]]:
    """The calls of each public function in its own example."""
    recorded: dict[str, list[inspect.BoundArguments]] = {}
    namespace = SimpleNamespace(**{name: getattr(onrecord, name) for name in onrecord.__all__})

    def recording(name: str, function: Callable) -> Callable:
        signature = inspect.signature(function)

        def call(*args, **kwargs):
            bound = signature.bind(*args, **kwargs)
            recorded.setdefault(name, []).append(bound)
            return function(*args, **kwargs)

        return call

    for name in onrecord.__all__:
        function = getattr(onrecord, name)
        if inspect.isfunction(function):
            setattr(namespace, name, recording(name, function))
    folder = tmp_path_factory.mktemp("misuse")
    documents = onrecord.read_documents(SHORT)
    setting = {"pd": pd, "documents": documents, "analysis": onrecord.analyse(documents)}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        (folder / "articles").mkdir()
        shutil.copy(SHORT, folder / "articles")
        for name in onrecord.__all__:
            for test in examples_of(name):
                module = inspect.getmodule(getattr(onrecord, name))
                # Some examples call the function by its own name alone.
                test.globs = {**vars(module), **vars(namespace), **setting, "onrecord": namespace}
                doctest.DocTestRunner(optionflags=OPTIONS).run(test, out=lambda _: None)
        plt.close("all")
    return recorded


def misuses(bound: inspect.BoundArguments) -> Iterator[tuple[str, str, inspect.BoundArguments]]:
    """Each wrong call: the name of the argument, what is wrong, and the arguments."""
    for name, parameter in bound.signature.parameters.items():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD) or name in ANY_VALUE:
            continue
        for what, value in WRONG.items():
            wrong = inspect.BoundArguments(bound.signature, bound.arguments.copy())
            wrong.arguments[name] = value()
            # In the order of the signature, so that positional arguments stay where they belong.
            ordered = {
                one: wrong.arguments[one] for one in bound.signature.parameters if one in wrong.arguments
            }
            yield name, what, inspect.BoundArguments(bound.signature, ordered)


@pytest.mark.parametrize("name", [n for n in onrecord.__all__ if inspect.isfunction(getattr(onrecord, n))])
def test_a_wrong_argument_gets_an_error_of_our_own(name, calls, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    shutil.copy(SHORT, tmp_path / "articles")
    assert name in calls, f"the example of {name} does not call it"
    raw = []
    for argument, what, bound in misuses(calls[name][0]):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                getattr(onrecord, name)(*bound.args, **bound.kwargs)
            except Exception as error:
                if is_raw(error):
                    place = traceback.extract_tb(error.__traceback__)[-1]
                    raw.append(
                        f"{argument} = {what}: {type(error).__name__}: {str(error)[:80]} "
                        f"({Path(place.filename).name}:{place.lineno})"
                    )
        plt.close("all")
    assert not raw, "\n".join([f"{name}: {len(raw)} raw errors", *raw])


def is_raw(error: Exception) -> bool:
    """Whether an error comes from a library, or from Python, and not from a check of ours."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    is_ours = place.filename.startswith(LIBRARY) and (place.line or "").startswith("raise ")
    return not isinstance(error, OWN_ERRORS) or not is_ours
