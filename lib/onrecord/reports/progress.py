"""Progress bars that show that the program works, also while one step takes long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from weakref import WeakSet

from tqdm import tqdm

from onrecord.progress import progress

_SECONDS = 1.0


@contextmanager
def beating(seconds: float = _SECONDS) -> Iterator[None]:
    """Draw the bars of this process again every `seconds`.

    So their elapsed time moves.
    """
    is_over = Event()

    def beat() -> None:
        while not is_over.wait(seconds):
            bars: WeakSet[tqdm] = getattr(tqdm, "_instances", WeakSet())
            for bar in tuple(bars):
                bar.refresh()

    thread = Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


@contextmanager
def stage(words: str) -> Iterator[None]:
    """Show `words` and the elapsed time while the block runs."""
    with progress(desc=words, bar_format="{desc} {elapsed}"), beating():
        yield
