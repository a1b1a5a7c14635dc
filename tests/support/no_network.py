"""Commands without a network: closed by the kernel where it allows that, watched in every Python process."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
CLOSED = ROOT / "tests" / "support" / "closed"
UP = "ip link set lo up 2>/dev/null; exec"
NO_NETWORK = ["unshare", "-rn", "sh", "-c", f'{UP} "$0" "$@"']


def closed() -> list[str]:
    """Return what goes before a command so that it has no network; nothing where that cannot be had."""
    found = shutil.which("unshare") and shutil.which("ip")
    works = found and subprocess.run([*NO_NETWORK, "true"], capture_output=True).returncode == 0
    return NO_NETWORK if works else []


def watching(notes: Path) -> dict[str, str]:
    """Return the environment of processes that note in a file what would leave the machine."""
    return {"WATCHED": str(notes), "PYTHONPATH": os.pathsep.join([str(CLOSED), str(ROOT / "lib")])}
