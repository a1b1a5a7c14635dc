"""Parts of a corpus analysed by worker processes or by a cluster."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.extras import name_extra
from onrecord.lifetime import end_with_parent
from onrecord.scale.work import Task, analyse_part, read_part

if TYPE_CHECKING:
    from dask.distributed import Client

# Times that a part may end its worker process before its articles are searched for the one that does. The
# first may have another cause, such as the end of memory.
_DEATHS = 2


def in_processes(tasks: list[Task], workers: int | None) -> Iterator[dict]:
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


def on_cluster(tasks: list[Task], client: Client) -> Iterator[dict]:
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
