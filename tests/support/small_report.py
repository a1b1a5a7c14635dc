"""A report on a few articles by notebooks of a few cells, so that few kernels start."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import nbformat

import onrecord
from onrecord.reports import run as reporting
from onrecord.reports.run import READ_FIRST

CHAPTERS = reporting.CHAPTERS[:2]  # as many as it takes to see them all

READING = """
corpus = onrecord.read_corpus(ARTICLES)
EXPORTS.mkdir(exist_ok=True)
corpus.documents.dropna(subset=["text"]).to_parquet(EXPORTS / "04-corpus.parquet")
corpus.report.to_csv(EXPORTS / "04-report.csv")
"""
# A notebook as small as a kernel allows, with every tag.
CELLS = [
    ("markdown", "# A question", ()),
    ("markdown", "True of the sample: 48 articles.", ("sample",)),
    ("code", 'from pathlib import Path\nimport onrecord\n\nARTICLES = "x"\nEXPORTS = ""', ("parameters",)),
    ("code", "documents = onrecord.read_documents(ARTICLES)", ("setup",)),
    ("markdown", "## Which outlet is best?", ("needs-outlets",)),
    ("code", "print('compared', documents['outlet'].nunique())", ("needs-outlets",)),
    ("markdown", "## When?", ("needs-dates",)),
    ("code", "print('dated', documents['published'].notna().sum())", ("needs-dates",)),
    ("markdown", "## Which?\n\nThese:", ()),
    ("code", "print('of', ', '.join(sorted(documents['outlet'].unique())))", ()),
    ("markdown", "## Who?", ()),
    ("code", "print('lost')\n[][0]", ()),
    ("code", "print('found again')", ()),
]


def small_report(corpus: Path, folder: Path, **options: object) -> Path:
    """Write the report on the first chapters only, so that few kernels start."""
    with mock.patch.object(reporting, "CHAPTERS", CHAPTERS):
        return onrecord.write_report(corpus, folder, **options)


def small_notebooks(folder: Path) -> Path:
    """Return a folder with notebooks of a few cells each under the names of ours."""
    folder.mkdir(parents=True)
    for name in (READ_FIRST, *CHAPTERS):
        cells = [*CELLS[:3], ("code", READING, ())] if name == READ_FIRST else CELLS
        if name not in (READ_FIRST, CHAPTERS[0]):
            cells = cells[:1]
        book = nbformat.v4.new_notebook()
        for kind, source, tags in cells:
            cell = getattr(nbformat.v4, f"new_{kind}_cell")(source)
            cell.metadata["tags"] = list(tags)
            book.cells.append(cell)
        book.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        nbformat.write(book, folder / f"{name}.ipynb")
    return folder


def articles(folder: Path, *, outlets: tuple[str, ...], dated: bool = True) -> Path:
    for number, outlet in enumerate(outlets):
        path = folder / f"{number}.txt"
        path.parent.mkdir(exist_ok=True)
        date = f"published: 2026-01-1{number}\n" if dated else ""
        path.write_text(
            f"outlet: {outlet}\n{date}headline: H\n\nThe lock leaks, a guard named Ida Holm said.\n"
        )
    return folder
