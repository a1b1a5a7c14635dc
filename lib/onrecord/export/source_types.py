"""Six types of sources, with the name, title and justification of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from onrecord.analysis import Analysis
from onrecord.wordlists import Lists, load_lists, word_set

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
_NOBODY = re.compile(r"(?:no one|nobody|none|nothing|it|that|this|which)$", re.IGNORECASE)
_LAWYERS = re.compile(r"\b(?:lawyers?|attorneys?|solicitors?)$", re.IGNORECASE)
_PUBLIC_LAWYERS = re.compile(
    r"(?i)\b(?:county|city|state|district|federal|government)(?:['’]s)? (?:lawyer|attorney)"
)
_FIRM = re.compile(
    r"\b(?:[A-Z][\w’'-]+,? (?:& |and )?){1,4}"
    r"(?:Legal Group|Law Group|Law Firm|Law Offices?|LLP|Solicitors)\b"
)
_OWNERS = word_set("his her their its my our your whose")
_ARTICLE = re.compile(r"^(?:the|an?|its|their|his|her|our) ", re.IGNORECASE)
_NAMES = r"[A-Z][\w.&’'-]*(?: (?:of |for |and |the |on |in |at )*[A-Z][\w.&’'-]*)*"
_PUBLISHED = re.compile(
    rf"\b(?:by|from) (?:the |an? )?(?P<by>{_NAMES})|(?P<before>{_NAMES})(?:['’]s)?(?: [a-z-]+){{0,2}} "
    r"(?:data|figures|stud(?:y|ies)|statistics|survey|polls?|tally|tracker|estimates?|website|numbers)\b"
)
_RUN = re.compile(r"[A-Z][\w.&’'-]*(?:,? (?:of |for |and |the |on |in |at )*[A-Z][\w.&’'-]*)*")
_TITLED = re.compile(r"(?:The )?[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){2,}$")
_OWNER = re.compile(r"(?:the |an? )?(?P<name>[A-Z][^,]*?)['’]s? (?=[a-z])")
_COMPLEMENT = re.compile(r" (?:by|to|on|about|from|of|released|published|filed|issued|that|which)\b")


def type_sources(analysis: Analysis, lists: Lists | None = None) -> pd.DataFrame:
    """Type, name, title and justification of each source.

    One row per source of one article.

    Columns: doc_id, source_id, source_type (one of SOURCE_TYPES, NA for the narrator and for sources
    that are not resolved), name, title, justification (NA where the article has none, or where it only
    repeats the name of a group or a title of at most three words).
    """
    texts = dict(zip(analysis.documents["doc_id"], analysis.documents["text"], strict=True))
    mentions = _mentions(analysis)
    families = _families(analysis)
    bodies = (lists or load_lists()).generic_bodies
    sources: Iterable[Any] = analysis.sources.itertuples(index=False)
    rows = [
        _typed(
            source,
            families.get(source.doc_id, frozenset()),
            mentions.get((source.doc_id, source.source_id), []),
            texts[source.doc_id],
            bodies,
        )
        for source in sources
    ]
    columns = ["doc_id", "source_id", "source_type", "name", "title", "justification"]
    return pd.DataFrame(rows, columns=columns).astype(
        {"doc_id": "string", "source_id": "Int64"} | dict.fromkeys(columns[2:], "string")
    )


def _mentions(analysis: Analysis) -> dict[tuple[str, int], list[str]]:
    """The different mentions of each source, as written."""
    speakers = analysis.attributions[["doc_id", "source_id", "speaker"]].dropna().drop_duplicates()
    found: dict[tuple[str, int], list[str]] = {}
    for doc, source, speaker in speakers.itertuples(index=False):
        found.setdefault((doc, source), []).append(speaker)
    return found


def _families(analysis: Analysis) -> dict[str, frozenset[str]]:
    """The plural last names of the persons of each article: "the Quills"."""
    sources = analysis.sources
    named = sources[(sources["naming"] == "named") & (sources["form"] == "person") & sources["name"].notna()]
    plural = named["name"].str.rsplit(" ", n=1).str[-1] + "s"
    return {doc: frozenset(part) for doc, part in plural.groupby(named["doc_id"])}


def _typed(
    source: Any, families: frozenset[str], mentions: list[str], text: str, bodies: frozenset[str]
) -> tuple:
    kind = source_type(source, bodies)
    if kind == ORGANIZATION and str(source.name) in families:
        kind = NAMED_PERSON
    firm = _law_firm(source, text) if kind in (ORGANIZATION, GROUP, PERSON) else None
    kind = ORGANIZATION if firm else kind
    return (
        source.doc_id,
        source.source_id,
        kind or pd.NA,
        firm or _name(source, kind, mentions, text, bodies) or pd.NA,
        _title(source, kind) or pd.NA,
        _justification(source, kind) or pd.NA,
    )


def _law_firm(source: Any, text: str) -> str | None:
    """The firm that unnamed lawyers are of, where the article names just one."""
    if source.naming not in ("unnamed", "collective") or not _LAWYERS.search(
        str(source.description).partition(",")[0]
    ):
        return None
    if _PUBLIC_LAWYERS.search(str(source.description)):
        return None
    firms = set(_FIRM.findall(text))
    return firms.pop() if len(firms) == 1 else None


def source_type(source: Any, bodies: frozenset[str]) -> str | None:
    """The type of one row of the sources table.

    None for the narrator or an unresolved source.
    """
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
    if _NOBODY.match(str(source.description)):
        return None
    if naming in ("unnamed", "collective", "identifiable"):
        if naming != "identifiable" and (pd.notna(source.basis) or pd.notna(source.marker)):
            return ANONYMOUS
        if form == "document":
            return DOCUMENT
        if form in ("institution", "media") and naming != "collective":
            return ORGANIZATION
        if naming != "identifiable" and _is_for_a_body(source, bodies):
            return ORGANIZATION
        if naming == "collective" and _TITLED.match(str(source.description)):
            return ORGANIZATION
        return GROUP if naming == "collective" or form == "group" else PERSON
    if naming == "unidentified_document":
        return DOCUMENT
    if naming == "unclear" and form != "document" and not _NOBODY.match(str(source.description)):
        return GROUP if source.is_plural is True else PERSON
    return None


def _is_for_a_body(source: Any, bodies: frozenset[str]) -> bool:
    """Whether the source speaks for a named organisation.

    "Alder Foods officials" does.
    """
    if pd.isna(source.affiliation) or not _FOR_A_BODY.search(source.description):
        return False
    body = source.affiliation.removeprefix("the ")
    if body.lower() in _OWNERS:
        return False  # "Her lawyers" at the start of a sentence
    return body[:1].isupper() or body in bodies or body in ("city", "state", "company")


def _publisher(source: Any) -> str | None:
    """The body whose document it is, as the description names it."""
    match = _PUBLISHED.search(_ARTICLE.sub("", str(source.description)))
    return (match["by"] or match["before"]) if match else None


def _name(
    source: Any, kind: str | None, mentions: list[str], text: str, bodies: frozenset[str]
) -> str | None:
    description = source.description if pd.notna(source.description) else None
    name = source.name if pd.notna(source.name) else None
    if kind == NAMED_PERSON:
        return name or description
    if kind == GROUP:
        return description
    if kind == DOCUMENT:
        return _document_name(name or description)
    if kind != ORGANIZATION:
        return None
    if source.form == "document":
        chosen = _publisher(source)
    elif source.naming in ("institution", "named"):
        chosen = name or description
    else:
        chosen = source.affiliation if pd.notna(source.affiliation) else name or description
    return full_name(_ARTICLE.sub("", chosen), mentions, text, bodies) if chosen else None


def _document_name(description: str | None) -> str | None:
    """The publisher of a document where the noun follows it.

    Otherwise return its noun phrase.
    """
    if not description:
        return None
    if (owner := _OWNER.match(description)) is not None:
        return _ARTICLE.sub("", owner["name"])
    return _ARTICLE.sub("", _COMPLEMENT.split(description, maxsplit=1)[0])


def full_name(name: str, mentions: list[str], text: str, bodies: frozenset[str]) -> str:
    """The name of a body as the article first writes it in full.

    A mention has it ("the Board of Nursing" for "Board"), or the name's first place in the text ("Alder
    Foods", later "Alder"), or a longer name that ends in the noun ("the Mill County School District",
    later "the district").
    """
    for mention in mentions:
        for run in _RUN.finditer(mention):
            longer = _ARTICLE.sub("", run[0]).rstrip(".,’")
            if len(longer) > len(name) and f" {name} " in f" {longer} ":
                name = longer
    if " " in name:
        return name
    before = max(text.find(f" {name[:1].upper()}{name[1:]}"), 0)
    first = re.search(rf"\b{re.escape(name)}(?: [A-Z][\w.&’'-]*)+", text[max(0, before - 1) : before + 120])
    if name[:1].isupper() and first is not None and first.start() <= 2:
        return _ARTICLE.sub("", first[0]).rstrip(".,’")
    if name.lower() in bodies:
        pattern = re.compile(rf"(?:[A-Z][\w’'.&-]+ ){{1,6}}{name[:1].upper()}{name[1:].lower()}\b")
        if (match := pattern.search(text)) is not None:
            return _ARTICLE.sub("", match[0])
    return name.rstrip(".,’")


def _title(source: Any, kind: str | None) -> str | None:
    if kind == NAMED_PERSON:
        title = getattr(source, "title", None)
        affiliation = source.affiliation
        if isinstance(title, str):
            return f"{title}, {affiliation}" if isinstance(affiliation, str) else title
    if kind in (ANONYMOUS, PERSON) and isinstance(source.rank, str):
        return source.rank
    return None


_CONTENT = re.compile(r"(?!(?:an?|the|of|at|for|and|with|in|on|by)\b)[^\W_]+", re.IGNORECASE)
_SHORT = 3  # words of an office that its title already gives


def _repeats(source: Any, kind: str | None, justification: str) -> bool:
    """Whether a justification is only the term used, or a short title."""
    words = set(_CONTENT.findall(justification.lower()))
    if kind in (GROUP, ORGANIZATION):
        return justification.lower() in str(source.description).lower()
    title, affiliation = getattr(source, "title", None), source.affiliation
    if kind != NAMED_PERSON or not isinstance(title, str) or len(words) > _SHORT:
        return False
    office = f"{title} {affiliation}" if isinstance(affiliation, str) else title
    return words <= set(_CONTENT.findall(office.lower()))


def _justification(source: Any, kind: str | None) -> str | None:
    justification = getattr(source, "justification", None)
    if isinstance(justification, str):
        return None if _repeats(source, kind, justification) else justification
    return source.basis if kind in (ANONYMOUS, PERSON) and isinstance(source.basis, str) else None
