"""One page per function, from docs/functions.md, with the notebooks and how-tos that use it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

from notebook_pages import read_notebooks, title_of

MOST_LINKS = 6


class Entry(NamedTuple):
    """One function or class of docs/functions.md."""

    name: str
    group: str
    signature: str
    body: str

    @property
    def summary(self) -> str:
        return self.body.partition("\n")[0]

    @property
    def is_class(self) -> bool:
        return self.name[0].isupper()


def read_entries(root: Path) -> list[Entry]:
    """The functions of docs/functions.md, in its order."""
    text = (root / "docs" / "functions.md").read_text(encoding="utf-8")
    entries = []
    for group in re.split(r"^## ", text, flags=re.M)[1:]:
        title, _, rest = group.partition("\n")
        for part in re.split(r"^### ", rest, flags=re.M)[1:]:
            name, _, about = part.partition("\n")
            signature, body = re.fullmatch(r"\s*```\n(.*?)\n```\n(.*)", about, re.S).groups()
            entries.append(Entry(name.strip(), title.strip(), signature, body.strip()))
    return entries


def function_pages(root: Path) -> dict[str, str]:
    """Return the page of each function, and the list of them by task, by their paths."""
    entries = read_entries(root)
    pages = {f"docs/functions/{entry.name}.md": _page(entry, root) for entry in entries}
    return pages | {"docs/functions/index.md": _list(entries)}


def _page(entry: Entry, root: Path) -> str:
    kind = "class" if entry.is_class else "function"
    signature = re.sub(r" -> None$", "", entry.signature) if entry.is_class else entry.signature
    parts = [
        f"# {entry.name}",
        f"``````{{py:{kind}}} {signature}\n:module: onrecord\n\n{entry.body}\n``````",
    ]
    if image := _image(entry.name, root):
        parts += ["## What it draws", image]
    if uses := _uses(entry.name, root):
        parts += ["## Where it is used", "\n".join(f"- {use}" for use in uses)]
    return "\n\n".join(parts) + "\n"


def _image(name: str, root: Path) -> str:
    """The first chart of the gallery that the function draws, as an image with its description."""
    gallery = (root / "docs" / "gallery.md").read_text(encoding="utf-8")
    section = re.search(rf"^## {name}$(.*?)(?=^## |\Z)", gallery, re.M | re.S)
    found = section and re.search(r'<img src="gallery/([^"]+)" width="[^"]+" (alt="[^"]*")>', section[1])
    return f'<img src="../gallery/{found[1]}" {found[2]}>' if found else ""


def _uses(name: str, root: Path) -> list[str]:
    """Links to the notebooks and how-tos whose code uses the function."""
    called = re.compile(rf"\bonrecord\.{name}\b")
    links = []
    for path in sorted((root / "docs" / "howto").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        if called.search(text):
            links.append(f"[{text.partition(chr(10))[0].removeprefix('# ')}](../howto/{path.name})")
    for stem, book in read_notebooks(root).items():
        code = json.dumps([cell["source"] for cell in book["cells"] if cell["cell_type"] == "code"])
        if called.search(code):
            links.append(f"Notebook [{title_of(book)}](../../notebooks/{stem}.ipynb)")
    return links[:MOST_LINKS]


def by_group(entries: list[Entry]) -> list[tuple[str, list[str]]]:
    """The tasks, each with the names of its functions."""
    groups = list(dict.fromkeys(entry.group for entry in entries))
    return [(group, [entry.name for entry in entries if entry.group == group]) for group in groups]


def _list(entries: list[Entry]) -> str:
    parts = [
        "# Functions",
        "Everything that `import onrecord` offers, grouped by task. Each page has the columns, errors and "
        "one example, which a test executes. The examples use `documents` and `analysis`, the twelve short "
        "articles of [data/sample/short.csv](../../data/sample/README.md):",
        "```python\nimport onrecord\n\n"
        'documents = onrecord.read_documents("data/sample/short.csv")\n'
        "analysis = onrecord.analyse(documents)\n```",
    ]
    summaries = {entry.name: entry.summary.replace("|", "\\|") for entry in entries}
    for group, names in by_group(entries):
        rows = "\n".join(f"| [`{name}`]({name}.md) | {summaries[name]} |" for name in names)
        parts += [f"## {group}", f"| | |\n|---|---|\n{rows}"]
    listed = "\n".join(summaries)
    parts.append(f"```{{toctree}}\n:hidden:\n\n{listed}\n```")
    return "\n\n".join(parts) + "\n"
