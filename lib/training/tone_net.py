"""Network of the tone encoder, in torch.

The first layers of a pretrained encoder, read at a target.

Needed to train, never to analyse. The weights come from a package of MiniLM-L6-H384 (uncased).
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

WIDTH, N_HEADS = 384, 12
_LIKE_NAMES = [
    "john",
    "smith",
    "johnson",
    "mary",
    "williams",
    "david",
    "brown",
    "james",
    "anna",
    "michael",
    "jones",
    "maria",
    "lee",
    "robert",
]
# What the placeholders are at first: the mean of these pieces. The others are pieces of MiniLM itself.
_FIRST = {
    "[NAME]": _LIKE_NAMES,
    "[TARGET]": _LIKE_NAMES,
    "[TARGET-PRONOUN]": ["he", "they"],
    "[TARGET-NOUN]": ["group", "people", "company"],
}


def read_pretrained(package: str = "all_minilm_l6_v2") -> tuple[dict[str, torch.Tensor], dict[str, int]]:
    """Weights and vocabulary of the package's model."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise SystemExit(f"the package {package} is not installed.")
    # Found without an import, which would load more than the weights.
    stored = Path(found.origin).with_name("model.zip")
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(stored) as archive:
        for name in ("model.safetensors", "tokenizer.json"):
            archive.extract(name, folder)
        weights = load_file(Path(folder) / "model.safetensors")
        tokenizer = json.loads((Path(folder) / "tokenizer.json").read_text(encoding="utf-8"))
    return weights, tokenizer["model"]["vocab"]


class Layer(nn.Module):
    """One layer, as BERT has it."""

    def __init__(self, weights: dict[str, torch.Tensor], number: int, dropout: float) -> None:
        super().__init__()
        at = f"encoder.layer.{number}."
        self.query = _linear(weights, at + "attention.self.query")
        self.key = _linear(weights, at + "attention.self.key")
        self.value = _linear(weights, at + "attention.self.value")
        self.mixed = _linear(weights, at + "attention.output.dense")
        self.norm = _norm(weights, at + "attention.output.LayerNorm")
        self.wide = _linear(weights, at + "intermediate.dense")
        self.narrow = _linear(weights, at + "output.dense")
        self.last_norm = _norm(weights, at + "output.LayerNorm")
        self.dropout = dropout

    def forward(
        self, others: torch.Tensor, shown: torch.Tensor, x: torch.Tensor | None = None
    ) -> torch.Tensor:
        x = others if x is None else x
        mixed = functional.scaled_dot_product_attention(
            *(_heads(part) for part in (self.query(x), self.key(others), self.value(others))),
            attn_mask=shown,
            dropout_p=self.dropout if self.training else 0.0,
        )
        mixed = mixed.transpose(1, 2).reshape(len(x), -1, WIDTH)
        x = self.norm(x + functional.dropout(self.mixed(mixed), self.dropout, self.training))
        wide = functional.gelu(self.wide(x), approximate="tanh")
        return self.last_norm(x + functional.dropout(self.narrow(wide), self.dropout, self.training))


class ToneNet(nn.Module):
    """The first layers of the pretrained encoder; the last is read at the target.

    `n_frozen` layers and everything below them keep the pretrained weights.
    """

    def __init__(
        self,
        weights: dict[str, torch.Tensor],
        vocabulary: dict[str, int],
        pieces: list[str],
        *,
        n_layers: int,
        n_frozen: int,
        longest: int,
        dropout: float,
    ) -> None:
        super().__init__()
        words = weights["embeddings.word_embeddings.weight"]
        kinds = weights["embeddings.token_type_embeddings.weight"]
        rows = [[vocabulary[part] for part in _FIRST.get(piece, [piece])] for piece in pieces]
        self.embedding = nn.Parameter(torch.stack([words[row].mean(0) for row in rows]))
        self.positions = nn.Parameter(weights["embeddings.position_embeddings.weight"][:longest] + kinds[0])
        self.target = nn.Parameter(kinds[1] - kinds[0])
        self.norm = _norm(weights, "embeddings.LayerNorm")
        self.layers = nn.ModuleList(Layer(weights, number, dropout) for number in range(n_layers))
        self.head = nn.Linear(WIDTH, 3)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        self.dropout, self.n_frozen = dropout, n_frozen
        for frozen in (self.norm, *self.layers[:n_frozen]):
            frozen.requires_grad_(False)
        for parameter in (self.embedding, self.positions, self.target):
            parameter.requires_grad_(False)

    def below(self, ids: torch.Tensor, at: torch.Tensor) -> torch.Tensor:
        """Output of the frozen layers; the same in every epoch, so that it can be kept."""
        shown = (ids >= 0)[:, None, None, :]
        x = self.embedding[ids.clamp(min=0)] + self.positions[: ids.shape[1]]
        x[torch.arange(len(ids)), at] += self.target
        x = self.norm(x)
        for layer in self.layers[: self.n_frozen]:
            x = layer(x, shown)
        return x

    def forward(self, x: torch.Tensor, shown: torch.Tensor, at: torch.Tensor) -> torch.Tensor:
        """Scores of the three tones from the output of the frozen layers."""
        x = functional.dropout(x, self.dropout, self.training)
        for layer in self.layers[self.n_frozen : -1]:
            x = layer(x, shown)
        x = self.layers[-1](x, shown, x[torch.arange(len(x)), at][:, None])[:, 0]
        return self.head(functional.dropout(x, self.dropout, self.training))


def _heads(x: torch.Tensor) -> torch.Tensor:
    return x.view(len(x), -1, N_HEADS, WIDTH // N_HEADS).transpose(1, 2)


def _linear(weights: dict[str, torch.Tensor], name: str) -> nn.Linear:
    n_out, n_in = weights[name + ".weight"].shape
    layer = nn.Linear(n_in, n_out)
    layer.load_state_dict({"weight": weights[name + ".weight"], "bias": weights[name + ".bias"]})
    return layer


def _norm(weights: dict[str, torch.Tensor], name: str) -> nn.LayerNorm:
    layer = nn.LayerNorm(WIDTH, eps=1e-12)
    layer.load_state_dict({"weight": weights[name + ".weight"], "bias": weights[name + ".bias"]})
    return layer
