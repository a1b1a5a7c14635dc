"""Every kind of chart, drawn from a literal table that is ordinary, tiny, empty or far too large."""

from __future__ import annotations

import numpy as np
import pandas as pd

import onrecord

# Markup, a formula, mathematics, a line break, control characters, right-to-left override.
HOSTILE = '=1+1<script>alert("x")</script> $5 and $6 & ]]>\n\x00\x0b\u202eevil'
NAMES = {
    "long": [
        "An outlet with a name that is longer than any column",
        "Post",
        "Donaudampfschiffahrt" * 3,
        HOSTILE,
    ],
    "one": ["Herald"],
    "empty": [],
    "few": ["Herald", "Post", "Star"],
    "many": [f"Outlet {number}" for number in range(400)],
}
TITLE = "A finding that needs some words to be told, and then some more of them"


def shares(
    names: list[str], label: str | None = None, values: tuple = (), *, is_few: bool = False
) -> pd.DataFrame:
    """Return shares, one row per name (and value of `label`), with or without intervals."""
    rows = [(name, value) for name in names for value in (values or [None])]
    place = np.arange(len(rows))
    n_hits, n = 3 + 7 * place % 31, 40 + place % 13
    table = pd.DataFrame(
        {
            "outlet": pd.Series([row[0] for row in rows], dtype="string"),
            "n_hits": n_hits,
            "n_sources": n,
            "share_of_sources": n_hits / n,
            "low": np.nan if is_few else 0.8 * n_hits / n,
            "high": np.nan if is_few else np.minimum(1, 1.3 * n_hits / n),
            "n_articles": 1 if is_few else 12 + place,
        }
    )
    if label:
        table.insert(1, label, pd.Series([row[1] for row in rows], dtype="string"))
    return table


def parts(names: list[str], label: str, values: tuple, **how: bool) -> pd.DataFrame:
    """Return shares that add up to 1 in each group."""
    table = shares(names, label, values, **how).assign(n_sources=40)
    total = table.groupby("outlet")["n_hits"].transform("sum")
    return table.assign(share_of_sources=table["n_hits"] / total)


def means(names: list[str], along: str | None = None, values: tuple = (), **how: bool) -> pd.DataFrame:
    table = shares(names, along, values, **how).rename(columns={"n_sources": "n_texts"})
    mean = table.pop("share_of_sources") - 0.4
    table.insert(table.columns.get_loc("low"), "mean_polarity", mean)
    return table.assign(low=table["low"] - 0.4, high=table["high"] - 0.4).drop(columns="n_hits")


def months(n: int, **how: bool) -> pd.DataFrame:
    start = pd.Period("1994-01", "M")
    return shares([str(start + step) for step in range(n)], **how).rename(columns={"outlet": "month"})


def articles(names: list[str]) -> pd.DataFrame:
    rows = [(name, number) for name in names for number in range(6)]
    return pd.DataFrame(
        {
            "doc_id": [f"{name}-{number}" for name, number in rows],
            "outlet": pd.Series([name for name, _ in rows], dtype="string"),
            "polarity": pd.Series([0.15 * number - 0.4 for _, number in rows], dtype="Float64"),
            "start": [0.2 * (number % 5) - 0.4 for _, number in rows],
        }
    )


def differences(names: list[str], *, is_few: bool) -> pd.DataFrame:
    place = np.arange(len(names))
    step = 0.4 * np.sin(place + 0.5)
    return pd.DataFrame(
        {
            "group_a": pd.Series(names, dtype="string"),
            "group_b": pd.Series(["The other outlet"] * len(names), dtype="string"),
            "difference": step,
            "low": np.nan if is_few else step - 0.2,
            "high": np.nan if is_few else step + 0.2,
            "p_value": 0.01,
            "p_adjusted": np.nan if is_few else 0.0004 + 0.01 * place % 1,
            "n_articles_a": 12,
            "n_articles_b": 12,
        }
    )


def keyness(names: list[str]) -> pd.DataFrame:
    place = np.arange(len(names))
    z = 6 * np.cos(place)
    return pd.DataFrame(
        {
            "word": pd.Series(names, dtype="string"),
            "n_a": 5,
            "n_b": 3,
            "n_articles_a": 4,
            "n_articles_b": 1203,
        }
    ).assign(log_odds=z / 4, z=z, dispersion=0.5)


