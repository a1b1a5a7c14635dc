"""The report: all notebooks run on a user's own articles, as one page.

Of a corpus of one article it is the page of that article.

    make report CORPUS=folder [OUTLETS="…; …"] [FROM=2026-01-01] [TO=2026-06-30] [COLUMNS="text=…; outlet=…"]
    python -m onrecord.reports.run folder [--outlets "…; …"] [--compare 8] [--to-folder exports/report]

The tags of a cell determine how it is used: `sample` and `not-in-report` (left out), `needs-outlets` and
`needs-dates` (left out where all articles are of one outlet, or without dates), `setup` and `parameters`
(run, but not displayed).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from onrecord.export.cells import write_csv
from onrecord.export.provenance import provenance
from onrecord.export.quotations import list_quotations
from onrecord.export.tables import save_table
from onrecord.notebook.findings import NOT_STATED, counted
from onrecord.notebook.found_list import read_findings
from onrecord.notebook.selecting import source_line
from onrecord.notebook.settings import OWN, Settings, load_settings
from onrecord.reports.page import Link, chapter_of, page_of
from onrecord.reports.prepare import Prepared, prepare
from onrecord.reports.progress import stage
from onrecord.reports.run_notebooks import run_notebooks
from onrecord.wordlists import load_lists

READ_FIRST = "04-your-own-articles"
CHAPTERS = (
    *("00-start-here", "03-anonymous-sources", "02-quotations", "05-outlets-compared", "06-framing"),
    *("10-who-gets-to-speak", "01-sentiment"),
)
QUOTATIONS = "quotations.xlsx"
OUTLETS = "outlets.csv"
MOST_OUTLETS = 15  # listed on the page; the others are in the file


def write_report(
    corpus: str | Path | None = None,
    folder: str | Path = "exports/report",
    *,
    outlets: Sequence[str] | int | None = None,
    columns: Mapping[str, str] | None = None,
    period: tuple[str | date | None, str | date | None] = (None, None),
    n_compared: int | None = None,
    minimum_words: int | None = None,
    corrections: str | Path | None = None,
    notebooks: str | Path = "notebooks",
) -> Path:
    """Run the notebooks on the articles of `corpus`; return the path of the report.

    `corpus` is a file or folder as in read_corpus; None takes what data/settings.toml of the project names,
    and everything else that is not given here. Duplicates, texts that are not English, articles without a
    text and rows that are not articles are left out; the report lists them. `outlets` keeps the articles of
    these outlets, or of so many with most articles; `period` those published from the first to the last day.
    `minimum_words` leaves out shorter articles. `corrections` is a file of codings by hand (see read_codings)
    that replace the machine's readings. `columns` as in read_corpus. Charts compare at most
    `n_compared` outlets (8). Articles without an outlet are listed under "outlet not given". Where only one
    article remains, no notebook is run, and the page is that of show_one_article.

    The page contains charts, tables of at most 200 rows, passages and provenance, but no code and no script,
    and requests nothing from a network. Beside it are all statements (quotations.xlsx), the charts and their
    numbers (charts), and the executed notebooks, where the report can be checked.

    The articles are read once and analysed once; more than 200 are spread over the processors, so call this
    below `if __name__ == "__main__":` in a program of your own. Questions that these articles cannot answer
    (one outlet, no dates, nothing of a kind found) are left out, and the page lists them. What was read,
    analysed or run before with the same articles and settings is not repeated, so that an interrupted
    report continues where it stopped.

    Raises FileNotFoundError for a missing corpus or notebook, ValueError where no article remains, and
    ValueError for an outlet that does not occur or a day that cannot be read.

    >>> onrecord.write_report("my-articles")
    Traceback (most recent call last):
    ...
    FileNotFoundError: my-articles not found; give the file or folder that contains your articles.
    """
    folder, notebooks = Path(folder).resolve(), Path(notebooks).resolve()
    given: dict[str, object] = {"outlets": outlets, "columns": columns, "compare": n_compared}
    given |= {"from": period[0], "to": period[1], "minimum_words": minimum_words}
    given |= {"corrections": None if corrections is None else Path(corrections).resolve()}
    settings = _settings(corpus, folder, notebooks, given)
    missing = [name for name in (READ_FIRST, *CHAPTERS) if not (notebooks / f"{name}.ipynb").exists()]
    if missing:
        raise FileNotFoundError(
            f"{notebooks / missing[0]}.ipynb not found; run this in the folder of the project, or give its "
            "folder of notebooks."
        )
    prepared = prepare(settings, folder / "work")
    kept = prepared.kept
    if len(kept) == 1:
        return _write_one(settings, prepared, folder)
    without = frozenset(
        [
            *(["needs-outlets"] if kept["outlet"].nunique() < 2 else []),
            *(["needs-dates"] if kept["published"].isna().all() else []),
        ]
    )
    names = [*CHAPTERS, READ_FIRST]
    books = run_notebooks(
        [notebooks / f"{name}.ipynb" for name in names], folder, prepared.state, without, settings.exports
    )
    with stage("writing the page"):
        page = page_of(
            [chapter_of(name, book, settings.exports) for name, book in zip(names, books, strict=True)],
            title=_title(settings, kept),
            source=settings.source or source_line(kept),
            notes=_notes(settings, prepared),
            findings=read_findings(settings.exports),
            outlets=_outlets(kept, folder),
            provenance=provenance(prepared.analysis),
            files=_files(prepared, folder, settings.exports),
        )
    target = folder / "report.html"
    target.write_text(page, encoding="utf-8")
    (folder / "work" / "settings.toml").unlink(missing_ok=True)  # it names folders of this machine
    return target


def _write_one(settings: Settings, prepared: Prepared, folder: Path) -> Path:
    """Write the page of the only article, and its statements; return its path."""
    lists = load_lists(settings.word_lists) if settings.word_lists.is_dir() else None
    is_stated = prepared.kept["outlet"].ne(NOT_STATED)
    article = prepared.kept.assign(outlet=prepared.kept["outlet"].where(is_stated))
    files = tuple(_statement_files(prepared, folder, settings.exports))
    from onrecord.one_article.display import page_of as page_of_one  # needs the packages of notebooks

    page = page_of_one(
        article,
        lists=lists,
        notes=tuple(_notes(settings, prepared)),
        files=files,
        corrections=settings.corrections,
    )
    (folder / "work" / "settings.toml").unlink(missing_ok=True)  # it names folders of this machine
    return page.save(folder / "report.html")


def _settings(
    corpus: str | Path | None, folder: Path, notebooks: Path, given: Mapping[str, object]
) -> Settings:
    """Return the settings of the project's file, or of `corpus` alone.

    What is `given` wins.
    """
    own = notebooks.parent / OWN
    overrides = dict(given) | {"exports": folder / "charts"}
    if corpus is not None:
        if not str(corpus).strip():
            raise ValueError("corpus is empty; give the file or folder that contains your articles.")
        corpus = Path(corpus)
        if not os.path.exists(corpus):  # unlike Path.exists, no error where a name is too long to be one
            raise FileNotFoundError(
                f"{corpus} not found; give the file or folder that contains your articles."
            )
        overrides["articles"] = corpus.resolve()
    elif not own.exists():
        raise FileNotFoundError(
            f"{own} not found, and no articles were named. Give the file or folder that contains your "
            "articles: make report CORPUS=data/articles."
        )
    if own.exists():
        return load_settings(own, overrides)
    start = folder / "work" / "start.toml"
    start.parent.mkdir(parents=True, exist_ok=True)
    # Where the articles are is given each time: the report may be passed on.
    start.write_text('articles = "given"\n', encoding="utf-8")
    return load_settings(start, overrides | {"word_lists": notebooks.parent / "data" / "lexicons"})


def _files(prepared: Prepared, folder: Path, charts: Path) -> list[Link]:
    """Write the files that a user takes along; return links to them."""
    statements = _statement_files(prepared, folder, charts)
    articles = charts / "04-corpus.parquet"
    if articles.exists():  # the folder of charts may be published, the articles may not
        articles.replace(folder / "work" / "corpus.parquet")
    return [
        *statements,
        Link(f"{charts.name}/{OUTLETS}", "Articles and words of every outlet (CSV)"),
        Link(f"{charts.name}/", "The folder of all charts and of their numbers"),
    ]


def _statement_files(prepared: Prepared, folder: Path, charts: Path) -> list[Link]:
    """Write all statements as a workbook and as CSV; return links to them."""
    target, written = folder / QUOTATIONS, charts / f"02-{QUOTATIONS}"
    mark = folder / "work" / "quotations.txt"
    if written.exists():  # by notebook 02
        for ending in (".xlsx", ".csv"):
            written.with_suffix(ending).replace(target.with_suffix(ending))
    elif not (target.exists() and mark.exists() and mark.read_text() == prepared.state):
        table, source = list_quotations(prepared.analysis), source_line(prepared.kept)
        save_table(table, target.with_suffix(""), source=source, analysis=prepared.analysis)
    mark.write_text(prepared.state)
    words = "All statements in one workbook: outlet, date, headline, address, speaker, naming, form and words"
    return [
        Link(QUOTATIONS, words),
        Link(Path(QUOTATIONS).with_suffix(".csv").name, "The same as CSV"),
    ]


def _notes(settings: Settings, prepared: Prepared) -> list[str]:
    """Return sentences on which articles and outlets are counted and compared."""
    kept, steps = prepared.kept, prepared.steps
    notes = []
    n_left_out = int(steps["n_left_out"].sum())
    if n_left_out:
        parts = steps[steps["n_left_out"] > 0]
        why = ", ".join(
            f"{reason}: {n:,}" for reason, n in zip(parts["reason"], parts["n_left_out"], strict=True)
        )
        notes.append(f"{len(kept):,} of {len(kept) + n_left_out:,} rows are counted. Left out are {why}.")
    if prepared.n_corrected:
        were = "was" if prepared.n_corrected == 1 else "were"
        notes.append(
            f"{counted(prepared.n_corrected, 'attributions')} {were} coded by hand. The codings count "
            "instead of what the program found."
        )
    n_outlets = kept.loc[kept["outlet"].ne(NOT_STATED), "outlet"].nunique()
    if n_outlets > settings.n_compared:
        notes.append(
            f"Charts that compare outlets have the {settings.n_compared} with most articles, of "
            f'{n_outlets:,}. COMPARE=12 compares twelve; OUTLETS="…; …" chooses them by name.'
        )
    return notes


def _outlets(kept: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Write the table of all outlets; return those with most articles."""
    columns = {"n_articles": ("doc_id", "size"), "n_words": ("n_words", "sum")}
    columns |= {"first_article": ("published", "min"), "last_article": ("published", "max")}
    table = kept.groupby("outlet").agg(**columns).sort_values("n_articles", ascending=False, kind="stable")
    for name in ("first_article", "last_article"):
        table[name] = table[name].dt.strftime("%Y-%m-%d")
    write_csv(table.reset_index(), folder / "charts" / OUTLETS)
    return table.head(MOST_OUTLETS)


