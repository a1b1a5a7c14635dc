"""Offsets of annotated words, for annotations that were typed in a spreadsheet."""

from __future__ import annotations

import re

import pandas as pd

from onrecord.tables import require

_KEY = ["doc_id", "attribution_id"]


def add_offsets(annotations: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """`annotations` with start and end, found by the words in the text.

    Needs doc_id, attribution_id, role and text of annotations, doc_id and text of documents. A start that
    is given is kept. A content is searched for after the content before it. A cue or a source mention is
    the occurrence nearest to its content, which is not always the one that was meant.

    Raises ValueError for an article that was not read, and for words that do not occur in their article.
    """
    require(annotations, [*_KEY, "role", "text"], table="annotations")
    require(documents, ["doc_id", "text"], table="documents")
    texts = dict(zip(documents["doc_id"].astype("string"), documents["text"].fillna(""), strict=True))
    check_articles(annotations, texts)
    given = annotations.get("start", pd.Series(pd.NA, index=annotations.index)).tolist()
    keys = list(zip(annotations["doc_id"].astype("string"), annotations["attribution_id"], strict=True))
    rows = list(zip(keys, annotations["role"], annotations["text"], strict=True))
    starts: dict[int, int] = {i: int(start) for i, start in enumerate(given) if not pd.isna(start)}
    after: dict[str, int] = {}
    contents: dict[tuple, tuple[int, int]] = {}
    for number, (key, role, words) in enumerate(rows):
        if role == "content":
            if number not in starts:
                offsets = _offsets(texts[key[0]], words, key[0])
                starts[number] = next((at for at in offsets if at >= after.get(key[0], 0)), offsets[0])
            after[key[0]] = starts[number] + len(words)
            contents.setdefault(key, (starts[number], after[key[0]]))
    for number, (key, _, words) in enumerate(rows):
        if number not in starts:
            first, last = contents.get(key, (0, 0))
            starts[number] = min(
                _offsets(texts[key[0]], words, key[0]),
                key=lambda at: at - last if at >= last else abs(first - at - len(words)),
            )
    start = pd.Series([starts[i] for i in range(len(rows))], index=annotations.index, dtype="Int64")
    return annotations.assign(start=start, end=start + annotations["text"].str.len().astype("Int64"))


def check_articles(annotations: pd.DataFrame, texts: dict[str, str]) -> None:
    """Raise ValueError for the first annotated article that is not among `texts`."""
    for doc_id in annotations["doc_id"].astype("string").unique():
        if doc_id not in texts:
            raise ValueError(
                f"annotations: article {doc_id!r} not found; doc_id must be one of documents.doc_id, "
                f"for example {', '.join(map(repr, list(texts)[:3]))}."
            )


def _offsets(text: str, words: str, doc_id: str) -> list[int]:
    """Where `words` occur in `text`, as whole words if they do."""
    found = [match.start() for match in re.finditer(re.escape(words), text)]
    if not found:
        raise ValueError(
            f"annotations: {words!r} does not occur in {doc_id!r}; copy the words from documents.text, with "
            "its quotation marks."
        )
    whole = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    return whole or found
