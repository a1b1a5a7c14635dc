"""Which articles of a corpus repeat an earlier one, over all of its texts.

The first pass writes a few keys of each article. DuckDB joins the articles that share a key, directly or
through others. Only such groups can contain copies, so the texts of one group at a time are compared, in the
same way and order as find_duplicates does. The result is the same, and memory contains the originals of one
group.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from onrecord.corpus.duplicates import Originals, plain_url
from onrecord.corpus.signatures import band_keys, content_key, shingles, text_key
from onrecord.scale.files import is_whole, read_json, write_json, write_whole
from onrecord.scale.views import quoted

_ROWS = 500  # articles of a group read at once
_RESULT = "copies.parquet"


class Signatures:
    """Keys of the articles, one file per part."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.n_articles = 0
        self.has_copies = False  # whether the source names some copies itself
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.parquet"):
            old.unlink()

    def add(self, documents: pd.DataFrame) -> np.ndarray:
        """Write the keys of some articles; return their numbers in the corpus."""
        numbers = np.arange(self.n_articles, self.n_articles + len(documents))
        self.n_articles += len(documents)
        self.has_copies = self.has_copies or bool(documents["duplicate_of"].notna().any())
        texts = [text if isinstance(text, str) else None for text in documents["text"]]
        urls = [url if isinstance(url, str) else None for url in documents["url"]]
        table = pa.table(
            {
                "number": pa.array(numbers, pa.int64()),
                "doc_id": pa.array(documents["doc_id"].tolist(), pa.string()),
                "length": pa.array([len(text or "") for text in texts], pa.int64()),
                "keys": pa.array(
                    [keys_of(text, url) for text, url in zip(texts, urls, strict=True)],
                    pa.list_(pa.uint64()),
                ),
            }
        )
        pq.write_table(table, self.folder / f"{int(numbers[0]) if len(numbers) else 0:09d}.parquet")
        return numbers


def keys_of(text: str | None, url: str | None) -> list[int]:
    """The keys of an article: it can only repeat one that has a key in common."""
    if not text or not len(own := shingles(text)):
        return []
    url = plain_url(url)
    # The url marks its key, so that no text has the same.
    addresses = [text_key(f"url {url}")] if url else []
    return [content_key(own), *addresses, *band_keys(own).tolist()]


def write_copies(out: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Write copies.parquet: the articles that repeat an earlier one, and its doc_id.

    They are those that the source names, if it names any. A finished file of the same articles is kept.
    """
    read = read_json(out / "state" / "read.json") or {"parts": {}}
    state = out / "state" / "copies.json"
    known = read_json(state)
    if known and known["parts"] == read["parts"] and is_whole(out / _RESULT, known["file"]):
        return
    state.unlink(missing_ok=True)
    if not read["parts"]:
        (out / _RESULT).unlink(missing_ok=True)
        return
    copies = [] if read["has_copies"] else sorted(_copies(out, connection))
    doc_ids, originals = zip(*copies, strict=True) if copies else ((), ())
    table = pa.table(
        {"doc_id": pa.array(doc_ids, pa.string()), "duplicate_of": pa.array(originals, pa.string())}
    )
    mark = write_whole(out / _RESULT, partial(pq.write_table, table))
    write_json(state, {"parts": read["parts"], "file": mark})


def _copies(out: Path, connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """Yield each article that repeats an earlier one, with the original."""
    signatures = f"read_parquet('{quoted(out / 'state' / 'signatures' / '*.parquet')}')"
    groups = _groups(connection, signatures)
    if groups.empty:
        return
    connection.register("groups", groups)
    texts = out / "state" / "alike.parquet"
    try:
        # One group after the other, in each the articles in the order of find_duplicates.
        connection.execute(
            "COPY (SELECT g.label, s.number, d.doc_id, d.text, d.url "
            f"FROM groups g JOIN {signatures} s USING (number) "
            f"JOIN read_parquet('{quoted(out / 'documents' / 'part-*.parquet')}') d USING (doc_id) "
            "ORDER BY g.label, d.published NULLS LAST, s.length DESC, s.number) "
            f"TO '{quoted(texts)}' (FORMAT parquet)"
        )
        label, originals = -1, Originals()
        doc_ids: dict[int, str] = {}
        for batch in pq.ParquetFile(texts).iter_batches(_ROWS):
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                if row[0] != label:
                    label, originals, doc_ids = row[0], Originals(), {}
                _, number, doc_id, text, url = row
                match = originals.match(number, text, url)
                if match is None:
                    doc_ids[number] = doc_id
                else:
                    yield doc_id, doc_ids[match.original]
    finally:
        connection.unregister("groups")
        texts.unlink(missing_ok=True)


def _groups(connection: duckdb.DuckDBPyConnection, signatures: str) -> pd.DataFrame:
    """Articles that share a key with another. One row per article: number, label.

    Each is joined to the first article with the key, not to all, so that the pairs stay few.
    """
    found = connection.execute(
        f"WITH keys AS (SELECT number, unnest(keys) AS key FROM {signatures}), "
        "firsts AS (SELECT key, min(number) AS first FROM keys GROUP BY key HAVING count(*) > 1) "
        "SELECT DISTINCT number, first FROM keys JOIN firsts USING (key) WHERE number != first"
    ).fetchnumpy()
    pairs = np.column_stack([found["number"], found["first"]]).astype(np.int64)
    numbers, ends = np.unique(pairs, return_inverse=True)
    first, second = ends.reshape(-1, 2).T
    graph = coo_array((np.ones(len(first), bool), (first, second)), shape=(len(numbers), len(numbers)))
    labels = connected_components(graph, directed=False)[1] if len(numbers) else numbers
    return pd.DataFrame({"number": numbers, "label": labels})