def _title(settings: Settings, kept: pd.DataFrame) -> str:
    outlets = kept["outlet"].unique()
    name = outlets[0] if len(outlets) == 1 else settings.articles[0].name
    return f"Who speaks in {name}, who stays unnamed, and how it sounds"


def main(arguments: list[str] | None = None) -> int:
    """Write a report, or print the error; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m onrecord.reports.run", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("corpus", nargs="?", help="the file or folder with the articles")
    parser.add_argument(
        "--outlets", help='names with ";" between them, or a number: those with most articles'
    )
    parser.add_argument("--columns", help='names of columns, ours first: "text=Article body; outlet=Site"')
    parser.add_argument("--from", dest="first", help="the first day, such as 2026-01-31")
    parser.add_argument("--to", dest="last", help="the last day")
    parser.add_argument(
        "--corrections", help="a file of codings by hand, which replace the machine's readings"
    )
    parser.add_argument("--compare", type=int, help="the number of outlets that charts compare (8)")
    parser.add_argument("--folder", default="exports/report", help="the folder for the report")
    parser.add_argument("--notebooks", default="notebooks", help="the folder of the notebooks")
    given = parser.parse_args(arguments)
    try:
        written = write_report(
            given.corpus,
            given.folder,
            outlets=_outlets_of(given.outlets),
            columns=_columns_of(given.columns),
            period=(given.first or None, given.last or None),
            n_compared=given.compare,
            corrections=given.corrections,
            notebooks=given.notebooks,
        )
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nInterrupted. Run the same command again, and the report continues here.", file=sys.stderr)
        return 130
    charts = written.parent / "charts"
    where = f" Its charts are in {charts}." if charts.is_dir() else ""
    print(f"The report is {written}; open it in a browser.{where}")
    return 0


def _outlets_of(words: str | None) -> list[str] | int | None:
    """Return the outlets that the user typed: names, a number, or None for nothing."""
    if not words or not words.strip():
        return None
    if words.strip().isdecimal():
        return int(words)
    return [name.strip() for name in words.split(";") if name.strip()]


def _columns_of(words: str | None) -> dict[str, str] | None:
    """Return the columns that the user typed as "text=Article body; outlet=Site"."""
    if not words or not words.strip():
        return None
    pairs = [part.partition("=") for part in words.split(";") if part.strip()]
    wrong = [name for name, sign, column in pairs if not (sign and name.strip() and column.strip())]
    if wrong:
        raise ValueError(
            f"COLUMNS: {wrong[0].strip()!r} names no column; write our name, =, and the name in your files, "
            'with ";" between two: "text=Article body; outlet=Site".'
        )
    return {name.strip(): column.strip() for name, _, column in pairs}


if __name__ == "__main__":
    raise SystemExit(main())
