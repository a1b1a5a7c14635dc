"""Train the network of the tagger.

It has summed feature rows, residual dilated convolutions and the loss of a linear-chain CRF. To the row of
a word a projection of its pretrained vector is added, so that a word that is rare in training begins near
words like it. A net without vectors is trained beside it. PyTorch is needed here only; `as_arrays` gives
the arrays that plain numpy computes with.
"""

from __future__ import annotations

import numba
import numpy as np
import torch
from torch import nn
from torch.nn import functional

from onrecord.attributions.tagging.labels import ALLOWED, N
from training.crf import _N_PREVIOUS, _PREVIOUS, _forward_backward

WIDTH = 64
DILATIONS = (1, 2, 4, 8)
ROWS, LENGTH = 16, 256  # a batch: rows of running text, tokens per row


class Dropout(nn.Module):
    """Dropout from one random byte per value.

    torch's own draw costs more than the convolutions.
    """

    def __init__(self, share: float, random: np.random.Generator):
        super().__init__()
        self.cut = int(share * 256)
        self.random = random

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        if not self.training:
            return values
        kept = torch.from_numpy(self.random.integers(0, 256, tuple(values.shape), np.uint8) >= self.cut)
        return values * kept.to(values.dtype) * (256 / (256 - self.cut))


class Net(nn.Module):
    """Network from feature numbers to scores of the labels.

    Feature numbers are batch × tokens × templates, word numbers batch × tokens; 0 for none.
    """

    def __init__(
        self, n_features: int, vectors: np.ndarray, random: np.random.Generator, *, dropout: float = 0.2
    ):
        super().__init__()
        self.random = random
        self.rows = nn.Embedding(n_features, WIDTH, padding_idx=0)
        nn.init.normal_(self.rows.weight, std=0.15)
        self.rows.weight.data[0] = 0
        self.first = nn.BatchNorm1d(WIDTH)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(WIDTH, WIDTH, 3, dilation=d, padding=d, bias=False) for d in DILATIONS
        )
        self.norms = nn.ModuleList(nn.BatchNorm1d(WIDTH) for _ in DILATIONS)
        self.dropout = Dropout(dropout, random)
        self.out = nn.Linear(WIDTH, N)
        self.vectors = torch.from_numpy(vectors)
        self.projection = nn.Linear(vectors.shape[1], WIDTH, bias=False)
        nn.init.normal_(self.projection.weight, std=0.15)

    def forward(self, features: torch.Tensor, words: torch.Tensor) -> torch.Tensor:
        if self.training:  # features are left out at random, so that rare ones count less
            features = features * torch.from_numpy(
                self.random.random(tuple(features.shape), np.float32) >= 0.2
            )
        batch, length, templates = features.shape
        summed = functional.embedding_bag(
            features.reshape(-1, templates), self.rows.weight, mode="sum", padding_idx=0
        )
        summed = summed + self.projection(self.vectors[words.reshape(-1)])
        hidden = summed.view(batch, length, WIDTH).transpose(1, 2)
        hidden = self.dropout(functional.relu(self.first(hidden)))
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            hidden = hidden + self.dropout(functional.relu(norm(convolution(hidden))))
        return self.out(hidden.transpose(1, 2))


@numba.njit(cache=True)
def _expectations(scores, transitions, starts, marginals, pairs, previous, n_previous):
    log_z = 0.0
    for s in range(len(starts) - 1):
        a, b = starts[s], starts[s + 1]
        log_z += _forward_backward(scores[a:b], transitions, previous, n_previous, marginals[a:b], pairs)
    return log_z


