"""Figures, names and dates as a chart writes them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from onrecord.measures.layout import kind_of
from onrecord.tables import ALLOWED
from onrecord.text.characters import clean

MOST_LINES = 3  # of a name; a longer one is cut, and ends with an ellipsis
TOO_FEW_WORDS = "too few articles"
_CODED = {column for _, column in ALLOWED} | {"flag"}


def words_of(column: object) -> str:
    return str(column).replace("_", " ")


def named_values(values: pd.Series) -> pd.Series:
    """Values of a coded column as words: no_response → no response.

    Names of outlets remain as they are.
    """
    return values.map(words_of) if values.name in _CODED else values


def or_missing(value: Any) -> Any:
    return "not given" if pd.isna(value) else value


def wrapped(value: object, room: int) -> str:
    """`value` in lines of at most `room` characters, three of them at most."""
    text = clean(or_missing(value))
    most = MOST_LINES * room
    text = text if len(text) <= most else text[: most - 1] + "…"
    lines = [""]
    for word in text.split():
        pieces = [word[i : i + room] for i in range(0, len(word), room)]
        for piece in pieces:
            if lines[-1] and len(lines[-1]) + 1 + len(piece) > room:
                lines.append(piece)
            else:
                lines[-1] = f"{lines[-1]} {piece}".strip()
    return "\n".join(lines)


def shortened(value: object, room: int) -> str:
    """`value` in one line of at most `room` characters.

    A longer one ends in an ellipsis.
    """
    text = " ".join(clean(value).split())
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−") if round(value, 2) else "0"


def figure_of(value: float, column: str) -> str:
    """A value of `column` as a chart writes it.

    25% for a share, +0.10 for a mean, 3.1 for a rate.
    """
    if kind_of(column) == "rate":
        return f"{value:.1f}"
    return f"{value:.0%}" if kind_of(column) == "share" else signed(value)


def short_date(value: str) -> str:
    """The name of a month, week or quarter on an axis.

    "Jan 26" for the month 2026-01, "5 Jan" for the week 2026-01-05; a quarter as it is.
    """
    if "Q" in value:
        return value
    day = pd.Timestamp(value)
    return f"{day:%b %y}" if len(value) == 7 else f"{day.day} {day:%b}"


def share_in_figures(row: dict, value: str, n: str) -> str:
    """What is written beside a bar: share, interval and n."""
    is_known = not pd.isna(row["low"])
    interval = f"{100 * row['low']:.0f}–{100 * row['high']:.0f}" if is_known else TOO_FEW_WORDS
    return f"{row[value]:.0%} ({interval})\nn = {row[n]:,}"


def difference_in_figures(row: dict, *, is_share: bool) -> str:
    """What is written beside a difference: points, interval, adjusted p."""
    factor, digits = (100, 0) if is_share else (1, 2)
    text = f"{factor * row['difference']:+.{digits}f}"
    if pd.isna(row["low"]):
        return f"{text}\n{TOO_FEW_WORDS}".replace("-", "−")
    text += f" ({factor * row['low']:.{digits}f} to {factor * row['high']:.{digits}f})"
    return text.replace("-", "−") + p_in_words(row.get("p_adjusted"))


def p_in_words(p: float | None) -> str:
    if p is None or pd.isna(p):
        return ""
    return "\np < .001" if p < 0.001 else f"\np = {p:.3f}".replace("0.", ".")
