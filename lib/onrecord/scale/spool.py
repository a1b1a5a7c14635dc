"""The first pass: articles are streamed into parts, paragraphs counted."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TypeAlias

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.corpus.checked import checked_documents
from onrecord.corpus.signatures import text_key
from onrecord.progress import progress
from onrecord.readers.corpus import stream_corpus
from onrecord.readers.files import list_files
from onrecord.scale.files import are_whole, checksum, marks_of, read_json, write_json, write_whole
from onrecord.scale.near_copies import Signatures
from onrecord.scale.views import quoted
from onrecord.tables import REPORT, as_column, as_table
from onrecord.text.boilerplate import IN_ARTICLES, repeatable_paragraphs

# A part is what one worker analyses at once and what an interrupted run repeats. The number of articles
# limits a part of very short texts. Neither was tuned.
PART_CHARACTERS = 1_000_000
_MOST_ARTICLES = 2000
_SMALLEST_PART, _STEPS = 100_000, 40  # of a table in memory
_ROWS = 500  # rows read from Parquet at once
_END = 1 << 16  # bytes at each end of a file that are compared


Source: TypeAlias = str | os.PathLike | list | pd.DataFrame


class HashedParagraphs:
    """Paragraphs that occur in many articles, identified by their hashes."""

    def __init__(self, hashes: np.ndarray) -> None:
        self.hashes = np.sort(np.asarray(hashes, np.uint64))

    def __contains__(self, paragraph: object) -> bool:
        key = np.uint64(text_key(str(paragraph)))
        at = int(np.searchsorted(self.hashes, key))
        return at < len(self.hashes) and self.hashes[at] == key


def read_to_parts(
    source: Source, out: Path, *, columns: Mapping[str, str] | None, rows: str, full_check: bool = False
) -> list[Path]:
    """Write the articles of `source` in parts; return the paths in order.

    The parts are out/documents/part-….parquet. `source` is a documents table, a Parquet file or folder of
    them, or files as in read_corpus. A source that was read completely before is not read again, unless a
    part is lost. It is identified by `rows` (a version of the readers) and by the names, sizes, times, and
    first and last bytes of its files; with `full_check`, by all of their bytes.
    """
    mark = {"source": _fingerprint(source), "columns": dict(columns or {}), "rows": rows}
    state = out / "state" / "read.json"
    known = read_json(state)
    is_known = known is not None and known["mark"] == mark
    if known and is_known and full_check:
        is_known = known.get("checksums") == _checksums(source)
    if known and is_known and are_whole(out, known["parts"]) and are_whole(out, known["counts"]):
        return [out / name for name in known["parts"]]
    state.unlink(missing_ok=True)
    parts: dict[str, dict] = {}
    reports: list[pd.DataFrame] = []
    hashes = _Hashes(out / "state" / "paragraphs")
    signatures = Signatures(out / "state" / "signatures")
    with progress(desc="reading", unit=" articles") as bar:
        for batch in _parts(_streams(source, columns, reports), _size_of_parts(source)):
            name = f"documents/part-{len(parts):06d}.parquet"
            parts[name] = write_whole(out / name, partial(_write, batch))
            hashes.add(batch, signatures.add(batch))
            bar.update(len(batch))
    report = pd.concat(reports, ignore_index=True) if reports else as_table([], REPORT)
    write_whole(out / "report.parquet", lambda path: report.to_parquet(path, index=False))
    for old in (out / "documents").glob("part-*.parquet"):
        if f"documents/{old.name}" not in parts:
            old.unlink()
    counts = marks_of(out, [*hashes.folder.glob("*.parquet"), *signatures.folder.glob("*.parquet")])
    found = {"parts": parts, "counts": counts, "has_copies": signatures.has_copies}
    write_json(state, {"mark": mark, "checksums": _checksums(source), **found})
    return [out / name for name in parts]


def _write(documents: pd.DataFrame, path: Path) -> None:
    pq.write_table(pa.Table.from_pandas(documents, preserve_index=False), path, compression="zstd")


def repeated_in(out: Path, connection: duckdb.DuckDBPyConnection) -> HashedParagraphs:
    """The paragraphs that occur in several different texts, copies left out."""
    if not any((out / "state" / "paragraphs").glob("*.parquet")):
        return HashedParagraphs(np.empty(0))
    paragraphs, signatures, copies = (
        f"read_parquet('{quoted(out / name)}')"
        for name in ("state/paragraphs/*.parquet", "state/signatures/*.parquet", "copies.parquet")
    )
    found = connection.execute(
        f"SELECT paragraph FROM {paragraphs} WHERE NOT is_copy AND article NOT IN ("
        f"SELECT s.number FROM {signatures} s JOIN {copies} c USING (doc_id)) "
        f"GROUP BY paragraph HAVING count(DISTINCT text) >= {IN_ARTICLES}"
    ).fetchnumpy()["paragraph"]
    return HashedParagraphs(np.asarray(found))


class _Hashes:
    """Hashes of paragraphs and texts, one file per part, counted on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.parquet"):
            old.unlink()

    def add(self, documents: pd.DataFrame, numbers: np.ndarray) -> None:
        paragraphs: list[int] = []
        articles: list[int] = []
        texts: list[int] = []
        copies: list[bool] = []
        rows = zip(numbers.tolist(), documents["text"], documents["duplicate_of"], strict=True)
        for number, text, original in rows:
            if isinstance(text, str):
                hashes = {text_key(paragraph) for paragraph in repeatable_paragraphs(text)}
                paragraphs += hashes
                articles += [number] * len(hashes)
                texts += [text_key(text)] * len(hashes)
                copies += [not pd.isna(original)] * len(hashes)
        table = pa.table(
            {
                "paragraph": pa.array(paragraphs, pa.uint64()),
                "article": pa.array(articles, pa.int64()),
                "text": pa.array(texts, pa.uint64()),
                "is_copy": pa.array(copies, pa.bool_()),
            }
        )
        pq.write_table(table, self.folder / f"{int(numbers[0]) if len(numbers) else 0:09d}.parquet")


