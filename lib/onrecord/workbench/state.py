"""What a user of the workbench has opened, chosen and corrected.

Everything that is displayed is computed from a `View`: the articles that count under the chosen filters, with
the corrections applied.
"""

from __future__ import annotations

import datetime
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import pandas as pd

from onrecord.analysis import Analysis
from onrecord.corpus.exclusions import Kept
from onrecord.evaluation.corrections import apply_codings
from onrecord.framing.words import WordCounts, count_words, without_boilerplate
from onrecord.notebook.loading import Articles
from onrecord.notebook.selecting import restrict, select
from onrecord.notebook.settings import Settings
from onrecord.reports.prepare import prepare
from onrecord.reports.progress import stage
from onrecord.wordlists import load_lists
from onrecord.workbench.corrected import codings_in, corrections_beside
from onrecord.workbench.scoring import Scored, scored

_Made = TypeVar("_Made")
_FEW = 200  # articles whose tone is scored when the tab is opened
_VIEWS_KEPT = 6  # a filter that is chosen again is answered at once


@dataclass(frozen=True)
class Choice:
    """Filters of the articles. None: open."""

    outlets: tuple[str, ...] | None = None
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None
    minimum_words: int = 0


@dataclass(frozen=True)
class Opened:
    """Articles that were read and analysed.

    documents: all that was read. report: one row per file. kept: those that count without filters.
    analysis: of `kept`. folder: of what is kept for the next time. state: what identifies the articles and
    their analysis. corrections: the file of the corrections.
    """

    name: str
    settings: Settings
    documents: pd.DataFrame
    report: pd.DataFrame
    kept: pd.DataFrame
    analysis: Analysis
    folder: Path
    state: str
    corrections: Path

    @cached_property
    def scored(self) -> Scored:
        """Tone of the sentences, of the voices, and toward people."""
        folder = self.settings.word_lists
        lists = load_lists(folder) if folder.is_dir() else load_lists()
        return scored(self.analysis, self.settings, lists, self.folder, self.state)

    @cached_property
    def words(self) -> WordCounts:
        """Words of each article, without boilerplate."""
        texts = without_boilerplate(self.analysis.documents, self.analysis.documents)
        return count_words(self.analysis.documents["doc_id"], texts)


@dataclass
class View:
    """The articles that count under the filters, and the tables computed from them."""

    opened: Opened
    articles: Articles
    steps: pd.DataFrame
    uncorrected: Analysis
    n_corrected: int
    _made: dict[str, object] = field(default_factory=dict)

    def once(self, name: str, make: Callable[[], _Made]) -> _Made:
        """What `make` returns, computed at the first call."""
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]  # type: ignore[return-value]

    @property
    def sentences(self) -> pd.DataFrame:
        """Sentences of the articles that count, with their polarity."""
        return self.once("sentences", lambda: self.articles_of(self.opened.scored.sentences))

    @property
    def mentions(self) -> pd.DataFrame:
        """Mentions of people in the articles that count, with the tone toward them."""
        return self.once("mentions", lambda: self.articles_of(self.opened.scored.mentions))

    @property
    def voices(self) -> pd.DataFrame:
        """Tone of each voice in the articles that count."""
        return self.once("voices", lambda: self.articles_of(self.opened.scored.voices))

    def articles_of(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of `table` that belong to the articles that count."""
        return table[table["doc_id"].isin(self.articles.documents["doc_id"])]


class Workbench:
    """What is open, the filters, and the view of both.

    Listeners are called when the view changes.
    """

    def __init__(self) -> None:
        self.opened: Opened | None = None
        self.choice = Choice()
        self._views: OrderedDict[tuple[Choice, int], View] = OrderedDict()
        self._n_changes = 0
        self._listeners: list[Callable[[], None]] = []

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` whenever the view changes."""
        self._listeners.append(listener)

    def open(self, opened: Opened) -> None:
        """Replace what is open; the filters are those of its settings."""
        settings = opened.settings
        outlets = settings.outlets if isinstance(settings.outlets, tuple) else None
        self.opened = opened
        self.choice = Choice(outlets, settings.first_day, settings.last_day, settings.minimum_words)
        self._views.clear()
        self._tell()

    def choose(self, choice: Choice) -> None:
        """Change the filters."""
        if choice != self.choice:
            self.choice = choice
            self._tell()

    def correct(self) -> None:
        """Apply the corrections anew: their file has changed."""
        self._n_changes += 1
        self._views.clear()
        self._tell()

    @property
    def view(self) -> View | None:
        """The articles that count; None where nothing is open, or no article remains."""
        if self.opened is None:
            return None
        key = (self.choice, self._n_changes)
        if key not in self._views:
            view = view_of(self.opened, self.choice)
            if view is None:
                return None
            self._views[key] = view
            while len(self._views) > _VIEWS_KEPT:
                self._views.popitem(last=False)
        self._views.move_to_end(key)
        return self._views[key]

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()


def open_articles(name: str, settings: Settings, folder: Path) -> Opened:
    """Read and analyse the articles of `settings`.

    What `folder` has already is loaded. Raises ValueError and OSError as `prepare`: no article could be
    read, or none remains.
    """
    base = replace(settings, outlets=None, first_day=None, last_day=None, minimum_words=0)
    prepared = prepare(base, folder)
    if prepared.kept.empty:
        reasons = prepared.steps[prepared.steps["n_left_out"] > 0]
        why = "; ".join(
            f"{reason}: {n:,}" for reason, n in zip(reasons["reason"], reasons["n_left_out"], strict=True)
        )
        raise ValueError(
            f"No article remains of {len(pd.read_parquet(folder / 'documents.parquet')):,} ({why})."
        )
    opened = Opened(
        name,
        settings,
        pd.read_parquet(folder / "documents.parquet"),
        pd.read_parquet(folder / "read_report.parquet"),
        prepared.kept,
        prepared.analysis,
        folder,
        prepared.state,
        corrections_beside(settings.articles[0]),
    )
    if len(opened.kept) > _FEW:  # with the bar, so that the first click on a tab is answered at once
        _ = opened.scored
        with stage("counting words"):
            _ = opened.words
    return opened


def view_of(opened: Opened, choice: Choice) -> View | None:
    """The view of `opened` under the filters; None where no article remains."""
    settings = replace(
        opened.settings,
        outlets=None,
        first_day=choice.first_day,
        last_day=choice.last_day,
        minimum_words=choice.minimum_words,
    )
    found = select(opened.documents, settings)
    kept_ids = found.rows["doc_id"]
    if choice.outlets:
        of_outlets = opened.kept["doc_id"][opened.kept["outlet"].isin(choice.outlets)]
        kept_ids = kept_ids[kept_ids.isin(set(of_outlets))]
    if kept_ids.empty:
        return None
    is_all = len(kept_ids) == len(opened.kept)
    uncorrected = opened.analysis if is_all else restrict(opened.analysis, kept_ids)
    corrected, n_corrected = apply_codings(uncorrected, codings_in(opened.corrections))
    kept = Kept(corrected.documents, found.steps)
    return View(opened, Articles.of(settings, kept, corrected), found.steps, uncorrected, n_corrected)
