"""Analysis of a corpus of any size: streamed, parallel and resumable."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from hashlib import blake2b
from multiprocessing import get_context
from pathlib import Path
from typing import IO, TYPE_CHECKING

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.extras import name_extra
from onrecord.lifetime import end_with_parent
from onrecord.progress import progress
from onrecord.rules import rules_version
from onrecord.scale.corpus import AnalysedCorpus, connect
from onrecord.scale.files import is_whole, read_json, sweep, write_json, write_whole
from onrecord.scale.spool import read_to_parts, repeated_in
from onrecord.scale.work import RESULTS, Task, analyse_part, read_part, record_path
from onrecord.sources.names import (
    Appearance,
    canonical_names,
    canonical_organisations,
    day_of,
    inferred_names,
    names_apart,
)
from onrecord.wordlists import Lists, load_lists

if TYPE_CHECKING:
    import pandas as pd
    from dask.distributed import Client

# Times that a part may end its worker process before its articles are searched for the one that does. The
# first may have another cause, such as the end of memory.
_DEATHS = 2


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
    of them; with `full_check`, by all of their bytes. Duplicates of the same text get duplicate_of;
    near-duplicates, which need all texts at once, only where `source` has that column (as read_documents
    returns it).

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
            repeated = repeated_in(out, connection).hashes
            write_copies(out, connection, bool(parts))
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
        run = _on_cluster(open_tasks, client) if client is not None else _in_processes(open_tasks, workers)
        with progress(total=total, initial=n_articles, desc="analysing", unit=" articles") as bar:
            first = n_words
            for record in run:
                n_words += record["n_words"]
                bar.update(record["n_articles"])
                seconds = max(bar.format_dict["elapsed"], 1e-9)
                bar.set_postfix_str(f"{(n_words - first) / seconds:,.0f} words/s", refresh=False)
        _write_names(out, lists or load_lists())
        records = [_record(out, task.key) for task in tasks]
        rows = {name: sum(record["rows"][name] for record in records) for name in RESULTS}
        write_json(
            out / "corpus.json",
            {
                "rules": rules_version(lists),
                "n_articles": total,
                "n_words": sum(record["n_words"] for record in records),
                "rows": {"documents": total, **rows},
                "files": {path: mark for record in records for path, mark in record["files"].items()},
            },
        )
    return AnalysedCorpus(out)


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
    if record and all(is_whole(out / path, mark) for path, mark in record["files"].items()):
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


# -- processes and clusters ---------------------------------------------------------------------------


def _in_processes(tasks: list[Task], workers: int | None) -> Iterator[dict]:
    """Yield the record of each finished task; repeat the part of a dead worker."""
    workers = _processors() if workers is None else workers
    if workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}.")
    waiting, deaths = deque(tasks), dict.fromkeys((task.key for task in tasks), 0)
    while waiting:
        suspects: list[Task] = []
        with _pool(workers) as pool:
            running: dict[Future, Task] = {}
            try:
                while waiting or running:
                    while waiting and len(running) < 2 * workers:
                        task = waiting.popleft()
                        running[pool.submit(analyse_part, task)] = task
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        task = running[future]
                        record = future.result()
                        del running[future]
                        yield record
            except BrokenProcessPool:
                suspects = list(running.values())
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        # The pool does not report which task ended the worker, so each runs in a process of its own.
        for task in suspects:
            record = _run_separately(task)
            while record is None:
                deaths[task.key] += 1
                if deaths[task.key] >= _DEATHS:
                    task = task._replace(skip=(*task.skip, *_killers(task)))
                record = _run_separately(task)
            yield record


def _pool(workers: int) -> ProcessPoolExecutor:
    """Worker processes that end with this process, however it ends."""
    return ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=end_with_parent, initargs=(os.getpid(),)
    )


def _processors() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _run_separately(task: Task) -> dict | None:
    """The record of a task run in its own process; None if that died."""
    with _pool(1) as pool:
        try:
            return pool.submit(analyse_part, task).result()
        except BrokenProcessPool:
            return None


def _killers(task: Task) -> list[str]:
    """The articles of a part that end a worker process, found by bisection."""
    doc_ids = [d for d in read_part(Path(task.out) / task.part)["doc_id"] if d not in task.skip]

    def search(some: list[str]) -> list[str]:
        others = tuple(d for d in doc_ids if d not in some)
        if _run_separately(task._replace(skip=(*task.skip, *others))) is not None:
            return []
        half = len(some) // 2
        return some if len(some) == 1 else search(some[:half]) + search(some[half:])

    return search(doc_ids)


def _on_cluster(tasks: list[Task], client: Client) -> Iterator[dict]:
    """Yield the record of each task, done by the workers of a dask.distributed client.

    The scheduler gives the part of a worker that died to another worker. A part on which three died is
    searched for the articles that cause it.
    """
    with name_extra():
        from dask.distributed import as_completed
        from distributed.scheduler import KilledWorker

    of_future = {
        client.submit(analyse_part, task, key=f"onrecord-{task.key}", pure=False): task for task in tasks
    }
    for future in as_completed(list(of_future)):
        task = of_future.pop(future)
        try:
            yield future.result()
        except KilledWorker:
            yield (
                _run_separately(task)
                or _run_separately(task._replace(skip=tuple(_killers(task))))
                or _lost(task)
            )


def _lost(task: Task) -> dict:
    raise RuntimeError(
        f"{task.part}: worker processes die also without the articles on which they died before; run again "
        "with fewer workers, which leaves each more memory."
    )


# -- what needs the whole corpus -------------------------------------------------------------------


def write_copies(out: Path, connection: duckdb.DuckDBPyConnection, has_parts: bool) -> None:
    """Write copies.parquet: the articles that repeat the text of an earlier one."""
    if not has_parts:
        (out / "copies.parquet").unlink(missing_ok=True)
        return
    parts = str(out / "documents" / "*.parquet")
    query = """
        COPY (
            SELECT doc_id, original AS duplicate_of
            FROM (
                SELECT doc_id, duplicate_of,
                    first_value(doc_id) OVER (
                        PARTITION BY hash(text), length(text)
                        ORDER BY published NULLS LAST, filename, file_row_number
                    ) AS original
                FROM read_parquet(?, filename = true, file_row_number = true)
                WHERE text IS NOT NULL AND duplicate_of IS NULL
            )
            WHERE doc_id != original
            ORDER BY doc_id
        ) TO '{path}' (FORMAT parquet)
    """

    def write(path: Path) -> None:
        connection.execute(query.format(path=str(path).replace("'", "''")), [parts])

    write_whole(out / "copies.parquet", write)


def _write_names(out: Path, lists: Lists) -> None:
    """Write names.parquet and inferred.parquet (see add_names).

    The names are those of the whole corpus. names.parquet: kind (person, organisation), name as in one
    article, chosen. inferred.parquet: doc_id, name as chosen, full: persons of whom an article has only
    the last name.
    """
    with connect(out) as connection:
        if not any((out / "sources").glob("*.parquet")):
            return
        sources, documents = (str(out / name / "*.parquet") for name in ("sources", "documents"))
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
            "SELECT s.doc_id, s.name, d.outlet, d.published FROM read_parquet(?) s "
            "JOIN read_parquet(?) d USING (doc_id) "
            "WHERE s.name IS NOT NULL AND s.naming = 'named' AND s.form = 'person' ORDER BY s.doc_id, s.name",
            [sources, documents],
        ).fetchall()
        chosen = canonical_names(persons, lists, names_apart((doc_id, name) for doc_id, name, *_ in seen))
        rows = [
            *(("person", name, best) for name, best in chosen.items()),
            *(("organisation", name, best) for name, best in canonical_organisations(bodies).items()),
        ]
        _write_rows(out / "names.parquet", ("kind", "name", "chosen"), rows)
        inferred = inferred_names(
            (
                Appearance(doc_id, chosen[name], outlet, day_of(published))
                for doc_id, name, outlet, published in seen
            ),
            lists,
        )
        _write_rows(
            out / "inferred.parquet",
            ("doc_id", "name", "full"),
            [(*key, full) for key, full in inferred.items()],
        )


def _write_rows(path: Path, columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
    """Write rows of text as Parquet."""
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    table = pa.table({name: pa.array(part, pa.string()) for name, part in zip(columns, values, strict=True)})
    write_whole(path, lambda temporary: pq.write_table(table, temporary))


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
