"""The pages with the payloads of one list in a real browser: nothing of them runs or asks."""

from __future__ import annotations

from lab_server import hosts_of, needs_browser, record_requests
from payloads import html_pages, payload_analysis, written_files

pytestmark = needs_browser


def test_nothing_of_the_payloads_runs_in_a_browser(browser, tmp_path):
    analysis = payload_analysis()
    paths = [path for path in written_files(analysis, tmp_path) if path.suffix == ".svg"]
    for number, shown in enumerate(html_pages(analysis, tmp_path).values()):
        paths.append(tmp_path / f"{number}.html")
        paths[-1].write_text(f"<!DOCTYPE html><meta charset=utf-8>{shown}", encoding="utf-8")
    context = browser.new_context(bypass_csp=True)  # without its policy a page must be harmless too
    for path in paths:
        page = context.new_page()
        asked = record_requests(page)
        page.goto(path.as_uri())
        page.mouse.move(300, 300)
        page.keyboard.press("Tab")  # autofocus and onfocus
        page.wait_for_timeout(200)
        assert page.evaluate("window.hacked") is None, path
        assert hosts_of(asked) == set(), path
        page.close()
    context.close()
