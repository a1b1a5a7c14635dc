"""The first notebook in a real JupyterLab: files chosen in the browser reach the folder, and it is said."""

from __future__ import annotations

import pytest

from lab_server import hosts_of, needs_browser, open_notebook, record_requests, run_all, wait_for

pytestmark = needs_browser

ARTICLE = (
    b"outlet: Post\npublished: 2026-03-14\n\nThe bridge leaks. \xe2\x80\x9cIt does,\xe2\x80\x9d an aide said."
)
HOSTILE = "<img src=x onerror=window.hacked=1>.txt"
LONG = b"It rained on Monday. " * 428_571  # 9 MB, as the line beside the button allows


@pytest.fixture(scope="module")
def page(lab, browser):
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.asked = record_requests(page)
    open_notebook(page, lab, "00-start-here.ipynb")
    yield page
    page.close()


def test_what_was_committed_opens_without_an_error(page):
    page.locator(".jp-Notebook h2", has_text="Which notebook answers").wait_for()
    page.locator(".jp-Notebook").get_by_text("Every package has the version that was tested.").wait_for()
    assert page.get_by_text("Error displaying widget").count() == 0


def test_files_chosen_in_the_browser_are_written_and_said(page, lab):
    run_all(page)
    button = page.get_by_role("button", name="Choose files")
    button.wait_for(timeout=60_000)
    button.scroll_into_view_if_needed()
    folder = lab[2] / "data" / "articles"
    files = [
        {"name": "bridge.txt", "mimeType": "text/plain", "buffer": ARTICLE},
        {"name": HOSTILE, "mimeType": "text/plain", "buffer": b"outlet: Post\n\nIt rained."},
        {"name": "photo.txt", "mimeType": "text/plain", "buffer": b"\x89PNG"},
    ]
    choose(page, button, files)
    said = page.locator(".jp-Notebook div[role=status]")
    said.get_by_text("2 articles found in them:").wait_for(timeout=60_000)
    assert HOSTILE in said.inner_text() and "a picture" in said.inner_text()
    assert 'ARTICLES = "../data/articles"' in said.inner_text()
    assert page.evaluate("window.hacked") is None
    assert (folder / "bridge.txt").read_bytes() == ARTICLE
    assert sorted(path.name for path in folder.iterdir()) == [
        *("_img src=x onerror=window.hacked=1_.txt", "bridge.txt", "photo.txt")
    ]
    choose(page, button, files[:1])
    said.get_by_text("kept: the same file is there already").wait_for(timeout=60_000)


def test_a_long_file_comes_through(page, lab):
    button = page.get_by_role("button", name="Choose files")
    choose(page, button, [{"name": "long.txt", "mimeType": "text/plain", "buffer": LONG}])
    wait_for(lambda: (lab[2] / "data/articles/long.txt").stat().st_size == len(LONG), seconds=60)


def test_nothing_left_the_machine(page):
    assert hosts_of(page.asked) == {"127.0.0.1"}


def choose(page, button, files: list[dict]) -> None:
    with page.expect_file_chooser() as chosen:
        button.click()
    chosen.value.set_files(files)
