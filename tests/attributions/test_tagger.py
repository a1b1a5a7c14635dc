"""The tagger's arithmetic against what can be enumerated, and its features against one another."""

from __future__ import annotations

from importlib import resources
from itertools import pairwise, product

import numpy as np
import pytest

from onrecord.attributions.tagging.batch_tokens import Tokens
from onrecord.attributions.tagging.labels import ALLOWED, CONTENT, CUE, LABELS, SOURCE, N
from onrecord.attributions.tagging.net import Net
from onrecord.attributions.tagging.tagger import (
    LONGEST,
    Tagger,
    batch_marginals,
    hash_table,
    make_tagger,
    marginals,
    sequence_starts,
)
from onrecord.attributions.tagging.token_features import NET_TEMPLATES, feature_keys
from onrecord.attributions.tagging.word_forms import shape, stem, word_class
from onrecord.attributions.tagging.word_types import WordTypes
from onrecord.text.tokens import read_article

DECILES = {"w:said": 9, "s:say": 9, "w:warned": 7, "s:warn": 6}
TEXTS = [
    "Varn warned that the lock “will fall”. “It held,” she said.\nNobody came.",
    "Otto Brandel of Halm said it had to wait until the 5th of May, didn't he?",
    "Rain.",
]
WIDTH = 4


def keys_of(*texts: str, types: WordTypes | None = None) -> np.ndarray:
    return feature_keys(Tokens([read_article(text) for text in texts], types or WordTypes(DECILES)))


def tagger_of(keys: np.ndarray, weights: np.ndarray, net_keys=()) -> Tagger:
    """Return a tagger with these weights, and random nets that know `net_keys` (positions in keys).

    The second net knows all but the first of them.
    """
    random = np.random.default_rng(11)
    row, label = np.nonzero(weights)
    return make_tagger(
        {
            "keys": keys,
            "n_weights": np.bincount(row, minlength=len(keys)),
            "labels": label,
            "values": weights[row, label],
            "transitions": np.where(ALLOWED, 0.0, -np.inf),
            "words": np.frombuffer("\n".join(DECILES).encode(), np.uint8),
            "deciles": np.array(list(DECILES.values())),
            **{f"net_{name}": array for name, array in net_arrays(net_keys, random).items()},
            **{f"vector_net_{name}": array for name, array in net_arrays(net_keys[1:], random).items()},
        }
    )


def net_arrays(known: tuple[int, ...], random: np.random.Generator) -> dict[str, np.ndarray]:
    """Return the stored arrays of a random net that knows these rows; without any, one that gives 0."""
    return {
        "table": np.concatenate([np.zeros((1, WIDTH)), random.normal(size=(len(known), WIDTH))]),
        "scale": np.ones(1),
        "keys": np.array(known, np.int64),
        "first_bias": random.normal(size=WIDTH) if len(known) else np.zeros(WIDTH),
        "dilations": np.array([1, 3]),
        "kernels": random.normal(0, 0.5, (2, 3, WIDTH, WIDTH)),
        "biases": random.normal(size=(2, WIDTH)) if len(known) else np.zeros((2, WIDTH)),
        "out": random.normal(size=(WIDTH, N)),
        "out_bias": np.zeros(N),
    }


def enumerated(scores: np.ndarray, transitions: np.ndarray) -> np.ndarray:
    """Return the marginals of one short sequence from the sum over all sequences of labels."""
    found = np.zeros(scores.shape)
    for labels in product(range(N), repeat=len(scores)):
        if all(ALLOWED[a, b] for a, b in pairwise(labels)):
            weight = np.exp(sum(scores[t, label] for t, label in enumerate(labels)))
            weight *= np.prod([transitions[a, b] for a, b in pairwise(labels)])
            for t, label in enumerate(labels):
                found[t, label] += weight
    return found / found.sum(axis=1, keepdims=True)


