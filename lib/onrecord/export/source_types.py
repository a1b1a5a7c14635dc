"""The six types of a source, with the name, title and justification that go with each."""

from __future__ import annotations

import re

import pandas as pd

from onrecord.analysis import Analysis

NAMED_PERSON = "named person"
ORGANIZATION = "named organization"
DOCUMENT = "document"
ANONYMOUS = "anonymous source"
PERSON = "unnamed person"
GROUP = "unnamed group"
SOURCE_TYPES = (NAMED_PERSON, ORGANIZATION, DOCUMENT, ANONYMOUS, PERSON, GROUP)

# Who speaks for a body when nobody is named: the body is the source.
_FOR_A_BODY = re.compile(
    r"\b(?:officials?|representatives?|lawyers?|attorneys?|spokes\w+|leaders?|leadership|staff|administrators?"
    r"|executives?|managers?|investigators?|prosecutors?|deputies|counsel)\b",
    re.IGNORECASE,
)
# What a body has counted or studied is the body's word; a report or a letter is a document.
_COUNTED = re.compile(
    r"\b(?:data|figures|stud(?:y|ies)|statistics|survey|polls?|tally|tracker|estimates?|website|numbers)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|an?|its|their|his|her|our) ", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|from|of) (?P<name>(?:the |an? )?[A-Z].*)$")
_CAPITALS = re.compile(r"[A-Z][\w.&’'-]*(?: (?:of |for |and |the |on |in |at )*[A-Z][\w.&’'-]*)*")


def type_sources(analysis: Analysis) -> pd.DataFrame:
    """Type, name, title and justification of each source. One row per source of one article.

    Columns: doc_id, source_id, source_type (one of SOURCE_TYPES, NA for the narrator and for sources
    that are not resolved), name, title, justification (NA where the article has none).
    """
    rows = [_typed(source) for source in analysis.sources.itertuples(index=False)]
    columns = ["doc_id", "source_id", "source_type", "name", "title", "justification"]
    return pd.DataFrame(rows, columns=columns).astype(
        {"doc_id": "string", "source_id": "Int64"} | dict.fromkeys(columns[2:], "string")
    )


def _typed(source) -> tuple:
    kind = source_type(source)
    return (
        source.doc_id,
        source.source_id,
        kind or pd.NA,
        _name(source, kind) or pd.NA,
        _title(source, kind) or pd.NA,
        _justification(source, kind) or pd.NA,
    )


def source_type(source) -> str | None:
    """Return the type of one row of the sources table; None for the narrator or an unresolved source."""
    naming, form = source.naming, source.form
    if naming == "named":
        return NAMED_PERSON if form in ("person", "group") else ORGANIZATION
    if naming == "institution":
        if form != "document":
            return ORGANIZATION
        return ORGANIZATION if _publisher(source) and _COUNTED.search(source.description) else DOCUMENT
    if naming == "spokesperson":
        return ORGANIZATION
    if naming == "anonymous":
        return ANONYMOUS
    if naming in ("unnamed", "collective", "identifiable"):
        if naming != "identifiable" and (pd.notna(source.basis) or pd.notna(source.marker)):
            return ANONYMOUS
        if form == "document":
            return DOCUMENT
        if form in ("institution", "media") and naming != "collective":
            return ORGANIZATION
        if naming != "identifiable" and pd.notna(source.affiliation) and _FOR_A_BODY.search(source.description):
            return ORGANIZATION
        return GROUP if naming == "collective" or form == "group" else PERSON
    if naming == "unidentified_document":
        return DOCUMENT
    return None


def _publisher(source) -> str | None:
    """Return the body whose document it is, as the description names it."""
    description = str(source.description)
    if match := _BY.search(description):
        return match["name"]
    if (match := _CAPITALS.search(_ARTICLE.sub("", description))) is not None:
        return match[0]
    return None


def _name(source, kind: str | None) -> str | None:
    description = source.description if pd.notna(source.description) else None
    name = source.name if pd.notna(source.name) else None
    affiliation = source.affiliation if pd.notna(source.affiliation) else None
    if kind == NAMED_PERSON:
        return name or description
    if kind == ORGANIZATION:
        if source.form == "document":
            chosen = _publisher(source)
        elif source.naming in ("institution", "named"):
            chosen = name or description
        else:
            chosen = affiliation or name or description
    elif kind == DOCUMENT:
        chosen = name or description
    elif kind == GROUP:
        return description
    else:
        return None
    return _ARTICLE.sub("", chosen) if chosen else None


def _title(source, kind: str | None) -> str | None:
    if kind == NAMED_PERSON:
        title = getattr(source, "title", None)
        affiliation = source.affiliation
        if isinstance(title, str):
            return f"{title}, {affiliation}" if isinstance(affiliation, str) else title
    if kind in (ANONYMOUS, PERSON) and isinstance(source.rank, str):
        return source.rank
    return None


def _justification(source, kind: str | None) -> str | None:
    justification = getattr(source, "justification", None)
    if isinstance(justification, str):
        return justification
    return source.basis if kind in (ANONYMOUS, PERSON) and isinstance(source.basis, str) else None
