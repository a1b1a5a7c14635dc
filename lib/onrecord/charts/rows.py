"""What a chart reads from a table: its value, its n, the names of its rows, and these in words."""

from __future__ import annotations

import pandas as pd

from onrecord.text.characters import clean

INTERVALS = "lines: 95% intervals"
MOST_ROWS = 30
FIGURES = ("share_", "mean_", "rate_")  # how the column that a chart draws begins
PERIODS = ("week", "month", "quarter", "period", "year")


def value_column(table: pd.DataFrame) -> str:
    found = [name for name in table.columns if str(name).startswith(FIGURES)]
    if len(found) != 1:
        raise ValueError(
            "The table to draw needs exactly one column share_…, mean_… or rate_…; "
            f"it has {', '.join(map(str, table.columns))}."
        )
    return found[0]


def n_column(table: pd.DataFrame) -> str:
    return next(name for name in table.columns if str(name).startswith("n_") and name != "n_hits")


def label_column(table: pd.DataFrame) -> str:
    """Return the column that names the rows: the first, unless it has one value and the next has several."""
    first, second = table.columns[:2]
    names_nothing = str(second).startswith(("n_", *FIGURES))
    return second if table[first].nunique() == 1 < len(table) and not names_nothing else first


def only_one_row_a_group(table: pd.DataFrame, label: str) -> None:
    if table[label].duplicated().any():
        twice = table.loc[table[label].duplicated(), label].iloc[0]
        raise ValueError(
            f"{label} {twice!r} has several rows. Choose one, as in rates[rates['definition'] == "
            "'standard'], or draw them together with plot_nested_shares or plot_parts."
        )


def most_important(rows: pd.DataFrame, column: str, most: int = MOST_ROWS) -> tuple[pd.DataFrame, str]:
    """Return the rows sorted by `column`, at most `most` of them, and a note of the cut."""
    note = ""
    if len(rows) > most:
        weight = "n_articles" if "n_articles" in rows.columns else column
        what = "with most articles" if weight == "n_articles" else "largest"
        note = f"; the {most} {what} of {len(rows):,}"
        rows = rows.nlargest(most, weight)
    return rows.sort_values(column, ascending=False, kind="stable"), note


def unit_and_n(table: pd.DataFrame) -> str:
    """Return the unit and n of a table of shares or means, and what the thin lines are."""
    value, n = value_column(table), n_column(table)
    unit = words_of(n.removeprefix("n_"))
    labels = [name for name in table.columns[: table.columns.get_loc(value)] if not name.startswith("n_")]
    # Means have texts of their own in each row. The shares of one group have one denominator in
    # common; without groups that is the whole table.
    is_mean = not value.startswith("share_")
    is_each = len(labels) == 1 and "n_unknown" in table.columns
    is_whole = labels in (["definition"], ["reason"], ["flag"], ["target_tone"]) or is_each
    if is_mean:
        total = table[n].sum()
    else:
        total = table[n].iloc[0] if is_whole and len(table) else table.drop_duplicates(labels[:1])[n].sum()
    if len(labels) > 1 and labels[1] in PERIODS:  # each period has a denominator of its own
        total = table[n].sum()
    what = f"Mean {words_of(value.removeprefix('mean_'))}" if is_mean else f"Share of {unit}"
    if value.startswith("rate_"):
        what = words_of(value.removeprefix("rate_")).capitalize()
        total = table.drop_duplicates(labels[-1])[n].sum() if len(labels) > 1 else table[n].sum()
    if "definition" in table.columns and table["definition"].nunique() == 1:
        what += f", {table['definition'].iloc[0]} definition"
    return f"{what}; n = {int(total):,} {unit}; {INTERVALS}"


def figures_beside(row: dict, value: str) -> str:
    """Return what stands beside a bar: share, interval and n."""
    n = next(name for name in row if name.startswith("n_") and name != "n_hits")
    is_known = not pd.isna(row["low"])
    interval = f"{100 * row['low']:.0f}–{100 * row['high']:.0f}" if is_known else "too few articles"
    return f"{row[value]:.0%} ({interval})\nn = {row[n]:,}"


def signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−") if round(value, 2) else "0"


def short_date(value: str) -> str:
    """Return "Jan 26" for the month 2026-01, "5 Jan" for the week 2026-01-05; a quarter as it is."""
    if "Q" in value:
        return value
    day = pd.Timestamp(value)
    return f"{day:%b %y}" if len(value) == 7 else f"{day.day} {day:%b}"


def or_missing(value: object) -> object:
    return "not given" if pd.isna(value) else value


def words_of(column: str) -> str:
    return str(column).replace("_", " ")


def wrapped(value: object, room: int) -> str:
    text = clean(or_missing(value))
    text = text if len(text) <= 3 * room else text[: 3 * room - 1] + "…"
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
    """Return `value` in one line of at most `room` characters, an ellipsis at the end where it was longer."""
    text = " ".join(clean(value).split())
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def first_groups(column: pd.Series, most: int) -> tuple[list, str]:
    """Return the first groups in their order of appearance, and a note where there are more."""
    names = column.drop_duplicates().tolist()
    return names[:most], f"; the first {most} of {len(names):,}" if len(names) > most else ""


def two_values(table: pd.DataFrame, column: str) -> list:
    """Return the two values of `column` in their order of appearance; an empty table has two of no name."""
    values = list(table[column].drop_duplicates())
    if len(values) > 2:
        raise ValueError(
            f"{column} has {len(values)} values, {', '.join(map(str, values[:5]))}; choose two, as in "
            f"table[table[{column!r}].isin([{values[0]!r}, {values[-1]!r}])]"
        )
    return [*values, "", " "][:2]


def show(value: float, column: str) -> str:
    """Return a value of `column` as a chart writes it: 25% for a share, +0.10 for a mean, 3.1 for a rate."""
    if column.startswith("rate_"):
        return f"{value:.1f}"
    return f"{value:.0%}" if column.startswith("share_") else signed(value)


def difference_in_figures(row: dict, *, is_share: bool) -> str:
    """Return what stands beside a difference: points, interval, corrected p."""
    factor, digits = (100, 0) if is_share else (1, 2)
    text = f"{factor * row['difference']:+.{digits}f}"
    if pd.isna(row["low"]):
        return f"{text}\ntoo few articles".replace("-", "−")
    text += f" ({factor * row['low']:.{digits}f} to {factor * row['high']:.{digits}f})"
    p = row.get("p_adjusted")
    words = (
        "" if p is None or pd.isna(p) else "\np < .001" if p < 0.001 else f"\np = {p:.3f}".replace("0.", ".")
    )
    return text.replace("-", "−") + words
