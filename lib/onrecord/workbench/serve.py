"""The workbench as a page in the browser.

    python -m onrecord.workbench.serve [--port 8866] [--ip 127.0.0.1] [--host NAME] [--no-browser]
        [--allow-root]

Voilà runs notebooks/11-workbench.ipynb and serves the page on 127.0.0.1. The page and its kernel need the
token that is part of the printed address.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import tempfile
import webbrowser
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from onrecord.extras import name_extra
from onrecord.notebook.settings import project_of
from onrecord.notebook.upload import LIMIT
from onrecord.workbench.hosts import address_of, refuse_strangers

NOTEBOOK = "notebooks/11-workbench.ipynb"
ADDRESS = "127.0.0.1"
PORT = 8866
UPLOAD_BYTES = 500_000_000
TEMPLATE = "onrecord"
_TEMPLATES = Path(__file__).with_name("jupyter")
# The page may use what it brings along and its own server, and nothing else.
POLICY = (
    "default-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; connect-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",  # the page has words of unpublished articles
}
ROOT_ADVICE = """You are root, as in a container, and the workbench starts for root only with an option:
  make app APP_OPTIONS="--allow-root --no-browser"
Then open the address that it prints. To reach it from outside the container, add --ip=0.0.0.0
and publish port 8866 of the container (docker run -p 127.0.0.1:8866:8866 …). Where you open it by the name
of another computer, add --host=NAME."""


def server_of(notebook: Path, *, port: int, token: str, ip: str = ADDRESS, names: Sequence[str] = ()) -> Any:
    """Voilà for `notebook`, ready to be started.

    It answers under the names of this computer, `ip` and `names`, and no other.
    """
    os.environ["JUPYTER_PATH"] = os.pathsep.join(
        filter(None, [str(_TEMPLATES), os.environ.get("JUPYTER_PATH", "")])
    )
    os.environ.setdefault(LIMIT, str(UPLOAD_BYTES))
    with name_extra():
        from jupyter_server.log import log_request
        from traitlets.config import Config
        from voila.app import Voila

    class Server(Voila):
        def listen(self) -> None:
            refuse_strangers(self.app, ip, names)
            super().listen()

    config = Config()
    config.VoilaConfiguration.template = TEMPLATE
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.file_allowlist = []  # no file of the folder is served
    config.VoilaConfiguration.show_tracebacks = False
    config.VoilaExporter.show_margins = False
    # By default a server leaves out messages where a page gets more than 1 MB per second, without a word.
    config.ZMQChannelsWebsocketConnection.limit_rate = False
    # A kernel whose page was closed is ended after ten minutes.
    config.MappingKernelManager.cull_idle_timeout = 600
    config.MappingKernelManager.cull_interval = 60
    app = Server.instance(config=config)
    app.initialize(
        [str(notebook), f"--Voila.ip={ip}", f"--port={port}", "--no-browser", "--Voila.log_level=WARN"]
    )
    app.token = token  # not among the arguments, which other users of the machine can list
    app.tornado_settings = {
        "websocket_max_message_size": UPLOAD_BYTES,
        "headers": HEADERS,
        "log_function": log_request,  # which writes no token
    }
    return app


def main(arguments: list[str]) -> int:
    """Serve the workbench until it is interrupted; return the exit code."""
    options = _options(arguments)
    if hasattr(os, "geteuid") and os.geteuid() == 0 and not options.allow_root:
        print(ROOT_ADVICE)
        return 2
    notebook = project_of(Path.cwd()) / NOTEBOOK
    if not notebook.is_file():
        print(f"{notebook} not found. Run this in the folder of the project.")
        return 2
    token = os.environ.get("JUPYTER_TOKEN") or secrets.token_hex(24)
    app = server_of(notebook, port=options.port, token=token, ip=options.ip, names=options.host)
    _when_started(app, token, opens_browser=not options.no_browser)
    try:
        app.start()
    except (OSError, UnicodeError) as error:  # an address that this computer does not have
        print(f"The workbench cannot listen to --ip={options.ip!r}: {error}. Leave the option out.")
        return 2
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m onrecord.workbench.serve")
    parser.add_argument("--port", type=_port, default=PORT, help="the first that is free from here is used")
    parser.add_argument("--ip", type=_ip, default=ADDRESS, help="the address that is listened to")
    parser.add_argument(
        "--host", action="append", default=[], help="a further name under which the page is opened"
    )
    parser.add_argument("--no-browser", action="store_true", help="print the address only")
    parser.add_argument("--allow-root", action="store_true", help="start for root, as in a container")
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= 65_535):
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text[:40]!r}")
    return int(text)


def _ip(text: str) -> str:
    if not text.strip():  # for which a server listens to every network of the computer
        raise argparse.ArgumentTypeError("the address is empty; leave the option out for this computer only")
    return text


def _when_started(app: Any, token: str, *, opens_browser: bool) -> None:
    """Print the address, and open it, once the port is known."""
    from tornado.ioloop import IOLoop

    def announce() -> None:
        address = f"{address_of(app.ip, app.port, ADDRESS)}?token={token}"
        print(f"The workbench is at {address}\nTo end it, press Ctrl+C here.", flush=True)
        if opens_browser:
            _open(address)

    IOLoop.current().add_callback(announce)


def _open(address: str) -> None:
    """Open `address` by a page of this user.

    So the token is not among the arguments of the browser.
    """
    redirect = f'<meta http-equiv="refresh" content="0;url={escape(address)}">'
    page = f"<!DOCTYPE html>{redirect}<title>Workbench</title>"
    with tempfile.NamedTemporaryFile(
        "w", suffix=".html", prefix="onrecord-", delete=False, encoding="utf-8"
    ) as file:
        file.write(page)
    webbrowser.open(Path(file.name).as_uri())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
