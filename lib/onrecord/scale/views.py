"""The tables of a corpus as views of DuckDB over its Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from onrecord.analysis import TABLES
from onrecord.tables import COUNT, FLAG, SHARE, TEXT, TIME, added_columns

# Memory that DuckDB may use; beyond that it continues on disk. Not tuned: small enough for a laptop.
MEMORY_LIMIT = "1GB"

PARTS = "part-*.parquet"  # other files in the folder of a table are not ours

_TYPES = {TEXT: "VARCHAR", COUNT: "BIGINT", FLAG: "BOOLEAN", SHARE: "DOUBLE", TIME: "TIMESTAMPTZ"}


@contextmanager
def connect(out: Path, memory_limit: str = MEMORY_LIMIT) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a connection limited to `memory_limit`, without a network."""
    connection = open_connection(out, memory_limit)
    try:
        yield connection
    finally:
        connection.close()


def open_connection(out: Path, memory_limit: str) -> duckdb.DuckDBPyConnection:
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


_NAMES = ("names.parquet", "inferred.parquet", "sectors.parquet")


def view_of(out: Path, name: str) -> str:
    """The query that reads a table, which may be empty, from its parts."""
    schema = TABLES.get(name, {"doc_id": TEXT, "reason": TEXT})
    if not any((out / name).glob(PARTS)):
        columns = [f"NULL::{_TYPES[kind]} AS {name_in_sql(column)}" for column, kind in schema.items()]
        return f"SELECT {', '.join(columns)} WHERE false"
    parts = f"read_parquet('{quoted(out / name / PARTS)}')"
    if added := _added_columns(out, name):
        parts = f"(SELECT *, {', '.join(added)} FROM {parts})"
    if name == "documents" and (out / "copies.parquet").exists():
        return (
            "SELECT d.* REPLACE (coalesce(d.duplicate_of, c.duplicate_of) AS duplicate_of) "
            f"FROM {parts} d LEFT JOIN read_parquet('{quoted(out / 'copies.parquet')}') c USING (doc_id)"
        )
    if name == "sources" and (out / "names.parquet").exists():
        names, inferred, sectors = (f"read_parquet('{quoted(out / name)}')" for name in _NAMES)
        if not (out / "sectors.parquet").exists():  # of an earlier version
            sectors = "(SELECT '' AS kind, '' AS name, '' AS sector WHERE false)"
        kind = (
            "CASE WHEN s.naming = 'named' AND s.form = 'person' THEN 'person' "
            "WHEN s.naming = 'institution' THEN 'organisation' END"
        )
        takes = "s.sector = 'unknown' AND k.sector IS NOT NULL"
        return (
            "SELECT s.* REPLACE (coalesce(i.full, n.chosen, s.name) AS name, "
            "i.full IS NOT NULL AS is_name_inferred, "
            f"CASE WHEN {takes} THEN k.sector ELSE s.sector END AS sector, "
            f"coalesce({takes}, false) AS is_sector_inferred) FROM {parts} s "
            f"LEFT JOIN {names} n ON s.name = n.name AND n.kind = {kind} "
            f"LEFT JOIN {inferred} i ON s.doc_id = i.doc_id AND n.chosen = i.name AND n.kind = 'person' "
            f"LEFT JOIN {sectors} k ON k.kind = n.kind AND k.name = coalesce(i.full, n.chosen)"
        )
    return f"SELECT * FROM {parts}"


def _added_columns(out: Path, name: str) -> list[str]:
    """Columns, all NULL, that the parts of an earlier version do not have."""
    known = pq.read_schema(min((out / name).glob(PARTS))).names
    columns = added_columns(name, known)
    return [f"NULL::{_TYPES[TABLES[name][column]]} AS {name_in_sql(column)}" for column in columns]


def quoted(path: Path) -> str:
    """A path for SQL, within quotation marks."""
    return str(path).replace("'", "''")


def name_in_sql(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
