"""How a corpus of any size behaves: workers, growth, memory, kills. Run by `make benchmark`.

    ONRECORD_CSV=folder python -m pytest -s tests/benchmarks/benchmark_scale.py

ONRECORD_CSV names a folder of CSV files to take from files to Parquet; without it that part is skipped.
ONRECORD_GROWTH is the largest corpus for the growth (64000 unless said; it takes 40 minutes or so).
Figures depend on the machine and on what else it does: read the ratios.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import psutil
import pytest

import onrecord
from onrecord.scale.synthetic import synthetic_articles

ROOT = Path(__file__).parents[2]


class Watch:
    """Seconds, and the most memory that this process and its children held together (PSS, in MB)."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.peak, self.done = 0.0, False
        watcher = threading.Thread(target=self._watch)
        watcher.start()
        start = time.perf_counter()
        try:
            self.result = work()
        finally:
            self.seconds = time.perf_counter() - start
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


def test_two_workers_beside_one(few, tmp_path):
    made = synthetic_articles(few, 4000)
    made.to_parquet(tmp_path / "made.parquet")
    runs = {
        n: Watch(lambda n=n: onrecord.analyse_corpus(tmp_path / "made.parquet", tmp_path / f"{n}", workers=n))
        for n in (1, 2)
    }
    words = int(made["n_words"].sum())
    for n, run in runs.items():
        print(f"\n{n} worker(s): {words / run.seconds:,.0f} words a second, {run.peak:,.0f} MB")
    print(f"two workers: {runs[1].seconds / runs[2].seconds:.2f} times one, start of processes included")
    assert runs[1].result.n_words == runs[2].result.n_words


def test_growth(few, tmp_path):
    most = int(os.environ.get("ONRECORD_GROWTH", "64000"))
    rows = []
    n = 1000
    while n <= most:
        path = tmp_path / f"made-{n}.parquet"
        synthetic_articles(few, n).to_parquet(path)
        run = Watch(lambda path=path, n=n: onrecord.analyse_corpus(path, tmp_path / f"out-{n}", workers=2))
        rows.append((n, run.seconds, 1000 * run.seconds / n, run.peak))
        n *= 4
    table = pd.DataFrame(rows, columns=["n_articles", "seconds", "milliseconds_an_article", "peak_megabytes"])
    print(f"\n{table.round(1).to_string(index=False)}")
    (ROOT / "exports").mkdir(exist_ok=True)
    table.to_csv(ROOT / "exports" / "growth.csv", index=False)


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
