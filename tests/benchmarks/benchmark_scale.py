"""How a corpus of any size behaves: workers, growth, memory, kills. Run by `make benchmark`.

    ONRECORD_CSV=folder python -m pytest -s tests/benchmarks/benchmark_scale.py

ONRECORD_CSV names a folder of CSV files to take from files to Parquet; without it that part is skipped.
ONRECORD_GROWTH is the largest corpus for the growth (64000 unless said; it takes 40 minutes or so).
Figures depend on the machine and on what else it does: read the ratios.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import duckdb
import pandas as pd
import psutil
import pytest

import onrecord
from onrecord.scale.files import read_json, write_json
from onrecord.scale.synthetic import synthetic_articles

ROOT = Path(__file__).parents[2]
MEASURES: dict[str, Callable[[onrecord.AnalysedCorpus], object]] = {
    "share_unnamed": lambda a: onrecord.share_unnamed(a, by="outlet"),
    "share_unnamed, words by month": lambda a: onrecord.share_unnamed(a, of="words", by="month"),
    "share_each, sector": lambda a: onrecord.share_each(a, "sector", of="sources", by="outlet"),
    "share_each, gender": lambda a: onrecord.share_each(
        a, "gender", of="sources", by="outlet", known_only=True
    ),
    "share_each, gender of whom the outlet could choose": lambda a: onrecord.share_each(
        a, "gender", choosable=True
    ),
    "share_each, act": lambda a: onrecord.share_each(a, "act", acts="all", by="outlet"),
    "share_flags": lambda a: onrecord.share_flags(a, by="outlet"),
    "add_flags": onrecord.add_flags,
    "share_identified": lambda a: onrecord.share_identified(a, by="outlet"),
    "share_reasons": lambda a: onrecord.share_reasons(a, by="outlet"),
    "count_speakers": lambda a: onrecord.count_speakers(a, by="outlet"),
    "find_unnamed": onrecord.find_unnamed,
    "count_unnamed": lambda a: onrecord.count_unnamed(a, by=["outlet", "month"]),
    "count_cues": lambda a: onrecord.count_cues(a, by="outlet"),
    "share_stance, by name": lambda a: onrecord.share_stance(a, by="outlet"),
    "share_stance, by sector": lambda a: onrecord.share_stance(a, source="sector"),
    "count_disclosures": lambda a: onrecord.count_disclosures(a, by="outlet"),
    "rate_scare_quotes": onrecord.rate_scare_quotes,
    "count_co_quoted": onrecord.count_co_quoted,
    "diversity_of_speakers": lambda a: onrecord.diversity_of_speakers(a, by="outlet"),
    "diversity_of_speakers, rarefaction": lambda a: onrecord.diversity_of_speakers(
        a, by="outlet", curve="rarefaction"
    ),
    "compare_speakers": onrecord.compare_speakers,
}


def processor_seconds() -> float:
    """Processor time of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


