"""The annotated article, the browsing widgets and the sortable table in a real browser."""

from __future__ import annotations

import pytest

import onrecord
from hostile import CONTENT, HEADLINE, hostile_analysis
from lab_server import (
    hosts_of,
    needs_browser,
    open_notebook,
    record_requests,
    run_all,
    violations,
    write_notebook,
)

pytestmark = needs_browser

CELLS = [
    "import onrecord\n"
    "documents = onrecord.read_documents('../data/sample/articles')\n"
    "analysis = onrecord.analyse(documents.head(12))",
    "onrecord.show_article(analysis, 'clear-signal/01-14-kestrel-bridge')",
    "onrecord.browse(analysis)",
    "onrecord.show_table(analysis.sources[['description', 'naming', 'n_attributions']], is_sortable=True)",
]


@pytest.fixture(scope="module")
def small():
    documents = onrecord.read_documents("data/sample/articles")
    return onrecord.analyse(documents.head(2))


@pytest.fixture(scope="module")
def page(lab, browser):
    """A notebook with an article, the widgets and a table, run from top to bottom."""
    write_notebook(lab, "read.ipynb", CELLS)
    page = browser.new_page(viewport={"width": 1500, "height": 1000})
    page.asked = record_requests(page)
    open_notebook(page, lab, "read.ipynb")
    run_all(page)
    page.locator(".dt-container tbody tr").first.wait_for(timeout=120_000)
    yield page
    page.close()


def test_the_article_stands_in_the_notebook_and_leads_to_its_table_and_back(page):
    from playwright.sync_api import expect

    number, row = page.locator("p a.number").first, page.locator(".found tbody tr").first
    number.scroll_into_view_if_needed()
    expect(row).not_to_be_in_viewport()
    number.click()
    expect(row).to_be_in_viewport()
    row.locator("a.number").click()
    expect(number).to_be_in_viewport()


def test_a_widget_filters_and_opens_an_article(page):
    count = page.locator(".onrecord-browse b").first
    count.scroll_into_view_if_needed()
    everything = count.inner_text()
    page.get_by_label("Words").fill("bridge")
    page.wait_for_function(
        "all => document.querySelector('.onrecord-browse b').innerText !== all", arg=everything
    )
    assert 0 < int(count.inner_text()) < int(everything)
    for line in page.locator(".kwic .passage:visible").all_inner_texts():
        assert "bridge" in line.lower()
    page.get_by_role("button", name="Open").first.click()
    page.locator(".onrecord-browse .onrecord-article .headline").wait_for()


def test_the_table_sorts_filters_and_searches(page):
    table = page.locator(".dt-container")
    table.scroll_into_view_if_needed()
    table.locator("input[type=search]").fill("official")
    cells = table.locator("tbody tr td:first-child").all_inner_texts()
    assert cells and all(
        "official" in page_row.lower() for page_row in table.locator("tbody tr").all_inner_texts()
    )
    table.locator("thead th", has_text="description").first.click()
    ordered = table.locator("tbody tr td:first-child").all_inner_texts()
    assert [cell.lower() for cell in ordered] == sorted(cell.lower() for cell in ordered)


def test_nothing_left_the_machine(page):
    assert hosts_of(page.asked) == {"127.0.0.1"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(browser, small, tmp_path, scheme):
    path = onrecord.save_article(small, small.documents["doc_id"].iloc[0], tmp_path / "article.html")
    # The page's own policy forbids every script, the examiner's too.
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    asked = record_requests(page)
    page.goto(path.as_uri())
    assert violations(page) == []
    assert hosts_of(asked) == set()
    context.close()


def test_names_show_on_hover_and_keyboard(browser, small, tmp_path):
    path = onrecord.save_article(small, small.documents["doc_id"].iloc[0], tmp_path / "article.html")
    page = browser.new_page()
    page.goto(path.as_uri())
    first = page.locator("p a.number").first
    for _ in range(3):
        page.keyboard.press("Tab")
        if first.evaluate("link => link === document.activeElement"):
            break
    assert first.evaluate("link => link === document.activeElement")
    shown = "link => getComputedStyle(link, '::after').content"
    assert name_of(first) in first.evaluate(shown)
    second = page.locator("p a.number").nth(1)
    assert second.evaluate(shown) == "none"
    second.hover()
    assert name_of(second) in second.evaluate(shown)
    page.close()


def name_of(link) -> str:
    """Return the name of a link as a style sheet writes it."""
    return link.get_attribute("aria-label").replace('"', '\\"')


def test_a_hostile_article_is_text_on_the_page_and_in_the_table(browser, tmp_path):
    analysis = hostile_analysis()
    path = onrecord.save_article(analysis, "<x>", tmp_path / "article.html")
    table = tmp_path / "table.html"
    columns = analysis.attributions.assign(headline=HEADLINE)
    columns = columns.rename(columns={"cue": "<img src=x onerror=window.hacked=7>"})
    shown = onrecord.show_table(columns, is_sortable=True)
    table.write_text(f"<!DOCTYPE html><meta charset=utf-8>{shown._repr_html_()}", encoding="utf-8")
    context = browser.new_context(bypass_csp=True)  # without its policy the page must be harmless too
    for file in (path, table):
        page = context.new_page()
        asked = record_requests(page)
        page.goto(file.as_uri())
        if file == table:
            page.locator(".dt-container tbody td").first.wait_for()
        page.mouse.move(300, 300)
        body = page.locator("body").inner_text()
        assert HEADLINE in body and CONTENT in body and "⟨U+202E⟩" in body and "\u202e" not in body
        assert page.evaluate("window.hacked") is None
        assert hosts_of(asked) == set()
        page.close()
    context.close()
