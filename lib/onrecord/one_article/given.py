"""The one article that a user gives: a text, a file, or a table."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from onrecord.choices import did_you_mean
from onrecord.readers.corpus import ReadResult, read_corpus, read_pasted
from onrecord.tables import DOCUMENTS, require
from onrecord.wordlists import Lists

_LONGEST_PATH = 1_000  # characters
_LANGUAGES = {
    **{"de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch"},
    **{"ru": "Russian", "uk": "Ukrainian", "pl": "Polish", "tr": "Turkish", "ar": "Arabic", "fa": "Persian"},
    **{"zh": "Chinese", "ja": "Japanese", "ko": "Korean", "hi": "Hindi", "he": "Hebrew", "sv": "Swedish"},
}
NOTHING = "There is no article yet. Paste the text of one, or give the path of a file."


class NotOne(Exception):
    """What was given is not one article. The message says why, and what to do."""


@dataclass(frozen=True)
class Given:
    """One article as a table of one row, and sentences about it for the page."""

    documents: pd.DataFrame
    notes: tuple[str, ...]


def read_given(
    article: str | os.PathLike | pd.DataFrame | ReadResult,
    *,
    doc_id: str | None = None,
    outlet: str | None = None,
    lists: Lists | None = None,
) -> Given:
    """The one article that is given, with its outlet where `outlet` names it.

    Raises NotOne for what is not exactly one article with a text in English.
    """
    result = _read(article, lists)
    document = _chosen(result, doc_id)
    row = document.iloc[0]
    if pd.isna(row["text"]) or not str(row["text"]).strip():
        raise NotOne(f"{_name(row)} has no text, or a notice in its place. {NOTHING}")
    if not pd.isna(row["language"]) and row["language"] != "en":
        language = _LANGUAGES.get(row["language"], f"the language {row['language']}")
        raise NotOne(
            f"{_name(row)} seems to be in {language}. The rules and models read English only, so there is no "
            "page. A translation can be read, but its reporting words are those of the translator."
        )
    if outlet and outlet.strip():
        document = document.assign(outlet=pd.array([outlet.strip()], dtype="string"))
    return Given(document, _notes(row, result))


def _read(article: str | os.PathLike | pd.DataFrame | ReadResult, lists: Lists | None) -> ReadResult:
    if isinstance(article, ReadResult):
        return article
    if isinstance(article, pd.DataFrame):
        require(article, ["doc_id", "text"], table="article")
        missing = [name for name in DOCUMENTS if name not in article.columns]
        documents = article.reindex(columns=[*article.columns, *missing])
        return ReadResult(documents, pd.DataFrame({"path": [], "reason": []}))
    if isinstance(article, str) and not _is_path(article):
        if not article.strip():
            raise NotOne(NOTHING)
        return read_pasted(article, lists=lists)
    if not isinstance(article, str | os.PathLike):
        raise ValueError(
            f"article must be a text, the path of a file or what read_corpus returns, not "
            f"{str(article)[:60]}. Write a path in quotation marks, as in 'data/articles/lock.txt'."
        )
    path = Path(article)
    if not os.path.lexists(path):
        raise NotOne(f"{path} was not found. Looked in {Path.cwd()}. Write the path from there, or in full.")
    return read_corpus(path, lists=lists)


def _is_path(words: str) -> bool:
    """Whether a text is the path of a file rather than an article."""
    if not words.strip() or len(words) > _LONGEST_PATH or "\n" in words.strip() or "\0" in words:
        return False
    try:
        is_there = os.path.lexists(words)
    except (OSError, ValueError):
        return False
    has_ending = 0 < len(Path(words).suffix) <= 6 and " " not in Path(words).suffix
    return is_there or (has_ending and not words.rstrip().endswith((".", "”", '"')))


def _chosen(result: ReadResult, doc_id: str | None) -> pd.DataFrame:
    """The one row of documents that is meant."""
    documents = result.documents
    if documents.empty:
        reasons = result.report["reason"].dropna()
        why = f" {result.report.loc[reasons.index[0], 'path']}: {reasons.iloc[0]}." if len(reasons) else ""
        raise NotOne(f"No article could be read.{why} {NOTHING}")
    if doc_id is not None:
        found = documents[documents["doc_id"] == doc_id]
        if found.empty:
            hint = did_you_mean(str(doc_id), documents["doc_id"])
            raise NotOne(f"The article {doc_id!r} was not found among {len(documents):,}.{hint}")
        return found.head(1)
    if len(documents) > 1:
        some = "; ".join(_labelled(row) for row in documents.head(5).to_dict("records"))
        more = " …" if len(documents) > 5 else ""
        raise NotOne(
            f"There are {len(documents):,} articles, and this page is about one. Name one of them by its "
            f"doc_id: {some}{more}"
        )
    return documents


def _labelled(row: dict) -> str:
    return row["doc_id"] if pd.isna(row["headline"]) else f"{row['doc_id']} ({row['headline']})"


def _name(row: pd.Series) -> str:
    return (
        "The text" if pd.isna(row["path"]) or str(row["path"]) == "pasted.txt" else f"The file {row['path']}"
    )


def _notes(row: pd.Series, result: ReadResult) -> tuple[str, ...]:
    """Sentences that a reader of the page must know before the answers."""
    notes = []
    if not pd.isna(row["not_article"]):
        notes.append(
            f"This does not look like an article, but like this: {row['not_article']}. Check the text below."
        )
    if not pd.isna(row["duplicate_of"]):
        notes.append(f"The text repeats another article of the same files: {row['duplicate_of']}.")
    if "warnings" in result.report.columns and len(result.report) == 1:
        warnings = (
            []
            if pd.isna(result.report["warnings"].iloc[0])
            else result.report["warnings"].iloc[0].split("; ")
        )
        notes += [
            f"From the file: {words}." for words in warnings if "cut off" in words or "encoding" in words
        ]
        notes += [f"From the file: {words}." for words in warnings if "several articles" in words]
    return tuple(notes)
