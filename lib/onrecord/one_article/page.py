"""The page of one article as HTML and as plain text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from onrecord.analysis import Analysis
from onrecord.notebook.article import CSS as ARTICLE_CSS
from onrecord.notebook.article import css_hash, paragraphs_of
from onrecord.notebook.found_list import accuracy_of
from onrecord.one_article.evidence import Evidence, evidence_of
from onrecord.one_article.judgements import Key, Place, Section, counted, known, rules_in_words
from onrecord.one_article.places import highlights_of, places_of
from onrecord.one_article.routes import disclosure_section, relay_section, untraced_section
from onrecord.one_article.sides import sides_section
from onrecord.one_article.who import quoted_section, sector_section, unnamed_section
from onrecord.text.characters import spelled
from onrecord.wordlists import Lists

_FOLDER = Path(__file__).parent
_PAGES = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
CSS = ARTICLE_CSS + (_FOLDER / "one_article.css").read_text(encoding="utf-8")
_SECTIONS = (
    *(quoted_section, unnamed_section, relay_section, disclosure_section),
    *(sector_section, sides_section, untraced_section),
)


def parts_of(
    analysis: Analysis,
    *,
    lists: Lists | None = None,
    notes: tuple[str, ...] = (),
    files: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """The values that the templates need for the page of one article.

    `notes` are sentences above the answers, `files` addresses and descriptions of files beside the
    page. Raises ValueError where `analysis` has not exactly one article.
    """
    evidence = evidence_of(analysis, lists)
    prefix = "o" + hashlib.sha256(str(evidence.document["doc_id"]).encode()).hexdigest()[:8]
    sections = [make(evidence) for make in _SECTIONS]
    leads_to: dict[Key, str] = {}
    for section in sections:
        for number, row in enumerate(section.rows):
            for key in row.places:
                leads_to.setdefault(key, f"{prefix}-{section.key}-{number}")
    places = [place for place in places_of(evidence) if place.key in leads_to]
    numbers = {place.key: number for number, place in enumerate(places, 1)}
    used = {rule for section in sections for row in section.rows for rule in row.rules}
    document = evidence.document
    day = document.get("published")
    facts = [document.get("outlet"), document.get("byline"), day and f"{day.day} {day:%B %Y}"]
    return {
        "prefix": prefix,
        "headline": spelled(document.get("headline") or document["doc_id"]),
        "standfirst": spelled(document.get("standfirst") or ""),
        "facts": [spelled(fact) for fact in facts if fact],
        "notes": [*notes, *_about_headline(evidence)],
        "opening": _opening(evidence),
        "sections": [_shown(section, numbers, places) for section in sections],
        "paragraphs": _paragraphs(evidence, places, leads_to, prefix),
        "rules": [rule for key, rule in rules_in_words().items() if key in used or key == "statement"],
        "files": [{"address": address, "words": words} for address, words in files],
        "limits": _limits(),
        "n_left_out": counted(evidence.n_left_out, "attribution"),
        "version": analysis.rules or "unknown",
    }


def html_of(parts: dict[str, Any], *, is_fragment: bool) -> str:
    """The page of `parts_of` as HTML: a fragment for a notebook, or a whole page."""
    if is_fragment:
        return _PAGES.get_template("one_article.html").render(parts, css=Markup(CSS), level=3)
    template = _PAGES.get_template("one_article_page.html")
    return template.render(parts, css=Markup(CSS), css_hash=css_hash(CSS), level=2)


def sentence_html(words: str, *, is_fragment: bool) -> str:
    """A sentence in place of a page: why there is none."""
    template = _PAGES.get_template("one_article_sentence.html")
    return template.render(
        words=spelled(words), css=Markup(CSS), css_hash=css_hash(CSS), is_fragment=is_fragment
    )


def plain_of(parts: dict[str, Any]) -> str:
    """The answers of the page and its judgements as plain text."""
    lines = [parts["headline"], *parts["notes"], parts["opening"]]
    for section in parts["sections"]:
        lines += ["", section["question"], section["answer"]]
        for row in section["rows"]:
            words = " · ".join(
                f"{cell['words']} ({cell['below']})" if cell["below"] else cell["words"]
                for cell in row["cells"]
            )
            lines.append(f"- {words} [{', '.join(str(mark['number']) for mark in row['marks'])}]")
    return "\n".join(lines)


def _opening(evidence: Evidence) -> str:
    """One sentence: how many statements of how many sources."""
    statements, sources = evidence.statements, evidence.sources
    if not statements:
        return "No statement of an identifiable source was found in this article."
    n_quoted = sum(row["form"] in ("direct", "mixed") for row in statements)
    words = f"{counted(len(statements), 'statement')} of {counted(len(sources), 'source')} were found"
    if len(statements) == 1:
        words = words.replace("were", "was")
    return f"{words}, {n_quoted} of them with words in quotation marks."


def _about_headline(evidence: Evidence) -> list[str]:
    """A note where the headline is not part of the text that is read."""
    headline = known(evidence.document.get("headline"))
    is_marked = any(mark in headline for mark in "\"'“”‘’«»")
    if headline and is_marked and headline not in evidence.text:
        return ["Quotation marks of the headline are not counted: the text below is what was read."]
    return []


def _shown(section: Section, numbers: dict[Key, int], places: list[Place]) -> dict[str, Any]:
    """A section as the template draws it: its places are numbers."""
    label = {place.key: place.label for place in places}
    group = {place.key: place.group for place in places}
    titles = rules_in_words()
    return {
        "key": section.key,
        "question": section.question,
        "answer": spelled(section.answer),
        "columns": section.columns,
        "rows": [
            {
                "cells": [{"words": spelled(cell.words), "below": spelled(cell.below)} for cell in row.cells],
                "marks": [
                    {"number": numbers[key], "label": spelled(label[key]), "group": group[key]}
                    for key in sorted(set(row.places), key=lambda key: numbers.get(key, 0))
                    if key in numbers
                ],
                "rules": [{"key": key.replace(" ", "-"), "title": titles[key].title} for key in row.rules],
            }
            for row in section.rows
        ],
    }


def _paragraphs(
    evidence: Evidence, places: list[Place], leads_to: dict[Key, str], prefix: str
) -> list[dict[str, Any]]:
    rows = [
        {
            "number": number,
            "start": place.start,
            "group": place.group,
            "label": spelled(place.label),
            "leads_to": leads_to[place.key],
            "spoken": f"{number}: {spelled(place.label)}",
        }
        for number, place in enumerate(places, 1)
    ]
    return list(paragraphs_of(evidence.text, highlights_of(evidence, places), rows, prefix))


def _limits() -> str:
    """How often the program is right in what the page rests on."""
    measured = [accuracy_of(name) for name in ("form", "speaker", "naming", "anonymous", "sector", "relay")]
    return " ".join(f"{words[0].upper()}{words[1:]}." for words in measured)
