"""A coder at work in a real JupyterLab: letters, answers on disk, and a kernel that dies in between."""

from __future__ import annotations

import pytest

import onrecord
from lab_server import (
    hosts_of,
    needs_browser,
    open_notebook,
    record_requests,
    run_all,
    wait_for,
    write_notebook,
)

pytestmark = needs_browser

CELLS = [
    "import onrecord\n"
    "documents = onrecord.read_documents('../data/sample/articles')\n"
    "analysis = onrecord.analyse(documents.head(3))\n"
    "sheet = onrecord.coding_sheet(analysis, 12, seed=1)",
    "onrecord.show_coding(sheet, '../data/codings/ann.csv', coder='ann')",
]


@pytest.fixture(scope="module")
def page(lab, browser):
    write_notebook(lab, "code.ipynb", CELLS)
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.asked = record_requests(page)
    open_notebook(page, lab, "code.ipynb")
    run_all(page)
    page.get_by_text("Item 1 of 12").wait_for(timeout=120_000)
    yield page
    page.close()


def test_letters_are_answers_and_outlive_the_kernel(page, lab):
    answers = lab[2] / "data" / "codings" / "ann.csv"
    key = page.get_by_label("Key")
    key.click()
    page.keyboard.press("a")
    page.get_by_text("Item 2 of 12").wait_for()
    # The hand stays on the keys: no click between two answers.
    page.keyboard.press("3")
    page.keyboard.press("x")
    page.get_by_text("Item 3 of 12").wait_for()
    wait_for(lambda: len(onrecord.read_codings(answers)) == 2, seconds=10)
    codings = onrecord.read_codings(answers)
    assert codings["naming"].tolist()[0] == "anonymous" and codings["is_right"].tolist() == [True, False]

    page.get_by_role("menuitem", name="Kernel").click()
    page.get_by_role("menuitem", name="Restart Kernel and Run All Cells").click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    page.get_by_text("Item 3 of 12").wait_for(state="detached", timeout=60_000)  # the old form
    page.get_by_text("Item 3 of 12").wait_for(timeout=120_000)
    page.get_by_label("Speaker").fill("the minister")
    page.get_by_role("button", name="n: named").click()
    page.get_by_text("Item 4 of 12").wait_for()
    after = onrecord.read_codings(answers)
    assert after["item_id"].head(2).tolist() == codings["item_id"].tolist()
    assert after["naming"].tolist()[2] == "named" and after["speaker"].tolist()[2] == "the minister"
    assert hosts_of(page.asked) == {"127.0.0.1"}
