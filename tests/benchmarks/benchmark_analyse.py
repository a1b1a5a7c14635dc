"""How fast an analysis is, stage by stage, beside TextBlob's own sentiment loop in the same run.

    python -m pytest -s tests/benchmarks/benchmark_analyse.py

Processor time of one core, the best of three. Set ONRECORD_BENCHMARK to a folder of articles to take
those instead of the sample.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from textblob import TextBlob
from threadpoolctl import threadpool_limits

import onrecord
from onrecord.attributions.linking.linker import load_linker
from onrecord.attributions.pipeline import attributions_from
from onrecord.attributions.tagging.tagger import batch_marginals, load_tagger, sequence_starts
from onrecord.attributions.tagging.token_features import Tokens, feature_keys
from onrecord.sources.resolve import sources_of
from onrecord.text.sentences import sentence_spans
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists
from small_spacy import small_english_pipeline

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "articles"


def _seconds(work: Callable[[], object]) -> tuple[float, object]:
    best, result = float("inf"), None
    for _ in range(3):
        start = time.process_time()
        result = work()
        best = min(best, time.process_time() - start)
    return best, result


def test_speed_of_each_stage():
    documents = onrecord.read_documents(os.environ.get("ONRECORD_BENCHMARK", SAMPLE))
    texts = documents["text"].dropna().tolist()
    n_words = sum(len(text.split()) for text in texts)
    tagger, linker, lists = load_tagger(), load_linker(), load_lists()
    seconds: dict[str, float] = {}
    seconds["sentences alone (Punkt)"], _ = _seconds(lambda: [sentence_spans(text) for text in texts])
    seconds["read articles"], articles = _seconds(lambda: [read_article(text) for text in texts])
    seconds["tokens"], tokens = _seconds(lambda: Tokens(articles, tagger.types))
    seconds["features"], keys = _seconds(lambda: feature_keys(tokens))
    with threadpool_limits(1, "blas"):
        seconds["scores (CRF and net)"], scores = _seconds(lambda: tagger.scores(keys, tokens.starts))
    starts = sequence_starts(tokens.paragraph)
    seconds["marginals"], marginals = _seconds(lambda: batch_marginals(scores, tagger.transitions, starts))
    seconds["linking"], found = _seconds(
        lambda: attributions_from(articles, tokens, marginals, linker, lists)
    )
    seconds["sources"], _ = _seconds(
        lambda: [sources_of(a, f, None, lists) for a, f in zip(articles, found, strict=True)]
    )
    seconds["the whole of analyse"], _ = _seconds(lambda: onrecord.analyse(documents))
    reference, _ = _seconds(lambda: [TextBlob(text).sentiment for text in texts])
    seconds["TextBlob's sentiment, article by article"] = reference
    seconds["add_tone"], _ = _seconds(lambda: onrecord.add_tone(documents))
    table = pd.DataFrame({"seconds": seconds})
    table["words_a_second"] = (n_words / table["seconds"]).round(-2).astype(int)
    table["ratio_to_TextBlob"] = (table["seconds"] / reference).round(2)
    print(f"\n{len(texts)} articles, {n_words} words, one core\n{table.round(3).to_string()}")
    assert (table["seconds"] > 0).all()


def test_speed_beside_a_small_spacy_pipeline():
    """What the Gender Gap Tracker's extractor costs before it looks for a quotation, in the same run."""
    pytest.importorskip("spacy", reason="spaCy is not installed; it is needed for this comparison alone")
    nlp = small_english_pipeline()
    documents = onrecord.read_documents(os.environ.get("ONRECORD_BENCHMARK", SAMPLE))
    texts = documents["text"].dropna().tolist()
    n_words = sum(len(text.split()) for text in texts)
    with threadpool_limits(1):
        ours, _ = _seconds(lambda: onrecord.analyse(documents))
        theirs, _ = _seconds(lambda: list(nlp.pipe(texts)))
    print(
        f"\nanalyse {n_words / ours:,.0f} words a second, the pipeline {n_words / theirs:,.0f}: "
        f"{theirs / ours:.1f} times"
    )
    assert ours > 0