def train(features, words, vectors, gold, importance, new_paragraph, starts, transitions, *, epochs, seed=0):
    """Network and log transitions.

    Arrays run over tokens; `starts` is where documents begin, and the end. `words` has the row of `vectors`
    of each token; row 0, of zeros, is for words without a vector. A table of
    width 0 makes a net without vectors.
    """
    random = np.random.default_rng(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(1)  # the same weights on every machine of one kind
    net = Net(int(features.max()) + 1, vectors, random)
    steps = epochs * (len(features) // (ROWS * LENGTH))
    optimizer = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=steps + 5, pct_start=0.1)
    chain = nn.Parameter(torch.tensor(np.where(ALLOWED, transitions, 0), dtype=torch.float32))
    chain_optimizer = torch.optim.Adam([chain], lr=0.01)
    every = np.arange(ROWS * LENGTH)
    net.train()
    for _ in range(epochs):
        shuffled = random.permutation(len(starts) - 1)
        order = np.concatenate([np.arange(starts[d], starts[d + 1]) for d in shuffled])
        stream = order[: len(order) // ROWS * ROWS].reshape(ROWS, -1)
        for column in range(0, stream.shape[1] - LENGTH + 1, LENGTH):
            tokens = stream[:, column : column + LENGTH]
            scores = net(
                torch.from_numpy(features[tokens]).long(), torch.from_numpy(words[tokens]).long()
            ).reshape(-1, N)
            begins = new_paragraph[tokens].copy()
            begins[:, 0] = True
            first = np.append(np.flatnonzero(begins.ravel()), len(every))
            flat, log_chain = tokens.ravel(), chain.detach().numpy().astype(np.float64)
            values = scores.detach().numpy().astype(np.float64)
            gradient, pairs = np.empty_like(values), np.zeros((N, N))
            _expectations(values, np.exp(log_chain), first, gradient, pairs, _PREVIOUS, _N_PREVIOUS)
            inner = np.flatnonzero(~begins.ravel())
            np.subtract.at(pairs, (gold[flat[inner - 1]], gold[flat[inner]]), 1)
            gradient[every, gold[flat]] -= 1
            gradient *= (importance[flat] / importance[flat].sum())[:, None]
            optimizer.zero_grad()
            scores.backward(torch.from_numpy(gradient.astype(np.float32)))
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            chain.grad = torch.from_numpy((pairs * ALLOWED / len(every)).astype(np.float32))
            chain_optimizer.step()
    return net.eval(), np.where(ALLOWED, chain.detach().numpy(), -np.inf)


def as_arrays(
    name: str, net: Net, share: float, features: np.ndarray, words: np.ndarray
) -> dict[str, np.ndarray]:
    """Arrays of the network: batch norms folded in, feature rows as bytes.

    Each begins with `name`.

    Each feature row has a scale of its own. `features` has for each row of the table the feature that
    training knew it as, `words` the row of its vector; 0 for none. Row 0 of zeros is added in front.
    """
    state = {name: value.detach().numpy().astype(np.float32) for name, value in net.state_dict().items()}

    def scale_and_bias(norm: str) -> tuple[np.ndarray, np.ndarray]:
        scale = state[f"{norm}.weight"] / np.sqrt(state[f"{norm}.running_var"] + 1e-5)
        return scale, state[f"{norm}.bias"] - state[f"{norm}.running_mean"] * scale

    scale, first_bias = scale_and_bias("first")
    projected = net.vectors.numpy() @ state["projection.weight"].T
    rows = (state["rows.weight"][features] + projected[words]) * scale
    table = np.concatenate([np.zeros_like(rows[:1]), rows])
    step = np.maximum(np.abs(table).max(axis=1, keepdims=True) / 127, 1e-6).astype(np.float16)
    kernels, biases = [], []
    for number in range(len(DILATIONS)):
        scale, bias = scale_and_bias(f"norms.{number}")
        kernel = state[f"convolutions.{number}.weight"] * scale[:, None, None]
        kernels.append([kernel[:, :, at].T for at in range(3)])
        biases.append(bias)
    return {
        f"{name}_table": np.clip(np.round(table / step.astype(np.float32)), -127, 127).astype(np.int8),
        f"{name}_scale": step,
        f"{name}_first_bias": first_bias,
        f"{name}_dilations": np.array(DILATIONS),
        f"{name}_kernels": np.array(kernels).astype(np.float16),
        f"{name}_biases": np.array(biases),
        f"{name}_out": np.ascontiguousarray(state["out.weight"].T) * np.float32(share),
        f"{name}_out_bias": state["out.bias"] * np.float32(share),
    }
