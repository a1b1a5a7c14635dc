"""Plain field English: the mechanical rules of language, over all files.

    python tests/project/test_prose.py          # the number of findings by path
    python tests/project/test_prose.py lib      # each finding below a path

Quoted words and code in backticks are not prose: an example in a docstring may contain any word.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

import pytest

import onrecord

ROOT = Path(__file__).parents[2]
LONGEST_FIRST_LINE = 80


class Rule(NamedTuple):
    """One rule of language: what is not written, and what is written instead."""

    pattern: re.Pattern[str]
    instead: str
    kinds: frozenset[str]  # where it applies


PROSE = frozenset({"docstring", "comment", "message", "document"})
EVERYWHERE = PROSE | {"name"}


def rule(pattern: str, instead: str, kinds: frozenset[str] = PROSE) -> Rule:
    return Rule(re.compile(pattern, re.IGNORECASE), instead, kinds)


# In names, underscores are spaces.
RULES = {
    "furniture": rule(r"\bfurniture\b", "boilerplate", EVERYWHERE),
    "half a character": rule(r"\bhal(f|ves) (a |of a )?characters?\b", "lone surrogate", EVERYWHERE),
    "stretch": rule(r"\bstretch(es)?\b", "quoted span, span, highlight", EVERYWHERE),
    "settling": rule(r"\bsettl(e|es|ed|ing)\b", "adjudicate", EVERYWHERE),
    "made articles": rule(r"\bmade articles?\b", "synthetic articles", EVERYWHERE),
    "voices of speakers": rule(
        r"\b(n|expected|share of|of|compare|permute|named|different|single|many|fewest|quoted) voices\b"
        r"|\bnamed voice\b|\b(the|each|every|a) voice (is|says?|has)\b",
        "speaker",
        EVERYWHERE,
    ),
    "one row a": rule(
        r"\b(one|a) (row|column|line|file|dot|bar|cell|sentence|letter|answer) an? (?!few\b|little\b)(?=\w)",
        "one row per",
    ),
    "is no": rule(r"(?<!there )\b(is|are|was|were) no (?!longer\b|more\b|fewer\b|less\b)(?=\w)", "is not a"),
    "is none": rule(r"(?<!there )\b(is|are) (?-i:none)\b", "is not one"),
    "take one of": rule(r"\btake (one of|at least)\b", "must be one of, must be at least"),
    "stands": rule(r"\b(stands?|stood|standing)\b", "is, occurs, appears"),
    "lies": rule(r"\blies?\b", "is"),
    "told": rule(
        r"\btold\b|\btell(s|ing)? (apart|from|which|whether|that|what|how|by)\b", "detected, reported"
    ),
    "95 %": rule(r"\d[ \u00a0\u202f]%", "95%, without a space"),
    "American spelling": rule(
        r"\b(analy[z]e[ds]?|analy[z]ing|colou?r(?<=color)s?|behaviors?|centers?|centered|gray|favor(s|ed|ite)?"
        r"|labeled|labeling|modeled|modeling|organi[z]ations?|recogni[z]e[ds]?|summari[z]e[ds]?|normali[z]e[ds]?"
        r"|generali[z]e[ds]?|catalog|artifacts?|programmes?)\b",
        "British spelling (and program for software)",
    ),
    "Return one row": rule(
        r"^returns? (one|a) (row|dict|table)\b", "name the result", frozenset({"docstring"})
    ),
}

# (path, rule, words around it or "", reason). Paths and words may contain *.
EXCEPTIONS = (
    ("*", "told", "*X told Y*", "an example of the codebook"),
    ("lib/onrecord/lexicons/*", "told", "", "a reporting verb"),
    ("docs/codebook.md", "told", "", "the codebook names reporting verbs"),
    ("*", "stands", "*stands for*", "an abbreviation or symbol that represents something"),
    ("*", "stands", "*stands out*", "a group that differs from all others beyond chance"),
    ("*", "American spelling", "*named organization*", "a type of Santa Clara's benchmark"),
    ("*", "American spelling", "*Markkula Center*", "a name"),
    ("*", "American spelling", "*sentence_normalized*", "a field of NewsMTSC"),
    ("tests/project/test_prose.py", "*", "", "the rules themselves"),
    ("docs/licences*", "*", "", "names of packages and licences, as their authors write them"),
)

SKIPPED = (
    "docs/tables.md",
    "docs/functions.md",
    "docs/accuracy.md",
    "docs/gallery.md",
    "docs/_site",
    "docs/site",
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|‘[^’\n]*’|(?<!\w)'[^'\n]{1,60}'(?!\w)|``?[^`\n]*``?")
_CODE_BLOCK = re.compile(r"^```.*?^```|^(?: {4}|\t)\S.*$", re.M | re.S)


class Piece(NamedTuple):
    """One piece of prose or one name, with its line and kind."""

    line: int
    kind: str  # docstring, comment, message, document, name
    text: str


class Finding(NamedTuple):
    path: str
    line: int
    rule: str
    words: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.words}"


def files() -> list[Path]:
    """Return the files whose language is checked."""
    patterns = (
        *("lib/**/*.py", "lib/**/*.md", "lib/**/*.html", "lib/**/*.css", "lib/onrecord/columns.csv"),
        *("tests/**/*.py", "docs/**/*.py", "docs/**/*.md", "*.md", "data/**/*.md", "notebooks/*.ipynb"),
        "Makefile",
    )
    found = {path for pattern in patterns for path in ROOT.glob(pattern)}
    return sorted(path for path in found if not relative(path).startswith(SKIPPED))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def pieces_of(path: Path) -> Iterator[Piece]:
    """Yield the prose and the names of one file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from _pieces_of_python(text, has_messages=not relative(path).startswith("tests/"))
    elif path.suffix == ".ipynb":
        for number, cell in enumerate(json.loads(text)["cells"]):
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                yield from (Piece(number, "document", line) for line in source.splitlines())
            else:
                # Lines such as %matplotlib are not Python.
                code = re.sub(r"^[%!].*$", "", source, flags=re.M)
                yield from (piece._replace(line=number) for piece in _pieces_of_python(code))
    elif path.suffix == ".csv":
        for number, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
            yield Piece(number, "document", row["meaning"])
    elif path.suffix == ".css":
        for match in re.finditer(r"/\*(.*?)\*/", text, re.S):
            yield Piece(text.count("\n", 0, match.start()) + 1, "comment", match[1])
    else:
        if path.suffix == ".html":
            text = re.sub(r"<[^>]*>|\{[{%].*?[%}]\}", " ", text)
        elif path.suffix == ".md":
            text = _CODE_BLOCK.sub(lambda block: "\n" * block[0].count("\n"), text)
        else:
            text = "\n".join(line if line.startswith("#") else "" for line in text.splitlines())
        yield from (Piece(number, "document", line) for number, line in enumerate(text.splitlines(), 1))


