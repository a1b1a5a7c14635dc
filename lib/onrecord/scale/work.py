"""The second pass, one part at a time: what a worker process does, here or on another machine."""

from __future__ import annotations

import traceback
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.analysis import TABLES, Analysis, analyse_batch
from onrecord.scale.files import write_json, write_whole
from onrecord.scale.spool import HashedParagraphs
from onrecord.tables import COUNT, DOCUMENTS, TEXT, TIME, Schema, as_table
from onrecord.wordlists import Lists, load_lists

FAILURES: Schema = {"doc_id": TEXT, "reason": TEXT}
RESULTS = (*[name for name in TABLES if name != "documents"], "failures")


class Task(NamedTuple):
    """One part to analyse: all that a worker is told."""

    part: str  # documents/part-….parquet
    key: str  # what its results are known by: a hash of the part and of the rules
    out: str
    repeated: np.ndarray
    lists: Lists | None
    skip: tuple[str, ...] = ()  # articles that have killed a worker


def analyse_part(task: Task) -> dict:
    """Analyse the articles of one part, write its tables, and return the record of it.

    An article whose analysis fails is a row of the failures, with the reason; the others go on.
    """
    out = Path(task.out)
    documents = read_part(out / task.part)
    skipped = documents["doc_id"].isin(list(task.skip))
    lists = task.lists or load_lists()
    repeated = HashedParagraphs(task.repeated)
    analysis, failures = _analysed(documents[~skipped].reset_index(drop=True), repeated, lists)
    failures += [(doc_id, "a worker process died of this article") for doc_id in documents["doc_id"][skipped]]
    tables = {name: getattr(analysis, name) for name in RESULTS if name != "failures"}
    tables["failures"] = as_table(failures, FAILURES)
    files, rows = {}, {}
    for name, table in tables.items():
        path = f"{name}/{Path(task.part).stem}-{task.key}.parquet"
        arrow = pa.Table.from_pandas(table, preserve_index=False)
        files[path] = write_whole(out / path, partial(pq.write_table, arrow, compression="zstd"))
        rows[name] = len(table)
    record = {
        "part": task.part,
        "files": files,
        "rows": rows,
        "n_articles": len(documents),
        "n_words": int(documents["n_words"].fillna(0).sum()),
        "n_failures": len(failures),
    }
    # Last of all: without the record, the part is not done.
    write_json(record_path(out, task.key), record)
    return record


def record_path(out: Path, key: str) -> Path:
    return out / "state" / "done" / f"{key}.json"


def read_part(path: Path) -> pd.DataFrame:
    """Return the documents of a part with the types of their schema, further columns kept."""
    frame = pq.read_table(path).to_pandas()
    kinds = {name: kind for name, kind in DOCUMENTS.items() if kind != TIME}
    return frame.astype({**kinds, "n_words": COUNT})


def _analysed(
    documents: pd.DataFrame, repeated: HashedParagraphs, lists: Lists
) -> tuple[Analysis, list[tuple[str, str]]]:
    """Return the analysis of what can be analysed, and (doc_id, reason) of what cannot."""
    try:
        return analyse_batch(documents, repeated, lists), []
    except MemoryError:
        raise
    except Exception as error:
        if len(documents) == 1:
            reason = "".join(traceback.format_exception_only(error)).strip()
            empty = analyse_batch(documents.head(0), repeated, lists)
            return empty, [(documents["doc_id"].iloc[0], reason)]
    half = len(documents) // 2
    first, failed = _analysed(documents.iloc[:half].reset_index(drop=True), repeated, lists)
    second, also_failed = _analysed(documents.iloc[half:].reset_index(drop=True), repeated, lists)
    tables = {
        name: pd.concat([getattr(first, name), getattr(second, name)], ignore_index=True) for name in TABLES
    }
    return Analysis(**tables), failed + also_failed
