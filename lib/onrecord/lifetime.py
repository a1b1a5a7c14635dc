"""End of a helping process when the process that started it ends."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_SECONDS_BETWEEN_LOOKS = 1.0


def end_with_parent(parent: int) -> None:
    """End this process at the latest two seconds after the process `parent` has ended.

    On Linux the kernel ends it at once (prctl, PR_SET_PDEATHSIG). That covers only the thread that
    started this process, and other systems have nothing like it, so a thread looks as well.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if not _is_child_of(parent):  # it ended before this line
        os._exit(1)
    threading.Thread(target=_watch, args=(parent,), daemon=True, name="end-with-parent").start()


def _watch(parent: int) -> None:
    while _is_child_of(parent):
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    os._exit(1)


def _is_child_of(parent: int) -> bool:
    # On Windows the number stays when the parent has ended, so the parent itself is looked for.
    if sys.platform != "win32":
        return os.getppid() == parent
    return _is_running_on_windows(parent)


def _is_running_on_windows(process: int) -> bool:
    still_active, query = 259, 0x1000  # STILL_ACTIVE, PROCESS_QUERY_LIMITED_INFORMATION
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    handle = kernel.OpenProcess(query, False, process)
    if not handle:
        return False
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == still_active
