"""Chart files: a chart is saved with its numbers, its source and what it shows in words."""

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
    """Write the chart as PNG (300 dpi), SVG, PDF, its numbers as CSV and its alt text; return the paths.

    `path` is the name without an ending; missing folders are made. `source` says where the texts
    come from and stands below the chart. Text that a spreadsheet would run has an apostrophe before it in
    the CSV. A chart without data or source is refused with ValueError:
    nobody could check it. The same chart gives the same files, byte by byte.
    """
    if not isinstance(data, pd.DataFrame) or data.empty:
        raise ValueError("save_chart needs the plotted numbers: data=rates, a table with at least one row.")
    if not isinstance(source, str) or not source.strip():
        raise ValueError(
            'save_chart needs a source line: source="Own count of 48 articles, January to June 2026".'
        )
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure = ax.figure
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
