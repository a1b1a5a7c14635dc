"""Duplicates: exact, near, crawled again, posted again, from a wire."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from onrecord.corpus.duplicates import (
    DUPLICATES,
    add_duplicates,
    find_duplicates,
    plain_url,
)
from onrecord.corpus.signatures import band_keys, content_key, shingles, similarity

WORDS = [f"word{i}" for i in range(300)]
LONG = " ".join(WORDS[:120])
ALIKE = " ".join([*WORDS[:110], *WORDS[200:210]])
KEYS = [7686549415062685508, 12130524584788874751]
OTHER = " ".join(WORDS[150:280])


def documents(*rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["doc_id", "outlet", "published", "url", "text"]).assign(
        published=lambda frame: pd.to_datetime(frame["published"], utc=True)
    )


def test_similarity_is_counted_in_five_word_sequences():
    one, other = shingles("a b c d e f"), shingles("A, b c d e! G")
    assert len(one) == 2
    assert similarity(one, other) == pytest.approx(1 / 3)
    assert similarity(one, one) == 1


def test_texts_that_are_alike_share_a_key_and_others_do_not():
    rng = np.random.default_rng(5)
    shares = {0.9: [], 0.6: [], 0.2: []}
    for share, found in shares.items():
        for _ in range(300):
            common, only = rng.integers(0, 2**60, 600, dtype=np.uint64), round(300 * (1 - share))
            one, other = (
                np.unique(common[:300]),
                np.unique(np.append(common[only:300], common[300 : 300 + only])),
            )
            assert similarity(one, other) == pytest.approx((300 - only) / (300 + only), abs=0.01)
            found.append(bool(np.isin(band_keys(one), band_keys(other)).any()))
    # 1 - (1 - s**4)**14, of Jaccard similarities s = .82, .43 and .11
    assert np.mean(shares[0.9]) > 0.99
    assert np.mean(shares[0.6]) == pytest.approx(0.38, abs=0.09)
    assert np.mean(shares[0.2]) < 0.02


def test_the_keys_of_a_text_are_the_same_everywhere():
    text = shingles(LONG)
    assert [int(key) for key in band_keys(text)[:2]] == KEYS
    assert content_key(text) == content_key(shingles(LONG.upper())) != content_key(text[1:])
    assert not len(band_keys(text[:19]))


def test_kinds_and_originals():
    found = find_duplicates(
        documents(
            ("late", "Courier", "2026-01-03", "https://c.example/1?utm_source=x", LONG),
            ("first", "Courier", "2026-01-01", "http://www.c.example/1/", LONG),
            ("wire", "Lantern", "2026-01-02", "https://l.example/9", ALIKE),
            ("again", "Courier", "2026-01-02", "https://c.example/2", LONG.upper()),
            ("other", "Courier", "2026-01-02", "https://c.example/3", OTHER),
            ("empty", "Courier", "2026-01-02", None, None),
        )
    ).set_index("doc_id")
    assert set(found["duplicate_of"]) == {"first"}
    assert found["kind"].to_dict() == {"late": "recrawl", "wire": "wire", "again": "repost"}
    assert found["is_exact"].to_dict() == {"late": True, "wire": False, "again": True}
    assert 0.6 < found.loc["wire", "similarity"] < 1


def test_a_copy_of_a_copy_points_to_the_original():
    texts = [" ".join(WORDS[i : i + 100]) for i in (0, 15, 30)]
    found = find_duplicates(
        documents(*((str(i), "A", f"2026-01-0{i + 1}", None, text) for i, text in enumerate(texts)))
    )
    # The third is like the second, which is a copy, and not like the first: it is an original.
    assert found[["doc_id", "duplicate_of"]].to_numpy().tolist() == [["1", "0"]]


def test_short_texts_are_copies_only_where_they_are_the_same():
    rows = [
        ("a", "A", None, None, "Yes, he said."),
        ("b", "A", None, None, "Yes he said"),
        ("c", "A", None, None, "No."),
    ]
    assert find_duplicates(documents(*rows))["doc_id"].tolist() == ["b"]


def test_needs_only_ids_and_texts_and_leaves_its_argument_alone():
    frame = pd.DataFrame({"doc_id": ["a", "b"], "text": [LONG, LONG]})
    assert add_duplicates(frame)["duplicate_of"].fillna("-").tolist() == ["-", "a"]
    assert list(frame.columns) == ["doc_id", "text"]


def test_no_documents():
    found = find_duplicates(pd.DataFrame({"doc_id": [], "text": []}))
    assert list(found.columns) == list(DUPLICATES) and found.empty


def test_urls_are_compared_without_what_does_not_matter():
    assert (
        plain_url("https://www.x.example/a/?utm_source=b#c")
        == plain_url("http://x.example/a")
        == "x.example/a"
    )
    assert plain_url("https://x.example/?id=1") == "x.example?id=1"
    assert plain_url("https://x.example/") is None  # a front page is not the url of an article
    assert plain_url(None) is None
