"""Loaded by every process of test_private.py: notes and refuses what would leave the machine."""

import os
import socket
import sys

OWN = {None, "", "localhost", "0.0.0.0", "::", "::1", socket.gethostname()}
OWN |= {name.encode() for name in OWN if name}


def _leaves(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    return host not in OWN and not str(name).startswith("127.")


def _watch(event: str, arguments: tuple) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # any other is a file on this machine
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    if _leaves(host):
        with open(os.environ["WATCHED"], "a", encoding="utf-8") as log:
            log.write(f"{event} {host!r}\n")
        raise OSError(f"{event} to {host!r} would leave the machine")


sys.addaudithook(_watch)
