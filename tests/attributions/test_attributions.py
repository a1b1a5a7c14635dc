"""From label marginals to attributions, with a linker simple enough to follow by hand."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.attributions.linking.assembling import assemble_attributions
from onrecord.attributions.linking.candidates import likelihoods
from onrecord.attributions.linking.choices import best_of
from onrecord.attributions.linking.forest import Forest
from onrecord.attributions.linking.linker import Linker, margin
from onrecord.attributions.rules.closing import with_closing_tags
from onrecord.attributions.rules.layout import with_layout
from onrecord.attributions.rules.overlaps import cut_overlaps
from onrecord.attributions.tagging.batch_tokens import Tokens
from onrecord.attributions.tagging.labels import LABELS, N
from onrecord.attributions.tagging.word_types import WordTypes
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists


def always(score: float) -> Forest:
    return Forest(np.zeros((0, 1), np.int64), np.zeros((0, 1)), np.zeros((0, 2)), score)


def nearest() -> Forest:
    """Score a candidate by its side and its distance in tokens, the first columns: inside is worst."""
    columns = np.concatenate([[[0, 0]], np.ones((60, 2), np.int64)])
    borders = np.concatenate([[[-0.5, 0.5]], np.stack([np.arange(60), np.full(60, np.inf)], axis=1)])
    leaves = np.concatenate([[[0, -100, 0, 0]], np.tile([1, 0, 0, 0], (60, 1))])
    return Forest(columns, borders, leaves.astype(float), 0.0)


def same_source() -> Forest:
    """Join neighbours whose source is the same, which the second column says."""
    return Forest(np.ones((1, 1), np.int64), np.full((1, 1), 0.5), np.array([[-10.0, 10.0]]), 0.0)


LISTS = load_lists()
LINKER = Linker(
    nearest(),
    nearest(),
    nearest(),
    always(10),
    always(10),
    always(3),
    same_source(),
    {"cue": 0.2, "source": 0.1, "keep": 0.4, "join": 0.5},
)


def after_rules(article, attributions):
    for step in (with_layout, with_closing_tags, cut_overlaps):
        attributions = step(article, attributions, LISTS)
    return attributions


def linked(marked: str, linker: Linker = LINKER):
    """Return the text and its attributions; {c …}, {s …}, {q …} in `marked` are content, source, cue."""
    kinds = {"c": "content-N", "s": "source-N", "q": "cue"}
    text, spans = "", []
    for piece in marked.split("{"):
        inside, closed, rest = piece.partition("}")
        if closed:
            spans.append((len(text), len(text) + len(inside) - 2, kinds[inside[0]]))
            inside = inside[2:]
        text += inside + rest
    article = read_article(text)
    labels = np.zeros(len(article.tokens), np.int64)
    for start, end, kind in spans:
        at = np.flatnonzero((article.starts >= start) & (article.ends <= end))
        for a, group in _by_sentence(article, at):
            places = ["S"] if group == 1 else ["B", *"I" * (group - 2), "E"]
            labels[a : a + group] = [LABELS.index(f"{place}-{kind}") for place in places]
    marginals = np.eye(N)[labels]
    tokens = Tokens([article], WordTypes({"w:said": 9}))
    return text, after_rules(
        article, assemble_attributions([article], tokens, likelihoods([marginals]), linker, LISTS)[0]
    )


def _by_sentence(article, at: np.ndarray):
    for sentence in np.unique(article.token_sentence[at]):
        group = at[article.token_sentence[at] == sentence]
        yield group[0], len(group)


def shown(marked: str, **settings):
    text, found = linked(marked, **settings)
    return [
        (
            a.form,
            [text[s:e] for s, e in a.content],
            a.cue and text[slice(*a.cue)],
            a.source and text[slice(*a.source)],
        )
        for a in found
    ]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "{c “It leaks,”} {s Ilse Varn} {q said}.",
            [("direct", ["“It leaks,”"], "said", "Ilse Varn")],
        ),
        (
            "{s Ilse Varn} {q said} {c that it leaks}.",
            [("indirect", ["that it leaks"], "said", "Ilse Varn")],
        ),
        (
            "{s Ilse Varn} {q said} {c it “leaks like a basket”}.",
            [("mixed", ["it “leaks like a basket”"], "said", "Ilse Varn")],
        ),
        # Interrupted: one attribution of two spans.
        (
            "{c “It leaks,”} {s Ilse Varn} {q said}, {c “and we knew.”}",
            [("direct", ["“It leaks,”", "“and we knew.”"], "said", "Ilse Varn")],
        ),
        # Two speakers stay two.
        (
            "{s Varn} {q said} {c it leaks}, while {s Brandel} {q said} {c it holds}.",
            [("indirect", ["it leaks"], "said", "Varn"), ("indirect", ["it holds"], "said", "Brandel")],
        ),
        # A cue and a source within the content are taken out of it.
        (
            "{c It leaks}, {s Varn} {q said}, {c and it has for years}.",
            [("indirect", ["It leaks", "and it has for years"], "said", "Varn")],
        ),
        # Loose punctuation at the ends is not content; the marks of a quotation are.
        (
            "{s Varn} {q said}{c : it leaks;} the sign fell.",
            [("indirect", ["it leaks"], "said", "Varn")],
        ),
        (
            "{q According to} {s Varn}{c , it leaks .}",
            [("indirect", ["it leaks"], "According to", "Varn")],
        ),
        # Marks that the labels miss are taken in with the words.
        ("“{c It leaks},” {s Varn} {q said}.", [("direct", ["“It leaks,”"], "said", "Varn")]),
        # Most of a quotation is content: all of it is.
        (
            "“{c It has leaked since the} war,” {s Varn} {q said}.",
            [("direct", ["“It has leaked since the war,”"], "said", "Varn")],
        ),
        # A quotation of several sentences is one span.
        (
            "{c “It leaks. We knew. Nobody asked,”} {s Varn} {q said}.",
            [("direct", ["“It leaks. We knew. Nobody asked,”"], "said", "Varn")],
        ),
        ("Nobody came. The lock is shut.", []),
        ("{c ” …”} {s Varn} {q said}", []),
        ("", []),
    ],
)
def test_attributions(marked, expected):
    assert shown(marked) == expected


def test_without_a_candidate_there_is_no_source():
    assert shown("{c “the water was cold”}") == [("direct", ["“the water was cold”"], None, None)]


def test_an_open_quotation_is_not_closed():
    _, found = linked("{s Varn} {q said}: {c “It leaks.}\n20 ships wait.")
    assert [a.is_closed for a in found] == [False]
    _, found = linked("{s Varn} {q said}: {c “It leaks.”}\n20 ships wait.")
    assert [a.is_closed for a in found] == [True]


def test_a_quotation_over_paragraphs_is_one_attribution():
    text, (found,) = linked(
        "{s Varn} {q said}: {c “The gate leaks.}\n{c “The knob broke.}\n{c “None came.”}\n20 ships wait."
    )
    assert [text[s:e] for s, e in found.content] == ["“The gate leaks.", "“The knob broke.", "“None came.”"]
    assert found.is_closed and found.form == "direct"


def test_nothing_is_linked_across_boilerplate():
    before, between = "{s Varn} {q said} no more.", "Read more: Lock of Halm shut again"
    ((_, _, cue, source),) = shown(f"{before}\n{between}\n{{c “leaks like a basket,”}} the sign read.")
    assert (cue, source) == (None, None)
    assert shown("The lock is shut.\nRead more: {c ‘It leaks’}, {q says} {s Varn}") == []


def test_what_the_linker_doubts_is_left_out():
    marked = "{c “It leaks,”} {s Varn} {q said}."
    assert shown(marked, linker=LINKER._replace(keep=always(-3))) == []
    assert shown(marked, linker=LINKER._replace(source_right=always(-9))) == [
        ("direct", ["“It leaks,”"], "said", None)
    ]
    assert shown(marked, linker=LINKER._replace(cue_right=always(-9))) == [
        ("direct", ["“It leaks,”"], None, "Varn")
    ]


def test_probability_is_that_of_the_spans():
    _, (found,) = linked("{c “It leaks,”} {s Varn} {q said}.")
    assert found.probability == pytest.approx(1 / (1 + np.exp(-3)))


def test_each_article_of_a_batch_keeps_its_own():
    texts = ["“It leaks,” Varn said.", "", "Rain.", "Brandel said it holds."]
    articles = [read_article(text) for text in texts]
    tokens = Tokens(articles, WordTypes({}))
    labels = {"It": "B-content-N", "leaks": "E-content-N", "it": "B-content-N", "holds": "E-content-N"}
    labels |= {"said": "S-cue", "Varn": "S-source-N", "Brandel": "S-source-N"}
    marginals = np.eye(N)[[LABELS.index(labels.get(t, "O")) for a in articles for t in a.tokens]]
    found = assemble_attributions(articles, tokens, likelihoods([marginals]), LINKER, LISTS)
    words = [
        [(text[slice(*a.content[0])], text[slice(*a.source)]) for a in part]
        for text, part in zip(texts, found, strict=True)
    ]
    assert words == [[("“It leaks,”", "Varn")], [], [], [("it holds", "Brandel")]]


def test_best_of():
    i, j = np.array([0, 0, 2, 2]), np.array([3, 4, 3, 5])
    best, score = best_of(i, j, np.array([1.0, 2.0, 5.0, 4.0]), 3)
    assert best.tolist() == [4, -1, 3] and score.tolist() == [2.0, -20.0, 5.0]


def test_margin():
    i, score = np.array([0, 0, 0, 2]), np.array([1.0, 2.5, 2.0, 4.0])
    _, best = best_of(i, np.arange(4), score, 3)
    assert margin(i, score, best).tolist() == [0.5, 0.0, 20.0]
