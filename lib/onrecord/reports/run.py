"""The report: all notebooks run on a user's own articles, as one page.

    make report CORPUS=folder [OUTLET="…"]
    python -m onrecord.reports.run folder [--outlet "…"] [--to exports/report]

The tags of a cell determine how it is used: `sample` (applies to the sample only; left out),
`needs-outlets` and `needs-dates` (left out where all articles are of one outlet, or without dates), `setup`
and `parameters` (run, but not displayed).
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

import nbformat
import pandas as pd

import onrecord
from onrecord.analysis import analyse
from onrecord.choices import require_choice
from onrecord.export.provenance import provenance
from onrecord.reports.page import chapter_of, page_of
from onrecord.text.characters import clean
from onrecord.wordlists import load_lists

READ_FIRST = "04-your-own-articles"
CHAPTERS = (
    *("00-start-here", "03-anonymous-sources", "02-quotations", "05-outlets-compared", "06-framing"),
    *("10-who-gets-to-speak", "01-sentiment"),
)
QUOTATIONS = "02-quotations.xlsx"  # what notebook 02 writes
NOT_STATED = "outlet not given"
NOT_RECORDED = {"injected-parameters", "papermill-error-cell-tag"}
LEFT_OUT = {
    "needs-outlets": "it compares outlets, and all these articles are of one outlet",
    "needs-dates": "it needs dates, and these articles do not have any",
}


def write_report(
    corpus: str | Path,
    folder: str | Path = "exports/report",
    *,
    outlet: str | None = None,
    notebooks: str | Path = "notebooks",
) -> Path:
    """Run the notebooks on the articles of `corpus`; return the path of the report.

    `corpus` is a file or folder as in read_corpus. Notebook 04 reads it and leaves out duplicates, texts
    that are not English, and articles without a text; the report lists them. `outlet` keeps the articles
    of one outlet only. Articles without an outlet are listed under "outlet not given".

    The page contains charts, tables, passages and provenance, but no code and no script, and requests
    nothing from a network. The charts and their numbers are written to `folder`/charts, the executed
    notebooks and the articles they read to `folder`/notebooks, where the report can be checked.

    Questions that these articles cannot answer (one outlet, no dates, nothing of a kind found) are left out,
    and the page lists them. A notebook that was run before on the same articles is not run again, so that
    an interrupted report continues where it stopped.

    Raises FileNotFoundError for a missing corpus or notebook, ValueError where no article remains, and
    ValueError for an outlet that does not occur.

    >>> onrecord.write_report("my-articles")
    Traceback (most recent call last):
    ...
    FileNotFoundError: my-articles not found; give the file or folder that contains your articles.
    """
    corpus, folder, notebooks = Path(corpus), Path(folder).resolve(), Path(notebooks).resolve()
    if not corpus.exists():
        raise FileNotFoundError(f"{corpus} not found; give the file or folder that contains your articles.")
    missing = [name for name in (READ_FIRST, *CHAPTERS) if not (notebooks / f"{name}.ipynb").exists()]
    if missing:
        raise FileNotFoundError(
            f"{notebooks / missing[0]}.ipynb not found; run this in the folder of the project, or give its "
            "folder of notebooks."
        )
    charts = folder / "charts"
    charts.mkdir(parents=True, exist_ok=True)
    lists = notebooks.parent / "data" / "lexicons"
    state = f"{onrecord.__version__} {_state_of(corpus)} {_state_of(lists)}"
    about = {"EXPORTS": str(charts), "SOURCE": f"Own count of the articles in {corpus.name}"}
    read = _run(
        notebooks / f"{READ_FIRST}.ipynb", folder, {"ARTICLES": str(corpus.resolve()), **about}, state
    )
    written, complete = charts / "04-corpus.parquet", folder / "notebooks" / "corpus.parquet"
    if written.exists():  # the folder of charts may be published, the articles may not
        written.replace(complete)
    kept = _kept(complete, corpus, outlet)
    prepared = complete.with_name("articles.parquet")
    kept.to_parquet(prepared)
    about["SOURCE"] = _source_line(kept)
    parts = {"ARTICLES": str(prepared), **about}
    state = f"{state} {outlet}"
    without = frozenset(
        [
            *(["needs-outlets"] if kept["outlet"].nunique() < 2 else []),
            *(["needs-dates"] if kept["published"].isna().all() else []),
        ]
    )
    books = [(name, _run(notebooks / f"{name}.ipynb", folder, parts, state, without)) for name in CHAPTERS]
    analysis = analyse(kept, lists=load_lists(lists) if lists.exists() else None)
    page = page_of(
        [*(chapter_of(name, book, charts) for name, book in books), chapter_of(READ_FIRST, read, charts)],
        title=f"Who speaks in {outlet or corpus.name}, who stays unnamed, and how it sounds",
        source=about["SOURCE"],
        outlets=_outlets(kept),
        provenance=provenance(analysis),
        quotations=f"{charts.name}/{QUOTATIONS}" if (charts / QUOTATIONS).exists() else None,
    )
    target = folder / "report.html"
    target.write_text(page, encoding="utf-8")
    return target


def _state_of(corpus: Path) -> str:
    """Return a hash that changes whenever a file of the corpus changes."""
    files = [corpus] if corpus.is_file() else sorted(path for path in corpus.rglob("*") if path.is_file())
    about = [f"{path}\0{path.stat().st_size}\0{path.stat().st_mtime_ns}" for path in files]
    return hashlib.sha256("\n".join(about).encode("utf-8", "surrogateescape")).hexdigest()


def _run(
    path: Path, folder: Path, parameters: dict[str, str], state: str, without: frozenset[str] = frozenset()
) -> nbformat.NotebookNode:
    """Return the executed notebook, without cells tagged `without`."""
    import papermill

    book = nbformat.read(path, as_version=4)
    key = hashlib.sha256(f"{state}{parameters}{sorted(without)}{book}".encode()).hexdigest()
    done = folder / "notebooks" / path.name
    if done.exists():
        before = nbformat.read(done, as_version=4)
        if before.metadata.get("onrecord_state") == key:
            return before
    done.parent.mkdir(exist_ok=True)
    for chart in Path(parameters["EXPORTS"]).glob(f"{path.stem[:2]}-*"):
        chart.unlink()  # drawn for other articles
    left_out, cells = [], []
    for cell in book.cells:
        tags = set(cell.metadata.get("tags", []))
        reasons = tags & without
        if reasons and cell.source.startswith("## "):
            heading = cell.source.splitlines()[0].removeprefix("## ")
            left_out.append(f"“{heading}” is left out: {LEFT_OUT[min(reasons)]}.")
        if "sample" in tags or reasons:
            continue
        if cell.cell_type == "code":
            # The report continues after a cell that fails.
            cell.metadata["tags"] = sorted(tags | {"raises-exception"})
        cells.append(cell)
        if "parameters" in tags:
            # Parameters are passed as text.
            cells.append(nbformat.v4.new_code_cell("EXPORTS = Path(EXPORTS)", metadata={"tags": ["setup"]}))
    book.cells = cells
    book.metadata["left_out"] = left_out
    ready = done.with_suffix(".part.ipynb")
    nbformat.write(book, ready)
    try:
        papermill.execute_notebook(
            ready,
            done,
            parameters,
            cwd=path.parent,
            progress_bar={"desc": path.stem},
            # Silences a warning about networks, which the kernel does not use.
            extra_arguments=["--IPKernelApp.log_level=40"],
        )
    except papermill.PapermillExecutionError:
        pass  # the cell keeps its error, and the report lists the question it leaves open
    finally:
        ready.unlink()
    return _record(done, key)


def _record(path: Path, key: str) -> nbformat.NotebookNode:
    """Return the executed notebook without paths and times of this machine."""
    book = nbformat.read(path, as_version=4)
    book.metadata.pop("papermill", None)
    book.metadata["onrecord_state"] = key
    book.cells = [cell for cell in book.cells if not NOT_RECORDED & set(cell.metadata.get("tags", []))]
    for cell in book.cells:
        cell.metadata = {"tags": cell.metadata["tags"]} if "tags" in cell.metadata else {}
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
            for output in cell.outputs:
                if output.output_type == "error":
                    output.traceback = []
    nbformat.write(book, path)
    return book


def _kept(path: Path, corpus: Path, outlet: str | None) -> pd.DataFrame:
    """Return the articles that notebook 04 kept, of `outlet` only where it is given."""
    kept = pd.read_parquet(path) if path.exists() else pd.DataFrame()
    if kept.empty:
        report = path.parent.parent / "charts" / "04-report.csv"
        raise ValueError(
            f"{corpus}: no article remains; none could be read, or all are duplicates or in other languages. "
            f"{_first_reason(report)}See {report}, which lists what was found in each file."
        )
    kept = kept.assign(outlet=kept["outlet"].fillna(NOT_STATED))
    if outlet is not None:
        known = kept["outlet"].unique()
        kept = kept[kept["outlet"] == outlet].reset_index(drop=True)
        if kept.empty:
            require_choice("outlet", outlet, known)
    return kept


def _first_reason(report: Path) -> str:
    """Return why the first unreadable file was not read, and what to do about it."""
    if not report.exists():
        return ""
    unread = pd.read_csv(report).dropna(subset="reason")
    return f"{unread['path'].iloc[0]}: {unread['reason'].iloc[0]}. " if len(unread) else ""


def _source_line(kept: pd.DataFrame) -> str:
    """Return the source line of the charts."""
    outlets = kept["outlet"].unique()
    of = f"of {outlets[0]}" if len(outlets) == 1 else f"of {len(outlets)} outlets"
    n = "1 article" if len(kept) == 1 else f"{len(kept):,} articles"
    days = kept["published"].dropna()
    ends = [f"{day.day} {day:%B %Y}" for day in (days.min(), days.max())] if len(days) else []
    when = f", {' to '.join(dict.fromkeys(ends))}" if ends else ""
    return clean(f"Own count of {n} {of}{when}")


def _outlets(kept: pd.DataFrame) -> pd.DataFrame:
    columns = {"n_articles": ("doc_id", "size"), "n_words": ("n_words", "sum")}
    columns |= {"first": ("published", "min"), "last": ("published", "max")}
    table = kept.groupby("outlet").agg(**columns)
    return table.assign(**{name: table[name].dt.strftime("%Y-%m-%d") for name in ("first", "last")})


def main(arguments: list[str] | None = None) -> int:
    """Write a report, or print the error; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m onrecord.reports.run", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("corpus", help="the file or folder with the articles")
    parser.add_argument("--outlet", help="only the articles of this outlet")
    parser.add_argument("--to", default="exports/report", help="the folder for the report")
    parser.add_argument("--notebooks", default="notebooks", help="the folder of the notebooks")
    given = parser.parse_args(arguments)
    try:
        written = write_report(given.corpus, given.to, outlet=given.outlet, notebooks=given.notebooks)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"The report is {written}; open it in a browser. Its charts are in {written.parent / 'charts'}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
