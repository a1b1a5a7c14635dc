"""Keyness, labels and scare quotes on tiny corpora counted by hand."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.framing.keyness import deviation_of_proportions, log_odds_ratio
from onrecord.framing.labels import read_variants, words_near
from onrecord.framing.words import count_words, words_in
from onrecord.text.sentences import split_sentences

DOCUMENTS = pd.DataFrame(
    {
        "doc_id": ["h1", "h2", "p1", "p2"],
        "outlet": ["Herald", "Herald", "Post", "Post"],
        "text": [
            "The War Office lied. The War Office said no.",
            "The ministry's plan, the Defence Ministry said.",
            "The Defence Ministry said yes.",
            "Rain fell on Ellin.",
        ],
    }
).astype("string")


def test_words_keep_hyphens_and_apostrophes():
    assert words_in("Ellin’s well-known “rock’n’roll” 3rd-rate B2") == [
        "ellin",
        "well-known",
        "rock'n'roll",
        "rate",
        "b",
    ]


def test_counts_of_words():
    counted = count_words(["a", "b", "a"], ["one two", "two", "two three"])
    assert counted.words.tolist() == ["one", "two", "three"] and counted.doc_ids.tolist() == ["a", "b"]
    assert counted.counts.toarray().tolist() == [[1, 2, 1], [0, 1, 0]]


def test_log_odds_as_computed_by_hand():
    # Two words, 8 and 2 against 5 and 5, with a prior of 4 words that is 13 to 7 like the corpus.
    log_odds, z = log_odds_ratio(np.array([8.0, 2]), np.array([5.0, 5]), prior_words=4)
    first = np.log((8 + 2.6) / (2 + 1.4)) - np.log((5 + 2.6) / (5 + 1.4))
    assert log_odds == pytest.approx([first, -first])
    assert z[0] == pytest.approx(first / np.sqrt(1 / 10.6 + 1 / 7.6))


counts = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=8)


@given(counts)
def test_swapping_the_sides_turns_the_sign(pairs):
    a, b = np.array(pairs, float).T
    one, z = log_odds_ratio(a, b)
    other, z_other = log_odds_ratio(b, a)
    assert one == pytest.approx(-other) and z == pytest.approx(-z_other)


@given(counts)
def test_equal_sides_have_no_key_words(pairs):
    a = np.array(pairs, float).T[0]
    assert log_odds_ratio(a, a)[0] == pytest.approx(np.zeros(len(a)))


def test_dispersion_as_computed_by_hand():
    # Articles of 6 and 2 words. The first word occurs 3 and 1 times (even), the second 3 and 1 too, the
    # third only in the small article: DP is half of |0 - 6/8| + |1 - 2/8|.
    counted = count_words(["a", "b"], ["x x x y y y", "x z"])
    assert deviation_of_proportions(counted.counts) == pytest.approx([0, 0.25, 0.75])


def test_key_words_of_an_outlet():
    table = onrecord.compare_words(DOCUMENTS, DOCUMENTS, a="Herald", min_articles=1).set_index("word")
    row = table.loc["the"]
    assert row[["n_a", "n_b", "n_articles_a", "n_articles_b"]].tolist() == [4, 1, 2, 1]
    assert table.loc["war", "z"] > 0 > table.loc["rain", "z"]
    assert table["z"].is_monotonic_decreasing
    assert (table["p_adjusted"] <= 1).all()
    # "defence" and "ministry" are in one article of either outlet: two articles, but not two of one side.
    assert set(onrecord.compare_words(DOCUMENTS, DOCUMENTS, a="Herald")["word"]) == {"the", "said"}
    with pytest.raises(ValueError, match="outlet must be one of Herald, Post, not 'Echo'"):
        onrecord.compare_words(DOCUMENTS, DOCUMENTS, a="Echo")


VARIANTS = {"the ministry": ["War Office", "Defence Ministry", "ministry"]}


def test_labels_are_found_where_they_stand_longest_first():
    found = onrecord.find_labels(DOCUMENTS, VARIANTS)
    assert found["variant"].tolist() == [
        "War Office",
        "War Office",
        "ministry",
        "Defence Ministry",
        "Defence Ministry",
    ]
    texts = DOCUMENTS.set_index("doc_id")["text"]
    assert [texts[r.doc_id][r.start : r.end] for r in found.itertuples()] == found["text"].tolist()


def test_shares_of_labels_by_hand():
    table = onrecord.share_labels(SimpleNamespace(documents=DOCUMENTS), VARIANTS)
    table = table.set_index(["outlet", "variant"])
    assert table.loc[("Herald", "War Office"), ["n_hits", "n_mentions", "n_articles"]].tolist() == [2, 4, 2]
    assert table.loc[("Herald", "War Office"), "share_of_mentions"] == 0.5
    assert table.loc[("Post", "Defence Ministry"), "share_of_mentions"] == 1
    assert table["low"].isna().all()  # two articles are too few


def test_bad_variants_are_refused(tmp_path):
    with pytest.raises(ValueError, match="belongs to both 'a' and 'b'"):
        onrecord.find_labels(DOCUMENTS, {"a": ["War Office"], "b": ["war  office"]})
    with pytest.raises(ValueError, match="must have at least one variant"):
        onrecord.find_labels(DOCUMENTS, {"a": []})
    path = tmp_path / "variants.csv"
    path.write_text("entity,variant\nministry,War Office\nministry,\n")
    with pytest.raises(ValueError, match="line 3: entity or variant is empty"):
        read_variants(path)
    path.write_text("entity,name\n")
    with pytest.raises(ValueError, match="no column 'variant'"):
        read_variants(path)
    path.write_text("entity,variant\nministry,War Office\nministry,Defence Ministry\n")
    assert read_variants(path) == {"ministry": ["War Office", "Defence Ministry"]}


def test_words_near_a_name_keep_to_its_sentence():
    near = words_near(split_sentences(DOCUMENTS.head(1)), "War Office", 2)
    assert near["text"].tolist() == ["The lied.", "The said no."]
    words = onrecord.compare_words(
        split_sentences(DOCUMENTS), DOCUMENTS, a="Herald", near="War Office", n_words=1, min_articles=1
    )
    assert {"the", "lied", "said"} <= set(words["word"]) and "no" not in set(words["word"])


def test_scare_quoted_and_plain():
    documents = pd.DataFrame(
        {
            "doc_id": ["h1", "h2", "p1"],
            "outlet": ["Herald", "Herald", "Post"],
            "text": ["The “reform” came late.", "A reform is due. Reform!", "The reform came."],
        }
    ).astype("string")
    marked = pd.DataFrame(
        {"doc_id": ["h1"], "kind": ["scare"], "start": [4], "end": [12], "text": ["“reform”"]}
    )
    table = onrecord.share_scare_quoted(SimpleNamespace(documents=documents, scare_quotes=marked))
    herald, post = table.itertuples(index=False)
    assert (herald.outlet, herald.term, herald.n_marked, herald.n_occurrences) == ("Herald", "reform", 1, 3)
    assert (herald.n_articles_marked, herald.n_articles, herald.share_of_articles) == (1, 2, 0.5)
    assert (post.outlet, post.n_marked, post.n_occurrences, post.share_of_articles) == ("Post", 0, 1, 0)
    nothing = onrecord.share_scare_quoted(SimpleNamespace(documents=documents, scare_quotes=marked.head(0)))
    assert nothing.empty and list(nothing.columns) == list(table.columns)


def test_initials_are_one_word_and_single_letters_are_not_key_words():
    assert words_in("The U.S. envoy and J. Holm of the U.N.’s staff") == [
        *("the", "u.s.", "envoy", "and", "j", "holm", "of", "the", "u.n.", "staff")
    ]
    texts = [
        "The U.S. envoy J. Holm left.",
        "The U.S. envoy J. Holm stayed.",
        "Rain fell.",
        "Rain fell again.",
    ]
    documents = pd.DataFrame({"doc_id": list("abcd"), "outlet": ["Post"] * 2 + ["Star"] * 2, "text": texts})
    words = onrecord.compare_words(documents, documents, a="Post")["word"].tolist()
    assert "u.s." in words and "j" not in words and "left" not in words


def test_key_words_are_in_enough_articles_of_the_side_that_uses_them_more():
    texts = ["ferry ferry ferry", "quay", "ferry strike", "strike"]
    documents = pd.DataFrame({"doc_id": list("abcd"), "outlet": ["Post"] * 2 + ["Star"] * 2, "text": texts})
    # "ferry" is typical of the Post, of which one article has it: one of the Star does not make it two.
    assert onrecord.compare_words(documents, documents, a="Post")["word"].tolist() == ["strike"]


def test_key_words_do_not_come_from_boilerplate():
    line = "Subscribe to our newsletter and get the harbour briefing every morning."
    texts = [f"The lock number {n} leaks.\n\n{line}" for n in range(6)] + ["Rain fell on the town."] * 2
    documents = pd.DataFrame({"doc_id": [f"d{n}" for n in range(8)], "text": texts})
    documents["outlet"] = ["Post"] * 6 + ["Star"] * 2
    words = set(onrecord.compare_words(documents, documents, a="Post")["word"])
    assert {"lock", "leaks"} <= words and not {"newsletter", "briefing"} & words
    # The same in spans that begin at an offset of the article.
    sentences = split_sentences(documents)
    assert words == set(onrecord.compare_words(sentences, documents, a="Post")["word"])
