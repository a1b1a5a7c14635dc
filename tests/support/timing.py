"""Processor time, for tests that work grows with the length of a text and not with its square."""

import time
from collections.abc import Callable


def processor_seconds(work: Callable[[], object], times: int = 3) -> float:
    """The least processor time of several runs: other programs of the machine change it little."""
    seconds = []
    for _ in range(times):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)