def test_labels():
    assert len(LABELS) == N == 29
    assert sorted([0, *CONTENT, *SOURCE, *CUE]) == list(range(N))
    named = {name: number for number, name in enumerate(LABELS)}
    assert ALLOWED[named["B-cue"], named["E-cue"]] and ALLOWED[named["O"], named["S-source-L"]]
    assert not ALLOWED[named["O"], named["I-cue"]] and not ALLOWED[named["B-cue"], named["O"]]


def test_marginals_are_those_of_all_sequences():
    random = np.random.default_rng(3)
    starts = np.array([0, 1, 4, 6])  # sequences of one, three and two tokens
    scores = random.normal(0, 2, (6, N)).astype(np.float32)
    transitions = np.where(ALLOWED, np.exp(random.normal(0, 1, (N, N))), 0.0)
    expected = np.concatenate([enumerated(scores[a:b], transitions) for a, b in pairwise(starts)])
    assert np.allclose(batch_marginals(scores, transitions, starts), expected, atol=1e-6)


def test_marginals_of_strong_scores_stay_finite():
    scores = np.zeros((300, N), np.float32)
    scores[::2, 0], scores[1::2, 5] = 400.0, -400.0
    found = batch_marginals(scores, np.where(ALLOWED, 1.0, 0.0), np.array([0, 300]))
    assert np.isfinite(found).all() and np.allclose(found.sum(axis=1), 1)


def test_every_key_but_a_few_is_found_again():
    random = np.random.default_rng(5)
    keys = np.unique(random.integers(0, 2**63, 50_000).astype(np.uint64) * np.uint64(2))
    tagger = tagger_of(keys, np.zeros((len(keys), N)))
    rows = tagger._rows(keys)
    unknown = len(keys)  # the last row
    kept = rows != unknown
    assert kept.mean() > 0.97
    assert (rows[kept] == np.flatnonzero(kept)).all()
    assert (tagger._rows(keys + np.uint64(1)) == unknown).all()


def test_an_empty_slot_is_no_known_feature():
    tagger = tagger_of(np.array([1 << 63], np.uint64), np.zeros((1, N)))
    zeros = np.arange(1 << 10, dtype=np.uint64) << np.uint64(54)  # every slot, with the print of an empty one
    rows = tagger._rows(zeros)
    assert set(rows.tolist()) <= {0, 1} and (rows == 1).sum() >= len(rows) - 2


def test_small_table():
    keys = (np.arange(1, 4) * 0x123456789ABCDEF).astype(np.uint64)
    slots, bits = hash_table(keys)
    assert len(slots) == 1 << bits
    rows = slots & np.uint64(2**32 - 1)
    assert sorted(rows[rows != len(keys)]) == [0, 1, 2]  # an empty slot leads past the last key


def test_scores_are_sums_of_known_weights():
    weights = np.arange(3 * N, dtype=np.float64).reshape(3, N)
    *keys, unknown = (np.arange(1, 5) * 0x123456789ABCDEF).astype(np.uint64)
    keys = np.array(keys)
    rows = np.full((3, max(NET_TEMPLATES) + 1), unknown)
    rows[0, :2], rows[1, 0] = keys[:2], keys[2]
    expected = np.stack([weights[0] + weights[1], weights[2], np.zeros(N)])
    assert np.allclose(tagger_of(keys, weights).scores(rows.T, np.array([0, 3])), expected)


def test_net_token_by_token():
    random = np.random.default_rng(2)
    net = Net(
        np.arange(6),
        np.concatenate([np.zeros((1, WIDTH)), random.normal(size=(5, WIDTH))]),
        random.normal(size=WIDTH),
        (1, 2),
        random.normal(size=(2, 3, WIDTH, WIDTH)),
        random.normal(size=(2, WIDTH)),
        random.normal(size=(WIDTH, N)),
        random.normal(size=N),
    )
    rows = random.integers(0, 6, (7, 3))
    hidden = [np.maximum(net.table[row].sum(axis=0) + net.first_bias, 0) for row in rows]
    for dilation, kernels, bias in zip(net.dilations, net.kernels, net.biases, strict=True):
        before = hidden
        hidden = []
        for t, here in enumerate(before):
            change = here @ kernels[1] + bias
            if t - dilation >= 0:
                change = change + before[t - dilation] @ kernels[0]
            if t + dilation < len(before):
                change = change + before[t + dilation] @ kernels[2]
            hidden.append(here + np.maximum(change, 0))
    assert np.allclose(net.scores(rows), np.array(hidden) @ net.out + net.out_bias)
    assert net.scores(rows[:1]).shape == (1, N)


