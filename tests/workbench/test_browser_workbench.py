"""The workbench in a real browser: the whole way of a user, without code and without a network."""

from __future__ import annotations

import http.client
import os
import secrets
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import openpyxl
import pytest

import onrecord
from lab_server import ROOT, hosts_of, needs_browser, record_requests, violations, wait_for
from onrecord.reports.run import CHAPTERS, READ_FIRST

pytestmark = needs_browser

REAL = "ONRECORD_ARTICLES"  # environment variable: a folder of real articles
HOSTILE = "Leak <img src=x onerror=window.hacked=1>"
PLACES = ("bridge", "harbour", "museum", "tram", "dam", "library")
TOPICS = {"Herald": "a leak below the second pier", "Post": "the price of copper wire from the north"}
FILES = [
    (
        f"{outlet}-{place}.txt",
        f"outlet: {outlet}\npublished: 2026-0{at % 3 + 1}-05\nheadline: {outlet} {place} {HOSTILE}\n\n"
        f"The {place} of {outlet} Street has {topic} since {at + 1} May. “It is our {place} and {topic} will "
        f"not end it,” said Ann Reed, who runs the {place}. Officials of {outlet} Street said {HOSTILE} is "
        f"in the {place}. An aide, who asked not to be named, said no.",
    )
    for at, place in enumerate(PLACES)
    for outlet, topic in TOPICS.items()
]
DROP = """(texts) => {
  const files = new DataTransfer();
  for (const [name, text] of texts) files.items.add(new File([text], name));
  document.querySelector('.onrecord-drop').dispatchEvent(new DragEvent('drop', {dataTransfer: files}));
}"""


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """The workbench on a copy of the sample, with notebooks of one cell for its report."""
    folder = tmp_path_factory.mktemp("app")
    for name in ("sample", "lexicons"):
        shutil.copytree(ROOT / "data" / name, folder / "data" / name)
    (folder / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / "11-workbench.ipynb", folder / "notebooks")
    cells = [
        nbformat.v4.new_markdown_cell("# A question"),
        nbformat.v4.new_code_cell("import onrecord\nprint(onrecord.load_articles().summary)"),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    book = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    for name in (*CHAPTERS, READ_FIRST):
        nbformat.write(book, folder / "notebooks" / f"{name}.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex()
    command = [sys.executable, "-m", "onrecord.workbench.serve", "--no-browser", "--allow-root"]
    own = {name: str(folder / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")}
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [*command, f"--port={port}"],
            stdout=log,
            stderr=log,
            env=os.environ | own | {"JUPYTER_TOKEN": token},
            cwd=folder,
        )
    try:
        wait_for(lambda: "The workbench is at" in (folder / "server.log").read_text(), seconds=60)
        yield f"http://127.0.0.1:{port}", token, folder
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture(scope="module")
def page(app, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(60_000)
    page.asked = record_requests(page)
    page.goto(f"{app[0]}/?token={app[1]}")
    page.locator(".onrecord-image img").wait_for()
    yield page
    page.close()


def test_the_page_and_its_kernel_refuse_without_the_token(app, page):
    kernel = next(url for url in page.asked if "/api/kernels/" in url).partition("/api/kernels/")[2]
    kernel = kernel.partition("/")[0]
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    upgrade["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ=="
    for path, headers in (
        (f"/api/kernels/{kernel}", {}),
        (f"/api/kernels/{kernel}/channels", upgrade),
        ("/voila/files/notebooks/11-workbench.ipynb", {}),
        ("/voila/files/data/sample/articles.toml", {}),
    ):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(urllib.request.Request(app[0] + path, headers=headers), timeout=10)
        assert refused.value.code == 403, path
    with urllib.request.urlopen(f"{app[0]}/", timeout=10) as answer:  # led to the form for the token
        assert "/login" in answer.url and b"onrecord" not in answer.read()


def status_of(url: str, path: str, headers: dict[str, str]) -> int:
    """The status of the answer to a request with these headers."""
    connection = http.client.HTTPConnection(url.partition("//")[2], timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


def test_a_name_that_only_leads_here_is_refused_even_with_the_token(app, page):
    """A page of the internet whose name leads to 127.0.0.1 (DNS rebinding) reads nothing here."""
    url, token, folder = app
    kernel = next(one for one in page.asked if "/api/kernels/" in one).partition("/api/kernels/")[2][:36]
    port = url.rpartition(":")[2]
    for path in ("/", "/login", "/voila/static/style.css", f"/api/kernels/{kernel}", "/nothing"):
        for stranger in ("evil.example", f"evil.example:{port}", f"127.0.0.1.evil.example:{port}"):
            assert status_of(url, f"{path}?token={token}", {"Host": stranger}) == 403, (path, stranger)
    assert status_of(url, "/login", {"Host": f"localhost:{port}"}) == 200
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies())
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    upgrade |= {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Cookie": cookies}
    own, *others = (url, "http://evil.example", "null", "http://127.0.0.1:1")
    assert status_of(url, f"/api/kernels/{kernel}/channels", {**upgrade, "Origin": own}) == 101
    for origin in others:
        assert status_of(url, f"/api/kernels/{kernel}/channels", {**upgrade, "Origin": origin}) == 403, origin
    assert (folder / "server.log").read_text().count(token) == 1  # in the address that is printed


def test_files_that_are_too_large_are_refused_before_they_are_sent(app, page):
    """A server drops a message above its limit without a word. The size is only claimed, as in DROP."""
    drop = DROP.replace("files.items.add(new File([text], name))", "files.items.add(huge(text, name))")
    huge = "const huge = (text, name) => Object.defineProperty(new File([text], name), 'size', {value: 6e8});"
    page.evaluate(drop.replace("const files", f"{huge} const files"), [["huge.txt", "It leaks."]])
    page.get_by_text("Not sent: 600 MB are more than 450 MB at a time.").wait_for()
    assert not (app[2] / "data" / "articles").exists()


def test_the_whole_way(app, page, tmp_path):
    folder = app[2]
    page.evaluate(DROP, FILES)
    page.get_by_text("My articles: 12 articles are open.").wait_for()
    assert len(list((folder / "data" / "articles").iterdir())) == 12
    page.get_by_label("Outlets").select_option(label="Post (6)")
    page.get_by_text("of 12 articles count, of 1 outlets").wait_for()
    page.get_by_role("button", name="Clear filters").click()
    page.get_by_text("of 12 articles count, of 2 outlets").wait_for()

    page.locator(".onrecord-tabs").get_by_role("button", name="Sources").click()
    page.get_by_label("Question").select_option(label="Who stays unnamed, in all?")
    bar = page.get_by_role("button", name="All articles, standard")
    bar.focus()
    page.keyboard.press("Enter")  # without a mouse
    page.locator(".onrecord-chip", has_text="standard").wait_for()
    page.locator(".onrecord-pager [role=status]", has_text=" of ").wait_for()  # the rows of that bar alone
    number = page.locator(".onrecord-pager [role=status] b")
    before = int(number.inner_text())
    assert before >= 12  # the officials of each article

    page.get_by_role("button", name="Open", exact=True).first.click()
    page.locator(".onrecord-article .headline").wait_for()
    assert HOSTILE in page.locator(".onrecord-article .headline").inner_text()
    page.get_by_label("Naming").select_option("named")
    page.get_by_role("button", name="Save correction").click()
    page.get_by_text("Saved: attribution").wait_for()
    codings = folder / "data" / "articles-corrections.csv"
    assert onrecord.read_codings(codings)["naming"].tolist() == ["named"]
    assert violations(page) == []
    page.get_by_role("button", name="Back to the table").click()
    page.get_by_text("corrected by hand: 1").wait_for()
    page.get_by_role("button", name="All articles, standard").click()
    number.get_by_text(str(before - 1), exact=True).wait_for()

    with page.expect_download() as saved:
        page.get_by_title("Save table as XLSX").click()
    saved.value.save_as(tmp_path / "sources.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "sources.xlsx")["table"]
    assert sheet.max_row == before and "description" in [cell.value for cell in sheet[1]]

    page.get_by_role("button", name="Write report").click()
    page.get_by_text("The report is written").wait_for()
    assert list((folder / "exports" / "workbench").glob("*/report/report.html"))
    assert page.evaluate("window.hacked") is None and violations(page) == []
    assert hosts_of(page.asked) == {"127.0.0.1"}


@pytest.mark.skipif(REAL not in os.environ, reason=f"{REAL} names no folder")
def test_the_way_on_real_articles(page):
    folder = Path(os.environ[REAL])
    page.get_by_label("Folder").fill(str(folder))
    page.get_by_role("button", name="Open folder").click()
    page.get_by_text(f"{folder.name}: ").wait_for(timeout=600_000)
    heads = {"Quotations": "What was said", "Sources": "Marker", "Tone": "Sentence", "Words": "Before"}
    for tab, head in heads.items():
        page.locator(".onrecord-tabs").get_by_role("button", name=tab).click()
        page.locator(".onrecord-rows th", has_text=head).wait_for()
        page.locator(".onrecord-bar").nth(1).click()
        page.locator(".onrecord-bar[aria-pressed=true]").wait_for()
    page.get_by_role("button", name="Open", exact=True).first.click()
    page.locator(".onrecord-article .headline").wait_for()
    page.get_by_role("button", name="Back to the table").click()
    assert hosts_of(page.asked) == {"127.0.0.1"}
