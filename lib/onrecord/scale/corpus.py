"""An analysed corpus on disk: SQL, selections, and counts for the measures."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from functools import cached_property
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from onrecord.analysis import TABLES, Analysis
from onrecord.choices import require_choice
from onrecord.measures.countable import ArticleCounts, Condition, Countable
from onrecord.measures.narrowed import OPENING
from onrecord.measures.units import DEFINITIONS, PEOPLE
from onrecord.scale.files import is_whole, read_json
from onrecord.tables import COUNT, DOCUMENTS, FLAG, SHARE, TEXT, TIME, added_columns, as_table

# Memory that DuckDB may use; beyond that it continues on disk. Not tuned: small enough for a laptop.
MEMORY_LIMIT = "1GB"

_PEOPLE, _STANDARD = (", ".join(map(repr, values)) for values in (PEOPLE, DEFINITIONS["standard"]))
_UNNAMED = f"coalesce(naming IN ({_STANDARD}) AND source_form IN ({_PEOPLE}), false)"
_TYPES = {TEXT: "VARCHAR", COUNT: "BIGINT", FLAG: "BOOLEAN", SHARE: "DOUBLE", TIME: "TIMESTAMPTZ"}


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


class AnalysedCorpus(Countable):
    """Corpus of any size that analyse_corpus wrote to a folder.

    `open_corpus` opens it. It has the tables of an Analysis and failures, on disk. `sql`
    queries them; `select` returns some articles as an Analysis. Each measure that counts within articles
    (share_unnamed, share_each, share_reasons, share_flags, mean_level, compare_shares, diversity and
    concentration of speakers, count_co_quoted) accepts an AnalysedCorpus in place of an Analysis. It counts
    on disk, so that only the counts of each article are in memory.

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
            raise ValueError(
                f"{self.out / damaged[0]} is damaged: it does not have the size that was written "
                f"({len(damaged)} files in all); run analyse_corpus again with the same source, which "
                "analyses the damaged parts again."
            )
        self.rules: str = state["rules"]
        self.n_articles: int = state["n_articles"]
        self.n_words: int = state["n_words"]
        self.is_selected = False
        self._attributions = "SELECT * FROM attributions"  # those that the measures count
        self._sources = "SELECT * FROM sources"
        self._connection = _connection(self.out, memory_limit)
        for name in (*TABLES, "failures"):
            self._connection.execute(f"CREATE VIEW {name} AS {_view(self.out, name)}")

    def __repr__(self) -> str:
        return f"AnalysedCorpus({str(self.out)!r}): {self.n_articles:,} articles, {self.n_words:,} words"

    def sql(self, query: str, parameters: Sequence | None = None) -> pd.DataFrame:
        """Result of a query in DuckDB's SQL over the tables and failures.

        `parameters` replace the question marks of the query. The tables cannot be changed.
        """
        return self._connection.execute(query, parameters).df()

    def check(self) -> pd.DataFrame:
        """Files of the corpus that are not as they were written. One row per file.

        All files are read. Columns: file (its path in the folder), problem. No row where all are whole; else
        analyse_corpus with the same source analyses these parts again.

        >>> len(onrecord.analyse_corpus(documents.head(2), "corpus", workers=1).check())
        0
        """
        read = read_json(self.out / "state" / "read.json") or {"parts": {}}
        rows = [
            (name, "damaged" if (self.out / name).exists() else "missing")
            for name, mark in {**read["parts"], **self._marks}.items()
            if not is_whole(self.out / name, mark)
        ]
        return as_table(rows, {"file": TEXT, "problem": TEXT})

    def select(self, where: str, parameters: Sequence | None = None) -> Analysis:
        """Analysis of the articles that meet `where`.

        `where` is a condition in SQL on the columns of documents:

        corpus.select("outlet = ? AND published >= '2026-03-01'", ["Clear Signal"])
        """
        chosen = self.sql(f"SELECT doc_id FROM documents WHERE {where}", parameters)
        self._connection.register("chosen", chosen)
        tables = {}
        try:
            for name, schema in TABLES.items():
                frame = self.sql(f"SELECT * FROM {name} SEMI JOIN chosen USING (doc_id)")
                order = [column for column in frame.columns if column.endswith("_id") or column == "start"]
                if name != "documents":
                    frame = frame.sort_values(order, kind="stable", ignore_index=True)
                extra = [column for column in frame.columns if column not in schema]
                typed = as_table({column: frame[column].tolist() for column in schema}, schema)
                tables[name] = pd.concat([typed, frame[extra]], axis=1)
        finally:
            self._connection.unregister("chosen")
        return Analysis(**tables, rules=self.rules)

    @cached_property
    def documents(self) -> pd.DataFrame:
        """The documents without text, byline and standfirst. One row per article."""
        frame = self.sql("SELECT * EXCLUDE (text, byline, standfirst) FROM documents ORDER BY doc_id")
        kinds = {name: DOCUMENTS[name] for name in frame.columns if DOCUMENTS.get(name, TIME) != TIME}
        return frame.astype(kinds).assign(published=pd.to_datetime(frame["published"], utc=True))

    def select_acts(self, acts: Sequence[str], min_probability: float) -> AnalysedCorpus:
        """The corpus with the attributions that measures count; see measures.acts."""
        names = ", ".join(map(repr, acts))
        selected = copy(self)
        selected.is_selected = True
        selected._attributions = (
            f"SELECT * FROM attributions WHERE coalesce(act IN ({names}), true) "
            f"AND coalesce(probability >= {float(min_probability)!r}, true)"
        )
        selected._sources = (
            "SELECT s.* REPLACE (k.n_attributions AS n_attributions, k.n_words_quoted AS n_words_quoted) "
            "FROM sources s JOIN (SELECT doc_id, source_id, count(*) AS n_attributions, "
            f"sum(n_words_quoted)::BIGINT AS n_words_quoted FROM ({selected._attributions}) "
            "GROUP BY doc_id, source_id) k USING (doc_id, source_id)"
        )
        return selected

    def narrow(self, *, turn: str | None = None, choosable: bool = False) -> AnalysedCorpus:
        """Return the corpus with fewer attributions and sources; see measures.countable."""
        narrower = copy(self)
        if choosable:
            kept = f"ANTI JOIN ({_AT_THE_TOP.format(sources=self._sources)}) USING (doc_id, source_id)"
            narrower._attributions = f"SELECT * FROM ({self._attributions}) {kept}"
            narrower._sources = f"SELECT * FROM ({self._sources}) {kept}"
        if turn is not None:
            pick = "arg_min" if turn == "first" else "arg_max"
            chosen = (
                f"SELECT doc_id, {pick}(attribution_id, attribution_id) AS attribution_id, "
                f"{pick}(source_id, attribution_id) AS source_id "
                f"FROM ({narrower._attributions}) SEMI JOIN (SELECT doc_id, source_id FROM sources "
                "WHERE form NOT IN ('narrator', 'none')) USING (doc_id, source_id) GROUP BY doc_id"
            )
            attributions, sources = narrower._attributions, narrower._sources
            narrower._attributions = (
                f"SELECT * FROM ({attributions}) SEMI JOIN ({chosen}) USING (doc_id, attribution_id)"
            )
            narrower._sources = f"SELECT * FROM ({sources}) SEMI JOIN ({chosen}) USING (doc_id, source_id)"
        return narrower

    def article_counts(
        self, of: str, hits: Mapping[Hashable, Condition], *, where: Condition | None = None
    ) -> ArticleCounts:
        """The counts by article, counted on disk; see measures.countable."""
        weight = "coalesce(n_words_quoted, 0)" if of == "words" else "1"
        conditions = [_condition(condition) for condition in hits.values()]
        sums = [f"sum({weight}) FILTER ({sql})" for sql, _ in conditions]
        limit, values = _condition(where or {})
        columns = ", ".join([f"sum({weight})", *sums])
        parameters = [value for _, part in conditions for value in part]
        query = f"SELECT doc_id, {columns} FROM ({self._units(of)}) WHERE {limit} GROUP BY doc_id"
        found = self._connection.execute(query, [*parameters, *values]).fetchnumpy()
        (doc_ids, *counts) = found.values()
        filled: list[np.ndarray] = [np.ma.filled(np.ma.asarray(n, dtype=float), 0.0) for n in counts]
        table = pd.DataFrame(dict(enumerate(filled)))
        table = table.set_axis(np.asarray(doc_ids, dtype=object), axis=0)
        table = table.reindex(self.documents["doc_id"].to_numpy(), fill_value=0.0)
        return ArticleCounts(table.iloc[:, 1:].set_axis(list(hits), axis=1), table[0])

    def values_of(self, of: str, column: str) -> list:
        """The values of a column; see measures.countable."""
        query = f"SELECT DISTINCT {_name(column)} AS value FROM ({self._units(of)})"
        return sorted(self.sql(query)["value"].dropna().tolist())

    def speaker_counts(self) -> pd.DataFrame:
        """The number of attributions by article and named speaker."""
        return self.sql(f"SELECT doc_id, name, n_attributions FROM ({self._sources}) WHERE name IS NOT NULL")

    def article_flags(self) -> pd.DataFrame:
        """The article flags, indexed by doc_id; see measures.flags.add_flags."""
        found = self.sql(
            _FLAGS.format(said=self._units("attributions"), sources=self._units("sources"))
        ).set_index("doc_id")
        return found.reindex(self.documents["doc_id"].to_numpy())

    def _units(self, of: str) -> str:
        """The query for the units that `of` counts; see measures.units."""
        sources = (
            f"SELECT * RENAME (form AS source_form) FROM ({self._sources}) "
            "WHERE form NOT IN ('narrator', 'none')"
        )
        if of == "sources":
            return sources
        if of == "unnamed_sources":
            return f"SELECT * FROM ({sources}) WHERE {_UNNAMED}"
        require_choice("of", of, ("attributions", "words", "sources", "unnamed_sources"))
        return (
            "SELECT a.*, s.* EXCLUDE (doc_id, source_id, n_attributions, n_statements, n_words_quoted) "
            f"FROM ({self._attributions}) a LEFT JOIN ({sources}) s USING (doc_id, source_id)"
        )

    def close(self) -> None:
        """Close the connection, so that the folder may be moved or removed."""
        self._connection.close()


