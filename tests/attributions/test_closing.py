"""Closing tags: a source and its verb at the end of a sentence."""

import pandas as pd
import pytest

import onrecord
from onrecord.attributions.rules.closing import with_closing_tags
from onrecord.records import Attribution
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists

LISTS = load_lists()


def _found(text, attributions=()):
    return [
        (text[slice(*one.content[0])], text[slice(*one.source)], text[slice(*one.cue)])
        for one in with_closing_tags(read_article(text), list(attributions), LISTS)
    ]


def test_the_whole_sentence_before_the_comma_is_said():
    text = "The ministry did not mention the visit in its bulletin, the news site said on Monday."
    nested = Attribution([(29, 54)], (13, 28), (0, 12), "indirect", True, 0.9)
    expected = [("The ministry did not mention the visit in its bulletin", "the news site", "said")]
    assert _found(text, [nested]) == expected
    assert _found(text) == expected


def test_other_sentences_and_quotations_are_left_alone():
    assert _found("The mayor came late, and the clerk said nothing. He left at once, it was said.") == []
    assert _found("“We do not know who came to the quay,” the harbour master said.") == []


def test_a_comma_that_ends_another_paragraph_is_not_before_the_tag():
    """The offsets of its words were the wrong way round."""
    text = (
        "The guard left the pier open,\n\nsaid one of the guards; the other, whose house is gone, would stay."
    )
    spans = onrecord.analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]})).spans
    assert len(spans) and (spans["start"] < spans["end"]).all()
    assert "The guard left" not in " ".join(spans["text"])


@pytest.mark.parametrize("text", ["Orla Fenn branded", "The mayor, Orla Fenn, termed", "Vote called"])
def test_a_text_that_ends_with_a_verb_of_naming_is_read(text):
    analysis = onrecord.analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    assert len(analysis.documents) == 1 and analysis.attributions.empty
