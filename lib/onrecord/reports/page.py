"""The page of a report: findings, then the output of executed notebooks.

Their code is left out.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import mistune
import nbformat
import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from onrecord.notebook.article import CSS
from onrecord.notebook.show import show_table
from onrecord.reports.images import Picture, compact
from onrecord.text.characters import spelled

TITLES = {
    "00-start-here": "At a glance",
    "04-your-own-articles": "Which articles were read, and which were left out",
}
NOT_SHOWN = {"setup", "parameters", "findings"}  # findings open the report
NOTHING = "these articles contain nothing of this kind, or too little"
ENDINGS = ("png", "svg", "pdf", "csv")
_FOLDER = Path(__file__).parent
_CSS = (_FOLDER / "report.css").read_text(encoding="utf-8")


def _as_shown(value: object) -> object:
    """`value`, of a text its control and direction characters as codes."""
    return spelled(value) if isinstance(value, str) and not isinstance(value, Markup) else value


_PAGES = Environment(
    loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, finalize=_as_shown
)
_HEADING = re.compile(r"^(?=#+ )", re.M)
_CHART = re.compile(r'(?:save_chart\([^)]*?EXPORTS / |\.draw\([^)]*?)"(\d\d-[^"]+)"')
_MARKDOWN = mistune.create_markdown(escape=True, plugins=["table"])


class Link(NamedTuple):
    """A file beside the page: its address within the folder, and its kind in words."""

    address: str
    words: str


class Block(NamedTuple):
    """Part of a chapter: prose, a table, text, a chart, or a question left open."""

    kind: str  # prose, table, text, chart, open
    content: str  # HTML of prose and tables, text, the title of a chart
    name: str = ""  # of the chart's files
    picture: Picture | None = None
    alt: str = ""
    links: tuple[Link, ...] = ()


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
    for cell in book.cells:
        if NOT_SHOWN & set(cell.metadata.get("tags", [])):
            left_out += [
                f"“{title}” is not complete: {output.ename}: {output.evalue}"
                for output in cell.get("outputs", [])
                if output.output_type == "error"
            ]
            continue
        if cell.cell_type == "markdown":
            first, _, rest = cell.source.partition("\n")
            if first.startswith("# "):
                title, words = first.removeprefix("# "), rest
            else:
                words = cell.source
                heading = first.removeprefix("## ") if first.startswith("## ") else heading
            # The title of the report is a heading of level 1, that of a notebook one of level 2.
            blocks.append(Block("prose", Markup(_MARKDOWN(_HEADING.sub("#", words)))))
            continue
        if any(output.output_type == "error" for output in cell.outputs):
            if blocks and blocks[-1].kind != "open":
                blocks.append(Block("open", ""))
                left_out.append(f"“{heading}” is not answered, or only in part: {NOTHING}.")
            continue
        blocks += _shown(cell, heading, charts)
    return Chapter(name, TITLES.get(name, title), blocks, left_out)


def _shown(cell: nbformat.NotebookNode, heading: str, charts: Path) -> Iterator[Block]:
    """Yield what a cell shows: charts, tables and text."""
    names = iter(_CHART.findall(cell.source))
    for output in cell.outputs:
        data = output.get("data", {})
        if "image/png" in data:
            about = output.get("metadata", {}).get("onrecord", {})
            name = about.get("chart") or next(names, "")
            yield _chart(base64.b64decode(data["image/png"]), name, heading, charts)
        elif "".join(data.get("text/html", "")).strip():
            yield Block("table", Markup(data["text/html"]))
        elif "text/markdown" in data:
            yield Block("prose", Markup(_MARKDOWN(data["text/markdown"])))
        elif output.output_type == "stream" and output.name == "stdout":
            yield Block("text", output.text)


def _chart(png: bytes, name: str, heading: str, charts: Path) -> Block:
    """Return a chart with links to its files.

    The saved image is used, because it has its source line.
    """
    saved, words = charts / f"{name}.png", charts / f"{name}.txt"
    is_saved = bool(name) and saved.exists()
    alt = words.read_text(encoding="utf-8").strip() if name and words.exists() else f"Chart below {heading}"
    links = tuple(
        Link(f"{charts.name}/{name}.{ending}", ending.upper())
        for ending in ENDINGS
        if name and (charts / f"{name}.{ending}").exists()
    )
    return Block("chart", heading, name, compact(saved.read_bytes() if is_saved else png), alt, links)


def page_of(
    chapters: list[Chapter],
    *,
    title: str,
    source: str,
    notes: list[str],
    findings: pd.DataFrame,
    outlets: pd.DataFrame,
    provenance: pd.DataFrame,
    files: list[Link],
) -> str:
    """Return the page: findings, outlets, chapters, open questions, provenance.

    `notes` says which articles and outlets are counted. `findings` is a table of read_findings, of which
    the key findings open the page. `files` are linked below them.
    """
    answered = findings[findings["is_answered"]] if len(findings) else findings
    lines = [
        {**row, "about": "; ".join(part for part in (interval_of(row), row["n"], row["rests_on"]) if part)}
        for row in answered.fillna({"n": "", "rests_on": "", "interval": ""}).to_dict("records")
    ]
    return _PAGES.get_template("report.html").render(
        title=title,
        source=source,
        notes=notes,
        key_findings=[line for line in lines if line["is_key"]],
        other_findings=[line for line in lines if not line["is_key"]],
        outlets=Markup(show_table(outlets).html),
        chapters=chapters,
        files=files,
        provenance=Markup(show_table(provenance).html),
        css=Markup(CSS + _CSS),
    )


def interval_of(finding: Mapping[Hashable, Any]) -> str:
    """The 95% interval of a finding in words, "" where it has none."""
    return f"95% interval {finding['interval']}" if finding["interval"] else ""
