"""Read hostile input until something breaks: `make fuzz`, or python fuzz_analyse.py -n 1000 --seed 7

Texts of each kind of fuzz_inputs go through `analyse` in batches, damaged files of each format through
`read_corpus`. A batch that fails is halved until the input at fault is found, which is written out. All is
drawn from the seed: the same command makes the same inputs.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, redirect_stderr
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from fuzz_inputs import TEXTS, damaged_file
from onrecord import Analysis, analyse, read_corpus
from onrecord.analysis import TABLES, analyse_batch
from onrecord.corpus.checked import checked_documents
from onrecord.sources.names import add_names
from onrecord.tables import DOCUMENTS, REPORT, replace_surrogates
from onrecord.text.boilerplate import repeated_paragraphs
from onrecord.wordlists import load_lists

FILES = "damaged files"
BATCH = 400
AGAIN = 4  # each fourth batch is analysed again, in other batches and another order
SECONDS = 20  # of processor time a batch, and a tenth more an input: a text of 400 characters takes 1 ms
_AT_ONCE = 12  # batches a task


class Failure(NamedTuple):
    kind: str
    given: list
    error: str


# -- what must hold ----------------------------------------------------------------------------------


def check_texts(texts: list[str], again: bool = False) -> None:
    """Raise AssertionError, or whatever the library raises, where the analysis of `texts` is not sound."""
    ids = pd.Series([f"d{i}" for i in range(len(texts))], dtype="string")
    documents = pd.DataFrame({"doc_id": ids, "text": pd.Series(texts, dtype=object)})
    analysis = analyse(documents)
    read = [replace_surrogates(text) for text in texts]
    check_analysis(analysis, dict(zip(ids, read, strict=True)))
    if again:
        check_same(analysis, other_batches(checked_documents(documents)))


def check_analysis(analysis: Analysis, read: dict[str, str]) -> None:
    """Raise AssertionError where the tables are not what they promise; `read`: doc_id to text."""
    for name, schema in TABLES.items():
        kinds = dict(getattr(analysis, name).dtypes.astype(str))
        assert {column: kinds[column] for column in schema} == dict(schema), f"the schema of {name}"
    assert dict(zip(analysis.documents["doc_id"], analysis.documents["text"], strict=True)) == read
    for name in ("sentences", "spans", "scare_quotes"):
        _check_places(getattr(analysis, name), read, name, "text", "start", "end")
    marked = analysis.sources.dropna(subset="marker")
    _check_places(marked, read, "sources", "marker", "marker_start", "marker_end")
    attributions, sources = analysis.attributions, analysis.sources
    assert attributions["probability"].between(0, 1).all(), "a probability"
    assert attributions["form"].isin(["direct", "indirect", "mixed"]).all(), "a form"
    for frame, key in ((attributions, "attribution_id"), (sources, "source_id")):
        assert not frame.duplicated(["doc_id", key]).any(), f"{key} twice"
    used = attributions.dropna(subset="source_id")
    assert _keys(used, "source_id") == _keys(sources, "source_id"), "sources without attributions, or none"
    contents = analysis.spans[analysis.spans["role"] == "content"]
    assert _keys(contents, "attribution_id") == _keys(attributions, "attribution_id"), "contents"
    ordered = contents.sort_values(["doc_id", "start"])
    within = ordered["doc_id"] == ordered["doc_id"].shift()
    assert not (within & (ordered["start"] < ordered["end"].shift())).any(), "contents overlap"


def _check_places(frame: pd.DataFrame, read: dict[str, str], name: str, *columns: str) -> None:
    rows = zip(frame["doc_id"], *(frame[column] for column in columns), strict=True)
    for doc_id, words, start, end in rows:
        assert 0 <= start < end <= len(read[doc_id]), f"{name}: offsets {start}, {end} outside the text"
        assert read[doc_id][start:end] == words, f"{name}: {words!r} does not stand at {start}"


def _keys(frame: pd.DataFrame, key: str) -> set[tuple]:
    return set(zip(frame["doc_id"], frame[key], strict=True))


def other_batches(documents: pd.DataFrame) -> Analysis:
    """Return the analysis of `documents` made in three parts of another order, put into order again."""
    lists, repeated = load_lists(), repeated_paragraphs(documents)
    turned = documents.sample(frac=1, random_state=len(documents))
    third = len(turned) // 3
    parts = [turned.iloc[:third], turned.iloc[third : third + 1], turned.iloc[third + 1 :]]
    made = [analyse_batch(part.reset_index(drop=True), repeated, lists) for part in parts]
    place = dict(zip(documents["doc_id"], range(len(documents)), strict=True))
    tables = {}
    for name in TABLES:
        frame = pd.concat([getattr(part, name) for part in made], ignore_index=True)
        order = frame["doc_id"].map(place).argsort(kind="stable")
        tables[name] = frame.iloc[order].reset_index(drop=True)
    return Analysis(**{**tables, "sources": add_names(tables["sources"])})


def check_same(one: Analysis, other: Analysis) -> None:
    """Raise AssertionError where two analyses differ; probabilities may in the last digits of a float."""
    for name in TABLES:
        pd.testing.assert_frame_equal(
            getattr(one, name), getattr(other, name), rtol=0, atol=1e-6, obj=f"{name}, read again"
        )


def check_files(files: list[tuple[str, bytes]], again: bool = False) -> None:
    """Raise where the reading of `files`, (suffix, bytes) each, does not give a row of the report a file."""
    with tempfile.TemporaryDirectory() as folder:
        for number, (suffix, data) in enumerate(files):
            Path(folder, f"{number:05}{'.' * bool(suffix)}{suffix}").write_bytes(data)
        names = sorted(os.listdir(folder))
        corpus = read_corpus(folder)
    documents, report = corpus.documents, corpus.report
    assert dict(documents.dtypes.astype(str)) == dict(DOCUMENTS), "the schema of documents"
    assert dict(report.dtypes.astype(str)) == dict(REPORT), "the schema of the report"
    reported = [path.split("/")[0] for path in report["path"]]
    assert sorted(set(reported)) == names, f"no row for {set(names) - set(reported)}"
    assert documents["doc_id"].is_unique, "an id twice"
    found = documents["path"].value_counts()
    for path, n in zip(report["path"], report["n_found"], strict=True):
        assert found.get(path, 0) == n, f"{path}: {n} found, {found.get(path, 0)} rows"
    empty = report[report["n_found"] == 0]
    assert empty["reason"].fillna(empty["warnings"]).str.len().gt(0).all(), "nothing read, and no reason"
    unread = report["reason"].str.startswith("could not be read (", na=False)
    for path, reason in zip(report["path"][unread], report["reason"][unread], strict=True):
        assert len(reason) < 2000, f"{path}: a reason of {len(reason)} characters"
    if len(documents):
        documents = documents.assign(text=documents["text"].fillna(""))
        check_analysis(analyse(documents), dict(zip(documents["doc_id"], documents["text"], strict=True)))


# -- the run -----------------------------------------------------------------------------------------


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in what takes more processor time: the load of the machine does not count."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"more than {seconds:.0f} s of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def failures_of(kind: str, given: list, check: Callable[..., None], again: bool) -> list[Failure]:
    """Return the inputs of a batch that fail, each alone; or all together, where none fails alone."""
    try:
        with limited(SECONDS + 0.1 * len(given)):
            check(given, again)
    except Exception as error:
        halves = [given[: len(given) // 2], given[len(given) // 2 :]] if len(given) > 1 else []
        found = [one for half in halves for one in failures_of(kind, half, check, again)]
        return found or [Failure(kind, given, "".join(traceback.format_exception(error, chain=False)))]
    return []


def fuzz_batch(seed: int, kind: str, number: int, n: int) -> tuple[str, int, int, float, list[Failure]]:
    """Return (kind, inputs, inputs read twice, seconds, failures) of one batch: its seed tells all."""
    draw = random.Random(f"{seed} {kind} {number}")
    make, check = (damaged_file, check_files) if kind == FILES else (TEXTS[kind], check_texts)
    again = kind != FILES and number % AGAIN == 0
    began = time.process_time()
    with warnings.catch_warnings(), redirect_stderr(io.StringIO()):  # progress bars
        warnings.simplefilter("ignore")
        given = [make(draw) for _ in range(n)]
        failures = failures_of(kind, given, check, again)
    return kind, n, n * again, time.process_time() - began, failures


def batches(n: int) -> Iterator[tuple[str, int, int]]:
    """Yield (kind, number, inputs): a twentieth damaged files, the rest texts of each kind alike."""
    n_files = n // 20
    shares = {kind: (n - n_files) // len(TEXTS) for kind in TEXTS} | {FILES: n_files}
    shares[next(iter(TEXTS))] += n - sum(shares.values())
    for number in range(max(shares.values()) // (BATCH // 4) + 1):
        for kind, share in shares.items():
            size = BATCH // 4 if kind == FILES else BATCH
            if (left := share - number * size) > 0:
                yield kind, number, min(size, left)


def _fuzz_some(seed: int, some: list[tuple[str, int, int]]) -> list[tuple]:
    return [fuzz_batch(seed, *batch) for batch in some]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=200_000, help="how many inputs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    some = list(batches(given.n))
    tasks = [some[i : i + _AT_ONCE] for i in range(0, len(some), _AT_ONCE)]
    counts: dict[str, Counter] = {kind: Counter() for kind in (*TEXTS, FILES)}
    with ProcessPoolExecutor(given.workers, get_context("spawn")) as pool:
        for results in pool.map(_fuzz_some, [given.seed] * len(tasks), tasks):
            for kind, n, n_again, seconds, failures in results:
                counts[kind] += Counter(inputs=n, read_twice=n_again, failures=len(failures))
                counts[kind]["seconds"] += seconds
                for failure in failures:
                    print(f"\n== {failure.kind}: {failure.given!r}\n{failure.error}", flush=True)
    table = pd.DataFrame.from_dict(counts, orient="index")
    table = table.reindex(columns=["inputs", "read_twice", "failures", "seconds"]).fillna(0)
    table.loc["all"] = table.sum()
    print(f"\nseed {given.seed}\n{table.round().astype(int).to_string()}")
    return int(table.loc["all", "failures"] > 0)


if __name__ == "__main__":
    sys.exit(main())
