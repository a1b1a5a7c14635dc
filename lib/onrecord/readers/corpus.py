"""Files to documents.

Every file is read or reported, and every article gets its own id.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import NamedTuple

import pandas as pd

from onrecord.corpus.duplicates import add_duplicates
from onrecord.corpus.language import add_language
from onrecord.corpus.not_articles import add_not_article
from onrecord.progress import progress
from onrecord.readers import archive, report
from onrecord.readers.assembly import Names, Read, documents_of, note_languages, outlets_of, unique_ids
from onrecord.readers.columns import check_columns
from onrecord.readers.files import Listed, list_files, load, size_of
from onrecord.readers.formats import is_archive
from onrecord.readers.guarded import read_guarded
from onrecord.readers.reading import Unreadable, failure, join_surrogates
from onrecord.readers.repair import repair_articles
from onrecord.tables import REPORT, as_table
from onrecord.text.characters import spelled
from onrecord.wordlists import Lists, load_lists

PASTED = "pasted"  # the doc_id of a text that is not from a file
# Formats whose values are cells or fields, in which programs leave HTML.
CELL_FORMATS = frozenset(["csv", "tsv", "xlsx", "parquet", "json", "jsonl", "ris"])


@dataclass(frozen=True, repr=False)
class ReadResult:
    """What was read: `documents`, one row per article, and `report`, one row per file.

    >>> read = onrecord.read_corpus("articles")
    >>> len(read.documents), read.report[["path", "n_found"]].values.tolist()
    (12, [['short.csv', 12]])
    """

    documents: pd.DataFrame
    report: pd.DataFrame

    def __repr__(self) -> str:
        n_unread = int(self.report["reason"].notna().sum())
        return (
            f"ReadResult({len(self.documents):,} documents, {len(self.report):,} files, of which "
            f"{n_unread:,} were not read, or not whole)"
        )


class _Options(NamedTuple):
    """How files are read: see read_corpus."""

    columns: Mapping[str, str] | None
    lists: Lists
    repair: bool


def read_documents(
    paths: str | os.PathLike | list,
    *,
    columns: Mapping[str, str] | None = None,
    lists: Lists | None = None,
    repair: bool = True,
) -> pd.DataFrame:
    """Articles of a file, a folder or several. One row per article.

    The documents of `read_corpus` alone; columns, parameters and errors are described there. Warns,
    with the reason of the first of them, where files could not be read or contain fewer articles than
    they state; `read_corpus` gives the whole read report.

    >>> import pathlib, tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = pathlib.Path(folder.name, "lock.txt")
    >>> _ = path.write_text("outlet: The Halm Courier\\nheadline: Lock shut\\n\\nIt is shut, a clerk said.")
    >>> read_documents(path)[["doc_id", "outlet", "headline", "n_words"]].to_dict("records")
    [{'doc_id': 'lock', 'outlet': 'The Halm Courier', 'headline': 'Lock shut', 'n_words': 6}]
    """
    result = read_corpus(paths, columns=columns, lists=lists, repair=repair)
    reasons = result.report["reason"]
    unread = result.report[reasons.notna() & ~reasons.str.startswith("a README").fillna(False)]
    if len(unread):
        first = unread.iloc[0]
        warnings.warn(
            f"{len(unread)} of {len(result.report)} files not read, or not whole; {spelled(first['path'])}: "
            f"{spelled(first['reason'])}. read_corpus(…).report says why of every file.",
            stacklevel=2,
        )
    return result.documents


def read_corpus(
    paths: str | os.PathLike | list,
    *,
    columns: Mapping[str, str] | None = None,
    lists: Lists | None = None,
    repair: bool = True,
) -> ReadResult:
    """Articles of a file, a folder or several, and the read report.

    documents has one row per article. doc_id is the file's path below the folder given, without its
    extension, with #1, #2 … where a file contains several articles, or the file's own id of the
    article. outlet is the one name of the outlet by the list of outlets (`lists`, or the package's),
    outlet_as_written what the file calls it: one name of several, a web address, or NA where the
    outlet was taken from the address of the article or the name of its folder. text is NA where a
    file has a notice in place of the text; published is in UTC; language is an ISO 639-1 code;
    duplicate_of is the doc_id of the article that this one repeats; not_article says what a row is
    that is not an article (a reader's comment, a list of links). Nothing is left out: see `exclude`.

    report has one row per file: path, file_format, n_expected (articles that the file itself states
    or contains; NA where it states nonsense), n_found, n_skipped, reason, warnings.

    `columns` says which column, field, path or head line of the files is which, where its name is not
    a usual one: {"text": "Article body"}, our name first. With `repair` (the default) characters that
    were decoded wrongly once and HTML in the cells of tables are repaired where that is certain, and
    no-break spaces and accents apart from their letters (NFD) are written as usual. The report says in
    how many articles; repair=False gives the text as it is in the file.

    A file that cannot be read is a row of the report, never an error. Raises FileNotFoundError for a
    path that does not exist, ValueError for a key of `columns` that documents do not have.

    >>> import pathlib, tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = pathlib.Path(folder.name, "lock.csv")
    >>> _ = path.write_text("source,content\\nwww.halm-courier.com,The lock is &quot;shut&quot;.\\n")
    >>> result = read_corpus(path)
    >>> result.documents["outlet"][0], result.documents["text"][0]
    ('halm-courier.com', 'The lock is "shut".')
    >>> result.report["warnings"][0].split(";")[0]
    'article with HTML tags or entities, which were decoded'
    """
    check_columns(columns)
    listed = list_files(paths)
    options = _Options(columns, lists or load_lists(), repair)
    result = _read_files(progress(listed, "reading", disable=len(listed) < 20), options, Names(set(), set()))
    documents = add_not_article(add_duplicates(result.documents), lists=options.lists)
    return ReadResult(documents, result.report)


def stream_corpus(
    paths: str | os.PathLike | list,
    *,
    columns: Mapping[str, str] | None = None,
    lists: Lists | None = None,
    repair: bool = True,
    batch_bytes: int = 32_000_000,
) -> Iterator[ReadResult]:
    """Yield the articles and the read report of some files at a time.

    About `batch_bytes` of files are in each.

    As `read_corpus`, but for what needs the whole corpus: duplicate_of is left NA, and the order of
    day and month and the rows that are not articles are decided within each batch.
    """
    check_columns(columns)
    options = _Options(columns, lists or load_lists(), repair)
    names = Names(set(), set())
    batch: list[Listed] = []
    size = 0
    for one in list_files(paths):
        batch.append(one)
        size += 0 if one.reason else size_of(one.path)
        if size >= batch_bytes:
            yield _batch(batch, options, names)
            batch, size = [], 0
    if batch:
        yield _batch(batch, options, names)


def read_pasted(text: str, *, lists: Lists | None = None) -> ReadResult:
    """The article of a text that was pasted, read as a plain text file is.

    Head lines such as "headline: …" are recognised. Nothing is written.
    """
    options = _Options(None, lists or load_lists(), repair=True)
    data = text.encode("utf-8", "replace")
    result = _read_rows([_read_one(f"{PASTED}.txt", data, options)], options, Names(set(), set()))
    return ReadResult(add_not_article(result.documents, lists=options.lists), result.report)


def _batch(batch: list[Listed], options: _Options, names: Names) -> ReadResult:
    result = _read_files(batch, options, names)
    return ReadResult(add_not_article(result.documents, lists=options.lists), result.report)


def _read_files(listed: Iterable[Listed], options: _Options, names: Names) -> ReadResult:
    rows: list[report.FileReport | Read] = []
    for one in listed:
        rows.extend(_read_file(one, options))
    return _read_rows(rows, options, names)


def _read_rows(rows: list[report.FileReport | Read], options: _Options, names: Names) -> ReadResult:
    readings = [row for row in rows if not isinstance(row, report.FileReport)]
    ids, notes = unique_ids(readings, names)
    outlets = outlets_of(readings, notes, options.lists)
    documents = add_language(documents_of(readings, ids, notes, outlets))
    note_languages(documents, readings, notes)
    # The rows keep the order of the files; each reading finds its own notes.
    of_file = iter(outlets)
    n_unnamed = [
        sum(name is None for name in islice(of_file, len(reading.articles))) for _, _, reading in readings
    ]
    more = iter(list(zip(notes, n_unnamed, strict=True)))
    table = [row if isinstance(row, report.FileReport) else report.read(*row, *next(more)) for row in rows]
    return ReadResult(documents, as_table(table, REPORT))


def _read_file(one: Listed, options: _Options) -> Iterator[report.FileReport | Read]:
    if one.reason:
        yield report.refused(one.label, one.reason)
        return
    try:
        data = load(one.path)
        if not is_archive(data):
            yield _read_one(one.label, data, options)
            return
        empty = True
        for path, content in archive.members(data):
            empty = False
            label = f"{one.label}/{path}"
            if isinstance(content, Unreadable):
                yield report.refused(label, str(content))
            else:
                yield _read_one(label, content, options)
        if empty:
            yield report.refused(
                one.label, "an archive without files: put articles in it, or delete it", "zip"
            )
    except Exception as error:
        yield report.refused(one.label, _why(error), _suffix(one.label))


def _read_one(label: str, data: bytes, options: _Options) -> report.FileReport | Read:
    try:
        file_format, reading = read_guarded(data, _suffix(label) or "", options.columns)
        articles = [join_surrogates(article) for article in reading.articles]
        notes: list[str] = []
        if options.repair:
            articles, notes = repair_articles(articles, markup=file_format in CELL_FORMATS)
    except Exception as error:
        return report.refused(label, _why(error), _suffix(label))
    return label, file_format, reading._replace(articles=articles, warnings=(*reading.warnings, *notes))


def _why(error: Exception) -> str:
    """The reason for the report.

    A damaged file may break its reader anywhere, and the corpus goes on.
    """
    if isinstance(error, Unreadable):
        return str(error)
    return failure(f"{type(error).__name__}: {error}")


def _suffix(label: str) -> str | None:
    return PurePosixPath(label).suffix.lower().lstrip(".") or None
