"""Chart files: a chart is saved with its numbers, its source and its alt text."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from onrecord.charts.frame import STYLE, draw_source
from onrecord.export.alt_text import alt_text, with_labels
from onrecord.export.cells import write_csv


def save_chart(ax: Axes, path: str | Path, *, data: pd.DataFrame, source: str) -> list[Path]:
    """Write a chart with its numbers and its alt text; return the paths.

    The chart is written as PNG (300 dpi), SVG and PDF, its numbers as CSV, its alt text as TXT.

    `path` is the name without an ending; missing folders are made. `data` is the table that was drawn.
    `source` says where the texts come from and is written below the chart. Text that a spreadsheet would
    run has an apostrophe before it in the CSV. The same chart gives the same files, byte by byte.

    Raises ValueError without data or source, as nobody could check such a chart.

    >>> shares = onrecord.share_reasons(analysis)
    >>> ax = onrecord.plot_shares(shares, title="One unnamed source in six has a specific reason")
    >>> paths = onrecord.save_chart(ax, "reasons", data=shares, source="Twelve invented articles")
    >>> [path.suffix for path in paths]
    ['.png', '.svg', '.pdf', '.csv', '.txt']
    """
    if not isinstance(data, pd.DataFrame) or data.empty:
        raise ValueError(
            "data must be the table with the plotted numbers, with at least one row: data=shares."
        )
    if not isinstance(source, str) or not source.strip():
        raise ValueError(
            'source must say where the texts come from, as in source="Own count of 48 articles, January to '
            f'June 2026", not {source!r}.'
        )
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not isinstance(ax, Axes):
        raise ValueError(f"ax must be the Axes that a plot_ function returns, not {type(ax).__name__}.")
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("ax must belong to a figure: draw it with one of the plot_ functions.")
    alt = alt_text(ax, data)
    with plt.style.context(STYLE):
        bottom = draw_source(figure, source)
        width, height = figure.get_size_inches()
        title = alt.partition(". ")[0]
        about = {
            "png": {"Title": title, "Description": alt, "Software": None},
            "svg": {"Title": title, "Description": alt, "Date": None},
            "pdf": {"Title": title, "Subject": alt, "CreationDate": None},
        }
        written = []
        for ending, metadata in about.items():
            target = path.with_name(f"{path.name}.{ending}")
            figure.savefig(target, bbox_inches=Bbox([[0, -bottom], [width, height]]), metadata=metadata)
            written.append(target)
    table, words = path.with_name(f"{path.name}.csv"), path.with_name(f"{path.name}.txt")
    write_csv(with_labels(data), table)
    words.write_text(alt + "\n", encoding="utf-8", newline="\n")
    return [*written, table, words]
