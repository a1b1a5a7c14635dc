"""Who is quoted, who stays unnamed, and which sector each source is from."""

from __future__ import annotations

from onrecord.one_article.evidence import Evidence, Record, is_unnamed, statement_key
from onrecord.one_article.judgements import Cell, Key, Row, Section, counted, known, listed, quoted

_LEVELS = ("not at all", "as a class", "with rank or affiliation", "with the basis of knowledge")
_NAMING = {
    "named": "named",
    "institution": "identified",
    "anonymous": "asked not to be named",
    "identifiable": "unnamed, can be looked up",
    "spokesperson": "unnamed spokesperson",
    "unnamed": "unnamed",
    "collective": "uncounted group",
}


def quoted_section(evidence: Evidence) -> Section:
    """Who is quoted by name: people, organisations, outlets and documents."""
    rows = tuple(
        Row(
            (
                _who(row),
                _title(row),
                Cell(_naming(row), known(row["form"])),
            ),
            _places(evidence, row),
            (row["naming"] if row["naming"] in _NAMING else "statement",),
        )
        for row in evidence.identified()
    )
    n_people = sum(row["form"] in ("person", "group") for row in evidence.identified())
    n_others = len(rows) - n_people
    parts = [counted(n_people, "person", "people")] if n_people else []
    parts += [
        counted(n_others, "organisation, outlet or document", "organisations, outlets or documents")
    ] * (n_others > 0)
    answer = (
        f"Quoted or paraphrased by name: {listed(parts)}."
        if rows
        else "No source is identified: nobody is quoted or paraphrased by name."
    )
    return Section("quoted", "Who is quoted?", answer, ("Source", "Has a say as", "Naming"), rows)


def unnamed_section(evidence: Evidence) -> Section:
    """Who stays unnamed, with which marker and for which reason."""
    rows = []
    for row in evidence.unnamed():
        marker: tuple[Key, ...] = (("marker", row["source_id"]),) if row["marker"] else ()
        reason: tuple[Key, ...] = (("reason", row["source_id"]),) if row["reason"] else ()
        why = row["reason_class"] if row["reason"] else None
        cells = (
            _who(row),
            Cell(_NAMING[row["naming"]], _level(row)),
            Cell(quoted(row["marker"]) or "none"),
            Cell(quoted(row["reason"]) or "none", known(why)),
        )
        rules = (row["naming"], *["level"] * (row["description_level"] is not None))
        rules = (*rules, *["reason"] * bool(row["reason"]))
        rows.append(Row(cells, (*_places(evidence, row), *marker, *reason), rules))
    asked = [row for row in evidence.unnamed() if row["marker"]]
    n_reasons = sum(row["reason"] is not None for row in evidence.unnamed())
    if not rows:
        answer = "Nobody who is quoted or paraphrased stays unnamed."
    else:
        n_asked = f"{len(asked)} of them" if asked else "none of them"
        answer = (
            f"{counted(len(rows), 'source')} without a name, {n_asked} by request and {n_reasons or 'none'} "
        )
        answer += "with a reason."
    columns = ("Source", "How", "Marker", "Reason")
    return Section("unnamed", "Who stays unnamed, and why?", answer, columns, tuple(rows))


def sector_section(evidence: Evidence) -> Section:
    """The sector of each source. One row per sector, the largest first."""
    groups: dict[str, list[Record]] = {}
    for row in evidence.sources.values():
        if row["sector"] is not None:
            groups.setdefault(row["sector"], []).append(row)
    ordered = sorted(groups.items(), key=lambda item: (item[0] == "unknown", -len(item[1])))
    rows = tuple(
        Row(
            (
                Cell(sector, counted(len(members), "source")),
                Cell("; ".join(_with_basis(row) for row in members)),
            ),
            tuple(key for row in members for key in _places(evidence, row)),
            ("sector",),
        )
        for sector, members in ordered
    )
    n_known = sum(len(members) for sector, members in ordered if sector != "unknown")
    n = sum(len(members) for _, members in ordered)
    if not rows:
        answer = "No person, group or organisation is quoted, so there is no sector."
    elif n_known == 0:
        answer = f"The program found no sector for any of the {n} sources."
    else:
        sector, members = ordered[0]
        answer = f"The sector with most sources is {sector}: {len(members)} of {n}."
        if sum(len(others) == len(members) for name, others in ordered if name != "unknown") > 1:
            answer = f"No sector has more than {len(members)} of the {n} sources."
        if n > n_known:
            answer += f" For {n - n_known} the program found none."
    return Section("sectors", "Which sector is each source from?", answer, ("Sector", "Sources"), rows)


def name_of(source: Record) -> str:
    """The name of a source, or how the article describes it."""
    has_own_name = source["form"] == "person" or source["naming"] == "institution"
    name = source["name"] if has_own_name and source["naming"] in ("named", "institution") else None
    return known(name or source["description"])


def _who(source: Record) -> Cell:
    name, description = name_of(source), known(source["description"])
    n = source["n_claimed"]
    several = f"claims to be {n}" if n and n > 1 else ""
    return Cell(name, several if description == name else description)


def _naming(source: Record) -> str:
    if source["naming"] == "collective":  # documents: "figures from the ministry"
        return "several, not counted"
    return _NAMING.get(source["naming"]) or known(source["naming"]).replace("_", " ")


def _title(source: Record) -> Cell:
    title, affiliation = known(source["title"]), known(source["affiliation"])
    if title and source["status"] == "former" and "former" not in title.lower():
        title = f"former {title}"
    words = ", ".join(part for part in (title, affiliation) if part)
    why = known(source["justification"])
    if source["form"] == "document":
        return Cell("a document")
    return Cell(words or why or "not said", why if words and why not in (title, words) else "")


def _level(source: Record) -> str:
    level = source["description_level"]
    basis = f": “{source['basis']}”" if source["basis"] else ""
    return "" if level is None else f"described {_LEVELS[level]} (level {level}){basis}"


def _with_basis(source: Record) -> str:
    words = [known(source[name]) for name in ("title", "affiliation") if source[name]]
    about = ", ".join(word for word in words if word not in name_of(source))
    return f"{name_of(source)} ({about})" if about and not is_unnamed(source) else name_of(source)


def _places(evidence: Evidence, source: Record) -> tuple[Key, ...]:
    return tuple(statement_key(row) for row in evidence.statements_of(source["source_id"]))
