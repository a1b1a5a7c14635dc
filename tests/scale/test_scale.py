"""Corpora in parts: the same as at once, whatever happens in between."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import onrecord
from onrecord.analysis import TABLES
from onrecord.measures.means import mean_level
from onrecord.rules import rules_version
from onrecord.scale import spool
from onrecord.scale.files import write_whole
from onrecord.scale.work import RESULTS
from scale_corpus import articles, assert_same, deadly_lists

ROOT = Path(__file__).parents[2]
MEASURES = {
    "unnamed": lambda a: onrecord.share_unnamed(a, by="outlet"),
    "unnamed of attributions": lambda a: onrecord.share_unnamed(a, of="attributions", by="month"),
    "unnamed of words": lambda a: onrecord.share_unnamed(a, of="words", people_only=True),
    "unnamed of articles": lambda a: onrecord.share_unnamed(a, of="articles", by="outlet"),
    "reasons": lambda a: onrecord.share_reasons(a, by="outlet"),
    "flags": lambda a: onrecord.share_flags(a, by="outlet"),
    "form": lambda a: onrecord.share_each(a, "form", by="outlet"),
    "naming": lambda a: onrecord.share_each(a, "naming", of="sources"),
    "level": lambda a: onrecord.share_each(a, "description_level", of="unnamed_sources"),
    "mean level": lambda a: mean_level(a, by="outlet"),
    "differences": lambda a: onrecord.compare_shares(onrecord.share_unnamed(a, by="outlet")),
    "diversity": lambda a: onrecord.diversity_of_speakers(a, by="outlet"),
    "pairs": lambda a: onrecord.count_co_quoted(a),
}


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(spool, "PART_CHARACTERS", 3000)


@pytest.fixture(scope="module")
def documents() -> pd.DataFrame:
    return articles(120)


@pytest.fixture(scope="module")
def whole(documents):
    return onrecord.analyse(documents)


@pytest.fixture(scope="module")
def corpus(documents, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "PART_CHARACTERS", 3000)
        return onrecord.analyse_corpus(documents, tmp_path_factory.mktemp("corpus"), workers=2)


def test_parts_give_the_same_as_the_whole(corpus, whole):
    assert len(list((corpus.out / "documents").glob("*.parquet"))) > 5
    assert_same(corpus.select("true"), whole)
    assert corpus.n_articles == 120 and corpus.sql("SELECT count(*) AS n FROM failures")["n"][0] == 0


@pytest.mark.parametrize("name", MEASURES)
def test_measures_counted_on_disk_are_the_same(corpus, whole, name):
    pd.testing.assert_frame_equal(MEASURES[name](corpus), MEASURES[name](whole))


def test_a_selection(corpus, documents):
    chosen = corpus.select("outlet = ? AND doc_id < 'd00030'", ["Post"])
    expected = documents[(documents["outlet"] == "Post") & (documents["doc_id"] < "d00030")]
    assert sorted(chosen.documents["doc_id"]) == expected["doc_id"].tolist()
    assert set(chosen.sources["doc_id"]) <= set(expected["doc_id"])
    assert "text" not in corpus.documents.columns and len(corpus.documents) == 120


def test_opened_again_it_answers_and_run_again_it_rests(corpus, documents):
    again = onrecord.open_corpus(corpus.out)
    assert again.sql("SELECT count(*) AS n FROM sources")["n"][0] > 100
    before = {path: path.stat().st_mtime_ns for path in corpus.out.rglob("part-*.parquet")}
    onrecord.analyse_corpus(documents, corpus.out, workers=1)
    assert {path: path.stat().st_mtime_ns for path in corpus.out.rglob("part-*.parquet")} == before


def test_files_of_any_format_are_streamed(tmp_path):
    source = ROOT / "data" / "sample" / "articles"
    found = onrecord.analyse_corpus(source, tmp_path / "out", workers=2)
    assert_same(found.select("true"), onrecord.analyse(onrecord.read_documents(source)))
    assert len(pd.read_parquet(tmp_path / "out" / "report.parquet")) == 48


def test_parquet_is_streamed(tmp_path, documents, whole):
    documents.iloc[:50].to_parquet(tmp_path / "a.parquet")
    documents.iloc[50:].to_parquet(tmp_path / "b.parquet")
    found = onrecord.analyse_corpus(tmp_path, tmp_path / "out", workers=1)
    assert_same(found.select("true"), whole)


@pytest.mark.parametrize("what", ["removed", "cut short", "changed"])
@pytest.mark.parametrize("table", ["sources", "documents"])
def test_a_part_that_was_lost_is_made_again(tmp_path, documents, whole, what, table):
    out = tmp_path / "out"
    onrecord.analyse_corpus(documents, out, workers=1).close()
    part = sorted((out / table).glob("part-*.parquet"))[1]
    content = part.read_bytes()
    if what == "removed":
        part.unlink()
        with pytest.raises(FileNotFoundError, match="run analyse_corpus again"):
            onrecord.open_corpus(out)
    else:
        part.write_bytes(content[:-100] if what == "cut short" else content[:100] + b"x" + content[101:])
    assert_same(onrecord.analyse_corpus(documents, out, workers=1).select("true"), whole)


def test_new_articles_are_added_and_old_ones_leave(tmp_path, documents):
    out = tmp_path / "out"
    onrecord.analyse_corpus(documents.head(60), out, workers=1).close()
    kept = {path.name for path in (out / "sources").glob("*.parquet")}
    longer = onrecord.analyse_corpus(documents, out, workers=1)
    assert_same(longer.select("true"), onrecord.analyse(documents))
    longer.close()
    # All but the last part of the first run are unchanged.
    assert len(kept & {path.name for path in (out / "sources").glob("*.parquet")}) >= len(kept) - 1
    shorter = onrecord.analyse_corpus(documents.head(30), out, workers=1)
    assert_same(shorter.select("true"), onrecord.analyse(documents.head(30)))


def test_an_article_that_fails_is_a_row(tmp_path, documents):
    bad = documents.copy()
    bad.loc[40, "text"] = "A senior official said FAIL on condition of anonymity."
    found = onrecord.analyse_corpus(bad, tmp_path / "out", workers=1, lists=deadly_lists())
    failures = found.sql("SELECT * FROM failures")
    assert failures["doc_id"].tolist() == ["d00040"]
    assert failures["reason"].tolist() == ["RuntimeError: this text is not to be read"]
    assert_same(found.select("doc_id != 'd00040'"), onrecord.analyse(documents.drop(index=40)))
    assert len(found.documents) == 120


def test_an_article_that_kills_its_worker_is_a_row(tmp_path, documents):
    bad = documents.copy()
    bad.loc[40, "text"] = "A senior official said DIE on condition of anonymity."
    found = onrecord.analyse_corpus(bad, tmp_path / "out", workers=2, lists=deadly_lists())
    failures = found.sql("SELECT * FROM failures")
    assert failures.to_numpy().tolist() == [["d00040", "a worker process died on this article"]]
    assert_same(found.select("doc_id != 'd00040'"), onrecord.analyse(documents.drop(index=40)))


KILLED = """
import sys
sys.path[:0] = [{tests!r}]
import onrecord
from onrecord.scale import spool
from scale_corpus import articles
spool.PART_CHARACTERS = 3000
if __name__ == "__main__":
    onrecord.analyse_corpus(articles(300), {out!r}, workers=2)
