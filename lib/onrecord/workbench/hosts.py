"""Names under which the page answers.

A page of the internet can let its own name lead to 127.0.0.1 (DNS rebinding). A browser then sends the
requests of that page here, with that name in the header Host, and lets the page read the answers. A name that
nobody gave to this server is therefore refused, for its page, its files and its kernel.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any

_LOCAL = "localhost"
_EVERY = ("0.0.0.0", "::")  # of a server that listens to all networks
REFUSED = (
    "The workbench does not answer to this name. Open the address that it printed. To open it by "
    "another name of this computer, start it with --host=NAME.\n"
)


def is_own_host(host: str, ip: str, names: Sequence[str] = ()) -> bool:
    """Whether a request for `host` is for this server.

    `host` is a name or address, with a port or without. `ip` is what the server listens to, `names` are
    further names that its user gave it. localhost and the addresses that mean this computer are always
    right. A server that listens to all networks is right under every address in figures too, because only
    its user knows which it has, and no stranger can own one as a name.

    >>> is_own_host("localhost:8866", "127.0.0.1"), is_own_host("evil.example:8866", "127.0.0.1")
    (True, False)
    """
    name = _without_port(host.strip().lower())
    if name in {_LOCAL, *(own.strip().lower() for own in (ip, *names))}:
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or ip.strip() in _EVERY


def _without_port(host: str) -> str:
    if host.startswith("["):  # [::1]:8866
        return host[1:].partition("]")[0]
    name, _, port = host.rpartition(":")
    return name if name and port.isdecimal() and ":" not in name else host


def refuse_strangers(application: Any, ip: str, names: Sequence[str] = ()) -> None:
    """Let a tornado application answer 403 to requests for strange hosts."""
    from tornado.routing import Matcher, Rule
    from tornado.web import RequestHandler

    class Stranger(Matcher):
        def match(self, request: Any) -> dict | None:
            return None if is_own_host(request.host, ip, names) else {}

    class Refuse(RequestHandler):
        def prepare(self) -> None:
            self.set_status(403)
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            self.finish(REFUSED)

    application.default_router.rules.insert(0, Rule(Stranger(), Refuse))


def address_of(ip: str, port: int, own: str) -> str:
    """The address of the page of a server that listens to `ip`.

    `own` is the address that means this computer.
    """
    host = own if ip.strip() in _EVERY else ip.strip()
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
