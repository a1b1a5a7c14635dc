"""Notebooks as pages: outputs as committed, code one click away, and a description for each chart."""

from __future__ import annotations

import base64
import html
import json
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

# A finding, and in brackets its interval and n.
_LINE = re.compile(r"(.*?)(?: \(([^()]*(?:\([^()]*\)[^()]*)*)\))?\.")
INTERACTIVE = (
    '<p class="made-when-run">The notebook draws an interactive {kind} here when it is run. '
    "It is not kept on this page.</p>"
)
KINDS = {
    "show_article": "view of the article",
    "browse": "filter",
    "show_coding": "form",
    "show_workbench": "workbench",
    "show_upload": "button for choosing files",
}


class Chart(NamedTuple):
    """One chart of a notebook: its name, finding and description, and the image (PNG)."""

    name: str
    finding: str  # "" where the notebook states none
    about: str  # n and interval of the finding
    heading: str
    image: bytes

    @property
    def alt(self) -> str:
        more = f" ({self.about})" if self.about else ""
        return f"Chart. {self.finding}{more}." if self.finding else f"Chart: {self.heading}"


@cache
def read_notebooks(root: Path) -> dict[str, dict[str, Any]]:
    """Notebooks of the repository by name, in their order."""
    paths = sorted((root / "notebooks").glob("[0-9][0-9]-*.ipynb"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


def notebook_pages(root: Path) -> dict[str, str]:
    """Return the notebooks as their pages show them, by their paths."""
    pages = {}
    for name, book in read_notebooks(root).items():
        cells = [_cell(cell, charts_of(book)) for cell in book["cells"]]
        shown = {"cells": cells, "metadata": book["metadata"], "nbformat": 4, "nbformat_minor": 5}
        pages[f"notebooks/{name}.ipynb"] = json.dumps(shown, ensure_ascii=False)
    return pages


def _cell(cell: dict[str, Any], charts: list[Chart]) -> dict[str, Any]:
    source = "".join(cell["source"])
    if cell["cell_type"] != "code":
        source = re.sub(r"\]\(\.\./README\.md\)", "](../index.md)", source)
        source = re.sub(r"\]\(\.\./docs/functions\.md(?:#(\w+))?\)", _function_page, source)
        return cell | {"source": source, "metadata": {}}
    tags = cell["metadata"].get("tags", [])
    outputs = cell["outputs"]
    if "not-kept" in tags and not outputs:
        kind = next((kind for call, kind in KINDS.items() if f".{call}(" in source), "table")
        outputs = [_html(INTERACTIVE.format(kind=kind))]
    names = [_chart_name(output) for output in outputs if _png(output)]
    alts = [chart.alt for chart in charts if chart.name in names]
    metadata: dict[str, Any] = {"tags": ["hide-input"]}
    if names:
        metadata["mystnb"] = {"image": {"alt": " ".join(alts)}}
    return cell | {"metadata": metadata, "outputs": [_plain(output) for output in outputs]}


def _function_page(match: re.Match[str]) -> str:
    return f"](../docs/functions/{match[1] or 'index'}.md)"


def _html(text: str) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": {"text/html": text}}


def _plain(output: dict[str, Any]) -> dict[str, Any]:
    """Return an output of which only a form that a page can show is kept."""
    data = output.get("data")
    if not data:
        return output
    for kind in ("image/png", "text/html", "text/plain"):
        if kind in data:
            return output | {"data": {kind: data[kind]}, "metadata": {}}
    return output


def _png(output: dict[str, Any]) -> str:
    return "".join(output.get("data", {}).get("image/png", ""))


def _chart_name(output: dict[str, Any]) -> str:
    return str(output.get("metadata", {}).get("onrecord", {}).get("chart", ""))


def charts_of(book: dict[str, Any]) -> list[Chart]:
    """Charts of a notebook. Each has the finding at the same position of the notebook's list of findings."""
    findings = findings_of(book)
    charts: list[tuple[str, str, bytes]] = []
    heading = ""
    for cell in book["cells"]:
        if cell["cell_type"] == "markdown":
            heads = re.findall(r"^#+ (.+)$", "".join(cell["source"]), re.M)
            heading = heads[-1] if heads else heading
        for output in cell.get("outputs", []):
            if image := _png(output):
                charts.append((_chart_name(output), heading, base64.b64decode(image)))
    if len(findings) != len(charts):
        findings = [("", "")] * len(charts)
    return [
        Chart(name, finding, about, heading, image)
        for (name, heading, image), (finding, about) in zip(charts, findings, strict=True)
    ]


def find_chart(root: Path, name: str) -> tuple[str, Chart]:
    """The notebook and the chart of this name.

    Raises LookupError where no notebook has it with a finding.
    """
    for stem, book in read_notebooks(root).items():
        for chart in charts_of(book):
            if chart.name == name and chart.finding:
                return stem, chart
    raise LookupError(
        f"No notebook has the chart {name!r} with a finding. Run the notebook that draws it, or name another "
        "chart in docs/site/front.py (start page) or docs/make_pages.py (README)."
    )


def findings_of(book: dict[str, Any]) -> list[tuple[str, str]]:
    """Findings as the notebook lists them: the sentence, and its n and interval."""
    found = []
    for cell in book["cells"]:
        if "findings" in cell["metadata"].get("tags", []):
            for output in cell.get("outputs", []):
                text = "".join(output.get("data", {}).get("text/html", ""))
                lines = map(html.unescape, re.findall(r"<li>(.*?)</li>", text, re.S))
                found += [
                    re.fullmatch(r"(.*?)(?: \(([^()]*(?:\([^()]*\)[^()]*)*)\))?\.", line) for line in lines
                ]
    return [(match[1], match[2] or "") for match in found if match]


def title_of(book: dict[str, Any]) -> str:
    """The title of a notebook."""
    return "".join(book["cells"][0]["source"]).splitlines()[0].removeprefix("# ")


def question_of(book: dict[str, Any]) -> str:
    """The question below the title of a notebook."""
    text = "".join(book["cells"][0]["source"])
    bold = re.search(r"\*\*(.+?)\*\*", text, re.S)
    return re.sub(r"\s+", " ", bold[1]) if bold else ""
