"""The places in the text that the judgements of a page rest on."""

from __future__ import annotations

from onrecord.notebook.article import Highlight, naming_group, nearest
from onrecord.one_article.evidence import Evidence, Record
from onrecord.one_article.judgements import Place, known
from onrecord.one_article.who import name_of


def places_of(evidence: Evidence) -> list[Place]:
    """All places of a page, in the order of the text."""
    first: dict[int, Record] = {}
    for span in evidence.spans:
        number = span["attribution_id"]
        if span["role"] == "content" and (number not in first or span["start"] < first[number]["start"]):
            first[number] = span
    found = []
    for row in [*evidence.statements, *evidence.untraced]:
        span = first.get(row["attribution_id"])
        if span:
            key = ("attribution", row["attribution_id"])
            found.append(Place(key, span["start"], span["end"], _group(evidence, row), _label(evidence, row)))
    for source in evidence.sources.values():
        found += _of_source(evidence, source)
    for kind, rows, label in (
        ("disclosure", evidence.disclosures, "did not answer, or was not verified"),
        ("scare", evidence.scare_quotes, "scare quotes"),
        ("judging", evidence.judging_words, "judging word"),
        ("tone", evidence.tone, "tone toward a person"),
        ("hedge", evidence.hedges, "hedge"),
    ):
        found += [
            Place((kind, row.get("disclosure_id", number)), row["start"], row["end"], "other", label)
            for number, row in enumerate(rows)
        ]
    return sorted(found, key=lambda place: (place.start, place.end))


def highlights_of(evidence: Evidence, places: list[Place]) -> list[Highlight]:
    """What is highlighted in the text: spans of statements, and the places that are not statements."""
    of = {row["attribution_id"]: row for row in [*evidence.statements, *evidence.untraced]}
    found = []
    for span in evidence.spans:
        row, role = of[span["attribution_id"]], span["role"]
        group = _group(evidence, row)
        style = f"{role} {row['form']} {group}" if role == "content" else f"{role} {group}"
        found.append(Highlight(span["start"], span["end"], role, style, f"{role}: {_label(evidence, row)}"))
    for place in places:
        kind = place.key[0]
        if kind != "attribution":
            found.append(Highlight(place.start, place.end, kind, kind, f"{kind}: {place.label}"))
    return found


def _of_source(evidence: Evidence, source: Record) -> list[Place]:
    """The places of the marker and the reason of a source."""
    number, start, found = source["source_id"], source["marker_start"], []
    if start is not None:
        label = f"marker of {name_of(source)}"
        found.append(Place(("marker", number), start, source["marker_end"], "strict", label))
    if source["reason"] and (at := nearest(evidence.text, source["reason"], start or 0)) is not None:
        end = at + len(source["reason"])
        found.append(Place(("reason", number), at, end, "strict", f"reason of {name_of(source)}"))
    return found


def _group(evidence: Evidence, row: Record) -> str:
    source = evidence.sources.get(row["source_id"]) if row["source_id"] is not None else None
    return naming_group(source["naming"] if source else None)


def _label(evidence: Evidence, row: Record) -> str:
    source = evidence.sources.get(row["source_id"]) if row["source_id"] is not None else None
    who = name_of(source) if source else known(row["speaker"]) or "nobody"
    words = f"{row['form']}, {who}"
    return f"{words}, {source['naming'].replace('_', ' ')}" if source else words
