"""Names and labels: how the same person, body or thing is called, by outlet."""

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
from onrecord.text.sentences import sentences_at

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

LABELS: Schema = {"doc_id": TEXT, "entity": TEXT, "variant": TEXT, "start": COUNT, "end": COUNT, "text": TEXT}
NEAR: Schema = {"doc_id": TEXT, "start": COUNT, "end": COUNT, "text": TEXT}


def read_variants(path: str | Path) -> dict[str, list[str]]:
    """Return entity -> variants from a CSV file with the columns entity and variant, a row a variant."""
    found: dict[str, list[str]] = {}
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


def find_labels(documents: pd.DataFrame, variants: Mapping[str, Iterable[str]]) -> pd.DataFrame:
    """Return one row an occurrence of a variant in `documents` (needs doc_id and text).

    `variants` maps an entity to its names and labels: {"the ministry": ["Defence Ministry", "War Office"]}.
    Whole words count, in any case; where two variants overlap the longer is taken, so that "Clinton"
    is not found within "Hillary Clinton". Columns: doc_id, entity, variant, start, end, text.

    Raises ValueError where one variant stands under two entities, or an entity has none.
    """
    require(documents, ["doc_id", "text"], table="documents")
    owner: dict[str, tuple[str, str]] = {}
    for entity, names in variants.items():
        names = [names] if isinstance(names, str) else list(names)
        if not any(name.strip() for name in names):
            raise ValueError(f"{entity!r} has no variants; give it at least one name.")
        for name in names:
            key = _key(name)
            if owner.setdefault(key, (entity, name.strip()))[0] != entity:
                raise ValueError(
                    f"{name!r} stands under {owner[key][0]!r} and {entity!r}; leave one of them out."
                )
    forms = sorted(owner, key=len, reverse=True)
    bodies = "|".join(r"\s+".join(re.escape(word) for word in form.split(" ")) for form in forms)
    pattern = re.compile(rf"(?<![\w-])(?:{bodies})(?![\w-])", re.IGNORECASE)
    rows = [
        (doc_id, *owner[_key(match.group())], match.start(), match.end(), match.group())
        for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
        if isinstance(text, str)
        for match in pattern.finditer(text)
    ]
    return as_table(rows, LABELS)


def share_labels(
    analysis: Analysis, variants: Mapping[str, Iterable[str]], *, by: str = "outlet"
) -> pd.DataFrame:
    """Return one row a group, entity and variant: the share of the entity's mentions that use it.

    `variants` as in find_labels. Columns: `by`, variant, n_hits, n_mentions (of the entity, under any of
    its variants), share_of_mentions (0 to 1; NA where the group never mentions it), low, high (95 %,
    resampled by article; NA below five articles), n_articles (that mention it), entity.
    """
    found = find_labels(analysis.documents, variants)
    tables = []
    for entity, names in variants.items():
        own = found[found["entity"] == entity]
        names = list(dict.fromkeys(n.strip() for n in ([names] if isinstance(names, str) else names)))
        hits = pd.crosstab(own["doc_id"], own["variant"])
        hits = hits.reindex(index=analysis.documents["doc_id"], columns=names, fill_value=0).astype(float)
        counts = ArticleCounts(hits, hits.sum(axis=1))
        table = table_of_shares(analysis.documents, counts, by=by, label="variant", of="mentions")
        tables.append(table.assign(entity=entity))
    return pd.concat(tables, ignore_index=True)


def words_near(analysis: Analysis, name: str, *, n_words: int = 5) -> pd.DataFrame:
    """Return one row a place where `name` stands: the words of its sentence beside it, without the name.

    At most `n_words` on either side. Columns: doc_id, start, end (of the name), text (the words, joined by
    blanks). For compare_words: which words stand next to a name at one outlet, and not at another.
    """
    found = find_labels(analysis.documents, {name: [name]})
    lines = sentences_at(analysis.sentences, found["doc_id"], found["start"])
    found = found.assign(first=lines["start"], last=lines["end"])
    found = found[found["end"] <= found["last"]]
    texts = dict(zip(analysis.documents["doc_id"], analysis.documents["text"], strict=True))
    rows = []
    for doc_id, start, end, first, last in found[["doc_id", "start", "end", "first", "last"]].itertuples(
        index=False
    ):
        text = texts[doc_id]
        after = islice(_BLANKLESS.finditer(text, end, last), n_words)
        words = [*_last_words(text, first, start, n_words), *(match.group() for match in after)]
        rows.append((doc_id, start, end, " ".join(words)))
    return as_table(rows, NEAR)


_BLANKLESS = re.compile(r"\S+")


def _last_words(text: str, start: int, end: int, n: int) -> list[str]:
    """Return the last `n` words of text[start:end], of which no more is read than it takes."""
    reach = 20 * (n + 1)
    while True:
        low = max(start, end - reach)
        words = text[low:end].split()
        if low == start or len(words) > n:  # the first of them may be cut
            return words[len(words) - n :] if len(words) > n else words
        reach *= 2


def _key(name: str) -> str:
    return " ".join(name.split()).lower()
