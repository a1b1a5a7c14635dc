"""What a figure rests on: the meaning of its columns, and the texts, lists and versions behind it."""

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
from onrecord.wordlists import COLUMNS

if TYPE_CHECKING:
    from onrecord.analysis import Analysis


def describe_columns(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row a column of `frame`: column, meaning, unit, range (text, NA where nothing is said).

    From columns.csv, the one place that says what the columns of all tables and measures mean. A
    column of the user's own has NA as its meaning.
    """
    rows = [(str(name), *_described(str(name))) for name in frame.columns]
    return pd.DataFrame(rows, columns=["column", "meaning", "unit", "range"], dtype="string")


def provenance(analysis: Analysis | None = None) -> pd.DataFrame:
    """Return one row a fact that a result rests on: item and value, both text.

    Versions of onrecord, python and pandas; hash of the shipped word lists; seed and number of the
    resamples; the date in UTC. With `analysis` also the hash of its corpus, which is the same for the
    same ids and texts in any order, its dates, and the number of rows in each table.
    """
    facts = {
        "onrecord": onrecord.__version__,
        "python": platform.python_version(),
        "pandas": pd.__version__,
        "date (UTC)": f"{datetime.now(UTC):%Y-%m-%d}",
        "seed": SEED,
        "resamples": N_RESAMPLES,
        "word lists": ", ".join(COLUMNS),
        "SHA-256 of the shipped word lists": _hash_of_lists(),
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
        days = documents["published"].dropna() if "published" in documents.columns else []
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
    with resources.files("onrecord").joinpath("columns.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            (row["column"], tuple(row[key] or None for key in ("meaning", "unit", "range")))
            for row in csv.DictReader(file)
        ]
    return dict(row for row in rows if "*" not in row[0]), [row for row in rows if "*" in row[0]]


def _hash_of_corpus(documents: pd.DataFrame) -> str:
    texts = documents["text"] if "text" in documents.columns else [None] * len(documents)
    each = sorted(
        hashlib.sha256(f"{doc_id}\0{'' if pd.isna(text) else text}".encode()).digest()
        for doc_id, text in zip(documents["doc_id"], texts, strict=True)
    )
    return hashlib.sha256(b"".join(each)).hexdigest()


@cache
def _hash_of_lists() -> str:
    whole = hashlib.sha256()
    for name in sorted(COLUMNS):
        whole.update(resources.files("onrecord").joinpath(f"lexicons/{name}.csv").read_bytes())
    return whole.hexdigest()
