"""One kernel in which the notebooks of a report run, one after another."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError

# Silences a warning about networks, which the kernel does not use.
_ARGUMENTS = ["--IPKernelApp.log_level=40"]
_FORGET = "%reset -f"
_TICK = 1.0  # seconds
ENDED = "the program ended in this notebook, probably because the memory was not sufficient"


class NotebookKernel:
    """A kernel that starts with the first notebook and is shared by the others.

    Modules and what they keep, such as the loaded analysis, remain. The names of a notebook are removed
    before the next one, so that each runs as if alone. Cells run in a thread of their own, so that an
    interruption reaches the program at once.
    """

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder = folder
        self._environment = os.environ | environment
        self._manager: AsyncKernelManager | None = None
        self._client: AsyncKernelClient | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = ThreadPoolExecutor(1)
        self._task: asyncio.Task | None = None
        self._running: Future | None = None

    def __enter__(self) -> NotebookKernel:
        return self

    def __exit__(self, *_: object) -> None:
        if self._task is not None:
            self._loop.call_soon_threadsafe(self._task.cancel)
        if self._running is not None:
            wait([self._running], timeout=5)
        self._thread.submit(self._loop.run_until_complete, self._stop()).result()
        self._thread.shutdown()
        self._loop.close()

    def run(
        self, book: nbformat.NotebookNode, done: Callable[[], object], tick: Callable[[], object]
    ) -> str | None:
        """Run `book` in place; return None, or a sentence where the kernel ended.

        `done` is called after each code cell, `tick` once a second. A cell that fails keeps its error, and
        the next one runs.
        """
        work = self._watched(self._executed(book, done))
        self._running = self._thread.submit(self._loop.run_until_complete, work)
        while not wait([self._running], timeout=_TICK).done:
            tick()
        return self._running.result()

    async def _watched(self, work: Coroutine[Any, Any, str | None]) -> str | None:
        self._task = asyncio.current_task()
        try:
            return await work
        finally:
            self._task = None

    async def _executed(self, book: nbformat.NotebookNode, done: Callable[[], object]) -> str | None:
        if self._manager is None:
            self._manager = AsyncKernelManager(kernel_name="python3")
        executor = NotebookClient(
            book,
            km=self._manager,
            timeout=None,
            allow_errors=True,
            resources={"metadata": {"path": str(self._folder)}},
            extra_arguments=_ARGUMENTS,
            on_cell_executed=lambda **_: done(),
        )
        executor.kc = self._client
        try:
            if executor.kc is not None:
                executor.kc.execute(_FORGET, silent=True, store_history=False)
            await executor.async_execute(env=self._environment)
        except DeadKernelError:
            await self._stop()
            return ENDED
        self._client = executor.kc
        return None

    async def _stop(self) -> None:
        if self._client is not None:
            self._client.stop_channels()
            self._client = None
        if self._manager is not None:
            if self._manager.has_kernel:
                await self._manager.shutdown_kernel(now=True)
            self._manager = None
        # An interrupted run leaves a task behind that watches the kernel.
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
