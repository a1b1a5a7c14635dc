"""Notebooks as they are committed: what a reader sees before anything is run.

    python -m onrecord.notebook.committed notebooks/*.ipynb

removes progress bars, widgets, times and the outputs of cells tagged `not-kept`, and hides the code of
settings, findings, charts and passages, so that a reader sees question, chart and passage. JupyterLab shows
the code of a hidden cell with a click on the three dots.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

HIDDEN_TAGS = frozenset(["setup", "parameters", "findings"])
_SHOWN = re.compile(
    r"\.draw\(|\bonrecord\.(?:plot_|show_passages\(|show_upload\(|browse\(|show_workbench\(|show_coding\()"
)
_WIDGET = "application/vnd.jupyter.widget-view+json"
_KEPT_METADATA = ("tags", "jupyter")


def is_hidden(source: str, tags: list[str]) -> bool:
    """Whether the code of a cell is hidden.

    It is for settings and findings, and for cells that show a chart or passages.

    >>> is_hidden("articles.draw(onrecord.plot_shares, rates, 'a')", [])
    True
    >>> is_hidden("corpus = onrecord.analyse_corpus('news', 'corpus')", [])
    False
    """
    return bool(HIDDEN_TAGS & set(tags) or _SHOWN.search(source))


def as_committed(book: dict[str, Any]) -> dict[str, Any]:
    """Return the notebook (the JSON of a file) as it is committed."""
    cells = [_cell(cell) for cell in book["cells"]]
    metadata = {name: value for name, value in book["metadata"].items() if name != "widgets"}
    return book | {"cells": cells, "metadata": metadata}


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    metadata = {name: value for name, value in cell["metadata"].items() if name in _KEPT_METADATA}
    tags = metadata.get("tags", [])
    metadata.pop("jupyter", None)
    if cell["cell_type"] != "code":
        return cell | {"metadata": metadata}
    if is_hidden("".join(cell["source"]), tags):
        metadata["jupyter"] = {"source_hidden": True}
    outputs = [] if "not-kept" in tags else [one for one in map(_output, cell["outputs"]) if one]
    return cell | {"metadata": metadata, "outputs": outputs}


def _output(output: dict[str, Any]) -> dict[str, Any] | None:
    """Return an output without its widget; None for a progress bar."""
    if output.get("name") == "stderr":
        return None
    if "data" not in output:
        return output
    data = {kind: value for kind, value in output["data"].items() if kind != _WIDGET}
    is_empty = all(not "".join(value).strip() for value in data.values() if isinstance(value, str | list))
    return None if is_empty else output | {"data": data}


def main(paths: list[str]) -> int:
    """Rewrite the notebooks of `paths`; return the exit code."""
    for path in map(Path, paths):
        book = json.loads(path.read_text(encoding="utf-8"))
        words = json.dumps(as_committed(book), ensure_ascii=False, indent=1)
        path.write_text(words + "\n", encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
