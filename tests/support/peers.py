"""Peers that the library is measured beside, in an environment of their own."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "tests" / "benchmarks" / "peer_process.py"
# One thread, as the library uses: processor time then does not count threads that wait.
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "BLIS")}


def peer_python() -> Path | None:
    """The interpreter of the peers' environment; None where it is not installed.

    ONRECORD_PEERS names another one than that of `make peers`.
    """
    places = [ROOT / ".venv-peers" / "bin" / "python", ROOT / ".venv-peers" / "Scripts" / "python.exe"]
    if "ONRECORD_PEERS" in os.environ:
        places = [Path(os.environ["ONRECORD_PEERS"])]
    return next((place for place in places if place.exists()), None)


class SmallPipeline:
    """spaCy's small English pipeline with its weights, in a process that stays while it is measured."""

    def __init__(self, python: Path, texts: Path) -> None:
        self._process = subprocess.Popen(
            [str(python), str(SCRIPT), str(texts)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **ONE_THREAD},
        )
        self.about = self._answer()

    def measure(self) -> dict:
        """Seconds of processor time for all texts, tokens, and the most memory so far."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the process of the peer ended; run make peers again")
        return json.loads(line)

    def __enter__(self) -> SmallPipeline:
        return self

    def __exit__(self, *error: object) -> None:
        self._process.stdin.close()  # type: ignore[union-attr]
        self._process.wait(timeout=60)
