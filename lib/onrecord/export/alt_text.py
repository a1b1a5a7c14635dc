"""Alt text: what a chart shows, in words for a reader who cannot see it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any

import pandas as pd

from onrecord.charts.words import or_missing, words_of
from onrecord.measures.layout import MeasureLayout, kind_of, layout_of
from onrecord.text.characters import clean

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_ROWS = 12  # more would take a screen reader minutes

Row = dict[Hashable, Any]


def alt_text(ax: Axes, data: pd.DataFrame) -> str:
    """Description of a chart.

    Title, kind of chart, unit and n, then the numbers of `data`.

    Up to twelve rows are described. Of a longer table its number of rows, the highest and the lowest
    row are named before the first twelve.
    """
    heads = {text.get_gid(): " ".join(text.get_text().split()) for text in ax.figure.texts}
    title = heads.get("title") or clean(ax.get_title()) or "Chart"
    kind = str(ax.get_label()).capitalize()
    about = ": ".join(filter(None, [kind, heads.get("subtitle", "")]))
    table = with_labels(data)
    describe = _describer(layout_of(table))
    rows = [describe(row) for row in table.head(MOST_ROWS).to_dict("records")]
    rest = len(table) - MOST_ROWS
    if rest > 0:
        rows = [_extremes(table), *rows, f"And {rest:,} more rows in the table of the chart"]
    parts = [" ".join(str(part).split()).rstrip(".") for part in [title, about, *rows] if part]
    return clean(". ".join(parts) + ".")


def with_labels(data: pd.DataFrame) -> pd.DataFrame:
    """`data` with its index as columns where the index names the rows.

    An index that only counts the rows is left out.
    """
    only_counts = pd.api.types.is_integer_dtype(data.index) and data.index.name is None
    return data.reset_index(drop=only_counts)


def _describer(layout: MeasureLayout) -> Callable[[Row], str]:
    describe = _DESCRIBERS.get(layout.kind)
    return describe or (lambda row: _figure_row(row, layout))


def _figure_row(row: Row, layout: MeasureLayout) -> str:
    """ "Post, standard: 25% (10% to 46%) of 40 sources"."""
    value = row[layout.value]
    if pd.isna(value):
        return f"{_labels(row)}: not known"
    text = _number(value, is_share=layout.is_share)
    if layout.interval and not pd.isna(row["low"]):
        low, high = (_number(row[end], is_share=layout.is_share) for end in layout.interval)
        text += f" ({low} to {high})"
    of = f" of {_number(row[layout.n])} {layout.unit}" if layout.n else ""
    return f"{_labels(row)}: {text}{of}"


def _number_row(row: Row) -> str:
    numbers = [
        f"{words_of(name)} {_number(number, is_share=kind_of(str(name)) == 'share')}"
        for name, number in row.items()
        if not isinstance(number, str) and not pd.isna(number)
    ]
    return f"{_labels(row)}: " + ", ".join(numbers)


def _difference_row(row: Row) -> str:
    text = f"{or_missing(row['group_a'])} against {or_missing(row['group_b'])}: {row['difference']:+.2f}"
    if not pd.isna(row.get("low")):
        text += f" ({row['low']:+.2f} to {row['high']:+.2f})"
    p = row.get("p_adjusted")
    text = text.replace("-", "−")
    return text if p is None or pd.isna(p) else f"{text}, adjusted p {max(p, 0.001):.3f}"


def _word_row(row: Row) -> str:
    articles = f"in {_number(row['n_articles_a'])} and {_number(row['n_articles_b'])} articles"
    return f"“{row['word']}” {articles}, z {row['z']:+.1f}".replace("-", "−")


def _pair_row(row: Row) -> str:
    return f"{row['name_a']} and {row['name_b']} together in {_number(row['n_articles'])} articles"


def _lorenz_row(row: Row) -> str:
    speakers, attributions = row["share_of_speakers"], row["share_of_attributions"]
    return f"{_group(row)}the least quoted {speakers:.0%} have {attributions:.0%} of attributions"


def _rarefaction_row(row: Row) -> str:
    n = _number(row["n_attributions"])
    return f"{_group(row)}{row['expected_speakers']:.1f} speakers in {n} attributions"


def _position_row(row: Row) -> str:
    name = row.get("headline", row.get("outlet", row["doc_id"]))
    who = "an unnamed source" if row["is_unnamed"] is True else "a source"
    return f"{or_missing(name)}: {who} after {row['position']:.0%} of the article"


_DESCRIBERS: dict[str, Callable[[Row], str]] = {
    "difference": _difference_row,
    "keyness": _word_row,
    "pairs": _pair_row,
    "lorenz": _lorenz_row,
    "rarefaction": _rarefaction_row,
    "positions": _position_row,
    "counts": _number_row,
}
_WITHOUT_EXTREMES = ("lorenz", "pairs", "rarefaction", "positions", "counts")


def _extremes(table: pd.DataFrame) -> str:
    """Which row of a long table is highest and which is lowest."""
    layout = layout_of(table)
    known = table.head(0) if layout.kind in _WITHOUT_EXTREMES else table.dropna(subset=[layout.value])
    if known.empty:
        return f"{len(table):,} rows"
    describe = _describer(layout)
    values = known[layout.value].to_numpy(dtype=float)
    ends = known.iloc[[int(values.argmax()), int(values.argmin())]].to_dict("records")
    highest, lowest = (describe(row) for row in ends)
    return f"{len(table):,} rows; highest: {highest}; lowest: {lowest}"


def _labels(row: Row) -> str:
    return ", ".join(words_of(value) for value in row.values() if isinstance(value, str))


def _group(row: Row) -> str:
    return f"{_labels(row)}: " if _labels(row) else ""


def _number(value: Any, *, is_share: bool = False) -> str:
    if pd.isna(value):
        return "unknown"
    if is_share:
        return f"{value:.0%}"
    if isinstance(value, float):
        return f"{value:.2f}".replace("-", "−")
    return f"{value:,}" if isinstance(value, int) else str(value)
