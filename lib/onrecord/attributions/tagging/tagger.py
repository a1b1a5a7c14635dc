"""Tagger: label marginals of a linear-chain CRF with two small networks, in numpy.

The model is a table of feature rows found by hash, the networks, and a small matrix of transitions. One
network knows a word by training alone, the other by its pretrained vector, too: they err at different places.
Paragraphs are the sequences. A batch of them goes forward and backward together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from onrecord.attributions.tagging.batch_tokens import Tokens
from onrecord.attributions.tagging.labels import ALLOWED, N
from onrecord.attributions.tagging.net import Net
from onrecord.attributions.tagging.surroundings import Surroundings
from onrecord.attributions.tagging.token_features import NET_TEMPLATES, key_columns
from onrecord.attributions.tagging.word_types import WordTypes

NETS = ("net", "vector_net")  # how the arrays of each network begin in the stored file
BLOCK = 65_536  # tokens whose marginals are computed together: many sequences side by side
PART = 8_192  # tokens whose scores are computed together: arrays that stay near the processor
NEAR = 2_048  # tokens whose sums stay near the processor
_HALF = np.uint64(32)
RESCALED = 8  # steps after which the probabilities of a sequence are scaled, before they can vanish
LONGEST = 400  # tokens per sequence; a longer paragraph is cut into sequences of this length


class Tagger(NamedTuple):
    """Loaded model. The row of a feature is found by its key.

    The last row is for unknown features.
    """

    types: WordTypes
    slots: np.ndarray  # hash slot -> low half of the key in it, and its row in the lower half
    bits: int
    weights: np.ndarray  # rows × labels, of the CRF
    nets: tuple[Net, ...]
    transitions: np.ndarray  # exponentiated

    def scores(self, keys: Sequence[np.ndarray], starts: np.ndarray) -> np.ndarray:
        """Scores of the labels at each token.

        `keys` has one array per template. `starts` is where articles begin, and the end.
        """
        rows = np.empty((len(keys), len(keys[0])), np.intp)
        for template, values in enumerate(keys):
            rows[template] = self._rows(values)
        total = _row_sums(rows, self.weights)
        rows = rows[list(NET_TEMPLATES)]
        for net in self.nets:
            seen = net.of_row.take(rows).T
            for first, stop in pairwise(starts):
                if first < stop:
                    total[first:stop] += net.scores(seen[first:stop])
        return total

    def _rows(self, keys: np.ndarray) -> np.ndarray:
        slot = (keys >> np.uint64(64 - self.bits)).view(np.int64)
        low = keys << _HALF
        # What remains of a slot with this key is its row. What remains of another is larger than any row.
        row = self.slots.take(slot) ^ low
        slot ^= 1
        np.minimum(row, self.slots.take(slot) ^ low, out=row)
        return np.minimum(row, np.uint64(len(self.weights) - 1), out=row)


def _row_sums(rows: np.ndarray, table: np.ndarray) -> np.ndarray:
    """For each column of `rows`, the sum of the table's rows that it names."""
    total = np.empty((rows.shape[1], table.shape[1]), np.float32)
    for first in range(0, len(total), NEAR):
        part, (row, *more) = total[first : first + NEAR], rows[:, first : first + NEAR]
        table.take(row, axis=0, out=part, mode="clip")  # "clip": numpy then writes to `part` directly
        taken = np.empty_like(part)
        for row in more:
            part += table.take(row, axis=0, out=taken, mode="clip")
    return total


def hash_table(keys: np.ndarray) -> tuple[np.ndarray, int]:
    """Hash table of the keys, with two slots per key, and the bits that number a slot.

    A slot has the low half of its key in the upper half, the number of the key in the lower half: one look
    into memory finds both. A key without a free slot is lost. An empty slot leads to row len(keys), the one
    for unknown features: its half of a key, 0, may occur too.
    """
    nowhere = len(keys)
    bits = max(10, int(np.ceil(np.log2(max(len(keys), 1) * 6))))
    slots = np.full(1 << bits, nowhere, np.int32)
    prints = np.zeros(1 << bits, np.uint32)
    slot = (keys >> np.uint64(64 - bits)).astype(np.int64)
    number = np.arange(len(keys))
    for step in (0, 1):
        at = slot ^ step
        free = slots[at] == nowhere
        at, waiting = at[free], number[free]
        slots[at] = waiting  # of several for one slot the last is kept
        is_kept = np.isin(number, slots[at])
        taken = slots != nowhere
        prints[taken] = keys[slots[taken]].astype(np.uint32)
        number, slot = number[~is_kept], slot[~is_kept]
    return prints.astype(np.uint64) << _HALF | slots.astype(np.uint64), bits


def make_tagger(arrays: Mapping[str, np.ndarray]) -> Tagger:
    """Tagger from its stored arrays (see training/train_attributions.py)."""
    words = bytes(arrays["words"]).decode("utf-8").split("\n")
    deciles = dict(zip(words, arrays["deciles"].tolist(), strict=True))
    keys = arrays["keys"]
    # The CRF is stored sparse: how many weights each feature has, their labels, their values.
    weights = np.zeros((len(keys) + 1, N), np.float32)
    weights[np.repeat(np.arange(len(keys)), arrays["n_weights"]), arrays["labels"]] = arrays["values"]
    nets = tuple(_make_net(name, arrays, len(keys)) for name in NETS)
    return Tagger(WordTypes(deciles), *hash_table(keys), weights, nets, np.exp(arrays["transitions"]))


