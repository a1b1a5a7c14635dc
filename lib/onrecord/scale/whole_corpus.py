"""What needs all articles of a corpus at once: one name for each person.

DuckDB counts and joins. In memory are the different names of the corpus, and the appearances of the persons
with one last name at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.scale.files import write_whole
from onrecord.scale.views import connect, quoted
from onrecord.sources.inferred_names import Appearance, inferred_names
from onrecord.sources.known_sectors import Described, inferred_sectors
from onrecord.sources.names import canonical_names, day_of, known_value, may_stand_apart, names_apart
from onrecord.sources.organisation_names import canonical_organisations
from onrecord.wordlists import Lists

_ROWS = 10_000  # read or written at once
_PERSON = "naming = 'named' AND form = 'person' AND name IS NOT NULL"
_ORGANISATION = "naming = 'institution' AND name IS NOT NULL"


def write_names(out: Path, lists: Lists) -> None:
    """Write names.parquet, inferred.parquet and sectors.parquet (see add_names).

    The names are those of the whole corpus. names.parquet: kind (person, organisation), name as in one
    article, chosen. inferred.parquet: doc_id, name as chosen, full: persons of whom an article has only
    the last name. sectors.parquet: kind, name as chosen, sector: for sources of which an article does not
    give it.
    """
    if not any((out / "sources").glob("part-*.parquet")):
        return
    with connect(out) as connection:
        for name in ("sources", "documents"):
            parts = quoted(out / name / "part-*.parquet")
            connection.execute(f"CREATE TEMP VIEW {name} AS FROM read_parquet('{parts}')")
        names = (("kind", "name", "chosen"), _chosen_names(connection, lists))
        inferred = (("doc_id", "name", "full"), _full_names(connection, lists))
        sectors = (("kind", "name", "sector"), _known_sectors(connection))
        # In this order: what is written is a table of the queries after it.
        for name, (columns, rows) in {"names": names, "inferred": inferred, "sectors": sectors}.items():
            path = out / f"{name}.parquet"
            _write_rows(path, columns, rows)
            connection.execute(f"CREATE TEMP VIEW {name} AS FROM read_parquet('{quoted(path)}')")


def _chosen_names(connection: duckdb.DuckDBPyConnection, lists: Lists) -> Iterator[tuple[str, ...]]:
    """Yield kind, name, and the name chosen for that person or organisation."""
    persons, organisations = (
        dict(_rows(connection, f"SELECT name, count(*) FROM sources WHERE {kind} GROUP BY name ORDER BY 1"))
        for kind in (_PERSON, _ORGANISATION)
    )
    # Only articles with a suffix or a middle initial can set two names apart.
    apart = [(name,) for name in persons if may_stand_apart(name)]
    connection.register("apart", _table(("name",), apart))
    together = _rows(
        connection,
        f"WITH persons AS (SELECT doc_id, name FROM sources WHERE {_PERSON}) "
        "SELECT doc_id, name FROM persons "
        "WHERE doc_id IN (SELECT doc_id FROM persons SEMI JOIN apart USING (name))",
    )
    for name, best in canonical_names(persons, lists, names_apart(together)).items():
        yield "person", name, best
    for name, best in canonical_organisations(organisations, lists).items():
        yield "organisation", name, best


def _full_names(connection: duckdb.DuckDBPyConnection, lists: Lists) -> Iterator[tuple[str, ...]]:
    """Yield doc_id, last name alone, and the full name that other articles give it."""
    of_persons = _rows(connection, "SELECT DISTINCT chosen FROM names WHERE kind = 'person'")
    chosen = [name for (name,) in of_persons]
    alone = {name.casefold() for name in chosen if " " not in name}
    last_names = ((name, name.rpartition(" ")[2].casefold()) for name in chosen)
    families = [(name, last) for name, last in last_names if last in alone]
    connection.register("families", _table(("chosen", "last"), families))
    rows = _rows(
        connection,
        "SELECT last, s.doc_id, chosen, outlet, published, gender, sector "
        f"FROM (FROM sources WHERE {_PERSON}) s JOIN (FROM names WHERE kind = 'person') USING (name) "
        "JOIN families USING (chosen) JOIN documents d ON s.doc_id = d.doc_id ORDER BY last, s.doc_id, name",
    )
    for _, family in groupby(rows, key=lambda row: row[0]):
        seen = (
            Appearance(doc_id, name, outlet, day_of(published), known_value(gender), known_value(sector))
            for _, doc_id, name, outlet, published, gender, sector in family
        )
        for (doc_id, name), full in inferred_names(seen, lists).items():
            yield doc_id, name, full


def _known_sectors(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, ...]]:
    """Yield kind, name and sector of persons and organisations."""
    rows = _rows(
        connection,
        "SELECT n.kind, coalesce(i.full, n.chosen) AS chosen, sector, bool_or(title IS NOT NULL), count(*) "
        f"FROM (SELECT *, CASE WHEN {_PERSON} THEN 'person' WHEN {_ORGANISATION} THEN 'organisation' END "
        "AS kind FROM sources) s "
        "JOIN names n ON n.kind = s.kind AND n.name = s.name "
        "LEFT JOIN inferred i ON i.doc_id = s.doc_id AND i.name = n.chosen AND n.kind = 'person' "
        "WHERE sector <> 'unknown' GROUP BY ALL ORDER BY ALL",
    )
    described = (
        Described(kind, name, sector, has_title and kind == "person", n)
        for kind, name, sector, has_title, n in rows
    )
    for (kind, name), sector in inferred_sectors(described).items():
        yield kind, name, sector


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple]:
    """Yield the rows of a query, with some thousands as Python's objects."""
    found = connection.execute(query)
    while some := found.fetchmany(_ROWS):
        yield from some


def _table(columns: Sequence[str], rows: Iterable[tuple[str, ...]]) -> pa.Table:
    """Table of text from its rows."""
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pa.table({name: pa.array(part, pa.string()) for name, part in zip(columns, values, strict=True)})


def _write_rows(path: Path, columns: Sequence[str], rows: Iterator[tuple[str, ...]]) -> None:
    """Write rows of text as Parquet, some thousands at a time."""

    def write(beside: Path) -> None:
        with pq.ParquetWriter(beside, _table(columns, ()).schema) as writer:
            while some := list(islice(rows, _ROWS)):
                writer.write_table(_table(columns, some))

    write_whole(path, write)
