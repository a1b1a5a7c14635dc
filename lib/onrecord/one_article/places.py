"""The places in the text that the judgements of a page rest on."""

from __future__ import annotations

from onrecord.notebook.article import Highlight, naming_group, nearest
from onrecord.one_article.evidence import Evidence, Record, statement_key
from onrecord.one_article.judgements import Place, known
from onrecord.one_article.who import name_of
from onrecord.text.characters import spelled

_KINDS = {
    "declined": "declined to comment",
    "no_response": "did not answer",
    "unreachable": "could not be reached",
    "unverified": "not verified",
}


def places_of(evidence: Evidence) -> list[Place]:
    """All places of a page, in the order of the text."""
    starts: dict[int, Record] = {}
    for one in evidence.spans:
        number = one["attribution_id"]
        if one["role"] == "content" and (number not in starts or one["start"] < starts[number]["start"]):
            starts[number] = one
    found = []
    for row in [*evidence.statements, *evidence.untraced]:
        if first := starts.get(row["attribution_id"]):
            group, label = _group(evidence, row), _label(evidence, row)
            found.append(Place(statement_key(row), first["start"], first["end"], group, label))
    for source in evidence.sources.values():
        found += _of_source(evidence, source)
    for row in evidence.disclosures:
        key = "disclosure", row["disclosure_id"]
        found.append(Place(key, row["start"], row["end"], "other", _KINDS[row["kind"]]))
    for kind, rows, label in (
        ("scare", evidence.scare_quotes, "scare quotes"),
        ("judging", evidence.judging_words, "judging word"),
        ("tone", evidence.tone, "tone toward a person"),
        ("hedge", evidence.hedges, "hedge"),
    ):
        found += [
            Place((kind, number), row["start"], row["end"], "other", label) for number, row in enumerate(rows)
        ]
    return sorted(found, key=lambda place: (place.start, place.end))


def highlights_of(evidence: Evidence, places: list[Place]) -> list[Highlight]:
    """Highlights of the text: spans of statements, and all other places."""
    of = {row["attribution_id"]: row for row in [*evidence.statements, *evidence.untraced]}
    found = []
    for span in evidence.spans:
        row, role = of[span["attribution_id"]], span["role"]
        group = _group(evidence, row)
        style = f"{role} {row['form']} {group}" if role == "content" else f"{role} {group}"
        found.append(
            Highlight(span["start"], span["end"], role, style, f"{role}: {spelled(_label(evidence, row))}")
        )
    for place in places:
        kind = place.key[0]
        if kind != "attribution":
            found.append(Highlight(place.start, place.end, kind, kind, f"{kind}: {spelled(place.label)}"))
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
    if source is None:
        return f"{row['form']}, not traced: {known(row['speaker']) or 'no source'}"
    return f"{row['form']}, {name_of(source)}, {source['naming'].replace('_', ' ')}"
