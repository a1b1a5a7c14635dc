"""The articles that the settings name, their analysis, and the charts of them."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from onrecord.analysis import Analysis, analyse
from onrecord.corpus.exclusions import Kept
from onrecord.evaluation.corrections import apply_codings_of
from onrecord.export.chart_files import save_chart
from onrecord.extras import name_extra
from onrecord.measures.layout import layout_of
from onrecord.notebook.claims import finding_of
from onrecord.notebook.findings import NOT_STATED, Finding, enough, needs, rows_where
from onrecord.notebook.found_list import save_findings, show_list, table_of
from onrecord.notebook.names import frequent_labels
from onrecord.notebook.selecting import most_frequent, require_articles, restrict, select, source_line
from onrecord.notebook.settings import REPORT_FOLDER, SAMPLE, Settings, load_settings, project_of
from onrecord.notebook.shown import Shown
from onrecord.readers.corpus import ReadResult, read_corpus
from onrecord.text.characters import clean
from onrecord.tone.find_targets import SEPARATOR, find_targets
from onrecord.wordlists import Lists, load_lists

N_TARGETS = 5  # persons and organisations toward whom the tone is measured, where the settings name none
N_LABELLED = 3  # people whose labels are compared


def load_articles(
    overrides: Mapping[str, object] | None = None, *, sample: str = SAMPLE, only_sample: bool = False
) -> Articles:
    """The articles that the settings name, ready to be counted.

    The settings are those of data/settings.toml in the notebooks of the folder own/, and those of the
    sample (`sample`, a file of settings) everywhere else, or with `only_sample`. `overrides` has keys
    and values as that file.

    Raises FileNotFoundError and ValueError as load_settings. Reading and analysing begin with the first
    use of `documents` or `analysis`.

    >>> documents.to_csv("news.csv", index=False)
    >>> _ = Path("news.toml").write_text('articles = "news.csv"')
    >>> articles = onrecord.load_articles(sample="news.toml")
    >>> articles.summary
    '9 articles of 2 outlets, 12 January 2026 to 18 February 2026.'
    >>> articles.steps[["reason", "n_left_out"]].values.tolist()[-1]
    ['not an article', 3]
    """
    path = project_of(Path.cwd()) / sample if only_sample else None
    return Articles(load_settings(path, overrides, sample=sample))


class Articles:
    """Articles, their analysis, and the charts and findings of one notebook.

    documents: one row per article that counts. steps: one row per reason for an exclusion. analysis: the
    tables of `analyse`. compared: the same for the outlets that charts compare. lists: word lists.
    source: the line below every chart. exports: the folder of charts and tables.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.exports = settings.exports
        self._found: dict[str, Finding] = {}
        self._display_id: str | None = None

    @classmethod
    def of(cls, settings: Settings, kept: Kept, analysis: Analysis) -> Articles:
        """Articles that were read and analysed before; nothing is read again."""
        articles = cls(settings)
        # The values of the properties below, as if they had been computed.
        vars(articles).update(kept=kept, documents=analysis.documents, analysis=analysis)
        return articles

    def __repr__(self) -> str:
        return self.summary

    @cached_property
    def lists(self) -> Lists:
        """Word lists of the package, with the user's own."""
        folder = self.settings.word_lists
        return load_lists(folder) if folder.is_dir() else load_lists()

    def read(self) -> ReadResult:
        """All articles of the files, and the read report; nothing is left out."""
        prepared = _prepared()
        if prepared is not None:
            return ReadResult(
                pd.read_parquet(prepared / "documents.parquet"),
                pd.read_parquet(prepared / "read_report.parquet"),
            )
        paths: Any = [str(path) for path in self.settings.articles]
        paths = paths[0] if len(paths) == 1 else paths
        return read_corpus(paths, columns=self.settings.columns or None, lists=self.lists)

    @cached_property
    def kept(self) -> Kept:
        """Articles that count by the settings, and the account of the others."""
        return select(self.read().documents, self.settings)

    @property
    def steps(self) -> pd.DataFrame:
        """Account of the articles that were left out. One row per reason."""
        return self.kept.steps

    @cached_property
    def documents(self) -> pd.DataFrame:
        """Articles that count. One row per article.

        outlet is "outlet not given" where it is not known.
        """
        prepared = _prepared()
        if prepared is not None:
            return self.analysis.documents
        documents = require_articles(self.kept, self.settings)
        return documents.assign(outlet=documents["outlet"].fillna(NOT_STATED))

    @cached_property
    def analysis(self) -> Analysis:
        """The tables of `analyse` for all documents."""
        prepared = _prepared()
        if prepared is None:
            analysed = analyse(self.documents, lists=self.lists)
            return apply_codings_of(analysed, self.settings.corrections)[0]
        found = _loaded(str(prepared / "analysis"), os.stat(prepared / "analysis").st_mtime_ns)
        return replace(found, documents=found.documents.fillna({"outlet": NOT_STATED}))

    @cached_property
    def compared(self) -> Analysis:
        """The tables for the outlets that are compared: those with most articles."""
        names = self.compared_outlets
        is_compared = self.documents["outlet"].isin(names)
        if not names or is_compared.all():
            return self.analysis
        return restrict(self.analysis, self.documents.loc[is_compared, "doc_id"])

    @cached_property
    def compared_outlets(self) -> list[str]:
        """The outlets with most articles, at most as many as the settings say."""
        known = self.documents.loc[self.documents["outlet"].ne(NOT_STATED), "outlet"]
        return most_frequent(known, self.settings.n_compared)

    def keep_compared(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of `frame`, which has doc_id, that belong to the outlets compared."""
        return frame[frame["doc_id"].isin(self.compared.documents["doc_id"])]

    @cached_property
    def targets(self) -> Mapping[str, tuple[str, ...]]:
        """Names with their spellings, of the settings or those most articles mention."""
        if self.settings.targets:
            return self.settings.targets
        found = find_targets(self.analysis, N_TARGETS, lists=self.lists)
        spellings = (tuple(written.split(SEPARATOR)) for written in found["spellings"])
        return dict(zip(found["name"], spellings, strict=True))

    @cached_property
    def labels(self) -> Mapping[str, tuple[str, ...]]:
        """Labels of people and things, of the settings or those before frequent names."""
        return self.settings.labels or frequent_labels(self.analysis, N_LABELLED)

    @property
    def short_name(self) -> str:
        """The last name of the first person with labels, "" where there is none."""
        names = [*self.labels, *self.targets]
        return names[0].split()[-1] if names else ""

    def highest(self, table: pd.DataFrame, **where: Hashable) -> str | None:
        """The group with the highest figure among those with enough articles.

        Where none has enough, the outlet with most articles; None without an outlet. It selects what to
        read and does not say that the group stands out.
        """
        rows = enough(rows_where(table, where))
        if rows.empty:
            return next(iter([*self.compared_outlets, *self.documents["outlet"].head(1)]), None)
        layout = layout_of(rows)
        return str(rows.sort_values(str(layout.value))[layout.labels[0]].iloc[-1])

    @property
    def source(self) -> str:
        """The line below every chart."""
        by_hand = ", corrected by hand" if self.settings.corrections else ""
        return self.settings.source or source_line(self.documents) + by_hand

    @property
    def summary(self) -> str:
        """Which articles these are, in a few sentences."""
        first = f"{source_line(self.documents).removeprefix('Own count of ')}."
        first = first[0].upper() + first[1:]
        n_outlets = self.documents.loc[self.documents["outlet"].ne(NOT_STATED), "outlet"].nunique()
        lines = [first]
        if self.settings.is_sample:
            lines.append("This is the sample. The notebooks of the folder own/ count your own articles.")
        if self.settings.corrections:
            lines.append(f"The codings of {self.settings.corrections.name} replace the machine's readings.")
        if len(self.compared_outlets) < n_outlets:
            lines.append(
                f"Charts that compare outlets have the {len(self.compared_outlets)} with most articles, of "
                f"{n_outlets:,}. The line compare in data/settings.toml changes that."
            )
        return " ".join(lines)

    def draw(
        self,
        plot: Callable[..., Axes],
        table: pd.DataFrame,
        name: str,
        *,
        title: str | None = None,
        data: pd.DataFrame | None = None,
        facts: Mapping[str, Any] | None = None,
        source: str | None = None,
        **options: Any,
    ) -> None:
        """Draw a chart with the title that its table supports, and save it.

        `plot` is one of the plot_ functions, `name` the name of the files in `exports`, `table` what is
        drawn, `options` are those of `plot`. The title is the finding of the table, or `title`. `facts`
        are further numbers of its sentence. `data` is the table that is saved, where it is another one, and
        `source` another source line.

        Where the table cannot answer the question, a sentence says why, and nothing is drawn.
        """
        found = self.find(name, table, facts=facts, title=title)
        if not found.is_answered:
            _display(Shown(f"<p>{clean(found.title)}</p>", clean(found.title)))
            return
        ax = plot(table, title=found.title, **options)
        save_chart(
            ax, self.exports / name, data=table if data is None else data, source=source or self.source
        )
        _display_chart(ax, name)

    def find(
        self,
        name: str,
        table: pd.DataFrame,
        *,
        facts: Mapping[str, Any] | None = None,
        title: str | None = None,
    ) -> Finding:
        """Record the finding that `table` supports, and return it."""
        found = finding_of(name, table, facts) if title is None else Finding(title)
        if found.is_answered and table.empty:
            found = needs(f"there is nothing to draw. {found.title}.")
        self._found[name] = found
        save_findings(self._found, self.exports)
        if self._display_id is not None:
            _display(show_list(table_of(self._found)), self._display_id, update=True)
        return found

    def show_findings(self) -> Shown | None:
        """Display of the findings of this notebook; it grows while the cells below run."""
        shown = show_list(table_of(self._found))
        if not _in_notebook():
            return shown
        self._display_id = uuid.uuid4().hex
        _display(shown, self._display_id)
        return None


def _prepared() -> Path | None:
    folder = os.environ.get(REPORT_FOLDER)
    return Path(folder) if folder else None


@lru_cache(maxsize=1)
def _loaded(folder: str, changed: int) -> Analysis:
    """The analysis of a report, read once for all of its notebooks."""
    return Analysis.load(folder)


def _in_notebook() -> bool:
    try:
        from IPython.core.getipython import get_ipython
    except ModuleNotFoundError:
        return False
    return get_ipython() is not None


def _display(shown: Shown, display_id: str | None = None, *, update: bool = False) -> None:
    """Display in a notebook, or print."""
    if not _in_notebook():
        if not update:
            print(shown.plain)
        return
    with name_extra():
        from IPython.display import display, update_display
    if update:
        update_display(shown, display_id=str(display_id))
    else:
        display(shown, display_id=display_id)


def _display_chart(ax: Axes, name: str) -> None:
    """Display the chart with its name as metadata, so that a report finds its files."""
    figure = ax.get_figure(root=True)
    if figure is None:
        return
    if _in_notebook():
        from IPython.display import display

        display(figure, metadata={"onrecord": {"chart": name}})
    plt.close(figure)
