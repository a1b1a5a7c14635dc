"""An article that tries to be more than text, with an analysis that points into it."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from onrecord import tables

HEADLINE = '=HYPERLINK("http://evil.example/","Click") <script>window.hacked=1</script>'
CONTENT = '“</style><img src="http://evil.example/a.png" onerror="window.hacked=2">”'
SOURCE = 'a "><b onmouseover=window.hacked=3> official\u202etxt.exe'
CLERK = '<img src=x onerror="window.hacked=7"> clerk'
TEXT = f"{CONTENT} said {SOURCE}, who asked <i>not</i> to be named because </script><script>window.hacked=4."
OUTLET = "Post' onfocus='window.hacked=5"


def hostile_analysis() -> SimpleNamespace:
    """Return one article, one attribution, one source."""
    marker, reason = "asked <i>not</i> to be named", "because </script><script>window.hacked=4"

    def place(words: str) -> tuple[int, int]:
        return TEXT.index(words), TEXT.index(words) + len(words)

    spans = [
        ("<x>", 0, role, *place(words), words)
        for role, words in (("content", CONTENT), ("cue", "said"), ("source", SOURCE))
    ]
    said = [("<x>", 0, "direct", "statement", CONTENT, "said", "neutral", SOURCE, 0, True, 1.0, 1)]
    start, end = place(marker)
    source = {"doc_id": ["<x>"], "source_id": [0], "description": [SOURCE], "form": ["person"]}
    source |= {"naming": ["anonymous"], "marker": [marker], "reason": [reason]}
    source |= {"marker_start": [start], "marker_end": [end]}
    source |= {"title": [CLERK], "affiliation": [SOURCE], "justification": [reason]}
    document = {"doc_id": ["<x>"], "outlet": [OUTLET], "headline": [HEADLINE], "text": [TEXT]}
    document |= {
        "byline": ["<svg onload=window.hacked=6>"],
        "published": [pd.Timestamp("2026-01-05", tz="UTC")],
    }
    return SimpleNamespace(
        documents=tables.as_table(document, tables.DOCUMENTS),
        sentences=tables.as_table([("<x>", 0, 0, 0, len(TEXT), TEXT)], tables.SENTENCES),
        spans=tables.as_table(spans, tables.SPANS),
        attributions=tables.as_table(said, tables.ATTRIBUTIONS),
        sources=tables.as_table(source, tables.SOURCES),
        scare_quotes=tables.as_table([], tables.SCARE_QUOTES),
        disclosures=tables.as_table([], tables.DISCLOSURES),
        rules="<rules>",
    )
