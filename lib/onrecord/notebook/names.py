"""Names from the corpus: the people whom most articles quote, and their labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from onrecord.analysis import Analysis

_LEAST_ARTICLES = 2  # that quote a person, or contain a label
_FAR_MORE = 5
_MOST_LABELS = 5  # of one person
# Up to three words with a capital, or a short title, before a last name: "Prime Minister Tomas".
_BEFORE = r"(?<![\w.’'-])((?:[A-Z][\w.’'-]*[^\S\n]){0,3})"
_SENTENCE_WORDS = frozenset(
    ["The", "A", "An", "But", "And", "When", "While", "As", "In", "On", "At", "For", "If"]
)


def frequent_people(analysis: Analysis, n: int) -> Mapping[str, tuple[str, ...]]:
    """The `n` named people whom most articles quote, with their full and last names.

    A last name that several people share counts for the one whom at least five times as many articles
    quote as any other of them. Otherwise it is left out of the spellings.
    """
    people = analysis.sources[analysis.sources["form"].eq("person") & analysis.sources["name"].notna()]
    people = people[people["name"].str.contains(" ", regex=False)]
    sizes = people.groupby("name")["doc_id"].nunique()
    sizes = sizes[sizes >= _LEAST_ARTICLES].sort_index().sort_values(ascending=False, kind="stable")
    all_sizes = people.groupby("name")["doc_id"].nunique()
    ranked: dict[str, list[int]] = {}
    for name, size in all_sizes.sort_values(ascending=False).items():
        ranked.setdefault(str(name).split()[-1], []).append(int(size))
    found: dict[str, tuple[str, ...]] = {}
    for name in map(str, sizes.index[:n]):
        last = name.split()[-1]
        first, *others = ranked[last]
        is_own = int(all_sizes[name]) == first and all(_FAR_MORE * other <= first for other in others)
        found[name] = (name, last) if is_own else (name,)
    return found


def frequent_labels(analysis: Analysis, n: int) -> Mapping[str, tuple[str, ...]]:
    """Names and titles in use for the `n` people whom most articles quote, by person.

    The words with a capital before the last name count, with it: "Mr Verrick", "Tomas Verrick". People
    under a single name are left out.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name, spellings in frequent_people(analysis, 2 * n).items():
        if len(spellings) > 1 and len(labels := _labels_of(analysis, spellings[1])) > 1:
            found[name] = labels
    return dict(list(found.items())[:n])


def _labels_of(analysis: Analysis, last: str) -> tuple[str, ...]:
    pattern = re.compile(_BEFORE + re.escape(last) + r"\b(?![’']s[^\S\n][A-Z])")
    in_articles: Counter[str] = Counter()
    for text in analysis.documents["text"]:
        if isinstance(text, str) and last in text:
            in_articles.update({_label(match[1], last) for match in pattern.finditer(text)})
    often = [label for label, times in in_articles.most_common() if times >= _LEAST_ARTICLES]
    return tuple(often[:_MOST_LABELS])


def _label(before: str, last: str) -> str:
    words = before.split()
    while words and words[0] in _SENTENCE_WORDS:
        words = words[1:]
    return " ".join([*words, last])
