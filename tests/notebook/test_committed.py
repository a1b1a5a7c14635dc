"""Notebooks as they are committed: code hidden by one rule, and nothing left of the run itself."""

from __future__ import annotations

import json

import nbformat
import pytest

from lab_server import ROOT
from onrecord.notebook.committed import as_committed, is_hidden, main

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_committed_notebook_follows_the_rule(path):
    book = json.loads(path.read_text(encoding="utf-8"))
    remedy = "run: python -m onrecord.notebook.committed notebooks/*.ipynb"
    assert as_committed(book) == book, remedy


def test_bars_and_widgets_are_removed_and_the_rest_is_kept(tmp_path):
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "x"}, "text/plain": "A button."}
    outputs = [
        nbformat.v4.new_output("stream", name="stderr", text="articles: 100%"),
        nbformat.v4.new_output("stream", name="stdout", text="48 articles"),
        nbformat.v4.new_output("display_data", {"text/html": "", "text/plain": ""}),
        nbformat.v4.new_output("display_data", widget),
    ]
    draw = nbformat.v4.new_code_cell("articles.draw(plot, table, 'a')", outputs=outputs)
    kept_open = nbformat.v4.new_code_cell("rates = 1", metadata={"collapsed": True, "tags": ["sample"]})
    drawn_anew = nbformat.v4.new_code_cell("browse", outputs=outputs[1:2], metadata={"tags": ["not-kept"]})
    book = nbformat.v4.new_notebook(cells=[draw, kept_open, drawn_anew], metadata={"widgets": {"state": {}}})
    path = tmp_path / "a.ipynb"
    nbformat.write(book, path)
    assert main([str(path)]) == 0
    first, second, third = nbformat.read(path, as_version=4).cells
    assert [output.get("text") or output.data["text/plain"] for output in first.outputs] == [
        "48 articles",
        "A button.",
    ]
    assert first.metadata == {"jupyter": {"source_hidden": True}} and second.metadata == {"tags": ["sample"]}
    assert third.outputs == [] and "widgets" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "tags", "hidden"),
    [
        ("import onrecord", ["setup"], True),
        ("articles.show_findings()", ["findings"], True),
        ("ax = onrecord.plot_shares(rates, title='x')", [], True),
        ("onrecord.show_passages(found)", [], True),
        ("onrecord.show_table(found)", [], False),
        ("redraw()", [], False),
    ],
)
def test_code_is_hidden_where_a_reader_wants_its_result(source, tags, hidden):
    assert is_hidden(source, tags) == hidden