def _make_net(name: str, arrays: Mapping[str, np.ndarray], n_rows: int) -> Net:
    """Network of the arrays that begin with `name`."""
    of_row = np.zeros(n_rows + 1, np.int32)
    known = arrays[f"{name}_keys"]
    of_row[known] = np.arange(1, len(known) + 1)
    return Net(
        of_row,
        arrays[f"{name}_table"] * arrays[f"{name}_scale"].astype(np.float32),
        arrays[f"{name}_first_bias"],
        tuple(arrays[f"{name}_dilations"].tolist()),
        arrays[f"{name}_kernels"].astype(np.float32),
        arrays[f"{name}_biases"],
        arrays[f"{name}_out"],
        arrays[f"{name}_out_bias"],
    )


@cache
def load_tagger() -> Tagger:
    """Shipped tagger, loaded at first use."""
    with resources.files("onrecord").joinpath("models/tagger.npz").open("rb") as file:
        return make_tagger(dict(np.load(file, allow_pickle=False)))


def marginals(tagger: Tagger, tokens: Tokens) -> np.ndarray:
    """Marginal probability of each label at each token (tokens × labels)."""
    return np.concatenate([np.zeros((0, N)), *each_marginals(tagger, tokens)])


def each_marginals(tagger: Tagger, tokens: Tokens) -> Iterator[np.ndarray]:
    """Yield the label marginals of about BLOCK tokens at a time, in text order.

    A token takes about 1 KB on its way. In blocks, the memory for one very long article is bounded. A block
    ends where a sequence ends, so that the marginals are the same.
    """
    starts = sequence_starts(tokens.paragraph)
    around = Surroundings(tokens)
    waiting = np.zeros((0, N), np.float32)
    sequence = 0  # the first one that waits
    for begin, end in _parts(tokens.starts):
        waiting = np.concatenate([waiting, _part_scores(tagger, tokens, around, begin, end)])
        complete = int(np.searchsorted(starts, end, "right")) - 1
        size = int(starts[complete] - starts[sequence])
        if size and (size >= BLOCK or end == starts[-1]):
            within = starts[sequence : complete + 1] - starts[sequence]
            yield batch_marginals(waiting[:size], tagger.transitions, within)
            waiting, sequence = waiting[size:], complete


def _parts(starts: np.ndarray) -> Iterator[tuple[int, int]]:
    """Ranges of about PART tokens.

    Short articles are together. A longer one is cut, counted from its own start. `starts` is where
    articles begin, and the end.
    """
    begin = 0
    for start, stop in pairwise(starts.tolist()):
        if stop - begin > PART and begin < start:
            yield begin, start
            begin = start
        while stop - begin > PART:
            yield begin, begin + PART
            begin += PART
    if begin < starts[-1]:
        yield begin, int(starts[-1])


def _part_scores(tagger: Tagger, tokens: Tokens, around: Surroundings, begin: int, end: int) -> np.ndarray:
    """Scores of the labels at the tokens from `begin` up to `end`.

    Of a cut article, the tokens that the net sees beyond the cut are scored too and left out.
    """
    starts = tokens.starts
    reach = max(net.reach for net in tagger.nets)
    first = max(begin - reach, int(starts[np.searchsorted(starts, begin, "right") - 1]))
    last = min(end + reach, int(starts[np.searchsorted(starts, end)]))
    inside = starts[(starts > first) & (starts < last)]
    keys = key_columns(tokens, around, first, last)
    scores = tagger.scores(keys, np.concatenate([[first], inside, [last]]) - first)
    return scores[begin - first : end - first]


def sequence_starts(paragraph: np.ndarray) -> np.ndarray:
    """Starts of the sequences, and the end: paragraphs, the long ones cut."""
    n = len(paragraph)
    borders = np.flatnonzero(np.diff(paragraph)) + 1
    starts = np.concatenate([[0], borders, [n]])
    if (np.diff(starts) > LONGEST).any():
        starts = np.unique(
            np.concatenate([np.append(np.arange(a, b, LONGEST), b) for a, b in pairwise(starts)])
        )
    return starts


def batch_marginals(scores: np.ndarray, transitions: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Marginals of all sequences, computed forward and backward side by side.

    In the probability domain, scaled at every few steps.
    """
    order = np.argsort(-np.diff(starts), kind="stable")
    first = starts[:-1][order]
    lengths = np.diff(starts)[order]
    longest = int(lengths[0])
    active = np.searchsorted(-lengths, -np.arange(longest), side="left")  # sequences longer than t
    # Step by step, the longest sequence first: what a step reads and writes is one piece of memory.
    at = np.concatenate([first[:n] + t for t, n in enumerate(active)])
    steps = [slice(stop - n, stop) for n, stop in zip(active, np.cumsum(active), strict=True)]
    likely = scores.take(at, axis=0)
    likely -= likely.max(axis=1, keepdims=True)
    emission = np.exp(likely, out=likely).astype(np.float64)
    forward = np.where(ALLOWED, transitions, 0.0)
    backward = np.ascontiguousarray(forward.T)
    alpha = emission.copy()
    beta = np.ones_like(emission)
    before = alpha[steps[0]]
    for t, step in enumerate(steps[1:]):
        here = alpha[step]
        here *= before[: len(here)] @ forward
        if t % RESCALED == 0:
            here /= here.sum(axis=1, keepdims=True)
        before = here
    step, here = steps[-1], beta[steps[-1]]
    for t, earlier in enumerate(steps[-2::-1]):
        before = beta[earlier]
        np.matmul(here * emission[step], backward, out=before[: len(here)])
        if t % RESCALED == 0:
            before /= before.sum(axis=1, keepdims=True)
        step, here = earlier, before
    alpha *= beta
    alpha /= alpha.sum(axis=1, keepdims=True)
    found = np.empty_like(alpha)
    found[at] = alpha
    return found
