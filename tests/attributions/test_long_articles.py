"""One very long article: read in blocks, with the same result, in bounded memory."""

import tracemalloc

import numpy as np
import pandas as pd
import pytest

import onrecord
from long_texts import filled
from onrecord.attributions.linking import link_features, linker
from onrecord.attributions.linking.assembling import assemble_attributions
from onrecord.attributions.linking.candidates import likelihoods
from onrecord.attributions.tagging import tagger as tagging
from onrecord.attributions.tagging.batch_tokens import Tokens
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists

SHAPES = ["prose", "turns of two", "sentence of quotations", "nested marks", "persons and pronouns"]
MOST = 800  # bytes per token beside the article; 1,500 without blocks


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(tagging, "PART", 150)
    monkeypatch.setattr(tagging, "BLOCK", 500)
    monkeypatch.setattr(linker, "PAIRS", 40)
    monkeypatch.setattr(link_features, "RUNS", 7)


def documents() -> pd.DataFrame:
    return pd.DataFrame({"doc_id": SHAPES, "text": [filled(shape, 4_000) for shape in SHAPES]})


def test_marginals_are_the_same_in_small_blocks(request):
    tagger = tagging.load_tagger()
    tokens = Tokens([read_article(text) for text in documents()["text"]], tagger.types)
    whole = tagging.marginals(tagger, tokens)
    request.getfixturevalue("small_blocks")
    blocks = list(tagging.each_marginals(tagger, tokens))
    assert len(blocks) > 5 and max(map(len, blocks)) < 1_500
    assert np.allclose(np.concatenate(blocks), whole, atol=1e-5)


def test_parts_cover_all_tokens_and_keep_short_articles_whole(small_blocks):
    parts = list(tagging._parts(np.array([0, 60, 140, 160, 160, 700, 710])))
    assert parts == [(0, 140), (140, 160), (160, 310), (310, 460), (460, 610), (610, 710)]
    assert list(tagging._parts(np.array([0]))) == list(tagging._parts(np.array([0, 0]))) == []


def test_tables_are_the_same_in_small_blocks(request):
    whole = onrecord.analyse(documents())
    request.getfixturevalue("small_blocks")
    cut = onrecord.analyse(documents())
    assert len(whole.attributions) > 100
    for name in ("attributions", "spans", "sources", "scare_quotes"):
        exact = [column for column in getattr(whole, name) if column != "probability"]
        pd.testing.assert_frame_equal(getattr(cut, name)[exact], getattr(whole, name)[exact])
    assert np.allclose(cut.attributions["probability"], whole.attributions["probability"], atol=1e-4)


def test_memory_for_a_token_is_bounded(monkeypatch):
    monkeypatch.setattr(tagging, "BLOCK", 2_048)
    monkeypatch.setattr(tagging, "PART", 1_024)
    tagger, forests, lists = tagging.load_tagger(), linker.load_linker(), load_lists()
    article = read_article(filled("nested marks", 10_000))
    tracemalloc.start()
    try:
        tokens = Tokens([article], tagger.types)
        assemble_attributions(
            [article], tokens, likelihoods(tagging.each_marginals(tagger, tokens)), forests, lists
        )
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak / len(article.tokens) < MOST
