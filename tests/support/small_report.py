"""A report on a few articles by notebooks of a few cells, so that it takes seconds."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import nbformat

import onrecord
from onrecord.reports import run as reporting
from onrecord.reports.run import READ_FIRST

CHAPTERS = reporting.CHAPTERS[:2]  # as many as it takes to see them all

# A notebook as small as possible, with every tag.
CELLS = [
    ("markdown", "# A question", ()),
    ("markdown", "True of the sample: 48 articles.", ("sample",)),
    ("markdown", "Choose Run.", ("not-in-report",)),
    ("code", "import onrecord\n\narticles = onrecord.load_articles()", ("setup",)),
    ("code", "articles.show_findings()", ("findings",)),
    ("markdown", "## Which outlet is best?", ("needs-outlets",)),
    ("code", "print('compared', articles.documents['outlet'].nunique())", ("needs-outlets",)),
    ("markdown", "## When?", ("needs-dates",)),
    ("code", "print('dated', articles.documents['published'].notna().sum())", ("needs-dates",)),
    ("markdown", "## Which?\n\nThese:", ()),
    ("code", "print('of', ', '.join(sorted(articles.documents['outlet'].unique())))", ()),
    ("markdown", "## Who?", ()),
    ("code", "print('lost')\n[][0]", ()),
    ("code", "print('found again', 'before' in globals())\nbefore = 1", ()),
]
DRAWING = """
forms = onrecord.share_each(articles.analysis, "form")
articles.draw(onrecord.plot_parts, forms, "03-forms", title="All forms")
"""
LONG = "import pandas as pd\nonrecord.show_table(pd.DataFrame({'n': range(1234)}))"


def small_report(corpus: Path, folder: Path, **options: object) -> Path:
    """Write the report on the first chapters only."""
    with mock.patch.object(reporting, "CHAPTERS", CHAPTERS):
        return onrecord.write_report(corpus, folder, **options)


def small_notebooks(folder: Path) -> Path:
    """Return a folder with notebooks of a few cells each under the names of ours."""
    folder.mkdir(parents=True)
    for name in (READ_FIRST, *CHAPTERS):
        cells = CELLS
        if name == CHAPTERS[1]:
            cells = [*CELLS[:1], *CELLS[3:4], ("code", DRAWING, ()), ("code", LONG, ()), CELLS[-1]]
        if name == READ_FIRST:
            cells = [*CELLS[:1], *CELLS[3:4], ("code", "print(len(articles.read().report), 'files')", ())]
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
        words = f"The lock number {number} leaks again near mill {number}, and nobody repaired it in May. "
        path.write_text(
            f"outlet: {outlet}\n{date}headline: Lock {number}\n\n{words * 3}\n\n"
            f"Water runs into cellar {number} of the old school every night, a guard named Ida Holm said.\n"
        )
    return folder
