"""Chart files: a chart is saved with its numbers, its source and what it shows in words."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from onrecord.charts.frame import STYLE, draw_source
from onrecord.charts.rows import words_of
from onrecord.text.legible import clean


def save_chart(ax: Axes, path: str | Path, *, data: pd.DataFrame, source: str) -> list[Path]:
    """Write the chart as PNG (300 dpi), SVG, PDF, its numbers as CSV and its alt text; return the paths.

    `path` is the name without an ending; missing folders are made. `source` says where the texts
    come from and stands below the chart. A chart without data or source is refused with ValueError:
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
    # The mark at the start makes spreadsheets read the file as UTF-8.
    _with_labels(data).to_csv(table, index=False, encoding="utf-8-sig", lineterminator="\n")
    words.write_text(alt + "\n", encoding="utf-8", newline="\n")
    return [*written, table, words]


def alt_text(ax: Axes, data: pd.DataFrame) -> str:
    """Return what the chart shows in words, from its title and its numbers: up to twelve rows."""
    texts = [text for text in ax.figure.texts if text.get_gid() in ("title", "subtitle")]
    head = [text.get_text().replace("\n", " ") for text in texts] or [clean(ax.get_title()) or "Chart"]
    table = _with_labels(data)
    rows = [_row_in_words(row) for row in table.head(12).to_dict("records")]
    more = f" And {len(table) - 12} more rows in the table of the chart." if len(table) > 12 else ""
    return clean(". ".join(part.rstrip(".") for part in [*head, *rows]) + "." + more)


def _with_labels(data: pd.DataFrame) -> pd.DataFrame:
    """Return `data` with its index as columns where it names the rows, without it where it only counts."""
    only_counts = pd.api.types.is_integer_dtype(data.index) and data.index.name is None
    return data.reset_index(drop=only_counts)


def _row_in_words(row: dict) -> str:
    """Return `row` as a phrase: "Post, standard: 25% (10% to 46%) of 40 sources".

    Tables without a share or mean name each number.
    """
    shown = {str(name): value for name, value in row.items() if not pd.isna(value)}
    labels = ", ".join(str(value) for value in shown.values() if isinstance(value, str))
    value = next((name for name in shown if name.startswith(("share_", "mean_"))), None)
    if value is None:
        numbers = [(words_of(name), number) for name, number in shown.items() if not isinstance(number, str)]
        return f"{labels}: " + ", ".join(f"{name} {_number(number)}" for name, number in numbers)
    is_share = value.startswith("share_")
    text = _number(shown[value], is_share=is_share)
    if {"low", "high"} <= shown.keys():
        low, high = (_number(shown[end], is_share=is_share) for end in ("low", "high"))
        text += f" ({low} to {high})"
    n = next((name for name in shown if name.startswith("n_") and name != "n_hits"), None)
    return f"{labels}: {text}" + (f" of {_number(shown[n])} {words_of(n.removeprefix('n_'))}" if n else "")


def _number(value: object, *, is_share: bool = False) -> str:
    if is_share:
        return f"{value:.0%}"
    if isinstance(value, float):
        return f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
