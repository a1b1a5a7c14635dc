"""Speakers that the layout tells: signed quotations, transcripts."""

from onrecord.attributions.rules.layout import with_layout
from onrecord.records import Attribution
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists

LISTS = load_lists()


def _said(article, *spans, source=None, cue=None):
    text = article.text
    content = [(text.index(piece), text.index(piece) + len(piece)) for piece in spans]
    span = None if source is None else (text.index(source), text.index(source) + len(source))
    return Attribution(content, cue, span, "direct", True, 0.9)


def _speakers(article, attributions):
    text = article.text
    return [
        ([text[a:b] for a, b in one.content], text[slice(*one.source)] if one.source else None)
        for one in with_layout(article, attributions, LISTS)
    ]


def test_a_name_behind_a_dash_signs_the_paragraphs_quotation():
    signed = "“The tram is late.” — Odile Varn, 41\n\n“It rains.” ― Per Lusk\n"
    article = read_article(f"Readers wrote in.\n\n{signed}")
    found = _speakers(article, [_said(article, "“The tram is late.”", "“It rains.”", source="Readers")])
    assert found == [(["“The tram is late.”"], "Odile Varn"), (["“It rains.”"], "Per Lusk")]


def test_a_signature_may_stand_in_the_next_paragraph():
    article = read_article("“We shall see the harbour again.”\n\n— Odile Varn\n\nThe end.")
    assert _speakers(article, [_said(article, "“We shall see the harbour again.”")])[0][1] == "Odile Varn"


def test_a_dash_in_running_text_signs_nothing():
    article = read_article("“We shall see,” she said — Monday will tell.\n\nThe Assembly sits.")
    said = _said(article, "“We shall see,”", source="she")
    assert with_layout(article, [said], LISTS) == [said]


def test_labels_of_a_transcript_part_the_speakers():
    article = read_article("VARN: Where is the money?\n\nLUSK: It was spent.\n\nVARN: On what?")
    said = _said(article, "Where is the money?", "It was spent.", "On what?")
    found = _speakers(article, [said])
    assert found == [(["Where is the money?"], "VARN"), (["It was spent."], "LUSK"), (["On what?"], "VARN")]


def test_one_colon_is_no_transcript():
    article = read_article("Poll: Most want the bridge back\n\nThe rest do not mind.")
    said = _said(article, "Most want the bridge back")
    assert with_layout(article, [said], LISTS) == [said]
