"""Synthetic articles: any number from a few, to test large corpora."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from onrecord.tables import require

_PARAGRAPH = re.compile(r"\n\s*\n")
_NUMBER = re.compile(r"(?<![\d,.])\b[1-9]\d{0,2}\b(?![,.]\d)")
_DAY = pd.Timedelta(days=1)


def synthetic_articles(documents: pd.DataFrame, n: int, *, seed: int = 1) -> pd.DataFrame:
    """Articles assembled at random from those of `documents`, to measure speed.

    One row per article. Needs doc_id, outlet, published and text. Each synthetic article takes one of
    `documents` in turn, keeps two thirds of its paragraphs in their order, replaces its numbers below
    1,000, and moves its date by up to three years, with a random generator of the given seed. So the
    texts differ, while words, names and habits are those of `documents`. Measures of synthetic articles
    describe those few, not the press.

    Columns: those of `documents`, with doc_id "synthetic-<number>", path and url NA, and n_words counted
    again. Raises ValueError where no article has a text.

    >>> from onrecord.scale.synthetic import synthetic_articles
    >>> len(synthetic_articles(documents, 10))
    10
    """
    require(documents, ["doc_id", "outlet", "published", "text"], table="documents")
    known = documents[documents["text"].notna()].reset_index(drop=True)
    if known.empty:
        raise ValueError("documents: no article has a text; give at least one with a text.")
    rng = np.random.default_rng(seed)
    paragraphs = [_PARAGRAPH.split(text.strip()) for text in known["text"]]
    chosen = np.arange(n) % len(known)
    texts = [_varied(paragraphs[i], rng) for i in chosen]
    table = known.iloc[chosen].reset_index(drop=True)
    return table.assign(
        doc_id=pd.array([f"synthetic-{i:07d}" for i in range(n)], dtype="string"),
        published=table["published"] + rng.integers(0, 3 * 365, n) * _DAY,
        text=pd.array(texts, dtype="string"),
        n_words=pd.array([len(text.split()) for text in texts], dtype="Int64"),
        **{name: pd.Series(pd.NA, table.index, dtype="string") for name in ("path", "url") if name in table},
    )


def _varied(paragraphs: list[str], rng: np.random.Generator) -> str:
    n_kept = max(1, round(len(paragraphs) * 2 / 3))
    kept = np.sort(rng.choice(len(paragraphs), n_kept, replace=False))
    text = "\n\n".join(paragraphs[i] for i in kept)
    numbers = iter(rng.integers(2, 1000, len(_NUMBER.findall(text))).tolist())
    return _NUMBER.sub(lambda match: str(next(numbers)), text)
