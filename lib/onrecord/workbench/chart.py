"""A chart whose bars can be chosen: an image with a button over each bar."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib.pyplot as plt
import pandas as pd

from onrecord.charts.areas import Area, areas_of
from onrecord.charts.frame import STYLE
from onrecord.charts.words import figure_of, or_missing, words_of
from onrecord.export.alt_text import alt_text
from onrecord.export.chart_files import save_chart
from onrecord.export.tables import save_table
from onrecord.measures.layout import kind_of, layout_of
from onrecord.notebook.claims import CLAIMS, finding_of
from onrecord.notebook.findings import Finding, needs
from onrecord.notebook.found_list import accuracy_of
from onrecord.text.characters import clean
from onrecord.workbench.questions import Drawn, Question
from onrecord.workbench.state import View

BAR = "bar:"  # what the value of a bar's button begins with


class Chart(NamedTuple):
    """A chart as the page shows it; image is "" where the question is not answered."""

    drawn: Drawn
    finding: Finding
    image: str = ""
    alt: str = ""
    areas: tuple[Area, ...] = ()


def chart_of(view: View, question: Question) -> Chart:
    """The chart of a question, drawn once per view."""
    return view.once(f"chart {question.name} {question.about}", lambda: _draw(view, question))


def _draw(view: View, question: Question) -> Chart:
    drawn = question.measure(view)
    finding = finding_of(question.name, drawn.table, drawn.facts)
    if finding.is_answered and drawn.table.empty:
        finding = needs(f"there is nothing to draw. {finding.title}.")
    if not finding.is_answered:
        return Chart(drawn, finding)
    ax = question.plot(drawn.table, title=finding.title, **drawn.options)
    figure = ax.get_figure(root=True)
    assert figure is not None
    try:
        areas = tuple(areas_of(ax)) if question.where else ()
        file = io.BytesIO()
        with plt.style.context(STYLE):
            figure.savefig(file, format="svg", metadata={"Date": None})
        return Chart(
            drawn,
            finding,
            base64.b64encode(file.getvalue()).decode(),
            alt_text(ax, drawn.table if drawn.saved is None else drawn.saved),
            areas,
        )
    finally:
        plt.close(figure)


def chart_html(chart: Chart, question: Question, chosen: int | None) -> str:
    """The chart with its buttons, and what its finding rests on."""
    if not chart.image:
        return f"<p class='onrecord-open'>{escape(clean(chart.finding.title))}</p>"
    buttons = "".join(
        f"<button type='button' class='onrecord-bar' data-value='{BAR}{number}' "
        f"style='left:{area.left:.3%};top:{area.top:.3%};width:{area.width:.3%};height:{area.height:.3%}' "
        f'aria-label="{escape(name_of(area.row))}" title="{escape(name_of(area.row))}" '
        f"aria-pressed='{str(number == chosen).lower()}'></button>"
        for number, area in enumerate(chart.areas)
    )
    image = f"<img src='data:image/svg+xml;base64,{chart.image}' alt=\"{escape(chart.alt)}\">"
    hint = "<p class='onrecord-note'>A click on a bar shows its rows in the table.</p>" if buttons else ""
    return (
        f"<div class='onrecord-chart'><div class='onrecord-image'>{image}{buttons}</div></div>"
        f"{_about(chart.finding, question)}{hint}"
    )


def _about(finding: Finding, question: Question) -> str:
    """Interval and n of the finding, and how sure its counts are, as HTML."""
    claim = CLAIMS.get(question.name)
    accuracy = accuracy_of(claim.rests_on) if claim else ""
    lines = [
        "; ".join(
            filter(
                None,
                [
                    f"95% interval {finding.interval}" if finding.interval else "",
                    f"n = {finding.n}" if finding.n else "",
                ],
            )
        ),
        f"Accuracy of the program: {accuracy}" if accuracy else "",
    ]
    return "".join(f"<p class='onrecord-note'>{escape(clean(line))}</p>" for line in lines if line)


def name_of(row: Mapping[str, Any]) -> str:
    """A bar in words: its labels and its figure."""
    table = pd.DataFrame([row])
    layout = layout_of(table)
    labels = [words_of(or_missing(row[name])) for name in (layout.labels or tuple(row)) if name in row]
    figure = figure_of(row[layout.value], layout.value) if layout.value and kind_of(layout.value) else ""
    return ", ".join(clean(str(part)) for part in [*labels, figure] if str(part))


def write_chart(view: View, question: Question, path: Path) -> None:
    """Write the files of a chart as save_chart does, and its table as a workbook.

    Raises ValueError where the question is not answered.
    """
    chart = chart_of(view, question)
    if not chart.image:
        raise ValueError(chart.finding.title)
    table = chart.drawn.table if chart.drawn.saved is None else chart.drawn.saved
    source = view.articles.source
    ax = question.plot(chart.drawn.table, title=chart.finding.title, **chart.drawn.options)
    try:
        save_chart(ax, path, data=table, source=source)
    finally:
        figure = ax.get_figure(root=True)
        if figure is not None:
            plt.close(figure)
    save_table(table, path, source=source, title=chart.finding.title, analysis=view.articles.analysis)
