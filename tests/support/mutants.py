"""How many small faults do the tests notice? `make mutants`, or python mutants.py sources -n 300

One fault at a time is put into a package of the library: a comparison turned round, an `and` for an
`or`, a number one higher, a condition denied, a statement left out. The tests of that package should
fail. Faults are drawn at random with a seed; each is tried in a process of its own, in memory. What
survives is listed: a line that no test minds.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.util
import os
import random
import signal
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "lib" / "onrecord"
TESTS = {
    "sources": "sources persons pronouns sources_rules sources_variables sources_one_of markers borderline "
    "seed_like wordlists sample_sources",
    "measures": "measures voices differences topics annotated",
}
SLOW = "not time_is_linear and not permutation_is_fair and not annotated_sample"
SECONDS = 90
_TURNED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
}


def faults_of(node: ast.AST) -> list[str]:
    """Return the faults that can be put into `node`."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _TURNED:
        return ["compare"]
    if isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in _TURNED:
        return ["operator"]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return ["not"]
    if isinstance(node, ast.If | ast.IfExp):
        return ["condition"]
    if isinstance(node, ast.Constant) and type(node.value) in (int, float, bool):
        return ["constant"]
    if isinstance(node, ast.Assign | ast.AugAssign | ast.Expr) and not _is_docstring(node):
        return ["left out"]
    return []


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def with_fault(tree: ast.Module, number: int, kind: str) -> ast.Module:
    """Return a copy of `tree` with the fault in the node of that number, in the order of ast.walk."""
    tree = copy.deepcopy(tree)
    node = list(ast.walk(tree))[number]
    if kind == "compare":
        node.ops[0] = _TURNED[type(node.ops[0])]()
    elif kind == "operator":
        node.op = _TURNED[type(node.op)]()
    elif kind == "condition":
        node.test = ast.UnaryOp(ast.Not(), node.test)
    elif kind == "constant":
        node.value = (not node.value) if isinstance(node.value, bool) else node.value + 1
    elif kind == "not":
        node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)
    else:
        node.__class__, node.__dict__ = ast.Pass, {k: node.__dict__[k] for k in ("lineno", "col_offset")}
        node._fields = ()
    return ast.fix_missing_locations(tree)


class Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from a tree in place of its file."""

    def __init__(self, name: str, path: Path, tree: ast.Module):
        self.name, self.path, self.tree = name, path, tree

    def find_spec(self, name, path=None, target=None):
        return (
            importlib.util.spec_from_loader(name, self, origin=str(self.path)) if name == self.name else None
        )

    def exec_module(self, module):
        module.__file__ = str(self.path)
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)


def survives(path: Path, tree: ast.Module, tests: list[str]) -> bool:
    """Return whether all tests pass with `tree` in place of the module at `path`."""
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)  # a loop without end counts as noticed
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        name = ".".join(path.relative_to(ROOT / "lib").with_suffix("").parts)
        sys.meta_path.insert(0, Loader(name, path, tree))
        import pytest

        os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-k", SLOW, *tests])))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("packages", nargs="*", default=list(TESTS))
    parser.add_argument("-n", type=int, default=300, help="faults drawn from each package")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT / "lib"), str(ROOT / "tests" / "support")]
    import hypothesis  # noqa: F401  loaded once, before the processes part
    import nltk  # noqa: F401
    import pandas  # noqa: F401
    import scipy.stats  # noqa: F401

    for package in options.packages:
        tests = [f"tests/{package}"]
        trees = {
            path: ast.parse(path.read_text(encoding="utf-8"))
            for path in sorted(LIBRARY.glob(f"{package}/*.py"))
        }
        faults = [
            (path, number, kind)
            for path, tree in trees.items()
            for number, node in enumerate(ast.walk(tree))
            for kind in faults_of(node)
        ]
        drawn = sorted(random.Random(options.seed).sample(faults, min(options.n, len(faults))))
        path, tree = next(iter(trees.items()))
        if not survives(path, tree, tests):
            raise SystemExit(f"{package}: its tests fail without any fault; put that right first")
        left = Counter()
        for path, number, kind in drawn:
            tree = with_fault(trees[path], number, kind)
            if survives(path, tree, tests):
                left[path.name] += 1
                line = list(ast.walk(trees[path]))[number].lineno
                words = path.read_text(encoding="utf-8").splitlines()[line - 1].strip()
                print(f"{package}/{path.name}:{line}  {kind}  {words}", flush=True)
        n = left.total()
        print(
            f"{package}: {n} of {len(drawn)} faults survive ({n / len(drawn):.0%}), drawn from {len(faults)}",
            flush=True,
        )


if __name__ == "__main__":
    main()
