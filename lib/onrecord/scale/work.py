"""The second pass: a worker process analyses one part, on this or another machine."""

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
    """One part to analyse, with everything that a worker needs."""

    part: str  # documents/part-….parquet
    key: str  # identifies its results: a hash of the part and of the rules
    out: str
    repeated: np.ndarray
    lists: Lists | None
    skip: tuple[str, ...] = ()  # articles that ended a worker process before


def analyse_part(task: Task) -> dict:
    """Analyse the articles of one part and write its tables; return its record.

    An article whose analysis fails becomes a row of failures, with the reason. The others are analysed.
    """
    out = Path(task.out)
    documents = read_part(out / task.part)
    is_skipped = documents["doc_id"].isin(list(task.skip))
    lists = task.lists or load_lists()
    repeated = HashedParagraphs(task.repeated)
    analysis, failures = _analysed(documents[~is_skipped].reset_index(drop=True), repeated, lists)
    failures += [
        (doc_id, "a worker process died on this article") for doc_id in documents["doc_id"][is_skipped]
    ]
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
    # The record is written last. A part without a record is not finished.
    write_json(record_path(out, task.key), record)
    return record


def record_path(out: Path, key: str) -> Path:
    return out / "state" / "done" / f"{key}.json"


def read_part(path: Path) -> pd.DataFrame:
    """The documents of a part, with the types of their schema."""
    frame = pq.read_table(path).to_pandas()
    kinds = {name: kind for name, kind in DOCUMENTS.items() if kind != TIME}
    return frame.astype({**kinds, "n_words": COUNT})


def _analysed(
    documents: pd.DataFrame, repeated: HashedParagraphs, lists: Lists
) -> tuple[Analysis, list[tuple[str, str]]]:
    """The analysis, and (doc_id, reason) of articles that fail."""
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
