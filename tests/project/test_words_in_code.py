"""Words that a user may add to are CSV files of lexicons, and not collections in the code.

python tests/project/test_words_in_code.py    # the collections of more than eight words
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

LIBRARY = Path(__file__).parents[2] / "lib" / "onrecord"
MOST = 8  # words of a collection in code
_WORDS = re.compile(r"[a-z][a-z'’-]*(?: [a-z'’-]+){0,2}")

# (module, name, reason). Modules and names may contain *.
EXCEPTIONS = (
    ("attributions/*", "*", "closed classes of grammar and features of models, not gone through yet"),
    ("sources/*", "*", "closed classes of grammar and ways of speaking, not gone through yet"),
    ("mentions/*", "*", "closed classes of grammar: pronouns, prepositions, quantifiers, forms of verbs"),
    ("corpus/language.py", "_ENGLISH", "the commonest words, by which English is known"),
    ("corpus/language.py", "_NEWS_LANGUAGES", "codes of languages"),
    ("text/boilerplate.py", "_*_WORDS", "parts of the patterns of boilerplate.csv, to find them faster"),
    ("tone/target_features.py", "*", "features of a trained model, which must stay as they were in training"),
    ("readers/bylines.py", "*", "how bylines name desks and roles, read in a process of its own"),
    ("readers/columns.py", "USUAL_NAMES", "names of columns; others are given with the option columns"),
    ("readers/dates.py", "_NAMES", "names of months"),
    ("readers/forwarded.py", "_MEANING", "names of the lines of a head of an e-mail"),
    ("readers/lines.py", "_BLOCKS", "elements of HTML"),
    ("readers/page_parts.py", "_ELEMENTS", "elements of HTML"),
    ("readers/objects.py", "*", "keys of the answers of news services"),
    ("extras.py", "EXTRA_OF", "names of packages"),
    ("wordlists.py", "*", "names of lists, their columns and values"),
    ("tables.py", "*", "names of columns"),
    ("export/quotations.py", "QUOTATION_COLUMNS", "names of columns"),
    ("measures/layout.py", "*", "names of columns"),
    ("measures/shares.py", "REASON_CLASSES", "values of the codebook"),
    ("measures/units.py", "DEFINITIONS", "values of the codebook"),
    ("evaluation/annotations.py", "MEASURES", "names of measures"),
    ("framing/same_news.py", "_PRONOUNS", "a closed class of grammar: pronouns"),
    ("evaluation/coding_sheet.py", "NAMINGS", "values of the codebook"),
    ("notebook/claims.py", "CLAIMS", "kinds of findings and their functions"),
    ("notebook/settings.py", "_KEYS", "names of settings"),
    ("notebook/coding_form.py", "NAMING_OF_KEY", "values of the codebook"),
    ("notebook/checks.py", "_DOCUMENTS", "names of columns, with sentences about them"),
    ("charts/frame.py", "PART_COLOURS", "values of the codebook"),
)


def words_of(value: ast.expr) -> list[str]:
    """Words of a collection: the strings of lists, tuples, sets and keys, and those of a split text."""
    found: list[str] = []
    for node in ast.walk(value):
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            items: list = node.elts
        elif isinstance(node, ast.Dict):
            items = node.keys
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("word_set", ".split")):
            texts = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
            items = [ast.Constant(word) for text in texts for word in str(text).split()]
        else:
            continue
        found += [item.value for item in items if isinstance(item, ast.Constant) and is_word(item.value)]
    return found


def is_word(value: object) -> bool:
    return isinstance(value, str) and _WORDS.fullmatch(value) is not None


def collections_of(source: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the name and the words of each collection of a module that has many."""
    for node in ast.parse(source).body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if len(words := words_of(node.value)) > MOST:
                yield ast.unparse(target), words


def found() -> list[tuple[str, str, list[str]]]:
    modules = sorted(LIBRARY.rglob("*.py"))
    return [
        (module.relative_to(LIBRARY).as_posix(), name, words)
        for module in modules
        for name, words in collections_of(module.read_text(encoding="utf-8"))
    ]


def test_words_are_data():
    left = [
        f"{module}: {name} has {len(words)} words ({', '.join(words[:5])}, …): make it a CSV of lexicons, "
        "known to load_lists"
        for module, name, words in found()
        if not any(fnmatch(module, where) and fnmatch(name, what) for where, what, _ in EXCEPTIONS)
    ]
    assert not left, "\n".join(left)


def test_every_exception_is_needed():
    seen = [(module, name) for module, name, _ in found()]
    unused = [
        (where, what)
        for where, what, _ in EXCEPTIONS
        if not any(fnmatch(module, where) and fnmatch(name, what) for module, name in seen)
    ]
    assert not unused


def test_collections_of_each_kind_are_found():
    nine = [f"word{letter}" for letter in "abcdefghi"]
    for value in (
        repr(nine),
        f"frozenset({nine})",
        f"dict.fromkeys({tuple(nine)})",
        f"{dict.fromkeys(nine)}",
    ):
        assert [name for name, _ in collections_of(f"_WORDS = {value}")] == ["_WORDS"]
    assert list(collections_of(f'WORDS: object = word_set("{" ".join(nine)}")'))
    assert list(collections_of(f'WORDS = "{" ".join(nine)}".split()'))
    assert not list(collections_of(f"WORDS = {nine[:8]}"))
    assert not list(collections_of(f"PATTERN = re.compile('{'|'.join(nine)}')"))


if __name__ == "__main__":
    for module, name, words in found():
        print(f"{module}: {name}: {len(words)}: {' '.join(words[:8])}")
