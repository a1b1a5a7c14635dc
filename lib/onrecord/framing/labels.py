"""Names and labels.

What the same person, organisation or thing is called, by outlet.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from onrecord.measures.countable import ArticleCounts
from onrecord.measures.units import table_of_shares
from onrecord.tables import COUNT, TEXT, Schema, as_table, require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

LABELS: Schema = {"doc_id": TEXT, "entity": TEXT, "variant": TEXT, "start": COUNT, "end": COUNT, "text": TEXT}


Variants = Mapping[str, Iterable[str]]


def find_labels(documents: pd.DataFrame, variants: Variants | str | Path) -> pd.DataFrame:
    """Occurrences of the names and labels of an entity in `documents`.

    One row per occurrence.

    Needs doc_id and text. `variants` maps an entity to its names and labels ({"the ministry": ["Defence
    Ministry", "War Office"]}), or is the path of a CSV file with the columns entity and variant. Whole
    words count, in any case. Where two variants overlap the longer one is used, so that "Clinton" is not
    found within "Hillary Clinton".

    Columns: doc_id, entity, variant, start, end, text.

    Raises ValueError where one variant belongs to two entities, or an entity has none.

    >>> labels = onrecord.find_labels(documents, {"the strike": ["strike", "stoppage"]})
    >>> labels["variant"].value_counts().to_dict()
    {'strike': 3, 'stoppage': 1}
    """
    require(documents, ["doc_id", "text"], table="documents")
    owner: dict[str, tuple[str, str]] = {}
    for entity, names in _mapping(variants).items():
        if not any(name.strip() for name in names):
            raise ValueError(f"{entity!r} must have at least one variant, such as its name.")
        for name in names:
            key = _key(name)
            if owner.setdefault(key, (entity, name.strip()))[0] != entity:
                raise ValueError(
                    f"{name!r} belongs to both {owner[key][0]!r} and {entity!r}; leave one of them out."
                )
    if not owner:
        return as_table([], LABELS)
    pattern = _pattern(owner)
    rows = [
        (doc_id, *owner[_key(match.group())], match.start(), match.end(), match.group())
        for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
        if isinstance(text, str)
        for match in pattern.finditer(text)
    ]
    return as_table(rows, LABELS)


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Any of `forms` as whole words, the longest first, in any case."""
    longest = sorted(forms, key=len, reverse=True)
    alternatives = "|".join(r"\s+".join(re.escape(word) for word in form.split(" ")) for form in longest)
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE)


def share_labels(analysis: Analysis, variants: Variants | str | Path, *, by: str = "outlet") -> pd.DataFrame:
    """Share of the mentions of an entity that use each variant.

    One row per group, entity and variant.

    `variants` as in find_labels. Columns: `by`, variant, n_hits, n_mentions (of the entity, under any of
    its variants), share_of_mentions (0 to 1; NA where the group never mentions it), low, high (95%,
    resampled by article; NA below five articles), n_articles (that mention it), entity.

    >>> shares = onrecord.share_labels(analysis, {"the strike": ["strike", "stoppage"]})
    >>> shares[["outlet", "variant", "n_hits"]].values.tolist()[0]
    ['Clear Signal', 'strike', 2]
    """
    known = _mapping(variants)
    found = find_labels(analysis.documents, known)
    tables = []
    for entity, names in known.items():
        own = found[found["entity"] == entity]
        names = list(dict.fromkeys(name.strip() for name in names))
        hits = pd.crosstab(own["doc_id"], own["variant"])
        hits = hits.reindex(index=analysis.documents["doc_id"], columns=names, fill_value=0).astype(float)
        counts = ArticleCounts(hits, hits.sum(axis=1))
        table = table_of_shares(analysis.documents, counts, by=by, label="variant", of="mentions")
        tables.append(table.assign(entity=entity))
    if not tables:
        columns = [by, "variant", "n_hits", "n_mentions", "share_of_mentions", "low", "high", "n_articles"]
        return pd.DataFrame(columns=[*columns, "entity"])
    return pd.concat(tables, ignore_index=True)


def _mapping(variants: Variants | str | Path) -> dict[str, list[str]]:
    if isinstance(variants, str | Path):
        return read_variants(variants)
    wanted = "variants must map each entity to its names, as in {'the ministry': ['Defence Ministry']}"
    if not isinstance(variants, Mapping):
        raise ValueError(f"{wanted}, or be the path of a CSV file, not {type(variants).__name__}.")
    found = {}
    for entity, names in variants.items():
        several = [names] if isinstance(names, str) else names
        if not isinstance(several, Iterable) or not all(isinstance(name, str) for name in several):
            raise ValueError(f"{wanted}; those of {entity!r} are {type(names).__name__}.")
        found[entity] = list(several)
    return found


def read_variants(path: str | Path) -> dict[str, list[str]]:
    """Variants of each entity, from a CSV file with the columns entity and variant."""
    found: dict[str, list[str]] = {}
    if not Path(path).is_file():
        raise FileNotFoundError(
            f"{path}: no such file. Give the path of a CSV file with the columns entity and variant, or a "
            "mapping."
        )
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = {"entity", "variant"} - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"{path} has no column {min(missing)!r}; it needs entity and variant.")
        for number, row in enumerate(reader, 2):
            entity, variant = ((row[name] or "").strip() for name in ("entity", "variant"))
            if not entity or not variant:
                raise ValueError(
                    f"{path}, line {number}: entity or variant is empty; fill it or delete the line."
                )
            found.setdefault(entity, []).append(variant)
    return found


def words_near(frame: pd.DataFrame, name: str, n_words: int) -> pd.DataFrame:
    """At most `n_words` words on either side of a name in its text.

    One row per occurrence of `name`: doc_id, text (the words without the name, separated by blanks).
    """
    pattern = _pattern([_key(name)])
    rows = []
    for doc_id, text in zip(frame["doc_id"], frame["text"], strict=True):
        for match in pattern.finditer(text) if isinstance(text, str) else ():
            after = islice(_CHUNK.finditer(text, match.end()), n_words)
            words = [*_last_words(text, 0, match.start(), n_words), *(chunk.group() for chunk in after)]
            rows.append((doc_id, " ".join(words)))
    return as_table(rows, {"doc_id": TEXT, "text": TEXT})


_CHUNK = re.compile(r"\S+")
_WORD_LENGTH = 20  # characters, generous: most words are shorter, so that one look is enough


def _last_words(text: str, start: int, end: int, n: int) -> list[str]:
    """The last `n` words of text[start:end], reading back only as far as needed."""
    reach = _WORD_LENGTH * (n + 1)
    while True:
        low = max(start, end - reach)
        words = text[low:end].split()
        if low == start or len(words) > n:  # the first of them may be cut
            return words[len(words) - n :] if len(words) > n else words
        reach *= 2


def _key(name: str) -> str:
    return " ".join(name.split()).lower()
