"""The page of one article in a real browser: on screen, on paper, and in a notebook."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

import onrecord
from hostile import HEADLINE, hostile_analysis
from lab_server import (
    ROOT,
    hosts_of,
    needs_browser,
    open_notebook,
    record_requests,
    run_all,
    violations,
    write_notebook,
)
from onrecord.one_article.page import html_of, parts_of

pytestmark = needs_browser

TEXT = (
    "“The steel of the gate is rotten,” an engineer, who asked not to be named, told the Halm Herald. "
    "“It will take a year to replace it,” the engineer said. The weir will stay shut until May."
)


@pytest.fixture(scope="module")
def saved(tmp_path_factory) -> Path:
    page = onrecord.show_one_article(ROOT / "data" / "sample" / "one-article.txt")
    return page.save(tmp_path_factory.mktemp("page") / "page.html")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_asks_for_nothing(browser, saved, scheme):
    # The page's own policy forbids every script, the examiner's too.
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    asked = record_requests(page)
    page.goto(saved.as_uri())
    assert violations(page) == []
    assert hosts_of(asked) == set()
    context.close()


def test_a_judgement_opens_its_passage_and_its_rule(browser, saved):
    from playwright.sync_api import expect

    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(saved.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")  # a phone scrolls tables only
    row = page.locator("tr", has_text="on condition of anonymity").first
    for link in (row.locator(".marks a").first, row.locator(".rules a").first):
        link.scroll_into_view_if_needed()
        link.click()
        target = page.locator(f"[id='{link.get_attribute('href').removeprefix('#')}']")
        expect(target).to_be_in_viewport()
    number = page.locator(".line p a.number").first
    number.click()
    expect(page.locator(f"[id='{number.get_attribute('href').removeprefix('#')}']")).to_be_in_viewport()
    page.close()


def test_nothing_is_cut_on_paper(browser, saved, tmp_path):
    page = browser.new_page()
    page.goto(saved.as_uri())
    shown = " ".join(page.locator("main :is(th, td, dt, dd, p:not(.facts))").all_inner_texts()).split()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 672, "height": 1000})  # the width of A4 without margins, in CSS pixels
    is_wider = "e => e.getBoundingClientRect().right > innerWidth + 1"
    wider = f"[...document.querySelectorAll('main *')].filter({is_wider}).map(e => e.outerHTML.slice(0, 80))"
    assert page.evaluate(wider) == []
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True, print_background=True)
    pdf = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    size = pdf[0].get_size()
    assert [round(side) for side in size] == [595, 842]  # A4 in points
    printed = " ".join(sheet.get_textpage().get_text_range() for sheet in pdf)
    missing = {word for word in shown if word.isalpha() and len(word) > 3 and word not in printed}
    assert not missing
    page.close()


def test_a_hostile_article_does_nothing(browser, tmp_path):
    parts = parts_of(onrecord.Analysis(**vars(hostile_analysis())))
    path = tmp_path / "page.html"
    path.write_text(html_of(parts, is_fragment=False), encoding="utf-8")
    context = browser.new_context(bypass_csp=True)  # without its policy the page must be harmless too
    page = context.new_page()
    asked = record_requests(page)
    page.goto(path.as_uri())
    page.mouse.move(300, 300)
    assert HEADLINE in page.locator("body").inner_text()
    assert page.evaluate("window.hacked") is None and hosts_of(asked) == set()
    context.close()


def test_a_text_is_pasted_in_a_notebook(lab, browser):
    from playwright.sync_api import expect

    write_notebook(lab, "paste.ipynb", ["import onrecord", "onrecord.show_one_article()"])
    page = browser.new_page(viewport={"width": 1500, "height": 1000})
    asked = record_requests(page)
    open_notebook(page, lab, "paste.ipynb")
    run_all(page)
    page.get_by_role("button", name="Read the article").wait_for(timeout=120_000)
    page.get_by_label("Article").fill(TEXT)
    page.get_by_label("Outlet").fill("Weir Post")
    page.get_by_role("button", name="Read the article").click()
    row = page.locator(".onrecord-one tr", has_text="asked not to be named").first
    row.wait_for(timeout=60_000)
    assert page.get_by_text("Download this page").get_attribute("download") == "one-article.html"
    link = row.locator(".marks a").first
    link.scroll_into_view_if_needed()
    link.click()
    expect(page.locator(f"[id='{link.get_attribute('href').removeprefix('#')}']")).to_be_in_viewport()
    assert hosts_of(asked) == {"127.0.0.1"}
    page.close()
