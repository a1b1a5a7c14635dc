"""Counts of an analysed corpus in DuckDB, article by article, for the measures."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from copy import copy
from typing import Self

import duckdb
import numpy as np
import pandas as pd

from onrecord.analysis import TABLES
from onrecord.choices import require_choice
from onrecord.measures.countable import ArticleCounts, Condition, Countable
from onrecord.measures.narrowed import OPENING
from onrecord.measures.units import DEFINITIONS, PEOPLE, UNITS
from onrecord.scale.views import name_in_sql
from onrecord.tables import as_table, require

_PEOPLE, _STANDARD = (", ".join(map(repr, values)) for values in (PEOPLE, DEFINITIONS["standard"]))
_UNNAMED = f"coalesce(naming IN ({_STANDARD}) AND source_form IN ({_PEOPLE}), false)"
_MARKS = ("disclosures", "scare_quotes")  # tables that count_values counts as they are


class CountedOnDisk(Countable):
    """The Countable of a corpus on disk: what Countable asks for, as queries."""

    _connection: duckdb.DuckDBPyConnection
    # The queries for the rows that the measures count.
    _attributions = "SELECT * FROM attributions"
    _sources = "SELECT * FROM sources"
    is_selected = False

    def select_acts(self, acts: Sequence[str], min_probability: float) -> Self:
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

    def narrow(self, *, turn: str | None = None, choosable: bool = False) -> Self:
        """Return the corpus with fewer attributions and sources; see measures.countable."""
        narrower = copy(self)
        if choosable:
            # Kept as a table: the queries need it several times.
            left_out = f"left_out_{abs(hash(self._sources))}"
            query = _AT_THE_TOP.format(sources=self._sources)
            self._connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {left_out} AS {query}")
            kept = f"ANTI JOIN {left_out} USING (doc_id, source_id)"
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
        units = self._units(
            of, *{column for condition in [*hits.values(), where or {}] for column in condition}
        )
        conditions = [_condition(condition) for condition in hits.values()]
        sums = [f"sum({weight}) FILTER ({sql})" for sql, _ in conditions]
        limit, values = _condition(where or {})
        columns = ", ".join([f"sum({weight})", *sums])
        parameters = [value for _, part in conditions for value in part]
        query = f"SELECT doc_id, {columns} FROM ({units}) WHERE {limit} GROUP BY doc_id"
        found = self._connection.execute(query, [*parameters, *values]).fetchnumpy()
        (doc_ids, *counts) = found.values()
        filled: list[np.ndarray] = [np.ma.filled(np.ma.asarray(n, dtype=float), 0.0) for n in counts]
        table = pd.DataFrame(dict(enumerate(filled)))
        table = table.set_axis(np.asarray(doc_ids, dtype=object), axis=0)
        table = table.reindex(self.documents["doc_id"].to_numpy(), fill_value=0.0)
        return ArticleCounts(table.iloc[:, 1:].set_axis(list(hits), axis=1), table[0])

    def values_of(self, of: str, column: str) -> list:
        """The values of a column; see measures.countable."""
        query = f"SELECT DISTINCT {name_in_sql(column)} AS value FROM ({self._units(of, column)})"
        return sorted(self._frame(query)["value"].dropna().tolist())

    def count_values(self, of: str, columns: Sequence[str]) -> pd.DataFrame:
        """The units of each article by their values; see measures.countable."""
        names = ", ".join(map(name_in_sql, columns))
        query = (
            f"SELECT doc_id, {names}, count(*) AS n_units FROM ({self._units(of, *columns)}) "
            f"WHERE {name_in_sql(columns[0])} IS NOT NULL GROUP BY doc_id, {names}"
        )
        frame = self._frame(query)
        return frame.astype({"doc_id": "string", **{name: "string" for name in _texts(frame, columns)}})

    def speaker_counts(self) -> pd.DataFrame:
        """The attributions to each named source; see measures.countable."""
        query = (
            f"SELECT doc_id, name, n_attributions, n_words_quoted FROM ({self._sources}) "
            "WHERE name IS NOT NULL"
        )
        kinds = {"doc_id": "string", "name": "string", "n_attributions": "Int64", "n_words_quoted": "Int64"}
        return self._frame(query).astype(kinds)

    def rows_of(
        self, table: str, *, where: Condition | None = None, doc_ids: Iterable[str] | None = None
    ) -> pd.DataFrame:
        """The rows of a table by article; see measures.countable."""
        limit, values = _condition(where or {})
        rows = f"SELECT * FROM ({self._rows(table)}) WHERE {limit}"
        if doc_ids is not None:
            self._connection.register("chosen", pd.DataFrame({"doc_id": list(doc_ids)}, dtype="object"))
            rows += " AND doc_id IN (SELECT doc_id FROM chosen)"
        key = f"{table.removesuffix('s')}_id"
        try:
            frame = self._frame(f"{rows} ORDER BY doc_id, {key}", values)
        finally:
            if doc_ids is not None:
                self._connection.unregister("chosen")
        return typed(frame, table)

    def article_flags(self) -> pd.DataFrame:
        """The article flags, indexed by doc_id; see measures.flags.add_flags."""
        query = _FLAGS.format(said=self._units("attributions"), sources=self._units("sources"))
        found = self._frame(query).set_index("doc_id").astype("boolean")
        return found.reindex(self.documents["doc_id"].to_numpy())

    def _frame(self, query: str, parameters: Sequence | None = None) -> pd.DataFrame:
        return self._connection.execute(query, parameters).df()

    def _rows(self, table: str) -> str:
        """The query for the rows of a table, as far as they are counted."""
        return {"sources": self._sources, "attributions": self._attributions}.get(
            table, f"SELECT * FROM {table}"
        )

    def _units(self, of: str, *columns: str) -> str:
        """The query for the units that `of` counts; they must have `columns`."""
        require_choice("of", of, (*UNITS, *_MARKS))
        query = self._query_for(of)
        if columns:
            require(self._frame(f"SELECT * FROM ({query}) LIMIT 0"), columns, table=of)
        return query

    def _query_for(self, of: str) -> str:
        if of in _MARKS:
            return f"SELECT * FROM {of}"
        sources = (
            f"SELECT * RENAME (form AS source_form) FROM ({self._sources}) "
            "WHERE form NOT IN ('narrator', 'none')"
        )
        if of == "sources":
            return sources
        if of == "unnamed_sources":
            return f"SELECT * FROM ({sources}) WHERE {_UNNAMED}"
        return (
            "SELECT a.*, s.* EXCLUDE (doc_id, source_id, n_attributions, n_statements, n_words_quoted) "
            f"FROM ({self._attributions}) a LEFT JOIN ({sources}) s USING (doc_id, source_id)"
        )


def typed(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """A table as DuckDB returns it, with the types of its schema."""
    schema = TABLES[table]
    extra = [column for column in frame.columns if column not in schema]
    known = as_table({name: frame[name].tolist() for name in schema}, schema)
    return pd.concat([known, frame[extra]], axis=1)


def _texts(frame: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    return [name for name in columns if pd.api.types.is_string_dtype(frame[name].dtype)]


def _condition(condition: Condition) -> tuple[str, list]:
    """A condition as SQL that is never NULL, and its parameters."""
    parts: list[str] = ["true"]
    values: list = []
    for column, allowed in condition.items():
        if allowed is None:
            parts.append(f"{name_in_sql(column)} IS NOT NULL")
        else:
            slots = ", ".join("?" * len(allowed))
            parts.append(f"coalesce({name_in_sql(column)} IN ({slots}), false)" if len(allowed) else "false")
            values += [value.item() if isinstance(value, np.generic) else value for value in allowed]
    return " AND ".join(parts), values


# People whom the headline or the first paragraph names; see measures.narrowed. A pattern for each row is
# slow, so a last name of letters alone is searched as text among the words of the top.
_WORDS_OF = r"(' ' || regexp_replace({}, '[^\pL\pN_]', ' ', 'g') || ' ')"
_AT_THE_TOP = r"""
    WITH tops AS (
        SELECT doc_id, coalesce(headline, '') || chr(10) ||
            regexp_extract(ltrim(coalesce(text, ''), chr(10)), '{opening}') AS top
        FROM documents
    ),
    top_words AS (SELECT doc_id, top, {top_words} AS words FROM tops),
    people AS (
        SELECT doc_id, source_id, last, {last_words} AS words
        FROM (
            SELECT doc_id, source_id, regexp_extract(trim(name), '\S+$') AS last FROM ({{sources}})
            WHERE form = 'person' AND name IS NOT NULL
        )
    )
    SELECT p.doc_id, p.source_id FROM people p JOIN top_words t USING (doc_id)
    WHERE contains(t.words, p.words) AND CASE
        WHEN p.words = ' ' || p.last || ' ' THEN true
        ELSE regexp_matches(t.top, '(^|[^\pL\pN_])' || regexp_escape(p.last) || '([^\pL\pN_]|$)')
    END
""".format(
    opening=OPENING.replace("{", "{{").replace("}", "}}"),
    top_words=_WORDS_OF.format("top"),
    last_words=_WORDS_OF.format("last"),
)

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
