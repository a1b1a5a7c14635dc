"""Containers, read in a process of its own with limits of time and memory.

Libraries that open containers (PDF, Office, Parquet, web pages, e-mails) can be made to run for hours
or to fill the memory by a file of a few KB. One process reads such files, one after the other. Where a
file takes more than the limits, the process ends, the file becomes a row of the read report that names
the limit, and the next file gets a new process. Text, CSV and JSON are read without it.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping

from onrecord.readers.formats import is_container, read_bytes
from onrecord.readers.reading import RawArticle, Reading, Unreadable, failure

READY = b"ready\n"  # the first line of the process
SECONDS_NAME, MEMORY_NAME = "ONRECORD_SECONDS_PER_FILE", "ONRECORD_GB_PER_FILE"
# A printed newspaper of 100 MB took 20 seconds; the largest real workbook that was tried 1.6 GB.
_SECONDS, _SECONDS_PER_MB, _GIGABYTES = 60.0, 2.0, 4.0


def read_guarded(data: bytes, suffix: str, columns: Mapping[str, str] | None = None) -> tuple[str, Reading]:
    """Format and articles of one file's bytes, read within the limits.

    As `formats.read_bytes`.

    The limits are 60 seconds (and 2 more for each MB) and 4 GB of memory, or what the environment
    variables ONRECORD_SECONDS_PER_FILE and ONRECORD_GB_PER_FILE say. The limit of memory holds on
    Linux. Raises Unreadable with the limit and how to raise it.
    """
    if not is_container(data):
        return read_bytes(data, suffix, columns)
    try:
        process = _Reader.running()
    except OSError:  # a system that starts no processes
        return read_bytes(data, suffix, columns)
    return process.read(data, suffix, columns)


def limit_of(name: str, default: float) -> float:
    """The positive number that the environment variable `name` states, or `default`.

    Raises ValueError that names the variable where it is not a positive number.
    """
    stated = os.environ.get(name, "").strip()
    if not stated:
        return default
    try:
        value = float(stated)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e9:
        raise ValueError(f"the environment variable {name} is {stated!r}: set it to a positive number")
    return value


class _Reader:
    """The process that reads containers. One for each process of the user's."""

    _current: _Reader | None = None

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.gigabytes = limit_of(MEMORY_NAME, _GIGABYTES)
        command = [
            sys.executable,
            "-m",
            "onrecord.readers.guarded_child",
            str(self.owner),
            str(self.gigabytes),
        ]
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        assert self.process.stdout is not None  # a pipe
        if self.process.stdout.readline() != READY:  # its imports do not count as time of the first file
            self.end()
            raise OSError("the process that reads containers did not start")

    @classmethod
    def running(cls) -> _Reader:
        """The reader of this process, started where there is none with these limits."""
        one = cls._current
        is_own = one is not None and one.owner == os.getpid()  # a forked process must not share it
        if one is None or not is_own or one.process.poll() is not None or one.has_other_limit():
            if one is not None and is_own:
                one.end()
            one = cls._current = cls()
            atexit.register(one.end)
        return one

    def has_other_limit(self) -> bool:
        return limit_of(MEMORY_NAME, _GIGABYTES) != self.gigabytes

    def read(self, data: bytes, suffix: str, columns: Mapping[str, str] | None) -> tuple[str, Reading]:
        """Send one file and return what was read. Raises Unreadable."""
        seconds = limit_of(SECONDS_NAME, _SECONDS) + _SECONDS_PER_MB * len(data) / 1e6
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            answer = self._exchange(data, suffix, columns)
        except (OSError, EOFError, ValueError):
            self.end()
            raise Unreadable(self._why(late.is_set(), seconds)) from None
        except BaseException:  # an interruption: what it would answer next belongs to this file
            self.end()
            raise
        finally:
            timer.cancel()
        if reason := answer.get("unreadable"):
            raise Unreadable(reason)
        if said := answer.get("failed"):
            raise Unreadable(failure(said))
        if answer.get("is_out_of_memory"):
            self.end()  # what it holds is not known
            raise Unreadable(self._why(False, seconds))
        reading = answer["reading"]
        articles = [RawArticle(*fields) for fields in reading.pop("articles")]
        return answer["format"], Reading(articles, **{**reading, "warnings": tuple(reading["warnings"])})

    def _exchange(self, data: bytes, suffix: str, columns: Mapping[str, str] | None) -> dict:
        to, answers = self.process.stdin, self.process.stdout
        assert to is not None and answers is not None  # both are pipes
        head = {"suffix": suffix, "columns": None if columns is None else dict(columns), "size": len(data)}
        to.write(json.dumps(head).encode() + b"\n")
        to.write(data)
        to.flush()
        line = answers.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        return json.loads(line)

    def _why(self, is_late: bool, seconds: float) -> str:
        if is_late:
            return (
                f"it took more than {seconds:.0f} seconds to read, the limit of time for a file of this "
                f"size: if you trust it, set {SECONDS_NAME} higher and read it again, or save it as CSV or "
                "TXT"
            )
        return (
            f"it took more than {self.gigabytes:g} GB of memory to read, the limit for a file, or it made "
            f"its reader fail: if you trust it, set {MEMORY_NAME} higher and read it again, or save it as "
            "CSV or TXT"
        )

    def end(self) -> None:
        """End the process. A second call does nothing."""
        if self.owner != os.getpid():
            return
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self.process.wait()
        if _Reader._current is self:
            _Reader._current = None
        atexit.unregister(self.end)
