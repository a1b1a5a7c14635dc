"""Signs of a side in the own voice: scare quotes, words, tone."""

from __future__ import annotations

from onrecord.one_article.evidence import Evidence, statement_key
from onrecord.one_article.judgements import Cell, Row, Section, counted, listed, quoted
from onrecord.one_article.who import name_of

_STANCES = {"distancing": "keeps a distance", "endorsing": "takes as true"}
_SIDES = {"blame": "blames", "praise": "praises"}


def sides_section(evidence: Evidence) -> Section:
    """What signals a side in the article's own voice. One row per place."""
    scare = [
        Row(
            (Cell(row["text"]), Cell("scare quotes"), Cell("distance from the term")),
            (("scare", number),),
            ("scare",),
        )
        for number, row in enumerate(evidence.scare_quotes)
    ]
    verbs = [
        Row(
            (
                Cell(quoted(row["cue"])),
                Cell("reporting word"),
                Cell(f"{_STANCES[row['cue_stance']]}: {name_of(evidence.sources[row['source_id']])}"),
            ),
            (statement_key(row),),
            ("verb",),
        )
        for row in evidence.statements
        if row["cue_stance"] in _STANCES
    ]
    judging = [
        Row(
            (Cell(quoted(row["text"])), Cell("judging word"), Cell(_SIDES[row["side"]])),
            (("judging", number),),
            ("judging word",),
        )
        for number, row in enumerate(evidence.judging_words)
    ]
    tone = [
        Row(
            (
                Cell(row["name"]),
                Cell("tone of a sentence"),
                Cell(
                    f"{row['target_tone']} toward the person",
                    f"probability {row['target_tone_probability']:.2f}",
                ),
            ),
            (("tone", number),),
            ("tone",),
        )
        for number, row in enumerate(evidence.tone)
    ]
    kinds = [
        counted(len(scare), "term in scare quotes", "terms in scare quotes") if scare else "",
        counted(len(verbs), "reporting word that takes a side", "reporting words that take a side")
        if verbs
        else "",
        counted(len(judging), "judging word") if judging else "",
        counted(
            len(tone),
            "sentence with a clear tone toward a person",
            "sentences with a clear tone toward a person",
        )
        if tone
        else "",
    ]
    found = [words for words in kinds if words]
    answer = (
        f"{listed(found)}."
        if found
        else "No scare quotes, judging words or reporting words that take a side were found."
    )
    columns = ("Words", "What", "Signals")
    rows = (*scare, *judging, *verbs, *tone)
    return Section(
        "sides",
        "Where does the article’s own voice take sides?",
        answer[0].upper() + answer[1:],
        columns,
        rows,
    )
