"""A table that is searched, filtered, sorted and shown a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import ipywidgets as widgets
import pandas as pd

from onrecord.measures.shares import UNKNOWN
from onrecord.notebook.links import day_of
from onrecord.text.characters import spelled
from onrecord.workbench.picker import Picker

PAGE = 15
_ALL = "all"
_OPEN, _SORT, _TURN = "open:", "sort:", "page:"
_LONGEST = 420  # characters of a cell; the article and the download have all


@dataclass(frozen=True)
class Columns:
    """Which columns a table shows, searches and can be filtered by.

    shown: heading by the name of the column. below: the columns in the second line of a cell, by its column,
    with their headings. searched: columns with words. filters: heading by column. start: the value of a
    filter at the beginning. wide: the column that gets most of the room.
    """

    shown: Mapping[str, str]
    below: Mapping[str, Mapping[str, str]]
    searched: tuple[str, ...]
    filters: Mapping[str, str]
    start: Mapping[str, str]
    wide: str

    @property
    def sortable(self) -> set[str]:
        """The columns by which the rows can be sorted."""
        return {*self.shown, *(name for names in self.below.values() for name in names)}


class Table(widgets.VBox):
    """The table; `opened` is called with the row whose article is to be opened."""

    def __init__(self, columns: Columns, opened: Callable[[Mapping[str, Any]], None]) -> None:
        self._columns, self._opened = columns, opened
        self._all = self._found = self._shown = pd.DataFrame()
        self._mask: pd.Series | None = None
        self._page, self._sorted = 0, ("", True)
        self._is_filling = False
        self._search = widgets.Text(placeholder="Search", description="Search", continuous_update=True)
        self._search.add_class("onrecord-search")
        self._filters = {
            name: widgets.Dropdown(options=[("All", _ALL)], description=words)
            for name, words in columns.filters.items()
        }
        self._picker = Picker(self._picked)
        for field in (self._search, *self._filters.values()):
            field.observe(self._change, "value")
        bar = widgets.HBox([self._search, *self._filters.values()])
        bar.add_class("onrecord-filters")
        super().__init__([bar, self._picker])
        self.add_class("onrecord-tablebox")

    @property
    def found(self) -> pd.DataFrame:
        """All rows that meet the conditions, in their order."""
        return self._found

    @property
    def rows(self) -> pd.DataFrame:
        """All rows, whatever the conditions."""
        return self._all

    def fill(self, rows: pd.DataFrame) -> None:
        """Show these rows; the conditions remain where their values still occur."""
        is_first = self._all.empty
        self._all, self._mask = rows, None
        self._is_filling = True
        for name, field in self._filters.items():
            before = self._columns.start.get(name, _ALL) if is_first else field.value
            counts = rows[name].value_counts().sort_index() if name in rows else pd.Series(dtype=int)
            options = [(f"{_in_words(value)} ({n:,})", str(value)) for value, n in counts.items()]
            field.options = [("All", _ALL), *options]
            field.value = before if before in [value for _, value in options] else _ALL
        self._is_filling = False
        self._find()

    def choose(self, mask: pd.Series | None) -> None:
        """Show the rows of `mask`, which a bar of the chart stands for; None: all."""
        self._mask = mask
        self._find()

    def _change(self, _change: object) -> None:
        if not self._is_filling:
            self._find()

    def _find(self) -> None:
        fits = pd.Series(True, index=self._all.index) if self._mask is None else self._mask
        for name, field in self._filters.items():
            if field.value != _ALL:
                fits = fits & self._all[name].astype("string").eq(field.value).fillna(False)
        if words := self._search.value.strip():
            has = [
                self._all[name].astype("string").str.contains(words, case=False, regex=False).fillna(False)
                for name in self._columns.searched
            ]
            fits = fits & pd.concat(has, axis=1).any(axis=1)
        found = self._all[fits.astype(bool)]
        name, is_rising = self._sorted
        if name:
            found = found.sort_values(name, ascending=is_rising, kind="stable", na_position="last")
        self._found, self._page = found, 0
        self._draw()

    def _picked(self, value: str) -> None:
        kind, _, what = value.partition(":")
        if f"{kind}:" == _SORT and what in self._columns.sortable:
            name, is_rising = self._sorted
            self._sorted = (what, not is_rising if name == what else True)
            self._find()
        elif f"{kind}:" == _TURN and what in ("-1", "1"):
            self._page += int(what)
            self._draw()
        elif f"{kind}:" == _OPEN and what.isdecimal() and int(what) < len(self._shown):
            self._opened({str(key): cell for key, cell in self._shown.iloc[int(what)].items()})

    def _draw(self) -> None:
        last = max(0, (len(self._found) - 1) // PAGE)
        self._page = min(max(self._page, 0), last)
        self._shown = self._found.iloc[self._page * PAGE : (self._page + 1) * PAGE]
        self._picker.show(self._html(last))

    def _html(self, last: int) -> str:
        n, total = len(self._found), len(self._all)
        count = f"<b>{n:,}</b> of {total:,}" if n != total else f"<b>{n:,}</b>"
        turn = f"<span>page {self._page + 1:,} of {last + 1:,}</span>"
        back, on = _turn("Previous", -1, is_end=self._page == 0), _turn("Next", 1, is_end=self._page == last)
        turn = f"{back}{turn}{on}" if last else ""
        status = f"<div class='onrecord-pager'><span role='status'>{count} rows</span>{turn}</div>"
        if not n:
            return status + "<p class='onrecord-open'>No row meets all conditions.</p>"
        heads = [self._head(column) for column in self._columns.shown]
        rows = [
            f"<tr>{''.join(self._cell(row, column) for column in self._columns.shown)}<td class='go'>"
            f"<button type='button' data-value='{_OPEN}{number}' "
            f"title='Open the article of row {number + 1}'>Open</button></td></tr>"
            for number, row in enumerate(self._shown.to_dict("records"))
        ]
        head = f"<tr>{''.join(heads)}<th scope='col'><span class='hidden'>Article</span></th></tr>"
        return (
            f"{status}<div class='onrecord-scroll' tabindex='0' role='region' aria-label='Rows'>"
            f"<table class='onrecord-rows tex2jax_ignore'><thead>{head}</thead>"
            f"<tbody>{''.join(rows)}</tbody></table></div>"
        )

    def _head(self, column: str) -> str:
        names = {column: self._columns.shown[column], **self._columns.below.get(column, {})}
        by, is_rising = self._sorted
        order = ("ascending" if is_rising else "descending") if by in names else "none"
        buttons = "".join(
            f"<button type='button' data-value='{_SORT}{name}' title='Sort by {escape(words.lower())}'>"
            f"{escape(words)}{('↑' if is_rising else '↓') if name == by else ''}</button>"
            for name, words in names.items()
        )
        style = " class='wide'" if column == self._columns.wide else ""
        return f"<th scope='col' aria-sort='{order}'{style}>{buttons}</th>"

    def _cell(self, row: Mapping[Any, Any], column: str) -> str:
        below = [_value(row, name) for name in self._columns.below.get(column, {})]
        second = " · ".join(words for words in below if words)
        second = f"<div class='below'>{second}</div>" if second else ""
        return f"<td data-column='{column}'>{_value(row, column) or '–'}{second}</td>"


def _turn(words: str, by: int, *, is_end: bool) -> str:
    """A button that turns the page."""
    return f"<button type='button' data-value='{_TURN}{by}'{' disabled' * is_end}>{words}</button>"


def _value(row: Mapping[Any, Any], column: str) -> str:
    """A value as HTML, "" where it is not known."""
    value = row.get(column)
    if value is None or pd.isna(value) or (column in ("sector", "gender") and value == UNKNOWN):
        return ""
    if column == "published":
        return escape(day_of(value))
    if isinstance(value, float):
        return f"{value:.2f}".replace("-", "−")
    words = _in_words(value)
    words = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    if column == "naming":
        return f"<span data-naming='{escape(str(value))}'>{escape(words)}</span>"
    return f"<span dir='auto'>{escape(words)}</span>"


def _in_words(value: object) -> str:
    return " ".join(spelled(value).replace("_", " ").split())
