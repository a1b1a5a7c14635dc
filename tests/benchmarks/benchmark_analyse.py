"""How fast an analysis is, beside real peers and stage by stage. Run by `make benchmark`.

    python -m pytest -s tests/benchmarks/benchmark_analyse.py

Processor time of one core, the median of three rounds. In each round all that is compared runs in turn, so
that a busy machine slows all of it alike. Set ONRECORD_BENCHMARK to a folder of articles to take those in
place of the sample. The tables are written to exports/speed as well.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import psutil
import pytest
from textblob import TextBlob
from threadpoolctl import threadpool_info, threadpool_limits

import onrecord
from onrecord.attributions.linking.linker import load_linker
from onrecord.attributions.pipeline import attributions_from
from onrecord.attributions.rules.disclosures import detect_disclosures
from onrecord.attributions.tagging.batch_tokens import Tokens
from onrecord.attributions.tagging.tagger import batch_marginals, load_tagger, sequence_starts
from onrecord.attributions.tagging.token_features import feature_keys
from onrecord.sources.names import add_names
from onrecord.sources.resolve import sources_of
from onrecord.text.sentences import sentence_spans
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists
from peers import SmallPipeline, peer_python

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample" / "articles"
ROUNDS = 3


@pytest.fixture(scope="module")
def documents() -> pd.DataFrame:
    return onrecord.read_documents(os.environ.get("ONRECORD_BENCHMARK", SAMPLE))


@pytest.fixture(scope="module")
def texts(documents) -> list[str]:
    return documents["text"].dropna().tolist()


def seconds_of(work: Callable[[], object]) -> tuple[float, object]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def save(table: pd.DataFrame, name: str) -> None:
    print(f"\n{table.to_string()}")
    folder = ROOT / "exports" / "speed"
    folder.mkdir(parents=True, exist_ok=True)
    table.to_csv(folder / f"{name}.csv")


def test_the_machine():
    """What the figures were measured on."""
    blas = [
        f"{pool['internal_api']} {pool['version']} ({pool.get('architecture')})"
        for pool in threadpool_info()
        if pool["user_api"] == "blas"
    ]
    facts = {
        "processor": _processor(),
        "processors": psutil.cpu_count(),
        "memory (GB)": round(psutil.virtual_memory().total / 1e9),
        "system": platform.platform(),
        "python": platform.python_version(),
        "matrix products": "; ".join(blas),
        "load when the run began": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }
    save(pd.DataFrame({"value": facts}), "machine")


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def test_beside_real_peers(documents, texts, tmp_path):
    """All that analyse does beside what others do with the same texts, as a ratio of processor time."""
    python = peer_python()
    if python is None:
        pytest.skip("spaCy's small pipeline is not installed: run make peers (a separate environment)")
    n_words = sum(len(text.split()) for text in texts)
    (tmp_path / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    rounds = []
    with SmallPipeline(python, tmp_path / "texts.json") as pipeline, threadpool_limits(1):
        onrecord.analyse(documents.head(5))
        for _ in range(ROUNDS):
            ours, _ = seconds_of(lambda: onrecord.analyse(documents))
            theirs = pipeline.measure()["seconds"]
            blob, _ = seconds_of(lambda: [TextBlob(text).sentiment for text in texts])
            tone, _ = seconds_of(lambda: onrecord.add_tone(documents))
            rounds.append((ours, theirs, blob, tone))
        about = pipeline.about
    names = ["analyse", "small pipeline of spaCy", "TextBlob's sentiment", "add_tone"]
    seconds = pd.DataFrame(rounds, columns=names)
    table = pd.DataFrame({"seconds": seconds.median()})
    table["words_per_second"] = (n_words / table["seconds"]).round(-2).astype(int)
    table["times_as_long_as_analyse"] = (seconds.div(seconds["analyse"], axis=0)).median()
    print(f"\n{len(texts)} articles, {n_words} words; spaCy {about['spacy']}, model {about['model']}")
    save(table.round(2), "peers")
    assert (seconds > 0).all().all()


class Stages:
    """The stages of an analysis, one after the other, each with its seconds."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}

    def run(self, stage: str, function: Callable, *arguments: object) -> object:
        start = time.process_time()
        result = function(*arguments)
        self.seconds.setdefault(stage, []).append(time.process_time() - start)
        return result

    def each(self, stage: str, function: Callable, *columns: Sequence) -> list:
        return self.run(stage, lambda: [function(*row) for row in zip(*columns, strict=True)])  # type: ignore[return-value]


def test_speed_of_each_stage(documents, texts):
    n_words = sum(len(text.split()) for text in texts)
    tagger, linker, lists = load_tagger(), load_linker(), load_lists()
    stages = Stages()
    one = [None] * len(texts)
    with threadpool_limits(1):
        onrecord.analyse(documents.head(5))
        for _ in range(ROUNDS):
            stages.each("sentences alone (Punkt)", sentence_spans, texts)
            articles = stages.each("read articles", read_article, texts)
            tokens = stages.run("tokens", Tokens, articles, tagger.types)
            keys = stages.run("features", feature_keys, tokens)
            scores = stages.run("scores (CRF and net)", tagger.scores, keys.T, tokens.starts)
            starts = sequence_starts(tokens.paragraph)
            marginals = stages.run("marginals", batch_marginals, scores, tagger.transitions, starts)
            found = stages.run(
                "linking and rules", attributions_from, articles, tokens, marginals, linker, lists
            )
            stages.each("disclosures", detect_disclosures, articles, one, [lists] * len(texts))
            stages.each("sources", sources_of, articles, found, one, [lists] * len(texts))
            analysis = stages.run("the whole of analyse", onrecord.analyse, documents)
            stages.run("one name for each person", add_names, analysis.sources, documents)
    rounds = stages.seconds
    table = pd.DataFrame({"seconds": {stage: statistics.median(found) for stage, found in rounds.items()}})
    table["words_per_second"] = (n_words / table["seconds"]).round(-2).astype(int)
    table["share_of_analyse"] = table["seconds"] / table["seconds"]["the whole of analyse"]
    save(table.round(3), "stages")
    assert (table["seconds"] > 0).all()


START = """
import sys, time
start = time.perf_counter()
import onrecord
imported = time.perf_counter() - start
import pandas as pd
documents = pd.DataFrame({"doc_id": ["a"], "text": ["The pool is safe, Mayor Ada Quill said."]})
onrecord.analyse(documents)
first = time.perf_counter() - start
start = time.perf_counter()
onrecord.analyse(documents)
import resource
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
print(imported, first, time.perf_counter() - start, peak)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="reads the peak of memory from the resource module")
def test_start_up_and_memory():
    """A new process: until the package is imported, until the first article is analysed, and its memory."""
    rounds = [
        [float(value) for value in subprocess.check_output([sys.executable, "-c", START], text=True).split()]
        for _ in range(ROUNDS)
    ]
    names = ["import (s)", "until the first article (s)", "a second article (s)", "memory (MB)"]
    save(pd.DataFrame(rounds, columns=names).median().round(2).to_frame("value"), "start")
    assert len(rounds) == ROUNDS
