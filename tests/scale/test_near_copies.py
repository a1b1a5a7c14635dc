"""Copies in a corpus on disk: the same as find_duplicates finds in memory."""

from __future__ import annotations

import random

import pandas as pd
import pytest

import onrecord
from onrecord.corpus.duplicates import add_duplicates, find_duplicates
from onrecord.scale import near_copies, spool
from onrecord.scale.files import write_json
from onrecord.scale.near_copies import Signatures, keys_of, write_copies
from onrecord.scale.views import connect

WORDS = [f"w{i}" for i in range(400)]


def changed(words: list[str], share: float, rng: random.Random) -> list[str]:
    """`words` with a run of them replaced."""
    n = round(len(words) * share)
    at = rng.randrange(len(words) - n + 1)
    return [*words[:at], *rng.choices(WORDS, k=n), *words[at + n :]]


def varied(n: int, seed: int) -> pd.DataFrame:
    """Articles of which many repeat another one: the same, changed a little, much, and again from a copy."""
    rng = random.Random(seed)
    texts: list[list[str]] = []
    rows = []
    for i in range(n):
        if texts and rng.random() < 0.7:
            words = changed(rng.choice(texts), rng.choice([0, 0, 0.05, 0.15, 0.3, 0.5]), rng)
        else:
            words = rng.choices(WORDS, k=rng.choice([3, 15, 60, 120]))
        texts.append(words)
        url = rng.choice([None, f"https://www.herald.example/{rng.randrange(n // 3)}?utm_source={i}"])
        day = rng.choice([None, *(f"2026-01-{d:02d}" for d in range(1, 8))])
        text = rng.choice(
            [" ".join(words), " ".join(words).upper(), None if i % 29 == 0 else "  ".join(words)]
        )
        rows.append((f"a{rng.randrange(10**6):06d}-{i}", rng.choice(["Herald", "Post"]), day, url, text))
    frame = pd.DataFrame(rows, columns=["doc_id", "outlet", "published", "url", "text"])
    return frame.assign(published=pd.to_datetime(frame["published"], utc=True))


@pytest.mark.parametrize("seed", range(6))
def test_copies_are_those_that_are_found_in_memory(seed, tmp_path, monkeypatch):
    monkeypatch.setattr(near_copies, "_ROWS", 7)
    documents = varied(400, seed)
    expected = find_duplicates(documents).set_index("doc_id")["duplicate_of"]
    assert 100 < len(expected) < 320
    monkeypatch.setattr(spool, "PART_CHARACTERS", 20_000)
    parts = spool.read_to_parts(documents, tmp_path, columns=None, rows="test")
    assert len(parts) > 3
    with connect(tmp_path) as connection:
        write_copies(tmp_path, connection)
    found = pd.read_parquet(tmp_path / "copies.parquet").set_index("doc_id")["duplicate_of"]
    assert found.to_dict() == expected.to_dict()


def test_a_second_run_does_not_compare_again(tmp_path, monkeypatch):
    documents = varied(40, 3)
    spool.read_to_parts(documents, tmp_path, columns=None, rows="test")
    with connect(tmp_path) as connection:
        write_copies(tmp_path, connection)
        written = (tmp_path / "copies.parquet").stat().st_mtime_ns
        write_copies(tmp_path, connection)
        assert (tmp_path / "copies.parquet").stat().st_mtime_ns == written
        (tmp_path / "copies.parquet").write_bytes(b"damaged")
        write_copies(tmp_path, connection)
    assert len(pd.read_parquet(tmp_path / "copies.parquet")) == len(find_duplicates(documents))


def test_copies_that_the_source_names_are_left_as_they_are(tmp_path):
    documents = varied(40, 3)
    first = documents["doc_id"][0]
    named = documents.assign(duplicate_of=[first if i == 5 else None for i in range(40)])
    spool.read_to_parts(named, tmp_path, columns=None, rows="test")
    with connect(tmp_path) as connection:
        write_copies(tmp_path, connection)
    assert pd.read_parquet(tmp_path / "copies.parquet").empty


def test_a_corpus_is_the_analysis_of_its_documents_with_copies_marked(tmp_path, monkeypatch):
    monkeypatch.setattr(spool, "PART_CHARACTERS", 4000)
    boilerplate = "\n\nWrite to the newsroom of the paper with your views on this story."
    said = "“Gate {} is shut,” Ann Reed said. Officials denied it, and {}."
    rng = random.Random(2)
    stories = [said.format(i, " ".join(rng.choices(WORDS, k=60))) for i in range(4)]
    # Four stories, each five times with other last words: the line below them is in four articles only.
    texts = [f"{stories[i % 4]} {WORDS[i]}{boilerplate}" for i in range(20)]
    documents = pd.DataFrame({"doc_id": [f"d{i:02d}" for i in range(20)], "text": texts})
    corpus = onrecord.analyse_corpus(documents, tmp_path, workers=1)
    marked = add_duplicates(documents)
    assert marked["duplicate_of"].notna().sum() == 16
    whole = onrecord.analyse(marked)
    found = corpus.select("true")
    assert found.documents["duplicate_of"].fillna("").tolist() == marked["duplicate_of"].fillna("").tolist()
    assert found.sentences["text"].tolist() == whole.sentences["text"].tolist()


def test_a_text_and_an_address_have_different_keys(tmp_path):
    assert not set(keys_of("herald.example/1", None)) & set(keys_of("other", "https://herald.example/1"))
    assert keys_of(None, "https://herald.example/1") == keys_of("", None) == []
    signatures = Signatures(tmp_path)
    write_json(tmp_path / "read.json", {"parts": {}})
    assert signatures.n_articles == 0 and not signatures.has_copies