"""


def test_killed_at_any_moment_it_goes_on(tmp_path):
    out = tmp_path / "out"
    script = tmp_path / "run.py"
    script.write_text(KILLED.format(tests=str(ROOT / "tests" / "support"), out=str(out)))
    moments = random.Random(4)
    for _ in range(int(os.environ.get("ONRECORD_KILLS", "4"))):
        run = subprocess.Popen(
            [sys.executable, str(script)], stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(moments.uniform(1.5, 6))
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
    found = onrecord.analyse_corpus(articles(300), out, workers=2)
    assert_same(found.select("true"), onrecord.analyse(articles(300)))
    assert not list(out.rglob(".*.part"))


def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path, documents, whole):
    out = tmp_path / "out"
    script = (
        "import resource, sys\n"
        f"sys.path[:0] = [{str(ROOT / 'tests' / 'support')!r}]\n"
        "import onrecord\n"
        "from scale_corpus import articles\n"
        "if __name__ == '__main__':\n"
        # No file may grow beyond 6 kB: as if the disk were full.
        "    import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))\n"
        f"    onrecord.analyse_corpus(articles(120), {str(out)!r}, workers=1)\n"
    )
    (tmp_path / "run.py").write_text(script)
    run = subprocess.run([sys.executable, str(tmp_path / "run.py")], capture_output=True, text=True)
    assert run.returncode != 0
    assert "could not be written" in run.stderr and "finished parts are kept" in run.stderr
    assert_same(onrecord.analyse_corpus(documents, out, workers=1).select("true"), whole)


def test_a_folder_that_cannot_be_written_is_said(tmp_path, documents):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OSError, match="cannot be written"):
        onrecord.analyse_corpus(documents, tmp_path / "file", workers=1)


def test_two_runs_into_one_folder_are_refused(tmp_path, documents):
    from onrecord.scale.run import _claimed

    with _claimed(tmp_path), pytest.raises(OSError, match="being written by another run"):
        onrecord.analyse_corpus(documents, tmp_path, workers=1)


def test_what_cannot_be_analysed_is_refused(tmp_path, documents):
    with pytest.raises(ValueError, match="more than once"):
        twice = pd.concat([documents, documents.head(1)])
        onrecord.analyse_corpus(twice, tmp_path / "a", workers=1)
    with pytest.raises(FileNotFoundError, match="does not contain a finished corpus"):
        onrecord.open_corpus(tmp_path / "a")
    with pytest.raises(ValueError, match="workers must be at least 1, not 0"):
        onrecord.analyse_corpus(documents, tmp_path / "b", workers=0)


def test_an_empty_corpus_has_its_tables(tmp_path, documents):
    found = onrecord.analyse_corpus(documents.head(0), tmp_path / "out", workers=1)
    assert found.n_articles == 0
    assert list(found.sql("SELECT * FROM sources").columns) == list(
        onrecord.analyse(documents.head(0)).sources
    )
    assert onrecord.share_unnamed(found)["n_sources"].sum() == 0


def test_other_rules_are_another_version():
    lists = onrecord.load_lists()
    assert rules_version(lists) == rules_version()
    assert rules_version(deadly_lists()) != rules_version(lists)


def test_a_file_is_whole_or_not_there(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")

    def fails(beside: Path) -> None:
        beside.write_text("half")
        raise ValueError("in between")

    with pytest.raises(ValueError, match="in between"):
        write_whole(path, fails)
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_a_cluster_gives_the_same_though_a_worker_is_killed(tmp_path, documents, whole):
    from dask.distributed import Client, LocalCluster

    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address=None,
            host="127.0.0.1",
            local_directory=str(tmp_path),
        ) as cluster,
        Client(cluster) as client,
    ):
        first = next(iter(cluster.workers.values()))
        pid = client.run(os.getpid, workers=[first.worker_address])[first.worker_address]
        found = onrecord.analyse_corpus(KillOnce(documents, pid), tmp_path / "out", client=client)
        assert_same(found.select("true"), whole)
    assert json.loads((tmp_path / "out" / "corpus.json").read_text())["n_articles"] == 120


def KillOnce(documents: pd.DataFrame, pid: int) -> pd.DataFrame:
    """Return `documents`; kill the process a moment later, when the work has begun."""
    import threading

    threading.Timer(2.0, os.kill, (pid, signal.SIGKILL)).start()
    return documents


def test_the_tables_of_a_part_are_those_of_an_analysis():
    assert set(RESULTS) == {*TABLES, "failures"} - {"documents"}


def test_an_edited_file_of_the_same_size_and_time_is_read_again(tmp_path):
    path, out = tmp_path / "a.txt", tmp_path / "out"
    path.write_text("headline: Lock shut\n\nThe lock is shut, a clerk said.", encoding="utf-8")
    stat = path.stat()
    onrecord.analyse_corpus(path, out, workers=1)
    path.write_text("headline: Lock open\n\nThe lock is open, a clerk said.", encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert path.stat().st_size == stat.st_size and path.stat().st_mtime_ns == stat.st_mtime_ns
    again = onrecord.analyse_corpus(path, out, workers=1)
    assert again.sql("SELECT headline FROM documents")["headline"].tolist() == ["Lock open"]


def test_a_change_in_the_middle_of_a_large_file_is_found_on_request(tmp_path):
    path, out = tmp_path / "a.txt", tmp_path / "out"
    words = "word " * 20_000
    path.write_text(f"headline: Lock shut\n\n{words}A clerk said it is shut. {words}", encoding="utf-8")
    stat = path.stat()
    onrecord.analyse_corpus(path, out, workers=1)
    path.write_text(f"headline: Lock shut\n\n{words}A clerk said it is open. {words}", encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    again = onrecord.analyse_corpus(path, out, workers=1, full_check=True)
    assert "it is open" in again.sql("SELECT text FROM documents")["text"][0]


def test_renamed_and_swapped_columns_are_another_source(tmp_path, documents):
    few = documents.head(3).assign(headline=["One", "Two", "Three"], standfirst=["first", "second", "third"])
    out = tmp_path / "out"
    onrecord.analyse_corpus(few, out, workers=1)
    swapped = few.rename(columns={"headline": "standfirst", "standfirst": "headline"})
    again = onrecord.analyse_corpus(swapped, out, workers=1)
    found = again.sql("SELECT doc_id, standfirst FROM documents").set_index("doc_id")["standfirst"]
    assert found.to_dict() == few.set_index("doc_id")["headline"].to_dict()


def test_a_damaged_part_is_refused_or_found_by_a_check(tmp_path, documents):
    out = tmp_path / "out"
    corpus = onrecord.analyse_corpus(documents.head(3), out, workers=1)
    assert len(corpus.check()) == 0
    part = next((out / "sources").glob("*.parquet"))
    whole = part.read_bytes()
    part.write_bytes(whole[:-8] + bytes(8))
    assert corpus.check().to_dict("records") == [
        {"file": part.relative_to(out).as_posix(), "problem": "damaged"}
    ]
    part.write_bytes(whole[:-8])
    with pytest.raises(ValueError, match=r"part-.*is damaged.*run analyse_corpus again"):
        onrecord.open_corpus(out)
    again = onrecord.analyse_corpus(documents.head(3), out, workers=1)
    assert len(again.check()) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="looks for processes in /proc or by signals")
def test_no_process_is_left_when_the_run_is_killed(tmp_path):
    program = tmp_path / "run.py"
    program.write_text(
        "from onrecord.scale.processes import _pool\n"
        "import os, time\n"
        "def number(_):\n"
        "    time.sleep(0.5)\n"
        "    return os.getpid()\n"
        "if __name__ == '__main__':\n"
        "    pool = _pool(2)\n"
        "    print(*set(pool.map(number, range(8))), flush=True)\n"
        "    running = [pool.submit(time.sleep, 600) for _ in range(2)]\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    run = subprocess.run([sys.executable, str(program)], capture_output=True, text=True)
    workers = list(map(int, run.stdout.split()))
    assert workers
    late = time.monotonic() + 5
    while workers and time.monotonic() < late:
        workers = [one for one in workers if _is_running(one)]
        time.sleep(0.1)
    assert not workers


def _is_running(process: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for does not."""
    try:
        os.kill(process, 0)
        status = Path(f"/proc/{process}/stat")
        return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
