"""Which articles count by the settings, with an account of those that do not."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pandas as pd

from onrecord.analysis import Analysis
from onrecord.choices import did_you_mean
from onrecord.corpus.exclusions import Kept, exclude
from onrecord.notebook.findings import NOT_STATED, counted
from onrecord.notebook.settings import Settings
from onrecord.text.characters import clean


def select(documents: pd.DataFrame, settings: Settings) -> Kept:
    """Articles of `documents` that count by the settings, and an account of the rest.

    Rows without a text, in other languages than English, copies of other rows, rows that are not
    articles, and those that the settings leave out (minimum_words, from, to, outlets) do not count.

    Raises ValueError for an outlet that does not occur.
    """
    day = pd.to_datetime(documents["published"], utc=True).dt.tz_localize(None).dt.normalize()
    reasons = {
        "no text, or a notice in its place": documents["text"].isna(),
        "not in English": documents["language"].ne("en"),
        "repeats another article": documents["duplicate_of"].notna() & (not settings.keep_copies),
        "not an article": documents["not_article"].notna(),
    }
    if settings.minimum_words:
        reasons[f"fewer than {settings.minimum_words} words"] = documents["n_words"] < settings.minimum_words
    if settings.first_day or settings.last_day:
        reasons["no date of publication"] = day.isna()
    if settings.first_day:
        reasons[f"before {settings.first_day}"] = day < pd.Timestamp(settings.first_day)
    if settings.last_day:
        reasons[f"after {settings.last_day}"] = day > pd.Timestamp(settings.last_day)
    kept = exclude(documents, reasons)
    if settings.outlets is not None:
        outlets = chosen_outlets(kept.rows, settings)
        of_others = exclude(kept.rows, {"another outlet": ~kept.rows["outlet"].isin(outlets)})
        kept = Kept(of_others.rows, pd.concat([kept.steps, of_others.steps], ignore_index=True))
    return kept


def require_articles(kept: Kept, settings: Settings) -> pd.DataFrame:
    """The articles that count; ValueError where there is none, with what to do."""
    if kept.rows.empty:
        n_read = int(kept.steps["n_before"].max())
        steps = "; ".join(
            f"{reason}: {n:,}"
            for reason, n in zip(kept.steps["reason"], kept.steps["n_left_out"], strict=True)
            if n
        )
        raise ValueError(
            f"{settings.file}: no article remains of {counted(n_read, 'rows')}"
            f"{f' ({steps})' if steps else ''}. Put articles into {_listed(settings.articles)}, or change "
            "the settings. Notebook 04 shows what was read from each file."
        )
    return kept.rows


def chosen_outlets(documents: pd.DataFrame, settings: Settings) -> list[str]:
    """The outlets that the settings name, or those with most articles."""
    known = documents["outlet"].dropna()
    if isinstance(settings.outlets, int):
        return most_frequent(known, settings.outlets)
    names = known.unique().tolist()
    for name in settings.outlets or ():
        if name not in names:
            most = ", ".join(known.value_counts().index[:10])
            raise ValueError(
                f"{settings.file}, outlets: {name!r} does not occur in these articles."
                f"{did_you_mean(name, names)} The outlets with most articles are {most or 'not given'}."
            )
    return list(settings.outlets or ())


def most_frequent(outlets: pd.Series, n: int) -> list[str]:
    """The `n` outlets with most articles; those with equally many by name."""
    sizes = outlets.value_counts().rename_axis("outlet").reset_index(name="n")
    return sizes.sort_values(["n", "outlet"], ascending=[False, True])["outlet"].head(n).tolist()


def restrict(analysis: Analysis, doc_ids: pd.Series) -> Analysis:
    """The rows of every table of `analysis` that belong to these articles."""
    wanted = set(doc_ids)
    tables: dict[str, Any] = {
        one.name: table[table["doc_id"].isin(wanted)].reset_index(drop=True)
        for one in fields(analysis)
        if isinstance(table := getattr(analysis, one.name), pd.DataFrame)
    }
    return replace(analysis, **tables)


def source_line(documents: pd.DataFrame) -> str:
    """The source line of charts: the number of articles, outlets and days."""
    outlets = [name for name in documents["outlet"].dropna().unique() if name != NOT_STATED]
    of = f" of {outlets[0]}" if len(outlets) == 1 else f" of {len(outlets):,} outlets" if outlets else ""
    n_unknown = len(documents) - int(documents["outlet"].isin(outlets).sum())
    if outlets and n_unknown:
        of += f" and {n_unknown:,} without an outlet"
        of = of.replace(" of ", f", {len(documents) - n_unknown:,} of ", 1)
    days = documents["published"].dropna()
    ends = [f"{day.day} {day:%B %Y}" for day in (days.min(), days.max())] if len(days) else []
    when = f", {' to '.join(dict.fromkeys(ends))}" if ends else ""
    return clean(f"Own count of {counted(len(documents), 'articles')}{of}{when}")


def _listed(paths: tuple[Path, ...]) -> str:
    return ", ".join(path.name if path.is_file() else str(path) for path in paths)
