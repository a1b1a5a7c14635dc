"""Every notebook runs from top to bottom, shows what it was committed with, and writes its charts."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from onrecord.notebook.committed import as_committed

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_LINES = 7
# Names of the files that a cell writes: beside the folder of exports, or in a call of draw.
_FILES = r'(?i:exports) / "([^"]+)"|draw\(onrecord\.plot_\w+, \w+(?:\[[^\n]*\])?, "([^"]+)"'


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def shown(notebook: nbformat.NotebookNode) -> list[tuple[int, str]]:
    """Return what each code cell shows in words and tables; charts and progress bars are left out.

    So is what is drawn anew for whoever runs the notebook, and not kept: articles, forms, tables to sort.
    """
    found = []
    for number, cell in enumerate(code_cells(notebook)):
        if "not-kept" in cell.metadata.get("tags", []):
            continue
        for output in cell.outputs:
            if output.output_type in ("execute_result", "display_data") and "image/png" not in output.data:
                found.append((number, output.data.get("text/html", output.data["text/plain"])))
            elif output.output_type == "stream" and output.name == "stdout":
                found.append((number, output.text))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a place with the sample and its word lists, so that a run writes nothing here."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("sample", "lexicons", "benchmarks"):
        shutil.copytree(ROOT / "data" / name, folder / "data" / name)
    (folder / "data" / "articles").mkdir()  # as in a fresh clone: no article of the user's own yet
    (folder / "notebooks").mkdir()
    return folder


def test_the_notebooks_are_there():
    assert [path.stem for path in NOTEBOOKS] == [
        "00-start-here",
        "01-sentiment",
        "02-quotations",
        "03-anonymous-sources",
        "04-your-own-articles",
        "05-outlets-compared",
        "06-framing",
        "07-large-corpora",
        "08-how-good-is-it",
        "09-read-and-check",
        "10-who-gets-to-speak",
        "11-workbench",
        "12-one-article",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_fresh_run_shows_what_was_committed(path, folder):
    committed = read(path)
    fresh = NotebookClient(
        nbformat.from_dict(committed), timeout=120, resources={"metadata": {"path": folder / "notebooks"}}
    ).execute()
    fresh = nbformat.from_dict(as_committed(fresh))  # without progress bars and widgets
    assert shown(fresh) == shown(read(path))
    for cell in code_cells(fresh):
        n_charts = sum("image/png" in output.get("data", {}) for output in cell.outputs)
        assert n_charts == cell.source.count("onrecord.plot_"), cell.source
    exports = folder / "exports" / "sample" if "load_articles" in str(committed) else folder / "exports"
    promised = {
        ("".join(names), "save_table" in cell.source)
        for cell in code_cells(fresh)
        for names in re.findall(_FILES, cell.source)
    }
    assert promised or path.stem == "11-workbench"  # a page: it writes what its user asks for
    for name, is_table in promised:  # a chart or table without an ending, any other file with its own
        endings = [".csv", ".xlsx"] if is_table else [".png", ".svg", ".pdf", ".csv", ".txt"]
        is_whole_name = "." in name or (exports / name / "corpus.json").exists()
        for ending in [""] if is_whole_name else endings:
            assert (exports / f"{name}{ending}").stat().st_size > 0


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_reads_like_an_article(path):
    notebook = read(path)
    code = [cell.source for cell in code_cells(notebook)]
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    assert notebook.cells[0].source.startswith("# ")
    assert [cell.execution_count for cell in code_cells(notebook)] == list(range(1, len(code) + 1))
    for cell in code:
        assert len(cell.splitlines()) <= MOST_LINES, cell
        assert not re.search(
            r"^\s*(def|for|while|class) |\bre\.|\.str\.(extract|match|replace)", cell, re.M
        ), cell
    assert sum(map(len, prose)) >= sum(map(len, code))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_clean(path):
    text = path.read_text(encoding="utf-8")
    assert "/home/" not in text and "/root/" not in text
    for cell in read(path).cells:
        assert "not-kept" not in cell.metadata.get("tags", []) or not cell.outputs
        assert not {"execution", "ExecuteTime", "collapsed"} & cell.metadata.keys()
        outputs = cell.get("outputs", [])
        assert not [output for output in outputs if output.output_type == "error"]
        assert not [output for output in outputs if output.get("name") == "stderr"]
