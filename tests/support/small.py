"""A corpus of four tiny articles as literal tables, small enough to count by hand."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from onrecord import tables

# (doc_id, outlet, published, text)
DOCUMENTS = [
    ("a1", "Herald", "2026-01-05", "“The bridge is safe,” Ann Reed said. A senior official said it is not."),
    ("a2", "Herald", "2026-01-20", "“It fell,” said Ann Reed. Officials said they would look."),
    ("b1", "Post", "2026-02-02", "“We knew,” said an aide who asked not to be named. A spokeswoman said no."),
    ("b2", "Post", "2026-02-03", "The bridge opened in 1931."),
]

# (doc_id, source_id, description, form, naming, name, marker, reason, reason_class, level)
SOURCES = [
    ("a1", 0, "Ann Reed", "person", "named", "Ann Reed", None, None, None, None),
    ("a1", 1, "a senior official", "person", "unnamed", None, None, None, None, 2),
    ("a2", 0, "Ann Reed", "person", "named", "Ann Reed", None, None, None, None),
    ("a2", 1, "officials", "group", "collective", None, None, "because talks go on", "legal or ongoing", 1),
    (
        "b1",
        0,
        "an aide",
        "person",
        "anonymous",
        None,
        "asked not to be named",
        "not authorised",
        "boilerplate",
        1,
    ),
    ("b1", 1, "a spokeswoman", "person", "spokesperson", None, None, None, None, None),
]

# (doc_id, attribution_id, form, content, cue, speaker, source_id, n_words_quoted)
ATTRIBUTIONS = [
    ("a1", 0, "direct", "“The bridge is safe,”", "said", "Ann Reed", 0, 4),
    ("a1", 1, "indirect", "it is not", "said", "A senior official", 1, 0),
    ("a2", 0, "direct", "“It fell,”", "said", "Ann Reed", 0, 2),
    ("a2", 1, "indirect", "they would look", "said", "Officials", 1, 0),
    ("b1", 0, "direct", "“We knew,”", "said", "an aide", 0, 2),
    ("b1", 1, "indirect", "no", "said", "A spokeswoman", 1, 0),
]


def small_analysis() -> SimpleNamespace:
    """Return the corpus with the tables of an analysis."""
    doc_id, outlet, published, text = zip(*DOCUMENTS, strict=True)
    texts = dict(zip(doc_id, text, strict=True))
    spans, sentences = [], []
    for key, number, _form, content, cue, speaker, _source, _words in ATTRIBUTIONS:
        for role, words in (("content", content), ("cue", cue), ("source", speaker)):
            start = texts[key].rindex(words) if number else texts[key].index(words)
            spans.append((key, number, role, start, start + len(words), words))
    for key, article in texts.items():
        middle = article.find(". ") + 1
        for number, (a, b) in enumerate(
            [(0, middle), (middle + 1, len(article))] if middle else [(0, len(article))]
        ):
            sentences.append((key, number, 0, a, b, article[a:b]))
    said = [
        (d, i, form, "statement", text, cue, "neutral", who, s, True, 1.0, n)
        for d, i, form, text, cue, who, s, n in ATTRIBUTIONS
    ]
    attributions = tables.as_table(said, tables.ATTRIBUTIONS)
    names = [
        "doc_id",
        "source_id",
        "description",
        "form",
        "naming",
        "name",
        "marker",
        "reason",
        "reason_class",
    ]
    columns = dict(zip([*names, "description_level"], map(list, zip(*SOURCES, strict=True)), strict=True))
    n_sources = len(SOURCES)
    columns |= {"n_attributions": [1] * n_sources, "n_statements": [1] * n_sources}
    columns |= {"n_words_quoted": [row[-1] for row in ATTRIBUTIONS]}
    return SimpleNamespace(
        documents=tables.as_table(
            {
                "doc_id": list(doc_id),
                "outlet": list(outlet),
                "published": list(pd.to_datetime(published, utc=True)),
                "text": list(text),
            },
            tables.DOCUMENTS,
        ),
        sentences=tables.as_table(sentences, tables.SENTENCES),
        spans=tables.as_table(spans, tables.SPANS),
        attributions=attributions,
        sources=tables.as_table(columns, tables.SOURCES),
        scare_quotes=tables.as_table([], tables.SCARE_QUOTES),
        disclosures=tables.as_table([], tables.DISCLOSURES),
        rules="0.1.0-small",
    )


def empty_analysis() -> SimpleNamespace:
    """Return an analysis of no article at all."""
    names = ["documents", "sentences", "spans", "attributions", "sources", "scare_quotes", "disclosures"]
    empty = {name: tables.as_table([], getattr(tables, name.upper())) for name in names}
    return SimpleNamespace(**empty, rules="0.1.0-small")