@contextmanager
def connect(out: Path, memory_limit: str = MEMORY_LIMIT) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a connection limited to `memory_limit`, without a network."""
    connection = _connection(out, memory_limit)
    try:
        yield connection
    finally:
        connection.close()


def _connection(out: Path, memory_limit: str) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(
        config={
            "memory_limit": memory_limit,
            "temp_directory": str(out / "state" / "temp"),
            "preserve_insertion_order": False,
            # DuckDB must not download extensions.
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )


_NAMES = ("names.parquet", "inferred.parquet")


def _view(out: Path, name: str) -> str:
    """The query that reads a table, which may be empty, from its parts."""
    schema = TABLES.get(name, {"doc_id": TEXT, "reason": TEXT})
    if not any((out / name).glob("*.parquet")):
        columns = [f"NULL::{_TYPES[kind]} AS {_name(column)}" for column, kind in schema.items()]
        return f"SELECT {', '.join(columns)} WHERE false"
    parts = f"read_parquet('{_quoted(out / name / '*.parquet')}')"
    if added := _added_columns(out, name):
        parts = f"(SELECT *, {', '.join(added)} FROM {parts})"
    if name == "documents" and (out / "copies.parquet").exists():
        return (
            "SELECT d.* REPLACE (coalesce(d.duplicate_of, c.duplicate_of) AS duplicate_of) "
            f"FROM {parts} d LEFT JOIN read_parquet('{_quoted(out / 'copies.parquet')}') c USING (doc_id)"
        )
    if name == "sources" and (out / "names.parquet").exists():
        names, inferred = (f"read_parquet('{_quoted(out / name)}')" for name in _NAMES)
        kind = (
            "CASE WHEN s.naming = 'named' AND s.form = 'person' THEN 'person' "
            "WHEN s.naming = 'institution' THEN 'organisation' END"
        )
        return (
            "SELECT s.* REPLACE (coalesce(i.full, n.chosen, s.name) AS name, "
            f"i.full IS NOT NULL AS is_name_inferred) FROM {parts} s "
            f"LEFT JOIN {names} n ON s.name = n.name AND n.kind = {kind} "
            f"LEFT JOIN {inferred} i ON s.doc_id = i.doc_id AND n.chosen = i.name AND n.kind = 'person'"
        )
    return f"SELECT * FROM {parts}"


def _added_columns(out: Path, name: str) -> list[str]:
    """Columns, all NULL, that the parts of an earlier version do not have."""
    known = pq.read_schema(min((out / name).glob("*.parquet"))).names
    columns = added_columns(name, known)
    return [f"NULL::{_TYPES[TABLES[name][column]]} AS {_name(column)}" for column in columns]


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _condition(condition: Condition) -> tuple[str, list]:
    """A condition as SQL that is never NULL, and its parameters."""
    parts: list[str] = ["true"]
    values: list = []
    for column, allowed in condition.items():
        if allowed is None:
            parts.append(f"{_name(column)} IS NOT NULL")
        else:
            slots = ", ".join("?" * len(allowed))
            parts.append(f"coalesce({_name(column)} IN ({slots}), false)" if len(allowed) else "false")
            values += [value.item() if isinstance(value, np.generic) else value for value in allowed]
    return " AND ".join(parts), values


# People whom the headline or the first paragraph names; see measures.narrowed.
_AT_THE_TOP = (
    "SELECT s.doc_id, s.source_id FROM ({{sources}}) s JOIN documents d USING (doc_id) "
    "WHERE s.form = 'person' AND s.name IS NOT NULL AND regexp_matches("
    r"coalesce(d.headline, '') || chr(10) || "
    r"regexp_extract(ltrim(coalesce(d.text, ''), chr(10)), '{opening}'), "
    r"'(^|[^\pL\pN_])' || regexp_escape(regexp_extract(trim(s.name), '\S+$')) || '([^\pL\pN_]|$)')"
).format(opening=OPENING.replace("{", "{{").replace("}", "}}"))

_FLAGS = f"""
    WITH said AS (SELECT *, {_UNNAMED} AS is_unnamed FROM ({{said}})),
    per_said AS (
        SELECT doc_id,
            bool_and(is_unnamed) FILTER (source_form IN ({_PEOPLE})) AS only_unnamed,
            arg_min(is_unnamed, attribution_id) AS lead,
            arg_min(is_unnamed, attribution_id) FILTER (form IN ('direct', 'mixed')) AS first_quotation
        FROM said GROUP BY doc_id
    ),
    per_source AS (
        SELECT doc_id, count(*) AS n, bool_or(marker IS NOT NULL) AS has_marker,
            bool_or(reason IS NOT NULL) AS has_reason
        FROM ({{sources}}) GROUP BY doc_id
    )
    SELECT doc_id,
        coalesce(n, 0) = 0 AS has_no_source,
        coalesce(n, 0) = 1 AS is_single_source,
        coalesce(only_unnamed, false) AS is_anonymous_only,
        coalesce(lead, false) AS is_anonymous_lead,
        coalesce(first_quotation, false) AS is_anonymous_first_quotation,
        coalesce(has_marker, false) AS has_marker,
        coalesce(has_reason, false) AS has_reason
    FROM (SELECT doc_id FROM documents)
    LEFT JOIN per_said USING (doc_id) LEFT JOIN per_source USING (doc_id)
"""