def test_marginals_of_an_article_do_not_depend_on_its_batch():
    keys = np.unique(keys_of(*TEXTS))
    weights = np.random.default_rng(1).normal(0, 0.5, (len(keys), N))
    tagger = tagger_of(keys, weights, range(0, len(keys), 2))
    articles = [read_article(text) for text in TEXTS]
    alone = [marginals(tagger, Tokens([article], tagger.types)) for article in articles]
    together = marginals(tagger, Tokens(articles, tagger.types))
    assert np.allclose(np.concatenate(alone), together)
    assert np.allclose(together.sum(axis=1), 1)
    assert marginals(tagger, Tokens([], tagger.types)).shape == (0, N)


def test_feature_keys_do_not_depend_on_the_batch():
    alone = [keys_of(text) for text in TEXTS]
    assert (np.concatenate(alone) == keys_of(*TEXTS)).all()
    # Nor on which words were seen before.
    types = WordTypes(DECILES)
    keys_of(*reversed(TEXTS), types=types)
    assert (keys_of(TEXTS[0], types=types) == alone[0]).all()


def test_templates_do_not_meet():
    keys = keys_of(*TEXTS)
    columns = [set(column.tolist()) for column in keys.T]
    assert len(set().union(*columns)) == sum(map(len, columns))


def test_word_types_stay_bounded(monkeypatch):
    monkeypatch.setattr(WordTypes, "LIMIT", 10)
    types = WordTypes({})
    for number in range(5):
        ids = types.ids([f"word{number}{letter}" for letter in "abcdef"])
        assert len(types.index) <= 10 + 6 and len(set(ids.tolist())) == 6


def test_sequences_are_paragraphs_and_long_ones_are_cut():
    paragraph = np.array([0] * 3 + [1] * (LONGEST + 1) + [2])
    assert sequence_starts(paragraph).tolist() == [0, 3, 3 + LONGEST, 4 + LONGEST, 5 + LONGEST]
    assert sequence_starts(np.zeros(2, np.int64)).tolist() == [0, 2]


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("said", "say"),
        ("thinks", "think"),
        ("denied", "deny"),
        ("planned", "plan"),
        ("telling", "tell"),
        ("argues", "argu"),
        ("argued", "argu"),
        ("argue", "argu"),
        ("press", "press"),
        ("is", "be"),
    ],
)
def test_stem(word, root):
    assert stem(word) == root


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("That", "that"),
        ("the", "D"),
        ("They", "P"),
        ("would", "A"),
        ("Varn", "N"),
        ("1931", "0"),
        ("“", '"'),
        ("’s", "'"),
        (",", ","),
        ("opening", "g"),
        ("opened", "d"),
        ("slowly", "l"),
        ("lock", "x"),
    ],
)
def test_word_class(word, expected):
    assert word_class(word) == expected


@pytest.mark.parametrize(
    ("word", "drawn"), [("Varn", "Xx"), ("U.S.", "X.X."), ("2,500", "0,0"), ("iPad3", "xXx0")]
)
def test_shape(word, drawn):
    assert shape(word) == drawn


def test_shipped_models_are_small_and_hold_no_pickle():
    folder = resources.files("onrecord").joinpath("models")
    total = 0
    for name in ("tagger.npz", "linker.npz"):
        with folder.joinpath(name).open("rb") as file:
            total += len(file.read())
            file.seek(0)
            data = np.load(file, allow_pickle=False)
            assert all(data[key].dtype != object for key in data.files)
    assert total <= 8_000_000
