"""What needs all articles of a corpus at once: one name for each person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.scale.files import write_whole
from onrecord.scale.views import connect
from onrecord.sources.inferred_names import Appearance, inferred_names
from onrecord.sources.known_sectors import Described, inferred_sectors
from onrecord.sources.names import (
    canonical_names,
    day_of,
    known_value,
    names_apart,
)
from onrecord.sources.organisation_names import canonical_organisations
from onrecord.wordlists import Lists


def write_names(out: Path, lists: Lists) -> None:
    """Write names.parquet, inferred.parquet and sectors.parquet (see add_names).

    The names are those of the whole corpus. names.parquet: kind (person, organisation), name as in one
    article, chosen. inferred.parquet: doc_id, name as chosen, full: persons of whom an article has only
    the last name. sectors.parquet: kind, name as chosen, sector: for sources of which an article does not
    give it.
    """
    with connect(out) as connection:
        if not any((out / "sources").glob("part-*.parquet")):
            return
        sources, documents = (str(out / name / "part-*.parquet") for name in ("sources", "documents"))
        counted = connection.execute(
            "SELECT form = 'person' AND naming = 'named' AS is_person, name, count(*) FROM read_parquet(?) "
            "WHERE name IS NOT NULL AND (naming = 'institution' OR (naming = 'named' AND form = 'person')) "
            "GROUP BY ALL ORDER BY name",
            [sources],
        ).fetchall()
        persons, bodies = (
            {name: n for is_person, name, n in counted if is_person == kind} for kind in (1, 0)
        )
        seen = connection.execute(
            "SELECT s.doc_id, s.name, d.outlet, d.published, s.gender, s.sector, s.title IS NOT NULL "
            "FROM read_parquet(?) s "
            "JOIN read_parquet(?) d USING (doc_id) "
            "WHERE s.name IS NOT NULL AND s.naming = 'named' AND s.form = 'person' ORDER BY s.doc_id, s.name",
            [sources, documents],
        ).fetchall()
        chosen = canonical_names(persons, lists, names_apart((doc_id, name) for doc_id, name, *_ in seen))
        organisations = canonical_organisations(bodies, lists)
        rows = [
            *(("person", name, best) for name, best in chosen.items()),
            *(("organisation", name, best) for name, best in organisations.items()),
        ]
        _write_rows(out / "names.parquet", ("kind", "name", "chosen"), rows)
        inferred = inferred_names(
            (
                Appearance(
                    doc_id, chosen[name], outlet, day_of(published), known_value(gender), known_value(sector)
                )
                for doc_id, name, outlet, published, gender, sector, _ in seen
            ),
            lists,
        )
        _write_rows(
            out / "inferred.parquet",
            ("doc_id", "name", "full"),
            [(*key, full) for key, full in inferred.items()],
        )
        described = connection.execute(
            "SELECT name, sector, count(*) FROM read_parquet(?) WHERE naming = 'institution' "
            "AND name IS NOT NULL AND sector <> 'unknown' GROUP BY ALL ORDER BY ALL",
            [sources],
        ).fetchall()
        known = [
            Described("organisation", organisations[name], of, n_articles=n) for name, of, n in described
        ]
        for doc_id, name, *_, sector, has_title in seen:
            full = inferred.get((doc_id, chosen[name]), chosen[name])
            if sector not in (None, "unknown"):
                known.append(Described("person", full, sector, has_title))
        sectors = [(*key, sector) for key, sector in inferred_sectors(known).items()]
        _write_rows(out / "sectors.parquet", ("kind", "name", "sector"), sectors)


def _write_rows(path: Path, columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
    """Write rows of text as Parquet."""
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    table = pa.table({name: pa.array(part, pa.string()) for name, part in zip(columns, values, strict=True)})
    write_whole(path, lambda temporary: pq.write_table(table, temporary))