def _streams(
    source: Source, columns: Mapping[str, str] | None, reports: list[pd.DataFrame]
) -> Iterator[pd.DataFrame]:
    """Yield checked tables of documents; a doc_id may occur once in all of them."""
    known: set[bytes] = set()
    for documents in _tables(source, columns, reports):
        checked = checked_documents(documents)
        keys = [blake2b(doc_id.encode(), digest_size=8).digest() for doc_id in checked["doc_id"]]
        for doc_id, key in zip(checked["doc_id"], keys, strict=True):
            if key in known:
                raise ValueError(f"documents: doc_id {doc_id!r} occurs more than once; make the ids differ.")
            known.add(key)
        yield checked


def _tables(
    source: Source, columns: Mapping[str, str] | None, reports: list[pd.DataFrame]
) -> Iterator[pd.DataFrame]:
    if isinstance(source, pd.DataFrame):
        yield source
        return
    if paths := parquet_files(source):
        for path in paths:
            for batch in pq.ParquetFile(path).iter_batches(_ROWS):
                yield batch.to_pandas()
        return
    for result in stream_corpus(source, columns=columns):
        reports.append(result.report)
        yield result.documents


def parquet_files(source: Source) -> list[Path]:
    """The Parquet files of `source`: one, or a folder of nothing else."""
    if not isinstance(source, (str, os.PathLike)):
        return []
    path = Path(source)
    if path.suffix == ".parquet" and not path.is_dir():
        return [path]
    found = sorted(p for p in path.glob("*.parquet") if p.is_file()) if path.is_dir() else []
    return found if found and all(p.suffix == ".parquet" for p in path.iterdir() if p.is_file()) else []


def _size_of_parts(source: Source) -> int:
    """Return the characters of a part.

    They are fewer for a small table, so that its progress is seen.
    """
    if not isinstance(source, pd.DataFrame) or "text" not in source.columns:
        return PART_CHARACTERS
    total = int(source["text"].str.len().fillna(0).sum())
    return min(PART_CHARACTERS, max(_SMALLEST_PART, total // _STEPS))


def _parts(tables: Iterable[pd.DataFrame], most: int) -> Iterator[pd.DataFrame]:
    """Yield the rows of `tables` in parts of about `most` characters."""
    waiting: list[pd.DataFrame] = []
    size = n = 0
    for table in tables:
        lengths = table["text"].str.len().fillna(0).to_numpy(dtype=int)
        first = 0
        for i, length in enumerate(lengths):
            size, n = size + length, n + 1
            if size >= most or n >= _MOST_ARTICLES:
                yield pd.concat([*waiting, table.iloc[first : i + 1]], ignore_index=True)
                waiting, first, size, n = [], i + 1, 0, 0
        if first < len(table):
            waiting.append(table.iloc[first:])
    if waiting:
        yield pd.concat(waiting, ignore_index=True)


def _fingerprint(source: Source) -> list:
    """What identifies a source: a hash, or names, sizes, times and ends of files."""
    if isinstance(source, pd.DataFrame):
        strings = pd.DataFrame({name: as_column(source[name].array) for name in source})
        hashes = pd.util.hash_pandas_object(strings, index=False)
        digest = blake2b(hashes.to_numpy(np.uint64).tobytes(), digest_size=8).hexdigest()
        return ["table", list(map(str, source.columns)), len(source), digest]
    files = _files(source)
    names = [
        str(path).encode("utf-8", "backslashreplace").decode() for path in files
    ]  # some names are not UTF-8
    stats = [path.stat() for path in files]
    return [
        [name, stat.st_size, stat.st_mtime_ns, _ends(path)]
        for name, stat, path in zip(names, stats, files, strict=True)
    ]


def _files(source: str | os.PathLike | list) -> list[Path]:
    return parquet_files(source) or [file.path for file in list_files(source) if file.reason is None]


def _ends(path: Path) -> str:
    """A hash of the first and last bytes of a file; "" where it cannot be read."""
    digest = blake2b(digest_size=8)
    try:
        with path.open("rb") as file:
            digest.update(file.read(_END))
            file.seek(max(file.tell(), path.stat().st_size - _END))
            digest.update(file.read(_END))
    except OSError:
        return ""
    return digest.hexdigest()


def _checksums(source: Source) -> list[int]:
    """The checksum of each file of a source, of all its bytes."""
    if isinstance(source, pd.DataFrame):
        return []
    found = []
    for path in _files(source):
        try:
            found.append(checksum(path)["crc32"])
        except OSError:
            found.append(-1)
    return found
