"""JupyterLab in a real browser: the notebooks open and run, and nothing leaves the machine."""

from __future__ import annotations

import time

import matplotlib.pyplot as plt
import nbformat
import pytest
from openpyxl import load_workbook

from lab_server import ROOT, hosts_of, needs_browser, open_notebook, record_requests, run_all, wait_for

# A page in place of charts: the workbench and the single article.
PAGES = {"11": ".onrecord-image img", "12": "section.short"}
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))

pytestmark = needs_browser


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_run_all_shows_charts_and_stays_on_this_machine(lab, browser, name):
    path = lab[2] / "notebooks" / name
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    asked = record_requests(page)
    open_notebook(page, lab, name)
    started = time.time()
    run_all(page)

    def has_run() -> bool:
        page.keyboard.press("Control+s")
        page.wait_for_timeout(1000)
        saved = nbformat.read(path, as_version=4)
        code = [cell for cell in saved.cells if cell.cell_type == "code"]
        errors = [output.evalue for cell in code for output in cell.outputs if output.output_type == "error"]
        assert not errors, errors
        return path.stat().st_mtime > started and [c.execution_count for c in code] == list(
            range(1, len(code) + 1)
        )

    wait_for(has_run, seconds=120)
    for cell in nbformat.read(path, as_version=4).cells:
        n_charts = sum("image/png" in output.get("data", {}) for output in cell.get("outputs", []))
        assert cell.cell_type != "code" or n_charts == cell.source.count("onrecord.plot_"), cell.source
    chart = page.locator(PAGES.get(name[:2], ".jp-RenderedImage img")).first
    chart.wait_for(timeout=90_000)
    chart.scroll_into_view_if_needed()
    assert chart.is_visible()
    if name[:2] not in PAGES:
        assert chart.evaluate("image => image.naturalWidth") > 300
    if name.startswith("09"):  # the article, the filters, the table to sort and the form
        for part in (".onrecord-article .headline", ".onrecord-browse b", ".dt-container tbody tr"):
            page.locator(part).first.scroll_into_view_if_needed()
            assert page.locator(part).first.is_visible()
        page.get_by_label("Key").scroll_into_view_if_needed()
    for written in (lab[2] / "exports").glob(f"{name[:2]}-*"):
        if written.suffix == ".xlsx":
            assert load_workbook(written).active.max_row > 1
        elif written.suffix == ".png":
            assert min(plt.imread(written).shape[:2]) > 300
    assert hosts_of(asked) == {"127.0.0.1"}
    page.close()
