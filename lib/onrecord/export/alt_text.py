"""Alt text: what a chart shows, in the words in which one would tell it to somebody who cannot see it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from matplotlib.axes import Axes

from onrecord.charts.rows import FIGURES, or_missing, words_of
from onrecord.text.characters import clean

MOST_ROWS = 12


def alt_text(ax: Axes, data: pd.DataFrame) -> str:
    """Return what the chart shows in words: title, kind of chart, unit and n, then the numbers of `data`.

    Up to twelve rows are told; longer tables are told by their number of rows, the highest and the
    lowest, and the first twelve.
    """
    heads = {text.get_gid(): " ".join(text.get_text().split()) for text in ax.figure.texts}
    title = heads.get("title") or clean(ax.get_title()) or "Chart"
    kind = ax.get_label().capitalize()
    about = ": ".join(filter(None, [kind, heads.get("subtitle", "")]))
    table = with_labels(data)
    tell = _telling(table)
    rows = [tell(row) for row in table.head(MOST_ROWS).to_dict("records")]
    rest = len(table) - MOST_ROWS
    more = (
        [_extremes(table), *rows, f"And {rest:,} more rows in the table of the chart"] if rest > 0 else rows
    )
    parts = [" ".join(str(part).split()).rstrip(".") for part in [title, about, *more] if part]
    return clean(". ".join(parts) + ".")


def with_labels(data: pd.DataFrame) -> pd.DataFrame:
    """Return `data` with its index as columns where it names the rows, without it where it only counts."""
    only_counts = pd.api.types.is_integer_dtype(data.index) and data.index.name is None
    return data.reset_index(drop=only_counts)


def _telling(table: pd.DataFrame) -> Callable[[dict], str]:
    """Return the function that tells a row of such a table."""
    for columns, tell in _TELLINGS:
        if columns <= set(table.columns):
            return tell
    return _number_row if _value_of(table.columns) is None else _figure_row


def _value_of(columns: pd.Index) -> str | None:
    return next((name for name in map(str, columns) if name.startswith(FIGURES)), None)


def _figure_row(row: dict) -> str:
    """Return "Post, standard: 25% (10% to 46%) of 40 sources"."""
    value = _value_of(row)
    is_share = value.startswith("share_")
    if pd.isna(row[value]):
        return f"{_labels(row)}: not known"
    text = _number(row[value], is_share=is_share)
    if {"low", "high"} <= row.keys() and not pd.isna(row["low"]):
        low, high = (_number(row[end], is_share=is_share) for end in ("low", "high"))
        text += f" ({low} to {high})"
    n = next((name for name in map(str, row) if name.startswith("n_") and name != "n_hits"), None)
    return f"{_labels(row)}: {text}" + (
        f" of {_number(row[n])} {words_of(n.removeprefix('n_'))}" if n else ""
    )


def _number_row(row: dict) -> str:
    numbers = [
        f"{words_of(name)} {_number(number)}"
        for name, number in row.items()
        if not isinstance(number, str) and not pd.isna(number)
    ]
    return f"{_labels(row)}: " + ", ".join(numbers)


def _difference_row(row: dict) -> str:
    text = f"{or_missing(row['group_a'])} against {or_missing(row['group_b'])}: {row['difference']:+.2f}"
    if not pd.isna(row["low"]):
        text += f" ({row['low']:+.2f} to {row['high']:+.2f})"
    p = row.get("p_adjusted")
    text = text.replace("-", "−")
    return text if p is None or pd.isna(p) else f"{text}, corrected p {max(p, 0.001):.3f}"


def _word_row(row: dict) -> str:
    articles = f"in {_number(row['n_articles_a'])} and {_number(row['n_articles_b'])} articles"
    return f"“{row['word']}” {articles}, z {row['z']:+.1f}".replace("-", "−")


def _pair_row(row: dict) -> str:
    return f"{row['name_a']} and {row['name_b']} together in {_number(row['n_articles'])} articles"


def _lorenz_row(row: dict) -> str:
    of = f"{_labels(row)}: " if _labels(row) else ""
    return f"{of}the least quoted {row['share_of_speakers']:.0%} hold {row['share_of_attributions']:.0%}"


def _rarefaction_row(row: dict) -> str:
    of = f"{_labels(row)}: " if _labels(row) else ""
    return f"{of}{row['expected_speakers']:.1f} voices in {_number(row['n_attributions'])} attributions"


def _place_row(row: dict) -> str:
    name = row.get("headline", row.get("outlet", row["doc_id"]))
    who = "an unnamed source" if row["is_unnamed"] is True else "a source"
    return f"{or_missing(name)}: {who} after {row['position']:.0%} of the article"


_TELLINGS = [
    ({"group_a", "group_b", "difference", "low", "high"}, _difference_row),
    ({"word", "z", "n_articles_a", "n_articles_b"}, _word_row),
    ({"name_a", "name_b", "n_articles"}, _pair_row),
    ({"share_of_speakers", "share_of_attributions"}, _lorenz_row),
    ({"n_attributions", "expected_speakers"}, _rarefaction_row),
    ({"doc_id", "position", "is_unnamed"}, _place_row),
]


def _extremes(table: pd.DataFrame) -> str:
    """Return which row of a long table is highest and which is lowest."""
    value = next(
        (name for name in ("difference", "z", _value_of(table.columns)) if name in table.columns), None
    )
    known = table.dropna(subset=[value]) if value else table.head(0)
    if known.empty or "share_of_speakers" in table.columns:
        return f"{len(table):,} rows"
    tell = _telling(table)
    ends = (known.loc[at].to_dict() for at in (known[value].idxmax(), known[value].idxmin()))
    highest, lowest = (tell(row) for row in ends)
    return f"{len(table):,} rows; highest: {highest}; lowest: {lowest}"


def _labels(row: dict) -> str:
    return ", ".join(words_of(value) for value in row.values() if isinstance(value, str))


def _number(value: object, *, is_share: bool = False) -> str:
    if pd.isna(value):
        return "unknown"
    if is_share:
        return f"{value:.0%}"
    if isinstance(value, float):
        return f"{value:.2f}".replace("-", "−")
    return f"{value:,}" if isinstance(value, int) else str(value)
