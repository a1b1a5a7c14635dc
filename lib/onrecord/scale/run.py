"""Analysis of a corpus of any size: streamed, parallel and resumable."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np
import pyarrow.parquet as pq

from onrecord.progress import progress
from onrecord.rules import rules_version
from onrecord.scale.corpus import AnalysedCorpus
from onrecord.scale.files import are_whole, marks_of, read_json, sweep, write_json
from onrecord.scale.near_copies import write_copies
from onrecord.scale.processes import in_processes, on_cluster
from onrecord.scale.spool import read_to_parts, repeated_in
from onrecord.scale.views import connect
from onrecord.scale.whole_corpus import write_names
from onrecord.scale.work import RESULTS, Task, record_path
from onrecord.wordlists import Lists, load_lists

if TYPE_CHECKING:
    import pandas as pd
    from dask.distributed import Client


def analyse_corpus(
    source: str | os.PathLike | list | pd.DataFrame,
    out: str | os.PathLike,
    *,
    workers: int | None = None,
    client: Client | None = None,
    lists: Lists | None = None,
    columns: Mapping[str, str] | None = None,
    full_check: bool = False,
) -> AnalysedCorpus:
    """Analyse the articles of `source` into the folder `out`; return the corpus.

    `source` is files or folders as in read_corpus, a Parquet file or a folder of them with the columns doc_id
    and text, or a documents table. Articles are analysed in parts of about a million characters, so that
    memory contains one part per worker, not the corpus. `workers` is the number of processes (default: the
    number of processors). With `client`, a dask.distributed Client, its workers analyse the parts; they
    must see `out` under the same path.

    The folder contains the tables of an Analysis with one Parquet file per part; failures (doc_id, reason:
    articles that could not be analysed); and report.parquet (one row per file that was read). An interrupted
    run continues where it stopped. A finished one is checked, and lost or damaged parts are analysed again,
    as are parts that are affected by other rules, lists or articles. Two runs at once into one folder are
    refused. Files that were read before are known by their names, sizes, times, and the first and last 64 KB
    of them; with `full_check`, by all of their bytes. Articles that repeat an earlier one get duplicate_of,
    as in find_duplicates over all articles, unless `source` has that column with at least one value (as
    read_documents returns it).

    Raises ValueError for tables that `analyse` refuses and for less than one worker, OSError where `out`
    cannot be written.

    >>> corpus = onrecord.analyse_corpus(documents.head(2), "corpus", workers=1)
    >>> corpus.n_articles
    2
    """
    out = Path(out)
    with _claimed(out):
        sweep(out)
        parts = read_to_parts(source, out, columns=columns, rows=rules_version(), full_check=full_check)
        with connect(out) as connection:
            write_copies(out, connection)
            repeated = repeated_in(out, connection).hashes
        tasks = [
            Task(str(part.relative_to(out).as_posix()), key, str(out), repeated, lists)
            for part, key in zip(parts, _keys(parts, repeated, rules_version(lists)), strict=True)
        ]
        done = {task.key: record for task in tasks if (record := _finished(out, task.key))}
        _clear(out, {task.key for task in tasks})
        open_tasks = [task for task in tasks if task.key not in done]
        n_words = sum(record["n_words"] for record in done.values())
        n_articles = sum(record["n_articles"] for record in done.values())
        total = sum(pq.ParquetFile(part).metadata.num_rows for part in parts)
        run = on_cluster(open_tasks, client) if client is not None else in_processes(open_tasks, workers)
        with progress(total=total, initial=n_articles, desc="analysing", unit=" articles") as bar:
            first = n_words
            for record in run:
                n_words += record["n_words"]
                bar.update(record["n_articles"])
                seconds = max(bar.format_dict["elapsed"], 1e-9)
                bar.set_postfix_str(f"{(n_words - first) / seconds:,.0f} words/s", refresh=False)
        write_names(out, lists or load_lists())
        records = [_record(out, task.key) for task in tasks]
        rows = {name: sum(record["rows"][name] for record in records) for name in RESULTS}
        write_json(
            out / "corpus.json",
            {
                "rules": rules_version(lists),
                "n_articles": total,
                "n_words": sum(record["n_words"] for record in records),
                "rows": {"documents": total, **rows},
                "files": _files(out, parts, records),
            },
        )
    return AnalysedCorpus(out)


_TOGETHER = ("report", "names", "inferred", "copies")  # files of all parts


def _files(out: Path, parts: Sequence[Path], records: Sequence[dict]) -> dict[str, dict]:
    """The size and checksum of each file of the corpus."""
    together = [path for name in _TOGETHER if (path := out / f"{name}.parquet").exists()]
    results = {path: mark for record in records for path, mark in record["files"].items()}
    return marks_of(out, [*parts, *together]) | results


def _keys(parts: Sequence[Path], repeated: np.ndarray, rules: str) -> Iterator[str]:
    """Yield a hash of each part and of everything else that its results depend on."""
    for part in parts:
        digest = blake2b(rules.encode() + repeated.tobytes(), digest_size=10)
        table = pq.read_table(part)
        for name, column in zip(table.column_names, table.columns, strict=True):
            digest.update(name.encode() + b"\2")
            for value in column.to_pylist():
                digest.update(b"\0" if value is None else str(value).encode("utf-8", "surrogatepass") + b"\1")
        yield digest.hexdigest()


def _record(out: Path, key: str) -> dict:
    record = read_json(record_path(out, key))
    if record is None:
        raise OSError(f"{record_path(out, key)} was removed during the run; run analyse_corpus again.")
    return record


def _finished(out: Path, key: str) -> dict | None:
    """The record of a part that is finished and complete."""
    record = read_json(record_path(out, key))
    if record and are_whole(out, record["files"]):
        return record
    return None


def _clear(out: Path, keys: set[str]) -> None:
    """Remove the results of other rules and of articles that the corpus no longer has."""
    for record in (out / "state" / "done").glob("*.json"):
        if record.stem not in keys:
            record.unlink()
    for name in RESULTS:
        for path in (out / name).glob("part-*.parquet"):
            if path.stem.rpartition("-")[2] not in keys:
                path.unlink()


@contextmanager
def _claimed(out: Path) -> Iterator[None]:
    """Lock the folder for one run; raise OSError where that is not possible."""
    try:
        (out / "state").mkdir(parents=True, exist_ok=True)
        lock = (out / "state" / "lock").open("a+")
    except OSError as error:
        raise OSError(
            f"{out} cannot be written ({error.strerror}); give analyse_corpus a folder that is writable."
        ) from error
    with lock:
        try:
            _lock(lock)
        except OSError as error:
            raise OSError(
                f"{out} is being written by another run; wait for it, or choose another folder."
            ) from error
        yield


def _lock(file: IO) -> None:
    """Lock a file until it is closed or the process ends."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