class Watch:
    """Seconds, processor time, and the most memory that this process and its children had (PSS, in MB)."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.peak, self.done = 0.0, False
        watcher = threading.Thread(target=self._watch)
        watcher.start()
        start, before = time.perf_counter(), processor_seconds()
        try:
            self.result = work()
        finally:
            self.seconds = time.perf_counter() - start
            self.processor_seconds = processor_seconds() - before
            self.done = True
            watcher.join()

    def _watch(self) -> None:
        me = psutil.Process()
        while not self.done:
            held = 0
            for process in [me, *me.children(recursive=True)]:
                with contextlib.suppress(psutil.Error):  # it may just have ended
                    held += process.memory_full_info().pss
            self.peak = max(self.peak, held / 1e6)
            time.sleep(0.2)


@pytest.fixture(scope="module")
def few() -> pd.DataFrame:
    return onrecord.read_documents(ROOT / "data" / "sample" / "articles")


def write_synthetic(few: pd.DataFrame, n: int, path: Path) -> None:
    synthetic_articles(few, n).to_parquet(path)


def test_two_workers_beside_one(few, tmp_path):
    made = synthetic_articles(few, 4000)
    made.to_parquet(tmp_path / "made.parquet")
    runs = {
        n: Watch(lambda n=n: onrecord.analyse_corpus(tmp_path / "made.parquet", tmp_path / f"{n}", workers=n))
        for n in (1, 2)
    }
    words = int(made["n_words"].sum())
    for n, run in runs.items():
        print(
            f"\n{n} worker(s): {words / run.seconds:,.0f} words per second, "
            f"{words / run.processor_seconds:,.0f} of processor time, {run.peak:,.0f} MB"
        )
    print(f"two workers: {runs[1].seconds / runs[2].seconds:.2f} times one, start of processes included")
    assert runs[1].result.n_words == runs[2].result.n_words


def test_growth(few, tmp_path, monkeypatch):
    """Cost of one million words, and without the start of the processes, which a corpus pays once."""
    most = int(os.environ.get("ONRECORD_GROWTH", "64000"))
    few.head(2).to_parquet(tmp_path / "two.parquet")
    with monkeypatch.context() as patch:
        patch.setattr("onrecord.scale.spool.PART_CHARACTERS", 1)  # a part, and a process, for each article
        start = Watch(lambda: onrecord.analyse_corpus(tmp_path / "two.parquet", tmp_path / "two", workers=2))
    print(f"\nstart of the processes: {start.processor_seconds:.1f} processor seconds")
    rows = []
    n = 1000
    while n <= most:
        path = tmp_path / f"made-{n}.parquet"
        made = get_context("spawn").Process(target=write_synthetic, args=(few, n, path))
        made.start()  # in a process of its own, so that its memory is not counted
        made.join()
        run = Watch(lambda path=path, n=n: onrecord.analyse_corpus(path, tmp_path / f"out-{n}", workers=2))
        copies = run.result.sql("SELECT count(duplicate_of) AS n FROM documents")["n"][0]
        n_words = run.result.n_words
        each = [
            1e6 * seconds / n_words
            for seconds in (
                run.seconds,
                run.processor_seconds,
                run.processor_seconds - start.processor_seconds,
            )
        ]
        rows.append((n, n_words, copies, run.seconds, run.processor_seconds, *each, run.peak))
        print(*rows[-1], flush=True)
        n *= 4
    names = ["n_articles", "n_words", "n_copies", "seconds", "processor_seconds", "seconds_per_million_words"]
    names += ["processor_seconds_per_million_words", "without_start", "peak_megabytes"]
    table = pd.DataFrame(rows, columns=names)
    print(f"\n{table.round(1).to_string(index=False)}")
    (ROOT / "exports" / "speed").mkdir(parents=True, exist_ok=True)
    table.to_csv(ROOT / "exports" / "speed" / "growth.csv", index=False)


def test_measures_on_disk(few, tmp_path):
    """Seconds of each measure on a corpus of ONRECORD_MEASURED articles (20,000 unless said).

    2,000 synthetic articles are analysed, and their parts are repeated under other ids.
    """
    times = int(os.environ.get("ONRECORD_MEASURED", "20000")) // 2000
    first = onrecord.analyse_corpus(synthetic_articles(few, 2000), tmp_path / "first", workers=2)
    corpus = repeat_corpus(first, tmp_path / "many", times)
    rows = []
    for name, measure in MEASURES.items():
        run = Watch(lambda measure=measure: measure(corpus))
        rows.append((name, run.seconds, run.processor_seconds))
    table = pd.DataFrame(rows, columns=["measure", "seconds", "processor_seconds"]).round(2)
    print(f"\n{corpus.n_articles:,} articles\n{table.to_string(index=False)}")
    (ROOT / "exports" / "speed").mkdir(parents=True, exist_ok=True)
    table.to_csv(ROOT / "exports" / "speed" / f"measures-{corpus.n_articles}.csv", index=False)


def repeat_corpus(corpus: onrecord.AnalysedCorpus, out: Path, times: int) -> onrecord.AnalysedCorpus:
    """A corpus with the articles of another one several times, each time under other ids."""
    state = read_json(corpus.out / "corpus.json")
    assert state is not None
    connection = duckdb.connect(config={"memory_limit": "1GB"})
    numbers = ", ".join(f"('-{number:03d}')" for number in range(times))
    for path in [*corpus.out.glob("*/part-*.parquet"), *corpus.out.glob("*.parquet")]:
        target = out / path.relative_to(corpus.out)
        target.parent.mkdir(parents=True, exist_ok=True)
        columns = connection.execute(f"SELECT * FROM read_parquet('{path}') LIMIT 0").df().columns
        if "doc_id" not in columns:
            shutil.copy(path, target)
            continue
        connection.execute(
            f"COPY (SELECT * REPLACE (doc_id || number AS doc_id) FROM read_parquet('{path}'), "
            f"(VALUES {numbers}) numbers(number)) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        )
    files = {name: {"bytes": (out / name).stat().st_size} for name in state["files"]}
    state |= {"n_articles": times * state["n_articles"], "n_words": times * state["n_words"], "files": files}
    (out / "state").mkdir(exist_ok=True)
    write_json(out / "corpus.json", state)
    return onrecord.open_corpus(out)


@pytest.mark.skipif("ONRECORD_CSV" not in os.environ, reason="ONRECORD_CSV names no folder of CSV files")
def test_from_csv_to_parquet(tmp_path):
    run = Watch(lambda: onrecord.analyse_corpus(os.environ["ONRECORD_CSV"], tmp_path / "out", workers=2))
    corpus = run.result
    failed = corpus.sql("SELECT count(*) AS n FROM failures")["n"][0]
    report = pd.read_parquet(tmp_path / "out" / "report.parquet")
    print(
        f"\n{len(report)} files, {report['n_expected'].sum()} rows stated, {corpus.n_articles:,} articles, "
        f"{corpus.n_words:,} words, {failed} failed: {run.seconds:.0f} s, {run.peak:,.0f} MB at most"
    )
    assert corpus.n_articles == report["n_found"].sum()
