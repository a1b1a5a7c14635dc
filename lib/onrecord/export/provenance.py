"""The meaning of columns, and the texts, rules and versions behind a figure."""

from __future__ import annotations

import csv
import hashlib
import platform
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import pandas as pd

import onrecord
from onrecord.measures.intervals import N_RESAMPLES, SEED
from onrecord.rules import rules_version

if TYPE_CHECKING:
    from onrecord.analysis import Analysis


def describe_columns(frame: pd.DataFrame) -> pd.DataFrame:
    """Meanings of the columns of `frame`. One row per column.

    Columns, all text: column, meaning, unit, range (NA where columns.csv gives none). columns.csv
    describes the columns of all tables and measures. A column of the user's own has NA as its meaning.

    >>> describe_columns(pd.DataFrame(columns=["doc_id"]))["meaning"].item()
    'the article'
    """
    rows = [(str(name), *_described(str(name))) for name in frame.columns]
    return pd.DataFrame(rows, columns=["column", "meaning", "unit", "range"], dtype="string")


def provenance(analysis: Analysis | None = None) -> pd.DataFrame:
    """Facts that a result rests on. One row per fact: item and value, both text.

    Versions of onrecord, python and pandas; seed and number of the resamples; the date in UTC; rules, a
    hash of code, models and word lists. With `analysis` the rules are those that made it (the user's word
    lists included; "unknown" where it was saved without them), followed by the hash of its corpus, which
    is the same for the same ids and texts in any order, the number of articles, attributions and sources,
    and its dates.

    >>> facts = provenance().set_index("item")["value"]
    >>> facts["rules"].startswith(facts["onrecord"])
    True
    """
    facts = {
        "onrecord": onrecord.__version__,
        "python": platform.python_version(),
        "pandas": pd.__version__,
        "date (UTC)": f"{datetime.now(UTC):%Y-%m-%d}",
        "seed": SEED,
        "resamples": N_RESAMPLES,
        "rules": rules_version() if analysis is None else analysis.rules or "unknown",
    }
    if analysis is not None:
        documents = analysis.documents
        facts["SHA-256 of the corpus"] = _hash_of_corpus(documents)
        facts |= {
            f"number of {words}": f"{len(getattr(analysis, name)):,}"
            for name, words in (
                ("documents", "articles"),
                ("attributions", "attributions"),
                ("sources", "sources"),
            )
        }
        days = list(documents["published"].dropna()) if "published" in documents.columns else []
        facts["published"] = f"{min(days):%Y-%m-%d} to {max(days):%Y-%m-%d}" if len(days) else "no dates"
    return pd.DataFrame(
        {"item": list(facts), "value": [str(fact) for fact in facts.values()]}, dtype="string"
    )


def _described(name: str) -> tuple[str | None, ...]:
    exact, families = _registry()
    if name in exact:
        return exact[name]
    for pattern, texts in families:
        if fnmatchcase(name, pattern):
            before, _, after = pattern.partition("*")
            rest = name.removeprefix(before).removesuffix(after).replace("_", " ")
            return tuple(text.replace("{}", rest) if text else None for text in texts)
    return None, None, None


@cache
def _registry() -> tuple[dict[str, tuple], list[tuple[str, tuple]]]:
    text = resources.files("onrecord").joinpath("columns.csv").read_text(encoding="utf-8")
    rows = [
        (row["column"], tuple(row[key] or None for key in ("meaning", "unit", "range")))
        for row in csv.DictReader(text.splitlines())
    ]
    return dict(row for row in rows if "*" not in row[0]), [row for row in rows if "*" in row[0]]


def _hash_of_corpus(documents: pd.DataFrame) -> str:
    texts = documents["text"] if "text" in documents.columns else [None] * len(documents)
    each = sorted(
        hashlib.sha256(f"{doc_id}\0{'' if pd.isna(text) else text}".encode()).digest()
        for doc_id, text in zip(documents["doc_id"], texts, strict=True)
    )
    return hashlib.sha256(b"".join(each)).hexdigest()
