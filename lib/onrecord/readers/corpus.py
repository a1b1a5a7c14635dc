"""Files to documents: every file is read or reported, and every article gets an id of its own."""

from __future__ import annotations

import os
import textwrap
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

import pandas as pd
from tqdm import tqdm

from onrecord.corpus.duplicates import add_duplicates
from onrecord.corpus.language import add_language
from onrecord.readers import archive, report
from onrecord.readers.columns import check_columns
from onrecord.readers.dates import read_dates
from onrecord.readers.files import Listed, list_files, load, size_of
from onrecord.readers.formats import is_archive, read_bytes
from onrecord.readers.reading import RawArticle, Reading, Unreadable, with_whole_characters
from onrecord.tables import DOCUMENTS, REPORT, as_table


@dataclass(frozen=True)
class Corpus:
    """What was read: `documents`, a row an article, and `report`, a row a file."""

    documents: pd.DataFrame
    report: pd.DataFrame


def read_documents(
    paths: str | os.PathLike | list, *, columns: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return one row an article: the documents of `read_corpus` alone.

    Warns, naming the first of them, where files could not be read or hold fewer articles than they
    state; `read_corpus` gives the whole report.
    """
    corpus = read_corpus(paths, columns=columns)
    reasons = corpus.report["reason"]
    unread = corpus.report[reasons.notna() & ~reasons.str.startswith("a README").fillna(False)]
    if len(unread):
        first = unread.iloc[0]
        warnings.warn(
            f"{len(unread)} of {len(corpus.report)} files not read, or not whole; {first['path']}: "
            f"{first['reason']}. read_corpus(…).report tells all.",
            stacklevel=2,
        )
    return corpus.documents


def read_corpus(paths: str | os.PathLike | list, *, columns: Mapping[str, str] | None = None) -> Corpus:
    """Return the articles of a file, a folder or several, and the report on each file.

    documents: doc_id is the file's path below the folder given, without its extension, with #1, #2 …
    where a file holds several articles, or the file's own id of the article where it has one. text is
    NA where a file holds a notice in place of the text; published is in UTC; language is an ISO 639-1
    code; duplicate_of is the doc_id of the article that this one repeats. Nothing is left out: see
    `exclude`.

    `columns` says which column, field or head line of the files holds what, where its name is not a
    usual one: {"text": "Article body"}, our name first. A file that cannot be read is a row of the
    report, never an error; a path that does not exist raises FileNotFoundError.
    """
    check_columns(columns)
    listed = list_files(paths)
    corpus = _read_files(tqdm(listed, "reading", disable=len(listed) < 20), columns, Names(set(), set()))
    return Corpus(add_duplicates(corpus.documents), corpus.report)


def stream_corpus(
    paths: str | os.PathLike | list,
    *,
    columns: Mapping[str, str] | None = None,
    batch_bytes: int = 32_000_000,
) -> Iterator[Corpus]:
    """Yield the articles and the report of some files at a time, about `batch_bytes` of them.

    As `read_corpus`, but for two things that need the whole corpus: duplicate_of is left NA, and the
    order of day and month is decided for each source within its batch.
    """
    check_columns(columns)
    names = Names(set(), set())
    batch: list[Listed] = []
    size = 0
    for one in list_files(paths):
        batch.append(one)
        size += 0 if one.reason else size_of(one.path)
        if size >= batch_bytes:
            yield _read_files(batch, columns, names)
            batch, size = [], 0
    if batch:
        yield _read_files(batch, columns, names)


class Names(NamedTuple):
    """What is taken already, over all files: ids of articles, and names of files without extension."""

    ids: set[str]
    stems: set[str]


def _read_files(listed: Iterable[Listed], columns: Mapping[str, str] | None, names: Names) -> Corpus:
    rows: list[report.FileReport | Read] = []
    for one in listed:
        rows.extend(_read_file(one, columns))
    readings = [row for row in rows if not isinstance(row, report.FileReport)]
    ids, notes = _ids(readings, names)
    documents = add_language(_documents(readings, ids, notes))
    _note_languages(documents, readings, notes)
    # The rows keep the order of the files; each reading finds its own notes.
    notes = iter(notes)
    table = [row if isinstance(row, report.FileReport) else report.read(*row, next(notes)) for row in rows]
    return Corpus(documents, as_table(table, REPORT))


Read = tuple[str, str, Reading]  # path, format, articles


def _read_file(one: Listed, columns: Mapping[str, str] | None) -> Iterator[report.FileReport | Read]:
    if one.reason:
        yield report.refused(one.label, one.reason)
        return
    try:
        data = load(one.path)
        if not is_archive(data):
            yield _read_one(one.label, data, columns)
            return
        empty = True
        for path, content in archive.members(data):
            empty = False
            label = f"{one.label}/{path}"
            if isinstance(content, Unreadable):
                yield report.refused(label, str(content))
            else:
                yield _read_one(label, content, columns)
        if empty:
            yield report.refused(
                one.label, "an archive without files: put articles in it, or delete it", "zip"
            )
    except Exception as error:
        yield report.refused(one.label, _why(error), _suffix(one.label))


def _read_one(label: str, data: bytes, columns: Mapping[str, str] | None) -> report.FileReport | Read:
    try:
        file_format, reading = read_bytes(data, _suffix(label) or "", columns)
    except Exception as error:
        return report.refused(label, _why(error), _suffix(label))
    articles = [with_whole_characters(article) for article in reading.articles]
    return label, file_format, reading._replace(articles=articles)


def _why(error: Exception) -> str:
    """Return the reason for the report: a damaged file may break its reader anywhere; the corpus goes on."""
    if isinstance(error, Unreadable):
        return str(error)
    told = textwrap.shorten(f"{type(error).__name__}: {error}", 200)
    return f"could not be read ({told}): open it in the program that made it, and save it again"


def _suffix(label: str) -> str | None:
    return PurePosixPath(label).suffix.lower().lstrip(".") or None


def _ids(readings: list[Read], names: Names) -> tuple[list[list[str]], list[list[str]]]:
    """Return the ids of each file's articles, unique over all files, and notes where ids repeated."""
    taken, stems = names
    all_ids, notes = [], []
    for label, _, reading in readings:
        stem = PurePosixPath(label).with_suffix("").as_posix()
        if stem in stems:  # a.html and a.txt: the second keeps its extension
            stem = label
        stems.add(stem)
        articles = reading.articles
        own = [article.own_id for article in articles]
        note = []
        if any(own) and (None in own or len(set(own)) < len(own)):
            note.append("the ids of its own are missing or repeated: articles numbered instead")
            own = []
        if any(own) and not taken.isdisjoint(own):
            note.append("ids of its own that another file has too: the file's name put before them")
            own = [f"{stem}#{one}" for one in own]
        if not any(own):
            own = [stem] if len(articles) == 1 else [f"{stem}#{i + 1}" for i in range(len(articles))]
        ids = []
        for one in own:
            unique, n = one, 1
            while unique in taken:
                n += 1
                unique = f"{one}~{n}"
            if n > 1 and len(note) < 2:
                note.append(f"the id {one} is taken by another file: {unique} instead")
            taken.add(unique)
            ids.append(unique)
        all_ids.append(ids)
        notes.append(note)
    return all_ids, notes


def _documents(readings: list[Read], ids: list[list[str]], notes: list[list[str]]) -> pd.DataFrame:
    """Return the documents table; what is said of dates is added to `notes`."""
    flat: list[tuple[str, str, str, RawArticle, str]] = []
    of_source: dict[str, int] = {}  # the first file of each source of dates
    for number, ((label, file_format, reading), own) in enumerate(zip(readings, ids, strict=True)):
        for doc_id, article in zip(own, reading.articles, strict=True):
            source = reading.date_source or article.outlet or PurePosixPath(label).parent.as_posix()
            of_source.setdefault(source, number)
            flat.append((doc_id, label, file_format, article, source))
    articles = [row[3] for row in flat]
    dates = read_dates([a.published for a in articles], [row[4] for row in flat], [a.url for a in articles])
    for source, note in dates.notes.items():
        notes[of_source[source]].append(note if len(dates.notes) == 1 else f"{source}: {note}")
    lost: dict[str, list[str]] = {}
    for (_, label, _, article, _), date in zip(flat, dates.values, strict=True):
        if article.published and date is None:
            lost.setdefault(label, []).append(article.published)
    for number, (label, _, _) in enumerate(readings):
        if unread := lost.get(label):
            notes[number].append(f"{len(unread)} dates that cannot be read, such as {unread[0][:60]!r}")
    texts = [article.text if article.text and article.text.strip() else None for article in articles]
    table = {
        "doc_id": [row[0] for row in flat],
        "published": dates.values,
        "text": texts,
        "path": [row[1] for row in flat],
        "file_format": [row[2] for row in flat],
        "n_words": [len(text.split()) if text else None for text in texts],
    }
    for column in ("outlet", "byline", "headline", "standfirst", "url"):
        table[column] = [getattr(article, column) or None for article in articles]
    return as_table(table, DOCUMENTS)


def _note_languages(documents: pd.DataFrame, readings: list[Read], notes: list[list[str]]) -> None:
    other = documents[documents["language"].ne("en").fillna(False)]
    counts = other.groupby("path")["language"].value_counts()
    for number, (label, _, reading) in enumerate(readings):
        if label in counts.index:
            told = ", ".join(f"{code} {n}" for code, n in counts[label].items())
            notes[number].append(
                f"{counts[label].sum()} of {len(reading.articles)} articles not in English ({told})"
            )
