"""Through whom the words came, who did not answer, and what cannot be traced."""

from __future__ import annotations

from onrecord.one_article.evidence import Evidence, Record, is_unnamed, statement_key
from onrecord.one_article.judgements import Cell, Key, Row, Section, counted, known, listed, quoted
from onrecord.one_article.who import name_of

_RELAYS = {
    "other outlet": ("through {}", "other outlet"),
    "statement": ("in a written statement", "in a statement"),
    "social": ("on social media", "social media"),
    "document": ("in a document", "from a document"),
    "unclear": ("unclear", "no source"),
    "direct": ("nothing in between is named", "direct"),
}
_DISCLOSED = {
    "declined": ("declined to comment", "not answered"),
    "no_response": ("did not answer", "not answered"),
    "unreachable": ("could not be reached", "not answered"),
    "unverified": ("could not verify it", "unverified"),
}
_ASKED = {
    True: "the article’s outlet, as nobody else is named",
    False: "somebody else, who is named",
    None: "an outlet, which may be the article’s own",
}


def relay_section(evidence: Evidence) -> Section:
    """Through whom the words of the sources came. One row per relay."""
    groups: dict[tuple[str, str], list[Record]] = {}
    for row in evidence.statements:
        groups.setdefault((row["relay"], known(row["relay_outlet"])), []).append(row)
    order = list(_RELAYS)
    rows = []
    for (relay, outlet), members in sorted(
        groups.items(), key=lambda item: (order.index(item[0][0]), -len(item[1]), item[0][1])
    ):
        words, rule = _RELAYS[relay]
        names = dict.fromkeys(name_of(evidence.sources[row["source_id"]]) for row in members)
        cells = (Cell(words.format(outlet or "another outlet")), Cell("; ".join(names)))
        rows.append(Row(cells, tuple(statement_key(row) for row in members), (rule,)))
    columns = ("Way", "Sources")
    return Section("relays", "Through whom did the words come?", _relayed(evidence), columns, tuple(rows))


def _relayed(evidence: Evidence) -> str:
    """How many statements came through other outlets, in one or two sentences."""
    relayed = [row for row in evidence.statements if row["relay"] == "other outlet"]
    outlets = sorted({known(row["relay_outlet"]) for row in relayed} - {""})
    if not evidence.statements:
        return "No statement of an identifiable source was found."
    if not relayed:
        answer = "No source is said to have spoken to another outlet."
    else:
        through = f": {listed(outlets)}" if outlets else ""
        kind = "another outlet" if len(outlets) < 2 else "other outlets"
        n = counted(len(evidence.statements), "statement")
        answer = f"{len(relayed)} of {n} came through {kind}{through}."
        unnamed = {number for number, source in evidence.sources.items() if is_unnamed(source)}
        if len(unnamed) > 1 and unnamed <= {row["source_id"] for row in relayed}:
            answer += " All sources without a name spoke to another outlet: only it can know who they are."
    if not known(evidence.document["outlet"]):
        answer += " The article’s own outlet is not known, so words spoken to it count as relayed."
    return answer


def disclosure_section(evidence: Evidence) -> Section:
    """Who was asked and did not answer, and what was not verified."""
    rows = []
    for row in evidence.disclosures:
        words, rule = _DISCLOSED[row["kind"]]
        asked = _ASKED[None if row["is_own_request"] is None else bool(row["is_own_request"])]
        if row["kind"] == "unverified":
            asked = "—"
        source = evidence.sources.get(row["source_id"]) if row["source_id"] is not None else None
        who = name_of(source) if source else known(row["who"]) or "not said"
        cells = (Cell(who), Cell(words), Cell(asked))
        rows.append(Row(cells, (("disclosure", row["disclosure_id"]),), (rule,)))
    silent = [row for row in evidence.disclosures if row["kind"] != "unverified"]
    n_unverified = len(rows) - len(silent)
    parts = [f"{counted(len(silent), 'note')} that somebody did not answer"] if silent else []
    parts += [f"{counted(n_unverified, 'note')} that something was not verified"] if n_unverified else []
    answer = (
        f"{listed(parts)}."
        if parts
        else "The article does not say that somebody was asked and did not answer."
    )
    columns = ("Who", "What", "Asked by")
    return Section("silent", "Who was asked and did not answer?", answer, columns, tuple(rows))


def untraced_section(evidence: Evidence) -> Section:
    """What cannot be traced to a source that a reader can find."""
    rows = [_untraced(row) for row in evidence.untraced]
    rows += [
        Row(
            (Cell(quoted(row["text"])), Cell("knowledge of others, in the article’s own voice")),
            (("hedge", number),),
            ("hedge",),
        )
        for number, row in enumerate(evidence.hedges)
    ]
    answer = (
        f"{counted(len(rows), 'passage')} whose words or knowledge the article does not tie to anybody."
        if rows
        else "Every statement that was found has a source that the article identifies or describes."
    )
    return Section("untraced", "What cannot be traced?", answer, ("Words", "Why"), tuple(rows))


def _untraced(row: Record) -> Row:
    key: Key = statement_key(row)
    words = " ".join(part for part in (known(row["speaker"]), known(row["cue"])) if part)
    is_somebody = row["speaker"] and row["speaker"].lower() not in ("it", "there")
    if not words:
        return Row((Cell(_brief(row["text"])), Cell("a quotation without a speaker")), (key,), ("no source",))
    why = (
        "the article does not identify this source" if is_somebody else "the article does not say whose words"
    )
    cells = (Cell(quoted(words), _brief(row["text"])), Cell(why))
    return Row(cells, (key,), ("unidentified" if is_somebody else "no source",))


def _brief(words: str, most: int = 90) -> str:
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"
