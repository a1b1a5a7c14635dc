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
    ("rules.py", "_NAMES", "names of modules"),
    ("attributions/quoted_kinds.py", "_SPEAKS", "a closed class of grammar: pronouns"),
    ("attributions/quoted_kinds.py", "_CLAUSE", "a closed class of grammar: auxiliaries"),
    ("attributions/rules/asides.py", "_TOPIC", "pairs of a participle and a preposition, not a list yet"),
    (
        "attributions/rules/borders.py",
        "*",
        "a closed class of grammar: adverbs of time, auxiliaries, prepositions",
    ),
    (
        "attributions/rules/clauses.py",
        "*",
        "a closed class of grammar: auxiliaries, adverbs, pronouns, conjunctions",
    ),
    ("attributions/rules/closing.py", "_CONDITIONS", "a closed class of grammar: conjunctions"),
    ("attributions/rules/closing.py", "_OPENERS", "a closed class of grammar: conjunctions and prepositions"),
    ("attributions/rules/closing.py", "_REST", "a closed class of grammar: prepositions and adverbs of time"),
    ("attributions/rules/closing.py", "_PREPOSITIONS", "a closed class of grammar: prepositions"),
    (
        "attributions/rules/closing.py",
        "_AFTER",
        "a closed class of grammar: pronouns, conjunctions, prepositions",
    ),
    ("attributions/rules/phrases.py", "*", "a closed class of grammar: pronouns, conjunctions, participles"),
    ("attributions/rules/standpoints.py", "_TIMES", "a closed class of grammar: adverbs and nouns of time"),
    ("attributions/rules/hearer_borders.py", "_ASKING", "a closed class of grammar: words that ask"),
    ("attributions/rules/other_senses.py", "_NARRATORS", "a closed class of grammar: pronouns"),
    ("attributions/rules/speakers.py", "_OPENING", "a closed class of grammar: conjunctions, prepositions"),
    ("attributions/rules/tag_reading.py", "_BEHIND_SHOUT", "a closed class of grammar: prepositions"),
    ("attributions/rules/*", "_AUXILIARIES", "a closed class of grammar: auxiliaries"),
    ("attributions/rules/*", "_EMPTY", "a closed class of grammar: pronouns"),
    ("attributions/rules/commands.py", "_NOBODY", "a closed class of grammar: pronouns"),
    ("attributions/rules/hearers.py", "_QUANTIFIERS", "a closed class of grammar: indefinite pronouns"),
    ("attributions/rules/hearers.py", "_PAST", "past forms of irregular verbs"),
    (
        "attributions/rules/not_attributions.py",
        "_INDEFINITE",
        "a closed class of grammar: determiners and number words",
    ),
    ("attributions/rules/not_attributions.py", "_ANYBODY", "indefinite pronouns and people, not a list yet"),
    ("attributions/rules/not_attributions.py", "_PRONOUNS", "a closed class of grammar: pronouns"),
    ("attributions/rules/namings.py", "_OBJECT_OPENERS", "a closed class of grammar: determiners"),
    (
        "attributions/rules/source_phrases.py",
        "*",
        "a closed class of grammar: auxiliaries, conjunctions, prepositions",
    ),
    (
        "attributions/rules/turns.py",
        "_OPENERS",
        "a closed class of grammar: articles, prepositions, conjunctions",
    ),
    (
        "attributions/rules/unattributed.py",
        "_SMALL",
        "a closed class of grammar: articles, prepositions, conjunctions",
    ),
    ("attributions/rules/viewpoints.py", "_BE", "a closed class of grammar: forms of be"),
    (
        "attributions/tagging/word_forms.py",
        "*",
        "features of a trained model, which must stay as they were in training",
    ),
    ("mentions/anonymity.py", "_TRIGGERS", "parts of the patterns of markers.csv, to find them faster"),
    ("mentions/labels.py", "_HEADING", "a closed class of grammar: prepositions and question words"),
    ("mentions/labels.py", "_NOBODY", "a closed class of grammar: determiners"),
    (
        "mentions/words.py",
        "*",
        "a closed class of grammar: pronouns, prepositions, quantifiers, number words",
    ),
    ("mentions/outlets.py", "_KIND_WORDS", "parts of the patterns below it, to find them faster"),
    ("notebook/article.py", "_ROLES", "classes of highlights"),
    ("one_article/own_voice.py", "_OF_OTHERS", "a closed class of grammar: prepositions and pronouns"),
    ("one_article/given.py", "_LANGUAGES", "names of languages by their codes"),
    ("one_article/routes.py", "_RELAYS", "values of the codebook, in words"),
    ("one_article/routes.py", "_DISCLOSED", "values of the codebook, in words"),
    ("sources/*", "*DETERMINERS", "a closed class of grammar: determiners"),
    ("sources/affiliations.py", "COUNTED_WORDS", "a closed class of grammar: number words"),
    ("sources/affiliations.py", "_IN_NAMES", "a closed class of grammar: small words within names"),
    (
        "sources/affiliations.py",
        "_STOP",
        "a closed class of grammar: prepositions, conjunctions, auxiliaries, pronouns",
    ),
    ("sources/antecedents.py", "_PREPOSITIONS", "a closed class of grammar: prepositions"),
    ("sources/appositions.py", "_CONNECTIVES", "a closed class of grammar: conjunctions"),
    ("sources/appositions.py", "_FINITE", "a closed class of grammar: auxiliaries"),
    ("sources/disclosed.py", "_PRONOUNS", "a closed class of grammar: pronouns, with the kinds of mentions"),
    ("sources/genders.py", "_NOT_SUBJECT", "a closed class of grammar: prepositions"),
    ("sources/introductions.py", "_INDEFINITE", "a closed class of grammar: determiners and number words"),
    (
        "sources/introductions.py",
        "_BREAKS",
        "a closed class of grammar: prepositions, conjunctions, auxiliaries, with frequent verbs",
    ),
    ("sources/introductions.py", "_SINGULARS", "endings of nouns"),
    ("sources/organisation_names.py", "_SMALL", "a closed class of grammar: small words within names"),
    ("sources/organisations.py", "_MAY_FOLLOW", "a closed class of grammar: conjunctions and adverbs"),
    ("sources/person_roles.py", "_FOLLOWS_ROLE", "a closed class of grammar: prepositions and conjunctions"),
    ("sources/person_roles.py", "_CALLING", "words within a pattern, to find it faster"),
    ("sources/unlisted.py", "_PEOPLE_ENDINGS", "endings of nouns"),
    ("sources/person_evidence.py", "_PARTICLES", "a closed class of grammar: particles of names"),
    (
        "sources/phrases_before.py",
        "_BREAKS",
        "a closed class of grammar: prepositions, conjunctions, auxiliaries, with frequent verbs",
    ),
    ("sources/pronouns.py", "_OBJECT", "a closed class of grammar: prepositions"),
    ("sources/relay_patterns.py", "HINTS", "parts of the patterns beside them, to find them faster"),
    ("sources/relay_patterns.py", "OTHER_WAYS", "parts of the patterns beside them, to find them faster"),
    ("sources/sector_phrases.py", "JOINS", "a closed class of grammar: prepositions and conjunctions"),
    ("sources/sector_phrases.py", "ARTICLES", "a closed class of grammar: determiners"),
    (
        "sources/sector_mentions.py",
        "_ENDS_TITLE",
        "a closed class of grammar: conjunctions, pronouns and prepositions, with says and told",
    ),
    ("sources/subject_clauses.py", "_NO_VERB", "a closed class of grammar: conjunctions, relative pronouns"),
    ("sources/trades.py", "_SECTORS", "kinds of trades.csv, with sectors of the codebook"),
    ("sources/titles.py", "_OPENING", "a closed class of grammar: determiners, number words and forms of be"),
    (
        "sources/titles.py",
        "_STOP",
        "a closed class of grammar: prepositions, conjunctions, auxiliaries, pronouns",
    ),
    ("corpus/language.py", "_ENGLISH", "the commonest words, by which English is known"),
    ("corpus/language.py", "_NEWS_LANGUAGES", "codes of languages"),
    ("text/boilerplate.py", "_*_WORDS", "parts of the patterns of boilerplate.csv, to find them faster"),
    ("tone/target_features.py", "*", "features of a trained model, which must stay as they were in training"),
    ("tone/wordpieces.py", "*", "pieces of a trained model, which must stay as they were in training"),
    ("readers/bylines.py", "*", "how bylines name desks and roles, read in a process of its own"),
    ("readers/columns.py", "USUAL_NAMES", "names of columns; others are given with the option columns"),
    ("readers/dates.py", "_NAMES", "names of months"),
    ("readers/forwarded.py", "_MEANING", "names of the lines of a head of an e-mail"),
    ("readers/lines.py", "_BLOCKS", "elements of HTML"),
    ("readers/page_parts.py", "_ELEMENTS", "elements of HTML"),
    ("readers/objects.py", "*", "keys of the answers of news services"),
    ("extras.py", "EXTRA_OF", "names of packages"),
    ("list_columns.py", "*", "names of lists, their columns and values"),
    ("tables.py", "*", "names of columns, and values of the codebook"),
    ("export/quotations.py", "QUOTATION_COLUMNS", "names of columns"),
    ("measures/layout.py", "*", "names of columns"),
    ("measures/shares.py", "REASON_CLASSES", "values of the codebook"),
    ("measures/units.py", "DEFINITIONS", "values of the codebook"),
    ("evaluation/annotations.py", "MEASURES", "names of measures"),
    ("framing/same_news.py", "_PRONOUNS", "a closed class of grammar: pronouns"),
    ("notebook/claims.py", "CLAIMS", "kinds of findings and their functions"),
    ("notebook/settings.py", "_KEYS", "names of settings"),
    ("notebook/coding_form.py", "NAMING_OF_KEY", "values of the codebook"),
    ("notebook/checks.py", "_DOCUMENTS", "names of columns, with sentences about them"),
    ("charts/frame.py", "PART_COLOURS", "values of the codebook"),
    ("workbench/*.py", "COLUMNS", "columns of a table of the workbench"),
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
