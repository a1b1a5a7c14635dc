"""Copies of the notebooks for one's own articles.

The committed notebooks stay as they are.

    python -m onrecord.notebook.copies

makes data/settings.toml from the template where it is missing, and copies each notebook to own/, without
outputs and without the cells that are true of the sample only (tag `sample`).
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from onrecord.notebook.settings import OWN, OWN_FOLDER, TEMPLATE, project_of

_MADE_FROM = "onrecord_copied"  # metadata of a copy: the hash of its cells when it was made


def copy_notebooks(project: str | Path) -> list[Path]:
    """Make or renew the copies in own/; return the paths of the changed ones.

    A copy that the user has changed is kept as it is. Raises FileNotFoundError where `project` has no
    notebooks.
    """
    project = Path(project)
    notebooks = sorted((project / "notebooks").glob("*.ipynb"))
    if not notebooks:
        raise FileNotFoundError(f"{project / 'notebooks'} has no notebooks; give the folder of the project.")
    settings = project / OWN
    if not settings.exists():
        shutil.copyfile(project / TEMPLATE, settings)
    folder = project / OWN_FOLDER
    folder.mkdir(exist_ok=True)
    changed = []
    for notebook in notebooks:
        copy = folder / notebook.name
        book = _for_own_articles(json.loads(notebook.read_text(encoding="utf-8")))
        if copy.exists():
            before = json.loads(copy.read_text(encoding="utf-8"))
            made_from = before["metadata"].get(_MADE_FROM)
            if made_from == book["metadata"][_MADE_FROM]:
                continue
            if made_from != _hash_of(before):
                changed.append(copy)
                continue
        copy.write_text(json.dumps(book, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    return changed


def _for_own_articles(book: dict[str, Any]) -> dict[str, Any]:
    cells = [cell for cell in book["cells"] if "sample" not in cell["metadata"].get("tags", [])]
    for cell in cells:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    book = book | {"cells": cells}
    return book | {"metadata": book["metadata"] | {_MADE_FROM: _hash_of(book)}}


def _hash_of(book: dict[str, Any]) -> str:
    """Hash of the cells of a notebook without their outputs."""
    cells = [[cell["cell_type"], "".join(cell["source"])] for cell in book["cells"]]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()


def main() -> int:
    """Copy the notebooks of this project; return the exit code."""
    project = project_of(Path.cwd())
    changed = copy_notebooks(project)
    print(f"Your settings are in {OWN}, the notebooks for your articles in {OWN_FOLDER}/.")
    for path in changed:
        print(f"{OWN_FOLDER}/{path.name} was kept, because you have changed it. Delete it to get the newest.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
