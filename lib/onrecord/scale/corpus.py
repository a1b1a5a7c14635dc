"""An analysed corpus on disk: SQL, selections, and the measures."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import NoReturn

import duckdb
import pandas as pd
from pyarrow import ArrowException

from onrecord.analysis import TABLES, Analysis
from onrecord.consistency import require_consistent
from onrecord.scale.counting import CountedOnDisk, typed
from onrecord.scale.files import is_whole, read_json
from onrecord.scale.views import MEMORY_LIMIT, PARTS, open_connection, view_of
from onrecord.tables import DOCUMENTS, TEXT, TIME, as_table


def open_corpus(folder: str | os.PathLike) -> AnalysedCorpus:
    """Corpus that analyse_corpus wrote to `folder`.

    Raises FileNotFoundError where the folder has no finished corpus, or where a file of it is missing; run
    analyse_corpus again, which continues where it stopped. Raises ValueError where a file does not have the
    size that was written; AnalysedCorpus.check reads all files.

    >>> corpus = onrecord.analyse_corpus(documents.head(2), "corpus", workers=1)
    >>> onrecord.open_corpus("corpus").n_articles
    2
    """
    return AnalysedCorpus(folder)


class AnalysedCorpus(CountedOnDisk):
    """Corpus of any size that analyse_corpus wrote to a folder.

    `open_corpus` opens it. It has the tables of an Analysis and failures, on disk. `sql`
    queries them; `select` returns some articles as an Analysis. The measures of articles, sources,
    attributions, speakers, reporting words, disclosures and scare quotes accept an AnalysedCorpus in place
    of an Analysis. They count on disk, so that only the counts of each article are in memory. What reads
    texts (tone, wording, positions, passages) needs an Analysis of some articles and says so.

    >>> corpus = onrecord.analyse_corpus(documents.head(2), "corpus", workers=1)
    >>> int(corpus.sql("SELECT count(*) AS n FROM documents")["n"][0])
    2
    """

    def __init__(self, out: str | os.PathLike, *, memory_limit: str = MEMORY_LIMIT) -> None:
        self.out = Path(out)
        state = read_json(self.out / "corpus.json")
        if state is None:
            raise FileNotFoundError(
                f"{self.out} does not contain a finished corpus; run analyse_corpus(source, "
                f"{str(self.out)!r})."
            )
        missing = [name for name in state["files"] if not (self.out / name).exists()]
        if missing:
            raise FileNotFoundError(
                f"{self.out / missing[0]} is missing ({len(missing)} files in all); run analyse_corpus again "
                "with the same source to restore them."
            )
        files = self._marks = dict(state["files"])
        damaged = [name for name, mark in files.items() if (self.out / name).stat().st_size != mark["bytes"]]
        if damaged:
            raise self._damaged(damaged, "it does not have the size that was written")
        strange = [
            path
            for name in (*TABLES, "failures")
            for path in sorted((self.out / name).glob(PARTS))
            if path.relative_to(self.out).as_posix() not in files
        ]
        if strange:
            raise ValueError(
                f"{strange[0]} is not a file of this corpus ({len(strange)} files in all). Remove it, or run "
                "analyse_corpus again with the same source."
            )
        self.rules: str = state["rules"]
        self.n_articles: int = state["n_articles"]
        self.n_words: int = state["n_words"]
        self._connection = open_connection(self.out, memory_limit)
        try:
            for name in (*TABLES, "failures"):
                self._connection.execute(f"CREATE VIEW {name} AS {view_of(self.out, name)}")
        except (duckdb.Error, ArrowException):
            raise self._damaged(self.check()["file"].tolist() or list(files), "it is unreadable") from None

    def __repr__(self) -> str:
        return f"AnalysedCorpus({str(self.out)!r}): {self.n_articles:,} articles, {self.n_words:,} words"

    def __getattr__(self, name: str) -> NoReturn:
        if name in TABLES:
            raise AttributeError(
                f"an AnalysedCorpus has its {name} on disk. Query them with corpus.sql('SELECT * FROM {name} "
                f"LIMIT 10'), or select some articles: corpus.select(\"outlet = 'Post'\").{name}."
            )
        raise AttributeError(f"an AnalysedCorpus has no {name!r}.")

    def sql(self, query: str, parameters: Sequence | None = None) -> pd.DataFrame:
        """Result of a query in DuckDB's SQL over the tables and failures.

        `parameters` replace the question marks of the query. The tables cannot be changed.
        """
        try:
            return self._connection.execute(query, parameters).df()
        except (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException):
            raise  # a mistake in the query
        except duckdb.Error:
            if damaged := self.check()["file"].tolist():
                raise self._damaged(damaged, "it is not as it was written") from None
            raise

    def _damaged(self, names: Sequence[str], why: str) -> ValueError:
        return ValueError(
            f"{self.out / names[0]} is damaged: {why} ({len(names)} files in all); run analyse_corpus again "
            "with the same source, which analyses the damaged parts again."
        )

    def check(self) -> pd.DataFrame:
        """Files of the corpus that are not as they were written. One row per file.

        All files are read. Columns: file (its path in the folder), problem. No row where all are whole; else
        analyse_corpus with the same source analyses these parts again.

        >>> len(onrecord.analyse_corpus(documents.head(2), "corpus", workers=1).check())
        0
        """
        rows = [
            (name, "damaged" if (self.out / name).exists() else "missing")
            for name, mark in self._marks.items()
            if not is_whole(self.out / name, mark)
        ]
        return as_table(rows, {"file": TEXT, "problem": TEXT})

    def select(self, where: str, parameters: Sequence | None = None) -> Analysis:
        """Analysis of the articles that meet `where`.

        `where` is a condition in SQL on the columns of documents:

        corpus.select("outlet = ? AND published >= '2026-03-01'", ["Clear Signal"])

        Raises ValueError where the offsets or ids of a row do not fit the articles.
        """
        chosen = self.sql(f"SELECT doc_id FROM documents WHERE {where}", parameters)
        self._connection.register("chosen", chosen)
        tables = {}
        try:
            for name in TABLES:
                frame = self.sql(f"SELECT * FROM {name} SEMI JOIN chosen USING (doc_id)")
                order = [column for column in frame.columns if column.endswith("_id") or column == "start"]
                frame = frame.sort_values(order, kind="stable", ignore_index=True)
                tables[name] = typed(frame, name)
        finally:
            self._connection.unregister("chosen")
        require_consistent(tables, of=str(self.out))
        return Analysis(**tables, rules=self.rules)

    @cached_property
    def documents(self) -> pd.DataFrame:
        """The documents without text, byline and standfirst. One row per article."""
        frame = self.sql("SELECT * EXCLUDE (text, byline, standfirst) FROM documents ORDER BY doc_id")
        kinds = {name: DOCUMENTS[name] for name in frame.columns if DOCUMENTS.get(name, TIME) != TIME}
        return frame.astype(kinds).assign(published=pd.to_datetime(frame["published"], utc=True))

    def close(self) -> None:
        """Close the connection, so that the folder may be moved or removed."""
        self._connection.close()