def _pieces_of_python(source: str, *, has_messages: bool = True) -> Iterator[Piece]:
    tree = ast.parse(source)
    docstrings = set()
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            pass
        elif (docstring := ast.get_docstring(node)) is not None and isinstance(node.body[0], ast.Expr):
            docstrings.add(id(node.body[0].value))
            # An executed example is code.
            prose = re.sub(r"^ *>>> (?:.|\n(?!\s*\n))*", "", docstring, flags=re.M)
            yield Piece(node.body[0].lineno, "docstring", prose)
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            yield Piece(node.lineno, "name", _words_of(node.name))
        elif isinstance(node, ast.arg):
            yield Piece(node.lineno, "name", _words_of(node.arg))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield Piece(node.lineno, "name", _words_of(node.id))
    if has_messages:
        yield from _messages(tree, docstrings)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield Piece(token.start[0], "comment", token.string.lstrip("# "))


def _words_of(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", name).strip()


def _messages(node: ast.AST, docstrings: set[int]) -> Iterator[Piece]:
    """Yield the strings of a few words or more, without patterns and lists of words.

    Patterns and lists are about the language of news, not in the language of the project.
    """
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and ast.unparse(child.func).startswith("re."):
            continue
        if isinstance(child, ast.Assign) and not isinstance(child.value, (ast.Constant, ast.JoinedStr)):
            names = [target.id for target in child.targets if isinstance(target, ast.Name)]
            if any(name.isupper() and "HELP" not in name for name in names):
                continue
        if isinstance(child, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else " " for part in child.values]
            yield Piece(child.lineno, "message", "".join(map(str, parts)))
        elif isinstance(child, ast.Constant) and isinstance(child.value, str):
            if (
                id(child) not in docstrings
                and child.value.count(" ") >= 2
                and not re.search(r"[\\^$]|\(\?", child.value)
            ):
                yield Piece(child.lineno, "message", child.value)
        else:
            yield from _messages(child, docstrings)


def findings_of(path: Path) -> list[Finding]:
    """Return what is not in plain field English in one file."""
    name, found = relative(path), []
    for piece in pieces_of(path):
        prose = _QUOTED.sub(lambda quoted: "·" * len(quoted[0]), piece.text)
        text = piece.text.replace("\n", " ")
        for key, entry in RULES.items():
            if piece.kind not in entry.kinds:
                continue
            for match in entry.pattern.finditer(prose.replace("\n", " ")):
                words = text[max(0, match.start() - 30) : match.end() + 30].strip()
                if not is_exception(name, key, words):
                    found.append(Finding(name, piece.line, key, words))
        # Readers of the documentation see the docstrings of the library alone.
        if piece.kind == "docstring" and name.startswith("lib/"):
            first = piece.text.partition("\n")[0]
            if len(first) > LONGEST_FIRST_LINE:
                found.append(Finding(name, piece.line, f"first line of {len(first)} characters", first))
    return found


def is_exception(path: str, key: str, words: str) -> bool:
    return any(
        fnmatch(path, where) and fnmatch(key, which) and (not about or fnmatch(words, f"*{about}*"))
        for where, which, about, _ in EXCEPTIONS
    )


@pytest.mark.parametrize("path", files(), ids=relative)
def test_a_file_is_in_plain_field_english(path):
    found = findings_of(path)
    assert not found, "\n".join(f"{finding} (write: {_instead(finding)})" for finding in found)


def _instead(finding: Finding) -> str:
    entry = RULES.get(finding.rule)
    return entry.instead if entry else f"at most {LONGEST_FIRST_LINE} characters"


@pytest.mark.parametrize("name", onrecord.__all__)
def test_a_public_docstring_names_the_result(name):
    """The first line is a noun phrase or an imperative of the field, never Return …"""
    first = (getattr(onrecord, name).__doc__ or "").partition("\n")[0]
    assert first and not re.match(r"Returns?\b", first), first


FAULTY = '''
"""Return one row a group of furniture, which stands here; is told by 95 % of voices."""
# One row a part is none of it.
def stretch_of(made_articles):
    raise ValueError(f"{made_articles} is no color; take one of these")
'''


@pytest.mark.parametrize("key", [key for key in RULES if key not in ("half a character", "settling", "lies")])
def test_each_rule_finds_its_fault(key):
    found = {
        name
        for piece in _pieces_of_python(FAULTY)
        for name, entry in RULES.items()
        if piece.kind in entry.kinds and entry.pattern.search(piece.text)
    }
    assert key in found


def test_examples_and_word_lists_are_not_prose():
    source = (
        'VERBS = ("told us", "stands by it")\n'
        'x = re.compile("is told that (a|b)")\n'
        'def f():\n    """Speaker of “He told us,” said A."""\n'
    )
    found = [
        piece
        for piece in _pieces_of_python(source)
        if RULES["told"].pattern.search(_QUOTED.sub("", piece.text))
    ]
    assert found == []


def main(paths: list[str]) -> None:
    found = [finding for path in files() for finding in findings_of(path)]
    if paths:
        print(*(finding for finding in found if finding.path.startswith(tuple(paths))), sep="\n")
        return
    counts = Counter("/".join(finding.path.split("/")[:3]) for finding in found)
    for name, n in sorted(counts.items()):
        print(f"{n:5} {name}")
    print(f"{len(found):5} in all")


if __name__ == "__main__":
    main(sys.argv[1:])