def network(names: list[str]) -> pd.DataFrame:
    others = [*names[1:], *names[:1]] if len(names) > 1 else ["Someone else"] * len(names)
    place = np.arange(len(names))
    return pd.DataFrame(
        {
            "name_a": pd.Series(names, dtype="string"),
            "name_b": pd.Series(others, dtype="string"),
            "n_articles": 1 + place % 3,
            "n_articles_a": 3 + place,
            "n_articles_b": 3 + np.roll(place, -1) if len(names) > 1 else 2,
            "jaccard": 0.1,
        }
    )


def curves(names: list[str], columns: tuple[str, ...]) -> pd.DataFrame:
    rows = [(name, x) for name in names for x in np.linspace(0, 1, 11)]
    x = np.array([row[1] for row in rows], dtype=float)
    table = pd.DataFrame({"outlet": pd.Series([row[0] for row in rows], dtype="string")})
    if columns[0] == "share_of_speakers":
        return table.assign(share_of_speakers=x, share_of_attributions=x**2)
    voices = 60 * x**0.7
    return table.assign(
        n_attributions=(100 * x).astype(int), expected_speakers=voices, low=0.9 * voices, high=1.1 * voices
    )


def counts(names: list[str]) -> pd.DataFrame:
    rows = [(name, f"2026-{month:02}") for name in names for month in range(1, 7)]
    return pd.DataFrame(rows, columns=["outlet", "month"]).assign(
        n_unnamed=2, n_articles=lambda t: 1 + t.index % 9
    )


def positions(names: list[str]) -> pd.DataFrame:
    rows = articles(names)
    number = np.arange(len(rows))
    return pd.DataFrame(
        {"doc_id": rows["outlet"], "headline": rows["outlet"], "position": number * 0.37 % 1}
    ).assign(is_unnamed=pd.Series(number % 3 == 0, dtype="boolean"))


def draw(kind: str, case: str, width_cm: float):
    """Return (axes, the table it was drawn from)."""
    names, few = NAMES[case], case == "few"
    how = {"title": TITLE, "width_cm": width_cm}
    said = {**how, "subtitle": "What is counted here, and how many of them"}
    definitions = ("strict", "standard", "broad")
    naming = (
        "named",
        "institution",
        "spokesperson",
        "collective",
        "unnamed",
        "anonymous",
        "unidentified_document",
    )
    stances = ("distancing", "neutral", "endorsing", "other")
    periods = tuple(f"2026-0{month}" for month in range(1, 7))
    values = tuple(names)
    grid = pd.DataFrame(
        [[row * column % 23 for column in range(1, max(len(names), 1) + 1)] for row in range(len(names))],
        index=list(names),
        columns=list(names) or ["none"],
    )
    tables = {
        "shares": shares(names, is_few=few),
        "nested_shares": shares(names, "definition", definitions, is_few=few),
        "counts": shares(names),
        "parts": parts(names, "naming", naming),
        "diverging": parts(names, "cue_stance", stances, is_few=few),
        "keyness": keyness(names),
        "means": means(names, is_few=few),
        "points": articles(names),
        "differences": differences(names, is_few=few),
        "over_time": months(len(names), is_few=few),
        "panels": means(names, "month", periods, is_few=few),
        "lorenz": curves(names, ("share_of_speakers",)),
        "rarefaction": curves(names, ("n_attributions",)),
        "timeline": counts(names),
        "grid": grid,
        "shares_grid": shares(names, "variant", values[:6], is_few=few),
        "barcode": positions(names),
        "bins": onrecord.count_bins(articles(names), by="outlet"),
        "permutation": pd.DataFrame({"difference": np.sin(np.arange(len(names)) * 7.0) / 4}),
        "network": network(names),
    }
    more = {
        "counts": {**said, "column": "n_hits"},
        "grid": said,
        "bins": said,
        "points": said,
        "keyness": {**how, "sides": ("The outlet with a long name", "Post")},
        "permutation": {**how, "observed": 0.21},
        "diverging": {**how, "is_diverging": True},
    }.get(kind, how)
    columns = {"points": ("polarity", "start")}.get(kind, ())
    table = tables[kind]
    return getattr(onrecord, f"plot_{FUNCTIONS.get(kind, kind)}")(table, *columns, **more), table


# Kinds of chart that share a function with another.
FUNCTIONS = {"nested_shares": "shares", "shares_grid": "grid", "lorenz": "curves", "rarefaction": "curves"}
FUNCTIONS |= {"diverging": "parts", "permutation": "bins"}
_NAMES = {name.removeprefix("plot_") for name in onrecord.__all__ if name.startswith("plot_")}
KINDS = sorted(_NAMES - {"curves"} | set(FUNCTIONS))
