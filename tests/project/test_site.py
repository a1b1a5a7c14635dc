"""The site: built without a network, a warning or a run of code, complete, and readable for everyone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

import onrecord
from lab_server import needs_browser, record_requests, violations
from no_network import closed, watching

ROOT = Path(__file__).parents[2]
MAKE = ROOT / "docs" / "make_site.py"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LARGEST_MB = 25


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """Return the folder of the pages, built once with the network closed."""
    out = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [*closed(), sys.executable, MAKE, "--out", out],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | watching(out / "watched.txt"),
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "WARNING" not in done.stderr and "ERROR" not in done.stderr
    assert not (out / "watched.txt").exists(), (out / "watched.txt").read_text(encoding="utf-8")
    return out / "html"


@pytest.fixture(scope="module")
def pages(site) -> dict[str, html.HtmlElement]:
    """Return the pages by their paths."""
    return {
        path.relative_to(site).as_posix(): html.fromstring(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
        if "_static" not in path.parts
    }


def test_a_dead_link_stops_the_build(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "index.md").write_text("# Lock\n\n[The bridge](bridge.md)\n", encoding="utf-8")
    code = (
        f"from make_site import *; sys.exit(build_html(Path({str(source)!r}), Path({str(tmp_path)!r}, 'h')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=MAKE.parent
    )
    assert done.returncode != 0 and "bridge.md" in done.stderr


def test_every_notebook_function_and_how_to_has_a_page(pages):
    expected = {
        *(f"notebooks/{path.stem}.html" for path in NOTEBOOKS),
        *(f"docs/functions/{name}.html" for name in onrecord.__all__),
        *(f"docs/howto/{path.stem}.html" for path in (ROOT / "docs/howto").glob("*.md")),
        *(f"lib/onrecord/models/{path.stem}.html" for path in (ROOT / "lib/onrecord/models").glob("*.md")),
    }
    assert sorted(expected - set(pages)) == []


def test_every_link_leads_to_a_page_and_a_place_on_it(site, pages):
    places = {name: {*page.xpath("//@id"), *page.xpath("//a/@name")} for name, page in pages.items()}
    dead = []
    for name, page in pages.items():
        for target in page.xpath("//a/@href | //img/@src | //script/@src | //link[@rel='stylesheet']/@href"):
            parts = urlsplit(target)
            if parts.scheme in ("http", "https", "mailto"):
                continue
            path = (site / name).parent / unquote(parts.path) if parts.path else site / name
            found = path.resolve()
            place = unquote(parts.fragment)
            known = (
                places.get(found.relative_to(site.resolve()).as_posix(), set()) if found.exists() else set()
            )
            if not found.is_file() or (place and found.suffix == ".html" and place not in known):
                dead.append((name, target))
    assert dead == []


def test_nothing_is_requested_from_another_machine(site, pages):
    for name, page in pages.items():
        sources = page.xpath("//*[not(self::a)]/@src | //link[not(@rel='canonical')]/@href")
        assert [one for one in sources if urlsplit(one).netloc] == [], name
    for path in site.rglob("*.css"):
        assert not re.search(r"url\([\"']?(https?:)?//", path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_shows_its_outputs_and_hides_its_code(pages, path):
    page = pages[f"notebooks/{path.stem}.html"]
    cells = [
        one for one in json.loads(path.read_text(encoding="utf-8"))["cells"] if one["cell_type"] == "code"
    ]
    outputs = [output.get("data", {}) for cell in cells for output in cell["outputs"]]
    code = page.xpath("//div[contains(@class, 'cell_input')]")
    assert len(code) == len(cells)
    assert all(one.xpath("ancestor::details[not(@open)]") for one in code)
    charts = page.xpath("//div[contains(@class, 'cell_output')]//img")
    assert len(charts) == sum("image/png" in data for data in outputs)
    assert all(len(chart.get("alt", "")) > 15 for chart in charts)
    words = page.find(".//article").text_content()
    assert not re.search(r"\bOutput\(|<Figure|HBox\(|VBox\(|Widget|<[\w.]+ object at", words)
    n_not_kept = sum("not-kept" in cell["metadata"].get("tags", []) for cell in cells)
    assert words.count("It is not kept on this page.") == n_not_kept


@pytest.mark.parametrize("name", ["share_unnamed", "Analysis", "plot_shares"])
def test_a_function_has_its_signature_and_its_example(pages, name):
    page = pages[f"docs/functions/{name}.html"]
    assert page.xpath("//h1")[0].text_content().startswith(name)
    assert page.xpath(f"//dt[@id='onrecord.{name}']")
    assert page.xpath("//div[contains(@class, 'highlight-pycon')]")


def test_the_start_page_has_a_finding_of_a_notebook_and_its_chart(pages):
    finding = pages["index.html"].xpath("//h2")[0].text_content().rstrip("#¶")
    listed = [path.stem for path in NOTEBOOKS if finding in path.read_text(encoding="utf-8")]
    assert len(finding) > 20 and listed
    assert finding in pages["index.html"].xpath("//article//img/@alt")[0]


def test_the_site_is_small(site):
    assert sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) < LARGEST_MB * 1e6


LOOKED_AT = (
    "index.html",
    "notebooks/04-your-own-articles.html",
    "notebooks/12-one-article.html",
    "docs/functions/share_unnamed.html",
    "docs/measured.html",
)


@pytest.mark.browser
@needs_browser[1]
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_are_accessible_and_fit_a_phone(site, browser, theme):
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=theme)
    asked = record_requests(page)
    for name in LOOKED_AT:
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto((site / name).as_uri())
        assert page.evaluate("document.documentElement.dataset.theme") == theme
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        page.set_viewport_size({"width": 1280, "height": 900})
        assert violations(page) == [], name
    assert {urlsplit(address).scheme for address in asked} <= {"file", "data"}
    page.close()


@pytest.mark.browser
@needs_browser[1]
def test_the_search_finds_a_function_and_a_page_without_a_server(site, browser):
    page = browser.new_page()
    for words, target in (
        ("share_unnamed", "share_unnamed.html"),
        ("anonymous", "03-anonymous-sources.html"),
        ("krippendorff", "checking-by-hand.html"),
    ):
        page.goto(f"{(site / 'search.html').as_uri()}?q={words}")
        page.locator("#search-results li a").first.wait_for(timeout=10_000)
        found = page.locator("#search-results li a").evaluate_all("links => links.map(link => link.href)")
        assert any(target in link for link in found[:10]), (words, found[:10])
    page.close()
