"""The annotated article: text with highlights, and a table of attributions."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from onrecord.choices import did_you_mean
from onrecord.measures.units import DEFINITIONS
from onrecord.notebook.shown import Shown
from onrecord.text.characters import spelled

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

_FOLDER = Path(__file__).parent
PAGES = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
CSS = (_FOLDER / "article.css").read_text(encoding="utf-8")
LINE = re.compile(r"[^\r\n]+")
# Outer highlights are drawn first, so that a source inside a content remains visible.
_ROLES = (
    *("content", "disclosure", "scare", "title", "nickname", "term", "reason", "marker", "source", "cue"),
    *("hedge", "judging", "tone"),
)
# What the table shows of a source, where the analysis has it.
_ABOUT_SOURCES = ("name", "title", "affiliation", "sector", "justification", "marker", "reason")
_HINTS = {
    "scare": "words in quotation marks that are not a quotation",
    "title": "the title of a work",
    "nickname": "a nickname within a name",
    "term": "a word that is explained",
    "marker": "says that the source is not to be named",
    "reason": "says why the source is not named",
}


class Highlight(NamedTuple):
    """Span of the text to highlight, with its role, CSS classes and description."""

    start: int
    end: int
    role: str
    style: str
    name: str


def show_article(analysis: Analysis, doc_id: str) -> Shown:
    """Display of one article: content, cue and source highlighted, a table below.

    One row of the table per attribution. The attribution_id before each content is a link to its row, and
    the row links back. It shows title, affiliation, sector and justification of the source, where the
    analysis has them. The underline shows the form; colour and hatching show the naming. Markers of
    anonymity, reasons and scare quotes are highlighted too. The text is complete; control and direction
    characters are displayed as their codes (⟨U+202E⟩). An article without text or without attributions is
    displayed with a note.

    Raises ValueError for an unknown doc_id, and where the spans do not fit the text.

    >>> shown = onrecord.show_article(analysis, documents["doc_id"].iloc[0])
    """
    parts = _parts(analysis, doc_id)
    html = PAGES.get_template("article.html").render(parts, css=Markup(CSS), level=3)
    rows = "\n".join(
        f"{row['number']:>4}  {row['form']} · {row['naming'] or 'no source found'} · "
        f"{row['source'] or '—'}: {row['text']}"
        for row in parts["rows"]
    )
    return Shown(html, f"{parts['headline']}\n{rows or 'No attribution was found.'}")


def save_article(analysis: Analysis, doc_id: str, path: str | Path) -> Path:
    """Write the display of show_article as one HTML page; return its path.

    The page contains no script and requests nothing from a network; its content policy forbids both. Missing
    folders are created. Raises ValueError as show_article does.

    >>> onrecord.save_article(analysis, documents["doc_id"].iloc[0], "article.html").name
    'article.html'
    """
    page = PAGES.get_template("page.html").render(
        _parts(analysis, doc_id), css=Markup(CSS), css_hash=css_hash(CSS), level=2
    )
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")
    return path


def split_highlights(length: int, highlights: list[Highlight]) -> Iterator[tuple[int, int, list[int]]]:
    """Yield (start, end, numbers of highlights) of each piece between two borders.

    The pieces cover the text from 0 to `length`. Highlights may be separate, nested or overlapping.
    """
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for number, highlight in enumerate(highlights):
        if highlight.start < highlight.end:
            begins.setdefault(highlight.start, []).append(number)
            ends.setdefault(highlight.end, []).append(number)
    active: dict[int, None] = {}
    last = 0
    for border in sorted({*begins, *ends, length}):
        if border > last:
            yield last, border, list(active)
            last = border
        for number in ends.get(border, ()):
            del active[number]
        active |= dict.fromkeys(begins.get(border, ()))


def naming_group(naming: Any) -> str:
    """The colour group of a naming: known, broad, standard, strict, other."""
    if pd.isna(naming):
        return "other"
    group = next((name for name, values in DEFINITIONS.items() if naming in values), None)
    return group or ("known" if naming in ("named", "institution") else "other")


def _parts(analysis: Analysis, doc_id: str) -> dict:
    """The values that the templates need for one article."""
    found = analysis.documents[analysis.documents["doc_id"] == doc_id]
    if found.empty:
        known = ", ".join(map(repr, analysis.documents["doc_id"].head(3)))
        hint = did_you_mean(doc_id, analysis.documents["doc_id"])
        raise ValueError(f"article {doc_id!r} not found; documents.doc_id contains {known} ….{hint}")
    document = found.iloc[0]
    about = {k: None if pd.isna(v) else v for k, v in document.items() if pd.api.types.is_scalar(v)}
    text = about["text"] or ""
    rows = _rows(analysis, doc_id)
    spans = analysis.spans[analysis.spans["doc_id"] == doc_id]
    highlights = _highlights(analysis, doc_id, rows, text)
    prefix = "a" + hashlib.sha256(str(doc_id).encode()).hexdigest()[:8]
    first = spans[spans["role"] == "content"].groupby("attribution_id")["start"].min().to_dict()
    for row in rows:
        row["start"] = first.get(row["number"])
        row["leads_to"], row["spoken"] = f"{prefix}-row-{row['number']}", f"Attribution {row['label']}"
    day = about.get("published")
    day = day and f"{day.day} {day:%B %Y}"
    facts = [about.get("outlet"), about.get("byline"), day, doc_id]
    return {
        "headline": spelled(about.get("headline") or doc_id),
        "standfirst": spelled(about.get("standfirst") or ""),
        "facts": [spelled(fact) for fact in facts if fact],
        "paragraphs": list(paragraphs_of(text, highlights, rows, prefix)),
        "rows": rows,
        "prefix": prefix,
    }


def _rows(analysis: Analysis, doc_id: str) -> list[dict]:
    """The attributions of one article as dicts, with their sources."""
    said = analysis.attributions[analysis.attributions["doc_id"] == doc_id]
    sources = analysis.sources[analysis.sources["doc_id"] == doc_id]
    known = [column for column in _ABOUT_SOURCES if column in sources.columns]
    columns = ["description", "naming", *known]
    table = said.merge(sources[["source_id", *columns]], on="source_id", how="left", validate="m:1")
    rows = []
    wanted = ["form", "text", "cue", *columns]
    numbers = table[["attribution_id", "is_closed", "naming"]].itertuples(index=False)
    for (number, is_closed, naming), values in zip(numbers, table[wanted].to_numpy(), strict=True):
        row: dict[str, Any] = dict.fromkeys(_ABOUT_SOURCES)
        for key, value in zip(wanted, values, strict=True):
            row[key] = None if pd.isna(value) else spelled(value)
        row["source"] = row.pop("description")
        row["naming"] = row["naming"] and row["naming"].replace("_", " ")
        row |= {"number": int(number), "group": naming_group(naming), "is_open": is_closed is False}
        who = f"{row['source']} · {row['naming']}" if row["source"] else "no source found"
        row["label"] = f"{row['number']}: {row['form']} · {who}"
        rows.append(row)
    return rows


def _highlights(analysis: Analysis, doc_id: str, rows: list[dict], text: str) -> list[Highlight]:
    """All highlights of `text`."""
    of = {row["number"]: row for row in rows}
    spans = analysis.spans[analysis.spans["doc_id"] == doc_id]
    highlights = []
    columns = ["attribution_id", "role", "start", "end", "text"]
    for number, role, start, end, words in spans[columns].itertuples(index=False):
        row = of[number]
        if text[start:end] != words:
            raise ValueError(
                f"attribution {number} does not fit its article: the text has {text[start:end]!r} where the "
                f"analysis has {words!r}; analyse the documents again."
            )
        style = f"{role} {row['form']} {row['group']}" if role == "content" else f"{role} {row['group']}"
        highlights.append(Highlight(int(start), int(end), role, style, f"{role} of {row['label']}"))
    sources = analysis.sources[(analysis.sources["doc_id"] == doc_id) & analysis.sources["marker"].notna()]
    columns = ["marker_start", "marker_end", "reason", "description"]
    for start, end, reason, who in sources[columns].itertuples(index=False):
        if not pd.isna(start):
            name = f"marker: {_HINTS['marker']} ({spelled(who)})"
            highlights.append(Highlight(int(start), int(end), "marker", "marker", name))
        if not pd.isna(reason) and (at := nearest(text, reason, 0 if pd.isna(start) else start)) is not None:
            name = f"reason: {_HINTS['reason']} ({spelled(who)})"
            highlights.append(Highlight(at, at + len(reason), "reason", "reason", name))
    marked = analysis.scare_quotes[analysis.scare_quotes["doc_id"] == doc_id]
    for kind, start, end in marked[["kind", "start", "end"]].itertuples(index=False):
        highlights.append(Highlight(int(start), int(end), kind, kind, f"{kind}: {_HINTS.get(kind, kind)}"))
    return highlights


def nearest(text: str, words: str, to: int) -> int | None:
    """The occurrence of `words` nearest to the offset `to`."""
    offsets = [found.start() for found in re.finditer(re.escape(words), text)]
    return min(offsets, key=lambda offset: abs(offset - to), default=None)


def paragraphs_of(text: str, highlights: list[Highlight], rows: list[dict], prefix: str) -> Iterator[dict]:
    """Yield each paragraph as HTML, with the rows that begin in it.

    A row has number, start, group (its colour), leads_to (the id of what its number links to) and spoken (the
    name of the link).
    """
    lines = [found.span() for found in LINE.finditer(text) if not found[0].isspace()]
    # Paragraphs are highlights without a style: their borders end a piece too.
    cut = highlights + [Highlight(start, end, "", "", "") for start, end in lines]
    pieces = split_highlights(len(text), cut)
    begins: dict[int, list[dict]] = {}
    for row in rows:
        if row["start"] is not None:
            begins.setdefault(row["start"], []).append(row)
    piece = next(pieces, None)
    for start, end in lines:
        html, notes = [], []
        while piece and piece[0] < end:
            first, last, active = piece
            if first >= start:
                here = begins.get(first, [])
                notes += here
                html += [_number(row, prefix) for row in here]
                html.append(marked_html(text, first, last, [cut[n] for n in active if cut[n].style]))
            piece = next(pieces, None)
        yield {"html": Markup("".join(html)), "notes": notes}


def _number(row: dict, prefix: str) -> str:
    number = row["number"]
    return (
        f'<a class="number {row["group"]}" id="{prefix}-mark-{number}" href="#{row["leads_to"]}" '
        f'aria-label="{escape(row["spoken"])}">{number}</a>'
    )


def marked_html(text: str, start: int, end: int, highlights: list[Highlight]) -> str:
    """A piece of `text` in one HTML span per highlight, the longest outermost.

    A highlight that several attributions share, such as their source, is drawn once and described for each.
    """
    html = escape(spelled(text[start:end]))
    if not highlights:
        return html
    inside = sorted(
        highlights, key=lambda highlight: (_ROLES.index(highlight.role), highlight.start - highlight.end)
    )
    styles = dict.fromkeys(
        highlight.style + " begins" * (highlight.start == start) + " ends" * (highlight.end == end)
        for highlight in inside
    )
    title = escape("\n".join(dict.fromkeys(highlight.name for highlight in reversed(inside))))
    opening = "".join(f'<span class="{style}">' for style in styles)
    return f'{opening[:-1]} title="{title}">{html}{"</span>" * len(styles)}'


def css_hash(css: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
