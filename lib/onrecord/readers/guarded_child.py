"""The process that reads containers for `guarded`, one file after the other.

Run as `python -m onrecord.readers.guarded_child PARENT GIGABYTES`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import BinaryIO

from onrecord.lifetime import end_with_parent
from onrecord.readers.formats import read_bytes
from onrecord.readers.guarded import READY
from onrecord.readers.reading import Unreadable


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer each request with one line of JSON, until the input ends."""
    while head := requests.readline():
        request = json.loads(head)
        data = requests.read(request["size"])
        answers.write(json.dumps(_answer(data, request["suffix"], request["columns"])).encode() + b"\n")
        answers.flush()


def _answer(data: bytes, suffix: str, columns: dict[str, str] | None) -> dict:
    try:
        file_format, reading = read_bytes(data, suffix, columns)
    except Unreadable as error:
        return {"unreadable": str(error)}
    except MemoryError:
        return {"is_out_of_memory": True}
    except Exception as error:
        return {"failed": f"{type(error).__name__}: {error}"}
    return {"format": file_format, "reading": reading._asdict()}


def _limit_memory(gigabytes: float) -> None:
    if sys.platform == "linux":  # elsewhere the limit is not kept by the system
        import resource

        size = int(gigabytes * 2**30)
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def main() -> None:
    """Serve the parent process. What libraries print goes nowhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's
    end_with_parent(int(sys.argv[1]))
    _limit_memory(float(sys.argv[2]))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    answers.write(READY)
    answers.flush()
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
