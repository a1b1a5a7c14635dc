"""Made articles: as many as are asked for, from a few, to try out what a large corpus asks of a machine."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from onrecord.tables import require

_PARAGRAPH = re.compile(r"\n\s*\n")
_NUMBER = re.compile(r"(?<![\d,.])\b[1-9]\d{0,2}\b(?![,.]\d)")
_DAY = pd.Timedelta(days=1)


def make_articles(documents: pd.DataFrame, n: int, *, seed: int = 1) -> pd.DataFrame:
    """Return `n` articles made of those of `documents`: invented, and good for measuring speed alone.

    Needs doc_id, outlet, published and text. The recipe, with a random generator of that seed: each made
    article takes one of `documents` in turn, keeps a random two thirds of its paragraphs in their order,
    draws its numbers below 1,000 anew, and moves its date by up to three years. So each has its own
    text, and the whole has the words, names and habits of the few: what is counted in it is about them.

    Columns: those of `documents`, with doc_id "made-<number>", path and url NA, n_words counted anew.
    """
    require(documents, ["doc_id", "outlet", "published", "text"], table="documents")
    known = documents[documents["text"].notna()].reset_index(drop=True)
    if known.empty:
        raise ValueError("documents: no article has a text; there is nothing to make others of.")
    rng = np.random.default_rng(seed)
    paragraphs = [_PARAGRAPH.split(text.strip()) for text in known["text"]]
    chosen = np.arange(n) % len(known)
    texts = [_varied(paragraphs[i], rng) for i in chosen]
    made = known.iloc[chosen].reset_index(drop=True)
    return made.assign(
        doc_id=pd.array([f"made-{i:07d}" for i in range(n)], dtype="string"),
        published=made["published"] + rng.integers(0, 3 * 365, n) * _DAY,
        text=pd.array(texts, dtype="string"),
        n_words=pd.array([len(text.split()) for text in texts], dtype="Int64"),
        **{name: pd.Series(pd.NA, made.index, dtype="string") for name in ("path", "url") if name in made},
    )


def _varied(paragraphs: list[str], rng: np.random.Generator) -> str:
    n_kept = max(1, round(len(paragraphs) * 2 / 3))
    kept = np.sort(rng.choice(len(paragraphs), n_kept, replace=False))
    text = "\n\n".join(paragraphs[i] for i in kept)
    numbers = iter(rng.integers(2, 1000, len(_NUMBER.findall(text))).tolist())
    return _NUMBER.sub(lambda match: str(next(numbers)), text)
