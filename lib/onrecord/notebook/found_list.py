"""The list of findings of a notebook, and of all notebooks of a folder."""

from __future__ import annotations

import csv
from functools import cache
from html import escape
from importlib import resources
from pathlib import Path

import pandas as pd

from onrecord.notebook.claims import CLAIMS
from onrecord.notebook.findings import Finding
from onrecord.notebook.shown import Shown
from onrecord.tables import FLAG, SHARE, TEXT, Schema, as_table
from onrecord.text.characters import clean

FINDINGS: Schema = {
    "chart": TEXT,
    "finding": TEXT,
    "n": TEXT,
    "low": SHARE,
    "high": SHARE,
    "interval": TEXT,
    "rests_on": TEXT,
    "is_key": FLAG,
    "is_answered": FLAG,
}
_NOT_YET = "The findings appear here while the cells below run."


@cache
def accuracy_of(rests_on: str) -> str:
    """Accuracy of what a finding rests on, "" where it is a plain count."""
    path = resources.files("onrecord").joinpath("notebook/accuracy.csv")
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return {row["rests_on"]: row["accuracy"] for row in rows}.get(rests_on, "")


def table_of(found: dict[str, Finding]) -> pd.DataFrame:
    """Findings by the name of their chart as a table. One row per finding."""
    rows = []
    for chart, one in found.items():
        claim = CLAIMS.get(chart)
        rests_on = accuracy_of(claim.rests_on) if claim else ""
        is_key = bool(claim and claim.is_key)
        about = (rests_on, is_key, one.is_answered)
        rows.append((chart, clean(one.title), one.n, one.low, one.high, one.interval, *about))
    return as_table(rows, FINDINGS)


def show_list(table: pd.DataFrame) -> Shown:
    """Display of a table of findings as a list, each with its n and interval."""
    known = table[table["is_answered"].fillna(False).astype(bool)]
    if known.empty:
        return Shown(f"<p>{_NOT_YET}</p>", _NOT_YET)
    lines = [line_of(*row) for row in known[["finding", "interval", "n"]].itertuples(index=False)]
    html = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return Shown(f"<ul>{html}</ul>", "\n".join(f"- {line}" for line in lines))


def line_of(finding: str, interval: str, n: str) -> str:
    """A finding with its interval and n, as a line of the list."""
    about = [f"95% interval {interval}" if interval else "", n]
    more = "; ".join(part for part in about if part)
    return f"{finding} ({more})." if more else f"{finding}."


def save_findings(found: dict[str, Finding], folder: Path) -> None:
    """Write the findings of each notebook to NN-findings.csv in `folder`."""
    table = table_of(found)
    for number in table["chart"].str[:2].unique():
        part = table[table["chart"].str.startswith(number)]
        folder.mkdir(parents=True, exist_ok=True)
        part.to_csv(folder / f"{number}-findings.csv", index=False)


def read_findings(folder: str | Path) -> pd.DataFrame:
    """The findings of all notebooks that wrote into `folder`. One row per finding.

    Columns: chart (the name of its files), finding (the sentence), n (in words), low, high (the 95%
    interval of the figure, NA where a range is given), interval (the same in words), rests_on (the
    accuracy of what is counted, "" for plain counts), is_key (among those that open a report),
    is_answered (False: the sentence says why the question is not answered).
    """
    paths = sorted(Path(folder).glob("[0-9][0-9]-findings.csv"))
    tables = [pd.read_csv(path, dtype="string", keep_default_na=False) for path in paths]
    if not tables:
        return as_table([], FINDINGS)
    table = pd.concat(tables, ignore_index=True)
    for name in ("low", "high"):
        table[name] = pd.to_numeric(table[name].replace("", pd.NA)).astype(SHARE)
    for name in ("is_key", "is_answered"):
        table[name] = table[name].eq("True").astype(FLAG)
    return table[list(FINDINGS)]
