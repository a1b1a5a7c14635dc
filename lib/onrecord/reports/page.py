"""The page of a report: the output of executed notebooks, without their code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import mistune
import nbformat
import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from onrecord.notebook.article import CSS
from onrecord.notebook.show import show_table

TITLES = {
    "00-start-here": "At a glance",
    "04-your-own-articles": "Which articles were read, and which were left out",
}
NOT_SHOWN = {"setup", "parameters"}
NOTHING = "these articles contain nothing of this kind, or too little"
_FOLDER = Path(__file__).parent
_CSS = (_FOLDER / "report.css").read_text(encoding="utf-8")
_PAGES = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
_HEADING = re.compile(r"^(?=#+ )", re.M)
_CHART = re.compile(r'save_chart\([^)]*?EXPORTS / "([^"]+)"')
_MARKDOWN = mistune.create_markdown(escape=True, plugins=["table"])


class Block(NamedTuple):
    """Part of a chapter: prose, a table, text, a chart, or a question left open."""

    kind: str  # prose, table, text, chart, open
    content: str  # HTML of prose and tables, text, base64 of a chart
    name: str = ""  # of the chart's files
    alt: str = ""


class Chapter(NamedTuple):
    """One notebook as a chapter of the report."""

    name: str
    title: str
    blocks: list[Block]
    left_out: list[str]  # one sentence per question


def chapter_of(name: str, book: nbformat.NotebookNode, charts: Path) -> Chapter:
    """Return the chapter of an executed notebook; a failed cell is left open."""
    title = heading = name
    blocks: list[Block] = []
    left_out = list(book.metadata["left_out"])
    for number, cell in enumerate(book.cells):
        if NOT_SHOWN & set(cell.metadata.get("tags", [])):
            continue
        if cell.cell_type == "markdown":
            first, _, rest = cell.source.partition("\n")
            if first.startswith("# "):
                title, cell.source = first.removeprefix("# "), rest
            elif first.startswith("## "):
                heading = first.removeprefix("## ")
            # The title of the report is a heading of level 1, that of a notebook one of level 2.
            blocks.append(Block("prose", Markup(_MARKDOWN(_HEADING.sub("#", cell.source)))))
            continue
        if any(output.output_type == "error" for output in cell.outputs):
            if blocks and blocks[-1].kind != "open":
                blocks.append(Block("open", ""))
                left_out.append(f"“{heading}” is not answered, or only in part: {NOTHING}.")
            continue
        for output in cell.outputs:
            data = output.get("data", {})
            if "image/png" in data:
                chart = _name_of_chart(book.cells[number:])
                words = charts / f"{chart}.txt"
                alt = (
                    words.read_text(encoding="utf-8").strip() if words.exists() else f"Chart below {heading}"
                )
                blocks.append(Block("chart", data["image/png"].strip(), chart, alt))
            elif "text/html" in data:
                blocks.append(Block("table", Markup(data["text/html"])))
            elif output.output_type == "stream" and output.name == "stdout":
                blocks.append(Block("text", output.text))
    return Chapter(name, TITLES.get(name, title), blocks, left_out)


def _name_of_chart(cells: list[nbformat.NotebookNode]) -> str:
    """Return the file name of the first chart that `cells` save."""
    return next((found[1] for cell in cells if (found := _CHART.search(cell.source))), "")


def page_of(
    chapters: list[Chapter],
    *,
    title: str,
    source: str,
    outlets: pd.DataFrame,
    provenance: pd.DataFrame,
    quotations: str | None = None,
) -> str:
    """Return the page: outlets, chapters, questions left out, and provenance.

    `quotations` is the address of the file of all statements, relative to the folder of the page.
    """
    return _PAGES.get_template("report.html").render(
        title=title,
        source=source,
        outlets=Markup(show_table(outlets).html),
        chapters=chapters,
        quotations=quotations,
        provenance=Markup(show_table(provenance).html),
        css=Markup(CSS + _CSS),
    )
