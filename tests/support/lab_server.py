"""A real JupyterLab on a copy of the notebooks, and a real browser that says what it asked for."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)

needs_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and os.environ.get("CI") != "true",
        reason="no chromium on this machine (Debian: apt install chromium); CI has one",
    ),
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Serve a copy of the notebooks and the sample, so that running them changes nothing here."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".*"))
    for name in ("sample", "lexicons", "benchmarks"):
        shutil.copytree(ROOT / "data" / name, folder / "data" / name)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex()
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"]
    command += [f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}"]
    own = {name: str(folder / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")}
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | own, cwd=folder)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: urllib.request.urlopen(f"{url}/api", timeout=2).status == 200, seconds=60)
        yield url, token, folder
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "CI needs chromium: apt-get install -y chromium"
    with sync_playwright() as playwright:
        # Root, as in CI, has no sandbox.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def record_requests(page) -> list[str]:
    """Return the list that every address which `page` asks for will be added to."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    return asked


def hosts_of(asked: list[str]) -> set[str | None]:
    """Return the hosts of the addresses; what a page carries inside itself has none and is left out."""
    return {
        urlsplit(address).hostname for address in asked if not address.startswith(("data:", "blob:", "file:"))
    }


def open_notebook(page, lab, name: str) -> None:
    """Open a notebook of the served folder and wait until its kernel is ready."""
    url, token, _ = lab
    page.goto(f"{url}/lab/tree/notebooks/{name}?token={token}&reset")
    page.get_by_text("| Idle").wait_for(timeout=60_000)  # in the status bar


def write_notebook(lab, name: str, cells: list[str]) -> None:
    """Put a notebook with these cells of code into the served folder."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in cells], metadata={"kernelspec": kernel}
    )
    nbformat.write(book, lab[2] / "notebooks" / name)


def violations(page) -> list[tuple[str, str]]:
    """Return what axe-core finds serious or critical on `page`: the rule, and where."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")]


def run_all(page) -> None:
    """Choose Run, Run All Cells."""
    page.locator(".lm-MenuBar-itemLabel", has_text="Run").first.click()
    page.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()


def wait_for(condition, *, seconds: float) -> None:
    """Wait until `condition()` is true; an OSError counts as not yet."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if condition():
                return
        except OSError:
            pass
        time.sleep(0.3)
    raise TimeoutError(f"not within {seconds} seconds: {condition}")
