"""Notebooks run for a report, without what belongs to the sample.

They run again only where something changed.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

import nbformat

from onrecord.notebook.settings import REPORT_FOLDER
from onrecord.notebook.show import TABLES
from onrecord.progress import progress
from onrecord.reports.kernel import NotebookKernel
from onrecord.scale.files import write_whole

LEFT_OUT = {
    "needs-outlets": "it compares outlets, and all these articles are of one outlet",
    "needs-dates": "it needs dates, and these articles do not have any",
}
_NOT_RUN = {"sample", "not-in-report"}


def run_notebooks(
    paths: Sequence[Path], folder: Path, state: str, without: frozenset[str], charts: Path
) -> list[nbformat.NotebookNode]:
    """Run the notebooks in one kernel; return them executed, in the order of `paths`.

    Cells with a tag of `without` are left out. Each notebook is written to `folder`/notebooks when it is
    finished. One that is there with the same cells and the same `state` is not run again.
    """
    (folder / "notebooks").mkdir(parents=True, exist_ok=True)
    charts.mkdir(parents=True, exist_ok=True)
    books = [_cut(nbformat.read(path, as_version=4), without) for path in paths]
    keys = [_hash(f"{state}{book.cells}") for book in books]
    found = [_finished(folder / "notebooks" / path.name, key) for path, key in zip(paths, keys, strict=True)]
    n_cells = [sum(cell.cell_type == "code" for cell in book.cells) for book in books]
    if not any(book is not None for book in found):
        shutil.rmtree(folder / TABLES, ignore_errors=True)  # of other articles
    n_done = sum(n for n, done in zip(n_cells, found, strict=True) if done is not None)
    environment = {REPORT_FOLDER: str(folder / "work")}
    with (
        progress(total=sum(n_cells), initial=n_done, desc="charts", unit=" cells") as bar,
        NotebookKernel(paths[0].parent, environment) as kernel,
    ):
        for number, (path, book, key) in enumerate(zip(paths, books, keys, strict=True)):
            if found[number] is not None:
                continue
            bar.set_description_str(path.stem)
            for old in charts.glob(f"{path.stem[:2]}-*"):
                old.unlink()  # drawn for other articles
            ended = kernel.run(book, bar.update, bar.refresh)
            if ended:
                book.metadata["left_out"].append(f"{path.stem} is not complete: {ended}.")
            else:
                book.metadata["onrecord_state"] = key
            found[number] = _recorded(book, folder / "notebooks" / path.name)
    return [book for book in found if book is not None]


def _cut(book: nbformat.NotebookNode, without: frozenset[str]) -> nbformat.NotebookNode:
    """Return the notebook without outputs.

    Cells that do not fit these articles are left out.
    """
    left_out, cells = [], []
    for cell in book.cells:
        tags = set(cell.metadata.get("tags", []))
        reasons = tags & without
        if reasons and cell.source.startswith("## "):
            heading = cell.source.splitlines()[0].removeprefix("## ")
            left_out.append(f"“{heading}” is left out: {LEFT_OUT[min(reasons)]}.")
        if tags & _NOT_RUN or reasons:
            continue
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        cells.append(cell)
    book.cells = cells
    book.metadata["left_out"] = left_out
    return book


def _finished(path: Path, key: str) -> nbformat.NotebookNode | None:
    """Return the notebook that was run before with the same `key`."""
    if not path.exists():
        return None
    book = nbformat.read(path, as_version=4)
    return book if book.metadata.get("onrecord_state") == key else None


def _recorded(book: nbformat.NotebookNode, path: Path) -> nbformat.NotebookNode:
    """Write the executed notebook and return it.

    Paths, times and widgets of this machine are left out.
    """
    book.metadata.pop("widgets", None)
    for cell in book.cells:
        cell.metadata = {name: value for name, value in cell.metadata.items() if name in ("tags", "jupyter")}
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
            for output in cell.outputs:
                if output.output_type == "error":
                    output.traceback = []
    write_whole(path, lambda beside: nbformat.write(book, beside))
    return book


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
